/*
 * Words that stand for others: contractions, elisions, what is written in
 * haste.
 *
 * Private to words.c.  Pure.
 */
#ifndef FU_POLICY_SPELLING_H
#define FU_POLICY_SPELLING_H

#include "base/arena.h"

/* The most words that one is cut into. */
#define FU_SPELLING_MAX 3

/*
 * fu_spelling(arena, word, part):
 * The words that ${word}, folded and with each apostrophe as ''', stands for:
 * "don't" is "do", "not"; "l'offre" is "l", "offre"; "u" is "you"; any other is
 * itself without apostrophes.  Return how many of ${part} are filled in, none
 * of them empty: 0 for a word of apostrophes alone.
 */
size_t fu_spelling(struct fu_arena *, const char *,
    const char *[FU_SPELLING_MAX]);

#endif
