/*
 * The run's clock, and durations.
 *
 * The one file that asks the system for the time; must never be asked for a
 * decision by its monotonic side.
 */
#include <errno.h>
#include <time.h>

#include "base/clock.h"

#define DURATION_MAX	(3660 * FU_DAY)

int64_t
fu_clock_now(const struct fu_clock *clock)
{
	struct timespec	ts;

	if (clock->at_us != FU_NEVER)
		return (clock->at_us);
	clock_gettime(CLOCK_REALTIME, &ts);
	return ((int64_t)ts.tv_sec * FU_SECOND + ts.tv_nsec / 1000);
}

int64_t
fu_clock_monotonic_us(void)
{
	struct timespec	ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((int64_t)ts.tv_sec * FU_SECOND + ts.tv_nsec / 1000);
}

void
fu_sleep_us(int64_t us)
{
	struct timespec	ts;

	if (us <= 0)
		return;
	ts.tv_sec = (time_t)(us / FU_SECOND);
	ts.tv_nsec = (long)(us % FU_SECOND) * 1000;
	/* A signal ends it early: whoever sleeps looks at the flag next. */
	nanosleep(&ts, NULL);
}

int
fu_duration_parse(struct fu_str text, int64_t *us, struct fu_err *err)
{
	int64_t	n, unit;
	size_t	i;

	n = 0;
	for (i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9';
	    i++) {
		/* Far beyond the range in any unit, and far from overflow. */
		if (n < INT64_C(1000000000000))
			n = n * 10 + (text.ptr[i] - '0');
	}
	unit = 0;
	if (i > 0 && i + 1 == text.len) {
		switch (text.ptr[i]) {
		case 's': unit = FU_SECOND; break;
		case 'm': unit = FU_MINUTE; break;
		case 'h': unit = FU_HOUR; break;
		case 'd': unit = FU_DAY; break;
		case 'w': unit = 7 * FU_DAY; break;
		}
	} else if (i == 1 && text.len == 1 && n == 0)
		unit = FU_SECOND;
	if (unit == 0)
		return (fu_err_set(err, FU_EDATA,
		    "\"%.*s\" is no duration: write 90s, 15m, 2h or 3d",
		    (int)(text.len > 40 ? 40 : text.len), text.ptr));
	if (n > DURATION_MAX / unit)
		return (fu_err_set(err, FU_EDATA,
		    "\"%.*s\" is too long: at most %lldd",
		    (int)(text.len > 40 ? 40 : text.len), text.ptr,
		    (long long)(DURATION_MAX / FU_DAY)));
	*us = n * unit;
	return (0);
}
