/*
 * Dates of an absence, and which of them is its end.  [EM-14]
 */
#include <string.h>

#include "content/mail_dates.h"
#include "content/mail_feasts.h"
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
	/* The other half of a range fixes the order of day and month. */
	{ "out 12/23 - 1/3", "2027-01-03", true, false },
	{ "out 23/12 - 3/1", "2027-01-03", true, true },
	{ "out 23.12. - 3.1.", "2027-01-03", true, false },
	{ "out dec 24/25", "2026-12-24", true, false },
	/* Weeks by a day in them, parts of months, days of no month. */
	{ "out of the office the week of 30 november",
	    "2026-12-06", true, false },
	{ "away the week of november 29", "2026-12-05", true, false },
	{ "back the week of 7 december", "2026-12-07", false, false },
	{ "in der woche vom 30. november im urlaub",
	    "2026-12-06", true, false },
	{ "absent la semaine du 30 novembre", "2026-12-06", true, false },
	{ "la semana del 30 de noviembre", "2026-12-06", true, false },
	{ "out until march", "2027-03-31", true, false },
	{ "away until february", "2027-02-28", true, false },
	{ "bis märz in elternzeit", "2027-03-31", true, false },
	{ "jusqu'en mars", "2027-03-31", true, false },
	{ "fino a marzo", "2027-03-31", true, false },
	{ "away till end of january", "2027-01-31", true, false },
	{ "bis ende januar nicht im büro", "2027-01-31", true, false },
	{ "absent jusqu'à fin janvier", "2027-01-31", true, false },
	{ "hasta finales de enero", "2027-01-31", true, false },
	{ "tot eind januari", "2027-01-31", true, false },
	{ "away until mid january", "2027-01-15", true, false },
	{ "mitte januar wieder da", "2027-01-15", false, false },
	{ "back early february", "2027-02-01", false, false },
	{ "a fair at the end of january", NULL, false, false },
	{ "i'll be back on the 14th", "2026-12-14", false, false },
	{ "back on the 27th", "2026-11-27", false, false },
	{ "back on the 31st", "2026-12-31", false, false },
	{ "ich bin am 14. wieder im büro", "2026-12-14", false, false },
	{ "de retour le 14", "2026-12-14", false, false },
	{ "vuelvo el 14.", "2026-12-14", false, false },
	{ "ik ben terug op de 14e", "2026-12-14", false, false },
	{ "14日に戻ります", "2026-12-14", false, false },
	{ "out from the 7th to the 14th", "2026-12-14", true, false },
	{ "nos bureaux sont au 14 rue de rivoli", NULL, false, false },
	{ "out until noon. call the 4th floor", NULL, false, false },
	{ "14日間休みます", NULL, false, false },
	/* Feasts. */
	{ "on holiday until the new year", "2027-01-01", true, false },
	{ "bis neujahr im urlaub", "2027-01-01", true, false },
	{ "back after christmas", "2026-12-26", true, false },
	{ "back after christmas on 4 january", "2027-01-04", false, false },
	{ "back in the office after easter", "2027-03-29", true, false },
	{ "zurück nach ostern", "2027-03-29", true, false },
	{ "closed between christmas and new year", "2027-01-01", true, false },
	{ "fermé entre noël et le nouvel an", "2027-01-01", true, false },
	{ "merry christmas and a happy new year! i am out",
	    NULL, false, false },
	{ "i will be back. happy new year!", NULL, false, false },
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

/* Feasts of years that are known. */
static void
a_feast_ends_on_its_last_day(void **state)
{
	static const struct {
		enum fu_mail_list feast;
		struct fu_date sent, ends;	/* of year 0: over */
	} t[] = {
		{ FU_ML_EASTER, { 2026, 2, 1 }, { 2026, 4, 6 } },
		{ FU_ML_EASTER, { 2026, 5, 1 }, { 2027, 3, 29 } },
		{ FU_ML_EASTER, { 2024, 1, 1 }, { 2024, 4, 1 } },
		{ FU_ML_EASTER, { 2038, 1, 1 }, { 2038, 4, 26 } },
		{ FU_ML_EASTER, { 2026, 4, 8 }, { 0, 1, 1 } },
		{ FU_ML_THANKSGIVING, { 2026, 11, 20 }, { 2026, 11, 29 } },
		{ FU_ML_THANKSGIVING, { 2024, 11, 20 }, { 2024, 12, 1 } },
		{ FU_ML_CHRISTMAS, { 2026, 12, 24 }, { 2026, 12, 26 } },
		{ FU_ML_NEW_YEAR, { 2026, 12, 24 }, { 2027, 1, 1 } },
		{ FU_ML_NEW_YEAR, { 2027, 1, 5 }, { 0, 1, 1 } },
	};
	int32_t day;
	bool found;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		found = fu_feast_ends(t[i].feast, fu_date_days(t[i].sent),
		    &day);
		if (found != (t[i].ends.year != 0) ||
		    (found && day != fu_date_days(t[i].ends)))
			fail_msg("row %zu: %d, day %d", i, found, day);
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
		cmocka_unit_test(a_feast_ends_on_its_last_day),
	};

	return (cmocka_run_group_tests(tests, start, stop));
}
