/*
 * How well a score tells who wins: people counted by score, and what is
 * measured of that.
 *
 * Pure, and of one size however many people are counted.
 */
#ifndef FU_POLICY_FIT_MEASURE_H
#define FU_POLICY_FIT_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#define FU_FIT_SCORES	101	/* 0 to 100 */

struct fu_fit_tally {
	int64_t	 won[FU_FIT_SCORES], not[FU_FIT_SCORES];
};

struct fu_fit_measure {
	int64_t	 n, won;
	double	 auc;		/* NAN unless there are both outcomes */
	double	 auc_low, auc_high;	/* 95% */
	double	 brier;		/* NAN likewise */
	double	 begin, slope;	/* log-odds of a score: begin + slope * score */
};

/*
 * fu_fit_count(tally, score, won): one person more; a score outside is the
 * nearest inside.
 *
 * fu_fit_measure(tally, measure):
 * The area under the curve, ties counting half, with its interval of 95 %
 * [Hanley, McNeil 1982], and the mean squared error of the chances that these
 * scores stand for, by a logistic regression of the outcome on the score: a
 * score is no probability, and must become one to be compared.
 */
void fu_fit_count(struct fu_fit_tally *, int, bool);
void fu_fit_measure(const struct fu_fit_tally *, struct fu_fit_measure *);

#endif
