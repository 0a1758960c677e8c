/*
 * Every fixture of tests/cli/config-faults gives exactly the words beside it.
 *
 * NAME.yaml is a fu.yaml, NAME.expect what loading it says, a line a fault.
 * The last case holds the shipped templates to none at all.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/load.h"

#define FIXTURES_MIN 40		/* fewer, and they were not found */

/* What loading ${file} says, a line a fault. */
static char *
said(struct fu_arena *arena, const char *file)
{
	struct fu_config config;
	struct fu_faults faults;
	struct fu_buf out;
	struct fu_err err = { 0 };
	size_t i;
	char *text;
	int rv;

	fu_faults_init(&faults);
	fu_buf_init(&out);
	fu_buf_puts(&out, "");
	rv = fu_config_load(&config, file, &faults, &err);
	for (i = 0; i < faults.n; i++) {
		fu_buf_puts(&out, fu_fault_print(arena, &faults.fault[i]));
		fu_buf_putc(&out, '\n');
	}
	assert_int_equal(rv == 0, fu_faults_errors(&faults) == 0);
	if (rv == -1)
		assert_int_equal(err.class, FU_ECONFIG);
	text = fu_dup_buf(arena, &out);
	fu_buf_free(&out);
	fu_config_free(&config);
	fu_faults_free(&faults);
	return (text);
}

static void
test_fixtures(void **state)
{
	struct fu_arena arena;
	struct fu_list names;
	struct fu_err err = { 0 };
	struct fu_str expected;
	const char *stem;
	size_t i;
	char *got;

	(void)state;
	fu_arena_init(&arena);
	assert_int_equal(chdir("tests/cli/config-faults"), 0);
	assert_int_equal(fu_dir_names(&arena, ".", ".expect", &names, &err), 0);
	assert_true(names.n >= FIXTURES_MIN);
	for (i = 0; i < names.n; i++) {
		stem = fu_dup_str(&arena, (struct fu_str){ names.item[i],
		    strlen(names.item[i]) - strlen(".expect") });
		got = said(&arena, fu_printf(&arena, "%s.yaml", stem));
		assert_int_equal(fu_source_read(&arena, names.item[i],
		    FU_CONFIG_BYTES_MAX, &expected, NULL, &err), 0);
		if (strcmp(got, expected.ptr) != 0)
			fail_msg("%s\nexpected:\n%sgot:\n%s", stem,
			    expected.ptr, got);
	}
	assert_int_equal(chdir("../../.."), 0);
	fu_arena_free(&arena);
}

static void
test_templates_are_clean(void **state)
{
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	assert_string_equal(said(&arena, "templates/fu.yaml"), "");
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fixtures),
		cmocka_unit_test(test_templates_are_clean),
	};

	return (cmocka_run_group_tests_name("config/faults", tests, NULL,
	    NULL));
}
