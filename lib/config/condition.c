/*
 * Where a byte of a condition stands in its file.  Never reads the condition
 * itself.
 */
#include <string.h>

#include "config/config.h"

/* One character of the source behind ${p}, moving the place along. */
static const char *
step(const char *p, struct fu_where *where)
{
	if (*p == '\n') {
		where->line++;
		where->col = 1;
		return (p + 1);
	}
	where->col++;
	do
		p++;
	while (((unsigned char)*p & 0xc0) == 0x80);
	return (p);
}

struct fu_where
fu_condition_where(const struct fu_condition *cond, size_t offset)
{
	struct fu_where where = cond->where;
	const char *src = cond->source, *text = cond->sql;
	size_t i;

	if (src == NULL || text == NULL)
		return (where);
	for (i = 0; i < offset && text[i] != '\0' && *src != '\0';) {
		/* A fold: one blank or newline for a line's end and indent. */
		if ((text[i] == ' ' || text[i] == '\n') &&
		    src[strspn(src, " \t")] == '\n' && *src != '\0') {
			while (*src == ' ' || *src == '\t' || *src == '\n')
				src = step(src, &where);
			while (text[i] == ' ' || text[i] == '\n')
				i++;
			continue;
		}
		/* '' and \" stand for one character. */
		if ((cond->quote == '\'' && src[0] == '\'' && src[1] == '\'') ||
		    (cond->quote == '"' && src[0] == '\\' && src[1] != '\0'))
			src = step(src, &where);
		src = step(src, &where);
		do
			i++;
		while (((unsigned char)text[i] & 0xc0) == 0x80);
	}
	return (where);
}
