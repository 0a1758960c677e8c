/*
 * The score: 0 to 100, with factors that add up to it.
 */
#ifndef FU_POLICY_SCORE_H
#define FU_POLICY_SCORE_H

#include "config/config.h"
#include "policy/facts.h"
#include "policy/rules.h"

struct fu_factor {
	const char	*name;
	int		 points;
	int64_t		 count;		/* events counted; 0 for field rules */
	const char	*why;		/* "4 pricing page visits in 7 days" */
};

struct fu_score {
	int		 score;		/* 0..100 */
	const char	*band;		/* "hot", "warm", "nurture", "cold" */
	struct fu_factor *factor;	/* by points, greatest first; add up */
	size_t		 nfactor;
	int64_t		 next_us;	/* first instant at which time alone changes it */
};

/* A scorecard with its conditions compiled. */
struct fu_scorer;
struct fu_scorer *fu_scorer_new(const struct fu_scorecard *, struct fu_faults *,
    struct fu_err *);
void fu_scorer_free(struct fu_scorer *);

/*
 * fu_scorer_score(scorer, facts, arena, score, err):
 * Pure in ${facts}.  The band is cold after cold_after of silence whatever
 * the points; a score that was clamped has a factor "clamp".  ${score}'s
 * factors are made in ${arena}.
 */
int fu_scorer_score(struct fu_scorer *, const struct fu_facts *,
    struct fu_arena *, struct fu_score *, struct fu_err *);
uint64_t fu_scorer_facts(const struct fu_scorer *);

#endif
