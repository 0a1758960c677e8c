/*
 * When the next message may go to a service that takes one at a time.
 */
#ifndef FU_STORE_PACE_H
#define FU_STORE_PACE_H

#include "store/store.h"

/*
 * fu_pace_take(store, service, from_us, gap_us, max_us, at_us, err):
 * The first free instant at or after ${from_us} for one message to
 * ${service} (a keyed hash of its address) into ${at_us}, and no other for
 * ${gap_us} behind it; to nobody, and then it stays free, when that is later
 * than ${max_us}.  Instants are of the machine's own clock: one more than
 * FU_PACE_TRUST_US ahead comes of a clock that was wrong.
 *
 * fu_pace_push(store, service, until_us, err): none before ${until_us}.
 *
 * Both inside a transaction.
 */
#define FU_PACE_TRUST_US	FU_HOUR
int fu_pace_take(struct fu_store *, const char *, int64_t, int64_t, int64_t,
    int64_t *, struct fu_err *);
int fu_pace_push(struct fu_store *, const char *, int64_t, struct fu_err *);

#endif
