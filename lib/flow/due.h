/*
 * What may leave now, and what would leave in the coming days.
 *
 * One function decides about a touch; claiming for real and looking ahead
 * differ only in what they do with its answer.
 */
#ifndef FU_FLOW_DUE_H
#define FU_FLOW_DUE_H

#include "flow/ask.h"
#include "flow/cadence.h"

/* A claim that has not left by then goes back. */
#define FU_LEASE_US	(10 * FU_MINUTE)

/* One line of fu-due. */
struct fu_due_row {
	struct fu_touch_row	 touch;		/* claim and lease in it, when claimed */
	const char		*email, *phone, *name;
	const struct fu_zone	*zone;		/* the person's, for tasks the owner's */
	bool			 zone_known;	/* else one that it may be, or ours */
	bool			 held;
	struct fu_verdict	 verdict;	/* when held */
	const char		*ruleset;
	const char		*on;		/* --plan: waits for that event, */
	int			 from_day;	/* from that day */
	const char		*industry;	/* --plan: of the person, or NULL */
	struct fu_str		 raw;		/* or a whole record: hand-off, service */
};

/* Count of what was held, for standard error. */
struct fu_held_count {
	enum fu_reason	 reason;
	const char	*rule;		/* NULL: of several */
	uint64_t	 n;
	int64_t		 until_us;	/* the earliest, or FU_NEVER */
};

struct fu_due_run {
	struct fu_session	*session;
	struct fu_cadencer	*cadencer;
	bool			 explain;	/* -x */
	bool			 in_dry;	/* fu_due_claim()'s own */
	int			(*emit)(void *, const struct fu_due_row *,
				    struct fu_err *);
	void			*ctx;
	struct fu_held_count	 held[FU_REASON_N];
	uint64_t		 claimed;
	size_t			 undecided;	/* texts that became stops */
};

/*
 * fu_due_claim(run, err):
 * Claim what may leave now and emit it, each line after the commit that makes
 * it ours; then, with explain, what is held.  With -n it is emitted inside the
 * transaction that is rolled back: emit must not wait for a reader then.
 *
 * fu_due_explain(run, err): emit what waits, with why, claiming nothing.
 *
 * fu_due_plan(run, span_us, prospect, err):
 * Emit, in order of time, every touch that would happen within ${span_us}
 * from now, of one person or (0) of everybody, claiming nothing.
 *
 * fu_due_ahead(run, span_us, max, more, err):
 * The same of ${max} people or some more, a few hundred at a time: their touches
 * are in order of time, and what one of them gets fills no sender's day and no
 * company's week of the others.  Memory does not grow with the people; ${more}
 * tells whether there may be others.
 */
int fu_due_claim(struct fu_due_run *, struct fu_err *);
int fu_due_explain(struct fu_due_run *, struct fu_err *);
int fu_due_plan(struct fu_due_run *, int64_t, int64_t, struct fu_err *);
int fu_due_ahead(struct fu_due_run *, int64_t, size_t, bool *,
    struct fu_err *);

/* What is to become of a pending touch at an instant. */
enum fu_fate {
	FU_FATE_WAIT,		/* looked at again at next_us */
	FU_FATE_SWITCH,		/* a chat that turns into its other channel */
	FU_FATE_SKIP,		/* its time is over, or it does not apply */
	FU_FATE_LEAVE,		/* allowed now */
	FU_FATE_HOLD,		/* verdict says why and until when */
	FU_FATE_END		/* the person must not be written to any more */
};
struct fu_fate_of {
	enum fu_fate		 fate;
	const char		*reason;	/* SKIP, END */
	int64_t			 next_us;	/* WAIT, HOLD */
	struct fu_verdict	 verdict;	/* HOLD, END */
};

/*
 * fu_due_decide(cadencer, case, course, touch, asked, fate, err):
 * Decide about one pending touch at asked->in.now_us.  Facts must be folded
 * for that instant where the step has an `if:`.
 */
int fu_due_decide(struct fu_cadencer *, const struct fu_case *,
    const struct fu_course *, const struct fu_touch_row *, struct fu_asked *,
    struct fu_fate_of *, struct fu_err *);

/* An armed chat nobody came for becomes its other channel. */
void fu_due_turn_channel(struct fu_touch_row *);

#endif
