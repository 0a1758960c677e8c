/*
 * Windows: edges, holidays, changes of clocks, days that never come.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "policy/hours.h"

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))

static int64_t
at(const char *s)
{
	int64_t us;

	assert_int_equal(0, fu_time_parse(fu_str_of(s), &us, NULL));
	return (us);
}

static int32_t
day(const char *s)
{
	struct fu_date d;

	assert_int_equal(0, fu_date_parse(fu_str_of(s), &d, NULL));
	return (fu_date_days(d));
}

static struct fu_window office = { .days = 0x1f, .open_min = 510,
	.close_min = 1050 };

static void
opens_at_the_next_instant_inside(void **state)
{
	static const struct {
		const char *zone, *now, *next;
	} t[] = {
		/* inside, both edges, before, after, over a weekend */
		{ "America/New_York", "2026-03-02T15:00:00Z",
		    "2026-03-02T15:00:00Z" },
		{ "America/New_York", "2026-03-02T13:30:00Z",
		    "2026-03-02T13:30:00Z" },
		{ "America/New_York", "2026-03-02T13:29:59.999999Z",
		    "2026-03-02T13:30:00Z" },
		{ "America/New_York", "2026-03-02T22:29:59.999999Z",
		    "2026-03-02T22:29:59.999999Z" },
		{ "America/New_York", "2026-03-02T22:30:00Z",
		    "2026-03-03T13:30:00Z" },
		{ "America/New_York", "2026-03-06T22:30:00Z",
		    "2026-03-09T12:30:00Z" },
		/* the holiday below */
		{ "America/New_York", "2026-11-25T22:30:00Z",
		    "2026-11-27T13:30:00Z" },
		/* ends of the world */
		{ "Pacific/Kiritimati", "2026-12-31T10:00:00Z",
		    "2026-12-31T18:30:00Z" },
		{ "Pacific/Pago_Pago", "2027-01-01T05:00:00Z",
		    "2027-01-01T19:30:00Z" } };
	int32_t holiday = day("2026-11-26");
	int64_t next;

	(void)state;
	office.holiday = &holiday;
	office.nholiday = 1;
	for (size_t i = 0; i < NELEM(t); i++) {
		assert_true(fu_window_open(&office, fu_zone_open(t[i].zone),
		    at(t[i].now), &next));
		assert_int_equal(at(t[i].next), next);
	}
	office.nholiday = 0;
}

/* Where it is not known in which zone somebody is, a window round the clock
 * has no gap between the midnights of two. */
static void
several_zones_each_by_its_own_day(void **state)
{
	const struct fu_zone *zones[] = { fu_zone_open("America/New_York"),
		fu_zone_open("America/Los_Angeles") };
	struct fu_window always = { .days = 0x7f, .open_min = 0,
		.close_min = 1440, .zone = zones, .nzone = 2 };
	static const struct {
		uint8_t days;
		int open, close;
		const char *now, *next;
	} t[] = {
		/* 00:20 in New York, 21:20 the day before in Los Angeles */
		{ 0x7f, 0, 1440, "2026-12-02T05:20:00Z",
		    "2026-12-02T05:20:00Z" },
		/* Monday has begun in both; Friday ends where it ends first */
		{ 0x1f, 0, 1440, "2026-12-07T05:20:00Z",
		    "2026-12-07T08:00:00Z" },
		{ 0x1f, 0, 1440, "2026-12-05T04:59:00Z",
		    "2026-12-05T04:59:00Z" },
		{ 0x1f, 0, 1440, "2026-12-05T05:00:00Z",
		    "2026-12-07T08:00:00Z" },
		/* both opened, neither closed */
		{ 0x1f, 510, 1050, "2026-12-02T13:30:00Z",
		    "2026-12-02T16:30:00Z" },
		{ 0x1f, 510, 1050, "2026-12-02T22:30:00Z",
		    "2026-12-03T16:30:00Z" } };
	int64_t next;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		always.days = t[i].days;
		always.open_min = t[i].open;
		always.close_min = t[i].close;
		assert_true(fu_window_open(&always, zones[0], at(t[i].now),
		    &next));
		assert_int_equal(at(t[i].next), next);
	}
}

/* A deadline at the very end of the business day is within it. */
static void
a_deadline_may_be_closing_time(void **state)
{
	const struct fu_zone *ny = fu_zone_open("America/New_York");

	(void)state;
	assert_int_equal(at("2026-03-02T22:30:00Z"),
	    fu_next_business_opening(&office, ny, at("2026-03-02T22:30:00Z")));
	assert_int_equal(at("2026-03-03T13:30:00Z"),
	    fu_next_business_opening(&office, ny,
	    at("2026-03-02T22:30:00.000001Z")));
	assert_int_equal(at("2026-03-03T13:30:00Z"),
	    fu_next_business_opening(&office, ny, at("2026-03-03T13:30:00Z")));
}

static void
clocks_change(void **state)
{
	const struct fu_zone *ny = fu_zone_open("America/New_York");
	struct fu_window night = { .days = 0x7f, .open_min = 120,
		.close_min = 180 };
	struct fu_window whole = { .days = 0x7f, .open_min = 0,
		.close_min = 1440 };
	int64_t next;

	(void)state;
	/* 02:00 to 03:00 does not exist on 8 March 2026. */
	assert_true(fu_window_open(&night, ny, at("2026-03-08T06:00:00Z"),
	    &next));
	assert_int_equal(at("2026-03-09T06:00:00Z"), next);
	assert_int_equal(23 * FU_HOUR,
	    fu_window_closes(&whole, ny, day("2026-03-08")) -
		fu_window_opens(&whole, ny, day("2026-03-08")));
	assert_int_equal(25 * FU_HOUR,
	    fu_window_closes(&whole, ny, day("2026-11-01")) -
		fu_window_opens(&whole, ny, day("2026-11-01")));
	for (int64_t t = at("2026-10-31T00:00:00Z");
	     t < at("2026-11-03T00:00:00Z"); t += 7 * FU_MINUTE) {
		assert_true(fu_window_open(&whole, ny, t, &next));
		assert_int_equal(t, next);
	}
}

static void
days(void **state)
{
	int32_t holidays[2] = { day("2026-03-09"), day("2026-03-10") };
	struct fu_window w = { .days = 0x1f, .open_min = 0, .close_min = 1440,
		.holiday = holidays, .nholiday = 2 };

	(void)state;
	assert_true(fu_window_day(&w, day("2026-03-06")));
	assert_false(fu_window_day(&w, day("2026-03-07")));
	assert_false(fu_window_day(&w, day("2026-03-10")));
	assert_int_equal(day("2026-03-06"),
	    fu_window_next_day(&w, day("2026-03-06")));
	assert_int_equal(day("2026-03-11"),
	    fu_window_next_day(&w, day("2026-03-07")));
}

static void
never(void **state)
{
	struct fu_window w = { .days = 0, .open_min = 0, .close_min = 1440 };
	int64_t now = at("2026-03-02T15:00:00Z"), next;

	(void)state;
	assert_int_equal(INT32_MAX, fu_window_next_day(&w, 20000));
	assert_false(fu_window_open(&w, fu_zone_utc(), now, &next));
	assert_int_equal(now, fu_next_business_opening(&w, fu_zone_utc(), now));
	assert_int_equal(at("2026-03-09T12:30:00Z"),
	    fu_next_business_opening(&office,
		fu_zone_open("America/New_York"), at("2026-03-07T15:00:00Z")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_at_the_next_instant_inside),
		cmocka_unit_test(several_zones_each_by_its_own_day),
		cmocka_unit_test(a_deadline_may_be_closing_time),
		cmocka_unit_test(clocks_change), cmocka_unit_test(days),
		cmocka_unit_test(never)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
