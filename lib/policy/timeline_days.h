/*
 * Days of the calendar that a timeline can mean: ends of months, feasts.
 *
 * Private to timeline.c; all of them day numbers since 1970-01-01.
 */
#ifndef FU_POLICY_TIMELINE_DAYS_H
#define FU_POLICY_TIMELINE_DAYS_H

#include <stdbool.h>

#include "base/clock.h"

enum fu_timeline_feast { F_EASTER, F_CHRISTMAS, F_THANKSGIVING };

/*
 * fu_day_of(year, month, day): the day, which must be one of the calendar.
 * fu_month_end(year, month): the last of the month.
 * fu_months_on(date, n): the same day ${n} calendar months on, clipped to the
 *	month's end.
 * fu_feast_of(feast, year): Easter Sunday of the western churches, Christmas
 *	Day, Thanksgiving of the United States.
 * fu_date_digits(text, stated, day): a date or month in digits; where day and
 *	month may be swapped the later one, without a year the coming one
 *	after ${stated}.  Of "kw12", the twelfth week of ISO 8601, the Monday.
 *	False when it is none.
 */
int32_t fu_day_of(int, int, int);
int32_t fu_month_end(int, int);
int32_t fu_months_on(struct fu_date, int);
int32_t fu_feast_of(enum fu_timeline_feast, int);
bool fu_date_digits(const char *, int32_t, int32_t *);

#endif
