/*
 * Hand-off triggers: which are met, by what evidence.
 *
 * Pure.  Whether an episode is open, and what evidence was consumed, are
 * arguments.
 */
#ifndef FU_POLICY_TRIGGER_H
#define FU_POLICY_TRIGGER_H

#include "config/config.h"
#include "policy/facts.h"
#include "policy/rules.h"

/* Evidence older than this fires nothing. */
#define FU_EVIDENCE_MAX_US	(3 * FU_DAY)
/* A score re-arms this many points below its line. */
#define FU_REARM_POINTS		5

struct fu_evidence {
	enum fu_trigger	 trigger;
	int64_t		 event;		/* id; 0: the score */
	int64_t		 at_us;
	const char	*kind;		/* event kind */
	const char	*text;		/* what is shown: words, page, score */
};

struct fu_triggers_in {
	const struct fu_config	*config;
	const struct fu_facts	*facts;
	int64_t			 consumed_us;	/* evidence must be newer; FU_NEVER */
	bool			 title_used;	/* decision_maker fired by a title before */
	/* the score's crossing: true once above the line, until re-armed */
	bool			 score_fired;
	bool			 on_reply_stop;	/* the cadence's on_reply */
};

struct fu_triggers {
	bool			 met[FU_TRIGGER_N];
	struct fu_evidence	*evidence;	/* in order of time */
	size_t			 nevidence;
	bool			 score_fired;	/* what to remember */
	bool			 any;
	enum fu_trigger		 first;		/* by rank, when any */
};

/*
 * fu_trigger_set_new(config, faults, err):
 * Compile trigger_event's `when` and the titles.  NULL with ${faults} or
 * ${err}; to be freed with fu_trigger_set_free().
 *
 * fu_triggers_met(set, in, arena, triggers, err):
 * Which triggers are met now, by evidence that is newer than
 * ${in->consumed_us} and at most FU_EVIDENCE_MAX_US old.  A score fires at or
 * above its line when it had not fired, and a score that the record came with
 * once, when nothing was told of the person before.  Visits
 * count within the span that ends with the newest, which must be fresh.  An
 * objection is stalled when raised again after so many answers of ours.
 * Return 0, or -1 when the condition ran into its limit of steps.
 */
struct fu_trigger_set;
struct fu_trigger_set *fu_trigger_set_new(const struct fu_config *,
    struct fu_faults *, struct fu_err *);
void fu_trigger_set_free(struct fu_trigger_set *);
int fu_triggers_met(struct fu_trigger_set *, const struct fu_triggers_in *,
    struct fu_arena *, struct fu_triggers *, struct fu_err *);

#endif
