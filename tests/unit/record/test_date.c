/*
 * Dates of exports: the spellings that are read, and those that are refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/date.h"

#define UNKNOWN	FU_ORDER_UNKNOWN
#define DMY	FU_ORDER_DMY
#define MDY	FU_ORDER_MDY
#define DAY12	"2024-03-12T00:00:00Z"

static const struct {
	const char		*in;
	enum fu_date_order	 order;
	enum fu_date_fault	 fault;
	const char		*out;
} cases[] = {
	{ "2024-03-12", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "2024-03-12 10:00", UNKNOWN, FU_DATE_OK, "2024-03-12T10:00:00Z" },
	{ "2024-03-12T10:00:00+02:00", UNKNOWN, FU_DATE_OK,
	    "2024-03-12T08:00:00Z" },
	{ "2024/03/12", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "24/3/12", FU_ORDER_YMD, FU_DATE_OK, DAY12 },
	{ "24.03.12", FU_ORDER_YMD, FU_DATE_OK, DAY12 },
	{ "3/4/2024", FU_ORDER_YMD, FU_DATE_AMBIGUOUS, NULL },
	{ "12 Mar 2024", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "12-Mar-24", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "Mar 12, 2024", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "March 12th, 2024", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "Tue, 12 Mar 2024 17:03:09", UNKNOWN, FU_DATE_OK,
	    "2024-03-12T17:03:09Z" },
	{ "3/14/2024 5:03 PM", UNKNOWN, FU_DATE_OK, "2024-03-14T17:03:00Z" },
	{ "14/3/2024", UNKNOWN, FU_DATE_OK, "2024-03-14T00:00:00Z" },
	{ "12.03.2024 17:03", UNKNOWN, FU_DATE_OK, "2024-03-12T17:03:00Z" },
	{ "3/3/2024", UNKNOWN, FU_DATE_OK, "2024-03-03T00:00:00Z" },
	{ "1710201600000", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "1710201600", UNKNOWN, FU_DATE_OK, DAY12 },
	{ "3/4/2024", UNKNOWN, FU_DATE_AMBIGUOUS, NULL },
	{ "3/4/2024", DMY, FU_DATE_OK, "2024-04-03T00:00:00Z" },
	{ "3/4/2024", MDY, FU_DATE_OK, "2024-03-04T00:00:00Z" },
	{ "12/3/24 12:00 AM", DMY, FU_DATE_OK, DAY12 },
	{ "2/30/2024", UNKNOWN, FU_DATE_BAD, NULL },
	{ "14/3/2024", MDY, FU_DATE_OK, "2024-03-14T00:00:00Z" },
	{ "next week", UNKNOWN, FU_DATE_BAD, NULL },
	{ "Q3", UNKNOWN, FU_DATE_BAD, NULL },
	{ "", UNKNOWN, FU_DATE_BAD, NULL },
	{ "3/14/2024 25:00", UNKNOWN, FU_DATE_BAD, NULL },
	{ "3/14/2024 13:00 PM", UNKNOWN, FU_DATE_BAD, NULL },
	{ "42", UNKNOWN, FU_DATE_BAD, NULL },
};

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[FU_TIME_LEN];
		enum fu_date_fault f;
		const char *out = NULL;
		struct fu_err err = { 0 };
		int64_t us;

		f = fu_date_read(fu_str_of(cases[i].in), cases[i].order, &us,
		    &err);
		if (f == FU_DATE_OK)
			out = fu_time_print(us, text);
		if (f != cases[i].fault || !fu_streq(out, cases[i].out))
			fail_msg("\"%s\": got %d %s %s", cases[i].in, (int)f,
			    out ? out : "-", err.msg);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
