/*
 * From what was learned to a scorecard: whole points, names and conditions
 * that an operator can read, as fu-scoring(5) has them.
 *
 * Pure.
 */
#ifndef FU_POLICY_FIT_CARD_H
#define FU_POLICY_FIT_CARD_H

#include "config/config.h"
#include "policy/fit.h"
#include "policy/fit_measure.h"

#define FU_FIT_POINTS	30	/* of a rule, at most */

/*
 * fu_fit_card(fit, bands, arena, card):
 * The rule that all begin with, if it has points, and those that were learned,
 * by their points; bands and cold_after are those of ${bands}.  The points are
 * such that a tenth of the people that were learned from are hot, and few are
 * cut off at 0 or 100.  Everything is in the arena.
 */
void fu_fit_card(const struct fu_fit *, const struct fu_scorecard *,
    struct fu_arena *, struct fu_scorecard *);

/* What was measured of people whom nothing was learned from. */
struct fu_fit_report {
	const char		*outcome;	/* the condition, or NULL */
	const char		*source;	/* the database */
	int64_t			 at_us;
	size_t			 learned, learned_won;
	struct fu_fit_tally	 card, before;	/* it, and what it replaces */
	const char		*before_name;	/* "scoring.yaml" */
	struct fu_fit_tally	*without;	/* each rule left out */
	struct {
		int64_t	 n, won;
	}			*with;		/* whom each rule gave points */
};

/*
 * fu_fit_write(card, report, out): the card as YAML, with the report in its
 * comments.
 */
void fu_fit_write(const struct fu_scorecard *, const struct fu_fit_report *,
    struct fu_buf *);

#endif
