/*
 * A text as words: folded for comparing, each with its place in the source.
 *
 * Pure.  Never changes the source, and never looks past FU_WORDS_MAX words:
 * what a person wrote by hand is shorter.
 */
#ifndef FU_POLICY_WORDS_H
#define FU_POLICY_WORDS_H

#include "base/arena.h"

/* A mail of twenty pages; the rest of a longer text is not read. */
#define FU_WORDS_MAX	8192

/* Stand for an address and a link, which are one word each. */
#define FU_WORD_EMAIL	"<email>"
#define FU_WORD_URL	"<url>"

struct fu_word {
	const char	*text;		/* folded, apostrophes dropped: "dont" */
	size_t		 off, len;	/* bytes of the source */
	uint32_t	 sentence;	/* index into sentence[] */
	uint32_t	 clause;	/* between commas, brackets, dashes */
	uint32_t	 line;		/* from 0 */
	bool		 capital;	/* begins with A-Z */
	bool		 quoted;	/* stands between quotation marks */
};

struct fu_sentence {
	size_t	 first, n;		/* its words */
	size_t	 off, end;		/* bytes of the source */
	bool	 question;		/* ends in a question mark */
};

struct fu_words {
	const char		*source;
	struct fu_word		*w;
	size_t			 n;
	struct fu_sentence	*sentence;
	size_t			 nsentence;	/* with at least one word */
};

/*
 * fu_words_read(arena, text, words):
 * Cut ${text} into words.  A word is letters and digits; apostrophes and
 * invisible characters inside it are dropped; '.' and ',' between digits
 * belong to it.  Everything lives in ${arena} and borrows ${text}.
 *
 * fu_words_span(arena, words, first, last):
 * The source from word ${first} to word ${last}, both in, as written.
 */
void fu_words_read(struct fu_arena *, const char *, struct fu_words *);
const char *fu_words_span(struct fu_arena *, const struct fu_words *, size_t,
    size_t);

#endif
