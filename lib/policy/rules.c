/*
 * Conditions, compiled and evaluated by SQLite as a calculator.
 *
 * The connection is private, in memory and empty but for one table without
 * rows, whose columns are the facts: conditions are checked against it, one by
 * one.  Never opens a file, and never runs what an authorizer has not seen.
 */
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "config/nearest.h"
#include "policy/rules.h"
#include "policy/rules_text.h"

#define RULES_MAX	1900	/* columns of one statement */
#define WINDOWS_MAX	64	/* events() calls of one condition */
#define TERMS_MAX	32
#define NAMES_MAX	8	/* unknown names told of one condition */
#define VALUE_MAX	1000	/* bytes of a text that conditions see */
#define STEPS_MAX	100000	/* of the virtual machine, a person */

struct rule {
	const char	*text;		/* NULL: always true */
	uint64_t	 mask;
};

struct fu_rules {
	struct fu_arena		 arena;
	struct rule		*rule;
	size_t			 n, cap;
	struct fu_rule_window	*window;
	size_t			 nwindow, window_cap;
	uint64_t		 mask;
	sqlite3			*db;
	sqlite3_stmt		*stmt;		/* of all that have a text */
	struct fu_arena		 scratch;	/* of one evaluation */
	/* for the callbacks */
	const struct fu_facts	*facts;
	uint64_t		 reads;
	int			 alarms;	/* of the step limit, this run */
	int			 selects;	/* how many more are allowed */
};

static int
authorize(void *ctx, int action, const char *a, const char *b, const char *db,
    const char *trigger)
{
	struct fu_rules *r = ctx;
	int fact;

	(void)db;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
		if (r->selects-- > 0)
			return (SQLITE_OK);
		return (SQLITE_DENY);
	case SQLITE_READ:
		/* no name: the table is there and no fact of it is asked */
		if (b == NULL || b[0] == '\0')
			return (SQLITE_OK);
		if (strcmp(a, "fact") == 0 && (fact = fu_fact_find(b)) != -1) {
			r->reads |= UINT64_C(1) << fact;
			return (SQLITE_OK);
		}
		return (SQLITE_DENY);
	case SQLITE_FUNCTION:
		if (fu_rule_function_known(fu_str_of(b)))
			return (SQLITE_OK);
		return (SQLITE_DENY);
	default:
		return (SQLITE_DENY);
	}
}

/* SQLite counts steps over all runs: the first call in one is chance. */
static int
too_long(void *ctx)
{
	struct fu_rules *r = ctx;

	return (++r->alarms > 1);
}

static void
result(sqlite3_context *c, const struct fu_value *v)
{

	switch (v->type) {
	case FU_V_NULL:
		sqlite3_result_null(c);
		break;
	case FU_V_INT:
		sqlite3_result_int64(c, v->i);
		break;
	case FU_V_REAL:
		sqlite3_result_double(c, v->r);
		break;
	case FU_V_TEXT:
		sqlite3_result_text(c, v->s, (int)fu_utf8_cut(v->s,
		    strnlen(v->s, VALUE_MAX + 4) > VALUE_MAX ? VALUE_MAX :
		    strlen(v->s)), SQLITE_TRANSIENT);
		break;
	}
}

static void
sql_attr(sqlite3_context *c, int n, sqlite3_value **arg)
{
	struct fu_rules *r = sqlite3_user_data(c);
	const char *name = (const char *)sqlite3_value_text(arg[0]);
	struct fu_value v;

	(void)n;
	if (name == NULL || r->facts == NULL)
		return;
	v = fu_facts_attr(r->facts, name, &r->scratch);
	result(c, &v);
}

static void
sql_events(sqlite3_context *c, int n, sqlite3_value **arg)
{
	struct fu_rules *r = sqlite3_user_data(c);
	const char *name = (const char *)sqlite3_value_text(arg[0]);

	if (name == NULL || r->facts == NULL)
		return;
	sqlite3_result_int64(c, fu_facts_events(r->facts, name,
	    n > 1 ? sqlite3_value_int64(arg[1]) : 0));
}

static void
set_limits(sqlite3 *db)
{

	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 8 * VALUE_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH,
	    FU_FACT_N * 64 + 512 * FU_RULE_TEXT_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 50);
	sqlite3_limit(db, SQLITE_LIMIT_VDBE_OP, STEPS_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_FUNCTION_ARG, 16);
	sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200);
	sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 1);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 0);
	sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, FU_FACT_N);
	sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
}

struct fu_rules *
fu_rules_new(void)
{
	struct fu_rules *r;
	struct fu_buf sql;
	int i;

	if ((r = calloc(1, sizeof(*r))) == NULL)
		fu_oom();
	fu_arena_init(&r->arena);
	fu_arena_init(&r->scratch);
	fu_buf_init(&sql);
	fu_buf_puts(&sql, "CREATE TABLE fact(");
	for (i = 0; i < FU_FACT_N; i++)
		fu_buf_printf(&sql, "%s%s", i > 0 ? "," : "",
		    fu_fact_defs[i].name);
	fu_buf_puts(&sql, ")");
	/* Nothing here can fail but for want of memory. */
	if (sqlite3_open_v2(":memory:", &r->db, SQLITE_OPEN_READWRITE |
	    SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
	    NULL) != SQLITE_OK ||
	    sqlite3_exec(r->db, sql.ptr, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_db_config(r->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) !=
	    SQLITE_OK ||
	    sqlite3_db_config(r->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) !=
	    SQLITE_OK ||
	    sqlite3_create_function_v2(r->db, "attr", 1, SQLITE_UTF8, r,
	    sql_attr, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_create_function_v2(r->db, "events", 1, SQLITE_UTF8, r,
	    sql_events, NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_create_function_v2(r->db, "events", 2, SQLITE_UTF8, r,
	    sql_events, NULL, NULL, NULL) != SQLITE_OK)
		fu_oom();
	fu_buf_free(&sql);
	set_limits(r->db);
	sqlite3_set_authorizer(r->db, authorize, r);
	sqlite3_progress_handler(r->db, STEPS_MAX, too_long, r);
	return (r);
}

void
fu_rules_free(struct fu_rules *r)
{

	if (r == NULL)
		return;
	sqlite3_finalize(r->stmt);
	sqlite3_close(r->db);
	fu_arena_free(&r->scratch);
	fu_arena_free(&r->arena);
	free(r);
}

static void
fault_at(struct fu_faults *faults, const struct fu_condition *c, size_t at,
    const char *text)
{
	struct fu_where where = fu_condition_where(c, at);

	fu_fault_add(faults, &where, false, "%s", text);
}

static void
fault_function(struct fu_rules *r, struct fu_faults *faults,
    const struct fu_condition *c, size_t at)
{
	struct fu_token t = fu_rule_token(c->sql, at);
	const char *name = fu_dup_str(&r->scratch,
	    (struct fu_str){ c->sql + t.at, t.len });
	struct fu_nearest nearest;
	size_t i;

	fu_nearest_start(&nearest, name);
	for (i = 0; fu_rule_functions[i] != NULL; i++)
		fu_nearest_try(&nearest, fu_rule_functions[i]);
	fault_at(faults, c, at, nearest.word != NULL ?
	    fu_printf(&r->scratch, "no function \"%s\" in conditions; did you "
	    "mean \"%s\"?", name, nearest.word) :
	    fu_printf(&r->scratch, "no function \"%s\" in conditions", name));
}

static void
fault_name(struct fu_rules *r, struct fu_faults *faults,
    const struct fu_condition *c, size_t at, const char *name)
{
	const struct fu_token t = fu_rule_token(c->sql, at);
	struct fu_nearest nearest;
	const char *text;
	int i;

	fu_nearest_start(&nearest, name);
	for (i = 0; i < FU_FACT_N; i++)
		fu_nearest_try(&nearest, fu_fact_defs[i].name);
	if (t.type == FU_TOK_QUOTED && c->sql[t.at] == '"')
		text = fu_printf(&r->scratch, "no fact \"%s\"; a text is "
		    "written in single quotes: '%s'", name, name);
	else if (nearest.word != NULL)
		text = fu_printf(&r->scratch, "no fact \"%s\"; did you mean "
		    "\"%s\"?", name, nearest.word);
	else
		text = fu_printf(&r->scratch, "no fact \"%s\"; a column of your "
		    "own is attr('%s')", name, name);
	fault_at(faults, c, at, text);
}

/* SQLite's own words for what it cannot read, made ours. */
static void
fault_other(struct fu_rules *r, struct fu_faults *faults,
    const struct fu_condition *c, size_t at)
{
	const char *msg = sqlite3_errmsg(r->db);
	struct fu_token t = fu_rule_token(c->sql, at);

	if (strstr(msg, "misuse of aggregate") != NULL)
		msg = "min() and max() take two values or more: a person is "
		    "one row";
	else if (strstr(msg, "incomplete input") != NULL || t.type == FU_TOK_END)
		msg = "the condition breaks off";
	else if (strstr(msg, "syntax error") != NULL)
		msg = fu_printf(&r->scratch, "cannot read the condition at "
		    "\"%.*s\"", t.len > 60 ? 60 : (int)t.len, c->sql + t.at);
	else if (strstr(msg, "not authorized") != NULL ||
	    strstr(msg, "prohibited") != NULL)
		msg = "a condition can use facts and listed functions only";
	else
		msg = fu_printf(&r->scratch, "bad condition: %s", msg);
	fault_at(faults, c, at, msg);
}

#define HEAD	"SELECT 1 FROM fact WHERE ("

/*
 * Compile the condition alone.  A name that is no fact is told and replaced by
 * a number, so that the next one is found too.
 */
static int
compile(struct fu_rules *r, const struct fu_condition *c,
    struct fu_faults *faults)
{
	const char *text = c->sql, *name;
	char *sql;
	sqlite3_stmt *stmt;
	struct fu_token t;
	size_t at;
	int rc, offset, tries, bad = 0;

	sql = fu_printf(&r->scratch, HEAD "%s\n) IS TRUE", text);
	for (tries = 0; tries < NAMES_MAX; tries++) {
		r->reads = 0;
		r->selects = 1;
		r->alarms = 0;
		rc = sqlite3_prepare_v2(r->db, sql, -1, &stmt, NULL);
		sqlite3_finalize(stmt);
		if (rc == SQLITE_OK)
			return (bad);
		if (rc == SQLITE_NOMEM)
			fu_oom();
		bad = -1;
		offset = sqlite3_error_offset(r->db);
		at = offset < (int)sizeof(HEAD) - 1 ? 0 :
		    (size_t)offset - (sizeof(HEAD) - 1);
		if (at > strlen(text))
			at = strlen(text);
		t = fu_rule_token(text, at);
		if (strncmp(sqlite3_errmsg(r->db), "no such column: ", 16) != 0 ||
		    (t.type != FU_TOK_WORD && t.type != FU_TOK_QUOTED)) {
			fault_other(r, faults, c, at);
			return (-1);
		}
		name = fu_dup(&r->scratch, sqlite3_errmsg(r->db) + 16);
		fault_name(r, faults, c, t.at, name);
		memset(sql + sizeof(HEAD) - 1 + t.at, ' ', t.len);
		sql[sizeof(HEAD) - 1 + t.at] = '0';
	}
	return (-1);
}

static int
append(struct fu_rules *r, const char *text, uint64_t mask)
{

	r->rule = fu_grow(&r->arena, r->rule, r->n, &r->cap, sizeof(*r->rule));
	r->rule[r->n].text = fu_dup(&r->arena, text);
	r->rule[r->n].mask = mask;
	r->mask |= mask;
	return ((int)r->n++);
}

static int
check(struct fu_rules *r, const struct fu_condition *c,
    struct fu_faults *faults)
{
	struct fu_rule_window w[WINDOWS_MAX];
	const char *why;
	size_t at = 0, i, n;

	if ((why = fu_rule_check(c->sql, &at)) != NULL) {
		if (why == FU_RULE_NO_FUNCTION)
			fault_function(r, faults, c, at);
		else
			fault_at(faults, c, at, why);
		return (-1);
	}
	if (r->n == RULES_MAX) {
		fault_at(faults, c, 0, "too many conditions");
		return (-1);
	}
	if (compile(r, c, faults) == -1)
		return (-1);
	n = fu_rule_windows(&r->arena, c->sql, w, WINDOWS_MAX);
	for (i = 0; i < n; i++) {
		r->window = fu_grow(&r->arena, r->window, r->nwindow,
		    &r->window_cap, sizeof(*r->window));
		r->window[r->nwindow++] = w[i];
	}
	return (0);
}

int
fu_rules_add(struct fu_rules *r, const struct fu_condition *c,
    struct fu_faults *faults)
{
	int rc;

	if (c->sql == NULL)
		return (append(r, NULL, 0));
	rc = check(r, c, faults);
	fu_arena_reset(&r->scratch);
	return (rc == -1 ? -1 : append(r, c->sql, r->reads));
}

int
fu_rules_add_terms(struct fu_rules *r, const struct fu_condition *c,
    struct fu_faults *faults, int *first, int *n)
{
	struct fu_str term[TERMS_MAX];
	struct fu_condition one = { .where = c->where };
	size_t i, nterm;
	int id;

	*n = 0;
	if (c->sql == NULL) {
		*first = append(r, NULL, 0);
		*n = 1;
		return (0);
	}
	/* Terms of a whole that is right are right: faults are told of it. */
	id = check(r, c, faults);
	fu_arena_reset(&r->scratch);
	if (id == -1)
		return (-1);
	nterm = fu_rule_terms(c->sql, term, TERMS_MAX);
	for (i = 0; i < nterm; i++) {
		one.sql = fu_dup_str(&r->arena, term[i]);
		if ((id = fu_rules_add(r, &one, faults)) == -1)
			return (-1);
		if (i == 0)
			*first = id;
		++*n;
	}
	return (0);
}

int
fu_rules_ready(struct fu_rules *r, struct fu_err *err)
{
	struct fu_buf sql;
	size_t i, n = 0;
	int fact, rc;

	fu_buf_init(&sql);
	fu_buf_puts(&sql, "SELECT ");
	for (i = 0; i < r->n; i++)
		if (r->rule[i].text != NULL)
			fu_buf_printf(&sql, "%s(%s\n) IS TRUE",
			    n++ > 0 ? "," : "", r->rule[i].text);
	if (n == 0) {
		fu_buf_free(&sql);
		return (0);
	}
	for (n = 0, fact = 0; fact < FU_FACT_N; fact++)
		if (r->mask >> fact & 1)
			/* Addresses are one in any case. */
			fu_buf_printf(&sql, "%s$%zu%s AS %s", n > 0 ? "," :
			    " FROM (SELECT ", n + 1, fact == FU_FACT_EMAIL ?
			    " COLLATE NOCASE" : "", fu_fact_defs[fact].name),
			    n++;
	if (n > 0)
		fu_buf_puts(&sql, ") AS fact");
	r->alarms = 0;
	r->selects = INT_MAX;	/* each text was compiled alone before */
	rc = sqlite3_prepare_v3(r->db, sql.ptr, (int)sql.len,
	    SQLITE_PREPARE_PERSISTENT, &r->stmt, NULL);
	fu_buf_free(&sql);
	if (rc != SQLITE_OK)
		return (fu_err_set(err, FU_ECONFIG, "conditions do not compile "
		    "together: %s", sqlite3_errmsg(r->db)));
	return (0);
}

const char *
fu_rules_text(const struct fu_rules *r, int i)
{

	return (r->rule[i].text != NULL ? r->rule[i].text : "1");
}

/* Bindings last until the next evaluation and are borrowed from the facts. */
static void
bind(struct fu_rules *r, const struct fu_facts *f)
{
	const struct fu_value *v;
	uint64_t mask = r->mask;
	size_t len;
	int i = 0;

	for (; mask != 0; mask &= mask - 1) {
		v = &f->v[__builtin_ctzll(mask)];
		i++;
		switch (v->type) {
		case FU_V_NULL:
			sqlite3_bind_null(r->stmt, i);
			break;
		case FU_V_INT:
			sqlite3_bind_int64(r->stmt, i, v->i);
			break;
		case FU_V_REAL:
			sqlite3_bind_double(r->stmt, i, v->r);
			break;
		case FU_V_TEXT:
			len = strlen(v->s);
			if (len > VALUE_MAX)
				len = fu_utf8_cut(v->s, VALUE_MAX);
			sqlite3_bind_text(r->stmt, i, v->s, (int)len,
			    SQLITE_STATIC);
			break;
		}
	}
}

int
fu_rules_eval(struct fu_rules *r, const struct fu_facts *facts, bool *yes,
    struct fu_err *err)
{
	size_t i;
	int col = 0, rc = 0;

	if (r->stmt == NULL) {
		for (i = 0; i < r->n; i++)
			yes[i] = r->rule[i].text == NULL;
		return (0);
	}
	r->facts = facts;
	r->alarms = 0;
	bind(r, facts);
	if (sqlite3_step(r->stmt) == SQLITE_ROW) {
		for (i = 0; i < r->n; i++)
			yes[i] = r->rule[i].text == NULL ||
			    sqlite3_column_int(r->stmt, col++) != 0;
	} else
		rc = fu_err_set(err, FU_ECONFIG, "a condition cannot be "
		    "evaluated: %s", sqlite3_errmsg(r->db));
	sqlite3_reset(r->stmt);
	r->facts = NULL;
	fu_arena_reset(&r->scratch);
	return (rc);
}

uint64_t
fu_rules_facts(const struct fu_rules *r)
{

	return (r->mask);
}

uint64_t
fu_rules_mask(const struct fu_rules *r, int i)
{

	return (r->rule[i].mask);
}

int64_t
fu_rules_next(const struct fu_rules *r, const struct fu_facts *facts)
{
	int64_t next = fu_facts_next(facts, r->mask), us;
	size_t i;

	for (i = 0; i < r->nwindow; i++) {
		us = fu_facts_events_next(facts, r->window[i].name,
		    r->window[i].days);
		if (us < next)
			next = us;
	}
	return (next);
}
