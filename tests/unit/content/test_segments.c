/* How many texts a network makes of one SMS [3GPP TS 23.038]. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/str.h"
#include "content/segments.h"

static void
SM_05_segments(void **state)
{
	static const struct {
		const char	*unit;
		int		 n, want;
	} cases[] = {
		{ "a", 0, 0 }, { "a", 1, 1 }, { "a", 160, 1 }, { "a", 161, 2 },
		{ "a", 306, 2 }, { "a", 307, 3 },
		/* Two septets each, never cut in two: 76 of them in 153. */
		{ "€", 80, 1 }, { "€", 81, 2 }, { "€", 152, 2 },
		{ "€", 153, 3 }, { "[", 81, 2 },
		/* In the GSM alphabet, though no ASCII. */
		{ "é", 160, 1 }, { "ß", 161, 2 }, { "Δ", 160, 1 },
		/* Not in it: 70, then 67 UTF-16 units. */
		{ "ç", 70, 1 }, { "ç", 71, 2 }, { "ç", 134, 2 },
		{ "ç", 135, 3 }, { "`", 71, 2 }, { "’", 71, 2 },
		/* Surrogate pairs stay together: 33 of them in 67. */
		{ "😀", 35, 1 }, { "😀", 36, 2 }, { "😀", 66, 2 },
		{ "😀", 67, 3 }
	};
	struct fu_buf buf;
	size_t i;
	int k;

	(void)state;
	fu_buf_init(&buf);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fu_buf_reset(&buf);
		fu_buf_puts(&buf, "");
		for (k = 0; k < cases[i].n; k++)
			fu_buf_puts(&buf, cases[i].unit);
		k = fu_sms_segments(buf.ptr != NULL ? buf.ptr : "");
		if (k != cases[i].want)
			fail_msg("%d x %s: %d", cases[i].n, cases[i].unit, k);
	}
	fu_buf_free(&buf);
}

/* The typographer's own; a letter that is not in the alphabet stays. */
static void
SM_05_plain_quotes_are_offered(void **state)
{
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	assert_string_equal(fu_sms_plain("It’s “a” – b… ç ⅓ x\xc2\xa0y", &arena),
	    "It's \"a\" - b... ç ⅓ x y");
	assert_string_equal(fu_sms_plain("", &arena), "");
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(SM_05_segments),
		cmocka_unit_test(SM_05_plain_quotes_are_offered),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
