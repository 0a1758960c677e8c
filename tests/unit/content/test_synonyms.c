/* Groups of words that mean the same: what is read, and what is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/synonyms.h"

static struct fu_arena		 arena;
static struct fu_faults		 faults;
static struct fu_terms		*terms;
static struct fu_synonyms	 s;

static int
begin(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	fu_faults_init(&faults);
	terms = fu_terms_new();
	return (0);
}

static int
end(void **state)
{
	(void)state;
	fu_terms_free(terms);
	fu_faults_free(&faults);
	fu_arena_free(&arena);
	return (0);
}

static void
read_text(const char *text)
{
	fu_synonyms_read(&s, &arena, "s.txt", fu_str_of(text), &faults);
}

/* The member that begins at that byte, and where it ends; "" for none. */
static const char *
at(const char *text, size_t from, size_t *to)
{
	const struct fu_synonym	*m = fu_synonyms_at(&s, terms, FU_TONGUE_EN,
	    fu_str_of(text), from, to);

	return (m == NULL ? "" : m->text);
}

static void
test_found(void **state)
{
	size_t	 to = 0;

	(void)state;
	read_text("date: 2026-01-01\n# a note\n\nprice = cost = how much\r\n"
	    "sign up = register\nsign = signature\n");
	assert_int_equal(faults.n, 0);
	assert_int_equal(s.ngroup, 3);
	assert_int_equal(s.n, 7);
	assert_string_equal(at("Prices?", 0, &to), "price");
	assert_int_equal(to, 6);
	/* The longest; a stop word is known by itself. */
	assert_string_equal(at("we signed up today", 2, &to), "sign up");
	assert_int_equal(to, 12);
	assert_string_equal(at("we signed on today", 2, &to), "sign");
	assert_string_equal(at("How much is it", 0, &to), "how much");
	assert_string_equal(at("how many", 0, &to), "");
	assert_string_equal(at("", 0, &to), "");
	assert_int_equal(s.member[0].group, s.member[2].group);
}

static void
expect(size_t i, const char *text)
{
	assert_true(i < faults.n);
	assert_true(faults.fault[i].warning);
	assert_string_equal(fu_fault_print(&arena, &faults.fault[i]), text);
}

static void
test_faults(void **state)
{
	size_t	 to;

	(void)state;
	read_text("a b c d = far\nnear = = close\nalone\n"
	    "cost = near = tariff\n");
	assert_int_equal(faults.n, 5);
	expect(0, "s.txt:1:1: warning: more than three words: nobody finds it "
	    "by them");
	expect(1, "s.txt:1:1: warning: a group has two members or more, "
	    "\" = \" between them");
	expect(2, "s.txt:2:8: warning: there is no word between the \"=\"");
	expect(3, "s.txt:3:1: warning: a group has two members or more, "
	    "\" = \" between them");
	expect(4, "s.txt:4:8: warning: \"near\" is there already, on line 2: "
	    "it means what that line says");
	assert_string_equal(at("near", 0, &to), "near");
	assert_int_equal(s.n, 4);
	assert_int_equal(s.ngroup, 2);
	/* Nothing is found in what is no text. */
	read_text("caf\xe9 = bar\n");
	assert_int_equal(s.n, 0);
	assert_string_equal(at("bar", 0, &to), "");
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test_setup_teardown(test_found, begin, end),
		cmocka_unit_test_setup_teardown(test_faults, begin, end),
	};

	return (cmocka_run_group_tests_name("synonyms", tests, NULL, NULL));
}
