/*
 * Mustache, second half: a tree of nodes and a tree of values into text.
 *
 * Must never loop or grow without bound: templates are an operator's, but the
 * lists in them come from outside.
 */
#include <string.h>

#include "content/mustache_tree.h"

#define STEPS_MAX 1000000	/* nodes of one rendering, repeats counted */

struct renderer {
	struct fu_arena		 arena;		/* of partials */
	struct fu_render	*render;
	struct fu_buf		*out;
	size_t			 start;		/* of ours in out */
	const struct fu_ctx	*stack[2 * FU_MUSTACHE_DEPTH_MAX + 2];
	size_t			 depth;		/* of the stack */
	int			 level;		/* sections and partials */
	long			 steps;
	struct fu_err		*err;
};

static const struct fu_ctx *
look_up(const struct renderer *r, struct fu_str name)
{
	const struct fu_ctx *node = NULL;
	struct fu_str part;
	const char *dot;
	size_t i;
	bool first = true;

	if (fu_str_is(name, "."))
		return (r->stack[r->depth - 1]);
	while (name.len > 0) {
		dot = memchr(name.ptr, '.', name.len);
		part = name;
		if (dot != NULL)
			part.len = (size_t)(dot - name.ptr);
		if (first) {
			for (i = r->depth; i > 0 && node == NULL; i--)
				node = fu_ctx_get(r->stack[i - 1], part);
		} else
			node = fu_ctx_get(node, part);
		if (node == NULL || dot == NULL)
			break;
		first = false;
		name.len -= part.len + 1;
		name.ptr = dot + 1;
	}
	return (node);
}

static void
put_html(struct fu_buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		switch (*s) {
		case '&':
			fu_buf_puts(out, "&amp;");
			break;
		case '<':
			fu_buf_puts(out, "&lt;");
			break;
		case '>':
			fu_buf_puts(out, "&gt;");
			break;
		case '"':
			fu_buf_puts(out, "&quot;");
			break;
		default:
			fu_buf_putc(out, *s);
		}
}

/*
 * Character references are text wherever they stand, link targets and
 * autolinks too, where a backslash would not be; and they never make a
 * heading, list, quote or paragraph.  [CommonMark 2.5]
 */
static void
put_markdown(struct fu_buf *out, const char *s)
{
	bool first = true;

	for (; *s != '\0'; s++, first = false)
		if (strchr("\\`*_{}[]()<>#+-.!|&~=\"'\n\t", *s) != NULL ||
		    (*s == ' ' && (first || s[1] == '\0')))
			fu_buf_printf(out, "&#%d;", *s);
		else
			fu_buf_putc(out, *s);
}

static void
put_json(struct fu_buf *out, struct fu_str s)
{
	struct fu_buf quoted;

	fu_buf_init(&quoted);
	fu_json_quote(&quoted, s);
	fu_buf_put(out, quoted.ptr + 1, quoted.len - 2);
	fu_buf_free(&quoted);
}

/* Nothing but these three, in a string of JSON: what Slack reads as a mention,
 * a link or a reference is then text.  [SL-01] */
static void
put_slack(struct fu_buf *out, const char *s)
{
	struct fu_buf text;

	fu_buf_init(&text);
	for (; *s != '\0'; s++)
		if (*s == '&')
			fu_buf_puts(&text, "&amp;");
		else if (*s == '<')
			fu_buf_puts(&text, "&lt;");
		else if (*s == '>')
			fu_buf_puts(&text, "&gt;");
		else
			fu_buf_putc(&text, *s);
	put_json(out, fu_buf_view(&text));
	fu_buf_free(&text);
}

static void
put_value(const struct renderer *r, const char *s, bool raw)
{
	enum fu_escape escape = raw ? FU_ESCAPE_NONE : r->render->escape;

	switch (escape) {
	case FU_ESCAPE_NONE:
		fu_buf_puts(r->out, s);
		break;
	case FU_ESCAPE_HTML:
		put_html(r->out, s);
		break;
	case FU_ESCAPE_MARKDOWN:
		put_markdown(r->out, s);
		break;
	case FU_ESCAPE_JSON:
		put_json(r->out, fu_str_of(s));
		break;
	case FU_ESCAPE_SLACK:
		put_slack(r->out, s);
		break;
	}
}

static int
render_value(struct renderer *r, const struct fu_template *template,
    const struct fu_node *node)
{
	const struct fu_ctx *value = look_up(r, node->text);
	const char *text = NULL;

	if (value != NULL && value->type == FU_CTX_TEXT)
		text = value->text;
	if (node->fallback != NULL && fu_blank(text))
		text = node->fallback;
	else if (r->render->strict && fu_blank(text)) {
		r->render->missing = fu_dup_str(template->arena, node->text);
		r->render->missing_where = (struct fu_where){
			template->file, node->line, 0 };
		return (fu_err_set(r->err, FU_EDATA,
		    "%s:%d: {{%s}} has no value and no default",
		    template->file, node->line, r->render->missing));
	}
	if (text != NULL)
		put_value(r, text, node->raw);
	return (0);
}

static int render_nodes(struct renderer *, const struct fu_template *,
    const struct fu_node *);

static int
render_with(struct renderer *r, const struct fu_template *template,
    const struct fu_node *node, const struct fu_ctx *top)
{
	int ret;

	r->stack[r->depth++] = top;
	ret = render_nodes(r, template, node->child);
	r->depth--;
	return (ret);
}

static int
render_section(struct renderer *r, const struct fu_template *template,
    const struct fu_node *node)
{
	const struct fu_ctx *value = look_up(r, node->text);
	size_t i;

	if (node->type == FU_NODE_INVERTED)
		return (fu_ctx_true(value) ? 0 :
		    render_nodes(r, template, node->child));
	if (!fu_ctx_true(value))
		return (0);
	if (value->type != FU_CTX_LIST)
		return (render_with(r, template, node, value));
	for (i = 0; i < value->n; i++)
		if (render_with(r, template, node,
		    value->member[i].value) == -1)
			return (-1);
	return (0);
}

/* A partial that stands alone has its indentation before each of its lines. */
static const char *
indented(struct fu_arena *arena, const char *text, struct fu_str indent)
{
	struct fu_buf buf;
	const char *copy;
	bool start = true;

	if (indent.len == 0)
		return (text);
	fu_buf_init(&buf);
	for (; *text != '\0'; text++) {
		if (start)
			fu_buf_str(&buf, indent);
		fu_buf_putc(&buf, *text);
		start = *text == '\n';
	}
	copy = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (copy);
}

static int
render_partial(struct renderer *r, const struct fu_template *template,
    const struct fu_node *node)
{
	struct fu_template *partial;
	const char *name, *text = NULL;

	name = fu_dup_str(&r->arena, node->text);
	if (r->render->partial != NULL)
		text = r->render->partial(r->render->partial_ctx, name);
	if (text == NULL) {
		if (!r->render->strict)
			return (0);
		return (fu_err_set(r->err, FU_ECONFIG,
		    "%s:%d: there is no partial {{> %s}}", template->file,
		    node->line, name));
	}
	partial = fu_template_parse(&r->arena,
	    indented(&r->arena, text, node->indent), name, 1, r->err);
	if (partial == NULL)
		return (-1);
	/* What is said of a missing value outlives this rendering. */
	if (render_nodes(r, partial, partial->first) == -1) {
		if (r->render->missing != NULL &&
		    r->render->missing_where.file == name) {
			r->render->missing = fu_dup(template->arena,
			    r->render->missing);
			r->render->missing_where = (struct fu_where){
				template->file, node->line, 0 };
		}
		return (-1);
	}
	return (0);
}

static int
render_nodes(struct renderer *r, const struct fu_template *template,
    const struct fu_node *node)
{
	int ret = 0;

	if (++r->level > FU_MUSTACHE_DEPTH_MAX) {
		r->level--;
		return (fu_err_set(r->err, FU_ECONFIG,
		    "%s: sections and partials nest deeper than %d",
		    template->file, FU_MUSTACHE_DEPTH_MAX));
	}
	for (; node != NULL && ret == 0; node = node->next) {
		if (++r->steps > STEPS_MAX ||
		    r->out->len - r->start > FU_MUSTACHE_OUT_MAX) {
			ret = fu_err_set(r->err, FU_ECONFIG,
			    "%s:%d: too much output", template->file,
			    node->line);
			break;
		}
		switch (node->type) {
		case FU_NODE_TEXT:
			fu_buf_str(r->out, node->text);
			break;
		case FU_NODE_VALUE:
			ret = render_value(r, template, node);
			break;
		case FU_NODE_SECTION:
		case FU_NODE_INVERTED:
			ret = render_section(r, template, node);
			break;
		case FU_NODE_PARTIAL:
			ret = render_partial(r, template, node);
			break;
		}
	}
	r->level--;
	return (ret);
}

int
fu_template_render(const struct fu_template *template,
    const struct fu_ctx *ctx, struct fu_render *render, struct fu_buf *out,
    struct fu_err *err)
{
	struct renderer r = { .render = render, .out = out, .start = out->len,
		.err = err };
	int ret;

	render->missing = NULL;
	render->missing_where = (struct fu_where){ NULL, 0, 0 };
	fu_arena_init(&r.arena);
	r.stack[r.depth++] = ctx;
	ret = render_nodes(&r, template, template->first);
	fu_arena_free(&r.arena);
	return (ret);
}
