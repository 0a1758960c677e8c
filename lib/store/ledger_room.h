/*
 * What the files of the ledger share.
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

#endif
