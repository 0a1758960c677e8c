/*
 * Hours in which a person may be disturbed, and days that count as business.
 *
 * Pure: rules, zone and clock are arguments.
 */
#ifndef FU_POLICY_HOURS_H
#define FU_POLICY_HOURS_H

#include "config/config.h"

/* Is the day (day number) one on which the operator sends, and who writes is
 * there? */
bool fu_window_day(const struct fu_window *, int32_t);
/* The first sending day at or after ${day}; INT32_MAX if none in 366 days. */
int32_t fu_window_next_day(const struct fu_window *, int32_t);

/*
 * fu_window_open(window, zone, now_us, next_us):
 * The first instant at or after ${now_us} inside the window in ${zone}, in
 * ${next_us} (equal to ${now_us} when it is open now).  Opening is inclusive,
 * closing exclusive; of a window of several zones it is open in each, by the
 * day that it is there.  False if there is none within 366 days.
 */
bool fu_window_open(const struct fu_window *, const struct fu_zone *, int64_t,
    int64_t *);

/* Opening and closing of the window on that day, as instants; of a window of
 * several zones those of the hours that all share. */
int64_t fu_window_opens(const struct fu_window *, const struct fu_zone *,
    int32_t);
int64_t fu_window_closes(const struct fu_window *, const struct fu_zone *,
    int32_t);

/*
 * fu_next_business_opening(window, zone, at_us): an elapsed deadline moved to
 * the next business opening, when it does not lie inside business hours, of
 * which it may be the end.
 */
int64_t fu_next_business_opening(const struct fu_window *,
    const struct fu_zone *, int64_t);

#endif
