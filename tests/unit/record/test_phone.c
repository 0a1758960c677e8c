/*
 * Telephone numbers: placed by their own code or by the country at hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record/phone.h"

static const struct {
	const char	*in;
	const char	*at_hand;
	const char	*e164;		/* NULL: refused */
	const char	*country;
	const char	*extension;
} cases[] = {
	{ "+49 30 901820", NULL, "+4930901820", "DE", "" },
	{ "030 / 90 18 20", "DE", "+4930901820", "DE", "" },
	{ "0049 30 901820", "US", "+4930901820", "DE", "" },
	{ "(212) 555-0142", "US", "+12125550142", "US", "" },
	{ "1-212-555-0142", "US", "+12125550142", "US", "" },
	{ "416 555 0145 x12", "CA", "+14165550145", "CA", "12" },
	{ "+1 416 555 0145", NULL, "+14165550145", "", "" },
	{ "876-555-0123", "US", "+18765550123", "JM", "" },
	{ "011 44 20 7946 0018", "US", "+442079460018", "GB", "" },
	{ "+44 (0)20 7946 0018", NULL, "+442079460018", "GB", "" },
	{ "442079460018", "GB", "+442079460018", "GB", "" },
	{ "07700 900123", "GB", "+447700900123", "GB", "" },
	{ "8 (912) 345-67-89", "RU", "+79123456789", "RU", "" },
	{ "+7 701 123 4567", NULL, "+77011234567", "KZ", "" },
	{ "06 1234 5678", "IT", "+390612345678", "IT", "" },
	{ "912 345 678", "ES", "+34912345678", "ES", "" },
	{ "tel:+1-212-555-0142;ext=7", NULL, "+12125550142", "", "7" },
	{ "whatsapp:+12125550142", NULL, "+12125550142", "", "" },
	{ "'+12125550142", NULL, "+12125550142", "", "" },
	{ "+1 212 555 0142 ext. 123", "US", "+12125550142", "US", "123" },
	{ "(212) 555-0142", NULL, NULL, NULL, NULL },
	{ "555-0142", "US", NULL, NULL, NULL },
	{ "212-911-0142", "US", NULL, NULL, NULL },
	{ "112-555-0142", "US", NULL, NULL, NULL },
	{ "4.91512E+12", "DE", NULL, NULL, NULL },
	{ "call me", "US", NULL, NULL, NULL },
	{ "", "US", NULL, NULL, NULL },
	{ "+999 12345678", NULL, NULL, NULL, NULL },
	{ "+1234567890123456789", NULL, NULL, NULL, NULL },
	{ "+12125550142 x", "US", NULL, NULL, NULL },
	/* Munich without its 0, or with the country's code: either. */
	{ "49 30 901820", "DE", NULL, NULL, NULL },
};

static void
test_cases(void **state)
{
	struct fu_err err = { 0 };
	struct fu_phones *t;

	(void)state;
	t = fu_phones_open("templates/rules/phones.txt", &err);
	if (t == NULL)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fu_phone p;
		int r = fu_phone_parse(t, fu_str_of(cases[i].in),
		    cases[i].at_hand, &p, &err);

		if ((r == 0) != (cases[i].e164 != NULL) || (r == 0 &&
		    (strcmp(p.e164, cases[i].e164) != 0 ||
		    strcmp(p.country, cases[i].country) != 0 ||
		    strcmp(p.extension, cases[i].extension) != 0)))
			fail_msg("\"%s\" in %s: got %s %s x%s", cases[i].in,
			    cases[i].at_hand ? cases[i].at_hand : "-",
			    r == 0 ? p.e164 : "refused", p.country,
			    p.extension);
	}
	assert_string_equal(fu_phone_code(t, "DE"), "49");
	assert_null(fu_phone_code(t, "XX"));
	fu_phones_close(t);
	assert_null(fu_phones_open("templates/rules/none.txt", &err));
	assert_int_equal(err.class, FU_ENOINPUT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
