/*
 * Tell a competitor's name from the word that it also is, and from a memory.
 *
 * Knows no name; must never count a figure of speech.
 */
#include <string.h>

#include "policy/rival.h"

/* "my friend of mine who works for": longer than any. */
#define PEOPLE_MAX 8

struct place {
	size_t	 rival, first, last;
	bool	 sure;
};

static bool
part_of_name(const struct fu_words *ws, size_t last)
{
	const struct fu_word *w = &ws->w[last], *next = w + 1;

	if (last + 1 >= ws->n || next->sentence != w->sentence ||
	    next->clause != w->clause)
		return (false);
	/* "Apollo 13", "Apollo Hospitals" */
	return ((next->text[0] >= '0' && next->text[0] <= '9') ||
	    (w->capital && next->capital && strcmp(next->text, "i") != 0));
}

/* Only words between two places: "HubSpot and Drift", "A, B or C". */
static bool
in_a_row(const struct fu_words *ws, size_t last, size_t first)
{
	size_t i;

	if (ws->w[last].sentence != ws->w[first].sentence)
		return (false);
	for (i = last + 1; i < first; i++)
		if (strcmp(ws->w[i].text, "and") != 0 &&
		    strcmp(ws->w[i].text, "or") != 0 &&
		    strcmp(ws->w[i].text, "a") != 0 &&
		    strcmp(ws->w[i].text, "nor") != 0)
			return (false);
	return (true);
}

/* Does a phrase of the section end right before word ${at}? */
static bool
right_before(const struct fu_section *section, const struct fu_words *ws,
    size_t at)
{
	size_t i, last;

	for (i = at; i > 0 && at - i < PEOPLE_MAX &&
	    ws->w[i - 1].clause == ws->w[at].clause; i--)
		if (fu_section_at(section, ws, i - 1, &last) && last + 1 == at)
			return (true);
	return (false);
}

static bool
sure(const struct fu_reading *r, const struct fu_rival *rival, size_t first,
    size_t last)
{
	const struct fu_words *ws = r->words;
	const struct fu_section *use, *after, *other;
	size_t end;

	if (!rival->common)
		return (true);
	other = fu_lexicon_find(r->lexicon, "rival_not_before");
	use = fu_lexicon_find(r->lexicon, "rival_before");
	after = fu_lexicon_find(r->lexicon, "rival_after");
	if (part_of_name(ws, last) ||
	    (!ws->w[first].capital && fu_section_before(other, ws, first, 1)))
		return (false);
	if (ws->w[first].capital &&
	    first != ws->sentence[ws->w[first].sentence].first)
		return (true);
	if (fu_section_before(use, ws, first, 1))
		return (true);
	return (fu_section_at(after, ws, last + 1, &end) &&
	    ws->w[last + 1].sentence == ws->w[last].sentence);
}

void
fu_rival_named(const struct fu_reading *r, const struct fu_rival *rival,
    size_t n, bool *named)
{
	const struct fu_words *ws = r->words;
	const struct fu_section *past, *deny, *people;
	struct place *p = NULL;
	size_t i, k, np = 0, cap = 0, first, last;
	bool again = true;

	past = fu_lexicon_find(r->lexicon, "rival_past");
	deny = fu_lexicon_find(r->lexicon, "rival_other");
	people = fu_lexicon_find(r->lexicon, "rival_people");
	for (i = 0; i < n; i++) {
		size_t from = 0;

		named[i] = false;
		for (; fu_section_find(&rival[i].name, ws, from, &first, &last);
		    from = last + 1) {
			if (r->masked[first] || ws->w[first].quoted ||
			    fu_section_in(past, ws, ws->w[first].sentence) ||
			    fu_section_before(deny, ws, first, 4) ||
			    right_before(people, ws, first))
				continue;
			p = fu_grow(r->arena, p, np, &cap, sizeof(*p));
			p[np].rival = i;
			p[np].first = first;
			p[np].last = last;
			p[np++].sure = sure(r, &rival[i], first, last);
		}
	}
	/* one that is sure makes its neighbours in a list sure */
	while (again) {
		again = false;
		for (i = 0; i < np; i++)
			for (k = 0; k < np && !p[i].sure; k++)
				if (p[k].sure &&
				    !part_of_name(ws, p[i].last) &&
				    (p[k].first > p[i].last ?
				    in_a_row(ws, p[i].last, p[k].first) :
				    in_a_row(ws, p[k].last, p[i].first)))
					p[i].sure = again = true;
	}
	for (i = 0; i < np; i++)
		if (p[i].sure)
			named[p[i].rival] = true;
}
