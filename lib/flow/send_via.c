/*
 * The transports of a run: which one, opened when first needed, and what a
 * rehearsal or a sample configuration may not use.  A copy made for trying
 * has an outbox of its own, and nothing else.
 *
 * Must never open one that the nature of the database forbids.
 */
#include <string.h>

#include "flow/alert.h"
#include "flow/send_room.h"

#define CONNECTIONS	4	/* where nobody says */

int
fu_via_trial(struct fu_send *s, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	const char	*db = fu_db_path(store->db);
	size_t		 len = strlen(db);

	err->class = FU_OK;
	if (fu_meta_get(store, FU_META_TRIAL, &s->arena, err) == NULL)
		return (err->class == FU_OK ? 0 : -1);
	if (len > 3 && strcmp(db + len - 3, ".db") == 0)
		len -= 3;
	s->trial_outbox = fu_printf(&s->arena, "%.*s.outbox", (int)len, db);
	return (0);
}

static struct fu_via *
find(struct fu_send *s, const void *key)
{
	struct fu_via	*via;

	for (size_t i = 0; i < s->nvia; i++)
		if (s->via[i]->key == key)
			return (s->via[i]);
	s->via = fu_grow(&s->arena, s->via, s->nvia, &s->via_cap,
	    sizeof(*s->via));
	via = s->via[s->nvia++] = fu_alloc(&s->arena, sizeof(*via));
	via->key = key;
	return (via);
}

/* What is common to both kinds, once. */
static struct fu_via *
complete(struct fu_send *s, struct fu_via *via)
{
	const struct fu_config	*config = &s->session->config;
	const char		*path = config->channel[FU_CH_EMAIL].path;

	if (s->trial_outbox != NULL) {
		via->conf.via = "outbox";
		via->conf.path = s->trial_outbox;
	}
	if (s->connections > 0)
		via->conf.connections = s->connections;
	else if (via->conf.connections <= 0)
		via->conf.connections = CONNECTIONS;
	if (via->conf.path == NULL && fu_streq(via->conf.via, "outbox"))
		via->conf.path = path != NULL ? path :
		    fu_printf(&s->arena, "%s/outbox", config->dir);
	return (via);
}

struct fu_via *
fu_via_of_transport(struct fu_send *s, const struct fu_transport *t)
{
	struct fu_via	*via = find(s, t);

	if (via->conf.via != NULL)
		return (via);
	fu_channel_conf_transport(&via->conf, t);
	/* A sender's own login is written without via:. */
	if (via->conf.via == NULL)
		via->conf.via = "smtp";
	return (complete(s, via));
}

struct fu_via *
fu_via_of_destination(struct fu_send *s, const struct fu_destination *d)
{
	const struct fu_config	*config = &s->session->config;
	struct fu_via		*via;

	if (fu_streq(d->via, "email"))
		return (fu_via_of_transport(s, &config->channel[FU_CH_EMAIL]));
	via = find(s, d);
	if (via->conf.via == NULL)
		fu_channel_conf_destination(&via->conf, d);
	return (complete(s, via));
}

struct fu_via *
fu_via_of_touch(struct fu_send *s, const struct fu_sender *sender,
    enum fu_channel channel, struct fu_err *err)
{
	const struct fu_config		*config = &s->session->config;
	const struct fu_transport	*t = &config->channel[channel];

	if (channel == FU_CH_TASK && (!t->given || fu_streq(t->via, "email"))) {
		channel = FU_CH_EMAIL;
		t = &config->channel[channel];
	}
	if (channel == FU_CH_EMAIL && sender != NULL && sender->smtp != NULL)
		t = sender->smtp;
	else if (!t->given) {
		fu_err_set(err, FU_ECONFIG, "%s: no channels.%s, so nothing "
		    "leaves that way: `via: outbox` works for every channel",
		    config->file, fu_channel_name(channel));
		return (NULL);
	}
	return (fu_via_of_transport(s, t));
}

void
fu_via_failed(struct fu_send *s, struct fu_via *via, const struct fu_err *err)
{
	via->failed = true;
	via->reason = err->class == FU_EUNAVAILABLE ? "service_unavailable" :
	    err->class == FU_ECONFIG ? "configuration" : "io_error";
	via->fault = fu_dup(&s->arena, err->msg);
	fu_send_wrong(s, err);
}

int
fu_via_alert(struct fu_send *s, struct fu_err *err)
{
	const struct fu_via	*via;
	const char		*cause;

	if (s->session->config.nalerts == 0 || s->session->opt->dry)
		return (0);
	for (size_t i = 0; i < s->nvia; i++) {
		via = s->via[i];
		if (!fu_streq(via->reason, "service_unavailable"))
			continue;
		cause = fu_printf(&s->arena, "via:%s:%s:%d", via->conf.via,
		    via->conf.where.file != NULL ? via->conf.where.file : "",
		    via->conf.where.line);
		if (fu_store_begin(&s->session->store, err) == -1)
			return (-1);
		if (fu_alert_tell(s->session, cause, via->fault, err) == -1) {
			fu_store_rollback(&s->session->store);
			return (-1);
		}
		if (fu_store_commit(&s->session->store, err) == -1)
			return (-1);
	}
	return (0);
}

int
fu_via_open(struct fu_send *s, struct fu_via *via)
{
	struct fu_err	 err;

	if (via->failed)
		return (0);
	if (via->chan != NULL)
		return (1);
	if ((via->chan = fu_channel_open(&via->conf, &err)) == NULL) {
		fu_via_failed(s, via, &err);
		return (0);
	}
	if (s->session->store.rehearsal && !fu_channel_is_local(via->chan)) {
		fu_err_set(&err, FU_ECONFIG, "%s:%d: via: %s leaves this "
		    "machine, and %s is a rehearsal: outbox and loopback only",
		    via->conf.where.file != NULL ? via->conf.where.file :
		    s->session->config.file, via->conf.where.line,
		    via->conf.via, fu_db_path(s->session->store.db));
		fu_via_failed(s, via, &err);
		fu_channel_close(via->chan);
		via->chan = NULL;
		return (0);
	}
	return (1);
}

size_t
fu_via_group(const struct fu_send *s, const struct fu_via *via)
{
	(void)s;
	if (fu_via_is_slack(via))
		return (fu_digest_room(via));
	return (2 * (size_t)via->conf.connections);
}

/* What leaves this machine, and where that is written. */
static void
note(struct fu_buf *out, const char *what, const char *via,
    const struct fu_where *where)
{
	fu_buf_printf(out, "%s%s:%d (%s via: %s)", out->len > 0 ? ", " : "",
	    where->file != NULL ? where->file : "fu.yaml", where->line, what,
	    via);
}

static void
note_destinations(struct fu_buf *out, const char *what,
    const struct fu_destination *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!fu_streq(d[i].via, "email") &&
		    !fu_streq(d[i].via, "outbox"))
			note(out, what, d[i].via, &d[i].where);
}

int
fu_via_sample(const struct fu_config *config, struct fu_err *err)
{
	const struct fu_transport	*t;
	struct fu_buf			 out;
	int				 rc = 0;

	if (!config->sample)
		return (0);
	fu_buf_init(&out);
	for (int c = 0; c < FU_CHANNEL_N; c++) {
		t = &config->channel[c];
		/* The chat's own conversation does not leave by fu-send. */
		if (!t->given || t->via == NULL || c == FU_CH_CHAT ||
		    fu_streq(t->via, "outbox"))
			continue;
		if (c != FU_CH_TASK || !fu_streq(t->via, "email"))
			note(&out, fu_channel_name((enum fu_channel)c), t->via,
			    &t->where);
	}
	for (size_t i = 0; i < config->nsender; i++)
		if (config->sender[i].smtp != NULL)
			note(&out, config->sender[i].key, "smtp",
			    &config->sender[i].smtp->where);
	note_destinations(&out, "handoff.to", config->handoff.to,
	    config->handoff.nto);
	note_destinations(&out, "handoff.escalate",
	    config->handoff.escalate_to, config->handoff.nescalate_to);
	if (out.len > 0)
		rc = fu_err_set(err, FU_ECONFIG, "%s says `sample: true`, and "
		    "these would leave this machine: %s; make them `via: "
		    "outbox`, or take the line `sample: true` out",
		    config->file, out.ptr);
	fu_buf_free(&out);
	return (rc);
}
