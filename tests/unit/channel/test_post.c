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
	static const char *item[] = { "X-Own: yes" };
	struct fu_list headers = { item, 1 };
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
	post(&conf, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", &d, &arena,
	    request);
	fu_hmac(&key, "1795437000.{\"a\":1}", 18, mac);
	fu_hex(mac, 32, hex);
	assert_non_null(strstr(request, fu_printf(&arena,
	    "\r\nX-Fu-Signature: t=1795437000,v1=%s\r\n", hex)));
	assert_non_null(strstr(request, "\r\nX-Fu-Event-Id: h3-1\r\n"));
	assert_non_null(strstr(request, "\r\nX-Own: yes\r\n"));
	assert_non_null(strstr(request, "\r\n\r\n{\"a\":1}"));
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_signature)
	};

	fu_sig_install();
	return (cmocka_run_group_tests(tests, NULL, NULL));
}
