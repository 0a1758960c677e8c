/*
 * The words of a reply: what is found, what is said of ourselves, and what is
 * asked, in three sentences and 400 characters, then the link.
 */
#include "chat/answer.h"
#include "chat/room.h"
#include "content/answerable.h"
#include "content/passage.h"
#include "content/render.h"

#include <string.h>

#include "flow/send_text.h"
#include "store/handoffs.h"

#define LEAST_WORDS	4	/* of a text whose language can be told */
#define SURE		0.7	/* answerable, of what nobody asked for */
#define LEAST_STRONG	2	/* words of weight; with fewer a text goes on
				 * with the question before it */

/* ---- what they ask ---- */

/* How many different words of weight a text has. */
static size_t
strong_words(struct fu_chat *chat, const char *text)
{
	enum fu_tongue		 tongue = fu_terms_guess(chat->terms,
	    fu_str_of(text));
	struct fu_term_run	 run = { 0 };
	struct fu_str		 word;
	size_t			 at = 0, n;

	while (fu_word_next(fu_str_of(text), &at, &word))
		if (!fu_terms_weak(chat->terms, word, tongue) &&
		    *word.ptr > '9')
			fu_terms_read(chat->terms, word, tongue, &run);
	fu_term_run_once(&run);
	n = run.n;
	fu_term_run_free(&run);
	return (n);
}

/* Was that document cited to them before? */
static bool
cited(const struct fu_chat_way *w, const char *path)
{
	for (size_t i = 0; i < w->state.ncited; i++)
		if (fu_streq(w->state.cited[i], path))
			return (true);
	return (false);
}

static bool
fits_any(const struct fu_chat_way *w, const struct fu_found *f)
{
	(void)w;
	(void)f;
	return (true);
}

static bool
fits_answer(const struct fu_chat_way *w, const struct fu_found *f)
{
	(void)w;
	return (f->answerable >= FU_ANSWERABLE);
}

/* "That is too expensive": a document that answers it, and was not cited to
 * them before. */
static bool
fits_objection(const struct fu_chat_way *w, const struct fu_found *f)
{
	const struct fu_list	*kind = &f->document->d.objection;

	for (size_t k = 0; k < kind->n; k++)
		if (fu_signals_has(&w->said, fu_printf(w->arena,
		    "objection:%s", kind->item[k])))
			return (!cited(w, f->document->d.path));
	return (false);
}

/* More of what the last answers were taken from. */
static bool
fits_cited(const struct fu_chat_way *w, const struct fu_found *f)
{
	return (cited(w, f->document->d.path));
}

/* The first hit of ${query} that fits, NULL when none does. */
static int
ask(struct fu_chat *chat, struct fu_chat_way *w, const char *query,
    const struct fu_search_how *how,
    bool (*fits)(const struct fu_chat_way *, const struct fu_found *),
    const struct fu_found **hit, struct fu_err *err)
{
	struct fu_found	*found;
	size_t		 n;

	*hit = NULL;
	if (fu_search_ask(chat->search, fu_str_of(query), how, w->arena,
	    &found, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n && *hit == NULL; i++)
		if (fits(w, &found[i]))
			*hit = &found[i];
	return (0);
}

static int
take(struct fu_chat_way *w, const struct fu_found *found, const char *query)
{
	w->found = found;
	w->query = query;
	return (0);
}

/* What they ask in the light of the question before: more of the document that
 * was cited, where it goes on from there, else what answers both together. */
static int
ask_on(struct fu_chat *chat, struct fu_chat_way *w,
    const struct fu_found *alone, struct fu_err *err)
{
	const struct fu_search_how	 few = { .k = 3 };
	const struct fu_search_how	 each = { .k = 20, .each = true };
	const struct fu_found		*hit = NULL;
	const char			*joined = fu_printf(w->arena, "%s %s",
	    w->state.question, w->turn->text);

	if (w->said.follows && ask(chat, w, joined, &each, fits_cited, &hit,
	    err) == -1)
		return (-1);
	if (hit != NULL)
		return (take(w, hit, joined));
	if (ask(chat, w, joined, &few, fits_answer, &hit, err) == -1)
		return (-1);
	if (hit != NULL && (alone == NULL ||
	    hit->answerable >= alone->answerable))
		return (take(w, hit, joined));
	return (take(w, alone, w->turn->text));
}

int
fu_chat_find(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	static const char *const	 kind[] = { "pricing" };
	const struct fu_list		 kinds = { (const char **)kind, 1 };
	const struct fu_search_how	 few = { .k = 3 }, many = { .k = 40 },
	    prices = { .k = 1, .kinds = &kinds };
	const struct fu_found		*alone, *hit = NULL;
	const char			*text = w->turn->text, *query;
	bool				 weak;

	if (!w->in.asks)
		return (0);
	weak = strong_words(chat, text) < LEAST_STRONG;
	if (ask(chat, w, text, &few, fits_answer, &alone, err) == -1)
		return (-1);
	if (fu_signals_has(&w->said, "objection:") &&
	    (alone == NULL || !w->said.asks)) {
		if (ask(chat, w, text, &many, fits_objection, &hit, err) ==
		    -1)
			return (-1);
		return (take(w, hit, text));
	}
	/* What asks nothing is answered where that is sure to be welcome. */
	if (alone != NULL && !w->in.question && alone->answerable < SURE)
		alone = NULL;
	/* "How much is it?": words that every question has, of which the
	 * detector knows what they mean. */
	if (alone == NULL && weak && fu_signals_has(&w->said, "pricing")) {
		query = fu_printf(w->arena, "%s price cost", text);
		if (ask(chat, w, query, &prices, fits_any, &hit, err) == -1)
			return (-1);
		if (hit != NULL)
			return (take(w, hit, query));
	}
	if (w->state.question != NULL && (alone == NULL || weak) &&
	    (w->in.question || w->said.follows))
		return (ask_on(chat, w, alone, err));
	return (take(w, alone, text));
}

/* ---- what is said ---- */

static const char *
language(struct fu_chat *chat, const struct fu_chat_way *w)
{
	const char	*text = w->turn->text;
	enum fu_tongue	 tongue;

	if (text != NULL && fu_words_count(fu_str_of(text)) >= LEAST_WORDS) {
		tongue = fu_terms_guess(chat->terms, fu_str_of(text));
		if (tongue != FU_TONGUE_NONE)
			return (fu_tongue_name(tongue));
	}
	/* Too short to tell: as they wrote before. */
	for (size_t i = w->state.ntheirs; i-- > 0;) {
		if (w->state.theirs[i]->text == NULL)
			continue;
		tongue = fu_terms_guess(chat->terms, fu_str_of(
		    w->state.theirs[i]->text));
		if (tongue != FU_TONGUE_NONE)
			return (fu_tongue_name(tongue));
	}
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
	fu_ctx_set_text(ctx, "budget", w->state.budget);
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

static const char *
heading_of(const struct fu_found *f)
{
	const char	*path = f->passage->heading, *last = path, *p;

	for (p = path; (p = strstr(p, FU_HEADING_SEP)) != NULL;)
		last = p += strlen(FU_HEADING_SEP);
	return (last);
}

/* Out of the passage, in the room that is left. */
static const char *
cut_answer(struct fu_chat *chat, struct fu_chat_way *w, size_t used,
    size_t sentences)
{
	const struct fu_found	*f = w->found;
	struct fu_chat_source	 source = { f->passage->text, heading_of(f),
		f->document->d.summary };
	size_t			 room = used < FU_CHAT_CHARACTERS ?
	    FU_CHAT_CHARACTERS - used : 0;
	size_t			 left = sentences < FU_CHAT_SENTENCES ?
	    FU_CHAT_SENTENCES - sentences : 1;
	const char		*text, *other;

	text = fu_chat_answer(chat->terms, fu_str_of(w->query), &source, left,
	    room, w->arena);
	if (text == NULL || w->state.ours == NULL ||
	    strstr(w->state.ours, text) == NULL)
		return (text);
	/* That is what we just said: the passage may have more. */
	source.summary = NULL;
	other = fu_chat_answer(chat->terms, fu_str_of(w->turn->text), &source,
	    left, room, w->arena);
	return (other != NULL ? other : text);
}

static int
say(struct fu_chat *chat, const struct fu_ctx *ctx, const char *lang,
    const char *name, struct fu_buf *out, struct fu_err *err)
{
	size_t	 before = out->len;

	if (before > 0)
		fu_buf_putc(out, ' ');
	if (fu_chat_words_say(chat->words, chat->nwords, lang, name, ctx, out,
	    err) == -1)
		return (-1);
	if (out->len == before + 1 && before > 0)
		out->len = before;
	return (0);
}

/* All but the answer: what stands before it and behind it. */
static int
say_rest(struct fu_chat *chat, struct fu_chat_way *w, const struct fu_ctx *ctx,
    struct fu_buf *head, struct fu_buf *tail, struct fu_err *err)
{
	const char	*lang = language(chat, w);
	bool		 behind = false;

	for (size_t i = 0; i < w->plan.n; i++) {
		enum fu_chat_part	 part = w->plan.part[i];
		struct fu_buf		*to = behind ? tail : head;

		if (part == FU_SAY_DISCLOSURE)
			fu_buf_puts(to, chat->session->config.chat.disclosure);
		else if (part == FU_SAY_STEP)
			fu_buf_printf(to, "%s%s", to->len > 0 ? " " : "",
			    w->step);
		else if (part == FU_SAY_ANSWER)
			behind = true;
		else if (say(chat, ctx, lang, fu_chat_part_name(part), to, err) == -1)
			return (-1);
	}
	if (w->plan.ask == FU_ASK_NONE)
		return (0);
	return (say(chat, ctx, lang, fu_printf(w->arena, "ask_%s",
	    fu_chat_ask_name(w->plan.ask)), behind ? tail : head, err));
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
		fu_jw_int(&jw, "chunk", w->found->passage->chunk);
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
    const struct fu_ctx *ctx, struct fu_buf *head, struct fu_buf *tail,
    struct fu_err *err)
{
	fu_buf_reset(head);
	fu_buf_reset(tail);
	if (say_rest(chat, w, ctx, head, tail, err) == -1)
		return (-1);
	if (fu_chat_says(&w->plan, FU_SAY_ANSWER))
		w->answer = cut_answer(chat, w, fu_utf8_count(fu_buf_view(
		    head)) + fu_utf8_count(fu_buf_view(tail)) + 2,
		    counted(chat, w, head, tail));
	return (0);
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

const char *
fu_chat_language(struct fu_chat *chat, const struct fu_chat_way *w)
{
	return (language(chat, w));
}
