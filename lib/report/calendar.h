/*
 * The coming weeks as a calendar: how many touches of which step on which day.
 *
 * Must never learn whom they are for.
 */
#ifndef FU_REPORT_CALENDAR_H
#define FU_REPORT_CALENDAR_H

#include "base/arena.h"

#define FU_CALENDAR_DAYS_MAX	400

struct fu_calendar;

/* What is planned for somebody. */
struct fu_calendar_touch {
	int32_t		 day;		/* day number, as they count it */
	const char	*channel, *cadence, *step;
	const char	*held;		/* for what it would be held, or NULL */
	const char	*on;		/* waits for that event, or NULL: it has no
					 * day then */
};

/*
 * fu_calendar_new(from, days): ${days} from day number ${from} on.
 * fu_calendar_add(calendar, touch): one more.
 * fu_calendar_page(calendar, out): the page.
 */
struct fu_calendar *fu_calendar_new(int32_t, int32_t);
void fu_calendar_free(struct fu_calendar *);
void fu_calendar_add(struct fu_calendar *, const struct fu_calendar_touch *);
void fu_calendar_page(const struct fu_calendar *, struct fu_buf *);

#endif
