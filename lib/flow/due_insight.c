/*
 * Looking ahead at what there is to say: the insight that a step would get.
 *
 * Asks flow/knowledge what fu-send asks it.  Must never write: what is shown
 * in a plan is shown to nobody.
 */
#include "flow/due_insight.h"

int
fu_insights_open(struct fu_session *s, struct fu_insights *in,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_faults	 faults;
	struct fu_err		 unread;

	fu_faults_init(&faults);
	if (fu_messages_load(s->config.messages_dir, arena, &in->message,
	    &in->nmessage, &faults, &unread) == -1 && in->message == NULL)
		in->nmessage = 0;
	fu_faults_free(&faults);
	return (fu_knowledge_open(s, &in->knowledge, err));
}

void
fu_insights_close(struct fu_insights *in)
{
	fu_knowledge_close(&in->knowledge);
}

static int
load_shown(struct fu_session *s, const struct fu_case *c,
    struct fu_shown_ahead *ahead, struct fu_arena *arena, struct fu_err *err)
{
	if (!ahead->loaded && fu_shown_load(&s->store, c->p.id, arena,
	    &ahead->shown, err) == -1)
		return (-1);
	ahead->loaded = true;
	return (0);
}

int
fu_insight_ahead(struct fu_session *s, struct fu_insights *in,
    const struct fu_case *c, const struct fu_step *step,
    const struct fu_touch_row *r, int64_t now_us, struct fu_shown_ahead *ahead,
    struct fu_arena *arena, struct fu_fate_of *fate, struct fu_err *err)
{
	const char		*turn[1] = { r->rotated };
	struct fu_list		 rotated = { turn, 1 };
	const struct fu_list	*kinds;
	const struct fu_message	*m;
	struct fu_shown		*had = &ahead->shown;
	struct fu_choice	 choice;
	int			 rc;

	if (fate->fate != FU_FATE_LEAVE || step == NULL ||
	    r->t.channel == FU_CH_TASK)
		return (0);
	kinds = r->rotated != NULL ? &rotated : &step->insight;
	if (kinds->n == 0)
		return (0);
	if (load_shown(s, c, ahead, arena, err) == -1)
		return (-1);
	m = fu_message_find(in->message, in->nmessage, r->t.message,
	    c->p.person.f[FU_F_LANGUAGE]);
	if ((rc = fu_knowledge_choose(&in->knowledge, c, kinds,
	    m == NULL ? NULL : m->language, now_us, had, arena, &choice,
	    err)) == -1)
		return (-1);
	if (rc == 1) {
		had->row = fu_grow(arena, had->row, had->n, &had->cap,
		    sizeof(*had->row));
		had->row[had->n++] = choice.shown;
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
