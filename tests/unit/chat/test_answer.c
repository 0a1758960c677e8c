/* Answers cut out of passages, as a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "chat/answer.h"

static const char plans[] =
    "Start is for up to 150 prospects. It has one team.\n"
    "Team is for up to 800 prospects and ten teams. It has all channels. "
    "Approvals are part of it.\n"
    "Plan | Price | Seats\n"
    "What about tax? Prices are without tax.";

static const struct {
	const char	*name, *query, *text, *heading, *summary;
	size_t		 sentences, max;
	const char	*want;
} rows[] = {
	{ "the sentences that say it, and what goes on with them",
	    "how many prospects and channels does team have", plans, "", NULL,
	    3, 400, "Team is for up to 800 prospects and ten teams. It has "
	    "all channels. Approvals are part of it." },
	{ "no more than so many", "team channels", plans, "", NULL, 1, 400,
	    "Team is for up to 800 prospects and ten teams." },
	{ "nothing is cut within a sentence", "team", plans, "", NULL, 3, 50,
	    "Team is for up to 800 prospects and ten teams." },
	{ "nothing at all", "team", plans, "", NULL, 3, 5, NULL },
	{ "a question of the text is no answer", "is there tax", plans, "",
	    NULL, 3, 400, "Prices are without tax." },
	{ "the heading, where it has what they asked", "price of start",
	    "It has one team. Up to 150 prospects are part of it.",
	    "Start: price 290", NULL, 3, 400,
	    "Start: price 290: Up to 150 prospects are part "
	    "of it." },
	{ "the summary, where it says as much", "cost of plans", plans, "",
	    "Plans cost from 290 euros.", 3, 400,
	    "Plans cost from 290 euros." },
	{ "an empty text", "cost", "", "", NULL, 3, 400, NULL },
};

static void
answers_are_whole_sentences(void **state)
{
	struct fu_terms	*terms = fu_terms_new();
	struct fu_arena	 arena;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fu_chat_source	 source = { rows[i].text,
			rows[i].heading, rows[i].summary };
		const char		*got = fu_chat_answer(terms,
		    fu_str_of(rows[i].query), &source, rows[i].sentences,
		    rows[i].max, &arena);

		if (!fu_streq(got, rows[i].want))
			fail_msg("%s: \"%s\", expected \"%s\"", rows[i].name,
			    got == NULL ? "nothing" : got,
			    rows[i].want == NULL ? "nothing" : rows[i].want);
	}
	fu_arena_free(&arena);
	fu_terms_free(terms);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_whole_sentences),
	};

	return (cmocka_run_group_tests_name("chat/answer", tests, NULL,
	    NULL));
}
