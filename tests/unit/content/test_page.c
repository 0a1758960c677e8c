/* Web pages and texts as blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/page.h"

/* "1:Heading|text|text" of what is on a page. */
static void
expect(void (*read)(struct fu_page *, struct fu_arena *, struct fu_str),
    const char *text, const char *want)
{
	struct fu_page	 page = { 0 };
	struct fu_arena	 arena;
	struct fu_buf	 got;

	fu_arena_init(&arena);
	fu_buf_init(&got);
	fu_buf_puts(&got, "");
	read(&page, &arena, fu_str_of(text));
	for (size_t i = 0; i < page.n; i++) {
		fu_buf_puts(&got, i == 0 ? "" : "|");
		if (page.block[i].level > 0)
			fu_buf_printf(&got, "%d:", page.block[i].level);
		fu_buf_puts(&got, page.block[i].text);
	}
	assert_string_equal(got.ptr, want);
	fu_buf_free(&got);
	fu_arena_free(&arena);
}

static void
test_html(void **state)
{
	static const struct {
		const char	*html, *want;
	} cases[] = {
		{ "<p>One<p>Two<br>Three", "One|Two|Three" },
		{ "<h1>A <b>b</b></h1><div>c&amp;d &#233; a < b</div>",
		    "1:A b|c&d \xc3\xa9 a < b" },
		{ "<script>x='<p>no</p>'</script><p>yes", "yes" },
		{ "<style>p{}</style><!-- <p>no --><p>yes", "yes" },
		{ "<nav><ul><li>Menu</ul></nav><p>yes<footer>no</footer>",
		    "yes" },
		{ "<header>no</header><main><header><h1>T</h1></header><p>yes"
		    "</main><p>behind", "1:T|yes" },
		{ "<div style=\"display: none\">no<div>no</div></div><p>yes",
		    "yes" },
		{ "<table><tr><td>a<td>b<tr><td>c</table>", "a | b|c" },
		{ "<ul><li>one<li>two</ul>", "one|two" },
		{ "<h2>never closed<p>text", "2:never closed|text" },
		/* A frame that is never closed must not hide it all. */
		{ "<header><p>text", "text" },
		{ "<p title=\"a > b\">text</p>", "text" },
		{ "<p title=\"never closed>text</p>", "text" },
		{ "<", "<" }, { "", "" }, { "<p", "" }, { "<!", "" },
		{ "<script>", "" }, { "&", "&" }, { "<a href='", "" },
		{ "plain text", "plain text" },
		{ "<form><p>In a form</p><button>Send</button></form>",
		    "In a form" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect(fu_page_html, cases[i].html, cases[i].want);
}

static void
test_head(void **state)
{
	struct fu_page	 page = { 0 };
	struct fu_arena	 arena;

	(void)state;
	fu_arena_init(&arena);
	fu_page_html(&page, &arena, FU_STR("<html lang='de-AT'><head><title>A "
	    "&amp; B</title><link href=\"https://x.example/a?b=1&amp;c=2\" "
	    "rel=canonical></head><body><p>Text</body>"));
	assert_string_equal(page.title, "A & B");
	assert_string_equal(page.language, "de-AT");
	assert_string_equal(page.url, "https://x.example/a?b=1&c=2");
	fu_arena_free(&arena);
}

static void
test_text(void **state)
{
	(void)state;
	expect(fu_page_text, "one\ntwo\n\nthree\f four \n \n", "one two|three|four");
	expect(fu_page_text, "", "");
	expect(fu_page_text, "\n\n", "");
}

static void
test_markdown(void **state)
{
	(void)state;
	expect(fu_page_markdown, "# A\nb *c* [d](https://x/)\n\n- e\n- f\n\n"
	    "> g\n\n    code\n\n<script>no</script>\n", "1:A|b c d|e|f|g|code");
}

static void
test_without(void **state)
{
	struct fu_page	 page = { 0 };
	struct fu_arena	 arena;
	uint64_t	*hash, drop;
	size_t		 n;

	(void)state;
	fu_arena_init(&arena);
	fu_page_html(&page, &arena, FU_STR("<p>a<p>b<p>a<p>c"));
	hash = fu_page_hashes(&page, &arena, &n);
	assert_int_equal(n, 3);
	assert_true(hash[0] < hash[1] && hash[1] < hash[2]);
	page.n = 1;
	drop = fu_page_hashes(&page, &arena, &n)[0];
	page.n = 4;
	fu_page_without(&page, &drop, 1);
	assert_int_equal(page.n, 2);
	assert_string_equal(page.block[0].text, "b");
	fu_page_without(&page, hash, 3);
	assert_int_equal(page.n, 0);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_markdown),
		cmocka_unit_test(test_without),
	};

	return (cmocka_run_group_tests_name("page", tests, NULL, NULL));
}
