/*
 * What a phrase is made of.  Private to phrase_read.c, which makes it,
 * phrase_index.c, which says where it may stand, and phrase.c, which matches
 * it.
 */
#ifndef FU_POLICY_PHRASE_PART_H
#define FU_POLICY_PHRASE_PART_H

#include "policy/phrase.h"

/* Patterns that are no letters. */
#define FU_PHRASE_NUMBER	"<n>"
#define FU_PHRASE_NAME		"<name>"

/* A phrase is a program: parts are done in order, but for splits and jumps. */
enum fu_part_kind {
	PART_WORD, PART_GAP, PART_QUESTION, PART_STATEMENT,
	PART_START, PART_START_ALL, PART_END, PART_END_ALL,
	PART_SPLIT,		/* go on here, else at ${to} */
	PART_JUMP		/* go on at ${to} */
};

struct fu_phrase_part {
	enum fu_part_kind	 kind;
	uint32_t		 to;
	const char		**alt;
	uint32_t		*hash;		/* of each; its class is that
						 * of the words it can be */
	size_t			 nalt, nglob;	/* patterns come first */
	bool			 any;		/* one can be of any class */
	uint64_t		 begins;	/* classes of ${alt}; of a split,
						 * those that can go on here */
};

/* What stands in fu_words.stands of a phrase, or an exception, whose needs are
 * all there. */
#define FU_PHRASE_STANDS ((1u << FU_PHRASE_NEEDS) - 1)

/*
 * fu_phrase_note(phrase, tmp):
 * Note which words can begin ${phrase}, which can go on at its splits, and
 * which it needs.
 */
void fu_phrase_note(struct fu_phrase *, struct fu_arena *);

#endif
