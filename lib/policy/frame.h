/*
 * What turns a phrase into something else: a "not" before it, somebody who is
 * said to have said it, an "if", irony.
 *
 * Pure: marks words, by the lists [negation], [negation_behind], [condition],
 * [reported] and [irony].
 */
#ifndef FU_POLICY_FRAME_H
#define FU_POLICY_FRAME_H

#include "policy/phrase.h"

/*
 * fu_frame(lexicon, arena, words):
 * Mark in ${words} which words negate (an exception of the list, "no problem",
 * does not), and which are not the writer's own or not meant: the rest of a
 * clause behind "if" and its kin, of a sentence behind "my boss says", and
 * sentences with a mark of irony.  What another says (an exception of
 * [reported], "our director said", does not count) is marked as told, too.
 */
void fu_frame(const struct fu_lexicon *, struct fu_arena *, struct fu_words *);

#endif
