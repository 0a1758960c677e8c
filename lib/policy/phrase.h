/*
 * Phrases: patterns over words, in lists with names.
 *
 * Pure: the lists are text handed in.  A list file has sections, a phrase a
 * line:
 *
 *	@ok = ok|all right|fine		a name for alternatives
 *	[pricing]			phrases that mean it; not when negated
 *	how much ..			'..' is up to four words of any kind
 *	(the) price* of			(x y|z) may be left out, '*' any letters
 *	{how much|what} is it		one of several, of one word or more
 *	! price of success		and what is meant by none of them
 *	[not_now literal]		literal: negation is part of the words
 *	[ready own]			own: not if somebody else says it, if it
 *					hangs on an "if", or is said in irony
 *	[objection:price mine]		mine: not if somebody else says it
 *	^ later $			at the start, the end of a sentence
 *	^^ no $$			of the whole message
 *	<n> seats			a number
 *	<name> said			a word that begins with a capital
 *	any discount ?			the sentence is a question
 *	we are interested !?		it is none
 *
 * Words match without regard to case, apostrophes and contractions: "I'm" is
 * "i am" in a phrase as in a text.  '#' begins a comment.
 */
#ifndef FU_POLICY_PHRASE_H
#define FU_POLICY_PHRASE_H

#include <stdint.h>

#include "base/err.h"
#include "policy/words.h"

/* The longest phrase, in words, marks and branches, names spelled out. */
#define FU_PHRASE_MAX	2000
/* How far '..' reaches, in words. */
#define FU_PHRASE_GAP	4
/* Words of a phrase that are asked for before it is looked at closer. */
#define FU_PHRASE_NEEDS 3

struct fu_phrase_part;
struct fu_phrase_index;

struct fu_phrase {
	struct fu_phrase_part	*part;
	size_t			 n, cap;
	struct fu_word_set	 begins;	/* its first word's classes */
	struct fu_word_set	 needs[FU_PHRASE_NEEDS];
					/* of some that it cannot do without */
	uint32_t		 needed[FU_PHRASE_NEEDS];
					/* the parts that are those; one past
					 * the last: none */
};

struct fu_section {
	const char		*name;
	bool			 literal;	/* negation is not looked for */
	bool			 own;		/* the writer's, and meant */
	bool			 mine;		/* the writer's */
	struct fu_phrase	*phrase;
	size_t			 n, cap;
	struct fu_phrase	*except;	/* the lines with '!' */
	size_t			 nexcept, xcap;
	const struct fu_phrase_index *index;	/* that has it, or NULL */
	size_t			 base;		/* its place there */
};

struct fu_lexicon {
	struct fu_section	*section;
	size_t			 n, cap;
	uint32_t		*named;		/* fu_word_hash() of the names */
	size_t			 ncap;
	struct fu_macro {
		const char *name, *words;
	}			*macro;
	size_t			 nmacro, mcap;
	const struct fu_phrase_index *index;	/* by fu_lexicon_index() */
};

/*
 * fu_lexicon_read(arena, text, lexicon, err):
 * Compile a list file into ${lexicon}, which is zeroed before the first: a
 * further file adds to the sections that are there, and its own names hide
 * those of the others.  Return 0, or -1 with ${err} naming the line.
 *
 * fu_lexicon_find(lexicon, name): the section, or NULL.
 *
 * fu_section_add(arena, lexicon, section, line, err):
 * Compile one more line into a section; ${lexicon} (or NULL) has the names.
 *
 * fu_lexicon_index(arena, lexicon):
 * Once all files are read: which phrases need which words, so that those of a
 * text tell which phrases can stand in it.
 *
 * fu_words_look(arena, lexicon, words):
 * Look that up for ${words}, before the functions below are asked about many
 * sections of ${lexicon}.  They say the same without.
 */
int fu_lexicon_read(struct fu_arena *, const char *, struct fu_lexicon *,
    struct fu_err *);
const struct fu_section *fu_lexicon_find(const struct fu_lexicon *,
    const char *);
int fu_section_add(struct fu_arena *, const struct fu_lexicon *,
    struct fu_section *, const char *, struct fu_err *);
void fu_lexicon_index(struct fu_arena *, struct fu_lexicon *);
void fu_words_look(struct fu_arena *, const struct fu_lexicon *,
    struct fu_words *);

/*
 * fu_section_at(section, words, first, last):
 * Does a phrase of ${section}, which may be NULL, begin at word ${first}?
 * ${last} becomes the last word that the longest took.  A phrase does not reach
 * over the end of a sentence, and never takes more than a bounded number of
 * steps: one that would is not there.
 *
 * fu_section_find(section, words, from, first, last):
 * The first place from word ${from} on where a phrase stands, not minding
 * exceptions, quotes and negation.  ${section} may be NULL: never.
 *
 * fu_section_said(section, words, masked, arena, first, last):
 * The same, minding them: no word of it is in ${masked} (a flag a word, or
 * NULL), an exception or a quotation; unless the section is literal it is not
 * negated; and if it is the writer's own, no word of it is marked as another's
 * (fu_frame()).
 *
 * fu_section_mask(section, words, masked): flag the words of all its phrases.
 * fu_section_except(section, words, masked): those of all its exceptions.
 */
bool fu_section_at(const struct fu_section *, const struct fu_words *, size_t,
    size_t *);
bool fu_section_find(const struct fu_section *, const struct fu_words *,
    size_t, size_t *, size_t *);
bool fu_section_said(const struct fu_section *, const struct fu_words *,
    const bool *, struct fu_arena *, size_t *, size_t *);
void fu_section_mask(const struct fu_section *, const struct fu_words *,
    bool *);
void fu_section_except(const struct fu_section *, const struct fu_words *,
    bool *);
/* Is any of the ${back} words before ${at}, in its clause, in the section? */
bool fu_section_before(const struct fu_section *, const struct fu_words *,
    size_t, size_t);
/* Does a phrase of it stand in sentence ${i}? */
bool fu_section_in(const struct fu_section *, const struct fu_words *, size_t);

#endif
