/*
 * What comes next in a cadence: its lines, which channel, when it ends.
 *
 * Pure.  Must never know what the gate thinks of a touch: a plan says when
 * something is meant to happen, not whether it may.
 */
#include "policy/plan_line.h"

#include <string.h>

/* Message channels: those that one may stand in for another. */
#define MESSAGES (1u << FU_CH_EMAIL | 1u << FU_CH_SMS | 1u << FU_CH_WHATSAPP)
/* A visitor comes by himself, and a task needs nobody's address. */
#define ALWAYS (1u << FU_CH_CHAT | 1u << FU_CH_TASK)

static bool
is_dated(const struct fu_step *s)
{
	return (s->on == NULL && s->every == FU_EVERY_NONE && s->day >= 0);
}

const char **
fu_plan_lines(const struct fu_cadence *c, struct fu_arena *a, size_t *n)
{
	const char **line = fu_alloc_array(a, 2 * c->nstep + 1, sizeof(*line));

	*n = 0;
	for (size_t i = 0; i < c->nstep && *n == 0; i++)
		if (is_dated(&c->step[i]))
			line[(*n)++] = FU_LINE_DAYS;
	for (size_t i = 0; i < c->nstep; i++) {
		const struct fu_step *s = &c->step[i];

		if (s->on != NULL)
			line[(*n)++] = fu_printf(a, FU_LINE_ON "%s", s->id);
		else if (s->every != FU_EVERY_NONE)
			line[(*n)++] = fu_printf(a, FU_LINE_EVERY "%s", s->id);
		else if (s->remind != NULL && is_dated(s))
			line[(*n)++] = fu_printf(a, FU_LINE_REMIND "%s", s->id);
	}
	return (line);
}

static bool
line_is(const char *line, const char *prefix)
{
	return (strncmp(line, prefix, strlen(prefix)) == 0);
}

int
fu_plan_next(const struct fu_plan_in *in, const struct fu_progress_of_line *p,
    struct fu_arena *a, struct fu_planned *out, const struct fu_step ***skipped,
    size_t *nskipped)
{
	const struct fu_step *step = NULL;
	const char *colon = strchr(p->line, ':');
	int found;

	memset(out, 0, sizeof(*out));
	*skipped = NULL;
	*nskipped = 0;
	out->line = fu_dup(a, p->line);
	out->becomes_us = INT64_MAX;
	if (colon == NULL)
		return (fu_plan_days_next(in, p, a, out, skipped, nskipped));
	for (size_t i = 0; i < in->cadence->nstep; i++)
		if (fu_streq(in->cadence->step[i].id, colon + 1))
			step = &in->cadence->step[i];
	if (step == NULL)
		return (0); /* taken out of the cadence's file since */
	out->step = step;
	if (line_is(p->line, FU_LINE_ON) && step->on != NULL)
		found = fu_plan_on_next(in, p, out);
	else if (line_is(p->line, FU_LINE_EVERY) &&
		 step->every != FU_EVERY_NONE)
		found = fu_plan_every_next(in, p, out);
	else if (line_is(p->line, FU_LINE_REMIND) && step->remind != NULL)
		found = fu_plan_remind_next(in, p, out);
	else
		found = 0;
	return (found);
}

int64_t
fu_plan_ends(const struct fu_plan_in *in)
{
	return (fu_zone_instant(in->zone,
	    fu_plan_entry_day(in) + in->cadence->ends_days +
		in->enrolment->shift_days,
	    0));
}

/* The first channel of ${of} that a word of ${list} names. */
static int
first_named(const char *list, unsigned of)
{
	static const char sep[] = " \t\n,;[]\"'";
	char word[16];
	size_t len;
	int ch;

	for (list += strspn(list, sep); *list != '\0';
	     list += strspn(list, sep)) {
		len = strcspn(list, sep);
		if (len < sizeof(word)) {
			memcpy(word, list, len);
			word[len] = '\0';
			if ((ch = fu_channel_find(word)) >= 0 &&
			    (of & 1u << ch) != 0)
				return (ch);
		}
		list += len;
	}
	return (-1);
}

static unsigned
named(const struct fu_list *l)
{
	unsigned set = 0;

	for (size_t i = 0; l != NULL && i < l->n; i++) {
		int ch = fu_channel_find(l->item[i]);

		if (ch >= 0)
			set |= 1u << ch;
	}
	return (set);
}

static int
first_of_list(const struct fu_list *l, unsigned of)
{
	for (size_t i = 0; l != NULL && i < l->n; i++) {
		int ch = fu_channel_find(l->item[i]);

		if (ch >= 0 && (of & 1u << ch) != 0)
			return (ch);
	}
	return (-1);
}

int
fu_plan_channel(const struct fu_step *s, unsigned channels, const char *prefers,
    const struct fu_list *prefer)
{
	unsigned of = 0;
	int ch = -1;

	for (size_t i = 0; i < s->nchannel; i++)
		of |= 1u << s->channel[i];
	/* What is preferred may stand in for a message, never for a chat
	 * that waits or a person's task. */
	if ((of & MESSAGES) != 0)
		of |= (named(&s->prefer) | named(prefer)) & MESSAGES;
	of &= channels | ALWAYS;
	if (prefers != NULL)
		ch = first_named(prefers, of);
	if (ch < 0)
		ch = first_of_list(&s->prefer, of);
	if (ch < 0)
		ch = first_of_list(prefer, of);
	for (size_t i = 0; ch < 0 && i < s->nchannel; i++)
		if ((of & 1u << s->channel[i]) != 0)
			ch = (int)s->channel[i];
	return (ch);
}

int32_t
fu_plan_pause_days(const struct fu_zone *zone, int64_t from_us, int64_t to_us)
{
	int32_t days = fu_zone_day(zone, to_us) - fu_zone_day(zone, from_us);

	return (days > 0 ? days : 0);
}
