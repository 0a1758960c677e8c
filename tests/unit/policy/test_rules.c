/*
 * Conditions: what they give, what is refused and where, what they cost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "person.h"
#include "policy/rules.h"

static struct fu_condition
condition(const char *sql)
{

	return ((struct fu_condition){ .sql = sql, .source = sql,
	    .where = { "scoring.yaml", 5, 10 } });
}

static void
values(void **state)
{
	static const struct {
		const char	*sql;
		bool		 yes;
	} table[] = {
		{ NULL, true }, { "score > 70", true }, { "score > 82", false },
		{ "score > 70 AND replies = 0", false },
		{ "budget IS NULL", true }, { "budget > 5", false },
		{ "NOT budget > 5", false }, { "contact_shared", true },
		{ "title LIKE '%vp%'", true }, { "band = 'warm'", true },
		{ "attr('Seats') < 15", true }, { "attr('Nix') IS NULL", true },
		{ "attr('Nix') < 5", false }, { "events('webinar', 30) = 1", true },
		{ "events('webinar') = 2", true },
		{ "score BETWEEN 80 AND 90", true }, { "lower(title) = 'vp'", true },
		{ "max(score, 90) = 90", true }, { "company IN ('a', 'b')", false },
		{ "CASE WHEN score > 1 THEN 0 ELSE 1 END", false },
		{ "\"score\" > 70", true }, { "coalesce(budget, 7) = 7", true },
	};
	struct fu_attr attr[] = { { "Seats", FU_STR("\"12\"") } };
	struct fu_person p = { .attr = attr, .nattr = 1 };
	struct fu_subject s = a_subject(&p);
	struct fu_event e[] = {
		an_event("webinar", AGO(40), NULL),
		an_event("webinar", AGO(20), NULL),
		an_event("reply", AGO(3), "email"),
	};
	struct fu_rules *r = fu_rules_new();
	struct fu_condition c;
	struct fu_faults faults;
	struct fu_facts f;
	struct fu_err err;
	bool yes[NELEM(table)];
	size_t i, round;

	(void)state;
	fu_faults_init(&faults);
	p.f[FU_F_TITLE] = "VP";
	s.score = 82;
	s.band = "warm";
	fold(&s, e, NELEM(e), &f);
	for (i = 0; i < NELEM(table); i++) {
		c = condition(table[i].sql);
		assert_int_equal(fu_rules_add(r, &c, &faults), (int)i);
	}
	assert_int_equal(fu_rules_ready(r, &err), 0);
	/* often enough to cross any limit that is counted over all runs */
	for (round = 0; round < 3000; round++) {
		assert_int_equal(fu_rules_eval(r, &f, yes, &err), 0);
		for (i = 0; i < NELEM(table); i++)
			if (yes[i] != table[i].yes)
				fail_msg("%s: expected %d", table[i].sql,
				    table[i].yes);
	}
	assert_true(fu_rules_mask(r, 1) == UINT64_C(1) << FU_FACT_SCORE);
	/* the newer webinar leaves its window of 30 days */
	assert_true(fu_rules_next(r, &f) == AGO(20) + 30 * FU_DAY);
	fu_faults_free(&faults);
	fu_rules_free(r);
}

static void
refused(void **state)
{
	static const struct {
		const char	*sql;
		int		 col;	/* of the first fault */
		const char	*says;
	} table[] = {
		{ "score > 70 AND replys = 0", 25, "did you mean \"replies\"" },
		{ "zzz = 1", 10, "attr('zzz')" }, { "band = \"warm\"", 17,
		"single quotes" }, { "score >", 17, "breaks off" },
		{ "score > > 3", 18, "cannot read" }, { "", 10, "empty" },
		{ "1) OR (1", 11, "never opened" }, { "(score", 10, "never closed" },
		{ "score; DROP TABLE fact", 15, "semicolon" },
		{ "score -- x", 16, "comment" }, { "score > ?1", 18, "parameters" },
		{ "score, 1", 15, "comma" }, { "random() > 1", 10, "no function" },
		{ "lenght(title) > 1", 10, "did you mean \"length\"" },
		{ "score IN (SELECT 1)", 20, "queries" }, { "rowid = 1", 10,
		"facts" }, { "max(score) > 1", 10, "two values" },
		{ "fact.score > 1", 14, "without a dot" },
		{ "events(title) > 1", 10, "events()" },
		{ "load_extension('x')", 10, "no function" },
		{ "title = 'a", 18, "never closed" },
		{ "score > 1 AND x'zz'", 24, "" },
		{ "'é' = replys", 16, "replies" },
	};
	struct fu_rules *r = fu_rules_new();
	struct fu_condition c;
	struct fu_faults faults;
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(table); i++) {
		fu_faults_init(&faults);
		c = condition(table[i].sql);
		assert_int_equal(fu_rules_add(r, &c, &faults), -1);
		assert_true(faults.n > 0);
		if (faults.fault[0].where.col != table[i].col ||
		    faults.fault[0].where.line != 5 ||
		    strstr(faults.fault[0].text, table[i].says) == NULL)
			fail_msg("%s: got column %d, \"%s\"; expected %d, "
			    "\"%s\"", table[i].sql, faults.fault[0].where.col,
			    faults.fault[0].text, table[i].col, table[i].says);
		fu_faults_free(&faults);
	}
	/* each unknown name of a condition is told */
	fu_faults_init(&faults);
	c = condition("scoer > 1 AND visist > 2");
	assert_int_equal(fu_rules_add(r, &c, &faults), -1);
	assert_int_equal(faults.n, 2);
	assert_int_equal(faults.fault[1].where.col, 24);
	fu_faults_free(&faults);
	fu_rules_free(r);
}

static void
terms(void **state)
{
	static const struct {
		const char	*sql;
		int		 n;
		const char	*last;
	} table[] = {
		{ "score > 70 AND contact_shared AND replies = 0", 3,
		"replies = 0" },
		{ "score BETWEEN 1 AND 5 AND won", 2, "won" },
		{ "(score > 1 AND won) AND lost", 2, "lost" },
		{ "won AND lost OR score > 1", 1, "won AND lost OR score > 1" },
		{ "title = 'a AND b'", 1, "title = 'a AND b'" },
		{ "CASE WHEN won AND lost THEN 1 END AND won", 2, "won" },
	};
	struct fu_rules *r = fu_rules_new();
	struct fu_condition c;
	struct fu_faults faults;
	size_t i;
	int first, n;

	(void)state;
	fu_faults_init(&faults);
	for (i = 0; i < NELEM(table); i++) {
		c = condition(table[i].sql);
		assert_int_equal(fu_rules_add_terms(r, &c, &faults, &first, &n),
		    0);
		assert_int_equal(n, table[i].n);
		assert_string_equal(fu_rules_text(r, first + n - 1),
		    table[i].last);
	}
	fu_faults_free(&faults);
	fu_rules_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values),
		cmocka_unit_test(refused),
		cmocka_unit_test(terms),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
