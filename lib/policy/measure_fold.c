/*
 * The fold: one person's history into the cells of every measure.
 *
 * Must never count what lies behind the clock.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/measure_room.h"

bool
fu_fold_in_range(const struct fu_fold *f, int64_t us)
{
	return (us != FU_NEVER && us >= f->asked->since_us &&
	    us < f->asked->until_us && us <= f->asked->now_us);
}

/* Is the window that begins at ${us} over? */
bool
fu_fold_is_over(const struct fu_fold *f, int64_t us)
{
	return (f->asked->now_us - us >= f->asked->window_us);
}

/* Does ${us} lie behind ${from}, in its window? */
bool
fu_fold_follows(const struct fu_fold *f, int64_t from, int64_t us)
{
	return (us > from && us - from <= f->asked->window_us &&
	    us <= f->asked->now_us);
}

unsigned
fu_fold_saw(bool over, bool yes)
{
	return (!over ? FU_SAW_PENDING : FU_SAW_OF | (yes ? FU_SAW_N : 0));
}

static void
see_touches_before(struct fu_fold *f, enum fu_measure m, int64_t us)
{
	struct fu_measure_dims	 d = f->base;
	char			 text[24];
	int64_t			 n = 0;

	if (us == FU_NEVER || !fu_fold_in_range(f, us))
		return;
	for (size_t i = 0; i < f->nleft; i++)
		n += f->left[i].t->state == FU_T_SENT && f->left[i].t->channel
		    != FU_CH_TASK && f->left[i].t->left_us <= us;
	if (n == 0)
		return;
	snprintf(text, sizeof(text), n > 12 ? "13 or more" : "%02d", (int)n);
	d.v[FU_DIM_TOUCHES] = fu_measure_text(f->m, text);
	fu_measure_value(f->m, m, &d, n, true);
}

static void
see_answers(struct fu_fold *f)
{
	static const char *const	 days[] = { "1 Mon", "2 Tue", "3 Wed",
		"4 Thu", "5 Fri", "6 Sat", "7 Sun" };
	int64_t				 first = FU_NEVER, won = FU_NEVER;
	struct fu_measure_dims		 d = f->base;
	const struct fu_left		*l;
	int32_t				 day;
	int64_t				 us;
	char				 hour[24];

	for (size_t i = 0; i < f->p->nevent; i++) {
		const struct fu_event	*e = &f->p->event[i];

		if (won == FU_NEVER && fu_fold_is_won(f, e))
			won = e->at_us;
		if (!fu_fold_is_answer(e) ||
		    (l = fu_fold_answers(f, e)) == NULL ||
		    e->at_us < l->t->left_us)
			continue;
		if (first == FU_NEVER)
			first = e->at_us;
		if (f->p->zone == NULL || !fu_fold_in_range(f, e->at_us))
			continue;
		us = fu_zone_local_us(f->p->zone, e->at_us, &day);
		snprintf(hour, sizeof(hour), "%02d", (int)(us / FU_HOUR));
		d = fu_fold_touch_dims(f, l->t);
		d.v[FU_DIM_WEEKDAY] = fu_measure_text(f->m,
		    days[fu_days_weekday(day)]);
		d.v[FU_DIM_HOUR] = fu_measure_text(f->m, hour);
		fu_measure_value(f->m, FU_M_HOURS, &d, 0, true);
	}
	see_touches_before(f, FU_M_TOUCHES_REPLY, first);
	see_touches_before(f, FU_M_TOUCHES_WIN, won);
}

static void
see_held(struct fu_fold *f, const struct fu_measure_touch *t)
{
	struct fu_measure_dims	 d;
	bool			 waits = t->state == FU_T_PLANNED;

	if (t->reason == NULL || !fu_fold_in_range(f, t->due_us) || (!waits &&
	    t->state != FU_T_SKIPPED) || strcmp(t->reason, "holdout") == 0 ||
	    strcmp(t->reason, "condition") == 0)
		return;
	d = fu_fold_touch_dims(f, t);
	d.v[FU_DIM_REASON] = fu_measure_text(f->m, t->reason);
	d.v[FU_DIM_STATE] = fu_measure_text(f->m, waits ? "waits" :
	    "given up");
	fu_measure_value(f->m, FU_M_HELD, &d, 0, true);
}

void
fu_measures_see(struct fu_measures *m, const struct fu_measure_person *p)
{
	struct fu_fold	 f = { .m = m, .p = p,
		.asked = fu_measures_asked(m) };

	for (int i = 0; i < FU_DIM_N - FU_DIM_RECORD; i++)
		f.base.v[FU_DIM_RECORD + i] = fu_measure_text(m, p->record[i]);
	if (p->ntouch > 0 && (f.left = calloc(p->ntouch, sizeof(*f.left))) ==
	    NULL)
		fu_oom();
	fu_fold_take_left(&f);
	fu_fold_attribute(&f);
	for (size_t i = 0; i < f.nleft; i++)
		fu_fold_touch(&f, i);
	for (size_t i = 0; i < p->ntouch; i++)
		see_held(&f, &p->touch[i]);
	for (size_t i = 0; i < p->nenrolment; i++)
		fu_fold_enrolment(&f, &p->enrolment[i]);
	for (size_t i = 0; i < p->nhandoff; i++)
		fu_fold_handoff(&f, &p->handoff[i]);
	fu_fold_opportunity(&f);
	see_answers(&f);
	free(f.left);
	fu_measure_person_end(m);
}
