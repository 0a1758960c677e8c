/*
 * Language tags, of which place.c knows the parts.
 */
#include "record/place.h"

#include <glib.h>
#include <string.h>

static bool
letters(struct fu_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!g_ascii_isalpha(s.ptr[i]))
			return (false);
	return (true);
}

static bool
digits(struct fu_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!g_ascii_isdigit(s.ptr[i]))
			return (false);
	return (true);
}

/* What stands before the next "-" or "_" of a tag; the rest is behind it. */
static struct fu_str
subtag(struct fu_str *rest)
{
	struct fu_str part = { rest->ptr, 0 };

	while (part.len < rest->len && strchr("-_", rest->ptr[part.len]) == NULL)
		part.len++;
	rest->ptr += part.len;
	rest->len -= part.len;
	/* One at the end has nothing behind it, and stays. */
	if (rest->len > 1) {
		rest->ptr++;
		rest->len--;
	}
	return (part);
}

const char *
fu_language_find(const struct fu_places *p, struct fu_arena *a,
    struct fu_str s)
{
	const char *code, *country;
	char script[5] = "";
	struct fu_str rest, head, tail;

	rest = fu_str_trim(s);
	if ((code = fu_language_called(p, rest)) != NULL)
		return (code);
	head = subtag(&rest);
	tail = subtag(&rest);
	if (head.len < 2 || head.len > 3 ||
	    (code = fu_language_called(p, head)) == NULL)
		return (NULL);
	if (tail.len == 4 && letters(tail)) {
		for (size_t i = 0; i < 4; i++)
			script[i] = i == 0 ? g_ascii_toupper(tail.ptr[i]) :
			    g_ascii_tolower(tail.ptr[i]);
		if (rest.len == 0)
			return (fu_printf(a, "%s-%s", code, script));
		tail = subtag(&rest);
	}
	if (rest.len > 0)
		return (NULL);
	if (tail.len == 3 && digits(tail))
		country = fu_dup_str(a, tail);
	else if (tail.len != 2 || (country = fu_country_find(p, tail)) == NULL)
		return (NULL);
	return (fu_printf(a, "%s%s%s-%s", code, *script == '\0' ? "" : "-",
	    script, country));
}
