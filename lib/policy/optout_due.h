/*
 * By when an opt-out must have been honoured.
 *
 * Pure.  We honour one at once; this is for whoever asks later whether that
 * was in time.
 */
#ifndef FU_POLICY_OPTOUT_DUE_H
#define FU_POLICY_OPTOUT_DUE_H

#include "policy/gate.h"

#define FU_OPTOUT_BUSINESS_DAYS	10	/* 15 USC 7704(a)(4); 47 CFR 64.1200(a)(10) */
#define FU_SALE_BUSINESS_DAYS	15	/* CCPA: sale or sharing */

/*
 * fu_optout_due(rulebook, received, business_days):
 * The ${business_days}-th weekday after the day ${received} (a day number: the
 * day on which the request arrived, read or not), federal holidays of the
 * United States left out.  A rulebook that knows no holidays gives an earlier
 * day, never a later one.
 */
int32_t fu_optout_due(const struct fu_rulebook *, int32_t, int);

#endif
