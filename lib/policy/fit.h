/*
 * Learning a scorecard: which few rules over the columns of a table tell best
 * who wins, and what each is worth.
 *
 * Pure: the same table gives the same rules.  Rules are added one by one, the
 * one that helps most each time, all weights fitted anew with it (a logistic
 * regression with an L2 penalty); how many there are, and how strong the
 * penalty is, a cross-validation says whose folds are a stable hash.
 */
#ifndef FU_POLICY_FIT_H
#define FU_POLICY_FIT_H

#include "policy/fit_logit.h"
#include "policy/fit_table.h"

#define FU_FIT_MIN	50	/* of either outcome: fewer teach nothing */
#define FU_FIT_LISTED	8	/* levels of a rule's list at most */

enum fu_fit_shape {
	FU_FIT_FROM,		/* a number, at_least */
	FU_FIT_BELOW,		/* a number under that */
	FU_FIT_AMONG,		/* a text of a list */
	FU_FIT_NONE, FU_FIT_SOME,	/* IS NULL, IS NOT NULL */
	FU_FIT_EACH		/* each event, up to so many */
};

struct fu_fit_rule {
	const struct fu_fit_column *column;	/* borrowed */
	enum fu_fit_shape	 shape;
	double			 limit;		/* FROM, BELOW */
	uint8_t			 level[FU_FIT_LISTED];	/* AMONG: codes, sorted */
	size_t			 nlevel;
	int			 most;		/* EACH: events that count */
	double			 weight;	/* in log-odds, when it is true */
};

struct fu_fit {
	struct fu_fit_rule	 rule[FU_FIT_RULES];
	size_t			 n;
	double			 begin;		/* log-odds of who has none */
	double			 penalty;	/* as chosen */
	size_t			 people, won;	/* learned from */
	double			*logit;		/* of each row, without begin */
};

/* How many people of a table of ${n} have to share a level or rule. */
size_t fu_fit_rare(size_t);

/*
 * fu_fit_learn(table, arena, fit):
 * From a table whose columns are binned.  ${fit} borrows the table.
 */
void fu_fit_learn(const struct fu_fit_table *, struct fu_arena *,
    struct fu_fit *);

#endif
