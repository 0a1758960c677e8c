/*
 * Phrases: patterns over words, in lists with names.
 *
 * Pure: the lists are text handed in.  A list file has sections, a phrase a
 * line:
 *
 *	@ok = ok|okay|fine		a name for alternatives
 *	[pricing]			phrases that mean it; not when negated
 *	how much ..			'..' is up to four words of any kind
 *	(the) price* of			(x) may be left out, '*' any letters
 *	! price of success		and what is meant by none of them
 *	[not_now literal]		literal: negation is part of the words
 *	^ later $			at the start, the end of a sentence
 *	^^ no $$			of the whole message
 *	<n> seats			a number
 *	any discount ?			the sentence is a question
 *
 * Words match without regard to case and apostrophes.  '#' begins a comment.
 */
#ifndef FU_POLICY_PHRASE_H
#define FU_POLICY_PHRASE_H

#include <stdint.h>

#include "base/err.h"
#include "policy/words.h"

/* The longest phrase, in words and marks: bounds the search. */
#define FU_PHRASE_MAX	24
/* How far '..' reaches, in words. */
#define FU_PHRASE_GAP	4

struct fu_phrase_part;

struct fu_phrase {
	struct fu_phrase_part	*part;
	size_t			 n;
	uint32_t		 begins[8];	/* a bit a digest of how its
						 * first word can begin */
};

struct fu_section {
	const char		*name;
	bool			 literal;	/* negation is not looked for */
	struct fu_phrase	*phrase;
	size_t			 n, cap;
	struct fu_phrase	*except;	/* the lines with '!' */
	size_t			 nexcept, xcap;
};

struct fu_lexicon {
	struct fu_section	*section;
	size_t			 n, cap;
	struct fu_macro {
		const char *name, *words;
	}			*macro;
	size_t			 nmacro, mcap;
};

/*
 * fu_lexicon_read(arena, text, lexicon, err):
 * Compile a list file.  Return 0, or -1 with ${err} naming the line.
 *
 * fu_lexicon_find(lexicon, name): the section, or NULL.
 *
 * fu_section_add(arena, lexicon, section, line, err):
 * Compile one more line into a section; ${lexicon} (or NULL) has the names.
 */
int fu_lexicon_read(struct fu_arena *, const char *, struct fu_lexicon *,
    struct fu_err *);
const struct fu_section *fu_lexicon_find(const struct fu_lexicon *,
    const char *);
int fu_section_add(struct fu_arena *, const struct fu_lexicon *,
    struct fu_section *, const char *, struct fu_err *);

/*
 * fu_phrase_at(phrase, words, first, last):
 * Does ${phrase} begin at word ${first}?  ${last} becomes the last word that
 * it took.  A phrase does not reach over the end of a sentence.
 *
 * fu_section_find(section, words, from, first, last):
 * The first place from word ${from} on where a phrase stands, not minding
 * exceptions, quotes and negation.  ${section} may be NULL: never.
 *
 * fu_section_said(section, negation, words, masked, first, last):
 * The same, minding them: no word of it is in ${masked} (a flag a word, or
 * NULL), an exception or a quotation, and unless the section is literal none
 * of the three words before it in its clause is in ${negation}.
 *
 * fu_section_mask(section, words, masked): flag the words of all its phrases.
 */
bool fu_phrase_at(const struct fu_phrase *, const struct fu_words *, size_t,
    size_t *);
bool fu_section_find(const struct fu_section *, const struct fu_words *,
    size_t, size_t *, size_t *);
bool fu_section_said(const struct fu_section *, const struct fu_section *,
    const struct fu_words *, const bool *, struct fu_arena *, size_t *,
    size_t *);
void fu_section_mask(const struct fu_section *, const struct fu_words *,
    bool *);
/* Is any of the ${back} words before ${at}, in its clause, in the section? */
bool fu_section_before(const struct fu_section *, const struct fu_words *,
    size_t, size_t);
/* Does a phrase of it stand in sentence ${i}? */
bool fu_section_in(const struct fu_section *, const struct fu_words *, size_t);

#endif
