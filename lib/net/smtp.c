/*
 * SMTP by libcurl: a thread a connection, each with one easy handle that keeps
 * its connection from message to message.
 *
 * Threads and not curl_multi: libcurl 7.88 waits for the reply to the final
 * dot inside smtp_done(), and there it holds up every transfer of the multi
 * handle; and a transfer taken off a multi handle in the middle of DATA is
 * ended with a dot, which would deliver half a message.  Callbacks of the
 * caller run in the caller's thread alone; it must never be asked twice about
 * one message.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "net/smtp_slot.h"

/* A connection's life during one call of fu_smtp_deliver(). */
static void *
worker(void *ctx)
{
	struct fu_smtp_slot *slot = ctx;
	struct fu_smtp *smtp = slot->smtp;

	pthread_mutex_lock(&smtp->lock);
	for (;;) {
		while (slot->job == NULL && !smtp->ending)
			pthread_cond_wait(&smtp->changed, &smtp->lock);
		if (slot->job == NULL)
			break;
		pthread_mutex_unlock(&smtp->lock);
		fu_smtp_transfer(slot);
		pthread_mutex_lock(&smtp->lock);
		slot->job = NULL;
		pthread_cond_broadcast(&smtp->changed);
	}
	pthread_mutex_unlock(&smtp->lock);
	return (NULL);
}

/* Wait for a slot without a message; the first, whose connection is warm. */
static struct fu_smtp_slot *
idle_slot(struct fu_smtp *smtp)
{
	struct fu_smtp_slot *slot = NULL;
	int i;

	pthread_mutex_lock(&smtp->lock);
	while (slot == NULL) {
		for (i = 0; i < smtp->connections && slot == NULL; i++)
			if (smtp->slot[i].job == NULL)
				slot = &smtp->slot[i];
		if (slot == NULL)
			pthread_cond_wait(&smtp->changed, &smtp->lock);
	}
	pthread_mutex_unlock(&smtp->lock);
	return (slot);
}

/*
 * Does the server take SMTPUTF8?  Asked by a NOOP on a connection of its own
 * where no EHLO has said it yet; curl would put the address out all the same.
 */
static bool
utf8_offered(struct fu_smtp *smtp)
{
	struct fu_smtp_slot ask = { .smtp = smtp };
	bool known, offered;

	pthread_mutex_lock(&smtp->lock);
	known = smtp->utf8_known || smtp->down || smtp->refused;
	pthread_mutex_unlock(&smtp->lock);
	if (!known) {
		if ((ask.easy = curl_easy_init()) == NULL)
			fu_oom();
		fu_smtp_set_up(&ask);
		fu_smtp_start_over(&ask);
		curl_easy_setopt(ask.easy, CURLOPT_NOBODY, 1L);
		curl_easy_setopt(ask.easy, CURLOPT_CUSTOMREQUEST, "NOOP");
		fu_smtp_give_up(&ask, curl_easy_perform(ask.easy));
		curl_easy_cleanup(ask.easy);
	}
	pthread_mutex_lock(&smtp->lock);
	/* Not known even now: the transfer will say why. */
	offered = smtp->utf8 || !smtp->utf8_known;
	pthread_mutex_unlock(&smtp->lock);
	return (offered);
}

static void
refuse_utf8(struct fu_smtp_job *job)
{
	job->status = FU_SMTP_PERMANENT;
	job->phase = FU_SMTP_MAIL;
	strcpy(job->enhanced, "5.6.7");
	strcpy(job->text, "smtputf8_unavailable");
}

/* Begin one message, if it may still go; in the caller's thread. */
static int
begin(struct fu_smtp *smtp, struct fu_smtp_job *job, struct fu_err *err)
{
	struct fu_smtp_slot *slot = idle_slot(smtp);
	bool utf8 = !job->smtputf8 || utf8_offered(smtp), down, refused;

	pthread_mutex_lock(&smtp->lock);
	down = smtp->down;
	refused = smtp->refused;
	pthread_mutex_unlock(&smtp->lock);
	if (refused || fu_sig_stopping())
		return (0);
	if (down) {
		job->status = FU_SMTP_RETRY;
		(void)snprintf(job->text, sizeof(job->text), "%.500s",
		    smtp->why);
		return (0);
	}
	if (job->may_start != NULL && !job->may_start(job->ctx, job))
		return (0);
	if (!utf8) {
		refuse_utf8(job);
		return (0);
	}
	if (slot->easy == NULL) {
		if ((slot->easy = curl_easy_init()) == NULL)
			fu_oom();
		fu_smtp_set_up(slot);
	}
	if (!slot->running) {
		if (pthread_create(&slot->thread, NULL, worker, slot) != 0)
			return (fu_err_sys(err, FU_ETEMP,
			    "cannot start a thread"));
		slot->running = true;
	}
	pthread_mutex_lock(&smtp->lock);
	slot->job = job;
	pthread_cond_broadcast(&smtp->changed);
	pthread_mutex_unlock(&smtp->lock);
	return (0);
}

static void
join_all(struct fu_smtp *smtp)
{
	int i;

	pthread_mutex_lock(&smtp->lock);
	smtp->ending = true;
	pthread_cond_broadcast(&smtp->changed);
	pthread_mutex_unlock(&smtp->lock);
	for (i = 0; i < smtp->connections; i++)
		if (smtp->slot[i].running) {
			pthread_join(smtp->slot[i].thread, NULL);
			smtp->slot[i].running = false;
		}
	smtp->ending = false;
}

int
fu_smtp_deliver(struct fu_smtp *smtp, struct fu_smtp_job *job, size_t n,
    struct fu_err *err)
{
	int ret = 0;
	size_t i;

	smtp->refused = false;
	smtp->down = smtp->given_up;
	if (!smtp->given_up)
		smtp->why[0] = '\0';
	for (i = 0; i < n; i++) {
		job[i].status = FU_SMTP_NOT_STARTED;
		job[i].phase = FU_SMTP_CONNECT;
		job[i].code = 0;
		job[i].enhanced[0] = job[i].text[0] = '\0';
		job[i].relay_id[0] = '\0';
	}
	for (i = 0; i < n && ret == 0; i++)
		ret = begin(smtp, &job[i], err);
	join_all(smtp);
	if (smtp->refused)
		return (fu_err_set(err, FU_EUNAVAILABLE, "%s: %s", smtp->url,
		    smtp->why));
	return (ret);
}

static char *
copy(const char *s)
{
	char *t = s != NULL ? strdup(s) : NULL;

	if (s != NULL && t == NULL)
		fu_oom();
	return (t);
}

static int
or_default(int seconds, int otherwise)
{
	return (seconds > 0 ? seconds : otherwise);
}

struct fu_smtp *
fu_smtp_open(const struct fu_smtp_conf *conf, struct fu_err *err)
{
	const char *url = conf->url;
	struct fu_smtp *smtp;
	size_t len;
	int i;

	if (url == NULL || (strncmp(url, "smtp://", 7) != 0 &&
	    strncmp(url, "smtps://", 8) != 0) || strchr(url, '@') != NULL ||
	    strpbrk(url, " \t\r\n") != NULL) {
		fu_err_set(err, FU_ECONFIG, "bad url \"%s\": smtp://host:port "
		    "or smtps://host:port, and the login apart",
		    url != NULL && strchr(url, '@') == NULL ? url : "");
		return (NULL);
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (smtp = calloc(1, sizeof(*smtp))) == NULL)
		fu_oom();
	len = strlen(url);
	while (len > 8 && url[len - 1] == '/')
		len--;
	/* The path is what EHLO says. */
	if (asprintf(&smtp->url, "%.*s%s%s", (int)len, url,
	    conf->helo != NULL ? "/" : "",
	    conf->helo != NULL ? conf->helo : "") == -1)
		fu_oom();
	smtp->tls_none = conf->tls_none;
	smtp->user = copy(conf->user);
	smtp->password = copy(conf->password);
	smtp->xoauth2 = conf->xoauth2;
	smtp->ca_file = copy(conf->ca_file);
	smtp->connections = conf->connections < 1 ? 1 :
	    conf->connections > FU_SMTP_CONNECTIONS_MAX ? FU_SMTP_CONNECTIONS_MAX :
	    conf->connections;
	smtp->times.connect_s = or_default(conf->times.connect_s, 300);
	smtp->times.command_s = or_default(conf->times.command_s, 300);
	smtp->times.data_s = or_default(conf->times.data_s, 120);
	smtp->times.block_s = or_default(conf->times.block_s, 180);
	smtp->times.dot_s = or_default(conf->times.dot_s, 600);
	pthread_mutex_init(&smtp->lock, NULL);
	pthread_cond_init(&smtp->changed, NULL);
	for (i = 0; i < smtp->connections; i++)
		smtp->slot[i].smtp = smtp;
	return (smtp);
}

void
fu_smtp_close(struct fu_smtp *smtp)
{
	int i;

	if (smtp == NULL)
		return;
	for (i = 0; i < smtp->connections; i++)
		if (smtp->slot[i].easy != NULL)
			curl_easy_cleanup(smtp->slot[i].easy);
	pthread_cond_destroy(&smtp->changed);
	pthread_mutex_destroy(&smtp->lock);
	if (smtp->password != NULL)
		explicit_bzero(smtp->password, strlen(smtp->password));
	free(smtp->password);
	free(smtp->ca_file);
	free(smtp->user);
	free(smtp->url);
	free(smtp);
}
