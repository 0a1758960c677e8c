/*
 * Hours in which a person may be disturbed, and days that count as business.
 *
 * Pure.  Must never read the clock, a file or the system's zone: a window
 * means the same instants on every machine.
 */
#include "policy/hours.h"

#include <stdlib.h>

/* How far ahead an opening is looked for: a leap year of closed days. */
#define DAYS_AHEAD 366

static int
by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return ((x > y) - (x < y));
}

bool
fu_window_day(const struct fu_window *w, int32_t day)
{
	if ((w->days & (1u << fu_days_weekday(day))) == 0)
		return (false);
	for (size_t i = 0; i < w->naway; i++)
		if (day >= w->away[i].from && day <= w->away[i].to)
			return (false);
	if (w->nholiday == 0)
		return (true);
	return (bsearch(&day, w->holiday, w->nholiday, sizeof(*w->holiday),
		    by_day) == NULL);
}

int32_t
fu_window_next_day(const struct fu_window *w, int32_t day)
{
	for (int i = 0; i <= DAYS_AHEAD; i++)
		if (fu_window_day(w, day + i))
			return (day + i);
	return (INT32_MAX);
}

int64_t
fu_window_opens(
    const struct fu_window *w, const struct fu_zone *zone, int32_t day)
{
	int64_t at = fu_zone_instant(zone, day, w->open_min), other;

	for (size_t i = 0; i < w->nzone; i++) {
		other = fu_zone_instant(w->zone[i], day, w->open_min);
		if (other > at)
			at = other;
	}
	return (at);
}

int64_t
fu_window_closes(
    const struct fu_window *w, const struct fu_zone *zone, int32_t day)
{
	int64_t at = fu_zone_instant(zone, day, w->close_min), other;

	for (size_t i = 0; i < w->nzone; i++) {
		other = fu_zone_instant(w->zone[i], day, w->close_min);
		if (other < at)
			at = other;
	}
	return (at);
}

/* The first instant from ${at} on within the window in one zone, by that
 * zone's days; INT64_MAX for none. */
static int64_t
next_in(const struct fu_window *w, const struct fu_zone *zone, int64_t at)
{
	int32_t day = fu_zone_day(zone, at), last = day + DAYS_AHEAD;

	while ((day = fu_window_next_day(w, day)) <= last) {
		int64_t opens = fu_zone_instant(zone, day, w->open_min);
		int64_t closes = fu_zone_instant(zone, day, w->close_min);

		/* Hours that a change of clocks skips whole do not exist. */
		if (at < closes && opens < closes)
			return (at > opens ? at : opens);
		day++;
	}
	return (INT64_MAX);
}

bool
fu_window_open(const struct fu_window *w, const struct fu_zone *zone,
    int64_t now_us, int64_t *next_us)
{
	int64_t at = now_us, latest, other;

	while (at < now_us + DAYS_AHEAD * FU_DAY) {
		latest = next_in(w, zone, at);
		for (size_t i = 0; i < w->nzone; i++) {
			other = next_in(w, w->zone[i], at);
			if (other > latest)
				latest = other;
		}
		if (latest == at) {
			*next_us = at;
			return (true);
		}
		at = latest;
	}
	return (false);
}

int64_t
fu_next_business_opening(
    const struct fu_window *w, const struct fu_zone *zone, int64_t at_us)
{
	int64_t next;

	/* What ends with the business day has all of it. */
	if (fu_window_open(w, zone, at_us - 1, &next) && next == at_us - 1)
		return (at_us);
	return (fu_window_open(w, zone, at_us, &next) ? next : at_us);
}
