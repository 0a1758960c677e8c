/*
 * Stages of a deal that is over.
 */
#ifndef FU_POLICY_STAGE_H
#define FU_POLICY_STAGE_H

#include "policy/gate.h"

/*
 * fu_stage_over(rulebook, stage):
 * "won" or "lost" where rules/stages.txt says so of that stage, however it is
 * spelt; NULL of any other, of none, and where there is no rulebook.
 */
const char *fu_stage_over(const struct fu_rulebook *, const char *);

#endif
