/*
 * The day on which somebody is back, from what their automatic answer says.
 *
 * Pure: when it was written is an argument.
 */
#ifndef FU_CONTENT_MAIL_DATES_H
#define FU_CONTENT_MAIL_DATES_H

#include "base/clock.h"
#include "content/mail_lists.h"

#define FU_DATES_MAX	16	/* dates of a text that are looked at */

/* Which of a month: "mid January". */
enum fu_month_part { FU_MP_ALL, FU_MP_START, FU_MP_MIDDLE, FU_MP_END };

/* A date as it stands in a text. */
struct fu_dated_word {
	size_t	 at, end;	/* bytes of the folded text */
	int	 year;		/* 0: not said */
	int	 month, day;
	bool	 either;	/* "3/4": the month may be the first */
	bool	 month_led;	/* "12/23": it is … */
	bool	 day_led;	/* … and "23/12": it is not */
	bool	 ranged;	/* the end of "24-28 December" */
	bool	 whole;		/* the month, all of it; day is 1 */
	enum fu_month_part part; /* where not all of it */
	bool	 alone;		/* "the 14th": of no month, which is 0 */
	bool	 of_week;	/* "the week of 30 November" */
	int	 week;		/* of the year; then month and day are 0 */
};

/*
 * fu_dates_find(folded, lists, found): the dates in a text of fu_mail_fold(),
 * in order; at most FU_DATES_MAX.
 *
 * fu_return_find(folded, lists, sent, month_first, day, until):
 * The day that the text says somebody is back (${until} false) or away to the
 * last (true).  ${sent} is the day number on which it was written; what lies
 * before it is no return.  ${month_first}: "3/4" is the fourth of March where
 * both could be and neither is much nearer.  False: it says none.
 */
size_t fu_dates_find(const char *, const struct fu_mail_lists *,
    struct fu_dated_word[FU_DATES_MAX]);
bool fu_return_find(const char *, const struct fu_mail_lists *, int32_t, bool,
    int32_t *, bool *);

#endif
