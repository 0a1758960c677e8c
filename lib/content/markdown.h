/*
 * Markdown (CommonMark, by libcmark) as HTML and as plain text to read.
 *
 * Raw HTML in the source is dropped, in both; links other than http, https,
 * mailto and tel lose their target, and of an image its words are left: what
 * is fetched from afar tells that it was opened [GD-14].
 */
#ifndef FU_CONTENT_MARKDOWN_H
#define FU_CONTENT_MARKDOWN_H

#include <stdbool.h>

#include "base/str.h"

#define FU_TEXT_WIDTH 72	/* columns of a wrapped plain text part */

/*
 * fu_markdown_html(markdown, out): append an HTML fragment, no <html> around.
 * fu_markdown_text(markdown, width, out): append plain text: paragraphs,
 * lists and quotes kept, links as "text (url)" or the url alone where that is
 * the text, wrapped at ${width} columns (0: one line a paragraph), LF at the
 * end of each line.
 * Both take valid UTF-8 and cannot fail.
 */
void fu_markdown_html(struct fu_str, struct fu_buf *);
void fu_markdown_text(struct fu_str, int, struct fu_buf *);

/*
 * fu_markdown_raw(markdown, found, ctx):
 * Call ${found} for each raw HTML that the above leave out, but for comments,
 * in order: its line and column, in bytes, both from 1; its text up to the end
 * of its first tag; and whether what stands behind that goes with it, as it
 * does of a block.
 */
void fu_markdown_raw(struct fu_str, void (*)(void *, int, int, struct fu_str,
    bool), void *);

#endif
