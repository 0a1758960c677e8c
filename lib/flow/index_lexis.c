/*
 * The terms of a run beside those of the collection.
 *
 * Must never use what an older basis said once a newer one is there.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/index_room.h"

void
fu_lexis_init(struct fu_lexis *l)
{
	memset(l, 0, sizeof(*l));
	l->terms = fu_terms_new();
	fu_arena_init(&l->arena);
}

void
fu_lexis_free(struct fu_lexis *l)
{
	if (l->terms == NULL)
		return;
	fu_terms_free(l->terms);
	free(l->id);
	free(l->basis);
	free(l->asked);
	fu_arena_free(&l->arena);
}

static void *
wider(void *array, size_t cap, size_t size)
{
	if ((array = realloc(array, cap * size)) == NULL)
		fu_oom();
	return (array);
}

/* Room for every term met so far; those that are new have no number yet. */
static void
reach(struct fu_lexis *l, uint32_t term)
{
	if (term >= l->cap) {
		l->cap = l->cap == 0 ? 4096 : l->cap;
		while (l->cap <= term)
			l->cap *= 2;
		l->id = wider(l->id, l->cap, sizeof(*l->id));
		l->basis = wider(l->basis, l->cap, sizeof(*l->basis));
		l->asked = wider(l->asked, l->cap, sizeof(*l->asked));
	}
	for (; l->n <= term; l->n++) {
		l->id[l->n] = UINT32_MAX;
		l->basis[l->n] = NULL;
		l->asked[l->n] = false;
	}
}

int
fu_lexis_begin(struct fu_lexis *l, struct fu_store *store, struct fu_err *err)
{
	struct fu_arena	 arena;
	struct fu_basis	 now;
	int		 rc;

	fu_arena_init(&arena);
	rc = fu_basis_load(store, &arena, &now, err);
	if (rc == 0 && (now.rank != l->now.rank ||
	    now.newest != l->now.newest ||
	    now.learned_us != l->now.learned_us)) {
		fu_arena_reset(&l->arena);
		for (size_t i = 0; i < l->n; i++) {
			l->basis[i] = NULL;
			l->asked[i] = false;
		}
		l->now = now;
		l->now.embedder = fu_dup(&l->arena, now.embedder);
	}
	fu_arena_free(&arena);
	return (rc);
}

/* Number and basis at once: a term that is new to the run is looked up once. */
static int
look(struct fu_lexis *l, struct fu_store *store, uint32_t term,
    struct fu_err *err)
{
	float	*room = fu_alloc_array(&l->arena, l->now.rank + 1,
	    sizeof(*room));
	bool	 says;

	if (fu_term_look(store, fu_terms_text(l->terms, term), &l->id[term],
	    room, l->now.rank + 1, &says, err) == -1)
		return (-1);
	l->basis[term] = says ? room : NULL;
	l->asked[term] = true;
	return (0);
}

int
fu_lexis_id(struct fu_lexis *l, struct fu_store *store, uint32_t term,
    uint32_t *id, struct fu_err *err)
{
	reach(l, term);
	if (l->id[term] == UINT32_MAX && l->now.rank > 0 &&
	    l->now.embedder == NULL && look(l, store, term, err) == -1)
		return (-1);
	if (l->id[term] == UINT32_MAX && fu_term_make(store,
	    fu_terms_text(l->terms, term), &l->id[term], err) == -1)
		return (-1);
	*id = l->id[term];
	return (0);
}

int
fu_lexis_basis(struct fu_lexis *l, struct fu_store *store, uint32_t term,
    const float **value, struct fu_err *err)
{
	float		*room;
	uint32_t	 id;
	int		 rc;

	reach(l, term);
	if (!l->asked[term]) {
		if (fu_lexis_id(l, store, term, &id, err) == -1)
			return (-1);
		room = fu_alloc_array(&l->arena, l->now.rank + 1,
		    sizeof(*room));
		rc = fu_term_basis(store, id, room, l->now.rank + 1, err);
		if (rc == -1)
			return (-1);
		l->basis[term] = rc == 1 ? room : NULL;
		l->asked[term] = true;
	}
	*value = l->basis[term];
	return (0);
}
