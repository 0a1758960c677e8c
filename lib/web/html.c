/*
 * Pages of our own: a frame, text made safe, and the policy that goes with it.
 *
 * Must never put what somebody wrote into a page but as text.
 */
#include "web/serve.h"

static const char policy[] = "default-src 'none'; style-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
static const char live_policy[] = "default-src 'none'; style-src 'self'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

void
fu_web_page_begin(struct fu_buf *out, const char *title, const char *company)
{
	fu_buf_puts(out, "<!doctype html>\n<html lang=\"en\"><head>"
	    "<meta charset=\"utf-8\"><meta name=\"viewport\" "
	    "content=\"width=device-width, initial-scale=1\">"
	    "<meta name=\"color-scheme\" content=\"light dark\">"
	    "<meta name=\"referrer\" content=\"no-referrer\"><title>");
	fu_buf_html(out, title);
	fu_buf_puts(out, "</title><link rel=\"stylesheet\" "
	    "href=\"/page.css\"></head><body><main>\n");
	if (company != NULL) {
		fu_buf_puts(out, "<p class=\"who\">");
		fu_buf_html(out, company);
		fu_buf_puts(out, "</p>\n");
	}
	fu_buf_puts(out, "<h1>");
	fu_buf_html(out, title);
	fu_buf_puts(out, "</h1>\n");
}

void
fu_web_page_end(struct fu_buf *out)
{
	fu_buf_puts(out, "</main></body></html>\n");
}

void
fu_html_answer(struct fu_web_req *r, int status, bool live)
{
	r->type = "text/html; charset=utf-8";
	r->csp = live ? live_policy : policy;
	fu_answer(r, status);
}
