/* Which sentences stand alone, as a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "content/standalone.h"

static const struct {
	const char *text, *alone;
} cases[] = {
	{ "Replies doubled in a quarter.", "Replies doubled in a quarter." },
	{ "Replies doubled in a quarter. Two reps did it. It was hard. Others "
	  "needed more time for that.",
	  "Replies doubled in a quarter. Two reps did it. It was hard." },
	/* what leans is passed over, in any language */
	{ "This doubled replies in a quarter. Two reps of eight did it alone.",
	  "Two reps of eight did it alone." },
	{ "However, replies fell.\nFor example in spring.\nIn May they came "
	  "back to ten percent.",
	  "In May they came back to ten percent." },
	{ "Dadurch stiegen die Antworten deutlich an. Zwei von acht "
	  "Vertretern reichten aus.",
	  "Zwei von acht Vertretern reichten aus." },
	/* headings, rows of tables, questions */
	{ "How it works\nDoes it work with yours?\nPlan | Price | Seats.\nThe "
	  "connector reads owners and stages every five minutes.",
	  "The connector reads owners and stages every five minutes." },
	/* sixty words at most, never a part of a sentence */
	{ "One two three four five six seven eight nine ten one two three four "
	  "five six seven eight nine ten one two three four five six seven "
	  "eight nine ten. One two three four five six seven eight nine ten "
	  "one two three four five six seven eight nine ten one two three four "
	  "five six seven eight nine ten one.",
	  "One two three four five six seven eight nine ten one two three four "
	  "five six seven eight nine ten one two three four five six seven "
	  "eight nine ten." },
	{ "Yes. No.", NULL },
	{ "A list of things without an end", NULL },
	{ "", NULL },
};

static void
test_table(void **state)
{
	struct fu_arena arena;
	const char *got;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		got = fu_standalone(fu_str_of(cases[i].text), &arena);
		if (cases[i].alone == NULL)
			assert_null(got);
		else {
			assert_non_null(got);
			assert_string_equal(got, cases[i].alone);
		}
	}
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
