/*
 * Passages: what is found, cited and shown of a page, sized so that one says
 * one thing and says it whole.
 *
 * Pure.
 */
#ifndef FU_CONTENT_PASSAGE_H
#define FU_CONTENT_PASSAGE_H

#include "content/page.h"

#define FU_PASSAGE_WORDS	220	/* at most, but for overlap */
#define FU_PASSAGE_LEAST	40	/* a shorter section goes on with the
					 * next of its level */
#define FU_PASSAGE_OVERLAP	30	/* words that the next one repeats */
#define FU_HEADING_SEP		" > "

struct fu_passage {
	const char	*heading;	/* path of headings below the title */
	const char	*text;		/* paragraphs, LF between */
};

/*
 * fu_passages_make(page, title, arena, passage):
 * Cut ${page} at its headings, sections that are too long between sentences,
 * the last of which the next passage repeats.  A heading that only says
 * ${title} again is left out.  Return how many there are.
 */
size_t fu_passages_make(const struct fu_page *, const char *,
    struct fu_arena *, struct fu_passage **);

/*
 * fu_sentence_end(text): how many bytes of it are its first sentence, with
 * the blanks behind; all of it when it is one.
 * fu_words_count(text): how many words it has.
 */
size_t fu_sentence_end(struct fu_str);
size_t fu_words_count(struct fu_str);

/*
 * The sketch of a text: its shingles, five words in a row each, as hashes of
 * 32 bits, sorted, once.
 * fu_sketch_make(text, arena): as bytes to be kept.
 * fu_sketch_join(part, n, arena): that of several texts together.
 * fu_sketch_share(a, b): which share of ${a}'s shingles ${b} has, 0 to 1; a
 * text of fewer than five words is one shingle.
 */
struct fu_str fu_sketch_make(struct fu_str, struct fu_arena *);
struct fu_str fu_sketch_join(const struct fu_str *, size_t,
    struct fu_arena *);
double fu_sketch_share(struct fu_str, struct fu_str);

#endif
