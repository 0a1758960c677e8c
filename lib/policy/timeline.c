/*
 * What a stated timeline means: the last day that its words can.
 *
 * All times that a text names are found, and the latest counts: "Q3 or Q4" is
 * Q4.  What is open at its end ("6+ months") or says no time has no last day.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/facts.h"
#include "policy/timeline_words.h"

/* "As soon as possible" is no date; in business it is within a month. */
#define ASAP_DAYS	30

/* The day that was stated, and the latest day that was found. */
struct scan {
	struct fu_timeline_word	 w[FU_TIMELINE_WORDS];
	size_t		 n;
	struct fu_date	 today;
	int32_t		 stated;
	bool		 found;
	bool		 open;	/* no last day: "6+ months" */
	int32_t		 day;
};

static void
found(struct scan *s, int32_t day)
{

	if (!s->found || day > s->day)
		s->day = day;
	s->found = true;
}

static int32_t
day_of(int year, int month, int day)
{
	struct fu_date d = { (int16_t)year, (int8_t)month, (int8_t)day };

	return (fu_date_days(d));
}

static int32_t
month_end(int year, int month)
{

	return (day_of(year, month, fu_month_length(year, month)));
}

/* The same day ${n} calendar months on, clipped to the month's end. */
static int32_t
months_on(struct fu_date d, int n)
{
	int month = d.month - 1 + n, year = d.year + month / 12, last;

	month = month % 12 + 1;
	last = fu_month_length(year, month);
	return (day_of(year, month, d.day < last ? d.day : last));
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

/* early, mid or late said before the period from ${first} to ${last}. */
static int32_t
part(const struct scan *s, size_t i, int32_t first, int32_t last)
{
	int32_t len = last - first + 1;

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

/* A period of months in the year named, else the coming or running one. */
static void
period(struct scan *s, size_t i, size_t next, int from, int to)
{
	int year = year_of(s, i, next);

	if (year == 0) {
		year = s->today.year;
		if (month_end(year, to) < s->stated)
			year++;
	}
	found(s, part(s, i, day_of(year, from, 1), month_end(year, to)));
}

/* A date in digits; where day and month may be swapped, the later one. */
static void
date(struct scan *s, const char *t)
{
	int v[3] = { 0, 0, 0 }, len[3] = { 0, 0, 0 }, n = 0, y;
	const char *p = t;
	char *end;
	struct fu_date a, b;

	while (*p != '\0' && n < 3) {
		v[n] = (int)strtol(p, &end, 10);
		len[n++] = (int)(end - p);
		p = *end != '\0' ? end + 1 : end;
	}
	if (n == 2 && len[0] == 4 && v[1] >= 1 && v[1] <= 12) {
		found(s, month_end(v[0], v[1]));
	} else if (n == 2 && len[1] == 4 && v[0] >= 1 && v[0] <= 12) {
		found(s, month_end(v[1], v[0]));
	} else if (n == 3 && len[0] == 4) {
		a = (struct fu_date){ (int16_t)v[0], (int8_t)v[1],
		    (int8_t)v[2] };
		if (fu_date_valid(a))
			found(s, fu_date_days(a));
	} else if (n >= 2) {
		y = n == 2 ? s->today.year : len[2] == 2 ? 2000 + v[2] : v[2];
		a = (struct fu_date){ (int16_t)y, (int8_t)v[0], (int8_t)v[1] };
		b = (struct fu_date){ (int16_t)y, (int8_t)v[1], (int8_t)v[0] };
		if (fu_date_valid(a))
			found(s, fu_date_days(a) + (n == 2 &&
			    fu_date_days(a) < s->stated ? 365 : 0));
		if (fu_date_valid(b))
			found(s, fu_date_days(b) + (n == 2 &&
			    fu_date_days(b) < s->stated ? 365 : 0));
	}
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
		found(s, months_on(s->today, n * (unit == U_MONTH ? 1 : 3)));
		return;
	case U_YEAR:
		found(s, months_on(s->today, 12 * (n < 100 ? n : 100)));
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
		found(s, part(s, i, day_of(year, month, 1),
		    month_end(year, month)));
		break;
	case U_QUARTER:
		month = ((s->today.month - 1) / 3 + n) * 3;
		year += month / 12;
		month %= 12;
		found(s, part(s, i, day_of(year, month + 1, 1),
		    month_end(year, month + 3)));
		break;
	case U_YEAR:
		found(s, part(s, i, day_of(year + n, 1, 1),
		    day_of(year + n, 12, 31)));
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
		span(s, s->w[j - 1].value, u, working);
	} else if (before == W_HWORD || (before == W_A && before2 == W_HWORD)) {
		span(s, u == U_YEAR ? 6 : 1, u == U_YEAR ? U_MONTH : u, false);
	} else if (before == W_A) {
		span(s, 1, u, working);
	} else if (before == W_NEXT && before2 == W_THE) {
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
	} else if (before == W_THIS || before == W_END || before == W_THE ||
	    before == W_OF || before == W_EARLY || before == W_MID ||
	    before == W_LATE) {
		calendar(s, i, u, 0);
	} else if (at(s, i + 1) == W_END) {	/* "year end" */
		calendar(s, i, u, 0);
	}
}

/* "30 September 2026", "Sept 30th", "end of March 2027". */
static void
month(struct scan *s, size_t i)
{
	int m = s->w[i].value, day = 0, year;
	size_t next = i + 1;
	int32_t when;

	if (i > 0 && strcmp(s->w[i].text, "may") == 0 && at(s, i - 1) ==
	    W_OTHER && at(s, next) == W_OTHER && next < s->n)
		return;		/* "we may decide" */
	if (i > 0 && at(s, i - 1) == W_NUMBER && s->w[i - 1].digits > 0 &&
	    s->w[i - 1].digits <= 2)
		day = s->w[i - 1].value;
	else if (i > 1 && at(s, i - 1) == W_OF && at(s, i - 2) == W_NUMBER &&
	    s->w[i - 2].digits > 0 && s->w[i - 2].digits <= 2)
		day = s->w[i - 2].value;
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
	when = day_of(year != 0 ? year : s->today.year, m, 1) + day - 1;
	if (year == 0 && when < s->stated)
		when = day_of(s->today.year + 1, m, 1) + day - 1;
	found(s, when);
}

static void
season(struct scan *s, size_t i)
{
	int md = s->w[i].value, year = year_of(s, i, i + 1);
	int32_t when;

	/* "winter 2026" begins then and ends in the next year */
	if (year != 0) {
		when = day_of(year + (md == 319), md / 100, md % 100);
	} else {
		when = day_of(s->today.year, md / 100, md % 100);
		if (when < s->stated)
			when = day_of(s->today.year + 1, md / 100, md % 100);
	}
	found(s, when);
}

static bool
negated(const struct scan *s, size_t i)
{
	size_t back;

	/* "no later than" is no negation, nor "not before": that one is open */
	for (back = 0; back < 3 && i > 0; back++, i--) {
		if (at(s, i - 1) == W_NOT)
			return (strcmp(s->w[i].text, "later") != 0 &&
			    strcmp(s->w[i].text, "more") != 0);
		if (at(s, i - 1) == W_OTHER || at(s, i - 1) == W_RANGE)
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
	case W_SEASON:
		season(s, i);
		break;
	case W_UNIT:
		unit(s, i);
		break;
	case W_DATE:
		date(s, w->text);
		break;
	case W_WEEKDAY:
		found(s, s->stated + (w->value - fu_days_weekday(s->stated) +
		    7) % 7);
		break;
	case W_ASAP:
		found(s, s->stated + ASAP_DAYS);
		break;
	case W_TODAY:
		found(s, s->stated);
		break;
	case W_TOMORROW:
		found(s, s->stated + 1);
		break;
	case W_EOM:
		calendar(s, i, U_MONTH, 0);
		break;
	case W_EOQ:
		calendar(s, i, U_QUARTER, 0);
		break;
	case W_EOY:
		year = year_near(s, i + 1, true);
		found(s, day_of(year != 0 ? year : s->today.year, 12, 31));
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
		    at(s, i + 1) != W_HALF && at(s, i + 1) != W_MONTH)
			found(s, part(s, i, day_of(year, 1, 1),
			    day_of(year, 12, 31)));
		break;
	default:
		break;
	}
}

bool
fu_timeline_by(const char *text, int64_t stated_us, int32_t *day)
{
	struct scan s;
	char lower[FU_TIMELINE_TEXT], room[2 * FU_TIMELINE_TEXT], *folded, *p;
	int64_t d = stated_us / FU_DAY;
	size_t i, n = 0;

	if (fu_blank(text))
		return (false);
	memset(&s, 0, sizeof(s));
	s.stated = (int32_t)(stated_us % FU_DAY < 0 ? d - 1 : d);
	s.today = fu_date_of_days(s.stated);
	folded = fu_fold(text);
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
	s.n = fu_timeline_words(lower, room, s.w);
	/* "as soon as possible", "right away": asap in more words */
	if (strstr(lower, "as soon as") != NULL ||
	    strstr(lower, "right away") != NULL)
		found(&s, s.stated + ASAP_DAYS);
	for (i = 0; i < s.n; i++)
		if (!negated(&s, i))
			look(&s, i);
	if (!s.found || s.open)
		return (false);
	*day = s.day;
	return (true);
}
