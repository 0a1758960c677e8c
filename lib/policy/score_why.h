/*
 * A factor's words: what a rule saw, for a person to read.
 */
#ifndef FU_POLICY_SCORE_WHY_H
#define FU_POLICY_SCORE_WHY_H

#include "config/config.h"
#include "policy/facts.h"

/*
 * fu_why_events(arena, rule, count, first_us, now_us):
 * "4 pricing page visits in 7 days", the oldest of them at ${first_us}; the
 * rule's own why where it has one.
 *
 * fu_why_field(arena, rule, facts, mask):
 * "title shows a VP", "budget 48000": the facts of ${mask}, which the rule's
 * condition asks, as they are; the rule's own why where it has one, the
 * condition's text where it asks no fact.
 */
const char *fu_why_events(struct fu_arena *, const struct fu_rule *, int64_t,
    int64_t, int64_t);
const char *fu_why_field(struct fu_arena *, const struct fu_rule *,
    const struct fu_facts *, uint64_t);

#endif
