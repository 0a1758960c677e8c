/*
 * Load for fu-web: visits, turns of the chat, or browsers that wait, at a rate
 * that does not wait for answers.
 *
 *   webload PORT visits|turns|idle RATE SECONDS CONNECTIONS
 *
 * One line of JSON: how many were sent, answered with 200 and not, and how long
 * they took from when they were due.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define VISITORS	2000
#define TOKEN_MAX	80

struct conn {
	int	 fd;
	bool	 busy;
	double	 due;
	int	 token;			/* to keep the answer's in; -1 */
	char	 in[16384];
	size_t	 n;
};

static char	 token[VISITORS][TOKEN_MAX];
static size_t	 failed, ok, sent;
static double	*took;
static struct conn *conn;
static int	 nconn, port, ep;

static double
now(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec / 1e9);
}

static void
dial(struct conn *c)
{
	struct sockaddr_in	 sa = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port) };
	struct epoll_event	 ev = { .events = EPOLLIN, .data.ptr = c };
	int			 one = 1;

	sa.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (c->fd == -1 || connect(c->fd, (struct sockaddr *)&sa,
	    sizeof(sa)) == -1) {
		perror("connect");
		exit(1);
	}
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &ev);
	c->busy = false;
	c->n = 0;
	c->token = -1;
}

static void
post(struct conn *c, const char *path, const char *who, const char *body)
{
	char	 text[2048];
	int	 n;

	n = snprintf(text, sizeof(text), "POST %s HTTP/1.1\r\nHost: x\r\n"
	    "Content-Type: application/json\r\n%s%s%sContent-Length: %zu\r\n"
	    "\r\n%s", path, *who ? "X-Fu-Visitor: " : "", who,
	    *who ? "\r\n" : "", strlen(body), body);
	if (write(c->fd, text, (size_t)n) != n)
		failed++;
	c->busy = true;
	c->n = 0;
}

/* A whole answer is there: was it 200, and what token did it give? */
static void
take(struct conn *c, bool count)
{
	char	*t = strstr(c->in, "\"visitor\":\"");
	bool	 good = strncmp(c->in, "HTTP/1.1 200", 12) == 0;

	if (t != NULL && c->token >= 0)
		sscanf(t + 11, "%79[^\"]", token[c->token]);
	if (count) {
		took[ok + failed] = now() - c->due;
		if (good)
			ok++;
		else
			failed++;
	}
	c->busy = false;
	c->n = 0;
}

static void
look(int ms, bool count)
{
	struct epoll_event	 ev[256];
	int			 n = epoll_wait(ep, ev, 256, ms);

	for (int i = 0; i < n; i++) {
		struct conn	*c = ev[i].data.ptr;
		ssize_t		 got = read(c->fd, c->in + c->n,
		    sizeof(c->in) - 1 - c->n);
		char		*head, *length;

		if (got <= 0) {
			if (got == -1 && errno == EAGAIN)
				continue;
			if (c->busy && count)
				failed++;
			close(c->fd);
			dial(c);
			continue;
		}
		c->n += (size_t)got;
		c->in[c->n] = '\0';
		head = strstr(c->in, "\r\n\r\n");
		length = strstr(c->in, "Content-Length: ");
		if (head != NULL && length != NULL && (size_t)(head + 4 -
		    c->in) + strtoul(length + 16, NULL, 10) <= c->n)
			take(c, count);
	}
}

static struct conn *
idle_conn(int *at)
{
	for (int i = 0; i < nconn; i++) {
		*at = (*at + 1) % nconn;
		if (!conn[*at].busy)
			return (&conn[*at]);
	}
	return (NULL);
}

static void
consent_all(int n)
{
	struct conn	*c;
	int		 at = 0;

	for (int i = 0; i < n; ) {
		if ((c = idle_conn(&at)) == NULL) {
			look(10, false);
			continue;
		}
		c->token = i++;
		post(c, "/v1/consent", "", "{\"granted\":true}");
		look(0, false);
	}
	for (int i = 0; i < nconn; i++)
		while (conn[i].busy)
			look(10, false);
}

static void
ask(struct conn *c, bool turns, size_t i)
{
	static const char *const text[] = { "Do you have an API?",
		"What does it cost for ten people?", "Is our data safe?",
		"How do I import contacts?", "How long does it take to begin?",
		"Can it work with Salesforce?", "Who decides on quotes?" };
	char	 body[256];

	if (turns)
		snprintf(body, sizeof(body), "{\"text\":\"%s\",\"url\":"
		    "\"https://www.example.com/\"}", text[i % 7]);
	else
		snprintf(body, sizeof(body), "{\"verdict\":\"visit\",\"url\":"
		    "\"https://www.example.com/p%zu\"}", i);
	c->token = -1;
	post(c, turns ? "/v1/chat" : "/v1/visit", token[i % VISITORS], body);
}

static int
by_time(const void *a, const void *b)
{
	double	 x = *(const double *)a, y = *(const double *)b;

	return (x < y ? -1 : x > y);
}

static void
wait_all(double seconds)
{
	double	 end = now() + seconds;

	for (int i = 0; i < nconn; i++)
		post(&conn[i], "/v1/words", token[i % VISITORS],
		    "{\"after\":999999999}");
	while (now() < end)
		look(200, false);
}

int
main(int argc, char **argv)
{
	double	 rate, seconds, start, end;
	size_t	 want, n;
	bool	 turns;
	int	 at = 0;

	if (argc != 6)
		return (64);
	port = atoi(argv[1]);
	turns = strcmp(argv[2], "turns") == 0;
	rate = atof(argv[3]);
	seconds = atof(argv[4]);
	nconn = atoi(argv[5]);
	ep = epoll_create1(0);
	conn = calloc((size_t)nconn, sizeof(*conn));
	took = calloc((size_t)(rate * seconds) + 16, sizeof(*took));
	if (conn == NULL || took == NULL)
		return (1);
	for (int i = 0; i < nconn; i++)
		dial(&conn[i]);
	consent_all(VISITORS);
	if (strcmp(argv[2], "idle") == 0) {
		wait_all(seconds);
		return (0);
	}
	want = (size_t)(rate * seconds);
	start = now();
	while (sent < want) {
		double		 due = start + (double)sent / rate;
		struct conn	*c;

		if (due > now()) {
			look((int)((due - now()) * 1000), true);
			continue;
		}
		if ((c = idle_conn(&at)) == NULL) {
			look(5, true);
			continue;
		}
		c->due = due;
		ask(c, turns, sent++);
		if (sent % 16 == 0)
			look(0, true);
	}
	for (end = now() + 30; ok + failed < sent && now() < end; )
		look(50, true);
	end = now();
	n = ok + failed;
	qsort(took, n, sizeof(*took), by_time);
	printf("{\"load\":\"%s\",\"rate\":%.0f,\"sent\":%zu,\"ok\":%zu,"
	    "\"failed\":%zu,\"seconds\":%.2f,\"p50_ms\":%.1f,\"p95_ms\":%.1f,"
	    "\"p99_ms\":%.1f,\"max_ms\":%.1f}\n", argv[2], rate, sent, ok,
	    sent - ok, end - start, took[n / 2] * 1e3, took[n * 95 / 100] *
	    1e3, took[n * 99 / 100] * 1e3, took[n - 1] * 1e3);
	return (0);
}
