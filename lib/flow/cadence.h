/*
 * Enrolling, moving, stopping, and planning what comes next: what fu-cadence,
 * fu-due, fu-send and fu-web do to one person's enrolment.
 *
 * All functions that write are called inside a transaction of the store.
 */
#ifndef FU_FLOW_CADENCE_H
#define FU_FLOW_CADENCE_H

#include "flow/course.h"
#include "policy/rules.h"

/* The cadences with their conditions compiled, and the run's counts. */
struct fu_cadencer;

struct fu_cadencer *fu_cadencer_open(struct fu_session *, struct fu_err *);
void fu_cadencer_close(struct fu_cadencer *);
/* The set of all conditions: for the facts they use and rescore_at. */
const struct fu_rules *fu_cadencer_rules(const struct fu_cadencer *);

enum fu_enrol_action {
	FU_EN_NONE, FU_EN_ENROLLED, FU_EN_KEPT, FU_EN_MOVED, FU_EN_STOPPED
};

struct fu_enrol_result {
	enum fu_enrol_action	 action;
	const char		*cadence;	/* in it now, or left; or NULL */
	const char		*reason;
	const char		*step;		/* next, or NULL */
	int64_t			 due_us;	/* of that, or FU_NEVER */
};
const char *fu_enrol_action_name(enum fu_enrol_action);

/*
 * fu_cadence_look(cadencer, prospect, arena, result, err):
 * Look at a person: end, move, enrol, plan.  Marks the news as seen.  1, 0
 * when there is no such person, -1.
 *
 * fu_cadence_force(cadencer, prospect, cadence, arena, result, err): enrol in
 * that one whatever its entry says.
 * fu_cadence_stop(cadencer, prospect, arena, result, err): end what they are
 * in; bars every cadence until somebody enrols them.
 */
int fu_cadence_look(struct fu_cadencer *, int64_t, struct fu_arena *,
    struct fu_enrol_result *, struct fu_err *);
int fu_cadence_force(struct fu_cadencer *, int64_t, const struct fu_cadence *,
    struct fu_arena *, struct fu_enrol_result *, struct fu_err *);
int fu_cadence_stop(struct fu_cadencer *, int64_t, struct fu_arena *,
    struct fu_enrol_result *, struct fu_err *);

/*
 * fu_cadence_handled(cadencer, prospect, arena, err):
 * A touch of the person was sent, skipped or failed: plan the next of each
 * line, and end the enrolment when nothing is left.
 *
 * fu_cadence_resume(cadencer, case, course, arena, moved, err): take note of
 * pauses that began or ended; ${moved} tells whether days were moved.
 */
int fu_cadence_handled(struct fu_cadencer *, int64_t, struct fu_arena *,
    struct fu_err *);
int fu_cadence_resume(struct fu_cadencer *, const struct fu_case *,
    struct fu_course *, struct fu_arena *, bool *, struct fu_err *);
/* Plan every line that has nothing pending, and write what came of it. */
int fu_cadence_plan(struct fu_cadencer *, const struct fu_case *,
    struct fu_course *, struct fu_arena *, struct fu_err *);

/*
 * fu_cadence_if(cadencer, course, step, facts, holds, err):
 * Does the step's `if:` hold?  fu_cadence_exit(): does the cadence's `exit`?
 */
int fu_cadence_if(struct fu_cadencer *, const struct fu_step *,
    const struct fu_facts *, bool *, struct fu_err *);
int fu_cadence_exit(struct fu_cadencer *, const struct fu_cadence *,
    const struct fu_facts *, bool *, struct fu_err *);

/* For the end of a run: who was looked at and not taken. */
struct fu_untaken {
	const char	*cadence;
	const char	*term;		/* of `enter`, that failed most */
	uint64_t	 failed, looked;
};
uint64_t fu_cadencer_untaken(const struct fu_cadencer *);
/* A line a cadence; made in the arena. */
struct fu_untaken *fu_cadencer_terms(const struct fu_cadencer *,
    struct fu_arena *, size_t *);
/*
 * cadence_shut.c
 * fu_reach_load(session, case, arena, shut, err): what the ledger shuts for the
 * person, of the channels that the cadences' messages go by.
 *
 * fu_reach_bars(shut, cadence): what keeps that cadence from taking the person
 * ("suppressed"): all that its messages could go by is shut or out of reach.
 * Without messages its chat or its tasks are asked about.  Of NULL: what keeps
 * every cadence from them.  NULL for nothing.
 */
struct fu_reach {
	const struct fu_config	*config;
	const char		*by[FU_CHANNEL_N];	/* a reason, or NULL */
	const char		*all;		/* whatever the channel */
	unsigned		 reached;	/* a bit a channel */
};
int fu_reach_load(struct fu_session *, const struct fu_case *,
    struct fu_arena *, struct fu_reach *, struct fu_err *);
const char *fu_reach_bars(const struct fu_reach *, const struct fu_cadence *);
/*
 * fu_cadence_barrier(cadencer, case, cadence, arena, why, err):
 * What keeps that cadence from taking the person now, in words; NULL in
 * ${why} when nothing does, as far as the cadence alone is concerned.
 */
int fu_cadence_barrier(struct fu_cadencer *, const struct fu_case *,
    const struct fu_cadence *, struct fu_arena *, const char **,
    struct fu_err *);
/* When the first leaves of those enrolled or moved in this run; FU_NEVER. */
int64_t fu_cadencer_first_due(const struct fu_cadencer *);

#endif
