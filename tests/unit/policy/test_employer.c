/* What company an address or a website is of, by the domains that are shipped. */
#include "policy/employer.h"
#include "policy/rulebook_files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static struct fu_rulebook *book;

static int
open_book(void **state)
{
	static char text[16384];
	FILE *f = fopen("templates/rules/free-mail.txt", "r");
	struct fu_err err;
	size_t n;

	(void)state;
	if (f == NULL)
		return (-1);
	n = fread(text, 1, sizeof(text), f);
	fclose(f);
	/* An operator's own line, as people write domains. */
	n += (size_t)snprintf(text + n, sizeof(text) - n,
	    "mail | Mail.Example www.post.example\n");
	book = fu_rulebook_new();
	return (fu_rulebook_add(book, "free-mail.txt",
	    (struct fu_str){ text, n }, &err));
}

static int
close_book(void **state)
{
	(void)state;
	fu_rulebook_free(book);
	return (0);
}

static void
mailboxes_of_anybody(void **state)
{
	static const char *const free[] = { "gmail.com", "126.com", "zoho.com",
		"yahoo.co.uk", "mail.example", "post.example" };

	(void)state;
	for (size_t i = 0; i < sizeof(free) / sizeof(*free); i++)
		if (!fu_freemail(book, free[i]))
			fail_msg("%s is a company's", free[i]);
	assert_false(fu_freemail(book, "example.com"));
	assert_false(fu_freemail(book, "linkedin.com"));
	assert_false(fu_freemail(NULL, "gmail.com"));
}

static void
the_company_of_a_person(void **state)
{
	static const struct {
		const char *email, *website, *company;
	} cases[] = {
		{ "ann@acme.example", NULL, "acme.example" },
		{ "ann@acme.example", "https://other.example", "acme.example" },
		{ "ann@gmail.com", NULL, NULL },
		{ "ann@mail.example", "https://www.Acme.example/x",
		    "acme.example" },
		{ NULL, "https://www.linkedin.com/in/ann", NULL },
		{ NULL, "https://gmx.de/ann", NULL },
		{ NULL, "no site", NULL },
		{ NULL, NULL, NULL },
	};
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fu_person p = { 0 };
		const char *got;

		p.f[FU_F_EMAIL] = cases[i].email;
		p.f[FU_F_WEBSITE] = cases[i].website;
		got = fu_company_domain(book, &p, &arena);
		if (cases[i].company == NULL)
			assert_null(got);
		else
			assert_string_equal(got, cases[i].company);
	}
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mailboxes_of_anybody),
		cmocka_unit_test(the_company_of_a_person),
	};

	return (cmocka_run_group_tests(tests, open_book, close_book));
}
