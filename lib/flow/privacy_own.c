/*
 * What one person is known by, and whether a text has it.
 *
 * Must never find a name by one part of it, nor by two that stand anyhow: many
 * a text says mark, may, will and price.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/privacy_own.h"
#include "record/email.h"

#define BETWEEN_MAX	1	/* words between first and last name */

static void
keep(struct fu_own *own, const char ***list, size_t *n, size_t *cap,
    const char *value)
{
	*list = fu_grow(own->arena, *list, *n, cap, sizeof(**list));
	(*list)[(*n)++] = value;
}

void
fu_own_init(struct fu_own *own, struct fu_arena *arena)
{
	memset(own, 0, sizeof(*own));
	own->arena = arena;
}

void
fu_own_email(struct fu_own *own, const char *email)
{
	keep(own, &own->email, &own->nemail, &own->cap_email,
	    fu_email_suppress_key(own->arena, email));
}

void
fu_own_number(struct fu_own *own, const char *number)
{
	char	*digits = fu_alloc(own->arena, strlen(number) + 1);
	size_t	 n = 0;

	for (; *number != '\0'; number++)
		if (*number >= '0' && *number <= '9')
			digits[n++] = *number;
	if (n > 0)
		keep(own, &own->number, &own->nnumber, &own->cap_number,
		    digits);
}

/* What a byte of folded text is: 'a', '0', or ' ' for every sign. */
static char
sort_of(const char *s, size_t i)
{
	unsigned char	 c = (unsigned char)s[i];

	if (c >= '0' && c <= '9')
		return ('0');
	if (c < 0x80)
		return (c >= 'a' && c <= 'z' ? 'a' : ' ');
	while (i > 0 && ((unsigned char)s[i] & 0xc0) == 0x80)
		i--;
	c = (unsigned char)s[i];
	return (c == 0xc2 || c == 0xe2 ? ' ' : 'a');
}

/* Bytes of an apostrophe inside a word, as in "O'Neil", not in "Neil's". */
static size_t
apostrophe(const char *s, size_t i)
{
	size_t	 len = s[i] == '\'' ? 1 :
	    strncmp(s + i, "\342\200\231", 3) == 0 ? 3 : 0;

	return (len > 0 && s[i + len] == 's' &&
	    (s[i + len + 1] == '\0' || sort_of(s, i + len + 1) != 'a') ? 0 :
	    len);
}

/* Folded words with a blank before each and behind the last; digits are words
 * of their own, and so, with ${commas}, is a comma. */
static const char *
words_of(struct fu_arena *arena, const char *text, bool commas)
{
	char	*folded = fu_fold(text), *out, sort;
	size_t	 n = 0, len;

	out = fu_alloc_array(arena, strlen(folded) + 2, 3);
	out[n++] = ' ';
	for (size_t i = 0; folded[i] != '\0'; i += len) {
		if ((len = apostrophe(folded, i)) > 0)
			continue;
		len = 1;
		sort = sort_of(folded, i);
		if (out[n - 1] != ' ' && (sort == ' ' ||
		    sort != sort_of(out, n - 1)))
			out[n++] = ' ';
		if (sort != ' ')
			out[n++] = folded[i];
		else if (commas && folded[i] == ',') {
			out[n++] = ',';
			out[n++] = ' ';
		}
	}
	if (out[n - 1] != ' ')
		out[n++] = ' ';
	out[n] = '\0';
	free(folded);
	return (out);
}

void
fu_own_word(struct fu_own *own, const char *text)
{
	const char	*words = words_of(own->arena, text, false);

	if (strlen(words) > 2)
		keep(own, &own->word, &own->nword, &own->cap_word, words);
}

void
fu_own_name(struct fu_own *own, const char *first, const char *last)
{
	const char	*a, *b;

	if (fu_blank(first) || fu_blank(last))
		return;
	a = words_of(own->arena, first, false);
	b = words_of(own->arena, last, false);
	/* A name of signs alone is in every text. */
	if (strlen(a) <= 2 || strlen(b) <= 2)
		return;
	keep(own, &own->name, &own->nname, &own->cap_name, a);
	keep(own, &own->name, &own->nname, &own->cap_name, b);
}

bool
fu_own_reached(const struct fu_own *own, const char *text)
{
	struct fu_sight	 sight;
	struct fu_look	 look;

	fu_look_start(&look, own, text);
	while (fu_look_next(&look, &sight))
		if (sight.own)
			return (true);
	return (false);
}

static bool
reached_value(const struct fu_own *own, const struct fu_json *v,
    struct fu_arena *arena)
{
	struct fu_object	 o;
	struct fu_json		*item;
	const char		*text;
	size_t			 n;
	bool			 found = false;

	if (v->type == FU_JSON_OBJECT) {
		fu_json_members(arena, v, &o);
		for (size_t i = 0; i < o.n && !found; i++)
			found = reached_value(own, &o.member[i].value, arena);
		return (found);
	}
	if (v->type == FU_JSON_ARRAY) {
		item = fu_json_items(arena, v, &n);
		for (size_t i = 0; i < n && !found; i++)
			found = reached_value(own, &item[i], arena);
		return (found);
	}
	text = fu_json_scalar_text(arena, v);
	return (text != NULL && fu_own_reached(own, text));
}

bool
fu_own_reached_json(const struct fu_own *own, const char *text)
{
	struct fu_arena	 arena;
	struct fu_json	 v;
	bool		 found;

	if (fu_json_parse(fu_str_of(text), &v, NULL) == -1)
		return (fu_own_reached(own, text));
	fu_arena_init(&arena);
	found = reached_value(own, &v, &arena);
	fu_arena_free(&arena);
	return (found);
}

/* ${b} behind ${a}, both words with their blanks, so many words between. */
static bool
follows(const char *words, const char *a, const char *b, int between)
{
	const char	*at, *c;

	for (at = words; (at = strstr(at, a)) != NULL; at++) {
		c = at + strlen(a) - 1;
		for (int k = 0; c != NULL && k <= between; k++) {
			if (strncmp(c, b, strlen(b)) == 0)
				return (true);
			c = strchr(c + 1, ' ');
		}
	}
	return (false);
}

/* "Doe, Jane" */
static bool
listed(const char *words, const char *last, const char *first,
    struct fu_arena *arena)
{
	return (strstr(words, fu_printf(arena, "%s,%s", last, first)) != NULL);
}

/* Both as one word: "janedoe". */
static bool
joined(const char *words, const char *a, const char *b, struct fu_arena *arena)
{
	char	*both = fu_printf(arena, "%s%s", a, b);
	size_t	 n = 1, len = strlen(both);

	for (size_t i = 1; i < len; i++)
		if (both[i] != ' ')
			both[n++] = both[i];
	both[n++] = ' ';
	both[n] = '\0';
	return (strstr(words, both) != NULL);
}

bool
fu_own_named(const struct fu_own *own, const char *text)
{
	struct fu_arena	 arena;
	const char	*words, *list;
	bool		 found = false;

	if (own->nname == 0)
		return (false);
	fu_arena_init(&arena);
	words = words_of(&arena, text, false);
	list = words_of(&arena, text, true);
	for (size_t i = 0; i + 1 < own->nname && !found; i += 2) {
		const char	*a = own->name[i], *b = own->name[i + 1];

		found = follows(list, a, b, BETWEEN_MAX) ||
		    listed(list, b, a, &arena) ||
		    joined(words, a, b, &arena) || joined(words, b, a, &arena);
	}
	fu_arena_free(&arena);
	return (found);
}

bool
fu_own_labelled(const struct fu_own *own, const char *name)
{
	struct fu_arena	 arena;
	const char	*words;
	bool		 found = fu_own_named(own, name);

	fu_arena_init(&arena);
	words = words_of(&arena, name, false);
	for (size_t i = 0; i + 1 < own->nname && !found; i += 2)
		found = follows(words, own->name[i + 1], own->name[i], 0) ||
		    follows(words, own->name[i], own->name[i + 1], 0);
	fu_arena_free(&arena);
	return (found);
}

bool
fu_own_worded(const struct fu_own *own, const char *text)
{
	struct fu_arena	 arena;
	const char	*words;
	bool		 found = false;

	if (own->nword == 0)
		return (false);
	fu_arena_init(&arena);
	words = words_of(&arena, text, false);
	for (size_t i = 0; i < own->nword && !found; i++)
		found = strstr(words, own->word[i]) != NULL;
	fu_arena_free(&arena);
	return (found);
}
