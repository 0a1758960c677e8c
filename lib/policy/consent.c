/*
 * What the words of a consent say, beside the boxes that a form reports.
 *
 * Must never read more into them than they say.
 */
#include <string.h>
#include <strings.h>

#include "base/str.h"
#include "policy/consent.h"
#include "policy/words.h"

static bool
legal_form(const char *word)
{
	static const char *const form[] = { "ltd", "limited", "llc", "inc",
		"incorporated", "corp", "corporation", "co", "company", "plc",
		"gmbh", "ag", "kg", "ug", "sa", "sas", "sarl", "srl", "spa",
		"bv", "nv", "ab", "as", "aps", "oy", "oyj", "the" };

	for (size_t i = 0; i < sizeof(form) / sizeof(*form); i++)
		if (strcmp(word, form[i]) == 0)
			return (true);
	return (false);
}

/* The words of a name without its legal form. */
static size_t
core(const char *name, struct fu_arena *arena, const char ***word)
{
	struct fu_words ws;
	size_t n = 0;

	fu_words_read(arena, name, &ws);
	*word = fu_alloc_array(arena, ws.n + 1, sizeof(**word));
	for (size_t i = 0; i < ws.n; i++)
		if (!legal_form(ws.w[i].text))
			(*word)[n++] = ws.w[i].text;
	return (n);
}

bool
fu_consent_names(const char *seller, const char *company,
    struct fu_arena *arena)
{
	const char **a, **b;
	size_t na, nb;

	if (fu_blank(seller) || fu_blank(company))
		return (false);
	na = core(seller, arena, &a);
	nb = core(company, arena, &b);
	if (na == 0 || nb == 0)
		return (strcasecmp(seller, company) == 0);
	for (size_t i = 0; i < na && i < nb; i++)
		if (strcmp(a[i], b[i]) != 0)
			return (false);
	return (true);
}
