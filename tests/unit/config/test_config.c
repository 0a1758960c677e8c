/*
 * What the shipped configuration loads as: values, defaults, days and places.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "config/load.h"
#include "config/scalar.h"

struct loaded {
	struct fu_config	config;
	struct fu_faults	faults;
};

static int
load(void **state)
{
	static struct loaded l;
	struct fu_err err;

	fu_faults_init(&l.faults);
	*state = &l;
	return (fu_config_load(&l.config, "templates/fu.yaml", &l.faults,
	    &err));
}

static int
unload(void **state)
{
	struct loaded *l = *state;

	fu_config_free(&l->config);
	fu_faults_free(&l->faults);
	return (0);
}

static void
test_values(void **state)
{
	const struct fu_config *c = &((struct loaded *)*state)->config;

	assert_true(c->sample);
	assert_string_equal(c->company.country, "IE");
	assert_string_equal(fu_zone_name(c->company.zone), "Europe/Dublin");
	assert_int_equal(c->nsender, 3);
	assert_string_equal(c->sender[0].key, "ada");
	assert_int_equal(c->sender[0].cap_day, 50);
	assert_int_equal(c->sender[0].gap_us, 90 * FU_SECOND);
	assert_int_equal(c->sender[0].away[0].to - c->sender[0].away[0].from,
	    9);
	assert_true(c->channel[FU_CH_EMAIL].given);
	assert_string_equal(c->channel[FU_CH_EMAIL].via, "outbox");
	assert_int_equal(c->window.days, 0x1f);
	assert_int_equal(c->window.open_min, 510);
	assert_int_equal(c->window.close_min, 1050);
	assert_int_equal(c->limits.gap_us, 3 * FU_DAY);
	assert_string_equal(c->messages_dir, "templates/messages");
	assert_false(c->law.unknown_strictest);
	assert_int_equal(c->law.nassessment, 1);
	assert_true(fu_list_has(&c->law.assessment[0].scope, "gb"));
	assert_int_equal(strlen(c->version), 16);
}

static void
test_triggers(void **state)
{
	const struct fu_config *c = &((struct loaded *)*state)->config;
	const struct fu_trigger_conf *t = c->trigger;
	int i;

	for (i = 0; i < FU_TRIGGER_N; i++)
		assert_true(t[i].on);
	assert_int_equal(t[FU_TR_SCORE_THRESHOLD].at, 75);
	assert_int_equal(t[FU_TR_RETURN_VISITS].within_us, 7 * FU_DAY);
	assert_true(fu_list_has(&t[FU_TR_COMPETITOR_MENTION].lines,
	    "HubSpot"));
	assert_int_equal(t[FU_TR_TRIGGER_EVENT].nevents, 3);
	assert_string_equal(t[FU_TR_TRIGGER_EVENT].events[0].kind, "visit");
	assert_string_equal(t[FU_TR_TRIGGER_EVENT].events[0].glob,
	    "*pricing*");
	assert_null(t[FU_TR_TRIGGER_EVENT].events[1].glob);
	assert_string_equal(t[FU_TR_TRIGGER_EVENT].when.sql,
	    "segment = 'enterprise'");
}

/* The five, in the order in which they are asked. */
static void
test_cadences(void **state)
{
	static const struct {
		const char	*name;
		int		 priority;
		int		 days[6];
		size_t		 n;
	} want[] = {
		{ "enterprise", 60, { -1, -1, -1 }, 3 },
		{ "post-demo", 50, { 1, 4, 7, 12, 18 }, 5 },
		{ "hot", 40, { 0, 2, -1, 8, 14, 21 }, 6 },
		{ "cold", 30, { 0, 3, 10, 20 }, 4 },
		{ "warm", 20, { 0, 3, 10, 20, 30, -1 }, 6 },
	};
	const struct fu_config *c = &((struct loaded *)*state)->config;
	const struct fu_cadence *cold, *demo;
	size_t i, j;

	assert_int_equal(c->ncadence, 5);
	for (i = 0; i < 5; i++) {
		assert_string_equal(c->cadence[i].name, want[i].name);
		assert_int_equal(c->cadence[i].priority, want[i].priority);
		assert_int_equal(c->cadence[i].nstep, want[i].n);
		for (j = 0; j < want[i].n; j++)
			assert_int_equal(c->cadence[i].step[j].day,
			    want[i].days[j]);
	}
	cold = fu_cadence_find(c, "cold");
	assert_true(cold->start_return);
	assert_int_equal(cold->again_us, 0);
	assert_string_equal(cold->step[3].remind, "next_quarter");
	demo = fu_cadence_find(c, "post-demo");
	assert_int_equal(demo->again_us, -1);
	assert_int_equal(demo->step[1].channel[0], FU_CH_CHAT);
	assert_int_equal(demo->step[1].channel[1], FU_CH_EMAIL);
	assert_string_equal(fu_step_find(demo, "demo-difference")->if_.sql,
	    "objections_raised > 0");
	assert_int_equal(fu_cadence_find(c, "enterprise")->ends_days, 365);
}

static bool
is_holiday(const struct fu_config *c, int year, int month, int day)
{
	int32_t n = fu_date_days((struct fu_date){ (int16_t)year,
	    (int8_t)month, (int8_t)day });
	size_t i;

	for (i = 0; i < c->window.nholiday; i++)
		if (c->window.holiday[i] == n)
			return (true);
	return (false);
}

static void
test_holidays(void **state)
{
	const struct fu_config *c = &((struct loaded *)*state)->config;

	/* 4 July 2026 is a Saturday, kept on Friday. */
	assert_true(is_holiday(c, 2026, 7, 3));
	assert_false(is_holiday(c, 2026, 7, 4));
	assert_true(is_holiday(c, 2026, 11, 26));
	assert_true(is_holiday(c, 2024, 5, 27));
	assert_true(is_holiday(c, 2030, 1, 21));
	/* New Year's Day 2028 is a Saturday: 31 December 2027. */
	assert_true(is_holiday(c, 2027, 12, 31));
	assert_false(is_holiday(c, 2026, 3, 2));
}

static void
test_sender_of(void **state)
{
	const struct fu_config *c = &((struct loaded *)*state)->config;
	const struct fu_sender *s;
	int64_t id;

	assert_string_equal(fu_sender_of(c, "GRACE", 1)->key, "grace");
	assert_string_equal(fu_sender_of(c, "alan turing", 1)->key, "alan");
	assert_string_equal(fu_sender_of(c, "ada@example.com", 1)->key, "ada");
	for (id = 1; id < 50; id++) {
		s = fu_sender_of(c, NULL, id);
		assert_ptr_equal(s, fu_sender_of(c, "nobody", id));
	}
}

/* A byte of a condition, and where it stands. */
static void
test_condition_where(void **state)
{
	static const char text[] = "a: score > nme\nb: 'x = ''é'' OR nme'\n"
	    "c: \"x = \\\"y\\\" OR nme\"\nd: score >\n   nme\ne: >\n  score >\n"
	    "  nme\n";
	static const struct {
		const char	*key;
		int		 line, col;
	} want[] = { { "a", 1, 12 }, { "b", 2, 18 }, { "c", 3, 18 },
		{ "d", 5, 4 }, { "e", 8, 3 } };
	static const struct fu_keydef key = { .name = "c",
		.type = FU_KT_CONDITION };
	struct fu_arena arena;
	struct fu_faults faults;
	struct fu_read rd = { .arena = &arena, .faults = &faults };
	struct fu_condition cond;
	struct fu_where where;
	struct fu_node *root;
	size_t i;

	(void)state;
	fu_arena_init(&arena);
	fu_faults_init(&faults);
	root = fu_yaml_parse(&arena, "t", fu_str_of(text), 1, &faults);
	assert_int_equal(faults.n, 0);
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		fu_key_read(&rd, &key, fu_node_get(root, want[i].key), &cond);
		where = fu_condition_where(&cond,
		    (size_t)(strstr(cond.sql, "nme") - cond.sql));
		assert_int_equal(where.line, want[i].line);
		assert_int_equal(where.col, want[i].col);
	}
	fu_faults_free(&faults);
	fu_arena_free(&arena);
}

static void
test_secret(void **state)
{
	struct fu_arena arena;
	struct fu_secret s = { "env:FU_TEST_SECRET", { "fu.yaml", 3, 9 } };
	struct fu_err err;

	(void)state;
	fu_arena_init(&arena);
	unsetenv("FU_TEST_SECRET");
	assert_null(fu_secret_get(&s, &arena, &err));
	assert_int_equal(err.class, FU_ECONFIG);
	assert_string_equal(err.msg, "fu.yaml:3:9: FU_TEST_SECRET is not set "
	    "in the environment");
	setenv("FU_TEST_SECRET", "hush", 1);
	assert_string_equal(fu_secret_get(&s, &arena, &err), "hush");
	s.spec = "plain";
	assert_string_equal(fu_secret_get(&s, &arena, &err), "plain");
	s.spec = "file:templates/rules/competitors.txt";
	assert_non_null(fu_secret_get(&s, &arena, &err));
	s.spec = "exec:/bin/pwd";
	assert_non_null(fu_secret_get(&s, &arena, &err));
	s.spec = "exec:/bin/false";
	assert_null(fu_secret_get(&s, &arena, &err));
	s.spec = "exec:/no/such/program";
	assert_null(fu_secret_get(&s, &arena, &err));
	fu_arena_free(&arena);
}

static void
test_scalars(void **state)
{
	struct fu_err err;
	uint8_t days;
	int hours[2], min, max;

	(void)state;
	assert_int_equal(fu_weekdays_parse("mon,wed", &days, &err), 0);
	assert_int_equal(days, 0x05);
	assert_int_equal(fu_weekdays_parse("sat-mon", &days, &err), 0);
	assert_int_equal(days, 0x61);
	assert_int_equal(fu_weekdays_parse("mon-", &days, &err), -1);
	assert_int_equal(fu_weekdays_parse("", &days, &err), -1);
	assert_int_equal(fu_hours_parse("00:00-24:00", hours, &err), 0);
	assert_int_equal(hours[1], 1440);
	assert_int_equal(fu_hours_parse("08:30-24:01", hours, &err), -1);
	assert_int_equal(fu_size_parse("1000+", &min, &max, &err), 0);
	assert_int_equal(min, 1000);
	assert_int_equal(fu_size_parse("200-50", &min, &max, &err), -1);
}

/* Every key has a word of explanation, and none a full stop. */
static void
see_key(void *ctx, const struct fu_key_doc *doc)
{
	assert_non_null(doc->doc);
	assert_true(strlen(doc->doc) > 3);
	assert_int_not_equal(doc->doc[strlen(doc->doc) - 1], '.');
	++*(size_t *)ctx;
}

static void
test_keys(void **state)
{
	size_t n = 0;

	(void)state;
	fu_config_keys(see_key, &n);
	assert_true(n > 150);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_triggers),
		cmocka_unit_test(test_cadences),
		cmocka_unit_test(test_holidays),
		cmocka_unit_test(test_sender_of),
		cmocka_unit_test(test_condition_where),
		cmocka_unit_test(test_secret),
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_keys),
	};

	return (cmocka_run_group_tests_name("config/config", tests, load,
	    unload));
}
