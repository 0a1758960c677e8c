/*
 * Pages that were opened and looked at, and what was done on them; consent to
 * be known again; and who a site says that its user is.
 *
 * Must never store an id of who has neither acted nor agreed [WC-02].
 */
#include <stdio.h>
#include <string.h>

#include "content/token.h"
#include "web/serve.h"

#define ID_MAX		64
#define FIELDS_MAX	40
#define FIELD_MAX	2000
#define WORDING_MAX	2000

/* ---- visits ---- */

static const char *const verdicts[] = { "hit", "visit", "unseen",
	"prerendered", NULL };

static const char *
verdict_of(const char *text)
{
	for (size_t i = 0; verdicts[i] != NULL; i++)
		if (fu_streq(verdicts[i], text))
			return (verdicts[i]);
	return (NULL);
}

/* "download", "form", or a kind of the site's own; never one that decides. */
static bool
kind_ok(const char *kind)
{
	size_t	 n = strspn(kind, "abcdefghijklmnopqrstuvwxyz0123456789_");

	if (kind[n] != '\0' || n == 0 || n > 40 || kind[0] < 'a')
		return (false);
	return (strcmp(kind, "download") == 0 || strcmp(kind, "form") == 0 ||
	    (fu_kind_find(kind) == FU_K_CUSTOM && strcmp(kind, "hit") != 0));
}

static struct fu_jw
begin(struct fu_buf *buf, const char *kind)
{
	struct fu_jw	 jw;

	fu_buf_init(buf);
	fu_jw_init(&jw, buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", kind);
	return (jw);
}

static int
put(struct fu_desk *d, struct fu_web_req *r, struct fu_jw *jw,
    struct fu_buf *buf, struct fu_err *err)
{
	const char	*line;

	fu_jw_time(jw, "at", fu_session_now(d->session));
	fu_jw_object_end(jw);
	line = fu_dup_buf(r->arena, buf);
	fu_buf_free(buf);
	return (fu_desk_event(d, r, line, err));
}

/* What they filled in, as it was typed: nobody has shown that it is theirs. */
static void
put_fields(struct fu_web_req *r, const struct fu_object *o, struct fu_jw *jw)
{
	const struct fu_json	*v = fu_json_get(o, "fields");
	struct fu_object	 f;

	if (v == NULL || v->type != FU_JSON_OBJECT)
		return;
	fu_json_members(r->arena, v, &f);
	fu_jw_object(jw, "fields");
	for (size_t i = 0; i < f.n && i < FIELDS_MAX; i++) {
		const char	*text = fu_json_text(r->arena,
		    &f.member[i].value);

		if (text != NULL && strlen(text) <= FIELD_MAX &&
		    f.member[i].key.len <= ID_MAX)
			fu_jw_str(jw, fu_dup_str(r->arena, f.member[i].key),
			    text);
	}
	fu_jw_object_end(jw);
}

static void
put_id(struct fu_web_req *r, const struct fu_object *o, const char *what,
    struct fu_jw *jw)
{
	const char	*id = fu_body_text(r, o, "id", ID_MAX);

	if (id != NULL)
		fu_jw_str(jw, "id", fu_printf(r->arena, "%s:%s:%s", what,
		    r->visitor, id));
}

static int
put_visit(struct fu_desk *d, struct fu_web_req *r, const struct fu_object *o,
    const char *kind, const char *url, struct fu_err *err)
{
	const char	*document = fu_body_text(r, o, "document", FIELD_MAX);
	const char	*name = fu_body_text(r, o, "name", ID_MAX);
	struct fu_buf	 buf;
	struct fu_jw	 jw = begin(&buf, kind);

	fu_jw_str(&jw, "visitor", r->visitor);
	fu_jw_str(&jw, "url", url);
	if (strcmp(kind, "download") == 0)
		fu_jw_str(&jw, "document", document != NULL ? document : url);
	if (name != NULL)
		fu_jw_str(&jw, "form", name);
	put_fields(r, o, &jw);
	put_id(r, o, kind, &jw);
	return (put(d, r, &jw, &buf, err));
}

/* A signed link of a message that brought somebody here, and a person it was:
 * a click of whom the message went to.  Who clicked may be another, to whom it
 * was forwarded, so it makes nobody that person.  -1, 0: none, 1. */
static int
put_click(struct fu_desk *d, struct fu_web_req *r, const struct fu_object *o,
    const char *url, struct fu_err *err)
{
	const char	*text = fu_body_text(r, o, "link", FU_TOKEN_LEN);
	const char	*id = fu_body_text(r, o, "id", ID_MAX);
	struct fu_token	 token;
	struct fu_buf	 buf;
	struct fu_jw	 jw;

	if (text == NULL || !fu_token_check(&d->session->keys,
	    fu_str_of(text), FU_TOKEN_CHAT, &token))
		return (0);
	r->linked = token.prospect;
	jw = begin(&buf, "click");
	fu_jw_int(&jw, "prospect", token.prospect);
	if (token.touch != 0)
		fu_jw_int(&jw, "touch", token.touch);
	if (url != NULL)
		fu_jw_str(&jw, "url", url);
	fu_jw_str(&jw, "verdict", "human");
	if (id != NULL)
		fu_jw_str(&jw, "id", fu_printf(r->arena, "click:%lld:%lld:%s",
		    (long long)token.prospect, (long long)token.touch, id));
	return (put(d, r, &jw, &buf, err));
}

int
fu_serve_visit(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	struct fu_object	 o;
	const char		*url, *kind;
	uint64_t		 key;

	if (!fu_body_object(r, &o))
		return (0);
	kind = fu_body_text(r, &o, "event", ID_MAX);
	r->verdict = verdict_of(fu_body_text(r, &o, "verdict", ID_MAX));
	if ((url = fu_body_url(r, &o)) == NULL || (kind == NULL &&
	    r->verdict == NULL) || (kind != NULL && !kind_ok(kind))) {
		fu_answer_error(r, 400, "bad_visit");
		return (0);
	}
	if (kind != NULL) {
		/* Who downloads or fills in a form has acted. */
		if (r->gpc && !r->kept)
			return (0);
		if (fu_body_visitor(r, err) == -1)
			return (-1);
		return (put_visit(d, r, &o, kind, url, err) == -1 ? -1 : 0);
	}
	if (r->verdict == verdicts[0])
		d->web->count.hits++;
	if (r->verdict == verdicts[1]) {
		d->web->count.visits++;
		if (put_click(d, r, &o, url, err) == -1)
			return (-1);
	}
	if (r->answered || *r->visitor == '\0' || r->gpc || !r->kept)
		return (0);
	if (r->verdict != verdicts[1])
		return (put_visit(d, r, &o, r->verdict, url, err) == -1 ? -1 :
		    0);
	key = fu_hash_cstr(url, fu_hash_cstr(r->visitor, 2));
	if (fu_rate_again(d->seen, key, FU_WEB_AGAIN_US,
	    fu_clock_monotonic_us()))
		return (0);
	return (put_visit(d, r, &o, "visit", url, err) == -1 ? -1 : 0);
}

static void
begin_answer(struct fu_web_req *r, struct fu_jw *jw)
{
	fu_buf_reset(&r->out);
	fu_jw_init(jw, &r->out);
	fu_jw_object(jw, NULL);
}

static int
end_answer(struct fu_web_req *r, struct fu_jw *jw)
{
	fu_jw_object_end(jw);
	fu_buf_putc(&r->out, '\n');
	fu_answer(r, 200);
	return (0);
}

int
fu_serve_visit_done(struct fu_desk *d, struct fu_web_req *r,
    struct fu_err *err)
{
	struct fu_jw	 jw;

	(void)d;
	(void)err;
	begin_answer(r, &jw);
	fu_jw_bool(&jw, "stored", r->nrow > 0);
	if (r->fresh)
		fu_body_token(r, &jw, false);
	return (end_answer(r, &jw));
}

/* ---- consent to be known again ---- */

int
fu_serve_consent(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	const char		*wording, *url;
	struct fu_object	 o;
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	bool			 granted;

	if (!fu_body_object(r, &o))
		return (0);
	if (!fu_json_bool(fu_json_get(&o, "granted"), &granted)) {
		fu_answer_error(r, 400, "bad_consent");
		return (0);
	}
	wording = fu_body_text(r, &o, "wording", WORDING_MAX);
	url = fu_body_url(r, &o);
	/* A browser that asks not to be followed has answered already. */
	r->kept = granted && !r->gpc;
	r->verdict = r->kept ? "granted" : "refused";
	if (!r->kept && *r->visitor == '\0')
		return (0);
	if (fu_body_visitor(r, err) == -1)
		return (-1);
	r->kept = granted && !r->gpc;
	jw = begin(&buf, "consent");
	fu_jw_str(&jw, "visitor", r->visitor);
	fu_jw_str(&jw, "channel", "cookie");
	fu_jw_str(&jw, "status", r->kept ? "granted" : "revoked");
	fu_jw_str(&jw, "method", "web_form");
	fu_jw_str(&jw, "purpose", "recognition");
	fu_jw_str(&jw, "seller", d->session->config.company.name);
	if (wording != NULL)
		fu_jw_str(&jw, "wording", wording);
	if (url != NULL)
		fu_jw_str(&jw, "page", url);
	return (put(d, r, &jw, &buf, err) == -1 ? -1 : 0);
}

int
fu_serve_consent_done(struct fu_desk *d, struct fu_web_req *r,
    struct fu_err *err)
{
	struct fu_jw	 jw;

	(void)d;
	(void)err;
	begin_answer(r, &jw);
	fu_jw_bool(&jw, "granted", r->kept);
	if (*r->visitor != '\0')
		fu_body_token(r, &jw, r->kept);
	return (end_answer(r, &jw));
}

/* ---- who the site says that it is ---- */

int
fu_serve_identify(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	const struct fu_secret	*secret = &d->session->config.web.identify;
	const char		*email, *mac, *key;
	struct fu_object	 o;
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	uint8_t			 want[32];
	char			 hex[65], *low;

	if (!fu_body_object(r, &o))
		return (0);
	email = fu_body_text(r, &o, "email", 320);
	mac = fu_body_text(r, &o, "hmac", 64);
	if (secret->spec == NULL || (key = fu_secret_get(secret, r->arena,
	    err)) == NULL) {
		fu_answer_error(r, 404, "no_identify");
		return (0);
	}
	low = fu_dup(r->arena, email == NULL ? "" : email);
	for (char *p = low; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	fu_hmac_sha256(fu_str_of(key), low, strlen(low), want);
	fu_hex(want, sizeof(want), hex);
	if (email == NULL || mac == NULL || strlen(mac) != 64 ||
	    !fu_same_ct(hex, mac, 64)) {
		fu_answer_error(r, 403, "bad_hmac");
		r->web->count.refused++;
		return (0);
	}
	if (fu_body_visitor(r, err) == -1)
		return (-1);
	jw = begin(&buf, "form");
	fu_jw_str(&jw, "form", "identify");
	fu_jw_str(&jw, "email", email);
	fu_jw_str(&jw, "visitor", r->visitor);
	fu_jw_str(&jw, "id", fu_printf(r->arena, "identify:%s:%s", r->visitor,
	    low));
	return (put(d, r, &jw, &buf, err) == -1 ? -1 : 0);
}

int
fu_serve_identify_done(struct fu_desk *d, struct fu_web_req *r,
    struct fu_err *err)
{
	struct fu_jw	 jw;

	(void)d;
	(void)err;
	begin_answer(r, &jw);
	fu_jw_bool(&jw, "known", true);
	fu_body_token(r, &jw, r->kept);
	return (end_answer(r, &jw));
}
