/*
 * What Mailchimp, HubSpot, Salesforce and their like put into texts.
 *
 * Must never take one of our own tags for theirs.
 */
#include <string.h>

#include "content/foreign.h"

#define TAG_MAX 200	/* bytes: a longer span is prose between two marks */

/* The text between two marks on one line, from byte ${at} on, or none. */
static bool
between(const char *text, size_t at, const char *open, const char *close,
    struct fu_str *inner)
{
	size_t a = strlen(open), n;
	const char *from = text + at + a, *end;

	if (strncmp(text + at, open, a) != 0 ||
	    (end = memmem(from, strnlen(from, TAG_MAX), close,
	    strlen(close))) == NULL)
		return (false);
	n = (size_t)(end - from);
	*inner = (struct fu_str){ from, n };
	return (n > 0 && memchr(from, '\n', n) == NULL);
}

static bool
name_char(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '.');
}

/* Letters, digits, '_', '.', and blanks between them where they may be. */
static bool
is_name(struct fu_str s, bool blanks)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (!name_char(s.ptr[i]) && (!blanks || s.ptr[i] != ' '))
			return (false);
	return (s.len > 0 && s.ptr[0] != ' ');
}

static bool
is_capitals(struct fu_str s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
			return (false);
	return (is_name(s, true));
}

/* The first word: up to a blank, or all of it. */
static struct fu_str
first_word(struct fu_str s)
{
	size_t i;

	for (i = 0; i < s.len && s.ptr[i] != ' ' && s.ptr[i] != '\t'; i++)
		continue;
	return ((struct fu_str){ s.ptr, i });
}

static bool
is_logic(struct fu_str word)
{
	static const char *const words[] = { "if", "else", "elseif", "elsif",
		"end", "endif", "endfor", "for", "range", "with", "unless",
		"each", "case", "assign", NULL };
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		if (fu_str_is_nocase(word, words[i]))
			return (true);
	return (false);
}

/* Is what stands behind the bar a filter, and no other thing to say? */
static bool
is_filter(struct fu_str s)
{
	struct fu_str word = first_word(s);

	if (memchr(word.ptr, ':', word.len) != NULL)
		word.len = (size_t)((const char *)memchr(word.ptr, ':',
		    word.len) - word.ptr);
	return (fu_str_is_nocase(word, "default") ||
	    fu_str_is_nocase(word, "fallback") ||
	    memchr(s.ptr, ':', s.len) != NULL ||
	    memchr(s.ptr, '"', s.len) != NULL);
}

/* {{…}}: false when our own parser takes it. */
static bool
curly_pair(struct fu_str s, struct fu_foreign *f)
{
	struct fu_str filter = { NULL, 0 };
	const char *bar;

	s = fu_str_trim(s);
	if (s.len > 0 && strchr("#^/", s.ptr[0]) != NULL) {
		s = fu_str_trim((struct fu_str){ s.ptr + 1, s.len - 1 });
		f->sort = FU_FOREIGN_LOGIC;
		return (is_logic(first_word(s)));
	}
	if (s.len == 0 || strchr("!>=", s.ptr[0]) != NULL)
		return (false);
	if (s.ptr[0] == '&' || s.ptr[0] == '{')
		s = fu_str_trim((struct fu_str){ s.ptr + 1, s.len - 1 });
	if (is_logic(first_word(s))) {
		f->sort = FU_FOREIGN_LOGIC;
		return (true);
	}
	if ((bar = memchr(s.ptr, '|', s.len)) != NULL) {
		filter = fu_str_trim((struct fu_str){ bar + 1,
		    s.len - (size_t)(bar + 1 - s.ptr) });
		s = fu_str_trim((struct fu_str){ s.ptr,
		    (size_t)(bar - s.ptr) });
		if (!is_filter(filter)) {
			f->sort = FU_FOREIGN_CHOICE;
			return (true);
		}
	}
	f->sort = FU_FOREIGN_FIELD;
	f->field = s;
	f->certain = true;
	if (s.len == 0 || s.ptr[0] == '.')
		return (s.len > 1);
	if (!is_name(first_word(s), false) || first_word(s).len != s.len)
		return (true);
	return (filter.len > 0 && !(fu_str_starts(filter, "default:") ||
	    fu_str_starts(filter, "default :")));
}

/* One brace: Mautic, Salesforce, spintax, or a bare name. */
static bool
curly(const char *text, size_t at, struct fu_foreign *f)
{
	struct fu_str s;
	const char *eq, *bar;

	if (between(text, at, "{%", "%}", &s)) {
		f->sort = FU_FOREIGN_LOGIC;
		f->len = s.len + 4;
		return (true);
	}
	if (!between(text, at, "{", "}", &s) ||
	    memchr(s.ptr, '{', s.len) != NULL)
		return (false);
	f->len = s.len + 2;
	f->sort = FU_FOREIGN_FIELD;
	f->certain = true;
	if (s.ptr[0] == '!') {
		f->field = fu_str_trim((struct fu_str){ s.ptr + 1, s.len - 1 });
		return (f->field.len > 0);
	}
	bar = memchr(s.ptr, '|', s.len);
	if ((eq = memchr(s.ptr, '=', s.len)) != NULL &&
	    is_name((struct fu_str){ s.ptr, (size_t)(eq - s.ptr) }, false)) {
		f->field = (struct fu_str){ eq + 1, (size_t)((bar != NULL ?
		    bar : s.ptr + s.len) - (eq + 1)) };
		return (f->field.len > 0);
	}
	if (bar != NULL) {
		f->sort = FU_FOREIGN_CHOICE;
		return (true);
	}
	f->certain = false;
	f->field = s;
	return (is_name(s, true));
}

/* A field between marks. */
static bool
marked(const char *text, size_t at, const char *open, const char *close,
    bool certain, struct fu_foreign *f)
{
	struct fu_str s;

	if (!between(text, at, open, close, &s))
		return (false);
	f->sort = FU_FOREIGN_FIELD;
	f->len = strlen(open) + s.len + strlen(close);
	f->field = fu_str_trim(s);
	f->certain = certain;
	return (is_name(f->field, true));
}

static bool
at_byte(const char *text, size_t at, struct fu_foreign *f)
{
	struct fu_str s;

	f->at = at;
	switch (text[at]) {
	case '{':
		return (curly(text, at, f));
	case '*':
		if (!between(text, at, "*|", "|*", &s))
			return (false);
		f->len = s.len + 4;
		f->field = s;
		f->certain = true;
		f->sort = memchr(s.ptr, ':', s.len) != NULL ?
		    FU_FOREIGN_LOGIC : FU_FOREIGN_FIELD;
		return (true);
	case '%':
		return (marked(text, at, "%%", "%%", true, f) ||
		    marked(text, at, "%", "%", false, f));
	case '[':
		if (marked(text, at, "[[", "]]", false, f))
			return (true);
		/* "[Our page](https://…)" is a link. */
		return (marked(text, at, "[", "]", false, f) &&
		    is_capitals(f->field) && text[at + f->len] != '(' &&
		    text[at + f->len] != '[');
	case '<':
		return (marked(text, at, "<<", ">>", false, f));
	case '$':
		return (marked(text, at, "${", "}", false, f));
	}
	return (false);
}

bool
fu_foreign_next(const char *text, size_t from, struct fu_foreign *f)
{
	const char *end;
	struct fu_str s;
	size_t i;

	if (strstr(text, "{{=") != NULL)
		return (false);
	for (i = from; text[i] != '\0'; i++) {
		*f = (struct fu_foreign){ .at = i };
		if (text[i] == '{' && text[i + 1] == '{') {
			if ((end = strstr(text + i + 2, "}}")) == NULL)
				return (false);
			s = (struct fu_str){ text + i + 2,
				(size_t)(end - text) - i - 2 };
			f->len = s.len + 4;
			if (s.len <= TAG_MAX && curly_pair(s, f))
				return (true);
			i += s.len + 3;
		} else if (at_byte(text, i, f))
			return (true);
	}
	return (false);
}

/* Letters and digits, small. */
static const char *
key_of(struct fu_str s, struct fu_arena *arena)
{
	char *key = fu_alloc(arena, s.len + 1);
	size_t i, n = 0;

	for (i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			key[n++] = c;
	}
	return (key);
}

/* Is the word our own name, or one of those behind the '=' of a line? */
static bool
line_has(const char *line, const char *word, struct fu_arena *arena)
{
	size_t len = strlen(word);
	const char *p = strchr(line, '=');

	if (p != NULL && strcmp(word, key_of((struct fu_str){ line,
	    (size_t)(p - line) }, arena)) == 0)
		return (true);
	while (p != NULL && *(p += strspn(p, "= \t")) != '\0') {
		if (strcspn(p, " \t") == len && strncmp(p, word, len) == 0)
			return (true);
		p += strcspn(p, " \t");
	}
	return (false);
}

const char *
fu_foreign_ours(const struct fu_list *lines, struct fu_str field,
    struct fu_arena *arena)
{
	const char *dot, *key;
	size_t i;

	for (;;) {
		key = key_of(field, arena);
		for (i = 0; i < lines->n && key[0] != '\0'; i++)
			if (line_has(lines->item[i], key, arena))
				return (fu_dup_str(arena, fu_str_trim(
				    (struct fu_str){ lines->item[i],
				    strcspn(lines->item[i], "=") })));
		if ((dot = memchr(field.ptr, '.', field.len)) == NULL)
			return (NULL);
		field.len -= (size_t)(dot + 1 - field.ptr);
		field.ptr = dot + 1;
	}
}
