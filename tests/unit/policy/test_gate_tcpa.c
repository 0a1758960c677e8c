/*
 * The gate over texts to North American numbers: federal rules and those of
 * the states, each under its id.  Every state counts by itself here, as with
 * `states: each`.
 */
#include "policy/jurisdiction.h"
#include "unit/policy/gate_world.h"

/* A registry that was not asked for, since a consent is there. */
static void
unasked(struct world *w, const char *phone, const char *now)
{
	text_to(w, phone, now);
	w->person.f[FU_F_DNC] = w->person.f[FU_F_DNC_CHECKED_AT] = NULL;
}

static void
TC_01_written_consent_with_all_its_parts(void **state)
{
	struct world w;

	(void)state;
	/* A number that somebody typed into a chat. */
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.ledger.consent[FU_CH_SMS].status = FU_C_NONE;
	expect(&w, "block no_consent - TC-01");
	/* A yes to a text that did not say "automated". */
	consent(&w, FU_CH_SMS);
	w.ledger.consent[FU_CH_SMS].complete = false;
	expect(&w, "block consent_incomplete - TC-01");
	w.ledger.consent[FU_CH_SMS].complete = true;
	expect(&w, "allow");
	/* None is inferred. */
	w.ledger.consent[FU_CH_SMS].implied = true;
	expect(&w, "block no_consent - TC-01");
}

static void
TC_05_a_confirmation_is_owed_at_night_too(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+13055550100", "2026-11-24T05:00:00Z");
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "TC-03";
	w.ledger.consent[FU_CH_SMS].status = FU_C_REVOKED;
	w.conf.limits.day = 1;
	w.sent[0] = (struct fu_sent_before){ w.in.now_us - FU_HOUR,
		FU_CH_SMS, 1, true };
	w.in.nsent = 1;
	w.in.class = FU_TC_SERVICE;
	expect(&w, "allow");
	w.ledger.complaint = true;
	expect(&w, "block complaint - EM-19");
	w.ledger.erased = true;
	expect(&w, "block erased - GD-09");
	w.ledger.complaint = w.ledger.erased = false;
	w.in.header_injection = true;
	expect(&w, "block header_injection - EM-09");
}

static void
TC_07_a_text_without_a_way_out(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.in.has_unsubscribe = false;
	expect(&w, "block no_unsub_mechanism - TC-07");
}

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
		    "defer quiet_hours 2027-03-14T12:00:00Z TC-08" },
		{ "2026-11-01T11:00:00Z",
		    "defer quiet_hours 2026-11-01T13:00:00Z TC-08" },
		{ "2026-11-01T12:59:59Z",
		    "defer quiet_hours 2026-11-01T13:00:00Z TC-08" },
		{ "2026-11-01T13:00:00Z", "allow" } };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		unasked(&w, "+12125550100", t[i][0]);
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
	/* 8:00 in San Francisco to 21:00 in New York */
	text_to(&w, "+14155550100", "2026-11-23T13:30:00Z");
	w.person.f[FU_F_COUNTRY] = "US";
	w.person.f[FU_F_REGION] = "NY";
	expect(&w, "defer quiet_hours 2026-11-23T16:00:00Z TC-09");
	w.in.now_us = at("2026-11-24T01:59:59Z");
	expect(&w, "allow");
	w.in.now_us = at("2026-11-24T02:00:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T16:00:00Z");
	/* An area code moves with its owner: Florida has two zones still. */
	text_to(&w, "+13055550100", "2026-11-24T13:30:00Z");
	w.person.f[FU_F_COUNTRY] = "US";
	w.person.f[FU_F_REGION] = "FL";
	expect(&w, "defer quiet_hours 2026-11-24T14:00:00Z");
	w.person.f[FU_F_TZ] = "America/New_York";
	expect(&w, "defer quiet_hours 2026-11-24T14:00:00Z");
}

static void
TC_09_a_number_that_says_no_place(void **state)
{
	static const char *const t[] = { "+18005550100", "+15005550100",
		"+16005550100", "+12005550100" };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		text_to(&w, t[i], "2026-11-23T18:00:00Z");
		w.person.f[FU_F_COUNTRY] = "US";
		expect_of(&w, t[i], "hold tz_unknown - TC-09");
		w.conf.law.tz_intersect = true;
		/* 10:00 in Honolulu is 20:00Z, in Adak too; 18:00 in Puerto
		 * Rico is 22:00Z */
		expect_of(&w, t[i],
		    "defer quiet_hours 2026-11-23T20:00:00Z");
		w.in.now_us = at("2026-11-23T21:59:59Z");
		expect_of(&w, t[i], "allow");
		w.in.now_us = at("2026-11-23T22:00:00Z");
		expect_of(&w, t[i],
		    "defer quiet_hours 2026-11-24T20:00:00Z");
	}
}

static void
TC_09_codes_in_two_zones(void **state)
{
	static const char *const codes[] = { "208", "986", "219", "270",
		"364", "308", "423", "541", "458", "574", "605", "606", "620",
		"701", "775", "785", "812", "930", "850", "906", "907",
		"928" };
	struct fu_jurisdiction j;
	struct fu_person p;
	char phone[16], none[128] = "";

	(void)state;
	for (size_t i = 0; i < NELEM(codes); i++) {
		memset(&p, 0, sizeof(p));
		snprintf(phone, sizeof(phone), "+1%s5550100", codes[i]);
		p.f[FU_F_PHONE] = phone;
		fu_jurisdiction_of(book, &p, &j);
		if (j.nzone < 2) {
			strcat(none, " ");
			strcat(none, codes[i]);
		}
	}
	if (none[0] != '\0')
		fail_msg("expected two zones or more, got one:%s", none);
}

static void
TC_10_the_registry_and_what_we_keep_ourselves(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.person.f[FU_F_DNC] = "listed";
	w.ledger.consent[FU_CH_SMS].status = FU_C_NONE;
	expect(&w, "block dnc_listed - TC-10");
	consent(&w, FU_CH_SMS);
	w.ledger.consent[FU_CH_SMS].complete = false;
	expect(&w, "block dnc_listed - TC-10");
	/* A signed permission excuses from the registry ... */
	w.ledger.consent[FU_CH_SMS].complete = true;
	expect(&w, "allow");
	/* ... never from our own list. */
	w.ledger.suppressed = true;
	w.ledger.suppressed_rule = "TC-10";
	expect(&w, "block suppressed - TC-10");
	/* Looked at 32 days ago, and 31. */
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.person.f[FU_F_DNC_CHECKED_AT] = "2026-10-22T18:00:00Z";
	expect(&w, "hold dnc_stale - TC-10");
	w.person.f[FU_F_DNC_CHECKED_AT] = "2026-10-23T18:00:00Z";
	expect(&w, "allow");
}

static void
TC_11_a_number_may_have_a_new_owner(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.ledger.consent[FU_CH_SMS].at_us = w.in.now_us - 90 * FU_DAY;
	expect(&w, "allow");
	w.ledger.consent[FU_CH_SMS].at_us = w.in.now_us - 91 * FU_DAY;
	expect(&w, "hold reassign_check - TC-11");
	w.person.f[FU_F_REASSIGNED_CHECKED_AT] = "2026-10-09T18:00:00Z";
	expect(&w, "allow");
	w.person.f[FU_F_REASSIGNED_CHECKED_AT] = "2026-10-09T17:59:59Z";
	expect(&w, "hold reassign_check - TC-11");
}

static void
TC_12_an_answer_to_help_needs_no_consent(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+13055550100", "2026-11-24T05:00:00Z");
	w.ledger.consent[FU_CH_SMS].status = FU_C_NONE;
	w.in.class = FU_TC_SERVICE;
	expect(&w, "allow");
}

static void
TC_03_what_nobody_decides_in_a_day_is_a_stop(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.in.doubt_us = at("2026-11-22T18:00:01Z");
	w.in.pauses = FU_PAUSE_REPLY;
	expect(&w, "hold reply_pending");
	w.in.doubt_us = at("2026-11-22T18:00:00Z");
	expect(&w, "block suppressed - TC-03");
}

static void
TC_14_a_registered_sender(void **state)
{
	struct world w;

	(void)state;
	text_to(&w, "+14155550100", "2026-11-23T18:00:00Z");
	w.conf.channel[FU_CH_SMS].via = "twilio";
	expect(&w, "hold sender_unregistered - TC-14");
	w.conf.channel[FU_CH_SMS].registered = "10dlc";
	expect(&w, "allow");
	/* Canada asks for toll-free numbers the same. */
	text_to(&w, "+14165550100", "2026-11-23T18:00:00Z");
	w.conf.channel[FU_CH_SMS].via = "twilio";
	expect(&w, "hold sender_unregistered - TC-14");
}

static void
ST_01_hours_of_states(void **state)
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
		{ "+12155550100", "2027-06-14T15:00:00Z",
		    "defer quiet_hours 2027-06-15T13:00:00Z ST-01" },
		/* Pioneer Day in Utah is a Saturday in 2027, Friday stands in */
		{ "+18015550100", "2027-07-23T18:00:00Z",
		    "defer quiet_hours 2027-07-26T14:00:00Z ST-01" },
		/* Mardi Gras in Louisiana */
		{ "+15045550100", "2027-02-09T18:00:00Z",
		    "defer quiet_hours 2027-02-10T14:00:00Z ST-01" } };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		unasked(&w, t[i][0], t[i][1]);
		expect(&w, t[i][2]);
	}
}

/* Is it open by ${hours} ("08-20", "-") at that instant, in that zone? */
static bool
open_in(const char *const hours[3], const struct fu_zone *zone, int64_t us)
{
	int32_t day;
	int hour = (int)(fu_zone_local_us(zone, us, &day) / FU_HOUR);
	int wd = fu_days_weekday(day);
	const char *h = hours[wd < 5 ? 0 : wd - 4];

	return (h[0] != '-' && hour >= atoi(h) && hour < atoi(h + 3));
}

/* Somebody of whom only the state is known: every zone of it counts. */
static void
state_hour(const char *region, const char *const hours[3], struct fu_date date,
    int hour)
{
	struct fu_jurisdiction j;
	bool open = true, got;
	struct world w;

	unasked(&w, "+18005550100", "2027-01-25T00:00:00Z");
	w.person.f[FU_F_COUNTRY] = "US";
	w.person.f[FU_F_REGION] = region;
	fu_jurisdiction_of(book, &w.person, &j);
	assert_true(j.nzone > 0);
	w.in.now_us = fu_zone_instant(j.zone[0], fu_date_days(date),
	    hour * 60);
	for (size_t i = 0; i < j.nzone; i++)
		open = open && open_in(hours, j.zone[i], w.in.now_us);
	got = decide(&w).class == FU_ALLOW;
	if (open != got)
		fail_msg("%s, %d January 2027, %d:00: expected %s, got %s",
		    region, date.day, hour, open ? "open" : "closed",
		    got ? "open" : "closed");
}

/* The table of the states, on a Monday, a Saturday and a Sunday. */
static void
ST_01_the_table(void **state)
{
	static const struct {
		const char *region, *week, *sat, *sun;	/* "08-20", "-" */
	} t[] = {
		{ "FL", "08-20", "08-20", "08-20" },
		{ "OK", "08-20", "08-20", "08-20" },
		{ "WA", "08-20", "08-20", "08-20" },
		{ "MD", "08-20", "08-20", "08-20" },
		{ "OR", "08-20", "08-20", "08-20" },
		{ "TX", "09-21", "09-21", "12-21" },
		{ "CT", "09-20", "09-20", "09-20" },
		{ "PA", "09-19", "09-19", "-" },
		{ "NJ", "08-21", "08-21", "08-21" },
		{ "MS", "08-20", "08-20", "-" },
		{ "MI", "09-21", "09-21", "09-21" },
		{ "RI", "09-18", "10-17", "-" },
		{ "VA", "08-21", "08-21", "08-21" },
		{ "AL", "08-20", "08-20", "-" },
		{ "LA", "08-20", "08-20", "-" },
		{ "MA", "08-20", "08-20", "08-20" },
		{ "WY", "08-20", "08-20", "08-20" },
		{ "NV", "09-20", "09-20", "09-20" },
		{ "KY", "10-21", "10-21", "10-21" },
		{ "MN", "09-21", "09-21", "09-21" },
		{ "NM", "09-21", "09-21", "09-21" },
		{ "IN", "09-20", "09-20", "09-20" },
		{ "SD", "09-21", "09-21", "-" },
		{ "UT", "08-21", "08-21", "-" },
		{ "CA", "08-21", "08-21", "08-21" },
		{ "GA", "08-21", "08-21", "08-21" },
		{ "IL", "08-21", "08-21", "08-21" },
		{ "NE", "08-21", "08-21", "08-21" },
		{ "NY", "08-21", "08-21", "08-21" },
		{ "NC", "08-21", "08-21", "08-21" },
		{ "OH", "08-21", "08-21", "08-21" },
		{ "TN", "08-21", "08-21", "08-21" } };
	/* 25, 30 and 31 January 2027; no holiday in any state */
	static const int8_t days[] = { 25, 30, 31 };

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++)
		for (size_t d = 0; d < NELEM(days); d++)
			for (int hour = 0; hour < 24; hour++)
				state_hour(t[i].region, (const char *const[]){
				    t[i].week, t[i].sat, t[i].sun },
				    (struct fu_date){ 2027, 1, days[d] },
				    hour);
}

static void
ST_01_all_states_at_once(void **state)
{
	static const char *const t[][2] = {
		{ "2026-11-23T14:00:00Z",
		    "defer quiet_hours 2026-11-23T15:00:00Z ST-01" },
		{ "2026-11-23T22:59:59Z", "allow" },
		{ "2026-11-23T23:00:00Z",
		    "defer quiet_hours 2026-11-24T15:00:00Z ST-01" },
		/* Thanksgiving, and Acadian Day behind it; a weekend */
		{ "2026-11-26T16:00:00Z",
		    "defer quiet_hours 2026-11-30T15:00:00Z ST-01" } };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		unasked(&w, "+12125550100", t[i][0]);
		w.conf.law.states_all = true;
		expect(&w, t[i][1]);
	}
}

static void
three_texts(struct world *w, const char *newest)
{
	for (int i = 0; i < 3; i++)
		w->sent[i] = (struct fu_sent_before){ at(newest) -
			i * FU_HOUR, FU_CH_SMS, i, true };
	w->in.nsent = 3;
}

static void
ST_02_three_in_any_24_hours(void **state)
{
	static const char *const capped[] = { "+13055550100", "+14055550100",
		"+14105550100", "+15035550100" };
	struct world w;

	(void)state;
	for (size_t i = 0; i < NELEM(capped); i++) {
		text_to(&w, capped[i], "2026-11-23T17:00:00Z");
		three_texts(&w, "2026-11-23T16:00:00Z");
		w.in.now_us = at("2026-11-23T17:00:00Z");
		if (i == 0)
			expect(&w,
			    "defer cap_reached 2026-11-24T14:00:00Z ST-02");
		else
			assert_int_equal(FU_DEFER, decide(&w).class);
	}
	/* Any number of theirs, any sender, WhatsApp too; no mail. */
	text_to(&w, "+13055550100", "2026-11-23T17:00:00Z");
	three_texts(&w, "2026-11-23T16:00:00Z");
	w.sent[1].channel = FU_CH_WHATSAPP;
	expect(&w, "defer cap_reached 2026-11-24T14:00:00Z ST-02");
	w.sent[1].channel = FU_CH_EMAIL;
	expect(&w, "allow");
	/* What does not count: a confirmation, a chat of theirs. */
	three_texts(&w, "2026-11-23T16:00:00Z");
	w.sent[1].counts = false;
	expect(&w, "allow");
	/* Then the hours again: a day after 00:30Z it is 19:30, and open; the
	 * operator's own cap is named by its own rule. */
	w.conf.limits.day = 1;
	expect(&w, "defer cap_reached 2026-11-24T16:00:00Z P1.2");
	/* No state's: no cap. */
	text_to(&w, "+12125550100", "2026-11-23T17:00:00Z");
	three_texts(&w, "2026-11-23T16:00:00Z");
	expect(&w, "allow");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(TC_01_written_consent_with_all_its_parts),
		cmocka_unit_test(TC_05_a_confirmation_is_owed_at_night_too),
		cmocka_unit_test(TC_07_a_text_without_a_way_out),
		cmocka_unit_test(TC_08_quiet_hours_where_they_are),
		cmocka_unit_test(TC_09_every_zone_that_it_may_be),
		cmocka_unit_test(TC_09_a_number_that_says_no_place),
		cmocka_unit_test(TC_09_codes_in_two_zones),
		cmocka_unit_test(
		    TC_10_the_registry_and_what_we_keep_ourselves),
		cmocka_unit_test(TC_11_a_number_may_have_a_new_owner),
		cmocka_unit_test(TC_12_an_answer_to_help_needs_no_consent),
		cmocka_unit_test(TC_03_what_nobody_decides_in_a_day_is_a_stop),
		cmocka_unit_test(TC_14_a_registered_sender),
		cmocka_unit_test(ST_01_hours_of_states),
		cmocka_unit_test(ST_01_the_table),
		cmocka_unit_test(ST_01_all_states_at_once),
		cmocka_unit_test(ST_02_three_in_any_24_hours)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
