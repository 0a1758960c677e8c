/*
 * A record: what it was given is what it writes, but for what was set.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "record/rec.h"

struct place {
	struct fu_arena	arena;
	struct fu_buf	out;
};

static int
setup(void **state)
{
	static struct place	place;

	fu_arena_init(&place.arena);
	fu_buf_init(&place.out);
	*state = &place;
	return (0);
}

static int
teardown(void **state)
{
	struct place	*place = *state;

	fu_arena_free(&place->arena);
	fu_buf_free(&place->out);
	return (0);
}

static struct fu_rec
rec_of(struct place *place, const char *line)
{
	struct fu_rec	rec;
	struct fu_err	err;

	if (fu_rec_parse(&rec, &place->arena, fu_str_of(line), &err) == -1)
		fail_msg("%s: %s", line, err.msg);
	return (rec);
}

static void
assert_written(struct place *place, const struct fu_rec *rec, const char *want)
{
	fu_buf_reset(&place->out);
	fu_rec_write(rec, &place->out);
	assert_string_equal(place->out.ptr, want);
}

static void
untouched_passes_to_the_byte(void **state)
{
	static const char	*line[] = { "{}", "{ }",
				    "{\"n\":1.50e+00,\"u\":\"\\u00E4\\/\"}",
				    "{ \"a\" : [ 1 , 2 ]\t, \"b\":{ } }" };
	struct fu_rec		 rec;
	char			 want[100];
	size_t			 i;

	for (i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		rec = rec_of(*state, line[i]);
		strcpy(want, line[i]);
		strcat(want, "\n");
		assert_written(*state, &rec, want);
	}
}

static void
members_are_replaced_in_place(void **state)
{
	struct fu_rec	rec;

	rec = rec_of(*state, "{ \"a\" : 1.0 , \"\\u0062\":[ ],\"c\":\"x\" }");
	fu_rec_set_int(&rec, "b", 7);
	assert_written(*state, &rec,
	    "{ \"a\" : 1.0 , \"\\u0062\":7,\"c\":\"x\" }\n");
	fu_rec_set_str(&rec, "c", "y\n");
	fu_rec_set_str(&rec, "a", NULL);
	fu_rec_set_bool(&rec, "b", true);
	assert_written(*state, &rec,
	    "{ \"a\" : null , \"\\u0062\":true,\"c\":\"y\\n\" }\n");
	fu_rec_set_time(&rec, "d", 0);
	fu_rec_set_raw(&rec, "e\"", FU_STR("[1,\n2]"));
	fu_rec_set_time(&rec, "f", FU_NEVER);
	assert_written(*state, &rec, "{ \"a\" : null , \"\\u0062\":true,"
	    "\"c\":\"y\\n\",\"d\":\"1970-01-01T00:00:00Z\",\"e\\\"\":[1, 2],"
	    "\"f\":null }\n");
}

static void
members_are_appended(void **state)
{
	struct fu_rec	rec;

	rec = rec_of(*state, "{\"a\":{\"b\":1} }");
	fu_rec_set_int(&rec, "b", -2);
	assert_written(*state, &rec, "{\"a\":{\"b\":1},\"b\":-2 }\n");
	rec = rec_of(*state, "{ }");
	fu_rec_set_int(&rec, "b", 2);
	fu_rec_set_int(&rec, "c", 3);
	assert_written(*state, &rec, "{\"b\":2,\"c\":3 }\n");
	fu_rec_new(&rec, rec.arena);
	assert_written(*state, &rec, "{}\n");
	fu_rec_set_str(&rec, "type", "stat");
	assert_written(*state, &rec, "{\"type\":\"stat\"}\n");
}

static void
overlay_is_read_first(void **state)
{
	struct fu_rec	rec;
	int64_t		n;

	rec = rec_of(*state, "{\"type\":\"prospect\",\"n\":3.0,\"l\":[1]}");
	assert_string_equal(fu_rec_type(&rec), "prospect");
	assert_true(fu_rec_int(&rec, "n", &n));
	assert_int_equal(n, 3);
	assert_string_equal(fu_rec_text(&rec, "n"), "3.0");
	assert_null(fu_rec_text(&rec, "l"));
	assert_null(fu_rec_get(&rec, "x"));
	fu_rec_set_str(&rec, "n", "four");
	fu_rec_set_str(&rec, "x", "new");
	assert_string_equal(fu_rec_text(&rec, "n"), "four");
	assert_string_equal(fu_rec_text(&rec, "x"), "new");
	assert_false(fu_rec_int(&rec, "n", &n));
	rec = rec_of(*state, "{\"type\":7}");
	assert_null(fu_rec_type(&rec));
}

static void
several_lines_become_one(void **state)
{
	struct fu_rec	rec;

	rec = rec_of(*state, "{\r\n \"a\": [\n1 ]\n}\n");
	assert_written(*state, &rec, "{   \"a\": [ 1 ] }\n");
}

static void
no_object_is_an_error(void **state)
{
	struct place	*place = *state;
	struct fu_rec	 rec;
	struct fu_err	 err;

	assert_int_equal(fu_rec_parse(&rec, &place->arena, FU_STR("[1]"), &err),
	    -1);
	assert_int_equal(fu_rec_parse(&rec, &place->arena,
	    FU_STR("{\"a\":1,\"a\":1}"), &err), -1);
	assert_string_equal(err.msg, "column 8: key occurs twice");
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test_setup_teardown(untouched_passes_to_the_byte,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(members_are_replaced_in_place,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(members_are_appended, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(overlay_is_read_first, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(several_lines_become_one,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(no_object_is_an_error, setup,
		    teardown),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
