/*
 * The words of a reply: what is found, what is said of ourselves, and what is
 * asked, in three sentences and 400 characters, then the link.
 */
#include "chat/answer.h"
#include "chat/room.h"
#include "content/passage.h"
#include "content/render.h"

#include <string.h>

#include "flow/send_text.h"
#include "store/handoffs.h"

#define LEAST_WORDS	4	/* of a text whose language can be told */

/* ---- what is said ---- */

/* Of one text; NULL when it does not tell.  Of a short one the words that a
 * language is known by tell more than its stop words. */
static const char *
language_of(struct fu_chat *chat, const char *text)
{
	enum fu_tongue	 tongue = fu_terms_guess(chat->terms,
	    fu_str_of(text));
	const char	*known;

	if (fu_words_count(fu_str_of(text)) >= LEAST_WORDS &&
	    tongue != FU_TONGUE_NONE)
		return (fu_tongue_name(tongue));
	known = fu_chat_words_language(chat->words, chat->nwords, text);
	if (known != NULL)
		return (*known == '\0' ? NULL : known);
	return (tongue != FU_TONGUE_NONE ? fu_tongue_name(tongue) : NULL);
}

const char *
fu_chat_language(struct fu_chat *chat, const struct fu_chat_way *w)
{
	const char	*text = w->turn->text, *known;

	if (text != NULL && (fu_words_count(fu_str_of(text)) >= LEAST_WORDS ||
	    fu_chat_words_language(chat->words, chat->nwords, text) != NULL))
		return (language_of(chat, text));
	/* Too short to tell: as they wrote before. */
	for (size_t i = w->state.ntheirs; i-- > 0;)
		if (w->state.theirs[i]->text != NULL && (known =
		    language_of(chat, w->state.theirs[i]->text)) != NULL)
			return (known);
	return (w->prospect == 0 ? NULL : w->c.p.person.f[FU_F_LANGUAGE]);
}

/* Who would answer: the hand-off's, else the owner. */
static const struct fu_sender *
rep(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	const struct fu_sender	*sender = w->prospect == 0 ? NULL :
	    w->c.sender;
	struct fu_handoff	 h;

	if (w->prospect != 0 && fu_handoff_open_of(&chat->session->store,
	    w->prospect, w->arena, &h, err) == 1 && h.owner != NULL &&
	    fu_sender_find(&chat->session->config, h.owner) != NULL)
		sender = fu_sender_find(&chat->session->config, h.owner);
	if (sender == NULL && chat->session->config.nsender > 0)
		sender = &chat->session->config.sender[0];
	return (sender);
}

/* What their address is: the one on record that they themselves gave, or what
 * they typed here. */
static const char *
address(const struct fu_chat_way *w)
{
	return (w->said.email != NULL ? w->said.email : w->state.email);
}

bool
fu_chat_confirmed(const struct fu_chat_way *w)
{
	const char	*own = w->prospect == 0 ? NULL :
	    w->c.p.person.f[FU_F_EMAIL];

	return (own != NULL && fu_streq_nocase(own, address(w)));
}

/* "EUR 30000 a year", in the language that they write. */
static const char *
budget(struct fu_chat *chat, struct fu_chat_way *w, struct fu_ctx *ctx,
    struct fu_err *err)
{
	struct fu_buf	 buf;
	const char	*all;

	if (w->state.budget == NULL || w->state.budget_per == NULL)
		return (w->state.budget);
	fu_buf_init(&buf);
	fu_buf_printf(&buf, "%s ", w->state.budget);
	if (fu_chat_words_say(chat->words, chat->nwords, fu_chat_language(
	    chat, w), fu_printf(w->arena, "a_%s", w->state.budget_per), NULL,
	    ctx, &buf, err) == -1)
		buf.len = 0;
	all = buf.len == 0 ? w->state.budget : fu_dup_str(w->arena,
	    fu_str_trim(fu_buf_view(&buf)));
	fu_buf_free(&buf);
	return (all);
}

static struct fu_ctx *
context(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	const struct fu_config	*config = &chat->session->config;
	struct fu_ctx		*ctx = fu_context_make(w->arena, config, NULL,
	    rep(chat, w, err), NULL, NULL);

	fu_ctx_set_text(ctx, "bot", config->chat.name);
	fu_ctx_set_text(ctx, "book", config->booking_url);
	fu_ctx_set_text(ctx, "about", w->state.about);
	fu_ctx_set_text(ctx, "topic", w->state.topic);
	fu_ctx_set_text(ctx, "question", w->state.before);
	fu_ctx_set_text(ctx, "budget", budget(chat, w, ctx, err));
	fu_ctx_set_text(ctx, "asked", w->state.question);
	fu_ctx_set_text(ctx, "postal_address", config->company.postal_address);
	fu_ctx_set_text(ctx, "phone", w->said.phone != NULL ? w->said.phone :
	    w->state.phone);
	fu_ctx_set_text(ctx, "timeline", w->state.timeline);
	fu_ctx_set_text(ctx, "email", address(w));
	if (fu_chat_confirmed(w))
		fu_ctx_set_text(ctx, "confirmed", "yes");
	if (w->prospect == 0)
		return (ctx);
	fu_ctx_set_text(ctx, "first_name", w->c.p.person.f[FU_F_FIRST_NAME]);
	if (w->in.waiting)
		fu_ctx_set_text(ctx, "waiting", "yes");
	if (w->c.p.handoff_open != 0)
		fu_ctx_set_text(ctx, "respond_by", fu_words_time(
		    w->c.p.handoff_until_us, w->c.zone_known ? w->c.zone :
		    config->company.zone, w->arena));
	return (ctx);
}

static size_t
sentences_of(struct fu_str text)
{
	size_t	 n = 0, end;

	text = fu_str_trim(text);
	for (; text.len > 0; text.ptr += end, text.len -= end, n++)
		end = fu_sentence_end(text);
	return (n);
}

/* Out of the document, in the room that is left. */
static int
cut_answer(struct fu_chat *chat, struct fu_chat_way *w, size_t used,
    size_t sentences, struct fu_err *err)
{
	return (fu_chat_cut(chat, w, sentences < FU_CHAT_SENTENCES ?
	    FU_CHAT_SENTENCES - sentences : 1, used < FU_CHAT_CHARACTERS ?
	    FU_CHAT_CHARACTERS - used : 0, err));
}

static int
say(struct fu_chat *chat, const struct fu_chat_way *w,
    const struct fu_ctx *ctx, const char *lang, const char *name,
    struct fu_buf *out, struct fu_err *err)
{
	size_t	 before = out->len;

	if (before > 0)
		fu_buf_putc(out, ' ');
	if (fu_chat_words_say(chat->words, chat->nwords, lang, name,
	    w->state.ours, ctx, out, err) == -1)
		return (-1);
	if (out->len == before + 1 && before > 0)
		out->len = before;
	return (0);
}

/* A consent to mail is the plain one. */
static bool
of_channel(const char *channel)
{
	return (channel != NULL && !fu_streq(channel, "email"));
}

static const char *
name_of_part(const struct fu_chat_way *w, enum fu_chat_part part)
{
	if (part == FU_SAY_GIVEN && of_channel(w->plan.consent))
		return (fu_printf(w->arena, "%s_%s", fu_chat_part_name(part),
		    w->plan.consent));
	return (fu_chat_part_name(part));
}

/* Is the document in a language that they do not write? */
static bool
is_foreign(const struct fu_chat_way *w, const char *lang)
{
	const char	*tongue = w->found == NULL ? NULL :
	    w->found->document->tongue;

	return (!fu_blank(lang) && !fu_blank(tongue) &&
	    strncmp(tongue, lang, 2) != 0);
}

/* All but the answer: what stands before it and behind it. */
static int
say_rest(struct fu_chat *chat, struct fu_chat_way *w, struct fu_ctx *ctx,
    struct fu_buf *head, struct fu_buf *tail, struct fu_err *err)
{
	const char	*lang = fu_chat_language(chat, w);
	bool		 behind = false;

	if (fu_chat_says(&w->plan, FU_SAY_ADDRESS))
		fu_ctx_set_text(ctx, "address_wanted", "yes");

	for (size_t i = 0; i < w->plan.n; i++) {
		enum fu_chat_part	 part = w->plan.part[i];
		struct fu_buf		*to = behind ? tail : head;

		if (part == FU_SAY_DISCLOSURE)
			fu_buf_puts(to, chat->session->config.chat.disclosure);
		else if (part == FU_SAY_STEP)
			fu_buf_printf(to, "%s%s", to->len > 0 ? " " : "",
			    fu_dup_str(w->arena, fu_str_trim(fu_str_of(
			    w->step))));
		else if (part == FU_SAY_ANSWER) {
			behind = true;
			if (is_foreign(w, lang) && say(chat, w, ctx, lang,
			    "foreign", to, err) == -1)
				return (-1);
		} else if (say(chat, w, ctx, lang, name_of_part(w, part), to,
		    err) == -1)
			return (-1);
	}
	if (w->plan.ask == FU_ASK_NONE)
		return (0);
	return (say(chat, w, ctx, lang, fu_printf(w->arena, "ask_%s%s%s",
	    fu_chat_ask_name(w->plan.ask), of_channel(w->plan.channel) ?
	    "_" : "", of_channel(w->plan.channel) ? w->plan.channel : ""),
	    behind ? tail : head, err));
}

/* The disclosure is owed, and no sentence of the answer's three. */
static size_t
counted(const struct fu_chat *chat, const struct fu_chat_way *w,
    const struct fu_buf *head, const struct fu_buf *tail)
{
	size_t	 owed = 0;

	if (w->plan.n > 0 && w->plan.part[0] == FU_SAY_DISCLOSURE)
		owed = sentences_of(fu_str_of(chat->session->config.chat.
		    disclosure));
	return (sentences_of(fu_buf_view(head)) +
	    sentences_of(fu_buf_view(tail)) - owed);
}

static void
put_sources(struct fu_chat_way *w)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_array(&jw, NULL);
	if (w->answer != NULL) {
		fu_jw_object(&jw, NULL);
		fu_jw_str(&jw, "doc", w->found->document->d.path);
		fu_jw_int(&jw, "chunk", w->chunk);
		fu_jw_str(&jw, "title", w->found->document->d.title);
		fu_jw_str(&jw, "url", w->found->document->d.url);
		fu_jw_object_end(&jw);
	} else if (fu_chat_says(&w->plan, FU_SAY_STEP) &&
	    w->insight.document != NULL) {
		fu_jw_object(&jw, NULL);
		fu_jw_str(&jw, "doc", w->insight.document->path);
		fu_jw_str(&jw, "title", w->insight.document->title);
		fu_jw_str(&jw, "url", w->insight.document->url);
		fu_jw_object_end(&jw);
	}
	fu_jw_array_end(&jw);
	w->turn->sources = fu_dup_buf(w->arena, &buf);
	fu_buf_free(&buf);
}

/* The words around an answer, and the answer in the room that they leave. */
static int
compose_with(struct fu_chat *chat, struct fu_chat_way *w,
    struct fu_ctx *ctx, struct fu_buf *head, struct fu_buf *tail,
    struct fu_err *err)
{
	fu_buf_reset(head);
	fu_buf_reset(tail);
	if (say_rest(chat, w, ctx, head, tail, err) == -1)
		return (-1);
	if (!fu_chat_says(&w->plan, FU_SAY_ANSWER))
		return (0);
	return (cut_answer(chat, w, fu_utf8_count(fu_buf_view(head)) +
	    fu_utf8_count(fu_buf_view(tail)) + 2, counted(chat, w, head,
	    tail), err));
}

/* A question of ours makes way for an answer that needs its room; one that no
 * room is enough for is none. */
static int
compose(struct fu_chat *chat, struct fu_chat_way *w, struct fu_buf *head,
    struct fu_buf *tail, struct fu_err *err)
{
	struct fu_ctx	*ctx = context(chat, w, err);

	if (compose_with(chat, w, ctx, head, tail, err) == -1)
		return (-1);
	if (w->answer != NULL || !fu_chat_says(&w->plan, FU_SAY_ANSWER))
		return (0);
	if (w->plan.ask != FU_ASK_NONE) {
		w->plan.ask = FU_ASK_NONE;
		if (compose_with(chat, w, ctx, head, tail, err) == -1)
			return (-1);
		if (w->answer != NULL)
			return (0);
	}
	w->in.found = false;
	fu_chat_plan(&w->in, &w->plan);
	return (compose_with(chat, w, ctx, head, tail, err));
}

int
fu_chat_reply(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	struct fu_buf	 head, tail, all;
	int		 rc;

	fu_buf_init(&head);
	fu_buf_init(&tail);
	fu_buf_init(&all);
	if ((rc = compose(chat, w, &head, &tail, err)) == 0) {
		fu_buf_str(&all, fu_buf_view(&head));
		if (w->answer != NULL)
			fu_buf_printf(&all, "%s%s", all.len > 0 ? " " : "",
			    w->answer);
		if (tail.len > 0)
			fu_buf_printf(&all, "%s%.*s", all.len > 0 ? " " : "",
			    (int)tail.len, tail.ptr);
		if (w->answer != NULL && w->found->document->d.url != NULL)
			fu_buf_printf(&all, " %s",
			    w->found->document->d.url);
		w->turn->reply = fu_dup_buf(w->arena, &all);
		put_sources(w);
	}
	fu_buf_free(&head);
	fu_buf_free(&tail);
	fu_buf_free(&all);
	return (rc);
}
