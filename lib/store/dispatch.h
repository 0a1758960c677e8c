/*
 * Dispatches: what leaves that is no touch.  Hand-offs, added evidence,
 * escalations and service messages, a row a destination.
 *
 * A row lives like a touch (enum fu_touch_state): planned, claimed by who will
 * send it, attempting, then a final state.  All functions that write are
 * called inside a transaction of the store.
 */
#ifndef FU_STORE_DISPATCH_H
#define FU_STORE_DISPATCH_H

#include "record/touch.h"
#include "store/store.h"

struct fu_dispatch {
	int64_t		 prospect;	/* 0: an address that is nobody's */
	int64_t		 id;
	/* "handoff", "evidence", "escalation" or "service" */
	const char	*kind;
	int64_t		 handoff;	/* 0: none */
	/* Of the destination, from 0; of evidence: and 100 a round. */
	int		 number;
	/*
	 * JSON.  Of people's own: {"list":"handoff|escalate","index":0,
	 * "via":"email","address":…}, where list and index name the entry of
	 * fu.yaml, which has the secrets.  Of a service message:
	 * {"channel":"sms","to":"+13055550100"}.
	 */
	const char	*destination;
	/* JSON: the record of fu-handoff(1); or {"service":…,"subject":…,
	 * "text":…}. */
	const char	*package;
	enum fu_touch_state state;
	int64_t		 due_us;
	int64_t		 expires_us;	/* FU_NEVER: does not */
	int64_t		 next_us;	/* FU_NEVER: not by time */
	const char	*claim;
	int64_t		 lease_us;
	int		 attempts;
	const char	*message_id, *via, *status;
	int64_t		 sent_us;
};

/*
 * fu_dispatch_add(store, dispatch, err):
 * Put one down, planned or claimed already; the id is filled in, 0 when that
 * hand-off has that kind and number already.
 *
 * fu_dispatch_due(store, until_us, max, arena, array, n, err):
 * Planned ones to be told by ${until_us}, the longest waiting first.
 *
 * fu_dispatch_claim(store, dispatch, token, lease_us, err): only from planned.
 * One token may claim all destinations of one record.
 *
 * fu_dispatch_claimed(store, token, arena, array, n, err):
 * Those that the token has claimed, in order of number.
 *
 * fu_dispatch_load(store, id, arena, dispatch, err): 1, 0, -1.
 *
 * fu_dispatches_of(store, prospect, handoff, arena, array, n, err):
 * All of a hand-off, in order of id.
 *
 * fu_dispatch_renew(store, dispatch, package, token, lease_us, err):
 * What is not on its way yet says ${package} instead, under a claim of its own
 * (a NULL token: state and claim stay as they are).  Who held it finds its
 * claim lost.
 */
int fu_dispatch_add(struct fu_store *, struct fu_dispatch *, struct fu_err *);
int fu_dispatch_due(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_dispatch **, size_t *, struct fu_err *);
int fu_dispatch_claim(struct fu_store *, const struct fu_dispatch *,
    const char *, int64_t, struct fu_err *);
int fu_dispatch_claimed(struct fu_store *, const char *, struct fu_arena *,
    struct fu_dispatch **, size_t *, struct fu_err *);
int fu_dispatch_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_dispatch *, struct fu_err *);
int fu_dispatches_of(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    struct fu_dispatch **, size_t *, struct fu_err *);
int fu_dispatch_renew(struct fu_store *, const struct fu_dispatch *,
    const char *, const char *, int64_t, struct fu_err *);

/*
 * fu_dispatches_service(store, prospect, arena, array, n, err):
 * All service messages to that person, in order of id.
 * fu_dispatch_drop(store, dispatch, err): one that is not on its way yet never
 * will be.
 */
int fu_dispatches_service(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_dispatch **, size_t *, struct fu_err *);
int fu_dispatch_drop(struct fu_store *, const struct fu_dispatch *,
    struct fu_err *);

/*
 * fu_dispatch_start(store, dispatch, message_id, lease_us, started, err):
 * Claimed -> attempting, by compare-and-set on the claim; ${started} tells
 * whether it was still ours.
 * fu_dispatch_release(store, dispatch, next_us, err): the claim goes back,
 * only if it is still ours.
 * fu_dispatch_outcome(store, dispatch, err): state, via, status, sent_us and
 * next_us of an attempt.
 * fu_dispatch_cancel(store, prospect, handoff, err): what has not been told
 * of that hand-off never will be.
 */
int fu_dispatch_start(struct fu_store *, const struct fu_dispatch *,
    const char *, int64_t, bool *, struct fu_err *);
int fu_dispatch_release(struct fu_store *, const struct fu_dispatch *, int64_t,
    struct fu_err *);
int fu_dispatch_outcome(struct fu_store *, const struct fu_dispatch *,
    struct fu_err *);
int fu_dispatch_cancel(struct fu_store *, int64_t, int64_t, struct fu_err *);

/*
 * fu_dispatch_expire_leases(store, err): claims whose lease is over go back;
 * attempts whose lease is over become uncertain.
 * fu_dispatch_uncertain(store, after, max, arena, array, n, err): those, above
 * ${after}, a chunk.
 */
int fu_dispatch_expire_leases(struct fu_store *, struct fu_err *);
int fu_dispatch_uncertain(struct fu_store *, int64_t, size_t,
    struct fu_arena *, struct fu_dispatch **, size_t *, struct fu_err *);

#endif
