/*
 * The statements about what is searched: words, vectors, terms and basis.
 */
#include <string.h>

#include "store/passages.h"

static const char index_all[] =
    "SELECT passage, document, words, length, vector, names"
    " FROM passage_index"
    " WHERE passage > $1 ORDER BY passage";
static const char passages_bare[] =
    "SELECT p.id, p.heading, p.text, d.title FROM passage_index AS i"
    " JOIN passage AS p ON p.id = i.passage"
    " JOIN document AS d ON d.id = i.document"
    " WHERE i.vector IS NULL AND i.passage > $1 ORDER BY i.passage LIMIT $2";
static const char term_find[] =
    "SELECT id FROM term WHERE text = $1";
static const char term_look[] =
    "SELECT id, basis FROM term WHERE text = $1";
static const char term_add[] =
    "INSERT INTO term (id, text) VALUES ($1, $2)";
static const char term_basis[] =
    "SELECT basis FROM term WHERE id = $1 AND basis IS NOT NULL";
static const char basis_load[] =
    "SELECT embedder, rank, shrink, passages, newest, learned_us FROM basis"
    " WHERE id = 1";
static const char basis_forget_terms[] =
    "UPDATE term SET basis = NULL WHERE basis IS NOT NULL";
static const char basis_forget_vectors[] =
    "UPDATE passage_index SET vector = NULL WHERE vector IS NOT NULL";
static const char basis_put[] =
    "INSERT INTO basis (id, embedder, rank, shrink, passages, newest,"
    " learned_us) VALUES (1, $1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (id) DO UPDATE SET embedder = excluded.embedder,"
    " rank = excluded.rank, shrink = excluded.shrink,"
    " passages = excluded.passages, newest = excluded.newest,"
    " learned_us = excluded.learned_us";
static const char basis_term[] =
    "UPDATE term SET basis = $1 WHERE id = $2";
static const char basis_vector[] =
    "UPDATE passage_index SET vector = $1 WHERE passage = $2";

int
fu_passage_index_each(struct fu_store *store, int64_t after,
    int (*each)(void *, const struct fu_passage_words *, struct fu_err *),
    void *ctx, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, index_all, err);
	struct fu_passage_words	 w;
	int			 rc, told = 0;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", after);
	while (told == 0 && (rc = fu_stmt_step(s, err)) == 1) {
		w = (struct fu_passage_words){ fu_col_int(s, 0),
			fu_col_int(s, 1), fu_col_view(s, 2), fu_col_int(s, 3),
			fu_col_view(s, 4), fu_col_view(s, 5) };
		told = each(ctx, &w, err);
	}
	if (told == 0)
		return (rc);
	fu_stmt_reset(s);
	return (told);
}

int
fu_term_find(struct fu_store *store, const char *text, uint32_t *id,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, term_find, err, "s", text);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*id = (uint32_t)fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (1);
}

/* What the basis says, of the length that it has now. */
static bool
take_basis(struct fu_str view, float *value, size_t n)
{
	if (view.len != n * sizeof(*value))
		return (false);
	memcpy(value, view.ptr, view.len);
	return (true);
}

int
fu_term_look(struct fu_store *store, const char *text, uint32_t *id,
    float *value, size_t n, bool *says, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, term_look, err, "s", text);

	*says = false;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*id = (uint32_t)fu_col_int(s, 0);
	*says = take_basis(fu_col_view(s, 1), value, n);
	fu_stmt_reset(s);
	return (1);
}

int
fu_term_make(struct fu_store *store, const char *text, uint32_t *id,
    struct fu_err *err)
{
	int64_t	 new;
	int	 rc = fu_term_find(store, text, id, err);

	if (rc != 0)
		return (rc == 1 ? 0 : -1);
	if (fu_store_id(store, FU_N_TERM, &new, err) == -1)
		return (-1);
	if (new >= INT64_C(1) << 24)
		return (fu_err_set(err, FU_EDATA, "%s: more than 16 million "
		    "different words: is all of the knowledge base text?",
		    fu_db_path(store->db)));
	*id = (uint32_t)new;
	return (fu_db_run(store->db, term_add, err, "is", new, text));
}

int
fu_term_basis(struct fu_store *store, uint32_t id, float *value, size_t n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, term_basis, err, "i",
	    (int64_t)id);
	bool		 fits;

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	fits = take_basis(fu_col_view(s, 0), value, n);
	fu_stmt_reset(s);
	return (fits);
}

int
fu_basis_load(struct fu_store *store, struct fu_arena *arena,
    struct fu_basis *basis, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, basis_load, err, "");
	struct fu_str	 shrink;

	memset(basis, 0, sizeof(*basis));
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	basis->embedder = fu_col_text(s, 0, arena);
	basis->rank = (size_t)fu_col_int(s, 1);
	shrink = fu_col_view(s, 2);
	if (shrink.len == sizeof(basis->shrink))
		memcpy(&basis->shrink, shrink.ptr, shrink.len);
	basis->passages = fu_col_int(s, 3);
	basis->newest = fu_col_int(s, 4);
	basis->learned_us = fu_col_int(s, 5);
	fu_stmt_reset(s);
	return (0);
}

int
fu_basis_replace(struct fu_store *store, const struct fu_basis *basis,
    struct fu_err *err)
{
	if (fu_db_run(store->db, basis_forget_terms, err, "") == -1 ||
	    fu_db_run(store->db, basis_forget_vectors, err, "") == -1)
		return (-1);
	return (fu_db_run(store->db, basis_put, err, "sixiii",
	    basis->embedder, (int64_t)basis->rank,
	    (const void *)&basis->shrink, sizeof(basis->shrink),
	    basis->passages, basis->newest, store->now_us));
}

int
fu_basis_term(struct fu_store *store, uint32_t id, const float *value,
    size_t n, struct fu_err *err)
{
	return (fu_db_run(store->db, basis_term, err, "xi",
	    (const void *)value, n * sizeof(*value), (int64_t)id));
}

int
fu_basis_vector(struct fu_store *store, int64_t passage, const float *vector,
    size_t rank, struct fu_err *err)
{
	return (fu_db_run(store->db, basis_vector, err, "xi",
	    (const void *)vector, rank * sizeof(*vector), passage));
}

ssize_t
fu_passages_bare(struct fu_store *store, int64_t after, size_t n,
    struct fu_arena *arena, struct fu_passage_row *row, const char **title,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, passages_bare, err);
	ssize_t		 k = 0;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", after, (int64_t)n);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		row[k].id = fu_col_int(s, 0);
		row[k].heading = fu_col_text(s, 1, arena);
		row[k].text = fu_col_text(s, 2, arena);
		title[k++] = fu_col_text(s, 3, arena);
	}
	return (rc == -1 ? -1 : k);
}
