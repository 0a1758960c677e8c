/*
 * The clock that a run believes in, and times as text.
 *
 * Times are microseconds since the epoch, UTC, in int64_t; FU_NEVER is none.
 * The only place of the project that asks the system for the time.
 */
#ifndef FU_BASE_CLOCK_H
#define FU_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

#define FU_NEVER	INT64_MIN
#define FU_SECOND	INT64_C(1000000)
#define FU_MINUTE	(60 * FU_SECOND)
#define FU_HOUR		(60 * FU_MINUTE)
#define FU_DAY		(24 * FU_HOUR)

/* The run's clock: standing still at at_us, or running when FU_NEVER. */
struct fu_clock {
	int64_t	 at_us;
};

int64_t fu_clock_now(const struct fu_clock *);

/* Real elapsed time, for progress bars and slices; never for decisions. */
int64_t fu_clock_monotonic_us(void);

void fu_sleep_us(int64_t);

/*
 * fu_time_parse(text, us, err):
 * RFC 3339 ("2026-11-25T14:12:00Z", with fraction or offset), and also a date
 * alone (midnight UTC), a blank for the 'T', no seconds, an offset without its
 * colon, and a missing offset (UTC).  A leap second is the next minute's first.
 * Years 1900 to 9999.  Return 0 or -1.
 */
int fu_time_parse(struct fu_str, int64_t *, struct fu_err *);

#define FU_TIME_LEN 40
/* "2026-11-25T14:12:00Z"; fractions only where they are not zero. */
const char *fu_time_print(int64_t, char[FU_TIME_LEN]);
/* With the offset given in seconds east: "2026-11-25T09:12:00-05:00". */
const char *fu_time_print_offset(int64_t, int, char[FU_TIME_LEN]);

/*
 * fu_duration_parse(text, us, err):
 * "90s", "15m", "2h", "3d", "2w", or "0"; a plain number without unit is an
 * error except 0.  Range 0 to 3660 days.
 */
int fu_duration_parse(struct fu_str, int64_t *, struct fu_err *);

/* Civil dates: days since 1970-01-01, proleptic Gregorian. */
struct fu_date {
	int16_t	 year;
	int8_t	 month;		/* 1..12 */
	int8_t	 day;		/* 1..31 */
};

int32_t fu_date_days(struct fu_date);		/* date -> day number */
struct fu_date fu_date_of_days(int32_t);	/* day number -> date */
const char *fu_month_name(int);			/* 1..12 -> "January" */
bool fu_date_valid(struct fu_date);
int fu_days_weekday(int32_t);			/* 0 is Monday */
int fu_month_length(int, int);			/* year, month */
/* "2026-11-25" exactly. */
int fu_date_parse(struct fu_str, struct fu_date *, struct fu_err *);
const char *fu_date_print(struct fu_date, char[FU_TIME_LEN]);

#endif
