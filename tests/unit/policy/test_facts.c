/*
 * The fold: what each fact is of, and that arrival does not matter.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <cmocka.h>

#include "person.h"

static void
is_int(const struct fu_facts *f, enum fu_fact fact, int64_t want)
{

	if (f->v[fact].type != FU_V_INT || f->v[fact].i != want)
		fail_msg("%s: expected %lld, got %s %lld",
		    fu_fact_defs[fact].name, (long long)want,
		    f->v[fact].type == FU_V_INT ? "integer" : "no integer",
		    (long long)f->v[fact].i);
}

static void
is_null(const struct fu_facts *f, enum fu_fact fact)
{

	if (f->v[fact].type != FU_V_NULL)
		fail_msg("%s: expected NULL, got %lld",
		    fu_fact_defs[fact].name, (long long)f->v[fact].i);
}

static void
every_fact_has_a_name(void **state)
{
	int i;

	(void)state;
	assert_true(FU_FACT_N <= 64);
	for (i = 0; i < FU_FACT_N; i++) {
		assert_non_null(fu_fact_defs[i].name);
		assert_non_null(fu_fact_defs[i].doc);
		assert_int_equal(fu_fact_find(fu_fact_defs[i].name), i);
	}
	for (i = 0; i < FU_K_N; i++)
		assert_int_equal(fu_kind_find(fu_kinds[i].name), i);
	assert_int_equal(fu_fact_find("scoer"), -1);
}

static void
nobody_did_anything(void **state)
{
	struct fu_person p = { 0 };
	struct fu_subject s = a_subject(&p);
	struct fu_facts f;

	(void)state;
	fold(&s, NULL, 0, &f);
	is_int(&f, FU_FACT_VISITS, 0);
	is_int(&f, FU_FACT_MEETINGS, 0);
	is_int(&f, FU_FACT_CONTACT_SHARED, 0);
	is_int(&f, FU_FACT_DAYS_SILENT, 100);
	is_int(&f, FU_FACT_SCORED_BEFORE, 0);
	is_null(&f, FU_FACT_DAYS_SINCE_SEEN);
	is_null(&f, FU_FACT_DAYS_ABSENT);
	is_null(&f, FU_FACT_COMPETITOR);
	is_null(&f, FU_FACT_SCORE);
}

static void
the_record(void **state)
{
	struct fu_attr attr[] = {
		{ "Seats", FU_STR("\"12\"") }, { "Lead Source", FU_STR("\"Web\"") },
		{ "Rate", FU_STR("1.5") }, { "None", FU_STR("null") },
	};
	struct fu_person p = { .attr = attr, .nattr = 4 };
	struct fu_subject s = a_subject(&p);
	struct fu_arena arena;
	struct fu_facts f;

	(void)state;
	fu_arena_init(&arena);
	p.f[FU_F_TITLE] = "VP Sales";
	p.f[FU_F_BUDGET] = "48000.50";
	p.f[FU_F_COMPANY_SIZE] = "250";
	p.f[FU_F_TIMELINE] = "Q3";
	p.f[FU_F_EMAIL] = "ann@x.example";
	p.f[FU_F_COLLECTED] = "direct";
	s.timeline_us = AGO(10);
	fold(&s, NULL, 0, &f);
	is_int(&f, FU_FACT_SENIORITY, 5);
	is_int(&f, FU_FACT_COMPANY_SIZE, 250);
	is_int(&f, FU_FACT_TIMELINE_DAYS, 212);	/* 2 March to 30 September */
	is_int(&f, FU_FACT_CONTACT_SHARED, 1);
	assert_true(f.v[FU_FACT_BUDGET].r == 48000.5);
	assert_int_equal(fu_facts_attr(&f, "Seats", &arena).i, 12);
	assert_string_equal(fu_facts_attr(&f, "lead source", &arena).s, "Web");
	assert_true(fu_facts_attr(&f, "Rate", &arena).r == 1.5);
	assert_int_equal(fu_facts_attr(&f, "None", &arena).type, FU_V_NULL);
	assert_int_equal(fu_facts_attr(&f, "Nix", &arena).type, FU_V_NULL);
	fu_arena_free(&arena);
}

static void
meetings_and_bookings(void **state)
{
	struct fu_person p = { 0 };
	struct fu_subject s = a_subject(&p);
	struct fu_event e[] = {
		an_event("meeting", AGO(9), NULL),
		an_event("reply", AGO(8), "email"),
		an_event("demo", AGO(5), "held"),
		an_event("demo", AGO(4), "no_show"),
		an_event("reply", AGO(3), "email"),
		an_event("chat", AGO(2), NULL),
		an_event("meeting", AGO(1.5), "booked"),
		an_event("meeting", AGO(1.4), "booked"),
		an_event("meeting", AGO(1), "cancelled"),
		an_event("auto_reply", AGO(0.5), NULL),
		an_event("reply", NOW + FU_HOUR, "email"),
	};
	struct fu_facts f;

	(void)state;
	e[2].body = "{\"questions\":[\"SSO?\",\"SLA?\"],"
	    "\"objections\":[\"price\",\"trust\"]}";
	e[6].body = "{\"starts_at\":\"2026-03-05T10:00:00Z\"}";
	e[7].body = "{\"starts_at\":\"2026-03-09T10:00:00Z\"}";
	e[8].body = e[6].body;
	e[4].signals = "[\"objection:price\",\"competitor:Hub\\u0053pot\"]";
	fold(&s, e, NELEM(e), &f);
	is_int(&f, FU_FACT_MEETINGS, 2);
	is_int(&f, FU_FACT_DEMOS, 1);
	is_int(&f, FU_FACT_MEETINGS_BOOKED, 1);
	is_int(&f, FU_FACT_REPLIES, 2);
	is_int(&f, FU_FACT_REPLIES_SINCE_MEETING, 1);
	is_int(&f, FU_FACT_REPLIES_SINCE_DEMO, 1);
	is_int(&f, FU_FACT_CHATS_SINCE_DEMO, 1);
	is_int(&f, FU_FACT_REPLIES_SINCE_TOUCH, 0);
	is_int(&f, FU_FACT_QUESTIONS, 2);
	is_int(&f, FU_FACT_OBJECTIONS_RAISED, 2);
	is_int(&f, FU_FACT_OBJECTIONS_OPEN, 2);
	is_int(&f, FU_FACT_CONTACT_SHARED, 1);
	is_int(&f, FU_FACT_DAYS_SINCE_MEETING, 5);
	is_int(&f, FU_FACT_DAYS_SILENT, 2);
	assert_string_equal(f.v[FU_FACT_COMPETITOR].s, "HubSpot");
	assert_true(fu_facts_next(&f, UINT64_C(1) << FU_FACT_MEETINGS_BOOKED) ==
	    NOW + FU_HOUR);
}

static void
conversation(void **state)
{
	struct fu_person p = { 0 };
	struct fu_subject s = a_subject(&p);
	struct fu_event e[] = {
		an_event("chat", AGO(5), NULL), an_event("chat", AGO(4), NULL),
		an_event("chat", AGO(3), NULL), an_event("chat", AGO(2), NULL),
		an_event("chat", AGO(1), NULL),
	};
	struct fu_facts f;

	(void)state;
	e[0].text = "How much is it?";
	e[1].text = "see https://x.example/?a=b";
	e[2].signals = "[\"pricing\",\"objection:price\"]";
	e[3].from = FU_FROM_BOT;
	e[3].text = "May I help?";
	e[3].signals = "[\"competitor:nobody\"]";
	e[4].signals = "[\"objection_resolved\"]";
	e[4].body = "{\"event\":\"chat\",\"email\":\"a@x.example\"}";
	fold(&s, e, NELEM(e), &f);
	is_int(&f, FU_FACT_CHATS, 4);
	is_int(&f, FU_FACT_QUESTIONS, 2);
	is_int(&f, FU_FACT_OBJECTIONS_RAISED, 1);
	is_int(&f, FU_FACT_OBJECTIONS_OPEN, 0);
	is_int(&f, FU_FACT_CONTACT_SHARED, 1);
	is_null(&f, FU_FACT_COMPETITOR);
}

static void
a_return(void **state)
{
	struct fu_person p = { 0 };
	struct fu_subject s = a_subject(&p);
	struct fu_event e[] = {
		an_event("reply", AGO(80), "email"),
		an_event("visit", AGO(0.5), "https://x.example/Pricing"),
		an_event("visit", AGO(0.4), "https://x.example/demo"),
	};
	struct fu_facts f;

	(void)state;
	s.first_scored_us = AGO(70);
	fold(&s, e, NELEM(e), &f);
	is_int(&f, FU_FACT_DAYS_ABSENT, 79);
	is_int(&f, FU_FACT_SCORED_BEFORE, 1);
	is_int(&f, FU_FACT_DAYS_SILENT, 80);
	is_int(&f, FU_FACT_DAYS_SINCE_VISIT, 0);
	is_int(&f, FU_FACT_PRICING_VISITS_7D, 1);
	is_int(&f, FU_FACT_DEMO_VISITS_7D, 1);
	is_int(&f, FU_FACT_VISITS_7D, 2);
	assert_true(f.return_us == AGO(0.5));
	assert_true(fu_facts_next(&f, UINT64_C(1) << FU_FACT_DAYS_ABSENT) ==
	    AGO(0.5) + FU_DAY);
	assert_true(fu_facts_next(&f, UINT64_C(1) << FU_FACT_VISITS_7D) ==
	    AGO(0.5) + 7 * FU_DAY);
	assert_true(fu_facts_next(&f, UINT64_C(1) << FU_FACT_DAYS_SILENT) ==
	    AGO(80) + 81 * FU_DAY);
	assert_int_equal(fu_facts_events(&f, "visit", 0), 2);
	assert_int_equal(fu_facts_events(&f, "reply", 79), 0);
	/* the score of the return itself is none from before */
	s.first_scored_us = AGO(0.4);
	fold(&s, e, NELEM(e), &f);
	is_int(&f, FU_FACT_SCORED_BEFORE, 0);
	s.return_used_us = AGO(0.5);
	fold(&s, e, NELEM(e), &f);
	is_null(&f, FU_FACT_DAYS_ABSENT);
	is_int(&f, FU_FACT_SCORED_BEFORE, 1);
}

static void
calls(void **state)
{
	static const struct {
		const char	*outcome;
		bool		 there;
	} table[] = {
		{ "connected", true }, { "demo", true }, { "interested", true },
		{ "No Answer", false }, { "left voicemail", false },
		{ "busy", false }, { NULL, false }, { "wrong number", false },
	};
	struct fu_event e;
	size_t i;

	(void)state;
	for (i = 0; i < NELEM(table); i++) {
		e = an_event("call", NOW, table[i].outcome);
		assert_int_equal(fu_event_engages(&e), table[i].there);
	}
}

/* Any order of arrival gives the same facts, and the next instant is one. */
static void
shuffled(void **state)
{
	static const char *const names[] = { "visit", "reply", "chat",
	    "meeting", "demo", "sent", "download", "webinar", "call", "won" };
	static const char *const signals[] = { NULL, "[\"objection:price\"]",
	    "[\"objection_resolved\"]", "[\"competitor:a\"]",
	    "[\"competitor:b\",\"pricing\"]" };
	struct fu_person p = { 0 };
	struct fu_subject s = a_subject(&p);
	struct fu_event e[24], swap;
	struct fu_facts f, g;
	unsigned seed = (unsigned)time(NULL);
	size_t i, j, n;
	int round, fact;

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	for (round = 0; round < 300; round++) {
		n = (size_t)rand() % NELEM(e);
		for (i = 0; i < n; i++) {
			/* few instants, so that many are the same */
			e[i] = an_event(names[rand() % NELEM(names)],
			    AGO(rand() % 12), NULL);
			e[i].signals = signals[rand() % NELEM(signals)];
		}
		fold(&s, e, n, &f);
		for (i = n; i > 1; i--) {
			j = (size_t)rand() % i;
			swap = e[i - 1];
			e[i - 1] = e[j];
			e[j] = swap;
		}
		fold(&s, e, n, &g);
		for (fact = 0; fact < FU_FACT_N; fact++) {
			assert_int_equal(f.v[fact].type, g.v[fact].type);
			assert_true(f.v[fact].i == g.v[fact].i);
			assert_true(fu_streq(f.v[fact].s, g.v[fact].s));
			assert_true(fu_facts_next(&f, UINT64_C(1) << fact) ==
			    fu_facts_next(&g, UINT64_C(1) << fact));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_fact_has_a_name),
		cmocka_unit_test(nobody_did_anything),
		cmocka_unit_test(the_record),
		cmocka_unit_test(meetings_and_bookings),
		cmocka_unit_test(conversation),
		cmocka_unit_test(a_return),
		cmocka_unit_test(calls),
		cmocka_unit_test(shuffled),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
