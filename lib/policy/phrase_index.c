/*
 * Where a phrase may stand at all: the words that can begin it, and those that
 * it cannot do without.
 *
 * Only ever leaves out what cannot match; whether it does is for phrase.c.
 */
#include <string.h>

#include "base/sort.h"
#include "policy/phrase_part.h"

/* A need of more words than this is met by nearly every text. */
#define NEED_MAX	48

struct fu_phrase_index {
	size_t		 n;		/* phrases and exceptions */
	unsigned char	*start;		/* of each, the needs that are none */
	uint32_t	*key;		/* words, by hash, upwards */
	size_t		*from;		/* of each, and of one more: where its */
	size_t		 nkey;		/* uses begin */
	uint64_t	*use;		/* phrase * FU_PHRASE_NEEDS + need */
};

/* Words that the next one can be: hashes, or a class for a pattern of it. */
struct next {
	struct fu_arena	*arena;
	uint32_t	*key;
	size_t		 n, cap;
	bool		 any;		/* there need be none of them */
};

/* What the next word can be, from part ${k} on. */
static void
gather(const struct fu_phrase *p, size_t k, struct next *next)
{
	const struct fu_phrase_part *part;
	size_t i;

	for (; k < p->n; k++) {
		part = &p->part[k];
		if (part->kind == PART_SPLIT) {
			gather(p, part->to, next);
			continue;
		}
		if (part->kind == PART_JUMP) {
			k = part->to - 1;
			continue;
		}
		if (part->kind == PART_START || part->kind == PART_START_ALL)
			continue;
		if (part->kind != PART_WORD || part->any)
			break;
		for (i = 0; i < part->nalt; i++) {
			next->key = fu_grow(next->arena, next->key, next->n,
			    &next->cap, sizeof(*next->key));
			next->key[next->n++] = part->hash[i];
		}
		return;
	}
	next->any = true;
}

static void
add_class(struct fu_word_set *set, uint32_t class)
{
	set->bit[class / 64] |= UINT64_C(1) << class % 64;
}

static void
classes(const struct next *next, struct fu_word_set *set)
{
	memset(set, next->any ? 0xff : 0, sizeof(*set));
	for (size_t i = 0; i < next->n; i++) {
		add_class(set, next->key[i] % FU_WORD_CLASSES);
		if (next->key[i] == FU_WORD_NUMBER)	/* "3명" */
			add_class(set, FU_WORD_EAST);
	}
}

/* Where a split may go: nearly no word begins most branches. */
static void
note_splits(struct fu_phrase *p, struct next *next)
{
	struct fu_word_set set;
	size_t k;

	for (k = 0; k < p->n; k++) {
		if (p->part[k].kind != PART_SPLIT)
			continue;
		next->n = 0;
		next->any = false;
		gather(p, k + 1, next);
		classes(next, &set);
		for (size_t i = 0; i < FU_WORD_CLASSES / 64; i++)
			p->part[k].begins |= set.bit[i];
	}
}

/* Of the places that a match comes by, those with the fewest words. */
static void
note_needs(struct fu_phrase *p, struct next *next)
{
	const struct fu_phrase_part *part;
	size_t fewest[FU_PHRASE_NEEDS], i, k = 0, at;

	for (i = 0; i < FU_PHRASE_NEEDS; i++) {
		fewest[i] = SIZE_MAX;
		p->needed[i] = (uint32_t)p->n;
	}
	while (k < p->n) {
		part = &p->part[k];
		at = k;
		k = part->kind == PART_SPLIT ? p->part[part->to - 1].to :
		    k + 1;
		if (part->kind != PART_SPLIT && part->kind != PART_WORD)
			continue;
		next->n = 0;
		next->any = false;
		gather(p, at, next);
		if (next->any)
			continue;
		for (i = FU_PHRASE_NEEDS; i > 0 && next->n < fewest[i - 1]; i--)
			if (i < FU_PHRASE_NEEDS) {
				fewest[i] = fewest[i - 1];
				p->needed[i] = p->needed[i - 1];
			}
		if (i < FU_PHRASE_NEEDS) {
			fewest[i] = next->n;
			p->needed[i] = (uint32_t)at;
		}
	}
	for (i = 0; i < FU_PHRASE_NEEDS; i++) {
		next->n = 0;
		next->any = false;
		gather(p, p->needed[i], next);
		classes(next, &p->needs[i]);
	}
}

void
fu_phrase_note(struct fu_phrase *p, struct fu_arena *tmp)
{
	struct next next = { .arena = tmp };

	gather(p, 0, &next);
	classes(&next, &p->begins);
	note_splits(p, &next);
	note_needs(p, &next);
}

/* Uses of words, each the word's hash above the use. */
struct uses {
	uint64_t	*use;
	size_t		 n, cap;
};

/* Uses number below so many. */
#define USE_BITS 32

static void
add_phrase(struct fu_phrase_index *x, struct uses *uses, struct next *next,
    const struct fu_phrase *p, size_t id)
{
	for (size_t i = 0; i < FU_PHRASE_NEEDS; i++) {
		next->n = 0;
		next->any = false;
		gather(p, p->needed[i], next);
		if (next->any || next->n > NEED_MAX) {
			x->start[id] |= (unsigned char)(1u << i);
			continue;
		}
		for (size_t k = 0; k < next->n; k++) {
			uses->use = fu_grow(next->arena, uses->use, uses->n,
			    &uses->cap, sizeof(*uses->use));
			uses->use[uses->n++] = (uint64_t)next->key[k] <<
			    USE_BITS | (id * FU_PHRASE_NEEDS + i);
		}
	}
}

static void
add_words(struct fu_arena *arena, struct fu_phrase_index *x,
    const struct uses *uses)
{
	uint32_t key;

	x->use = fu_alloc_array(arena, uses->n, sizeof(*x->use));
	x->key = fu_alloc_array(arena, uses->n, sizeof(*x->key));
	x->from = fu_alloc_array(arena, uses->n + 1, sizeof(*x->from));
	for (size_t i = 0; i < uses->n; i++) {
		key = (uint32_t)(uses->use[i] >> USE_BITS);
		if (x->nkey == 0 || x->key[x->nkey - 1] != key) {
			x->from[x->nkey] = i;
			x->key[x->nkey++] = key;
		}
		x->use[i] = uses->use[i] & ((UINT64_C(1) << USE_BITS) - 1);
	}
	x->from[x->nkey] = uses->n;
}

void
fu_lexicon_index(struct fu_arena *arena, struct fu_lexicon *lexicon)
{
	struct fu_phrase_index *x = fu_alloc(arena, sizeof(*x));
	struct fu_arena tmp;
	struct uses uses = { .n = 0 };
	struct next next = { .arena = &tmp };
	struct fu_section *s;
	size_t i, k;

	fu_arena_init(&tmp);
	for (i = 0; i < lexicon->n; i++) {
		s = &lexicon->section[i];
		s->index = x;
		s->base = x->n;
		x->n += s->n + s->nexcept;
	}
	x->start = fu_alloc_array(arena, x->n, sizeof(*x->start));
	for (i = 0; i < lexicon->n; i++) {
		s = &lexicon->section[i];
		for (k = 0; k < s->n; k++)
			add_phrase(x, &uses, &next, &s->phrase[k], s->base + k);
		for (k = 0; k < s->nexcept; k++)
			add_phrase(x, &uses, &next, &s->except[k],
			    s->base + s->n + k);
	}
	fu_sort_u64(uses.use, fu_alloc_array(&tmp, uses.n, sizeof(uint64_t)),
	    uses.n, USE_BITS);
	add_words(arena, x, &uses);
	fu_arena_free(&tmp);
	lexicon->index = x;
}

static void
meets(const struct fu_phrase_index *x, uint32_t key, unsigned char *stands)
{
	size_t low = 0, high = x->nkey, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (x->key[mid] < key)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == x->nkey || x->key[low] != key)
		return;
	for (size_t i = x->from[low]; i < x->from[low + 1]; i++)
		stands[x->use[i] / FU_PHRASE_NEEDS] |=
		    (unsigned char)(1u << x->use[i] % FU_PHRASE_NEEDS);
}

void
fu_words_look(struct fu_arena *arena, const struct fu_lexicon *lexicon,
    struct fu_words *words)
{
	const struct fu_phrase_index *x = lexicon->index;
	unsigned char *stands;
	uint32_t class;

	if (x == NULL)
		return;
	stands = fu_alloc_array(arena, x->n, sizeof(*stands));
	memcpy(stands, x->start, x->n);
	for (size_t i = 0; i < words->n; i++) {
		meets(x, words->w[i].hash, stands);
		class = words->w[i].hash % FU_WORD_CLASSES;
		if (class == FU_WORD_NUMBER || class == FU_WORD_EAST)
			meets(x, FU_WORD_NUMBER, stands);
		if (class == FU_WORD_EAST)
			meets(x, FU_WORD_EAST, stands);
	}
	words->index = x;
	words->stands = stands;
}
