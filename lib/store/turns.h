/*
 * Turns that wait.  Our words in the site's chat: put down with the event that
 * records them, fetched by the page, or left by mail when nobody did.  And what
 * they wrote by text or mail, until the chat has looked at it.
 *
 * All functions that write are called inside a transaction of the store.
 */
#ifndef FU_STORE_TURNS_H
#define FU_STORE_TURNS_H

#include "record/event.h"
#include "store/store.h"

struct fu_turn {
	int64_t		 prospect, id;
	int64_t		 at_us;
	enum fu_from	 from;		/* BOT or REP */
	const char	*rep;		/* a sender's key, or NULL */
	const char	*visitor;	/* NULL: whichever of theirs comes */
	const char	*text;
	int64_t		 next_us;	/* FU_NEVER: leaves not by time */
};

/*
 * fu_turn_add(store, turn, err): the id is filled in.
 *
 * fu_turns_due(store, until_us, after, max, ids, n, err):
 * People above ${after}, in order, of whom words have waited until then.
 * ${ids} has room for ${max}.
 *
 * fu_turns_waiting(store, prospect, visitor, after, arena, array, n, err):
 * What nobody has fetched yet, above ${after}, for that visitor (NULL: for any),
 * in order of id.
 *
 * fu_turns_fetched(store, prospect, visitor, through, err): it was, up to that
 * id.
 *
 * fu_turns_leave(store, prospect, dispatch, err):
 * What is due of a person leaves by that mail; 0: it has nowhere to go, and
 * waits on the site alone.
 *
 * fu_turns_wake(store, prospect, since_us, err): what has nowhere to go and is
 * no older leaves now.
 *
 * fu_turns_left(store, prospect, dispatch, n, err): how many of a mail's words
 * nobody has fetched meanwhile.
 */
int fu_turn_add(struct fu_store *, struct fu_turn *, struct fu_err *);
int fu_turns_due(struct fu_store *, int64_t, int64_t, size_t, int64_t *,
    size_t *, struct fu_err *);
int fu_turns_waiting(struct fu_store *, int64_t, const char *, int64_t,
    struct fu_arena *, struct fu_turn **, size_t *, struct fu_err *);
int fu_turns_fetched(struct fu_store *, int64_t, const char *, int64_t,
    struct fu_err *);
int fu_turns_leave(struct fu_store *, int64_t, int64_t, struct fu_err *);
int fu_turns_wake(struct fu_store *, int64_t, int64_t, struct fu_err *);
int fu_turns_left(struct fu_store *, int64_t, int64_t, int *, struct fu_err *);

/* What they wrote, and where it stands. */
struct fu_turn_asks {
	int64_t		 prospect, id, event;
	const char	*body;		/* of the event */
};

/*
 * fu_turn_asks_add(store, prospect, event, at_us, err): that event waits.
 * fu_turn_asks_over(store, prospect, event, err): the chat has looked at it.
 * fu_turns_asking(store, since_us, after, max, arena, array, n, err): those
 * that are no older, above the id ${after}, in order.
 */
int fu_turn_asks_add(struct fu_store *, int64_t, int64_t, int64_t,
    struct fu_err *);
int fu_turn_asks_over(struct fu_store *, int64_t, int64_t, struct fu_err *);
int fu_turns_asking(struct fu_store *, int64_t, int64_t, size_t,
    struct fu_arena *, struct fu_turn_asks **, size_t *, struct fu_err *);

#endif
