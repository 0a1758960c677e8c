/*
 * The fit: a scorecard learned from what became of people, and the measure of
 * one.
 *
 * Reads the database, changes nothing.  Each person is seen as they stood at
 * the first enrolment, else 14 days after their first event, and never after
 * the outcome.
 */
#ifndef FU_FLOW_FIT_H
#define FU_FLOW_FIT_H

#include "flow/session.h"
#include "policy/fit_card.h"

struct fu_fit_ask {
	const char	*outcome;	/* a condition; NULL: won, of won or lost */
	const char	*facts;		/* learn from these alone, or NULL */
	const char	*without;	/* and not from these, or NULL */
	int64_t		 since_us;	/* seen then or later; FU_NEVER: all */
	int64_t		 until_us;	/* seen before that; FU_NEVER: all */
};

/* What became of whom. */
struct fu_fit_counts {
	int64_t	 won, not_won;	/* of whom there is an outcome */
	int64_t	 open;		/* there is none yet */
	int64_t	 objected;	/* nobody profiles them */
};

/*
 * fu_fit_run(session, ask, out, err):
 * Learn, measure on the people held out, and write the card to ${out} as YAML.
 * What an operator should look at is said on standard error.  FU_EDATA when
 * there are too few of either outcome, FU_EUSAGE when ${ask} names what is
 * not there.  ${session} has FU_S_CONFIG, FU_S_RULES and FU_S_READ.
 *
 * fu_fit_evaluate(session, ask, card, tally, counts, err):
 * Score everybody of whom there is an outcome by that card.
 */
int fu_fit_run(struct fu_session *, const struct fu_fit_ask *,
    struct fu_buf *, struct fu_err *);
int fu_fit_evaluate(struct fu_session *, const struct fu_fit_ask *,
    const struct fu_scorecard *, struct fu_fit_tally *,
    struct fu_fit_counts *, struct fu_err *);

#endif
