/*
 * Spans, globs, UTF-8, buffers, arenas and errors.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

static void
spans_compare_and_trim(void **state)
{
	(void)state;
	assert_true(fu_str_is(FU_STR("ab"), "ab"));
	assert_false(fu_str_is(FU_STR("ab"), "abc"));
	assert_true(fu_str_is_nocase(FU_STR("E-Mail"), "e-mAIL"));
	assert_false(fu_str_is_nocase(FU_STR("E-Mail"), "e-mai"));
	assert_false(fu_str_is_nocase(FU_STR("E-Mai"), "e-mail"));
	assert_true(fu_str_starts(FU_STR("pricing"), "pri"));
	assert_false(fu_str_starts(FU_STR("pr"), "pri"));
	assert_true(fu_str_is(fu_str_trim(FU_STR(" \t a b\r\n")), "a b"));
	assert_int_equal(fu_str_trim(FU_STR("  ")).len, 0);
	assert_int_equal(fu_str_of(NULL).len, 0);
	assert_true(fu_streq(NULL, NULL));
	assert_false(fu_streq("", NULL));
	assert_true(fu_streq_nocase("ÄA", "Äa"));
	assert_true(fu_blank(NULL));
	assert_true(fu_blank(" \t"));
	assert_false(fu_blank(" x "));
}

static void
globs_match(void **state)
{
	static const struct {
		const char	*pattern, *text;
		bool		 matches;
	} c[] = {
		{ "", "", true }, { "", "a", false }, { "*", "", true },
		{ "**", "abc", true }, { "a?c", "ABC", true },
		{ "a?c", "ac", false }, { "/pricing*", "/Pricing/eu", true },
		{ "*/docs/*", "/en/docs/", true }, { "a*b*c", "aXbYbZc", true },
		{ "a*b*c", "aXcYb", false }, { "*ab", "aaab", true },
		{ "*.pdf", "x.pdf.exe", false }, { "?", "", false },
	};
	char	pattern[200], text[5000];
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(c) / sizeof(c[0]); i++)
		if (fu_glob(c[i].pattern, c[i].text) != c[i].matches)
			fail_msg("glob \"%s\" on \"%s\": wanted %s",
			    c[i].pattern, c[i].text,
			    c[i].matches ? "a match" : "none");
	/* What explodes in a matcher that recurses. */
	for (i = 0; i + 2 < sizeof(pattern); i += 2)
		memcpy(pattern + i, "*a", 2);
	strcpy(pattern + i - 2, "*b");
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_false(fu_glob(pattern, text));
}

static void
utf8_is_checked(void **state)
{
	static const char	*good[] = { "", "a", "abcdefghijk",
				    "\xc3\xa4", "\xe2\x82\xac",
				    "\xed\x9f\xbf", "\xf0\x9f\x98\x80",
				    "\xf4\x8f\xbf\xbf", "abcdefg\xc3\xa4" };
	static const char	*bad[] = { "\x80", "\xc0\x80", "\xc1\xbf",
				    "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80",
				    "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
				    "\xf5\x80\x80\x80", "\xff", "\xe2\x82",
				    "abcdefgh\xe2\x82" };
	uint32_t		 cp;
	size_t			 i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(fu_utf8_valid(good[i], strlen(good[i])));
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(fu_utf8_valid(bad[i], strlen(bad[i])));
	for (i = 0; i < 20; i++) {
		char	text[20] = "aaaaaaaaaaaaaaaaaaa";

		text[i] = '\0';
		assert_false(fu_utf8_valid(text, sizeof(text)));
	}
	assert_int_equal(fu_utf8_next("", &cp), 0);
	assert_int_equal(fu_utf8_next("\xe2\x82\xac", &cp), 3);
	assert_int_equal(cp, 0x20ac);
	assert_int_equal(fu_utf8_next("\xf0\x9f\x98\x80", &cp), 4);
	assert_int_equal(cp, 0x1f600);
	assert_int_equal(fu_utf8_cut("a\xe2\x82\xac", 3), 1);
	assert_int_equal(fu_utf8_cut("a\xe2\x82\xac", 4), 4);
	assert_int_equal(fu_utf8_cut("abc", 2), 2);
	assert_int_equal(fu_utf8_cut("abc", 0), 0);
}

static void
text_is_made_printable(void **state)
{
	char	text[] = "a\x1b[2Jb\tc\xc2\x9b" "d\xff" "e\xc3\xa4\x7f";

	(void)state;
	fu_printable(text);
	assert_string_equal(text, "a?[2Jb?c?d?e\xc3\xa4?");
}

static void
folding_compares(void **state)
{
	static const char	*pair[][2] = { { "ANN", "ann" },
				    { "\xc3\x84rger", "\xc3\xa4RGER" },
				    { "stra\xc3\x9f" "e", "STRASSE" },
				    /* full width, and a letter in two parts */
				    { "\xef\xbc\xa1", "a" },
				    { "e\xcc\x81", "\xc3\x89" } };
	char			*a, *b;
	size_t			 i;

	(void)state;
	for (i = 0; i < sizeof(pair) / sizeof(pair[0]); i++) {
		a = fu_fold(pair[i][0]);
		b = fu_fold(pair[i][1]);
		assert_string_equal(a, b);
		free(a);
		free(b);
	}
}

static void
buffers_grow(void **state)
{
	struct fu_buf	buf;
	char		big[1000];

	(void)state;
	fu_buf_init(&buf);
	assert_int_equal(fu_buf_view(&buf).len, 0);
	fu_buf_puts(&buf, "x");
	memset(big, 'y', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	fu_buf_printf(&buf, "%s%d", big, 7);
	assert_int_equal(buf.len, 1001);
	assert_string_equal(buf.ptr + 998, "yy7");
	fu_buf_reset(&buf);
	fu_buf_str(&buf, FU_STR(""));
	assert_string_equal(buf.ptr, "");
	fu_buf_free(&buf);
}

static void
arena_gives_zeroed_memory(void **state)
{
	struct fu_arena	 arena;
	char		*ptr;
	int		*list;
	size_t		 cap, i, j, round;

	(void)state;
	fu_arena_init(&arena);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 3000; i++) {
			size_t	len = i % 700 == 0 ? 200000 : i % 97;

			ptr = fu_alloc(&arena, len);
			assert_int_equal((uintptr_t)ptr % 16, 0);
			for (j = 0; j < len; j++)
				assert_int_equal(ptr[j], 0);
			memset(ptr, 0xaa, len);
		}
		list = NULL;
		cap = 0;
		for (i = 0; i < 1000; i++) {
			list = fu_grow(&arena, list, i, &cap, sizeof(*list));
			assert_int_equal(list[i], 0);
			list[i] = (int)i;
		}
		for (i = 0; i < 1000; i++)
			assert_int_equal(list[i], i);
		fu_arena_reset(&arena);
	}
	assert_null(fu_dup(&arena, NULL));
	assert_string_equal(fu_dup(&arena, "ann"), "ann");
	ptr = fu_printf(&arena, "%0500d", 7);
	assert_int_equal(strlen(ptr), 500);
	fu_arena_free(&arena);
}

static void
errors_are_one_safe_line(void **state)
{
	struct fu_err	err;
	char		euros[1500];
	size_t		i;

	(void)state;
	assert_int_equal(fu_err_set(NULL, FU_EIO, "x"), -1);
	assert_int_equal(fu_err_set(&err, FU_EDATA, "a\nb\x1b"), -1);
	assert_string_equal(err.msg, "a?b?");
	assert_int_equal(err.class, FU_EDATA);
	fu_err_set(&err, FU_EIO, "%s again", err.msg);
	assert_string_equal(err.msg, "a?b? again");
	fu_err_prefix(&err, "%s:%d: ", "f", 3);
	assert_string_equal(err.msg, "f:3: a?b? again");
	assert_int_equal(err.class, FU_EIO);
	errno = ENOENT;
	fu_err_sys(&err, FU_ENOINPUT, "%s", "leads.csv");
	assert_string_equal(err.msg, "leads.csv: No such file or directory");
	for (i = 0; i + 3 < sizeof(euros); i += 3)
		memcpy(euros + i, "\xe2\x82\xac", 3);
	euros[i] = '\0';
	fu_err_set(&err, FU_EDATA, "%s", euros);
	assert_int_equal(strlen(err.msg), 1023);
	assert_true(fu_utf8_valid(err.msg, 1023));
	errno = EIO;
	fu_err_sys(&err, FU_EDATA, "%s", euros);
	assert_non_null(strstr(err.msg, ": Input/output error"));
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(spans_compare_and_trim),
		cmocka_unit_test(globs_match),
		cmocka_unit_test(utf8_is_checked),
		cmocka_unit_test(text_is_made_printable),
		cmocka_unit_test(folding_compares),
		cmocka_unit_test(buffers_grow),
		cmocka_unit_test(arena_gives_zeroed_memory),
		cmocka_unit_test(errors_are_one_safe_line),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
