/*
 * Comparing and trimming borrowed spans and C strings, and globs.
 *
 * Must never ask the locale: case means ASCII case here.
 */
#include <string.h>

#include "base/str.h"

static unsigned char
lower(char c)
{
	return ((unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
}

static bool
is_blank(char c)
{
	return (c == ' ' || (c >= '\t' && c <= '\r'));
}

struct fu_str
fu_str_of(const char *s)
{
	return ((struct fu_str){ s == NULL ? "" : s,
	    s == NULL ? 0 : strlen(s) });
}

bool
fu_str_same(struct fu_str a, struct fu_str b)
{
	return (a.len == b.len &&
	    (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0));
}

bool
fu_str_is(struct fu_str s, const char *text)
{
	return (fu_str_same(s, fu_str_of(text)));
}

bool
fu_str_is_nocase(struct fu_str s, const char *text)
{
	size_t	i;

	for (i = 0; i < s.len; i++)
		if (text[i] == '\0' || lower(s.ptr[i]) != lower(text[i]))
			return (false);
	return (text[i] == '\0');
}

bool
fu_str_starts(struct fu_str s, const char *prefix)
{
	size_t	len;

	len = strlen(prefix);
	return (s.len >= len && (len == 0 || memcmp(s.ptr, prefix, len) == 0));
}

struct fu_str
fu_str_trim(struct fu_str s)
{
	while (s.len > 0 && is_blank(s.ptr[0])) {
		s.ptr++;
		s.len--;
	}
	while (s.len > 0 && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return (s);
}

bool
fu_streq(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == b);
	return (strcmp(a, b) == 0);
}

bool
fu_streq_nocase(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == b);
	for (; *a != '\0' && lower(*a) == lower(*b); a++, b++)
		;
	return (lower(*a) == lower(*b));
}

bool
fu_blank(const char *s)
{
	return (s == NULL || fu_str_trim(fu_str_of(s)).len == 0);
}

bool
fu_glob(const char *pattern, const char *text)
{
	const char	*star, *retry;

	/*
	 * Only the last star can ever need another try: whatever an earlier
	 * one could still swallow, the later one can as well.
	 */
	star = retry = NULL;
	while (*text != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			retry = text;
		} else if (*pattern != '\0' &&
		    (*pattern == '?' || lower(*pattern) == lower(*text))) {
			pattern++;
			text++;
		} else if (star != NULL) {
			pattern = star;
			text = ++retry;
		} else
			return (false);
	}
	while (*pattern == '*')
		pattern++;
	return (*pattern == '\0');
}
