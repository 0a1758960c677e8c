/*
 * A rep's page: what is open, with its package and what was said; accepting,
 * answering and releasing.  A GET shows, a POST does, in the name of whose
 * link it is.
 *
 * Must never work without that link, nor say to whom else one belongs.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/handoff.h"
#include "flow/rep_link.h"
#include "flow/send_text.h"
#include "store/events.h"
#include "store/handoffs.h"
#include "web/serve.h"

#define TEXT_MAX	4000
#define TALK_MAX	30
/* A link of an alert opens the page so long after its hand-off is over. */
#define OVER_US		(14 * FU_DAY)

struct show {
	struct fu_desk		*desk;
	struct fu_web_req	*r;
	const struct fu_sender	*rep;
	int64_t			 first;	/* the link's own hand-off */
	const char		*said;	/* what came of a post, or NULL */
	size_t			 n;
	bool			 own;	/* this round: theirs */
};

static void
put(struct fu_buf *out, const char *before, const char *text,
    const char *after)
{
	if (fu_blank(text))
		return;
	fu_buf_puts(out, before);
	fu_buf_html(out, text);
	fu_buf_puts(out, after);
}

/* ---- what was said ---- */

static int
put_talk(struct show *sh, int64_t prospect, struct fu_err *err)
{
	static const char *const who[] = { "they", "they", "assistant", "rep" };
	struct fu_buf	*out = &sh->r->out;
	struct fu_event	*e;
	size_t		 n, from = 0, lines = 0;

	if (fu_events_load(&sh->desk->session->store, prospect, sh->r->arena,
	    &e, &n, err) == -1)
		return (-1);
	fu_buf_printf(out, "<ol class=\"talk\" id=\"talk-%lld\" "
	    "aria-live=\"polite\">", (long long)prospect);
	for (from = n; from > 0 && lines < TALK_MAX; from--)
		lines += e[from - 1].text != NULL;
	for (size_t i = from; i < n; i++) {
		enum fu_from	 f = e[i].from;

		if (e[i].text == NULL || (e[i].kind != FU_K_CHAT &&
		    e[i].kind != FU_K_REPLY && e[i].kind != FU_K_MESSAGE))
			continue;
		if (e[i].kind == FU_K_REPLY)
			f = FU_FROM_PROSPECT;
		fu_buf_printf(out, "<li class=\"%s\"><b>%s</b> <time>", who[f],
		    who[f]);
		fu_buf_html(out, fu_words_moment(e[i].at_us,
		    sh->desk->session->config.company.zone, sh->r->arena));
		fu_buf_puts(out, "</time>");
		put(out, " <span class=\"by\">", e[i].kind == FU_K_CHAT ?
		    NULL : e[i].channel, "</span>");
		fu_buf_puts(out, "<p>");
		fu_buf_html(out, e[i].text);
		fu_buf_puts(out, "</p></li>");
	}
	fu_buf_puts(out, "</ol>\n");
	return (0);
}

/* ---- a hand-off ---- */

static void
button(struct show *sh, int64_t handoff, const char *verb, const char *label,
    bool main)
{
	fu_buf_printf(&sh->r->out, "<form method=\"post\" action=\"/rep/%s\">"
	    "<input type=\"hidden\" name=\"handoff\" value=\"%lld\">"
	    "<button%s name=\"do\" value=\"%s\">%s</button></form>",
	    sh->r->tail, (long long)handoff, main ? " class=\"main\"" : "",
	    verb, label);
}

static void
put_verbs(struct show *sh, const struct fu_handoff_row *row)
{
	fu_buf_puts(&sh->r->out, "<div class=\"verbs\">");
	if (row->accepted_by == NULL) {
		button(sh, row->handoff, "accept", "Accept", true);
		button(sh, row->handoff, "decline", "Decline", false);
	} else
		button(sh, row->handoff, "release", "Release", false);
	fu_buf_puts(&sh->r->out, "</div>\n");
}

/* Who has it answers, below what was said. */
static void
put_answer(struct show *sh, const struct fu_handoff_row *row)
{
	if (!fu_streq(row->accepted_by, sh->rep->key))
		return;
	fu_buf_printf(&sh->r->out, "<form class=\"say\" method=\"post\" "
	    "action=\"/rep/%s\"><input type=\"hidden\" name=\"handoff\" "
	    "value=\"%lld\"><label for=\"say-%lld\">Your answer</label>"
	    "<textarea id=\"say-%lld\" name=\"text\" rows=\"3\" maxlength=\"%d\""
	    " required></textarea><button class=\"main\" name=\"do\" "
	    "value=\"say\">Send</button></form>\n", sh->r->tail,
	    (long long)row->handoff, (long long)row->handoff,
	    (long long)row->handoff, TEXT_MAX);
}

static void
put_list(struct fu_buf *out, const char *title, const struct fu_rec *rec,
    const char *key, const char *member, struct fu_arena *arena)
{
	const struct fu_json	*list = fu_rec_get(rec, key);
	struct fu_json		*item;
	struct fu_object	 o;
	size_t			 n = 0;
	const char		*text;

	if (list == NULL || list->type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(arena, list, &n);
	for (size_t i = 0; i < n; i++) {
		text = fu_json_text(arena, &item[i]);
		if (item[i].type == FU_JSON_OBJECT) {
			fu_json_members(arena, &item[i], &o);
			text = fu_json_scalar_text(arena, fu_json_get(&o,
			    member));
		}
		if (fu_blank(text))
			continue;
		if (title != NULL) {
			put(out, "<h3>", title, "</h3><ul>");
			title = NULL;
		}
		put(out, "<li>", text, "</li>");
	}
	if (title == NULL && n > 0)
		fu_buf_puts(out, "</ul>\n");
}

static void
put_package(struct show *sh, const struct fu_rec *rec)
{
	const struct fu_json	*summary = fu_rec_get(rec, "summary");
	struct fu_arena		*arena = sh->r->arena;
	struct fu_buf		*out = &sh->r->out;
	struct fu_object	 o;
	const char		*text;

	if (summary != NULL && summary->type == FU_JSON_OBJECT) {
		fu_json_members(arena, summary, &o);
		text = fu_json_text(arena, fu_json_get(&o, "text"));
		put(out, "<p class=\"summary\">", text, "</p>\n");
	}
	fu_buf_puts(out, "<details><summary>Package</summary>");
	put(out, "<p>", fu_rec_text(rec, "action"), "</p>\n");
	put_list(out, "Evidence", rec, "evidence", "text", arena);
	put_list(out, "Score", rec, "factors", "why", arena);
	fu_buf_puts(out, "</details>\n");
}

static const char *
named(struct show *sh, const char *key)
{
	const struct fu_sender	*s = fu_sender_find(
	    &sh->desk->session->config, key);

	return (s != NULL ? s->name : key);
}

static int
put_handoff(void *ctx, const struct fu_handoff_row *row, struct fu_err *err)
{
	struct show	*sh = ctx;
	struct fu_buf	*out = &sh->r->out;
	struct fu_rec	 rec;
	const char	*holder = row->accepted_by != NULL ? row->accepted_by :
	    row->owner;
	bool		 own = fu_streq(holder, sh->rep->key) ||
	    row->handoff == sh->first;

	if (own != sh->own)
		return (0);
	if (fu_rec_parse(&rec, sh->r->arena, row->record, err) == -1)
		return (-1);
	sh->n++;
	fu_buf_printf(out, "<article id=\"h%lld\"><h2>",
	    (long long)row->handoff);
	fu_buf_html(out, row->name != NULL ? row->name : row->email != NULL ?
	    row->email : "A visitor");
	put(out, ", ", fu_rec_text(&rec, "company"), "");
	fu_buf_puts(out, "</h2><p class=\"state\"><span class=\"badge\">");
	fu_buf_html(out, row->state);
	fu_buf_puts(out, "</span> ");
	fu_buf_html(out, row->trigger);
	put(out, " · score ", fu_rec_text(&rec, "score"), "");
	if (row->accepted_by == NULL)
		put(out, " · answer by ", row->respond_by, "");
	put(out, row->accepted_by != NULL ? " · with " : " · for ", named(sh, holder), "");
	fu_buf_puts(out, "</p>\n");
	put_verbs(sh, row);
	put_package(sh, &rec);
	if (put_talk(sh, row->prospect, err) == -1)
		return (-1);
	put_answer(sh, row);
	fu_buf_puts(out, "</article>\n");
	return (0);
}

static int
show(struct show *sh, struct fu_err *err)
{
	struct fu_buf	*out = &sh->r->out;

	fu_web_page_begin(out, "Hand-offs", sh->rep->name);
	put(out, "<p class=\"said\" role=\"status\">", sh->said, "</p>\n");
	fu_buf_puts(out, "<div id=\"live\">\n");
	for (int i = 0; i < 2; i++) {
		sh->own = i == 0;
		if (fu_handoff_list(sh->desk->session, NULL, put_handoff, sh,
		    err) == -1)
			return (-1);
	}
	if (sh->n == 0)
		fu_buf_puts(out, "<p>Nothing is open.</p>\n");
	fu_buf_puts(out, "</div><script src=\"/rep.js\" defer></script>\n");
	fu_web_page_end(out);
	fu_html_answer(sh->r, 200, true);
	return (0);
}

/* ---- what is posted ---- */

static int
verb(struct show *sh, enum fu_rep_verb what, int64_t id, const char *said,
    struct fu_err *err)
{
	struct fu_session	*s = sh->desk->session;
	struct fu_handoff	 h;
	int			 rc;

	if (fu_session_begin(s, err) == -1)
		return (-1);
	rc = fu_handoff_verb(s, what, 0, id, sh->rep->key, fu_session_now(s),
	    err);
	if (rc == 1 && fu_session_commit(s, err) == -1)
		return (-1);
	if (rc != 1)
		fu_session_rollback(s);
	sh->said = rc == 1 ? said : "That hand-off is not open any more, or "
	    "somebody else has it.";
	if (rc == 1 && fu_handoff_load(&s->store, id, sh->r->arena, &h, err) ==
	    1)
		fu_react_add(sh->desk->react, h.prospect,
		    fu_clock_monotonic_us());
	return (rc == -1 ? -1 : 0);
}

static int
say(struct show *sh, int64_t id, struct fu_err *err)
{
	const char		*text = fu_form_text(sh->r, "text", TEXT_MAX);
	struct fu_handoff	 h;
	int			 rc;

	rc = fu_handoff_load(&sh->desk->session->store, id, sh->r->arena, &h,
	    err);
	if (rc == -1)
		return (-1);
	if (rc == 0 || !fu_streq(h.accepted_by, sh->rep->key) ||
	    !fu_handoff_is_open(&h)) {
		sh->said = "Accept it first: then the conversation is yours.";
		return (0);
	}
	if (fu_blank(text))
		return (0);
	if (fu_chat_rep(sh->desk->session, h.prospect, sh->rep->key, text,
	    err) == -1)
		return (-1);
	sh->desk->spoke = true;
	sh->said = "Said.";
	fu_react_add(sh->desk->react, h.prospect, fu_clock_monotonic_us());
	return (0);
}

static int
post(struct show *sh, struct fu_err *err)
{
	const char	*what = fu_form_text(sh->r, "do", 20);
	const char	*which = fu_form_text(sh->r, "handoff", 20);
	int64_t		 id = which == NULL ? 0 : strtoll(which, NULL, 10);

	fu_child_wake(sh->desk->web);
	if (id > 0 && fu_streq(what, "accept"))
		return (verb(sh, FU_REP_ACCEPT, id, "Accepted: it is yours "
		    "until you release it.", err));
	if (id > 0 && fu_streq(what, "decline"))
		return (verb(sh, FU_REP_DECLINE, id, "Declined: the cadence "
		    "goes on.", err));
	if (id > 0 && fu_streq(what, "release"))
		return (verb(sh, FU_REP_RELEASE, id, "Released: automation "
		    "goes on.", err));
	if (id > 0 && fu_streq(what, "say"))
		return (say(sh, id, err));
	sh->said = "Nothing was done: the form was not complete.";
	return (0);
}

/* Is the link's own hand-off over for long? */
static int
is_over(struct show *sh, bool *over, struct fu_err *err)
{
	struct fu_session	*s = sh->desk->session;
	struct fu_handoff	 h;
	int			 rc;

	rc = fu_handoff_load(&s->store, sh->first, sh->r->arena, &h, err);
	*over = rc == 0 || (rc == 1 && !fu_handoff_is_open(&h) &&
	    h.closed_us != FU_NEVER && fu_session_now(s) - h.closed_us >
	    OVER_US);
	return (rc == -1 ? -1 : 0);
}

int
fu_serve_rep(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	struct show	 sh = { .desk = d, .r = r };
	bool		 over;

	sh.rep = fu_rep_of(&d->session->config, &d->session->keys,
	    fu_str_of(r->tail), &sh.first);
	if (sh.rep == NULL)
		return (fu_serve_rep_bare(d, r, err));
	if (is_over(&sh, &over, err) == -1)
		return (-1);
	if (over)
		return (fu_serve_rep_bare(d, r, err));
	if (strcmp(r->method, "POST") == 0 && post(&sh, err) == -1)
		return (-1);
	return (show(&sh, err));
}
