/* The head of a rules file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/dated.h"

static void
test_dated(void **state)
{
	static const struct {
		const char	*text;
		bool		 given, valid, source;
		int		 line, col;
	} cases[] = {
		{ "# date: 2026-11-23\n# source: us\n", true, true, true, 1, 9 },
		{ "x\ndate: 2026-11-23\nsource: us", true, true, true, 2, 7 },
		{ "date: \"2026-11-23\"   \nsource: ''\n", true, true, false,
		    1, 8 },
		{ "#date: 2026-11-23  # checked\n", true, true, false, 1, 8 },
		{ "date: 2026-11-31\n", true, false, false, 1, 7 },
		{ "date:\n", true, false, false, 1, 6 },
		{ "\xef\xbb\xbf" "date: 2026-11-23\n", true, true, false, 1,
		    7 },
		/* The first counts; one further in is a rule's. */
		{ "date: 2026-11-23\ndate: never\n", true, true, false, 1, 7 },
		{ "  date: 2026-11-23\n  - { date: 2026-11-23 }\n", false,
		    false, false, 0, 0 },
		{ "# updated: 2026-11-23\nmy source: x\n", false, false, false,
		    0, 0 },
		{ "", false, false, false, 0, 0 }
	};
	struct fu_dated d;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fu_dated_read(fu_str_of(cases[i].text), &d);
		if (d.given != cases[i].given || d.valid != cases[i].valid ||
		    d.source != cases[i].source || d.line != cases[i].line ||
		    d.col != cases[i].col)
			fail_msg("%s: %d %d %d %d:%d", cases[i].text, d.given,
			    d.valid, d.source, d.line, d.col);
		if (d.valid)
			assert_int_equal(d.day, fu_date_days((struct fu_date){
			    2026, 11, 23 }));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_dated) };

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
