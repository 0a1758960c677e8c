/*
 * Markdown as plain text that a person reads with pleasure.
 *
 * Must never break a word: a link that is split is no link.
 */
#include <glib.h>
#include <string.h>

#include "content/markdown.h"
#include "content/markdown_tree.h"

#define DEPTH_MAX	16	/* deeper quotes and lists are not indented */
#define PREFIX_MAX	128	/* bytes: 16 levels of at most 8 */
#define HARD_BREAK	'\v'	/* in inline text; never in a document's own */

struct writer {
	struct fu_buf	*out;
	int		 width;			/* 0: do not wrap */
	char		 first[PREFIX_MAX];	/* before the next line */
	char		 rest[PREFIX_MAX];	/* before those that follow */
	bool		 blank;			/* a blank line is due */
};

static int
columns(const char *s, size_t len)
{
	const char *end = s + len;
	uint32_t cp;
	int n = 0;

	while (s < end) {
		s += fu_utf8_next(s, &cp);
		n += g_unichar_iszerowidth(cp) ? 0 :
		    g_unichar_iswide(cp) ? 2 : 1;
	}
	return (n);
}

/* Blanks before and after a link's text are not the link's. */
static void
put_link(struct fu_buf *out, const char *url, size_t from)
{
	const char *plain = url;
	struct fu_str text;

	text = fu_str_trim((struct fu_str){ out->len > 0 ? out->ptr + from : "",
	    out->len - from });
	if (strncmp(plain, "mailto:", 7) == 0)
		plain += 7;
	else if (strncmp(plain, "tel:", 4) == 0)
		plain += 4;
	if (text.len == 0)
		fu_buf_puts(out, plain);
	else if (!fu_str_is(text, plain) && !fu_str_is(text, url))
		fu_buf_printf(out, " (%s)", plain);
}

/* The inline content of a block, as text with single blanks. */
static void
put_inlines(cmark_node *block, struct fu_buf *out)
{
	size_t link[DEPTH_MAX], depth = 0;
	cmark_event_type event;
	cmark_node *node;
	cmark_iter *iter;

	iter = cmark_iter_new(block);
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(iter);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
			fu_buf_puts(out, cmark_node_get_literal(node));
			break;
		case CMARK_NODE_SOFTBREAK:
			fu_buf_putc(out, ' ');
			break;
		case CMARK_NODE_LINEBREAK:
			fu_buf_putc(out, HARD_BREAK);
			break;
		case CMARK_NODE_LINK:
			if (event == CMARK_EVENT_ENTER) {
				if (depth < DEPTH_MAX)
					link[depth] = out->len;
				depth++;
			} else if (--depth < DEPTH_MAX)
				put_link(out, cmark_node_get_url(node),
				    link[depth]);
			break;
		default:
			break;
		}
	}
	cmark_iter_free(iter);
}

static void
put_prefix(struct writer *w)
{
	size_t len;

	if (w->blank) {
		len = strlen(w->rest);
		while (len > 0 && w->rest[len - 1] == ' ')
			len--;
		if (w->out->len > 0) {
			fu_buf_put(w->out, w->rest, len);
			fu_buf_putc(w->out, '\n');
		}
		w->blank = false;
	}
	fu_buf_puts(w->out, w->first);
	strcpy(w->first, w->rest);
}

static bool
blank_char(char c)
{
	return (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

/* Words with single blanks between, wrapped. */
static void
put_wrapped(struct writer *w, struct fu_str text)
{
	size_t i = 0, start;
	int at = 0, wide;
	bool empty = true;

	put_prefix(w);
	at = columns(w->rest, strlen(w->rest));
	while (i < text.len) {
		if (blank_char(text.ptr[i])) {
			i++;
			continue;
		}
		if (text.ptr[i] == HARD_BREAK) {
			fu_buf_putc(w->out, '\n');
			put_prefix(w);
			at = columns(w->rest, strlen(w->rest));
			empty = true;
			i++;
			continue;
		}
		for (start = i; i < text.len && !blank_char(text.ptr[i]) &&
		    text.ptr[i] != HARD_BREAK; i++)
			continue;
		wide = columns(text.ptr + start, i - start);
		if (!empty && w->width > 0 && at + 1 + wide > w->width) {
			fu_buf_putc(w->out, '\n');
			put_prefix(w);
			at = columns(w->rest, strlen(w->rest));
		} else if (!empty) {
			fu_buf_putc(w->out, ' ');
			at++;
		}
		fu_buf_put(w->out, text.ptr + start, i - start);
		at += wide;
		empty = false;
	}
	fu_buf_putc(w->out, '\n');
}

static void
put_verbatim(struct writer *w, const char *text)
{
	const char *end;

	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		end = strchrnul(text, '\n');
		put_prefix(w);
		fu_buf_puts(w->out, "    ");
		fu_buf_put(w->out, text, (size_t)(end - text));
		fu_buf_putc(w->out, '\n');
	}
}

static void put_blocks(struct writer *, cmark_node *, int);

/* The children of a block, with more in front of their lines. */
static void
put_nested(struct writer *w, cmark_node *node, const char *first,
    const char *rest, int depth)
{
	char old[PREFIX_MAX];

	strcpy(old, w->rest);
	if (strlen(w->rest) + strlen(rest) < PREFIX_MAX &&
	    strlen(w->first) + strlen(first) < PREFIX_MAX) {
		strcat(w->first, first);
		strcat(w->rest, rest);
	}
	put_blocks(w, cmark_node_first_child(node), depth + 1);
	strcpy(w->rest, old);
	strcpy(w->first, old);
}

static void
put_list(struct writer *w, cmark_node *list, int depth)
{
	char first[16], rest[16];
	cmark_node *item;
	int number;

	number = cmark_node_get_list_start(list);
	for (item = cmark_node_first_child(list); item != NULL;
	    item = cmark_node_next(item)) {
		if (cmark_node_get_list_type(list) == CMARK_ORDERED_LIST)
			(void)snprintf(first, sizeof(first), "%d. ", number++);
		else
			strcpy(first, "- ");
		memset(rest, ' ', sizeof(rest));
		rest[strlen(first)] = '\0';
		if (item != cmark_node_first_child(list))
			w->blank = !cmark_node_get_list_tight(list);
		put_nested(w, item, first, rest, depth);
	}
}

static void
put_blocks(struct writer *w, cmark_node *node, int depth)
{
	cmark_node_type type;
	struct fu_buf text;
	bool shown;

	for (; node != NULL; node = cmark_node_next(node)) {
		type = cmark_node_get_type(node);
		if (type == CMARK_NODE_BLOCK_QUOTE && depth < DEPTH_MAX)
			put_nested(w, node, "> ", "> ", depth);
		else if (type == CMARK_NODE_LIST && depth < DEPTH_MAX)
			put_list(w, node, depth);
		else if (type == CMARK_NODE_CODE_BLOCK)
			put_verbatim(w, cmark_node_get_literal(node));
		else if (type == CMARK_NODE_THEMATIC_BREAK)
			put_wrapped(w, FU_STR("---"));
		else {
			/* Also what is too deep: its words, on one level. */
			fu_buf_init(&text);
			put_inlines(node, &text);
			shown = fu_str_trim(fu_buf_view(&text)).len > 0;
			if (shown)
				put_wrapped(w, fu_buf_view(&text));
			fu_buf_free(&text);
			if (!shown)
				continue;
		}
		/* The items of a tight list stand close. */
		w->blank = cmark_node_get_type(cmark_node_parent(node)) !=
		    CMARK_NODE_ITEM || !cmark_node_get_list_tight(
		    cmark_node_parent(cmark_node_parent(node)));
	}
}

void
fu_markdown_text(struct fu_str markdown, int width, struct fu_buf *out)
{
	struct writer w = { .out = out, .width = width };
	cmark_node *root = fu_markdown_parse(markdown);
	struct fu_buf own;

	fu_buf_init(&own);
	w.out = &own;
	put_blocks(&w, cmark_node_first_child(root), 0);
	fu_buf_put(out, own.len > 0 ? own.ptr : "", own.len);
	fu_buf_free(&own);
	cmark_node_free(root);
}
