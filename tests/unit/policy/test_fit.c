/*
 * The fit: cells into codes, the regression, the choice of rules, the card and
 * what is measured of it.
 */
#include <setjmp.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "person.h"
#include "policy/fit_card.h"
#include "policy/rules.h"

static uint64_t	seed;

/* xorshift64*: the same numbers everywhere. */
static double
chance(void)
{
	seed ^= seed >> 12;
	seed ^= seed << 25;
	seed ^= seed >> 27;
	return ((double)((seed * UINT64_C(0x2545f4914f6cdd1d)) >> 11) /
	    9007199254740992.0);
}

static int
column(struct fu_fit_table *t, const char *name, const char *event)
{
	struct fu_fit_column	 c = { .name = name, .expr = name,
		.event = event, .half_life_us = event ? 30 * FU_DAY : 0 };

	return (fu_fit_column_add(t, &c));
}

static void
set_int(struct fu_fit_table *t, int c, int row, int64_t i)
{
	fu_fit_set(t, c, row, &(struct fu_value){ FU_V_INT, i, 0, NULL });
}

static void
set_text(struct fu_fit_table *t, int c, int row, const char *s)
{
	fu_fit_set(t, c, row, &(struct fu_value){ FU_V_TEXT, 0, 0, s });
}

static void
numbers(void **state)
{
	static const struct {
		double		 x;
		const char	*text;
	} table[] = { { 20000, "20000" }, { 0.5, "0.5" }, { -3, "-3" },
		{ 1e15, "1e+15" }, { 0, "0" }, { 0.1 + 0.2,
		"0.30000000000000004" }, { 123456789, "123456789" } };
	char	 out[FU_FIT_NUMBER_LEN];

	(void)state;
	for (size_t i = 0; i < NELEM(table); i++)
		assert_string_equal(fu_fit_number(table[i].x, out),
		    table[i].text);
}

/* Limits are round, lie between what they part, and each cell is in its own. */
static void
binned(void **state)
{
	struct fu_fit_table	*t = fu_zeroed(1, sizeof(*t));
	int	 budget, source, here, serial, odd, empty, row;

	(void)state;
	fu_fit_table_init(t);
	budget = column(t, "budget", NULL);
	source = column(t, "source", NULL);
	serial = column(t, "Lead Number", NULL);
	odd = column(t, "odd", NULL);
	empty = column(t, "empty", NULL);
	t->column[here = column(t, "phone", NULL)].presence = true;
	for (int i = 0; i < 1000; i++) {
		row = fu_fit_row_add(t, i, i % 2 == 0);
		assert_int_equal(row, i);
		if (i % 10 != 0)
			set_int(t, budget, row, i < 500 ? 0 : i * 37);
		if (i == 20)
			fu_fit_set_unknown(t, budget, row);
		set_text(t, source, row, i % 3 == 0 ? "list" : i % 50 == 1 ?
		    "rare" : "web");
		set_int(t, serial, row, 660000 + i * 3);
		if (i % 2 == 0)
			set_text(t, here, row, "+1");
		if (i % 100 == 7)
			set_text(t, odd, row, "many");
		else
			set_int(t, odd, row, i % 4);
	}
	fu_fit_table_bin(t, 20);
	assert_int_equal(t->column[budget].type, FU_FIT_NUMBER);
	assert_int_equal(t->column[budget].code[0], FU_FIT_NULL);
	assert_int_equal(t->column[budget].code[20], FU_FIT_UNKNOWN);
	assert_int_equal(t->column[budget].code[1], FU_FIT_BIN);
	assert_true(t->column[budget].nbin > 8);
	assert_true(t->column[budget].cut[0] == 10000 ||
	    t->column[budget].cut[0] > 0);
	for (size_t i = 1; i + 1 < t->column[budget].nbin; i++)
		assert_true(t->column[budget].cut[i] >
		    t->column[budget].cut[i - 1]);
	for (int i = 501; i < 1000; i += 2) {
		uint8_t	 bin = (uint8_t)(t->column[budget].code[i] -
		    FU_FIT_BIN);

		assert_true(bin == 0 || i * 37 >=
		    t->column[budget].cut[bin - 1]);
		assert_true(bin + 1u == t->column[budget].nbin ||
		    i * 37 < t->column[budget].cut[bin]);
	}
	assert_int_equal(t->column[source].type, FU_FIT_TEXT);
	assert_int_equal(t->column[source].nbin, 2);	/* rare is 14 */
	assert_string_equal(t->column[source].level[0], "web");
	assert_int_equal(t->column[source].code[1], FU_FIT_OTHER);
	assert_true(t->column[serial].serial);
	assert_false(t->column[serial].usable);
	assert_false(t->column[empty].usable);
	/* A text is above every number, as conditions have it. */
	assert_int_equal(t->column[odd].type, FU_FIT_NUMBER);
	assert_int_equal(t->column[odd].code[7], t->column[odd].code[3]);
	assert_true(t->column[here].usable);
	assert_int_equal(t->column[here].nbin, 0);
	assert_true(fabs(fu_fit_alone(&t->column[here]) - 1) < 1e-9);
	assert_true(fu_fit_alone(&t->column[odd]) <= 1);
	fu_fit_table_free(t);
	free(t);
}

/* A column that comes late has no value before; a full table is halved by
 * hash, the same whatever the order. */
static void
sampled(void **state)
{
	struct fu_fit_table	*t = fu_zeroed(1, sizeof(*t));
	int	 a, b = -1, row, kept = 0;

	(void)state;
	fu_fit_table_init(t);
	a = column(t, "a", NULL);
	for (int i = 0; i < 2 * FU_FIT_PEOPLE; i++) {
		if (i == 1000)
			b = column(t, "b", NULL);
		row = fu_fit_row_add(t, i, i % 3 == 0);
		if (row == -1)
			continue;
		kept++;
		set_int(t, a, row, i % 3);
		if (b != -1)
			set_int(t, b, row, i % 3);
	}
	assert_true(t->n <= FU_FIT_PEOPLE && t->n > FU_FIT_PEOPLE / 3);
	assert_true(kept > FU_FIT_PEOPLE);
	fu_fit_table_bin(t, 20);
	for (size_t i = 0; i < t->n; i++) {
		assert_int_equal(t->won[i], t->column[a].code[i] ==
		    FU_FIT_BIN);
		assert_true(t->column[b].code[i] == FU_FIT_NULL ||
		    t->column[b].code[i] == t->column[a].code[i]);
	}
	fu_fit_table_free(t);
	free(t);
}

/* One person in five is held out, the same for ever, and folds are even. */
static void
split(void **state)
{
	struct fu_fit_table	*t = fu_zeroed(1, sizeof(*t));
	int	 held = 0, fold[FU_FIT_FOLDS] = { 0 };

	(void)state;
	fu_fit_table_init(t);
	for (int64_t i = 1; i <= 10000; i++) {
		if (fu_fit_held_out(i))
			held++;
		else
			fold[fu_fit_fold(t,
			    (size_t)fu_fit_row_add(t, i, false))]++;
	}
	assert_in_range(held, 1850, 2150);
	for (int i = 0; i < FU_FIT_FOLDS; i++)
		assert_in_range(fold[i], 1450, 1750);
	assert_true(fu_fit_held_out(1) == fu_fit_held_out(1));
	fu_fit_table_free(t);
	free(t);
}

/* Two by two: the weight is the log of the odds ratio, and a penalty shrinks
 * it; where all have won nothing goes wrong. */
static void
regression(void **state)
{
	enum { N = 1000 };
	static uint8_t		 code[N], won[N];
	static double		 logit[N];
	struct fu_fit_logit	*m = fu_zeroed(1, sizeof(*m));
	struct fu_fit_people	 p = { won, logit, N };
	double			 loss;

	(void)state;
	for (int i = 0; i < N; i++) {
		code[i] = i >= 600;
		won[i] = i < 60 || i >= 800;	/* 60 of 600; 200 of 400 */
	}
	m->term[0].code = code;
	m->term[0].worth[1] = 1;
	m->n = 1;
	m->penalty = 1e-6;
	loss = fu_fit_logit_solve(m, &p, 30);
	assert_true(fabs(m->weight[0] - log(60.0 / 540)) < 1e-3);
	assert_true(fabs(m->weight[1] - log(9.0)) < 1e-3);
	assert_true(fabs(logit[999] - log(1.0)) < 1e-3);
	assert_true(fabs(fu_fit_chance(logit[0]) - 0.1) < 1e-3);
	m->penalty = 100;
	assert_true(fu_fit_logit_solve(m, &p, 30) > loss);
	assert_true(m->weight[1] > 0.1 && m->weight[1] < 1.5);
	for (int i = 0; i < N; i++)
		won[i] = 1;
	loss = fu_fit_logit_solve(m, &p, 100);
	assert_true(isfinite(loss) && isfinite(m->weight[0]));
	assert_true(fu_fit_chance(logit[0]) > 0.99);
	free(m);
}

/* People of whom it is known what tells: a source, a size, webinars. */
static struct fu_fit_table *
people(int n, double effect)
{
	static const char *const sources[] = { "list", "web", "friend" };
	struct fu_fit_table	*t = fu_zeroed(1, sizeof(*t));
	int	 source, seats, webinar, noise, row;

	seed = 88172645463325252;
	fu_fit_table_init(t);
	source = column(t, "Lead Source", NULL);
	t->column[source].expr = "attr('Lead Source')";
	seats = column(t, "seats", NULL);
	noise = column(t, "noise", NULL);
	webinar = column(t, "webinar", "webinar");
	for (int i = 0; i < n; i++) {
		int	 s = (int)(chance() * 3), size = (int)(chance() * 100),
			 seen = chance() < 0.3 ? 1 + (int)(chance() * 3) : 0;
		double	 logit = -1.5 + effect * (1.5 * (s == 2) +
		    1.2 * (size >= 40) + 0.7 * seen);

		row = fu_fit_row_add(t, i, chance() < fu_fit_chance(logit));
		set_text(t, source, row, sources[s]);
		if (size < 95)
			set_int(t, seats, row, size);
		set_int(t, noise, row, (int)(chance() * 50));
		fu_fit_set_events(t, webinar, row, 16 * seen);
	}
	fu_fit_table_bin(t, fu_fit_rare(t->n));
	return (t);
}

static void
free_people(struct fu_fit_table *t)
{
	fu_fit_table_free(t);
	free(t);
}

/* What tells is found, with its limit and its weight; noise is not. */
static void
learned(void **state)
{
	struct fu_fit_table	*t = people(6000, 1);
	struct fu_fit		*fit = fu_zeroed(1, sizeof(*fit));
	struct fu_arena		 arena;
	bool			 source = false, seats = false, webinar = false;

	(void)state;
	fu_arena_init(&arena);
	fu_fit_learn(t, &arena, fit);
	assert_in_range(fit->n, 3, 12);
	for (size_t i = 0; i < fit->n; i++) {
		const struct fu_fit_rule	*r = &fit->rule[i];

		assert_string_not_equal(r->column->name, "noise");
		if (r->shape == FU_FIT_AMONG && r->nlevel == 1 &&
		    strcmp(r->column->level[r->level[0] - FU_FIT_BIN],
		    "friend") == 0)
			source = r->weight > 1.2 && r->weight < 1.8;
		/* Who has none has many, so that it is told from below. */
		if (r->shape == FU_FIT_BELOW)
			seats = fabs(r->limit - 40) < 4 && r->weight < -0.9;
		if (r->shape == FU_FIT_EACH)
			webinar = r->weight / r->most > 0.5 && r->most >= 2;
	}
	assert_true(source);
	assert_true(seats);
	assert_true(webinar);
	fu_arena_free(&arena);
	free(fit);
	free_people(t);
}

static void
nothing_to_learn(void **state)
{
	struct fu_fit_table	*t = people(3000, 0);
	struct fu_fit		*fit = fu_zeroed(1, sizeof(*fit));
	struct fu_arena		 arena;

	(void)state;
	fu_arena_init(&arena);
	fu_fit_learn(t, &arena, fit);
	assert_true(fit->n <= 1);
	fu_arena_free(&arena);
	free(fit);
	free_people(t);
}

/* Whole points within bounds, conditions that compile, names that differ; the
 * best tenth is above hot. */
static void
carded(void **state)
{
	static const struct fu_scorecard bands = { .hot = 70, .warm = 40,
		.cold_after_us = 60 * FU_DAY };
	struct fu_fit_table	*t = people(4000, 1);
	struct fu_fit		*fit = fu_zeroed(1, sizeof(*fit));
	struct fu_scorecard	 card;
	struct fu_faults	 faults;
	struct fu_rules		*rules = fu_rules_new();
	struct fu_arena		 arena;

	(void)state;
	fu_arena_init(&arena);
	fu_faults_init(&faults);
	fu_fit_learn(t, &arena, fit);
	fu_fit_card(fit, &bands, &arena, &card);
	assert_in_range(card.nrule, 4, FU_FIT_RULES + 1);
	assert_int_equal(card.hot, 70);
	assert_string_equal(card.rule[0].name, "base");
	for (size_t i = 0; i < card.nrule; i++) {
		const struct fu_rule	*r = &card.rule[i];

		assert_int_not_equal(r->points, 0);
		assert_true(abs(r->points) <= FU_FIT_POINTS);
		assert_true(r->kind == FU_RULE_FIELD ||
		    (r->cap >= abs(r->points) && r->cap <= FU_FIT_POINTS + 10));
		if (r->kind == FU_RULE_FIELD)
			assert_int_not_equal(fu_rules_add(rules, &r->when,
			    &faults) == -1 && r->when.sql[0] != 's', 1);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(r->name, card.rule[k].name);
	}
	fu_rules_free(rules);
	fu_faults_free(&faults);
	fu_arena_free(&arena);
	free(fit);
	free_people(t);
}

/* Texts that YAML or SQL would stumble over come through. */
static void
written(void **state)
{
	static const char *glob[] = { "*/pricing*" };
	struct fu_rule rules[] = {
		{ .name = "a", .kind = FU_RULE_FIELD, .points = -5,
		    .when = { .sql = "attr('It''s \"so\"') = 'x\\y'" },
		    .why = "a \"quote\"\tand: # more" },
		{ .name = "b", .kind = FU_RULE_EVENT, .event = "visit",
		    .points = 3, .cap = 9, .globs = { glob, 1 },
		    .globs_of = "url", .half_life_us = 30 * FU_DAY,
		    .window_us = 36 * FU_HOUR },
	};
	struct fu_scorecard	 card = { .hot = 70, .warm = 40,
		.cold_after_us = 60 * FU_DAY, .rule = rules, .nrule = 2 };
	struct fu_fit_report	*r = fu_zeroed(1, sizeof(*r));
	struct fu_buf		 out;

	(void)state;
	r->outcome = "won > 0\n# AND lost = 0";
	r->at_us = NOW;
	r->with = fu_zeroed(2, sizeof(*r->with));
	r->without = fu_zeroed(2, sizeof(*r->without));
	fu_buf_init(&out);
	fu_fit_write(&card, r, &out);
	assert_non_null(strstr(out.ptr, "# Outcome: won > 0 # AND lost = 0\n"));
	assert_non_null(strstr(out.ptr, "  - { name: a, when: \"attr('It''s "
	    "\\\"so\\\"') = 'x\\\\y'\", points: -5, why: \"a \\\"quote\\\""
	    "\\x09and: # more\" }\n"));
	assert_non_null(strstr(out.ptr, "  - { name: b, event: \"visit\", page:"
	    " \"*/pricing*\", points: 3, cap: 9, window: 36h, half_life: 30d"
	    " }\n"));
	assert_non_null(strstr(out.ptr, "cold_after: 60d\n"));
	fu_buf_free(&out);
	free(r->with);
	free(r->without);
	free(r);
}

static void
measured(void **state)
{
	struct fu_fit_tally	*t = fu_zeroed(1, sizeof(*t));
	struct fu_fit_measure	 m;

	(void)state;
	fu_fit_measure(t, &m);
	assert_true(isnan(m.auc) && isnan(m.brier) && m.n == 0);
	/* 3 and 5 won; 2, 4 and 5 did not: pairs 1 + 0 + 0, 1 + 1 + .5 */
	fu_fit_count(t, 3, true);
	fu_fit_count(t, 5, true);
	fu_fit_count(t, 2, false);
	fu_fit_count(t, 4, false);
	fu_fit_count(t, 5, false);
	fu_fit_measure(t, &m);
	assert_true(fabs(m.auc - 3.5 / 6) < 1e-9);
	assert_true(m.auc_low < m.auc && m.auc < m.auc_high);
	/* Scores that are chances, as many people at each: what they mean. */
	memset(t, 0, sizeof(*t));
	for (int s = 0; s <= 100; s++)
		for (int i = 0; i < 1000; i++)
			fu_fit_count(t, s, i < 1000 * fu_fit_chance(
			    (s - 50) / 10.0));
	fu_fit_measure(t, &m);
	assert_true(fabs(m.slope - 0.1) < 0.002);
	assert_true(fabs(m.begin + 5) < 0.1);
	assert_true(fabs(m.brier - 0.0987) < 0.002);
	/* Outside is the nearest inside; all parted is no trouble. */
	memset(t, 0, sizeof(*t));
	fu_fit_count(t, 400, true);
	fu_fit_count(t, -400, false);
	fu_fit_measure(t, &m);
	assert_true(fabs(m.auc - 1) < 1e-9 && m.brier < 0.01);
	free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(binned),
		cmocka_unit_test(sampled),
		cmocka_unit_test(split),
		cmocka_unit_test(regression),
		cmocka_unit_test(learned),
		cmocka_unit_test(nothing_to_learn),
		cmocka_unit_test(carded),
		cmocka_unit_test(written),
		cmocka_unit_test(measured),
	};

	return (cmocka_run_group_tests_name("fit", tests, NULL, NULL));
}
