/*
 * Addresses that stand for a desk of a company, not for a person.
 */
#ifndef FU_POLICY_DESK_H
#define FU_POLICY_DESK_H

#include "policy/gate.h"

/* Is that local part, whatever its case, one of a desk: "info", "sales"?  The
 * words are those of rules/addresses.txt; no rulebook knows none. */
bool fu_is_desk(const struct fu_rulebook *, const char *);

#endif
