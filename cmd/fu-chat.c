/*
 * fu-chat: one turn of a conversation in, one reply out; a filter, or a chat
 * that one can hold at a terminal.
 */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sig.h"
#include "chat/chat.h"

static const char help[] =
"usage: fu-chat [-nqv] [-c FILE] [-d DB] [-r FILE] [--at TIME]\n"
"       fu-chat [-p VISITOR] [-u URL]                (at a terminal)\n"
"       fu-chat --waiting\n"
"       fu-chat --as-rep PERSON [--by SENDER] TEXT ...\n"
"\n"
"Answer what a visitor says, from the knowledge base.  A turn in, with its reply\n"
"out; when standard input is a terminal each line is a turn:\n"
"  {\"visitor\":\"v1\",\"text\":\"Do you have an API?\"}\n"
"  {\"visitor\":\"v1\",\"event\":\"return\",\"url\":\"https://example.com/\"}\n"
"\n"
"  -p, --visitor VISITOR  who one is at the terminal; -u, --url URL  the page\n"
"  --as-rep PERSON  say TEXT (or each line of standard input) to them, as a rep\n"
"  --by SENDER      which rep; from then on the chat is silent until released\n"
"  --waiting        answer the texts and mails that fu-ingest has recorded\n"
"  -r, --rejects FILE  write rejected records there\n"
"  --at TIME        believe that it is TIME\n"
"  -d, --db FILE    the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -n, --dry-run    answer, and record nothing\n"
"  -t, --table      taken by other programs; here an error\n"
"  -q, -v           say less, say more\n"
"  -h, --help       this text; -V, --version: which fu this is\n"
"\n"
"fu-chat(1) has examples.\n";

enum { OPT_AS_REP = 256, OPT_BY, OPT_WAITING };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "visitor", required_argument, NULL, 'p' },
	{ "url", required_argument, NULL, 'u' },
	{ "as-rep", required_argument, NULL, OPT_AS_REP },
	{ "by", required_argument, NULL, OPT_BY },
	{ "waiting", no_argument, NULL, OPT_WAITING },
	{ NULL, 0, NULL, 0 }
};

struct run {
	struct fu_session	*session;
	struct fu_chat		*chat;
	const char		*visitor, *url;
	bool			 waiting;
};

/* ---- as a filter ---- */

static bool
is_mail(const struct fu_rec *rec)
{
	const char	*channel = fu_rec_text(rec, "channel");

	return (fu_streq(fu_rec_text(rec, "event"), "reply") &&
	    (channel == NULL || strcmp(channel, "email") == 0));
}

/* A text of a rep's or of ours passes, as does what says nothing of a turn; so
 * does mail, unless it answers what the chat sent. */
static bool
is_turn(const struct fu_rec *rec)
{
	const char	*kind = fu_rec_text(rec, "event");
	const char	*from = fu_rec_text(rec, "from");

	if (fu_rec_get(rec, "reply") != NULL ||
	    (from != NULL && strcmp(from, "prospect") != 0))
		return (false);
	if (kind != NULL && strcmp(kind, "return") == 0)
		return (true);
	if (kind != NULL && strcmp(kind, "chat") != 0 &&
	    strcmp(kind, "reply") != 0)
		return (false);
	return (fu_rec_get(rec, "text") != NULL);
}

/* What a record says of a turn; NULL, or why it is none. */
static const char *
turn_of(const struct fu_rec *rec, struct fu_chat_turn *t)
{
	const char	*kind = fu_rec_text(rec, "event");
	const char	*action = fu_rec_text(rec, "action");

	memset(t, 0, sizeof(*t));
	t->visitor = fu_rec_text(rec, "visitor");
	t->channel = fu_rec_text(rec, "channel");
	t->url = fu_rec_text(rec, "url");
	t->link = fu_rec_text(rec, "link");
	t->id = fu_rec_text(rec, "id");
	t->recorded = action != NULL;
	if (t->recorded)
		(void)fu_rec_int(rec, "event_id", &t->event);
	if (fu_streq(t->channel, "chat"))
		t->channel = NULL;
	if (is_mail(rec)) {
		t->channel = "email";
		t->message_id = fu_rec_text(rec, "message_id");
	}
	if (!fu_streq(kind, "return") && (fu_blank(t->text = fu_rec_text(rec,
	    "text"))))
		return ("\"text\" says nothing");
	if (!fu_blank(t->visitor)) {
		t->channel = NULL;
		return (NULL);
	}
	t->visitor = NULL;
	if (!fu_rec_int(rec, "prospect", &t->prospect) || t->prospect <= 0)
		return ("whose turn is it?  \"visitor\" says so, or \"prospect\"");
	if (t->channel != NULL && !is_mail(rec) &&
	    strcmp(t->channel, "sms") != 0 &&
	    strcmp(t->channel, "whatsapp") != 0)
		return ("\"channel\" is sms, whatsapp or chat");
	return (NULL);
}

static bool
same_person(const struct fu_chat_turn *a, const struct fu_chat_turn *b)
{
	return (a->visitor != NULL ? fu_streq(a->visitor, b->visitor) :
	    b->visitor == NULL && a->prospect == b->prospect);
}

static void
put_reply(struct fu_rec *rec, const struct fu_chat_turn *t)
{
	if (t->who != 0)
		fu_rec_set_int(rec, "prospect", t->who);
	if (t->reply != NULL)
		fu_rec_set_str(rec, "reply", t->reply);
	else {
		fu_rec_set_raw(rec, "reply", FU_STR("null"));
		fu_rec_set_str(rec, "silent", t->silent);
	}
	fu_rec_set_raw(rec, "sources", fu_str_of(t->sources == NULL ? "[]" :
	    t->sources));
	/* Of what fu-ingest has recorded, the record has them. */
	if (t->signals != NULL || fu_rec_get(rec, "signals") == NULL)
		fu_rec_set_raw(rec, "signals", fu_str_of(t->signals == NULL ?
		    "[]" : t->signals));
	if (t->extracted != NULL || fu_rec_get(rec, "extracted") == NULL)
		fu_rec_set_raw(rec, "extracted", fu_str_of(
		    t->extracted == NULL ? "{}" : t->extracted));
	if (t->asked != NULL)
		fu_rec_set_str(rec, "asked", t->asked);
	if (t->handoff != NULL)
		fu_rec_set_str(rec, "handoff", t->handoff);
	else
		fu_rec_set_raw(rec, "handoff", FU_STR("null"));
}

/* Turns that can be taken together, then their replies. */
static int
flush(struct run *run, struct fu_batch *batch, struct fu_item **item,
    struct fu_chat_turn *turn, size_t *n, struct fu_err *err)
{
	if (*n > 0 && fu_chat_take(run->chat, turn, *n, &batch->arena, err) ==
	    -1)
		return (-1);
	for (size_t i = 0; i < *n; i++) {
		if (turn[i].reject != NULL)
			fu_item_reject(batch, item[i], turn[i].reject, "%s",
			    turn[i].detail == NULL ? "cannot be recorded" :
			    turn[i].detail);
		else
			put_reply(&item[i]->rec, &turn[i]);
	}
	*n = 0;
	return (0);
}

static int
work(void *ctx, struct fu_batch *batch, struct fu_err *err)
{
	struct run		*run = ctx;
	struct fu_chat_turn	 turn[FU_CHAT_TOGETHER], t;
	struct fu_item		*item[FU_CHAT_TOGETHER];
	const char		*why;
	size_t			 n = 0;
	int			 rc;

	for (size_t i = 0; i < batch->n; i++) {
		struct fu_item	*it = &batch->item[i];
		bool		 again = false;

		if (it->rejected || !is_turn(&it->rec))
			continue;
		rc = !is_mail(&it->rec) ? 1 : fu_chat_continues(run->session,
		    fu_rec_text(&it->rec, "in_reply_to"),
		    fu_rec_text(&it->rec, "references"), &batch->arena, err);
		if (rc == -1)
			return (-1);
		if (rc == 0)
			continue;
		if ((why = turn_of(&it->rec, &t)) != NULL) {
			fu_item_reject(batch, it, "bad_turn", "%s", why);
			continue;
		}
		for (size_t k = 0; k < n; k++)
			again = again || same_person(&turn[k], &t);
		if ((again || n == FU_CHAT_TOGETHER) &&
		    flush(run, batch, item, turn, &n, err) == -1)
			return (-1);
		item[n] = it;
		turn[n++] = t;
	}
	return (flush(run, batch, item, turn, &n, err));
}

/* ---- what came by text and mail ---- */

static int
answer_one(struct run *run, const struct fu_chat_asks *asks,
    struct fu_arena *arena, struct fu_buf *out, struct fu_err *err)
{
	struct fu_chat_turn	 t;
	struct fu_rec		 rec;

	if (fu_rec_parse(&rec, arena, fu_str_of(asks->body), err) == -1)
		return (-1);
	fu_rec_set_int(&rec, "prospect", asks->prospect);
	fu_rec_set_int(&rec, "event_id", asks->event);
	fu_rec_set_str(&rec, "action", "recorded");
	if (turn_of(&rec, &t) != NULL)
		return (0);
	if (fu_chat_take(run->chat, &t, 1, arena, err) == -1)
		return (-1);
	put_reply(&rec, &t);
	fu_rec_write(&rec, out);
	run->session->sink.written++;
	return (0);
}

/* All that nobody has looked at, the longest waiting first. */
static int
answer_waiting(struct run *run, struct fu_err *err)
{
	struct fu_chat_asks	*asks;
	struct fu_arena		 arena;
	struct fu_buf		 out;
	int64_t			 after = 0;
	size_t			 n = 1;
	int			 rc = 0;

	fu_arena_init(&arena);
	fu_buf_init(&out);
	while (rc == 0 && n > 0 && !run->session->sink.lost &&
	    !fu_sig_stopping()) {
		rc = fu_chat_asking(run->session, after, 1, &arena, &asks, &n,
		    err);
		if (rc == 0 && n > 0) {
			after = asks[0].id;
			rc = answer_one(run, &asks[0], &arena, &out, err);
		}
		if (rc == 0)
			rc = fu_sink_write(&run->session->sink, &out, err);
		fu_buf_reset(&out);
		fu_arena_reset(&arena);
	}
	fu_buf_free(&out);
	fu_arena_free(&arena);
	return (rc);
}

/* ---- at a terminal ---- */

/* What a rep has said meanwhile. */
static int
show_waiting(struct run *run, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_chat_word	*word;
	const struct fu_sender	*rep;
	size_t			 n;

	if (fu_chat_waiting(run->session, run->visitor, 0, arena, &word, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		rep = word[i].rep == NULL ? NULL : fu_sender_find(
		    &run->session->config, word[i].rep);
		printf("%s: %s\n", rep != NULL ? rep->name : "(a person)",
		    word[i].text);
	}
	return (n == 0 ? 0 : fu_chat_fetched(run->session, run->visitor,
	    word[n - 1].id, err));
}

static int
say_turn(struct run *run, const char *text, struct fu_err *err)
{
	const char		*name = run->session->config.chat.name;
	struct fu_chat_turn	 t = { .visitor = run->visitor,
		.url = run->url, .text = text };
	struct fu_arena		 arena;
	int			 rc;

	fu_arena_init(&arena);
	rc = fu_chat_take(run->chat, &t, 1, &arena, err);
	if (rc == 0)
		rc = show_waiting(run, &arena, err);
	if (rc == 0 && t.reply != NULL)
		printf("%s: %s\n", name == NULL ? "chat" : name, t.reply);
	else if (rc == 0 && fu_streq(t.silent, "human_owned"))
		printf("(a person has this conversation: fu-handoff --release "
		    "%lld gives it back)\n", (long long)t.who);
	else if (rc == 0 && t.reject != NULL)
		fu_say(run->session->opt, "%s", t.detail == NULL ? t.reject :
		    t.detail);
	if (rc == 0 && t.handoff != NULL)
		fu_note(run->session->opt, "%s: a person was called", t.handoff);
	fflush(stdout);
	fu_arena_free(&arena);
	return (rc);
}

/* A line is a turn, until the end or an interrupt. */
static int
converse(struct run *run, struct fu_err *err)
{
	char	*line = NULL;
	size_t	 cap = 0;
	ssize_t	 len;
	int	 rc;

	fu_note(run->session->opt, "you are visitor %s; Ctrl-D ends it",
	    run->visitor);
	rc = say_turn(run, NULL, err);
	while (rc == 0 && !fu_sig_stopping()) {
		printf("> ");
		fflush(stdout);
		if ((len = getline(&line, &cap, stdin)) == -1)
			break;
		if (len > 0 && line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (!fu_utf8_valid(line, strlen(line)))
			fu_say(run->session->opt, "that is no UTF-8");
		else if (!fu_blank(line))
			rc = say_turn(run, line, err);
	}
	putchar('\n');
	free(line);
	return (rc);
}

/* ---- as a rep ---- */

static int
rep_says(struct run *run, const char *person, const char *by,
    const char *text, struct fu_err *err)
{
	int64_t	 id;

	if (fu_session_find(run->session, person, &id, err) == -1)
		return (-1);
	return (fu_chat_rep(run->session, id, by, text, err));
}

static int
as_rep(struct run *run, const char *person, const char *by, char **word,
    int n, struct fu_err *err)
{
	struct fu_buf	 text;
	char		*line = NULL;
	size_t		 cap = 0;
	ssize_t		 len;
	int		 rc = 0;

	if (n > 0) {
		fu_buf_init(&text);
		for (int i = 0; i < n; i++)
			fu_buf_printf(&text, "%s%s", i > 0 ? " " : "",
			    word[i]);
		fu_buf_putc(&text, '\0');
		rc = rep_says(run, person, by, text.ptr, err);
		fu_buf_free(&text);
		return (rc);
	}
	while (rc == 0 && !fu_sig_stopping() &&
	    (len = getline(&line, &cap, stdin)) != -1) {
		if (len > 0 && line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (!fu_blank(line))
			rc = rep_says(run, person, by, line, err);
	}
	free(line);
	return (rc);
}

/* "ada@laptop": the same visitor each time. */
static const char *
myself(struct fu_arena *arena)
{
	const struct passwd	*pw = getpwuid(getuid());

	return (fu_printf(arena, "terminal-%s", pw == NULL ? "0" :
	    pw->pw_name));
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct run		 run = { .session = &session };
	struct fu_filter	 filter = { .ctx = &run, .work = work };
	const char		*person = NULL, *by = NULL;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-chat", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "p:u:", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (c == 'p')
			run.visitor = optarg;
		if (c == 'u')
			run.url = optarg;
		if (c == OPT_AS_REP)
			person = optarg;
		if (c == OPT_BY)
			by = optarg;
		if (c == OPT_WAITING)
			run.waiting = true;
	}
	argc -= optind;
	argv += optind;
	if (argc > 0 && person == NULL)
		return (fu_opt_usage(&opt, "what is \"%s\"?", argv[0]));
	if (opt.table)
		return (fu_opt_usage(&opt, "-t: a conversation is no table"));

	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | FU_S_WRITE, &err);
	if (rc == 0 && person != NULL)
		return (fu_session_close(&session, as_rep(&run, person, by,
		    argv, argc, &err), &err));
	if (rc == 0 && (run.chat = fu_chat_open(&session, &opt.clock,
	    &err)) == NULL)
		rc = -1;
	if (rc == 0 && run.visitor == NULL)
		run.visitor = myself(&session.arena);
	if (rc == 0 && run.waiting)
		rc = answer_waiting(&run, &err);
	else if (rc == 0 && isatty(STDIN_FILENO))
		rc = converse(&run, &err);
	else if (rc == 0)
		rc = fu_filter_run(&filter, STDIN_FILENO, "stdin",
		    &session.sink, &err);
	fu_chat_close(run.chat);
	return (fu_session_close(&session, rc, &err));
}
