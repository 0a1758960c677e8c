/*
 * A month from one day to the next, as calendars have them.
 */
#include "unit/policy/gate_world.h"

#include "policy/notice_due.h"

static void
GD_05_a_month_clipped(void **state)
{
	static const char *const t[][2] = {
		{ "2027-01-31", "2027-02-28" }, { "2028-01-31", "2028-02-29" },
		{ "2027-01-28", "2027-02-28" }, { "2026-11-27", "2026-12-27" },
		{ "2026-12-31", "2027-01-31" }, { "2026-03-31", "2026-04-30" },
		{ "2027-02-28", "2027-03-28" } };
	char text[FU_TIME_LEN];
	struct fu_date d;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		assert_int_equal(0, fu_date_parse(fu_str_of(t[i][0]), &d,
		    NULL));
		assert_string_equal(t[i][1], fu_date_print(fu_date_of_days(
		    fu_notice_due(fu_date_days(d))), text));
	}
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(GD_05_a_month_clipped)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
