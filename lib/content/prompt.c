/*
 * Prompts: the operator's words, and a block of data that stays one.
 *
 * Must never put a word of data anywhere but into the block.
 */
#include <glib.h>
#include <string.h>

#include "config/nearest.h"
#include "content/mustache.h"
#include "content/prompt.h"

#define FENCE_BEGIN "<<<DATA"
#define FENCE_END   "DATA>>>"

const char *const fu_prompt_names[] = {"company_name", "sender", "sender.name",
    "sender.title", "language", "sentences", "words", "characters", NULL};

/* What the block, its numbers and chat formats are made of, and what stands
 * for it. */
static const struct {
	uint32_t cp;
	const char *as;
} inert[] = {
    {'<', "\xe2\x80\xb9"},
    {'>', "\xe2\x80\xba"},
    {'[', "("},
    {']', ")"},
    {'{', "("},
    {'}', ")"},
    {'|', "/"},
    {'`', "'"},
};

/* Line breaks of any kind begin a line of ours; what does not show goes. */
static void
put_inert(const char *text, struct fu_buf *out)
{
	size_t len, k, began = out->len;
	GUnicodeType type;
	uint32_t cp;

	for (const char *s = text; (len = fu_utf8_next(s, &cp)) > 0 &&
				   out->len - began < FU_PROMPT_TEXT;
	     s += len) {
		type = g_unichar_type(cp);
		if (cp == '\n' || cp == 0x85 || cp == 0x0b || cp == 0x0c ||
		    type == G_UNICODE_LINE_SEPARATOR ||
		    type == G_UNICODE_PARAGRAPH_SEPARATOR) {
			fu_buf_puts(out, "\n| ");
			continue;
		}
		if (cp == '\t' || cp == '\r')
			fu_buf_putc(out, ' ');
		if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
		    type == G_UNICODE_PRIVATE_USE ||
		    type == G_UNICODE_UNASSIGNED)
			continue;
		for (k = 0; k < sizeof(inert) / sizeof(*inert); k++)
			if (inert[k].cp == cp)
				break;
		if (k < sizeof(inert) / sizeof(*inert))
			fu_buf_puts(out, inert[k].as);
		else
			fu_buf_put(out, s, len);
	}
}

const char *
fu_prompt_inert(const char *text, struct fu_arena *arena)
{
	struct fu_buf buf;
	const char *copy;

	fu_buf_init(&buf);
	put_inert(text, &buf);
	copy = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (copy);
}

static void
put_source(const struct fu_prompt_source *s, size_t number, struct fu_buf *out)
{
	if (number > 0)
		fu_buf_printf(out, "[%zu] %s:\n| ", number, s->label);
	else
		fu_buf_printf(out, "%s:\n| ", s->label);
	put_inert(s->text, out);
	fu_buf_putc(out, '\n');
}

/* For the partial {{> data}}, whose values are data, not tags: the parser
 * sees no brace of them. */
static const char *
data_of(const struct fu_prompt_in *in, struct fu_arena *arena)
{
	struct fu_buf buf;
	const char *text;

	fu_buf_init(&buf);
	fu_buf_puts(&buf, FENCE_BEGIN "\n");
	for (size_t i = 0; i < in->nsource && i < FU_PROMPT_SOURCES &&
			   buf.len < FU_PROMPT_DATA;
	     i++)
		put_source(&in->source[i], i + 1, &buf);
	for (size_t i = 0; i < in->nhistory && i < FU_PROMPT_SOURCES &&
			   buf.len < FU_PROMPT_DATA;
	     i++)
		put_source(&in->history[i], 0, &buf);
	fu_buf_puts(&buf, FENCE_END "\n");
	text = fu_dup_str(arena, fu_buf_view(&buf));
	fu_buf_free(&buf);
	return (text);
}

static const char *
partial(void *ctx, const char *name)
{
	return (strcmp(name, "data") == 0 ? ctx : NULL);
}

/* The two messages of a file; false without a line "---" between two. */
static bool
cut(struct fu_str text, struct fu_arena *arena, const char **system,
    const char **user, int *line)
{
	const char *whole = fu_dup_str(arena, text), *at = whole, *end;

	for (*line = 1; *at != '\0'; (*line)++) {
		end = at + strcspn(at, "\n");
		if (fu_str_is(
			fu_str_trim((struct fu_str){at, (size_t)(end - at)}),
			"---")) {
			*system = fu_dup_str(arena,
			    fu_str_trim(
				(struct fu_str){whole, (size_t)(at - whole)}));
			*user = *end == '\0' ? end : end + 1;
			(*line)++;
			return (!fu_blank(*system) && !fu_blank(*user));
		}
		at = *end == '\0' ? end : end + 1;
	}
	return (false);
}

static const char *
render(const struct fu_prompt_in *in, const char *text, int line,
    const char *data, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_render how = {.escape = FU_ESCAPE_NONE,
	    .partial = partial,
	    .partial_ctx = (void *)data};
	struct fu_template *template;
	const char *made = NULL;
	struct fu_buf buf;

	template = fu_template_parse(arena, text, in->file, line, err);
	if (template == NULL)
		return (NULL);
	fu_buf_init(&buf);
	if (fu_template_render(template, in->ctx, &how, &buf, err) == 0)
		made = fu_dup_str(arena, fu_str_trim(fu_buf_view(&buf)));
	fu_buf_free(&buf);
	return (made);
}

static int
no_prompt(const char *file, struct fu_err *err)
{
	return (fu_err_set(err, FU_ECONFIG,
	    "%s: what is said to the model as "
	    "the system, a line \"---\", and what is asked of it as the user",
	    file));
}

int
fu_prompt_make(const struct fu_prompt_in *in, struct fu_arena *arena,
    struct fu_prompt *prompt, struct fu_err *err)
{
	const char *system, *user;
	int line;

	if (!fu_utf8_valid(in->text.ptr, in->text.len) ||
	    !cut(in->text, arena, &system, &user, &line))
		return (no_prompt(in->file, err));
	prompt->system = render(in, system, 1, "", arena, err);
	prompt->user = render(in, user, line, data_of(in, arena), arena, err);
	return (prompt->system == NULL || prompt->user == NULL ? -1 : 0);
}

/* One of its names; false when it is the block. */
static bool
check_name(const struct fu_template_name *n, const char *file,
    struct fu_faults *faults)
{
	struct fu_where where = {file, n->line, n->col};
	struct fu_nearest nearest;

	if (n->partial) {
		if (strcmp(n->name, "data") == 0)
			return (false);
		fu_fault_add(faults, &where, false,
		    "there is no {{> %s}}: "
		    "{{> data}} alone is put in",
		    n->name);
		return (true);
	}
	fu_nearest_start(&nearest, n->name);
	for (size_t i = 0; fu_prompt_names[i] != NULL; i++) {
		if (strcmp(n->name, fu_prompt_names[i]) == 0)
			return (true);
		fu_nearest_try(&nearest, fu_prompt_names[i]);
	}
	fu_fault_add(faults, &where, false,
	    "{{%s}} is no tag of a prompt%s%s"
	    "%s: what is known of a person stands in {{> data}} alone",
	    n->name, nearest.word != NULL ? "; did you mean {{" : "",
	    nearest.word != NULL ? nearest.word : "",
	    nearest.word != NULL ? "}}?" : "");
	return (true);
}

/* How often the block stands in it. */
static size_t
check_part(const char *text, const char *file, int line, struct fu_arena *arena,
    struct fu_faults *faults)
{
	struct fu_where where = {file, line, 1};
	struct fu_template *template;
	struct fu_template_name *name;
	struct fu_err err;
	size_t n, blocks = 0;

	if (!fu_template_check(text, &where, arena, faults) ||
	    (template = fu_template_parse(arena, text, file, line, &err)) ==
		NULL)
		return (1);
	name = fu_template_names(template, arena, &n);
	for (size_t i = 0; i < n; i++)
		blocks += !check_name(&name[i], file, faults);
	return (blocks);
}

void
fu_prompt_check(struct fu_str text, const char *file, struct fu_arena *arena,
    struct fu_faults *faults)
{
	struct fu_where where = {file, 1, 1};
	const char *system, *user;
	struct fu_err err;
	int line;

	if (!fu_utf8_valid(text.ptr, text.len) ||
	    !cut(text, arena, &system, &user, &line)) {
		no_prompt(file, &err);
		fu_fault_add(
		    faults, &where, false, "%s", err.msg + strlen(file) + 2);
		return;
	}
	if (check_part(system, file, 1, arena, faults) > 0)
		fu_fault_add(faults, &where, false,
		    "{{> data}} goes behind "
		    "the line \"---\": nothing that others wrote may speak "
		    "as the system");
	where.line = line;
	if (check_part(user, file, line, arena, faults) != 1)
		fu_fault_add(faults, &where, false,
		    "{{> data}} stands once "
		    "behind the line \"---\": what is to be written is "
		    "written from it");
}
