/*
 * What share of a query a passage covers, and whether that can be chance.
 */
#include <math.h>
#include <stdlib.h>

#include "content/answerable.h"

/* A passage that says a word once may say it in passing; what it is about it
 * says again, as its title does. */
#define ABOUT		1.5
#define WEAK_PART	0.2	/* of what a word of questions weighs */
/* Words that are found everywhere cover nothing: the square of what counts as
 * half, beside a word that only one passage has. */
#define SLIGHT		0.06
#define EVEN		0.64	/* a third of what is asked is even odds */

static int
by_term(const void *key, const void *word)
{
	uint32_t	 a = *(const uint32_t *)key;
	uint32_t	 b = FU_PACKED_TERM(*(const uint32_t *)word);

	return (a < b ? -1 : a > b);
}

static double
count_of(const struct fu_shelf *s, const struct fu_shelved *item,
    uint32_t term)
{
	const uint32_t	*word;

	if (term == FU_TERM_NONE || item->nword == 0)
		return (0);
	word = bsearch(&term, s->word + item->word, item->nword,
	    sizeof(*s->word), by_term);
	return (word == NULL ? 0 : (double)FU_PACKED_COUNT(*word));
}

/* How often a passage says a concept in other words, the best of its ways: a
 * phrase as often as its rarest word. */
static double
others_of(const struct fu_shelf *s, const struct fu_query *q,
    const struct fu_shelved *item, uint32_t concept)
{
	double	 best = 0, least, count;

	for (size_t i = 0; concept > 0 && i < q->nother; i++) {
		const struct fu_other	*o = &q->other[i];

		if (o->concept != concept)
			continue;
		least = count_of(s, item, o->term[0]);
		for (size_t k = 1; k < o->n; k++)
			if ((count = count_of(s, item, o->term[k])) < least)
				least = count;
		if (least > best)
			best = least;
	}
	return (best);
}

double
fu_answerable(const struct fu_shelf *s, const struct fu_query *q,
    const struct fu_hit *hit)
{
	const struct fu_shelved	*item = &s->item[hit->item];
	double			 all = 0, covered = 0, mass = 0, share, part,
	    count, said;

	for (size_t i = 0; i < q->n; i++) {
		const struct fu_asked	*a = &q->asked[i];

		part = (double)a->rarity * (a->weak ? WEAK_PART : 1);
		all += part;
		said = 1;
		if ((count = count_of(s, item, a->term)) <= 0) {
			count = others_of(s, q, item, a->concept);
			said = (double)FU_OTHER_SHARE;
		}
		covered += said * part * ABOUT * count / (count + 1);
		mass += count > 0 ? said * part : 0;
	}
	if (all <= 0)
		return (0);
	mass /= log((double)s->n + 2);
	share = covered / all * mass * mass / (mass * mass + SLIGHT);
	share = pow(share < 1 ? share : 1, EVEN);
	return (round(100 * share) / 100);
}
