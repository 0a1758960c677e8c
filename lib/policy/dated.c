/*
 * The head of a rules file.  Never reads a rule.
 */
#include <string.h>

#include "policy/dated.h"

/* What stands behind a key, without quotes. */
static struct fu_str
value_of(struct fu_str line, size_t key)
{
	struct fu_str v = fu_str_trim((struct fu_str){ line.ptr + key,
	    line.len - key });

	if (v.len >= 2 && (v.ptr[0] == '"' || v.ptr[0] == '\'') &&
	    v.ptr[v.len - 1] == v.ptr[0])
		return (fu_str_trim((struct fu_str){ v.ptr + 1, v.len - 2 }));
	return (v);
}

void
fu_dated_read(struct fu_str text, struct fu_dated *dated)
{
	struct fu_str line, v;
	const char *begin;
	struct fu_date date;
	const char *nl;
	size_t at, len;
	int n = 0;

	*dated = (struct fu_dated){ 0 };
	at = fu_str_starts(text, "\xef\xbb\xbf") ? 3 : 0;
	for (; at < text.len; at += len + 1) {
		nl = memchr(text.ptr + at, '\n', text.len - at);
		len = nl == NULL ? text.len - at :
		    (size_t)(nl - (text.ptr + at));
		line = (struct fu_str){ text.ptr + at, len };
		n++;
		begin = line.ptr;
		if (fu_str_starts(line, "#"))
			line = fu_str_trim((struct fu_str){ line.ptr + 1,
			    line.len - 1 });
		if (fu_str_starts(line, "source:") && !dated->source)
			dated->source = value_of(line, 7).len > 0;
		if (!fu_str_starts(line, "date:") || dated->given)
			continue;
		dated->given = true;
		dated->line = n;
		v = value_of(line, 5);
		/* Before it stand ASCII and blanks: bytes are columns. */
		dated->col = (int)(v.ptr - begin) + 1;
		/* A comment may stand behind it. */
		if (v.len > 10 && v.ptr[10] == ' ')
			v.len = 10;
		if (fu_date_parse(v, &date, NULL) == 0) {
			dated->valid = true;
			dated->day = fu_date_days(date);
		}
	}
}
