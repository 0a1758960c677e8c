/*
 * Links of messages: the way out, and the way to what a message spoke of.
 *
 * A GET changes nothing [EM-02]: scanners open every link of a mail.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/click.h"
#include "flow/confirm.h"
#include "flow/unsubscribe.h"
#include "web/serve.h"

#define PARTS_MAX	20

/* ---- /u/TOKEN ---- */

static void
strange_link(struct fu_web_req *r)
{
	fu_web_page_begin(&r->out, "This link is not complete",
	    r->web->session->config.company.name);
	fu_buf_puts(&r->out, "<p>It may have been cut where a line ends. Open "
	    "the whole link of the message, or answer the message with the "
	    "word \u201cunsubscribe\u201d.</p>\n");
	fu_web_page_end(&r->out);
	fu_html_answer(r, 404, false);
}

static void
choices(struct fu_web_req *r)
{
	fu_web_page_begin(&r->out, "No more messages?",
	    r->web->session->config.company.name);
	fu_buf_printf(&r->out, "<form method=\"post\" action=\"/u/%s\">"
	    "<p>One press, and it is done at once.</p>"
	    "<p><button class=\"main\" name=\"unsubscribe\" value=\"mail\">No "
	    "more mail</button></p>"
	    "<p><button name=\"unsubscribe\" value=\"all\">Nothing at all, on "
	    "any channel</button></p></form>\n", r->tail);
	fu_web_page_end(&r->out);
	fu_html_answer(r, 200, false);
}

static void
done(struct fu_web_req *r, enum fu_unsubscribe what)
{
	if (what == FU_UNSUB_ONE_CLICK) {
		fu_answer_text(r, 200, "done\n");
		return;
	}
	fu_web_page_begin(&r->out, "Done", r->web->session->config.company.name);
	fu_buf_puts(&r->out, what == FU_UNSUB_ALL ?
	    "<p>You will hear nothing from us any more, on any channel.</p>\n" :
	    "<p>You will get no more mail from us.</p>\n");
	if (what == FU_UNSUB_MAIL)
		fu_buf_printf(&r->out, "<form method=\"post\" action=\"/u/%s\">"
		    "<p><button name=\"unsubscribe\" value=\"all\">Nothing at "
		    "all, on any channel</button></p></form>\n", r->tail);
	fu_web_page_end(&r->out);
	fu_html_answer(r, 200, false);
}

/* multipart/form-data [RFC 7578], which mail programs may send [RFC 8058]. */
static bool
multipart_asks(struct fu_str body, const char *boundary,
    enum fu_unsubscribe *what, struct fu_arena *arena)
{
	const char	*mark = fu_printf(arena, "--%s", boundary), *p, *end;
	size_t		 len = strlen(mark);

	p = memmem(body.ptr, body.len, mark, len);
	for (int i = 0; p != NULL && i < PARTS_MAX; i++, p = end) {
		const char	*from = p + len, *head, *name;
		size_t		 rest = (size_t)(body.ptr + body.len - from);
		struct fu_str	 value;

		end = memmem(from, rest, mark, len);
		if (end == NULL)
			break;
		rest = (size_t)(end - from);
		head = memmem(from, rest, "\r\n\r\n", 4);
		name = memmem(from, rest, "name=\"", 6);
		if (head == NULL || name == NULL || name > head)
			continue;
		name += 6;
		value = fu_str_trim((struct fu_str){ head + 4, (size_t)(end -
		    head - 4) });
		if (fu_unsubscribe_of(fu_dup_str(arena, (struct fu_str){ name,
		    strcspn(name, "\"\r") }), fu_dup_str(arena, value), what))
			return (true);
	}
	return (false);
}

static bool
asks(struct fu_web_req *r, enum fu_unsubscribe *what)
{
	struct fu_hook_request	 q = { .header = { r->header, r->nheader } };
	struct fu_str		 type = fu_hook_header(&q, "Content-Type");
	struct fu_hook_pairs	 pairs;
	struct fu_err		 err;
	const char		*b;

	if (r->form) {
		if (fu_hook_form(fu_buf_view(&r->body), r->arena, &pairs,
		    &err) == -1)
			return (false);
		for (size_t i = 0; i < pairs.n; i++) {
			const char	*v = fu_hook_text(pairs.pair[i].value,
			    r->arena);

			if (v != NULL && fu_unsubscribe_of(fu_dup_str(r->arena,
			    pairs.pair[i].name), v, what))
				return (true);
		}
		return (false);
	}
	if (type.ptr == NULL || !fu_str_starts(type, "multipart/form-data"))
		return (false);
	b = strstr(fu_dup_str(r->arena, type), "boundary=");
	if (b == NULL)
		return (false);
	b += strlen("boundary=");
	b += *b == '"';
	b = fu_dup_str(r->arena, (struct fu_str){ b, strcspn(b, "\"; ") });
	return (*b != '\0' && strlen(b) <= 70 && r->body.len > 0 &&
	    multipart_asks(fu_buf_view(&r->body), b, what, r->arena));
}

int
fu_serve_unsubscribe(struct fu_desk *d, struct fu_web_req *r,
    struct fu_err *err)
{
	enum fu_unsubscribe	 what = FU_UNSUB_LOOK;
	struct fu_token		 token;
	int			 rc;

	/* A slash behind it is a mail program's, and no part of it. */
	r->tail[strcspn(r->tail, "/")] = '\0';
	if (strcmp(r->method, "POST") == 0 && !asks(r, &what)) {
		fu_answer_error(r, 400, "bad_form");
		return (0);
	}
	rc = fu_unsubscribe(&d->in, r->tail, what, err);
	if (rc == -1)
		return (-1);
	if (rc == 0)
		strange_link(r);
	else if (what == FU_UNSUB_LOOK)
		choices(r);
	else {
		if (fu_token_check(&d->session->keys, fu_str_of(r->tail),
		    FU_TOKEN_UNSUBSCRIBE, &token))
			fu_react_add(d->react, token.prospect,
			    fu_clock_monotonic_us());
		d->web->count.events++;
		done(r, what);
	}
	return (0);
}

/* ---- /c/TOKEN.MAC?to=URL ---- */

/* The token goes behind '#': no server is sent that, nor any log. */
static char *
landing(struct fu_desk *d, const struct fu_token *click, const char *url,
    struct fu_arena *arena)
{
	struct fu_token	 token = { .purpose = FU_TOKEN_CHAT,
		.touch = click->touch, .prospect = click->prospect };
	const char	*mark = strchr(url, '#');
	char		 text[FU_TOKEN_LEN];

	fu_token_make(&d->session->keys, &token, text);
	if (mark == NULL)
		return (strdup(fu_printf(arena, "%s#fu=%s", url, text)));
	return (strdup(fu_printf(arena, "%.*s#fu=%s&%s", (int)(mark - url),
	    url, text, mark + 1)));
}

int
fu_serve_click(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	struct fu_token	 token;
	const char	*url, *line;
	struct fu_buf	 buf;
	struct fu_jw	 jw;

	url = fu_click_check(&d->session->keys, r->tail, r->query, &token,
	    r->arena);
	if (url == NULL) {
		strange_link(r);
		return (0);
	}
	r->location = landing(d, &token, url, r->arena);
	if (r->head)
		return (0);
	/* That it was opened is on record; whether by a person, the page
	 * there finds out. */
	r->verdict = "opened";
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", "link_opened");
	fu_jw_int(&jw, "prospect", token.prospect);
	if (token.touch != 0)
		fu_jw_int(&jw, "touch", token.touch);
	fu_jw_str(&jw, "url", url);
	fu_jw_time(&jw, "at", fu_session_now(d->session));
	fu_jw_object_end(&jw);
	line = fu_dup_buf(r->arena, &buf);
	fu_buf_free(&buf);
	if (fu_desk_event(d, r, line, err) == -1)
		return (-1);
	/* It leads there whether we could note it or not. */
	r->answered = false;
	r->nrow = 0;
	return (0);
}

int
fu_serve_click_done(struct fu_desk *d, struct fu_web_req *r,
    struct fu_err *err)
{
	(void)d;
	(void)err;
	fu_buf_reset(&r->out);
	fu_answer(r, 302);
	r->type = "text/plain";
	return (0);
}

/* ---- /confirm/TOKEN ---- */

/*
 * The link of a mail that asks whether an address is theirs.  Only the browser
 * that typed it can say so, and its id lives on the site's own pages: a GET
 * leads there, the widget posts what it finds behind '#'.
 */
int
fu_serve_confirm(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	const char	*site = d->session->config.company.site;
	enum fu_confirm	 what;
	int64_t		 who;
	struct fu_jw	 jw;

	r->tail[strspn(r->tail, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")] = '\0';
	if (strcmp(r->method, "POST") != 0) {
		if (fu_blank(site) || *r->tail == '\0') {
			strange_link(r);
			return (0);
		}
		r->location = strdup(fu_printf(r->arena, "%.*s#fuc=%s",
		    (int)strcspn(site, "#"), site, r->tail));
		r->type = "text/plain";
		fu_answer(r, 302);
		return (0);
	}
	if (fu_confirm(&d->in, r->tail, *r->visitor == '\0' ? NULL :
	    r->visitor, &what, &who, err) == -1)
		return (-1);
	if (what == FU_CONFIRM_JOINED) {
		fu_react_add(d->react, who, fu_clock_monotonic_us());
		d->web->count.events++;
	}
	/* To who is not that visitor, all else is one answer. */
	fu_jw_init(&jw, &r->out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "confirmed", what == FU_CONFIRM_JOINED ||
	    what == FU_CONFIRM_USED ? "yes" : "no");
	fu_jw_object_end(&jw);
	fu_buf_putc(&r->out, '\n');
	fu_answer(r, 200);
	return (0);
}
