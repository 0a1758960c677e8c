/*
 * Mustache [spec 1.1: interpolation, sections, inverted sections, comments,
 * delimiters, partials], and one filter: {{ name | default: "there" }}.
 *
 * Pure: a template and a tree in, text out.  Opens no file; partials come by a
 * callback.  Lambdas and inheritance are not taken: templates hold no code.
 */
#ifndef FU_CONTENT_MUSTACHE_H
#define FU_CONTENT_MUSTACHE_H

#include "config/config.h"
#include "content/context.h"

#define FU_MUSTACHE_DEPTH_MAX	32		/* sections and partials */
#define FU_MUSTACHE_OUT_MAX	(1024 * 1024)	/* bytes of one rendering */

struct fu_template;

/* How {{name}} is escaped; {{{name}}} and {{&name}} never are. */
enum fu_escape {
	FU_ESCAPE_NONE,
	FU_ESCAPE_HTML,		/* & < > " */
	FU_ESCAPE_MARKDOWN,	/* as character references: stays text in
				 * paragraphs, links and autolinks; not in code */
	FU_ESCAPE_JSON,		/* for use between the quotes of a string */
	FU_ESCAPE_SLACK		/* the same, with & < > as Slack takes them */
};

struct fu_render {
	enum fu_escape	  escape;
	bool		  strict;	/* a missing value is an error, else "" */
	/* The text of a partial, or NULL: "" when not strict, else an error. */
	const char	*(*partial)(void *, const char *);
	void		 *partial_ctx;
	/* Filled in when a strict rendering fails for a missing value. */
	const char	 *missing;	/* the tag's name, or NULL */
	struct fu_where	  missing_where;
};

/*
 * fu_template_parse(arena, text, file, line, err):
 * Parse ${text}, whose first line is ${line} of ${file} (both for messages;
 * all are borrowed).  NULL and FU_ECONFIG with file, line and column for an
 * unclosed tag or section, an unknown filter, or too deep nesting.
 *
 * fu_template_check(text, begin, arena, faults):
 * Does ${text}, whose first character is at ${begin}, parse?  Else a fault says
 * where not; of a text that begins within a line, as a subject does, at its
 * beginning.
 *
 * fu_template_render(template, ctx, render, out, err):
 * Append the result to ${out}.  Return 0; or -1 with FU_EDATA when
 * ${render->missing} has no value and no default ("hot.md:7: {{question}} has
 * no value and no default"), or FU_ECONFIG for a bad partial or too much
 * output.  A blank value counts as missing: a default takes its place.
 */
struct fu_template *fu_template_parse(struct fu_arena *, const char *,
    const char *, int, struct fu_err *);
bool fu_template_check(const char *, const struct fu_where *,
    struct fu_arena *, struct fu_faults *);
int fu_template_render(const struct fu_template *, const struct fu_ctx *,
    struct fu_render *, struct fu_buf *, struct fu_err *);

/* One tag that names something, as fu-lint sees it. */
struct fu_template_name {
	const char	*name;		/* "insight.text"; partial: "footer" */
	int		 line;
	int		 col;		/* of its first brace, in the text given */
	const char	*within;	/* the innermost {{#section}}, or NULL */
	bool		 section;	/* {{#name}} or {{^name}} */
	bool		 partial;
	bool		 fallback;	/* has a default */
	bool		 guarded;	/* inside a section of that name, or of its first part */
};
/* All of them in order, made in the arena; the count in ${n}. */
struct fu_template_name *fu_template_names(const struct fu_template *,
    struct fu_arena *, size_t *);

#endif
