/* Merge tags of other programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/foreign.h"

#define NONE	((enum fu_foreign_sort)-1)

static void
test_next(void **state)
{
	static const struct {
		const char		*text, *tag;
		enum fu_foreign_sort	 sort;
		const char		*field;
		bool			 certain;
	} cases[] = {
		{ "a *|FNAME|* b", "*|FNAME|*", FU_FOREIGN_FIELD, "FNAME",
		    true },
		{ "*|IF:COMPANY|*", "*|IF:COMPANY|*", FU_FOREIGN_LOGIC, NULL,
		    false },
		{ "{contactfield=firstname|Friend}",
		    "{contactfield=firstname|Friend}", FU_FOREIGN_FIELD,
		    "firstname", true },
		{ "x {% if a %}", "{% if a %}", FU_FOREIGN_LOGIC, NULL, false },
		{ "{{if .Company}}", "{{if .Company}}", FU_FOREIGN_LOGIC, NULL,
		    false },
		{ "{{#if a}}", "{{#if a}}", FU_FOREIGN_LOGIC, NULL, false },
		{ "{{else}}", "{{else}}", FU_FOREIGN_LOGIC, NULL, false },
		{ "{{ .Subscriber.FirstName }}", "{{ .Subscriber.FirstName }}",
		    FU_FOREIGN_FIELD, ".Subscriber.FirstName", true },
		{ "{{.FirstName | default \"there\"}}",
		    "{{.FirstName | default \"there\"}}", FU_FOREIGN_FIELD,
		    ".FirstName", true },
		{ "{{first_name | fallback:\"there\"}}",
		    "{{first_name | fallback:\"there\"}}", FU_FOREIGN_FIELD,
		    "first_name", true },
		{ "{{Hi|Hello you}}", "{{Hi|Hello you}}", FU_FOREIGN_CHOICE,
		    NULL, false },
		{ "{Hi|Hello}", "{Hi|Hello}", FU_FOREIGN_CHOICE, NULL, false },
		{ "{!Contact.FirstName}", "{!Contact.FirstName}",
		    FU_FOREIGN_FIELD, "Contact.FirstName", true },
		{ "%%first_name%%", "%%first_name%%", FU_FOREIGN_FIELD,
		    "first_name", true },
		{ "[COMPANY]", "[COMPANY]", FU_FOREIGN_FIELD, "COMPANY",
		    false },
		{ "{first_name}", "{first_name}", FU_FOREIGN_FIELD,
		    "first_name", false },
		{ "${first_name}", "${first_name}", FU_FOREIGN_FIELD,
		    "first_name", false },
		/* Ours, and prose. */
		{ "{{first_name}} {{{x}}} {{&x}} {{ x | default: \"|\" }}",
		    NULL, NONE, NULL, false },
		{ "{{#x}}a{{/x}}{{^x}}b{{/x}} {{> footer}} {{! if }}", NULL,
		    NONE, NULL, false },
		{ "{{insight.text}} [A page](https://x) [HERE](https://x)",
		    NULL, NONE, NULL, false },
		{ "50% off, 20% more; a * b | c * d; {", NULL, NONE, NULL,
		    false },
		{ "{a\n|b}", NULL, NONE, NULL, false },
		{ "{{=<% %>=}} {a|b}", NULL, NONE, NULL, false },
		{ "{{", NULL, NONE, NULL, false },
		{ "", NULL, NONE, NULL, false }
	};
	struct fu_foreign f;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (cases[i].tag == NULL) {
			if (fu_foreign_next(cases[i].text, 0, &f))
				fail_msg("%s: taken", cases[i].text);
			continue;
		}
		if (!fu_foreign_next(cases[i].text, 0, &f))
			fail_msg("%s: not found", cases[i].text);
		assert_int_equal(f.len, strlen(cases[i].tag));
		assert_memory_equal(cases[i].text + f.at, cases[i].tag, f.len);
		assert_int_equal(f.sort, cases[i].sort);
		if (f.sort == FU_FOREIGN_FIELD)
			assert_int_equal(f.certain, cases[i].certain);
		if (cases[i].field != NULL)
			assert_true(fu_str_is(f.field, cases[i].field));
	}
}

static void
test_each(void **state)
{
	static const char text[] = "*|FNAME|* {{x}} {a|b} {{.Y}}";
	struct fu_foreign f;
	size_t at = 0, n = 0;

	(void)state;
	for (; fu_foreign_next(text, at, &f); n++) {
		assert_true(f.at >= at && f.len > 0);
		at = f.at + f.len;
	}
	assert_int_equal(n, 3);
	assert_int_equal(at, sizeof(text) - 1);
}

static void
test_ours(void **state)
{
	static const char *item[] = { "first_name = firstname fname",
		"sender.name = sendername senderfirstname",
		"company = companyname accountname", "> footer = address" };
	static const struct {
		const char *field, *ours;
	} cases[] = {
		{ "FNAME", "first_name" },
		{ "First Name", "first_name" },
		{ "contact.FirstName", "first_name" },
		{ ".Subscriber.First-Name", "first_name" },
		{ "sender.first_name", "sender.name" },
		{ "Account.Name", "company" },
		{ "Company", "company" },
		{ "address", "> footer" },
		{ "fname2", NULL },
		{ "name", NULL },
		{ "...", NULL },
		{ "", NULL }
	};
	struct fu_list lines = { item, 4 };
	struct fu_arena arena;
	const char *got;
	size_t i;

	(void)state;
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		got = fu_foreign_ours(&lines, fu_str_of(cases[i].field),
		    &arena);
		if (!fu_streq(got, cases[i].ours))
			fail_msg("%s: %s", cases[i].field,
			    got != NULL ? got : "none");
	}
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_next),
		cmocka_unit_test(test_each), cmocka_unit_test(test_ours) };

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
