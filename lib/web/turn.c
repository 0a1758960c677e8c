/*
 * Turns of the chat by HTTP, and what was said in this visit.
 *
 * Must never tell more than that visitor's own words and what was said to
 * them: an address that they typed shows them nothing.
 */
#include <string.h>

#include "chat/state.h"
#include "content/token.h"
#include "store/events.h"
#include "web/serve.h"

#define TEXT_MAX	4000
#define ID_MAX		64

int
fu_serve_turn(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	struct fu_chat_turn	*t = &r->turn;
	struct fu_object	 o;
	const char		*event;

	(void)d;
	if (!fu_body_object(r, &o))
		return (0);
	memset(t, 0, sizeof(*t));
	event = fu_body_text(r, &o, "event", ID_MAX);
	t->url = fu_body_url(r, &o);
	t->id = fu_body_text(r, &o, "id", ID_MAX);
	t->text = fu_body_text(r, &o, "text", TEXT_MAX);
	t->link = fu_body_text(r, &o, "link", FU_TOKEN_LEN);
	if (t->text == NULL && !fu_streq(event, "return")) {
		fu_answer_error(r, 400, fu_json_get(&o, "text") != NULL ?
		    "bad_text" : "no_text");
		return (0);
	}
	if (fu_body_visitor(r, err) == -1)
		return (-1);
	t->visitor = fu_dup(r->arena, r->visitor);
	if (t->id != NULL)
		t->id = fu_printf(r->arena, "turn:%s:%s", r->visitor, t->id);
	/* Coming back is a visit: only of who agreed. */
	if (t->text == NULL && (r->gpc || !r->kept))
		t->url = NULL;
	return (0);
}

int
fu_serve_turn_done(struct fu_desk *d, struct fu_web_req *r,
    struct fu_err *err)
{
	const struct fu_chat_turn	*t = &r->turn;
	struct fu_jw			 jw;

	(void)err;
	if (t->reject != NULL) {
		fu_answer_error(r, 400, t->reject);
		return (0);
	}
	if (t->handoff != NULL) {
		d->web->count.handoffs++;
		fu_child_wake(d->web);
	}
	/* The mail that asks whether an address is theirs is due at once. */
	if (t->extracted != NULL && strstr(t->extracted, "\"email\"") != NULL)
		fu_child_wake(d->web);
	fu_buf_reset(&r->out);
	fu_jw_init(&jw, &r->out);
	fu_jw_object(&jw, NULL);
	if (r->fresh)
		fu_body_token(r, &jw, false);
	fu_jw_str(&jw, "reply", t->reply);
	if (t->silent != NULL)
		fu_jw_str(&jw, "silent", t->silent);
	fu_jw_raw(&jw, "sources", fu_str_of(t->sources == NULL ? "[]" :
	    t->sources));
	if (t->asked != NULL)
		fu_jw_str(&jw, "asked", t->asked);
	fu_jw_bool(&jw, "called", t->handoff != NULL);
	fu_jw_object_end(&jw);
	fu_buf_putc(&r->out, '\n');
	fu_answer(r, 200);
	return (0);
}

/* ---- what was said ---- */

static const char *
member(const struct fu_event *e, const char *name, struct fu_arena *arena)
{
	struct fu_object	 o;
	struct fu_err		 err;

	if (e->body == NULL || fu_json_object(arena, fu_str_of(e->body), &o,
	    &err) == -1)
		return (NULL);
	return (fu_json_text(arena, fu_json_get(&o, name)));
}

void
fu_web_word(struct fu_desk *d, const struct fu_event *e, struct fu_jw *jw,
    struct fu_arena *arena)
{
	static const char *const	 from[] = { "prospect", "prospect",
		"bot", "rep" };
	const struct fu_sender		*s = NULL;
	const struct fu_json		*sources;
	struct fu_object		 o;
	struct fu_err			 err;

	if (e->from == FU_FROM_REP)
		s = fu_sender_find(&d->session->config, member(e, "by",
		    arena));
	fu_jw_object(jw, NULL);
	fu_jw_int(jw, "id", e->id);
	fu_jw_time(jw, "at", e->at_us);
	fu_jw_str(jw, "from", from[e->from]);
	if (s != NULL)
		fu_jw_str(jw, "name", s->name);
	fu_jw_str(jw, "text", e->text);
	if (e->from == FU_FROM_BOT && e->body != NULL && fu_json_object(arena,
	    fu_str_of(e->body), &o, &err) == 0 && (sources = fu_json_get(&o,
	    "sources")) != NULL)
		fu_jw_raw(jw, "sources", sources->raw);
	fu_jw_object_end(jw);
}

int
fu_serve_history(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	int64_t		 who = 0, since = fu_session_now(
	    d->session) - FU_CHAT_VISIT_US;
	struct fu_event	*e = NULL;
	struct fu_chat_word *w;
	size_t		 n = 0, nw = 0;
	struct fu_jw	 jw;

	if (*r->visitor != '\0' && (fu_body_who(d, r->visitor, &who, err) ==
	    -1 || (who != 0 && fu_events_load(&d->session->store, who,
	    r->arena, &e, &n, err) == -1) || fu_chat_waiting(d->session,
	    r->visitor, 0, r->arena, &w, &nw, err) == -1))
		return (-1);
	fu_jw_init(&jw, &r->out);
	fu_jw_object(&jw, NULL);
	fu_jw_array(&jw, "messages");
	for (size_t i = 0; i < n; i++) {
		if (e[i].kind != FU_K_CHAT || e[i].at_us < since ||
		    e[i].text == NULL || (e[i].from != FU_FROM_REP &&
		    !fu_streq(member(&e[i], "visitor", r->arena),
		    r->visitor)))
			continue;
		fu_web_word(d, &e[i], &jw, r->arena);
	}
	fu_jw_array_end(&jw);
	/* What waits for them is among it. */
	fu_jw_int(&jw, "after", nw > 0 ? w[nw - 1].id : 0);
	fu_jw_object_end(&jw);
	fu_buf_putc(&r->out, '\n');
	fu_answer(r, 200);
	return (0);
}
