/*
 * What a paragraph does not look like: a list, a header, a letter.
 *
 * Must never judge what is said.
 */
#include <ctype.h>
#include <glib.h>
#include <string.h>

#include "content/phrased.h"

/* A character that does not show, or turns others about. */
static bool
is_hidden(uint32_t cp)
{
	GUnicodeType type = g_unichar_type(cp);

	return (type == G_UNICODE_FORMAT || type == G_UNICODE_CONTROL ||
		type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED ||
		type == G_UNICODE_LINE_SEPARATOR ||
		type == G_UNICODE_PARAGRAPH_SEPARATOR);
}

/* "Subject: hello", "- a point", "1. a point", "Here it is:" */
static bool
is_odd_line(struct fu_str line)
{
	size_t n = 0;

	line = fu_str_trim(line);
	if (line.len == 0)
		return (false);
	if (line.ptr[line.len - 1] == ':')
		return (true);
	if (line.len > 1 && strchr("-+", line.ptr[0]) != NULL &&
	    line.ptr[1] == ' ')
		return (true);
	while (n < line.len && isdigit((unsigned char)line.ptr[n]))
		n++;
	if (n > 0 && n + 1 < line.len && strchr(".)", line.ptr[n]) != NULL &&
	    line.ptr[n + 1] == ' ')
		return (true);
	while (n < line.len && n < 40 &&
	       (g_ascii_isalpha(line.ptr[n]) || line.ptr[n] == '-'))
		n++;
	return (n > 0 && n < line.len && line.ptr[n] == ':');
}

const char *
fu_phrased_odd(const char *text, struct fu_arena *arena)
{
	struct fu_str line;
	const char *s;
	uint32_t cp;
	size_t len;

	for (s = text; (len = fu_utf8_next(s, &cp)) > 0; s += len)
		if ((cp != '\n' && is_hidden(cp)) ||
		    (cp < 0x80 && strchr("<>{}|\\`*_#~=^", (int)cp) != NULL))
			return (fu_dup_str(arena, (struct fu_str){s, len}));
	for (s = text; *s != '\0'; s += line.len + (s[line.len] == '\n')) {
		line = (struct fu_str){s, strcspn(s, "\n")};
		if (is_odd_line(line))
			return (fu_dup_str(arena, fu_str_trim(line)));
	}
	return (NULL);
}

/* The message has a salutation and a name below it already. */
const char *
fu_phrased_greeting(const char *text)
{
	static const char *const first[] = {"hi", "hello", "hey", "dear",
	    "hallo", "guten", "liebe", "lieber", "sehr", "bonjour", "cher",
	    "chère", "hola", "estimado", "estimada", "buongiorno", "gentile",
	    "ciao", "olá", "caro", "cara", "beste", "geachte"};
	static const char *const any[] = {"best regards", "kind regards",
	    "warm regards", "sincerely", "yours truly", "mit freundlichen",
	    "cordialement", "saludos", "cordiali saluti", "as an ai",
	    "as a language model", "language model"};
	struct fu_str word;
	size_t at = 0;

	if (fu_word_next(fu_str_of(text), &at, &word))
		for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++)
			if (fu_str_is_nocase(word, first[i]))
				return (first[i]);
	for (size_t i = 0; i < sizeof(any) / sizeof(*any); i++)
		if (strcasestr(text, any[i]) != NULL)
			return (any[i]);
	return (NULL);
}
