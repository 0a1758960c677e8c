/*
 * The basis learned anew.
 *
 * Must never leave passages of two bases side by side: all is swapped in one
 * transaction, and what came while it was learned is folded into the new one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "content/meaning.h"
#include "content/shelf.h"
#include "flow/index_room.h"

#define FRESH_PART	10	/* learned anew when a tenth is new to it */

struct learning {
	struct fu_shelf	 shelf;		/* words alone */
	uint32_t	*column;	/* of each term, or UINT32_MAX */
	uint32_t	*term;		/* of each column */
	float		*rarity;	/* of each column */
	size_t		 ncolumn;
	size_t		*start;
	uint32_t	*col;
	float		*value;
	float		*basis;		/* rank floats a column */
	size_t		 rank;
	float		*vector;	/* rank floats a passage */
	struct fu_basis	 made;
};

static void
learning_free(struct learning *l)
{
	fu_shelf_free(&l->shelf);
	free(l->column);
	free(l->term);
	free(l->rarity);
	free(l->start);
	free(l->col);
	free(l->value);
	free(l->basis);
	free(l->vector);
}

static int
shelve(void *ctx, const struct fu_passage_words *w, struct fu_err *err)
{
	struct learning	*l = ctx;

	(void)err;
	fu_shelf_add(&l->shelf, w->passage, w->document, w->words,
	    (float)w->length, FU_STR(""));
	l->made.newest = w->passage;
	return (0);
}

/* Terms of two passages and more: one of a single one says nothing of any
 * other. */
static void
choose_columns(struct learning *l)
{
	const struct fu_shelf	*s = &l->shelf;

	l->column = fu_zeroed(s->nterm, sizeof(*l->column));
	l->term = fu_zeroed(s->nterm, sizeof(*l->term));
	l->rarity = fu_zeroed(s->nterm, sizeof(*l->rarity));
	for (uint32_t t = 0; t < s->nterm; t++) {
		l->column[t] = UINT32_MAX;
		if (s->with[t] < 2 || s->with[t] == s->n)
			continue;
		l->rarity[l->ncolumn] = fu_meaning_rarity(s->n, s->with[t]);
		l->term[l->ncolumn] = t;
		l->column[t] = (uint32_t)l->ncolumn++;
	}
}

static void
fill_matrix(struct learning *l)
{
	const struct fu_shelf	*s = &l->shelf;
	size_t			 n = 0, from;
	float			 length;

	l->start = fu_zeroed(s->n, sizeof(*l->start));
	l->col = fu_zeroed(s->nword, sizeof(*l->col));
	l->value = fu_zeroed(s->nword, sizeof(*l->value));
	for (size_t i = 0; i < s->n; i++) {
		from = l->start[i] = n;
		for (uint32_t k = 0; k < s->item[i].nword; k++) {
			uint32_t	 word = s->word[s->item[i].word + k];
			uint32_t	 c = l->column[FU_PACKED_TERM(word)];

			if (c == UINT32_MAX)
				continue;
			l->col[n] = c;
			l->value[n++] = l->rarity[c] *
			    fu_meaning_weight(FU_PACKED_COUNT(word));
		}
		length = fu_vector_length(l->value + from, n - from);
		for (size_t k = from; k < n && length > 0; k++)
			l->value[k] /= length;
	}
	l->start[s->n] = n;
}

/* A passage in the new basis, its length as it is. */
static void
fold(const struct learning *l, const uint32_t *word, size_t n, float *vector)
{
	memset(vector, 0, l->rank * sizeof(*vector));
	for (size_t k = 0; k < n; k++) {
		uint32_t	 t = FU_PACKED_TERM(word[k]);
		uint32_t	 c = t < l->shelf.nterm ? l->column[t] :
		    UINT32_MAX;

		if (c != UINT32_MAX)
			fu_vector_add(vector, l->basis + c * l->rank,
			    l->rarity[c] * fu_meaning_weight(
			    FU_PACKED_COUNT(word[k])), l->rank);
	}
}

static int
by_float(const void *a, const void *b)
{
	float	 x = *(const float *)a, y = *(const float *)b;

	return (x < y ? -1 : x > y);
}

/* Every passage folded in; short is what is half as long as the one in the
 * middle. */
static void
fold_all(struct learning *l)
{
	const struct fu_shelf	*s = &l->shelf;
	float			*length = fu_zeroed(s->n, sizeof(*length));

	l->vector = fu_zeroed(s->n * l->rank, sizeof(*l->vector));
	for (size_t i = 0; i < s->n; i++) {
		fold(l, s->word + s->item[i].word, s->item[i].nword,
		    l->vector + i * l->rank);
		length[i] = fu_vector_length(l->vector + i * l->rank, l->rank);
	}
	qsort(length, s->n, sizeof(*length), by_float);
	l->made.shrink = length[s->n / 2] / 2;
	free(length);
	for (size_t i = 0; i < s->n; i++)
		fu_vector_shrink(l->vector + i * l->rank, l->rank,
		    l->made.shrink);
}

struct later {
	struct learning	*l;
	struct fu_store	*store;
};

/* One that came meanwhile. */
static int
fold_later(void *ctx, const struct fu_passage_words *w, struct fu_err *err)
{
	struct later	*later = ctx;
	size_t		 n = w->words.len / sizeof(uint32_t);
	uint32_t	*word = fu_zeroed(n, sizeof(*word));
	float		 own[FU_RANK_MAX];
	int		 rc;

	if (n > 0)
		memcpy(word, w->words.ptr, w->words.len);
	fold(later->l, word, n, own);
	fu_vector_shrink(own, later->l->rank, later->l->made.shrink);
	rc = fu_basis_vector(later->store, w->passage, own, later->l->rank, err);
	free(word);
	return (rc);
}

static int
put_basis(struct fu_session *s, struct learning *l, struct fu_err *err)
{
	struct later	 later = { l, &s->store };
	float		 value[FU_RANK_MAX + 1];
	int		 rc;

	if (fu_basis_replace(&s->store, &l->made, err) == -1)
		return (-1);
	for (size_t c = 0; c < l->ncolumn; c++) {
		value[0] = l->rarity[c];
		for (size_t k = 0; k < l->rank; k++)
			value[k + 1] = l->rarity[c] *
			    l->basis[c * l->rank + k];
		if (fu_basis_term(&s->store, l->term[c], value, l->rank + 1,
		    err) == -1)
			return (-1);
	}
	for (size_t i = 0; i < l->shelf.n; i++)
		if (fu_basis_vector(&s->store, l->shelf.item[i].passage,
		    l->vector + i * l->rank, l->rank, err) == -1)
			return (-1);
	rc = fu_passage_index_each(&s->store, l->made.newest, fold_later,
	    &later, err);
	return (rc);
}

static int
read_all(struct fu_session *s, struct learning *l, struct fu_err *err)
{
	int	 rc;

	if (fu_db_begin_read(s->store.db, err) == -1)
		return (-1);
	rc = fu_passage_index_each(&s->store, 0, shelve, l, err);
	fu_db_rollback(s->store.db);
	fu_shelf_end(&l->shelf);
	return (rc);
}

/* Learn of what is there now; 1 when there is a basis, 0 when told to stop. */
static int
learn(struct fu_session *s, struct learning *l, struct fu_err *err)
{
	struct fu_sparse	 m;
	size_t			 found;

	if (read_all(s, l, err) == -1)
		return (-1);
	l->rank = fu_meaning_rank(l->shelf.n);
	choose_columns(l);
	if (l->ncolumn < l->rank)
		l->rank = l->ncolumn;
	if (l->rank < FU_RANK_LEAST)
		return (0);
	fill_matrix(l);
	m = (struct fu_sparse){ l->shelf.n, l->ncolumn, l->start, l->col,
		l->value };
	l->basis = fu_zeroed(l->ncolumn * l->rank, sizeof(*l->basis));
	if (fu_meaning_learn(&m, l->rank, l->basis, &found, fu_sig_stopping,
	    err) == -1)
		return (-1);
	if (fu_sig_stopping() || found == 0)
		return (0);
	fold_all(l);
	l->made.rank = l->rank;
	l->made.passages = (int64_t)l->shelf.n;
	return (1);
}

static int
is_due(struct fu_session *s, bool *due, bool *foreign, struct fu_err *err)
{
	struct fu_knowledge_size size;
	struct fu_arena		 arena;
	struct fu_basis		 now;
	int			 rc;

	fu_arena_init(&arena);
	rc = fu_basis_load(&s->store, &arena, &now, err);
	*foreign = rc == 0 && now.embedder != NULL;
	fu_arena_free(&arena);
	if (rc == -1 || fu_knowledge_size(&s->store, &size, err) == -1)
		return (-1);
	/* The vectors of an embedder that is gone are nobody's. */
	*due = *foreign || (size.passages >= FU_MEANING_LEAST &&
	    size.unlearned > 0 &&
	    size.unlearned * FRESH_PART >= size.passages);
	return (0);
}

int
fu_index_learn(struct fu_session *s, struct fu_index_tally *tally,
    struct fu_err *err)
{
	struct learning	 l = { 0 };
	struct fu_embedder e;
	bool		 due, foreign;
	int		 rc;

	if ((rc = fu_embedder_open(s, &e, err)) == -1)
		return (-1);
	if (rc == 1)
		return (fu_index_embed(s, &e, tally, err));
	if (is_due(s, &due, &foreign, err) == -1)
		return (-1);
	if (!due)
		return (0);
	fu_shelf_init(&l.shelf, 0);
	rc = learn(s, &l, err);
	/* Nothing can be learned of these: there is no basis, then. */
	if (rc == 0 && foreign && !fu_sig_stopping()) {
		l.rank = l.ncolumn = l.shelf.n = 0;
		rc = 1;
	}
	if (rc == 1 && (rc = fu_session_begin(s, err)) == 0) {
		if ((rc = put_basis(s, &l, err)) == 0)
			rc = fu_session_commit(s, err);
		else
			fu_session_rollback(s);
		tally->rank = rc == 0 ? l.rank : 0;
	}
	learning_free(&l);
	return (rc);
}
