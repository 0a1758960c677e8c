/*
 * Is a cadence paced as people bear it?  Warnings, each of which the file can
 * answer with spacing: "why".  Never a fault, and never about a step's words.
 */
#include <string.h>

#include "config/load.h"

/* Business mail: touches three to seven days apart, over 21 to 45 days. */
#define GAP_MIN_DAYS	3
#define GAP_MAX_DAYS	7

struct pace {
	const char	*name;		/* what a cadence's name begins with */
	int		 touches_min, touches_max;
	int		 days_min, days_max;
};

/* The first whose name fits; the last fits all. */
static const struct pace paces[] = {
	{ "warm", 6, 8, 21, 45 },
	{ "cold", 8, 12, 30, 60 },
	{ "", 1, 12, 21, 45 },
};

/* Enterprise: one touch a month over six to twelve months. */
#define MONTHLY_DAYS_MIN	180
#define MONTHLY_DAYS_MAX	366

static const struct pace *
pace_of(const struct fu_cadence *c)
{
	size_t i;

	for (i = 0; c->name != NULL && paces[i].name[0] != '\0'; i++)
		if (strncmp(c->name, paces[i].name,
		    strlen(paces[i].name)) == 0)
			return (&paces[i]);
	return (&paces[sizeof(paces) / sizeof(paces[0]) - 1]);
}

static void
check_gaps(struct fu_read *rd, const struct fu_cadence *c)
{
	const struct fu_step *s, *last = NULL;
	size_t i;
	int gap;

	for (i = 0; i < c->nstep; i++) {
		s = &c->step[i];
		if (s->day < 0)
			continue;
		gap = last == NULL ? GAP_MIN_DAYS : s->day - last->day;
		last = s;
		if (s->spacing != NULL || gap < 0)
			continue;
		if (gap < GAP_MIN_DAYS)
			fu_fault_add(rd->faults, &s->where, true, "day %d "
			    "comes %d day%s after the step before, under %d: "
			    "move it, or say spacing: \"why\"", s->day, gap,
			    gap == 1 ? "" : "s", GAP_MIN_DAYS);
		else if (gap > GAP_MAX_DAYS)
			fu_fault_add(rd->faults, &s->where, true, "day %d "
			    "comes %d days after the step before, over %d: "
			    "move it, or say spacing: \"why\"", s->day, gap,
			    GAP_MAX_DAYS);
	}
}

static void
check_monthly(struct fu_read *rd, const struct fu_cadence *c)
{
	if (c->ends_days < MONTHLY_DAYS_MIN || c->ends_days > MONTHLY_DAYS_MAX)
		fu_fault_add(rd->faults, &c->where, true, "a monthly cadence "
		    "runs six to twelve months, this one %d days: set ends:, "
		    "or say spacing: \"why\"", c->ends_days);
}

void
fu_cadence_spacing(struct fu_read *rd, const struct fu_cadence *c)
{
	const struct pace *p = pace_of(c);
	int touches = 0, first = -1, last = -1;
	bool monthly = false;
	size_t i;

	if (c->spacing != NULL || c->nstep == 0)
		return;
	for (i = 0; i < c->nstep; i++) {
		touches++;
		monthly |= c->step[i].every != FU_EVERY_NONE;
		if (c->step[i].day < 0)
			continue;
		if (first < 0)
			first = c->step[i].day;
		last = c->step[i].day;
	}
	check_gaps(rd, c);
	if (monthly) {
		check_monthly(rd, c);
		return;
	}
	if (touches < p->touches_min || touches > p->touches_max)
		fu_fault_add(rd->faults, &c->where, true, "%d touches, where "
		    "%d to %d are usual: change them, or say spacing: \"why\"",
		    touches, p->touches_min, p->touches_max);
	if (first >= 0 && (last - first < p->days_min ||
	    last - first > p->days_max))
		fu_fault_add(rd->faults, &c->where, true, "it runs %d days, "
		    "where %d to %d are usual: change it, or say "
		    "spacing: \"why\"", last - first, p->days_min,
		    p->days_max);
}
