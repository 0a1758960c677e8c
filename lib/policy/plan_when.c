/*
 * Days and hours of the plan: which calendar day a touch is meant for, and
 * when on that day.
 *
 * Pure.  Must never draw lots: the spread inside a window comes from a hash
 * of what the touch is, so that the same plan is made again.
 */
#include "base/hash.h"
#include "policy/plan_line.h"

#define NOON_MIN (12 * 60)

int32_t
fu_plan_entry_day(const struct fu_plan_in *in)
{
	return (fu_zone_day(in->zone, in->enrolment->entered_us));
}

int32_t
fu_plan_anchor_day(const struct fu_plan_in *in)
{
	int64_t at = in->enrolment->anchor_us;

	return (
	    at == FU_NEVER ? fu_plan_entry_day(in) : fu_zone_day(in->zone, at));
}

int64_t
fu_plan_alive_us(const struct fu_plan_in *in)
{
	int64_t paused = in->enrolment->paused_us;

	return (
	    paused != FU_NEVER && paused < in->now_us ? paused : in->now_us);
}

int64_t
fu_plan_midnight(const struct fu_plan_in *in, enum fu_channel ch, int32_t day)
{
	return (fu_zone_instant(
	    ch == FU_CH_TASK ? in->owner_zone : in->zone, day, 0));
}

static uint64_t
hash_int(int64_t v, uint64_t seed)
{
	uint8_t b[8];

	for (int i = 0; i < 8; i++)
		b[i] = (uint8_t)((uint64_t)v >> (8 * i));
	return (fu_hash64(b, sizeof(b), seed));
}

/* Minutes after midnight, in [from, to). */
static int
spread(
    const struct fu_plan_in *in, const struct fu_planned *p, int from, int to)
{
	uint64_t h;

	h = hash_int(in->enrolment->prospect, 0);
	h = fu_hash_cstr(in->enrolment->cadence, h);
	h = fu_hash_cstr(p->step->id, h);
	h = hash_int(p->occurrence, h);
	return (from + (int)(h % (uint64_t)(to - from)));
}

bool
fu_plan_opening(const struct fu_plan_in *in, int32_t *day, int64_t *at)
{
	int64_t entered = in->enrolment->entered_us;

	if (fu_window_closes(in->window, in->zone, *day) <= entered) {
		*day =
		    fu_window_next_day(in->window, fu_plan_entry_day(in) + 1);
		if (*day == INT32_MAX)
			return (false);
	}
	*at = fu_window_opens(in->window, in->zone, *day);
	if (*at < entered)
		*at = entered;
	return (true);
}

bool
fu_plan_touch_due(const struct fu_plan_in *in,
    const struct fu_progress_of_line *line, struct fu_planned *p)
{
	struct fu_window own = *in->window; /* hours of one zone */
	int64_t entered = in->enrolment->entered_us;
	int from, to;

	own.nzone = 0;
	if (p->channel == FU_CH_TASK) {
		p->due_us = fu_window_opens(&own, in->owner_zone, p->day);
		if (p->due_us < entered)
			p->due_us = entered;
		return (true);
	}
	if (!fu_plan_opening(in, &p->day, &p->due_us))
		return (false);
	/* What the zones share where several are possible. */
	from = own.open_min + (int)((fu_window_opens(in->window, in->zone,
	    p->day) - fu_window_opens(&own, in->zone, p->day)) / FU_MINUTE);
	to = own.close_min + (int)((fu_window_closes(in->window, in->zone,
	    p->day) - fu_window_closes(&own, in->zone, p->day)) / FU_MINUTE);
	if (to <= from)
		to = from + 1; /* a night of changing clocks */
	if (!line->first_mail_sent) {
		/* An answer to what they have just done leaves at once. */
		if (p->day == fu_plan_entry_day(in))
			return (true);
	} else if (from < NOON_MIN && NOON_MIN < to)
		to = NOON_MIN;
	p->due_us = fu_zone_instant(in->zone, p->day, spread(in, p, from, to));
	if (p->due_us < entered)
		p->due_us = entered;
	return (true);
}

int32_t
fu_plan_quarter_day(
    const struct fu_window *w, int32_t day, int n, int32_t *start)
{
	struct fu_date d = fu_date_of_days(day);
	int q = d.year * 4 + (d.month - 1) / 3 + n;

	d.year = (int16_t)(q / 4);
	d.month = (int8_t)(q % 4 * 3 + 1);
	d.day = 1;
	*start = fu_date_days(d);
	return (fu_window_next_day(w, *start));
}
