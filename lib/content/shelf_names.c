/*
 * How like a query is to the names that a passage goes by: its headings, its
 * document's title and the ways of asking for that.
 *
 * A name is a short text that is all about one thing, so what counts is how
 * much of it and of the query is the same: the cosine of their terms, each as
 * telling as it is rare among names.  Stop words are terms here: "where does it
 * come from" and "what does it cost" differ by little else.
 */
#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "content/shelf.h"

/* The square of how telling a term is that so many of the names have. */
static float
telling_of(const struct fu_shelf *s, double with)
{
	double	 rarity = log1p(((double)s->nname - with + 0.5) /
	    (with + 0.5));

	return ((float)(rarity * rarity));
}

void
fu_shelf_names_end(struct fu_shelf *s)
{
	for (size_t i = 0; i < s->nname; i++)
		for (uint32_t k = 0; k < s->name[i].n; k++)
			if (s->name_term[s->name[i].term + k] >= s->ntelling)
				s->ntelling = (size_t)s->name_term[
				    s->name[i].term + k] + 1;
	s->telling = fu_zeroed(s->ntelling, sizeof(*s->telling));
	for (size_t i = 0; i < s->nname; i++)
		for (uint32_t k = 0; k < s->name[i].n; k++)
			s->telling[s->name_term[s->name[i].term + k]]++;
	for (size_t i = 0; i < s->ntelling; i++)
		s->telling[i] = telling_of(s, (double)s->telling[i]);
	for (size_t i = 0; i < s->nname; i++) {
		for (uint32_t k = 0; k < s->name[i].n; k++)
			s->name[i].length += s->telling[
			    s->name_term[s->name[i].term + k]];
		s->name[i].length = sqrtf(s->name[i].length);
	}
}

static float
shared(const struct fu_shelf *s, const struct fu_name *name,
    const float *asked)
{
	const uint32_t	*term = s->name_term + name->term;
	float		 sum = 0;

	for (uint32_t k = 0; k < name->n; k++)
		sum += asked[term[k]];
	return (sum);
}

float
fu_shelf_names(const struct fu_shelf *s, const struct fu_query *q, float *like)
{
	float	*asked = fu_zeroed(s->ntelling, sizeof(*asked));
	float	*all = fu_zeroed(s->ndocument, sizeof(*all));
	float	 length = 0, own, best = 0, *at;

	for (size_t i = 0; i < q->nname; i++)
		if (q->name[i] < s->ntelling)
			length += asked[q->name[i]] = s->telling[q->name[i]];
		else
			length += telling_of(s, 0);
	length = sqrtf(length);
	for (size_t i = 0; i < s->n; i++)
		like[i] = 0;
	for (size_t i = 0; length > 0 && i < s->nname; i++) {
		const struct fu_name	*name = &s->name[i];

		if ((own = shared(s, name, asked)) <= 0)
			continue;
		own /= length * name->length;
		at = name->all ? &all[s->item[name->item].document] :
		    &like[name->item];
		if (own > *at)
			*at = own;
	}
	for (size_t i = 0; i < s->n; i++) {
		own = all[s->item[i].document];
		if (own > like[i])
			like[i] = own;
		if (like[i] > best)
			best = like[i];
	}
	free(asked);
	free(all);
	return (best);
}
