/*
 * unit/query-plans: every statement of the store is prepared, so that its
 * parameters are $1, $2, ... in order, and explained, so that none reads a
 * whole table where an index must serve.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "store/store.h"
#include "unit/store/plans.h"

/* Statements that read a whole table, with the reason why they may. */
static const struct {
	const char	*name, *why;
} may_scan[] = {
	{ "bulk:runs", "identity_run has a row a bulk window, few at a time" },
	{ "bulk:run_count", "the same" },
	{ "identity:identity_find_fresh", "the same, and one search a run" },
	{ "prospects:prospect_by_identity", "the same" },
	{ "ledger:ledger_last", "one row, the last of the primary key" },
	{ "touches:leases_claimed", "touch_flight holds what is claimed now" },
	{ "touches:leases_attempting", "the same" },
	{ "attempts:touches_fallen", "fu-init --adopt alone asks, once" },
	{ "erase:fresh_drop", "identity_fresh holds a bulk window at most" },
	{ "erase:longer", "an erasure reads every address through, once a trace" },
	{ "erase:mentions", "an erasure reads every text through, once" },
	{ "erase:runs_older", "a purge of runs looks at each, once" },
	{ "ledger:ledger_tail", "the last 65 of the primary key" },
	{ "ledger:ledger_newest", "one row, the last of the primary key" },
	{ "ledger_fold:suppression_lacks", "fu-privacy verify reads it through" },
	{ "ledger_fold:suppression_rows", "the same" },
	{ "ledger_fold:consent_lacks", "the same" },
	{ "ledger_fold:consent_rows", "the same" },
	{ "ledger_fold:ledger_short", "one row, the last of the primary key" },
	{ "prospects:prospect_last", "one row, the last of the primary key" },
	{ "passages:document_kinds", "in the order of the table; documents are"
	    " as many as an operator's files" },
	{ "passages:documents_all", "by the index that is its order; documents"
	    " are as many as an operator's files" },
	{ "passages:documents_count", "an index alone, a row a document" },
	{ "passages:tongues", "the same" },
	{ "passages_index:basis_forget_terms", "a basis is replaced whole" },
	{ "passages_index:basis_forget_vectors", "the same" },
	{ "wording:wording_purge", "a wording a form: few, and once a night" },
};

static char		 path[64];
static struct fu_db	*db;
static sqlite3		*plain;		/* the same file, for EXPLAIN */

static int
open_db(void **state)
{
	struct fu_err	 err;

	(void)state;
	snprintf(path, sizeof(path), "/tmp/fu-plans-%ld.db", (long)getpid());
	db = fu_db_open(path, FU_DB_CREATE, &err);
	return (db == NULL ||
	    sqlite3_open(path, &plain) != SQLITE_OK ? -1 : 0);
}

static int
close_db(void **state)
{
	static const char *const behind[] = { "", "-wal", "-shm" };
	char	 name[80];

	(void)state;
	sqlite3_close(plain);
	fu_db_close(db);
	for (size_t i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s%s", path, behind[i]);
		unlink(name);
	}
	return (0);
}

static bool
is_statement(const char *text)
{
	static const char *const verbs[] = { "SELECT ", "INSERT ", "UPDATE ",
		"DELETE ", "WITH " };

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (text != NULL &&
		    strncmp(text, verbs[i], strlen(verbs[i])) == 0)
			return (true);
	return (false);
}

static size_t
each(size_t (*call)(const char *, const char *))
{
	const struct fu_plan	*p;
	size_t			 bad = 0, n = 0;

	for (size_t f = 0; fu_plans_all[f] != NULL; f++)
		for (p = fu_plans_all[f]; p->name != NULL; p++) {
			for (size_t i = 0; i < p->n; i++)
				if (is_statement(p->list[i])) {
					bad += call(p->name, p->list[i]);
					n++;
				}
			if (is_statement(p->sql)) {
				bad += call(p->name, p->sql);
				n++;
			}
		}
	/* The table is made of the sources: an empty one tests nothing. */
	assert_true(n > 100);
	return (bad);
}

static size_t
prepare(const char *name, const char *sql)
{
	struct fu_err	 err;

	if (fu_db_stmt(db, sql, &err) != NULL)
		return (0);
	print_error("%s: %s\n", name, err.msg);
	return (1);
}

static void
test_parameters(void **state)
{
	(void)state;
	assert_int_equal(each(prepare), 0);
}

static bool
excused(const char *name)
{
	for (size_t i = 0; i < sizeof(may_scan) / sizeof(*may_scan); i++)
		if (strcmp(may_scan[i].name, name) == 0)
			return (true);
	return (false);
}

/* Does a line of a plan read all of something that grows? */
static bool
scans(const char *line)
{
	return (strncmp(line, "SCAN ", 5) == 0 &&
	    strncmp(line, "SCAN CONSTANT ROW", 17) != 0 &&
	    /* A subquery is materialised from what other lines search. */
	    strncmp(line, "SCAN SUBQUERY", 13) != 0);
}

static size_t
explain(const char *name, const char *sql)
{
	char		 text[8192];
	const char	*line;
	sqlite3_stmt	*stmt;
	size_t		 bad = 0;

	snprintf(text, sizeof(text), "EXPLAIN QUERY PLAN %s", sql);
	if (sqlite3_prepare_v2(plain, text, -1, &stmt, NULL) != SQLITE_OK) {
		print_error("%s: %s\n", name, sqlite3_errmsg(plain));
		return (1);
	}
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		line = (const char *)sqlite3_column_text(stmt, 3);
		if (scans(line) && !excused(name)) {
			print_error("%s: %s\n\t%s\n", name, line, sql);
			bad++;
		}
	}
	sqlite3_finalize(stmt);
	return (bad);
}

static void
test_plans(void **state)
{
	(void)state;
	assert_int_equal(each(explain), 0);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_parameters),
		cmocka_unit_test(test_plans),
	};

	return (cmocka_run_group_tests_name("query-plans", tests, open_db,
	    close_db));
}
