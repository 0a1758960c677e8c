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
	const char	*text;		/* folded: no accents, no apostrophes */
	uint32_t	 hash;		/* fu_word_hash() of it */
	size_t		 off, len;	/* bytes of the source; those of "don't"
					 * for both its words */
	uint32_t	 sentence;	/* index into sentence[] */
	uint32_t	 clause;	/* between commas, brackets, dashes */
	uint32_t	 line;		/* from 0 */
	bool		 capital;	/* begins with A-Z */
	bool		 quoted;	/* stands between quotation marks */
	/* by fu_frame(); false before */
	bool		 negates;	/* what follows: "not" */
	bool		 negates_back;	/* what it follows: "gefällt mir nicht" */
	bool		 others;	/* another's word, an if, irony */
	bool		 told;		/* another's word */
};

/* Words are of so many classes, which are the low bits of their hash; two are
 * of what begins with a digit, and of scripts that part no words: kana, Han,
 * Hangul, emoji. */
#define FU_WORD_CLASSES	256
#define FU_WORD_NUMBER	254
#define FU_WORD_EAST	255

/* A set of classes. */
struct fu_word_set {
	uint64_t bit[FU_WORD_CLASSES / 64];
};

struct fu_sentence {
	size_t	 first, n;		/* its words */
	size_t	 off, end;		/* bytes of the source */
	bool	 question;		/* ends in a question mark */
	struct fu_word_set classes;	/* of its words */
};

struct fu_phrase_index;

struct fu_words {
	const char		*source;
	struct fu_word		*w;
	size_t			 n;
	struct fu_sentence	*sentence;
	size_t			 nsentence;	/* with at least one word */
	/* by fu_words_look(); NULL before */
	const struct fu_phrase_index *index;
	const unsigned char	*stands;	/* of each phrase there */
};

/* Of a folded word: FNV-1a but for the class, so that words are told apart
 * without reading. */
uint32_t fu_word_hash(const char *);
/* Bit of a word's class, of 64 that are coarser. */
#define FU_WORD_BIT(hash) (UINT64_C(1) << ((hash) % 64))

/*
 * fu_negated(words, first, last):
 * Does a negation reach the words from ${first} to ${last}: one of the three
 * words before them in their clause, or one behind them that looks back?
 */
bool fu_negated(const struct fu_words *, size_t, size_t);

/*
 * fu_words_read(arena, text, words):
 * Cut ${text} into words.  A word is letters and digits; apostrophes and
 * invisible characters inside it are dropped; '.' and ',' between digits
 * belong to it.  Contractions are the words that they stand for: "I'm" and
 * "im" are "i am", "l'offre" is "l offre", "u" is "you".  Everything lives in
 * ${arena} and borrows ${text}.
 *
 * fu_words_span(arena, words, first, last):
 * The source from word ${first} to word ${last}, both in, as written.
 */
void fu_words_read(struct fu_arena *, const char *, struct fu_words *);
const char *fu_words_span(struct fu_arena *, const struct fu_words *, size_t,
    size_t);

#endif
