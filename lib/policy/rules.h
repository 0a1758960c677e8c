/*
 * Conditions: SQL expressions over one row of named facts.
 *
 * The one file outside store/ that knows SQLite, and only as a calculator: a
 * private in-memory connection with an authorizer, a fixed list of functions
 * and limits.  All conditions of a set are one prepared statement.
 */
#ifndef FU_POLICY_RULES_H
#define FU_POLICY_RULES_H

#include "config/config.h"
#include "policy/facts.h"

struct fu_rules;

struct fu_rules *fu_rules_new(void);
void fu_rules_free(struct fu_rules *);

/*
 * fu_rules_add(rules, condition, faults):
 * Add a condition and return its index, or -1 with faults added at their own
 * line and column.  A NULL sql is always true.
 * fu_rules_add_terms(rules, condition, faults, first, n): the AND-ed terms of
 * the condition, each as a condition of its own (top level only).
 * fu_rules_ready(rules, err): compile them into the one statement; to be
 * called once after the last add.
 */
int fu_rules_add(struct fu_rules *, const struct fu_condition *,
    struct fu_faults *);
int fu_rules_add_terms(struct fu_rules *, const struct fu_condition *,
    struct fu_faults *, int *, int *);
int fu_rules_ready(struct fu_rules *, struct fu_err *);
/* The text of a condition or term, for "which term failed most". */
const char *fu_rules_text(const struct fu_rules *, int);

/*
 * fu_rules_eval(rules, facts, result, err):
 * Evaluate all for one person: result[i] is true only when the condition is
 * true (NULL counts as false).  -1 when a step limit was hit.
 */
int fu_rules_eval(struct fu_rules *, const struct fu_facts *, bool *,
    struct fu_err *);

/* The facts that the set uses, or one of its conditions, as a mask; windows of
 * events('x', days) calls are taken into account by fu_rules_next(). */
uint64_t fu_rules_facts(const struct fu_rules *);
uint64_t fu_rules_mask(const struct fu_rules *, int);
/* First instant after now at which time alone may change any result. */
int64_t fu_rules_next(const struct fu_rules *, const struct fu_facts *);

#endif
