/* A page's address with the token of a touch: put in, found, taken out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/link.h"

static const struct {
	const char	*page, *with, *bare;
} cases[] = {
	{ "https://x.example", "https://x.example?fu=test",
	    "https://x.example" },
	{ "https://x.example/p?a=1", "https://x.example/p?a=1&fu=test",
	    "https://x.example/p?a=1" },
	{ "https://x.example/#top", "https://x.example/?fu=test#top",
	    "https://x.example/#top" },
};

static void
test_put_in_and_found(void **state)
{
	struct fu_arena	 arena;
	struct fu_str	 token;
	const char	*with;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		with = fu_link_chat(NULL, cases[i].page, 1, 2, &arena);
		assert_string_equal(with, cases[i].with);
		assert_true(fu_link_token(fu_str_of(with), &token));
		assert_true(fu_str_is(token, "test"));
		assert_string_equal(fu_link_bare(fu_str_of(with), &arena),
		    cases[i].bare);
	}
	assert_null(fu_link_chat(NULL, NULL, 1, 2, &arena));
	fu_arena_free(&arena);
}

static void
test_only_a_member_of_the_query(void **state)
{
	static const char *const	 none[] = { "", "fu=x", "https://x/fu=x",
		"https://x/&fu=x", "https://x/?snafu=x", "https://x/#?fu=x",
		"https://x/?a=1#&fu=x", "https://x/?fu" };
	struct fu_arena			 arena;
	struct fu_str			 token;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		assert_false(fu_link_token(fu_str_of(none[i]), &token));
		assert_string_equal(fu_link_bare(fu_str_of(none[i]), &arena),
		    none[i]);
	}
	assert_string_equal(fu_link_bare(FU_STR("https://x/?fu=a&b=1#t"),
	    &arena), "https://x/?b=1#t");
	assert_string_equal(fu_link_bare(FU_STR("https://x/?c&fu=a&b=1"),
	    &arena), "https://x/?c&b=1");
	fu_arena_free(&arena);
}

static void
test_signed(void **state)
{
	struct fu_keys	 keys = { .n = 1 };
	struct fu_arena	 arena;
	struct fu_token	 got;
	struct fu_str	 token;

	(void)state;
	keys.key[0].len = 32;
	fu_arena_init(&arena);
	assert_true(fu_link_token(fu_str_of(fu_link_chat(&keys, "https://x",
	    55, 7, &arena)), &token));
	assert_true(fu_token_check(&keys, token, FU_TOKEN_CHAT, &got));
	assert_int_equal(got.touch, 55);
	assert_int_equal(got.prospect, 7);
	assert_false(fu_token_check(&keys, token, FU_TOKEN_CONFIRM, &got));
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put_in_and_found),
		cmocka_unit_test(test_only_a_member_of_the_query),
		cmocka_unit_test(test_signed)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
