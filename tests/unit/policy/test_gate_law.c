/*
 * The gate, law by law, under the ids of the rules: hours of the United
 * States, permission by country, and where people are.
 */
#include "unit/policy/gate_world.h"

static void
TC_08_quiet_hours_where_they_are(void **state)
{
	static const char *const t[][2] = {
		{ "2026-11-23T12:30:00Z",
		    "defer quiet_hours 2026-11-23T13:00:00Z TC-08" },
		{ "2026-11-24T01:59:59Z", "allow" },
		{ "2026-11-24T02:00:00Z",
		    "defer quiet_hours 2026-11-24T13:00:00Z TC-08" },
		/* clocks go on, and back */
		{ "2027-03-14T02:30:00Z",
		    "defer quiet_hours 2027-03-14T12:00:00Z" },
		{ "2026-11-01T11:00:00Z",
		    "defer quiet_hours 2026-11-01T13:00:00Z" } };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		text_to(&w, "+12125550100", t[i][0]);
		w.person.f[FU_F_DNC] = NULL;
		w.person.f[FU_F_DNC_CHECKED_AT] = NULL;
		expect(&w, t[i][1]);
	}
}

static void
TC_09_every_zone_that_it_may_be(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+18505550100", "2026-11-24T13:30:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T14:00:00Z");
	text_to(&w, "+18505550100", "2026-11-25T00:59:59Z");
	expect(&w, "allow");
	text_to(&w, "+18505550100", "2026-11-25T01:00:00Z");
	expect(&w, "defer quiet_hours 2026-11-25T14:00:00Z");
	text_to(&w, "+14155550100", "2026-11-23T13:30:00Z");
	w.person.f[FU_F_COUNTRY] = "US";
	w.person.f[FU_F_REGION] = "NY";
	expect(&w, "defer quiet_hours 2026-11-23T16:00:00Z TC-09");
	w.in.now_us = at("2026-11-24T01:59:59Z");
	expect(&w, "allow");
	w.in.now_us = at("2026-11-24T02:00:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T16:00:00Z");
	text_to(&w, "+18005550100", "2026-11-23T18:00:00Z");
	w.person.f[FU_F_COUNTRY] = "US";
	expect(&w, "hold tz_unknown - TC-09");
	w.conf.law.tz_intersect = true;
	/* 10:00 in Honolulu is 20:00Z; 18:00 in Puerto Rico is 22:00Z */
	expect(&w, "defer quiet_hours 2026-11-23T20:00:00Z");
	w.in.now_us = at("2026-11-23T21:59:59Z");
	expect(&w, "allow");
}

static void
ST_01_states(void **state)
{
	static const char *const t[][3] = {
		{ "+12155550100", "2026-11-25T00:00:00Z",
		    "defer quiet_hours 2026-11-25T14:00:00Z ST-01" },
		{ "+12155550100", "2026-11-26T15:00:00Z",
		    "defer quiet_hours 2026-11-27T14:00:00Z ST-01" },
		{ "+18015550100", "2026-11-23T15:30:00Z", "allow" },
		{ "+18015550100", "2026-11-29T18:00:00Z",
		    "defer quiet_hours 2026-11-30T15:00:00Z ST-01" },
		{ "+13135550100", "2026-11-23T13:30:00Z",
		    "defer quiet_hours 2026-11-23T14:00:00Z ST-01" },
		{ "+13055550100", "2026-11-24T01:15:00Z",
		    "defer quiet_hours 2026-11-24T13:00:00Z ST-01" },
		{ "+15125550100", "2026-11-29T16:30:00Z",
		    "defer quiet_hours 2026-11-29T18:00:00Z ST-01" },
		/* Good Friday, Flag Day's and Election Day's in Pennsylvania */
		{ "+12155550100", "2027-03-26T15:00:00Z",
		    "defer quiet_hours 2027-03-27T13:00:00Z ST-01" },
		{ "+12155550100", "2026-11-03T15:00:00Z",
		    "defer quiet_hours 2026-11-04T14:00:00Z ST-01" },
		/* Pioneer Day in Utah is a Saturday in 2027, Friday stands in */
		{ "+18015550100", "2027-07-23T18:00:00Z",
		    "defer quiet_hours 2027-07-26T14:00:00Z ST-01" },
		/* Mardi Gras in Louisiana */
		{ "+15045550100", "2027-02-09T18:00:00Z",
		    "defer quiet_hours 2027-02-10T14:00:00Z ST-01" } };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		text_to(&w, t[i][0], t[i][1]);
		w.person.f[FU_F_DNC] = w.person.f[FU_F_DNC_CHECKED_AT] = NULL;
		expect(&w, t[i][2]);
	}
	text_to(&w, "+12125550100", "2026-11-23T14:00:00Z");
	w.conf.law.states_all = true;
	expect(&w, "defer quiet_hours 2026-11-23T15:00:00Z ST-01");
}

static void
ST_02_caps(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+13055550100", "2026-11-23T17:00:00Z");
	for (int i = 0; i < 3; i++)
		w.sent[i] = (struct fu_sent_before){
			at("2026-11-23T16:00:00Z") - i * FU_HOUR, FU_CH_SMS, i,
			true };
	w.in.nsent = 3;
	expect(&w, "defer cap_reached 2026-11-24T14:00:00Z ST-02");
	w.sent[1].counts = false;
	expect(&w, "allow");
	w.conf.limits.day = 1;
	expect(&w, "defer cap_reached 2026-11-24T16:00:00Z P1.2");
}

static void
EP_01_countries(void **state)
{
	static const struct {
		const char *email, *country, *subscriber, *fit, *expect;
	} t[] = {
		{ "a@firma.example", "DE", "corporate", "1",
		    "block no_consent - EP-01" },
		{ "a@firma.de", "US", "corporate", "1",
		    "block no_consent - EP-01" },
		{ "a@startup.io", "US", NULL, NULL, "allow" },
		{ "alice@corp.example", "FR", "corporate", "1", "allow" },
		{ "alice@corp.example", "FR", NULL, "1", "allow" },
		{ "alice@corp.example", "FR", "corporate", "0",
		    "block no_consent - EP-01" },
		{ "alice@corp.example", "FR", "corporate", NULL,
		    "block no_consent - EP-01" },
		{ "alice@gmail.com", "FR", NULL, "1",
		    "block no_consent - EP-01" },
		{ "info@corp.example", "FR", NULL, NULL, "allow" },
		{ "info@corp.example", "DE", NULL, NULL,
		    "block no_consent - EP-01" },
		{ "bob@corp.example", "GB", "corporate", NULL, "allow" },
		{ "bob@corp.example", "GB", "individual", "1",
		    "block no_consent - EP-01" },
		{ "bob@corp.example", "GB", NULL, "1",
		    "block no_consent - EP-01" },
		{ "bo@corp.example", "SE", "corporate", NULL, "allow" },
		{ "x@corp.example", "BR", "corporate", "1",
		    "hold jurisdiction_unknown - EP-01" },
		{ "x@corp.example", "CA", "corporate", "1",
		    "block no_consent - CA-01" },
		{ "4155550100@vtext.com", "US", NULL, NULL,
		    "block no_consent - CS-13" } };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		mail_to(&w, t[i].email, t[i].country);
		w.person.f[FU_F_SUBSCRIBER] = t[i].subscriber;
		w.person.f[FU_F_JOB_FIT] = t[i].fit;
		print_message("%s %s\n", t[i].country, t[i].email);
		expect(&w, t[i].expect);
	}
	mail_to(&w, "x@corp.example", "BR");
	assert_string_equal("BR", decide(&w).detail);
	/* a consent, EP-02's sale, and what is less */
	mail_to(&w, "a@firma.example", "DE");
	consent(&w, FU_CH_EMAIL);
	w.person.f[FU_F_BASIS] = "consent";
	expect(&w, "allow");
	w.ledger.consent[FU_CH_EMAIL].complete = false;
	expect(&w, "block consent_incomplete - GD-03");
	w.ledger.consent[FU_CH_EMAIL].status = FU_C_PENDING;
	expect(&w, "block no_consent - EP-01");
	mail_to(&w, "a@firma.example", "DE");
	w.person.f[FU_F_BASIS] = "soft_optin";
	w.person.f[FU_F_SALE_AT] = "2026-05-01T00:00:00Z";
	expect(&w, "block no_consent - EP-02");
	w.person.f[FU_F_OPTOUT_OFFERED] = "1";
	expect(&w, "allow");
}

static void
the_rest_of_permission(void **state)
{
	static const char *eu[] = { "EU" }, *ch[] = { "email" };
	struct fu_processor relay = { "relay", "dpa-7", { ch, 1 }, { eu, 1 } };
	struct world w;

	(void)state;
	/* GD-01 */
	mail_to(&w, "a@corp.example", "FR");
	w.person.f[FU_F_JOB_FIT] = "1";
	w.person.f[FU_F_BASIS] = NULL;
	expect(&w, "block no_lawful_basis - GD-01");
	/* GD-02 */
	w.person.f[FU_F_BASIS] = "li";
	w.lia.next_review = (struct fu_date){ 2026, 10, 1 };
	expect(&w, "hold lia_missing - GD-02");
	w.lia.next_review = (struct fu_date){ 2026, 11, 23 };
	expect(&w, "allow");
	/* GD-05 */
	w.in.first_touch = true;
	w.in.carries_notice = false;
	expect(&w, "block notice_missing - GD-05");
	w.in.composed = false;
	expect(&w, "allow");
	w.conf.law.notice.authority = NULL;
	expect(&w, "block notice_missing - GD-05");
	w.person.f[FU_F_COLLECTED] = "direct";
	expect(&w, "allow");
	/* GD-12 */
	w.conf.channel[FU_CH_EMAIL].via = "smtp";
	expect(&w, "hold no_dpa - GD-12");
	w.conf.law.processor = &relay;
	w.conf.law.nprocessor = 1;
	expect(&w, "allow");
	w.conf.channel[FU_CH_EMAIL].via = "outbox";
	w.conf.law.nprocessor = 0;
	expect(&w, "allow");
	/* LG-02b: a withdrawal counts in the US too */
	mail_to(&w, "bob@acme.example", "US");
	w.ledger.consent[FU_CH_EMAIL].status = FU_C_REVOKED;
	expect(&w, "block no_consent - LG-02b");
	/* TC-01, TC-10, TC-11 */
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	expect(&w, "allow");
	w.ledger.consent[FU_CH_SMS].complete = false;
	expect(&w, "block consent_incomplete - TC-01");
	w.ledger.consent[FU_CH_SMS].status = FU_C_NONE;
	expect(&w, "block no_consent - TC-01");
	w.person.f[FU_F_DNC] = "listed";
	expect(&w, "block dnc_listed - TC-10");
	consent(&w, FU_CH_SMS);
	expect(&w, "allow");
	w.person.f[FU_F_DNC] = "clear";
	w.person.f[FU_F_DNC_CHECKED_AT] = "2026-10-22T17:00:00Z";
	expect(&w, "hold dnc_stale - TC-10");
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.ledger.consent[FU_CH_SMS].at_us = w.in.now_us - 91 * FU_DAY;
	expect(&w, "hold reassign_check - TC-11");
	w.person.f[FU_F_REASSIGNED_CHECKED_AT] = "2026-11-01T00:00:00Z";
	expect(&w, "allow");
	w.conf.channel[FU_CH_SMS].via = "twilio";
	expect(&w, "hold sender_unregistered - TC-14");
	/* CA-01 */
	mail_to(&w, "x@corp.example", "CA");
	w.ledger.consent[FU_CH_EMAIL] = (struct fu_consent_state){
		FU_C_GRANTED, false, true, at("2026-05-20T00:00:00Z"),
		at("2026-11-20T00:00:00Z") };
	expect(&w, "block consent_expired - CA-01");
	w.ledger.consent[FU_CH_EMAIL].expires_us = at("2026-11-24T00:00:00Z");
	expect(&w, "allow");
	/* WA-02, WA-03, WA-04 */
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
}

static void
zones_of_people(void **state)
{
	static const struct {
		const char *tz, *country, *region, *phone, *zone;
	} t[] = {
		{ "Asia/Tokyo", "US", "CA", NULL, "Asia/Tokyo" },
		{ NULL, "US", "CA", NULL, "America/Los_Angeles" },
		{ NULL, "US", "NY", "+14155550100", "America/New_York" },
		{ NULL, "US", "FL", "+13055550100", "America/New_York" },
		{ NULL, "US", "FL", NULL, NULL },
		{ NULL, "US", NULL, "+13055550100", "America/New_York" },
		{ NULL, "US", NULL, NULL, NULL },
		{ NULL, "DE", NULL, NULL, "Europe/Berlin" },
		{ NULL, "ES", NULL, NULL, NULL },
		{ NULL, "ES", NULL, "+34915550100", "Europe/Madrid" },
		{ NULL, NULL, NULL, "+819012345678", "Asia/Tokyo" },
		{ NULL, NULL, NULL, NULL, NULL } };
	struct fu_person p;
	const struct fu_zone *dublin = fu_zone_open("Europe/Dublin");
	bool known;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		const char *want = t[i].zone;
		const struct fu_zone *z;

		memset(&p, 0, sizeof(p));
		p.f[FU_F_TZ] = t[i].tz;
		p.f[FU_F_COUNTRY] = t[i].country;
		p.f[FU_F_REGION] = t[i].region;
		p.f[FU_F_PHONE] = t[i].phone;
		z = fu_gate_zone(book, &p, dublin, &known);
		assert_string_equal(want == NULL ? "Europe/Dublin" : want,
		    fu_zone_name(z));
		assert_int_equal(want != NULL, known);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(TC_08_quiet_hours_where_they_are),
		cmocka_unit_test(TC_09_every_zone_that_it_may_be),
		cmocka_unit_test(ST_01_states), cmocka_unit_test(ST_02_caps),
		cmocka_unit_test(EP_01_countries),
		cmocka_unit_test(the_rest_of_permission),
		cmocka_unit_test(zones_of_people)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
