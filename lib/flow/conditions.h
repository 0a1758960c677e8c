/*
 * The conditions of a whole configuration, compiled only to find their faults.
 */
#ifndef FU_FLOW_CONDITIONS_H
#define FU_FLOW_CONDITIONS_H

#include "config/config.h"

/* Add what is wrong with the conditions of scorecard, cadences and triggers,
 * each at its own line and column. */
void fu_conditions_check(const struct fu_config *, struct fu_faults *);

#endif
