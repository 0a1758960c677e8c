/*
 * An answer out of a document: its own sentences, those that say most of what
 * was asked.
 *
 * Pure: says nothing that the document does not say.
 */
#ifndef FU_CHAT_ANSWER_H
#define FU_CHAT_ANSWER_H

#include "chat/sections.h"
#include "flow/search_weigh.h"

#define FU_CHAT_SENTENCES	3
#define FU_CHAT_CHARACTERS	400

struct fu_chat_source {
	const struct fu_passage_row	*passage;	/* of one document */
	size_t				 n;
	const char			*title;		/* or NULL */
	const char			*summary;	/* or NULL */
};

/* What is asked, and of what an answer may be made. */
struct fu_chat_asked {
	struct fu_terms			*terms;
	const struct fu_weighed		*weighed;
	const char			*text;		/* as it was asked */
	const char			*said;		/* by us just before; NULL */
	size_t				 sentences, max;	/* characters */
};

struct fu_chat_answer {
	const char	*text;		/* NULL: no sentence is short enough */
	int		 chunk;		/* of the passage that it begins in */
	double		 share;		/* of what is asked that it and its
					 * headings say, 0 to 1 */
	double		 title;		/* and of what the title says */
};

/*
 * fu_chat_answer(asked, source, arena, answer):
 * At most so many whole sentences in a row of one section and so many
 * characters: those that say most of what is asked, a figure where one is
 * asked for, and begin with one that can be understood alone; the heading
 * before them where that has a part of it that they have not; the summary where
 * it says as much.
 */
void fu_chat_answer(const struct fu_chat_asked *,
    const struct fu_chat_source *, struct fu_arena *,
    struct fu_chat_answer *);

#endif
