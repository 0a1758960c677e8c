/*
 * Looking ahead at what there is to say: the insight that a step would get.
 *
 * Asks content/insight what fu-send asks it.  Must never write: what is shown
 * in a plan is shown to nobody.
 */
#include "flow/due_insight.h"

#include "content/insight.h"
#include "store/shown.h"

int
fu_insights_load(struct fu_session *s, struct fu_insights *in,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_faults	 faults;
	int			 rc;

	fu_faults_init(&faults);
	rc = fu_documents_load(s->config.knowledge_dir, arena, &in->document,
	    &in->n, &faults, err);
	fu_faults_free(&faults);
	return (rc);
}

static int
load_shown(struct fu_session *s, const struct fu_case *c,
    struct fu_shown_ahead *shown, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_list	 had;

	if (shown->loaded)
		return (0);
	if (fu_shown_load(&s->store, c->p.id, arena, &had, err) == -1)
		return (-1);
	shown->path = fu_alloc_array(arena, had.n + 1, sizeof(*shown->path));
	for (size_t i = 0; i < had.n; i++)
		shown->path[i] = had.item[i];
	shown->n = had.n;
	shown->cap = had.n + 1;
	shown->loaded = true;
	return (0);
}

int
fu_insight_ahead(struct fu_session *s, const struct fu_insights *in,
    const struct fu_case *c, const struct fu_step *step,
    const struct fu_touch_row *r, int64_t now_us, struct fu_shown_ahead *shown,
    struct fu_arena *arena, struct fu_fate_of *fate, struct fu_err *err)
{
	const char			*turn[1] = { r->rotated };
	struct fu_list			 rotated = { turn, 1 }, had;
	struct fu_insight_query		 q;
	const struct fu_document	*d;

	if (fate->fate != FU_FATE_LEAVE || step == NULL ||
	    r->t.channel == FU_CH_TASK)
		return (0);
	q = fu_insight_query_of(&c->p.person, &c->facts,
	    r->rotated != NULL ? &rotated : &step->insight, fu_zone_day(s->config.company.zone, now_us));
	if (q.kinds->n == 0)
		return (0);
	if (load_shown(s, c, shown, arena, err) == -1)
		return (-1);
	had = (struct fu_list){ shown->path, shown->n };
	q.shown = &had;
	d = fu_insight_choose(in->document, in->n, &q);
	if (d != NULL) {
		shown->path = fu_grow(arena, shown->path, shown->n,
		    &shown->cap, sizeof(*shown->path));
		shown->path[shown->n++] = d->path;
		return (0);
	}
	fate->fate = FU_FATE_HOLD;
	fate->verdict = (struct fu_verdict){ .class = FU_HOLD,
		.reason = FU_R_NO_NEW_INSIGHT, .until_us = FU_NEVER,
		.rule = fu_reasons[FU_R_NO_NEW_INSIGHT].rule };
	fate->next_us = now_us + FU_DAY < r->t.expires_us ?
	    now_us + FU_DAY : r->t.expires_us;
	return (0);
}
