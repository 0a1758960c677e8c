/*
 * Holidays files: dates, and rules that hold in every year, made into day
 * numbers of 2020 to 2039.  Never knows a country: the files do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config/load.h"
#include "config/scalar.h"

/* The years that rules are worked out for; a run outside them has none. */
#define YEAR_FIRST	2020
#define YEAR_LAST	2039

struct holiday {
	const char	*name;
	struct fu_date	 date;		/* one day of one year, or … */
	const char	*rule;		/* … "4th thu nov", "easter+1" */
	bool		 given_date;
	bool		 observed;	/* sat to friday, sun to monday */
	struct fu_where	 where;
};

struct holidays {
	const char	*source, *about;
	struct fu_date	 date;
	bool		 observed;
	struct holiday	*day;
	size_t		 n;
};

static void
read_date(struct fu_read *rd, const struct fu_node *node, void *base)
{
	static const struct fu_keydef key = { .name = "date",
		.type = FU_KT_DATE };
	struct holiday *h = base;
	struct fu_date none = { 0 };

	h->date = none;
	fu_key_read(rd, &key, node, &h->date);
	h->given_date = h->date.year != 0;
}

static void
check_day(struct fu_read *rd, const struct fu_node *node, void *base)
{
	const struct holiday *h = base;
	bool dated = fu_node_get(node, "date") != NULL;

	if (dated == (h->rule != NULL))
		fu_fault_add(rd->faults, &node->where, false, "a holiday has "
		    "either a date: or a rule:");
}

#define AT(member) offsetof(struct holiday, member)
static const struct fu_keydef day_keys[] = {
	{ .name = "name", .type = FU_KT_TEXT, .offset = AT(name),
	    .required = true, .doc = "What the day is called" },
	{ .name = "date", .type = FU_KT_READ, .offset = 0, .read = read_date,
	    .doc = "One day, 2026-07-03" },
	{ .name = "rule", .type = FU_KT_TEXT, .offset = AT(rule),
	    .doc = "Every year: jul 4, 4th thu nov, last mon may, easter+1, "
	    "mon before 25 may" },
	{ .name = "observed", .type = FU_KT_BOOL, .offset = AT(observed),
	    .doc = "On a Saturday it is kept on Friday, on a Sunday on "
	    "Monday" },
};
#undef AT
static const struct fu_table day_table = { .what = "a holiday",
	.key = day_keys, .n = sizeof(day_keys) / sizeof(day_keys[0]),
	.size = sizeof(struct holiday), .has_where = true,
	.where = offsetof(struct holiday, where), .check = check_day };

#define AT(member) offsetof(struct holidays, member)
static const struct fu_keydef keys[] = {
	{ .name = "about", .type = FU_KT_TEXT, .offset = AT(about),
	    .doc = "Whose holidays these are" },
	{ .name = "date", .type = FU_KT_DATE, .offset = AT(date),
	    .required = true, .doc = "When the file was last checked" },
	{ .name = "source", .type = FU_KT_TEXT, .offset = AT(source),
	    .required = true, .doc = "What it was checked against" },
	{ .name = "observed", .type = FU_KT_BOOL, .offset = AT(observed),
	    .doc = "observed: for every rule of the file" },
	{ .name = "holidays", .type = FU_KT_MAPS, .offset = AT(day),
	    .count = AT(n), .table = &day_table, .required = true,
	    .doc = "The days" },
};
#undef AT
const struct fu_table fu_holidays_table = { .what = "a holidays file",
	.key = keys, .n = sizeof(keys) / sizeof(keys[0]),
	.size = sizeof(struct holidays) };

static int
month_find(const char *s)
{
	static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
	int i;

	for (i = 0; i < 12 && strlen(s) == 3; i++)
		if (strncasecmp(names + 3 * i, s, 3) == 0)
			return (i + 1);
	return (0);
}

/* Western Easter, by the Gregorian computus of Meeus, Jones and Butcher. */
static int32_t
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int month = (h + l - 7 * m + 114) / 31;
	int day = (h + l - 7 * m + 114) % 31 + 1;

	return (fu_date_days((struct fu_date){ (int16_t)year, (int8_t)month,
	    (int8_t)day }));
}

static int32_t
day_of(int year, int month, int day)
{
	return (fu_date_days((struct fu_date){ (int16_t)year, (int8_t)month,
	    (int8_t)day }));
}

/* "4th thu nov" and "last mon may". */
static int
nth_weekday(const char *nth, int wd, int month, int year, int32_t *out)
{
	int32_t first = day_of(year, month, 1);
	int32_t last = first + fu_month_length(year, month) - 1;
	char *end;
	long n;

	if (strcasecmp(nth, "last") == 0) {
		*out = last - (fu_days_weekday(last) - wd + 7) % 7;
		return (0);
	}
	n = strtol(nth, &end, 10);
	if (n < 1 || n > 5 || (strcasecmp(end, "st") != 0 &&
	    strcasecmp(end, "nd") != 0 && strcasecmp(end, "rd") != 0 &&
	    strcasecmp(end, "th") != 0))
		return (-1);
	*out = first + (wd - fu_days_weekday(first) + 7) % 7 +
	    7 * ((int32_t)n - 1);
	return (*out > last ? -1 : 0);
}

/* "mon before 25 may", "mon from 1 feb": strictly before; on or after. */
static int
weekday_near(int wd, const char *how, int32_t day, int32_t *out)
{
	if (strcasecmp(how, "from") == 0)
		*out = day + (wd - fu_days_weekday(day) + 7) % 7;
	else if (strcasecmp(how, "before") == 0)
		*out = day - 1 - (fu_days_weekday(day - 1) - wd + 7) % 7;
	else
		return (-1);
	return (0);
}

static int
number(const char *s)
{
	struct fu_err unused;
	int64_t v;

	return (fu_int_parse(s, &v, &unused) == 0 && v >= 1 && v <= 31 ?
	    (int)v : 0);
}

/* The day of a rule in a year.  -1: no such rule, or no such day then. */
static int
rule_day(const char *rule, int year, int32_t *out)
{
	char w[4][12], more;
	int n, month, day;

	if (strncasecmp(rule, "easter", 6) == 0) {
		int add = 0;

		if (rule[6] != '\0' && (sscanf(rule + 6, "%d%c", &add, &more)
		    != 1 || (rule[6] != '+' && rule[6] != '-') ||
		    add < -60 || add > 60))
			return (-1);
		*out = easter(year) + add;
		return (0);
	}
	n = sscanf(rule, "%11s %11s %11s %11s %c", w[0], w[1], w[2], w[3],
	    &more);
	if (n == 2) {
		month = month_find(w[0]);
		day = number(w[1]);
		if (month == 0) {
			month = month_find(w[1]);
			day = number(w[0]);
		}
		if (month == 0 || day == 0 ||
		    day > fu_month_length(year, month))
			return (-1);
		*out = day_of(year, month, day);
		return (0);
	}
	if (n == 3 && fu_weekday_find(w[1], strlen(w[1])) >= 0 &&
	    (month = month_find(w[2])) != 0)
		return (nth_weekday(w[0], fu_weekday_find(w[1], strlen(w[1])),
		    month, year, out));
	if (n == 4 && fu_weekday_find(w[0], strlen(w[0])) >= 0 &&
	    (day = number(w[2])) != 0 && (month = month_find(w[3])) != 0)
		return (weekday_near(fu_weekday_find(w[0], strlen(w[0])), w[1],
		    day_of(year, month, day), out));
	return (-1);
}

static int32_t
observed_day(int32_t day)
{
	switch (fu_days_weekday(day)) {
	case 5:
		return (day - 1);
	case 6:
		return (day + 1);
	default:
		return (day);
	}
}

static void
day_add(struct fu_read *rd, size_t *cap, int32_t day)
{
	struct fu_window *w = &((struct fu_load *)rd->ctx)->config->window;

	w->holiday = fu_grow(rd->arena, w->holiday, w->nholiday, cap,
	    sizeof(*w->holiday));
	w->holiday[w->nholiday++] = day;
}

static void
add_rule(struct fu_read *rd, size_t *cap, const struct holiday *h,
    bool observed)
{
	int32_t day;
	int year, found = 0;

	for (year = YEAR_FIRST; year <= YEAR_LAST; year++) {
		if (rule_day(h->rule, year, &day) == -1)
			continue;
		found++;
		day_add(rd, cap, observed ? observed_day(day) : day);
	}
	if (found == 0)
		fu_fault_add(rd->faults, &h->where, false, "\"%s\" is no rule: "
		    "write jul 4, 4th thu nov, last mon may, easter+1 or "
		    "mon before 25 may", h->rule);
}

static int
by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x < y ? -1 : x > y);
}

void
fu_read_holidays(struct fu_read *rd)
{
	struct fu_load *load = rd->ctx;
	struct fu_window *w = &load->config->window;
	size_t i, j, n, cap = 0;

	for (i = 0; i < load->holidays.n; i++) {
		struct holidays h = { 0 };
		const char *path = fu_path_join(rd->arena, rd->dir,
		    load->holidays.item[i]);
		const struct fu_node *root = fu_read_yaml(rd, path,
		    &load->holidays_node->where, NULL);

		if (root == NULL)
			continue;
		fu_table_read(rd, &fu_holidays_table, root, &h);
		for (j = 0; j < h.n; j++)
			if (h.day[j].given_date)
				day_add(rd, &cap, fu_date_days(h.day[j].date));
			else if (h.day[j].rule != NULL)
				add_rule(rd, &cap, &h.day[j],
				    h.observed || h.day[j].observed);
	}
	if (w->nholiday == 0)
		return;
	qsort(w->holiday, w->nholiday, sizeof(*w->holiday), by_day);
	for (i = n = 1; i < w->nholiday; i++)
		if (w->holiday[i] != w->holiday[i - 1])
			w->holiday[n++] = w->holiday[i];
	w->nholiday = n;
}
