/*
 * What a person has had from us: insights shown, and the thread that a mail
 * may go on with.
 */
#ifndef FU_STORE_SHOWN_H
#define FU_STORE_SHOWN_H

#include "store/store.h"

/* A document that was shown, and of it what tells it again when it is edited
 * or goes by another name. */
struct fu_shown_row {
	const char	*doc, *heading, *hash, *kind;
	struct fu_str	 sketch;	/* see content/passage.h */
};
struct fu_shown {
	struct fu_shown_row	*row;
	size_t			 n, cap;
};

/*
 * fu_shown_load(store, prospect, arena, shown, err): what they have had, on
 * any channel.
 * fu_shown_add(store, prospect, touch, row, err): one more, put down before
 * it leaves: a run that is killed may have shown it.
 * fu_shown_remove(store, prospect, touch, err): it did not leave.
 * fu_shown_of_touch(store, prospect, touch, arena, doc, err): the document that
 * a touch showed, NULL if none.
 */
int fu_shown_of_touch(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    const char **, struct fu_err *);
int fu_shown_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_shown *, struct fu_err *);
int fu_shown_add(struct fu_store *, int64_t, int64_t,
    const struct fu_shown_row *, struct fu_err *);
int fu_shown_remove(struct fu_store *, int64_t, int64_t, struct fu_err *);

/* The last mail of a sender's that left of an enrolment. */
struct fu_thread {
	const char	*message_id;	/* with brackets */
	const char	*references;	/* of what answers it, its own id in */
	const char	*subject;
};
/* fu_thread_load(store, prospect, enrolment, sender, arena, thread, err): a
 * thread stays in the mailbox that it began in.  1, 0, -1. */
int fu_thread_load(struct fu_store *, int64_t, int64_t, const char *,
    struct fu_arena *, struct fu_thread *, struct fu_err *);

#endif
