/*
 * What stands on a page: headings and paragraphs, whatever it was written in.
 *
 * Pure.  Bounded in depth and number; broken input gives some blocks, never an
 * error.  Of a web page only what a reader of it came for.
 */
#ifndef FU_CONTENT_PAGE_H
#define FU_CONTENT_PAGE_H

#include "base/arena.h"

#define FU_BLOCKS_MAX	50000	/* of a page; the rest is not read */

struct fu_block {
	int		 level;		/* 1..6: a heading; 0: a paragraph, a list
					 * item, a row */
	const char	*text;		/* one line, never blank */
};

struct fu_page {
	struct fu_block	*block;
	size_t		 n, cap;
	const char	*title;		/* as the page names itself, or NULL */
	const char	*language;	/* or NULL */
	const char	*url;		/* its own word of where it is, or NULL */
};

/*
 * Append to ${page}, in ${arena}; the text is valid UTF-8.
 * fu_page_markdown: CommonMark, raw HTML left out.
 * fu_page_text: paragraphs between blank lines; a form feed is one, too.
 * fu_page_html: without scripts, navigation, forms, headers and footers; of
 *	its <main>, where it has one.
 * fu_page_add(page, arena, level, text): a block, its blanks made single.
 */
void fu_page_markdown(struct fu_page *, struct fu_arena *, struct fu_str);
void fu_page_text(struct fu_page *, struct fu_arena *, struct fu_str);
void fu_page_html(struct fu_page *, struct fu_arena *, struct fu_str);
void fu_page_add(struct fu_page *, struct fu_arena *, int, struct fu_str);

/*
 * Blocks that stand on many pages of a site say nothing of any.
 * fu_page_hashes(page, arena, n): each block's hash, sorted, once.
 * fu_page_without(page, hash, n): drop the blocks whose hash is among those,
 * which are sorted.
 */
uint64_t *fu_page_hashes(const struct fu_page *, struct fu_arena *, size_t *);
void fu_page_without(struct fu_page *, const uint64_t *, size_t);

#endif
