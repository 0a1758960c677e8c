/*
 * via: cloud: a WhatsApp message by Meta's Cloud API, or one that speaks like
 * it.
 *
 * Must never send free words where only a template may go: that is decided
 * before, and here it is written as it was decided.
 */
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/env.h"
#include "channel/post.h"
#include "channel/service.h"
#include "net/http.h"
#include "record/json.h"

#define USUAL	"https://graph.facebook.com"
#define VERSION	"/v23.0"		/* unless the url ends in one */

struct cloud {
	const char	*url;
	char		*login;		/* the header; a secret */
};

/* Does it end in "/v23.0", whichever? */
static bool
has_version(const char *base)
{
	const char *last = strrchr(base, '/');

	return (last != NULL && last[1] == 'v' &&
	    isdigit((unsigned char)last[2]));
}

static int
cloud_open(struct fu_chan *channel, struct fu_err *err)
{
	const char *base = fu_service_base(channel, USUAL, err), *token;
	struct cloud *cloud;

	if (base == NULL)
		return (-1);
	token = fu_secret_get(&channel->conf.secret, &channel->arena, err);
	if (token == NULL)
		return (-1);
	channel->state = cloud = fu_alloc(&channel->arena, sizeof(*cloud));
	cloud->url = fu_printf(&channel->arena, "%s%s/%s/messages", base,
	    has_version(base) ? "" : VERSION, channel->conf.account);
	cloud->login = fu_printf(&channel->arena, "Authorization: Bearer %s",
	    token);
	return (0);
}

static void
write_template(struct fu_jw *jw, const struct fu_delivery *d)
{
	size_t i;

	fu_jw_str(jw, "type", "template");
	fu_jw_object(jw, "template");
	fu_jw_str(jw, "name", d->template->name);
	fu_jw_object(jw, "language");
	fu_jw_str(jw, "code", d->template->language);
	fu_jw_object_end(jw);
	if (d->parameters.n > 0) {
		fu_jw_array(jw, "components");
		fu_jw_object(jw, NULL);
		fu_jw_str(jw, "type", "body");
		fu_jw_array(jw, "parameters");
		for (i = 0; i < d->parameters.n; i++) {
			fu_jw_object(jw, NULL);
			fu_jw_str(jw, "type", "text");
			fu_jw_str(jw, "text", d->parameters.item[i]);
			fu_jw_object_end(jw);
		}
		fu_jw_array_end(jw);
		fu_jw_object_end(jw);
		fu_jw_array_end(jw);
	}
	fu_jw_object_end(jw);
}

static void
write_body(const struct fu_delivery *d, struct fu_buf *out)
{
	const char *id = d->id;
	size_t len = strlen(id);
	struct fu_jw jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "messaging_product", "whatsapp");
	fu_jw_str(&jw, "recipient_type", "individual");
	fu_jw_str(&jw, "to", d->to[0] == '+' ? d->to + 1 : d->to);
	if (d->template != NULL)
		write_template(&jw, d);
	else {
		fu_jw_str(&jw, "type", "text");
		fu_jw_object(&jw, "text");
		fu_jw_bool(&jw, "preview_url", false);
		fu_jw_span(&jw, "body", fu_str_trim(fu_str_of(d->text)));
		fu_jw_object_end(&jw);
	}
	/* Comes back with each state, and says which message it is of. */
	if (len > 2 && id[0] == '<')
		fu_jw_span(&jw, "biz_opaque_callback_data",
		    (struct fu_str){ id + 1, len - 2 });
	else
		fu_jw_str(&jw, "biz_opaque_callback_data", id);
	fu_jw_object_end(&jw);
}

/* messages[0].id, or NULL. */
static const char *
id_of(const struct fu_object *o, struct fu_arena *arena)
{
	const struct fu_json *list = fu_json_get(o, "messages");
	struct fu_object first;
	struct fu_json *item;
	size_t n;

	if (list == NULL || list->type != FU_JSON_ARRAY)
		return (NULL);
	item = fu_json_items(arena, list, &n);
	if (n == 0 || item[0].type != FU_JSON_OBJECT)
		return (NULL);
	fu_json_members(arena, &item[0], &first);
	return (fu_json_text(arena, fu_json_get(&first, "id")));
}

static int
take_answer(struct fu_chan *channel, struct fu_delivery *d,
    const struct fu_http_response *response, struct fu_arena *arena,
    struct fu_err *err)
{
	const struct fu_json *error;
	struct fu_object o = { 0 }, e = { 0 };
	const char *message;
	int64_t code = -1;

	(void)fu_json_object(arena, response->body, &o, NULL);
	d->code = response->status;
	d->retry_after_us = response->retry_after_us;
	error = fu_json_get(&o, "error");
	if (error != NULL && error->type == FU_JSON_OBJECT)
		fu_json_members(arena, error, &e);
	if (response->status / 100 == 2 && error == NULL) {
		d->status = FU_D_SENT;
		d->relay_id = id_of(&o, arena);
		return (0);
	}
	message = fu_json_text(arena, fu_json_get(&e, "message"));
	if (message == NULL)
		message = fu_post_detail(response->body, arena);
	if (!fu_json_int(fu_json_get(&e, "code"), &code) || code < 0 ||
	    code > INT32_MAX)
		code = response->status == 401 ? 190 :
		    response->status == 429 ? 130429 : -1;
	d->detail = fu_printf(arena, "%" PRId64 " %s", code, message != NULL ?
	    message : "");
	/* A fault over there without a code of theirs: nobody knows. */
	if (response->status >= 500 && code == -1) {
		d->status = FU_D_UNCERTAIN;
		d->reason = "unavailable";
		return (0);
	}
	return (fu_service_outcome(channel, d, fu_provider_whatsapp((int)code,
	    d->us), err));
}

static int
deliver_one(struct fu_chan *channel, struct fu_delivery *d,
    struct fu_arena *arena, struct fu_err *err)
{
	const struct cloud *cloud = channel->state;
	const char *const header[] = { "Content-Type: application/json",
		"Accept: application/json", cloud->login, NULL };
	struct fu_http_request request = { .url = cloud->url,
		.header = header, .ca_file = fu_env("SSL_CERT_FILE") };
	struct fu_http_response response;
	struct fu_buf body;
	int rc;

	fu_buf_init(&body);
	write_body(d, &body);
	request.body = fu_buf_view(&body);
	rc = fu_post_exchange(channel, d, &request, false, arena, &response,
	    err);
	fu_buf_free(&body);
	return (rc != 1 ? rc : take_answer(channel, d, &response, arena, err));
}

static int
cloud_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	return (fu_channel_each(channel, delivery, n, arena, deliver_one,
	    err));
}

static void
cloud_close(struct fu_chan *channel)
{
	struct cloud *cloud = channel->state;

	explicit_bzero(cloud->login, strlen(cloud->login));
}

const struct fu_channel_ops fu_channel_cloud = {
	"cloud", cloud_open, cloud_deliver, cloud_close
};
