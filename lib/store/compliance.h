/*
 * What an audit asks of the store: reading only, in chunks.
 */
#ifndef FU_STORE_COMPLIANCE_H
#define FU_STORE_COMPLIANCE_H

#include "store/store.h"

/* An opt-out, objection or complaint, as the ledger has it. */
struct fu_audit_optout {
	int64_t		 seq, prospect;	/* prospect 0: nobody we know */
	int64_t		 at_us, recorded_us;
	const char	*channel, *reason, *rule, *source;
	const char	*email;		/* of the person now, or NULL */
};

/* Somebody who asked to be erased. */
struct fu_audit_erasure {
	int64_t		 seq, prospect;	/* prospect: as it is known now */
	int64_t		 at_us;
	bool		 done;
	int64_t		 done_us;	/* FU_NEVER: not on record */
	const char	*email;		/* while they are there, or NULL */
};

/* A consent that ends, or that was never confirmed. */
struct fu_audit_consent {
	int64_t		 prospect, id, seq, at_us, expires_us;
	const char	*channel, *status, *email;
};

struct fu_audit_pause {
	const char	*domain, *reason;
	int64_t		 since_us;
};

/* Hand-offs and service messages of one fate, by transport and answer. */
struct fu_audit_delivery {
	const char	*via, *detail;	/* "" where there is none */
	int64_t		 count;
	int64_t		 at_us;		/* failed: the last; else the next try */
};

/*
 * fu_audit_optouts(store, since_us, after, max, arena, list, n, err):
 * Those that happened, or if a file or a merge brought them were recorded, at
 * or after ${since_us}, with a number above ${after}, in its order.
 *
 * fu_audit_erasures(store, since_us, after, max, arena, list, n, err):
 * Of people whom we know, with the entry of the first such request: those that
 * wait, however old, and those done that came at or after ${since_us}.  Behind
 * the number ${after}, in its order.
 *
 * fu_audit_consents(store, expires_us, pending_us, after, max, arena, list, n,
 * err): granted ones that end by ${expires_us} and pending ones asked for by
 * ${pending_us}, in order of person and id, behind ${after} (NULL: from the
 * start).
 */
int fu_audit_optouts(struct fu_store *, int64_t, int64_t, size_t,
    struct fu_arena *, struct fu_audit_optout **, size_t *, struct fu_err *);
int fu_audit_erasures(struct fu_store *, int64_t, int64_t, size_t,
    struct fu_arena *, struct fu_audit_erasure **, size_t *, struct fu_err *);
int fu_audit_consents(struct fu_store *, int64_t, int64_t,
    const struct fu_audit_consent *, size_t, struct fu_arena *,
    struct fu_audit_consent **, size_t *, struct fu_err *);

/* Did a touch reach them that could carry a notice: no task, no chat? */
int fu_audit_written(struct fu_store *, int64_t, bool *, struct fu_err *);

/*
 * fu_audit_failed(store, since_us, max, arena, list, n, err): what failed for
 * good at or after ${since_us}.
 * fu_audit_waiting(store, max, arena, list, n, err): what was tried and is to
 * be tried again.  Both in order of transport and answer, ${max} groups at
 * most.
 */
int fu_audit_failed(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_audit_delivery **, size_t *, struct fu_err *);
int fu_audit_waiting(struct fu_store *, size_t, struct fu_arena *,
    struct fu_audit_delivery **, size_t *, struct fu_err *);

/*
 * fu_audit_pauses(store, after, max, arena, list, n, err): domains that mail
 * is paused to, in order, behind ${after} ("": from the start).
 */
int fu_audit_pauses(struct fu_store *, const char *, size_t, struct fu_arena *,
    struct fu_audit_pause **, size_t *, struct fu_err *);

#endif
