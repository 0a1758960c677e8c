/*
 * The HTTP thread: connections, bodies, and handing requests over.
 *
 * Must never touch the store, nor wait for who does.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/room.h"

/* Of a connection: request line, headers and answer's head.  5,000 that wait
 * take 60 MB. */
#define CONN_BYTES	((size_t)12 * 1024)
#define BACKLOG		1024
#define IDLE_SECONDS	30
#define QUEUE_MAX	20000
#define OVER_MAX	((size_t)1024 * 1024)
#define FDS_APART	64	/* of files that are no connections */
/*
 * A resumed connection wakes who waits for events, but for now and then: with
 * libmicrohttpd 0.9.75 one in some ten thousand is seen with the next event
 * only.  So nobody waits for long while the desk has a request.
 */
#define BUSY_MS		2
#define IDLE_MS		50

/* ---- connections ---- */

static void
on_connection(void *cls, struct MHD_Connection *mhd, void **ctx,
    enum MHD_ConnectionNotificationCode code)
{
	struct fu_web			*web = cls;
	const union MHD_ConnectionInfo	*info;
	struct fu_web_conn		*c;

	pthread_mutex_lock(&web->conn_lock);
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		c = fu_zeroed(1, sizeof(*c));
		info = MHD_get_connection_info(mhd,
		    MHD_CONNECTION_INFO_CONNECTION_FD);
		c->fd = info == NULL ? -1 : info->connect_fd;
		c->since_us = fu_clock_monotonic_us();
		c->next = web->conns;
		if (c->next != NULL)
			c->next->prev = c;
		web->conns = c;
		*ctx = c;
		web->count.connections++;
	} else if ((c = *ctx) != NULL) {
		if (c->prev != NULL)
			c->prev->next = c->next;
		else
			web->conns = c->next;
		if (c->next != NULL)
			c->next->prev = c->prev;
		free(c);
		*ctx = NULL;
		web->count.connections--;
	}
	pthread_mutex_unlock(&web->conn_lock);
}

void
fu_web_hurry(struct fu_web *web)
{
	int64_t	 before = fu_clock_monotonic_us() -
	    web->session->config.web.timeout_us;

	/* A byte now and then keeps none alive: the whole has its time. */
	pthread_mutex_lock(&web->conn_lock);
	for (struct fu_web_conn *c = web->conns; c != NULL; c = c->next)
		if (!c->busy && c->since_us < before && c->fd != -1) {
			(void)shutdown(c->fd, SHUT_RDWR);
			c->fd = -1;
			web->count.slow++;
		}
	pthread_mutex_unlock(&web->conn_lock);
}

static void
set_busy(struct fu_web_req *r, bool busy)
{
	if (r->conn == NULL)
		return;
	pthread_mutex_lock(&r->web->conn_lock);
	r->conn->busy = busy;
	r->conn->since_us = fu_clock_monotonic_us();
	pthread_mutex_unlock(&r->web->conn_lock);
}

/* ---- requests ---- */

static void *
on_line(void *cls, const char *uri, struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo	*info;

	info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return (fu_web_req_new(cls, mhd, info == NULL ? NULL :
	    info->socket_context, uri));
}

static void
on_done(void *cls, struct MHD_Connection *mhd, void **ctx,
    enum MHD_RequestTerminationCode code)
{
	struct fu_web_req	*r = *ctx;

	(void)mhd;
	(void)code;
	if (r == NULL)
		return;
	fu_log_request(cls, r);
	set_busy(r, false);
	fu_web_req_free(r);
	*ctx = NULL;
}

/* More of the body.  What is too much is not kept, but read on for a while, so
 * that who sends it gets to hear so; false when that is enough. */
static bool
take_body(struct fu_web_req *r, const char *data, size_t len)
{
	if (r->over == 0 && r->body.len + len <= fu_web_body_max(r)) {
		fu_buf_put(&r->body, data, len);
		return (true);
	}
	if (!r->answered)
		fu_answer_error(r, 413, "too_large");
	r->over += len;
	return (r->over <= OVER_MAX);
}

static enum MHD_Result
hand_over(struct fu_web_req *r)
{
	struct fu_web	*web = r->web;

	if (web->stopping || web->queue.n > QUEUE_MAX) {
		fu_answer_error(r, 503, "try_again");
		return (fu_answer_send(r) ? MHD_YES : MHD_NO);
	}
	r->handed = true;
	web->flight++;
	/* Suspended first: the desk may be done before this returns. */
	MHD_suspend_connection(r->mhd);
	if (!fu_queue_put(&web->queue, r)) {
		fu_answer_error(r, 503, "try_again");
		MHD_resume_connection(r->mhd);
	}
	return (MHD_YES);
}

static enum MHD_Result
on_request(void *cls, struct MHD_Connection *mhd, const char *url,
    const char *method, const char *version, const char *data, size_t *len,
    void **ctx)
{
	struct fu_web_req	*r = *ctx;
	struct fu_err		 err;

	(void)cls;
	(void)mhd;
	(void)url;
	(void)version;
	if (r == NULL)
		return (MHD_NO);
	if (r->method[0] == '\0') {
		if (!fu_web_req_admit(r, method))
			return (fu_answer_send(r) ? MHD_YES : MHD_NO);
		return (MHD_YES);
	}
	if (*len > 0) {
		if (!take_body(r, data, *len))
			return (MHD_NO);
		*len = 0;
		return (MHD_YES);
	}
	set_busy(r, true);
	if (r->handed)
		r->web->flight--;
	if (!r->answered && r->route->work != FU_WORK_NONE)
		return (hand_over(r));
	if (!r->answered)
		(void)r->route->serve(NULL, r, &err);
	return (fu_answer_send(r) ? MHD_YES : MHD_NO);
}

void
fu_web_resume(struct fu_web_req *r)
{
	MHD_resume_connection(r->mhd);
}

void *
fu_web_serve(void *arg)
{
	struct fu_web	*web = arg;

	while (!web->closing)
		if (MHD_run_wait(web->daemon, web->flight >
		    (long long)web->count.waiting ? BUSY_MS : IDLE_MS) ==
		    MHD_NO)
			fu_sleep_us(BUSY_MS * 1000);
	return (NULL);
}

/* ---- listening ---- */

/* "127.0.0.1:8087", "[::1]:8087" or ":8087". */
static int
split(const char *listen_on, char *host, size_t size, const char **port)
{
	const char	*colon = strrchr(listen_on, ':');
	size_t		 len;

	if (colon == NULL)
		return (-1);
	len = (size_t)(colon - listen_on);
	if (len >= 2 && listen_on[0] == '[' && colon[-1] == ']') {
		listen_on++;
		len -= 2;
	}
	if (len >= size)
		return (-1);
	memcpy(host, listen_on, len);
	host[len] = '\0';
	*port = colon + 1;
	return (0);
}

static int
open_socket(const char *listen_on, struct fu_err *err)
{
	struct addrinfo	 hints = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	struct addrinfo	*ai = NULL;
	char		 host[64];
	const char	*port;
	int		 fd, one = 1;

	if (split(listen_on, host, sizeof(host), &port) == -1 ||
	    getaddrinfo(*host == '\0' ? NULL : host, port, &hints, &ai) != 0)
		return (fu_err_set(err, FU_ECONFIG, "web.listen: \"%s\" is no "
		    "address with a port: write 127.0.0.1:8087", listen_on));
	fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd == -1)
		fu_err_sys(err, FU_EUNAVAILABLE, "socket");
	else if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one,
	    sizeof(one)) == -1 || bind(fd, ai->ai_addr, ai->ai_addrlen) ==
	    -1 || listen(fd, BACKLOG) == -1) {
		fu_err_sys(err, FU_EUNAVAILABLE, "web.listen: %s", listen_on);
		close(fd);
		fd = -1;
	}
	freeaddrinfo(ai);
	return (fd);
}

static void
name_socket(int fd, char *out, size_t size)
{
	struct sockaddr_storage	 ss;
	socklen_t		 len = sizeof(ss);
	char			 host[64], port[16];

	if (getsockname(fd, (struct sockaddr *)&ss, &len) == -1 ||
	    getnameinfo((struct sockaddr *)&ss, len, host, sizeof(host), port,
	    sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		(void)snprintf(out, size, "?");
	else
		(void)snprintf(out, size, ss.ss_family == AF_INET6 ?
		    "http://[%s]:%s" : "http://%s:%s", host, port);
}

/* As many connections as are configured, if the system lets us. */
static unsigned
connections_max(struct fu_web *web)
{
	struct rlimit	 rl;
	rlim_t		 want = (rlim_t)web->session->config.web.connections +
	    FDS_APART;

	if (getrlimit(RLIMIT_NOFILE, &rl) == -1)
		return (512);
	if (rl.rlim_cur < want) {
		rl.rlim_cur = want < rl.rlim_max ? want : rl.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &rl);
		(void)getrlimit(RLIMIT_NOFILE, &rl);
	}
	if (rl.rlim_cur >= want)
		return ((unsigned)web->session->config.web.connections);
	fu_note(web->session->opt, "of %d connections the system allows %llu: "
	    "raise its limit of open files",
	    web->session->config.web.connections,
	    (unsigned long long)(rl.rlim_cur - FDS_APART));
	return ((unsigned)(rl.rlim_cur - FDS_APART));
}

int
fu_web_listen(struct fu_web *web, struct fu_err *err)
{
	const char	*on = web->opt->listen != NULL ? web->opt->listen :
	    web->session->config.web.listen;
	int		 fd = open_socket(on, err);

	if (fd == -1)
		return (-1);
	name_socket(fd, web->listens, sizeof(web->listens));
	web->daemon = MHD_start_daemon(MHD_USE_EPOLL |
	    MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL, on_request,
	    web, MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_URI_LOG_CALLBACK, on_line, web,
	    MHD_OPTION_NOTIFY_COMPLETED, on_done, web,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, web,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONN_BYTES,
	    MHD_OPTION_CONNECTION_LIMIT, connections_max(web),
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
	if (web->daemon == NULL) {
		close(fd);
		return (fu_err_set(err, FU_EUNAVAILABLE,
		    "%s: the HTTP server does not start", on));
	}
	return (0);
}

void
fu_web_close(struct fu_web *web)
{
	if (web->daemon != NULL)
		MHD_stop_daemon(web->daemon);
	web->daemon = NULL;
}
