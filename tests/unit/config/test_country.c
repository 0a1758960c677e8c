/*
 * Countries and states: those of the system's iso-codes, and no others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "config/country.h"
#include "record/place.h"

/* Each pair of capitals: known here when the system knows it. */
static void
test_all(void **state)
{
	struct fu_places *places;
	struct fu_err err;
	char code[6] = { 0 };
	int n = 0;

	(void)state;
	places = fu_places_open(FU_ISO_DIR, NULL, &err);
	assert_non_null(places);
	for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
		for (code[1] = 'A'; code[1] <= 'Z'; code[1]++) {
			if (fu_country_known(code) !=
			    (fu_country_name(places, code) != NULL ||
			    strcmp(code, "XK") == 0))
				fail_msg("%s", code);
			n += fu_country_known(code);
		}
	assert_true(n > 240);
	fu_places_close(places);
}

/* Known here, they are known there; the system may have more (districts). */
static void
test_states(void **state)
{
	static const char *const of[] = { "US", "CA" };
	struct fu_places *places;
	struct fu_err err;
	char code[6] = { 0 };
	int n = 0;

	(void)state;
	places = fu_places_open(FU_ISO_DIR, NULL, &err);
	assert_non_null(places);
	for (int i = 0; i < 2; i++) {
		memcpy(code, of[i], 2);
		code[2] = '-';
		for (code[3] = 'A'; code[3] <= 'Z'; code[3]++)
			for (code[4] = 'A'; code[4] <= 'Z'; code[4]++) {
				if (fu_state_known(code) !=
				    (fu_region_find(places, of[i],
				    fu_str_of(code)) != NULL))
					fail_msg("%s", code);
				n += fu_state_known(code);
			}
	}
	assert_int_equal(57 + 13, n);
	fu_places_close(places);
}

static void
test_none(void **state)
{
	static const char *const none[] = { "", "D", "de", "DEU", "UK", "EU",
		"ZZ", "E ", " D", "US-FL" };

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		assert_false(fu_country_known(none[i]));
		assert_int_equal(strcmp(none[i], "US-FL") == 0,
		    fu_state_known(none[i]));
	}
	assert_false(fu_state_known("US-ZZ"));
	assert_false(fu_state_known("US-"));
	assert_false(fu_state_known("DE-BY"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_none)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
