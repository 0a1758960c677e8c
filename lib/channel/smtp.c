/*
 * via: smtp: mail by net/smtp.
 *
 * Must never call a message failed that may have arrived.
 */
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "channel/channel.h"
#include "net/loopback.h"
#include "net/smtp.h"

static int
smtp_open(struct fu_chan *channel, struct fu_err *err)
{
	const struct fu_channel_conf *conf = &channel->conf;
	struct fu_smtp_conf smtp = { .url = conf->url,
		.tls_none = conf->tls == FU_TLS_NONE, .user = conf->user,
		.xoauth2 = conf->xoauth2, .helo = conf->helo,
		.connections = conf->connections };

	if (conf->user != NULL) {
		smtp.password = fu_secret_get(&conf->secret, &channel->arena,
		    err);
		if (smtp.password == NULL)
			return (-1);
	}
	/* The variable that OpenSSL's own programs mind; libcurl does not. */
	smtp.ca_file = fu_env("SSL_CERT_FILE");
	channel->local = fu_url_is_loopback(conf->url);
	channel->width = conf->connections > 0 ? conf->connections : 1;
	if ((channel->state = fu_smtp_open(&smtp, err)) == NULL) {
		fu_err_prefix(err, "%s:%d: ", conf->where.file != NULL ?
		    conf->where.file : "fu.yaml", conf->where.line);
		return (-1);
	}
	return (0);
}

static bool
may_start(void *ctx, struct fu_smtp_job *job)
{
	struct fu_delivery *d = ctx;

	(void)job;
	return (d->may_start == NULL || d->may_start(d->ctx, d));
}

static void
take_outcome(struct fu_delivery *d, const struct fu_smtp_job *job,
    struct fu_arena *arena)
{
	static const enum fu_delivery_status status[] = {
		[FU_SMTP_NOT_STARTED] = FU_D_NOT_STARTED,
		[FU_SMTP_ACCEPTED] = FU_D_SENT,
		[FU_SMTP_TEMPORARY] = FU_D_RETRY,
		[FU_SMTP_PERMANENT] = FU_D_FAILED,
		[FU_SMTP_RETRY] = FU_D_RETRY,
		[FU_SMTP_UNCERTAIN] = FU_D_UNCERTAIN
	};

	d->status = status[job->status];
	if (d->status == FU_D_NOT_STARTED)
		return;
	if (d->status != FU_D_SENT)
		d->reason = strcmp(job->text, "smtputf8_unavailable") == 0 ?
		    "smtputf8_unavailable" :
		    job->status == FU_SMTP_TEMPORARY ||
		    job->status == FU_SMTP_PERMANENT ? "refused" :
		    "connection";
	d->code = job->code;
	d->phase = fu_smtp_phase_name(job->phase);
	d->enhanced = job->enhanced[0] != '\0' ?
	    fu_dup(arena, job->enhanced) : NULL;
	d->detail = fu_dup(arena, job->text);
	d->relay_id = job->relay_id[0] != '\0' ?
	    fu_dup(arena, job->relay_id) : NULL;
	if (job->status == FU_SMTP_PERMANENT ||
	    job->status == FU_SMTP_TEMPORARY)
		d->bounce = fu_bounce_answer(job->code, job->enhanced,
		    job->text);
}

static int
smtp_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_smtp_job *job;
	size_t i;
	int ret;

	job = fu_alloc_array(arena, n, sizeof(*job));
	for (i = 0; i < n; i++) {
		job[i].from = delivery[i].envelope_from != NULL ?
		    delivery[i].envelope_from : "";
		job[i].to = delivery[i].to;
		job[i].smtputf8 = delivery[i].smtputf8;
		job[i].bytes = delivery[i].mail;
		job[i].may_start = may_start;
		job[i].ctx = &delivery[i];
	}
	ret = fu_smtp_deliver(channel->state, job, n, err);
	for (i = 0; i < n; i++)
		take_outcome(&delivery[i], &job[i], arena);
	return (ret);
}

static void
smtp_close(struct fu_chan *channel)
{
	fu_smtp_close(channel->state);
}

const struct fu_channel_ops fu_channel_smtp = {
	"smtp", smtp_open, smtp_deliver, smtp_close
};
