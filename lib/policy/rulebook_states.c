/*
 * Rules data of states: hours, caps, and the holidays on which they close.
 *
 * Must never hold a list of dates that ends: a holiday is a rule, computed
 * for any year.
 */
#include "policy/rulebook.h"
#include "policy/rulebook_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/country.h"

/* Whom a state's rule forbids nothing, the federal one does [47 CFR
 * 64.1200(c)(1)]. */
#define FEDERAL_OPEN_MIN  (8 * 60)
#define FEDERAL_CLOSE_MIN (21 * 60)

#define MISSED_MAX 128 /* states and provinces that there are, and more */
#define NAMED_MAX 3

static const char weekdays[7][4] = {
    "mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* Gregorian Easter Sunday [Meeus, Astronomical Algorithms, chapter 8]. */
static int32_t
easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
	int l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	struct fu_date date = {
	    (int16_t)year, (int8_t)(n / 31), (int8_t)(n % 31 + 1)};

	return (fu_date_days(date));
}

static bool
falls_on(const struct fu_holiday *h, int32_t day)
{
	struct fu_date d;

	day -= h->plus;
	d = fu_date_of_days(day);
	if (h->even && d.year % 2 != 0)
		return (false);
	switch (h->kind) {
	case FU_HOL_EASTER:
		return (day == easter(d.year));
	case FU_HOL_NTH:
		if (d.month != h->month || fu_days_weekday(day) != h->weekday)
			return (false);
		return (h->day < 0
			    ? d.day + 7 > fu_month_length(d.year, d.month)
			    : (d.day - 1) / 7 + 1 == h->day);
	case FU_HOL_FIXED:
		break;
	}
	return (d.month == h->month && d.day == h->day);
}

bool
fu_holiday_on(const struct fu_rulebook *b, uint64_t mask, int32_t day)
{
	int wd = fu_days_weekday(day);

	for (size_t i = 0; mask != 0; i++, mask >>= 1) {
		const struct fu_holiday *h = &b->holiday[i];

		if ((mask & 1) == 0)
			continue;
		/* On the day itself and on the one that stands in for it. */
		if (falls_on(h, day) ||
		    (h->observed && wd == 0 && falls_on(h, day - 1)) ||
		    (h->observed && wd == 4 && falls_on(h, day + 1)))
			return (true);
	}
	return (false);
}

/* One word of a rule: what day it is, or what is said of that day. */
static bool
rule_word(struct fu_holiday *h, const char *w, bool *day)
{
	int month, n;
	char name[4], end;

	if (strcmp(w, "observed") == 0)
		return (h->observed = true);
	if (strcmp(w, "even") == 0)
		return (h->even = true);
	if (sscanf(w, "%2d-%2d%c", &month, &n, &end) == 2 && !*day) {
		h->kind = FU_HOL_FIXED;
		h->month = month;
		h->day = n;
		return (*day = month >= 1 && month <= 12 && n >= 1 && n <= 31);
	}
	if (sscanf(w, "easter%4d%c", &n, &end) == 1 && !*day) {
		h->kind = FU_HOL_EASTER;
		h->plus = n;
		return (*day = true);
	}
	if (sscanf(w, "%3[a-z]#%2d%c", name, &n, &end) == 2 && !*day) {
		h->kind = FU_HOL_NTH;
		h->day = n;
		for (h->weekday = 0; h->weekday < 7; h->weekday++)
			if (strcmp(weekdays[h->weekday], name) == 0)
				return (*day = n == -1 || (n >= 1 && n <= 5));
		return (false);
	}
	if (w[0] == '+' && sscanf(w, "%3d%c", &n, &end) == 1) {
		h->plus += n;
		return (true);
	}
	if (sscanf(w, "%2d%c", &n, &end) == 1 && h->kind == FU_HOL_NTH) {
		h->month = n;
		return (n >= 1 && n <= 12);
	}
	return (false);
}

static int
holiday_line(struct fu_rulebook *b, struct fu_line *l, const char *name)
{
	struct fu_holiday h;
	bool day = false;
	char *save, *w;

	memset(&h, 0, sizeof(h));
	if (l->n != 2 || b->nholiday == FU_HOLIDAYS_MAX)
		return (fu_line_bad(l, l->column[0],
		    "expected holiday NAME | RULE, "
		    "64 of them at most"));
	for (w = strtok_r(l->column[1], " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save))
		if (!rule_word(&h, w, &day))
			return (fu_line_bad(
			    l, w, "no such rule of a holiday: \"%s\"", w));
	if (!day || (h.kind == FU_HOL_NTH && h.month == 0))
		return (
		    fu_line_bad(l, l->column[1], "the rule names no day"));
	fu_line_once(l, name, "%s", name);
	h.name = fu_dup(&b->arena, name);
	b->holiday[b->nholiday++] = h;
	return (0);
}

static bool
mask_of(const struct fu_rulebook *b, const char *name, uint64_t *mask)
{
	for (size_t i = 0; i < b->nset; i++)
		if (strcmp(b->set[i].name, name) == 0) {
			*mask |= b->set[i].mask;
			return (true);
		}
	for (size_t i = 0; i < b->nholiday; i++)
		if (strcmp(b->holiday[i].name, name) == 0) {
			*mask |= UINT64_C(1) << i;
			return (true);
		}
	return (false);
}

uint64_t
fu_holiday_set(const struct fu_rulebook *b, const char *name)
{
	uint64_t mask = 0;

	(void)mask_of(b, name, &mask);
	return (mask);
}

static int
set_line(struct fu_rulebook *b, struct fu_line *l, const char *name)
{
	struct fu_holiday_set s = {NULL, 0};
	char *save, *w;

	if (l->n != 2)
		return (fu_line_bad(
		    l, l->column[0], "expected holidays SET | NAMES"));
	for (w = strtok_r(l->column[1], " ", &save); w != NULL;
	     w = strtok_r(NULL, " ", &save))
		if (!mask_of(b, w, &s.mask))
			return (fu_line_bad(l, w,
			    "no holiday \"%s\" stands above this line", w));
	fu_line_once(l, name, "%s", name);
	s.name = fu_dup(&b->arena, name);
	b->set = fu_grow(&b->arena, b->set, b->nset, &b->set_cap, sizeof(s));
	b->set[b->nset++] = s;
	return (0);
}

static bool
hours_of(const char *s, struct fu_hours *h)
{
	int oh, om, ch, cm;
	char end;

	if (strcmp(s, "-") == 0)
		return (true);
	if (sscanf(s, "%2d:%2d-%2d:%2d%c", &oh, &om, &ch, &cm, &end) != 4 ||
	    oh < 0 || om < 0 || om > 59 || ch < 0 || cm < 0 || cm > 59)
		return (false);
	h->open_min = (int16_t)(oh * 60 + om);
	h->close_min = (int16_t)(ch * 60 + cm);
	return (h->open_min < h->close_min && h->close_min <= 24 * 60);
}

/* The four that stand for the rest, or one of theirs. */
static bool
is_place(const char *code)
{
	return (strcmp(code, "US") == 0 || strcmp(code, "US-*") == 0 ||
		strcmp(code, "CA") == 0 || strcmp(code, "EU") == 0 ||
		fu_state_known(code));
}

static int
hours_line(struct fu_line *l, struct fu_state *s)
{
	static const int day[] = {0, 5, 6};

	for (size_t i = 0; i < 3; i++)
		if (!hours_of(l->column[1 + i], &s->hours[day[i]]))
			return (fu_line_bad(l, l->column[1 + i],
			    "hours are HH:MM-HH:MM, or -"));
	for (int i = 1; i < 5; i++)
		s->hours[i] = s->hours[0];
	return (0);
}

/* Each day's hours, within those of 47 CFR 64.1200(c)(1)? */
static bool
is_federal(const struct fu_state *s)
{
	for (size_t i = 0; i < sizeof(s->hours) / sizeof(*s->hours); i++)
		if (s->hours[i].open_min != s->hours[i].close_min &&
		    (s->hours[i].open_min < FEDERAL_OPEN_MIN ||
			s->hours[i].close_min > FEDERAL_CLOSE_MIN))
			return (false);
	return (true);
}

int
fu_rulebook_state_line(struct fu_rulebook *b, struct fu_line *l)
{
	struct fu_state s;
	char *code = l->column[0], *cap;

	if (strncmp(code, "holiday ", 8) == 0)
		return (holiday_line(b, l, code + 8));
	if (strncmp(code, "holidays ", 9) == 0)
		return (set_line(b, l, code + 9));
	memset(&s, 0, sizeof(s));
	if (l->n != 8)
		return (fu_line_bad(l, code,
		    "expected place | Monday to Friday "
		    "| Saturday | Sunday | holidays | cap | zones | source"));
	if (!is_place(code))
		return (fu_line_bad(l, code,
		    "there is no state or province \"%s\": write one like "
		    "US-FL or CA-ON",
		    code));
	strcpy(s.code, code);
	if (hours_line(l, &s) == -1)
		return (-1);
	if (strcmp(l->column[4], "-") != 0 &&
	    !mask_of(b, l->column[4], &s.holidays))
		return (fu_line_bad(l, l->column[4],
		    "no such set of holidays above this line"));
	cap = l->column[5];
	if (strcmp(cap, "-") != 0 &&
	    (cap[strspn(cap, "0123456789")] != '\0' ||
		(s.cap = atoi(cap)) <= 0))
		return (fu_line_bad(l, cap, "a cap is a number, or -"));
	s.own = strcmp(l->column[7], "federal") != 0;
	if (fu_rulebook_zones(b, l, l->column[6], &s.zones) == -1)
		return (-1);
	fu_line_once(l, code, "%s", code);
	if (strncmp(code, "US", 2) == 0 && !is_federal(&s))
		return (fu_line_breaks(l, l->column[1], "TC-08",
		    "no text may reach anybody in the US before 08:00 or from "
		    "21:00 on: a state narrows these hours, none widens "
		    "them"));
	b->state =
	    fu_grow(&b->arena, b->state, b->nstate, &b->state_cap, sizeof(s));
	b->state[b->nstate++] = s;
	return (0);
}

static int
code_order(const void *a, const void *b)
{
	return (strcmp(a, b));
}

static void
miss(const struct fu_rulebook *b, const char *code,
    char (*missed)[FU_CODE_MAX], size_t *n)
{
	if (*n == MISSED_MAX || fu_rulebook_state(b, code) != NULL)
		return;
	for (size_t i = 0; i < *n; i++)
		if (strcmp(missed[i], code) == 0)
			return;
	snprintf(missed[(*n)++], FU_CODE_MAX, "%s", code);
}

size_t
fu_rulebook_stateless(const struct fu_rulebook *b, struct fu_buf *text)
{
	char missed[MISSED_MAX][FU_CODE_MAX], code[FU_CODE_MAX];
	size_t n = 0;

	for (size_t i = 0; i < b->areas.n; i++)
		for (size_t k = 0; k < 3; k++) {
			const struct fu_prefix *p = &b->areas.row[i];

			if (p->state[k][0] == '\0')
				continue;
			snprintf(code, sizeof(code), "%s-%s", p->country,
			    p->state[k]);
			miss(b, code, missed, &n);
		}
	qsort(missed, n, sizeof(missed[0]), code_order);
	for (size_t i = 0; i < n && i < NAMED_MAX; i++)
		fu_buf_printf(
		    text, "%s\"%s\"", i > 0 ? ", " : "", missed[i]);
	if (n > NAMED_MAX)
		fu_buf_printf(text, ", …");
	return (n);
}
