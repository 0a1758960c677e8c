/*
 * What stands behind each path; for lib/web alone.
 *
 * Those on the HTTP thread have no desk (NULL).  All answer the request, or
 * return -1 with the store's error; then it is answered for them.
 */
#ifndef FU_WEB_SERVE_H
#define FU_WEB_SERVE_H

#include "web/room.h"

#define SERVE(name) \
	int name(struct fu_desk *, struct fu_web_req *, struct fu_err *)

/* plain.c: on the HTTP thread */
SERVE(fu_serve_health);
SERVE(fu_serve_metrics);
SERVE(fu_serve_asset);
SERVE(fu_serve_rep_bare);

/* visit.c */
SERVE(fu_serve_visit);
SERVE(fu_serve_visit_done);
SERVE(fu_serve_consent);
SERVE(fu_serve_consent_done);
SERVE(fu_serve_identify);
SERVE(fu_serve_identify_done);

/* turn.c */
SERVE(fu_serve_turn);
SERVE(fu_serve_turn_done);
SERVE(fu_serve_history);
/* What was said, as an object of an open array. */
void fu_web_word(struct fu_desk *, const struct fu_event *, struct fu_jw *,
    struct fu_arena *);

/* words.c */
SERVE(fu_serve_words);
/* Those whose words have come, or whose time is over; ${all}: every one. */
int fu_desk_words(struct fu_desk *, bool, struct fu_err *);

/* hooks.c */
SERVE(fu_serve_hook);

/* links.c */
SERVE(fu_serve_unsubscribe);
SERVE(fu_serve_click);
SERVE(fu_serve_click_done);
SERVE(fu_serve_confirm);

/* rep.c */
SERVE(fu_serve_rep);

/* react.c: scores, cadences and triggers of whom something is new. */
struct fu_react *fu_react_open(struct fu_session *, struct fu_err *);
void fu_react_close(struct fu_react *);
void fu_react_add(struct fu_react *, int64_t, int64_t);
int64_t fu_react_due(const struct fu_react *);	/* FU_NEVER: nobody waits */
int fu_react_run(struct fu_desk *, int64_t, struct fu_err *);

/* body.c: what a browser sends, and what stands in it. */
bool fu_body_object(struct fu_web_req *, struct fu_object *);
const char *fu_body_text(struct fu_web_req *, const struct fu_object *,
    const char *, size_t);
/* The url of a page, http or https, without its fragment; NULL: none. */
const char *fu_body_url(struct fu_web_req *, const struct fu_object *);
/* A visitor for who has none yet; 0, -1. */
int fu_body_visitor(struct fu_web_req *, struct fu_err *);
/* "visitor":TOKEN into an open object. */
void fu_body_token(struct fu_web_req *, struct fu_jw *, bool);
/* A field of a form that was posted, or NULL. */
const char *fu_form_text(struct fu_web_req *, const char *, size_t);
/* Whose visitor that is, 0: nobody's. */
int fu_body_who(struct fu_desk *, const char *, int64_t *, struct fu_err *);

/* html.c */
void fu_web_page_begin(struct fu_buf *, const char *, const char *);
void fu_web_page_end(struct fu_buf *);
void fu_html_answer(struct fu_web_req *, int, bool);	/* ${live}: rep.js */

#endif
