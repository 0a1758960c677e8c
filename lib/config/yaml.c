/*
 * libyaml's events made into a tree.  Never interprets a scalar: `NO` is the
 * text "NO" here, be it Norway or a refusal.
 */
#include <string.h>

#include <yaml.h>

#include "config/yaml.h"

struct build {
	struct fu_arena		*arena;
	struct fu_faults	*faults;
	const char		*file;
	struct fu_str		 text;
	int			 line;		/* of the text's first line */
	struct fu_node		*open[FU_YAML_DEPTH_MAX];
	size_t			 depth;
	struct fu_node		*root;
	const char		*key;		/* read, its value awaited */
	struct fu_where		 key_where;
	struct fu_node		*just;		/* text just read, or NULL */
	size_t			 nodes;
	struct fu_str		 rest;		/* of the text, from a line on */
	size_t			 rest_line;	/* which: values come in order */
};

static struct fu_where
where_of(const struct build *b, const yaml_mark_t *mark)
{
	return ((struct fu_where){ b->file, (int)mark->line + b->line,
	    (int)mark->column + 1 });
}

const char *
fu_source_at(struct fu_str text, size_t line, size_t col)
{
	const char *p = text.ptr, *end = text.ptr + text.len;

	for (; line > 0 && p < end; p++)
		if (*p == '\n')
			line--;
	if (p == text.ptr && text.len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3;
	for (; col > 0 && p < end && *p != '\n'; col--)
		do
			p++;
		while (p < end && ((unsigned char)*p & 0xc0) == 0x80);
	return (p < end ? p : "");
}

struct fu_node *
fu_node_get(const struct fu_node *node, const char *key)
{
	struct fu_node *n;

	if (node == NULL || node->kind != FU_NODE_MAP)
		return (NULL);
	for (n = node->first; n != NULL; n = n->next)
		if (strcmp(n->key, key) == 0)
			return (n);
	return (NULL);
}

const char *
fu_node_kind_name(const struct fu_node *node)
{
	switch (node->kind) {
	case FU_NODE_LIST:
		return ("a list");
	case FU_NODE_MAP:
		return ("a map of keys");
	default:
		return ("a text");
	}
}

/*
 * Put a new node where it belongs: behind the last of its parent.  A key that
 * is there already is reported and its value left hanging, so that both are
 * not read.
 */
static struct fu_node *
node_add(struct build *b, enum fu_node_kind kind, struct fu_where where)
{
	struct fu_node *node, *parent, *twin;

	node = fu_alloc(b->arena, sizeof(*node));
	node->kind = kind;
	node->where = where;
	if (b->depth == 0) {
		b->root = node;
		return (node);
	}
	parent = b->open[b->depth - 1];
	if (parent->kind == FU_NODE_MAP) {
		node->key = b->key;
		node->key_where = b->key_where;
		b->key = NULL;
		if ((twin = fu_node_get(parent, node->key)) != NULL) {
			fu_fault_add(b->faults, &node->key_where, false,
			    "\"%s\" is given twice, first on line %d: remove "
			    "one", node->key, twin->key_where.line);
			return (node);
		}
	}
	if (parent->last == NULL)
		parent->first = node;
	else
		parent->last->next = node;
	parent->last = node;
	return (node);
}

/* Is a key awaited, not a value? */
static bool
at_key(const struct build *b)
{
	return (b->depth > 0 && b->open[b->depth - 1]->kind == FU_NODE_MAP &&
	    b->key == NULL);
}

/*
 * Where a scalar's text begins: behind its quote, or on the first line of a
 * block.
 */
/* fu_source_at from where the last value stood, not from the file's top. */
static const char *
source_at(struct build *b, size_t line, size_t col)
{
	const char *p;

	if (line > b->rest_line) {
		p = fu_source_at(b->rest, line - b->rest_line, 0);
		if (*p == '\0')
			return (p);
		b->rest.len -= (size_t)(p - b->rest.ptr);
		b->rest.ptr = p;
		b->rest_line = line;
	}
	return (line == b->rest_line ? fu_source_at(b->rest, 0, col) :
	    fu_source_at(b->text, line, col));
}

static void
text_place(struct build *b, const yaml_event_t *ev, struct fu_node *node)
{
	size_t line = ev->start_mark.line, col = ev->start_mark.column;
	const char *p;

	switch (ev->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		node->quote = '\'';
		col++;
		break;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		node->quote = '"';
		col++;
		break;
	case YAML_LITERAL_SCALAR_STYLE:
	case YAML_FOLDED_SCALAR_STYLE:
		node->quote = '|';
		do {
			line++;
			col = 0;
			p = source_at(b, line, 0);
			col += strspn(p, " ");
		} while (p[col] == '\n');
		break;
	default:
		break;
	}
	node->where.line = (int)line + b->line;
	node->where.col = (int)col + 1;
	node->source = source_at(b, line, col);
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < 0x20 && *s != '\n' && *s != '\t') ||
		    *s == 0x7f)
			return (true);
	return (false);
}

/* Tags and anchors: refused, and the value read all the same. */
static void
refuse_extras(struct build *b, const struct fu_where *where,
    const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor != NULL)
		fu_fault_add(b->faults, where, false, "\"&%s\" is an anchor in "
		    "YAML, which fu does not take: write the value out, or put "
		    "a text that begins with & in quotes",
		    (const char *)anchor);
	if (tag != NULL)
		fu_fault_add(b->faults, where, false, "\"%s\" is a tag in YAML"
		    ", which fu does not take: remove it, or put a text that "
		    "begins with ! in quotes", (const char *)tag);
}

static void
take_scalar(struct build *b, const yaml_event_t *ev)
{
	const char *value = (const char *)ev->data.scalar.value;
	struct fu_where where = where_of(b, &ev->start_mark);
	struct fu_node *node;

	refuse_extras(b, &where, ev->data.scalar.anchor, ev->data.scalar.tag);
	if (strlen(value) != ev->data.scalar.length || has_control(value)) {
		fu_fault_add(b->faults, &where, false, "a control character "
		    "stands in this text: remove it");
		value = "?";
	}
	if (at_key(b)) {
		b->key = fu_dup(b->arena, value);
		b->key_where = where;
		return;
	}
	node = node_add(b, FU_NODE_TEXT, where);
	node->text = fu_dup(b->arena, value);
	text_place(b, ev, node);
	b->just = node;
}

/* A list or map begins.  Return -1 when it lies too deep. */
static int
take_open(struct build *b, enum fu_node_kind kind, const yaml_event_t *ev,
    const yaml_char_t *anchor, const yaml_char_t *tag)
{
	struct fu_where where = where_of(b, &ev->start_mark);

	refuse_extras(b, &where, anchor, tag);
	if (at_key(b)) {
		fu_fault_add(b->faults, &where, false, "%s cannot be a key: "
		    "where {{ and }} are meant, put the text in quotes",
		    kind == FU_NODE_MAP ? "{ … }" : "[ … ]");
		return (-1);
	}
	if (b->depth == FU_YAML_DEPTH_MAX) {
		fu_fault_add(b->faults, &where, false, "nested more than %d "
		    "deep: no key of fu lies there", FU_YAML_DEPTH_MAX);
		return (-1);
	}
	/* Added before it is opened: its parent is the one open now. */
	struct fu_node *node = node_add(b, kind, where);

	b->open[b->depth++] = node;
	return (0);
}

/* Take one event.  Return 1 at the end of the stream, -1 to give up. */
static int
take_event(struct build *b, const yaml_event_t *ev)
{
	struct fu_where where = where_of(b, &ev->start_mark);
	const char *anchor;

	b->just = NULL;
	if (++b->nodes > FU_YAML_NODES_MAX) {
		fu_fault_add(b->faults, &where, false, "more than %d values in "
		    "one file: split it", FU_YAML_NODES_MAX);
		return (-1);
	}
	switch (ev->type) {
	case YAML_STREAM_END_EVENT:
		return (1);
	case YAML_DOCUMENT_START_EVENT:
		if (b->root == NULL)
			return (0);
		fu_fault_add(b->faults, &where, false, "a second document "
		    "begins here: a file holds one, remove the \"---\"");
		return (-1);
	case YAML_ALIAS_EVENT:
		anchor = (const char *)ev->data.alias.anchor;
		fu_fault_add(b->faults, &where, false, "\"*%s\" is an alias in "
		    "YAML, which fu does not take: put a pattern in quotes, "
		    "\"*%s…\"", anchor, anchor);
		if (at_key(b)) {
			b->key = fu_dup(b->arena, anchor);
			b->key_where = where;
		} else
			node_add(b, FU_NODE_TEXT, where)->cut = true;
		return (0);
	case YAML_SCALAR_EVENT:
		take_scalar(b, ev);
		return (0);
	case YAML_SEQUENCE_START_EVENT:
		return (take_open(b, FU_NODE_LIST, ev,
		    ev->data.sequence_start.anchor,
		    ev->data.sequence_start.tag));
	case YAML_MAPPING_START_EVENT:
		return (take_open(b, FU_NODE_MAP, ev,
		    ev->data.mapping_start.anchor, ev->data.mapping_start.tag));
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		b->depth--;
		return (0);
	default:
		return (0);
	}
}

/* Name the first line that is not UTF-8. */
static void
bad_utf8(const char *file, struct fu_str text, int line,
    struct fu_faults *faults)
{
	struct fu_where where = { file, line, 1 };
	const char *p = text.ptr, *end = p + text.len, *nl;

	while ((nl = memchr(p, '\n', (size_t)(end - p))) != NULL &&
	    fu_utf8_valid(p, (size_t)(nl - p))) {
		p = nl + 1;
		where.line++;
	}
	fu_fault_add(faults, &where, false, "this line is not UTF-8 text: save "
	    "the file as UTF-8");
}

struct fu_node *
fu_yaml_parse(struct fu_arena *arena, const char *file, struct fu_str text,
    int line, struct fu_faults *faults)
{
	struct build b = { .arena = arena, .faults = faults, .file = file,
		.text = text, .line = line, .rest = text };
	yaml_parser_t parser;
	yaml_event_t ev;
	int done = 0;

	if (!fu_utf8_valid(text.ptr, text.len)) {
		bad_utf8(file, text, line, faults);
		return (NULL);
	}
	if (!yaml_parser_initialize(&parser))
		fu_oom();
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr,
	    text.len);
	while (done == 0) {
		if (!yaml_parser_parse(&parser, &ev)) {
			if (parser.error == YAML_MEMORY_ERROR)
				fu_oom();
			fu_syntax_fault(file, line, &parser, text, faults);
			done = -1;
			break;
		}
		done = take_event(&b, &ev);
		yaml_event_delete(&ev);
	}
	yaml_parser_delete(&parser);
	if (done < 0) {
		/* An unclosed { runs the text before it into the next line. */
		if (b.just != NULL)
			b.just->cut = true;
		while (b.depth > 0)
			b.open[--b.depth]->cut = true;
	}
	return (b.root);
}
