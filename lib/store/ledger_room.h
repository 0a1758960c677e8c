/*
 * What ledger*.c share; for nobody else.
 */
#ifndef FU_STORE_LEDGER_ROOM_H
#define FU_STORE_LEDGER_ROOM_H

#include "store/ledger.h"

#define FU_CHAIN_LEN	32

/* The columns of a row, in the order that fu_ledger_row_holds() reads. */
#define FU_LEDGER_COLUMNS(l) \
	l "seq, " l "chain, " l "at_us, " l "recorded_us, " l "prospect, " \
	l "subject, " l "channel, " l "event, " l "status, " l "reason, " \
	l "rule, " l "purpose, " l "basis, " l "scope, " l "source, " \
	l "evidence, " l "detail, " l "actor"

/*
 * fu_ledger_row_holds(stmt, chain, arena, row):
 * Does the row that ${stmt} stands at hold against ${chain}, that of the row
 * before?  Its own is in ${chain} then, its members in ${row}.
 */
bool fu_ledger_row_holds(struct fu_stmt *, uint8_t[FU_CHAIN_LEN],
    struct fu_arena *, struct fu_ledger_row *);

/* What of a consent's detail is in the fold. */
struct fu_consent_terms {
	bool		 complete;
	const char	*implied;	/* or NULL */
	int64_t		 expires_us;	/* FU_NEVER: not by itself */
};

/* ledger_fold.c.  Of a row's detail, NULL too; texts in the arena. */
void fu_consent_terms(const char *, struct fu_arena *,
    struct fu_consent_terms *);
/* Does what lasts until ${have} last as long as ${want}?  FU_NEVER is for
 * good. */
bool fu_until_covers(int64_t, int64_t);

/* Is the ledger's end missing?  1 with the first row that is not there, 0, -1. */
int fu_ledger_cut(struct fu_store *, int64_t *, struct fu_err *);

/* Are the folds what the ledger comes to?  1; 0 with the first row that they
 * do not agree with, and "fold differs" or "chain differs" in ${err}; -1. */
int fu_ledger_folds(struct fu_store *, int64_t *, struct fu_err *);

#endif
