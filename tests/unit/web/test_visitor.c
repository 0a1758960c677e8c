/* Visitors' tokens, signed links and reps' links: ours, and nobody else's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "content/click.h"
#include "flow/rep_link.h"
#include "web/visitor.h"

static struct fu_keys
keys_of(const char *a, const char *b)
{
	struct fu_keys	 keys = { .n = b != NULL ? 2 : 1 };

	memcpy(keys.key[0].bytes, a, keys.key[0].len = strlen(a));
	if (b != NULL)
		memcpy(keys.key[1].bytes, b, keys.key[1].len = strlen(b));
	return (keys);
}

#define OLD	"0123456789abcdef0123456789abcdef"
#define NEW	"fedcba9876543210fedcba9876543210"

static void
a_visitor_is_who_we_signed(void **state)
{
	struct fu_keys	 keys = keys_of(OLD, NULL), both = keys_of(NEW, OLD),
			 other = keys_of(NEW, NULL);
	char		 id[FU_VISITOR_MAX], again[FU_VISITOR_MAX],
			 token[FU_VISITOR_TOKEN_MAX];
	bool		 kept;

	(void)state;
	assert_int_equal(fu_visitor_new(id, NULL), 0);
	assert_int_equal(fu_visitor_new(again, NULL), 0);
	assert_string_not_equal(id, again);
	fu_visitor_token(&keys, id, true, token);
	assert_true(fu_visitor_check(&keys, fu_str_of(token), again, &kept));
	assert_string_equal(id, again);
	assert_true(kept);
	assert_true(fu_visitor_check(&both, fu_str_of(token), again, &kept));
	assert_false(fu_visitor_check(&other, fu_str_of(token), again, &kept));
	assert_string_equal(again, "");
	/* Who did not agree cannot make it so. */
	fu_visitor_token(&keys, id, false, token);
	*strchr(token, '.') = '.';
	strchr(token, '.')[1] = 'k';
	assert_false(fu_visitor_check(&keys, fu_str_of(token), again, &kept));
	for (size_t i = 0; i < strlen(token); i++) {
		char	 bad[FU_VISITOR_TOKEN_MAX];

		fu_visitor_token(&keys, id, false, bad);
		bad[i] = bad[i] == 'a' ? 'b' : 'a';
		assert_false(fu_visitor_check(&keys, fu_str_of(bad), again,
		    &kept));
	}
	assert_false(fu_visitor_check(&keys, FU_STR("v1"), again, &kept));
	assert_false(fu_visitor_check(&keys, FU_STR(""), again, &kept));
}

static void
a_link_leads_where_it_was_signed_to(void **state)
{
	struct fu_keys	 keys = keys_of(OLD, NULL), other = keys_of(NEW, NULL);
	const char	*to = "https://x.example/a?b=c&d=%20e#f", *url, *tail;
	struct fu_token	 token;
	struct fu_arena	 arena;
	char		*query, *evil;

	(void)state;
	fu_arena_init(&arena);
	url = fu_click_url(&keys, "https://fu.example/", 55, 17, to, &arena);
	tail = url + strlen("https://fu.example/c/");
	assert_int_equal(strncmp(url, "https://fu.example/c/", 21), 0);
	tail = fu_dup(&arena, tail);
	query = strchr(tail, '?');
	*query++ = '\0';
	assert_string_equal(fu_click_check(&keys, tail, query, &token, &arena),
	    to);
	assert_int_equal(token.touch, 55);
	assert_int_equal(token.prospect, 17);
	assert_null(fu_click_check(&other, tail, query, &token, &arena));
	evil = fu_printf(&arena, "to=https://evil.example/");
	assert_null(fu_click_check(&keys, tail, evil, &token, &arena));
	assert_null(fu_click_check(&keys, tail, NULL, &token, &arena));
	assert_null(fu_click_check(&keys, tail, "to=%zz", &token, &arena));
	assert_null(fu_click_check(&keys, "x", query, &token, &arena));
	assert_null(fu_click_url(&keys, "https://fu.example", 1, 1,
	    "javascript:alert(1)", &arena));
	assert_null(fu_click_url(&keys, "https://fu.example", 1, 1,
	    "https://x.example/\r\nSet-Cookie: a=b", &arena));
	fu_arena_free(&arena);
}

static void
a_rep_opens_with_their_own_link(void **state)
{
	struct fu_sender	 s[] = { { .key = "ada" }, { .key = "alan" } };
	struct fu_config	 config = { .sender = s, .nsender = 2 };
	struct fu_keys		 keys = keys_of(OLD, NULL);
	struct fu_arena		 arena;
	const char		*url;
	int64_t			 id;

	(void)state;
	fu_arena_init(&arena);
	assert_null(fu_rep_link(&config, &keys, 3, &s[1], &arena));
	config.company.web = "https://fu.example/";
	url = fu_rep_link(&config, &keys, 3, &s[1], &arena);
	url += strlen("https://fu.example/rep/");
	assert_ptr_equal(fu_rep_of(&config, &keys, fu_str_of(url), &id), &s[1]);
	assert_int_equal(id, 3);
	/* A token for something else opens nothing. */
	assert_null(fu_rep_of(&config, &keys, FU_STR("aaaa"), &id));
	config.nsender = 1;
	assert_null(fu_rep_of(&config, &keys, fu_str_of(url), &id));
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(a_visitor_is_who_we_signed),
		cmocka_unit_test(a_link_leads_where_it_was_signed_to),
		cmocka_unit_test(a_rep_opens_with_their_own_link),
	};

	return (cmocka_run_group_tests_name("web/visitor", tests, NULL, NULL));
}
