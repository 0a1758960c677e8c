/*
 * Where people are: the zone that plans are made in.
 */
#include "unit/policy/gate_world.h"

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

/* An hour that is inside the window wherever in the country they live. */
static void
hours_of_people_without_a_zone(void **state)
{
	static const struct {
		const char *country, *region, *phone, *zone;
		int nzone;	/* beside the first */
		const char *opens, *closes;
	} t[] = { { "US", NULL, NULL, "America/New_York", 4,
		      "2026-03-05T17:00:00Z", "2026-03-05T22:00:00Z" },
		{ "US", NULL, "+18505550100", NULL, 1,
		    "2026-03-05T15:00:00Z", "2026-03-05T22:00:00Z" },
		{ "US", "CA", NULL, "America/Los_Angeles", 0,
		    "2026-03-05T17:00:00Z", "2026-03-06T01:00:00Z" },
		{ "CA", NULL, NULL, "America/Toronto", 6,
		    "2026-03-05T17:00:00Z", "2026-03-05T20:30:00Z" },
		/* Eleven zones share no hour: ours. */
		{ "RU", NULL, NULL, "Europe/Dublin", 0,
		    "2026-03-05T09:00:00Z", "2026-03-05T17:00:00Z" } };
	struct fu_config config;
	struct fu_their_clock c;
	struct fu_person p;
	int32_t day = fu_date_days(
	    (struct fu_date){ .year = 2026, .month = 3, .day = 5 });
	int64_t us;

	(void)state;
	memset(&config, 0, sizeof(config));
	config.company.zone = fu_zone_open("Europe/Dublin");
	config.window = (struct fu_window){ .days = 0x1f, .open_min = 540,
		.close_min = 1020 };
	for (size_t i = 0; i < NELEM(t); i++) {
		memset(&p, 0, sizeof(p));
		p.f[FU_F_COUNTRY] = t[i].country;
		p.f[FU_F_REGION] = t[i].region;
		p.f[FU_F_PHONE] = t[i].phone;
		fu_gate_clock(book, &p, &config, &c);
		if (t[i].zone != NULL)
			assert_string_equal(t[i].zone, fu_zone_name(c.zone));
		assert_int_equal(t[i].nzone, c.window.nzone);
		fu_time_parse(fu_str_of(t[i].opens), &us, NULL);
		assert_int_equal(us, fu_window_opens(&c.window, c.zone, day));
		fu_time_parse(fu_str_of(t[i].closes), &us, NULL);
		assert_int_equal(us, fu_window_closes(&c.window, c.zone, day));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_of_people),
		cmocka_unit_test(hours_of_people_without_a_zone)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
