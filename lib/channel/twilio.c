/*
 * via: twilio: a text by Twilio's Messages API, or one that speaks like it.
 *
 * Must never send again what Twilio did not refuse: an answer that did not
 * come may be one that was lost.
 */
#include <inttypes.h>
#include <string.h>

#include "base/env.h"
#include "base/hash.h"
#include "channel/post.h"
#include "channel/service.h"
#include "net/http.h"
#include "record/json.h"

#define USUAL		"https://api.twilio.com"
#define VERSION		"/2010-04-01"
#define VALID_MAX_S	14400		/* what Twilio takes at most */

struct twilio {
	const char	*url;
	char		*login;		/* the header; a secret */
};

static int
twilio_open(struct fu_chan *channel, struct fu_err *err)
{
	const char *base = fu_service_base(channel, USUAL, err), *token;
	struct twilio *twilio;
	char *plain, *code;
	size_t len;

	if (base == NULL)
		return (-1);
	token = fu_secret_get(&channel->conf.secret, &channel->arena, err);
	if (token == NULL)
		return (-1);
	channel->state = twilio = fu_alloc(&channel->arena, sizeof(*twilio));
	len = strlen(base);
	twilio->url = fu_printf(&channel->arena,
	    "%s%s/Accounts/%s/Messages.json", base,
	    len >= strlen(VERSION) && strcmp(base + len - strlen(VERSION),
	    VERSION) == 0 ? "" : VERSION, channel->conf.account);
	plain = fu_printf(&channel->arena, "%s:%s", channel->conf.account,
	    token);
	len = strlen(plain);
	code = fu_alloc(&channel->arena, len * 4 / 3 + 8);
	fu_base64((const uint8_t *)plain, len, code);
	explicit_bzero(plain, len);
	twilio->login = fu_printf(&channel->arena, "Authorization: Basic %s",
	    code);
	explicit_bzero(code, strlen(code));
	return (0);
}

/* Percent-encoded but for the unreserved of RFC 3986. */
static void
encode(struct fu_buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		if ((*text >= 'a' && *text <= 'z') ||
		    (*text >= 'A' && *text <= 'Z') ||
		    (*text >= '0' && *text <= '9') ||
		    strchr("-._~", *text) != NULL)
			fu_buf_putc(out, *text);
		else
			fu_buf_printf(out, "%%%02X", (unsigned char)*text);
}

static void
put(struct fu_buf *out, const char *name, const char *value)
{
	fu_buf_printf(out, "%s%s=", out->len > 0 ? "&" : "", name);
	encode(out, value);
}

/* Our webhook, with the id by which it is known which message it is about. */
static const char *
callback(const struct fu_chan *channel, const struct fu_delivery *d,
    struct fu_arena *arena)
{
	const char *url = channel->conf.callback, *id = d->id;
	struct fu_buf out;
	size_t len = strlen(id);

	if (len > 2 && id[0] == '<')
		id = fu_dup_str(arena, (struct fu_str){ id + 1, len - 2 });
	fu_buf_init(&out);
	fu_buf_printf(&out, "%s%sid=", url, strchr(url, '?') != NULL ? "&" :
	    "?");
	encode(&out, id);
	url = fu_dup_buf(arena, &out);
	fu_buf_free(&out);
	return (url);
}

static void
write_form(const struct fu_chan *channel, const struct fu_delivery *d,
    struct fu_arena *arena, struct fu_buf *out)
{
	struct fu_str text = fu_str_trim(fu_str_of(d->text));
	int64_t valid_s = d->valid_us / FU_SECOND;

	put(out, "To", d->to);
	/* A messaging service picks the number by itself. */
	put(out, strncmp(d->from, "MG", 2) == 0 ? "MessagingServiceSid" :
	    "From", d->from);
	put(out, "Body", fu_dup_str(arena, text));
	if (channel->conf.callback != NULL)
		put(out, "StatusCallback", callback(channel, d, arena));
	if (valid_s > VALID_MAX_S)
		valid_s = VALID_MAX_S;
	if (valid_s > 0)
		put(out, "ValidityPeriod", fu_printf(arena, "%" PRId64,
		    valid_s));
}

static int
take_answer(struct fu_chan *channel, struct fu_delivery *d,
    const struct fu_http_response *response, struct fu_arena *arena,
    struct fu_err *err)
{
	const struct fu_provider_code *meaning;
	struct fu_object o = { 0 };
	const char *message;
	int64_t code = 0;

	(void)fu_json_object(arena, response->body, &o, NULL);
	d->code = response->status;
	d->retry_after_us = response->retry_after_us;
	d->relay_id = fu_json_text(arena, fu_json_get(&o, "sid"));
	if (response->status / 100 == 2 &&
	    !fu_json_int(fu_json_get(&o, "error_code"), &code)) {
		d->status = FU_D_SENT;
		return (0);
	}
	if (code == 0 && (!fu_json_int(fu_json_get(&o, "code"), &code) ||
	    code <= 0 || code > INT32_MAX))
		code = response->status == 401 ? 20003 : response->status;
	message = fu_json_text(arena, fu_json_get(&o, "message"));
	if (message == NULL)
		message = fu_post_detail(response->body, arena);
	d->detail = fu_printf(arena, "%" PRId64 " %s", code, message != NULL ?
	    message : "");
	/* Of its own faults nobody knows how far they let it come. */
	if (response->status >= 500) {
		d->status = FU_D_UNCERTAIN;
		d->reason = "unavailable";
		return (0);
	}
	meaning = fu_provider_twilio((int)code, channel->conf.toll_free);
	return (fu_service_outcome(channel, d, meaning, err));
}

static int
deliver_one(struct fu_chan *channel, struct fu_delivery *d,
    struct fu_arena *arena, struct fu_err *err)
{
	const struct twilio *twilio = channel->state;
	const char *const header[] = {
		"Content-Type: application/x-www-form-urlencoded",
		"Accept: application/json", twilio->login, NULL
	};
	struct fu_http_request request = { .url = twilio->url,
		.header = header, .ca_file = fu_env("SSL_CERT_FILE") };
	struct fu_http_response response;
	struct fu_buf form;
	int rc;

	fu_buf_init(&form);
	write_form(channel, d, arena, &form);
	request.body = fu_buf_view(&form);
	rc = fu_post_exchange(channel, d, &request, false, arena, &response,
	    err);
	fu_buf_free(&form);
	return (rc != 1 ? rc : take_answer(channel, d, &response, arena, err));
}

static int
twilio_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	return (fu_channel_each(channel, delivery, n, arena, deliver_one,
	    err));
}

static void
twilio_close(struct fu_chan *channel)
{
	struct twilio *twilio = channel->state;

	explicit_bzero(twilio->login, strlen(twilio->login));
}

const struct fu_channel_ops fu_channel_twilio = {
	"twilio", twilio_open, twilio_deliver, twilio_close
};
