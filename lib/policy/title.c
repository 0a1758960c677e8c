/*
 * The writer's own title: "I'm the CFO", "VP of Sales at a 60-person firm", a
 * signature.
 *
 * Must never take somebody else's: "our director liked it" is nothing.
 */
#include <string.h>

#include "policy/extract.h"

/* Words before the one that says what they are: "senior regional sales". */
#define MODIFIERS_MAX	4
/* A signature's line is no longer. */
#define SIGNATURE_WORDS	7

static bool
is(const struct fu_words *ws, size_t i, const char *text)
{
	return (i < ws->n && strcmp(ws->w[i].text, text) == 0);
}

/*
 * A title that begins at word ${i}: some modifiers, then a word that is one,
 * then perhaps "of Sales".
 */
static bool
title_at(const struct fu_reading *r, size_t i, size_t *first, size_t *last)
{
	const struct fu_section *heads, *stop;
	const struct fu_words *ws = r->words;
	size_t k, end;

	heads = fu_lexicon_find(r->lexicon, "title_word");
	stop = fu_lexicon_find(r->lexicon, "title_stop");
	for (k = i; k < ws->n && k <= i + MODIFIERS_MAX &&
	    ws->w[k].clause == ws->w[i].clause; k++) {
		if (fu_section_at(heads, ws, k, &end)) {
			*first = i;
			*last = end;
			while (end + 1 < ws->n &&
			    ws->w[end + 1].clause == ws->w[i].clause &&
			    fu_section_at(heads, ws, end + 1, &end))
				*last = end;
			if ((is(ws, *last + 1, "of") ||
			    is(ws, *last + 1, "for")) && *last + 2 < ws->n &&
			    ws->w[*last + 2].clause == ws->w[i].clause)
				*last += 2;
			return (true);
		}
		if (fu_section_at(stop, ws, k, &end))
			return (false);
	}
	return (false);
}

/* A line of its own near the end, under a name. */
static bool
signature(const struct fu_reading *r, size_t *first, size_t *last)
{
	const struct fu_words *ws = r->words;
	size_t i, k, end;

	for (i = 1; i < ws->n; i++) {
		if (ws->w[i].line == ws->w[i - 1].line || !ws->w[i].capital ||
		    ws->w[ws->n - 1].line - ws->w[i].line > 6)
			continue;
		for (k = i; k < ws->n && ws->w[k].line == ws->w[i].line; k++)
			;
		if (k - i > SIGNATURE_WORDS || !title_at(r, i, first, &end))
			continue;
		/* the name stands above, or before a comma */
		*last = end;
		while (*last + 1 < k &&
		    ws->w[*last + 1].clause == ws->w[*first].clause)
			(*last)++;
		return (true);
	}
	/* "Regards, Suresh Iyer, Sr. Manager" in one line */
	for (i = 0; i < ws->n; i++)
		if (fu_section_at(fu_lexicon_find(r->lexicon, "sign_off"), ws, i, &end) &&
		    end + 1 < ws->n && ws->n - end <= 10)
			for (k = end + 1; k < ws->n; k++)
				if (ws->w[k].capital && k > end + 1 &&
				    ws->w[k].clause != ws->w[k - 1].clause &&
				    title_at(r, k, first, last))
					return (true);
	return (false);
}

bool
fu_extract_title(const struct fu_reading *r, struct fu_signals *out,
    size_t *first, size_t *last)
{
	const struct fu_section *cue, *after, *named;
	const struct fu_words *ws = r->words;
	size_t i, end, next;
	bool found = false;

	cue = fu_lexicon_find(r->lexicon, "title_cue");
	after = fu_lexicon_find(r->lexicon, "title_after");
	named = fu_lexicon_find(r->lexicon, "title_named");
	for (i = 0; i < ws->n && !found; i++) {
		if (ws->w[i].quoted || r->masked[i])
			continue;
		/* "I am the CFO" */
		if (fu_section_at(cue, ws, i, &end) && end + 1 < ws->n &&
		    ws->w[end + 1].sentence == ws->w[i].sentence &&
		    title_at(r, end + 1, first, last)) {
			found = true;
			break;
		}
		/* "VP of Sales at …", "Deputy manager here" */
		if ((i == 0 || (ws->w[i].clause != ws->w[i - 1].clause &&
		    fu_section_in(named, ws, ws->w[i].sentence))) &&
		    title_at(r, i, first, last) &&
		    *last + 1 < ws->n && fu_section_at(after, ws, *last + 1, &next))
			found = true;
	}
	if (!found && !signature(r, first, last))
		return (false);
	out->title = fu_words_span(r->arena, ws, *first, *last);
	return (true);
}
