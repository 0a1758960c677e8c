/*
 * Subjects that claim what is not so.
 *
 * Must never take a word of a sentence for a mark: "Re-use: how" answers
 * nothing.
 */
#include <string.h>

#include "base/str.h"
#include "content/subject.h"

#define START_MAX 64	/* of a subject: what can stand before its words */

/* ASCII in small letters, full-width forms as what they stand for. */
static void
start_of(const char *subject, char out[START_MAX])
{
	uint32_t cp;
	size_t len, n = 0;

	while (n + 1 < START_MAX && (len = fu_utf8_next(subject, &cp)) > 0) {
		subject += len;
		if (cp >= 0xff01 && cp <= 0xff5e)
			cp -= 0xff01 - 0x21;
		if (cp == 0x3000 || cp == 0xa0 || cp == '\t')
			cp = ' ';
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		out[n++] = cp < 0x80 ? (char)cp : '?';
	}
	out[n] = '\0';
}

/* Behind blanks and what stands in brackets: "[EXT] ", "(2)". */
static const char *
past_brackets(const char *p)
{
	const char *end;

	for (;;) {
		p += strspn(p, " ");
		if (*p != '[' && *p != '(')
			return (p);
		end = strchr(p, *p == '[' ? ']' : ')');
		if (end == NULL)
			return (p);
		p = end + 1;
	}
}

static const char *const mark[] = { "re", "fw", "fwd", "aw", "wg", "sv",
	"vs", "tr", "rv", "antw", "rif", "odp", "ynt" };

/* "[Re] our call": a bracket that holds a mark and nothing else. */
static bool
marked(const char *start)
{
	size_t len;

	start += strspn(start, " ");
	if (*start != '[' && *start != '(')
		return (false);
	start++;
	len = strcspn(start, "])");
	for (size_t i = 0; i < sizeof(mark) / sizeof(*mark); i++)
		if (strlen(mark[i]) == len && memcmp(start, mark[i], len) == 0)
			return (true);
	return (false);
}

bool
fu_subject_answers(const char *subject)
{
	char start[START_MAX];
	const char *p;
	size_t len;

	start_of(subject, start);
	if (marked(start))
		return (true);
	p = past_brackets(start);
	for (len = 0; p[len] >= 'a' && p[len] <= 'z';)
		len++;
	for (size_t i = 0; i < sizeof(mark) / sizeof(*mark); i++) {
		if (strlen(mark[i]) != len || memcmp(p, mark[i], len) != 0)
			continue;
		p = past_brackets(p + len);
		p += strspn(p, "^0123456789 ");
		return (*p == ':' || (*p == '-' && p[1] == ' '));
	}
	return (false);
}
