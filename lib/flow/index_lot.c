/*
 * A passage as what it is found by: words of the index, what it goes by, and
 * its vector in the basis.
 *
 * Must never say a term otherwise than the collection numbers it.
 */
#include <string.h>

#include "base/sort.h"
#include "content/meaning.h"
#include "content/shelf.h"
#include "flow/index_room.h"

/* A term while it is packed: its number of the collection, where it stands,
 * its number of the run. */
#define ID_SHIFT	40
#define PLACE_SHIFT	32
/* Terms of the ways in which people ask for it: each once, however many of the
 * questions have it, for they are one question in other words. */
static void
read_questions(struct fu_terms *t, const struct fu_document *d,
    enum fu_tongue tongue, struct fu_term_run *run)
{
	for (size_t i = 0; i < d->questions.n; i++)
		fu_terms_read(t,
		    fu_str_of(d->questions.item[i]), tongue, run);
	fu_term_run_once(run);
}

/* A name as its number of terms, with ${all} of it, and each of them once. */
static void
read_name(struct fu_terms *t, const char *text, enum fu_tongue tongue, uint32_t all,
    struct fu_term_run *names)
{
	struct fu_term_run	 own = { NULL, 0, 0 };
	uint32_t		 n;

	fu_terms_name(t, fu_str_of(text), tongue, &own);
	fu_term_run_once(&own);
	n = (uint32_t)own.n | all;
	if (own.n > 0) {
		fu_term_run_add(names, &n, 1);
		fu_term_run_add(names, own.term, own.n);
	}
	fu_term_run_free(&own);
}

/* What a document goes by as a whole. */
static void
read_names(struct fu_terms *t, const struct fu_document *d, enum fu_tongue tongue,
    struct fu_term_run *names)
{
	read_name(t, d->title, tongue, FU_NAME_ALL, names);
	for (size_t i = 0; i < d->questions.n; i++)
		read_name(t, d->questions.item[i], tongue, FU_NAME_ALL, names);
}

void
fu_lots_read(struct fu_terms *t, const struct fu_document *d,
    const struct fu_passage *passage, size_t n, enum fu_tongue tongue,
    struct fu_lot *lot)
{
	struct fu_term_run	 asked = { NULL, 0, 0 }, title = asked;

	if (n > 0)
		read_names(t, d, tongue, &lot[0].names);
	read_questions(t, d, tongue, &asked);
	fu_terms_read(t, fu_str_of(d->title), tongue, &title);
	for (size_t i = 0; i < n; i++, lot++) {
		fu_terms_read(t, fu_str_of(passage[i].text), tongue,
		    &lot->run);
		lot->title = lot->run.n;
		fu_term_run_add(&lot->run, title.term, title.n);
		lot->heading = lot->run.n;
		fu_terms_read(t, fu_str_of(passage[i].heading), tongue,
		    &lot->run);
		lot->asked = lot->run.n;
		fu_term_run_add(&lot->run, asked.term, asked.n);
		read_name(t, passage[i].heading, tongue, 0, &lot->names);
	}
	fu_term_run_free(&asked);
	fu_term_run_free(&title);
}

void
fu_lot_free(struct fu_lot *lot)
{
	fu_term_run_free(&lot->run);
	fu_term_run_free(&lot->names);
}

/* Where a term of a lot stands, as a word says it; 0: in the text. */
static uint32_t
place(const struct fu_lot *lot, size_t i)
{
	return (i < lot->title ? 0 : i < lot->heading ? FU_IN_TITLE :
	    i < lot->asked ? FU_IN_HEADING : FU_IN_ASKED);
}

/* A term that stands in those places, one each, as a word of the index. */
static uint32_t
word_of(const uint64_t *pair, size_t n)
{
	uint32_t	 count = 0, where = 0;

	for (size_t i = 0; i < n; i++)
		if ((pair[i] >> PLACE_SHIFT & 0xff) == 0)
			count += count < FU_COUNT_MAX;
		else
			where |= (uint32_t)(pair[i] >> PLACE_SHIFT & 0xff);
	return (FU_PACK(pair[0] >> ID_SHIFT, count | where));
}

/* Its terms by the collection's numbers, each as often as it is there. */
static int
number_terms(struct fu_lexis *l, struct fu_store *store,
    const struct fu_lot *lot, uint64_t *pair, struct fu_err *err)
{
	uint32_t	 id;

	for (size_t i = 0; i < lot->run.n; i++) {
		if (fu_lexis_id(l, store, lot->run.term[i], &id, err) == -1)
			return (-1);
		pair[i] = (uint64_t)id << ID_SHIFT |
		    (uint64_t)place(lot, i) << PLACE_SHIFT | lot->run.term[i];
	}
	fu_sort_u64(pair, pair + lot->run.n, lot->run.n, ID_SHIFT);
	return (0);
}

/* Its names as they are kept: by the collection's numbers too. */
static int
number_names(struct fu_lexis *l, struct fu_store *store,
    struct fu_term_run *names, struct fu_err *err)
{
	for (size_t i = 0; i < names->n;) {
		size_t	 n = names->term[i++] & ~FU_NAME_ALL;

		for (; n > 0; n--, i++)
			if (fu_lexis_id(l, store, names->term[i],
			    &names->term[i], err) == -1)
				return (-1);
	}
	return (0);
}

int
fu_lot_pack(struct fu_lexis *l, struct fu_store *store, struct fu_lot *lot,
    struct fu_arena *arena, struct fu_passage_words *w, struct fu_err *err)
{
	size_t		 rank = l->now.rank, size = lot->run.n, n = 0, i, k;
	uint64_t	*pair = fu_alloc_array(arena, 2 * size + 1,
	    sizeof(*pair));
	uint32_t	*word = fu_alloc_array(arena, size + 1, sizeof(*word));
	float		*vector = fu_alloc_array(arena, rank + 1,
	    sizeof(*vector));
	const float	*value;
	bool		 folds = rank > 0 && l->now.embedder == NULL;

	if (number_terms(l, store, lot, pair, err) == -1 ||
	    number_names(l, store, &lot->names, err) == -1)
		return (-1);
	for (i = 0; i < size; i = k) {
		for (k = i; k < size && pair[k] >> ID_SHIFT ==
		    pair[i] >> ID_SHIFT; k++)
			continue;
		word[n++] = word_of(pair + i, k - i);
		if (!folds)
			continue;
		if (fu_lexis_basis(l, store, (uint32_t)pair[i], &value, err) ==
		    -1)
			return (-1);
		if (value != NULL)
			fu_vector_add(vector, value + 1, fu_meaning_weight(
			    FU_PACKED_COUNT(word[n - 1])), rank);
	}
	if (folds)
		fu_vector_shrink(vector, rank, l->now.shrink);
	*w = (struct fu_passage_words){ .length = (int64_t)lot->title,
		.words = { (const char *)word, n * sizeof(*word) },
		.names = { (const char *)lot->names.term,
		lot->names.n * sizeof(*lot->names.term) },
		.vector = { (const char *)vector, folds ?
		rank * sizeof(*vector) : 0 } };
	return (0);
}
