/*
 * One message on one connection: libcurl's callbacks, and what became of it.
 *
 * Must never say of a message whose first byte of DATA was handed over that it
 * did not leave, and never print what AUTH says.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "net/fault.h"
#include "net/smtp_slot.h"

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
	struct fu_smtp_slot *slot = ctx;
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
	struct fu_smtp_slot *slot = ctx;

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
	struct fu_smtp_slot *slot = ctx;
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
patience_us(const struct fu_smtp_slot *slot)
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
	struct fu_smtp_slot *slot = ctx;

	(void)a, (void)b, (void)c, (void)d;
	return (fu_clock_monotonic_us() - slot->last_us > patience_us(slot));
}

void
fu_smtp_set_up(struct fu_smtp_slot *slot)
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

void
fu_smtp_start_over(struct fu_smtp_slot *slot)
{
	slot->taken = 0;
	slot->begun = slot->quit = false;
	slot->phase = FU_SMTP_CONNECT;
	memset(&slot->reply, 0, sizeof(slot->reply));
	slot->last_us = fu_clock_monotonic_us();
}

/* Does the service as a whole turn us away? */
static bool
turned_away(const struct fu_smtp_slot *slot, CURLcode result)
{
	int code = slot->reply.code;

	if (slot->begun)
		return (false);
	return (result == CURLE_LOGIN_DENIED || result == CURLE_USE_SSL_FAILED ||
	    fu_fault_certificate(result) || code == 530 || code == 535 ||
	    code == 538);
}

/* No answer decided: the fault is what there is to say. */
static void
say_fault(const struct fu_smtp_slot *slot, CURLcode result, char *out,
    size_t size)
{
	fu_fault_words(slot->easy, result, slot->smtp->url,
	    slot->reply.code == 0, !slot->begun ? FU_LEFT_NONE :
	    slot->phase == FU_SMTP_DOT ? FU_LEFT_ALL : FU_LEFT_PART,
	    (int)(patience_us(slot) / FU_SECOND), out, size);
}

/* What became of the message; written once, when libcurl has ended. */
static void
judge(struct fu_smtp_slot *slot, CURLcode result)
{
	struct fu_smtp_job *job = slot->job;
	int class = slot->reply.code / 100;

	job->phase = slot->phase;
	job->code = slot->reply.code;
	fu_smtp_reply_enhanced(&slot->reply, job->enhanced);
	(void)snprintf(job->text, sizeof(job->text), "%s", slot->reply.text);
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
		job->code = 0;
		job->enhanced[0] = '\0';
		say_fault(slot, result, job->text, sizeof(job->text));
	}
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

void
fu_smtp_give_up(struct fu_smtp_slot *slot, CURLcode result)
{
	struct fu_smtp *smtp = slot->smtp;

	if (!fu_fault_waited(result) || slot->phase != FU_SMTP_CONNECT)
		return;
	pthread_mutex_lock(&smtp->lock);
	if (!smtp->given_up && !smtp->refused)
		say_fault(slot, result, smtp->why, sizeof(smtp->why));
	smtp->given_up = smtp->down = true;
	pthread_mutex_unlock(&smtp->lock);
}

/* Run the message of a slot; its thread's alone. */
void
fu_smtp_transfer(struct fu_smtp_slot *slot)
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
	/* With a size libcurl stops at that count and never asks for the end,
	 * so the reply to the dot could not be told from what came before. */
	curl_easy_setopt(slot->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)-1);
	do {
		fu_smtp_start_over(slot);
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

	fu_smtp_give_up(slot, result);
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
