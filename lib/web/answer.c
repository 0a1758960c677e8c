/*
 * What a request is answered with, and the headers that go with it.
 *
 * Must never set a cookie, nor let a page of ours be framed or tell where its
 * reader came from.
 */
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>

#include "web/room.h"

void
fu_answer(struct fu_web_req *r, int status)
{
	r->status = status;
	r->answered = true;
}

void
fu_answer_error(struct fu_web_req *r, int status, const char *code)
{
	struct fu_jw	 jw;

	fu_buf_reset(&r->out);
	fu_jw_init(&jw, &r->out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "error", code);
	fu_jw_object_end(&jw);
	fu_buf_putc(&r->out, '\n');
	r->type = NULL;
	fu_answer(r, status);
}

void
fu_answer_text(struct fu_web_req *r, int status, const char *text)
{
	fu_buf_reset(&r->out);
	fu_buf_puts(&r->out, text);
	r->type = "text/plain; charset=utf-8";
	fu_answer(r, status);
}

static void
add(struct MHD_Response *m, const char *name, const char *value)
{
	(void)MHD_add_response_header(m, name, value);
}

static void
add_headers(const struct fu_web_req *r, struct MHD_Response *m)
{
	add(m, "X-Content-Type-Options", "nosniff");
	add(m, "Referrer-Policy", "no-referrer");
	add(m, "Cache-Control", r->cache != NULL ? r->cache : "no-store");
	if (r->status != 204)
		add(m, "Content-Type", r->type != NULL ? r->type :
		    "application/json");
	if (*r->origin != '\0') {
		add(m, "Access-Control-Allow-Origin", r->origin);
		add(m, "Vary", "Origin");
	}
	if (strcmp(r->method, "OPTIONS") == 0 && r->status == 204) {
		add(m, "Access-Control-Allow-Methods", "POST");
		add(m, "Access-Control-Allow-Headers",
		    "Content-Type, X-Fu-Visitor");
		add(m, "Access-Control-Max-Age", "86400");
	}
	if (r->csp != NULL) {
		add(m, "Content-Security-Policy", r->csp);
		add(m, "X-Frame-Options", "DENY");
		add(m, "X-Robots-Tag", "noindex");
	}
	if (r->route != NULL && strcmp(r->route->label, "/fu.js") == 0)
		add(m, "Cross-Origin-Resource-Policy", "cross-origin");
	if (r->location != NULL)
		add(m, "Location", r->location);
	if (r->status == 429)
		add(m, "Retry-After", "5");
	if (r->status == 405)
		add(m, "Allow", "GET, POST");
	if (r->status == 413)
		add(m, "Connection", "close");
}

int
fu_answer_send(struct fu_web_req *r)
{
	struct fu_str		 text = r->asset != NULL ? *r->asset :
	    fu_buf_view(&r->out);
	struct MHD_Response	*m;
	enum MHD_Result		 rc;

	if (r->status >= 500)
		r->web->count.failed++;
	if (r->status == 204)
		text.len = 0;
	m = MHD_create_response_from_buffer(text.len, (char *)(uintptr_t)(
	    text.ptr == NULL ? "" : text.ptr), MHD_RESPMEM_PERSISTENT);
	if (m == NULL)
		return (false);
	add_headers(r, m);
	rc = MHD_queue_response(r->mhd, (unsigned)r->status, m);
	MHD_destroy_response(m);
	return (rc == MHD_YES);
}
