/*
 * Ten persons, each with all that is known of them, and what the gate says:
 * the whole of it, with the clock fixed, a window that is always open, no gap
 * and every state by itself.
 */
#include "unit/policy/gate_world.h"

static void
WG_01_a_florida_evening(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+13055550100", "2026-11-24T01:15:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T13:00:00Z ST-01");
}

static void
WG_02_the_same_a_second_after_a_stop(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+13055550100", "2026-11-24T01:15:00Z");
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "TC-03";
	expect(&w, "block suppressed - TC-03");
}

static void
WG_03_germany_without_consent(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "eva.muster@firma.example", "DE");
	w.person.f[FU_F_SUBSCRIBER] = "corporate";
	expect(&w, "block no_consent - EP-01");
}

static void
WG_04_france_on_legitimate_interest(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "alice.durand@societe.example", "FR");
	w.person.f[FU_F_JOB_FIT] = "1";
	w.in.first_touch = true;
	expect(&w, "allow");
}

static void
WG_05_a_subject_that_answers_nothing(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "bob@acme.example", "US");
	w.in.subject_deceptive = true;
	expect(&w, "block subject_deceptive - CS-07");
}

static void
WG_06_a_cap_that_ends_in_quiet_hours(void **state)
{
	struct world w;

	(void)state;
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
}

static void
WG_07_whatsapp_with_the_wrong_consent(void **state)
{
	struct world w;

	(void)state;
	world(&w, FU_CH_WHATSAPP, "2026-11-23T12:00:00Z");
	w.person.f[FU_F_PHONE] = "+4915112345678";
	w.person.f[FU_F_BASIS] = "consent";
	w.in.template = FU_TPL_APPROVED;
	consent(&w, FU_CH_WHATSAPP);
	expect(&w, "allow");
	w.ledger.consent[FU_CH_WHATSAPP].status = FU_C_NONE;
	consent(&w, FU_CH_SMS);
	expect(&w, "block no_consent - WA-01");
}

static void
WG_08_nobody_knows_where(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "x@acme.com", NULL);
	expect(&w, "hold jurisdiction_unknown");
	w.conf.law.unknown_strictest = true;
	expect(&w, "block no_consent");
}

static void
WG_09_a_ledger_that_cannot_be_read(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "bob@acme.example", "US");
	w.ledger.broken = true;
	expect(&w, "hold ledger_error - LG-03");
	/* Nothing else can be known then. */
	w.ledger.suppressed = w.ledger.erased = true;
	w.in.header_injection = true;
	expect(&w, "hold ledger_error - LG-03");
}

/* That the store finds them by the hash is store/ledger's test. */
static void
WG_10_erased_and_imported_again(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "Bob+x@ACME.example", "US");
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "GD-09";
	expect(&w, "block suppressed - GD-09");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(WG_01_a_florida_evening),
		cmocka_unit_test(WG_02_the_same_a_second_after_a_stop),
		cmocka_unit_test(WG_03_germany_without_consent),
		cmocka_unit_test(WG_04_france_on_legitimate_interest),
		cmocka_unit_test(WG_05_a_subject_that_answers_nothing),
		cmocka_unit_test(WG_06_a_cap_that_ends_in_quiet_hours),
		cmocka_unit_test(WG_07_whatsapp_with_the_wrong_consent),
		cmocka_unit_test(WG_08_nobody_knows_where),
		cmocka_unit_test(WG_09_a_ledger_that_cannot_be_read),
		cmocka_unit_test(WG_10_erased_and_imported_again)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
