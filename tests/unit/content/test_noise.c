/* Phrases without content. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "content/noise.h"

static void
test_noise(void **state)
{
	static const char *item[] = { "just checking in", "touch base",
		"circle back", "hope you're well" };
	static const struct {
		const char *text, *phrase;
	} cases[] = {
		{ "I am Just  checking\nin, Ann.", "just checking in" },
		{ "We adjust checking in tools", NULL },
		{ "touch baseline", NULL },
		{ "Let us touch-base!", "touch base" },
		{ "Hope you’re well", "hope you're well" },
		{ "ＴＯＵＣＨ ＢＡＳＥ", "touch base" },
		{ "", NULL },
		{ NULL, NULL }
	};
	struct fu_list phrases = { item, 4 };
	const char *got;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		got = fu_noise_find(&phrases, cases[i].text);
		if (cases[i].phrase == NULL)
			assert_null(got);
		else {
			assert_non_null(got);
			assert_string_equal(got, cases[i].phrase);
		}
	}
	assert_null(fu_noise_find(NULL, "touch base"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_noise) };

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
