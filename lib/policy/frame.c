/*
 * Mark the words that negate, and those that are not said in earnest or not by
 * the writer.
 *
 * Knows no word of any language: which they are is in the lists.  Whether a
 * mark counts is for the sections to say.
 */
#include <string.h>

#include "policy/frame.h"

static void
negations(const struct fu_lexicon *lexicon, struct fu_arena *arena,
    struct fu_words *ws)
{
	const struct fu_section *before, *behind;
	bool *out;
	size_t i, k, last;

	before = fu_lexicon_find(lexicon, "negation");
	behind = fu_lexicon_find(lexicon, "negation_behind");
	out = fu_alloc_array(arena, ws->n, sizeof(*out));
	fu_section_except(before, ws, out);
	for (i = 0; i < ws->n; i++) {
		if (out[i])
			continue;
		if (fu_section_at(before, ws, i, &last))
			for (k = i; k <= last; k++)
				ws->w[k].negates = true;
		ws->w[i].negates_back = fu_section_at(behind, ws, i, &last);
	}
}

/* From word ${i} to the end of its clause, or of its sentence. */
static void
rest(struct fu_words *ws, size_t i, bool sentence, bool told)
{
	size_t k;

	for (k = i; k < ws->n && ws->w[k].sentence == ws->w[i].sentence &&
	    (sentence || ws->w[k].clause == ws->w[i].clause); k++) {
		ws->w[k].others = true;
		ws->w[k].told |= told;
	}
}

void
fu_frame(const struct fu_lexicon *lexicon, struct fu_arena *arena,
    struct fu_words *ws)
{
	const struct fu_section *condition, *reported, *irony;
	bool *theirs;
	size_t i, last;

	negations(lexicon, arena, ws);
	condition = fu_lexicon_find(lexicon, "condition");
	reported = fu_lexicon_find(lexicon, "reported");
	irony = fu_lexicon_find(lexicon, "irony");
	theirs = fu_alloc_array(arena, ws->n, sizeof(*theirs));
	fu_section_except(reported, ws, theirs);
	for (i = 0; i < ws->n; i++) {
		if (fu_section_at(condition, ws, i, &last))
			rest(ws, i, false, false);
		if (!theirs[i] && fu_section_at(reported, ws, i, &last))
			rest(ws, i, true, true);
		if (fu_section_at(irony, ws, i, &last))
			rest(ws, ws->sentence[ws->w[i].sentence].first, true,
			    false);
	}
}
