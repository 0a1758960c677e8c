/*
 * Mustache, first half: text into a tree of nodes.
 *
 * Must never evaluate anything: the tree knows names, not values.
 */
#include <string.h>

#include "content/mustache_tree.h"

#define DELIM_MAX 16	/* bytes of a delimiter; the spec's are two */

struct parser {
	struct fu_arena	*arena;
	const char	*text;
	size_t		 len, pos;
	int		 line;		/* of pos */
	size_t		 counted;	/* lines are counted up to here */
	int		 col;		/* of counted, in characters from 1 */
	char		 open[DELIM_MAX + 1], close[DELIM_MAX + 1];
	const char	*bad;		/* what does not parse, and where */
	int		 bad_line, bad_col;
};

/* A tag as it stands in the text. */
struct tag {
	size_t		 start, end;	/* the whole of it, delimiters in */
	char		 sigil;		/* one of #^/!>=&{ or 0 */
	struct fu_str	 body;		/* trimmed */
	int		 line, col;
};

static int
parse_fail(struct parser *p, const struct tag *tag, const char *what,
    struct fu_str name)
{
	if (name.len > 60)
		name.len = fu_utf8_cut(name.ptr, 60);
	p->bad_line = tag->line;
	p->bad_col = tag->col;
	p->bad = fu_printf(p->arena, "%s%s%.*s%s", what, name.len > 0 ? " {{" :
	    "", (int)name.len, name.ptr, name.len > 0 ? "}}" : "");
	return (-1);
}

static int
line_of(struct parser *p, size_t pos)
{
	for (; p->counted < pos; p->counted++)
		if (p->text[p->counted] == '\n') {
			p->line++;
			p->col = 1;
		} else
			p->col += ((unsigned char)p->text[p->counted] & 0xc0) !=
			    0x80;
	return (p->line);
}

static struct fu_node *
node_add(struct parser *p, struct fu_node ***tail, enum fu_node_type type,
    struct fu_str text, int line)
{
	struct fu_node *node = fu_alloc(p->arena, sizeof(*node));

	node->type = type;
	node->text = text;
	node->line = line;
	**tail = node;
	*tail = &node->next;
	return (node);
}

static const char *
find(const struct parser *p, size_t from, const char *what, size_t len)
{
	return (memmem(p->text + from, p->len - from, what, len));
}

/* Find the next tag: 1, none: 0, unclosed: -1. */
static int
tag_next(struct parser *p, struct tag *tag)
{
	char stop[DELIM_MAX + 2];
	const char *at, *end;
	size_t body;

	at = find(p, p->pos, p->open, strlen(p->open));
	if (at == NULL)
		return (0);
	tag->start = (size_t)(at - p->text);
	tag->line = line_of(p, tag->start);
	tag->col = p->col;
	body = tag->start + strlen(p->open);
	tag->sigil = '\0';
	if (body < p->len && p->text[body] != '\0' &&
	    strchr("#^/!>=&{", p->text[body]) != NULL)
		tag->sigil = p->text[body++];
	stop[0] = '\0';
	if (tag->sigil == '{')
		strcpy(stop, "}");
	else if (tag->sigil == '=')
		strcpy(stop, "=");
	strcat(stop, p->close);
	if ((end = find(p, body, stop, strlen(stop))) == NULL)
		return (parse_fail(p, tag, "unclosed tag",
		    (struct fu_str){ "", 0 }));
	tag->body = fu_str_trim((struct fu_str){ p->text + body,
	    (size_t)(end - p->text) - body });
	tag->end = (size_t)(end - p->text) + strlen(stop);
	return (1);
}

/*
 * Is the tag alone on its line?  Then where its line starts, and where the
 * next one does.
 */
static bool
tag_alone(const struct parser *p, const struct tag *tag, size_t *from,
    size_t *to)
{
	size_t a = tag->start, b = tag->end;

	while (a > 0 && (p->text[a - 1] == ' ' || p->text[a - 1] == '\t'))
		a--;
	if (a > 0 && p->text[a - 1] != '\n')
		return (false);
	while (b < p->len && (p->text[b] == ' ' || p->text[b] == '\t'))
		b++;
	if (b < p->len && p->text[b] == '\r' && b + 1 < p->len &&
	    p->text[b + 1] == '\n')
		b++;
	if (b < p->len && p->text[b] != '\n')
		return (false);
	*from = a;
	*to = b < p->len ? b + 1 : b;
	return (true);
}

static bool
word(const struct fu_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.ptr[i] == ' ' || s.ptr[i] == '\t' || s.ptr[i] == '\n' ||
		    s.ptr[i] == '\r')
			return (false);
	return (s.len > 0);
}

/* {{= <% %> =}} */
static int
set_delimiters(struct parser *p, const struct tag *tag)
{
	struct fu_str a = tag->body, b;
	size_t i;

	for (i = 0; i < a.len && a.ptr[i] != ' ' && a.ptr[i] != '\t' &&
	    a.ptr[i] != '\n'; i++)
		continue;
	b = fu_str_trim((struct fu_str){ a.ptr + i, a.len - i });
	a.len = i;
	if (!word(a) || !word(b) || a.len > DELIM_MAX || b.len > DELIM_MAX)
		return (parse_fail(p, tag, "bad delimiters", tag->body));
	memcpy(p->open, a.ptr, a.len);
	p->open[a.len] = '\0';
	memcpy(p->close, b.ptr, b.len);
	p->close[b.len] = '\0';
	return (0);
}

/* name | default: "text" */
static int
parse_value(struct parser *p, const struct tag *tag, struct fu_node *node)
{
	struct fu_str name = tag->body, filter;
	const char *bar;
	struct fu_buf text;
	size_t i;
	char quote;

	bar = memchr(name.ptr, '|', name.len);
	if (bar == NULL) {
		if (!word(name))
			return (parse_fail(p, tag, "bad name", name));
		return (0);
	}
	filter = (struct fu_str){ bar + 1,
		name.len - (size_t)(bar + 1 - name.ptr) };
	filter = fu_str_trim(filter);
	name.len = (size_t)(bar - name.ptr);
	node->text = name = fu_str_trim(name);
	if (!word(name))
		return (parse_fail(p, tag, "bad name", tag->body));
	if (!fu_str_starts(filter, "default"))
		return (parse_fail(p, tag, "the only filter is "
		    "default: \"text\", not", tag->body));
	filter = fu_str_trim((struct fu_str){ filter.ptr + 7,
	    filter.len - 7 });
	if (filter.len < 1 || filter.ptr[0] != ':')
		goto bad;
	filter = fu_str_trim((struct fu_str){ filter.ptr + 1,
	    filter.len - 1 });
	if (filter.len < 2 || (filter.ptr[0] != '"' && filter.ptr[0] != '\''))
		goto bad;
	quote = filter.ptr[0];
	fu_buf_init(&text);
	for (i = 1; i < filter.len && filter.ptr[i] != quote; i++) {
		if (filter.ptr[i] == '\\' && i + 1 < filter.len)
			i++;
		fu_buf_putc(&text, filter.ptr[i]);
	}
	node->fallback = fu_dup_str(p->arena, fu_buf_view(&text));
	fu_buf_free(&text);
	if (i + 1 == filter.len)
		return (0);
bad:
	return (parse_fail(p, tag, "a default is written "
	    "{{name | default: \"text\"}}, not", tag->body));
}

/* Parse up to the end of the text, or of the section called ${section}. */
static int
parse_block(struct parser *p, struct fu_node **first,
    const struct tag *section, int depth)
{
	struct fu_node **tail = first, *node;
	struct fu_str text;
	struct tag tag;
	size_t from, to;
	bool alone;
	int r;

	for (;;) {
		if ((r = tag_next(p, &tag)) == -1)
			return (-1);
		from = r == 1 ? tag.start : p->len;
		to = r == 1 ? tag.end : p->len;
		alone = r == 1 && tag.sigil != '\0' && tag.sigil != '&' &&
		    tag.sigil != '{' && tag_alone(p, &tag, &from, &to);
		/* Blanks of this line were not yet taken: no tag is on it. */
		if (from > p->pos) {
			text = (struct fu_str){ p->text + p->pos,
				from - p->pos };
			node_add(p, &tail, FU_NODE_TEXT, text,
			    line_of(p, p->pos));
		}
		p->pos = to;
		if (r == 0) {
			if (section != NULL)
				return (parse_fail(p, section,
				    "unclosed section", section->body));
			return (0);
		}
		switch (tag.sigil) {
		case '!':
			break;
		case '=':
			if (set_delimiters(p, &tag) == -1)
				return (-1);
			break;
		case '/':
			if (section == NULL ||
			    !fu_str_same(section->body, tag.body))
				return (parse_fail(p, &tag,
				    "no such section is open:", tag.body));
			return (0);
		case '#':
		case '^':
			if (!word(tag.body))
				return (parse_fail(p, &tag, "bad name",
				    tag.body));
			if (depth >= FU_MUSTACHE_DEPTH_MAX)
				return (parse_fail(p, &tag,
				    "sections too deep:", tag.body));
			node = node_add(p, &tail, tag.sigil == '#' ?
			    FU_NODE_SECTION : FU_NODE_INVERTED, tag.body,
			    tag.line);
			node->col = tag.col;
			if (parse_block(p, &node->child, &tag, depth + 1) == -1)
				return (-1);
			break;
		case '>':
			if (!word(tag.body))
				return (parse_fail(p, &tag, "bad name",
				    tag.body));
			node = node_add(p, &tail, FU_NODE_PARTIAL, tag.body,
			    tag.line);
			node->col = tag.col;
			if (alone)
				node->indent = (struct fu_str){ p->text + from,
					tag.start - from };
			break;
		default:
			node = node_add(p, &tail, FU_NODE_VALUE, tag.body,
			    tag.line);
			node->raw = tag.sigil != '\0';
			node->col = tag.col;
			if (parse_value(p, &tag, node) == -1)
				return (-1);
			break;
		}
	}
}

static struct fu_template *
parse(struct parser *p, struct fu_arena *arena, const char *text,
    const char *file, int line)
{
	struct fu_template *template = fu_alloc(arena, sizeof(*template));

	*p = (struct parser){ .arena = arena, .text = text, .line = line,
		.len = strlen(text), .col = 1, .open = "{{", .close = "}}" };
	template->arena = arena;
	template->file = file;
	if (parse_block(p, &template->first, NULL, 0) == -1)
		return (NULL);
	return (template);
}

struct fu_template *
fu_template_parse(struct fu_arena *arena, const char *text, const char *file,
    int line, struct fu_err *err)
{
	struct fu_template *template;
	struct parser p;

	if ((template = parse(&p, arena, text, file, line)) == NULL)
		fu_err_set(err, FU_ECONFIG, "%s:%d:%d: %s", file, p.bad_line,
		    p.bad_col, p.bad);
	return (template);
}

bool
fu_template_check(const char *text, const struct fu_where *begin,
    struct fu_arena *arena, struct fu_faults *faults)
{
	struct fu_where where = *begin;
	struct parser p;

	if (parse(&p, arena, text, begin->file, begin->line) != NULL)
		return (true);
	/* What quotes and escapes hide before it is not known here. */
	if (begin->col <= 1) {
		where.line = p.bad_line;
		where.col = p.bad_col;
	}
	fu_fault_add(faults, &where, false, "%s", p.bad);
	return (false);
}

/* A list of names under way. */
struct names {
	struct fu_arena		*arena;
	struct fu_template_name	*name;
	size_t			 n, cap;
	struct fu_str		 open[FU_MUSTACHE_DEPTH_MAX + 1];
};

/* Does the section's name say that this one has a value? */
static bool
guards(struct fu_str section, struct fu_str name)
{
	if (fu_str_same(section, name))
		return (true);
	return (name.len > section.len && name.ptr[section.len] == '.' &&
	    memcmp(section.ptr, name.ptr, section.len) == 0);
}

static void
names_walk(struct names *names, const struct fu_node *node, size_t depth)
{
	struct fu_template_name *name;
	struct fu_str within;
	size_t i;

	for (; node != NULL; node = node->next) {
		if (node->type == FU_NODE_TEXT)
			continue;
		within = (struct fu_str){ NULL, 0 };
		names->name = fu_grow(names->arena, names->name, names->n,
		    &names->cap, sizeof(*names->name));
		name = &names->name[names->n++];
		name->name = fu_dup_str(names->arena, node->text);
		name->line = node->line;
		name->col = node->col;
		name->section = node->type == FU_NODE_SECTION ||
		    node->type == FU_NODE_INVERTED;
		name->partial = node->type == FU_NODE_PARTIAL;
		name->fallback = node->fallback != NULL;
		for (i = 0; i < depth; i++) {
			name->guarded |= guards(names->open[i], node->text);
			if (names->open[i].ptr[0] != '\n')
				within = names->open[i];
		}
		if (within.len > 0)
			name->within = fu_dup_str(names->arena, within);
		if (node->child == NULL)
			continue;
		/* An inverted section guards nothing. */
		names->open[depth] = node->type == FU_NODE_SECTION ?
		    node->text : FU_STR("\n");
		names_walk(names, node->child, depth + 1);
	}
}

struct fu_template_name *
fu_template_names(const struct fu_template *template, struct fu_arena *arena,
    size_t *n)
{
	struct names names = { .arena = arena };

	names_walk(&names, template->first, 0);
	*n = names.n;
	return (names.name);
}
