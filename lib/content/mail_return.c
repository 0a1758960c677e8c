/*
 * Which of the dates of an absence is its end.
 *
 * Must never take the first day away for the day of return: of two dates the
 * later one ends it.
 */
#include <string.h>

#include "content/mail_dates.h"
#include "content/mail_feasts.h"

#define BEFORE_BYTES	90	/* how far ahead of a date its word may be */
#define AFTER_BYTES	24	/* and how far behind */
#define JOIN_BYTES	30	/* between a word and its joint */
#define JOINT_BYTES	3	/* "do", "a", "to" */
#define FEAST_BYTES	40	/* "back in the office after Easter" */
#define AHEAD_DAYS	400	/* nobody announces a longer absence */
#define NEAR_DAYS	31	/* of two readings of "12/1" that are both to
				 * come, one that is so near is meant … */
#define FAR_DAYS	45	/* … where the other is farther than that */
#define PAST_DAYS	60	/* a date without a year that is so old is next
				 * year's */

enum role { R_NONE, R_BACK, R_UNTIL, R_SINCE };

struct cue {
	enum fu_mail_list	 list;
	enum role		 role;
};

static const struct cue ahead[] = { { FU_ML_BACK, R_BACK },
	{ FU_ML_UNTIL, R_UNTIL }, { FU_ML_SINCE, R_SINCE } };
static const struct cue behind[] = { { FU_ML_BACK_AFTER, R_BACK },
	{ FU_ML_UNTIL_AFTER, R_UNTIL }, { FU_ML_SINCE_AFTER, R_SINCE } };

/*
 * "Back in the office from 5 January", "I return to work 5 January": the word
 * that is nearest is no more than a joint of the one before it.  It is short,
 * or says since when; and no sentence ends between them.
 */
static bool
joins(const char *text, size_t back_end, size_t start, size_t end, size_t to,
    enum role role)
{
	if (start < back_end || start - back_end > JOIN_BYTES ||
	    memchr(text + back_end, '.', start - back_end) != NULL)
		return (false);
	return (role == R_SINCE || (end - start <= JOINT_BYTES &&
	    to - end > 1 + JOINT_BYTES));
}

/* The nearest word before a date; of words that end together the longest. */
static enum role
role_ahead(const char *text, const struct fu_mail_lists *lists, size_t from,
    size_t to)
{
	size_t		 start, end, best_start = 0, best = 0;
	enum role	 role = R_NONE;
	bool		 back;

	for (size_t i = 0; i < 3; i++)
		if (fu_said_last(lists, ahead[i].list, text, from, to, &start,
		    &end) && (end > best || (end == best &&
		    start < best_start))) {
			best = end;
			best_start = start;
			role = ahead[i].role;
		}
	back = fu_said_last(lists, FU_ML_BACK, text, from, to, &start, &end);
	if (back && role != R_BACK && joins(text, end, best_start, best, to,
	    role))
		role = R_BACK;
	return (role);
}

static enum role
role_behind(const char *text, const struct fu_mail_lists *lists, size_t from,
    size_t to)
{
	size_t		 start, end, best = SIZE_MAX, length = 0;
	enum role	 role = R_NONE;

	for (size_t i = 0; i < 3; i++)
		if (fu_said_at(lists, behind[i].list, text, from, &start,
		    &end) && start < to && memchr(text + from, '.',
		    start - from) == NULL && (start < best ||
		    (start == best && end - start > length))) {
			best = start;
			length = end - start;
			role = behind[i].role;
		}
	return (role);
}

/* "24.-", "24th to", "24 December –": is what stands before a date the first
 * half of a range? */
static bool
ends_range(const char *text, const struct fu_mail_lists *lists, size_t from,
    size_t at, size_t before)
{
	size_t	 start, end;

	while (at > from && text[at - 1] == ' ')
		at--;
	if (!fu_said_last(lists, FU_ML_TO, text, from, at, &start, &end) ||
	    end != at)
		return (false);
	while (start > from && strchr(" .,)", text[start - 1]) != NULL)
		start--;
	if (start == before && before > 0)
		return (true);
	while (start > from && strchr("sthndrde", text[start - 1]) != NULL)
		start--;
	return (start > from && text[start - 1] >= '0' &&
	    text[start - 1] <= '9');
}

/* Where the sentence begins, at or behind byte ${from}, that ${at} is in. */
static size_t
sentence_from(const char *text, size_t from, size_t at)
{
	for (size_t i = from; i < at; i++)
		if (strchr(".!?;", text[i]) != NULL)
			from = i + 1;
	return (from);
}

static enum role
role_of(const char *text, const struct fu_mail_lists *lists,
    const struct fu_dated_word *w, const struct fu_dated_word *prev,
    const struct fu_dated_word *next)
{
	size_t		 from = w->at > BEFORE_BYTES ? w->at - BEFORE_BYTES : 0;
	size_t		 to = w->end + AFTER_BYTES;
	enum role	 before, after;

	while ((text[from] & 0xc0) == 0x80)
		from++;
	if (prev != NULL && prev->end > from)
		from = prev->end;
	if (next != NULL && next->at < to)
		to = next->at;
	if (w->ranged || ends_range(text, lists, prev == NULL ? 0 : prev->at,
	    w->at, prev == NULL ? 0 : prev->end))
		return (R_UNTIL);
	if (w->alone)	/* "until noon. Call the 4th floor" */
		from = sentence_from(text, from, w->at);
	before = role_ahead(text, lists, from, w->at);
	after = role_behind(text, lists, w->end, to);
	if (before == R_NONE || (before == R_SINCE && after != R_NONE) ||
	    (after == R_UNTIL && before == R_BACK))
		return (after);
	return (before);
}

/* The day that it is, for who wrote on ${sent}. */
static int32_t
day_of(const struct fu_dated_word *w, int month, int day, int32_t sent)
{
	struct fu_date	 d = fu_date_of_days(sent);
	int32_t		 days;

	d.month = (int8_t)month;
	d.day = (int8_t)day;
	if (w->year != 0)
		d.year = (int16_t)w->year;
	if (!fu_date_valid(d))
		return (sent - PAST_DAYS - 1);
	days = fu_date_days(d);
	if (w->year != 0)
		return (days);
	if (days < sent - PAST_DAYS)
		d.year++;
	else if (days > sent + 365 - PAST_DAYS)
		d.year--;
	return (fu_date_valid(d) ? fu_date_days(d) : days);
}

/* The Monday of a week of the year [ISO 8601], the one that is meant when they
 * wrote on ${sent}. */
static int32_t
monday_of(const struct fu_dated_word *w, int32_t sent)
{
	struct fu_date	 d = fu_date_of_days(sent);
	int32_t		 day;

	d = (struct fu_date){ w->year != 0 ? (int16_t)w->year : d.year, 1, 4 };
	for (int i = 0; ; i++) {
		day = fu_date_days(d);
		day += (w->week - 1) * 7 - fu_days_weekday(day);
		if (i > 0 || w->year != 0)
			return (day);
		if (day + 6 < sent - PAST_DAYS)
			d.year++;
		else if (day > sent + 365 - PAST_DAYS)
			d.year--;
	}
}

/* Is the day of one reading close ahead, and that of the other far off? */
static bool
nearer(int32_t day, int32_t other, int32_t sent)
{
	return (day >= sent && day <= sent + NEAR_DAYS &&
	    other > sent + FAR_DAYS);
}

/* "the 14th": the coming one. */
static int32_t
coming(int day, int32_t sent)
{
	struct fu_date	 d = fu_date_of_days(sent);

	for (int i = 0; i < 3; i++) {
		d.day = (int8_t)day;
		if (fu_date_valid(d) && fu_date_days(d) >= sent)
			return (fu_date_days(d));
		d.year = (int16_t)(d.year + d.month / 12);
		d.month = (int8_t)(d.month % 12 + 1);
	}
	return (sent - PAST_DAYS - 1);
}

/* Of a month that begins on ${first}: the day from which they are ${back}, or
 * the last one away. */
static int32_t
day_of_month(enum fu_month_part part, int32_t first, bool back)
{
	struct fu_date	 d = fu_date_of_days(first);
	int32_t		 last = first + fu_month_length(d.year, d.month) - 1;

	switch (part) {
	case FU_MP_START:
		return (back ? first : first + 6);
	case FU_MP_MIDDLE:
		return (first + 14);
	case FU_MP_END:
		return (last);
	default:
		return (back ? first : last);
	}
}

/* What the dates of a text tell of how numbers are to be read. */
enum order { O_UNKNOWN, O_DAY, O_MONTH };

/* A date as it is written. */
static int32_t
plain_day(const struct fu_dated_word *w, int32_t sent, enum order order,
    bool month_first)
{
	int32_t	 dmy = day_of(w, w->month, w->day, sent), mdy;

	if (!w->either || order == O_DAY)
		return (dmy);
	mdy = day_of(w, w->day, w->month, sent);
	if (order == O_MONTH)
		return (mdy);
	/* Where only one of them lies close ahead, it is that one. */
	if ((dmy >= sent && dmy <= sent + 120) !=
	    (mdy >= sent && mdy <= sent + 120))
		return (dmy >= sent && dmy <= sent + 120 ? dmy : mdy);
	if (nearer(dmy, mdy, sent))
		return (dmy);
	if (nearer(mdy, dmy, sent))
		return (mdy);
	return (month_first ? mdy : dmy);
}

/* The first day of what is longer than one, for who is ${back} in it; else its
 * last.  A week of a Sunday begins there. */
static int32_t
resolve(const struct fu_dated_word *w, int32_t sent, enum order order,
    bool month_first, bool back)
{
	int32_t	 day;
	int	 weekday;

	if (w->week != 0)
		return (monday_of(w, sent) + (back ? 0 : 6));
	if (w->whole)
		return (day_of_month(w->part, day_of(w, w->month, 1, sent),
		    back));
	day = w->alone ? coming(w->day, sent) : plain_day(w, sent, order,
	    month_first);
	if (!w->of_week)
		return (day);
	weekday = fu_days_weekday(day);
	if (weekday < 6)
		day -= weekday;
	return (back ? day + (weekday == 6) : day + 6);
}

/* "12/23 - 1/3": the other half of a range, or any date, tells it. */
static enum order
order_of(const struct fu_dated_word *w, size_t n)
{
	bool	 day = false, month = false;

	for (size_t i = 0; i < n; i++) {
		day = day || w[i].day_led;
		month = month || w[i].month_led;
	}
	return (day == month ? O_UNKNOWN : day ? O_DAY : O_MONTH);
}

/* Is somebody away until what begins at ${at}, or back after it? */
static enum role
role_near(const char *text, const struct fu_mail_lists *lists, size_t at)
{
	size_t	 from = at > FEAST_BYTES ? at - FEAST_BYTES : 0;

	while ((text[from] & 0xc0) == 0x80)
		from++;
	return (role_ahead(text, lists, sentence_from(text, from, at), at));
}

/* "between Christmas and New Year": does a feast end right before ${at}, with
 * no more than a joint between them, since which they are away? */
static bool
since_feast(const char *text, const struct fu_mail_lists *lists, size_t at)
{
	size_t	 from = at > FEAST_BYTES ? at - FEAST_BYTES : 0, start, end;
	size_t	 joint, joint_end;

	while ((text[from] & 0xc0) == 0x80)
		from++;
	if (!fu_said_last(lists, FU_ML_TO, text, from, at, &joint,
	    &joint_end) || at - joint_end > JOINT_BYTES + 2)
		return (false);
	for (int i = FU_ML_NEW_YEAR; i <= FU_ML_THANKSGIVING; i++)
		if (fu_said_last(lists, (enum fu_mail_list)i, text, from,
		    joint, &start, &end) && joint - end <= 1 &&
		    role_near(text, lists, start) == R_SINCE)
			return (true);
	return (false);
}

/* "on holiday until the new year", "back after Easter". */
static bool
by_feast(const char *text, const struct fu_mail_lists *lists, int32_t sent,
    int32_t *day)
{
	bool	 found = false;

	for (int i = FU_ML_NEW_YEAR; i <= FU_ML_THANKSGIVING; i++) {
		size_t	 at = 0, start, end;
		int32_t	 d;

		for (; fu_said_at(lists, (enum fu_mail_list)i, text, at,
		    &start, &end); at = end) {
			enum role	 role = role_near(text, lists, start);

			if (role != R_BACK && role != R_UNTIL &&
			    !since_feast(text, lists, start))
				continue;
			if (fu_feast_ends((enum fu_mail_list)i, sent, &d) &&
			    (!found || d > *day)) {
				*day = d;
				found = true;
			}
		}
	}
	return (found);
}

/* "back on Monday", "until Friday", "back tomorrow": where no date is given. */
static bool
by_weekday(const char *text, const struct fu_mail_lists *lists, int32_t sent,
    int32_t *day, bool *until)
{
	for (int i = -1; i < 7; i++) {
		enum fu_mail_list	 list = i == -1 ? FU_ML_TOMORROW :
		    (enum fu_mail_list)(FU_ML_WEEKDAY_1 + i);
		size_t			 at = 0, start, end, from;

		for (; fu_said_at(lists, list, text, at, &start, &end);
		    at = end) {
			enum role	 role;

			from = start > 40 ? start - 40 : 0;
			while ((text[from] & 0xc0) == 0x80)
				from++;
			role = role_ahead(text, lists, from, start);
			if (role != R_BACK && role != R_UNTIL)
				role = role_behind(text, lists, end, end + 12);
			if (role != R_BACK && role != R_UNTIL)
				continue;
			*until = role == R_UNTIL;
			*day = i == -1 ? sent + 1 : sent + 1 +
			    (i - fu_days_weekday(sent + 1) + 7) % 7;
			return (true);
		}
	}
	return (false);
}

/* A number before a length of time: "two", "10"; what is behind it. */
static int
number_at(const char *text, const struct fu_mail_lists *lists, size_t at,
    size_t *end)
{
	size_t	 n = strspn(text + at, "0123456789");

	if (n > 0) {
		*end = at + n;
		return (n > 2 ? 0 : n == 1 ? text[at] - '0' :
		    (text[at] - '0') * 10 + text[at + 1] - '0');
	}
	for (int i = 0; i < 4; i++)
		if ((n = fu_said_here(lists, (enum fu_mail_list)
		    (FU_ML_NUMBER_1 + i), text, at)) > 0) {
			*end = at + n;
			return (i + 1);
		}
	return (0);
}

/* Does a word of the list stand right before byte ${at}? */
static bool
right_before(const char *text, const struct fu_mail_lists *lists,
    enum fu_mail_list list, size_t at)
{
	size_t	 from = at > JOIN_BYTES ? at - JOIN_BYTES : 0, start, end;

	while ((text[from] & 0xc0) == 0x80)
		from++;
	return (fu_said_last(lists, list, text, from, at, &start, &end) &&
	    at - end <= 1);
}

/* "for two weeks", "zwei Wochen": days from the first that they are away; 0
 * where nothing of the kind is said at ${at}. */
static int32_t
length_at(const char *text, const struct fu_mail_lists *lists, size_t at,
    size_t *end)
{
	static const int	 days[] = { 1, 7, 30 };
	size_t			 n;
	int			 count = number_at(text, lists, at, end);

	if (count == 0)
		return (0);
	*end += strspn(text + *end, " ");
	for (int i = 0; i < 3; i++) {
		n = fu_said_here(lists, (enum fu_mail_list)(FU_ML_DAYS + i),
		    text, *end);
		if (n == 0 || (i == 0 && !right_before(text, lists,
		    FU_ML_LASTING, at)))
			continue;
		*end += n;
		return (count * days[i]);
	}
	return (0);
}

/* "back in two weeks", against "we answer in two days". */
static bool
lasts(const char *text, const struct fu_mail_lists *lists, size_t at,
    size_t end)
{
	size_t	 from = at > JOIN_BYTES ? at - JOIN_BYTES : 0;

	while ((text[from] & 0xc0) == 0x80)
		from++;
	if (!right_before(text, lists, FU_ML_NOT_LASTING, at))
		return (fu_said(lists, FU_ML_AWAY, text));
	return (role_ahead(text, lists, from, at) == R_BACK ||
	    role_behind(text, lists, end, end + AFTER_BYTES) == R_BACK);
}

static bool
by_length(const char *text, const struct fu_mail_lists *lists, int32_t from,
    int32_t *day)
{
	size_t	 end;
	int32_t	 days;

	for (size_t at = 0; text[at] != '\0'; at++) {
		if ((at > 0 && text[at - 1] != ' ' &&
		    (unsigned char)text[at] < 0x80) ||
		    ((unsigned char)text[at] & 0xc0) == 0x80)
			continue;
		if ((days = length_at(text, lists, at, &end)) == 0 ||
		    !lasts(text, lists, at, end))
			continue;
		*day = from + days;
		return (true);
	}
	return (false);
}

bool
fu_return_find(const char *text, const struct fu_mail_lists *lists,
    int32_t sent, bool month_first, int32_t *day, bool *until)
{
	struct fu_dated_word	 w[FU_DATES_MAX];
	size_t			 n = fu_dates_find(text, lists, w);
	int32_t			 best = 0, plain = 0, since = sent, d;
	enum order		 order = order_of(w, n);
	bool			 found = false, bare = false;
	size_t			 days = 0;

	for (size_t i = 0; i < n; i++) {
		enum role	 role = role_of(text, lists, &w[i], i == 0 ?
		    NULL : &w[i - 1], i + 1 == n ? NULL : &w[i + 1]);

		/* "la semana del 30": all of it, not since then */
		if (w[i].of_week && role == R_SINCE)
			role = R_NONE;
		d = resolve(&w[i], sent, order, month_first, role == R_BACK);
		/* Of a month or a week that nobody says to be back in, the
		 * former may be anything, and the latter is close. */
		if (role == R_NONE && (w[i].whole || w[i].alone ||
		    (w[i].week != 0 && d > sent + PAST_DAYS)))
			continue;
		days++;
		if (role == R_SINCE && d > since && d <= sent + AHEAD_DAYS)
			since = d;
		if (d < sent || d > sent + AHEAD_DAYS || role == R_SINCE)
			continue;
		if (role == R_NONE) {
			if (!bare || d > plain)
				plain = d;
			bare = true;
		} else if (!found || d + (role == R_UNTIL) > best + *until) {
			best = d;
			*until = role == R_UNTIL;
			found = true;
		}
	}
	if (found) {
		*day = best;
		return (true);
	}
	if (bare) {
		*day = plain;
		*until = true;
		return (true);
	}
	if (by_feast(text, lists, sent, day)) {
		*until = true;
		return (true);
	}
	if (days == 0 && by_weekday(text, lists, sent, day, until))
		return (true);
	*until = false;
	return (by_length(text, lists, since, day));
}
