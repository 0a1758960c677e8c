/*
 * Mail addresses: what is taken, what is refused, and the two keys.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "record/email.h"

static const struct {
	const char	*in;
	const char	*out;	/* NULL: refused */
} cases[] = {
	{ "ann@example.com", "ann@example.com" },
	{ " Ann.Lee@EXAMPLE.Com ", "Ann.Lee@example.com" },
	{ "Ann Lee <ann@example.com>", "ann@example.com" },
	{ "\"Lee, Ann\" <ann@example.com>", "ann@example.com" },
	{ "mailto:ann@example.com?subject=hi", "ann@example.com" },
	{ "'ann@example.com", "ann@example.com" },
	{ "ann@example.com,", "ann@example.com" },
	{ "\302\240ann@example.com\342\200\213", "ann@example.com" },
	{ "info@m\303\274ller.de", "info@xn--mller-kva.de" },
	{ "jos\303\251@example.com", "jos\303\251@example.com" },
	{ "jose\314\201@example.com", "jos\303\251@example.com" },
	{ "o'hara+x@example.co.uk", "o'hara+x@example.co.uk" },
	{ "x@", NULL },
	{ "@example.com", NULL },
	{ "ann", NULL },
	{ "", NULL },
	{ "ann@localhost", NULL },
	{ "ann@[192.0.2.1]", NULL },
	{ "ann@192.0.2.1", NULL },
	{ "ann@exa mple.com", NULL },
	{ "an n@example.com", NULL },
	{ "ann@example..com", NULL },
	{ "ann@-example.com", NULL },
	{ ".ann@example.com", NULL },
	{ "a..b@example.com", NULL },
	{ "a@b@example.com", NULL },
	{ "ann@example.com\nBcc: all@example.org", NULL },
	{ "ann\r\n@example.com", NULL },
	{ "ann@exam\tple.com", NULL },
	{ "a\342\200\250b@example.com", NULL },
};

static void
test_parse(void **state)
{
	struct fu_arena a;

	(void)state;
	fu_arena_init(&a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fu_err err = { 0 };
		const char *out = NULL;
		int r = fu_email_parse(fu_str_of(cases[i].in), &a, &out, &err);

		if ((r == 0) != (cases[i].out != NULL) || (r == 0 &&
		    strcmp(out, cases[i].out) != 0))
			fail_msg("\"%s\": got \"%s\" %s", cases[i].in,
			    r == 0 ? out : "refused", err.msg);
		assert_int_equal(r == 0 ? FU_OK : FU_EDATA, err.class);
	}
	fu_arena_free(&a);
}

static void
test_lengths(void **state)
{
	char local[80], text[600], label[64];
	struct fu_arena a;
	const char *out;

	(void)state;
	fu_arena_init(&a);
	memset(local, 'a', sizeof(local));
	memset(label, 'b', sizeof(label));
	(void)snprintf(text, sizeof(text), "%.64s@example.com", local);
	assert_int_equal(fu_email_parse(fu_str_of(text), &a, &out, NULL), 0);
	(void)snprintf(text, sizeof(text), "%.65s@example.com", local);
	assert_int_equal(fu_email_parse(fu_str_of(text), &a, &out, NULL), -1);
	(void)snprintf(text, sizeof(text), "a@%.63s.%.63s.%.63s.%.56s.com",
	    label, label, label, label);
	assert_int_equal(strlen(text), 254);
	assert_int_equal(fu_email_parse(fu_str_of(text), &a, &out, NULL), 0);
	(void)snprintf(text, sizeof(text), "ab@%.63s.%.63s.%.63s.%.56s.com",
	    label, label, label, label);
	assert_int_equal(fu_email_parse(fu_str_of(text), &a, &out, NULL), -1);
	(void)snprintf(text, sizeof(text), "a@%.64s.com", (const char[65]){
	    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" });
	assert_int_equal(fu_email_parse(fu_str_of(text), &a, &out, NULL), -1);
	fu_arena_free(&a);
}

static void
test_cell(void **state)
{
	static const struct {
		const char	*in;
		size_t		 n, bad;
	} cells[] = {
		{ "a@example.com", 1, 0 },
		{ "a@example.com, b@example.com", 2, 0 },
		{ "a@example.com;b@example.com;", 2, 0 },
		{ "a@example.com b@example.com", 2, 0 },
		{ "a@example.com\nb@example.com", 2, 0 },
		{ "A@example.com, a@EXAMPLE.com", 1, 0 },
		{ "\"Lee, Ann\" <a@example.com>, b@example.com", 2, 0 },
		{ "Lee, Ann <a@example.com>", 1, 0 },
		{ "a@example.com, x@", 1, 1 },
		{ "none", 0, 1 },
		{ " ; , ", 0, 0 },
	};
	struct fu_arena a;

	(void)state;
	fu_arena_init(&a);
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		const char **list;
		size_t n, bad;

		bad = fu_email_cell(fu_str_of(cells[i].in), &a, &list, &n,
		    NULL);
		if (n != cells[i].n || bad != cells[i].bad)
			fail_msg("\"%s\": %zu addresses, %zu bad; expected "
			    "%zu, %zu", cells[i].in, n, bad, cells[i].n,
			    cells[i].bad);
	}
	fu_arena_free(&a);
}

static void
test_keys(void **state)
{
	struct fu_arena a;

	(void)state;
	fu_arena_init(&a);
	assert_string_equal(fu_email_key(&a, "A.B+x@x.com"), "a.b+x@x.com");
	assert_string_equal(fu_email_suppress_key(&a, "A.B+promo@x.com"),
	    "a.b@x.com");
	assert_string_equal(fu_email_suppress_key(&a, "+all@x.com"),
	    "+all@x.com");
	assert_string_equal(fu_email_key(&a, "JOS\303\211@x.com"),
	    "jos\303\251@x.com");
	assert_string_equal(fu_email_domain("a@x.com"), "x.com");
	assert_string_equal(fu_email_domain("a"), "");
	assert_string_equal(fu_domain_parse(
	    FU_STR("https://WWW.M\303\274ller.de:443/x?y"), &a, NULL),
	    "xn--mller-kva.de");
	assert_null(fu_domain_parse(FU_STR("acme"), &a, NULL));
	fu_arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_cell),
		cmocka_unit_test(test_keys),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
