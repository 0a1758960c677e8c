/* SMTP against tests/smtpd.py: outcomes, faults, neighbours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/sig.h"
#include "net/loopback.h"
#include "net/smtp.h"
#include "net/smtp_reply.h"
#include "smtpd.h"

#define MAIL "From: a@example.com\r\nSubject: x\r\n\r\n" \
	".one\r\n..two\r\n.\r\nend\r\n"

static struct fu_smtp_job
job_to(const char *to)
{
	struct fu_smtp_job job = { .from = "b-1-abc@example.com", .to = to,
		.bytes = FU_STR(MAIL) };

	return (job);
}

static struct fu_smtp *
open_plain(const struct smtpd *d, int connections)
{
	struct fu_smtp_conf conf = { .url = d->url, .tls_none = true,
		.connections = connections };
	struct fu_smtp *smtp;
	struct fu_err err;

	conf.times.command_s = conf.times.dot_s = 3;
	smtp = fu_smtp_open(&conf, &err);
	assert_non_null(smtp);
	return (smtp);
}

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return (n);
}

static void
start(struct smtpd *d, const char *const *more)
{
	if (smtpd_start(d, more) == -1) {
		print_message("skipped: python3 cannot run tests/smtpd.py\n");
		skip();
	}
}

static void
test_outcomes(void **state)
{
	static const struct {
		const char		*to;
		enum fu_smtp_status	 status;
		enum fu_smtp_phase	 phase;
		int			 code;
		const char		*enhanced;
	} cases[] = {
		{ "ok@example.org", FU_SMTP_ACCEPTED, FU_SMTP_DOT, 250,
		    "2.0.0" },
		{ "rcpt550@example.org", FU_SMTP_PERMANENT, FU_SMTP_RCPT, 550,
		    "5.1.1" },
		{ "rcpt451@example.org", FU_SMTP_TEMPORARY, FU_SMTP_RCPT, 451,
		    "4.7.1" },
		{ "ok2@example.org", FU_SMTP_ACCEPTED, FU_SMTP_DOT, 250,
		    "2.0.0" },
		{ "rcptdrop@example.org", FU_SMTP_RETRY, FU_SMTP_RCPT, 0, "" },
		{ "data451@example.org", FU_SMTP_TEMPORARY, FU_SMTP_DATA, 451,
		    "4.3.0" },
		{ "datadrop@example.org", FU_SMTP_RETRY, FU_SMTP_DATA, 0, "" },
		{ "dotdrop@example.org", FU_SMTP_UNCERTAIN, FU_SMTP_DOT, 0,
		    "" },
		{ "dot451@example.org", FU_SMTP_TEMPORARY, FU_SMTP_DOT, 451,
		    "4.3.1" },
		{ "dot554@example.org", FU_SMTP_PERMANENT, FU_SMTP_DOT, 554,
		    "5.6.0" },
		{ "rcptsilent@example.org", FU_SMTP_RETRY, FU_SMTP_RCPT, 0,
		    "" },
		{ "dotsilent@example.org", FU_SMTP_UNCERTAIN, FU_SMTP_DOT, 0,
		    "" },
		{ "ok3@example.org", FU_SMTP_ACCEPTED, FU_SMTP_DOT, 250,
		    "2.0.0" }
	};
	enum { N = sizeof(cases) / sizeof(*cases) };
	struct fu_smtp_job job[N];
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	char *text;
	size_t i;

	(void)state;
	start(&d, NULL);
	smtp = open_plain(&d, 1);
	for (i = 0; i < N; i++)
		job[i] = job_to(cases[i].to);
	assert_int_equal(fu_smtp_deliver(smtp, job, N, &err), 0);
	fu_smtp_close(smtp);
	for (i = 0; i < N; i++) {
		if (job[i].status != cases[i].status ||
		    job[i].phase != cases[i].phase ||
		    job[i].code != cases[i].code)
			fail_msg("%s: status %d at %s, %d %s", cases[i].to,
			    job[i].status, fu_smtp_phase_name(job[i].phase),
			    job[i].code, job[i].text);
		assert_string_equal(job[i].enhanced, cases[i].enhanced);
		assert_true(job[i].text[0] != '\0');
	}
	assert_string_equal(job[0].relay_id, "T000001");
	/* Dots are stuffed on the wire alone, none is lost. */
	text = smtpd_read(&d, "msg/000001.eml");
	assert_string_equal(text, MAIL);
	free(text);
	/* Three, and the one whose reply was lost. */
	text = smtpd_read(&d, "accepted.ndjson");
	assert_int_equal(count(text, "\n"), 4);
	free(text);
	smtpd_stop(&d);
}

/* A refused recipient: neighbours in flight and after it are untouched. */
static void
test_neighbours(void **state)
{
	enum { N = 40 };
	struct fu_smtp_job job[N];
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	char *text;
	size_t i;

	(void)state;
	start(&d, NULL);
	smtp = open_plain(&d, 4);
	for (i = 0; i < N; i++)
		job[i] = job_to(i % 5 == 2 ? "rcpt550@example.org" :
		    i % 5 == 4 ? "dot554@example.org" : "ok@example.org");
	assert_int_equal(fu_smtp_deliver(smtp, job, N / 2, &err), 0);
	assert_int_equal(fu_smtp_deliver(smtp, job + N / 2, N / 2, &err), 0);
	for (i = 0; i < N; i++)
		assert_int_equal(job[i].status, i % 5 == 2 || i % 5 == 4 ?
		    FU_SMTP_PERMANENT : FU_SMTP_ACCEPTED);
	fu_smtp_close(smtp);
	text = smtpd_read(&d, "accepted.ndjson");
	assert_int_equal(count(text, "\n"), 24);
	assert_int_equal(count(text, "ok@example.org"), 24);
	free(text);
	smtpd_stop(&d);
}

/* One connection carries many messages, over calls. */
static void
test_kept(void **state)
{
	struct fu_smtp_job job[10];
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	char *text;
	size_t i;

	(void)state;
	start(&d, NULL);
	smtp = open_plain(&d, 1);
	for (i = 0; i < 10; i++) {
		job[i] = job_to("ok@example.org");
		assert_int_equal(fu_smtp_deliver(smtp, &job[i], 1, &err), 0);
		assert_int_equal(job[i].status, FU_SMTP_ACCEPTED);
	}
	fu_smtp_close(smtp);
	text = smtpd_read(&d, "transcript.log");
	assert_int_equal(count(text, "C: EHLO"), 1);
	assert_int_equal(count(text, "C: QUIT"), 1);
	free(text);
	smtpd_stop(&d);
}

static void
test_tls_auth(void **state)
{
	const char *const more[] = { "--starttls", "--auth", "ada:secret",
		NULL };
	struct fu_smtp_conf conf = { .user = "ada", .password = "secret",
		.connections = 2 };
	struct fu_smtp_job job[3];
	struct fu_smtp *smtp;
	char ca[160], other[64], *text;
	struct smtpd d;
	struct fu_err err;
	size_t i;

	(void)state;
	start(&d, more);
	conf.url = d.url;
	(void)snprintf(ca, sizeof(ca), "%s/cert.pem", d.dir);
	/* A certificate that nobody vouches for: nothing starts. */
	for (i = 0; i < 3; i++)
		job[i] = job_to("ok@example.org");
	smtp = fu_smtp_open(&conf, &err);
	assert_int_equal(fu_smtp_deliver(smtp, job, 3, &err), -1);
	assert_int_equal(err.class, FU_EUNAVAILABLE);
	for (i = 0; i < 3; i++)
		assert_int_equal(job[i].status, FU_SMTP_NOT_STARTED);
	assert_non_null(strstr(err.msg,
	    ": its certificate is not trusted (self-signed)"));
	fu_smtp_close(smtp);

	conf.ca_file = ca;
	(void)snprintf(other, sizeof(other), "smtp://other.localhost:%d",
	    d.port);
	conf.url = other;
	smtp = fu_smtp_open(&conf, &err);
	assert_int_equal(fu_smtp_deliver(smtp, job, 3, &err), -1);
	assert_non_null(strstr(err.msg,
	    ": its certificate is not trusted (it is for another name)"));
	fu_smtp_close(smtp);
	conf.url = d.url;
	smtp = fu_smtp_open(&conf, &err);
	if (fu_smtp_deliver(smtp, job, 3, &err) == -1)
		fail_msg("%s", err.msg);
	for (i = 0; i < 3; i++)
		assert_int_equal(job[i].status, FU_SMTP_ACCEPTED);
	fu_smtp_close(smtp);
	text = smtpd_read(&d, "accepted.ndjson");
	assert_int_equal(count(text, "\"tls\": true, \"user\": \"ada\""), 3);
	free(text);

	conf.password = "wrong";
	smtp = fu_smtp_open(&conf, &err);
	assert_int_equal(fu_smtp_deliver(smtp, job, 3, &err), -1);
	assert_int_equal(err.class, FU_EUNAVAILABLE);
	assert_null(strstr(err.msg, "wrong\""));
	assert_non_null(strstr(err.msg, "535"));
	for (i = 0; i < 3; i++)
		assert_int_equal(job[i].status, FU_SMTP_NOT_STARTED);
	fu_smtp_close(smtp);

	/* No AUTH given where it is wanted: 530 is the service's refusal. */
	conf.user = NULL;
	smtp = fu_smtp_open(&conf, &err);
	assert_int_equal(fu_smtp_deliver(smtp, job, 1, &err), -1);
	assert_int_equal(err.class, FU_EUNAVAILABLE);
	fu_smtp_close(smtp);
	smtpd_stop(&d);
}

/* TLS is required and not offered; AUTH is given and not offered. */
static void
test_not_offered(void **state)
{
	struct fu_smtp_conf conf = { .connections = 1 };
	struct fu_smtp_job job = job_to("ok@example.org");
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;

	(void)state;
	start(&d, NULL);
	conf.url = d.url;
	smtp = fu_smtp_open(&conf, &err);
	assert_int_equal(fu_smtp_deliver(smtp, &job, 1, &err), -1);
	assert_int_equal(err.class, FU_EUNAVAILABLE);
	assert_int_equal(job.status, FU_SMTP_NOT_STARTED);
	fu_smtp_close(smtp);
	smtpd_stop(&d);
}

static void
test_down(void **state)
{
	const char *const more[] = { "--greeting", "554 5.3.2 not today",
		NULL };
	struct fu_smtp_job job[4];
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	size_t i;

	(void)state;
	start(&d, more);
	for (i = 0; i < 4; i++)
		job[i] = job_to("ok@example.org");
	smtp = open_plain(&d, 1);
	assert_int_equal(fu_smtp_deliver(smtp, job, 4, &err), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(job[i].status, FU_SMTP_RETRY);
	fu_smtp_close(smtp);
	smtpd_stop(&d);
	/* Nobody listens there any more. */
	smtp = open_plain(&d, 2);
	assert_int_equal(fu_smtp_deliver(smtp, job, 4, &err), 0);
	for (i = 0; i < 4; i++)
		assert_int_equal(job[i].status, FU_SMTP_RETRY);
	fu_smtp_close(smtp);
}

static void
test_421(void **state)
{
	struct fu_smtp_job job[3] = { job_to("ok@example.org"),
		job_to("rcpt421@example.org"), job_to("ok2@example.org") };
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;

	(void)state;
	start(&d, NULL);
	smtp = open_plain(&d, 1);
	assert_int_equal(fu_smtp_deliver(smtp, job, 3, &err), 0);
	assert_int_equal(job[0].status, FU_SMTP_ACCEPTED);
	assert_int_equal(job[1].status, FU_SMTP_TEMPORARY);
	assert_int_equal(job[2].status, FU_SMTP_RETRY);
	fu_smtp_close(smtp);
	smtpd_stop(&d);
}

static void
test_body_drop(void **state)
{
	struct fu_smtp_job job = job_to("bodydrop@example.org");
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	char *big, *text;
	size_t i, len = 4000000;

	(void)state;
	start(&d, NULL);
	big = malloc(len);
	for (i = 0; i < len; i++)
		big[i] = i % 70 == 68 ? '\r' : i % 70 == 69 ? '\n' : 'x';
	job.bytes = (struct fu_str){ big, len };
	smtp = open_plain(&d, 1);
	assert_int_equal(fu_smtp_deliver(smtp, &job, 1, &err), 0);
	assert_int_equal(job.status, FU_SMTP_UNCERTAIN);
	fu_smtp_close(smtp);
	text = smtpd_read(&d, "accepted.ndjson");
	assert_string_equal(text, "");
	free(text);
	free(big);
	smtpd_stop(&d);
}

static bool
second_thoughts(void *ctx, struct fu_smtp_job *job)
{
	int *asked = ctx;

	(void)job;
	return (++*asked != 2);
}

static void
test_may_start(void **state)
{
	struct fu_smtp_job job[3];
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	int asked = 0;
	size_t i;
	char *text;

	(void)state;
	start(&d, NULL);
	smtp = open_plain(&d, 1);
	for (i = 0; i < 3; i++) {
		job[i] = job_to(i == 1 ? "stop@example.org" :
		    "ok@example.org");
		job[i].may_start = second_thoughts;
		job[i].ctx = &asked;
	}
	assert_int_equal(fu_smtp_deliver(smtp, job, 3, &err), 0);
	assert_int_equal(asked, 3);
	assert_int_equal(job[0].status, FU_SMTP_ACCEPTED);
	assert_int_equal(job[1].status, FU_SMTP_NOT_STARTED);
	assert_int_equal(job[2].status, FU_SMTP_ACCEPTED);
	fu_smtp_close(smtp);
	text = smtpd_read(&d, "transcript.log");
	assert_null(strstr(text, "stop@example.org"));
	free(text);
	smtpd_stop(&d);
}

static void
test_smtputf8(void **state)
{
	const char *const more[] = { "--no-utf8", NULL };
	struct fu_smtp_job job = job_to("josé@example.org");
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	char *text;

	(void)state;
	job.smtputf8 = true;
	start(&d, NULL);
	smtp = open_plain(&d, 1);
	assert_int_equal(fu_smtp_deliver(smtp, &job, 1, &err), 0);
	assert_int_equal(job.status, FU_SMTP_ACCEPTED);
	fu_smtp_close(smtp);
	text = smtpd_read(&d, "transcript.log");
	assert_non_null(strstr(text, " SMTPUTF8"));
	free(text);
	smtpd_stop(&d);

	start(&d, more);
	smtp = open_plain(&d, 1);
	assert_int_equal(fu_smtp_deliver(smtp, &job, 1, &err), 0);
	assert_int_equal(job.status, FU_SMTP_PERMANENT);
	assert_string_equal(job.text, "smtputf8_unavailable");
	fu_smtp_close(smtp);
	text = smtpd_read(&d, "transcript.log");
	assert_null(strstr(text, "C: MAIL"));
	free(text);
	smtpd_stop(&d);
}

/* Given up after one wait, for as long as the session lives, in our words. */
static void
test_silent_greeting(void **state)
{
	const char *const more[] = { "--greeting", "silent", NULL };
	struct fu_smtp_conf conf = { .tls_none = true, .connections = 1 };
	struct fu_smtp_job job[3];
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	int64_t began;
	char want[128];
	int i, round;

	(void)state;
	start(&d, more);
	conf.url = d.url;
	conf.times.connect_s = 1;
	smtp = fu_smtp_open(&conf, &err);
	assert_non_null(smtp);
	(void)snprintf(want, sizeof(want), "localhost:%d accepted the "
	    "connection and said nothing for 1 s", d.port);
	began = fu_clock_monotonic_us();
	for (round = 0; round < 3; round++) {
		for (i = 0; i < 3; i++) {
			job[i] = job_to(i == 0 ? "jos\xc3\xa9@example.org" :
			    "ok@example.org");
			job[i].smtputf8 = i == 0;
		}
		assert_int_equal(fu_smtp_deliver(smtp, job, 3, &err), 0);
		for (i = 0; i < 3; i++) {
			assert_int_equal(job[i].status, FU_SMTP_RETRY);
			assert_string_equal(job[i].text, want);
		}
	}
	assert_true(fu_clock_monotonic_us() - began < 3 * FU_SECOND);
	fu_smtp_close(smtp);
	smtpd_stop(&d);
}

static void
test_words(void **state)
{
	static const struct {
		const char *to, *text;
	} cases[] = {
		{ "rcptdrop@example.org", "the connection to localhost:%d "
		    "was lost before the message was sent" },
		{ "dotdrop@example.org", "the connection was lost after the "
		    "message was sent; it may have arrived" },
		{ "dotsilent@example.org", "localhost:%d did not answer for "
		    "3 s after the message was sent; it may have arrived" },
		{ "rcptsilent@example.org", "localhost:%d did not answer for "
		    "3 s" },
	};
	struct fu_smtp_job job;
	struct fu_smtp *smtp;
	struct smtpd d;
	struct fu_err err;
	char want[128];
	size_t i;

	(void)state;
	start(&d, NULL);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		smtp = open_plain(&d, 1);
		job = job_to(cases[i].to);
		assert_int_equal(fu_smtp_deliver(smtp, &job, 1, &err), 0);
		(void)snprintf(want, sizeof(want), cases[i].text, d.port);
		assert_string_equal(job.text, want);
		fu_smtp_close(smtp);
	}
	smtpd_stop(&d);
	smtp = open_plain(&d, 1);
	assert_int_equal(fu_smtp_deliver(smtp, &job, 1, &err), 0);
	(void)snprintf(want, sizeof(want), "cannot connect to localhost:%d",
	    d.port);
	assert_string_equal(job.text, want);
	fu_smtp_close(smtp);
}

static void
test_reply(void **state)
{
	struct fu_smtp_reply reply = { 0 };
	char enhanced[16], id[32];

	(void)state;
	fu_smtp_reply_line(&reply, FU_STR("550-5.1.1 no\r\n"));
	assert_false(reply.whole);
	fu_smtp_reply_line(&reply, FU_STR("550 5.1.1 such\x01 user\r\n"));
	assert_true(reply.whole);
	assert_string_equal(reply.text, "5.1.1 no / 5.1.1 such? user");
	fu_smtp_reply_enhanced(&reply, enhanced);
	assert_string_equal(enhanced, "5.1.1");
	fu_smtp_reply_line(&reply, FU_STR("250 OK id=1abc-DEF-00"));
	fu_smtp_reply_enhanced(&reply, enhanced);
	assert_string_equal(enhanced, "");
	fu_smtp_reply_id(&reply, id, sizeof(id));
	assert_string_equal(id, "1abc-DEF-00");
	fu_smtp_reply_line(&reply, FU_STR("250 Ok 010201738f2a-9ab-000000"));
	fu_smtp_reply_id(&reply, id, sizeof(id));
	assert_string_equal(id, "010201738f2a-9ab-000000");
	fu_smtp_reply_line(&reply, FU_STR("250 2.6.0 <a1@b.example> "
	    "[InternalId=7] Queued mail for delivery"));
	fu_smtp_reply_id(&reply, id, sizeof(id));
	assert_string_equal(id, "a1@b.example");
	fu_smtp_reply_line(&reply, FU_STR("250 2.0.0 message accepted"));
	fu_smtp_reply_id(&reply, id, sizeof(id));
	assert_string_equal(id, "");
	fu_smtp_reply_line(&reply, FU_STR("x"));
	fu_smtp_reply_line(&reply, FU_STR("250"));
	assert_string_equal(reply.text, "");
}

static void
test_urls(void **state)
{
	struct fu_smtp_conf conf = { .connections = 1 };
	struct fu_err err;

	(void)state;
	conf.url = "http://localhost";
	assert_null(fu_smtp_open(&conf, &err));
	assert_int_equal(err.class, FU_ECONFIG);
	conf.url = "smtp://user:pass@localhost";
	assert_null(fu_smtp_open(&conf, &err));
	assert_null(strstr(err.msg, "pass"));
	assert_true(fu_url_is_loopback("smtp://localhost:25"));
	assert_true(fu_url_is_loopback("http://127.1.2.3/x"));
	assert_true(fu_url_is_loopback("smtp://[::1]:25"));
	assert_false(fu_url_is_loopback("smtp://127.0.0.1.example.com"));
	assert_false(fu_url_is_loopback("smtp://localhost.example.com"));
	assert_false(fu_url_is_loopback("smtp://mail.example.com:587"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reply),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_tls_auth),
		cmocka_unit_test(test_not_offered),
		cmocka_unit_test(test_down),
		cmocka_unit_test(test_421),
		cmocka_unit_test(test_body_drop),
		cmocka_unit_test(test_may_start),
		cmocka_unit_test(test_silent_greeting),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_smtputf8)
	};

	fu_sig_install();
	return (cmocka_run_group_tests(tests, NULL, NULL));
}
