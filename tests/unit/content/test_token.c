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

#define OLD	"0123456789abcdef0123456789abcdef"
#define NEW	"another key of thirty-two bytes!"

static bool
taken(const struct fu_keys *keys, const char *text, struct fu_token *got)
{
	return (fu_token_check(keys, fu_str_of(text), FU_TOKEN_UNSUBSCRIBE,
	    got));
}

/*
 * A mail of August, a key retired in September, a click in November: nothing
 * in a token says when it was made, so nothing of it expires.
 */
static void
CS_02_a_token_outlives_its_key(void **state)
{
	struct fu_keys august = keys_of(OLD, NULL);
	struct fu_keys november = keys_of(NEW, OLD);
	struct fu_keys other = keys_of(NEW, NULL);
	struct fu_token token = { FU_TOKEN_UNSUBSCRIBE, INT64_MAX, 17 }, got;
	char text[FU_TOKEN_LEN], now[FU_TOKEN_LEN];

	(void)state;
	fu_token_make(&august, &token, text);
	assert_true(taken(&november, text, &got));
	assert_true(got.touch == INT64_MAX && got.prospect == 17);
	/* The retired key signs nothing any more. */
	fu_token_make(&november, &token, now);
	assert_string_not_equal(text, now);
	assert_true(taken(&other, now, &got));
	/* One that was removed verifies nothing. */
	assert_false(taken(&other, text, &got));
}

/* It says who and what for; no account, no address to be typed again. */
static void
CS_05_a_token_is_all_that_is_needed(void **state)
{
	struct fu_keys keys = keys_of(OLD, NULL);
	struct fu_token token = { FU_TOKEN_UNSUBSCRIBE, 55, 17 }, got = { 0 };
	char text[FU_TOKEN_LEN];

	(void)state;
	fu_token_make(&keys, &token, text);
	assert_true(taken(&keys, text, &got));
	assert_int_equal(got.purpose, FU_TOKEN_UNSUBSCRIBE);
	assert_int_equal(got.touch, 55);
	assert_int_equal(got.prospect, 17);
	/* Of a mail that is no touch of a cadence, too. */
	token.touch = 0;
	fu_token_make(&keys, &token, text);
	assert_true(taken(&keys, text, &got));
	assert_int_equal(got.touch, 0);
}

static void
EM_02_only_what_we_signed(void **state)
{
	struct fu_keys keys = keys_of(OLD, NULL);
	struct fu_token token = { FU_TOKEN_UNSUBSCRIBE, INT64_MAX, 17 }, got;
	char text[FU_TOKEN_LEN], bad[FU_TOKEN_LEN];
	size_t i;

	(void)state;
	fu_token_make(&keys, &token, text);
	assert_true(strlen(text) < FU_TOKEN_LEN);
	/* Asking changes nothing: twice is once. */
	assert_true(taken(&keys, text, &got));
	assert_true(taken(&keys, text, &got));
	for (i = 0; text[i] != '\0'; i++) {
		strcpy(bad, text);
		bad[i] = bad[i] == 'a' ? 'b' : 'a';
		if (taken(&keys, bad, &got))
			fail_msg("expected no, got yes: %s for %s", bad, text);
		assert_false(fu_token_check(&keys, (struct fu_str){ text, i },
		    FU_TOKEN_UNSUBSCRIBE, &got));
	}
	assert_false(taken(&keys, "", &got));
	/* Made for one purpose, good for no other. */
	assert_false(fu_token_check(&keys, fu_str_of(text), FU_TOKEN_CLICK,
	    &got));
	token = (struct fu_token){ FU_TOKEN_CLICK, 0, 0 };
	fu_token_make(&keys, &token, text);
	assert_true(fu_token_check(&keys, fu_str_of(text), FU_TOKEN_CLICK,
	    &got));
	assert_false(taken(&keys, text, &got));
}

static void
EM_02_survives_what_mail_does_to_a_link(void **state)
{
	struct fu_keys keys = keys_of(OLD, NULL);
	struct fu_token token = { FU_TOKEN_UNSUBSCRIBE, 0, 0 }, got;
	char text[FU_TOKEN_LEN];
	int64_t i;

	(void)state;
	for (i = 1; i < INT64_MAX / 3; i = i * 3 + 1) {
		token.touch = i;
		token.prospect = INT64_MAX - i;
		fu_token_make(&keys, &token, text);
		/* Nothing to be escaped in a URL, nothing to be broken at. */
		assert_int_equal(strspn(text,
		    "abcdefghijklmnopqrstuvwxyz234567"), strlen(text));
		upper(text);
		assert_true(taken(&keys, text, &got));
		assert_true(got.touch == i && got.prospect == INT64_MAX - i);
	}
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
EM_17_verp(void **state)
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
		cmocka_unit_test(CS_02_a_token_outlives_its_key),
		cmocka_unit_test(CS_05_a_token_is_all_that_is_needed),
		cmocka_unit_test(EM_02_only_what_we_signed),
		cmocka_unit_test(EM_02_survives_what_mail_does_to_a_link),
		cmocka_unit_test(test_message_id),
		cmocka_unit_test(EM_17_verp)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
