/*
 * A line a request, and the counts behind /metrics.
 *
 * Must never write a token, a query or a whole address.
 */
#include <stdio.h>
#include <string.h>

#include "web/room.h"

/* What nobody reads is lost, and counted. */
#define LOG_MAX	((size_t)4 * 1024 * 1024)

/* "192.0.2.0", "2001:db8::": a network, not somebody's. */
static void
network(const char *address, char *out, size_t size)
{
	const char	*p = address;
	int		 n = 0;
	bool		 six = strchr(address, ':') != NULL;

	while (*p != '\0' && n < 3)
		if (*p++ == (six ? ':' : '.'))
			n++;
	(void)snprintf(out, size, "%.*s%s", (int)(p - address), address,
	    six ? ":" : "0");
}

void
fu_log_request(struct fu_web *web, const struct fu_web_req *r)
{
	char		 address[FU_WEB_ADDRESS_MAX + 2];
	int64_t		 took = fu_clock_monotonic_us() - r->start_us;
	struct fu_jw	 jw;

	network(r->address, address, sizeof(address));
	pthread_mutex_lock(&web->log_lock);
	if (web->log.len > LOG_MAX) {
		web->count.lost++;
		pthread_mutex_unlock(&web->log_lock);
		return;
	}
	fu_jw_init(&jw, &web->log);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "request");
	fu_jw_time(&jw, "at", fu_clock_now(&(struct fu_clock){ FU_NEVER }));
	fu_jw_str(&jw, "method", r->method);
	fu_jw_str(&jw, "path", r->route == NULL ? NULL : r->route->label);
	fu_jw_int(&jw, "status", r->status);
	fu_jw_real(&jw, "ms", (double)(took / 10) / 100);
	fu_jw_int(&jw, "bytes_in", (int64_t)r->body.len);
	fu_jw_int(&jw, "bytes_out", (int64_t)(r->asset != NULL ?
	    r->asset->len : r->out.len));
	fu_jw_str(&jw, "from", address);
	if (*r->origin != '\0')
		fu_jw_str(&jw, "origin", r->origin);
	if (r->verdict != NULL)
		fu_jw_str(&jw, "verdict", r->verdict);
	if (*r->page != '\0')
		fu_jw_str(&jw, "page", r->page);
	fu_jw_object_end(&jw);
	fu_buf_putc(&web->log, '\n');
	pthread_mutex_unlock(&web->log_lock);
}

int
fu_log_flush(struct fu_web *web, struct fu_err *err)
{
	struct fu_buf	 out;
	int		 rc = 0;

	pthread_mutex_lock(&web->log_lock);
	out = web->log;
	fu_buf_init(&web->log);
	pthread_mutex_unlock(&web->log_lock);
	if (out.len > 0 && !web->log_to.lost)
		rc = fu_sink_write(&web->log_to, &out, err);
	fu_buf_free(&out);
	return (rc);
}

static void
print_one(struct fu_buf *out, const char *name, const char *type,
    const char *help, unsigned long long value)
{
	fu_buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %llu\n", name, help,
	    name, type, name, value);
}

void
fu_metrics_print(struct fu_web *web, struct fu_buf *out)
{
#define X(name, metric, help) \
	print_one(out, metric, "counter", help, web->count.name);
	FU_METRICS(X)
#undef X
	print_one(out, "fu_web_connections", "gauge", "connections open",
	    web->count.connections);
	print_one(out, "fu_web_waiting", "gauge", "browsers that wait for words",
	    web->count.waiting);
	print_one(out, "fu_web_queued", "gauge", "requests on their way to the store",
	    web->queue.n);
}
