/*
 * What a browser sends: JSON or a form, small, and never believed.
 */
#include <stdio.h>
#include <string.h>

#include "store/identity.h"
#include "store/prospects.h"
#include "web/serve.h"

#define URL_MAX	1000

bool
fu_body_object(struct fu_web_req *r, struct fu_object *o)
{
	struct fu_err	 err;

	if (r->body.len > 0 && fu_json_object(r->arena, fu_buf_view(&r->body),
	    o, &err) == 0)
		return (true);
	fu_answer_error(r, 400, "bad_json");
	return (false);
}

const char *
fu_body_text(struct fu_web_req *r, const struct fu_object *o,
    const char *name, size_t max)
{
	const char	*text = fu_json_text(r->arena, fu_json_get(o, name));

	return (fu_blank(text) || strlen(text) > max ? NULL : text);
}

/* The path alone, for the log: what stands behind '?' may name somebody. */
static void
note_page(struct fu_web_req *r, const char *url)
{
	const char	*host = strstr(url, "://") + 3;
	const char	*path = host + strcspn(host, "/?#");

	(void)snprintf(r->page, sizeof(r->page), "%.*s",
	    (int)strcspn(path, "?#"), *path == '/' ? path : "/");
	r->page[fu_utf8_cut(r->page, strlen(r->page))] = '\0';
	if (!fu_utf8_valid(r->page, strlen(r->page)))
		r->page[0] = '\0';
}

const char *
fu_body_url(struct fu_web_req *r, const struct fu_object *o)
{
	const char	*url = fu_body_text(r, o, "url", URL_MAX);

	if (url == NULL || (strncmp(url, "https://", 8) != 0 &&
	    strncmp(url, "http://", 7) != 0) || strpbrk(url, " \t\n") != NULL)
		return (NULL);
	url = fu_dup_str(r->arena, (struct fu_str){ url, strcspn(url, "#") });
	note_page(r, url);
	return (url);
}

int
fu_body_visitor(struct fu_web_req *r, struct fu_err *err)
{
	if (*r->visitor != '\0')
		return (0);
	r->fresh = true;
	r->kept = false;
	return (fu_visitor_new(r->visitor, err));
}

void
fu_body_token(struct fu_web_req *r, struct fu_jw *jw, bool kept)
{
	char	 token[FU_VISITOR_TOKEN_MAX];

	fu_visitor_token(&r->web->session->keys, r->visitor, kept, token);
	fu_jw_str(jw, "visitor", token);
}

const char *
fu_form_text(struct fu_web_req *r, const char *name, size_t max)
{
	struct fu_hook_pairs	 pairs;
	struct fu_err		 err;
	const char		*text;

	if (!r->form || fu_hook_form(fu_buf_view(&r->body), r->arena, &pairs,
	    &err) == -1)
		return (NULL);
	text = fu_hook_text(fu_hook_field(&pairs, name), r->arena);
	return (text == NULL || strlen(text) > max ? NULL : text);
}

int
fu_body_who(struct fu_desk *d, const char *visitor, int64_t *who,
    struct fu_err *err)
{
	struct fu_store		*store = &d->session->store;
	struct fu_holders	 h = { .n = 0 };

	*who = 0;
	if (fu_identity_find(store, FU_ID_VISITOR, visitor, &h, err) == -1)
		return (-1);
	return (h.n == 0 ? 0 : fu_prospect_living(store, h.id[0], who, err));
}
