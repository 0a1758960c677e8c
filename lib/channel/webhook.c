/*
 * via: webhook: a rendered JSON body, signed, with an id that the receiver can
 * know again.
 *
 * Must never send a body that was changed after it was signed.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "channel/channel.h"
#include "channel/post.h"

/* What is secret, looked up once. */
struct webhook {
	struct fu_key	 key;
	bool		 sign;
	struct fu_list	 headers;	/* "Name: value" */
};

static bool
is_looked_up(const char *text)
{
	return (strncmp(text, "env:", 4) == 0 ||
	    strncmp(text, "file:", 5) == 0 || strncmp(text, "exec:", 5) == 0);
}

/* "Authorization: Bearer env:TOKEN": the last word may stand elsewhere. */
static const char *
header(struct fu_chan *channel, const char *line, struct fu_err *err)
{
	const char *word = strrchr(line, ' '), *value;
	struct fu_secret secret;

	if (word == NULL || !is_looked_up(word + 1))
		return (line);
	secret = (struct fu_secret){ word + 1, channel->conf.where };
	value = fu_secret_get(&secret, &channel->arena, err);
	return (value == NULL ? NULL : fu_printf(&channel->arena, "%.*s%s",
	    (int)(word + 1 - line), line, value));
}

static int
open_headers(struct fu_chan *channel, struct webhook *webhook,
    struct fu_err *err)
{
	const struct fu_list *list = channel->conf.headers;
	size_t i;

	if (list == NULL)
		return (0);
	webhook->headers.item = fu_alloc_array(&channel->arena, list->n + 1,
	    sizeof(*webhook->headers.item));
	for (i = 0; i < list->n; i++) {
		webhook->headers.item[i] = header(channel, list->item[i], err);
		if (webhook->headers.item[i] == NULL)
			return (-1);
		webhook->headers.n++;
	}
	return (0);
}

static int
webhook_open(struct fu_chan *channel, struct fu_err *err)
{
	struct webhook *webhook;
	const char *secret;
	size_t len;

	if (fu_post_open(channel, err) == -1)
		return (-1);
	channel->state = webhook = fu_alloc(&channel->arena, sizeof(*webhook));
	if (open_headers(channel, webhook, err) == -1)
		return (-1);
	if (channel->conf.secret.spec == NULL)
		return (0);
	secret = fu_secret_get(&channel->conf.secret, &channel->arena, err);
	if (secret == NULL)
		return (-1);
	len = strlen(secret);
	webhook->sign = true;
	/* A key over a block is its hash, as HMAC has it.  [RFC 2104 2] */
	if (len > sizeof(webhook->key.bytes)) {
		fu_sha256(secret, len, webhook->key.bytes);
		webhook->key.len = 32;
	} else {
		memcpy(webhook->key.bytes, secret, len);
		webhook->key.len = len;
	}
	return (0);
}

/* "t=<unix>,v1=<hex HMAC-SHA256 of "t.rawbody">" */
static const char *
signature(const struct webhook *webhook, const struct fu_delivery *d,
    struct fu_arena *arena)
{
	struct fu_buf text;
	uint8_t mac[32];
	char hex[65];

	fu_buf_init(&text);
	fu_buf_printf(&text, "%" PRId64 ".", d->at_us / FU_SECOND);
	fu_buf_puts(&text, d->text);
	fu_hmac(&webhook->key, text.ptr, text.len, mac);
	fu_buf_free(&text);
	fu_hex(mac, sizeof(mac), hex);
	return (fu_printf(arena, "X-Fu-Signature: t=%" PRId64 ",v1=%s",
	    d->at_us / FU_SECOND, hex));
}

static int
deliver_one(struct fu_chan *channel, struct fu_delivery *d,
    struct fu_arena *arena, struct fu_err *err)
{
	const struct webhook *webhook = channel->state;
	const struct fu_list *more = &webhook->headers;
	const char **line;
	size_t n = 0, i;

	line = fu_alloc_array(arena, more->n + 4, sizeof(*line));
	line[n++] = "Content-Type: application/json; charset=utf-8";
	line[n++] = fu_printf(arena, "X-Fu-Event-Id: %s", d->id);
	if (webhook->sign)
		line[n++] = signature(webhook, d, arena);
	for (i = 0; i < more->n; i++)
		line[n++] = more->item[i];
	return (fu_post_deliver(channel, d, line, true, arena, err));
}

static int
webhook_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	return (fu_channel_each(channel, delivery, n, arena, deliver_one,
	    err));
}

static void
webhook_close(struct fu_chan *channel)
{
	struct webhook *webhook = channel->state;

	explicit_bzero(&webhook->key, sizeof(webhook->key));
}

const struct fu_channel_ops fu_channel_webhook = {
	"webhook", webhook_open, webhook_deliver, webhook_close
};
