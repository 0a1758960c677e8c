/*
 * Turns: who it is, what they want, what follows from it, what is said.
 *
 * Must never hold a lock while it thinks: what they said is durable before an
 * answer is looked for, and the answer before it is shown.
 */
#include "chat/room.h"

#include <stdlib.h>
#include <string.h>

#include "flow/answer.h"
#include "flow/detector.h"
#include "flow/hook.h"
#include "flow/rulesdir.h"
#include "store/events.h"
#include "store/handoffs.h"
#include "store/identity.h"

#define RIVAL_TURNS	3	/* of theirs, back to where one was named */

/* ---- opening ---- */

static int
read_words(struct fu_chat *chat, const char *name, const char *language,
    struct fu_faults *faults, struct fu_err *err)
{
	struct fu_chat_words	*w = &chat->words[chat->nwords];
	const char		*path = fu_rulesdir_path(
	    &chat->session->config, &chat->arena, name);
	struct fu_str		 text;

	if (fu_file_read(path, &chat->arena, &text, err) == -1) {
		if (err->class == FU_ENOINPUT && *language == '\0')
			return (fu_err_set(err, FU_ECONFIG, "%s: it is not "
			    "there, and the chat's words are in it: %s", path,
			    fu_rulesdir_way(&chat->session->config)));
		return (-1);
	}
	if (!fu_utf8_valid(text.ptr, text.len))
		return (fu_err_set(err, FU_ECONFIG, "%s: no UTF-8", path));
	memset(w, 0, sizeof(*w));
	w->language = language;
	fu_chat_words_read(w, text, path, &chat->arena, faults);
	chat->nwords++;
	return (0);
}

/* chat.txt first, which has what the others lack. */
static int
read_all_words(struct fu_chat *chat, struct fu_err *err)
{
	static const char	 head[] = "chat-", tail[] = ".txt";
	struct fu_faults	 faults;
	struct fu_list		 name;
	int			 rc;

	fu_faults_init(&faults);
	rc = read_words(chat, FU_CHAT_FILE, "", &faults, err);
	if (rc == 0)
		rc = fu_dir_names(&chat->arena,
		    chat->session->config.rules_dir, tail, &name, err);
	for (size_t i = 0; rc == 0 && i < name.n; i++) {
		size_t	 len = strlen(name.item[i]);

		if (strncmp(name.item[i], head, sizeof(head) - 1) != 0 ||
		    len < sizeof(head) + sizeof(tail) - 1 ||
		    chat->nwords == FU_CHAT_TONGUES)
			continue;
		rc = read_words(chat, name.item[i], fu_dup_str(&chat->arena,
		    (struct fu_str){ name.item[i] + sizeof(head) - 1, len -
		    sizeof(head) - sizeof(tail) + 2 }), &faults, err);
	}
	if (rc == 0 && (rc = fu_faults_err(&faults, err)) == -1)
		fu_session_faults(chat->session->opt, &faults);
	fu_faults_free(&faults);
	return (rc);
}

static int
open_all(struct fu_chat *chat, struct fu_err *err)
{
	struct fu_session	*s = chat->session;
	struct fu_faults	 faults;
	struct fu_err		 unread;

	if (fu_blank(s->config.chat.disclosure))
		return (fu_err_set(err, FU_ECONFIG, "no_ai_disclosure: fu.yaml "
		    "has no chat.disclosure, which says that it is automated: "
		    "without it no chat starts [WC-01]"));
	if (read_all_words(chat, err) == -1 ||
	    fu_ingest_open(&chat->in, s, err) == -1)
		return (-1);
	fu_ingest_source(&chat->in, "fu-chat");
	chat->detector = chat->in.detector;
	fu_faults_init(&faults);
	if (fu_messages_load(s->config.messages_dir, &chat->arena,
	    &chat->message, &chat->nmessage, &faults, &unread) == -1 &&
	    chat->message == NULL)
		chat->nmessage = 0;
	fu_faults_free(&faults);
	chat->terms = fu_terms_new();
	if ((chat->cadencer = fu_cadencer_open(s, err)) == NULL ||
	    (chat->handoffer = fu_handoffer_open(s, err)) == NULL ||
	    (chat->scoring = fu_scoring_open(s, err)) == NULL ||
	    fu_knowledge_open(s, &chat->knowledge, err) == -1 ||
	    (chat->search = fu_search_open(s, err)) == NULL)
		return (-1);
	return (0);
}

struct fu_chat *
fu_chat_open(struct fu_session *session, struct fu_clock *clock,
    struct fu_err *err)
{
	struct fu_chat	*chat = calloc(1, sizeof(*chat));

	if (chat == NULL)
		fu_oom();
	chat->session = session;
	chat->clock = clock;
	fu_arena_init(&chat->arena);
	if (open_all(chat, err) == 0)
		return (chat);
	fu_chat_close(chat);
	return (NULL);
}

void
fu_chat_close(struct fu_chat *chat)
{
	if (chat == NULL)
		return;
	fu_search_close(chat->search);
	fu_knowledge_close(&chat->knowledge);
	fu_scoring_close(chat->scoring);
	fu_handoffer_close(chat->handoffer);
	fu_cadencer_close(chat->cadencer);
	if (chat->terms != NULL)
		fu_terms_free(chat->terms);
	if (chat->in.session != NULL)
		fu_ingest_close(&chat->in);
	fu_arena_free(&chat->arena);
	free(chat);
}

/* ---- a turn ---- */

/* A turn that comes again, for its answer was lost on the way: the same one. */
static void
repeat(struct fu_chat_way *w, const struct fu_event *e, size_t n)
{
	const char	*id = fu_chat_reply_id(w);

	for (size_t i = n; i-- > 0;) {
		const struct fu_json	*sources;
		struct fu_object	 o;
		struct fu_err		 err;

		if (e[i].kind != FU_K_CHAT || e[i].from != FU_FROM_BOT ||
		    e[i].body == NULL || strstr(e[i].body, ":reply\"") == NULL ||
		    fu_json_object(w->arena, fu_str_of(e[i].body), &o, &err) ==
		    -1 || !fu_streq(fu_json_text(w->arena, fu_json_get(&o,
		    "id")), id))
			continue;
		w->again = true;
		w->turn->reply = e[i].text;
		sources = fu_json_get(&o, "sources");
		if (sources != NULL)
			w->turn->sources = fu_dup_str(w->arena, sources->raw);
		w->turn->asked = fu_json_text(w->arena, fu_json_get(&o,
		    "asked"));
		return;
	}
}

/* Whose visitor it is, and what was said before. */
static int
recognise(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	struct fu_store		*store = &chat->session->store;
	struct fu_holders	 h = { .n = 0 };
	struct fu_event		*event = NULL;
	size_t			 n = 0;

	w->prospect = w->turn->prospect;
	if (w->turn->visitor != NULL) {
		if (fu_identity_find(store, FU_ID_VISITOR, w->turn->visitor,
		    &h, err) == -1)
			return (-1);
		w->prospect = h.n > 0 ? h.id[0] : 0;
	}
	if (w->prospect != 0 && (fu_prospect_living(store, w->prospect,
	    &w->prospect, err) == -1 || fu_events_load(store, w->prospect,
	    w->arena, &event, &n, err) == -1))
		return (-1);
	/* What has just been recorded is no turn before this one. */
	while (w->turn->recorded && n > 0 && fu_streq(event[n - 1].text,
	    w->turn->text))
		n--;
	fu_chat_state_fold(event, n, w->turn->visitor,
	    fu_session_now(chat->session), w->arena, &w->state);
	if (w->turn->id != NULL)
		repeat(w, event, n);
	if (fu_chat_link(chat, w, err) == -1)
		return (-1);
	if (w->about != NULL)
		w->state.about = w->about;
	/* What they ask first goes on with what they have read. */
	if (w->state.question == NULL)
		w->state.question = w->state.sought = w->state.about;
	return (0);
}

static bool
has_any(const struct fu_signals *s, const char *const *name)
{
	for (; *name != NULL; name++)
		if (fu_signals_has(s, *name))
			return (true);
	return (false);
}

/* Is a figure in it, or an address: what a person says of themselves? */
static bool
tells(const struct fu_signals *s)
{
	return (s->budget > 0 || s->timeline != NULL || s->title != NULL ||
	    s->email != NULL || s->phone != NULL || s->company_size > 0);
}

static bool
has_digit(const char *text)
{
	return (strpbrk(text, "0123456789") != NULL);
}

/* Is it about what somebody else charges: one that they name, or had named? */
static bool
asks_of_rival(struct fu_chat *chat, const struct fu_chat_way *w)
{
	const struct fu_chat_state	*s = &w->state;

	if (fu_signals_has(&w->said, "competitor:"))
		return (w->said.asks_rival ||
		    fu_signals_has(&w->said, "pricing"));
	for (size_t i = 0; w->said.asks_rival && i < RIVAL_TURNS &&
	    i < s->ntheirs; i++) {
		const char		*text = s->theirs[s->ntheirs - 1 -
		    i]->text;
		struct fu_signals	 before;

		if (text == NULL)
			continue;
		fu_detect(chat->detector, text, "chat", NULL, w->arena,
		    &before);
		if (fu_signals_has(&before, "competitor:"))
			return (true);
	}
	return (false);
}

/* Is there something in the text that may have an answer, and does it ask for
 * one?  "Tell me about the API" may, "about 20k" does not. */
static void
weigh(struct fu_chat_way *w)
{
	static const char *const	 about[] = { "pricing", "contract",
		"implementation", "objection:", NULL };
	const struct fu_signals		*s = &w->said;
	bool				 topic = has_any(s, about);

	if (s->stop == FU_STOP_YES || s->erasure || s->greets || s->thanks ||
	    s->leaves)
		return;
	if ((fu_signals_has(s, "asks_if_bot") || s->asks_name) && !topic)
		return;
	w->in.told = tells(s) || s->n > 0;
	/* An objection wants an answer, however it is put. */
	w->in.question = fu_signals_has(s, "objection:") || s->asks ||
	    s->question != NULL || s->asks_news || (s->follows && !tells(s));
	w->in.topical = topic;
	w->in.asks = w->in.question || (topic && !tells(s)) ||
	    (w->state.asked == FU_ASK_NONE && !s->agrees && !s->declines &&
	    !fu_signals_has(s, "asks_human") && !tells(s));
	if (s->asks_back || s->asks_where || (s->asks_when &&
	    w->state.called_us != FU_NEVER))
		w->in.asks = false;
	w->in.figure = has_digit(w->turn->text);
}

static int
read_text(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	if (w->turn->text == NULL)
		return (0);
	fu_detect(chat->detector, w->turn->text, w->turn->channel != NULL ?
	    w->turn->channel : "chat", w->state.ours, w->arena, &w->said);
	weigh(w);
	if (fu_chat_find(chat, w, err) == -1)
		return (-1);
	/* What our own documents say of an integration is no price of theirs. */
	w->in.rival = asks_of_rival(chat, w) && (w->found == NULL ||
	    fu_streq(w->found->document->d.kind, "competitive") ||
	    w->said.asks_rival);
	return (0);
}

/* A line of ours into the window; what is wrong with it is the turn's. */
static int
put_event(struct fu_chat *chat, struct fu_chat_way *w, struct fu_str line,
    struct fu_err *err)
{
	struct fu_object	 o;
	const char		*reason;
	struct fu_err		 why;

	if (fu_json_object(w->arena, line, &o, err) == -1)
		return (-1);
	if (fu_ingest_event(&chat->in, &o, line, w->arena, "fu-chat", 0,
	    &reason, &why) == -1) {
		w->turn->reject = reason;
		w->turn->detail = fu_dup(w->arena, why.msg);
		return (0);
	}
	w->row = chat->in.n;
	return (0);
}

static int
run_window(struct fu_chat *chat, struct fu_chat_way *way, size_t n,
    struct fu_err *err)
{
	int	 rc = chat->in.n == 0 ? 0 : fu_ingest_run(&chat->in, err);

	for (size_t i = 0; i < n && rc == 0; i++) {
		const struct fu_ingest_row	*row;
		struct fu_chat_turn		*t = way[i].turn;

		if (way[i].row == 0)
			continue;
		row = &chat->in.row[way[i].row - 1];
		way[i].row = 0;
		if (row->reject != NULL) {
			t->reject = fu_dup(way[i].arena, row->reject);
			t->detail = row->detail == NULL ? NULL :
			    fu_dup(way[i].arena, row->detail);
			continue;
		}
		if (row->prospect != 0)
			way[i].prospect = row->prospect;
		if (row->signals != NULL)
			t->signals = fu_dup(way[i].arena, row->signals);
		if (row->extracted != NULL)
			t->extracted = fu_dup(way[i].arena, row->extracted);
	}
	fu_ingest_empty(&chat->in);
	return (rc);
}

/* What they said makes of them: score, cadence, hand-off, as for any event. */
static int
look(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	struct fu_scored	 scored;
	struct fu_enrol_result	 enrolled;

	if (fu_score_look(chat->scoring, w->prospect, w->arena, &scored,
	    err) == -1 || fu_cadence_look(chat->cadencer, w->prospect,
	    w->arena, &enrolled, err) == -1 ||
	    fu_handoff_look(chat->handoffer, w->prospect, w->arena, NULL,
	    err) == -1)
		return (-1);
	return (0);
}

static int
look_all(struct fu_chat *chat, struct fu_chat_way *way, size_t n,
    struct fu_err *err)
{
	struct fu_handoff	 h;
	int			 rc = fu_session_begin(chat->session, err);

	for (size_t i = 0; i < n && rc == 0; i++) {
		int64_t	 before = 0;

		if (way[i].turn->reject != NULL || way[i].prospect == 0 ||
		    way[i].again)
			continue;
		if ((rc = fu_handoff_open_of(&chat->session->store,
		    way[i].prospect, way[i].arena, &h, err)) == 1)
			before = h.id;
		if (rc == -1 || (rc = look(chat, &way[i], err)) == -1)
			break;
		rc = fu_handoff_open_of(&chat->session->store,
		    way[i].prospect, way[i].arena, &h, err);
		way[i].in.called = rc == 1 && h.id != before;
		if (way[i].in.called)
			way[i].turn->handoff = h.trigger;
		way[i].in.waiting = rc == 1 && h.id == before &&
		    fu_streq(h.state, "open");
		rc = rc == -1 ? -1 : 0;
	}
	if (rc == 0)
		return (fu_session_commit(chat->session, err));
	fu_session_rollback(chat->session);
	return (-1);
}

static int
answer(struct fu_chat *chat, struct fu_chat_way *w, struct fu_err *err)
{
	const struct fu_chat_state	*s = &w->state;
	struct fu_chat_in		*in = &w->in;
	const char *const		*f = NULL;
	int				 rc;

	if (w->prospect != 0) {
		rc = fu_case_load(chat->session, w->prospect, UINT64_MAX,
		    w->arena, &w->c, err);
		if (rc != 1)
			return (rc);
		f = w->c.p.person.f;
		in->owned = w->c.p.human_us != FU_NEVER;
		if (w->turn->text == NULL && s->fresh && !in->owned &&
		    fu_chat_step(chat, w, err) == -1)
			return (-1);
	}
	in->config = &chat->session->config;
	in->state = s;
	in->said = w->turn->text == NULL ? NULL : &w->said;
	in->found = w->found != NULL;
	in->step = w->step != NULL;
	in->knows_topic = s->before != NULL || s->topic != NULL ||
	    s->budget != NULL || s->timeline != NULL;
	in->has_need = s->topic != NULL || s->question != NULL ||
	    w->said.topic != NULL;
	in->has_timeline = s->timeline != NULL || w->said.timeline != NULL;
	in->has_budget = s->budget != NULL || w->said.budget > 0;
	in->has_title = s->title != NULL || w->said.title != NULL;
	in->has_contact = s->email != NULL || s->phone != NULL ||
	    w->said.email != NULL || w->said.phone != NULL || (f != NULL &&
	    (f[FU_F_EMAIL] != NULL || f[FU_F_PHONE] != NULL));
	in->text = w->turn->channel != NULL;
	fu_chat_plan(in, &w->plan);
	if (w->plan.silent) {
		w->turn->silent = in->owned ? "human_owned" : "same_visit";
		return (0);
	}
	if ((rc = fu_chat_may_answer(chat, w, err)) != 1)
		return (rc);
	return (fu_chat_reply(chat, w, err));
}

/* What a step shows is put down before it is said: a run that is killed may
 * have shown it.  So is the mail to an address that was typed. */
static int
record_shown(struct fu_chat *chat, struct fu_chat_way *way, size_t n,
    struct fu_err *err)
{
	int	 rc = fu_session_begin(chat->session, err);

	for (size_t i = 0; i < n && rc == 0; i++) {
		if (fu_chat_says(&way[i].plan, FU_SAY_STEP))
			rc = fu_chat_step_said(chat, &way[i], err);
		if (rc == 0)
			rc = fu_chat_who(chat, &way[i], err);
		if (rc == 0)
			rc = fu_chat_looked(chat, &way[i], err);
	}
	if (rc == 0)
		return (fu_session_commit(chat->session, err));
	fu_session_rollback(chat->session);
	return (-1);
}

/* Our words and what was consented to, durable before they are shown. */
static int
record_ours(struct fu_chat *chat, struct fu_chat_way *way, size_t n,
    struct fu_err *err)
{
	int	 rc = record_shown(chat, way, n, err);

	for (size_t i = 0; i < n && rc == 0; i++) {
		struct fu_chat_way	*w = &way[i];

		if (w->turn->reply == NULL || w->prospect == 0 ||
		    w->turn->reject != NULL || w->again)
			continue;
		if (w->plan.consent != NULL)
			rc = put_event(chat, w, fu_chat_event_consent(chat, w),
			    err);
		if (rc == 0)
			rc = put_event(chat, w, fu_chat_event_ours(chat, w),
			    err);
		w->row = 0;
	}
	return (rc == 0 ? run_window(chat, way, n, err) : -1);
}

/* A clock that stands still has been overtaken by the last turn. */
static void
move_clock(struct fu_chat *chat, int64_t last_us)
{
	if (chat->clock->at_us != FU_NEVER && last_us != FU_NEVER &&
	    last_us >= chat->clock->at_us &&
	    last_us < chat->clock->at_us + FU_MINUTE)
		chat->clock->at_us = last_us + 1;
}

int
fu_chat_take(struct fu_chat *chat, struct fu_chat_turn *turn, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_chat_way	*way = fu_alloc_array(arena, n + 1,
	    sizeof(*way));
	int			 rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		way[i].turn = &turn[i];
		way[i].arena = arena;
		rc = recognise(chat, &way[i], err);
		if (rc == 0)
			move_clock(chat, way[i].state.last_us);
	}
	for (size_t i = 0; i < n && rc == 0; i++) {
		struct fu_chat_way	*w = &way[i];

		if (w->again)
			continue;
		rc = read_text(chat, w, err);
		if (rc == 0 && !turn[i].recorded && (turn[i].text != NULL ||
		    turn[i].url != NULL || w->about != NULL))
			rc = put_event(chat, w, fu_chat_event_theirs(chat, w),
			    err);
	}
	if (rc == 0)
		rc = run_window(chat, way, n, err);
	if (rc == 0)
		rc = look_all(chat, way, n, err);
	for (size_t i = 0; i < n && rc == 0; i++) {
		turn[i].who = way[i].prospect;
		if (turn[i].reject == NULL && !way[i].again)
			rc = answer(chat, &way[i], err);
		if (!way[i].again && way[i].plan.ask != FU_ASK_NONE)
			turn[i].asked = fu_chat_ask_name(way[i].plan.ask);
	}
	if (rc == 0)
		rc = record_ours(chat, way, n, err);
	return (rc);
}

int
fu_chat_rep(struct fu_session *s, int64_t prospect, const char *by,
    const char *text, struct fu_err *err)
{
	const struct fu_sender	*sender = NULL;
	const char		*channel;
	struct fu_arena		 arena;
	struct fu_buf		 line;
	struct fu_jw		 jw;
	int			 rc;

	if (by != NULL && (sender = fu_sender_find(&s->config, by)) == NULL)
		return (fu_err_set(err, FU_EUSAGE, "--by %s: no sender of "
		    "fu.yaml", by));
	if (!fu_utf8_valid(text, strlen(text)))
		return (fu_err_set(err, FU_EDATA, "that is no UTF-8"));
	fu_arena_init(&arena);
	if (fu_chat_channel(s, prospect, &arena, &channel, err) == -1) {
		fu_arena_free(&arena);
		return (-1);
	}
	fu_buf_init(&line);
	fu_jw_init(&jw, &line);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", "chat");
	fu_jw_str(&jw, "from", "rep");
	fu_jw_int(&jw, "prospect", prospect);
	if (sender != NULL)
		fu_jw_str(&jw, "by", sender->key);
	if (channel != NULL)
		fu_jw_str(&jw, "channel", channel);
	fu_jw_str(&jw, "text", text);
	fu_jw_bool(&jw, FU_DELIVER, true);
	fu_jw_time(&jw, "at", fu_session_now(s));
	fu_jw_object_end(&jw);
	fu_buf_putc(&line, '\n');
	rc = fu_hook_record(s, "fu-chat", fu_buf_view(&line), err);
	fu_buf_free(&line);
	fu_arena_free(&arena);
	return (rc);
}
