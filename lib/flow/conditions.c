/*
 * Faults of conditions, all of them at once.
 *
 * Must never stop at the first, nor keep what it compiled.
 */
#include "flow/conditions.h"
#include "policy/rules.h"
#include "policy/score.h"

/* A fault that comes as an error, without a line. */
static void
fault_of(struct fu_faults *faults, const char *file, const struct fu_err *err)
{
	struct fu_where	 where = { file, 0, 0 };

	fu_fault_add(faults, &where, false, "%s", err->msg);
}

void
fu_conditions_check(const struct fu_config *config, struct fu_faults *faults)
{
	struct fu_rules		*rules = fu_rules_new();
	struct fu_scorer	*scorer;
	struct fu_err		 err;
	size_t			 before = fu_faults_errors(faults);

	scorer = fu_scorer_new(&config->scorecard, faults, &err);
	if (scorer == NULL && fu_faults_errors(faults) == before)
		fault_of(faults, config->scoring_file, &err);
	fu_scorer_free(scorer);
	before = fu_faults_errors(faults);
	for (size_t i = 0; i < config->ncadence; i++) {
		const struct fu_cadence	*c = &config->cadence[i];

		fu_rules_add(rules, &c->enter, faults);
		fu_rules_add(rules, &c->exit, faults);
		for (size_t n = 0; n < c->nstep; n++)
			fu_rules_add(rules, &c->step[n].if_, faults);
	}
	for (int i = 0; i < FU_TRIGGER_N; i++)
		fu_rules_add(rules, &config->trigger[i].when, faults);
	if (fu_faults_errors(faults) == before &&
	    fu_rules_ready(rules, &err) == -1)
		fault_of(faults, config->file, &err);
	fu_rules_free(rules);
}
