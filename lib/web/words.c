/*
 * A rep's words on their way to the browser, which asks and is kept waiting
 * until there are some.
 *
 * Must never look at everybody when nobody has written.
 */
#include "web/serve.h"

#define LOOK_US	(200 * 1000)	/* so often the store is asked for news */

/* What they have not been shown yet, as an answer; with nothing they wait. */
static int
look(struct fu_desk *d, struct fu_web_req *r, struct fu_arena *arena,
    struct fu_err *err)
{
	const struct fu_sender	*rep;
	struct fu_chat_word	*w;
	size_t			 n;
	struct fu_jw		 jw;

	if (fu_chat_waiting(d->session, r->visitor, r->after, arena, &w, &n,
	    err) == -1)
		return (-1);
	if (n == 0)
		return (0);
	fu_buf_reset(&r->out);
	fu_jw_init(&jw, &r->out);
	fu_jw_object(&jw, NULL);
	fu_jw_array(&jw, "words");
	for (size_t i = 0; i < n; i++) {
		rep = w[i].rep == NULL ? NULL : fu_sender_find(
		    &d->session->config, w[i].rep);
		fu_jw_object(&jw, NULL);
		fu_jw_int(&jw, "id", w[i].id);
		fu_jw_time(&jw, "at", w[i].at_us);
		fu_jw_str(&jw, "from", w[i].from == FU_FROM_BOT ? "bot" :
		    "rep");
		if (rep != NULL)
			fu_jw_str(&jw, "name", rep->name);
		fu_jw_str(&jw, "text", w[i].text);
		fu_jw_object_end(&jw);
	}
	fu_jw_array_end(&jw);
	fu_jw_int(&jw, "after", w[n - 1].id);
	fu_jw_object_end(&jw);
	fu_buf_putc(&r->out, '\n');
	fu_answer(r, 200);
	return (0);
}

static void
nothing(struct fu_web_req *r)
{
	struct fu_jw	 jw;

	fu_buf_reset(&r->out);
	fu_jw_init(&jw, &r->out);
	fu_jw_object(&jw, NULL);
	fu_jw_array(&jw, "words");
	fu_jw_array_end(&jw);
	fu_jw_int(&jw, "after", r->after);
	fu_jw_object_end(&jw);
	fu_buf_putc(&r->out, '\n');
	fu_answer(r, 200);
}

int
fu_serve_words(struct fu_desk *d, struct fu_web_req *r, struct fu_err *err)
{
	struct fu_object	 o;
	bool			 shown = false;

	if (*r->visitor == '\0') {
		fu_answer_error(r, 403, "visitor");
		return (0);
	}
	if (!fu_body_object(r, &o))
		return (0);
	if (!fu_json_int(fu_json_get(&o, "after"), &r->after) || r->after < 0)
		r->after = 0;
	/* Only what the page has shown is fetched: the rest leaves by mail. */
	(void)fu_json_bool(fu_json_get(&o, "shown"), &shown);
	if (shown && r->after > 0 && fu_chat_fetched(d->session, r->visitor,
	    r->after, err) == -1)
		return (-1);
	r->until_us = fu_clock_monotonic_us() + FU_WEB_WAIT_US;
	return (look(d, r, r->arena, err));
}

int
fu_desk_words(struct fu_desk *d, bool all, struct fu_err *err)
{
	int64_t			 now = fu_clock_monotonic_us(), version;
	struct fu_web_req	**at = &d->waiting, *r;
	struct fu_arena		 arena;
	bool			 news;
	int			 rc = 0;

	if (d->waiting == NULL || (!all && !d->spoke && now - d->looked_us <
	    LOOK_US))
		return (0);
	if (fu_db_version(d->session->store.db, &version, err) == -1)
		return (-1);
	news = version != d->version || d->spoke;
	d->version = version;
	d->looked_us = now;
	d->spoke = false;
	fu_arena_init(&arena);
	while ((r = *at) != NULL) {
		if (rc == 0 && news)
			rc = look(d, r, &arena, err);
		fu_arena_reset(&arena);
		if (!r->answered && (all || now >= r->until_us))
			nothing(r);
		if (!r->answered) {
			at = &r->next;
			continue;
		}
		*at = r->next;
		r->next = NULL;
		d->web->count.waiting--;
		fu_web_resume(r);
	}
	fu_arena_free(&arena);
	return (rc);
}
