/*
 * The wordings of consents: the proof that the ledger has the hashes of.
 *
 * Each text is kept once.  It outlives the people who agreed to it, and goes
 * five years after the last use of such a consent [GD-03, TC-02].  All
 * functions that write are called inside a transaction.
 */
#ifndef FU_STORE_WORDING_H
#define FU_STORE_WORDING_H

#include "store/store.h"

#define FU_WORDING_LEN	65	/* 64 hex digits and NUL */

/*
 * fu_wording_put(store, text, hash, err):
 * Keep ${text}, unless it is there, and give its hash, in hex.  A text that an
 * erasure has taken out comes back: somebody agreed to it again.
 */
int fu_wording_put(struct fu_store *, const char *, char[FU_WORDING_LEN],
    struct fu_err *);

/*
 * fu_wording_used(store, prospect, err):
 * Before the person goes: note when each of their consents was last used, which
 * is when the newest message on its channel left for them.
 */
int fu_wording_used(struct fu_store *, int64_t, struct fu_err *);

/*
 * fu_wording_erase(store, names, ctx, n, err):
 * Take out each text that ${names} says yes to; its hash stays.  ${n} is raised
 * by how many.
 */
int fu_wording_erase(struct fu_store *, bool (*)(void *, const char *), void *,
    uint64_t *, struct fu_err *);

/*
 * fu_wording_purge(store, before_us, n, err):
 * Take out those that no row of the ledger refers to, and those of which every
 * consent was given, and last used, before ${before_us}.
 */
int fu_wording_purge(struct fu_store *, int64_t, uint64_t *, struct fu_err *);

#endif
