/*
 * What a service tells us by HTTP: its request taken, signature first, and the
 * events of it recorded like those of a file.
 *
 * A filter prints the events; a CGI program and a web server record them and
 * answer when they are durable.
 */
#ifndef FU_FLOW_HOOK_H
#define FU_FLOW_HOOK_H

#include "content/hook.h"
#include "flow/session.h"

enum fu_hook_service {
	FU_HOOK_TWILIO, FU_HOOK_WHATSAPP, FU_HOOK_BOOKING, FU_HOOK_JSON,
	FU_HOOK_SERVICE_N
};
const char *fu_hook_service_name(enum fu_hook_service);
int fu_hook_service_find(struct fu_str);	/* -1: none */

/* What the service is answered. */
struct fu_hook_answer {
	int		 status;	/* of HTTP */
	const char	*type;		/* Content-Type */
	const char	*body;
};

/*
 * fu_hook_take(session, service, request, url, arena, out, answer, err):
 * Is the request theirs?  Then its events into ${out}, a line each.
 * ${session} must be open with FU_S_CONFIG and FU_S_KEYS.  ${url} is the
 * public one that Twilio called, without its query; NULL: channels.sms.webhook,
 * else the request's own host and path.  Return 1; 0 when it is refused, with
 * ${answer} and ${err} (FU_EDATA) saying why; or -1 with FU_ECONFIG when
 * there is no secret to ask it by: then ${answer} is a 500.
 *
 * fu_hook_record(session, name, lines, err):
 * Record the events of ${lines}, durably.  ${session} must be open for
 * fu_ingest_open(); what is rejected is counted in its sink.
 */
int fu_hook_take(struct fu_session *, enum fu_hook_service,
    const struct fu_hook_request *, const char *, struct fu_arena *,
    struct fu_buf *, struct fu_hook_answer *, struct fu_err *);
int fu_hook_record(struct fu_session *, const char *, struct fu_str,
    struct fu_err *);

/*
 * hook_cgi.c
 * fu_hook_is_cgi(): does the environment say so?  [RFC 3875]
 * fu_hook_cgi_argv(): does a server put the url's query on the command line,
 * for it has no '='?  Then whoever calls us wrote the options.  [RFC 3875 4.4]
 * fu_hook_read(fd, max, arena, text, err): all of it, or the first ${max}
 * bytes (0: a request's largest); FU_EDATA when there is more than that.
 * fu_hook_cgi(arena, request, path_info, err): the request that the
 * environment tells of, its body from standard input.
 * fu_hook_cgi_answer(answer, out): as a CGI program writes it.
 */
bool fu_hook_is_cgi(void);
bool fu_hook_cgi_argv(void);
int fu_hook_read(int, size_t, struct fu_arena *, struct fu_str *,
    struct fu_err *);
int fu_hook_cgi(struct fu_arena *, struct fu_hook_request *, struct fu_str *,
    struct fu_err *);
void fu_hook_cgi_answer(const struct fu_hook_answer *, struct fu_buf *);

#endif
