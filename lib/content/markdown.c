/*
 * Markdown as HTML: libcmark, and what a mail must not carry taken out.
 *
 * Must never let raw HTML, an image or a link to anything but a page, an
 * address or a telephone through.
 */
#include <cmark.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "content/markdown.h"
#include "content/markdown_tree.h"

bool
fu_markdown_link_ok(const char *url)
{
	static const char *const scheme[] = { "http://", "https://", "mailto:",
		"tel:" };
	size_t i;

	for (i = 0; url != NULL && i < sizeof(scheme) / sizeof(*scheme); i++)
		if (strncasecmp(url, scheme[i], strlen(scheme[i])) == 0)
			return (true);
	return (false);
}

/* Put a node's children in its place. */
static void
unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL)
		cmark_node_insert_before(node, child);
	cmark_node_unlink(node);
	cmark_node_free(node);
}

cmark_node *
fu_markdown_parse(struct fu_str markdown)
{
	cmark_node *root, *node;
	cmark_event_type event;
	cmark_iter *iter;

	root = cmark_parse_document(markdown.ptr != NULL ? markdown.ptr : "",
	    markdown.len, CMARK_OPT_VALIDATE_UTF8);
	if (root == NULL)
		fu_oom();
	/* A node may go at its exit (a leaf: at its entry), and no sooner. */
	iter = cmark_iter_new(root);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(iter);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_HTML_BLOCK:
		case CMARK_NODE_HTML_INLINE:
			cmark_node_unlink(node);
			cmark_node_free(node);
			break;
		case CMARK_NODE_LINK:
			if (event == CMARK_EVENT_EXIT &&
			    !fu_markdown_link_ok(cmark_node_get_url(node)))
				unwrap(node);
			break;
		case CMARK_NODE_IMAGE:
			/* Fetching it would tell that it was opened. */
			if (event == CMARK_EVENT_EXIT)
				unwrap(node);
			break;
		default:
			break;
		}
	}
	cmark_iter_free(iter);
	cmark_consolidate_text_nodes(root);
	return (root);
}

void
fu_markdown_raw(struct fu_str markdown,
    void (*found)(void *, int, int, struct fu_str, bool), void *ctx)
{
	cmark_node *root, *node;
	cmark_iter *iter;
	struct fu_str tag;
	const char *text;
	bool block;

	root = cmark_parse_document(markdown.ptr != NULL ? markdown.ptr : "",
	    markdown.len, CMARK_OPT_VALIDATE_UTF8);
	if (root == NULL)
		fu_oom();
	iter = cmark_iter_new(root);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(iter);
		block = cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK;
		if (!block &&
		    cmark_node_get_type(node) != CMARK_NODE_HTML_INLINE)
			continue;
		text = cmark_node_get_literal(node);
		text += strspn(text, " ");
		tag = (struct fu_str){ text, strcspn(text, ">\n") };
		tag.len += text[tag.len] == '>';
		if (!fu_str_starts(tag, "<!--"))
			found(ctx, cmark_node_get_start_line(node),
			    cmark_node_get_start_column(node), tag, block);
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
}

void
fu_markdown_html(struct fu_str markdown, struct fu_buf *out)
{
	cmark_node *root = fu_markdown_parse(markdown);
	char *html;

	if ((html = cmark_render_html(root, CMARK_OPT_DEFAULT)) == NULL)
		fu_oom();
	fu_buf_puts(out, html);
	free(html);
	cmark_node_free(root);
}
