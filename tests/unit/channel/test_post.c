/* Slack and webhook against a small HTTP server of our own. */
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/hash.h"
#include "base/sig.h"
#include "channel/answer.h"
#include "channel/channel.h"

/* A child that answers one request with ${answer}; the request comes back. */
struct server {
	pid_t	 pid;
	int	 port, seen;		/* pipe with the request */
};

static void
serve(struct server *s, const char *answer)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	socklen_t len = sizeof(in);
	char block[8192];
	int fd, peer, out[2];
	ssize_t n;

	in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_true((fd = socket(AF_INET, SOCK_STREAM, 0)) != -1);
	assert_int_equal(bind(fd, (struct sockaddr *)&in, sizeof(in)), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&in, &len), 0);
	s->port = ntohs(in.sin_port);
	assert_int_equal(pipe(out), 0);
	if ((s->pid = fork()) == 0) {
		alarm(20);
		peer = accept(fd, NULL, NULL);
		n = recv(peer, block, sizeof(block), 0);
		if (n > 0 && write(out[1], block, (size_t)n) == n &&
		    send(peer, answer, strlen(answer), 0) > 0)
			_exit(0);
		_exit(1);
	}
	close(fd);
	close(out[1]);
	s->seen = out[0];
}

static void
post(struct fu_channel_conf *conf, const char *answer, struct fu_delivery *d,
    struct fu_arena *arena, char request[8192])
{
	struct fu_chan *channel;
	struct server server;
	struct fu_err err;
	ssize_t n;

	serve(&server, answer);
	conf->url = fu_printf(arena, "http://127.0.0.1:%d/hook", server.port);
	if ((channel = fu_channel_open(conf, &err)) == NULL)
		fail_msg("%s", err.msg);
	assert_true(fu_channel_is_local(channel));
	if (fu_channel_deliver(channel, d, 1, arena, &err) == -1)
		fail_msg("%s", err.msg);
	fu_channel_close(channel);
	n = read(server.seen, request, 8191);
	request[n > 0 ? n : 0] = '\0';
	close(server.seen);
	waitpid(server.pid, NULL, 0);
}

static void
test_answers(void **state)
{
	static const struct {
		const char			*via, *answer;
		enum fu_delivery_status	 status;
		int				 code;
		int64_t				 after_us;
	} cases[] = {
		{ "webhook", "HTTP/1.1 204 No\r\n\r\n", FU_D_SENT, 204, 0 },
		{ "slack", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
		    FU_D_SENT, 200, 0 },
		{ "slack", "HTTP/1.1 429 No\r\nRetry-After: 30\r\n"
		    "Content-Length: 0\r\n\r\n", FU_D_RETRY, 429,
		    30 * FU_SECOND },
		{ "webhook", "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
		    FU_D_RETRY, 503, 0 },
		{ "webhook", "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
		    FU_D_FAILED, 404, 0 },
		{ "webhook", "HTTP/1.1 302 No\r\nLocation: http://127.0.0.1/\r"
		    "\nContent-Length: 0\r\n\r\n", FU_D_FAILED, 302, 0 },
		/* 2xx, and yet nothing was taken. */
		{ "slack", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<a/>",
		    FU_D_FAILED, 200, 0 },
		{ "webhook", "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n"
		    "{\"success\":false}", FU_D_FAILED, 200, 0 },
		{ "webhook", "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n"
		    "{\"success\":true}", FU_D_SENT, 200, 0 },
		/* Slack's words for what no waiting helps, and for what it does. */
		{ "slack", "HTTP/1.1 410 Gone\r\nContent-Length: 19\r\n\r\n"
		    "channel_is_archived", FU_D_FAILED, 410, 0 },
		{ "slack", "HTTP/1.1 500 No\r\nContent-Length: 12\r\n\r\n"
		    "rollup_error", FU_D_RETRY, 500, 0 },
		/* Cut off: Slack may have it, a webhook knows the id. */
		{ "slack", "H", FU_D_UNCERTAIN, 0, 0 },
		{ "webhook", "H", FU_D_RETRY, 0, 0 }
	};
	struct fu_channel_conf conf;
	struct fu_delivery d;
	struct fu_arena arena;
	char request[8192];
	size_t i;

	(void)state;
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		memset(&conf, 0, sizeof(conf));
		conf.via = cases[i].via;
		d = (struct fu_delivery){ .kind = cases[i].via, .id = "h3",
			.text = "{\"a\":1}", .at_us = FU_SECOND };
		post(&conf, cases[i].answer, &d, &arena, request);
		if (d.status != cases[i].status || d.code != cases[i].code)
			fail_msg("%s: %s, %d", cases[i].answer,
			    fu_delivery_status_name(d.status), d.code);
		assert_true(d.retry_after_us == cases[i].after_us);
	}
	fu_arena_free(&arena);
}

static void
test_signature(void **state)
{
	static const char *item[] = { "X-Own: yes",
		"Authorization: Bearer env:FU_TEST_TOKEN",
		"x-api-token: env:FU_TEST_TOKEN", "X-Text: about env: and so" };
	struct fu_list headers = { item, 4 };
	struct fu_channel_conf conf = { .via = "webhook", .headers = &headers,
		.secret = { .spec = "hush" } };
	struct fu_delivery d = { .kind = "webhook", .id = "h3-1",
		.text = "{\"a\":1}", .at_us = 1795437000 * FU_SECOND };
	struct fu_key key = { .bytes = "hush", .len = 4 };
	struct fu_arena arena;
	char request[8192], hex[65];
	uint8_t mac[32];

	(void)state;
	fu_arena_init(&arena);
	setenv("FU_TEST_TOKEN", "t0k3n", 1);
	post(&conf, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", &d, &arena,
	    request);
	fu_hmac(&key, "1795437000.{\"a\":1}", 18, mac);
	fu_hex(mac, 32, hex);
	assert_non_null(strstr(request, fu_printf(&arena,
	    "\r\nX-Fu-Signature: t=1795437000,v1=%s\r\n", hex)));
	assert_non_null(strstr(request, "\r\nX-Fu-Event-Id: h3-1\r\n"));
	assert_non_null(strstr(request, "\r\nX-Own: yes\r\n"));
	assert_non_null(strstr(request,
	    "\r\nAuthorization: Bearer t0k3n\r\n"));
	assert_non_null(strstr(request, "\r\nx-api-token: t0k3n\r\n"));
	assert_non_null(strstr(request, "\r\nX-Text: about env: and so\r\n"));
	assert_non_null(strstr(request, "\r\n\r\n{\"a\":1}"));
	fu_arena_free(&arena);
}

/* A secret that is not there is told by its name, before anything leaves. */
static void
test_no_secret(void **state)
{
	static const char *item[] = { "Authorization: Bearer env:FU_NO_TOKEN" };
	struct fu_list headers = { item, 1 };
	struct fu_channel_conf conf = { .via = "webhook", .headers = &headers,
		.url = "http://127.0.0.1:1/", .where = { "fu.yaml", 7, 3 } };
	struct fu_err err;

	(void)state;
	unsetenv("FU_NO_TOKEN");
	assert_null(fu_channel_open(&conf, &err));
	assert_int_equal(err.class, FU_ECONFIG);
	assert_string_equal(err.msg, "fu.yaml:7:3: FU_NO_TOKEN is not set in "
	    "the environment");
}

static void
test_refusals_in_2xx(void **state)
{
	static const struct {
		const char	*body, *why;	/* NULL: taken */
	} cases[] = {
		{ "", NULL }, { "ok", NULL }, { "[]", NULL }, { "{", NULL },
		{ "{\"errors\":[{\"message\":\"x\"}]}", NULL },
		{ "{\"status\":\"COMPLETE\",\"results\":[{}]}", NULL },
		{ "{\"status\":\"COMPLETE\",\"numErrors\":1,\"errors\":["
		    "{\"message\":\"no such property\"}]}",
		    "no such property" },
		{ "{\"success\":true,\"data\":{}}", NULL },
		{ "{\"success\":false,\"error\":\"no name\"}", "no name" },
		{ "{\"success\":false}", "" },
		{ "{\"compositeResponse\":[{\"httpStatusCode\":201},"
		    "{\"httpStatusCode\":204}]}", NULL },
		{ "{\"compositeResponse\":[{\"body\":[{\"errorCode\":"
		    "\"PROCESSING_HALTED\"}],\"httpStatusCode\":400},"
		    "{\"body\":[{\"errorCode\":\"INVALID_FIELD\"}],"
		    "\"httpStatusCode\":400}]}",
		    "[{\"errorCode\":\"INVALID_FIELD\"}]" },
		{ "{\"compositeResponse\":[1,null,{\"httpStatusCode\":\"x\"}]"
		    "}", NULL },
	};
	struct fu_arena arena;
	const char *why;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		why = fu_answer_refusal(fu_str_of(cases[i].body), &arena);
		if (!fu_streq(why, cases[i].why))
			fail_msg("%s: %s", cases[i].body, why);
	}
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_no_secret),
		cmocka_unit_test(test_refusals_in_2xx)
	};

	fu_sig_install();
	return (cmocka_run_group_tests(tests, NULL, NULL));
}
