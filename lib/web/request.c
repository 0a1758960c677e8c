/*
 * A request's head: where it goes, whose it is, and whether it is welcome.
 *
 * Must never keep more of one than its route asks for.
 */
#include <microhttpd.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "web/serve.h"

struct fu_web_req *
fu_web_req_new(struct fu_web *web, struct MHD_Connection *mhd,
    struct fu_web_conn *conn, const char *uri)
{
	struct fu_web_req	*r = fu_zeroed(1, sizeof(*r));
	size_t			 path = strcspn(uri, "?#"), len = strlen(uri);

	r->web = web;
	r->mhd = mhd;
	r->conn = conn;
	r->start_us = fu_clock_monotonic_us();
	fu_buf_init(&r->body);
	fu_buf_init(&r->out);
	/* Until the method is known, the path waits in the body's room. */
	if (path <= FU_WEB_PATH_MAX && fu_utf8_valid(uri, len))
		fu_buf_put(&r->body, uri, path);
	if (uri[path] == '?' && len - path <= 2048)
		r->query = strdup(uri + path + 1);
	web->count.requests++;
	return (r);
}

void
fu_web_req_free(struct fu_web_req *r)
{
	for (size_t i = 0; i < r->nheader; i++) {
		free((char *)(uintptr_t)r->header[i].name.ptr);
		free((char *)(uintptr_t)r->header[i].value.ptr);
	}
	free(r->header);
	fu_buf_free(&r->body);
	fu_buf_free(&r->out);
	free(r->location);
	free(r->query);
	free(r);
}

static const char *
header(const struct fu_web_req *r, const char *name)
{
	return (MHD_lookup_connection_value(r->mhd, MHD_HEADER_KIND, name));
}

static enum MHD_Result
keep_header(void *ctx, enum MHD_ValueKind kind, const char *name,
    const char *value)
{
	struct fu_web_req	*r = ctx;

	(void)kind;
	if (r->nheader == FU_HOOK_PAIRS_MAX)
		return (MHD_NO);
	r->header[r->nheader++] = (struct fu_hook_pair){
		fu_str_of(strdup(name)), fu_str_of(strdup(value == NULL ? "" :
		value)) };
	return (MHD_YES);
}

static void
keep_headers(struct fu_web_req *r)
{
	int	 n = MHD_get_connection_values(r->mhd, MHD_HEADER_KIND, NULL,
	    NULL);

	if (n <= 0)
		return;
	r->header = fu_zeroed((size_t)n, sizeof(*r->header));
	MHD_get_connection_values(r->mhd, MHD_HEADER_KIND, keep_header, r);
}

static void
find_client(struct fu_web_req *r)
{
	const union MHD_ConnectionInfo	*info;
	const struct sockaddr		*sa;
	char				 peer[FU_WEB_ADDRESS_MAX] = "";

	info = MHD_get_connection_info(r->mhd,
	    MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	sa = info == NULL ? NULL : info->client_addr;
	if (sa != NULL && sa->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)
		    sa)->sin_addr, peer, sizeof(peer));
	else if (sa != NULL && sa->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const
		    void *)sa)->sin6_addr, peer, sizeof(peer));
	fu_access_client(&r->web->access, peer, header(r, "X-Forwarded-For"),
	    r->address, sizeof(r->address));
}

static void
find_visitor(struct fu_web_req *r)
{
	const char	*token = header(r, "X-Fu-Visitor");
	const char	*gpc = header(r, "Sec-GPC");

	r->gpc = fu_streq(gpc, "1");
	if (token != NULL)
		(void)fu_visitor_check(&r->web->session->keys,
		    fu_str_of(token), r->visitor, &r->kept);
}

/* From whose page?  A browser says so of every post; others say nothing. */
static bool
find_origin(struct fu_web_req *r)
{
	const struct fu_web_access	*a = &r->web->access;
	const char			*origin = header(r, "Origin");
	bool				 ok;

	if (origin == NULL)
		return (true);
	ok = r->route->widget ? fu_access_allows(a, origin) || fu_streq(
	    origin, r->web->listens) : fu_streq_nocase(origin, a->own) ||
	    fu_streq(origin, r->web->listens);
	if (ok && strlen(origin) < sizeof(r->origin))
		(void)snprintf(r->origin, sizeof(r->origin), "%s", origin);
	/* A page that sends no referrer has a "null" origin: the token in the
	 * path is what such a form is known by. */
	return (ok || (!r->route->widget && !fu_streq(r->method, "POST")) ||
	    (!r->route->widget && (r->route->big || fu_streq(origin,
	    "null"))));
}

static bool
within_limits(struct fu_web_req *r)
{
	struct fu_web	*web = r->web;
	int64_t		 now = fu_clock_monotonic_us();

	if (r->route->always)
		return (true);
	if (web->per_address != NULL && !fu_rate_take(web->per_address,
	    fu_address_key(r->address), now))
		return (false);
	return (!r->route->widget || *r->visitor == '\0' ||
	    web->per_visitor == NULL || fu_rate_take(web->per_visitor,
	    fu_hash_cstr(r->visitor, 1), now));
}

/* A preflight: what a page of that origin may send. */
static bool
preflight(struct fu_web_req *r, const char *path)
{
	const char	*tail;
	bool		 exists;

	r->route = fu_web_route("POST", path, &tail, &exists);
	if (r->route == NULL || !r->route->widget)
		fu_answer_error(r, 405, "method");
	else if (!find_origin(r) || *r->origin == '\0')
		fu_answer_error(r, 403, "origin");
	else
		fu_answer(r, 204);
	return (false);
}

size_t
fu_web_body_max(const struct fu_web_req *r)
{
	return (r->route->big ? FU_HOOK_BODY_MAX :
	    (size_t)r->web->session->config.web.body_kib * 1024);
}

static bool
too_large(const struct fu_web_req *r)
{
	const char	*length = header(r, "Content-Length");

	return (length != NULL && strtoull(length, NULL, 10) >
	    fu_web_body_max(r));
}

/* Its route, or the answer to who asks for none. */
static bool
find_route(struct fu_web_req *r, const char *path)
{
	const char	*tail = "";
	bool		 exists;

	if (*path != '/') {
		fu_answer_error(r, 414, "path");
		return (false);
	}
	if (strcmp(r->method, "OPTIONS") == 0)
		return (preflight(r, path));
	r->route = fu_web_route(r->method, path, &tail, &exists);
	if (r->route == NULL) {
		fu_answer_error(r, exists ? 405 : 404, exists ? "method" :
		    "not_found");
		return (false);
	}
	if (strlen(tail) >= sizeof(r->tail)) {
		fu_answer_error(r, 404, "not_found");
		return (false);
	}
	(void)snprintf(r->tail, sizeof(r->tail), "%s", tail);
	return (true);
}

bool
fu_web_req_admit(struct fu_web_req *r, const char *method)
{
	const char	*type = header(r, "Content-Type");
	char		 path[FU_WEB_PATH_MAX + 1] = "";

	if (r->body.len > 0)
		(void)snprintf(path, sizeof(path), "%s", r->body.ptr);
	fu_buf_reset(&r->body);
	(void)snprintf(r->method, sizeof(r->method), "%s", method);
	r->head = strcmp(r->method, "HEAD") == 0;
	r->form = type != NULL && strncasecmp(type,
	    "application/x-www-form-urlencoded", 33) == 0;
	find_client(r);
	if (!find_route(r, path))
		return (false);
	find_visitor(r);
	if (!find_origin(r))
		fu_answer_error(r, 403, "origin");
	else if (!within_limits(r)) {
		r->web->count.limited++;
		fu_answer_error(r, 429, "too_many");
	} else if (too_large(r))
		fu_answer_error(r, 413, "too_large");
	else {
		if (r->route->big || strcmp(r->route->label, "/u/") == 0 ||
		    strcmp(r->route->label, "/metrics") == 0)
			keep_headers(r);
		return (true);
	}
	r->web->count.refused++;
	return (false);
}
