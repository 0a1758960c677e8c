/*
 * What needs no store: health, metrics and files.
 */
#include <string.h>

#include "web/serve.h"

/* A sample site shows the policy that the widget lives under. */
static const char site_policy[] = "default-src 'none'; script-src 'self'; "
    "style-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'";

int
fu_serve_health(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	(void)d;
	(void)err;
	fu_answer_text(r, r->web->stopping ? 503 : 200, r->web->stopping ?
	    "stopping\n" : "ok\n");
	return (0);
}

/* For who runs this machine: not for those whom a proxy forwards. */
int
fu_serve_metrics(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	struct fu_hook_request	 q = { .header = { r->header, r->nheader } };

	(void)d;
	(void)err;
	if (fu_hook_header(&q, "X-Forwarded-For").ptr != NULL ||
	    (strncmp(r->address, "127.", 4) != 0 &&
	    strcmp(r->address, "::1") != 0)) {
		fu_answer_error(r, 404, "not_found");
		return (0);
	}
	fu_metrics_print(r->web, &r->out);
	r->type = "text/plain; version=0.0.4; charset=utf-8";
	fu_answer(r, 200);
	return (0);
}

int
fu_serve_asset(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	const struct fu_web_asset	*a;

	(void)d;
	(void)err;
	a = fu_asset_find(r->web, strcmp(r->route->path, "/") == 0 ? r->tail :
	    r->route->path);
	if (a == NULL) {
		fu_answer_error(r, 404, "not_found");
		return (0);
	}
	r->asset = &a->text;
	r->type = a->type;
	if (!a->site)
		r->cache = "public, max-age=3600";
	else if (strncmp(a->type, "text/html", 9) == 0)
		r->csp = site_policy;
	fu_answer(r, 200);
	return (0);
}

int
fu_serve_rep_bare(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	(void)d;
	(void)err;
	fu_web_page_begin(&r->out, "Your own link, please",
	    r->web->session->config.company.name);
	fu_buf_puts(&r->out, "<p>This page opens by the link of an alert that "
	    "went to you. Without one, <code>fu-handoff --open -t</code> lists "
	    "the same in a terminal.</p>\n");
	fu_web_page_end(&r->out);
	fu_html_answer(r, 403, false);
	return (0);
}
