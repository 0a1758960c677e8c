/*
 * Choosing an insight.
 *
 * Must never show a person what they have had under another name, nor hold a
 * transaction of its own.
 */
#include <string.h>

#include "content/passage.h"
#include "content/standalone.h"
#include "flow/index.h"
#include "flow/knowledge.h"
#include "flow/send_text.h"

#define ASKED_TEXTS	3	/* of theirs, the newest */
#define ASKED_BYTES	2000
#define SAME_SHARE	0.5	/* of the five-word shingles */

static int
keep(void *ctx, const struct fu_document_row *row, struct fu_err *err)
{
	struct fu_knowledge	*k = ctx;
	size_t			 cap = k->cap;

	(void)err;
	k->document = fu_grow(&k->arena, k->document, k->n, &k->cap,
	    sizeof(*k->document));
	k->id = fu_grow(&k->arena, k->id, k->n, &cap, sizeof(*k->id));
	k->document[k->n] = row->d;
	if (row->d.language == NULL)
		k->document[k->n].language = row->tongue;
	k->id[k->n++] = row->id;
	return (0);
}

int
fu_knowledge_open(struct fu_session *s, struct fu_knowledge *k,
    struct fu_err *err)
{
	struct fu_list	 tongues;

	memset(k, 0, sizeof(*k));
	k->s = s;
	fu_arena_init(&k->arena);
	if (fu_index_refresh(s, err) == -1)
		return (-1);
	if (fu_documents_each(&s->store, &k->arena, keep, k, err) == -1 ||
	    fu_knowledge_tongues(&s->store, &k->arena, &tongues, err) == -1)
		return (-1);
	k->tongue = tongues.n > 0 ? tongues.item[0] : NULL;
	return (0);
}

void
fu_knowledge_close(struct fu_knowledge *k)
{
	fu_search_close(k->search);
	fu_arena_free(&k->arena);
}

/* What was noted of a talk with them, as messages name it. */
static void
put_noted(const struct fu_case *c, struct fu_buf *buf, struct fu_arena *arena)
{
	static const char *const name[] = { "topic", "question", "objection",
		"feature_1", "feature_2", "feature_3" };
	struct fu_ctx		*ctx = fu_ctx_object(arena);
	const struct fu_ctx	*node;

	fu_words_of(&c->facts, ctx, arena);
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		node = fu_ctx_get(ctx, fu_str_of(name[i]));
		if (node != NULL && node->type == FU_CTX_TEXT &&
		    !fu_blank(node->text))
			fu_buf_printf(buf, "%s\n", node->text);
	}
}

/* What they want and asked, in their own words; NULL for nothing. */
static const char *
their_words(const struct fu_case *c, int64_t now_us, struct fu_arena *arena)
{
	const char	*text = NULL;
	struct fu_buf	 buf;
	int		 n = 0;

	fu_buf_init(&buf);
	put_noted(c, &buf, arena);
	for (size_t i = c->nevent; i-- > 0 && n < ASKED_TEXTS;) {
		const struct fu_event	*e = &c->event[i];

		if (e->at_us > now_us || e->from != FU_FROM_PROSPECT ||
		    fu_blank(e->text))
			continue;
		fu_buf_printf(&buf, "%s\n", e->text);
		n++;
	}
	if (buf.len > ASKED_BYTES)
		buf.len = fu_utf8_cut(buf.ptr, ASKED_BYTES);
	if (buf.len > 0)
		text = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

/* How near each document is to their words, and its passage that is nearest. */
struct nearness {
	float	*of;
	int64_t	*passage;	/* 0: none */
};

static int
look_up(struct fu_knowledge *k, const char *text, struct fu_arena *arena,
    struct nearness *near, struct fu_err *err)
{
	struct fu_near	*one = fu_alloc_array(arena, k->n + 1, sizeof(*one));

	if (k->search == NULL &&
	    (k->search = fu_search_open(k->s, err)) == NULL)
		return (-1);
	if (fu_search_rate(k->search, fu_str_of(text), k->id, k->n, one,
	    err) == -1)
		return (-1);
	near->of = fu_alloc_array(arena, k->n + 1, sizeof(*near->of));
	near->passage = fu_alloc_array(arena, k->n + 1,
	    sizeof(*near->passage));
	for (size_t i = 0; i < k->n; i++) {
		near->of[i] = (float)(one[i].score * one[i].answerable);
		near->passage[i] = one[i].passage;
	}
	return (0);
}

/* All shingles of its passages and of what is said of it. */
static struct fu_str
sketch_of(const struct fu_passage_row *row, size_t n, const char *text,
    struct fu_arena *arena)
{
	struct fu_str	*part = fu_alloc_array(arena, n + 1, sizeof(*part));

	for (size_t i = 0; i < n; i++)
		part[i] = row[i].sketch;
	part[n] = fu_sketch_make(fu_str_of(text), arena);
	return (fu_sketch_join(part, n + 1, arena));
}

/* What is said of it, and whether they have had half of that, or of it. */
static int
consider(struct fu_knowledge *k, size_t at, const struct nearness *near,
    const struct fu_shown *shown, struct fu_arena *arena,
    struct fu_choice *choice, struct fu_err *err)
{
	struct fu_document	*d = fu_alloc(arena, sizeof(*d));
	struct fu_passage_row	*row;
	struct fu_str		 text;
	size_t			 n, near_to = 0, best = 0;

	*d = k->document[at];
	if (fu_document_passages(&k->s->store, k->id[at], arena, &row, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; near->passage != NULL && i < n; i++)
		if (near->passage[at] == row[i].id)
			best = near_to = i;
	for (size_t i = 0; i < n && fu_blank(d->summary); i++) {
		best = (near_to + i) % n;
		d->summary = fu_standalone(fu_str_of(row[best].text), arena);
	}
	if (fu_blank(d->summary))
		return (0);
	choice->document = d;
	choice->shown = (struct fu_shown_row){ .doc = d->path,
		.kind = d->kind, .heading = n > 0 ? row[best].heading : NULL,
		.hash = n > 0 ? row[best].hash : d->version,
		.sketch = sketch_of(row, n, d->summary, arena) };
	choice->npassage = 0;
	for (size_t i = 0; i < n && i < FU_CHOICE_PASSAGES; i++)
		choice->passage[choice->npassage++] = row[(best + i) % n].text;
	text = fu_sketch_make(fu_str_of(d->summary), arena);
	for (size_t i = 0; i < shown->n; i++)
		if (fu_sketch_share(text, shown->row[i].sketch) >=
		    SAME_SHARE || fu_sketch_share(choice->shown.sketch,
		    shown->row[i].sketch) >= SAME_SHARE)
			return (0);
	return (1);
}

static const char *
tell(const struct fu_knowledge *k, const struct fu_insight_fit *fit, size_t n,
    size_t at, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*text;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "doc", k->document[fit[at].document].path);
	fu_jw_int(&jw, "of", (int64_t)n);
	if (fit[at].why != 0)
		fu_jw_str(&jw, "for", fu_insight_why(fit[at].why, arena));
	fu_jw_int(&jw, "points", fit[at].points);
	if (at > 0)
		fu_jw_int(&jw, "same_as_shown", (int64_t)at);
	if (at + 1 < n) {
		fu_jw_str(&jw, "next",
		    k->document[fit[at + 1].document].path);
		fu_jw_int(&jw, "next_points", fit[at + 1].points);
	}
	fu_jw_object_end(&jw);
	text = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

int
fu_knowledge_choose(struct fu_knowledge *k, const struct fu_case *c,
    const struct fu_list *kinds, const char *language, int64_t now_us,
    const struct fu_shown *shown, struct fu_arena *arena,
    struct fu_choice *choice, struct fu_err *err)
{
	struct fu_insight_query	 q = fu_insight_query_of(&c->p.person,
	    &c->facts, kinds, fu_zone_day(k->s->config.company.zone, now_us));
	const char		*words = their_words(c, now_us, arena);
	struct nearness		 near = { NULL, NULL };
	struct fu_list		 paths = { fu_alloc_array(arena, shown->n + 1,
	    sizeof(*paths.item)), shown->n };
	struct fu_insight_fit	*fit;
	size_t			 n, i;
	int			 rc = 0;

	memset(choice, 0, sizeof(*choice));
	for (i = 0; i < shown->n; i++)
		paths.item[i] = shown->row[i].doc;
	q.shown = &paths;
	q.language = language != NULL ? language : k->tongue;
	if (words != NULL && look_up(k, words, arena, &near, err) == -1)
		return (-1);
	q.nearness = near.of;
	n = fu_insight_rank(k->document, k->n, &q, arena, &fit);
	for (i = 0; i < n && rc == 0; i++)
		if ((rc = consider(k, fit[i].document, &near, shown, arena,
		    choice, err)) == 1)
			choice->told = tell(k, fit, n, i, arena);
	if (rc == 0)
		choice->document = NULL;
	return (rc);
}
