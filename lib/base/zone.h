/*
 * Time zones: IANA names from the system's tzdata, through GLib.
 *
 * A zone once opened is kept for the process; there are some hundred of them.
 */
#ifndef FU_BASE_ZONE_H
#define FU_BASE_ZONE_H

#include "base/clock.h"

struct fu_zone;

/*
 * fu_zone_open(name):
 * The zone of that IANA name, or NULL if there is none (no path, no POSIX
 * rule, nothing outside the zoneinfo directory is taken).  Owned by the
 * process.  Not thread-safe.
 */
const struct fu_zone *fu_zone_open(const char *);
const struct fu_zone *fu_zone_utc(void);
/* Is there a zone of that name?  Cheaper than to open it. */
bool fu_zone_exists(const char *);
const char *fu_zone_name(const struct fu_zone *);

/* Seconds east of Greenwich in force at an instant. */
int fu_zone_offset(const struct fu_zone *, int64_t);

/* The local calendar day (day number) and microseconds since its midnight. */
int32_t fu_zone_day(const struct fu_zone *, int64_t);
int64_t fu_zone_local_us(const struct fu_zone *, int64_t, int32_t *);

/*
 * fu_zone_instant(zone, day, minutes):
 * The instant at which the clocks of ${zone} show ${minutes} after midnight of
 * ${day} (1440 is the next midnight).  A time that a change of clocks skips is
 * the instant of the change; one that occurs twice is the first.
 */
int64_t fu_zone_instant(const struct fu_zone *, int32_t, int);

#endif
