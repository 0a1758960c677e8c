/*
 * Hand-offs: episodes in which a person is worth more than a program.
 *
 * One open episode a person: a unique key says so.  Decides nothing; what is
 * told to whom is store/dispatch.h.
 */
#ifndef FU_STORE_HANDOFFS_H
#define FU_STORE_HANDOFFS_H

#include "store/store.h"

struct fu_handoff {
	int64_t		 prospect, id;
	const char	*state;		/* open, accepted, lapsed; declined, released, ended */
	const char	*trigger;	/* that opened it */
	const char	*triggers;	/* JSON array of all that were met */
	const char	*package;	/* JSON object: the record, without whom it went to */
	const char	*owner;		/* key of a sender, or NULL */
	int64_t		 fired_us;
	int64_t		 evidence_us;	/* newest evidence used; of a score: when seen */
	int64_t		 respond_by_us;
	int64_t		 first_response_us;	/* FU_NEVER: none yet */
	int64_t		 accepted_us;
	const char	*accepted_by;
	int64_t		 escalated_us, closed_us;
	const char	*closed_reason;
};

/* Is the episode not over: open, accepted or lapsed? */
bool fu_handoff_is_open(const struct fu_handoff *);

/*
 * fu_handoff_add(store, handoff, err):
 * Open one.  ${handoff->id} is drawn before by fu_store_id(FU_N_ROW), as the
 * package names it.
 *
 * fu_handoff_write(store, handoff, err): everything that changes after that.
 *
 * fu_handoff_load(store, id, arena, handoff, err): 1, 0, -1.
 * fu_handoff_open_of(store, prospect, arena, handoff, err): the open episode
 * of a person: 1, 0, -1.
 */
int fu_handoff_add(struct fu_store *, const struct fu_handoff *,
    struct fu_err *);
int fu_handoff_write(struct fu_store *, const struct fu_handoff *,
    struct fu_err *);
int fu_handoff_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_handoff *, struct fu_err *);
int fu_handoff_open_of(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_handoff *, struct fu_err *);

/*
 * Chunks of at most ${max}; what comes must be written before the next call.
 *
 * fu_handoffs_lapsing(store, by_us, max, arena, array, n, err): open ones whose
 * respond_by is not after ${by_us}.
 * fu_handoffs_escalating(...): lapsed ones of whom nobody was told yet, whose
 * respond_by is not after ${by_us}.
 *
 * fu_handoffs_next(store, after, max, arena, array, n, err): open episodes in
 * order of prospect, above ${after}: a chunk to look at.
 */
int fu_handoffs_lapsing(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_handoff **, size_t *, struct fu_err *);
int fu_handoffs_escalating(struct fu_store *, int64_t, size_t,
    struct fu_arena *, struct fu_handoff **, size_t *, struct fu_err *);
int fu_handoffs_next(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_handoff **, size_t *, struct fu_err *);

#endif
