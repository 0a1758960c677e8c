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

/*
 * fu_begins_alone(sentence, arena): does it point back to nothing before it,
 * and ask nothing?
 * fu_is_sentence(text): does it end as one does, and is no row of a table?
 */
bool fu_begins_alone(struct fu_str, struct fu_arena *);
bool fu_is_sentence(struct fu_str);

#endif
