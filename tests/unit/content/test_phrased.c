/* What a language model wrote: each reason to refuse it, and near misses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "content/phrased.h"

static const char *source[] = {
	"How Acme halved its onboarding\nAcme halved its onboarding from six "
	"weeks to three. Its 1,100 reps answer 40 % more leads within the "
	"hour, for 9 euros a seat since 2026-05-01.",
	"The pilot is free for the first month. Teams of twelve to 50 people "
	"connect HubSpot in two days; see https://www.example.com/pilot for "
	"the steps." };
static const char *history[] = { "We are 230 people, and our budget is "
	"$48K. Could Globex do a 25% discount? Mail me at joe@globex.example" };
static const char *names[] = { "Ada Lovelace" };
static const char *noise[] = { "just checking in" };
static const char *promises[] = { "discount", "free", "guaranteed" };

static const struct {
	const char	*text, *reason, *detail;	/* reason NULL: good */
} cases[] = {
	{ "Acme halved its onboarding from six weeks to three [1].", NULL,
	  "Acme halved its onboarding from six weeks to three." },
	{ "  \"Acme halved its onboarding from six weeks to three [1].\"\n",
	  NULL, "Acme halved its onboarding from six weeks to three." },
	{ "Acme halved its onboarding from six weeks to three. [1] Teams of "
	  "twelve connect HubSpot in two days. [1, 2]", NULL, "Acme halved "
	  "its onboarding from six weeks to three. Teams of twelve connect "
	  "HubSpot in two days." },
	{ "Acme's onboarding took 6 weeks, and\nnow takes 3 [1].", NULL,
	  "Acme's onboarding took 6 weeks, and now takes 3." },
	{ "", "empty", NULL }, { " \n", "empty", NULL },
	{ "\"\"", "unfinished", NULL }, { "[1]", "empty", NULL },
	/* length */
	{ "Acme halved it [1]. Acme halved it [1]. Acme halved it [1]. Acme "
	  "halved it [1].", "length", "4 sentences" },
	{ "Acme halved its onboarding a a a a a a a a a a a a a a a a a a a a "
	  "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a "
	  "a a a a a a a a a a a a a [1].", "length", NULL },
	{ "Acme halved its onboarding from six weeks to [1]", "unfinished",
	  NULL },
	/* markup, headers, lists, what does not show */
	{ "Acme **halved** its onboarding [1].", "markup", "*" },
	{ "<b>Acme</b> halved its onboarding [1].", "markup", "<" },
	{ "Acme halved {{sender.phone}} its onboarding [1].", "markup", "{" },
	{ "Subject: Acme halved its onboarding [1].", "markup", NULL },
	{ "Acme halved its onboarding [1].\nBcc: onboarding", "markup",
	  "Bcc: onboarding" },
	{ "Here is the paragraph:\nAcme halved its onboarding [1].", "markup",
	  "Here is the paragraph:" },
	{ "- Acme halved its onboarding [1].", "markup", NULL },
	{ "1. Acme halved its onboarding [1].", "markup", NULL },
	{ "Acme\xe2\x80\x8b halved its onboarding [1].", "markup", NULL },
	{ "Acme\xe2\x80\xae halved its onboarding [1].", "markup", NULL },
	{ "Acme halved its onboarding](x) [1].", "markup", "]" },
	/* greetings */
	{ "Hi Joe, Acme halved its onboarding [1].", "greeting", "hi" },
	{ "Acme halved its onboarding [1]. Best regards.", "greeting",
	  "best regards" },
	{ "History: Acme", "markup", NULL },
	/* what it rests on */
	{ "Acme halved its onboarding from six weeks to three.", "no_source",
	  NULL },
	{ "Acme halved its onboarding [3].", "no_source", "[3]" },
	{ "Acme halved its onboarding [0].", "no_source", "[0]" },
	{ "Acme halved its onboarding [99999999999999999999].", "no_source",
	  NULL },
	{ "Acme halved its onboarding [one].", "no_source", NULL },
	{ "Acme halved its onboarding [1]. It is so easy.", "no_source",
	  "It is so easy." },
	{ "Please send us your password today [1].", "unfounded", NULL },
	{ "Acme answers leads within the hour [2].", "unfounded", NULL },
	/* links */
	{ "Acme halved its onboarding at evil.example [1].", "link",
	  "evil.example" },
	{ "Teams of twelve connect HubSpot in two days "
	  "(https://www.example.com/pilot) [2].", NULL, NULL },
	{ "Teams of twelve connect HubSpot by joe@globex.example [2].", "link",
	  "joe@globex.example" },
	{ "Teams connect HubSpot at https://www.example.com/pilot2 [2].",
	  "link", NULL },
	/* phrases */
	{ "Just checking in: Acme halved its onboarding [1].", "noise",
	  "just checking in" },
	{ "Acme halved its onboarding with a discount [1].", "promise",
	  "discount" },
	{ "The pilot is free for the first month [2].", NULL, NULL },
	/* figures */
	{ "Acme cut its onboarding from six weeks to two [1].", "figure",
	  "two" },
	{ "Acme cut its onboarding from six weeks to four [1].", "figure",
	  "four" },
	{ "Acme's 1100 reps answer more leads within the hour [1].", NULL,
	  NULL },
	{ "Acme's 1.100 reps answer more leads within the hour [1].", NULL,
	  NULL },
	{ "Acme's 1101 reps answer more leads within the hour [1].", "figure",
	  "1101" },
	{ "Acme's reps answer 40% more leads within the hour [1].", NULL,
	  NULL },
	{ "Acme's reps answer forty percent more leads within the hour [1].",
	  NULL, NULL },
	{ "Acme's reps answer 50 % more leads within the hour [2].", "figure",
	  "50" },
	{ "Acme's reps answer 25 % more leads within the hour [1].", "figure",
	  "25" },
	{ "Acme's reps answer leads within the hour, for $9 a seat [1].", NULL,
	  NULL },
	{ "Acme's reps answer leads within the hour, for $48K [1].", "figure",
	  "48k" },
	{ "Your 230 people answer leads within the hour, as Acme's reps do "
	  "[1].", NULL, NULL },
	{ "Acme's reps answer \xef\xbc\x99\xef\xbc\x91 leads within the hour "
	  "[1].", "figure", "91" },
	/* names */
	{ "Acme and Initech halved onboarding from six weeks [1].", "name",
	  "Initech" },
	{ "Initech halved its onboarding from six weeks to three [1].", "name",
	  "Initech" },
	{ "Acme halved onboarding in March [1].", "name", "March" },
	{ "Acme halved its eOnboarding [1].", "name", "eOnboarding" },
	{ "Acme halved its onboarding, as Globex could [1].", NULL, NULL },
	{ "Acme halved its onboarding, writes Ada Lovelace [1].", NULL, NULL },
	{ "Using HubSpot, teams of twelve connect in two days [2].", NULL,
	  NULL },
	/* the language */
	{ "Acme hat das onboarding von sechs auf drei weeks halved, und das "
	  "ist nicht alles [1].", "language", "de" },
};

static void
test_cases(void **state)
{
	struct fu_list		 n = { noise, 1 }, p = { promises, 3 };
	struct fu_phrased_in	 in = { .source = { source, 2 },
		.history = { history, 1 }, .names = { names, 1 },
		.noise = &n, .promises = &p, .language = "en",
		.limits = { .sentences = 3, .words = 60 } };
	struct fu_terms		*terms = fu_terms_new();
	struct fu_phrased	 out;
	struct fu_arena		 arena;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		in.text = cases[i].text;
		fu_phrased_check(terms, &in, &arena, &out);
		if ((out.reason == NULL) != (cases[i].reason == NULL) ||
		    (out.reason != NULL &&
		    strcmp(out.reason, cases[i].reason) != 0))
			fail_msg("%s\n is %s (%s), not %s", cases[i].text,
			    out.reason == NULL ? "good" : out.reason,
			    out.detail == NULL ? "" : out.detail,
			    cases[i].reason == NULL ? "good" :
			    cases[i].reason);
		if (cases[i].detail != NULL)
			assert_string_equal(out.reason == NULL ? out.text :
			    out.detail, cases[i].detail);
		assert_true((out.text != NULL) == (out.reason == NULL));
	}
	fu_arena_free(&arena);
	fu_terms_free(terms);
}

static void
test_limits(void **state)
{
	struct fu_phrased_in	 in = { .source = { source, 2 },
		.limits = { .chars = 30 } };
	struct fu_terms		*terms = fu_terms_new();
	struct fu_phrased	 out;
	struct fu_arena		 arena;
	char			 big[FU_PHRASED_BYTES + 2];

	(void)state;
	fu_arena_init(&arena);
	in.text = "Acme halved its onboarding [1].";
	assert_true(fu_phrased_check(terms, &in, &arena, &out));
	in.text = "Acme halved its own onboarding [1].";
	assert_false(fu_phrased_check(terms, &in, &arena, &out));
	assert_string_equal(out.reason, "length");
	assert_string_equal(out.detail, "31 characters");
	memset(big, 'a', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	in.text = big;
	assert_false(fu_phrased_check(terms, &in, &arena, &out));
	assert_string_equal(out.reason, "length");
	fu_arena_free(&arena);
	fu_terms_free(terms);
}

static void
test_figures(void **state)
{
	static const struct {
		const char	*a, *b;
		bool		 same;
	} pairs[] = {
		{ "1,100", "1100", true }, { "1.100", "1100", true },
		{ "1.100", "1.1", true }, { "1,100.50", "1100.5", true },
		{ "1.100,50", "1100.5", true }, { "2.50", "2.5", true },
		{ "2.0", "2", true }, { "007", "7", true },
		{ "0.5", "half", true }, { "48k", "48,000", true },
		{ "48kg", "48000", false }, { "12", "120", false },
		{ "1.2.3", "123", false }, { "1.2.3", "1.2.3", true },
		{ "two", "2", true }, { "10 %", "10", false },
		{ "10", "10 %", true }, { "10 %", "10 percent", true },
		{ "$10", "10 euros", true }, { "$10", "10 %", false },
		{ "\xd9\xa3", "3", true },
		{ "12345678901234567890123", "1234567890123456789", true },
	};
	struct fu_figure	*a, *b;
	struct fu_arena		 arena;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		assert_int_equal(fu_figures_of(pairs[i].a, &arena, &a), 1);
		assert_int_equal(fu_figures_of(pairs[i].b, &arena, &b), 1);
		if (fu_figure_same(a, b) != pairs[i].same)
			fail_msg("%s (%s, %s) and %s (%s, %s)", pairs[i].a,
			    a->value[0], a->value[1], pairs[i].b,
			    b->value[0], b->value[1]);
	}
	assert_int_equal(fu_figures_of("no such thing", &arena, &a), 0);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_figures),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
