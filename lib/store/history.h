/*
 * What was decided and recorded about one person: reading only.
 *
 * Events are store/events.h, touches store/touches.h; here is the rest of what
 * fu-why and fu-privacy tell.
 */
#ifndef FU_STORE_HISTORY_H
#define FU_STORE_HISTORY_H

#include "store/store.h"

/* A row of the table of decisions, and which program made it. */
struct fu_decided {
	int64_t		 id, at_us;
	const char	*program;	/* or NULL */
	const char	*kind, *verdict, *reason, *rule;
	int64_t		 subject;	/* touch, enrolment, hand-off; 0 none */
	const char	*inputs;	/* JSON object, or NULL */
};

/* A row of the ledger, without its chain. */
struct fu_recorded {
	int64_t		 seq, at_us, recorded_us;
	const char	*channel, *event, *status, *reason, *rule, *purpose,
			*basis, *source, *evidence, *actor;
	const char	*detail;	/* JSON: what a consent carries */
	const char	*wording;	/* the text that evidence is the hash
					 * of; NULL where it is not kept */
};

/* A batch that gave fields of the record. */
struct fu_given {
	const char	*name;		/* file name, "stdin" */
	int64_t		 at_us, batch;	/* a later batch has a greater id */
	uint64_t	 fields;	/* bit i: enum fu_field i */
	bool		 first;		/* it made the person */
};

/* One try to deliver. */
struct fu_tried {
	int64_t		 id, touch, dispatch;	/* one of the two is 0 */
	int64_t		 started_us, ended_us;
	const char	*via, *message_id, *outcome, *detail;
	const char	*text;		/* what was said, or NULL */
};

/* A hand-off's episode. */
struct fu_handed {
	int64_t		 id, fired_us, respond_by_us, accepted_us, closed_us;
	const char	*state, *trigger, *triggers, *package, *closed_reason;
};

/*
 * Each: all of one person, in the order in which they were written, in the
 * arena.  0 or -1.
 *
 * fu_recorded_of(store, prospect, subject, nsubject, arena, list, n, err): of
 * the person (0: of none), under whatever id it was recorded, or of one of
 * those subjects (fu_subject_email() and its like).
 */
int fu_decided_of(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_decided **, size_t *, struct fu_err *);
/* Is a decision of that kind and that instant on record?  1, 0, -1. */
int fu_decided_at(struct fu_store *, int64_t, const char *, int64_t,
    struct fu_err *);
int fu_recorded_of(struct fu_store *, int64_t, const char *const *, size_t,
    struct fu_arena *, struct fu_recorded **, size_t *, struct fu_err *);
int fu_given_of(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_given **, size_t *, struct fu_err *);
int fu_tried_of(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_tried **, size_t *, struct fu_err *);
int fu_handed_of(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_handed **, size_t *, struct fu_err *);

#endif
