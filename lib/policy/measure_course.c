/*
 * What followed an enrolment or a hand-off of one person.
 *
 * Must never count what came before it, or after its window.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/measure_room.h"
#include "policy/stage.h"

/* What came of an enrolment, or a hand-off. */
struct course {
	bool	 delivered, engaged, replied, handed, meeting, won;
	double	 cost;
	unsigned mix;			/* bit i: channel i */
};

/* A meeting that is booked, moved or was held. */
static bool
is_meeting(const struct fu_event *e)
{
	enum fu_kind	 kind = fu_event_meaning(e);

	if (kind != FU_K_MEETING && kind != FU_K_DEMO)
		return (false);
	return (e->kind == FU_K_CALL || fu_event_inbound(e));
}

static const char *
over_at(const struct fu_fold *f, const struct fu_event *e)
{
	if (e->kind == FU_K_WON || e->kind == FU_K_LOST)
		return (fu_kinds[e->kind].name);
	return (e->kind == FU_K_STAGE ? fu_stage_over(f->asked->rulebook,
	    e->arg) : NULL);
}

bool
fu_fold_is_won(const struct fu_fold *f, const struct fu_event *e)
{
	return (fu_streq(over_at(f, e), "won"));
}

static void
look_behind(const struct fu_fold *f, int64_t from, struct course *c)
{
	for (size_t i = 0; i < f->p->nevent; i++) {
		const struct fu_event	*e = &f->p->event[i];

		if (!fu_fold_follows(f, from, e->at_us))
			continue;
		c->engaged = c->engaged || fu_fold_is_answer(e) ||
		    e->kind == FU_K_VISIT;
		c->meeting = c->meeting || is_meeting(e);
		c->won = c->won || fu_fold_is_won(f, e);
	}
	for (size_t i = 0; i < f->p->nhandoff; i++)
		c->handed = c->handed || f->p->handoff[i].fired_us == from ||
		    fu_fold_follows(f, from, f->p->handoff[i].fired_us);
}

/* Its own touches. */
static void
look_at_touches(const struct fu_fold *f, const struct fu_measure_enrolment *e,
    struct course *c)
{
	for (size_t i = 0; i < f->nleft; i++) {
		const struct fu_left	*l = &f->left[i];
		int			 channel = l->t->channel;

		if (l->t->enrolment != e->id || l->t->state != FU_T_SENT ||
		    channel < 0 || l->t->left_us - e->entered_us >
		    f->asked->window_us)
			continue;
		c->mix |= 1U << channel;
		if (f->asked->cost[channel] > 0)
			c->cost += f->asked->cost[channel];
		c->delivered = c->delivered || (channel != FU_CH_TASK &&
		    fu_fold_delivered(l));
		c->replied = c->replied || (l->replied_us != INT64_MAX &&
		    fu_fold_delivered(l) && l->replied_us - e->entered_us <=
		    f->asked->window_us);
	}
}

static const char *
mix_text(unsigned mix, char text[64])
{
	text[0] = '\0';
	if (mix == 0)
		return ("nothing sent");
	for (int i = 0; i < FU_CHANNEL_N; i++) {
		if ((mix >> i & 1) == 0)
			continue;
		if (text[0] != '\0')
			strcat(text, "+");
		strcat(text, fu_channel_name((enum fu_channel)i));
	}
	return (text);
}

static struct fu_measure_dims
enrolment_dims(const struct fu_fold *f, const struct fu_measure_enrolment *e,
    const struct course *c)
{
	struct fu_measure_dims	 d = f->base;
	int32_t			 day = fu_zone_day(f->asked->zone,
	    e->entered_us);
	char			 text[FU_TIME_LEN], mix[64];
	int			 ten = e->score >= 90 ? 90 : e->score / 10 * 10;

	d.v[FU_DIM_CADENCE] = fu_measure_text(f->m, e->cadence);
	d.v[FU_DIM_GROUP] = fu_measure_text(f->m, e->holdout ? "holdout" :
	    "written");
	d.v[FU_DIM_MIX] = fu_measure_text(f->m, mix_text(c->mix, mix));
	d.v[FU_DIM_WEEK] = fu_measure_text(f->m, fu_date_print(
	    fu_date_of_days(day - fu_days_weekday(day)), text));
	if (e->score < 0)
		return (d);
	d.v[FU_DIM_BAND] = fu_measure_text(f->m, e->score > f->asked->hot ?
	    "hot" : e->score >= f->asked->warm ? "warm" : "nurture");
	snprintf(text, sizeof(text), "%02d-%d", ten, ten == 90 ? 100 : ten + 9);
	d.v[FU_DIM_SCORE] = fu_measure_text(f->m, text);
	return (d);
}

static void
see_stages(struct fu_fold *f, const struct fu_measure_enrolment *e,
    struct fu_measure_dims *d, bool over)
{
	for (size_t i = 0; i < f->p->nevent; i++) {
		const struct fu_event	*v = &f->p->event[i];
		const char		*end = over_at(f, v);

		if (!fu_fold_follows(f, e->entered_us, v->at_us))
			continue;
		if (v->kind == FU_K_STAGE && !fu_streq(v->arg, end)) {
			d->v[FU_DIM_STAGE] = fu_measure_text(f->m, v->arg);
			fu_measure_saw(f->m, FU_M_STAGE, d,
			    fu_fold_saw(over, true));
		}
		if (end == NULL)
			continue;
		d->v[FU_DIM_STAGE] = fu_measure_text(f->m, end);
		fu_measure_saw(f->m, FU_M_STAGE, d, fu_fold_saw(over, true));
	}
	d->v[FU_DIM_STAGE] = 0;
}

static void
see_funnel(struct fu_fold *f, struct fu_measure_dims *d, const struct course *c,
    bool over)
{
	const struct {
		const char	*level;
		bool		 reached;
	} levels[] = { { "1 enrolled", true }, { "2 delivered", c->delivered },
		{ "3 engaged", c->engaged }, { "4 replied", c->replied },
		{ "5 handed off", c->handed }, { "6 meeting", c->meeting },
		{ "7 won", c->won } };

	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		d->v[FU_DIM_LEVEL] = fu_measure_text(f->m, levels[i].level);
		fu_measure_saw(f->m, FU_M_FUNNEL, d, fu_fold_saw(over,
		    levels[i].reached));
	}
	d->v[FU_DIM_LEVEL] = 0;
}

void
fu_fold_enrolment(struct fu_fold *f, const struct fu_measure_enrolment *e)
{
	struct fu_measure_dims	 d;
	struct course		 c = { 0 };
	bool			 over, hot = e->score > f->asked->hot;

	if (!fu_fold_in_range(f, e->entered_us))
		return;
	over = fu_fold_is_over(f, e->entered_us);
	look_behind(f, e->entered_us, &c);
	look_at_touches(f, e, &c);
	d = enrolment_dims(f, e, &c);
	if (e->holdout) {
		if (!hot)
			fu_measure_saw_held_out(f->m, FU_M_REACTIVATION, &d,
			    fu_fold_saw(over, c.engaged));
		return;
	}
	if (!hot)
		fu_measure_saw(f->m, FU_M_REACTIVATION, &d, fu_fold_saw(over,
		    c.engaged));
	fu_measure_saw(f->m, FU_M_ENROLLED, &d, fu_fold_saw(over, false));
	fu_measure_saw(f->m, FU_M_ENROLMENT_REPLY, &d,
	    fu_fold_saw(over, c.replied));
	fu_measure_saw(f->m, FU_M_MEETING, &d, fu_fold_saw(over, c.meeting));
	fu_measure_saw(f->m, FU_M_WIN, &d, fu_fold_saw(over, c.won));
	fu_measure_saw(f->m, FU_M_COST, &d, fu_fold_saw(over, c.meeting));
	if (over)
		fu_measure_sum(f->m, FU_M_COST, &d, 0, c.cost);
	see_funnel(f, &d, &c, over);
	see_stages(f, e, &d, over);
}

static const char *
within(int64_t us)
{
	static const struct {
		int64_t		 us;
		const char	*text;
	} steps[] = { { FU_HOUR, "1 up to 1 h" }, { 4 * FU_HOUR, "2 1 to 4 h" },
		{ 8 * FU_HOUR, "3 4 to 8 h" }, { FU_DAY, "4 8 to 24 h" },
		{ 3 * FU_DAY, "5 1 to 3 days" }, { INT64_MAX,
		"6 over 3 days" } };
	size_t	 i = 0;

	while (us > steps[i].us)
		i++;
	return (steps[i].text);
}

void
fu_fold_handoff(struct fu_fold *f, const struct fu_measure_handoff *h)
{
	struct fu_measure_dims	 d = f->base;
	struct course		 c = { 0 };
	bool			 answered = h->first_response_us != FU_NEVER &&
	    h->first_response_us <= f->asked->now_us;

	if (!fu_fold_in_range(f, h->fired_us))
		return;
	d.v[FU_DIM_TRIGGER] = fu_measure_text(f->m, h->trigger);
	look_behind(f, h->fired_us, &c);
	fu_measure_saw(f->m, FU_M_TRIGGER, &d,
	    fu_fold_saw(fu_fold_is_over(f, h->fired_us), c.meeting || c.won));
	if (!answered && h->respond_by_us > f->asked->now_us) {
		fu_measure_sum(f->m, FU_M_RESPONSE, &d, 0, 1);
		return;
	}
	if (!answered)
		fu_measure_sum(f->m, FU_M_RESPONSE, &d, 1, 1);
	else
		fu_measure_value(f->m, FU_M_RESPONSE, &d,
		    h->first_response_us - h->fired_us,
		    h->first_response_us <= h->respond_by_us);
	d.v[FU_DIM_WITHIN] = fu_measure_text(f->m, !answered ? "7 never" :
	    within(h->first_response_us - h->fired_us));
	fu_measure_value(f->m, FU_M_RESPONSE_TIMES, &d, 0, true);
}

/* From a person's first hand-off, meeting or stage to the win. */
void
fu_fold_opportunity(struct fu_fold *f)
{
	int64_t			 opened = INT64_MAX, closed = INT64_MAX;
	const struct fu_event	*won = NULL;
	double			 value;

	for (size_t i = 0; i < f->p->nhandoff; i++)
		if (f->p->handoff[i].fired_us < opened)
			opened = f->p->handoff[i].fired_us;
	for (size_t i = 0; i < f->p->nevent; i++) {
		const struct fu_event	*e = &f->p->event[i];

		if (e->at_us < opened && (is_meeting(e) ||
		    e->kind == FU_K_STAGE))
			opened = e->at_us;
	}
	if (opened == INT64_MAX || !fu_fold_in_range(f, opened))
		return;
	for (size_t i = 0; i < f->p->nevent && won == NULL; i++)
		if (f->p->event[i].at_us >= opened && f->p->event[i].at_us <=
		    f->asked->now_us && fu_fold_is_won(f, &f->p->event[i]))
			won = &f->p->event[i];
	fu_measure_saw(f->m, FU_M_VELOCITY, &f->base,
	    fu_fold_saw(true, won != NULL));
	if (won == NULL)
		return;
	closed = won->at_us;
	fu_measure_sum(f->m, FU_M_VELOCITY, &f->base, 0,
	    (double)(closed - opened) / (double)FU_DAY);
	for (size_t i = 0; i < f->p->nevent; i++) {
		const struct fu_event	*e = &f->p->event[i];

		if (e->kind != FU_K_WON || e->at_us < opened || e->at_us >
		    f->asked->now_us || e->arg == NULL)
			continue;
		if ((value = strtod(e->arg, NULL)) > 0) {
			fu_measure_sum(f->m, FU_M_VELOCITY, &f->base, 1,
			    value);
			fu_measure_sum(f->m, FU_M_VELOCITY, &f->base, 2, 1);
			break;
		}
	}
}

