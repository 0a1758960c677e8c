/*
 * What share of a query a passage covers.
 */
#include <math.h>
#include <stdlib.h>

#include "content/answerable.h"

static int
by_term(const void *key, const void *word)
{
	uint32_t	 a = *(const uint32_t *)key;
	uint32_t	 b = FU_PACKED_TERM(*(const uint32_t *)word);

	return (a < b ? -1 : a > b);
}

static bool
has(const struct fu_shelf *s, const struct fu_shelved *item, uint32_t term)
{
	return (item->nword > 0 && bsearch(&term, s->word + item->word,
	    item->nword, sizeof(*s->word), by_term) != NULL);
}

double
fu_answerable(const struct fu_shelf *s, const struct fu_query *q,
    const struct fu_hit *hit)
{
	const struct fu_shelved	*item = &s->item[hit->item];
	double			 all = 0, covered = 0;

	for (size_t i = 0; i < q->n; i++) {
		all += (double)q->asked[i].rarity;
		if (q->asked[i].term != FU_TERM_NONE &&
		    has(s, item, q->asked[i].term))
			covered += (double)q->asked[i].rarity;
	}
	return (all > 0 ? round(100 * covered / all) / 100 : 0);
}
