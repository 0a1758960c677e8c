/*
 * By when an opt-out must have been honoured, and what else is in the rules
 * files for people rather than for the gate.
 */
#include "unit/policy/gate_world.h"

#include "policy/optout_due.h"

static void
due(const char *received, int days, const char *want)
{
	char got[FU_TIME_LEN];
	struct fu_date d;

	assert_int_equal(0, fu_date_parse(fu_str_of(received), &d, NULL));
	fu_date_print(fu_date_of_days(fu_optout_due(book, fu_date_days(d),
	    days)), got);
	if (strcmp(got, want) != 0)
		fail_msg("received %s, %d business days: expected %s, got %s",
		    received, days, want, got);
}

static void
CS_03_ten_business_days_after_it_came(void **state)
{
	(void)state;
	/* Friday 2026-07-03 stands in for the Fourth */
	due("2026-07-01", FU_OPTOUT_BUSINESS_DAYS, "2026-07-16");
	/* Thanksgiving, 2026-11-26 */
	due("2026-11-20", FU_OPTOUT_BUSINESS_DAYS, "2026-12-07");
	/* on a Saturday, and a holiday: the days after count alike */
	due("2026-02-07", FU_OPTOUT_BUSINESS_DAYS, "2026-02-23");
	due("2026-12-25", FU_OPTOUT_BUSINESS_DAYS, "2027-01-11");
	due("2026-03-02", 1, "2026-03-03");
	due("2026-03-02", 0, "2026-03-02");
}

static void
CS_03_without_holidays_it_is_due_sooner(void **state)
{
	struct fu_rulebook *none = fu_rulebook_new();
	struct fu_date d = { 2026, 7, 1 };
	char got[FU_TIME_LEN];

	(void)state;
	fu_date_print(fu_date_of_days(fu_optout_due(none, fu_date_days(d),
	    FU_OPTOUT_BUSINESS_DAYS)), got);
	assert_string_equal("2026-07-15", got);
	fu_rulebook_free(none);
}

static void
TC_04_the_same_count_for_a_stop(void **state)
{
	(void)state;
	due("2026-11-09", FU_OPTOUT_BUSINESS_DAYS, "2026-11-24");
}

static void
CCPA_01_fifteen_for_a_sale(void **state)
{
	(void)state;
	due("2026-11-20", FU_SALE_BUSINESS_DAYS, "2026-12-14");
}

/* Figures are dated data: each line has its law, its maximum and its source. */
static void
UK_01_and_other_penalties_are_data(void **state)
{
	static const char *const known[] = { "17529.5 |", "USD 1000 an email",
		"RCW 19.190 |", "USD 500 an email", "GBP 17500000 or 4 %",
		"CAD 10000000", "CAD 1000000 " };
	static char text[16384], line[512];
	FILE *f = fopen("templates/rules/penalties.txt", "r");
	size_t n;

	(void)state;
	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	for (size_t i = 0; i < NELEM(known); i++)
		if (strstr(text, known[i]) == NULL)
			fail_msg("expected \"%s\" in penalties.txt", known[i]);
	assert_non_null(strstr(text, "\ndate: 20"));
	assert_non_null(strstr(text, "\nsource: "));
	rewind(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		int bars = 0;

		if (line[0] == '#' || strchr(line, '|') == NULL)
			continue;
		for (const char *p = line; *p != '\0'; p++)
			bars += *p == '|';
		if (bars != 4 || (strstr(line, "| [V] ") == NULL &&
		    strstr(line, "| [K] ") == NULL))
			fail_msg("expected five columns and a source, got %s",
			    line);
	}
	fclose(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(CS_03_ten_business_days_after_it_came),
		cmocka_unit_test(CS_03_without_holidays_it_is_due_sooner),
		cmocka_unit_test(TC_04_the_same_count_for_a_stop),
		cmocka_unit_test(CCPA_01_fifteen_for_a_sale),
		cmocka_unit_test(UK_01_and_other_penalties_are_data)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
