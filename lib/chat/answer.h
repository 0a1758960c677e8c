/*
 * An answer out of a passage: its own sentences, those that say most of what
 * was asked.
 *
 * Pure: says nothing that the document does not say.
 */
#ifndef FU_CHAT_ANSWER_H
#define FU_CHAT_ANSWER_H

#include "content/terms.h"

#define FU_CHAT_SENTENCES	3
#define FU_CHAT_CHARACTERS	400

struct fu_chat_source {
	const char	*text;		/* of the passage: paragraphs, LF between */
	const char	*heading;	/* the last of its path, or "" */
	const char	*summary;	/* of the document, or NULL */
};

/*
 * fu_chat_answer(terms, query, source, sentences, max, arena):
 * At most so many whole sentences in a row of the passage and ${max} characters,
 * those that have most of the words of ${query} and begin with one that can be
 * understood alone; its heading before them where that has words of the query
 * that they have not; the summary where it has as many.  NULL when no sentence
 * is short enough.
 */
const char *fu_chat_answer(struct fu_terms *, struct fu_str,
    const struct fu_chat_source *, size_t, size_t, struct fu_arena *);

#endif
