/*
 * The gate: hours and limits together, tasks, chats and WhatsApp, and the
 * rules files that it reads.  Single laws are test_gate_canspam, _gdpr, _tcpa
 * and _casl, orders and reasons test_gate_reasons.
 */
#include "unit/policy/gate_world.h"

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
	expect(&w, "defer rate_limited 2026-11-23T12:01:00Z EM-03");
	/* The rules of bulk mail are none of a text's. */
	text_to(&w, "+13055550100", "2026-11-24T15:00:00Z");
	w.sender.gap_us = 90 * FU_SECOND;
	w.in.sender_last_us = w.in.now_us - 30 * FU_SECOND;
	expect(&w, "defer rate_limited 2026-11-24T15:01:00Z P1.2");
	w.sender.gap_us = 0;
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

/* In the United States too, and no other basis takes its place. */
static void
LG_02b_a_revoked_consent_blocks_its_channel(void **state)
{
	static const char *const basis[] = { "li", "consent", "soft_optin",
		"contract", "request", NULL };
	static const enum fu_channel text[] = { FU_CH_SMS, FU_CH_WHATSAPP };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(basis); i++) {
		mail_to(&w, "bob@acme.example", "US");
		w.person.f[FU_F_BASIS] = basis[i];
		w.ledger.consent[FU_CH_EMAIL].status = FU_C_REVOKED;
		expect(&w, "block no_consent - LG-02b");
		/* of that channel, and no other */
		w.ledger.consent[FU_CH_EMAIL].status = FU_C_NONE;
		w.ledger.consent[FU_CH_SMS].status = FU_C_REVOKED;
		expect(&w, "allow");
	}
	for (size_t i = 0; i < NELEM(text); i++) {
		text_to(&w, "+12125550100", "2026-11-23T18:00:00Z");
		w.touch.channel = text[i];
		w.ledger.consent[text[i]].status = FU_C_REVOKED;
		expect(&w, "block no_consent");
	}
}

static void
LG_03_a_ledger_that_cannot_be_believed(void **state)
{
	struct world w;

	(void)state;
	for (int ch = 0; ch < FU_CHANNEL_N; ch++)
		for (int class = 0; class <= FU_TC_SERVICE; class++) {
			world(&w, (enum fu_channel)ch, "2026-11-23T12:00:00Z");
			w.in.class = (enum fu_touch_class)class;
			w.ledger.broken = true;
			expect(&w, "hold ledger_error - LG-03");
		}
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
				"holiday x | someday\n" },
		{ "addresses.txt", "date: 2026-01-01\nsource: x\n"
				   "unlawfull | guess\n" } };
	struct fu_rulebook *b = fu_rulebook_new();
	struct fu_err err;

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++)
		assert_int_equal(-1, fu_rulebook_add(b, bad[i].name,
		    fu_str_of(bad[i].text), &err));
	assert_string_equal("addresses.txt:3:1: the kind is generic, role, "
	    "wireless or unlawful", err.msg);
	assert_int_equal(0, fu_rulebook_add(b, "rules/buying-intent.txt",
	    FU_STR("ready to move\n"), &err));
	assert_int_equal(0, strncmp("2026-11-23-", fu_rulebook_version(book),
	    11));
	fu_rulebook_free(b);
}

static void
whatsapp_windows_and_templates(void **state)
{
	struct world w;

	(void)state;
	world(&w, FU_CH_WHATSAPP, "2026-11-23T18:00:00Z");
	w.person.f[FU_F_PHONE] = "+14155550100";
	consent(&w, FU_CH_WHATSAPP);
	expect(&w, "block wa_us_marketing - WA-04");
	w.in.last_inbound_wa_us = w.in.now_us - FU_DAY + FU_SECOND;
	expect(&w, "allow");
	w.person.f[FU_F_PHONE] = "+4915112345678";
	w.person.f[FU_F_BASIS] = "consent";
	w.in.last_inbound_wa_us = w.in.now_us - FU_DAY;
	w.in.template = FU_TPL_NONE;
	expect(&w, "hold outside_window - WA-02");
	w.in.template = FU_TPL_UNAPPROVED;
	expect(&w, "hold template_not_approved - WA-03");
	w.in.template = FU_TPL_APPROVED;
	w.in.engagement_until_us = at("2026-11-24T18:00:00Z");
	expect(&w, "defer engagement_limited 2026-11-24T18:00:00Z WA-05");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(windows_gaps_and_rates),
		cmocka_unit_test(tasks_chats_and_answers),
		cmocka_unit_test(whatsapp_windows_and_templates),
		cmocka_unit_test(
		    LG_02b_a_revoked_consent_blocks_its_channel),
		cmocka_unit_test(LG_03_a_ledger_that_cannot_be_believed),
		cmocka_unit_test(rules_files_are_dated_and_understood)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
