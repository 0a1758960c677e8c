/*
 * The gate: the sheet's whole cases, the order of its classes, hours and
 * limits together, and what must hold whatever is thrown at it.
 */
#include "unit/policy/gate_world.h"

#include <stdlib.h>

static void
whole_gate(void **state)
{
	struct world w;

	(void)state;
	/* 1 */
	text_to(&w, "+13055550100", "2026-11-24T01:15:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T13:00:00Z ST-01");
	/* 2 */
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "TC-03";
	expect(&w, "block suppressed - TC-03");
	/* 3 */
	mail_to(&w, "eva@firma.example", "DE");
	expect(&w, "block no_consent - EP-01");
	/* 4 */
	mail_to(&w, "alice@societe.example", "FR");
	w.person.f[FU_F_JOB_FIT] = "1";
	w.in.first_touch = true;
	expect(&w, "allow");
	/* 5 */
	mail_to(&w, "bob@acme.example", "US");
	w.in.subject_deceptive = true;
	expect(&w, "block subject_deceptive - CS-07");
	/* 6 */
	text_to(&w, "+15125550100", "2026-11-29T15:00:00Z");
	w.conf.limits.day = 1;
	w.sent[0] = (struct fu_sent_before){ at("2026-11-28T16:30:00Z"),
		FU_CH_SMS, 1, true };
	w.in.nsent = 1;
	expect(&w, "defer quiet_hours 2026-11-29T18:00:00Z ST-01");
	text_to(&w, "+18505550100", "2026-11-24T13:30:00Z");
	for (int i = 0; i < 3; i++)
		w.sent[i] = (struct fu_sent_before){
			at("2026-11-23T16:00:00Z") - i * FU_HOUR, FU_CH_SMS, i,
			true };
	w.in.nsent = 3;
	expect(&w, "defer quiet_hours 2026-11-24T14:00:00Z");
	/* 7 */
	world(&w, FU_CH_WHATSAPP, "2026-11-23T12:00:00Z");
	w.person.f[FU_F_PHONE] = "+4915112345678";
	w.person.f[FU_F_BASIS] = "consent";
	consent(&w, FU_CH_WHATSAPP);
	expect(&w, "allow");
	w.ledger.consent[FU_CH_WHATSAPP].status = FU_C_NONE;
	consent(&w, FU_CH_SMS);
	expect(&w, "block no_consent - WA-01");
	/* 8 */
	mail_to(&w, "x@acme.com", NULL);
	expect(&w, "hold jurisdiction_unknown");
	w.conf.law.unknown_strictest = true;
	expect(&w, "block no_consent");
	/* 9 */
	mail_to(&w, "bob@acme.example", "US");
	w.ledger.broken = w.ledger.suppressed = true;
	expect(&w, "hold ledger_error - LG-03");
	/* 10: the store found the address by its hash */
	mail_to(&w, "bob+x@acme.example", "US");
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "GD-09";
	expect(&w, "block suppressed - GD-09");
}

static void
order_of_classes(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "bob@acme.example", "US");
	w.in.ooo_until_us = at("2026-12-01T09:00:00Z");
	expect(&w, "defer ooo_until 2026-12-01T09:00:00Z EM-14");
	w.in.pauses = FU_PAUSE_HANDOFF | FU_PAUSE_HUMAN;
	expect(&w, "hold human_owned - P4.3");
	w.person.f[FU_F_SOURCE] = "";
	expect(&w, "hold no_source - GD-06");
	w.in.has_unsubscribe = false;
	expect(&w, "block no_unsub_mechanism - CS-01");
	w.conf.company.postal_address = " ";
	expect(&w, "block no_postal_address - CS-06");
	w.in.header_injection = true;
	expect(&w, "block header_injection - EM-09");
	w.person.f[FU_F_SOURCE] = "scrape";
	expect(&w, "block bad_source - CS-10");
	w.in.duplicate = true;
	expect(&w, "block duplicate_touch");
	w.ledger.hard_bounce = true;
	expect(&w, "block hard_bounce - EM-16");
	w.ledger.objected = true;
	expect(&w, "block objected - GD-10");
	w.ledger.erased = true;
	expect(&w, "block erased - GD-09");
	mail_to(&w, "bob@acme.example", "US");
	w.in.content = FU_R_NO_NEW_INSIGHT;
	expect(&w, "hold no_new_insight - P1.5");
	/* GD-11 */
	mail_to(&w, "a@firma.example", "FR");
	w.person.f[FU_F_JOB_FIT] = "1";
	w.in.last_inbound_us = at("2023-11-20T00:00:00Z");
	expect(&w, "block retention_expired - GD-11");
}

static void
windows_gaps_and_rates(void **state)
{
	struct world w;
	int32_t holiday;
	struct fu_date d = { 2026, 11, 26 };

	(void)state;
	mail_to(&w, "bob@acme.example", "US");
	w.person.f[FU_F_TZ] = "America/New_York";
	holiday = fu_date_days(d);
	w.conf.window = (struct fu_window){ .days = 0x1f, .open_min = 510,
		.close_min = 1050, .holiday = &holiday, .nholiday = 1 };
	expect(&w, "defer send_window 2026-11-23T13:30:00Z P1.3");
	/* An unknown zone: the company's own. */
	w.person.f[FU_F_TZ] = NULL;
	expect(&w, "allow");
	assert_false(w.known);
	w.person.f[FU_F_TZ] = "America/New_York";
	/* After Monday the 23rd: free from the 26th, a holiday. */
	w.conf.limits.gap_us = 3 * FU_DAY;
	w.in.now_us = at("2026-11-24T15:00:00Z");
	w.sent[0] = (struct fu_sent_before){ at("2026-11-24T03:00:00Z"),
		FU_CH_EMAIL, 1, true };
	w.in.nsent = 1;
	expect(&w, "defer min_gap 2026-11-27T13:30:00Z P1.2");
	w.sent[0].counts = false;
	expect(&w, "allow");
	/* The gap's end may lie in a night of the law's. */
	text_to(&w, "+13055550100", "2026-11-24T15:00:00Z");
	w.conf.limits.gap_us = FU_DAY;
	w.sent[0] = (struct fu_sent_before){ w.in.now_us - FU_MINUTE,
		FU_CH_EMAIL, 1, true };
	w.in.nsent = 1;
	expect(&w, "defer quiet_hours 2026-11-25T13:00:00Z ST-01");
	/* a sender's cap a day in the company's zone, and its gap */
	mail_to(&w, "bob@acme.example", "US");
	w.sender.cap_day = 50;
	w.in.sender_sent_today = 50;
	expect(&w, "defer rate_limited 2026-11-24T00:00:00Z");
	w.in.sender_sent_today = 49;
	expect(&w, "allow");
	w.sender.gap_us = 90 * FU_SECOND;
	w.in.sender_last_us = w.in.now_us - 30 * FU_SECOND;
	expect(&w, "defer rate_limited 2026-11-23T12:01:00Z");
	mail_to(&w, "bob@acme.example", "US");
	w.conf.limits.company_week = 3;
	w.in.company_sent_week = 3;
	w.in.company_oldest_us = at("2026-11-20T10:00:00Z");
	expect(&w, "defer company_cap 2026-11-27T10:00:00Z");
	/* windows that never meet are said to, not waited for */
	text_to(&w, "+13055550100", "2026-11-24T15:00:00Z");
	w.person.f[FU_F_DNC] = w.person.f[FU_F_DNC_CHECKED_AT] = NULL;
	w.conf.window.open_min = 1260;
	w.conf.window.close_min = 1320;
	expect(&w, "hold ");
}

static void
tasks_chats_and_answers(void **state)
{
	struct world w;

	(void)state;
	world(&w, FU_CH_TASK, "2026-11-23T20:00:00Z");
	w.conf.window.open_min = 510;
	w.conf.window.close_min = 1050;
	w.person.f[FU_F_SOURCE] = NULL;
	expect(&w, "defer send_window 2026-11-24T08:30:00Z");
	w.in.now_us = at("2026-11-23T10:00:00Z");
	w.ledger.suppressed = true; /* no more mail; a call is not mail */
	expect(&w, "allow");
	w.in.pauses = FU_PAUSE_REPLY;
	expect(&w, "hold reply_pending");
	w.ledger.objected = true;
	expect(&w, "block objected");
	world(&w, FU_CH_CHAT, "2026-11-23T03:00:00Z");
	w.conf.window.open_min = 510;
	w.conf.window.close_min = 1050;
	w.conf.limits.gap_us = 3 * FU_DAY;
	w.conf.limits.day = 1;
	w.sent[0] = (struct fu_sent_before){ w.in.now_us - FU_HOUR,
		FU_CH_EMAIL, 1, true };
	w.in.nsent = 1;
	expect(&w, "allow");
	w.conf.chat.disclosure = NULL;
	expect(&w, "hold no_ai_disclosure");
	text_to(&w, "+13055550100", "2026-11-24T05:00:00Z");
	w.in.class = FU_TC_SERVICE;
	w.ledger.suppressed = true;
	expect(&w, "allow");
	w.ledger.complaint = true;
	expect(&w, "block complaint");
}

static void
rules_files_are_dated_and_understood(void **state)
{
	static const struct {
		const char *name, *text;
	} bad[] = {
		{ "countries.txt", "DE | eu | opt_in | opt_in | x\n" },
		{ "countries.txt", "date: 2026-01-01\nsource: x\nDE | mars\n" },
		{ "states.txt", "date: 2026-01-01\nsource: x\n"
				"US-XX | 9-17 | - | - | - | - | | x\n" },
		{ "states.txt", "date: 2026-01-01\nsource: x\n"
				"holiday x | someday\n" } };
	struct fu_rulebook *b = fu_rulebook_new();
	struct fu_err err;

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++)
		assert_int_equal(-1, fu_rulebook_add(b, bad[i].name,
		    fu_str_of(bad[i].text), &err));
	assert_string_equal("states.txt:3: no such rule of a holiday", err.msg);
	assert_int_equal(0, fu_rulebook_add(b, "rules/buying-intent.txt",
	    FU_STR("ready to move\n"), &err));
	assert_int_equal(0, strncmp("2026-11-23-", fu_rulebook_version(book),
	    11));
	fu_rulebook_free(b);
}

/* splitmix64: the same persons from the same seed, everywhere. */
static uint64_t seed;

static uint64_t
draw(uint64_t n)
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return ((z ^ z >> 31) % n);
}

#define PICK(a) ((a)[draw(NELEM(a))])

static void
anybody(struct world *w)
{
	static const char *const country[] = { NULL, "US", "US", "US", "CA",
		"DE", "FR", "GB", "BR", "SE" };
	static const char *const region[] = { NULL, "CA", "FL", "TX", "PA",
		"RI", "ON", "NY" };
	static const char *const phone[] = { NULL, "+13055550100",
		"+18505550100", "+14165550100", "+18005550100",
		"+4915112345678", "+61255501000", "+12155550100" };
	static const char *const email[] = { NULL, "a@acme.com", "a@acme.de",
		"info@acme.fr", "bob@gmail.com", "x@y.co.uk" };
	static const char *const tz[] = { NULL, NULL, "Asia/Kathmandu",
		"America/Chicago", "Pacific/Kiritimati" };
	static const char *const basis[] = { NULL, "li", "consent", "li" };
	static const char *const yesno[] = { NULL, "1", "1", "0" };

	world(w, (enum fu_channel)draw(FU_CHANNEL_N), "2026-01-01T00:00:00Z");
	w->in.now_us += (int64_t)draw(366 * 86400) * FU_SECOND;
	w->person.f[FU_F_COUNTRY] = PICK(country);
	w->person.f[FU_F_REGION] = PICK(region);
	w->person.f[FU_F_PHONE] = PICK(phone);
	w->person.f[FU_F_EMAIL] = PICK(email);
	w->person.f[FU_F_TZ] = PICK(tz);
	w->person.f[FU_F_BASIS] = PICK(basis);
	w->person.f[FU_F_JOB_FIT] = PICK(yesno);
	if (draw(4) != 0)
		w->person.f[FU_F_SUBSCRIBER] = "corporate";
	if (draw(4) != 0)
		consent(w, w->touch.channel);
	w->ledger.consent[w->touch.channel].expires_us =
	    draw(4) == 0 ? w->in.now_us + (int64_t)draw(9) * FU_DAY : FU_NEVER;
	w->ledger.suppressed = draw(10) == 0;
	w->conf.law.unknown_strictest = draw(2) == 0;
	w->conf.law.states_all = draw(4) == 0;
	w->conf.law.tz_intersect = draw(2) == 0;
	w->conf.window.days = draw(2) == 0 ? 0x7f : 0x1f;
	w->conf.window.open_min = (int)draw(12) * 60;
	w->conf.window.close_min = w->conf.window.open_min + 60 +
	    (int)draw(11) * 60;
	w->conf.limits.gap_us = (int64_t)draw(4) * FU_DAY;
	w->conf.limits.day = (int)draw(3);
	w->in.nsent = draw(5);
	for (size_t i = 0; i < w->in.nsent; i++)
		w->sent[i] = (struct fu_sent_before){ w->in.now_us -
			(int64_t)(i + 1) * (int64_t)draw(30) * FU_HOUR / 2,
			FU_CH_SMS, (int64_t)i, draw(4) != 0 };
	for (size_t i = 1; i < w->in.nsent; i++)
		if (w->sent[i].at_us > w->sent[i - 1].at_us)
			w->sent[i].at_us = w->sent[i - 1].at_us;
	if (draw(5) == 0)
		w->in.ooo_until_us = w->in.now_us + (int64_t)draw(20) * FU_DAY;
	if (draw(5) == 0)
		w->in.pauses = (unsigned)draw(8);
}

static void
whatever_is_thrown_at_it(void **state)
{
	const char *given = getenv("FU_TEST_SEED");
	uint64_t first = given != NULL ? strtoull(given, NULL, 10) : 20261123;
	int n[4] = { 0 };

	(void)state;
	print_message("FU_TEST_SEED=%llu\n", (unsigned long long)first);
	seed = first;
	for (int i = 0; i < 20000; i++) {
		struct world w;
		struct fu_verdict v, again, later;
		int64_t now;

		anybody(&w);
		v = decide(&w);
		again = decide(&w);
		assert_memory_equal(&v, &again, sizeof(v));
		n[v.class]++;
		if (w.ledger.suppressed && w.touch.channel != FU_CH_TASK)
			assert_int_equal(FU_BLOCK, v.class);
		assert_int_equal(v.class == FU_DEFER, v.until_us != FU_NEVER);
		if (v.class == FU_DEFER) {
			now = w.in.now_us;
			assert_true(v.until_us > now);
			w.in.now_us = v.until_us;
			later = decide(&w);
			assert_int_not_equal(FU_DEFER, later.class);
			w.in.now_us = v.until_us - 1;
			later = decide(&w);
			assert_int_not_equal(FU_ALLOW, later.class);
			w.in.now_us = now;
		}
		if (v.class == FU_ALLOW) {
			/* What is stricter can only say less. */
			w.conf.law.states_all = true;
			if (decide(&w).class != FU_ALLOW)
				assert_int_equal(FU_R_QUIET_HOURS,
				    decide(&w).reason == FU_R_SEND_WINDOW
					? FU_R_QUIET_HOURS
					: decide(&w).reason);
		}
	}
	print_message("allow %d, defer %d, hold %d, block %d\n", n[0], n[1],
	    n[2], n[3]);
	for (int i = 0; i < 4; i++)
		assert_true(n[i] > 500);
}

static void
every_reason_has_its_words(void **state)
{
	(void)state;
	for (int i = 0; i < FU_REASON_N; i++) {
		assert_non_null(fu_reasons[i].name);
		assert_non_null(fu_reasons[i].rule);
		assert_non_null(fu_reasons[i].way_out);
	}
}

/* Under 5 microseconds a touch; the figures are printed, make bench judges. */
static void
cost_of(const char *what, struct world *w)
{
	int64_t t;
	int class = 0;

	(void)decide(w);
	t = fu_clock_monotonic_us();
	for (int i = 0; i < 20000; i++)
		class |= (int)fu_gate_decide(&w->in).class;
	t = fu_clock_monotonic_us() - t;
	print_message("%5.2f us  %-5s %s\n", (double)t / 20000,
	    fu_verdict_class_name((enum fu_verdict_class)class), what);
}

static void
what_it_costs(void **state)
{
	static struct world w[256];
	int64_t t;

	(void)state;
	mail_to(&w[0], "bob@acme.example", "US");
	w[0].person.f[FU_F_REGION] = "CA";
	cost_of("mail, US", &w[0]);
	mail_to(&w[0], "alice@corp.example", "FR");
	w[0].person.f[FU_F_JOB_FIT] = "1";
	cost_of("mail, FR", &w[0]);
	w[0].conf.window.days = 0x1f;
	w[0].conf.window.open_min = 510;
	w[0].conf.window.close_min = 540;
	cost_of("mail, FR, outside the window", &w[0]);
	text_to(&w[0], "+13055550100", "2026-11-23T18:00:00Z");
	cost_of("text, FL", &w[0]);
	w[0].person.f[FU_F_REGION] = "PA";
	w[0].person.f[FU_F_COUNTRY] = "US";
	cost_of("text, FL and PA", &w[0]);
	w[0].in.now_us = at("2026-11-26T05:00:00Z");
	cost_of("text, FL and PA, night before Thanksgiving", &w[0]);
	seed = 7;
	for (size_t i = 0; i < NELEM(w); i++) {
		anybody(&w[i]);
		w[i].in.now_us = at("2026-11-23T18:00:00Z");
		w[i].conf.window.open_min = 510;
		w[i].conf.window.close_min = 1050;
		(void)decide(&w[i]);
	}
	t = fu_clock_monotonic_us();
	for (int k = 0; k < 100; k++)
		for (size_t i = 0; i < NELEM(w); i++)
			(void)fu_gate_decide(&w[i].in);
	t = fu_clock_monotonic_us() - t;
	print_message("%5.2f us  mean of 256 of anybody\n",
	    (double)t / (100.0 * NELEM(w)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_reason_has_its_words),
		cmocka_unit_test(whole_gate),
		cmocka_unit_test(order_of_classes),
		cmocka_unit_test(windows_gaps_and_rates),
		cmocka_unit_test(tasks_chats_and_answers),
		cmocka_unit_test(rules_files_are_dated_and_understood),
		cmocka_unit_test(whatever_is_thrown_at_it),
		cmocka_unit_test(what_it_costs)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
