/*
 * Which request goes where: the one table of paths.
 */
#include <string.h>

#include "web/serve.h"

static const struct fu_web_route routes[] = {
	{ .method = "GET", .path = "/healthz", .always = true,
	    .serve = fu_serve_health, .label = "/healthz" },
	{ .method = "GET", .path = "/metrics", .serve = fu_serve_metrics,
	    .label = "/metrics" },
	{ .method = "GET", .path = "/fu.js", .serve = fu_serve_asset,
	    .label = "/fu.js" },
	{ .method = "GET", .path = "/page.css", .serve = fu_serve_asset,
	    .label = "/page.css" },
	{ .method = "GET", .path = "/rep.js", .serve = fu_serve_asset,
	    .label = "/rep.js" },
	{ .method = "POST", .path = "/v1/visit", .work = FU_WORK_EVENT,
	    .widget = true, .serve = fu_serve_visit,
	    .done = fu_serve_visit_done, .label = "/v1/visit" },
	{ .method = "POST", .path = "/v1/consent", .work = FU_WORK_EVENT,
	    .widget = true, .serve = fu_serve_consent,
	    .done = fu_serve_consent_done, .label = "/v1/consent" },
	{ .method = "POST", .path = "/v1/identify", .work = FU_WORK_EVENT,
	    .widget = true, .serve = fu_serve_identify,
	    .done = fu_serve_identify_done, .label = "/v1/identify" },
	{ .method = "POST", .path = "/v1/chat", .work = FU_WORK_CHAT,
	    .widget = true, .serve = fu_serve_turn,
	    .done = fu_serve_turn_done, .label = "/v1/chat" },
	{ .method = "POST", .path = "/v1/history", .work = FU_WORK_ALONE,
	    .widget = true, .serve = fu_serve_history,
	    .label = "/v1/history" },
	{ .method = "POST", .path = "/v1/words", .work = FU_WORK_WAIT,
	    .widget = true, .serve = fu_serve_words, .label = "/v1/words" },
	{ .method = "POST", .path = "/v1/events", .work = FU_WORK_ALONE,
	    .big = true, .always = true, .serve = fu_serve_hook,
	    .label = "/v1/events" },
	{ .method = "POST", .path = "/hook/", .work = FU_WORK_ALONE,
	    .big = true, .always = true, .serve = fu_serve_hook,
	    .label = "/hook/" },
	{ .method = "GET", .path = "/hook/whatsapp", .work = FU_WORK_ALONE,
	    .big = true, .always = true, .serve = fu_serve_hook,
	    .label = "/hook/" },
	{ .method = "GET", .path = "/u/", .work = FU_WORK_ALONE,
	    .always = true, .serve = fu_serve_unsubscribe, .label = "/u/" },
	{ .method = "POST", .path = "/u/", .work = FU_WORK_ALONE,
	    .always = true, .serve = fu_serve_unsubscribe, .label = "/u/" },
	{ .method = "GET", .path = "/c/", .work = FU_WORK_EVENT,
	    .serve = fu_serve_click, .done = fu_serve_click_done,
	    .label = "/c/" },
	{ .method = "GET", .path = "/confirm/", .work = FU_WORK_ALONE,
	    .serve = fu_serve_confirm, .label = "/confirm/" },
	{ .method = "POST", .path = "/confirm/", .work = FU_WORK_ALONE,
	    .widget = true, .serve = fu_serve_confirm, .label = "/confirm/" },
	{ .method = "GET", .path = "/rep/", .work = FU_WORK_ALONE,
	    .serve = fu_serve_rep, .label = "/rep/" },
	{ .method = "POST", .path = "/rep/", .work = FU_WORK_ALONE,
	    .serve = fu_serve_rep, .label = "/rep/" },
	{ .method = "GET", .path = "/rep", .serve = fu_serve_rep_bare,
	    .label = "/rep/" },
	/* What --site names; found by name, never looked up on the disk. */
	{ .method = "GET", .path = "/", .serve = fu_serve_asset,
	    .label = "/" },
};

const struct fu_web_route *
fu_web_route(const char *method, const char *path, const char **tail,
    bool *exists)
{
	*exists = false;
	for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++) {
		const struct fu_web_route	*r = &routes[i];
		size_t				 n = strlen(r->path);
		bool				 prefix = r->path[n - 1] == '/';

		if (prefix ? strncmp(path, r->path, n) != 0 :
		    strcmp(path, r->path) != 0)
			continue;
		if (n > 1)
			*exists = true;
		else if (*exists)	/* by another method */
			return (NULL);
		*tail = path + (prefix && n > 1 ? n : 0);
		if (strcmp(method, r->method) == 0 ||
		    (strcmp(method, "HEAD") == 0 &&
		    strcmp(r->method, "GET") == 0))
			return (r);
	}
	return (NULL);
}
