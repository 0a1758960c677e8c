/*
 * Why a cadence does not take somebody: the terms of its entry that fail.
 *
 * Must never count them: that is what a run of fu-cadence does.
 */
#include "flow/cadence_room.h"

#define FACT_BYTES	60	/* of a text fact, in a sentence */

static const char *
value_text(const struct fu_value *v, struct fu_arena *arena)
{
	if (v->type == FU_V_INT)
		return (fu_printf(arena, "%lld", (long long)v->i));
	if (v->type == FU_V_REAL)
		return (fu_printf(arena, "%g", v->r));
	if (v->type == FU_V_TEXT)
		return (fu_printf(arena, "\"%.*s\"",
		    (int)fu_utf8_cut(v->s, FACT_BYTES), v->s));
	return ("unknown");
}

/* "score > 70 (score is 43)" */
static void
put_term(struct fu_cadencer *cr, const struct fu_case *c, int term,
    struct fu_buf *out, struct fu_arena *arena)
{
	uint64_t	 mask = fu_rules_mask(cr->rules, term);
	const char	*before = " (";

	fu_buf_printf(out, "%s%s", out->len > 0 ? "; " : "",
	    fu_rules_text(cr->rules, term));
	for (int i = 0; i < FU_FACT_N; i++) {
		if ((mask >> i & 1) == 0)
			continue;
		fu_buf_printf(out, "%s%s is %s", before, fu_fact_defs[i].name,
		    value_text(&c->facts.v[i], arena));
		before = ", ";
	}
	if (before[0] == ',')
		fu_buf_putc(out, ')');
}

int
fu_cadence_barrier(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_cadence *cadence, struct fu_arena *arena,
    const char **why, struct fu_err *err)
{
	const struct fu_conditions	*k = fu_conditions_of(cr, cadence);
	struct fu_reach			 shut;
	struct fu_buf			 out;
	bool				 may;

	*why = NULL;
	if (fu_rules_eval(cr->rules, &c->facts, cr->result, err) == -1)
		return (-1);
	if (cadence->enter.sql == NULL)
		*why = "it has no `enter`: only --cadence enrols in it";
	fu_buf_init(&out);
	for (int i = 0; i < k->nterm; i++)
		if (!cr->result[k->term + i])
			put_term(cr, c, k->term + i, &out, arena);
	if (out.len > 0)
		*why = fu_printf(arena, "not so: %s", out.ptr);
	fu_buf_free(&out);
	if (*why != NULL)
		return (0);
	if (cadence->start_return && c->facts.return_us == FU_NEVER)
		*why = "it starts with a return to the site, and there is "
		    "none";
	else if (cadence->anchor != NULL && c->facts.demo_us == FU_NEVER)
		*why = "its days count from a demo, and there was none";
	else if (fu_cadence_may_enter(cr, c, cadence, arena, &may, err) == -1 ||
	    fu_reach_load(cr->session, c, arena, &shut, err) == -1)
		return (-1);
	else if (fu_reach_bars(&shut, cadence) != NULL)
		*why = fu_printf(arena, "the channels that it writes on are "
		    "shut: %s", fu_reach_bars(&shut, cadence));
	else if (!may)
		*why = "they have been in it; `again` does not let them in";
	return (0);
}
