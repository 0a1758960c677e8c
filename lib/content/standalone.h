/*
 * Sentences that can be read without what stands around them.
 */
#ifndef FU_CONTENT_STANDALONE_H
#define FU_CONTENT_STANDALONE_H

#include "base/arena.h"

#define FU_ALONE_SENTENCES	3
#define FU_ALONE_WORDS		60

/*
 * fu_standalone(text, arena):
 * The first of ${text} (paragraphs, LF between) that makes sense by itself: one
 * to three whole sentences of one paragraph, 60 words at most, none of which
 * points back ("This", "However") at its beginning.  Headings, rows of tables
 * and what is too short to say anything are passed over.  NULL when there is
 * nothing.
 */
const char *fu_standalone(struct fu_str, struct fu_arena *);

#endif
