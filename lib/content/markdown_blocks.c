/*
 * Markdown as headings and paragraphs.
 *
 * Must never keep what a link points to: passages are read, not followed.
 */
#include <string.h>

#include "content/markdown_tree.h"
#include "content/page.h"

static void
put_inlines(cmark_node *block, struct fu_buf *out)
{
	cmark_event_type event;
	cmark_node *node;
	cmark_iter *iter = cmark_iter_new(block);

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(iter);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
			fu_buf_puts(out, cmark_node_get_literal(node));
			break;
		case CMARK_NODE_SOFTBREAK:
		case CMARK_NODE_LINEBREAK:
			fu_buf_putc(out, ' ');
			break;
		default:
			break;
		}
	}
	cmark_iter_free(iter);
}

/* A code block, line for line: each is one of its own. */
static void
put_lines(struct fu_page *page, struct fu_arena *arena, const char *text)
{
	const char *end;

	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = strchrnul(text, '\n');
		fu_page_add(page, arena, 0,
		    (struct fu_str){ text, (size_t)(end - text) });
	}
}

void
fu_page_markdown(struct fu_page *page, struct fu_arena *arena,
    struct fu_str markdown)
{
	cmark_node *root = fu_markdown_parse(markdown), *node;
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	cmark_node_type type;
	struct fu_buf text;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(iter);
		type = cmark_node_get_type(node);
		if (event != CMARK_EVENT_ENTER)
			continue;
		if (type == CMARK_NODE_CODE_BLOCK)
			put_lines(page, arena, cmark_node_get_literal(node));
		if (type != CMARK_NODE_PARAGRAPH && type != CMARK_NODE_HEADING)
			continue;
		fu_buf_init(&text);
		put_inlines(node, &text);
		fu_page_add(page, arena, type == CMARK_NODE_HEADING ?
		    cmark_node_get_heading_level(node) : 0,
		    fu_buf_view(&text));
		fu_buf_free(&text);
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
}
