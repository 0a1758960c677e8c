/*
 * Touches: what is planned next, what is claimed, what left.
 *
 * A touch is one (person, enrolment, step, occurrence), once: a unique key
 * says so, whoever runs at the same time.
 */
#ifndef FU_STORE_TOUCHES_H
#define FU_STORE_TOUCHES_H

#include "record/touch.h"
#include "store/store.h"

/* More of a touch than planning needs: how it becomes another channel, and
 * what was sent. */
struct fu_touch_row {
	struct fu_touch	 t;
	int		 becomes;	/* enum fu_channel, or -1 */
	int64_t		 becomes_us;	/* INT64_MAX: never */
	const char	*rotated;
	int64_t		 handled_us;	/* FU_NEVER: not yet */
	const char	*address, *relay_id, *thread, *subject, *variant, *via,
			*status;
};

/*
 * fu_touch_add(store, touch, err): plan one; the id is filled in, 0 when it
 * exists already.
 * fu_touch_load(store, id, arena, touch, err): 1, 0, -1.
 * fu_touches_of(store, prospect, enrolment, arena, array, n, err): all of an
 * enrolment (0: of the person), in order of id.
 */
int fu_touch_add(struct fu_store *, struct fu_touch_row *, struct fu_err *);
int fu_touch_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_touch_row *, struct fu_err *);
int fu_touches_of(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    struct fu_touch_row **, size_t *, struct fu_err *);

/* One whose time has come, and what says how urgent it is. */
struct fu_touch_due {
	int64_t		 prospect, id, enrolment, next_us;
	const char	*line;
	const char	*band;		/* of the person, or NULL */
	bool		 follows_up;	/* something has left to them before */
};
/*
 * fu_touches_due(store, until_us, after, max, arena, array, n, err):
 * Planned and armed ones to be looked at by ${until_us}, in order of next_us,
 * prospect and id, behind ${after} (NULL: from the start).
 */
int fu_touches_due(struct fu_store *, int64_t, const struct fu_touch_due *,
    size_t, struct fu_arena *, struct fu_touch_due **, size_t *,
    struct fu_err *);

/*
 * fu_touches_waiting(store, now_us, after, max, arena, array, n, err):
 * Planned and armed ones whose due has come and that wait all the same, in
 * order of next_us, prospect and id, behind ${after} (NULL: from the start).
 */
int fu_touches_waiting(struct fu_store *, int64_t, const struct fu_touch *,
    size_t, struct fu_arena *, struct fu_touch_row **, size_t *,
    struct fu_err *);

/* Touches that wait, of one step and one industry, for one reason. */
struct fu_touch_held {
	const char	*reason, *cadence, *step, *channel;
	const char	*industry;	/* in small letters, or NULL */
	int64_t		 n;
	int64_t		 since_us;	/* the first was due */
};
/*
 * fu_touches_held(store, now_us, arena, array, n, err):
 * Planned ones whose due has come and that something holds, counted, the most
 * first.
 */
int fu_touches_held(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_touch_held **, size_t *, struct fu_err *);

/*
 * Moving on.  Each returns 0 or -1.
 * hold: class, reason, rule and until of the touch are written, next_us too.
 * plan: channel, state, due, expires, becomes and next_us are written anew.
 * claim: token, lease and sender; only from planned.  What held it before stays
 * on record, so that being held for the same again is no news.
 * handled: a final state with its reason, at now.
 */
int fu_touch_hold(struct fu_store *, const struct fu_touch *, struct fu_err *);
int fu_touch_replan(struct fu_store *, const struct fu_touch_row *,
    struct fu_err *);
int fu_touch_claim(struct fu_store *, const struct fu_touch *, const char *,
    int64_t, const char *, struct fu_err *);
int fu_touch_handled(struct fu_store *, int64_t, int64_t, enum fu_touch_state,
    const char *, struct fu_err *);

/*
 * fu_touch_start(store, prospect, id, claim, message_id, lease_us, started, err):
 * Claimed -> attempting, by compare-and-set on the claim; ${started} tells
 * whether the claim was still ours.
 * fu_touch_release(store, prospect, id, claim, next_us, err): the claim goes
 * back; only if it is still ours.
 * fu_touch_outcome(store, touch, err): state, sent_us, handled_us, address,
 * relay_id, thread, subject, variant, via, status, next_us of an attempt.
 * fu_touch_again(store, prospect, id, status, next_us, err): what was taken
 * for sent, or was uncertain, has not arrived and is planned again.
 * fu_touches_unplan(store, touch, err): what its line has planned behind it is
 * planned when it is handled, and not yet.
 */
int fu_touch_start(struct fu_store *, int64_t, int64_t, const char *,
    const char *, int64_t, bool *, struct fu_err *);
int fu_touch_release(struct fu_store *, int64_t, int64_t, const char *, int64_t,
    struct fu_err *);
int fu_touch_outcome(struct fu_store *, const struct fu_touch_row *,
    struct fu_err *);
int fu_touches_unplan(struct fu_store *, const struct fu_touch *,
    struct fu_err *);
int fu_touch_again(struct fu_store *, int64_t, int64_t, const char *, int64_t,
    struct fu_err *);

/*
 * fu_touches_expire_leases(store, err): claims whose lease is over go back;
 * attempts whose lease is over become uncertain.
 * fu_touches_wake(store, prospect, err): held ones of a person are looked at
 * again now.  0: of everybody.
 * fu_touches_cancel(store, prospect, enrolment, reason, err): what has not
 * left never will.
 */
int fu_touches_expire_leases(struct fu_store *, struct fu_err *);
int fu_touches_wake(struct fu_store *, int64_t, struct fu_err *);
int fu_touches_cancel(struct fu_store *, int64_t, int64_t, const char *,
    struct fu_err *);

/*
 * fu_touch_said(store, prospect, touch, at_us, err):
 * A chat step was said to the visitor: armed or planned -> sent.
 */
int fu_touch_said(struct fu_store *, int64_t, int64_t, int64_t,
    struct fu_err *);

/* Uncertain ones, for fu-send --uncertain: above ${after}, a chunk. */
int fu_touches_uncertain(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_touch_row **, size_t *, struct fu_err *);

#endif
