/*
 * What became of the touches of one person: which answer belongs to which, and
 * what each counts for.
 *
 * Must never attribute an answer to a touch that had not left.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/bounce.h"
#include "policy/measure_room.h"
#include "record/json.h"

#define BOUNCED	(FU_BACK_HARD | FU_BACK_SOFT)

int
fu_measure_mood(const struct fu_event *e)
{
	static const char *const	 no[] = { "\"not_interested\"",
		"\"not_now\"", "\"opt_out\"", "\"erasure\"", "\"objection:" };
	static const char *const	 yes[] = { "\"interested\"",
		"\"ready\"", "\"meeting\"", "\"pricing\"", "\"contract\"",
		"\"implementation\"", "\"asks_human\"", "\"referral\"" };

	if (e->signals == NULL)
		return (0);
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (strstr(e->signals, no[i]) != NULL)
			return (-1);
	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (strstr(e->signals, yes[i]) != NULL)
			return (1);
	return (0);
}

static bool
opts_out(const struct fu_event *e)
{
	return (e->kind == FU_K_UNSUBSCRIBE || e->kind == FU_K_STOP ||
	    e->kind == FU_K_OBJECTION || (e->signals != NULL &&
	    fu_event_inbound(e) && strstr(e->signals, "\"opt_out\"") != NULL));
}

/* A person's own words: what a reply rate counts. */
bool
fu_fold_is_answer(const struct fu_event *e)
{
	return (e->kind == FU_K_REPLY || (e->kind == FU_K_CHAT &&
	    e->from == FU_FROM_PROSPECT));
}

static int
by_left(const void *va, const void *vb)
{
	const struct fu_left	*a = va, *b = vb;

	if (a->t->left_us != b->t->left_us)
		return (a->t->left_us < b->t->left_us ? -1 : 1);
	return (a->t->id < b->t->id ? -1 : a->t->id > b->t->id);
}

/* What left, or was refused at once: a failed touch that bounced is added when
 * its bounce is met. */
void
fu_fold_take_left(struct fu_fold *f)
{
	for (size_t i = 0; i < f->p->ntouch; i++) {
		const struct fu_measure_touch	*t = &f->p->touch[i];

		if ((t->state == FU_T_SENT || t->state == FU_T_FAILED) &&
		    t->left_us != FU_NEVER && t->left_us <= f->asked->now_us)
			f->left[f->nleft++] = (struct fu_left){ t, 0,
			    INT64_MAX };
	}
	qsort(f->left, f->nleft, sizeof(*f->left), by_left);
}

/* The touch that an event answers: the one it names, else the latest that had
 * left; of a chat's turn, the latest chat step. */
struct fu_left *
fu_fold_answers(const struct fu_fold *f, const struct fu_event *e)
{
	struct fu_left	*l;

	for (size_t i = 0; e->touch != 0 && i < f->nleft; i++)
		if (f->left[i].t->id == e->touch)
			return (&f->left[i]);
	for (size_t i = f->nleft; i-- > 0;) {
		l = &f->left[i];
		if (l->t->left_us > e->at_us || l->t->state != FU_T_SENT ||
		    l->t->channel == FU_CH_TASK ||
		    (l->t->channel == FU_CH_CHAT) != (e->kind == FU_K_CHAT) ||
		    (e->kind == FU_K_BOUNCE && l->t->channel != FU_CH_EMAIL))
			continue;
		return (l);
	}
	return (NULL);
}

/* By its status, or by what who reported it says. */
static bool
is_hard(const struct fu_event *e)
{
	struct fu_arena		 arena;
	struct fu_object	 o;
	bool			 hard = false, said = false;

	fu_arena_init(&arena);
	if (e->body != NULL && fu_json_object(&arena, fu_str_of(e->body), &o,
	    NULL) == 0)
		said = fu_json_bool(fu_json_get(&o, "hard"), &hard);
	fu_arena_free(&arena);
	return (fu_bounce_class(e->arg, said, hard) == FU_B_HARD);
}

static unsigned
what_came(const struct fu_event *e)
{
	unsigned	 back = 0;
	int		 mood;

	if (fu_fold_is_answer(e)) {
		mood = fu_measure_mood(e);
		back |= FU_BACK_REPLIED | (mood > 0 ? FU_BACK_LIKED :
		    mood < 0 ? FU_BACK_DISLIKED : FU_BACK_UNCLEAR);
	}
	if (opts_out(e))
		back |= FU_BACK_OPTED_OUT;
	if (e->kind == FU_K_AUTO_REPLY)
		back |= FU_BACK_AUTOMATIC;
	if (e->kind == FU_K_COMPLAINT)
		back |= FU_BACK_COMPLAINED;
	if (e->kind == FU_K_BOUNCE)
		back |= is_hard(e) ? FU_BACK_HARD : FU_BACK_SOFT;
	return (back);
}

void
fu_fold_attribute(struct fu_fold *f)
{
	for (size_t i = 0; i < f->p->nevent; i++) {
		const struct fu_event	*e = &f->p->event[i];
		unsigned		 back = what_came(e);
		struct fu_left		*l;

		if (back == 0 || e->at_us > f->asked->now_us ||
		    (l = fu_fold_answers(f, e)) == NULL ||
		    e->at_us < l->t->left_us || e->at_us - l->t->left_us > f->asked->window_us)
			continue;
		l->back |= back;
		if ((back & FU_BACK_REPLIED) != 0 && e->at_us < l->replied_us)
			l->replied_us = e->at_us;
	}
}

bool
fu_fold_delivered(const struct fu_left *l)
{
	return (l->t->state == FU_T_SENT && (l->back & BOUNCED) == 0);
}

/* Was the step's message the first of its kind to them? */
static bool
is_first(const struct fu_fold *f, size_t at)
{
	const struct fu_measure_touch	*t = f->left[at].t;

	for (size_t i = 0; i < at; i++)
		if (fu_fold_delivered(&f->left[i]) &&
		    fu_streq(f->left[i].t->cadence, t->cadence) &&
		    fu_streq(f->left[i].t->step, t->step))
			return (false);
	return (true);
}

struct fu_measure_dims
fu_fold_touch_dims(const struct fu_fold *f, const struct fu_measure_touch *t)
{
	struct fu_measure_dims	 d = f->base;

	d.v[FU_DIM_CADENCE] = fu_measure_text(f->m, t->cadence);
	d.v[FU_DIM_STEP] = fu_measure_text(f->m, t->step);
	d.v[FU_DIM_CHANNEL] = fu_measure_text(f->m, t->channel < 0 ? NULL :
	    fu_channel_name((enum fu_channel)t->channel));
	d.v[FU_DIM_SENDER] = fu_measure_text(f->m, t->sender);
	d.v[FU_DIM_VARIANT] = fu_measure_text(f->m, t->variant);
	if (t->channel == FU_CH_EMAIL && !fu_blank(t->domain))
		d.v[FU_DIM_PROVIDER] = fu_measure_text(f->m,
		    fu_measure_provider(f->asked->rulebook, t->domain));
	return (d);
}

static void
put(struct fu_fold *f, enum fu_measure m, const struct fu_measure_dims *d,
    bool over, bool yes)
{
	fu_measure_saw(f->m, m, d, fu_fold_saw(over, yes));
}

void
fu_fold_touch(struct fu_fold *f, size_t at)
{
	const struct fu_left	*l = &f->left[at];
	bool			 over = fu_fold_is_over(f, l->t->left_us);
	struct fu_measure_dims	 d;
	unsigned		 mood;

	if (l->t->channel == FU_CH_TASK ||
	    !fu_fold_in_range(f, l->t->left_us) || (l->t->state == FU_T_FAILED && (l->back & BOUNCED) == 0))
		return;
	d = fu_fold_touch_dims(f, l->t);
	put(f, FU_M_BOUNCE, &d, over, l->back & FU_BACK_HARD);
	put(f, FU_M_SOFT_BOUNCE, &d, over,
	    (l->back & BOUNCED) == FU_BACK_SOFT);
	if (!fu_fold_delivered(l))
		return;
	put(f, FU_M_REPLY, &d, over, l->back & FU_BACK_REPLIED);
	put(f, FU_M_AUTO_REPLY, &d, over, l->back & FU_BACK_AUTOMATIC);
	put(f, FU_M_OPTOUT, &d, over, l->back & FU_BACK_OPTED_OUT);
	put(f, FU_M_COMPLAINT, &d, over, l->back & FU_BACK_COMPLAINED);
	if (d.v[FU_DIM_VARIANT] != 0 && is_first(f, at))
		put(f, FU_M_AB, &d, over, l->back & FU_BACK_REPLIED);
	if ((l->back & FU_BACK_REPLIED) == 0)
		return;
	mood = l->back & FU_BACK_LIKED ? FU_SAW_N :
	    l->back & FU_BACK_DISLIKED ? FU_SAW_NOT : FU_SAW_UNKNOWN;
	fu_measure_saw(f->m, FU_M_POSITIVE, &d, over ? FU_SAW_OF | mood :
	    FU_SAW_PENDING);
}

