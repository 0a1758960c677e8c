/* Answers cut out of documents, as tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "chat/answer.h"
#include "chat/figures.h"

#define PARTS_MAX 30

static const char plans[] =
    "Start is for up to 150 prospects. It has one team.\n"
    "Team\n"
    "Up to 800 prospects and ten teams. It has all channels. Approvals are "
    "part of it.\n"
    "Tax\n"
    "What about tax? Prices are without tax.";

static const char list[] =
    "We need this:\n"
    "A list of the vehicles\n"
    "The keys\n"
    "How long\n"
    "Ten working days after the order.";

static const char table[] =
    "| Plan | Price | In it | |---|---|---| | Basic | 9 euros | Map | "
    "| Plus | 14 euros | Basic, scores |";

static const char rows_of_html[] =
    "Plan | Price\nBasic | 9 euros\nPlus | 14 euros";

static const struct {
	const char	*name, *query, *text, *heading, *title, *summary;
	size_t		 sentences, max;
	const char	*want;
} rows[] = {
	{ "the sentences that say it, and what goes on with them",
	    "which approvals and channels", plans, "", NULL, NULL, 3, 400,
	    "Up to 800 prospects and ten teams. It has all channels. "
	    "Approvals are part of it." },
	{ "no more than so many", "start prospects", plans, "", NULL, NULL, 1,
	    400, "Start is for up to 150 prospects." },
	{ "nothing is cut within a sentence", "start prospects team", plans,
	    "", NULL, NULL, 3, 40, "Start is for up to 150 prospects." },
	{ "nothing at all", "start", plans, "", NULL, NULL, 3, 5, NULL },
	{ "a question of the text is no answer", "is there tax", plans, "",
	    NULL, NULL, 3, 400, "Prices are without tax." },
	{ "the limit that holds for their number", "for 500 prospects", plans,
	    "", NULL, NULL, 1, 400, "Up to 800 prospects and ten teams." },
	{ "and for a smaller one", "for 90 prospects", plans, "", NULL, NULL,
	    1, 400, "Start is for up to 150 prospects." },
	{ "the heading, where it has what they asked", "the price of start",
	    "Up to 150 prospects are part of it.", "Start: price 290", NULL,
	    NULL, 3, 400,
	    "Start: price 290. Up to 150 prospects are part of it." },
	{ "the summary, where the title says what is asked", "costs",
	    "One team, and a fee for the second one.", "", "What it costs",
	    "Plans begin at 290 euros.", 3, 400,
	    "Plans begin at 290 euros." },
	{ "a list with what stands before it", "which keys", list, "", NULL,
	    NULL, 3, 400,
	    "We need this: A list of the vehicles; The keys." },
	{ "what stands below a heading of the passage", "how long", list, "",
	    NULL, NULL, 3, 400,
	    "How long: Ten working days after the order." },
	{ "the row of a table by its name", "price of plus", table, "", NULL,
	    NULL, 3, 400,
	    "Plus: Price: 14 euros; In it: Basic, scores." },
	{ "rows on lines of their own", "price of basic", rows_of_html, "",
	    NULL, NULL, 3, 400, "Basic: Price: 9 euros." },
	{ "an empty text", "cost", "", "", NULL, NULL, 3, 400, NULL },
};

/* Each word once, all of one weight. */
static void
weigh(struct fu_terms *terms, const char *text, struct fu_arena *arena,
    struct fu_weighed *w)
{
	struct fu_str	 word;
	size_t		 at = 0;

	memset(w, 0, sizeof(*w));
	w->tongue = FU_TONGUE_EN;
	w->part = fu_alloc_array(arena, PARTS_MAX, sizeof(*w->part));
	while (fu_word_next(fu_str_of(text), &at, &word)) {
		struct fu_term_run	 run = { 0 };
		struct fu_weighed_part	*p = &w->part[w->n];

		fu_terms_read(terms, word, w->tongue, &run);
		if (run.n == 1) {
			p->weight = 1;
			p->n = 1;
			p->way = fu_alloc(arena, sizeof(*p->way));
			p->way->n = 1;
			p->way->share = 1;
			p->way->term[0] = run.term[0];
			w->n++;
		}
		fu_term_run_free(&run);
	}
}

static void
answers_are_whole_sentences(void **state)
{
	struct fu_terms	*terms = fu_terms_new();
	struct fu_arena	 arena;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fu_passage_row	 passage = { .heading =
			rows[i].heading, .text = rows[i].text };
		struct fu_chat_source	 source = { &passage, 1,
			rows[i].title, rows[i].summary };
		struct fu_weighed	 weighed;
		struct fu_chat_asked	 asked = { terms, &weighed,
			rows[i].query, NULL, rows[i].sentences, rows[i].max };
		struct fu_chat_answer	 got;

		weigh(terms, rows[i].query, &arena, &weighed);
		fu_chat_answer(&asked, &source, &arena, &got);
		if (!fu_streq(got.text, rows[i].want))
			fail_msg("%s: \"%s\", expected \"%s\"", rows[i].name,
			    got.text == NULL ? "nothing" : got.text,
			    rows[i].want == NULL ? "nothing" : rows[i].want);
	}
	fu_arena_free(&arena);
	fu_terms_free(terms);
}

static const struct {
	const char	*question, *text;
	int		 want;		/* -1 does not hold, 0 no limit, 1 holds */
} limits[] = {
	{ "for 500 people", "Up to 800 people.", 1 },
	{ "for 900 people", "Up to 800 people.", -1 },
	{ "for 3000 people", "More than 2,500 people.", 1 },
	{ "for 12k people", "At least 10,000 people.", 1 },
	{ "for 7 people", "Between 5 and 9 people.", 1 },
	{ "for 500 people", "Up to 800 messages.", 0 },
	{ "for 500 people", "There are 800 people.", 0 },
	{ "for people", "Up to 800 people.", 0 },
	{ "500", "Up to 800 people.", 0 },
	{ "", "", 0 },
};

static void
limits_hold_or_not(void **state)
{
	struct fu_terms	*terms = fu_terms_new();

	(void)state;
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		double	 got = fu_figure_fits(limits[i].question,
		    fu_str_of(limits[i].text), terms, FU_TONGUE_EN);

		if ((got > 0) - (got < 0) != limits[i].want)
			fail_msg("%s / %s: %f", limits[i].question,
			    limits[i].text, got);
	}
	assert_true(fu_figure_asked("so how long does it take"));
	assert_true(fu_figure_asked("Wie viel ist das?"));
	assert_false(fu_figure_asked("how do you do that"));
	assert_true(fu_figure_in(fu_str_of("Within twelve days.")));
	assert_false(fu_figure_in(fu_str_of("Within some days.")));
	fu_terms_free(terms);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_whole_sentences),
		cmocka_unit_test(limits_hold_or_not),
	};

	return (cmocka_run_group_tests_name("chat/answer", tests, NULL,
	    NULL));
}
