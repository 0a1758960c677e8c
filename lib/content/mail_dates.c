/*
 * Dates as people write them, in the order of any language.
 *
 * Must never read a time, a telephone number or a version as a date.
 */
#include <stdlib.h>
#include <string.h>

#include "content/mail_dates.h"

#define WEEK_MAX	53
#define RETURN_BYTES	40	/* how far ahead of a month its word may be */
#define IN_BYTES	6	/* " in ", " for " between them */
#define WEEKDAY_BYTES	12	/* "the week of Monday, 30 November" */

struct finder {
	const char		*text;
	const struct fu_mail_lists *lists;
	struct fu_dated_word	*found;
	size_t			 n;
};

static bool
is_digit(char c)
{
	return (c >= '0' && c <= '9');
}

static size_t
digits(const char *s)
{
	return (strspn(s, "0123456789"));
}

static const char *
blanks(const char *s)
{
	return (s + strspn(s, " "));
}

/* One of some texts at ${s}; its length. */
static size_t
one_of(const char *s, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strncmp(s, *list, strlen(*list)) == 0)
			return (strlen(*list));
	return (0);
}

static const char *const ordinals[] = { "st", "nd", "rd", "th", "er", "\xc2\xba",
	"o", "a", ":e", ":a", "-\xd0\xb3\xd0\xbe", "\xd0\xb3\xd0\xbe", "ème", "e",
	".", NULL };
static const char *const links[] = { "de ", "of ", "den ", "d'", "dei ", "di ",
	NULL };
static const char *const months[] = { "\xe6\x9c\x88", "\xec\x9b\x94", NULL };
static const char *const days[] = { "\xe6\x97\xa5", "\xe5\x8f\xb7",
	"\xec\x9d\xbc", NULL };
static const char *const years[] = { "\xe5\xb9\xb4", "\xeb\x85\x84", NULL };

/* A month's name at ${s}; its number, and what is behind it. */
static int
month_at(struct finder *f, const char *s, const char **end)
{
	size_t	 best = 0, len;
	int	 month = 0;

	for (int i = 0; i < 12; i++) {
		len = fu_said_here(f->lists,
		    (enum fu_mail_list)(FU_ML_MONTH_1 + i), f->text,
		    (size_t)(s - f->text));
		if (len > best) {
			best = len;
			month = i + 1;
		}
	}
	*end = s + best;
	return (month);
}

/* "2026" or "'26", perhaps behind "de", a comma or a dot; 0 if there is none. */
static int
year_behind(const char *s, const char **end)
{
	const char	*p = s + strspn(s, " ,.'");
	size_t		 n;
	int		 year;

	if (strncmp(p, "de ", 3) == 0 || strncmp(p, "del ", 4) == 0)
		p = blanks(strchr(p, ' '));
	n = digits(p);
	year = n == 4 ? atoi(p) : 0;
	if (year < 2000 || year > 2100)
		return (0);
	*end = p + n;
	return (year);
}

static void
add(struct finder *f, const char *at, const char *end, int year, int month,
    int day)
{
	struct fu_dated_word	*w = &f->found[f->n];

	if (f->n == FU_DATES_MAX || month < 1 || month > 12 || day < 1 ||
	    day > fu_month_length(year == 0 ? 2024 : year, month))
		return;
	*w = (struct fu_dated_word){ .at = (size_t)(at - f->text),
		.end = (size_t)(end - f->text), .year = year, .month = month,
		.day = day };
	f->n++;
}

/* "2026-12-24", "2026/12/24", "2026年12月24日", "2026년 12월 24일". */
static const char *
year_first(struct finder *f, const char *s)
{
	int		 year = atoi(s), month, day;
	const char	*p = s + 4;
	size_t		 n;

	if (year < 2000 || year > 2100)
		return (NULL);
	if ((n = one_of(p, years)) > 0) {
		p = blanks(p + n);
		if ((n = digits(p)) == 0 || n > 2)
			return (NULL);
		month = atoi(p);
		p = blanks(p + n);
		if ((n = one_of(p, months)) == 0)
			return (NULL);
		p += n;
		if (digits(blanks(p)) == 0) {
			add(f, s, p, year, month, 1);
			if (f->n > 0)
				f->found[f->n - 1].whole = true;
			return (p);
		}
		p = blanks(p);
	} else {
		char	 sep = *p++;

		if ((sep != '-' && sep != '/' && sep != '.') ||
		    (n = digits(p)) == 0 || n > 2)
			return (NULL);
		month = atoi(p);
		p += n;
		if (*p++ != sep)
			return (NULL);
		p = blanks(p);
	}
	if ((n = digits(p)) == 0 || n > 2)
		return (NULL);
	day = atoi(p);
	p += n;
	p += one_of(p, days);
	add(f, s, p, year, month, day);
	return (p);
}

/* "12月24日", and "28日" of the month that was last named. */
static const char *
eastern(struct finder *f, const char *s, size_t n)
{
	const char	*p = s + n;
	int		 value = atoi(s);
	size_t		 len;

	if ((len = one_of(p, months)) > 0) {
		p = blanks(p + len);
		if ((n = digits(p)) == 0 || n > 2)
			return (NULL);
		len = one_of(p + n, days);
		add(f, s, p + n + len, 0, value, atoi(p));
		return (p + n + len);
	}
	if ((len = one_of(p, days)) == 0 || f->n == 0 ||
	    strncmp(p + len, "\xe9\x96\x93", 3) == 0)	/* "three days" */
		return (NULL);
	add(f, s, p + len, f->found[f->n - 1].year,
	    f->found[f->n - 1].month, value);
	return (p + len);
}

/* "24.12.", "24.12.2026", "24. 12. 2026", "24/12", "12/24/26", "24-12-2026". */
static const char *
numbers(struct finder *f, const char *s, size_t n)
{
	int		 first = atoi(s), second, year = 0;
	char		 sep = s[n];
	const char	*p = s + n + 1, *end;
	size_t		 m, had;

	if (sep != '.' && sep != '/' && sep != '-')
		return (NULL);
	if (sep == '.')
		p = blanks(p);
	if ((m = digits(p)) == 0 || m > 2)
		return (NULL);
	second = atoi(p);
	p += m;
	end = p;
	if (*p == sep) {
		const char	*y = sep == '.' ? blanks(p + 1) : p + 1;

		m = digits(y);
		if (m == 4 || (m == 2 && !is_digit(y[2]))) {
			year = m == 4 ? atoi(y) : 2000 + atoi(y);
			end = y + m;
			if (*end == '.' && is_digit(end[1]))
				return (NULL);
		} else if (sep == '.' && !is_digit(p[1]))
			end = p + 1;
		else
			return (NULL);
	} else if (sep == '-')	/* "9-5" */
		return (NULL);
	if (year != 0 && (year < 2000 || year > 2100))
		return (NULL);
	had = f->n;
	if (second > 12 && first <= 12)
		add(f, s, end, year, first, second);
	else
		add(f, s, end, year, second, first);
	if (f->n > had && sep != '.') {
		f->found[had].either = first <= 12 && second <= 12;
		f->found[had].month_led = second > 12;
		f->found[had].day_led = first > 12;
	}
	return (end);
}

/* "24. Dezember 2026", "24th of December", "1er janvier", "24-Dec-2026". */
static const char *
day_first(struct finder *f, const char *s, size_t n)
{
	const char	*p = s + n, *end;
	int		 day = atoi(s), month, year;

	p += one_of(p, ordinals);
	if (*p == '-')
		p++;
	p = blanks(p);
	p += one_of(p, links);
	if ((month = month_at(f, p, &end)) == 0)
		return (NULL);
	if (*end == '-' && digits(end + 1) == 4)
		end++;
	year = year_behind(end, &end);
	add(f, s, end, year, month, day);
	return (end);
}

/* "12/23", "23.12." behind a word that is also a month: "Out 12/23". */
static bool
is_pair(const char *s)
{
	size_t	 n = digits(s), m;
	int	 first = atoi(s), second;

	if ((s[n] != '/' && s[n] != '.') || (m = digits(s + n + 1)) == 0 ||
	    m > 2)
		return (false);
	second = atoi(s + n + 1);
	return ((first <= 12 && second <= 31) || (first <= 31 && second <= 12));
}

/* "December 24th, 2026", "Dec. 24 - 28". */
static const char *
month_first(struct finder *f, const char *s)
{
	const char	*p, *end;
	int		 month = month_at(f, s, &p), day, last, year;
	size_t		 n, len, had = f->n;

	if (month == 0)
		return (NULL);
	p += *p == '.';
	p = blanks(p);
	if ((n = digits(p)) == 0 || n > 2 || p[n] == ':' || is_pair(p))
		return (NULL);
	day = atoi(p);
	p += n;
	p += one_of(p, ordinals);
	end = p;
	year = year_behind(p, &end);
	add(f, s, end, year, month, day);
	p = blanks(p);
	len = fu_said_here(f->lists, FU_ML_TO, f->text, (size_t)(p - f->text));
	if (len == 0 || year != 0 || f->n == had)
		return (end);
	p = blanks(p + len);
	if ((n = digits(p)) == 0 || n > 2 || p[n] == '/' || p[n] == ':')
		return (end);
	last = atoi(p);
	s = p;
	p += n;
	p += one_of(p, ordinals);
	if (last <= day || month_at(f, blanks(p), &s) != 0)
		return (end);
	end = p;
	year = year_behind(p, &end);
	add(f, s, end, year, month, last);
	f->found[f->n - 1].ranged = true;
	return (end);
}

/* Does a word of the list end within ${reach} bytes before ${s}?  Where it
 * begins; else NULL. */
static const char *
ahead_of(const struct finder *f, enum fu_mail_list list, const char *s,
    size_t reach)
{
	size_t	 start, end, to = (size_t)(s - f->text), from;

	from = to > RETURN_BYTES ? to - RETURN_BYTES : 0;
	while ((f->text[from] & 0xc0) == 0x80)
		from++;
	if (!fu_said_last(f->lists, list, f->text, from, to, &start, &end) ||
	    to - end > reach)
		return (NULL);
	return (f->text + start);
}

/* "mid January", "Ende Januar": which part; ${s} moves to its word. */
static enum fu_month_part
part_of(const struct finder *f, const char **s)
{
	const char	*at;

	for (int i = FU_MP_START; i <= FU_MP_END; i++)
		if ((at = ahead_of(f, (enum fu_mail_list)(FU_ML_START_OF + i -
		    FU_MP_START), *s, 1)) != NULL) {
			*s = at;
			return ((enum fu_month_part)i);
		}
	return (FU_MP_ALL);
}

/* "March 2027": all of it; "back in March", "until March": the coming one. */
static const char *
month_whole(struct finder *f, const char *s)
{
	const char		*p, *end, *at = s;
	int			 month = month_at(f, s, &p), year;
	size_t			 had = f->n;
	enum fu_month_part	 part;

	if (month == 0)
		return (NULL);
	end = p;
	part = part_of(f, &at);
	if ((year = year_behind(p, &end)) == 0 && part == FU_MP_ALL &&
	    ahead_of(f, FU_ML_BACK, s, IN_BYTES) == NULL &&
	    ahead_of(f, FU_ML_UNTIL, s, IN_BYTES) == NULL)
		return (NULL);
	add(f, s, end, year, month, 1);
	if (f->n > had) {
		f->found[had].whole = true;
		f->found[had].part = part;
	}
	return (end);
}

/* Nothing goes on there but a sentence: "until the 14th, then …"; without an
 * ordinal's ending not even that, since "au 14 rue" is where somebody lives. */
static bool
ends_day(const struct finder *f, const char *s, bool ordinal)
{
	size_t	 at;

	if (*s == '\0' || (strchr(".,;!)", *s) != NULL && !is_digit(s[1])))
		return (true);
	if (*s != ' ' || is_digit(s[1]))
		return (false);
	at = (size_t)(s + 1 - f->text);
	return (ordinal || fu_said_here(f->lists, FU_ML_TO, f->text, at) > 0 ||
	    fu_said_here(f->lists, FU_ML_UNTIL_AFTER, f->text, at) > 0);
}

/* "on the 14th", "am 14.", "14日": of the coming one. */
static const char *
day_alone(struct finder *f, const char *s, size_t n)
{
	const char	*p = s + n;
	size_t		 len;
	int		 day = atoi(s);

	if (f->n == FU_DATES_MAX || day < 1 || day > 31)
		return (NULL);
	if ((len = one_of(p, days)) > 0) {
		if (fu_said_here(f->lists, FU_ML_DAYS, f->text,
		    (size_t)(p - f->text)) > len ||
		    strncmp(p + len, "\xe9\x96\x93", 3) == 0)
			return (NULL);
		p += len;
	} else {
		len = one_of(p, ordinals);
		if (ahead_of(f, FU_ML_DAY_ALONE, s, 1) == NULL ||
		    !ends_day(f, p + len, len > 0))
			return (NULL);
		p += len;
	}
	f->found[f->n++] = (struct fu_dated_word){
		.at = (size_t)(s - f->text), .end = (size_t)(p - f->text),
		.day = day, .alone = true };
	return (p);
}

/* "KW 52", "week 52/2026", "KW 52-53": the last of them. */
static const char *
week(struct finder *f, const char *s)
{
	size_t		 n = fu_said_here(f->lists, FU_ML_WEEK, f->text,
	    (size_t)(s - f->text));
	const char	*p = s + n, *end;
	int		 first, last, year = 0;

	if (n == 0 || f->n == FU_DATES_MAX)
		return (NULL);
	p = blanks(p + (*p == '.'));
	if ((n = digits(p)) == 0 || n > 2)
		return (NULL);
	first = last = atoi(p);
	end = p += n;
	if ((*p == '-' || *p == '/') && (n = digits(p + 1)) == 2 &&
	    atoi(p + 1) <= WEEK_MAX) {
		last = atoi(p + 1);
		end = p += 1 + n;
	}
	if (*p == '/' && digits(p + 1) == 4)
		p++;
	if (strchr(".,:;", *p) == NULL || *p == '\0' || *p == ' ')
		year = year_behind(p, &end);
	if (first < 1 || first > WEEK_MAX || last < 1 || *end == ':' ||
	    *end == '%')
		return (NULL);
	f->found[f->n++] = (struct fu_dated_word){ .at = (size_t)(s - f->text),
		.end = (size_t)(end - f->text), .year = year, .week = last };
	return (end);
}

static bool
may_begin(const char *text, const char *s)
{
	char	 c;

	if (s == text)
		return (true);
	c = s[-1];
	if (is_digit(c) || (c >= 'a' && c <= 'z') || c == '+')
		return (false);
	return (strchr(".:/", c) == NULL || s < text + 2 || !is_digit(s[-2]));
}

size_t
fu_dates_find(const char *text, const struct fu_mail_lists *lists,
    struct fu_dated_word found[FU_DATES_MAX])
{
	struct finder	 f = { .text = text, .lists = lists, .found = found };
	const char	*s = text, *end;
	size_t		 n;

	while (*s != '\0' && f.n < FU_DATES_MAX) {
		end = NULL;
		if (is_digit(*s)) {
			n = digits(s);
			if (may_begin(text, s) && n == 4)
				end = year_first(&f, s);
			else if (may_begin(text, s) && n <= 2) {
				if ((end = eastern(&f, s, n)) == NULL &&
				    (end = day_first(&f, s, n)) == NULL &&
				    (end = numbers(&f, s, n)) == NULL)
					end = day_alone(&f, s, n);
			}
			if (end == NULL)
				end = s + n;
		} else if ((*s & 0x40) != 0 || (unsigned char)*s >= 0xc0) {
			/* a word, of which only the beginning can be one */
			if (s == text || (!((unsigned char)s[-1] >= 0x80) &&
			    !(s[-1] >= 'a' && s[-1] <= 'z')))
				if ((end = month_first(&f, s)) == NULL &&
				    (end = month_whole(&f, s)) == NULL)
					end = week(&f, s);
		}
		s = end == NULL || end <= s ? s + 1 : end;
	}
	for (size_t i = 0; i < f.n; i++)
		found[i].of_week = found[i].day != 0 && ahead_of(&f,
		    FU_ML_WEEK_OF, text + found[i].at, WEEKDAY_BYTES) != NULL;
	return (f.n);
}
