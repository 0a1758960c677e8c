/*
 * What a stated timeline means: the last day that its words can.
 *
 * All times that a text names are found, and the latest counts: "Q3 or Q4" is
 * Q4.  "Before X" ends with the day before it.  What is open at its end ("6+
 * months", "after the summer") or says no time has no last day.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/facts.h"
#include "policy/timeline_days.h"
#include "policy/timeline_words.h"

/* "As soon as possible" is no date; in business it is within a month. */
#define ASAP_DAYS	30
/* A season's last day but its first: 365.25 / 4, less one, rounded up. */
#define SEASON_DAYS	91

/* The day that was stated, and the latest day that was found. */
struct scan {
	struct fu_timeline_word	 w[FU_TIMELINE_WORDS];
	size_t		 n;
	struct fu_date	 today;
	int32_t		 stated;
	bool		 found;
	bool		 open;	/* no last day: "6+ months" */
	bool		 soon;	/* "as soon as possible" was said */
	int32_t		 day;
};

static void
found(struct scan *s, int32_t day)
{

	if (!s->found || day > s->day)
		s->day = day;
	s->found = true;
}

static enum fu_tw
at(const struct scan *s, size_t i)
{

	return (i < s->n ? s->w[i].what : W_OTHER);
}

/* A year at or behind ${i}: "2026", "of 2026", "26" (behind a mark), FY27. */
static int
year_near(const struct scan *s, size_t i, bool two_digits)
{
	int y = 0;

	if (at(s, i) == W_OF || at(s, i) == W_THE)
		i++;
	if (at(s, i) == W_THIS || at(s, i) == W_NEXT) {
		if (at(s, i + 1) == W_UNIT && s->w[i + 1].value == U_YEAR)
			return (s->today.year + (at(s, i) == W_NEXT));
		return (0);
	}
	if (at(s, i) != W_NUMBER && at(s, i) != W_FISCAL)
		return (0);
	if (s->w[i].digits == 4)
		y = s->w[i].value;
	else if (s->w[i].digits == 2 && (two_digits || at(s, i) == W_FISCAL) &&
	    s->w[i].value >= 20 && at(s, i + 1) != W_UNIT)
		y = 2000 + s->w[i].value;
	return (y >= 1990 && y <= 2200 ? y : 0);
}

/* The same before it: "2026 Q3", "FY26 Q2". */
static int
year_of(const struct scan *s, size_t i, size_t next)
{
	int y;

	if ((y = year_near(s, next, true)) != 0)
		return (y);
	if (i > 0 && (s->w[i - 1].digits == 4 || at(s, i - 1) == W_FISCAL))
		return (year_near(s, i - 1, true));
	return (0);
}

/* The word that stands before the time at ${i}, articles left out. */
static size_t
leading(const struct scan *s, size_t i)
{

	while (i > 0 && (at(s, i - 1) == W_OF || at(s, i - 1) == W_THE ||
	    at(s, i - 1) == W_A || at(s, i - 1) == W_THIS ||
	    at(s, i - 1) == W_NEXT || at(s, i - 1) == W_NEW))
		i--;
	return (i);
}

/* "before" it, unless that is "not before". */
static bool
before(const struct scan *s, size_t i)
{

	i = leading(s, i);
	return (i > 0 && at(s, i - 1) == W_BEFORE &&
	    !(i > 1 && at(s, i - 2) == W_NOT));
}

/* "After" a time that has an end of its own is open. */
static bool
after(const struct scan *s, size_t i)
{

	i = leading(s, i);
	return (i > 0 && (at(s, i - 1) == W_AFTER ||
	    strcmp(s->w[i - 1].text, "after") == 0));
}

/*
 * early, mid or late said before the period from ${first} to ${last}: its
 * thirds, which in a month are ten days each.
 */
static int32_t
part(const struct scan *s, size_t i, int32_t first, int32_t last)
{
	int32_t len = last - first + 1;

	if (len <= 31)
		len = 30;
	while (i > 0 && (at(s, i - 1) == W_OF || at(s, i - 1) == W_THE ||
	    at(s, i - 1) == W_RANGE || at(s, i - 1) == W_THIS ||
	    at(s, i - 1) == W_NEXT))
		i--;
	if (i > 0 && at(s, i - 1) == W_EARLY)
		return (first + (len + 2) / 3 - 1);
	if (i > 0 && at(s, i - 1) == W_MID)
		return (first + (2 * len + 2) / 3 - 1);
	return (last);
}

/* What lasts from ${first} to ${last}, with what is said before it at ${i}. */
static void
stretch(struct scan *s, size_t i, int32_t first, int32_t last)
{

	if (before(s, i))
		found(s, first - 1);
	else if (after(s, i))
		s->open = true;
	else
		found(s, part(s, i, first, last));
}

/* A period of months in the year named, else the coming or running one. */
static void
period(struct scan *s, size_t i, size_t next, int from, int to)
{
	int year = year_of(s, i, next);

	if (year == 0) {
		year = s->today.year;
		if (fu_month_end(year, to) < s->stated)
			year++;
	}
	stretch(s, i, fu_day_of(year, from, 1), fu_month_end(year, to));
}

/* Is the day at ${i} the first of the week that is meant? */
static bool
week_of(const struct scan *s, size_t i)
{
	size_t back;

	/* "KW 12"; "w/c", "week commencing" */
	if (s->w[i].text[0] == 'k')
		return (true);
	for (back = 1; back <= 4 && back <= i; back++)
		if (strcmp(s->w[i - back].text, "commencing") == 0 ||
		    (strcmp(s->w[i - back].text, "c") == 0 && i > back &&
		    strcmp(s->w[i - back - 1].text, "w") == 0))
			return (true);
	return (false);
}

/* A date in digits, with "before" and "w/c" as with one in words. */
static void
date(struct scan *s, size_t i)
{
	int32_t day;

	if (fu_date_digits(s->w[i].text, s->stated, &day))
		found(s, before(s, i) ? day - 1 : day + (week_of(s, i) ? 6 : 0));
}

static void
span(struct scan *s, int n, enum fu_timeline_unit unit, bool working)
{
	int32_t days = 0;

	if (n > 1200)
		return;
	switch (unit) {
	case U_HOUR:
		days = (n + 23) / 24;
		break;
	case U_DAY:
		days = working ? (n * 7 + 4) / 5 : n;
		break;
	case U_WEEK:
		days = 7 * n;
		break;
	case U_MONTH:
	case U_QUARTER:
		found(s, fu_months_on(s->today, n * (unit == U_MONTH ? 1 : 3)));
		return;
	case U_YEAR:
		found(s, fu_months_on(s->today, 12 * (n < 100 ? n : 100)));
		return;
	}
	found(s, s->stated + days);
}

/* The calendar unit that is now (${n} 0) or the next (1): its last day. */
static void
calendar(struct scan *s, size_t i, enum fu_timeline_unit unit, int n)
{
	int month, year = s->today.year;

	switch (unit) {
	case U_HOUR:
	case U_DAY:
		found(s, s->stated + n);
		break;
	case U_WEEK:
		found(s, s->stated - fu_days_weekday(s->stated) + 6 + 7 * n);
		break;
	case U_MONTH:
		month = s->today.month + n;
		year += (month - 1) / 12;
		month = (month - 1) % 12 + 1;
		stretch(s, i, fu_day_of(year, month, 1), fu_month_end(year, month));
		break;
	case U_QUARTER:
		month = ((s->today.month - 1) / 3 + n) * 3;
		year += month / 12;
		month %= 12;
		stretch(s, i, fu_day_of(year, month + 1, 1),
		    fu_month_end(year, month + 3));
		break;
	case U_YEAR:
		stretch(s, i, fu_day_of(year + n, 1, 1),
		    fu_day_of(year + n, 12, 31));
		break;
	}
}

/* A unit with what stands before it: a number, "this", "next", "end of". */
static void
unit(struct scan *s, size_t i)
{
	enum fu_timeline_unit u = s->w[i].value;
	bool working = false;
	size_t j = i;
	enum fu_tw before, before2;

	/* "le mois prochain", "el mes que viene" */
	if (at(s, i + 1) == W_NEXT || (at(s, i + 1) == W_OF &&
	    at(s, i + 2) == W_NEXT)) {
		calendar(s, i, u, 1);
		return;
	}

	while (j > 0 && (at(s, j - 1) == W_WORKING ||
	    at(s, j - 1) == W_OF)) {
		if (at(s, j - 1) == W_OF && !(j > 1 &&
		    at(s, j - 2) == W_NUMBER))
			break;	/* "a couple of months", not "end of month" */
		working |= at(s, j - 1) == W_WORKING;
		j--;
	}
	before = j > 0 ? at(s, j - 1) : W_OTHER;
	before2 = j > 1 ? at(s, j - 2) : W_OTHER;
	if (before == W_NUMBER && s->w[j - 1].digits < 4) {
		if (s->w[j - 1].plus || before2 == W_OVER) {
			/* "less than 3 months" ends, "more than 3" does not */
			if (!(j > 2 && (strcmp(s->w[j - 3].text, "less") == 0 ||
			    strcmp(s->w[j - 3].text, "no") == 0 ||
			    strcmp(s->w[j - 3].text, "later") == 0)))
				s->open = true;
		}
		/* "vor 3 Monaten" was */
		if (before2 != W_BEFORE ||
		    strcmp(s->w[j - 2].text, "vor") != 0)
			span(s, s->w[j - 1].value, u, working);
	} else if (before == W_HWORD || (before == W_A && before2 == W_HWORD)) {
		span(s, u == U_YEAR ? 6 : 1, u == U_YEAR ? U_MONTH : u, false);
	} else if (before == W_A) {
		span(s, 1, u, working);
	} else if (before == W_NEXT && before2 == W_THE &&
	    strcmp(s->w[j - 1].text, "next") == 0) {
		/* "in the next year" is twelve months, "next year" that year */
		span(s, 1, u, working);
	} else if (before == W_NEXT) {
		if (year_near(s, j, false) == 0 || u != U_YEAR || j < 2 ||
		    before2 == W_OTHER || before2 == W_END ||
		    before2 == W_EARLY || before2 == W_MID ||
		    before2 == W_LATE || before2 == W_OF)
			calendar(s, j - 1, u, 1);
	} else if (before == W_ORDINAL && u == U_QUARTER) {
		int q = s->w[j - 1].value == 9 ? 4 : s->w[j - 1].value;

		period(s, j - 1, i + 1, 3 * q - 2, 3 * q);
	} else if (before == W_NEW && u != U_YEAR) {
		calendar(s, j - 1, u, 1);
	} else if (before == W_THIS || before == W_END || before == W_THE ||
	    before == W_OF || before == W_EARLY || before == W_MID ||
	    before == W_LATE) {
		calendar(s, i, u, 0);
	} else if (at(s, i + 1) == W_END) {	/* "year end" */
		calendar(s, i, u, 0);
	}
}

/* "Second", "2.", "the next" before a quarter or half of the calendar. */
static void
term(struct scan *s, size_t i)
{
	int months = s->w[i].value, nth = 0, from;
	size_t j = i;

	while (j > 0 && (at(s, j - 1) == W_OF || at(s, j - 1) == W_THE))
		j--;
	if (j > 0 && (at(s, j - 1) == W_ORDINAL || at(s, j - 1) == W_NUMBER)) {
		nth = s->w[j - 1].value;
		if (nth >= 1 && nth <= 12 / months)
			period(s, j - 1, i + 1, months * (nth - 1) + 1,
			    months * nth);
		return;
	}
	if (j > 0 && at(s, j - 1) == W_A) {
		found(s, fu_months_on(s->today, months));
		return;
	}
	if (at(s, i + 1) == W_NEXT || (at(s, i + 1) == W_OF &&
	    at(s, i + 2) == W_NEXT) || (j > 0 && (at(s, j - 1) == W_NEXT ||
	    at(s, j - 1) == W_NEW)))
		nth = 1;
	else if (j == 0 || (at(s, j - 1) != W_THIS && at(s, j - 1) != W_END))
		return;
	/* the months from that term's first, counted in this year */
	from = (s->today.month - 1) / months * months + 1 + nth * months;
	stretch(s, i, fu_day_of(s->today.year + (from > 12), (from - 1) % 12 + 1,
	    1), fu_month_end(s->today.year + (from > 12), (from - 1) % 12 +
	    months));
}

static void
feast(struct scan *s, size_t i, enum fu_timeline_feast which, int later)
{
	int year = year_of(s, i, i + 1);
	int32_t day;

	day = fu_feast_of(which, year != 0 ? year : s->today.year) + later;
	if (year == 0 && day < s->stated)
		day = fu_feast_of(which, s->today.year + 1) + later;
	stretch(s, i, day, day);
}

/* "30 September 2026", "Sept 30th", "end of March 2027". */
static void
month(struct scan *s, size_t i)
{
	int m = s->w[i].value, day = 0, year;
	size_t next = i + 1, first = i;
	int32_t when;

	if (i > 0 && strcmp(s->w[i].text, "may") == 0 && at(s, i - 1) ==
	    W_OTHER && at(s, next) == W_OTHER && next < s->n)
		return;		/* "we may decide" */
	if (i > 0 && at(s, i - 1) == W_NUMBER && s->w[i - 1].digits > 0 &&
	    s->w[i - 1].digits <= 2)
		day = s->w[first = i - 1].value;
	else if (i > 1 && at(s, i - 1) == W_OF && at(s, i - 2) == W_NUMBER &&
	    s->w[i - 2].digits > 0 && s->w[i - 2].digits <= 2)
		day = s->w[first = i - 2].value;
	else if (at(s, next) == W_NUMBER && s->w[next].digits > 0 &&
	    s->w[next].digits <= 2 && s->w[next].value <= 31 &&
	    (s->w[next].value < 20 || s->w[next].text[2] != '\0' ||
	    year_near(s, next + 1, false) != 0 || next + 1 == s->n) &&
	    !s->w[next].short_year)
		day = s->w[next++].value;
	if (day == 0 || day > fu_month_length(2024, m)) {
		period(s, i, next, m, m);
		return;
	}
	year = year_of(s, i, next);
	when = fu_day_of(year != 0 ? year : s->today.year, m, 1) + day - 1;
	if (year == 0 && when < s->stated)
		when = fu_day_of(s->today.year + 1, m, 1) + day - 1;
	if (before(s, first))
		when--;
	found(s, when + (week_of(s, first) ? 6 : 0));
}

static void
season(struct scan *s, size_t i)
{
	int md = s->w[i].value, year = year_of(s, i, i + 1);
	int32_t when;

	/* "winter 2026" begins then and ends in the next year */
	if (year != 0) {
		when = fu_day_of(year + (md == 319), md / 100, md % 100);
	} else {
		when = fu_day_of(s->today.year, md / 100, md % 100);
		if (when < s->stated)
			when = fu_day_of(s->today.year + 1, md / 100, md % 100);
	}
	stretch(s, i, when - SEASON_DAYS, when);
}

/* "FY27, ours starts in April" ends in the March after; else 0. */
static int
fiscal_start(const struct scan *s, size_t i)
{
	size_t k;

	for (k = i + 1; k + 1 < s->n; k++)
		if (strncmp(s->w[k].text, "start", 5) == 0 ||
		    strncmp(s->w[k].text, "begin", 5) == 0)
			break;
	for (k++; k < s->n; k++)
		if (at(s, k) == W_MONTH)
			return (s->w[k].value);
	return (0);
}

static bool
negated(const struct scan *s, size_t i)
{
	size_t back;

	/* "no later than" is no negation, nor "not before": that one is open */
	for (back = 0; back < 3 && i > 0; back++, i--) {
		if (at(s, i - 1) == W_NOT && back > 0 &&
		    strcmp(s->w[i - 1].text, "no") == 0 &&
		    (at(s, i) == W_NEXT || at(s, i) == W_ORDINAL))
			return (false);	/* "no próximo mês" */
		if (at(s, i - 1) == W_NOT)
			return (strcmp(s->w[i].text, "later") != 0 &&
			    strcmp(s->w[i].text, "more") != 0);
		if (at(s, i - 1) == W_OTHER || at(s, i - 1) == W_RANGE ||
		    at(s, i - 1) == W_BEFORE)
			return (false);
	}
	return (false);
}

static void
look(struct scan *s, size_t i)
{
	const struct fu_timeline_word *w = &s->w[i];
	int year;

	switch (w->what) {
	case W_QUARTER:
		period(s, i, i + 1, 3 * w->value - 2, 3 * w->value);
		break;
	case W_HALF:
		period(s, i, i + 1, 6 * w->value - 5, 6 * w->value);
		break;
	case W_HWORD:
		if (i > 0 && at(s, i - 1) == W_ORDINAL &&
		    s->w[i - 1].value <= 2)
			period(s, i - 1, i + 1, 6 * s->w[i - 1].value - 5,
			    6 * s->w[i - 1].value);
		else if (i > 0 && at(s, i - 1) == W_ORDINAL)
			period(s, i - 1, i + 1, 7, 12);
		break;
	case W_MONTH:
		month(s, i);
		break;
	case W_TERM:
		term(s, i);
		break;
	case W_FEAST:
		feast(s, i, (enum fu_timeline_feast)w->value, 0);
		break;
	case W_SEASON:
		season(s, i);
		break;
	case W_UNIT:
		unit(s, i);
		break;
	case W_DATE:
		date(s, i);
		break;
	case W_WEEKDAY:
		if (i > 0 && strcmp(s->w[i - 1].text, "black") == 0) {
			feast(s, i - 1, F_THANKSGIVING, 1);
			break;
		}
		found(s, s->stated + (w->value - fu_days_weekday(s->stated) +
		    7) % 7);
		break;
	case W_ASAP:
		s->soon = true;
		break;
	case W_TODAY:
	case W_TOMORROW:
		found(s, s->stated + (w->what == W_TOMORROW));
		break;
	case W_EOM:
		calendar(s, i, U_MONTH, 0);
		break;
	case W_EOQ:
		calendar(s, i, U_QUARTER, 0);
		break;
	case W_EOY:
		year = year_near(s, i + 1, true);
		found(s, fu_day_of(year != 0 ? year : s->today.year, 12, 31));
		break;
	case W_FISCAL:
	case W_NUMBER:
		/* A year alone; one that belongs to a quarter is no later. */
		if ((year = year_near(s, i, false)) != 0 && (i == 0 ||
		    at(s, i - 1) == W_OTHER || at(s, i - 1) == W_EARLY ||
		    at(s, i - 1) == W_MID || at(s, i - 1) == W_LATE ||
		    at(s, i - 1) == W_RANGE || (at(s, i - 1) == W_OF && i > 1 &&
		    (at(s, i - 2) == W_END || at(s, i - 2) == W_EARLY ||
		    at(s, i - 2) == W_MID))) && at(s, i + 1) != W_QUARTER &&
		    at(s, i + 1) != W_HALF && at(s, i + 1) != W_MONTH) {
			int month = at(s, i) == W_FISCAL ?
			    fiscal_start(s, i) : 0;

			if (month > 1)
				found(s, fu_month_end(year + 1, month - 1));
			else
				found(s, part(s, i,
				    fu_day_of(year, 1, 1), fu_day_of(year, 12, 31)));
		}
		break;
	default:
		break;
	}
}

/* All times of ${text}, said at ${stated_us}. */
static void
read_times(struct scan *s, const char *text, int64_t stated_us)
{
	char lower[FU_TIMELINE_TEXT], room[2 * FU_TIMELINE_TEXT], *folded, *p;
	int64_t d = stated_us / FU_DAY;
	size_t i, n = 0;

	memset(s, 0, sizeof(*s));
	if (fu_blank(text))
		return;
	s->stated = (int32_t)(stated_us % FU_DAY < 0 ? d - 1 : d);
	s->today = fu_date_of_days(s->stated);
	folded = fu_fold_plain(text);
	for (p = folded; *p != '\0' && n + 1 < sizeof(lower); p++) {
		/* en and em dash */
		if (strncmp(p, "\xe2\x80\x93", 3) == 0 ||
		    strncmp(p, "\xe2\x80\x94", 3) == 0) {
			lower[n++] = '-';
			p += 2;
		} else
			lower[n++] = *p;
	}
	lower[n] = '\0';
	free(folded);
	s->n = fu_timeline_words(lower, room, s->w);
	/* "as soon as possible", "right away": asap in more words */
	s->soon = strstr(lower, "as soon as") != NULL ||
	    strstr(lower, "right away") != NULL;
	for (i = 0; i < s->n; i++)
		if (!negated(s, i))
			look(s, i);
}

bool
fu_timeline_dated(const char *text, int64_t stated_us, int32_t *day)
{
	struct scan s;

	read_times(&s, text, stated_us);
	*day = s.day;
	return (s.found && !s.open);
}

bool
fu_timeline_by(const char *text, int64_t stated_us, int32_t *day)
{
	struct scan s;

	read_times(&s, text, stated_us);
	if (s.soon)
		found(&s, s.stated + ASAP_DAYS);
	*day = s.day;
	return (s.found && !s.open);
}
