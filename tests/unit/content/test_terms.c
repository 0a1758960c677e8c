/* Words as terms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "content/terms.h"

static void
expect(struct fu_terms *t, const char *text, enum fu_tongue tongue,
    const char *want)
{
	struct fu_term_run	 run = { NULL, 0, 0 };
	struct fu_buf		 got;

	fu_buf_init(&got);
	fu_buf_puts(&got, "");
	fu_terms_read(t, fu_str_of(text), tongue, &run);
	for (size_t i = 0; i < run.n; i++)
		fu_buf_printf(&got, "%s%s", i == 0 ? "" : " ",
		    fu_terms_text(t, run.term[i]));
	assert_string_equal(got.ptr == NULL ? "" : got.ptr, want);
	fu_buf_free(&got);
	fu_term_run_free(&run);
}

static void
test_terms(void **state)
{
	struct fu_terms	*t = fu_terms_new();

	(void)state;
	expect(t, "The prices of our CRMs, and the APIs' limits: 3.5%",
	    FU_TONGUE_EN, "price crm api limit 3 5");
	expect(t, "We don't; the customer's own \xe2\x80\x9cquotes\xe2\x80\x9d",
	    FU_TONGUE_EN, "custom quot");
	/* A word is the same however it is written. */
	expect(t, "ROUTING routing Routing routed", FU_TONGUE_EN,
	    "rout rout rout rout");
	expect(t, "Die Häuser und das Haus", FU_TONGUE_DE, "haus haus");
	expect(t, "l'\xc3\xa9quipe et les \xc3\xa9quipes", FU_TONGUE_FR,
	    "equip equip");
	expect(t, "The prices", FU_TONGUE_NONE, "the prices");
	/* Pairs, where no blank parts words; one alone stays one. */
	expect(t, "\xe4\xbb\xb7\xe6\xa0\xbc\xe8\xa1\xa8 x", FU_TONGUE_NONE,
	    "\xe4\xbb\xb7\xe6\xa0\xbc \xe6\xa0\xbc\xe8\xa1\xa8 \xe8\xa1\xa8 x");
	expect(t, "", FU_TONGUE_EN, "");
	expect(t, "!!! --- ...", FU_TONGUE_EN, "");
	fu_terms_free(t);
}

static void
test_tongues(void **state)
{
	struct fu_terms	*t = fu_terms_new();

	(void)state;
	assert_int_equal(fu_tongue_find("de-AT"), FU_TONGUE_DE);
	assert_int_equal(fu_tongue_find("EN_us"), FU_TONGUE_EN);
	assert_int_equal(fu_tongue_find("nb"), FU_TONGUE_NO);
	assert_int_equal(fu_tongue_find("zz"), FU_TONGUE_NONE);
	assert_int_equal(fu_tongue_find(NULL), FU_TONGUE_NONE);
	assert_int_equal(fu_terms_guess(t, FU_STR("what is the price of it")),
	    FU_TONGUE_EN);
	assert_int_equal(fu_terms_guess(t, FU_STR("was kostet das bei euch")),
	    FU_TONGUE_DE);
	assert_int_equal(fu_terms_guess(t, FU_STR("combien est-ce que cela "
	    "coûte chez vous")), FU_TONGUE_FR);
	assert_int_equal(fu_terms_guess(t, FU_STR("cuánto cuesta y qué es lo "
	    "que tiene")), FU_TONGUE_ES);
	assert_int_equal(fu_terms_guess(t, FU_STR("pricing")), FU_TONGUE_NONE);
	assert_true(fu_terms_weak(t, FU_STR("Question"), FU_TONGUE_EN));
	assert_false(fu_terms_weak(t, FU_STR("invoice"), FU_TONGUE_EN));
	fu_terms_free(t);
}

/* The memory of words grows, and what was met keeps its number. */
static void
test_many(void **state)
{
	struct fu_terms		*t = fu_terms_new();
	struct fu_term_run	 run = { NULL, 0, 0 };
	char			 word[32];
	uint32_t		 first;

	(void)state;
	first = fu_terms_add(t, FU_STR("first"));
	for (int i = 0; i < 50000; i++) {
		(void)snprintf(word, sizeof(word), "w%dq", i);
		run.n = 0;
		fu_terms_read(t, fu_str_of(word), FU_TONGUE_NONE, &run);
		assert_int_equal(run.n, 1);
		assert_string_equal(fu_terms_text(t, run.term[0]), word);
	}
	assert_int_equal(fu_terms_add(t, FU_STR("first")), first);
	assert_int_equal(fu_terms_count(t), 50001);
	fu_term_run_free(&run);
	fu_terms_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_tongues),
		cmocka_unit_test(test_many),
	};

	return (cmocka_run_group_tests_name("terms", tests, NULL, NULL));
}
