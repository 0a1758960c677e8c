/*
 * A document's passages as sentences that can be said, each below its heading.
 *
 * Pure.  What is no sentence there but says something is made one: a list with
 * what stands before it, a row of a table with its column's names.
 */
#ifndef FU_CHAT_SECTIONS_H
#define FU_CHAT_SECTIONS_H

#include "base/arena.h"
#include "store/passages.h"

#define FU_CHAT_SENTENCES_MAX	400	/* of a document; the rest is not read */

struct fu_chat_sentence {
	struct fu_str	 text;
	const char	*heading;	/* "" when there is none */
	size_t		 section;	/* from 0 */
	int		 chunk;		/* of its passage */
	bool		 first;		/* of its section */
	bool		 alone;		/* it can be understood alone */
	bool		 asks;		/* a question: what follows answers it */
	bool		 made;		/* of a list or a row; has its heading */
};

/*
 * fu_chat_sentences(passages, n, arena, sentences): those of ${n} passages of
 * one document, in order; how many there are.
 */
size_t fu_chat_sentences(const struct fu_passage_row *, size_t,
    struct fu_arena *, struct fu_chat_sentence **);

#endif
