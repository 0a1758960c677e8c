/*
 * Texts that may be a stop, and that nobody has decided about.
 */
#ifndef FU_FLOW_DOUBT_H
#define FU_FLOW_DOUBT_H

#include "flow/session.h"

/*
 * fu_doubts_settle(session, n, err):
 * A text that may be a stop, of whom nobody has decided for FU_DOUBT_US and no
 * rep has, is one: a stop event of that text's time and channel is taken in,
 * and does what every stop does.  ${session} must be open with FU_S_CONFIG,
 * FU_S_KEYS and FU_S_WRITE, without a transaction.  ${n} of them; with -n none,
 * and the gate blocks all the same.  Return 0 or -1.  [TC-03 (d)]
 */
int fu_doubts_settle(struct fu_session *, size_t *, struct fu_err *);

#endif
