/*
 * Civil dates, and times as text [RFC 3339].
 *
 * Must never look at the environment's zone or locale: every time here is UTC
 * or carries its offset.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

#define YEAR_MIN	1900
#define YEAR_MAX	9999

/* What is shown of a bad value. */
static int
shown(struct fu_str text)
{
	return ((int)(text.len > 40 ? 40 : text.len));
}

/*
 * Counting from 1 March of year 0 puts the leap day at the end of a year, and
 * 400 years are 146097 days; 719468 of them lie before 1970.
 */
int32_t
fu_date_days(struct fu_date date)
{
	int32_t	year, era, in_era, in_year, month;

	year = date.year - (date.month <= 2);
	month = (date.month + 9) % 12;
	era = (year >= 0 ? year : year - 399) / 400;
	in_era = year - era * 400;
	in_year = (153 * month + 2) / 5 + date.day - 1;
	return (era * 146097 + in_era * 365 + in_era / 4 - in_era / 100 +
	    in_year - 719468);
}

struct fu_date
fu_date_of_days(int32_t days)
{
	int32_t	era, in_era, year, in_year, month;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	in_era = days - era * 146097;
	year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) /
	    365;
	in_year = in_era - (365 * year + year / 4 - year / 100);
	month = (5 * in_year + 2) / 153;
	return ((struct fu_date){
	    .year = (int16_t)(year + era * 400 + (month >= 10)),
	    .month = (int8_t)(month < 10 ? month + 3 : month - 9),
	    .day = (int8_t)(in_year - (153 * month + 2) / 5 + 1) });
}

int
fu_month_length(int year, int month)
{
	static const int8_t	len[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
				    31, 30, 31 };

	if (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0))
		return (29);
	return (len[month - 1]);
}

bool
fu_date_valid(struct fu_date date)
{
	return (date.year >= 1 && date.year <= YEAR_MAX && date.month >= 1 &&
	    date.month <= 12 && date.day >= 1 &&
	    date.day <= fu_month_length(date.year, date.month));
}

int
fu_days_weekday(int32_t days)
{
	int32_t	weekday;

	/* 1970-01-01 was a Thursday. */
	weekday = (days % 7 + 3) % 7;
	return (weekday < 0 ? weekday + 7 : weekday);
}

/* Exactly ${n} digits at ${*at}, which moves behind them; -1 if not there. */
static int
digits(struct fu_str text, size_t *at, int n)
{
	int	value;

	if (text.len - *at < (size_t)n)
		return (-1);
	for (value = 0; n > 0; n--, (*at)++) {
		if (text.ptr[*at] < '0' || text.ptr[*at] > '9')
			return (-1);
		value = value * 10 + (text.ptr[*at] - '0');
	}
	return (value);
}

/* Is one of ${set} at ${*at}?  Then move behind it. */
static bool
one_of(struct fu_str text, size_t *at, const char *set)
{
	for (; *at < text.len && *set != '\0'; set++) {
		if (text.ptr[*at] == *set) {
			(*at)++;
			return (true);
		}
	}
	return (false);
}

static bool
take_date(struct fu_str text, size_t *at, struct fu_date *date)
{
	int	year, month, day;

	if ((year = digits(text, at, 4)) == -1 || !one_of(text, at, "-") ||
	    (month = digits(text, at, 2)) == -1 || !one_of(text, at, "-") ||
	    (day = digits(text, at, 2)) == -1)
		return (false);
	*date = (struct fu_date){ .year = (int16_t)year,
	    .month = (int8_t)month, .day = (int8_t)day };
	return (fu_date_valid(*date));
}

/* "14:12", "14:12:00", "14:12:00.25": microseconds since midnight. */
static bool
take_clock(struct fu_str text, size_t *at, int64_t *us)
{
	int64_t	unit;
	int	hour, minute, second;

	if ((hour = digits(text, at, 2)) == -1 || hour > 23 ||
	    !one_of(text, at, ":") || (minute = digits(text, at, 2)) == -1 ||
	    minute > 59)
		return (false);
	*us = hour * FU_HOUR + minute * FU_MINUTE;
	if (!one_of(text, at, ":"))
		return (true);
	/* 60 is a leap second; here it is the first of the next minute. */
	if ((second = digits(text, at, 2)) == -1 || second > 60)
		return (false);
	*us += second * FU_SECOND;
	if (!one_of(text, at, "."))
		return (true);
	if (*at == text.len || text.ptr[*at] < '0' || text.ptr[*at] > '9')
		return (false);
	for (unit = FU_SECOND / 10; *at < text.len && text.ptr[*at] >= '0' &&
	    text.ptr[*at] <= '9'; (*at)++, unit /= 10)
		*us += (text.ptr[*at] - '0') * unit;
	return (true);
}

/* "Z", "+05:30", "-0500", or nothing. */
static bool
take_offset(struct fu_str text, size_t *at, int64_t *us)
{
	int	hour, minute;
	bool	west;

	*us = 0;
	if (*at == text.len || one_of(text, at, "Zz"))
		return (true);
	west = text.ptr[*at] == '-';
	if (!one_of(text, at, "+-") || (hour = digits(text, at, 2)) == -1 ||
	    hour > 23)
		return (false);
	one_of(text, at, ":");
	if ((minute = digits(text, at, 2)) == -1 || minute > 59)
		return (false);
	*us = hour * FU_HOUR + minute * FU_MINUTE;
	if (west)
		*us = -*us;
	return (true);
}

int
fu_time_parse(struct fu_str text, int64_t *us, struct fu_err *err)
{
	struct fu_date	date;
	int64_t		result, clock, offset;
	size_t		at;

	at = 0;
	if (!take_date(text, &at, &date))
		goto bad;
	result = fu_date_days(date) * FU_DAY;
	if (at < text.len) {
		if (!one_of(text, &at, "Tt ") ||
		    !take_clock(text, &at, &clock) ||
		    !take_offset(text, &at, &offset) || at != text.len)
			goto bad;
		result += clock - offset;
	}
	if (result < fu_date_days((struct fu_date){ YEAR_MIN, 1, 1 }) *
	    FU_DAY ||
	    result >= (fu_date_days((struct fu_date){ YEAR_MAX, 12, 31 }) + 1) *
	    FU_DAY)
		return (fu_err_set(err, FU_EDATA,
		    "time \"%.*s\" is not between the years %d and %d",
		    shown(text), text.ptr, YEAR_MIN, YEAR_MAX));
	*us = result;
	return (0);
 bad:
	return (fu_err_set(err, FU_EDATA,
	    "bad time \"%.*s\": wanted as in 2026-11-25T14:12:00Z",
	    shown(text), text.ptr));
}

int
fu_date_parse(struct fu_str text, struct fu_date *date, struct fu_err *err)
{
	struct fu_date	result;
	size_t		at;

	at = 0;
	if (!take_date(text, &at, &result) || at != text.len)
		return (fu_err_set(err, FU_EDATA,
		    "bad date \"%.*s\": wanted as in 2026-11-25", shown(text),
		    text.ptr));
	*date = result;
	return (0);
}

const char *
fu_date_print(struct fu_date date, char out[FU_TIME_LEN])
{
	snprintf(out, FU_TIME_LEN, "%04d-%02d-%02d", date.year, date.month,
	    date.day);
	return (out);
}

/* The civil time of ${us}; the length written. */
static int
print_civil(int64_t us, char out[FU_TIME_LEN])
{
	struct fu_date	date;
	int64_t		days, rest, fraction;
	int		n, second;

	days = us / FU_DAY;
	if (us % FU_DAY < 0)
		days--;
	rest = us - days * FU_DAY;
	second = (int)(rest / FU_SECOND);
	fraction = rest % FU_SECOND;
	date = fu_date_of_days((int32_t)days);
	n = snprintf(out, FU_TIME_LEN, "%04d-%02d-%02dT%02d:%02d:%02d",
	    date.year, date.month, date.day, second / 3600, second / 60 % 60,
	    second % 60);
	if (fraction != 0) {
		n += snprintf(out + n, FU_TIME_LEN - (size_t)n, ".%06d",
		    (int)fraction);
		while (out[n - 1] == '0')
			out[--n] = '\0';
	}
	return (n);
}

/* What has no four-digit year is shown as the nearest instant that has. */
static int64_t
clamp(int64_t us)
{
	int64_t	least, most;

	least = fu_date_days((struct fu_date){ 1, 1, 1 }) * FU_DAY;
	most = (fu_date_days((struct fu_date){ YEAR_MAX, 12, 31 }) + 1) *
	    FU_DAY - 1;
	return (us < least ? least : us > most ? most : us);
}

const char *
fu_time_print(int64_t us, char out[FU_TIME_LEN])
{
	int	n;

	n = print_civil(clamp(us), out);
	out[n] = 'Z';
	out[n + 1] = '\0';
	return (out);
}

const char *
fu_time_print_offset(int64_t us, int offset_s, char out[FU_TIME_LEN])
{
	int	minutes, n;

	/*
	 * The text knows whole minutes only; where an offset of old has
	 * seconds, shifting by what is written keeps the instant.
	 */
	minutes = offset_s / 60;
	n = print_civil(clamp(us) + minutes * FU_MINUTE, out);
	snprintf(out + n, FU_TIME_LEN - (size_t)n, "%c%02u:%02u",
	    minutes < 0 ? '-' : '+', (unsigned)abs(minutes) / 60 % 24,
	    (unsigned)abs(minutes) % 60);
	return (out);
}

const char *
fu_month_name(int month)
{
	static const char *const name[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };

	return (name[month - 1]);
}
