/*
 * The gate under CASL: people in Canada, each rule under its id.
 */
#include "unit/policy/gate_world.h"

static void
implied(struct world *w, enum fu_channel ch, const char *from,
    const char *until)
{
	w->ledger.consent[ch] = (struct fu_consent_state){ FU_C_GRANTED,
		false, true, at(from), at(until) };
}

static void
CA_01_consent_first_express_or_implied(void **state)
{
	struct world w;

	(void)state;
	mail_to(&w, "x@corp.example", "CA");
	expect(&w, "block no_consent - CA-01");
	/* An inquiry of 2026-05-20 counts for six months. */
	implied(&w, FU_CH_EMAIL, "2026-05-20T00:00:00Z",
	    "2026-11-20T00:00:00Z");
	expect(&w, "block consent_expired - CA-01");
	/* A purchase of 2024-11-24 for two years. */
	implied(&w, FU_CH_EMAIL, "2024-11-24T00:00:00Z",
	    "2026-11-24T00:00:00Z");
	expect(&w, "allow");
	w.in.now_us = at("2026-11-23T23:59:59Z");
	expect(&w, "allow");
	w.in.now_us = at("2026-11-24T00:00:00Z");
	expect(&w, "block consent_expired - CA-01");
	/* Express: as long as it stands. */
	mail_to(&w, "x@corp.example", "CA");
	consent(&w, FU_CH_EMAIL);
	expect(&w, "allow");
	w.ledger.consent[FU_CH_EMAIL].status = FU_C_REVOKED;
	expect(&w, "block no_consent");
	/* A published address has no end that the law names. */
	mail_to(&w, "x@corp.example", "CA");
	implied(&w, FU_CH_EMAIL, "2020-01-01T00:00:00Z",
	    "2020-01-01T00:00:00Z");
	w.ledger.consent[FU_CH_EMAIL].expires_us = FU_NEVER;
	expect(&w, "allow");
	/* The Canadian domain of somebody in the United States. */
	mail_to(&w, "x@corp.ca", "US");
	expect(&w, "block no_consent - CA-01");
}

static void
CA_02_who_it_is_from_and_a_way_out(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+14165550100", "2026-11-23T18:00:00Z");
	expect(&w, "allow");
	w.in.has_unsubscribe = false;
	expect(&w, "block no_unsub_mechanism");
	w.in.has_postal_address = false;
	expect(&w, "block no_postal_address");
	mail_to(&w, "x@corp.example", "CA");
	consent(&w, FU_CH_EMAIL);
	w.in.has_unsubscribe = false;
	expect(&w, "block no_unsub_mechanism");
	w.in.has_postal_address = false;
	expect(&w, "block no_postal_address");
}

/* The area code says whose law it is; a code that says nothing, both. */
static void
CA_02_plus_one_is_not_one_country(void **state)
{
	struct world w;

	(void)state;
	/* 20:45 in Toronto: open by either law, 21:00 no more by the US's */
	text_to(&w, "+14165550100", "2026-11-24T02:15:00Z"); /* 21:15 */
	expect(&w, "allow");
	text_to(&w, "+12125550100", "2026-11-24T02:15:00Z");
	expect(&w, "defer quiet_hours");
	/* Neither law is satisfied by what the other takes. */
	text_to(&w, "+18005550100", "2026-11-23T18:00:00Z");
	w.person.f[FU_F_TZ] = "America/Toronto";
	w.ledger.consent[FU_CH_SMS].complete = false;
	expect(&w, "block consent_incomplete - TC-01");
	w.ledger.consent[FU_CH_SMS].status = FU_C_NONE;
	expect(&w, "block no_consent - CA-01");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(CA_01_consent_first_express_or_implied),
		cmocka_unit_test(CA_02_who_it_is_from_and_a_way_out),
		cmocka_unit_test(CA_02_plus_one_is_not_one_country)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
