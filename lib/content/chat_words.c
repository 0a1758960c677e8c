/*
 * Reading and saying the chat's own words.
 *
 * Must never say what has no value: a section's templates say themselves what
 * stands in its place.
 */
#include <stdlib.h>
#include <string.h>

#include "content/chat_words.h"

#include "config/table.h"
#include "content/terms.h"

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
	[FU_SAY_BOOK] = "book", [FU_SAY_HEARD] = "heard",
	[FU_SAY_RECALL] = "recall", [FU_SAY_WHERE] = "where",
	[FU_SAY_NEAREST] = "nearest", [FU_SAY_CONSENT_WHAT] = "consent_what"
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

/* What is said as a part of something else. */
static const char *const others[] = { "ask_consent_sms",
	"ask_consent_whatsapp", "given_sms", "given_whatsapp", "foreign",
	"a_year", "a_month", "a_seat_month" };

#define WORDS_SECTION	"words"
static const char *const lists[FU_CHAT_LISTS] = { [FU_CHAT_BACK] = "back",
	[FU_CHAT_LEAD] = "lead" };

/* The list that a section is, or FU_CHAT_LISTS. */
static int
list_of(const char *name)
{
	int	 i;

	for (i = 0; i < FU_CHAT_LISTS; i++)
		if (fu_streq(name, lists[i]))
			break;
	return (i);
}

static bool
known(const char *name)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(name, others[i]) == 0)
			return (true);
	if (strncmp(name, "ask_", 4) == 0)
		return (fu_chat_ask_find(name + 4) != FU_ASK_NONE);
	for (int p = 0; p < FU_SAY_N; p++)
		if (fu_streq(name, fu_chat_part_name((enum fu_chat_part)p)))
			return (true);
	return (false);
}

static const struct fu_chat_text *
find(const struct fu_chat_words *w, const char *name, int wording)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->text[i].wording == wording &&
		    strcmp(w->text[i].name, name) == 0)
			return (&w->text[i]);
	return (NULL);
}

static const char *
folded(struct fu_arena *arena, struct fu_str text)
{
	char		*plain = fu_fold_plain(fu_dup_str(arena,
	    fu_str_trim(text)));
	const char	*result = fu_dup(arena, plain);

	free(plain);
	return (result);
}

/* "kosten preis = cost price": each of the first is all of the second. */
static void
add_words(struct fu_chat_words *w, struct fu_str line, struct fu_arena *arena)
{
	const char	*equal = memmem(line.ptr, line.len, " = ", 3);
	struct fu_str	 left = line, word;
	const char	*means = "";
	size_t		 at = 0;

	if (equal != NULL) {
		left.len = (size_t)(equal - line.ptr);
		means = fu_dup_str(arena, fu_str_trim((struct fu_str){ equal +
		    3, line.len - left.len - 3 }));
	}
	left = fu_str_of(folded(arena, left));
	while (fu_word_next(left, &at, &word)) {
		/* "kost*": whatever begins so. */
		if (at < left.len && left.ptr[at] == '*')
			word.len++;
		w->gloss = fu_grow(arena, w->gloss, w->ngloss, &w->gloss_cap,
		    sizeof(*w->gloss));
		w->gloss[w->ngloss++] = (struct fu_chat_gloss){
			fu_dup_str(arena, word), means };
	}
}

static void
add_list(struct fu_chat_words *w, int list, struct fu_str line,
    struct fu_arena *arena)
{
	struct fu_str	 left = fu_str_of(folded(arena, line)), word;
	size_t		 at = 0;

	while (fu_word_next(left, &at, &word))
		fu_list_add(arena, &w->list[list], &w->list_cap[list],
		    fu_dup_str(arena, word));
}

static void
add(struct fu_chat_words *w, const char *name, int wording,
    const struct fu_buf *body, const struct fu_where *where,
    struct fu_arena *arena, struct fu_faults *faults)
{
	struct fu_where		 below = { where->file, where->line + 1, 1 };
	struct fu_chat_text	*t;
	const char		*text;
	struct fu_err		 err;

	if (name == NULL || strcmp(name, WORDS_SECTION) == 0 ||
	    list_of(name) != FU_CHAT_LISTS)
		return;
	if (!known(name) || find(w, name, wording) != NULL) {
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
	t->wording = wording;
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
	int		 wording = 0;

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
			add(w, name, wording, &body, &begin, arena, faults);
			fu_buf_reset(&body);
			wording = 0;
			name = fu_dup_str(arena, (struct fu_str){ line.ptr + 1,
			    line.len - 2 });
			begin = where;
			begin.col = 1;
		} else if (fu_str_is(line, "--") && name != NULL) {
			add(w, name, wording++, &body, &begin, arena, faults);
			fu_buf_reset(&body);
			begin.line = where.line;
			continue;
		} else if (line.len == 0 || *line.ptr == '#' || name == NULL)
			;
		else if (strcmp(name, WORDS_SECTION) == 0)
			add_words(w, line, arena);
		else if (list_of(name) != FU_CHAT_LISTS)
			add_list(w, list_of(name), line, arena);
		else
			fu_buf_str(&body, line);
		if (name != NULL && where.line > begin.line)
			fu_buf_putc(&body, '\n');
	}
	add(w, name, wording, &body, &begin, arena, faults);
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
	fu_buf_cut(out, to);
}

static const struct fu_chat_words *
of_language(const struct fu_chat_words *w, size_t n, const char *language)
{
	size_t	 main = language == NULL ? 0 : strcspn(language, "-_");

	for (size_t i = 0; i < n && main > 0; i++)
		if (strlen(w[i].language) == main &&
		    strncmp(w[i].language, language, main) == 0)
			return (&w[i]);
	return (NULL);
}

int
fu_chat_words_say(const struct fu_chat_words *w, size_t n,
    const char *language, const char *name, const char *before,
    const struct fu_ctx *ctx, struct fu_buf *out, struct fu_err *err)
{
	struct fu_render		 render = { .escape = FU_ESCAPE_NONE };
	const struct fu_chat_words	*own = of_language(w, n, language);
	const struct fu_chat_text	*t;
	size_t				 from = out->len;
	bool				 said = true;

	if ((own == NULL || find(own, name, 0) == NULL) && n > 0)
		own = &w[0];
	for (int i = 0; said && own != NULL && (t = find(own, name, i)) != NULL;
	    i++) {
		fu_buf_cut(out, from);
		if (fu_template_render(t->template, ctx, &render, out, err) ==
		    -1)
			return (-1);
		squeeze(out, from);
		said = before != NULL && out->len > from && strstr(before,
		    out->ptr + from) != NULL;
	}
	/* All have been said: the first again. */
	if (said && before != NULL && own != NULL && find(own, name, 1) !=
	    NULL)
		return (fu_chat_words_say(w, n, language, name, NULL, ctx,
		    (fu_buf_cut(out, from), out), err));
	return (0);
}

static const char *
gloss_of(const struct fu_chat_words *w, const char *word)
{
	for (size_t i = 0; i < w->ngloss; i++) {
		const char	*own = w->gloss[i].word;
		size_t		 len = strlen(own);

		if (strcmp(own, word) == 0 || (len > 0 && own[len - 1] ==
		    '*' && strncmp(own, word, len - 1) == 0))
			return (w->gloss[i].means);
	}
	return (NULL);
}

const char *
fu_chat_words_language(const struct fu_chat_words *w, size_t n,
    const char *text)
{
	const char	*best = NULL;
	size_t		 most = 0;
	char		*plain = fu_fold_plain(text);

	for (size_t i = 0; i < n; i++) {
		struct fu_str	 word;
		size_t		 at = 0, have = 0;

		while (fu_word_next(fu_str_of(plain), &at, &word)) {
			char	*one = strndup(word.ptr, word.len);

			if (one == NULL)
				fu_oom();
			have += gloss_of(&w[i], one) != NULL;
			free(one);
		}
		if (have > most) {
			most = have;
			best = w[i].language;
		}
	}
	free(plain);
	return (best);
}

const char *
fu_chat_words_gloss(const struct fu_chat_words *w, size_t n,
    const char *language, const char *text, struct fu_arena *arena)
{
	const struct fu_chat_words	*own = of_language(w, n, language);
	struct fu_str			 all, word;
	struct fu_buf			 buf;
	const char			*means, *result;
	size_t				 at = 0;
	bool				 any = false;

	if (own == NULL || own->ngloss == 0)
		return (NULL);
	all = fu_str_of(folded(arena, fu_str_of(text)));
	fu_buf_init(&buf);
	while (fu_word_next(all, &at, &word)) {
		means = gloss_of(own, fu_dup_str(arena, word));
		if (means != NULL && *means == '\0')
			continue;
		any = any || means != NULL;
		fu_buf_puts(&buf, buf.len > 0 ? " " : "");
		fu_buf_str(&buf, means != NULL ? fu_str_of(means) : word);
	}
	result = any ? fu_dup_buf(arena, &buf) : NULL;
	fu_buf_free(&buf);
	return (result);
}

bool
fu_chat_words_have(const struct fu_chat_words *w, size_t n,
    enum fu_chat_list list, struct fu_str word)
{
	char	*copy = strndup(word.ptr, word.len), *plain;
	bool	 have = false;

	if (copy == NULL)
		fu_oom();
	plain = fu_fold_plain(copy);
	for (size_t i = 0; i < n && !have; i++)
		have = fu_list_has(&w[i].list[list], plain);
	free(plain);
	free(copy);
	return (have);
}
