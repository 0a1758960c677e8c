/*
 * What is recorded of a turn: theirs, ours, and a consent that was given or
 * refused, each an event like those of a file.
 *
 * Must never name an address that was typed as whose it is: that would make
 * the typist its owner [WC-06].
 */
#include "chat/room.h"
#include "content/link.h"
#include "flow/answer.h"

static void
begin(struct fu_jw *jw, struct fu_buf *buf, const char *kind)
{
	fu_buf_init(buf);
	fu_jw_init(jw, buf);
	fu_jw_object(jw, NULL);
	fu_jw_str(jw, "event", kind);
}

static struct fu_str
end(struct fu_jw *jw, struct fu_buf *buf, struct fu_arena *arena)
{
	const char	*text;

	fu_jw_object_end(jw);
	text = fu_dup_buf(arena, buf);
	fu_buf_free(buf);
	return (fu_str_of(text));
}

static void
put_extracted(struct fu_jw *jw, const struct fu_signals *said)
{
	struct fu_buf	 buf;

	fu_buf_init(&buf);
	fu_extracted_json(said, &buf);
	fu_jw_raw(jw, "extracted", fu_buf_view(&buf));
	fu_buf_free(&buf);
}

const char *
fu_chat_reply_id(const struct fu_chat_way *w)
{
	return (fu_printf(w->arena, "%s:reply", w->turn->id));
}

struct fu_str
fu_chat_event_theirs(const struct fu_chat *chat, const struct fu_chat_way *w)
{
	const struct fu_chat_turn	*t = w->turn;
	struct fu_buf			 buf;
	struct fu_jw			 jw;

	begin(&jw, &buf, t->text == NULL ? "visit" : t->channel != NULL ?
	    "reply" : "chat");
	if (t->visitor != NULL)
		fu_jw_str(&jw, "visitor", t->visitor);
	else
		fu_jw_int(&jw, "prospect", t->prospect);
	if (t->channel != NULL)
		fu_jw_str(&jw, "channel", t->channel);
	if (w->about != NULL)
		fu_jw_str(&jw, "about", w->about);
	if (t->text == NULL && t->url != NULL)
		fu_jw_str(&jw, "url", fu_link_bare(fu_str_of(t->url),
		    w->arena));
	if (t->text != NULL) {
		if (t->channel == NULL)
			fu_jw_str(&jw, "from", "prospect");
		fu_jw_str(&jw, "text", t->text);
		if (w->in.asks) {
			if (w->said.asks || w->said.question != NULL)
				fu_jw_str(&jw, "question", w->focus != NULL ?
				    w->focus : t->text);
			fu_jw_str(&jw, "sought", w->query);
		}
		put_extracted(&jw, &w->said);
		if (w->state.ours != NULL)
			fu_jw_str(&jw, "answering", w->state.ours);
	}
	if (t->id != NULL)
		fu_jw_str(&jw, "id", t->id);
	fu_jw_time(&jw, "at", fu_session_now(chat->session));
	return (end(&jw, &buf, w->arena));
}

struct fu_str
fu_chat_event_ours(const struct fu_chat *chat, const struct fu_chat_way *w)
{
	const struct fu_chat_turn	*t = w->turn;
	struct fu_buf			 buf;
	struct fu_jw			 jw;

	begin(&jw, &buf, "chat");
	fu_jw_int(&jw, "prospect", w->prospect);
	if (t->visitor != NULL)
		fu_jw_str(&jw, "visitor", t->visitor);
	fu_jw_str(&jw, "from", "bot");
	if (t->channel != NULL)
		fu_jw_str(&jw, "channel", t->channel);
	if (t->message_id != NULL)
		fu_jw_str(&jw, "in_reply_to", t->message_id);
	if (t->channel != NULL || t->later)
		fu_jw_bool(&jw, FU_DELIVER, true);
	fu_jw_str(&jw, "text", t->reply);
	if (w->plan.ask != FU_ASK_NONE)
		fu_jw_str(&jw, "asked", fu_chat_ask_name(w->plan.ask));
	fu_jw_str(&jw, "asked_channel", w->plan.channel);
	fu_jw_array(&jw, "said");
	for (size_t i = 0; i < w->plan.n; i++)
		fu_jw_str(&jw, NULL, fu_chat_part_name(w->plan.part[i]));
	fu_jw_array_end(&jw);
	fu_jw_raw(&jw, "sources", fu_str_of(t->sources));
	if (fu_chat_says(&w->plan, FU_SAY_STEP))
		fu_jw_int(&jw, "touch", w->touch->t.id);
	if (t->id != NULL)
		fu_jw_str(&jw, "id", fu_chat_reply_id(w));
	fu_jw_time(&jw, "at", fu_session_now(chat->session) + 1);
	return (end(&jw, &buf, w->arena));
}

struct fu_str
fu_chat_event_consent(const struct fu_chat *chat, const struct fu_chat_way *w)
{
	const struct fu_config	*config = &chat->session->config;
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	begin(&jw, &buf, "consent");
	fu_jw_int(&jw, "prospect", w->prospect);
	if (w->turn->visitor != NULL)
		fu_jw_str(&jw, "visitor", w->turn->visitor);
	fu_jw_str(&jw, "channel", w->plan.consent);
	if (w->state.email != NULL)
		fu_jw_str(&jw, "given_for", w->state.email);
	fu_jw_str(&jw, "status", !w->plan.granted ? "revoked" :
	    fu_chat_confirmed(w) ? "granted" : "pending");
	fu_jw_str(&jw, "method", "chat");
	fu_jw_str(&jw, "purpose", "marketing");
	fu_jw_str(&jw, "wording", w->state.ours);
	fu_jw_str(&jw, "seller", config->company.name);
	fu_jw_bool(&jw, "written", true);
	fu_jw_bool(&jw, "automated", true);
	fu_jw_bool(&jw, "not_condition", true);
	if (w->turn->url != NULL)
		fu_jw_str(&jw, "page", fu_link_bare(fu_str_of(w->turn->url),
		    w->arena));
	fu_jw_str(&jw, "answer", w->turn->text);
	fu_jw_time(&jw, "at", fu_session_now(chat->session));
	return (end(&jw, &buf, w->arena));
}
