/*
 * Scanning everybody, asking the condition, handing on who it holds for.
 *
 * Must never write, nor be in a transaction while its caller writes out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "config/nearest.h"
#include "flow/case.h"
#include "flow/list.h"
#include "policy/rules.h"
#include "store/events.h"

#define CHUNK	500	/* people of a scan at once */

struct fu_listing {
	struct fu_session	*session;
	struct fu_rules		*rules;
	struct fu_arena		 arena;
	struct fu_column	*column;
	size_t			 ncolumn, cap;
	uint64_t		 facts;	/* that cost a query of their own */
	bool			 for_others;
};

/* attr('Lead Source') of the list: the name, or NULL. */
static const char *
attr_of(struct fu_arena *arena, struct fu_str word)
{
	if (!fu_str_starts(word, "attr(") || word.ptr[word.len - 1] != ')')
		return (NULL);
	word = fu_str_trim((struct fu_str){ word.ptr + 5, word.len - 6 });
	if (word.len < 3 || word.ptr[0] != '\'' ||
	    word.ptr[word.len - 1] != '\'')
		return (NULL);
	return (fu_dup_str(arena, (struct fu_str){ word.ptr + 1,
	    word.len - 2 }));
}

static int
no_column(const char *name, struct fu_err *err)
{
	struct fu_nearest	 nearest;

	fu_nearest_start(&nearest, name);
	for (int i = 0; i < FU_FACT_N; i++)
		fu_nearest_try(&nearest, fu_fact_defs[i].name);
	for (int i = 0; i < FU_FIELD_N; i++)
		fu_nearest_try(&nearest, fu_fields[i].name);
	if (nearest.word != NULL)
		return (fu_err_set(err, FU_EUSAGE, "--facts: no fact \"%s\"; "
		    "did you mean \"%s\"?", name, nearest.word));
	return (fu_err_set(err, FU_EUSAGE, "--facts: no fact \"%s\"; a column "
	    "of your own is attr('%s')", name, name));
}

static int
add_column(struct fu_listing *l, struct fu_str word, struct fu_err *err)
{
	struct fu_column	 c = { .fact = -1, .field = -1 };

	word = fu_str_trim(word);
	c.name = fu_dup_str(&l->arena, word);
	if (word.len > 0 && (c.attr = attr_of(&l->arena, word)) != NULL)
		c.name = c.attr;
	else if ((c.fact = fu_fact_find(c.name)) != -1)
		c.name = fu_fact_defs[c.fact].name;
	else if ((c.field = fu_field_find(c.name)) == -1 &&
	    strcmp(c.name, "prospect") != 0)
		return (no_column(c.name, err));
	for (size_t i = 0; i < l->ncolumn; i++)
		if (strcmp(l->column[i].name, c.name) == 0)
			return (fu_err_set(err, FU_EUSAGE,
			    "--facts: \"%s\" twice", c.name));
	if (c.fact != -1)
		l->facts |= UINT64_C(1) << c.fact;
	l->column = fu_grow(&l->arena, l->column, l->ncolumn, &l->cap,
	    sizeof(*l->column));
	l->column[l->ncolumn++] = c;
	return (0);
}

/* At the commas that stand outside quotes. */
static int
read_columns(struct fu_listing *l, const char *list, struct fu_err *err)
{
	const char	*from = list, *p;
	bool		 quoted = false;

	for (p = list;; p++) {
		quoted = *p == '\'' ? !quoted : quoted;
		if (*p != '\0' && (*p != ',' || quoted))
			continue;
		if (add_column(l, (struct fu_str){ from,
		    (size_t)(p - from) }, err) == -1)
			return (-1);
		if (*p == '\0')
			return (0);
		from = p + 1;
	}
}

static int
compile(struct fu_listing *l, const char *text, struct fu_err *err)
{
	struct fu_condition	 cond = { .sql = text, .where = { NULL, 1, 1 },
		.source = text };
	struct fu_faults	 faults;
	const struct fu_fault	*f;
	int			 rc = 0;

	fu_faults_init(&faults);
	if (fu_rules_add(l->rules, &cond, &faults) == -1 && faults.n > 0) {
		f = &faults.fault[0];
		rc = fu_err_set(err, FU_EUSAGE, "condition, column %d: %s",
		    f->where.col, f->text);
	} else if ((rc = fu_rules_ready(l->rules, err)) == 0)
		l->facts |= fu_rules_facts(l->rules);
	fu_faults_free(&faults);
	return (rc);
}

struct fu_listing *
fu_listing_open(struct fu_session *s, const char *condition,
    const char *columns, struct fu_err *err)
{
	struct fu_listing	*l;
	int			 rc = 0;

	if ((l = calloc(1, sizeof(*l))) == NULL)
		fu_oom();
	l->session = s;
	fu_arena_init(&l->arena);
	l->rules = fu_rules_new();
	if (columns != NULL)
		rc = read_columns(l, columns, err);
	if (columns == NULL)
		add_column(l, FU_STR("prospect"), err);
	for (int i = 0; columns == NULL && i < FU_FACT_N; i++)
		add_column(l, fu_str_of(fu_fact_defs[i].name), err);
	if (rc == -1 || compile(l, condition, err) == -1) {
		fu_listing_close(l);
		return (NULL);
	}
	return (l);
}

void
fu_listing_close(struct fu_listing *l)
{
	if (l == NULL)
		return;
	fu_rules_free(l->rules);
	fu_arena_free(&l->arena);
	free(l);
}

void
fu_listing_for_others(struct fu_listing *l)
{
	l->for_others = true;
}

const struct fu_column *
fu_listing_columns(const struct fu_listing *l, size_t *n)
{
	*n = l->ncolumn;
	return (l->column);
}

static struct fu_value
value_of(const struct fu_column *col,
    const struct fu_case *c, struct fu_arena *arena)
{
	struct fu_value	 v = { .type = FU_V_NULL };

	if (col->attr != NULL)
		return (fu_facts_attr(&c->facts, col->attr, arena));
	if (col->fact != -1)
		return (c->facts.v[col->fact]);
	if (col->field == -1) {
		v.type = FU_V_INT;
		v.i = c->p.id;
		return (v);
	}
	v.s = c->p.person.f[col->field];
	if (v.s == NULL)
		return (v);
	v.type = FU_V_TEXT;
	/* Numbers of the record are kept as plain digits. */
	if (fu_fields[col->field].type == FU_FT_INT ||
	    fu_fields[col->field].type == FU_FT_REAL)
		fu_number_parse(fu_str_of(v.s), &v);
	return (v);
}

/* The facts of one person, whose events are there; is the condition true? */
static int
ask(struct fu_listing *l, struct fu_case *c, bool *yes, struct fu_err *err)
{
	const struct fu_prospect	*p = &c->p;
	int64_t				 now = fu_session_now(l->session);

	c->subject = (struct fu_subject){ .person = &p->person,
		.prospect = p->id, .known_us = p->known_us,
		.timeline_us = p->timeline_us, .score = p->score,
		.previous_score = p->previous_score, .band = p->band,
		.first_scored_us = p->first_scored_us,
		.return_used_us = p->return_used_us };
	if ((l->facts & FU_FACTS_ACCOUNT) != 0 &&
	    fu_company_counts(&l->session->store, p->company_domain,
	    now - 7 * FU_DAY, &c->subject.account_people,
	    &c->subject.account_visits_7d, err) == -1)
		return (-1);
	fu_case_at(c, now);
	return (fu_rules_eval(l->rules, &c->facts, yes, err));
}

/* ${may} becomes false for who has closed any channel. */
static int
opted_out(struct fu_listing *l, const struct fu_case *c,
    struct fu_arena *arena, bool *may, struct fu_err *err)
{
	struct fu_ledger_state	 state;

	for (int ch = 0; ch < FU_CHANNEL_N && *may; ch++) {
		if (fu_case_ledger(l->session, c, (enum fu_channel)ch, arena,
		    &state, err) == -1)
			return (-1);
		*may = !fu_ledger_bars(&state) && !state.broken;
	}
	return (0);
}

/* One chunk, all of one state of the database; those who match in ${out}. */
static int
read_chunk(struct fu_listing *l, int64_t *after, struct fu_arena *arena,
    struct fu_listed *out, size_t *nout, size_t *n, struct fu_err *err)
{
	struct fu_store		*store = &l->session->store;
	struct fu_prospect	*p;
	struct fu_event		*event;
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	struct fu_value		*v;
	size_t			 nevent, e = 0;
	bool			 yes = false;

	*nout = 0;
	if (fu_prospects_next(store, *after, CHUNK, arena, &p, n, err) == -1)
		return (-1);
	if (*n == 0)
		return (0);
	*after = p[*n - 1].id;
	if (fu_events_range(store, p[0].id, *after, arena, &event, &nevent,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < *n; i++) {
		memset(c, 0, sizeof(*c));
		c->p = p[i];
		while (e < nevent && event[e].prospect < p[i].id)
			e++;
		c->event = event + e;
		while (e < nevent && event[e].prospect == p[i].id)
			e++;
		c->nevent = (size_t)(event + e - c->event);
		if (ask(l, c, &yes, err) == -1)
			return (-1);
		if (yes && l->for_others && opted_out(l, c, arena, &yes,
		    err) == -1)
			return (-1);
		if (!yes)
			continue;
		v = fu_alloc_array(arena, l->ncolumn + 1, sizeof(*v));
		for (size_t k = 0; k < l->ncolumn; k++) {
			v[k] = value_of(&l->column[k], c, arena);
			/* Texts may point into the case, which is reused. */
			if (v[k].type == FU_V_TEXT)
				v[k].s = fu_dup(arena, v[k].s);
		}
		out[(*nout)++] = (struct fu_listed){ p[i].id,
			p[i].person.f[FU_F_EMAIL], v };
	}
	return (0);
}

int
fu_listing_run(struct fu_listing *l,
    int (*emit)(void *, const struct fu_listed *, struct fu_err *), void *ctx,
    struct fu_err *err)
{
	struct fu_db		*db = l->session->store.db;
	struct fu_listed	 out[CHUNK];
	struct fu_arena		 arena;
	int64_t			 after = 0;
	size_t			 n = 0, nout = 0;
	int			 rc = 0;

	fu_arena_init(&arena);
	do {
		if ((rc = fu_db_begin_read(db, err)) == -1)
			break;
		rc = read_chunk(l, &after, &arena, out, &nout, &n, err);
		fu_db_rollback(db);
		for (size_t i = 0; i < nout && rc == 0; i++)
			rc = emit(ctx, &out[i], err);
		fu_arena_reset(&arena);
	} while (rc == 0 && n == CHUNK && !l->session->sink.lost &&
	    !fu_sig_stopping());
	fu_arena_free(&arena);
	if (rc == 0 && n == CHUNK && fu_sig_stopping())
		rc = fu_err_set(err, FU_ETEMP, "interrupted: not everybody "
		    "was listed");
	return (rc);
}
