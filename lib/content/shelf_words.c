/*
 * BM25 of every passage, by fields (BM25F), with its textbook constants.
 *
 * Text, title, headings and the ways of asking for a document are each
 * measured by their own length: a short passage says its document's title no
 * louder than a long one.  What else the document says is a field with little
 * weight, so that of two passages that say a word the one wins whose document
 * speaks of the rest.  Must never score a passage that says none of the words
 * itself.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "content/shelf.h"

#define K1	1.2f		/* Robertson and Zaragoza, 2009 */
#define B	0.75f
#define AROUND	0.25f		/* of a word said by the rest of a document */
#define WEAK_PART 0.75f		/* of what a word of questions weighs */

/* A term of the query in a passage. */
struct said {
	uint32_t	 entry, word;
};

/* What an entry adds to one of the ways of saying a concept. */
struct part {
	uint32_t	 entry, way;
	float		 weight;
};

struct scoring {
	const struct fu_shelf	*s;
	uint32_t		*slot;		/* entry of a term and 1, or 0 */
	float			*direct;	/* weight of an entry that is
						 * no part of a concept */
	size_t			 nentry;
	struct part		*part;
	size_t			 npart;
	float			*way;		/* scores; those of the query's
						 * own words come first */
	uint32_t		*concept;	/* of each way */
	float			*best;		/* of each concept */
	size_t			 nway, nconcept;
	float			*document;	/* counts of each entry */
	float			*own;
	struct said		*said;
	size_t			 cap;
};

static void
scoring_free(struct scoring *c)
{
	free(c->slot);
	free(c->direct);
	free(c->part);
	free(c->way);
	free(c->concept);
	free(c->best);
	free(c->document);
	free(c->own);
	free(c->said);
}

static uint32_t
entry_of(struct scoring *c, uint32_t term)
{
	if (c->slot[term] == 0)
		c->slot[term] = (uint32_t)++c->nentry;
	return (c->slot[term] - 1);
}

static void
add_part(struct scoring *c, uint32_t term, size_t way, float weight)
{
	if (term < c->s->nterm)
		c->part[c->npart++] = (struct part){ entry_of(c, term),
			(uint32_t)way, weight * (K1 + 1) };
}

static void
scoring_init(struct scoring *c, const struct fu_shelf *s,
    const struct fu_query *q)
{
	const struct fu_other	*o;
	size_t			 most = q->n + q->nother * FU_OTHER_WORDS;

	memset(c, 0, sizeof(*c));
	c->s = s;
	c->slot = fu_zeroed(s->nterm, sizeof(*c->slot));
	c->direct = fu_zeroed(most, sizeof(*c->direct));
	c->part = fu_zeroed(most, sizeof(*c->part));
	c->document = fu_zeroed(most, sizeof(*c->document));
	c->own = fu_zeroed(most, sizeof(*c->own));
	c->nconcept = q->nconcept;
	c->nway = q->nconcept + q->nother;
	c->way = fu_zeroed(c->nway, sizeof(*c->way));
	c->concept = fu_zeroed(c->nway, sizeof(*c->concept));
	c->best = fu_zeroed(c->nconcept, sizeof(*c->best));
	for (size_t i = 0; i < q->nconcept; i++)
		c->concept[i] = (uint32_t)i;
	for (size_t i = 0; i < q->n; i++) {
		const struct fu_asked	*a = &q->asked[i];
		float			 weight = a->count * a->rarity *
		    (a->weak ? WEAK_PART : 1);

		if (a->concept > 0)
			add_part(c, a->term, a->concept - 1, weight);
		else if (a->term < s->nterm)
			c->direct[entry_of(c, a->term)] += weight * (K1 + 1);
	}
	for (size_t i = 0; i < q->nother; i++) {
		o = &q->other[i];
		c->concept[q->nconcept + i] = o->concept - 1;
		for (size_t k = 0; k < o->n; k++)
			add_part(c, o->term[k], q->nconcept + i, o->rarity[k] *
			    FU_OTHER_SHARE / (float)o->n);
	}
}

/* Which of the query's terms a passage has, behind those at ${n}; how many
 * there are then. */
static size_t
gather(struct scoring *c, const struct fu_shelved *item, size_t n)
{
	const uint32_t	*word = c->s->word + item->word;
	uint32_t	 entry;

	while (n + item->nword > c->cap) {
		c->cap = c->cap == 0 ? 4096 : 2 * c->cap;
		c->said = realloc(c->said, c->cap * sizeof(*c->said));
		if (c->said == NULL)
			fu_oom();
	}
	for (uint32_t k = 0; k < item->nword; k++)
		if ((entry = c->slot[FU_PACKED_TERM(word[k])]) != 0)
			c->said[n++] = (struct said){ entry - 1, word[k] };
	return (n);
}

float
fu_shelf_norm(float length, float usual)
{
	return (1 - B + B * length / usual);
}

static float
norm(const struct scoring *c, float length)
{
	return (fu_shelf_norm(length, (float)c->s->length));
}

/* How often a passage says a word, each place measured by its own length;
 * ${once} is a word of its text. */
static float
saying(const struct fu_shelved *item, uint32_t word, float once)
{
	return (once * (float)FU_PACKED_TEXT(word) +
	    (word & FU_IN_TITLE ? item->head[FU_HEAD_TITLE] : 0) +
	    (word & FU_IN_HEADING ? item->head[FU_HEAD_HEADING] : 0) +
	    (word & FU_IN_ASKED ? item->head[FU_HEAD_ASKED] : 0));
}

/* Of each concept the best way in which it is said: another word stands in
 * for the query's own, and adds nothing to it. */
static float
concepts(struct scoring *c)
{
	float	 sum = 0;

	memset(c->way, 0, c->nway * sizeof(*c->way));
	memset(c->best, 0, c->nconcept * sizeof(*c->best));
	for (size_t i = 0; i < c->npart; i++)
		c->way[c->part[i].way] += c->part[i].weight *
		    c->own[c->part[i].entry];
	for (size_t i = 0; i < c->nway; i++)
		if (c->way[i] > c->best[c->concept[i]])
			c->best[c->concept[i]] = c->way[i];
	for (size_t i = 0; i < c->nconcept; i++)
		sum += c->best[i];
	return (sum);
}

/* A passage that has ${n} of the terms, in a document that is longer by
 * ${rest}. */
static float
score_passage(struct scoring *c, const struct fu_shelved *item,
    const struct said *said, size_t n, float rest)
{
	float	 once = 1 / norm(c, item->length), sum = 0, count, around;

	if (n == 0)
		return (0);
	if (rest <= 0 && c->nconcept == 0) {
		for (size_t k = 0; k < n; k++) {
			count = saying(item, said[k].word, once);
			sum += c->direct[said[k].entry] * count / (count + K1);
		}
		return (sum);
	}
	around = rest > 0 ? AROUND / norm(c, rest) : 0;
	for (size_t i = 0; i < c->nentry; i++)
		c->own[i] = around * c->document[i];
	for (size_t k = 0; k < n; k++)
		c->own[said[k].entry] += saying(item, said[k].word,
		    once - around);
	for (size_t i = 0; i < c->nentry; i++) {
		c->own[i] /= c->own[i] + K1;
		sum += c->direct[i] * c->own[i];
	}
	return (sum + concepts(c));
}

/* The passages of a document, from ${from} up to ${to}. */
static void
score_document(struct scoring *c, size_t from, size_t to, float *score)
{
	const struct fu_shelved	*item = c->s->item;
	size_t			 n = 0, at = 0, len;
	float			 length = 0;
	bool			 alone = to - from == 1;

	for (size_t i = from; i < to; i++) {
		len = n;
		n = gather(c, &item[i], n);
		score[i] = (float)(n - len);	/* until it has one */
		length += item[i].length;
	}
	memset(c->document, 0, c->nentry * sizeof(*c->document));
	for (size_t k = 0; !alone && k < n; k++)
		c->document[c->said[k].entry] +=
		    (float)FU_PACKED_TEXT(c->said[k].word);
	for (size_t i = from; i < to; i++) {
		len = (size_t)score[i];
		score[i] = score_passage(c, &item[i], c->said + at, len,
		    alone ? 0 : length - item[i].length);
		at += len;
	}
}

float
fu_shelf_words(const struct fu_shelf *s, const struct fu_query *q,
    float *score)
{
	struct scoring	 c;
	float		 best = 0;
	size_t		 to;

	scoring_init(&c, s, q);
	for (size_t i = 0; i < s->n; i = to) {
		for (to = i; to < s->n && s->item[to].document ==
		    s->item[i].document; to++)
			continue;
		score_document(&c, i, to, score);
	}
	for (size_t i = 0; i < s->n; i++)
		if (score[i] > best)
			best = score[i];
	scoring_free(&c);
	return (best);
}
