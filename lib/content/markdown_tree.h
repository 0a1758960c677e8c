/*
 * A parsed and cleaned Markdown document, between content/markdown*.c alone.
 */
#ifndef FU_CONTENT_MARKDOWN_TREE_H
#define FU_CONTENT_MARKDOWN_TREE_H

#include <cmark.h>
#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

/* Raw HTML and bad links are gone; free it with cmark_node_free(). */
cmark_node *fu_markdown_parse(struct fu_str);
bool fu_markdown_link_ok(const char *);

#endif
