/*
 * The store: the database with its clock, its ids and its nature.
 *
 * Every write goes through fu_store_begin() and fu_store_commit(), which keep
 * the counters, so that a killed run leaves no gap but that of a bulk load's
 * window.
 */
#ifndef FU_STORE_STORE_H
#define FU_STORE_STORE_H

#include "store/engine.h"

enum fu_counter {
	FU_N_PROSPECT, FU_N_EVENT, FU_N_BATCH, FU_N_RUN, FU_N_ROW,
	FU_N_SEND, FU_N_LEDGER, FU_N_DOCUMENT, FU_N_PASSAGE, FU_N_TERM,
	FU_COUNTER_N
};

struct fu_bulk;

struct fu_store {
	struct fu_db	*db;
	struct fu_clock	 clock;
	bool		 rehearsal;	/* decided: outbox and loopback only */
	bool		 live;		/* decided: no writing under --at */
	bool		 dry;		/* -n: a commit rolls back */
	bool		 reads;		/* opened FU_DB_READ: takes no lock */
	int64_t		 run;		/* this run's row, 0: none */
	int64_t		 now_us;	/* the clock at this transaction's begin */
	int64_t		 next[FU_COUNTER_N];
	bool		 have[FU_COUNTER_N], dirty[FU_COUNTER_N];
	struct fu_bulk	*bulk;		/* a bulk load's, see identity.h */
};

int fu_store_open(struct fu_store *, const char *, enum fu_db_mode,
    const struct fu_clock *, struct fu_err *);
void fu_store_close(struct fu_store *);

/* Transactions; begin reads the clock into now_us. */
int fu_store_begin(struct fu_store *, struct fu_err *);
int fu_store_commit(struct fu_store *, struct fu_err *);
void fu_store_rollback(struct fu_store *);

/*
 * fu_store_id(store, counter, id, err):
 * The next id, inside a transaction.
 */
int fu_store_id(struct fu_store *, enum fu_counter, int64_t *, struct fu_err *);
/* The same for so many in a row: the first of them. */
int fu_store_ids(struct fu_store *, enum fu_counter, size_t, int64_t *,
    struct fu_err *);

/*
 * fu_store_writable(store, err):
 * Before a program writes persons or events: the first one decides whether
 * this is a rehearsal (--at given) or live, for ever.  A live one refuses to
 * be written under --at (FU_EUSAGE), a rehearsal takes either clock.
 */
int fu_store_writable(struct fu_store *, struct fu_err *);

/* meta: values by key; NULL when there is none (err->class FU_OK). */
const char *fu_meta_get(struct fu_store *, const char *, struct fu_arena *,
    struct fu_err *);
int fu_meta_set(struct fu_store *, const char *, const char *, struct fu_err *);

/* The run's row: start at open of a session, end with its counts. */
int fu_run_start(struct fu_store *, const char *, const char *,
    struct fu_err *);
int fu_run_end(struct fu_store *, uint64_t, uint64_t, uint64_t, int,
    struct fu_err *);

/* A decision: why something was done, or not. */
struct fu_decision {
	int64_t		 at_us;		/* 0: now */
	int64_t		 prospect;
	const char	*kind;		/* "gate" */
	int64_t		 subject;	/* id of touch, enrolment, hand-off; 0 none */
	const char	*verdict, *reason, *rule;
	const char	*inputs;	/* JSON object, or NULL */
};
int fu_decision_add(struct fu_store *, const struct fu_decision *,
    struct fu_err *);

#endif
