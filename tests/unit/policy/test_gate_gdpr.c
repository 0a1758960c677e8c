/*
 * The gate under GDPR and ePrivacy: people in the EU, the EEA and the United
 * Kingdom, each rule under its id.
 */
#include "unit/policy/gate_world.h"

/* A work address in France, whose job it fits: nothing is wrong. */
static void
french(struct world *w)
{
	mail_to(w, "alice@societe.example", "FR");
	w->person.f[FU_F_SUBSCRIBER] = "corporate";
	w->person.f[FU_F_JOB_FIT] = "1";
}

static const char *
text(const char *s)
{
	return (s != NULL ? s : "-");
}

static void
GD_01_a_lawful_basis(void **state)
{
	struct world w;

	(void)state;
	french(&w);
	expect(&w, "allow");
	w.person.f[FU_F_BASIS] = NULL;
	expect(&w, "block no_lawful_basis - GD-01");
	mail_to(&w, "eva@firma.example", "DE");
	w.person.f[FU_F_BASIS] = "";
	expect(&w, "block no_lawful_basis - GD-01");
	/* Withdrawn, then called something else: still withdrawn. */
	french(&w);
	w.ledger.consent[FU_CH_EMAIL].status = FU_C_REVOKED;
	expect(&w, "block no_consent - LG-02b");
	mail_to(&w, "eva@firma.example", "DE");
	w.ledger.consent[FU_CH_EMAIL].status = FU_C_REVOKED;
	expect(&w, "block no_consent");
}

static void
GD_02_an_assessment_in_scope_and_not_past_review(void **state)
{
	static const char *elsewhere[] = { "IE", "SE" };
	static const char *segment[] = { "enterprise" };
	struct world w;

	(void)state;
	french(&w);
	w.lia.next_review = (struct fu_date){ 2026, 10, 1 };
	expect(&w, "hold lia_missing - GD-02");
	w.lia.next_review = (struct fu_date){ 2026, 11, 23 }; /* today */
	expect(&w, "allow");
	w.lia.next_review = (struct fu_date){ 2026, 11, 22 };
	expect(&w, "hold lia_missing - GD-02");
	french(&w);
	w.lia.date = (struct fu_date){ 2026, 11, 24 };
	expect(&w, "hold lia_missing - GD-02");
	french(&w);
	w.lia.scope = (struct fu_list){ elsewhere, NELEM(elsewhere) };
	expect(&w, "hold lia_missing - GD-02");
	w.lia.scope = (struct fu_list){ segment, NELEM(segment) };
	expect(&w, "hold lia_missing - GD-02");
	w.person.f[FU_F_SEGMENT] = "enterprise";
	expect(&w, "allow");
	w.conf.law.nassessment = 0;
	expect(&w, "hold lia_missing - GD-02");
	/* Who consented is written to for that. */
	consent(&w, FU_CH_EMAIL);
	expect(&w, "allow");
	/* It covers no consumer where consent is asked for. */
	mail_to(&w, "eva@gmail.com", "DE");
	expect(&w, "block no_consent - EP-01");
}

static void
GD_03_a_consent_with_all_that_is_asked(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "eva@firma.example", "DE");
	w.person.f[FU_F_BASIS] = "consent";
	consent(&w, FU_CH_EMAIL);
	expect(&w, "allow");
	w.ledger.consent[FU_CH_EMAIL].complete = false;
	expect(&w, "block consent_incomplete - GD-03");
	/* One for another channel is none for this. */
	mail_to(&w, "eva@firma.example", "DE");
	w.person.f[FU_F_BASIS] = "consent";
	consent(&w, FU_CH_SMS);
	expect(&w, "block no_consent - EP-01");
	/* Who says "consent" must have one, in France too. */
	french(&w);
	w.person.f[FU_F_BASIS] = "consent";
	expect(&w, "block no_consent - EP-01");
}

static void
GD_04_a_withdrawal_counts_at_once(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "eva@firma.example", "DE");
	w.person.f[FU_F_BASIS] = "consent";
	consent(&w, FU_CH_EMAIL);
	expect(&w, "allow");
	w.ledger.consent[FU_CH_EMAIL].status = FU_C_REVOKED;
	expect(&w, "block no_consent");
}

static void
GD_05_the_notice_on_a_first_touch(void **state)
{
	static const char *const fields[] = { "privacy_notice", "purpose",
		"interest", "categories", "recipients", "authority" };
	struct world w;

	(void)state;
	french(&w);
	w.in.first_touch = true;
	expect(&w, "allow");
	w.in.carries_notice = false;
	expect(&w, "block notice_missing - GD-05");
	w.in.composed = false; /* fu-send puts it in */
	expect(&w, "allow");
	for (size_t i = 0; i < NELEM(fields); i++) {
		french(&w);
		w.in.first_touch = true;
		*(i == 0 ? &w.conf.company.privacy_notice :
		    i == 1 ? &w.conf.law.notice.purpose :
		    i == 2 ? &w.conf.law.notice.interest :
		    i == 3 ? &w.conf.law.notice.categories :
		    i == 4 ? &w.conf.law.notice.recipients :
		    &w.conf.law.notice.authority) = "";
		expect_of(&w, fields[i], "block notice_missing - GD-05");
		w.in.composed = false;
		expect_of(&w, fields[i], "block notice_missing - GD-05");
		/* Told when it was collected, or told since. */
		w.person.f[FU_F_COLLECTED] = "direct";
		expect_of(&w, fields[i], "allow");
		w.person.f[FU_F_COLLECTED] = "indirect";
		w.person.f[FU_F_NOTICE_AT] = "2026-10-20T00:00:00Z";
		expect_of(&w, fields[i], "allow");
		w.person.f[FU_F_NOTICE_AT] = NULL;
		expect_of(&w, fields[i], "block notice_missing - GD-05");
		w.in.first_touch = false;
		expect_of(&w, fields[i], "allow");
	}
}

static void
GD_06_from_where_nobody_knows(void **state)
{
	static const char *const none[] = { "", "  ", NULL };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(none); i++) {
		french(&w);
		w.person.f[FU_F_SOURCE] = none[i];
		expect(&w, "hold no_source - GD-06");
	}
}

static void
GD_09_who_was_erased_stays_erased(void **state)
{
	struct world w;

	(void)state;
	french(&w);
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "GD-09"; /* found by its hash */
	expect(&w, "block suppressed - GD-09");
	w.ledger.erased = true; /* a touch in flight */
	expect(&w, "block erased - GD-09");
}

static void
GD_10_an_objection_ends_every_channel(void **state)
{
	struct world w;

	(void)state;
	for (int ch = 0; ch < FU_CHANNEL_N; ch++) {
		world(&w, (enum fu_channel)ch, "2026-11-23T12:00:00Z");
		w.person.f[FU_F_COUNTRY] = "FR";
		w.person.f[FU_F_EMAIL] = "alice@societe.example";
		w.person.f[FU_F_PHONE] = "+33155501000";
		w.person.f[FU_F_BASIS] = "consent";
		consent(&w, (enum fu_channel)ch);
		expect(&w, "allow");
		w.ledger.objected = true;
		expect(&w, "block objected - GD-10");
	}
}

static void
GD_11_nobody_is_kept_for_ever(void **state)
{
	struct fu_retention keep = { "prospects", 365 * FU_DAY };
	struct world w;

	(void)state;
	french(&w);
	w.in.last_inbound_us = at("2023-11-20T00:00:00Z");
	expect(&w, "block retention_expired - GD-11");
	w.in.last_inbound_us = at("2023-11-24T00:00:00Z");
	expect(&w, "allow");
	/* Never a word of theirs: since it was collected. */
	french(&w);
	w.person.f[FU_F_COLLECTED_AT] = "2023-11-20T00:00:00Z";
	expect(&w, "block retention_expired - GD-11");
	w.in.last_inbound_us = at("2025-01-01T00:00:00Z");
	expect(&w, "allow");
	w.conf.retention = &keep;
	w.conf.nretention = 1;
	expect(&w, "block retention_expired - GD-11");
}

static void
GD_12_who_carries_it_has_a_contract(void **state)
{
	static const char *eu[] = { "EU" }, *us[] = { "US" };
	static const char *mail[] = { "email" };
	struct fu_processor relay = { "relay", "dpa-7", { mail, 1 },
		{ eu, 1 } };
	struct world w;

	(void)state;
	french(&w);
	w.conf.channel[FU_CH_EMAIL].via = "smtp";
	expect(&w, "hold no_dpa - GD-12");
	w.conf.law.processor = &relay;
	w.conf.law.nprocessor = 1;
	expect(&w, "allow");
	relay.dpa = "";
	expect(&w, "hold no_dpa - GD-12");
	relay.dpa = "dpa-7";
	relay.places = (struct fu_list){ us, 1 };
	expect(&w, "hold no_dpa - GD-12");
	w.conf.law.nprocessor = 0;
	w.conf.channel[FU_CH_EMAIL].via = "outbox"; /* stays in the house */
	expect(&w, "allow");
	mail_to(&w, "bob@acme.example", "US");
	w.conf.channel[FU_CH_EMAIL].via = "smtp";
	expect(&w, "allow");
}

static void
EP_01_consent_by_country(void **state)
{
	static const struct {
		const char *email, *country, *subscriber, *fit, *expect;
	} t[] = {
		{ "a@firma.example", "DE", "corporate", "1",
		    "block no_consent - EP-01" },
		{ "alice@corp.example", "FR", "corporate", "1", "allow" },
		{ "alice@corp.example", "FR", NULL, "1", "allow" },
		{ "alice@corp.example", "FR", "corporate", "0",
		    "block no_consent - EP-01" },
		{ "alice@corp.example", "FR", "corporate", NULL,
		    "block no_consent - EP-01" },
		{ "alice@gmail.com", "FR", NULL, "1",
		    "block no_consent - EP-01" },
		/* the strictest of all that is known */
		{ "a@firma.de", "US", "corporate", "1",
		    "block no_consent - EP-01" },
		{ "alice@societe.fr", "DE", "corporate", "1",
		    "block no_consent - EP-01" },
		/* domains that are sold everywhere say nothing */
		{ "a@startup.io", "US", NULL, NULL, "allow" },
		{ "a@startup.co", "US", NULL, NULL, "allow" },
		{ "a@startup.me", "US", NULL, NULL, "allow" },
		/* a desk is no person, where the law minds persons */
		{ "info@corp.example", "FR", NULL, NULL, "allow" },
		{ "sales@corp.example", "BE", NULL, NULL, "allow" },
		{ "jan@corp.example", "BE", "corporate", "1",
		    "block no_consent - EP-01" },
		{ "info@corp.example", "PT", NULL, NULL, "allow" },
		{ "rui@corp.example", "PT", "corporate", "1",
		    "block no_consent - EP-01" },
		{ "info@corp.example", "DE", NULL, NULL,
		    "block no_consent - EP-01" },
		{ "info@corp.example", "BG", NULL, NULL,
		    "block no_consent - EP-01" },
		{ "bo@corp.example", "SE", "corporate", NULL, "allow" },
		{ "bo@corp.example", "SE", "individual", NULL,
		    "block no_consent - EP-01" },
		{ "mia@corp.example", "FI", "corporate", "1", "allow" },
		{ "mia@corp.example", "FI", "corporate", NULL,
		    "block no_consent - EP-01" },
		{ "sean@corp.example", "IE", "corporate", "1", "allow" },
		{ "piet@corp.example", "NL", "corporate", "1",
		    "block no_consent - EP-01" },
		/* a country whose law nobody has read */
		{ "x@corp.example", "BR", "corporate", "1",
		    "hold jurisdiction_unknown - EP-01" },
		{ "x@corp.example", "IN", "corporate", "1",
		    "hold jurisdiction_unknown - EP-01" },
		{ "x@corp.com.au", NULL, "corporate", "1",
		    "hold jurisdiction_unknown - EP-01" } };
	struct world w;
	char row[128];

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		mail_to(&w, t[i].email, t[i].country);
		w.person.f[FU_F_SUBSCRIBER] = t[i].subscriber;
		w.person.f[FU_F_JOB_FIT] = t[i].fit;
		snprintf(row, sizeof(row), "%s in %s, %s, fit %s", t[i].email,
		    text(t[i].country), text(t[i].subscriber),
		    text(t[i].fit));
		expect_of(&w, row, t[i].expect);
	}
	mail_to(&w, "x@corp.example", "BR");
	assert_string_equal("BR", decide(&w).detail);
	w.conf.law.unknown_strictest = true;
	expect(&w, "block no_consent");
}

static void
EP_01_opt_in_countries_one_by_one(void **state)
{
	static const char *const codes[] = { "DE", "AT", "DK", "IT", "RO",
		"PL", "BE", "ES", "NL", "NO", "CH", "CZ", "SK", "SI", "HR",
		"BG", "GR", "LU", "MT", "CY", "IS", "EE", "LV", "LT", "PT",
		"HU" };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(codes); i++) {
		mail_to(&w, "anna.maria@corp.example", codes[i]);
		w.person.f[FU_F_SUBSCRIBER] = "corporate";
		w.person.f[FU_F_JOB_FIT] = "1";
		expect_of(&w, codes[i], "block no_consent - EP-01");
		w.person.f[FU_F_BASIS] = "consent";
		consent(&w, FU_CH_EMAIL);
		expect_of(&w, codes[i], "allow");
	}
}

static void
EP_01_texts_are_electronic_mail(void **state)
{
	static const enum fu_channel texts[] = { FU_CH_SMS, FU_CH_WHATSAPP };
	static const char *const phone[] = { "+4915112345678", "+33612345678",
		"+447700900461" };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(phone) * NELEM(texts); i++) {
		world(&w, texts[i % 2], "2026-11-23T12:00:00Z");
		w.person.f[FU_F_PHONE] = phone[i / 2];
		w.person.f[FU_F_BASIS] = "li";
		w.person.f[FU_F_SUBSCRIBER] = "corporate";
		w.person.f[FU_F_JOB_FIT] = "1";
		expect(&w, "block no_consent");
		consent(&w, texts[i % 2]);
		w.person.f[FU_F_BASIS] = "consent";
		expect(&w, "allow");
	}
}

static void
EP_02_an_address_from_a_sale(void **state)
{
	static const char *const country[] = { "DE", "GB", "CH" };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(country); i++) {
		mail_to(&w, "a@corp.example", country[i]);
		w.person.f[FU_F_BASIS] = "soft_optin";
		w.person.f[FU_F_SALE_AT] = "2026-05-01T00:00:00Z";
		w.person.f[FU_F_OPTOUT_OFFERED] = "0";
		expect(&w, "block no_consent - EP-02");
		w.person.f[FU_F_OPTOUT_OFFERED] = NULL;
		expect(&w, "block no_consent - EP-02");
		w.person.f[FU_F_OPTOUT_OFFERED] = "1";
		expect(&w, "allow");
		w.person.f[FU_F_SALE_AT] = "2027-10-01T00:00:00Z";
		expect(&w, "block no_consent - EP-02"); /* not yet */
		w.person.f[FU_F_SALE_AT] = NULL;
		expect(&w, "block no_consent - EP-02");
	}
}

static void
EP_03_pending_is_no_consent(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "eva@firma.example", "DE");
	w.person.f[FU_F_BASIS] = "consent";
	consent(&w, FU_CH_EMAIL);
	w.ledger.consent[FU_CH_EMAIL].status = FU_C_PENDING;
	expect(&w, "block no_consent - EP-01");
	/* The mail that asks for the click is owed, and sells nothing. */
	w.in.class = FU_TC_SERVICE;
	expect(&w, "allow");
}

static void
UK_01_companies_and_everybody_else(void **state)
{
	static const struct {
		const char *email, *subscriber, *fit, *expect;
	} t[] = {
		{ "bob@corp.example", "corporate", NULL, "allow" },
		{ "bob@corp.example", "corporate", "1", "allow" },
		{ "bob@corp.example", "corporate", "0",
		    "block no_consent - EP-01" },
		/* a sole trader, a partnership */
		{ "bob@corp.example", "individual", "1",
		    "block no_consent - EP-01" },
		{ "bob@corp.example", NULL, "1", "block no_consent - EP-01" },
		{ "bob@gmail.com", "corporate", "1",
		    "block no_consent - EP-01" },
		{ "info@corp.example", NULL, NULL, "allow" },
		{ "bob@corp.co.uk", "corporate", NULL, "allow" } };
	struct world w;
	char row[128];

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		mail_to(&w, t[i].email, "GB");
		w.person.f[FU_F_SUBSCRIBER] = t[i].subscriber;
		w.person.f[FU_F_JOB_FIT] = t[i].fit;
		snprintf(row, sizeof(row), "%s, %s, fit %s", t[i].email,
		    text(t[i].subscriber), text(t[i].fit));
		expect_of(&w, row, t[i].expect);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(GD_01_a_lawful_basis),
		cmocka_unit_test(
		    GD_02_an_assessment_in_scope_and_not_past_review),
		cmocka_unit_test(GD_03_a_consent_with_all_that_is_asked),
		cmocka_unit_test(GD_04_a_withdrawal_counts_at_once),
		cmocka_unit_test(GD_05_the_notice_on_a_first_touch),
		cmocka_unit_test(GD_06_from_where_nobody_knows),
		cmocka_unit_test(GD_09_who_was_erased_stays_erased),
		cmocka_unit_test(GD_10_an_objection_ends_every_channel),
		cmocka_unit_test(GD_11_nobody_is_kept_for_ever),
		cmocka_unit_test(GD_12_who_carries_it_has_a_contract),
		cmocka_unit_test(EP_01_consent_by_country),
		cmocka_unit_test(EP_01_opt_in_countries_one_by_one),
		cmocka_unit_test(EP_01_texts_are_electronic_mail),
		cmocka_unit_test(EP_02_an_address_from_a_sale),
		cmocka_unit_test(EP_03_pending_is_no_consent),
		cmocka_unit_test(UK_01_companies_and_everybody_else)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
