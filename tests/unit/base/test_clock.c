/*
 * Times as text, durations, civil dates and zones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/zone.h"

/* The instant that a text names, which must be a good one. */
static int64_t
at(const char *text)
{
	struct fu_err	err;
	int64_t		us;

	if (fu_time_parse(fu_str_of(text), &us, &err) == -1)
		fail_msg("%s", err.msg);
	return (us);
}

static void
assert_time(int64_t us, const char *want)
{
	char	text[FU_TIME_LEN];

	assert_string_equal(fu_time_print(us, text), want);
}

static void
times_are_read(void **state)
{
	static const char	*bad[] = { "", "2026", "2026-11-5",
				    "2026-02-29", "2026-13-01", "1899-12-31",
				    "2026-11-25T", "2026-11-25T24:00:00Z",
				    "2026-11-25T14:60Z", "2026-11-25T14:12:61Z",
				    "2026-11-25T14:12:00.Z",
				    "2026-11-25T14:12:00Zx",
				    "2026-11-25T14:12:00+5",
				    "2026-11-25T14:12:00+24:00",
				    " 2026-11-25", "2026-11-25Z",
				    "1900-01-01T00:00:00+01:00",
				    "9999-12-31T23:59:59-00:01" };
	struct fu_err		 err;
	int64_t			 us;
	size_t			 i;

	(void)state;
	assert_int_equal(at("1970-01-01"), 0);
	assert_time(at("2026-11-25T14:12:00Z"), "2026-11-25T14:12:00Z");
	assert_time(at("2026-11-25t14:12:00z"), "2026-11-25T14:12:00Z");
	assert_time(at("2026-11-25 14:12"), "2026-11-25T14:12:00Z");
	assert_time(at("2026-11-25T09:12:00-05:00"), "2026-11-25T14:12:00Z");
	assert_time(at("2026-11-25T19:42:00+0530"), "2026-11-25T14:12:00Z");
	assert_time(at("2026-11-25T14:12:00.25Z"), "2026-11-25T14:12:00.25Z");
	assert_time(at("2026-11-25T14:12:00.1234567Z"),
	    "2026-11-25T14:12:00.123456Z");
	assert_time(at("2016-12-31T23:59:60Z"), "2017-01-01T00:00:00Z");
	assert_time(at("1900-01-01"), "1900-01-01T00:00:00Z");
	assert_time(at("1969-12-31T23:59:59.5Z"), "1969-12-31T23:59:59.5Z");
	assert_time(at("9999-12-31T23:59:59Z"), "9999-12-31T23:59:59Z");
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (fu_time_parse(fu_str_of(bad[i]), &us, &err) == 0)
			fail_msg("\"%s\" was taken for a time", bad[i]);
}

static void
times_are_written_with_offset(void **state)
{
	char	text[FU_TIME_LEN];

	(void)state;
	assert_string_equal(fu_time_print_offset(at("2026-11-25T14:12:00Z"),
	    -5 * 3600, text), "2026-11-25T09:12:00-05:00");
	assert_string_equal(fu_time_print_offset(at("2026-11-25T14:12:00Z"),
	    19800, text), "2026-11-25T19:42:00+05:30");
	assert_string_equal(fu_time_print_offset(0, 0, text),
	    "1970-01-01T00:00:00+00:00");
	/* Whatever comes, the text stays within its room. */
	fu_time_print(FU_NEVER, text);
	fu_time_print_offset(INT64_MAX, -14 * 3600, text);
}

static void
durations_are_read(void **state)
{
	static const char	*bad[] = { "", "5", "00", "s", "-1s", "1 s",
				    "1h30m", "1y", "3661d", "1.5h",
				    "99999999999999999999999s" };
	int64_t			 us;
	size_t			 i;

	(void)state;
	assert_int_equal(fu_duration_parse(FU_STR("0"), &us, NULL), 0);
	assert_int_equal(us, 0);
	assert_int_equal(fu_duration_parse(FU_STR("90s"), &us, NULL), 0);
	assert_int_equal(us, 90 * FU_SECOND);
	assert_int_equal(fu_duration_parse(FU_STR("2w"), &us, NULL), 0);
	assert_int_equal(us, 14 * FU_DAY);
	assert_int_equal(fu_duration_parse(FU_STR("3660d"), &us, NULL), 0);
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (fu_duration_parse(fu_str_of(bad[i]), &us, NULL) == 0)
			fail_msg("\"%s\" was taken for a duration", bad[i]);
}

static void
dates_count_days(void **state)
{
	struct fu_date	date;
	int32_t		day, first, last;

	(void)state;
	first = fu_date_days((struct fu_date){ 1, 1, 1 });
	last = fu_date_days((struct fu_date){ 9999, 12, 31 });
	assert_int_equal(last - first + 1, 3652059);
	for (day = first; day <= last; day++) {
		date = fu_date_of_days(day);
		if (!fu_date_valid(date) || fu_date_days(date) != day)
			fail_msg("day %d does not come back", day);
	}
	assert_int_equal(fu_days_weekday(0), 3);
	assert_int_equal(fu_days_weekday(-4), 6);
	assert_int_equal(fu_days_weekday(fu_date_days(
	    (struct fu_date){ 2026, 11, 25 })), 2);
	assert_int_equal(fu_month_length(2000, 2), 29);
	assert_int_equal(fu_month_length(1900, 2), 28);
	assert_int_equal(fu_date_parse(FU_STR("2028-02-29"), &date, NULL), 0);
	assert_int_equal(date.day, 29);
	assert_int_equal(fu_date_parse(FU_STR("2027-02-29"), &date, NULL), -1);
	assert_int_equal(fu_date_parse(FU_STR("2027-02-28 "), &date, NULL), -1);
}

static void
zone_names_are_checked(void **state)
{
	static const char	*bad[] = { "", "/etc/passwd", "../zoneinfo/UTC",
				    "America", "America/", "Nowhere/City",
				    "EST5EDT,M3.2.0,M11.1.0", "UTC+3",
				    "America/../UTC", "zone.tab", "+05:00",
				    "<+03>-3", "posixrules", "UTC\n",
				    "Europe/Berlin\xff" };
	size_t			 i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (fu_zone_open(bad[i]) != NULL)
			fail_msg("\"%s\" was taken for a zone", bad[i]);
	assert_null(fu_zone_open(NULL));
	assert_ptr_equal(fu_zone_open("UTC"), fu_zone_utc());
	assert_ptr_equal(fu_zone_open("America/New_York"),
	    fu_zone_open("America/New_York"));
	assert_string_equal(fu_zone_name(fu_zone_open("Etc/GMT+5")),
	    "Etc/GMT+5");
	assert_int_equal(fu_zone_offset(fu_zone_open("Etc/GMT+5"), 0),
	    -5 * 3600);
	assert_int_equal(fu_zone_offset(fu_zone_utc(), 0), 0);
}

static void
local_times_become_instants(void **state)
{
	static const struct {
		const char	*zone, *day;
		int		 minutes;
		const char	*want;
	} c[] = {
		{ "America/New_York", "2027-03-14", 480,
		    "2027-03-14T12:00:00Z" },
		{ "America/New_York", "2026-11-01", 480,
		    "2026-11-01T13:00:00Z" },
		/* skipped, and its edges */
		{ "America/New_York", "2027-03-14", 150,
		    "2027-03-14T07:00:00Z" },
		{ "America/New_York", "2027-03-14", 120,
		    "2027-03-14T07:00:00Z" },
		{ "America/New_York", "2027-03-14", 180,
		    "2027-03-14T07:00:00Z" },
		{ "America/New_York", "2027-03-14", 119,
		    "2027-03-14T06:59:00Z" },
		/* twice, and its edges */
		{ "America/New_York", "2026-11-01", 90,
		    "2026-11-01T05:30:00Z" },
		{ "America/New_York", "2026-11-01", 60,
		    "2026-11-01T05:00:00Z" },
		{ "America/New_York", "2026-11-01", 120,
		    "2026-11-01T07:00:00Z" },
		{ "America/New_York", "2026-07-01", 1440,
		    "2026-07-02T04:00:00Z" },
		{ "America/New_York", "2026-10-31", 1440,
		    "2026-11-01T04:00:00Z" },
		{ "Europe/Berlin", "2026-03-29", 150, "2026-03-29T01:00:00Z" },
		{ "Australia/Lord_Howe", "2026-10-04", 135,
		    "2026-10-03T15:30:00Z" },
		/* a whole day that never was */
		{ "Pacific/Apia", "2011-12-30", 720, "2011-12-30T10:00:00Z" },
		/* midnight itself is skipped */
		{ "America/Santiago", "2026-09-06", 0, "2026-09-06T04:00:00Z" },
		{ "Asia/Kathmandu", "2026-01-01", 0, "2025-12-31T18:15:00Z" },
		/* beyond the end of what older data lists */
		{ "America/New_York", "2045-07-01", 480,
		    "2045-07-01T12:00:00Z" },
		{ "America/New_York", "2045-01-15", 480,
		    "2045-01-15T13:00:00Z" },
		{ "UTC", "1969-12-31", 1439, "1969-12-31T23:59:00Z" },
	};
	struct fu_date	date;
	char		text[FU_TIME_LEN];
	size_t		i;

	(void)state;
	for (i = 0; i < sizeof(c) / sizeof(c[0]); i++) {
		assert_int_equal(fu_date_parse(fu_str_of(c[i].day), &date,
		    NULL), 0);
		fu_time_print(fu_zone_instant(fu_zone_open(c[i].zone),
		    fu_date_days(date), c[i].minutes), text);
		if (strcmp(text, c[i].want) != 0)
			fail_msg("%s %s +%d min: expected %s, got %s",
			    c[i].zone, c[i].day, c[i].minutes, c[i].want, text);
	}
}

static void
offsets_change_at_the_second(void **state)
{
	const struct fu_zone	*ny;
	int64_t			 change;
	int32_t			 day;
	int			 i;

	(void)state;
	ny = fu_zone_open("America/New_York");
	change = at("2027-03-14T07:00:00Z");
	/* Twice: the second time from what it remembers. */
	for (i = 0; i < 2; i++) {
		assert_int_equal(fu_zone_offset(ny, change - 1), -18000);
		assert_int_equal(fu_zone_offset(ny, change), -14400);
	}
	assert_int_equal(fu_zone_local_us(ny, at("2026-11-25T03:30:00Z"), &day),
	    22 * FU_HOUR + 30 * FU_MINUTE);
	assert_int_equal(day, fu_date_days((struct fu_date){ 2026, 11, 24 }));
	assert_int_equal(fu_zone_day(fu_zone_utc(), -1), -1);
}

/* Whatever was asked before, the answer is the same. */
static void
memory_of_a_zone_does_not_show(void **state)
{
	const struct fu_zone	*zone;
	int64_t			 us;
	uint32_t		 seed;
	int			 i, offset, want;

	(void)state;
	zone = fu_zone_open("Europe/London");
	seed = 20261125;
	for (i = 0; i < 20000; i++) {
		seed = seed * 1664525 + 1013904223;
		us = at("2020-01-01") + (int64_t)(seed >> 8) % (3000 * 24) *
		    FU_HOUR;
		offset = fu_zone_offset(zone, us);
		/* British summer: last Sundays of March and October, 1:00. */
		want = 0;
		for (int year = 2020; year <= 2028; year++) {
			int32_t	from, to;

			from = fu_date_days((struct fu_date){ (int16_t)year, 3,
			    31 });
			from -= (fu_days_weekday(from) + 1) % 7;
			to = fu_date_days((struct fu_date){ (int16_t)year, 10,
			    31 });
			to -= (fu_days_weekday(to) + 1) % 7;
			if (us >= from * FU_DAY + FU_HOUR &&
			    us < to * FU_DAY + FU_HOUR)
				want = 3600;
		}
		if (offset != want)
			fail_msg("seed 20261125, try %d: expected %d, got %d",
			    i, want, offset);
	}
}

static void
clock_stands_or_runs(void **state)
{
	struct fu_clock	clock = { at("2026-11-25T14:12:00Z") };
	int64_t		before;

	(void)state;
	assert_time(fu_clock_now(&clock), "2026-11-25T14:12:00Z");
	clock.at_us = FU_NEVER;
	assert_true(fu_clock_now(&clock) > at("2024-01-01"));
	before = fu_clock_monotonic_us();
	fu_sleep_us(1000);
	assert_true(fu_clock_monotonic_us() - before >= 1000);
}

int
main(void)
{
	const struct CMUnitTest	tests[] = {
		cmocka_unit_test(times_are_read),
		cmocka_unit_test(times_are_written_with_offset),
		cmocka_unit_test(durations_are_read),
		cmocka_unit_test(dates_count_days),
		cmocka_unit_test(zone_names_are_checked),
		cmocka_unit_test(local_times_become_instants),
		cmocka_unit_test(offsets_change_at_the_second),
		cmocka_unit_test(memory_of_a_zone_does_not_show),
		cmocka_unit_test(clock_stands_or_runs),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
