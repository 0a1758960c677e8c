/*
 * The score: factors that add up, caps and half-lives, bands, and the first
 * instant at which time alone changes it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

#include "person.h"
#include "policy/score.h"

static const char *pricing[] = { "*pricing*" };

static struct fu_rule rules[] = {
	{ .name = "decision_maker", .kind = FU_RULE_FIELD, .points = 15,
	    .when = { .sql = "seniority >= 4" } },
	{ .name = "budget", .kind = FU_RULE_FIELD, .points = 15,
	    .when = { .sql = "budget >= 20000" } },
	{ .name = "pricing_visits", .kind = FU_RULE_EVENT, .event = "visit",
	    .globs = { pricing, 1 }, .globs_of = "url", .points = 5, .cap = 20,
	    .half_life_us = 14 * FU_DAY },
	{ .name = "replies", .kind = FU_RULE_EVENT, .event = "reply",
	    .points = 15, .cap = 30, .half_life_us = 30 * FU_DAY },
	{ .name = "downloads", .kind = FU_RULE_EVENT, .event = "download",
	    .points = 3, .cap = 7, .window_us = 7 * FU_DAY },
	{ .name = "webinars", .kind = FU_RULE_EVENT, .event = "webinar",
	    .points = 40, .window_us = 20 * FU_DAY,
	    .half_life_us = 10 * FU_DAY },
	{ .name = "too_small", .kind = FU_RULE_FIELD, .points = -10,
	    .when = { .sql = "attr('Seats') < 5" }, .why = "a small team" },
	{ .name = "bounces", .kind = FU_RULE_EVENT, .event = "bounce",
	    .points = -30, .half_life_us = 9 * FU_DAY },
};
static const struct fu_scorecard card = { .hot = 70, .warm = 40,
	.cold_after_us = 60 * FU_DAY, .rule = rules, .nrule = NELEM(rules) };

static struct fu_scorer *
scorer(void)
{
	struct fu_faults faults;
	struct fu_scorer *s;
	struct fu_err err;

	fu_faults_init(&faults);
	s = fu_scorer_new(&card, &faults, &err);
	assert_non_null(s);
	fu_faults_free(&faults);
	return (s);
}

static void
adds_up(const struct fu_score *s)
{
	size_t i;
	int sum = 0;

	for (i = 0; i < s->nfactor; i++) {
		sum += s->factor[i].points;
		assert_int_not_equal(s->factor[i].points, 0);
		assert_non_null(s->factor[i].why);
	}
	assert_int_equal(sum, s->score);
	assert_in_range(s->score, 0, 100);
}

static void
explained(void **state)
{
	struct fu_attr attr[] = { { "Seats", FU_STR("3") } };
	struct fu_person p = { .attr = attr, .nattr = 1 };
	struct fu_subject s = a_subject(&p);
	struct fu_event e[] = {
		an_event("visit", AGO(6.5), "https://x.example/pricing"),
		an_event("visit", AGO(1), "https://x.example/pricing"),
		an_event("visit", AGO(1), "https://x.example/blog"),
		an_event("reply", AGO(0), "email"),
	};
	struct fu_arena arena;
	struct fu_score score;
	struct fu_facts f;
	struct fu_err err;
	struct fu_scorer *c = scorer();

	(void)state;
	fu_arena_init(&arena);
	p.f[FU_F_TITLE] = "VP Sales";
	fold(&s, e, NELEM(e), &f);
	assert_int_equal(fu_scorer_score(c, &f, &arena, &score, &err), 0);
	adds_up(&score);
	assert_int_equal(score.nfactor, 4);
	assert_string_equal(score.factor[0].name, "decision_maker");
	assert_string_equal(score.factor[0].why, "title shows a VP");
	assert_string_equal(score.factor[1].why, "1 reply in a day");
	assert_string_equal(score.factor[2].why,
	    "2 pricing page visits in 7 days");
	assert_int_equal(score.factor[2].count, 2);
	assert_int_equal(score.factor[2].points, 8);	/* 3.62 + 4.76 */
	assert_string_equal(score.factor[3].why, "a small team");
	assert_int_equal(score.score, 28);
	assert_string_equal(score.band, "nurture");
	fu_scorer_free(c);
	fu_arena_free(&arena);
}

static void
bands_and_clamp(void **state)
{
	static const struct {
		int		 base;
		double		 silent;
		const char	*band;
	} table[] = {
		{ 71, 1, "hot" }, { 70, 1, "warm" }, { 40, 1, "warm" },
		{ 39, 59.9, "nurture" }, { 71, 60, "cold" }, { 130, 1, "hot" },
		{ -20, 1, "nurture" },
	};
	struct fu_rule rule = { .name = "base", .kind = FU_RULE_FIELD };
	struct fu_scorecard one = card;
	struct fu_person p = { 0 };
	struct fu_subject s = a_subject(&p);
	struct fu_arena arena;
	struct fu_faults faults;
	struct fu_scorer *c;
	struct fu_score score;
	struct fu_facts f;
	struct fu_err err;
	size_t i;

	(void)state;
	fu_arena_init(&arena);
	fu_faults_init(&faults);
	one.rule = &rule;
	one.nrule = 1;
	for (i = 0; i < NELEM(table); i++) {
		rule.points = table[i].base;
		s.known_us = AGO(table[i].silent);
		fold(&s, NULL, 0, &f);
		c = fu_scorer_new(&one, &faults, &err);
		assert_non_null(c);
		assert_int_equal(fu_scorer_score(c, &f, &arena, &score, &err),
		    0);
		adds_up(&score);
		assert_string_equal(score.band, table[i].band);
		if (score.score != table[i].base)
			assert_string_equal(score.factor[1].name, "clamp");
		assert_true(score.next_us == (table[i].silent >= 60 ?
		    INT64_MAX : s.known_us + 60 * FU_DAY));
		fu_scorer_free(c);
	}
	fu_faults_free(&faults);
	fu_arena_free(&arena);
}

static void
score_at(struct fu_scorer *c, const struct fu_subject *s, struct fu_event *e,
    size_t n, int64_t now_us, struct fu_arena *arena, struct fu_score *score)
{
	struct fu_facts f;
	struct fu_err err;

	fu_facts_fold(s, e, n, now_us, &f);
	assert_int_equal(fu_scorer_score(c, &f, arena, score, &err), 0);
	adds_up(score);
}

static bool
same(const struct fu_score *a, const struct fu_score *b)
{
	size_t i;

	if (a->score != b->score || !fu_streq(a->band, b->band) ||
	    a->nfactor != b->nfactor)
		return (false);
	for (i = 0; i < a->nfactor; i++)
		if (a->factor[i].points != b->factor[i].points ||
		    !fu_streq(a->factor[i].name, b->factor[i].name))
			return (false);
	return (true);
}

/*
 * Any order of arrival, the same score; nothing changes before next_us, and
 * something does at it.
 */
static void
over_time(void **state)
{
	static const char *const names[] = { "visit", "reply", "download",
	    "webinar", "bounce", "open" };
	struct fu_person p = { 0 };
	struct fu_subject s = a_subject(&p);
	struct fu_event e[20], swap;
	struct fu_arena arena;
	struct fu_scorer *c = scorer();
	struct fu_score a, b;
	unsigned seed = (unsigned)time(NULL);
	size_t i, j, n;
	int64_t now;
	int round, steps;

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	fu_arena_init(&arena);
	for (round = 0; round < 200; round++) {
		n = (size_t)rand() % NELEM(e);
		for (i = 0; i < n; i++)
			e[i] = an_event(names[rand() % NELEM(names)],
			    AGO(rand() % 4000 / 100.0), "/pricing");
		if (n > 0)
			qsort(e, n, sizeof(*e), fu_event_order);
		score_at(c, &s, e, n, NOW, &arena, &a);
		for (i = n; i > 1; i--) {
			j = (size_t)rand() % i;
			swap = e[i - 1];
			e[i - 1] = e[j];
			e[j] = swap;
		}
		if (n > 0)
			qsort(e, n, sizeof(*e), fu_event_order);
		score_at(c, &s, e, n, NOW, &arena, &b);
		assert_true(same(&a, &b));
		for (now = NOW, steps = 0; a.next_us != INT64_MAX && steps < 40;
		    steps++) {
			assert_true(a.next_us > now);
			score_at(c, &s, e, n, now + (a.next_us - now) / 2,
			    &arena, &b);
			assert_true(same(&a, &b));
			if (a.next_us - now > FU_SECOND) {
				score_at(c, &s, e, n, a.next_us - FU_SECOND,
				    &arena, &b);
				assert_true(same(&a, &b));
			}
			now = a.next_us;
			score_at(c, &s, e, n, now, &arena, &b);
			assert_false(same(&a, &b));
			a = b;
		}
		fu_arena_reset(&arena);
	}
	fu_scorer_free(c);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(explained),
		cmocka_unit_test(bands_and_clamp),
		cmocka_unit_test(over_time),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
