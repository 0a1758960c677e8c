/*
 * What libyaml's parser stumbled over, in words that say what to do.  Never
 * reads on: after a syntax error nothing behind it can be trusted.
 */
#include <string.h>

#include <yaml.h>

#include "config/yaml.h"

/* Which of libyaml's texts becomes which of ours. */
struct wording {
	const char	*context;	/* a part of it, or NULL: any */
	const char	*problem;	/* a part of it */
	bool		 at_context;	/* ours points where it began */
	const char	*ours;
};

static const struct wording wordings[] = {
	{ NULL, "tab character", false,
	    "a tab is used for indentation: use blanks" },
	{ "quoted scalar", "unexpected end of stream", true,
	    "the quote that opens here is never closed" },
	{ "quoted scalar", "unexpected document indicator", true,
	    "the quote that opens here is never closed" },
	{ "quoted scalar", "unknown escape character", false,
	    "in \"…\" a backslash begins an escape: write it twice, or use "
	    "'…'" },
	{ "quoted scalar", "hexdecimal number", false,
	    "in \"…\" \\x and \\u ask for hexadecimal digits: write the "
	    "backslash twice, or use '…'" },
	{ "quoted scalar", "Unicode character", false,
	    "this escape is no character" },
	{ NULL, "mapping values are not allowed", false,
	    "a \": \" where no key can stand: put a value that holds one in "
	    "quotes, or mend the indentation" },
	{ "simple key", "could not find expected ':'", true,
	    "this line is no \"key: value\": the colon is missing, or the "
	    "blank behind it" },
	{ "block mapping", "did not find expected key", false,
	    "this line fits no key above it: mend its indentation, or put "
	    "the value before it in quotes" },
	{ "block collection", "did not find expected '-'", false,
	    "an item of the list above was expected: begin the line with "
	    "\"- \", or mend its indentation" },
	{ "flow mapping", "did not find expected ',' or '}'", true,
	    "the { that opens here is not closed: a comma or } is missing" },
	{ "flow sequence", "did not find expected ',' or ']'", true,
	    "the [ that opens here is not closed: a comma or ] is missing" },
	{ NULL, "did not find expected node content", false,
	    "a value was expected here" },
	{ NULL, "block sequence entries are not allowed", false,
	    "a \"- \" item cannot stand here: begin it on a line of its own" },
	{ NULL, "block mapping", false,
	    "a key cannot stand here: begin it on a line of its own" },
	{ NULL, "undefined tag handle", false,
	    "\"!\" begins a tag in YAML: put the text in quotes" },
	{ "tag", "", false,
	    "\"!\" begins a tag in YAML: put the text in quotes" },
	{ "anchor", "", false,
	    "\"&\" begins an anchor in YAML: put the text in quotes" },
	{ "alias", "", false,
	    "\"*\" begins an alias in YAML: put a pattern in quotes" },
	{ "directive", "", false,
	    "\"%\" cannot begin a line: put the text in quotes" },
	{ NULL, "directive", false,
	    "\"%\" cannot begin a line: put the text in quotes" },
	{ "block scalar", "", false,
	    "\"|\" or \">\" begins a text of several lines: start it on the "
	    "next line, indented, or put the text in quotes" },
	{ NULL, "<document start>", false,
	    "text behind the end of the document: mend its indentation" },
	{ NULL, "control characters are not allowed", false,
	    "a control character: remove it" },
};

static const struct wording *
wording_find(const char *context, const char *problem)
{
	size_t i;

	for (i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++)
		if ((wordings[i].context == NULL ||
		    strstr(context, wordings[i].context) != NULL) &&
		    strstr(problem, wordings[i].problem) != NULL)
			return (&wordings[i]);
	return (NULL);
}

/* Line and column, from 1, of a byte of the text. */
static void
place_of(struct fu_str text, size_t at, int *line, int *col)
{
	size_t i;

	*line = *col = 1;
	for (i = 0; i < at && i < text.len; i++)
		if (text.ptr[i] == '\n') {
			++*line;
			*col = 1;
		} else if (((unsigned char)text.ptr[i] & 0xc0) != 0x80)
			++*col;
}

/*
 * Is the blank space before this column of the line partly a tab?  Then that
 * is the fault, whatever the parser made of it.
 */
static size_t
tab_in_indent(struct fu_str text, size_t line)
{
	const char *p = fu_source_at(text, line, 0);
	size_t n = strspn(p, " ");

	return (p[n] == '\t' ? n + 1 : 0);
}

/*
 * "key value" or "key:value" is a text that runs on until the next colon:
 * is the line before that one?  Then the fault is there.
 */
static bool
is_half_key(struct fu_str text, size_t line, size_t *indent)
{
	const char *here = fu_source_at(text, line, 0), *before;
	size_t len;

	if (line == 0)
		return (false);
	before = fu_source_at(text, line - 1, 0);
	*indent = strspn(before, " ");
	len = strcspn(before, "\n");
	return (*indent == strspn(here, " ") && len > *indent &&
	    strchr("-#\"'{[", before[*indent]) == NULL &&
	    before[len - 1] != ':' && memmem(before, len, ": ", 2) == NULL);
}

/*
 * A quote that was forgotten is closed by the next one in the file, and the
 * parser stumbles over what stands behind that.  Is there one that began on an
 * earlier line and ends on ${line} or ${problem}?
 */
static bool
open_quote(struct fu_str text, size_t line, size_t problem, yaml_mark_t *opens,
    yaml_mark_t *closes)
{
	yaml_parser_t parser;
	yaml_token_t token;
	bool found = false, end = false;

	if (!yaml_parser_initialize(&parser))
		fu_oom();
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text.ptr,
	    text.len);
	while (!end && yaml_parser_scan(&parser, &token)) {
		end = token.type == YAML_STREAM_END_TOKEN ||
		    (token.start_mark.line > line &&
		    token.start_mark.line > problem);
		if (token.type == YAML_SCALAR_TOKEN &&
		    (token.data.scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE
		    || token.data.scalar.style ==
		    YAML_DOUBLE_QUOTED_SCALAR_STYLE) &&
		    token.start_mark.line < token.end_mark.line &&
		    (token.end_mark.line == line ||
		    token.end_mark.line == problem)) {
			*opens = token.start_mark;
			*closes = token.end_mark;
			found = true;
		}
		yaml_token_delete(&token);
	}
	yaml_parser_delete(&parser);
	return (found);
}

void
fu_syntax_fault(const char *file, int first, const yaml_parser_t *parser,
    struct fu_str text, struct fu_faults *faults)
{
	const char *context = parser->context ? parser->context : "";
	const char *problem = parser->problem ? parser->problem : "";
	const yaml_mark_t *mark = &parser->problem_mark;
	yaml_mark_t opens, closes;
	const struct wording *w;
	struct fu_where where = { file, 0, 0 };
	size_t col;
	char c;

	if (parser->error == YAML_READER_ERROR) {
		place_of(text, parser->problem_offset, &where.line, &where.col);
		where.line += first - 1;
		fu_fault_add(faults, &where, false, "a control character: "
		    "remove it");
		return;
	}
	w = wording_find(context, problem);
	if (w != NULL && w->at_context)
		mark = &parser->context_mark;
	if (open_quote(text, mark->line, parser->problem_mark.line, &opens,
	    &closes)) {
		where.line = (int)opens.line + first;
		where.col = (int)opens.column + 1;
		fu_fault_add(faults, &where, false, "the quote that opens here "
		    "is closed by another only on line %d: close it where its "
		    "text ends", (int)closes.line + first);
		return;
	}
	where.line = (int)mark->line + first;
	where.col = (int)mark->column + 1;
	c = *fu_source_at(text, mark->line, mark->column);
	if (strstr(problem, "mapping values are not allowed") != NULL &&
	    is_half_key(text, mark->line, &col)) {
		where.line--;
		where.col = (int)col + 1;
		w = wording_find("simple key", "could not find expected ':'");
	}
	if ((w == NULL || !w->at_context) &&
	    (col = tab_in_indent(text, mark->line)) > 0) {
		where.col = (int)col;
		w = &wordings[0];
	}
	if (w != NULL)
		fu_fault_add(faults, &where, false, "%s", w->ours);
	else if (strstr(problem, "cannot start any token") != NULL &&
	    c != '\0')
		fu_fault_add(faults, &where, false, "a value cannot begin with "
		    "\"%c\": put it in quotes", c);
	else
		fu_fault_add(faults, &where, false, "this is no YAML: %s",
		    problem);
}
