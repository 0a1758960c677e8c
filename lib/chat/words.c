/*
 * Reading and saying the chat's own words.
 *
 * Must never say what has no value: a section's templates say themselves what
 * stands in its place.
 */
#include "chat/words.h"

#include <string.h>

static bool
known(const char *name)
{
	const char	*ask = strncmp(name, "ask_", 4) == 0 ? name + 4 : NULL;

	if (ask != NULL)
		return (fu_chat_ask_find(ask) != FU_ASK_NONE);
	for (int p = 0; p < FU_SAY_N; p++)
		if (fu_streq(name, fu_chat_part_name((enum fu_chat_part)p)))
			return (true);
	return (false);
}

static const struct fu_chat_text *
find(const struct fu_chat_words *w, const char *name)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->text[i].name, name) == 0)
			return (&w->text[i]);
	return (NULL);
}

static void
add(struct fu_chat_words *w, const char *name, const struct fu_buf *body,
    const struct fu_where *where, struct fu_arena *arena,
    struct fu_faults *faults)
{
	struct fu_chat_text	*t;
	struct fu_template	*template;
	struct fu_err		 err;

	if (name == NULL)
		return;
	if (!known(name) || find(w, name) != NULL) {
		fu_fault_add(faults, where, false, known(name) ?
		    "[%s] stands here a second time" :
		    "[%s] is nothing that the chat says", name);
		return;
	}
	template = fu_template_parse(arena, fu_dup_buf(arena, body),
	    where->file, where->line + 1, &err);
	if (template == NULL) {
		fu_fault_add(faults, where, false, "%s", err.msg);
		return;
	}
	w->text = fu_grow(arena, w->text, w->n, &w->cap, sizeof(*w->text));
	t = &w->text[w->n++];
	t->name = name;
	t->template = template;
}

void
fu_chat_words_read(struct fu_chat_words *w, struct fu_str text,
    const char *path, struct fu_arena *arena, struct fu_faults *faults)
{
	struct fu_where	 where = { path, 0, 0 }, begin = where;
	struct fu_buf	 body;
	const char	*name = NULL;

	fu_buf_init(&body);
	while (text.len > 0) {
		const char	*nl = memchr(text.ptr, '\n', text.len);
		struct fu_str	 line = text;

		where.line++;
		if (nl != NULL)
			line.len = (size_t)(nl - text.ptr);
		text.ptr += line.len + (nl != NULL);
		text.len -= line.len + (nl != NULL);
		line = fu_str_trim(line);
		if (line.len > 2 && *line.ptr == '[' &&
		    line.ptr[line.len - 1] == ']') {
			add(w, name, &body, &begin, arena, faults);
			fu_buf_reset(&body);
			name = fu_dup_str(arena, (struct fu_str){ line.ptr + 1,
			    line.len - 2 });
			begin = where;
			begin.col = 1;
		} else if (line.len > 0 && *line.ptr != '#' && name != NULL) {
			fu_buf_printf(&body, "%s%.*s", body.len > 0 ? " " : "",
			    (int)line.len, line.ptr);
		}
	}
	add(w, name, &body, &begin, arena, faults);
	fu_buf_free(&body);
}

/* Blanks that values left out leave behind. */
static void
squeeze(struct fu_buf *out, size_t from)
{
	size_t	 to = from;

	for (size_t i = from; i < out->len; i++) {
		if (out->ptr[i] == ' ' && (to == from ||
		    out->ptr[to - 1] == ' '))
			continue;
		out->ptr[to++] = out->ptr[i];
	}
	while (to > from && out->ptr[to - 1] == ' ')
		to--;
	out->len = to;
}

int
fu_chat_words_say(const struct fu_chat_words *w, size_t n,
    const char *language, const char *name, const struct fu_ctx *ctx,
    struct fu_buf *out, struct fu_err *err)
{
	struct fu_render		 render = { .escape = FU_ESCAPE_NONE };
	const struct fu_chat_text	*t = NULL;
	size_t				 from = out->len, main = 0;

	if (language != NULL)
		main = strcspn(language, "-_");
	for (size_t i = 0; i < n && main > 0 && t == NULL; i++)
		if (strlen(w[i].language) == main &&
		    strncmp(w[i].language, language, main) == 0)
			t = find(&w[i], name);
	if (t == NULL && n > 0)
		t = find(&w[0], name);
	if (t == NULL)
		return (0);
	if (fu_template_render(t->template, ctx, &render, out, err) == -1)
		return (-1);
	squeeze(out, from);
	return (0);
}
