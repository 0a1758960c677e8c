/*
 * Days of the calendar that a timeline can mean: ends of months, feasts.
 *
 * Knows no words, and never the time.
 */
#include "policy/timeline_days.h"

#include <stdlib.h>
#include <string.h>

int32_t
fu_day_of(int year, int month, int day)
{
	struct fu_date d = { (int16_t)year, (int8_t)month, (int8_t)day };

	return (fu_date_days(d));
}

int32_t
fu_month_end(int year, int month)
{

	return (fu_day_of(year, month, fu_month_length(year, month)));
}

int32_t
fu_months_on(struct fu_date d, int n)
{
	int month = d.month - 1 + n, year = d.year + month / 12, last;

	month = month % 12 + 1;
	last = fu_month_length(year, month);
	return (fu_day_of(year, month, d.day < last ? d.day : last));
}

/* Gregorian Easter Sunday, by the anonymous algorithm of Nature, 1876. */
static int32_t
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

	return (fu_day_of(year, n / 31, n % 31 + 1));
}

int32_t
fu_feast_of(enum fu_timeline_feast feast, int year)
{
	int32_t day = fu_day_of(year, 11, 1);

	switch (feast) {
	case F_EASTER:
		return (easter(year));
	case F_CHRISTMAS:
		return (fu_day_of(year, 12, 25));
	case F_THANKSGIVING:
		break;
	}
	/* the fourth Thursday of November */
	return (day + (3 - fu_days_weekday(day) + 7) % 7 + 21);
}

static void
later(int32_t *day, bool *found, int32_t one)
{

	if (!*found || one > *day)
		*day = one;
	*found = true;
}

/* Day and month without a year: the coming one. */
static void
day_and_month(int y, int month, int d, bool no_year, int32_t stated,
    int32_t *day, bool *found)
{
	struct fu_date date = { (int16_t)y, (int8_t)month, (int8_t)d };
	int32_t one;

	if (month < 1 || month > 12 || d < 1 || d > 31 || !fu_date_valid(date))
		return;
	one = fu_date_days(date);
	later(day, found, one + (no_year && one < stated ? 365 : 0));
}

/* "kw12", "kw12/2027": its Monday; week 1 has the fourth of January. */
static bool
iso_week(const char *t, int32_t stated, int32_t *day)
{
	int week = atoi(t), year = fu_date_of_days(stated).year;
	const char *stroke = strchr(t, '/');
	bool named = stroke != NULL;
	int32_t one;

	if (named)
		year = atoi(stroke + 1);
	if (week < 1 || week > 53)
		return (false);
	for (;; year++, named = true) {
		one = fu_day_of(year, 1, 4);
		*day = one - fu_days_weekday(one) + 7 * (week - 1);
		if (named || *day + 6 >= stated)
			return (true);
	}
}

bool
fu_date_digits(const char *t, int32_t stated, int32_t *day)
{
	int v[3] = { 0, 0, 0 }, len[3] = { 0, 0, 0 }, n = 0, y;
	const char *p = t;
	char *end;
	bool found = false;

	if (strncmp(t, "kw", 2) == 0)
		return (iso_week(t + 2, stated, day));
	while (*p != '\0' && n < 3) {
		v[n] = (int)strtol(p, &end, 10);
		len[n++] = (int)(end - p);
		p = *end != '\0' ? end + 1 : end;
	}
	if (n == 2 && len[0] == 4 && v[1] >= 1 && v[1] <= 12) {
		later(day, &found, fu_month_end(v[0], v[1]));
	} else if (n == 2 && len[1] == 4 && v[0] >= 1 && v[0] <= 12) {
		later(day, &found, fu_month_end(v[1], v[0]));
	} else if (n == 3 && len[0] == 4) {
		day_and_month(v[0], v[1], v[2], false, stated, day, &found);
	} else if (n >= 2) {
		y = n == 2 ? fu_date_of_days(stated).year :
		    len[2] == 2 ? 2000 + v[2] : v[2];
		day_and_month(y, v[0], v[1], n == 2, stated, day, &found);
		day_and_month(y, v[1], v[0], n == 2, stated, day, &found);
	}
	return (found);
}
