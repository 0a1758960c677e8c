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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_of_people)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
