/*
 * Scoring: one person, those of whom something is new, or everybody in one
 * ordered scan.
 */
#ifndef FU_FLOW_SCORE_H
#define FU_FLOW_SCORE_H

#include "flow/cadence.h"
#include "flow/handoff.h"
#include "policy/score.h"

/*
 * What scoring needs compiled: the scorecard, and the conditions of cadences
 * and triggers, whose facts say when time alone makes a person worth a look.
 */
struct fu_scoring;
struct fu_scoring *fu_scoring_open(struct fu_session *, struct fu_err *);
void fu_scoring_close(struct fu_scoring *);

struct fu_scored {
	struct fu_score	 score;
	int		 previous;	/* -1: none */
	const char	*email;		/* or NULL */
	int64_t		 prospect;
};

/*
 * fu_score_look(scoring, prospect, arena, scored, err):
 * Score a person and write it down, inside a transaction.  1, 0 when there is
 * no such person, -1.
 */
int fu_score_look(struct fu_scoring *, int64_t, struct fu_arena *,
    struct fu_scored *, struct fu_err *);

/*
 * fu_score_all(scoring, emit, ctx, err):
 * Everybody, in order of id, in chunks; transactions of its own.  ${emit} is
 * called for each after the commit.
 *
 * fu_score_changed(scoring, emit, ctx, err):
 * Those of whom something is new to any job, or whose rescore_at has come.
 */
int fu_score_all(struct fu_scoring *,
    int (*)(void *, const struct fu_scored *, struct fu_err *), void *,
    struct fu_err *);
int fu_score_changed(struct fu_scoring *,
    int (*)(void *, const struct fu_scored *, struct fu_err *), void *,
    struct fu_err *);

/* The factors as they stand in records and in the store: a JSON array. */
void fu_factors_json(const struct fu_score *, struct fu_buf *);

#endif
