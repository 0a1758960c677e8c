/*
 * Find phrases among words, with negation, quotation and exceptions minded.
 *
 * Knows no signal by name, and must never take longer than STEPS_MAX a phrase
 * and word.
 */
#include <string.h>

#include "policy/phrase_part.h"

/* More steps than a line that a person wrote needs by far. */
#define STEPS_MAX 2000

struct run {
	const struct fu_phrase	*phrase;
	const struct fu_words	*words;
	const struct fu_sentence *sentence;
	size_t			 end;		/* one past the sentence */
	bool			 literal;	/* a gap reaches over "not" */
	int			 steps;
};

static bool
pattern_is(const char *alt, const struct fu_word *w)
{
	if (*alt != '<')
		return (fu_glob(alt, w->text));
	return (strcmp(alt, FU_PHRASE_NUMBER) == 0 ? *w->text >= '0' &&
	    *w->text <= '9' : w->capital);
}

static bool
word_is(const struct fu_phrase_part *part, const struct fu_word *w)
{
	size_t i;

	if ((part->begins & FU_WORD_BIT(w->hash)) == 0)
		return (false);
	for (i = 0; i < part->nglob; i++)
		if (pattern_is(part->alt[i], w))
			return (true);
	for (; i < part->nalt; i++)
		if (part->hash[i] == w->hash &&
		    strcmp(part->alt[i], w->text) == 0)
			return (true);
	return (false);
}

/* Run from part ${k} on at word ${i}; ${last} is one past the last word. */
static bool
match(struct run *r, size_t k, size_t i, size_t *last)
{
	const struct fu_phrase *p = r->phrase;
	const struct fu_phrase_part *part;
	const struct fu_word *w = r->words->w;
	size_t gap;

	for (; k < p->n; k++) {
		if (--r->steps < 0)
			return (false);
		part = &p->part[k];
		switch (part->kind) {
		case PART_START:
			if (i != r->sentence->first)
				return (false);
			break;
		case PART_START_ALL:
			if (i != 0)
				return (false);
			break;
		case PART_END:
			if (i != r->end)
				return (false);
			break;
		case PART_END_ALL:
			if (i != r->words->n)
				return (false);
			break;
		case PART_QUESTION:
			if (!r->sentence->question)
				return (false);
			break;
		case PART_STATEMENT:
			if (r->sentence->question)
				return (false);
			break;
		case PART_GAP:
			for (gap = 0; gap <= FU_PHRASE_GAP && i + gap <= r->end;
			    gap++) {
				if (match(r, k + 1, i + gap, last))
					return (true);
				if (i + gap < r->end && !r->literal &&
				    w[i + gap].negates)
					return (false);
			}
			return (false);
		case PART_SPLIT:
			if ((part->begins == UINT64_MAX || (i < r->end &&
			    (part->begins & FU_WORD_BIT(w[i].hash)) != 0)) &&
			    match(r, k + 1, i, last))
				return (true);
			k = part->to - 1;
			break;
		case PART_JUMP:
			k = part->to - 1;
			break;
		case PART_WORD:
			if (i >= r->end || !word_is(part, &w[i]))
				return (false);
			i++;
			break;
		}
	}
	*last = i;
	return (true);
}

static bool
meet(const struct fu_word_set *a, const struct fu_word_set *b)
{
	uint64_t both = 0;

	for (size_t i = 0; i < FU_WORD_CLASSES / 64; i++)
		both |= a->bit[i] & b->bit[i];
	return (both != 0);
}

static bool
phrase_at(const struct fu_phrase *phrase, const struct fu_words *words,
    size_t first, bool literal, size_t *last)
{
	struct run r = { .phrase = phrase, .words = words,
		.literal = literal, .steps = STEPS_MAX };
	size_t past;
	unsigned class;

	class = words->w[first].hash % FU_WORD_CLASSES;
	if ((phrase->begins.bit[class / 64] >> class % 64 & 1) == 0)
		return (false);
	r.sentence = &words->sentence[words->w[first].sentence];
	for (size_t i = 0; i < FU_PHRASE_NEEDS; i++)
		if (!meet(&phrase->needs[i], &r.sentence->classes))
			return (false);
	r.end = r.sentence->first + r.sentence->n;
	if (!match(&r, 0, first, &past) || past == first)
		return (false);
	*last = past - 1;
	return (true);
}

/* Of each phrase of the section whether it stands in the text, if that was
 * looked up; the exceptions follow. */
static const unsigned char *
stands(const struct fu_section *s, const struct fu_words *words)
{
	if (s->index == NULL || s->index != words->index)
		return (NULL);
	return (words->stands + s->base);
}

/* May any phrase of it stand here? */
static bool
any(const struct fu_section *s, const struct fu_words *words)
{
	const unsigned char *here;

	if (s == NULL || s->n == 0)
		return (false);
	here = stands(s, words);
	return (here == NULL || memchr(here, FU_PHRASE_STANDS, s->n) != NULL);
}

/* The next phrase from the ${k}-th on that begins at word ${i}: true, and
 * ${k} is past it. */
static bool
next_at(const struct fu_section *s, const struct fu_words *words, size_t i,
    bool literal, size_t *k, size_t *last)
{
	const unsigned char *here = stands(s, words), *next;

	while (*k < s->n) {
		if (here != NULL) {
			next = memchr(here + *k, FU_PHRASE_STANDS, s->n - *k);
			if (next == NULL)
				return (false);
			*k = (size_t)(next - here);
		}
		if (phrase_at(&s->phrase[(*k)++], words, i, literal, last))
			return (true);
	}
	return (false);
}

bool
fu_section_at(const struct fu_section *section, const struct fu_words *words,
    size_t first, size_t *last)
{
	size_t k = 0, end;
	bool found = false;

	if (first >= words->n || !any(section, words))
		return (false);
	while (next_at(section, words, first, true, &k, &end))
		if (!found || end > *last) {
			*last = end;
			found = true;
		}
	return (found);
}

bool
fu_section_find(const struct fu_section *section, const struct fu_words *words,
    size_t from, size_t *first, size_t *last)
{
	size_t i, k;

	if (!any(section, words))
		return (false);
	for (i = from; i < words->n; i++) {
		k = 0;
		if (next_at(section, words, i, true, &k, last)) {
			*first = i;
			return (true);
		}
	}
	return (false);
}

void
fu_section_except(const struct fu_section *s, const struct fu_words *words,
    bool *masked)
{
	const unsigned char *here = s != NULL ? stands(s, words) : NULL;
	size_t i, k, last;

	for (k = 0; s != NULL && k < s->nexcept; k++) {
		if (here != NULL && here[s->n + k] != FU_PHRASE_STANDS)
			continue;
		for (i = 0; i < words->n; i++)
			if (phrase_at(&s->except[k], words, i, true, &last))
				memset(masked + i, true, last - i + 1);
	}
}

void
fu_section_mask(const struct fu_section *section, const struct fu_words *words,
    bool *masked)
{
	size_t i, last;

	for (i = 0; i < words->n; i++)
		if (fu_section_at(section, words, i, &last))
			memset(masked + i, true, last - i + 1);
}

bool
fu_section_before(const struct fu_section *section,
    const struct fu_words *words, size_t at, size_t back)
{
	size_t i, k, last;

	if (!any(section, words))
		return (false);
	for (i = at; i > 0 && at - (i - 1) <= back; i--) {
		if (words->w[i - 1].clause != words->w[at].clause)
			break;
		for (k = 0; next_at(section, words, i - 1, true, &k, &last);)
			if (last < at)
				return (true);
	}
	return (false);
}

bool
fu_section_in(const struct fu_section *section, const struct fu_words *words,
    size_t sentence)
{
	const struct fu_sentence *s = &words->sentence[sentence];
	size_t i, last;

	for (i = s->first; i < s->first + s->n; i++)
		if (fu_section_at(section, words, i, &last))
			return (true);
	return (false);
}

static bool
untouched(const struct fu_section *s, const struct fu_words *words,
    const bool *masked, size_t first, size_t last)
{
	size_t i;

	for (i = first; i <= last; i++)
		if (masked[i] || words->w[i].quoted ||
		    (s->own && words->w[i].others) ||
		    (s->mine && words->w[i].told))
			return (false);
	return (true);
}

bool
fu_section_said(const struct fu_section *section, const struct fu_words *words,
    const bool *masked, struct fu_arena *arena, size_t *first, size_t *last)
{
	bool *out = NULL;
	size_t i, k;

	if (!any(section, words))
		return (false);
	for (i = 0; i < words->n; i++) {
		for (k = 0; next_at(section, words, i, section->literal, &k,
		    last);) {
			if (out == NULL) {	/* most texts need none */
				out = fu_alloc_array(arena, words->n,
				    sizeof(*out));
				if (masked != NULL)
					memcpy(out, masked,
					    words->n * sizeof(*out));
				fu_section_except(section, words, out);
			}
			if (!untouched(section, words, out, i, *last) ||
			    (!section->literal &&
			    fu_negated(words, i, *last)))
				continue;
			*first = i;
			return (true);
		}
	}
	return (false);
}
