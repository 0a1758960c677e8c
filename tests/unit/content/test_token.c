/* Tokens, Message-IDs and return paths: ours, and nobody else's. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/token.h"

static struct fu_keys
keys_of(const char *a, const char *b)
{
	struct fu_keys keys = { .n = b != NULL ? 2 : 1 };

	memcpy(keys.key[0].bytes, a, keys.key[0].len = strlen(a));
	if (b != NULL)
		memcpy(keys.key[1].bytes, b, keys.key[1].len = strlen(b));
	return (keys);
}

static void
upper(char *s)
{
	for (; *s != '\0'; s++)
		*s = (char)toupper((unsigned char)*s);
}

static void
test_token(void **state)
{
	struct fu_keys old = keys_of("0123456789abcdef0123456789abcdef", NULL);
	struct fu_keys new = keys_of("another key of thirty-two bytes!",
	    "0123456789abcdef0123456789abcdef");
	struct fu_keys none = keys_of("another key of thirty-two bytes!", NULL);
	struct fu_token token = { FU_TOKEN_UNSUBSCRIBE, INT64_MAX, 17 }, got;
	char text[FU_TOKEN_LEN], bad[FU_TOKEN_LEN];
	size_t i;

	(void)state;
	fu_token_make(&old, &token, text);
	assert_true(strlen(text) < FU_TOKEN_LEN);
	assert_true(fu_token_check(&old, fu_str_of(text),
	    FU_TOKEN_UNSUBSCRIBE, &got));
	assert_true(got.touch == INT64_MAX && got.prospect == 17);
	/* A retired key still verifies, a removed one does not. */
	assert_true(fu_token_check(&new, fu_str_of(text),
	    FU_TOKEN_UNSUBSCRIBE, &got));
	assert_false(fu_token_check(&none, fu_str_of(text),
	    FU_TOKEN_UNSUBSCRIBE, &got));
	assert_false(fu_token_check(&old, fu_str_of(text), FU_TOKEN_CLICK,
	    &got));
	for (i = 0; text[i] != '\0'; i++) {
		strcpy(bad, text);
		bad[i] = bad[i] == 'a' ? 'b' : 'a';
		assert_false(fu_token_check(&old, fu_str_of(bad),
		    FU_TOKEN_UNSUBSCRIBE, &got));
		assert_false(fu_token_check(&old, (struct fu_str){ text, i },
		    FU_TOKEN_UNSUBSCRIBE, &got));
	}
	upper(text);
	assert_true(fu_token_check(&old, fu_str_of(text),
	    FU_TOKEN_UNSUBSCRIBE, &got));
	token = (struct fu_token){ FU_TOKEN_CLICK, 0, 0 };
	fu_token_make(&old, &token, text);
	assert_true(fu_token_check(&old, fu_str_of(text), FU_TOKEN_CLICK,
	    &got));
	assert_false(fu_token_check(&old, FU_STR(""), FU_TOKEN_CLICK, &got));
}

static void
test_message_id(void **state)
{
	struct fu_keys keys = keys_of("0123456789abcdef0123456789abcdef", NULL);
	struct fu_arena arena;
	char ref[FU_REF_MAX + 1], *copy;
	const char *id;

	(void)state;
	fu_arena_init(&arena);
	id = fu_message_id(&keys, "55", "example.com", &arena);
	assert_memory_equal(id, "<55.", 4);
	assert_non_null(strstr(id, "@example.com>"));
	assert_true(fu_message_id_check(&keys, fu_str_of(id), ref));
	assert_int_equal(fu_ref_touch(ref), 55);
	assert_true(fu_message_id_check(&keys, (struct fu_str){ id + 1,
	    strlen(id) - 2 }, ref));
	copy = fu_dup(&arena, id);
	copy[1] = '6';
	assert_false(fu_message_id_check(&keys, fu_str_of(copy), ref));
	copy = fu_dup(&arena, id);
	upper(copy);
	assert_true(fu_message_id_check(&keys, fu_str_of(copy), ref));
	id = fu_message_id(&keys, "h3-email-1", "example.com", &arena);
	assert_true(fu_message_id_check(&keys, fu_str_of(id), ref));
	assert_string_equal(ref, "h3-email-1");
	assert_int_equal(fu_ref_touch(ref), 0);
	assert_false(fu_message_id_check(&keys, FU_STR("<a@b>"), ref));
	assert_false(fu_message_id_check(&keys, FU_STR("<.@>"), ref));
	assert_false(fu_message_id_check(&keys, FU_STR(""), ref));
	fu_arena_free(&arena);
}

static void
test_verp(void **state)
{
	struct fu_keys keys = keys_of("0123456789abcdef0123456789abcdef", NULL);
	struct fu_arena arena;
	char *copy;

	(void)state;
	fu_arena_init(&arena);
	copy = fu_dup(&arena, fu_verp(&keys, 'b', 55, "bounce.example.com",
	    &arena));
	assert_memory_equal(copy, "b-55-", 5);
	assert_int_equal(strlen(copy), strlen("b-55-12345678@") +
	    strlen("bounce.example.com"));
	assert_int_equal(fu_verp_check(&keys, 'b', fu_str_of(copy)), 55);
	assert_int_equal(fu_verp_check(&keys, 'r', fu_str_of(copy)), 0);
	upper(copy);
	assert_int_equal(fu_verp_check(&keys, 'b', fu_str_of(copy)), 55);
	copy[6] = copy[6] == 'A' ? 'B' : 'A';
	assert_int_equal(fu_verp_check(&keys, 'b', fu_str_of(copy)), 0);
	assert_int_equal(fu_verp_check(&keys, 'b', FU_STR("b-@x")), 0);
	assert_int_equal(fu_verp_check(&keys, 'b', FU_STR("b-55")), 0);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_token),
		cmocka_unit_test(test_message_id),
		cmocka_unit_test(test_verp)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
