/*
 * By when people must be told that we have their data.
 *
 * Pure.
 */
#ifndef FU_POLICY_NOTICE_DUE_H
#define FU_POLICY_NOTICE_DUE_H

#include "base/clock.h"

/*
 * fu_notice_due(day):
 * The same day of the month after that of ${day}, on which the data was
 * collected elsewhere; the month's last where it has no such day.
 * [GDPR Art. 14(3)(a), GD-05]
 */
int32_t fu_notice_due(int32_t);

#endif
