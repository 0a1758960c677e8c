/*
 * What a language model wrote, before anybody reads it.
 *
 * Pure.  A text is taken only when each of its sentences cites a source that
 * was given, and it says nothing that the sources do not: no figure, no name,
 * no link, no promise of its own.  When in doubt it is refused; there is
 * always a text without a model to fall back to.
 */
#ifndef FU_CONTENT_PHRASED_H
#define FU_CONTENT_PHRASED_H

#include "config/config.h"
#include "content/terms.h"

#define FU_PHRASED_BYTES 4096 /* a longer answer is not looked at */

struct fu_phrased_limits {
	int sentences, words, chars; /* 0: no such limit */
};

struct fu_phrased_in {
	const char *text; /* valid UTF-8 */
	/* What may be cited, as [1], [2] …; and what was said besides: figures
	 * and names in it are known, prices, shares and links are not. */
	struct fu_list source, history;
	struct fu_list names;			/* that anybody may say */
	const struct fu_list *noise, *promises; /* or NULL */
	const char *language;			/* or NULL: the sources' */
	struct fu_phrased_limits limits;
};

struct fu_phrased {
	const char *text;   /* without its marks; NULL: refused */
	const char *reason; /* why, a word */
	const char *detail; /* what it was about, or NULL */
};

/*
 * fu_phrased_check(terms, in, arena, out):
 * True with out->text; else false with out->reason:
 *	empty		nothing was said
 *	length		more sentences, words or characters than there may be
 *	unfinished	no end of a sentence at its end
 *	markup		Markdown, HTML, tags, marks that nobody asked for,
 *			characters that do not show, or a line like a header
 *	greeting	it begins or ends as a letter does
 *	no_source	a sentence cites nothing, or what was not given
 *	link		an address that no source has
 *	noise		a phrase without content
 *	promise		an offer, such as a discount, that no source makes
 *	figure		a number, price or share that what is cited has not
 *	name		a capitalised word that stands nowhere
 *	unfounded	a sentence has too little of what it cites
 *	language	not the one that was asked for
 */
bool fu_phrased_check(struct fu_terms *, const struct fu_phrased_in *,
    struct fu_arena *, struct fu_phrased *);

/*
 * phrased_form.c: what in it is no part of a paragraph; a greeting or a
 * farewell.  NULL for nothing.
 */
const char *fu_phrased_odd(const char *, struct fu_arena *);
const char *fu_phrased_greeting(const char *);

/*
 * phrased_figures.c: the figures of a text, so that "1,100", "1100" and "eleven
 * hundred dollars" can be compared; in words where a language has short ones.
 */
struct fu_figure {
	char value[2][24]; /* how it may be read: "1.100" both ways */
	char unit;	   /* '%', '$' for any currency, 0 */
	size_t at, len;	   /* bytes of the text given */
};
/* ${text}: folded by fu_fold_plain().  Return how many. */
size_t fu_figures_of(const char *, struct fu_arena *, struct fu_figure **);
/* Is it the same number, and of the same kind where ${a} has one? */
bool fu_figure_same(const struct fu_figure *, const struct fu_figure *);

#endif
