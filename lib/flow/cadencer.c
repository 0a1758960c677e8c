/*
 * The conditions of all cadences, compiled once a run, and what the run
 * counts.
 *
 * Must never change an enrolment.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/cadence_room.h"
#include "policy/rules_text.h"

static int
add(struct fu_cadencer *cr, const struct fu_condition *cond,
    struct fu_faults *faults)
{
	int	 i = fu_rules_add(cr->rules, cond, faults);

	if (i >= cr->nrule)
		cr->nrule = i + 1;
	return (i);
}

static void
compile(struct fu_cadencer *cr, struct fu_faults *faults)
{
	const struct fu_config	*config = &cr->session->config;

	for (size_t i = 0; i < config->ncadence; i++) {
		const struct fu_cadence	*c = &config->cadence[i];
		struct fu_conditions	*k = &cr->cond[i];

		k->enter = add(cr, &c->enter, faults);
		/* No exit condition is never true, not always. */
		k->exit = c->exit.sql == NULL ? -1 : add(cr, &c->exit, faults);
		if (c->enter.sql != NULL && k->enter != -1 &&
		    fu_rules_add_terms(cr->rules, &c->enter, faults, &k->term,
		    &k->nterm) == 0 && k->term + k->nterm > cr->nrule)
			cr->nrule = k->term + k->nterm;
		k->step_if = fu_alloc_array(&cr->arena, c->nstep + 1,
		    sizeof(*k->step_if));
		k->term_failed = fu_alloc_array(&cr->arena,
		    (size_t)k->nterm + 1, sizeof(*k->term_failed));
		for (size_t n = 0; n < c->nstep; n++)
			k->step_if[n] = c->step[n].if_.sql == NULL ? -1 :
			    add(cr, &c->step[n].if_, faults);
	}
}

struct fu_cadencer *
fu_cadencer_open(struct fu_session *s, struct fu_err *err)
{
	struct fu_cadencer	*cr;
	struct fu_faults	 faults;
	int			 rc = 0;

	if ((cr = calloc(1, sizeof(*cr))) == NULL)
		fu_oom();
	cr->session = s;
	cr->first_due_us = FU_NEVER;
	fu_arena_init(&cr->arena);
	fu_faults_init(&faults);
	cr->rules = fu_rules_new();
	cr->cond = fu_alloc_array(&cr->arena, s->config.ncadence + 1,
	    sizeof(*cr->cond));
	compile(cr, &faults);
	if (fu_faults_errors(&faults) > 0) {
		/* A program without a pipe before it has told them all. */
		rc = fu_faults_first(&faults, &cr->arena, err);
	} else
		rc = fu_rules_ready(cr->rules, err);
	fu_faults_free(&faults);
	if (rc == -1) {
		fu_cadencer_close(cr);
		return (NULL);
	}
	cr->result = fu_alloc_array(&cr->arena, (size_t)cr->nrule + 1,
	    sizeof(*cr->result));
	return (cr);
}

void
fu_cadencer_close(struct fu_cadencer *cr)
{
	if (cr == NULL)
		return;
	fu_rules_free(cr->rules);
	fu_arena_free(&cr->arena);
	free(cr);
}

const struct fu_rules *
fu_cadencer_rules(const struct fu_cadencer *cr)
{
	return (cr->rules);
}

struct fu_conditions *
fu_conditions_of(struct fu_cadencer *cr, const struct fu_cadence *c)
{
	return (&cr->cond[c - cr->session->config.cadence]);
}

int
fu_cadence_if(struct fu_cadencer *cr, const struct fu_step *step,
    const struct fu_facts *facts, bool *holds, struct fu_err *err)
{
	const struct fu_config	*config = &cr->session->config;

	*holds = true;
	if (step->if_.sql == NULL)
		return (0);
	if (fu_rules_eval(cr->rules, facts, cr->result, err) == -1)
		return (-1);
	for (size_t i = 0; i < config->ncadence; i++) {
		const struct fu_cadence	*c = &config->cadence[i];

		if (step >= c->step && step < c->step + c->nstep)
			*holds = cr->result[cr->cond[i].step_if[step -
			    c->step]];
	}
	return (0);
}

int
fu_cadence_exit(struct fu_cadencer *cr, const struct fu_cadence *c,
    const struct fu_facts *facts, bool *holds, struct fu_err *err)
{
	int	 i = fu_conditions_of(cr, c)->exit;

	*holds = false;
	if (i == -1)
		return (0);
	if (fu_rules_eval(cr->rules, facts, cr->result, err) == -1)
		return (-1);
	*holds = cr->result[i];
	return (0);
}

uint64_t
fu_cadencer_untaken(const struct fu_cadencer *cr)
{
	return (cr->untaken);
}

int64_t
fu_cadencer_first_due(const struct fu_cadencer *cr)
{
	return (cr->first_due_us);
}

void
fu_cadencer_miss(struct fu_cadencer *cr)
{
	cr->untaken++;
	for (size_t i = 0; i < cr->session->config.ncadence; i++) {
		struct fu_conditions	*k = &cr->cond[i];

		k->no_start += k->missed == FU_MISSED_START;
		k->had += k->missed == FU_MISSED_AGAIN;
		k->shut += k->missed == FU_MISSED_SHUT;
		for (int n = 0; n < k->nterm; n++)
			k->term_failed[n] += !cr->result[k->term + n];
	}
}

/* A term as it is read: without brackets about the whole of it. */
static const char *
without_brackets(const char *text, struct fu_arena *arena)
{
	struct fu_token	 t = fu_rule_token(text, 0);
	size_t		 from = t.at + t.len, last = 0;
	int		 depth = 0;

	if (t.type != FU_TOK_MARK || text[t.at] != '(')
		return (text);
	for (; t.type != FU_TOK_END && t.type != FU_TOK_BAD;
	    t = fu_rule_token(text, t.at + t.len)) {
		if (last > 0)
			return (text);
		if (t.type != FU_TOK_MARK)
			continue;
		depth += text[t.at] == '(' ? 1 : text[t.at] == ')' ? -1 : 0;
		if (depth == 0)
			last = t.at;
	}
	return (last == 0 ? text : fu_dup_str(arena, fu_str_trim(
	    (struct fu_str){ text + from, last - from })));
}

struct fu_untaken *
fu_cadencer_terms(const struct fu_cadencer *cr, struct fu_arena *arena,
    size_t *n)
{
	const struct fu_config	*config = &cr->session->config;
	struct fu_untaken	*u;

	*n = config->ncadence;
	u = fu_alloc_array(arena, *n + 1, sizeof(*u));
	for (size_t i = 0; i < *n; i++) {
		const struct fu_conditions	*k = &cr->cond[i];

		u[i].cadence = config->cadence[i].name;
		u[i].looked = cr->untaken;
		for (int t = 0; t < k->nterm; t++)
			if (k->term_failed[t] > u[i].failed) {
				u[i].failed = k->term_failed[t];
				u[i].term = without_brackets(fu_rules_text(
				    cr->rules, k->term + t), arena);
			}
		if (k->had > u[i].failed) {
			u[i].failed = k->had;
			u[i].term = "`again`: they have been in it";
		}
		if (k->shut > u[i].failed) {
			u[i].failed = k->shut;
			u[i].term = "they opted out of its channels";
		}
		if (k->no_start > u[i].failed) {
			u[i].failed = k->no_start;
			u[i].term = config->cadence[i].start_return ?
			    "no return to the site" : "no demo to count from";
		}
	}
	return (u);
}
