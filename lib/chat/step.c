/*
 * The step of a cadence that waits for somebody's return, in its own words.
 *
 * Must never say one that the gate would not let leave, nor one twice: the
 * turn that says it carries its touch.
 */
#include "chat/room.h"
#include "flow/ask.h"
#include "flow/send_text.h"
#include "store/enrolments.h"
#include "store/touches.h"

static bool
waits(const struct fu_touch_row *r, int64_t now_us)
{
	return (r->t.state == FU_T_ARMED && r->t.channel == FU_CH_CHAT &&
	    r->t.due_us <= now_us && now_us < r->t.expires_us);
}

/* Something new for a step that asks for it; 0: there is nothing. */
static int
choose(struct fu_chat *chat, struct fu_chat_way *w, const struct fu_step *step,
    const struct fu_message *m, struct fu_err *err)
{
	struct fu_list		 rotated = { &w->touch->rotated, 1 };
	const struct fu_list	*kinds = w->touch->rotated != NULL ?
	    &rotated : &step->insight;
	struct fu_shown		 shown;

	if (kinds->n == 0)
		return (1);
	if (fu_shown_load(&chat->session->store, w->prospect, w->arena,
	    &shown, err) == -1)
		return (-1);
	return (fu_knowledge_choose(&chat->knowledge, &w->c, kinds,
	    m->language, fu_session_now(chat->session), &shown, w->arena,
	    &w->insight, err));
}

static int
render(struct fu_chat *chat, struct fu_chat_way *w, const struct fu_message *m,
    struct fu_err *err)
{
	struct fu_session	*s = chat->session;
	struct fu_text_in	 in = { .config = &s->config, .keys = &s->keys,
		.facts = &w->c.facts, .sender = w->c.sender, .message = m,
		.insight = w->insight.document, .channel = FU_CH_CHAT,
		.touch = w->touch->t.id };
	struct fu_text_out	 out;

	if (fu_text_touch(&in, w->arena, &out, err) == -1)
		return (-1);
	if (out.reason == NULL)
		w->step = out.text;
	return (0);
}

int
fu_chat_step(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	struct fu_session	*s = chat->session;
	int64_t			 now = fu_session_now(s);
	const struct fu_cadence	*cadence;
	const struct fu_step	*step = NULL;
	const struct fu_message	*m;
	struct fu_touch_row	*row;
	struct fu_asked		 asked;
	struct fu_enrolment	 e;
	size_t			 n, i;
	int			 rc;

	if (fu_touches_of(&s->store, w->prospect, 0, w->arena, &row, &n,
	    err) == -1)
		return (-1);
	for (i = 0; i < n && !waits(&row[i], now); i++)
		continue;
	if (i == n)
		return (0);
	/* Who is held out is spoken to like anybody, but not by the cadence. */
	if ((rc = fu_enrolment_active(&s->store, w->prospect, w->arena, &e,
	    err)) == -1)
		return (-1);
	if (rc == 1 && e.holdout)
		return (0);
	w->touch = &row[i];
	cadence = fu_cadence_find(&s->config, w->touch->t.cadence);
	if (cadence != NULL)
		step = fu_step_find(cadence, w->touch->t.step);
	m = fu_message_find(chat->message, chat->nmessage,
	    w->touch->t.message, w->c.p.person.f[FU_F_LANGUAGE]);
	if (step == NULL || m == NULL)
		return (0);
	if (fu_ask_make(s, &w->c, row, n, w->arena, &asked, err) == -1 ||
	    fu_ask_touch(s, &w->c, &asked, &w->touch->t, w->arena, err) == -1)
		return (-1);
	if (fu_gate_decide(&asked.in).class != FU_ALLOW)
		return (0);
	if ((rc = choose(chat, w, step, m, err)) != 1)
		return (rc);
	return (render(chat, w, m, err));
}

int
fu_chat_step_said(struct fu_chat *chat, const struct fu_chat_way *w,
    struct fu_err *err)
{
	if (w->insight.document == NULL)
		return (0);
	return (fu_shown_add(&chat->session->store, w->prospect,
	    w->touch->t.id, &w->insight.shown, err));
}
