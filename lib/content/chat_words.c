/*
 * Reading and saying the chat's own words.
 *
 * Must never say what has no value: a section's templates say themselves what
 * stands in its place.
 */
#include <string.h>

#include "content/chat_words.h"

static const char *const asks[FU_ASK_N] = { "none", "need", "timeline",
	"budget", "authority", "email", "consent", "person", "demo" };

static const char *const parts[FU_SAY_N] = {
	[FU_SAY_DISCLOSURE] = "disclosure", [FU_SAY_HELLO] = "hello",
	[FU_SAY_RETURN] = "return", [FU_SAY_STEP] = "step",
	[FU_SAY_ANSWER] = "answer", [FU_SAY_UNKNOWN] = "unknown",
	[FU_SAY_NOTED] = "noted", [FU_SAY_REFUSED] = "refused",
	[FU_SAY_WELCOME] = "welcome", [FU_SAY_BYE] = "bye",
	[FU_SAY_YES] = "yes", [FU_SAY_NO] = "no", [FU_SAY_BOT] = "bot",
	[FU_SAY_PROMISE] = "promise", [FU_SAY_RIVAL] = "rival",
	[FU_SAY_STOPPED] = "stopped", [FU_SAY_ERASURE] = "erasure",
	[FU_SAY_CALLED] = "called", [FU_SAY_CALLED_ALREADY] = "called_already",
	[FU_SAY_ADDRESS] = "address", [FU_SAY_GIVEN] = "given",
	[FU_SAY_CONSENT_NO] = "consent_no", [FU_SAY_LISTEN] = "listen",
	[FU_SAY_BOOK] = "book"
};

const char *
fu_chat_ask_name(enum fu_chat_ask a)
{
	return (asks[a]);
}

enum fu_chat_ask
fu_chat_ask_find(const char *name)
{
	for (int a = 1; a < FU_ASK_N; a++)
		if (fu_streq(name, asks[a]))
			return ((enum fu_chat_ask)a);
	return (FU_ASK_NONE);
}

const char *
fu_chat_part_name(enum fu_chat_part p)
{
	return (parts[p]);
}

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
	struct fu_where		 below = { where->file, where->line + 1, 1 };
	struct fu_chat_text	*t;
	const char		*text;
	struct fu_err		 err;

	if (name == NULL)
		return;
	if (!known(name) || find(w, name) != NULL) {
		fu_fault_add(faults, where, false, known(name) ?
		    "[%s] stands here a second time" :
		    "[%s] is nothing that the chat says", name);
		return;
	}
	text = fu_dup_buf(arena, body);
	if (!fu_template_check(text, &below, arena, faults))
		return;
	w->text = fu_grow(arena, w->text, w->n, &w->cap, sizeof(*w->text));
	t = &w->text[w->n++];
	t->name = name;
	t->template = fu_template_parse(arena, text, below.file, below.line,
	    &err);
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
		} else if (line.len > 0 && *line.ptr != '#' && name != NULL)
			fu_buf_str(&body, line);
		if (name != NULL && where.line > begin.line)
			fu_buf_putc(&body, '\n');
	}
	add(w, name, &body, &begin, arena, faults);
	fu_buf_free(&body);
}

/* Line ends, and blanks that values left out leave behind: one blank each. */
static void
squeeze(struct fu_buf *out, size_t from)
{
	size_t	 to = from;

	for (size_t i = from; i < out->len; i++) {
		char	 c = out->ptr[i] == '\n' ? ' ' : out->ptr[i];

		if (c == ' ' && (to == from || out->ptr[to - 1] == ' '))
			continue;
		out->ptr[to++] = c;
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
