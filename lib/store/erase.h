/*
 * Taking people out of the store: wholly, or what is older than it may be.
 *
 * The ledger stays: it has keyed hashes in place of addresses, and is the
 * proof of every opt-out.  All functions are called inside a transaction;
 * what they leave in free pages is gone after fu_db_scrub() alone.
 */
#ifndef FU_STORE_ERASE_H
#define FU_STORE_ERASE_H

#include "store/store.h"

/* What stands for the name of a file that named them. */
#define FU_BATCH_ERASED	"erased"

/*
 * fu_erase_person(store, prospect, err):
 * Every row that belongs to the person, in every table but the ledger, and
 * but the identities in the person's own columns, which nobody can find by
 * person: those are fu_identity_drop()'s.
 *
 * fu_erase_strangers(store, names, ctx, n, err):
 * Rows of nobody (prospect 0: events and answers of an unknown address) of
 * which ${names} says yes to a text, which may be JSON; ${n} is raised by their
 * number.
 *
 * fu_erase_batches(store, names, ctx, n, err):
 * Batches whose name ${names} says yes to are called FU_BATCH_ERASED.
 */
int fu_erase_person(struct fu_store *, int64_t, struct fu_err *);
int fu_erase_strangers(struct fu_store *, bool (*)(void *, const char *),
    void *, uint64_t *, struct fu_err *);
int fu_erase_batches(struct fu_store *, bool (*)(void *, const char *), void *,
    uint64_t *, struct fu_err *);

/*
 * fu_erase_longer(store, text, arena, list, n, err):
 * Addresses of people that hold ${text} (in lower case) and are longer.
 */
int fu_erase_longer(struct fu_store *, const char *, struct fu_arena *,
    const char ***, size_t *, struct fu_err *);

/*
 * fu_erase_mentions(store, pattern, call, ctx, err):
 * Hand ${call} each place where a text of somebody else still has what matches
 * ${pattern} (in lower case, of GLOB; the text has a blank at both its ends):
 * table, person and row.
 */
int fu_erase_mentions(struct fu_store *, const char *,
    void (*)(void *, const char *, int64_t, int64_t), void *,
    struct fu_err *);

/*
 * fu_erase_stale(store, before_us, after, max, ids, n, err):
 * People above ${after}, at most ${max}, in order: the last sign of life of
 * whom is older than ${before_us}, or who never gave one and were collected
 * (where that is not known: became known) before it.
 * fu_erase_stale_visitors(...): of those, whom only a visitor id identifies.
 */
int fu_erase_stale(struct fu_store *, int64_t, int64_t, size_t, int64_t *,
    size_t *, struct fu_err *);
int fu_erase_stale_visitors(struct fu_store *, int64_t, int64_t, size_t,
    int64_t *, size_t *, struct fu_err *);

/* What may be kept for less long than the person. */
enum fu_stale {
	FU_STALE_TRANSCRIPTS,	/* words of chats, replies, mail, forms */
	FU_STALE_TURNS,		/* of the site's chat */
	FU_STALE_MESSAGES,	/* the text of what we sent */
	FU_STALE_DECISIONS,	/* why */
	FU_STALE_N
};

/*
 * fu_erase_older(store, stale, from, to, before_us, n, err):
 * Rows of that kind that are older, of the people with ids from ${from} up to,
 * not with, ${to} (0 is nobody's); ${n} is raised by how many.
 * fu_erase_runs(store, before_us, n, err): runs of programs.
 * fu_erase_end(store, end, err): every person's id is below.
 */
int fu_erase_older(struct fu_store *, enum fu_stale, int64_t, int64_t,
    int64_t, uint64_t *, struct fu_err *);
int fu_erase_runs(struct fu_store *, int64_t, uint64_t *, struct fu_err *);
int fu_erase_end(struct fu_store *, int64_t *, struct fu_err *);

#endif
