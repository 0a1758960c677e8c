/*
 * How many: the seats that somebody asks for, the people of their company.
 *
 * Only numbers in phrases of the lists, in digits; must never count what is
 * in a quotation, negated or somebody else's.
 */
#include <string.h>

#include "policy/extract.h"

/* More is no company's headcount and nobody's order. */
#define COUNT_MAX 3000000

/* "1,200" and "1.200" are thousands; "2.5" counts nothing. */
static int64_t
count_of(const char *text)
{
	int64_t n = 0;
	size_t run;

	for (;;) {
		run = strspn(text, "0123456789");
		for (size_t i = 0; i < run && n <= COUNT_MAX; i++)
			n = n * 10 + (text[i] - '0');
		text += run;
		if (*text == '\0')
			return (n <= COUNT_MAX ? n : 0);
		if ((*text != ',' && *text != '.') ||
		    strspn(text + 1, "0123456789") != 3)
			return (0);
		text++;
	}
}

/* The number in the first phrase of ${name} that is said, or 0. */
static int64_t
said(const struct fu_reading *r, const char *name)
{
	const struct fu_words *ws = r->words;
	size_t i, first, last;

	if (!fu_section_said(fu_lexicon_find(r->lexicon, name), ws, r->masked,
	    r->arena, &first, &last))
		return (0);
	/* "20 to 30 seats": the upper end stands next to them */
	for (i = last + 1; i > first; i--)
		if (ws->w[i - 1].text[0] >= '0' && ws->w[i - 1].text[0] <= '9')
			return (count_of(ws->w[i - 1].text));
	return (0);
}

void
fu_extract_counts(const struct fu_reading *r, struct fu_signals *out)
{
	out->seats = said(r, "seats_said");
	out->company_size = said(r, "company_size_said");
}
