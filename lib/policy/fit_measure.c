/*
 * The area under the curve and the calibration of scores that were counted.
 */
#include <math.h>
#include <string.h>

#include "policy/fit_logit.h"
#include "policy/fit_measure.h"

#define ROUNDS	50	/* of Newton's method for two numbers */

void
fu_fit_count(struct fu_fit_tally *t, int score, bool won)
{
	int	 s = score < 0 ? 0 : score >= FU_FIT_SCORES ?
	    FU_FIT_SCORES - 1 : score;

	if (won)
		t->won[s]++;
	else
		t->not[s]++;
}

static void
area(const struct fu_fit_tally *t, struct fu_fit_measure *m)
{
	double	 a = 0, below = 0, won = (double)m->won,
		 not = (double)(m->n - m->won), q1, q2, error;

	for (int s = 0; s < FU_FIT_SCORES; s++) {
		a += (double)t->won[s] * (below + (double)t->not[s] / 2);
		below += (double)t->not[s];
	}
	a /= won * not;
	q1 = a / (2 - a);
	q2 = 2 * a * a / (1 + a);
	error = sqrt(fmax(0, (a * (1 - a) + (won - 1) * (q1 - a * a) +
	    (not - 1) * (q2 - a * a)) / (won * not)));
	m->auc = a;
	m->auc_low = fmax(0, a - 1.96 * error);
	m->auc_high = fmin(1, a + 1.96 * error);
}

/* Log-odds as a line over the score; a little penalty where they part wholly. */
static void
line(const struct fu_fit_tally *t, struct fu_fit_measure *m)
{
	double	 begin = 0, slope = 0, ridge = 0.01, x, chance, n, g, h,
		 g0, g1, h00, h01, h11, det;

	for (int round = 0; round < ROUNDS; round++) {
		g0 = ridge * begin;
		g1 = ridge * slope;
		h00 = h11 = ridge;
		h01 = 0;
		for (int s = 0; s < FU_FIT_SCORES; s++) {
			x = s / 100.0;
			n = (double)(t->won[s] + t->not[s]);
			chance = fu_fit_chance(begin + slope * x);
			g = n * chance - (double)t->won[s];
			h = n * chance * (1 - chance);
			g0 += g;
			g1 += g * x;
			h00 += h;
			h01 += h * x;
			h11 += h * x * x;
		}
		det = h00 * h11 - h01 * h01;
		/* No step of more than a few log-odds: it would overshoot. */
		begin -= fmax(-3, fmin(3, (h11 * g0 - h01 * g1) / det));
		slope -= fmax(-3, fmin(3, (h00 * g1 - h01 * g0) / det));
	}
	m->begin = begin;
	m->slope = slope / 100;
}

void
fu_fit_measure(const struct fu_fit_tally *t, struct fu_fit_measure *m)
{
	double	 error = 0, chance;

	memset(m, 0, sizeof(*m));
	m->auc = m->auc_low = m->auc_high = m->brier = NAN;
	for (int s = 0; s < FU_FIT_SCORES; s++) {
		m->won += t->won[s];
		m->n += t->won[s] + t->not[s];
	}
	if (m->won == 0 || m->won == m->n)
		return;
	area(t, m);
	line(t, m);
	for (int s = 0; s < FU_FIT_SCORES; s++) {
		chance = fu_fit_chance(m->begin + m->slope * s);
		error += (double)t->won[s] * (1 - chance) * (1 - chance) +
		    (double)t->not[s] * chance * chance;
	}
	m->brier = error / (double)m->n;
}
