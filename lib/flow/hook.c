/*
 * Which secret a service's request is asked by, and what it is answered.
 *
 * Must never read a body before its signature, nor say which part of one was
 * wrong.
 */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "flow/hook.h"
#include "flow/ingest_read.h"

static const char *const names[FU_HOOK_SERVICE_N] = { "twilio", "whatsapp",
	"booking", "json" };

const char *
fu_hook_service_name(enum fu_hook_service service)
{
	return (names[service]);
}

int
fu_hook_service_find(struct fu_str name)
{
	for (int i = 0; i < FU_HOOK_SERVICE_N; i++)
		if (fu_str_is(name, names[i]))
			return (i);
	return (-1);
}

/* One request being taken. */
struct take {
	struct fu_session		*session;
	enum fu_hook_service		 service;
	const struct fu_hook_request	*request;
	const char			*url;
	struct fu_arena			*arena;
	struct fu_hook_in		 in;
	struct fu_hook_answer		*answer;
};

static int
refuse(struct take *t, int status, const char *body)
{
	*t->answer = (struct fu_hook_answer){ status, "text/plain", body };
	return (0);
}

static const struct fu_transport *
transport(const struct take *t)
{
	return (&t->session->config.channel[t->service == FU_HOOK_TWILIO ?
	    FU_CH_SMS : FU_CH_WHATSAPP]);
}

/* Whose secret, and what it is called in fu.yaml. */
static const struct fu_secret *
secret_of(const struct take *t, const char **key)
{
	const struct fu_config	*config = &t->session->config;

	switch (t->service) {
	case FU_HOOK_TWILIO:
		*key = "channels.sms.token";
		return (&transport(t)->token);
	case FU_HOOK_WHATSAPP:
		*key = "channels.whatsapp.app_secret";
		return (&transport(t)->app_secret);
	case FU_HOOK_BOOKING:
		*key = "booking.secret";
		return (&config->booking_secret);
	default:
		*key = "hook.secret";
		return (&config->hook_secret);
	}
}

static const char *
look_up(struct take *t, const struct fu_secret *secret, const char *key,
    struct fu_err *err)
{
	(void)refuse(t, 500, "not configured\n");
	if (secret->spec != NULL)
		return (fu_secret_get(secret, t->arena, err));
	fu_err_set(err, FU_ECONFIG, "%s: no %s, so a request of %s cannot be "
	    "told from anybody's: write it, as env:NAME",
	    t->session->config.file, key, names[t->service]);
	return (NULL);
}

/* The url that Twilio called, with the query that it called it with. */
static struct fu_str
public_url(const struct take *t)
{
	const struct fu_hook_request	*r = t->request;
	const char			*base = t->url;
	struct fu_str			 host = fu_hook_header(r, "Host");
	size_t				 len;

	if (base == NULL)
		base = transport(t)->webhook;
	if (base == NULL)
		base = fu_printf(t->arena, "https://%.*s%.*s",
		    (int)host.len, host.ptr != NULL ? host.ptr : "",
		    (int)r->path.len, r->path.ptr != NULL ? r->path.ptr : "");
	len = r->query.ptr != NULL ? strcspn(base, "?") : strlen(base);
	return (fu_str_of(fu_printf(t->arena, "%.*s%s%.*s", (int)len, base,
	    r->query.ptr != NULL ? "?" : "", (int)r->query.len,
	    r->query.ptr != NULL ? r->query.ptr : "")));
}

static bool
is_theirs(struct take *t, const char *secret,
    const struct fu_hook_pairs *fields)
{
	const struct fu_hook_request	*r = t->request;
	struct fu_str			 stamped;

	switch (t->service) {
	case FU_HOOK_TWILIO:
		return (fu_sign_twilio(secret, public_url(t), fields, r->body,
		    fu_hook_header(r, "X-Twilio-Signature")));
	case FU_HOOK_WHATSAPP:
		return (fu_sign_sha256(secret, r->body,
		    fu_hook_header(r, "X-Hub-Signature-256")));
	case FU_HOOK_BOOKING:
		stamped = fu_hook_header(r, "Calendly-Webhook-Signature");
		if (stamped.ptr != NULL)
			return (fu_sign_stamped(secret, r->body, stamped,
			    t->in.now_us));
		return (fu_sign_sha256(secret, r->body,
		    fu_hook_header(r, "X-Cal-Signature-256")));
	default:
		stamped = fu_hook_header(r, "X-Fu-Signature");
		if (stamped.ptr != NULL)
			return (fu_sign_stamped(secret, r->body, stamped,
			    t->in.now_us));
		return (fu_sign_sha256(secret, r->body,
		    fu_hook_header(r, "X-Hub-Signature-256")) ||
		    fu_sign_bearer(secret,
		    fu_hook_header(r, "Authorization")));
	}
}

static int
read_body(struct take *t, const struct fu_hook_pairs *query,
    const struct fu_hook_pairs *fields, struct fu_err *err)
{
	switch (t->service) {
	case FU_HOOK_TWILIO:
		return (fu_hook_twilio(&t->in, query, fields, err));
	case FU_HOOK_WHATSAPP:
		return (fu_hook_whatsapp(&t->in, t->request->body, err));
	case FU_HOOK_BOOKING:
		return (fu_hook_booking(&t->in, t->request->body, err));
	default:
		return (fu_hook_json(&t->in, t->request->body, err));
	}
}

static int
take_post(struct take *t, struct fu_err *err)
{
	const struct fu_hook_request	*r = t->request;
	struct fu_hook_pairs		 query, fields = { 0 };
	const struct fu_secret		*secret;
	const char			*key, *text;
	size_t				 start = t->in.out->len;

	secret = secret_of(t, &key);
	if ((text = look_up(t, secret, key, err)) == NULL)
		return (-1);
	if (fu_hook_form(r->query, t->arena, &query, err) == -1 ||
	    (t->service == FU_HOOK_TWILIO && fu_hook_form(r->body, t->arena,
	    &fields, err) == -1))
		return (refuse(t, 400, "bad form\n"));
	if (!is_theirs(t, text, &fields)) {
		fu_err_set(err, FU_EDATA, "%s: no signature, or one that %s "
		    "does not give%s: nothing is taken of it",
		    names[t->service], key, t->service == FU_HOOK_TWILIO ?
		    " for that url (is channels.sms.webhook the public one?)" :
		    "");
		return (refuse(t, 401, "bad signature\n"));
	}
	if (read_body(t, &query, &fields, err) == -1) {
		fu_buf_cut(t->in.out, start);
		(void)fu_err_prefix(err, "%s: ", names[t->service]);
		return (refuse(t, 400, "bad body\n"));
	}
	/* Twilio would send what stands in an answer: nothing does. */
	*t->answer = t->service == FU_HOOK_TWILIO ? (struct fu_hook_answer){
	    200, "text/xml", "<Response/>\n" } : (struct fu_hook_answer){
	    200, "text/plain", "ok\n" };
	return (1);
}

/* Meta asks once whether the address is ours [WA-06]. */
static int
take_challenge(struct take *t, struct fu_err *err)
{
	const struct fu_secret	*secret = &transport(t)->verify_token;
	struct fu_hook_pairs	 q;
	struct fu_str		 token, challenge;
	const char		*want;

	if ((want = look_up(t, secret, "channels.whatsapp.verify_token",
	    err)) == NULL)
		return (-1);
	if (fu_hook_form(t->request->query, t->arena, &q, err) == -1)
		return (refuse(t, 400, "bad form\n"));
	token = fu_hook_field(&q, "hub.verify_token");
	challenge = fu_hook_field(&q, "hub.challenge");
	if (!fu_str_is(fu_hook_field(&q, "hub.mode"), "subscribe") ||
	    challenge.len == 0 || token.len != strlen(want) ||
	    !fu_same_ct(token.ptr, want, token.len)) {
		fu_err_set(err, FU_EDATA, "whatsapp: hub.verify_token is not "
		    "channels.whatsapp.verify_token");
		return (refuse(t, 403, "bad token\n"));
	}
	*t->answer = (struct fu_hook_answer){ 200, "text/plain",
	    fu_hook_text(challenge, t->arena) };
	return (1);
}

static void
refuse_one(void *arg, size_t number, const char *reason, struct fu_str raw,
    const char *detail)
{
	struct take	*t = arg;

	fu_reject(&t->session->sink, names[t->service], number, reason, raw,
	    "%s", detail);
}

static void
note_one(void *arg, const char *text)
{
	struct take	*t = arg;

	fu_note(t->session->opt, "%s: %s", names[t->service], text);
}

int
fu_hook_take(struct fu_session *session, enum fu_hook_service service,
    const struct fu_hook_request *request, const char *url,
    struct fu_arena *arena, struct fu_buf *out, struct fu_hook_answer *answer,
    struct fu_err *err)
{
	static const char	*any_demo = "*demo*";
	static const struct fu_list demos = { &any_demo, 1 };
	const struct fu_list	*said = &session->config.booking_demo;
	struct take		 t = { .session = session, .service = service,
		.request = request, .url = url, .arena = arena,
		.answer = answer, .in = { .keys = &session->keys,
		.demo = said->n > 0 ? said : &demos,
		.number_id = session->config.channel[
		    FU_CH_WHATSAPP].phone_number_id,
		.refuse = refuse_one, .note = note_one, .ctx = &t,
		.now_us = fu_session_now(session), .arena = arena,
		.out = out } };

	if (fu_str_is(request->method, "POST"))
		return (take_post(&t, err));
	if (service == FU_HOOK_WHATSAPP && fu_str_is(request->method, "GET"))
		return (take_challenge(&t, err));
	fu_err_set(err, FU_EDATA, "%s: %.*s is no request of theirs",
	    names[service], request->method.len < 20 ?
	    (int)request->method.len : 20, request->method.ptr);
	return (refuse(&t, 405, "POST\n"));
}

static int
write_all(int fd, struct fu_str text, struct fu_err *err)
{
	ssize_t	 n;

	for (; text.len > 0; text.ptr += n, text.len -= (size_t)n)
		if ((n = write(fd, text.ptr, text.len)) <= 0)
			return (fu_err_sys(err, FU_EIO, "a file in memory"));
	return (0);
}

int
fu_hook_record(struct fu_session *session, const char *name,
    struct fu_str lines, struct fu_err *err)
{
	struct fu_ingest_reading	 how = { .format = FU_FMT_NDJSON };
	struct fu_progress		 progress;
	struct fu_ingest		 in;
	int				 fd, rc;

	if (lines.len == 0)
		return (0);
	if ((fd = memfd_create("fu-hook", MFD_CLOEXEC)) == -1)
		return (fu_err_sys(err, FU_EIO, "a file in memory"));
	fu_progress_start(&progress, session->opt, "events", lines.len);
	how.progress = &progress;
	rc = fu_ingest_open(&in, session, err);
	if (rc == 0)
		rc = write_all(fd, lines, err);
	if (rc == 0 && lseek(fd, 0, SEEK_SET) == -1)
		rc = fu_err_sys(err, FU_EIO, "a file in memory");
	if (rc == 0)
		rc = fu_ingest_read(&in, &how, fd, name, err);
	if (rc == 0)
		rc = fu_ingest_finish(&in, err);
	fu_progress_end(&progress);
	fu_ingest_close(&in);
	close(fd);
	return (rc);
}
