/*
 * Vectors of an embedder's in the place of those that are learned.
 *
 * Must never wait for it with the database locked; what it has given is kept,
 * whatever becomes of the rest.
 */
#include "base/sig.h"
#include "flow/index_room.h"

struct batch {
	struct fu_passage_row	 row[FU_EMBED_BATCH];
	const char		*title[FU_EMBED_BATCH];
	struct fu_str		 text[FU_EMBED_BATCH];
	size_t			 n;
	float			*vector;
	size_t			 rank;
};

static int
gather(struct fu_session *s, int64_t after, struct fu_arena *arena,
    struct batch *b, struct fu_err *err)
{
	ssize_t	 n;

	if (fu_db_begin_read(s->store.db, err) == -1)
		return (-1);
	n = fu_passages_bare(&s->store, after, FU_EMBED_BATCH, arena, b->row,
	    b->title, err);
	fu_db_rollback(s->store.db);
	if (n == -1)
		return (-1);
	b->n = (size_t)n;
	for (size_t i = 0; i < b->n; i++)
		b->text[i] = fu_str_of(fu_printf(arena, "%s\n%s\n%s",
		    b->title[i], b->row[i].heading, b->row[i].text));
	return (0);
}

static int
keep(struct fu_session *s, const struct batch *b, struct fu_err *err)
{
	int	 rc = 0;

	if (fu_session_begin(s, err) == -1)
		return (-1);
	for (size_t i = 0; rc == 0 && i < b->n; i++)
		rc = fu_basis_vector(&s->store, b->row[i].id, b->vector +
		    i * b->rank, b->rank, err);
	if (rc == 0)
		return (fu_session_commit(s, err));
	fu_session_rollback(s);
	return (-1);
}

/* Another embedder, or the first: what others said is forgotten, once this
 * one has answered. */
static int
begin(struct fu_session *s, const struct fu_embedder *e,
    struct fu_arena *arena, size_t *rank, struct fu_err *err)
{
	struct fu_str	 probe = fu_str_of(s->config.company.name);
	struct fu_basis	 basis;
	float		*vector;

	if (fu_basis_load(&s->store, arena, &basis, err) == -1)
		return (-1);
	*rank = basis.rank;
	if (fu_streq(basis.embedder, e->name))
		return (0);
	if (fu_embed(e, &probe, 1, arena, &vector, rank, err) == -1)
		return (-1);
	basis = (struct fu_basis){ .embedder = e->name, .rank = *rank };
	if (fu_session_begin(s, err) == -1)
		return (-1);
	if (fu_basis_replace(&s->store, &basis, err) == 0)
		return (fu_session_commit(s, err));
	fu_session_rollback(s);
	return (-1);
}

int
fu_index_embed(struct fu_session *s, const struct fu_embedder *e,
    struct fu_index_tally *tally, struct fu_err *err)
{
	struct fu_arena	 arena;
	struct batch	 b;
	int64_t		 after = 0;
	size_t		 rank;
	int		 rc;

	fu_arena_init(&arena);
	rc = begin(s, e, &arena, &rank, err);
	while (rc == 0 && !fu_sig_stopping()) {
		fu_arena_reset(&arena);
		rc = gather(s, after, &arena, &b, err);
		if (rc == -1 || b.n == 0)
			break;
		rc = fu_embed(e, b.text, b.n, &arena, &b.vector, &b.rank, err);
		if (rc == 0 && b.rank != rank)
			rc = fu_err_set(err, FU_EUNAVAILABLE, "%s: its vectors "
			    "have %zu numbers now, not %zu as before: give "
			    "the model another name", e->at.url, b.rank, rank);
		if (rc == 0)
			rc = keep(s, &b, err);
		after = b.row[b.n - 1].id;
		tally->embedded += rc == 0 ? b.n : 0;
	}
	fu_arena_free(&arena);
	return (rc);
}
