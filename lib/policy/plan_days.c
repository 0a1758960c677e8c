/*
 * The dated steps of a cadence: one line, one after the other.
 *
 * Pure.  Must never let a step block the line: each has an end.
 */
#include "policy/plan_line.h"

#include <string.h>

/* The dated steps by day, those of one day in the file's order. */
static const struct fu_step **
dated(const struct fu_cadence *c, struct fu_arena *a, size_t *n)
{
	const struct fu_step **s = fu_alloc_array(a, c->nstep + 1, sizeof(*s));

	*n = 0;
	for (size_t i = 0; i < c->nstep; i++) {
		const struct fu_step *step = &c->step[i];
		size_t j;

		if (step->on != NULL || step->every != FU_EVERY_NONE ||
		    step->day < 0)
			continue;
		for (j = *n; j > 0 && s[j - 1]->day > step->day; j--)
			s[j] = s[j - 1];
		s[j] = step;
		(*n)++;
	}
	return (s);
}

/*
 * Where the line goes on.  A step that an edit has taken out of the file is
 * found by its date: what is meant for a later day is still to come.
 */
static size_t
next_index(const struct fu_plan_in *in, const struct fu_progress_of_line *p,
    const struct fu_step **s, size_t n)
{
	int32_t base = fu_plan_anchor_day(in) + in->enrolment->shift_days;
	int32_t last;
	size_t i;

	if (p->step == NULL)
		return (0);
	for (i = 0; i < n; i++)
		if (fu_streq(s[i]->id, p->step))
			return (i + 1);
	last = p->handled_us == FU_NEVER ? INT32_MIN
					 : fu_zone_day(in->zone, p->handled_us);
	for (i = 0; i < n && base + s[i]->day <= last; i++)
		;
	return (i);
}

/* Since when a chat step waits: its day, or the end of the step before. */
static int64_t
armed_from(const struct fu_plan_in *in, const struct fu_progress_of_line *p,
    const struct fu_step *s, int32_t day)
{
	int64_t entered = in->enrolment->entered_us, at;

	if (s->nchannel > 1)
		at = p->step == NULL || p->handled_us == FU_NEVER
			 ? entered
			 : p->handled_us;
	else
		at = fu_zone_instant(in->zone, day, 0);
	return (at > entered ? at : entered);
}

/* Until when it lives; ${own} is the day that it must have in full. */
static int64_t
expires(const struct fu_plan_in *in, const struct fu_planned *p,
    const struct fu_step *next, int32_t own)
{
	const struct fu_step *s = p->step;
	int64_t at, from;
	int32_t day;

	day = next == NULL ? own + FU_PLAN_LAST_DAYS
			   : fu_plan_anchor_day(in) + next->day +
				 in->enrolment->shift_days;
	if (day <= own)
		day = own + 1;
	at = fu_plan_midnight(in, p->channel, day);
	if (s->max_late_us > 0) {
		from = p->becomes_us != INT64_MAX ? p->becomes_us : p->due_us;
		if (from + s->max_late_us < at)
			at = from + s->max_late_us;
	}
	return (at);
}

/* The alternatives of a step without its chat. */
static int
other_channel(const struct fu_plan_in *in, const struct fu_step *s)
{
	struct fu_step rest = *s;

	rest.nchannel = 0;
	for (size_t i = 0; i < s->nchannel; i++)
		if (s->channel[i] != FU_CH_CHAT)
			rest.channel[rest.nchannel++] = s->channel[i];
	return (fu_plan_channel(
	    &rest, in->channels, in->prefers, &in->cadence->prefer));
}

/* Chat, that may become something else when its day opens. */
static bool
plan_chat(const struct fu_plan_in *in, const struct fu_progress_of_line *line,
    struct fu_planned *p, const struct fu_step *next, int32_t moved)
{
	int32_t own = p->day;
	int ch = -1;

	p->channel = FU_CH_CHAT;
	p->armed = true;
	p->due_us = armed_from(in, line, p->step, p->day);
	if (p->step->nchannel > 1 && (ch = other_channel(in, p->step)) >= 0) {
		p->becomes = (enum fu_channel)ch;
		p->day = moved;
		if (p->day == INT32_MAX ||
		    !fu_plan_opening(in, &p->day, &p->becomes_us))
			return (false);
		own = p->day;
	}
	p->expires_us = expires(in, p, next, own);
	if (ch >= 0 && p->becomes_us <= in->now_us) {
		p->channel = p->becomes;
		p->armed = false;
		p->due_us = p->becomes_us;
		p->becomes_us = INT64_MAX;
	}
	return (true);
}

/* One step's touch; false when there is no sending day for it. */
static bool
plan_step(const struct fu_plan_in *in, const struct fu_progress_of_line *line,
    struct fu_planned *p, const struct fu_step *next)
{
	const struct fu_step *s = p->step;
	int32_t shift = in->enrolment->shift_days;
	int32_t entry = fu_plan_entry_day(in), moved;
	int ch;

	p->armed = false;
	p->becomes_us = INT64_MAX;
	p->day = fu_plan_anchor_day(in) + s->day;
	/* Too late for its own day: the next sending day after the entry. */
	moved =
	    p->day < entry ? fu_window_next_day(in->window, entry + 1) : p->day;
	p->day += shift;
	if (moved != INT32_MAX)
		moved = fu_window_next_day(in->window, moved + shift);
	if (s->nchannel > 0 && s->channel[0] == FU_CH_CHAT)
		return (plan_chat(in, line, p, next, moved));
	p->day = moved;
	ch =
	    fu_plan_channel(s, in->channels, in->prefers, &in->cadence->prefer);
	if (ch < 0 && s->nchannel > 0)
		ch = (int)s->channel[0]; /* the gate says why it cannot */
	if (p->day == INT32_MAX || ch < 0)
		return (false);
	p->channel = (enum fu_channel)ch;
	if (!fu_plan_touch_due(in, line, p))
		return (false);
	p->expires_us = expires(in, p, next, p->day);
	return (true);
}

int
fu_plan_days_next(const struct fu_plan_in *in,
    const struct fu_progress_of_line *line, struct fu_arena *a,
    struct fu_planned *p, const struct fu_step ***skipped, size_t *nskipped)
{
	int32_t anchor = fu_plan_anchor_day(in);
	int32_t entry = fu_plan_entry_day(in);
	const struct fu_step **s;
	size_t i, n;

	s = dated(in->cadence, a, &n);
	*skipped = fu_alloc_array(a, n + 1, sizeof(**skipped));
	for (i = next_index(in, line, s, n); i < n; i++) {
		const struct fu_step *next = i + 1 < n ? s[i + 1] : NULL;

		p->step = s[i];
		if (next == NULL || anchor + next->day >= entry) {
			if (!plan_step(in, line, p, next))
				return (0);
			if (p->expires_us > fu_plan_alive_us(in))
				return (1);
		}
		(*skipped)[(*nskipped)++] = s[i];
	}
	return (0);
}
