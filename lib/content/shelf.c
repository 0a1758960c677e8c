/*
 * Counting and nearness, fused: BM25 and the cosine of the vectors, both beside
 * their best, meaning with the weight that the query's share in the basis gives
 * it; and how like the query is to what a passage goes by.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "content/meaning.h"
#include "content/shelf.h"

/* Words and meaning count alike when the basis holds two thirds of the query:
 * of three collections with judgements the one whose documents are mostly bare
 * titles loses by meaning what the others gain, and its queries lie less within
 * the basis. */
#define ALIKE	0.667f
/* What stands in a title, in headings or in the ways of asking counts as if the
 * text said it twice, whichever it is. */
#define HEAD_TIMES	2.0f
/* A question that is asked as a document is called, or as others ask for it. */
#define NAME_PART	0.8
#define STANDS_OUT 3.0f		/* deviations above the collection's mean */
#define STEPS	1000000.0	/* scores have six digits: ties are ties */

static void *
grown(void *array, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return (array);
	while (*cap < need)
		*cap = *cap == 0 ? 1024 : 2 * *cap;
	if ((array = realloc(array, *cap * size)) == NULL)
		fu_oom();
	return (array);
}

void
fu_shelf_init(struct fu_shelf *s, size_t rank)
{
	memset(s, 0, sizeof(*s));
	s->rank = rank;
}

void
fu_shelf_free(struct fu_shelf *s)
{
	free(s->item);
	free(s->word);
	free(s->vector);
	free(s->document);
	free(s->with);
	free(s->name);
	free(s->name_term);
	free(s->telling);
	memset(s, 0, sizeof(*s));
}

void
fu_shelf_add(struct fu_shelf *s, int64_t passage, int64_t document,
    struct fu_str words, float length, struct fu_str vector)
{
	size_t			 n = words.len / sizeof(*s->word);
	struct fu_shelved	*item;

	s->item = grown(s->item, &s->cap, s->n + 1, sizeof(*s->item));
	s->word = grown(s->word, &s->word_cap, s->nword + n + 1,
	    sizeof(*s->word));
	if (s->ndocument == 0 || s->document[s->ndocument - 1] != document) {
		s->document = grown(s->document, &s->document_cap,
		    s->ndocument + 1, sizeof(*s->document));
		s->document[s->ndocument++] = document;
	}
	item = &s->item[s->n];
	*item = (struct fu_shelved){ .passage = passage, .word = s->nword,
		.document = (uint32_t)(s->ndocument - 1),
		.nword = (uint32_t)n, .length = length };
	if (n > 0)
		memcpy(s->word + s->nword, words.ptr, n * sizeof(*s->word));
	s->nword += n;
	if (s->rank > 0) {
		n = s->rank * sizeof(*s->vector);
		s->vector = grown(s->vector, &s->vector_cap,
		    (s->n + 1) * s->rank, sizeof(*s->vector));
		if (vector.len == n)
			memcpy(s->vector + s->n * s->rank, vector.ptr, n);
		else
			memset(s->vector + s->n * s->rank, 0, n);
	}
	s->n++;
}

void
fu_shelf_name(struct fu_shelf *s, struct fu_str names)
{
	size_t		 n = names.len / sizeof(*s->name_term), k = 0;
	uint32_t	*term;

	s->name_term = grown(s->name_term, &s->name_term_cap,
	    s->nname_term + n + 1, sizeof(*s->name_term));
	term = s->name_term + s->nname_term;
	if (n > 0)
		memcpy(term, names.ptr, n * sizeof(*term));
	while (k < n) {
		uint32_t	 count = term[k] & ~FU_NAME_ALL;

		if (count > n - k - 1)
			break;
		s->name = grown(s->name, &s->name_cap, s->nname + 1,
		    sizeof(*s->name));
		s->name[s->nname++] = (struct fu_name){
			.term = s->nname_term + k + 1, .n = count,
			.item = (uint32_t)(s->n - 1),
			.all = (term[k] & FU_NAME_ALL) != 0 };
		k += 1 + count;
	}
	s->nname_term += n;
}

/* How many of its terms stand in the title, in headings and in the ways of
 * asking. */
static void
measure_heads(const struct fu_shelf *s, struct fu_shelved *item)
{
	const uint32_t	*word = s->word + item->word;

	for (uint32_t k = 0; k < item->nword; k++) {
		item->head[FU_HEAD_TITLE] += (word[k] & FU_IN_TITLE) != 0;
		item->head[FU_HEAD_HEADING] += (word[k] & FU_IN_HEADING) != 0;
		item->head[FU_HEAD_ASKED] += (word[k] & FU_IN_ASKED) != 0;
	}
}

/* What a term of them weighs: less in one that is longer than those of others
 * that have any. */
static void
weigh_heads(struct fu_shelf *s)
{
	for (int h = 0; h < FU_HEADS; h++) {
		double	 sum = 0, have = 0;

		for (size_t i = 0; i < s->n; i++) {
			sum += (double)s->item[i].head[h];
			have += s->item[i].head[h] > 0;
		}
		for (size_t i = 0; have > 0 && i < s->n; i++)
			s->item[i].head[h] = HEAD_TIMES / fu_shelf_norm(
			    s->item[i].head[h], (float)(sum / have));
	}
}

void
fu_shelf_end(struct fu_shelf *s)
{
	uint32_t	 most = 0;
	double		 sum = 0;

	for (size_t i = 0; i < s->nword; i++)
		if (FU_PACKED_TERM(s->word[i]) >= most)
			most = FU_PACKED_TERM(s->word[i]) + 1;
	s->nterm = most;
	if ((s->with = calloc(s->nterm + 1, sizeof(*s->with))) == NULL)
		fu_oom();
	for (size_t i = 0; i < s->nword; i++)
		s->with[FU_PACKED_TERM(s->word[i])]++;
	for (size_t i = 0; i < s->n; i++)
		sum += (double)s->item[i].length;
	for (size_t i = 0; i < s->n; i++)
		measure_heads(s, &s->item[i]);
	s->length = s->n == 0 ? 1 : sum / (double)s->n;
	if (s->length <= 0)
		s->length = 1;
	weigh_heads(s);
	fu_shelf_names_end(s);
}

static float
rarity_of(const struct fu_shelf *s, uint32_t term)
{
	double	 with = term < s->nterm ? s->with[term] : 0;

	return ((float)log1p(((double)s->n - with + 0.5) / (with + 0.5)));
}

void
fu_query_weigh(const struct fu_shelf *s, struct fu_query *q)
{
	float	*most = calloc(q->nconcept + 1, sizeof(*most));

	if (most == NULL)
		fu_oom();
	for (size_t i = 0; i < q->n; i++) {
		struct fu_asked	*a = &q->asked[i];

		a->rarity = rarity_of(s, a->term);
		if (a->rarity > most[a->concept])
			most[a->concept] = a->rarity;
	}
	for (size_t i = 0; i < q->nother; i++)
		for (size_t k = 0; k < q->other[i].n; k++) {
			struct fu_other	*o = &q->other[i];

			o->rarity[k] = rarity_of(s, o->term[k]);
			if (o->rarity[k] > most[o->concept])
				o->rarity[k] = most[o->concept];
		}
	free(most);
}

struct nearness {
	float	 best, mean, deviation;
};

static struct nearness
score_meaning(const struct fu_shelf *s, const struct fu_query *q, float *score)
{
	struct nearness	 near = { 0, 0, 0 };
	double		 sum = 0, squares = 0, variance;

	for (size_t i = 0; i < s->n; i++) {
		score[i] = fu_vector_dot(s->vector + i * s->rank, q->vector,
		    s->rank);
		if (score[i] > near.best)
			near.best = score[i];
		sum += (double)score[i];
		squares += (double)score[i] * (double)score[i];
	}
	if (s->n == 0)
		return (near);
	near.mean = (float)(sum / (double)s->n);
	variance = squares / (double)s->n -
	    (double)near.mean * (double)near.mean;
	near.deviation = variance > 0 ? (float)sqrt(variance) : 0;
	return (near);
}

/* Keep the best in order: ${n} of at most ${k} are there. */
static size_t
insert(struct fu_hit *hit, size_t n, size_t k, const struct fu_hit *new)
{
	size_t	 i;

	/* Items come in order of passage, so an equal one stays behind. */
	if (n == k && new->score <= hit[n - 1].score)
		return (n);
	i = n < k ? n : n - 1;
	for (; i > 0 && hit[i - 1].score < new->score; i--)
		hit[i] = hit[i - 1];
	hit[i] = *new;
	return (n < k ? n + 1 : n);
}

/* How all passages that are wanted stand. */
struct standing {
	float		*words, *cosine, *like;
	float		 most_like;
	float		 best, weight, floor;
	struct nearness	 near;
};

static bool
unwanted(const struct fu_shelf *s, const struct fu_query *q, size_t i)
{
	return (q->unwanted != NULL && q->unwanted[s->item[i].document]);
}

/* Scores are beside the best of what is wanted. */
static void
find_best(const struct fu_shelf *s, const struct fu_query *q,
    struct standing *st)
{
	st->best = st->near.best = st->most_like = 0;
	for (size_t i = 0; i < s->n; i++) {
		if (unwanted(s, q, i))
			continue;
		if (st->words[i] > st->best)
			st->best = st->words[i];
		if (st->cosine[i] > st->near.best)
			st->near.best = st->cosine[i];
		if (st->like[i] > st->most_like)
			st->most_like = st->like[i];
	}
}

static void
stand(const struct fu_shelf *s, const struct fu_query *q, struct standing *st)
{
	memset(st, 0, sizeof(*st));
	if ((st->words = calloc(3 * s->n + 1, sizeof(*st->words))) == NULL)
		fu_oom();
	st->cosine = st->words + s->n;
	st->like = st->cosine + s->n;
	st->best = fu_shelf_words(s, q, st->words);
	st->most_like = fu_shelf_names(s, q, st->like);
	if (q->vector != NULL && s->rank > 0 && s->n >= FU_MEANING_LEAST) {
		st->near = score_meaning(s, q, st->cosine);
		st->weight = q->within / ALIKE;
		st->floor = q->lifted ? st->near.mean : 0;
	}
	if (q->unwanted != NULL)
		find_best(s, q, st);
}

/* A passage as a hit; false when it is none. */
static bool
is_hit(const struct fu_shelf *s, const struct fu_query *q,
    const struct standing *st, size_t i, struct fu_hit *hit)
{
	double	 sum;

	if (unwanted(s, q, i))
		return (false);
	*hit = (struct fu_hit){ .item = i,
		.words = st->best > 0 ? st->words[i] / st->best : 0,
		.nearness = st->cosine[i], .name = st->like[i],
		.margin = st->near.deviation > 0 ? (st->cosine[i] -
		    st->near.mean) / st->near.deviation : 0 };
	if (st->words[i] <= 0 && q->n > 0 && hit->margin < STANDS_OUT)
		return (false);
	sum = (double)hit->words;
	if (st->near.best > st->floor)
		sum += (double)(st->weight * (st->cosine[i] - st->floor) /
		    (st->near.best - st->floor));
	sum = (sum / (double)(1 + st->weight) + NAME_PART *
	    (double)st->like[i]) / (1 + NAME_PART * (double)st->most_like);
	hit->score = round(sum * STEPS) / STEPS;
	return (hit->score > 0);
}

size_t
fu_shelf_search(const struct fu_shelf *s, const struct fu_query *q, size_t k,
    bool each, struct fu_hit *hit)
{
	struct standing	 st;
	struct fu_hit	 top = { 0 }, one;
	size_t		 n = 0;

	if (k == 0 || s->n == 0)
		return (0);
	stand(s, q, &st);
	for (size_t i = 0; i < s->n; i++) {
		if (!is_hit(s, q, &st, i, &one))
			continue;
		if (!each && top.score > 0 &&
		    s->item[top.item].document == s->item[i].document) {
			if (one.score > top.score)
				top = one;
			continue;
		}
		if (top.score > 0)
			n = insert(hit, n, k, &top);
		top = one;
	}
	if (top.score > 0)
		n = insert(hit, n, k, &top);
	free(st.words);
	return (n);
}

void
fu_shelf_rate(const struct fu_shelf *s, const struct fu_query *q,
    struct fu_hit *hit)
{
	struct standing	 st;
	struct fu_hit	 one;

	for (size_t i = 0; i < s->ndocument; i++)
		hit[i] = (struct fu_hit){ .score = 0 };
	stand(s, q, &st);
	for (size_t i = 0; i < s->n; i++)
		if (is_hit(s, q, &st, i, &one) && one.score >
		    hit[s->item[i].document].score)
			hit[s->item[i].document] = one;
	free(st.words);
}
