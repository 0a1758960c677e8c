/*
 * Asking.
 *
 * Must never hold a transaction while it writes, and never answer from what is
 * no longer there.
 */
#include <stdlib.h>
#include <string.h>

#include "content/answerable.h"
#include "flow/search_room.h"

static int
shelve(void *ctx, const struct fu_passage_words *w, struct fu_err *err)
{
	(void)err;
	fu_shelf_add(ctx, w->passage, w->document, w->words, (float)w->length,
	    w->vector);
	fu_shelf_name(ctx, w->names);
	return (0);
}

static int
read_tongues(struct fu_search *f, struct fu_err *err)
{
	struct fu_list	 list;

	if (fu_knowledge_tongues(&f->s->store, &f->arena, &list, err) == -1)
		return (-1);
	f->ntongue = 0;
	for (size_t i = 0; i < list.n && f->ntongue < FU_TONGUES_MAX; i++)
		f->tongue[f->ntongue++] = fu_tongue_find(list.item[i]);
	if (f->ntongue == 0)
		f->tongue[f->ntongue++] = FU_TONGUE_EN;
	return (0);
}

/* Read it all, when it is not what was read before.  In a transaction. */
static int
refresh(struct fu_search *f, struct fu_err *err)
{
	int64_t	 version;

	if (fu_db_version(f->s->store.db, &version, err) == -1)
		return (-1);
	if (f->read && version == f->version)
		return (0);
	fu_shelf_free(&f->shelf);
	fu_arena_reset(&f->arena);
	f->read = false;
	if (fu_basis_load(&f->s->store, &f->arena, &f->basis, err) == -1 ||
	    read_tongues(f, err) == -1)
		return (-1);
	fu_shelf_init(&f->shelf, f->basis.rank);
	if (fu_passage_index_each(&f->s->store, 0, shelve, &f->shelf, err) ==
	    -1)
		return (-1);
	fu_shelf_end(&f->shelf);
	f->version = version;
	f->read = true;
	return (0);
}

/* All that is asked at once is of one instant: the caller's, if there is one. */
static int
begin(struct fu_search *f, bool *own, struct fu_err *err)
{
	*own = !fu_db_in_transaction(f->s->store.db);
	return (*own ? fu_db_begin_read(f->s->store.db, err) : 0);
}

static void
end(struct fu_search *f, bool own)
{
	if (own)
		fu_db_rollback(f->s->store.db);
}

struct fu_search *
fu_search_open(struct fu_session *s, struct fu_err *err)
{
	struct fu_search	*f = calloc(1, sizeof(*f));
	bool			 own;
	int			 rc;

	if (f == NULL)
		fu_oom();
	f->s = s;
	f->terms = fu_terms_new();
	fu_arena_init(&f->arena);
	if ((rc = fu_search_synonyms(f, err)) == 0 &&
	    (rc = begin(f, &own, err)) == 0) {
		rc = refresh(f, err);
		end(f, own);
	}
	if (rc == 0)
		return (f);
	fu_search_close(f);
	return (NULL);
}

void
fu_search_close(struct fu_search *f)
{
	if (f == NULL)
		return;
	fu_terms_free(f->terms);
	fu_shelf_free(&f->shelf);
	fu_arena_free(&f->arena);
	free(f);
}

static int
load_hits(struct fu_search *f, const struct fu_query *q,
    const struct fu_hit *hit, size_t nhit, struct fu_arena *arena,
    struct fu_found *found, size_t *n, struct fu_err *err)
{
	int	 rc;

	for (size_t i = 0; i < nhit; i++) {
		struct fu_passage_row	*p = fu_alloc(arena, sizeof(*p));
		struct fu_document_row	*d = fu_alloc(arena, sizeof(*d));

		rc = fu_passage_load(&f->s->store,
		    f->shelf.item[hit[i].item].passage, arena, p, d, err);
		if (rc == -1)
			return (-1);
		if (rc == 1)
			found[(*n)++] = (struct fu_found){ p, d, hit[i].score,
				fu_answerable(&f->shelf, q, &hit[i]) };
	}
	return (0);
}

/* The query's vector by the embedder whose vectors the passages have.  One
 * that does not answer leaves words, and that is said once. */
static void
embed(struct fu_search *f, struct fu_str text, struct fu_arena *arena,
    float **vector, size_t *rank)
{
	struct fu_err	 err = { 0 };
	int		 rc = 0;

	if (!f->opened) {
		f->opened = true;
		rc = fu_embedder_open(f->s, &f->embedder, &err);
		if (rc == 1 && !fu_streq(f->embedder.name, f->basis.embedder))
			rc = fu_err_set(&err, FU_ECONFIG, "the vectors are "
			    "another embedder's: run fu-index");
		if (rc != 1)
			f->embedder.at.url = NULL;
	}
	if (rc != -1 && f->embedder.at.url != NULL)
		rc = fu_embed(&f->embedder, &text, 1, arena, vector, rank,
		    &err);
	if (rc != -1)
		return;
	*vector = NULL;
	f->embedder.at.url = NULL;
	fu_note(f->s->opt, "%s; found by words alone", err.msg);
}

static int
by_id(const void *a, const void *b)
{
	int64_t	 x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x < y ? -1 : x > y);
}

/* Where a document stands on the shelf; NULL when nothing of it does. */
static const int64_t *
shelved(const struct fu_search *f, int64_t document)
{
	return (f->shelf.ndocument == 0 ? NULL : bsearch(&document,
	    f->shelf.document, f->shelf.ndocument, sizeof(document), by_id));
}

struct choosing {
	struct fu_search	*f;
	const struct fu_list	*kinds;
	bool			*unwanted;
};

static int
choose(void *ctx, int64_t document, const char *kind, struct fu_err *err)
{
	struct choosing	*c = ctx;
	const int64_t	*at = shelved(c->f, document);

	(void)err;
	if (at != NULL && kind != NULL && fu_list_has(c->kinds, kind))
		c->unwanted[at - c->f->shelf.document] = false;
	return (0);
}

/* Which documents are of none of the kinds. */
static int
choose_kinds(struct fu_search *f, const struct fu_list *kinds,
    struct fu_arena *arena, struct fu_query *q, struct fu_err *err)
{
	struct choosing	 c = { f, kinds, fu_alloc_array(arena,
	    f->shelf.ndocument + 1, sizeof(*c.unwanted)) };

	for (size_t i = 0; i < f->shelf.ndocument; i++)
		c.unwanted[i] = true;
	q->unwanted = c.unwanted;
	return (fu_document_kinds_each(&f->s->store, choose, &c, err));
}

/* What is asked, by words, by meaning or by both. */
static int
read_query(struct fu_search *f, struct fu_str text,
    const struct fu_search_how *how, const float *vector, size_t rank,
    struct fu_arena *arena, struct fu_query *q, struct fu_err *err)
{
	if (refresh(f, err) == -1 ||
	    fu_query_read(f, text, arena, q, err) == -1)
		return (-1);
	if (f->basis.embedder == NULL && f->basis.rank > 0 &&
	    how->by != FU_BY_WORDS && fu_query_meaning(f, arena, q, err) == -1)
		return (-1);
	if (f->basis.embedder != NULL && vector != NULL &&
	    rank == f->basis.rank) {
		q->vector = vector;
		q->within = 1;
		q->lifted = true;
	}
	fu_query_weigh(&f->shelf, q);
	return (how->kinds == NULL || how->kinds->n == 0 ? 0 :
	    choose_kinds(f, how->kinds, arena, q, err));
}

static int
ask(struct fu_search *f, struct fu_str text, const struct fu_search_how *how,
    const float *vector, size_t rank, struct fu_arena *arena,
    struct fu_found *found, size_t *n, struct fu_err *err)
{
	struct fu_query	 q = { 0 }, asked;
	struct fu_hit	*hit = fu_alloc_array(arena, how->k + 1,
	    sizeof(*hit));
	size_t		 nhit;

	if (read_query(f, text, how, vector, rank, arena, &q, err) == -1)
		return (-1);
	asked = q;
	if (how->by == FU_BY_MEANING)
		asked.n = asked.nother = asked.nname = 0;
	nhit = fu_shelf_search(&f->shelf, &asked, how->k, how->each, hit);
	return (load_hits(f, &q, hit, nhit, arena, found, n, err));
}

/* The query's vector, where that is asked for elsewhere.  Nobody waits for a
 * network while holding the database. */
static void
ask_embedder(struct fu_search *f, struct fu_str text,
    const struct fu_search_how *how, struct fu_arena *arena, float **vector,
    size_t *rank)
{
	if (how->by != FU_BY_WORDS && f->basis.embedder != NULL &&
	    !fu_db_in_transaction(f->s->store.db))
		embed(f, text, arena, vector, rank);
}

static struct fu_str
cut(struct fu_str text)
{
	if (text.len > FU_SEARCH_QUERY_MAX)
		text.len = fu_utf8_cut(text.ptr, FU_SEARCH_QUERY_MAX);
	return (text);
}

int
fu_search_ask(struct fu_search *f, struct fu_str text,
    const struct fu_search_how *how, struct fu_arena *arena,
    struct fu_found **found, size_t *n, struct fu_err *err)
{
	float	*vector = NULL;
	size_t	 rank = 0;
	bool	 own;
	int	 rc;

	text = cut(text);
	ask_embedder(f, text, how, arena, &vector, &rank);
	*n = 0;
	*found = fu_alloc_array(arena, how->k + 1, sizeof(**found));
	if (begin(f, &own, err) == -1)
		return (-1);
	rc = ask(f, text, how, vector, rank, arena, *found, n, err);
	end(f, own);
	return (rc);
}

static void
rate(struct fu_search *f, const struct fu_query *q, const int64_t *document,
    size_t n, struct fu_arena *arena, struct fu_near *near)
{
	struct fu_hit	*hit = fu_alloc_array(arena, f->shelf.ndocument + 1,
	    sizeof(*hit)), *one;
	const int64_t	*at;

	fu_shelf_rate(&f->shelf, q, hit);
	for (size_t i = 0; i < n; i++) {
		near[i] = (struct fu_near){ 0, 0, 0 };
		if ((at = shelved(f, document[i])) == NULL)
			continue;
		one = &hit[at - f->shelf.document];
		if (one->score > 0)
			near[i] = (struct fu_near){ one->score,
				fu_answerable(&f->shelf, q, one),
				f->shelf.item[one->item].passage };
	}
}

int
fu_search_rate(struct fu_search *f, struct fu_str text,
    const int64_t *document, size_t n, struct fu_near *near,
    struct fu_err *err)
{
	const struct fu_search_how	 how = { .by = FU_BY_BOTH };
	struct fu_query			 q = { 0 };
	struct fu_arena			 arena;
	float				*vector = NULL;
	size_t				 rank = 0;
	bool				 own;
	int				 rc;

	fu_arena_init(&arena);
	text = cut(text);
	ask_embedder(f, text, &how, &arena, &vector, &rank);
	if ((rc = begin(f, &own, err)) == 0) {
		rc = read_query(f, text, &how, vector, rank, &arena, &q, err);
		/* What is known of a person is not asked by anybody. */
		q.nname = 0;
		if (rc == 0)
			rate(f, &q, document, n, &arena, near);
		end(f, own);
	}
	fu_arena_free(&arena);
	return (rc);
}
