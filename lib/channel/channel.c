/*
 * The table of transports, and what is common to opening one.
 *
 * Must never know how any of them works.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "channel/channel.h"

static const struct fu_channel_ops *const transports[] = {
	&fu_channel_outbox, &fu_channel_smtp, &fu_channel_sendmail,
	&fu_channel_exec, &fu_channel_slack, &fu_channel_webhook,
	&fu_channel_twilio, &fu_channel_cloud
};

static const char *const status_names[FU_D_STATUS_N] = {
	[FU_D_NOT_STARTED] = "not_started", [FU_D_SENT] = "sent",
	[FU_D_RETRY] = "retry", [FU_D_FAILED] = "failed",
	[FU_D_UNCERTAIN] = "uncertain"
};

const char *
fu_delivery_status_name(enum fu_delivery_status status)
{
	return (status_names[status]);
}

void
fu_channel_conf_transport(struct fu_channel_conf *conf,
    const struct fu_transport *transport)
{
	memset(conf, 0, sizeof(*conf));
	conf->via = transport->via;
	conf->url = transport->url;
	conf->url_secret = transport->url_secret;
	conf->secret = transport->password.spec != NULL ?
	    transport->password : transport->token;
	conf->user = transport->user;
	conf->xoauth2 = fu_streq(transport->auth, "xoauth2");
	if (conf->xoauth2)
		conf->secret = transport->token;
	conf->tls = transport->tls;
	conf->connections = transport->connections;
	conf->path = transport->path;
	conf->account = transport->account;
	if (fu_streq(conf->via, "cloud"))
		conf->account = transport->phone_number_id;
	conf->callback = transport->webhook;
	conf->toll_free = fu_streq(transport->registered, "toll_free");
	conf->where = transport->where;
}

void
fu_channel_conf_destination(struct fu_channel_conf *conf,
    const struct fu_destination *destination)
{
	memset(conf, 0, sizeof(*conf));
	conf->via = destination->via;
	conf->url = destination->url;
	conf->url_secret = destination->url_secret;
	conf->secret = destination->secret;
	conf->headers = &destination->headers;
	conf->where = destination->where;
}

static const struct fu_channel_ops *
find(const char *via)
{
	size_t len = strcspn(via, ":"), i;

	for (i = 0; i < sizeof(transports) / sizeof(*transports); i++)
		if (strlen(transports[i]->name) == len &&
		    strncmp(transports[i]->name, via, len) == 0)
			return (transports[i]);
	return (NULL);
}

static int
unknown(const struct fu_channel_conf *conf, struct fu_err *err)
{
	return (fu_err_set(err, FU_ECONFIG, "%s:%d:%d: no transport \"%s\" "
	    "here yet: via: outbox works for every channel, and "
	    "via: exec:/path with a program of your own",
	    conf->where.file != NULL ? conf->where.file : "fu.yaml",
	    conf->where.line, conf->where.col,
	    conf->via != NULL ? conf->via : ""));
}

struct fu_chan *
fu_channel_open(const struct fu_channel_conf *conf, struct fu_err *err)
{
	const struct fu_channel_ops *ops;
	struct fu_chan *channel;

	if (conf->via == NULL || (ops = find(conf->via)) == NULL) {
		unknown(conf, err);
		return (NULL);
	}
	if ((channel = calloc(1, sizeof(*channel))) == NULL)
		fu_oom();
	channel->ops = ops;
	channel->conf = *conf;
	channel->width = 1;
	fu_arena_init(&channel->arena);
	if (conf->url_secret.spec != NULL && (channel->conf.url =
	    fu_secret_get(&conf->url_secret, &channel->arena, err)) == NULL)
		goto err;
	if (ops->open(channel, err) == -1)
		goto err;
	return (channel);

err:
	fu_arena_free(&channel->arena);
	free(channel);
	return (NULL);
}

int
fu_channel_deliver(struct fu_chan *channel, struct fu_delivery *delivery,
    size_t n, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_delivery *d;
	size_t i;

	for (i = 0; i < n; i++) {
		d = &delivery[i];
		d->status = FU_D_NOT_STARTED;
		d->reason = d->enhanced = d->phase = NULL;
		d->detail = d->relay_id = NULL;
		d->code = 0;
		d->bounce = FU_B_NONE;
		d->provider = NULL;
		d->retry_after_us = 0;
	}
	return (channel->ops->deliver(channel, delivery, n, arena, err));
}

int
fu_channel_each(struct fu_chan *channel, struct fu_delivery *delivery,
    size_t n, struct fu_arena *arena, int (*one)(struct fu_chan *,
    struct fu_delivery *, struct fu_arena *, struct fu_err *),
    struct fu_err *err)
{
	struct fu_delivery *d;
	size_t i;

	for (i = 0; i < n && !fu_sig_stopping(); i++) {
		d = &delivery[i];
		if (d->may_start != NULL && !d->may_start(d->ctx, d))
			continue;
		if (one(channel, d, arena, err) == -1)
			return (-1);
	}
	return (0);
}

int
fu_channel_width(const struct fu_chan *channel)
{
	return (channel->width);
}

bool
fu_channel_is_local(const struct fu_chan *channel)
{
	return (channel->local);
}

void
fu_channel_close(struct fu_chan *channel)
{
	if (channel == NULL)
		return;
	channel->ops->close(channel);
	fu_arena_free(&channel->arena);
	free(channel);
}
