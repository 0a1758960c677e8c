/* Markdown as HTML and as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "content/markdown.h"

static void
test_text(void **state)
{
	static const struct {
		const char	*markdown, *text;
		int		 width;
	} cases[] = {
		{ "Hi *Ann*,\n\nyou `asked`.\n", "Hi Ann,\n\nyou asked.\n",
		    72 },
		{ "[The details](https://e.example/a)\n",
		    "The details (https://e.example/a)\n", 72 },
		{ "<https://e.example/a>\n", "https://e.example/a\n", 72 },
		{ "[ann@e.example](mailto:ann@e.example)\n",
		    "ann@e.example\n", 72 },
		{ "[x](javascript:alert(1)) [y](/local)\n", "x y\n", 72 },
		{ "- one\n- two\n  more\n\nend\n", "- one\n- two more\n\nend\n",
		    72 },
		{ "1. one\n2. two\n", "1. one\n2. two\n", 72 },
		{ "- one\n\n- two\n", "- one\n\n- two\n", 72 },
		{ "- a\n  - b\n- c\n", "- a\n  - b\n- c\n", 72 },
		{ "> said\n> so\n", "> said so\n", 72 },
		{ "# Head\n\nBody\n", "Head\n\nBody\n", 72 },
		{ "a\n\n---\n\nb\n", "a\n\n---\n\nb\n", 72 },
		{ "a  \nb\n", "a\nb\n", 72 },
		{ "    code  x\n", "    code  x\n", 72 },
		{ "aaa bbb ccc ddd", "aaa bbb\nccc ddd\n", 8 },
		{ "- aaa bbb ccc", "- aaa bbb\n  ccc\n", 9 },
		{ "see https://e.example/long-one end", "see\n"
		    "https://e.example/long-one\nend\n", 8 },
		{ "aaa bbb\nccc", "aaa bbb ccc\n", 0 },
		{ "<b>bold</b>\n\n<script>x</script>\n\nend", "bold\n\nend\n",
		    72 },
		{ "&#42;Ann&#42; &#91;a&#93;&#40;b&#41;",
		    "*Ann* [a](b)\n", 72 },
		{ "", "", 72 }
	};
	struct fu_buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fu_buf_init(&out);
		fu_markdown_text(fu_str_of(cases[i].markdown), cases[i].width,
		    &out);
		assert_string_equal(out.ptr != NULL ? out.ptr : "",
		    cases[i].text);
		fu_buf_free(&out);
	}
}

static void
test_html(void **state)
{
	static const struct {
		const char *markdown, *html;
	} cases[] = {
		{ "Hi *Ann*", "<p>Hi <em>Ann</em></p>\n" },
		{ "<b>x</b> y", "<p>x y</p>\n" },
		{ "<script>alert(1)</script>", "" },
		{ "[x](javascript:alert)", "<p>x</p>\n" },
		{ "[x](https://e.example/?a&#95;b)",
		    "<p><a href=\"https://e.example/?a_b\">x</a></p>\n" },
		{ "<https://e.example/a&#95;b>", "<p><a "
		    "href=\"https://e.example/a_b\">https://e.example/a_b</a>"
		    "</p>\n" },
		{ "&#35; no&#10;&#10;&#45; list", "<p># no\n\n- list</p>\n" }
	};
	struct fu_buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fu_buf_init(&out);
		fu_markdown_html(fu_str_of(cases[i].markdown), &out);
		assert_string_equal(out.ptr != NULL ? out.ptr : "",
		    cases[i].html);
		fu_buf_free(&out);
	}
}

/* What is nested without end is still read. */
static void
test_deep(void **state)
{
	struct fu_buf in, out;
	int i;

	(void)state;
	fu_buf_init(&in);
	fu_buf_init(&out);
	for (i = 0; i < 3000; i++)
		fu_buf_puts(&in, "> ");
	fu_buf_puts(&in, "word\n");
	fu_markdown_text(fu_buf_view(&in), 72, &out);
	assert_non_null(strstr(out.ptr, "word"));
	fu_buf_free(&in);
	fu_buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_deep)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
