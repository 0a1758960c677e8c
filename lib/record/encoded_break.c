/*
 * Line breaks that are there only after decoding: percent signs and numeric
 * references.
 *
 * Pure.  Must never read past its text, which need not end with a NUL.
 */
#include "record/encoded_break.h"

#include <ctype.h>
#include <strings.h>

/* Is that word at ${*i}, whatever its case?  Then ${*i} is behind it. */
static bool
skip(struct fu_str s, size_t *i, const char *word, size_t len)
{
	if (s.len - *i < len || strncasecmp(s.ptr + *i, word, len) != 0)
		return (false);
	*i += len;
	return (true);
}

/* Behind a percent sign. */
static bool
is_percent_break(struct fu_str s, size_t i)
{
	while (skip(s, &i, "25", 2))
		continue;
	return (skip(s, &i, "0d", 2) || skip(s, &i, "0a", 2) ||
	    skip(s, &i, "00", 2));
}

/* Behind an ampersand. */
static bool
is_reference_break(struct fu_str s, size_t i)
{
	unsigned value = 0;
	size_t digits = 0;
	bool hex;

	while (skip(s, &i, "amp;", 4))
		continue;
	if (skip(s, &i, "newline;", 8))
		return (true);
	if (!skip(s, &i, "#", 1))
		return (false);
	hex = skip(s, &i, "x", 1);
	for (; i < s.len && value < 256; i++, digits++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (isdigit(c))
			value = value * (hex ? 16 : 10) + (c - '0');
		else if (hex && isxdigit(c))
			value = value * 16 +
			    ((unsigned)tolower(c) - 'a' + 10);
		else
			break;
	}
	return (digits > 0 && (value == '\r' || value == '\n' || value == 0));
}

bool
fu_encoded_break(struct fu_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.ptr[i] == '%' && is_percent_break(s, i + 1)) ||
		    (s.ptr[i] == '&' && is_reference_break(s, i + 1)))
			return (true);
	return (false);
}
