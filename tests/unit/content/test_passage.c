/* Pages, cut into passages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/passage.h"

static struct fu_arena arena;

static int
setup(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	fu_arena_free(&arena);
	return (0);
}

/* "word1. word2. ..." with a full stop every ${each} words. */
static const char *
text(int n, int each)
{
	struct fu_buf	 buf;
	const char	*result;

	fu_buf_init(&buf);
	for (int i = 1; i <= n; i++)
		fu_buf_printf(&buf, "%sWord%d%s", i == 1 ? "" : " ", i,
		    i % each == 0 ? "." : "");
	result = fu_dup_buf(&arena, &buf);
	fu_buf_free(&buf);
	return (result);
}

static size_t
cut(const char *markdown, const char *title, struct fu_passage **p)
{
	struct fu_page	 page = { 0 };

	fu_page_markdown(&page, &arena, fu_str_of(markdown));
	return (fu_passages_make(&page, title, &arena, p));
}

static void
test_headings(void **state)
{
	struct fu_passage	*p;
	size_t			 n;

	(void)state;
	n = cut(fu_printf(&arena, "# T\n\n%s\n\n## A\n\n%s\n\n### B *b*\n\n%s\n\n"
	    "## C\n\n[%s](https://x.example/)\n", text(50, 10), text(50, 10),
	    text(50, 10), text(50, 10)), "T", &p);
	assert_int_equal(n, 4);
	assert_string_equal(p[0].heading, "");
	assert_string_equal(p[1].heading, "A");
	assert_string_equal(p[2].heading, "A > B b");
	assert_string_equal(p[3].heading, "C");
	assert_string_equal(p[3].text, text(50, 10));
}

static void
test_short_sections(void **state)
{
	struct fu_passage	*p;

	(void)state;
	assert_int_equal(cut("# T\n## A\nOne.\n## B\nTwo.\n", "T", &p), 1);
	assert_string_equal(p[0].heading, "A");
	assert_string_equal(p[0].text, "One.\nB\nTwo.");
	/* But not across the end of what they are both part of. */
	assert_int_equal(cut("# T\n## A\n### A1\nOne.\n## B\nTwo.\n", "T", &p),
	    2);
	assert_string_equal(p[0].heading, "A > A1");
	assert_string_equal(p[1].heading, "B");
	/* An announcement is its headings. */
	assert_int_equal(cut("# Closed on Monday\n", "Closed on Monday", &p), 1);
	assert_string_equal(p[0].text, "Closed on Monday");
	assert_int_equal(cut("", "T", &p), 0);
}

static void
test_long(void **state)
{
	struct fu_passage	*p;
	size_t			 n, words;

	(void)state;
	n = cut(text(1000, 9), "T", &p);
	assert_true(n >= 5 && n <= 6);
	for (size_t i = 0; i < n; i++) {
		words = fu_words_count(fu_str_of(p[i].text));
		assert_true(words <= FU_PASSAGE_WORDS);
		assert_true(words >= FU_PASSAGE_LEAST);
		/* Each begins with a sentence, and ends with one. */
		assert_true(strncmp(p[i].text, "Word", 4) == 0);
		if (i + 1 < n)
			assert_int_equal(p[i].text[strlen(p[i].text) - 1], '.');
	}
	/* The next one repeats the last sentences. */
	assert_non_null(strstr(p[0].text, fu_dup_str(&arena,
	    (struct fu_str){ p[1].text, 9 })));
	/* Without a full stop it is cut between words. */
	n = cut(text(1000, 100000), "T", &p);
	assert_true(n >= 4);
	for (size_t i = 0; i < n; i++)
		assert_true(fu_words_count(fu_str_of(p[i].text)) <=
		    FU_PASSAGE_WORDS + FU_PASSAGE_OVERLAP);
}

static void
test_sentences(void **state)
{
	static const struct {
		const char	*text;
		size_t		 end;
	} cases[] = {
		{ "One. Two.", 5 }, { "One", 3 }, { "", 0 },
		{ "At 3.5 percent. More.", 16 }, { "Really?! Yes.", 9 },
		{ "Some, e.g. this one, do. Others not.", 25 },
		{ "\xe4\xbb\xb7\xe3\x80\x82\xe6\xa0\xbc", 6 },
		{ "He said \"no.\" Then he left.", 14 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(fu_sentence_end(fu_str_of(cases[i].text)),
		    cases[i].end);
}

static void
test_sketch(void **state)
{
	struct fu_str	 a, b, c, d;

	(void)state;
	a = fu_sketch_make(FU_STR("Acme halved its onboarding from six weeks to "
	    "three, and kept its people."), &arena);
	b = fu_sketch_make(FU_STR("ACME halved its onboarding -- from six weeks "
	    "to three and kept its p\xc3\xa9ople!"), &arena);
	c = fu_sketch_make(FU_STR("Acme halved its onboarding from six weeks to "
	    "four, said somebody else of them."), &arena);
	d = fu_sketch_make(FU_STR("Quiet hours differ by state."), &arena);
	assert_true(fu_sketch_share(a, a) == 1);
	assert_true(fu_sketch_share(a, b) == 1);
	assert_true(fu_sketch_share(a, c) > 0.3 && fu_sketch_share(a, c) < 0.6);
	assert_true(fu_sketch_share(a, d) == 0);
	a = fu_sketch_make(FU_STR("Hello"), &arena);
	assert_true(fu_sketch_share(a, a) == 1);
	assert_int_equal(fu_sketch_make(FU_STR(""), &arena).len, 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings),
		cmocka_unit_test(test_short_sections),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_sketch),
	};

	return (cmocka_run_group_tests_name("passage", tests, setup,
	    teardown));
}
