/*
 * The JSON reader and writer: what RFC 8259 allows, and nothing else.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "record/json.h"

#define SPAN(lit) { "" lit, sizeof(lit) - 1 }

/* On the heap and no longer than it is, so that ASan sees a byte too far. */
static int
parse(struct fu_str text, struct fu_json *value, struct fu_err *err)
{
	char	*copy;
	int	 result;

	copy = malloc(text.len);
	memcpy(copy, text.ptr, text.len);
	result = fu_json_parse((struct fu_str){ copy, text.len }, value, err);
	free(copy);
	return (result);
}

static void
valid_texts_are_taken(void **state)
{
	static const struct fu_str	good[] = {
		SPAN("null"), SPAN("true"), SPAN("false"), SPAN("\"\""),
		SPAN(" \t\r\n1 \t\r\n"), SPAN("0"), SPAN("-0"), SPAN("-1"),
		SPAN("123"), SPAN("0.5"), SPAN("-0.0"), SPAN("1e5"),
		SPAN("1E+5"), SPAN("1.25e-05"), SPAN("0e1"), SPAN("0e+1"),
		SPAN("1e99999"), SPAN("[]"), SPAN("[ ]"), SPAN("{}"),
		SPAN("{ }"), SPAN("[1]"), SPAN("[ 1 , 2 ]"), SPAN("[[],{}]"),
		SPAN("{\"a\":1}"), SPAN("{ \"a\" : [ { } ] , \"b\" : \"\" }"),
		SPAN("{\"a\":1,\"a\":2}"), SPAN("{\"\":0}"),
		SPAN("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
		SPAN("\"\\u0000\""), SPAN("\"\\uD800\""),
		SPAN("\"\\ud83d\\uDE00\""), SPAN("\"\x7f\""),
		SPAN("\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\""),
		SPAN("\"\xf4\x8f\xbf\xbf\xef\xbf\xbf\""),
		SPAN("\"abcdefgh\""), SPAN("\"abcdefghijklmnop\xc3\xa4\""),
	};
	struct fu_json	value;
	struct fu_err	err;
	size_t		i;

	(void)state;
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (parse(good[i], &value, &err) == -1)
			fail_msg("%s was refused: %s", good[i].ptr, err.msg);
}

static void
invalid_texts_are_refused(void **state)
{
	static const struct fu_str	bad[] = {
		SPAN(""), SPAN(" "), SPAN("nul"), SPAN("nullx"), SPAN("True"),
		SPAN("NaN"), SPAN("Infinity"), SPAN("-"), SPAN("+1"),
		SPAN("01"), SPAN("-01"), SPAN("1."), SPAN(".5"), SPAN("1.e5"),
		SPAN("1e"), SPAN("1e+"), SPAN("0x1"), SPAN("1_000"),
		SPAN("1 2"), SPAN("\xef\xbc\x91"), SPAN("["), SPAN("]"),
		SPAN("[1"), SPAN("[1,"), SPAN("[1,]"), SPAN("[,1]"),
		SPAN("[1,,2]"), SPAN("[1 2]"), SPAN("[1}"), SPAN("{"),
		SPAN("{]"), SPAN("{\"a\"}"), SPAN("{\"a\":}"),
		SPAN("{\"a\":1"), SPAN("{\"a\":1,"), SPAN("{\"a\":1,}"),
		SPAN("{,\"a\":1}"), SPAN("{a:1}"), SPAN("{'a':1}"),
		SPAN("{1:1}"), SPAN("{\"a\" 1}"), SPAN("{\"a\"::1}"),
		SPAN("{\"a\":1 \"b\":2}"), SPAN("{\"a\":1}}"), SPAN("[1]]"),
		SPAN("\""), SPAN("\"a"), SPAN("'a'"), SPAN("\"\\"),
		SPAN("\"\\\""), SPAN("\"\\x\""), SPAN("\"\\U0041\""),
		SPAN("\"\\u\""), SPAN("\"\\u00\""), SPAN("\"\\u00g0\""),
		SPAN("\"\\u004"), SPAN("\"\\\0\""), SPAN("\"\t\""),
		SPAN("\"\n\""), SPAN("\"abcdefg\x1fhijklmn\""), SPAN("\"\0\""),
		SPAN("1\0"), SPAN("\0"), SPAN("\"\xff\""), SPAN("\"\x80\""),
		SPAN("\"\xc0\x80\""), SPAN("\"\xed\xa0\x80\""),
		SPAN("\"\xf4\x90\x80\x80\""), SPAN("\"\xe2\x82\""),
		SPAN("\"\xe2\x82"), SPAN("\xef\xbb\xbf{}"), SPAN("// a\n1"),
		SPAN("/**/1"), SPAN("#\n1"), SPAN("\f1"), SPAN("1\v"),
		SPAN("\xc2\xa0" "1"), SPAN("\xe2\x81\xa0[]"), SPAN("*"),
	};
	struct fu_json	value;
	size_t		i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (parse(bad[i], &value, NULL) == 0)
			fail_msg("%zu: %s was taken", i, bad[i].ptr);
}

/* Each byte at each place of a string, within eight and behind. */
static void
every_byte_is_looked_at(void **state)
{
	struct fu_json	value;
	char		text[24];
	size_t		at;
	int		c;
	bool		ok;

	(void)state;
	for (at = 1; at < sizeof(text) - 1; at++) {
		for (c = 0; c < 256; c++) {
			memset(text, 'x', sizeof(text));
			text[0] = text[sizeof(text) - 1] = '"';
			text[at] = (char)c;
			ok = c >= ' ' && c < 0x80 && c != '"' && c != '\\';
			if ((fu_json_parse((struct fu_str){ text, sizeof(text)
			    }, &value, NULL) == 0) != ok)
				fail_msg("byte %#x at %zu", c, at);
		}
	}
}

static void
depth_is_bounded(void **state)
{
	struct fu_arena	 arena;
	struct fu_json	 value;
	struct fu_object object;
	struct fu_err	 err;
	char		*deep, nested[300];
	size_t		 i, n;

	(void)state;
	memset(nested, '[', 65);
	memset(nested + 65, ']', 65);
	assert_int_equal(parse((struct fu_str){ nested, 130 }, &value, NULL),
	    -1);
	assert_int_equal(parse((struct fu_str){ nested + 1, 128 }, &value,
	    NULL), 0);
	/* The top one an object, which counts as one. */
	strcpy(nested, "{\"a\":");
	for (i = 0; i < 63; i++)
		strcat(nested, "[");
	for (i = 0; i < 63; i++)
		strcat(nested, "]");
	strcat(nested, "}");
	fu_arena_init(&arena);
	assert_int_equal(fu_json_object(&arena, fu_str_of(nested), &object,
	    NULL), 0);
	nested[5] = '{';
	assert_int_equal(fu_json_object(&arena, fu_str_of(nested), &object,
	    NULL), -1);
	n = 1000000;
	deep = malloc(n);
	memset(deep, '[', n);
	assert_int_equal(fu_json_parse((struct fu_str){ deep, n }, &value,
	    &err), -1);
	assert_string_equal(err.msg, "column 65: nested too deeply");
	free(deep);
	fu_arena_free(&arena);
}

static void
members_keep_their_spelling(void **state)
{
	struct fu_arena	 arena;
	struct fu_object object, inner;
	struct fu_json	*item;
	size_t		 n;

	(void)state;
	fu_arena_init(&arena);
	assert_int_equal(fu_json_object(&arena, FU_STR(" { \"a\" : 1.50 , "
	    "\"b\\u0041\":[ 1,\"]\" , {\"x\":[]}],\"c\":{\"d\" :null}}\n"),
	    &object, NULL), 0);
	assert_int_equal(object.n, 3);
	assert_true(fu_str_is(object.member[0].key_raw, "\"a\""));
	assert_true(fu_str_is(object.member[0].value.raw, "1.50"));
	assert_true(fu_str_is(object.member[1].key, "bA"));
	assert_true(fu_str_is(object.member[1].key_raw, "\"b\\u0041\""));
	item = fu_json_items(&arena, fu_json_get(&object, "bA"), &n);
	assert_int_equal(n, 3);
	assert_true(fu_str_is(item[1].raw, "\"]\""));
	assert_int_equal(item[2].type, FU_JSON_OBJECT);
	fu_json_items(&arena, &(struct fu_json){ FU_JSON_ARRAY,
	    FU_STR("[ ]") }, &n);
	assert_int_equal(n, 0);
	fu_json_members(&arena, fu_json_get(&object, "c"), &inner);
	assert_int_equal(inner.n, 1);
	assert_int_equal(inner.member[0].value.type, FU_JSON_NULL);
	assert_null(fu_json_get(&object, "x"));
	fu_arena_free(&arena);
}

static void
errors_name_the_column(void **state)
{
	static const char	*c[][2] = {
		{ "[]", "column 1: no JSON object" },
		{ "{\"a\":1,\"a\":2}", "column 8: key occurs twice" },
		{ "{\"a\":1,\"\\u0061\":2}", "column 8: key occurs twice" },
		{ "{\"a\":1} x", "column 9: text behind the object" },
		{ "{\"\xc3\xa4\":tru}", "column 6: no JSON value" },
		{ "{\"a\":\"b}", "column 9: string without end" },
	};
	struct fu_arena		 arena;
	struct fu_object	 object;
	struct fu_err		 err;
	size_t			 i;

	(void)state;
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		assert_int_equal(fu_json_object(&arena, fu_str_of(c[i][0]),
		    &object, &err), -1);
		assert_int_equal(err.class, FU_EDATA);
		assert_string_equal(err.msg, c[i][1]);
	}
	fu_arena_free(&arena);
}

static void
doubles_are_found_among_many(void **state)
{
	struct fu_arena	 arena;
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	struct fu_object object;
	char		 key[16];
	int		 n, i, twice;

	(void)state;
	fu_arena_init(&arena);
	fu_buf_init(&buf);
	for (n = 2; n < 300; n += 13) {
		for (twice = 0; twice < 2; twice++) {
			fu_buf_reset(&buf);
			fu_jw_init(&jw, &buf);
			fu_jw_object(&jw, NULL);
			for (i = 0; i < n; i++) {
				snprintf(key, sizeof(key), "k%d", i);
				fu_jw_int(&jw, key, i);
			}
			if (twice)
				fu_jw_int(&jw, "k1", 0);
			fu_jw_object_end(&jw);
			assert_int_equal(fu_json_object(&arena,
			    fu_buf_view(&buf), &object, NULL), -twice);
		}
	}
	fu_buf_free(&buf);
	fu_arena_free(&arena);
}

static const char *
text_of(struct fu_arena *arena, struct fu_str raw)
{
	struct fu_json	value;

	assert_int_equal(fu_json_parse(raw, &value, NULL), 0);
	return (fu_json_text(arena, &value));
}

static void
strings_are_decoded(void **state)
{
	struct fu_arena	arena;
	struct fu_json	value;

	(void)state;
	fu_arena_init(&arena);
	assert_string_equal(text_of(&arena, FU_STR("\"\"")), "");
	assert_string_equal(text_of(&arena,
	    FU_STR("\"a\\n\\t\\/\\\\\\\"z\"")), "a\n\t/\\\"z");
	assert_string_equal(text_of(&arena,
	    FU_STR("\"\\u00e4\\u20AC\\uD83D\\uDE00\"")),
	    "\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80");
	assert_null(text_of(&arena, FU_STR("\"a\\u0000b\"")));
	assert_null(text_of(&arena, FU_STR("\"\\ud800\"")));
	assert_null(text_of(&arena, FU_STR("\"\\ud800\\u0041\"")));
	assert_null(text_of(&arena, FU_STR("\"\\ud800x\"")));
	assert_null(text_of(&arena, FU_STR("\"\\ude00\"")));
	/* As every C string of ours: no control characters. */
	assert_string_equal(text_of(&arena,
	    FU_STR("\"a\\r\\nb\\rc\\u001b[2J\\u009bd\x7f\"")),
	    "a\nb\nc [2J d ");
	assert_null(text_of(&arena, FU_STR("1")));
	assert_null(fu_json_text(&arena, NULL));
	fu_json_parse(FU_STR("1.50"), &value, NULL);
	assert_string_equal(fu_json_scalar_text(&arena, &value), "1.50");
	fu_json_parse(FU_STR("true"), &value, NULL);
	assert_string_equal(fu_json_scalar_text(&arena, &value), "true");
	fu_json_parse(FU_STR("null"), &value, NULL);
	assert_null(fu_json_scalar_text(&arena, &value));
	fu_json_parse(FU_STR("[]"), &value, NULL);
	assert_null(fu_json_scalar_text(&arena, &value));
	fu_arena_free(&arena);
}

static void
numbers_are_converted(void **state)
{
	static const struct {
		const char	*text;
		bool		 whole;
		int64_t		 want;
	} c[] = {
		{ "0", true, 0 }, { "-0", true, 0 }, { "3.0", true, 3 },
		{ "3e0", true, 3 }, { "300e-2", true, 3 }, { "-42", true, -42 },
		{ "1.5e1", true, 15 }, { "1000000", true, 1000000 },
		{ "105.50e2", true, 10550 }, { "0.000e99999999999", true, 0 },
		{ "1e18", true, INT64_C(1000000000000000000) },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 },
		{ "92233720368547758070", false, 0 }, { "1e19", false, 0 },
		{ "1e99999999999999999999", false, 0 }, { "0.5", false, 0 },
		{ "1e-1", false, 0 }, { "1.05e1", false, 0 },
		{ "\"3\"", false, 0 }, { "true", false, 0 },
	};
	struct fu_json	value;
	double		real;
	int64_t		got;
	size_t		i;
	bool		flag;

	(void)state;
	for (i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		assert_int_equal(fu_json_parse(fu_str_of(c[i].text), &value,
		    NULL), 0);
		got = 0;
		if (fu_json_int(&value, &got) != c[i].whole || got != c[i].want)
			fail_msg("%s: got %lld", c[i].text, (long long)got);
	}
	fu_json_parse(FU_STR("-12.5e-1"), &value, NULL);
	assert_true(fu_json_real(&value, &real) && real == -1.25);
	fu_json_parse(FU_STR("1e400"), &value, NULL);
	assert_false(fu_json_real(&value, &real));
	assert_false(fu_json_bool(&value, &flag));
	fu_json_parse(FU_STR("false"), &value, NULL);
	assert_true(fu_json_bool(&value, &flag) && !flag);
	assert_false(fu_json_int(NULL, &got) || fu_json_real(NULL, &real) ||
	    fu_json_bool(NULL, &flag));
}

static void
writer_writes(void **state)
{
	struct fu_buf	buf;
	struct fu_jw	jw;

	(void)state;
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "s", "a\"\\/\b\f\n\r\t\x01\x7f\xc3\xa4");
	fu_jw_str(&jw, "none", NULL);
	fu_jw_span(&jw, "bad", (struct fu_str)SPAN("a\xff\0z\xe2\x82"));
	fu_jw_array(&jw, "l");
	fu_jw_int(&jw, NULL, INT64_MIN);
	fu_jw_real(&jw, NULL, 0.1);
	fu_jw_real(&jw, NULL, -0.0);
	fu_jw_real(&jw, NULL, 1e300);
	fu_jw_real(&jw, NULL, NAN);
	fu_jw_object(&jw, NULL);
	fu_jw_object_end(&jw);
	fu_jw_array(&jw, NULL);
	fu_jw_array_end(&jw);
	fu_jw_array_end(&jw);
	fu_jw_bool(&jw, "t", true);
	fu_jw_null(&jw, "n");
	fu_jw_time(&jw, "at", 0);
	fu_jw_time(&jw, "never", FU_NEVER);
	fu_jw_raw(&jw, "raw", FU_STR("[1,\n2]"));
	fu_jw_object_end(&jw);
	assert_string_equal(buf.ptr, "{\"s\":"
	    "\"a\\\"\\\\/\\b\\f\\n\\r\\t"
	    "\\u0001\x7f\xc3\xa4\",\"none\":null,"
	    "\"bad\":\"a\xef\xbf\xbd\\u0000z\xef\xbf\xbd\xef\xbf\xbd\","
	    "\"l\":[-9223372036854775808,0.1,0,1e+300,null,{},[]],\"t\":true,"
	    "\"n\":null,\"at\":\"1970-01-01T00:00:00Z\",\"never\":null,"
	    "\"raw\":[1, 2]}");
	fu_buf_free(&buf);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(valid_texts_are_taken),
		cmocka_unit_test(invalid_texts_are_refused),
		cmocka_unit_test(every_byte_is_looked_at),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(members_keep_their_spelling),
		cmocka_unit_test(errors_name_the_column),
		cmocka_unit_test(doubles_are_found_among_many),
		cmocka_unit_test(strings_are_decoded),
		cmocka_unit_test(numbers_are_converted),
		cmocka_unit_test(writer_writes),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
