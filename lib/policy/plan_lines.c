/*
 * The lines without dates: `on:`, `every:` and the reminder of a last step.
 *
 * Pure.  Must never plan more than the next touch of a line.
 */
#include "policy/plan_line.h"

/* Occurrences that a line may leap over at once: a century of months. */
#define OCCURRENCES_MAX 1200

int
fu_plan_on_next(const struct fu_plan_in *in,
    const struct fu_progress_of_line *line, struct fu_planned *p)
{
	int64_t entered = in->enrolment->entered_us;
	int64_t ends = fu_plan_ends(in);

	p->occurrence = line->step == NULL ? 1 : line->occurrence + 1;
	p->day = fu_plan_anchor_day(in) + p->step->from_day +
		 in->enrolment->shift_days;
	p->channel = p->step->nchannel > 0 ? p->step->channel[0] : FU_CH_CHAT;
	p->armed = true;
	p->due_us = fu_zone_instant(in->zone, p->day, 0);
	if (p->due_us < entered)
		p->due_us = entered;
	if (line->step != NULL && line->handled_us != FU_NEVER &&
	    p->due_us < line->handled_us)
		p->due_us = line->handled_us;
	p->expires_us = ends;
	return (p->due_us < ends && fu_plan_alive_us(in) < ends);
}

/* Day of the k-th month after the entry's, clipped to the month's end. */
static int32_t
month_day(int32_t entry, int k, int64_t *occurrence)
{
	struct fu_date d = fu_date_of_days(entry);
	int m = d.year * 12 + d.month - 1 + k, len;

	d.year = (int16_t)(m / 12);
	d.month = (int8_t)(m % 12 + 1);
	len = fu_month_length(d.year, d.month);
	if (d.day > len)
		d.day = (int8_t)len;
	*occurrence = (int64_t)d.year * 100 + d.month;
	return (fu_date_days(d));
}

/* The k-th occurrence's day as it is meant, before it is moved. */
static int32_t
occurrence_day(const struct fu_plan_in *in, const struct fu_step *s, int k,
    int64_t *occurrence)
{
	int32_t entry = fu_plan_entry_day(in), start, day;
	struct fu_date d;

	if (s->every == FU_EVERY_MONTH)
		return (month_day(entry, k, occurrence) +
			in->enrolment->shift_days);
	/* The calendar's own days: a pause does not move a quarter. */
	day = fu_plan_quarter_day(in->window, entry, 0, &start);
	if (day > entry)
		k--;
	day = fu_plan_quarter_day(in->window, entry, k + 1, &start);
	d = fu_date_of_days(start);
	*occurrence = (int64_t)d.year * 10 + (d.month - 1) / 3 + 1;
	return (day);
}

/* Which occurrence comes after the last one handled. */
static int
next_occurrence(const struct fu_plan_in *in,
    const struct fu_progress_of_line *line, const struct fu_step *s)
{
	int64_t occ;

	if (line->step == NULL)
		return (0);
	for (int k = 0; k < OCCURRENCES_MAX; k++) {
		occurrence_day(in, s, k, &occ);
		if (occ > line->occurrence)
			return (k);
	}
	return (OCCURRENCES_MAX);
}

int
fu_plan_every_next(const struct fu_plan_in *in,
    const struct fu_progress_of_line *line, struct fu_planned *p)
{
	const struct fu_step *s = p->step;
	int64_t ends = fu_plan_ends(in), unused;
	int32_t day, next;
	int ch;

	ch =
	    fu_plan_channel(s, in->channels, in->prefers, &in->cadence->prefer);
	if (ch < 0 && s->nchannel > 0)
		ch = (int)s->channel[0];
	if (ch < 0)
		return (0);
	p->channel = (enum fu_channel)ch;
	for (int k = next_occurrence(in, line, s); k < OCCURRENCES_MAX; k++) {
		day = occurrence_day(in, s, k, &p->occurrence);
		if (day == INT32_MAX ||
		    fu_plan_midnight(in, p->channel, day) >= ends)
			return (0);
		next = occurrence_day(in, s, k + 1, &unused);
		p->day = fu_window_next_day(in->window, day);
		if (p->day == INT32_MAX || next == INT32_MAX)
			return (0);
		if (p->channel == FU_CH_CHAT) {
			p->armed = true;
			p->day = day;
			p->due_us = fu_plan_midnight(in, p->channel, day);
			if (p->due_us < in->enrolment->entered_us)
				p->due_us = in->enrolment->entered_us;
		} else if (!fu_plan_touch_due(in, line, p))
			return (0);
		p->expires_us = fu_plan_midnight(
		    in, p->channel, next > p->day ? next : p->day + 1);
		if (s->max_late_us > 0 &&
		    p->due_us + s->max_late_us < p->expires_us)
			p->expires_us = p->due_us + s->max_late_us;
		if (s->rotate.n > 0)
			p->insight_rotated =
			    s->rotate.item[(size_t)k % s->rotate.n];
		if (p->expires_us > fu_plan_alive_us(in))
			return (1);
	}
	return (0);
}

int
fu_plan_remind_next(const struct fu_plan_in *in,
    const struct fu_progress_of_line *line, struct fu_planned *p)
{
	int32_t start;

	if (line->step != NULL)
		return (0);
	p->reminder = true;
	p->channel = FU_CH_TASK;
	p->day =
	    fu_plan_anchor_day(in) + p->step->day + in->enrolment->shift_days;
	p->day = fu_plan_quarter_day(in->window, p->day, 1, &start);
	if (p->day == INT32_MAX || !fu_plan_touch_due(in, line, p))
		return (0);
	p->expires_us =
	    fu_plan_midnight(in, FU_CH_TASK, p->day + FU_PLAN_LAST_DAYS);
	return (p->expires_us > fu_plan_alive_us(in));
}
