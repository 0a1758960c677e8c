/*
 * Newton's method for a logistic regression of few terms and many people.
 */
#include <lapacke.h>
#include <math.h>
#include <string.h>

#include "policy/fit_logit.h"

#define TERMS		(1 + FU_FIT_RULES)
#define HALVINGS	20
#define CLOSE		1e-9	/* of the loss: no step is worth taking */

double
fu_fit_chance(double logit)
{
	return (1 / (1 + exp(-logit)));
}

double
fu_fit_loss(double logit, bool won)
{
	double	 x = won ? -logit : logit;

	/* log(1 + exp(x)), which overflows for no x. */
	return (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));
}

double
fu_fit_logit_of(const struct fu_fit_logit *m, size_t row)
{
	double	 sum = m->weight[0];

	for (size_t k = 0; k < m->n; k++)
		sum += m->weight[1 + k] *
		    (double)m->term[k].worth[m->term[k].code[row]];
	return (sum);
}

/* All logits anew, and the loss. */
static double
look(const struct fu_fit_logit *m, struct fu_fit_people *p)
{
	double	 loss = 0;

	for (size_t i = 0; i < p->n; i++) {
		p->logit[i] = fu_fit_logit_of(m, i);
		loss += fu_fit_loss(p->logit[i], p->won[i]);
	}
	for (size_t k = 0; k < m->n; k++)
		loss += m->penalty / 2 * m->weight[1 + k] * m->weight[1 + k];
	return (loss);
}

/* Most rules are not true of a person: only those that are cost time. */
static void
slopes(const struct fu_fit_logit *m, const struct fu_fit_people *p,
    double gradient[TERMS], double curve[TERMS * TERMS])
{
	size_t	 at[TERMS], n, dim = 1 + m->n;
	double	 worth[TERMS], chance, g, h;

	memset(gradient, 0, dim * sizeof(*gradient));
	memset(curve, 0, dim * dim * sizeof(*curve));
	for (size_t i = 0; i < p->n; i++) {
		chance = fu_fit_chance(p->logit[i]);
		g = chance - p->won[i];
		h = chance * (1 - chance);
		at[0] = 0;
		worth[0] = 1;
		n = 1;
		for (size_t k = 0; k < m->n; k++) {
			float	 w = m->term[k].worth[m->term[k].code[i]];

			if (w == 0)
				continue;
			at[n] = 1 + k;
			worth[n++] = (double)w;
		}
		for (size_t a = 0; a < n; a++) {
			gradient[at[a]] += g * worth[a];
			for (size_t b = 0; b <= a; b++)
				curve[at[a] * dim + at[b]] +=
				    h * worth[a] * worth[b];
		}
	}
	for (size_t k = 1; k < dim; k++) {
		gradient[k] += m->penalty * m->weight[k];
		curve[k * dim + k] += m->penalty;
	}
	/* Where all have won, or none, there is no curve to speak of. */
	curve[0] += 1e-9;
}

double
fu_fit_logit_solve(struct fu_fit_logit *m, struct fu_fit_people *p, int rounds)
{
	double		 step[TERMS], curve[TERMS * TERMS], before[TERMS];
	double		 loss = look(m, p), next, size;
	lapack_int	 dim = (lapack_int)(1 + m->n);

	for (; rounds > 0; rounds--) {
		slopes(m, p, step, curve);
		if (LAPACKE_dposv(LAPACK_ROW_MAJOR, 'L', dim, 1, curve, dim,
		    step, 1) != 0)
			break;
		memcpy(before, m->weight, sizeof(before));
		size = 1;
		for (int tries = 0; tries < HALVINGS; tries++, size /= 2) {
			for (lapack_int k = 0; k < dim; k++)
				m->weight[k] = before[k] - size * step[k];
			if ((next = look(m, p)) <= loss)
				break;
		}
		if (!(next <= loss)) {
			memcpy(m->weight, before, sizeof(before));
			loss = look(m, p);
			break;
		}
		if (loss - next <= CLOSE * loss) {
			loss = next;
			break;
		}
		loss = next;
	}
	return (loss);
}
