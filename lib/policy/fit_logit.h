/*
 * Logistic regression with an L2 penalty over rules: each is a column of codes
 * and what a code is worth, from -1 to 1.
 *
 * Pure; its time is linear in the people, its memory in nothing but the rules.
 */
#ifndef FU_POLICY_FIT_LOGIT_H
#define FU_POLICY_FIT_LOGIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FU_FIT_RULES	24	/* with the one that all begin with: 25 */

/* What a rule makes of a column's codes. */
struct fu_fit_term {
	const uint8_t	*code;		/* one a person; borrowed */
	float		 worth[256];	/* of each code */
};

struct fu_fit_logit {
	struct fu_fit_term	 term[FU_FIT_RULES];
	size_t			 n;
	double			 weight[1 + FU_FIT_RULES];	/* [0]: all begin with */
	double			 penalty;	/* of half the squared weights */
};

/* The people: who won, and the model's odds of it so far. */
struct fu_fit_people {
	const uint8_t	*won;
	double		*logit;		/* one a person */
	size_t		 n;
};

/*
 * fu_fit_logit_solve(model, people, rounds):
 * At most ${rounds} steps of Newton's method from the weights as they are, each
 * halved until the loss is no greater; the logits are those of the weights
 * afterwards.  Return the loss: minus the log-likelihood, penalty included.
 *
 * fu_fit_logit_of(model, row): the logit of one row of the terms' columns.
 *
 * fu_fit_loss(logit, won): minus the log-likelihood of one person.
 * fu_fit_chance(logit): the probability.
 */
double fu_fit_logit_solve(struct fu_fit_logit *, struct fu_fit_people *, int);
double fu_fit_logit_of(const struct fu_fit_logit *, size_t);
double fu_fit_loss(double, bool);
double fu_fit_chance(double);

#endif
