/*
 * Dates of an absence, and which of them is its end.  [EM-14]
 */
#include <string.h>

#include "content/mail_dates.h"
#include "mail_lists.h"

static struct fu_arena arena;
static struct fu_mail_lists *lists;

static const struct row {
	const char *text, *day;		/* day NULL: none */
	bool until, month_first;
} rows[] = {
	{ "back on 2026-12-01", "2026-12-01", false, false },
	{ "until 12/01/2026", "2026-12-01", true, true },
	{ "until 12.01.2027", "2027-01-12", true, false },
	{ "i am away until 12/02.", "2026-12-02", true, false },
	{ "back 12/1.", "2026-12-01", false, false },
	{ "back 1/12.", "2026-12-01", false, true },
	{ "back 4/1.", "2027-01-04", false, false },
	{ "until 1/2", "2027-02-01", true, false },
	{ "until 1/2", "2027-01-02", true, true },
	{ "through december 4th", "2026-12-04", true, false },
	{ "from dec 1 to dec 4", "2026-12-04", true, false },
	{ "from 1-4 december", "2026-12-04", true, false },
	{ "away december 1 - 4", "2026-12-04", true, false },
	{ "vom 1. bis 4. dezember, ab dem 7. dezember wieder da",
	    "2026-12-07", false, false },
	{ "vanaf 1 december tot 4 december", "2026-12-04", true, false },
	{ "bis 4. januar", "2027-01-04", true, false },
	{ "1 aral\xc4\xb1k - 4 aral\xc4\xb1k tarihleri aras\xc4\xb1nda",
	    "2026-12-04", true, false },
	{ "12月1日から4日まで", "2026-12-04", true, false },
	{ "back on monday", "2026-11-30", false, false },
	{ "until friday", "2026-12-04", true, false },
	{ "back tomorrow", "2026-11-28", false, false },
	/* Weeks of the year, months, and how long. */
	{ "bis kw 52", "2026-12-27", true, false },
	{ "back in week 2", "2027-01-11", false, false },
	{ "until week 1/2027", "2027-01-10", true, false },
	{ "kw 50-51 nicht im büro", "2026-12-20", true, false },
	{ "kw 52 bis kw 1", "2027-01-10", true, false },
	{ "until march 2027", "2027-03-31", true, false },
	{ "back in march 2027", "2027-03-01", false, false },
	{ "je reviendrai en mars 2027", "2027-03-01", false, false },
	{ "i return in february", "2027-02-01", false, false },
	{ "je reviendrai en avril", "2027-04-01", false, false },
	{ "a march fair, an april shower", NULL, false, false },
	{ "out of office for two weeks", "2026-12-11", false, false },
	{ "ich bin drei wochen im urlaub", "2026-12-18", false, false },
	{ "out of office from 7 december for 10 days", "2026-12-17", false,
	    false },
	{ "back in 2 weeks", "2026-12-11", false, false },
	{ "out of office, you hear from us within two weeks", NULL, false,
	    false },
	{ "out of office, two weeks of week 99 in 3 days", "2026-12-11", false,
	    false },
	{ "two weeks", NULL, false, false },
	{ "our march 2027 fair", NULL, false, false },
	/* No dates, or none that is a return. */
	{ "call +49 30 12.12.12", NULL, false, false },
	{ "version 12.1.2.3 is out", NULL, false, false },
	{ "open 9:30 - 12:30", NULL, false, false },
	{ "your mail of 3 march 2020", NULL, false, false },
	{ "the 45th of december", NULL, false, false },
	{ "on monday we met", NULL, false, false },
	{ "", NULL, false, false },
};

static void
EM_14_the_end_of_an_absence(void **state)
{
	struct fu_date sent = { 2026, 11, 27 };		/* a Friday */

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		char text[FU_TIME_LEN] = "none";
		bool until = false;
		int32_t day;

		if (fu_return_find(fu_mail_fold(r->text, &arena), lists,
		    fu_date_days(sent), r->month_first, &day, &until))
			fu_date_print(fu_date_of_days(day), text);
		if (strcmp(text, r->day == NULL ? "none" : r->day) != 0 ||
		    (r->day != NULL && until != r->until))
			fail_msg("\"%s\": %s %d", r->text, text, until);
	}
}

static int
start(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	lists = shipped_lists(&arena);
	return (0);
}

static int
stop(void **state)
{
	(void)state;
	fu_mail_lists_free(lists);
	fu_arena_free(&arena);
	return (0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(EM_14_the_end_of_an_absence),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
