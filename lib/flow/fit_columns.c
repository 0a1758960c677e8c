/*
 * What a fit may learn from: facts, custom columns, events; and each person's
 * row of them.
 *
 * Never the outcome itself, nor what nobody can tell as it stood then.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/fit_room.h"
#include "policy/rules_text.h"

#define SIXTEENTHS	16	/* points of an event, to be counted by */

/* How a fact is taken, unless --facts names it. */
enum taken {
	NEVER,		/* an outcome, or not known as it was */
	ASKED,		/* only when it is asked for */
	HERE,		/* whether there is one */
	TAKEN
};
static const enum taken taken[FU_FACT_N] = {
	[FU_FACT_EMAIL] = ASKED, [FU_FACT_PHONE] = HERE,
	[FU_FACT_FIRST_NAME] = ASKED, [FU_FACT_LAST_NAME] = ASKED,
	[FU_FACT_TITLE] = HERE, [FU_FACT_COMPANY] = HERE,
	[FU_FACT_COMPANY_SIZE] = TAKEN, [FU_FACT_INDUSTRY] = TAKEN,
	[FU_FACT_COUNTRY] = TAKEN, [FU_FACT_REGION] = TAKEN,
	[FU_FACT_BUDGET] = TAKEN, [FU_FACT_INTEREST] = TAKEN,
	[FU_FACT_SOURCE] = TAKEN, [FU_FACT_BASIS] = TAKEN,
	[FU_FACT_SEGMENT] = TAKEN, [FU_FACT_OWNER] = ASKED,
	[FU_FACT_SENIORITY] = TAKEN, [FU_FACT_TIMELINE_DAYS] = TAKEN,
	/* events count each, and fade: these are steps of the same */
	[FU_FACT_VISITS] = ASKED, [FU_FACT_VISITS_7D] = ASKED,
	[FU_FACT_PRICING_VISITS_7D] = ASKED, [FU_FACT_DEMO_VISITS_7D] = ASKED,
	[FU_FACT_CHATS] = ASKED, [FU_FACT_CHATS_SINCE_DEMO] = ASKED,
	[FU_FACT_REPLIES] = ASKED, [FU_FACT_REPLIES_SINCE_MEETING] = ASKED,
	[FU_FACT_REPLIES_SINCE_DEMO] = ASKED, [FU_FACT_DOWNLOADS] = ASKED,
	[FU_FACT_DEMOS] = ASKED, [FU_FACT_MEETINGS] = ASKED,
	[FU_FACT_QUESTIONS] = TAKEN, [FU_FACT_OBJECTIONS_OPEN] = TAKEN,
	[FU_FACT_OBJECTIONS_RAISED] = TAKEN, [FU_FACT_COMPETITOR] = TAKEN,
	[FU_FACT_MEETINGS_BOOKED] = TAKEN, [FU_FACT_CONTACT_SHARED] = TAKEN,
	/* what we did says nothing of them */
	[FU_FACT_REPLIES_SINCE_TOUCH] = ASKED, [FU_FACT_TOUCHES_SENT] = ASKED,
	[FU_FACT_DAYS_SINCE_TOUCH] = ASKED,
	[FU_FACT_DAYS_SINCE_SEEN] = TAKEN, [FU_FACT_DAYS_SINCE_VISIT] = TAKEN,
	[FU_FACT_DAYS_SINCE_REPLY] = TAKEN,
	[FU_FACT_DAYS_SINCE_MEETING] = TAKEN,
	[FU_FACT_DAYS_SINCE_DEMO] = TAKEN, [FU_FACT_DAYS_SILENT] = TAKEN,
};

/* The field that a fact is made of, where that is one of another name. */
static int
field_of(int fact)
{
	if (fact == FU_FACT_SENIORITY)
		return (FU_F_TITLE);
	if (fact == FU_FACT_TIMELINE_DAYS)
		return (FU_F_TIMELINE);
	return (fu_field_find(fu_fact_defs[fact].name));
}

/* May a column of that name be learned from? */
static bool
wanted(struct fu_fit_columns *f, const char *name, bool unless_asked)
{
	bool	 asked = fu_fit_names_have(&f->facts, name);

	if (fu_fit_names_have(&f->without, name))
		return (false);
	return (f->given ? asked : unless_asked);
}

/* The custom columns that the outcome reads: the texts in its quotes. */
static void
read_outcome(struct fu_fit_columns *f, const char *sql)
{
	struct fu_token	 t;
	struct fu_buf	 text;
	size_t		 cap = 0;

	fu_buf_init(&text);
	for (t = fu_rule_token(sql, 0); t.type != FU_TOK_END && t.len > 0;
	    t = fu_rule_token(sql, t.at + t.len)) {
		if (t.type != FU_TOK_STRING || t.len < 2)
			continue;
		fu_buf_reset(&text);
		for (size_t i = t.at + 1; i + 1 < t.at + t.len; i++) {
			fu_buf_putc(&text, sql[i]);
			i += sql[i] == '\'';
		}
		f->asked.item = fu_grow(&f->arena, f->asked.item, f->asked.n,
		    &cap, sizeof(*f->asked.item));
		f->asked.item[f->asked.n++] = fu_dup_buf(&f->arena, &text);
	}
	fu_buf_free(&text);
}

static int
add_facts(struct fu_fit_columns *f, uint64_t outcome, struct fu_err *err)
{
	for (int i = 0; i < FU_FACT_N; i++) {
		const char		*name = fu_fact_defs[i].name;
		struct fu_fit_column	 c = { .name = name, .expr = name,
			.presence = taken[i] == HERE,
			/* since when, of what the events say */
			.absence = i >= FU_FACT_DAYS_SINCE_SEEN };
		bool			 want = wanted(f, name,
		    taken[i] >= HERE);

		f->fact[i] = -1;
		if (!want || (outcome >> i & 1) != 0)
			continue;
		if (taken[i] == NEVER && !fu_fit_names_exact(&f->facts, name))
			continue;
		if (taken[i] == NEVER)
			return (fu_err_set(err, FU_EUSAGE, "--facts: \"%s\" is "
			    "an outcome, or nobody knows what it was when "
			    "people were first enrolled", name));
		f->fact[i] = fu_fit_column_add(&f->table, &c);
	}
	return (0);
}

static int
add_events(struct fu_fit_columns *f, const struct fu_fit_scan *scan,
    struct fu_err *err)
{
	struct fu_fit_kinds	 kinds = { .n = 0 };
	struct fu_faults	 faults;
	struct fu_rule		*r;

	if (fu_fit_kinds_find(scan->session, &f->arena, &kinds, err) == -1)
		return (-1);
	f->first_event = (int)f->table.ncolumn;
	f->events.rule = fu_alloc_array(&f->arena, kinds.n + 1, sizeof(*r));
	for (size_t i = 0; i < kinds.n; i++) {
		struct fu_fit_column	*c = &kinds.column[i];

		if (!wanted(f, c->name, true) || fu_list_has(&f->asked,
		    c->event) || fu_fit_column_add(&f->table, c) == -1)
			continue;
		r = &f->events.rule[f->events.nrule];
		*r = (struct fu_rule){ .kind = FU_RULE_EVENT,
			.name = fu_printf(&f->arena, "%zu", f->events.nrule),
			.event = c->event, .points = SIXTEENTHS, .why = "",
			.globs_of = c->globs_of, .window_us = c->window_us,
			.half_life_us = c->half_life_us };
		if (c->glob != NULL) {
			r->globs.item = &c->glob;
			r->globs.n = 1;
		}
		f->events.nrule++;
	}
	f->first_attr = f->next_attr = (int)f->table.ncolumn;
	fu_faults_init(&faults);
	f->scorer = fu_scorer_new(&f->events, &faults, err);
	fu_faults_free(&faults);
	return (f->scorer == NULL ? -1 : 0);
}

int
fu_fit_columns_init(struct fu_fit_columns *f, const struct fu_fit_scan *scan,
    struct fu_err *err)
{
	memset(f, 0, sizeof(*f));
	fu_fit_table_init(&f->table);
	fu_arena_init(&f->arena);
	f->given = scan->ask->facts != NULL;
	if (fu_fit_names_read(&f->facts, "--facts", scan->ask->facts,
	    &f->arena, err) == -1 ||
	    fu_fit_names_read(&f->without, "--without", scan->ask->without,
	    &f->arena, err) == -1)
		return (-1);
	if (scan->ask->outcome != NULL)
		read_outcome(f, scan->ask->outcome);
	if (add_facts(f, scan->rules == NULL ? 0 :
	    fu_rules_facts(scan->rules), err) == -1)
		return (-1);
	return (add_events(f, scan, err));
}

void
fu_fit_columns_free(struct fu_fit_columns *f)
{
	fu_scorer_free(f->scorer);
	fu_fit_table_free(&f->table);
	fu_arena_free(&f->arena);
}

static const char *
attr_expr(struct fu_arena *arena, const char *name)
{
	struct fu_buf	 b;
	const char	*expr;

	fu_buf_init(&b);
	fu_buf_puts(&b, "attr('");
	for (; *name != '\0'; name++)
		fu_buf_puts(&b, *name == '\'' ? "''" :
		    (char[]){ *name, '\0' });
	fu_buf_puts(&b, "')");
	expr = fu_dup_buf(arena, &b);
	fu_buf_free(&b);
	return (expr);
}

/* The column of a custom member: mostly the one behind the last, as records of
 * one file have theirs in one order.  -1: it is not to be learned from. */
static int
attr_column(struct fu_fit_columns *f, const char *name)
{
	int			 n = (int)f->table.ncolumn, i;
	struct fu_fit_column	 c = { .name = name };

	for (int k = 0; k < n - f->first_attr; k++) {
		i = f->next_attr + k;
		if (i >= n)
			i -= n - f->first_attr;
		if (strcmp(f->table.column[i].name, name) == 0) {
			f->next_attr = i + 1 < n ? i + 1 : f->first_attr;
			return (i);
		}
	}
	for (size_t k = 0; k < f->passed.n; k++)
		if (strcmp(f->passed.item[k], name) == 0)
			return (-1);
	if (n < FU_FIT_COLUMNS && wanted(f, name, true) &&
	    !fu_list_has(&f->asked, name)) {
		c.expr = attr_expr(&f->arena, name);
		return (fu_fit_column_add(&f->table, &c));
	}
	f->full = f->full || n == FU_FIT_COLUMNS;
	if (f->passed.n < 4 * FU_FIT_COLUMNS) {
		f->passed.item = fu_grow(&f->arena, f->passed.item,
		    f->passed.n, &f->passed_cap, sizeof(*f->passed.item));
		f->passed.item[f->passed.n++] = fu_dup(&f->arena, name);
	}
	return (-1);
}

static void
set_facts(struct fu_fit_columns *f, const struct fu_fit_seen *seen, int row)
{
	for (int i = 0; i < FU_FACT_N; i++) {
		int	 field = field_of(i);

		if (f->fact[i] == -1)
			continue;
		if (field != -1 && (seen->unknown >> field & 1) != 0)
			fu_fit_set_unknown(&f->table, f->fact[i], row);
		else
			fu_fit_set(&f->table, f->fact[i], row,
			    &seen->c->facts.v[i]);
	}
}

static int
set_events(struct fu_fit_columns *f, const struct fu_fit_seen *seen, int row,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_score	 score;

	if (seen->c->nevent == 0 || f->events.nrule == 0)
		return (0);
	if (fu_scorer_score(f->scorer, &seen->c->facts, arena, &score,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < score.nfactor; i++)
		if (strcmp(score.factor[i].name, "clamp") != 0)
			fu_fit_set_events(&f->table, f->first_event +
			    atoi(score.factor[i].name), row,
			    score.factor[i].points);
	return (0);
}

int
fu_fit_columns_see(void *ctx, const struct fu_fit_seen *seen,
    struct fu_err *err)
{
	struct fu_fit_columns	*f = ctx;
	const struct fu_person	*p = &seen->c->p.person;
	struct fu_arena		 arena;
	struct fu_value		 v;
	int			 row, column, rc;

	if (fu_fit_held_out(seen->c->p.id))
		return (0);
	row = fu_fit_row_add(&f->table, seen->c->p.id, seen->won);
	if (row == -1)
		return (0);
	fu_arena_init(&arena);
	set_facts(f, seen, row);
	for (size_t i = 0; i < p->nattr; i++) {
		if ((column = attr_column(f, p->attr[i].name)) == -1)
			continue;
		v = fu_facts_attr(&seen->c->facts, p->attr[i].name, &arena);
		fu_fit_set(&f->table, column, row, &v);
	}
	rc = set_events(f, seen, row, &arena, err);
	fu_arena_free(&arena);
	return (rc);
}
