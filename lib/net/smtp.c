/*
 * SMTP by libcurl: a thread a connection, each with one easy handle that keeps
 * its connection from message to message.
 *
 * Threads and not curl_multi: libcurl 7.88 waits for the reply to the final
 * dot inside smtp_done(), and there it holds up every transfer of the multi
 * handle; and a transfer taken off a multi handle in the middle of DATA is
 * ended with a dot, which would deliver half a message.  Callbacks of the
 * caller run in the caller's thread alone.
 *
 * Must never say of a message whose first byte of DATA was handed over that it
 * did not leave, and never print what AUTH says.
 */
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/sig.h"
#include "net/smtp.h"
#include "net/smtp_reply.h"

#define CONNECTIONS_MAX 32

/* One connection: its handle, and the message on it. */
struct slot {
	struct fu_smtp		*smtp;
	CURL			*easy;
	pthread_t		 thread;
	bool			 running;	/* its thread is there */
	struct fu_smtp_job	*job;		/* NULL: idle */
	size_t			 taken;		/* bytes of it handed over */
	bool			 begun;		/* the first byte of DATA was */
	bool			 quit;		/* what is said now is farewell */
	enum fu_smtp_phase	 phase;
	struct fu_smtp_reply	 reply;
	int64_t			 last_us;	/* something moved */
	char			 fault[CURL_ERROR_SIZE];
};

struct fu_smtp {
	char			*url, *user, *password, *ca_file;
	bool			 tls_none, xoauth2;
	int			 connections;
	struct fu_smtp_times	 times;
	struct slot		 slot[CONNECTIONS_MAX];
	pthread_mutex_t		 lock;		/* what is below, and slot->job */
	pthread_cond_t		 changed;
	bool			 ending;	/* threads go when idle */
	bool			 refused;	/* the service as a whole */
	bool			 down;		/* it cannot be reached, or 421 */
	bool			 utf8_known, utf8;	/* EHLO said SMTPUTF8 */
	char			 why[700];	/* of refused and down */
};

static const char *const phase_names[] = { "connect", "auth", "mail", "rcpt",
	"data", "dot" };

const char *
fu_smtp_phase_name(enum fu_smtp_phase phase)
{
	return (phase_names[phase]);
}

/* libcurl asks for the next bytes of the message. */
static size_t
on_read(char *to, size_t size, size_t n, void *ctx)
{
	struct slot *slot = ctx;
	size_t len = slot->job->bytes.len - slot->taken;

	if (!slot->begun) {
		slot->begun = true;
		memset(&slot->reply, 0, sizeof(slot->reply));
	}
	slot->last_us = fu_clock_monotonic_us();
	if (len > size * n)
		len = size * n;
	if (len == 0)
		slot->phase = FU_SMTP_DOT;
	memcpy(to, slot->job->bytes.ptr + slot->taken, len);
	slot->taken += len;
	return (len);
}

/* A line of a reply. */
static size_t
on_reply(char *line, size_t size, size_t n, void *ctx)
{
	struct fu_str text = { line, size * n };
	struct slot *slot = ctx;

	slot->last_us = fu_clock_monotonic_us();
	if (slot->quit)
		return (size * n);
	fu_smtp_reply_line(&slot->reply, text);
	if (slot->phase == FU_SMTP_CONNECT && slot->reply.code == 250) {
		pthread_mutex_lock(&slot->smtp->lock);
		slot->smtp->utf8_known |= slot->reply.whole;
		if (text.len >= 12 &&
		    strncasecmp(text.ptr + 4, "SMTPUTF8", 8) == 0)
			slot->smtp->utf8 = true;
		pthread_mutex_unlock(&slot->smtp->lock);
	}
	return (size * n);
}

/* Commands pass here on their way out; none is kept or shown. */
static int
on_debug(CURL *easy, curl_infotype type, char *data, size_t len, void *ctx)
{
	static const struct {
		const char		*verb;
		enum fu_smtp_phase	 phase;
	} verb[] = {
		{ "EHLO ", FU_SMTP_CONNECT }, { "HELO ", FU_SMTP_CONNECT },
		{ "STARTTLS", FU_SMTP_CONNECT }, { "AUTH ", FU_SMTP_AUTH },
		{ "MAIL ", FU_SMTP_MAIL }, { "RCPT ", FU_SMTP_RCPT },
		{ "DATA", FU_SMTP_DATA }
	};
	struct slot *slot = ctx;
	size_t i;

	(void)easy;
	if (type != CURLINFO_HEADER_OUT || slot->quit)
		return (0);
	slot->last_us = fu_clock_monotonic_us();
	if (len >= 4 && strncmp(data, "QUIT", 4) == 0) {
		slot->quit = true;
		return (0);
	}
	if (slot->begun)
		return (0);
	for (i = 0; i < sizeof(verb) / sizeof(*verb); i++)
		if (len >= strlen(verb[i].verb) &&
		    strncmp(data, verb[i].verb, strlen(verb[i].verb)) == 0)
			slot->phase = verb[i].phase;
	return (0);
}

static int64_t
patience_us(const struct slot *slot)
{
	const struct fu_smtp_times *times = &slot->smtp->times;
	int seconds = times->connect_s;

	switch (slot->phase) {
	case FU_SMTP_CONNECT:
	case FU_SMTP_AUTH:
		break;
	case FU_SMTP_MAIL:
	case FU_SMTP_RCPT:
		seconds = times->command_s;
		break;
	case FU_SMTP_DATA:
		seconds = slot->begun ? times->block_s : times->data_s;
		break;
	case FU_SMTP_DOT:
		seconds = times->dot_s;
		break;
	}
	return (seconds * FU_SECOND);
}

/* Called about once a second, also while libcurl waits for a reply. */
static int
on_tick(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct slot *slot = ctx;

	(void)a, (void)b, (void)c, (void)d;
	return (fu_clock_monotonic_us() - slot->last_us > patience_us(slot));
}

static void
set_up(struct slot *slot)
{
	struct fu_smtp *smtp = slot->smtp;
	CURL *easy = slot->easy;
	long most = smtp->times.dot_s;

	if (most < smtp->times.connect_s)
		most = smtp->times.connect_s;
	if (most < smtp->times.command_s)
		most = smtp->times.command_s;
	curl_easy_setopt(easy, CURLOPT_URL, smtp->url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROXY, "");
	curl_easy_setopt(easy, CURLOPT_USE_SSL, smtp->tls_none ?
	    (long)CURLUSESSL_NONE : (long)CURLUSESSL_ALL);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	if (smtp->ca_file != NULL)
		curl_easy_setopt(easy, CURLOPT_CAINFO, smtp->ca_file);
	if (smtp->user != NULL) {
		curl_easy_setopt(easy, CURLOPT_USERNAME, smtp->user);
		curl_easy_setopt(easy, smtp->xoauth2 ?
		    CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, smtp->password);
		if (smtp->xoauth2)
			curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS,
			    "AUTH=XOAUTH2");
	}
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT,
	    (long)smtp->times.connect_s);
	curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, most);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, slot->fault);
	curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(easy, CURLOPT_DEBUGDATA, slot);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_reply);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, slot);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_reply);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, slot);
	curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(easy, CURLOPT_READDATA, slot);
	curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_tick);
	curl_easy_setopt(easy, CURLOPT_XFERINFODATA, slot);
}

static void
start_over(struct slot *slot)
{
	slot->taken = 0;
	slot->begun = slot->quit = false;
	slot->phase = FU_SMTP_CONNECT;
	memset(&slot->reply, 0, sizeof(slot->reply));
	slot->last_us = fu_clock_monotonic_us();
	slot->fault[0] = '\0';
}

/* Does the service as a whole turn us away? */
static bool
turned_away(const struct slot *slot, CURLcode result)
{
	int code = slot->reply.code;

	if (slot->begun)
		return (false);
	return (result == CURLE_LOGIN_DENIED || result == CURLE_USE_SSL_FAILED ||
	    result == CURLE_PEER_FAILED_VERIFICATION ||
	    result == CURLE_SSL_CACERT_BADFILE || code == 530 || code == 535 ||
	    code == 538);
}

/* What became of the message; written once, when libcurl has ended. */
static void
judge(struct slot *slot, CURLcode result)
{
	struct fu_smtp_job *job = slot->job;
	int class = slot->reply.code / 100;
	const char *text;

	job->phase = slot->phase;
	job->code = slot->reply.code;
	fu_smtp_reply_enhanced(&slot->reply, job->enhanced);
	text = slot->reply.text;
	if (slot->begun) {
		if (slot->phase == FU_SMTP_DOT && class == 2) {
			job->status = FU_SMTP_ACCEPTED;
			fu_smtp_reply_id(&slot->reply, job->relay_id,
			    sizeof(job->relay_id));
		} else if (slot->phase == FU_SMTP_DOT && class >= 4)
			job->status = class == 4 ? FU_SMTP_TEMPORARY :
			    FU_SMTP_PERMANENT;
		else
			job->status = FU_SMTP_UNCERTAIN;
	} else if (slot->phase >= FU_SMTP_MAIL && class >= 4)
		job->status = class == 4 ? FU_SMTP_TEMPORARY :
		    FU_SMTP_PERMANENT;
	else
		job->status = FU_SMTP_RETRY;
	if (class < 4 && job->status != FU_SMTP_ACCEPTED) {
		/* No answer decided: the fault is what there is to say. */
		job->code = 0;
		job->enhanced[0] = '\0';
		text = result == CURLE_ABORTED_BY_CALLBACK ? "timed out" :
		    slot->fault[0] != '\0' ? slot->fault :
		    curl_easy_strerror(result);
	}
	(void)snprintf(job->text, sizeof(job->text), "%s", text);
}

/*
 * libcurl keeps a connection that was given up while it waited for the reply
 * to the dot, and would send the next MAIL on it.  A socket that is shut is
 * found dead, and gets no QUIT to wait for either.
 */
static void
cut_off(CURL *easy)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
	    fd != CURL_SOCKET_BAD)
		(void)shutdown(fd, SHUT_RDWR);
}

/* Run the message of a slot; its thread's alone. */
static void
transfer(struct slot *slot)
{
	struct fu_smtp *smtp = slot->smtp;
	struct fu_smtp_job *job = slot->job;
	struct curl_slist *to;
	CURLcode result;
	long fresh = 0, connects;

	if ((to = curl_slist_append(NULL, job->to)) == NULL)
		fu_oom();
	curl_easy_setopt(slot->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(slot->easy, CURLOPT_MAIL_FROM, job->from);
	curl_easy_setopt(slot->easy, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(slot->easy, CURLOPT_INFILESIZE_LARGE,
	    (curl_off_t)job->bytes.len);
	do {
		start_over(slot);
		curl_easy_setopt(slot->easy, CURLOPT_FRESH_CONNECT, fresh);
		result = curl_easy_perform(slot->easy);
		judge(slot, result);
		if (job->status == FU_SMTP_RETRY ||
		    job->status == FU_SMTP_UNCERTAIN)
			cut_off(slot->easy);
		/* A kept connection that had died: nothing was said yet. */
		connects = 0;
		curl_easy_getinfo(slot->easy, CURLINFO_NUM_CONNECTS, &connects);
	} while (job->status == FU_SMTP_RETRY && connects == 0 &&
	    slot->reply.code == 0 && slot->phase >= FU_SMTP_MAIL &&
	    result != CURLE_ABORTED_BY_CALLBACK && fresh++ == 0);
	curl_easy_setopt(slot->easy, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(to);

	pthread_mutex_lock(&smtp->lock);
	if (turned_away(slot, result)) {
		smtp->refused = true;
		job->status = FU_SMTP_NOT_STARTED;
	} else if (slot->reply.code == 421 ||
	    (job->status == FU_SMTP_RETRY && slot->phase == FU_SMTP_CONNECT))
		smtp->down = true;
	if (smtp->why[0] == '\0' && (smtp->refused || smtp->down)) {
		if (slot->reply.code >= 400)
			(void)snprintf(smtp->why, sizeof(smtp->why), "%d %s",
			    slot->reply.code, slot->reply.text);
		else
			(void)snprintf(smtp->why, sizeof(smtp->why), "%s",
			    job->text);
	}
	pthread_mutex_unlock(&smtp->lock);
}

/* A connection's life during one call of fu_smtp_deliver(). */
static void *
worker(void *ctx)
{
	struct slot *slot = ctx;
	struct fu_smtp *smtp = slot->smtp;

	pthread_mutex_lock(&smtp->lock);
	for (;;) {
		while (slot->job == NULL && !smtp->ending)
			pthread_cond_wait(&smtp->changed, &smtp->lock);
		if (slot->job == NULL)
			break;
		pthread_mutex_unlock(&smtp->lock);
		transfer(slot);
		pthread_mutex_lock(&smtp->lock);
		slot->job = NULL;
		pthread_cond_broadcast(&smtp->changed);
	}
	pthread_mutex_unlock(&smtp->lock);
	return (NULL);
}

/* Wait for a slot without a message; the first, whose connection is warm. */
static struct slot *
idle_slot(struct fu_smtp *smtp)
{
	struct slot *slot = NULL;
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
	struct slot ask = { .smtp = smtp };
	bool known, offered;

	pthread_mutex_lock(&smtp->lock);
	known = smtp->utf8_known;
	pthread_mutex_unlock(&smtp->lock);
	if (!known) {
		if ((ask.easy = curl_easy_init()) == NULL)
			fu_oom();
		set_up(&ask);
		start_over(&ask);
		curl_easy_setopt(ask.easy, CURLOPT_NOBODY, 1L);
		curl_easy_setopt(ask.easy, CURLOPT_CUSTOMREQUEST, "NOOP");
		(void)curl_easy_perform(ask.easy);
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
	struct slot *slot = idle_slot(smtp);
	bool down, refused;

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
	if (job->smtputf8 && !utf8_offered(smtp)) {
		refuse_utf8(job);
		return (0);
	}
	if (slot->easy == NULL) {
		if ((slot->easy = curl_easy_init()) == NULL)
			fu_oom();
		set_up(slot);
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

	smtp->refused = smtp->down = false;
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
	    conf->connections > CONNECTIONS_MAX ? CONNECTIONS_MAX :
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
