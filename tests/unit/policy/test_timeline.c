/*
 * What a stated timeline can mean at the latest: tables of text and day.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "policy/facts.h"

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))

struct row {
	const char	*text, *by;	/* "none": it says no time */
};

static int
check(const struct row *table, size_t n, const char *stated)
{
	char got[FU_TIME_LEN];
	int64_t us;
	int32_t day;
	size_t i;
	int bad = 0;

	assert_int_equal(fu_time_parse(fu_str_of(stated), &us, NULL), 0);
	for (i = 0; i < n; i++) {
		strcpy(got, "none");
		if (fu_timeline_by(table[i].text, us, &day))
			fu_date_print(fu_date_of_days(day), got);
		if (strcmp(got, table[i].by) != 0) {
			print_error("\"%s\" on %s: expected %s, got %s\n",
			    table[i].text, stated, table[i].by, got);
			bad++;
		}
	}
	return (bad);
}

static void
in_march(void **state)
{
	static const struct row table[] = {
		{ "in KW 12", "2026-03-22" }, { "KW12/2027", "2027-03-28" },
		{ "bis KW 2", "2027-01-17" }, { "vor KW 12", "2026-03-15" },
		{ "am 15.3", "2026-03-15" }, { "bis zum 30.06", "2026-06-30" },
		{ "am 15.03.2027", "2027-03-15" },
		{ "zum 1. April", "2026-04-01" },
		{ "le 1er juin", "2026-06-01" },
		{ "Q3", "2026-09-30" }, { "q1", "2026-03-31" },
		{ "Q3 2026", "2026-09-30" }, { "2027 Q1", "2027-03-31" },
		{ "3Q26", "2026-09-30" }, { "Q3/2027", "2027-09-30" },
		{ "Q2-Q3", "2026-09-30" },
		{ "Q4 2026 or Q1 2027", "2027-03-31" },
		{ "third quarter", "2026-09-30" },
		{ "first half of 2027", "2027-06-30" },
		{ "H2", "2026-12-31" }, { "H1 2027", "2027-06-30" },
		{ "3-6 months", "2026-09-02" },
		{ "3\xe2\x80\x93" "6 months", "2026-09-02" },
		{ "3 to 6 months", "2026-09-02" }, { "6m", "2026-09-02" },
		{ "six months", "2026-09-02" }, { "in 3 months", "2026-06-02" },
		{ "within 2 weeks", "2026-03-16" }, { "90 days", "2026-05-31" },
		{ "next 90 days", "2026-05-31" }, { "a month", "2026-04-02" },
		{ "1 year", "2027-03-02" }, { "half a year", "2026-09-02" },
		{ "a couple of months", "2026-05-02" },
		{ "10 business days", "2026-03-16" },
		{ "0-3 months", "2026-06-02" },
		{ "less than 3 months", "2026-06-02" },
		{ "next quarter", "2026-06-30" },
		{ "this quarter", "2026-03-31" },
		{ "end of quarter", "2026-03-31" },
		{ "this year", "2026-12-31" }, { "end of year", "2026-12-31" },
		{ "by year end", "2026-12-31" }, { "EOY", "2026-12-31" },
		{ "next year", "2027-12-31" },
		{ "early next year", "2027-05-02" },
		{ "next month", "2026-04-30" },
		{ "end of month", "2026-03-31" }, { "next week", "2026-03-15" },
		{ "September", "2026-09-30" }, { "Sept 2027", "2027-09-30" },
		{ "February", "2027-02-28" }, { "March", "2026-03-31" },
		{ "30 September 2026", "2026-09-30" },
		{ "September 15th", "2026-09-15" },
		{ "Sep 15, 2027", "2027-09-15" },
		{ "mid September", "2026-09-20" }, { "March '27", "2027-03-31" },
		{ "2026-09", "2026-09-30" }, { "2026-09-30", "2026-09-30" },
		{ "2026-09-15T10:00:00Z", "2026-09-15" },
		{ "09/2026", "2026-09-30" }, { "30/09/2026", "2026-09-30" },
		{ "09/10/2026", "2026-10-09" }, { "30.09.2026", "2026-09-30" },
		{ "2027", "2027-12-31" }, { "end of 2026", "2026-12-31" },
		{ "end of Q3", "2026-09-30" }, { "summer", "2026-09-22" },
		{ "summer 2027", "2027-09-22" }, { "winter", "2026-03-19" },
		{ "asap", "2026-04-01" }, { "ASAP!", "2026-04-01" },
		{ "immediately", "2026-04-01" },
		{ "as soon as possible", "2026-04-01" },
		{ "today", "2026-03-02" }, { "3 Monate", "2026-06-02" },
		{ "fin septembre", "2026-09-30" },
		{ "no later than June", "2026-06-30" },
		{ NULL, "none" }, { "", "none" }, { "unknown", "none" },
		{ "no timeline", "none" }, { "just looking", "none" },
		{ "TBD", "none" }, { "6+ months", "none" },
		{ "more than 6 months", "none" }, { "3", "none" },
		{ "not this year", "none" }, { "n/a", "none" },
		{ "no rush", "none" }, { "not now", "none" },
		{ "no hurry, we may decide later", "none" },
		{ "99999999999999999999 months", "none" },
	};

	(void)state;
	assert_int_equal(check(table, NELEM(table), "2026-03-02T10:00:00Z"), 0);
}

static void
in_november(void **state)
{
	static const struct row table[] = {
		{ "Q3", "2027-09-30" }, { "Q4", "2026-12-31" },
		{ "H2", "2026-12-31" }, { "H1", "2027-06-30" },
		{ "next quarter", "2027-03-31" },
		{ "next month", "2026-12-31" }, { "September", "2027-09-30" },
		{ "3 months", "2027-02-28" }, { "winter", "2027-03-19" },
		{ "winter 2026", "2027-03-19" },
	};

	(void)state;
	assert_int_equal(check(table, NELEM(table), "2026-11-30T23:59:59Z"), 0);
}

static void
in_other_languages(void **state)
{
	static const struct row table[] = {
		{ "nächstes Quartal", "2026-09-30" },
		{ "Ende März", "2027-03-31" },
		{ "im 2. Halbjahr", "2026-12-31" },
		{ "in einem halben Jahr", "2026-12-10" },
		{ "in zwei Monaten", "2026-08-10" },
		{ "vor 3 Monaten", "none" }, { "im neuen Jahr", "none" },
		{ "fin T2", "2026-06-30" }, { "fin d'année", "2026-12-31" },
		{ "le mois prochain", "2026-07-31" },
		{ "au deuxième trimestre 2027", "2027-06-30" },
		{ "avant le 1er octobre", "2026-09-30" },
		{ "pas avant janvier", "2027-01-31" },
		{ "dans un an", "2027-06-10" },
		{ "en septiembre", "2026-09-30" },
		{ "el mes que viene", "2026-07-31" },
		{ "a finales de año", "2026-12-31" },
		{ "dentro de medio año", "2026-12-10" },
		{ "dopo l'estate", "none" }, { "entro fine giugno", "2026-06-30" },
		{ "tra 3 mesi", "2026-09-10" },
		{ "no próximo trimestre", "2026-09-30" },
		{ "até ao fim do mês", "2026-06-30" },
		{ "antes do verão", "2026-06-22" },
		{ "over een half jaar", "2026-12-10" },
		{ "voor 1 oktober", "2026-09-30" },
		{ "in het derde kwartaal", "2026-09-30" },
	};

	(void)state;
	assert_int_equal(check(table, NELEM(table), "2026-06-10T10:00:00Z"), 0);
}

static void
days_by_name(void **state)
{
	static const struct row table[] = {
		{ "before Easter", "2027-03-27" }, { "by Easter", "2027-03-28" },
		{ "before Christmas", "2026-12-24" },
		{ "by Black Friday", "2026-11-27" },
		{ "Thanksgiving 2027", "2027-11-25" },
		{ "after the summer", "none" }, { "after Christmas", "none" },
		{ "before September", "2026-08-31" },
		{ "w/c 6 July", "2026-07-12" }, { "mid January", "2027-01-20" },
		{ "FY27, ours starts in April", "2028-03-31" },
	};

	(void)state;
	assert_int_equal(check(table, NELEM(table), "2026-06-10T10:00:00Z"), 0);
}

static void
no_day_is_made_of_asap(void **state)
{
	int64_t us;
	int32_t day;

	(void)state;
	assert_int_equal(fu_time_parse(fu_str_of("2026-06-10T10:00:00Z"), &us,
	    NULL), 0);
	assert_true(fu_timeline_by("asap", us, &day));
	assert_false(fu_timeline_dated("asap", us, &day));
	assert_true(fu_timeline_dated("Q3", us, &day));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_march),
		cmocka_unit_test(in_other_languages),
		cmocka_unit_test(days_by_name),
		cmocka_unit_test(no_day_is_made_of_asap),
		cmocka_unit_test(in_november),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
