/*
 * The gate under CAN-SPAM: mail to people in the United States, each rule
 * under its id.
 */
#include "unit/policy/gate_world.h"

static void
american(struct world *w)
{
	mail_to(w, "bob@acme.example", "US");
	w->person.f[FU_F_BASIS] = NULL;
}

static void
CS_01_no_way_out_no_mail(void **state)
{
	struct world w;

	(void)state;
	american(&w);
	expect(&w, "allow");
	w.in.has_unsubscribe = false;
	expect(&w, "block no_unsub_mechanism - CS-01");
	/* Before it is composed nobody knows. */
	w.in.composed = false;
	expect(&w, "allow");
}

static void
CS_06_no_postal_address_no_mail(void **state)
{
	static const char *const none[] = { "", " ", NULL };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(none); i++) {
		american(&w);
		w.conf.company.postal_address = none[i];
		expect(&w, "block no_postal_address - CS-06");
		w.in.composed = false;
		expect(&w, "block no_postal_address - CS-06");
	}
	american(&w);
	w.in.has_postal_address = false; /* in one of its parts */
	expect(&w, "block no_postal_address - CS-06");
}

static void
CS_07_a_deceptive_subject_is_blocked(void **state)
{
	struct world w;

	(void)state;
	american(&w);
	w.in.subject_deceptive = true;
	expect(&w, "block subject_deceptive - CS-07");
}

static void
CS_10_harvested_and_guessed_addresses(void **state)
{
	static const char *const bad[] = { "scrape", "guess", "Scraped",
		"GUESSED", "harvested", " scrape " };
	static const char *const good[] = { "webinar", "guesthouse fair",
		"scrap metal expo", "a source whose name is longer than any "
		"word of the list could be" };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(bad); i++) {
		american(&w);
		w.person.f[FU_F_SOURCE] = bad[i];
		expect(&w, "block bad_source - CS-10");
	}
	for (size_t i = 0; i < NELEM(good); i++) {
		american(&w);
		w.person.f[FU_F_SOURCE] = good[i];
		expect(&w, "allow");
	}
	american(&w);
	w.person.f[FU_F_SOURCE] = NULL;
	expect(&w, "hold no_source - GD-06");
}

static void
CS_11_commercial_unless_said_otherwise(void **state)
{
	struct world w;

	(void)state;
	american(&w);
	assert_int_equal(FU_TC_COMMERCIAL, w.in.class);
	w.in.has_unsubscribe = false;
	expect(&w, "block no_unsub_mechanism - CS-01");
	/* A confirmation that was asked for needs no way out, but is no lie
	 * and has an address. */
	w.in.class = FU_TC_TRANSACTIONAL;
	expect(&w, "allow");
	w.in.subject_deceptive = true;
	expect(&w, "block subject_deceptive - CS-07");
	w.in.subject_deceptive = false;
	w.in.has_postal_address = false;
	expect(&w, "block no_postal_address - CS-06");
	w.ledger.suppressed = true;
	expect(&w, "block suppressed - CS-04");
}

static void
CS_12_a_suppression_counts_beside_a_consent(void **state)
{
	struct world w;

	(void)state;
	american(&w);
	/* Whether a consent is newer is the fold's; what it leaves standing
	 * stands. */
	consent(&w, FU_CH_EMAIL);
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "CS-04";
	expect(&w, "block suppressed - CS-04");
}

static void
CS_13_mail_that_becomes_a_text(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "4155550100@vtext.com", "US");
	expect(&w, "block no_consent - CS-13");
	consent(&w, FU_CH_EMAIL);
	expect(&w, "allow");
	w.ledger.consent[FU_CH_EMAIL].implied = true;
	expect(&w, "block no_consent - CS-13");
}

static void
EM_03_a_stream_without_good_standing(void **state)
{
	struct world w;

	(void)state;
	american(&w);
	w.in.auth_misaligned = true;
	expect(&w, "hold auth_misaligned - EM-03");
	american(&w);
	w.in.spam_rate_high = true;
	expect(&w, "hold spam_rate_high - EM-03");
	/* No promotion, no excuse: whatever leaves hurts the domain. */
	w.in.class = FU_TC_TRANSACTIONAL;
	expect(&w, "hold spam_rate_high - EM-03");
}

static void
EM_10_a_relay_without_smtputf8(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "jos\303\251@example.com", "US");
	expect(&w, "allow");
	w.in.smtputf8_unavailable = true;
	expect(&w, "block smtputf8_unavailable - EM-10");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(CS_01_no_way_out_no_mail),
		cmocka_unit_test(CS_06_no_postal_address_no_mail),
		cmocka_unit_test(CS_07_a_deceptive_subject_is_blocked),
		cmocka_unit_test(CS_10_harvested_and_guessed_addresses),
		cmocka_unit_test(CS_11_commercial_unless_said_otherwise),
		cmocka_unit_test(CS_12_a_suppression_counts_beside_a_consent),
		cmocka_unit_test(CS_13_mail_that_becomes_a_text),
		cmocka_unit_test(EM_03_a_stream_without_good_standing),
		cmocka_unit_test(EM_10_a_relay_without_smtputf8)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
