/*
 * All passages in memory, as what is searched of them: terms and vectors.
 *
 * Every passage is looked at for every query, so that what is found depends on
 * no list of candidates; at 100,000 passages that is 70 MB and some
 * milliseconds.  Pure: filled by flow/, asked by anybody.
 */
#ifndef FU_CONTENT_SHELF_H
#define FU_CONTENT_SHELF_H

#include "base/arena.h"

/* A term of a passage in one word: how often its text has it, and whether its
 * document's title, its own headings and the ways of asking for it do. */
#define FU_TERM_MAX	((UINT32_C(1) << 24) - 2)	/* numbers of terms */
#define FU_COUNT_MAX	31u
#define FU_IN_TITLE	0x80u
#define FU_IN_HEADING	0x40u
#define FU_IN_ASKED	0x20u
#define FU_PACK(term, count)	((uint32_t)(term) << 8 | (uint32_t)(count))
#define FU_PACKED_TERM(word)	((word) >> 8)
#define FU_PACKED_TEXT(word)	((word) & FU_COUNT_MAX)
/* How often it is said in all: title and headings count as if said twice. */
#define FU_PACKED_COUNT(word)	(FU_PACKED_TEXT(word) + \
	((word) >> 6 & 2u) + ((word) >> 5 & 2u) + ((word) >> 5 & 1u))

/* Under so many passages they are told apart by their words alone. */
#define FU_MEANING_LEAST	100

/* What stands above a text: each is measured beside its like. */
enum fu_head { FU_HEAD_TITLE, FU_HEAD_HEADING, FU_HEAD_ASKED, FU_HEADS };

struct fu_shelved {
	int64_t		 passage;
	uint32_t	 document;	/* index in fu_shelf.document */
	uint32_t	 nword;
	size_t		 word;		/* first, in fu_shelf.word */
	float		 length;	/* terms of its text */
	float		 head[FU_HEADS];	/* what a term counts that
						 * stands there */
};

/* Something that a passage goes by: its headings, the title of its document,
 * or one of the ways of asking for that. */
struct fu_name {
	size_t		 term;		/* first, in fu_shelf.name_term */
	uint32_t	 n;
	uint32_t	 item;		/* the passage */
	bool		 all;		/* it is its whole document's */
	float		 length;
};

struct fu_shelf {
	struct fu_shelved	*item;
	size_t			 n, cap;
	uint32_t		*word;		/* packed, by term in each */
	size_t			 nword, word_cap;
	float			*vector;	/* rank floats an item */
	size_t			 rank, vector_cap;	/* rank 0: no vectors */
	int64_t			*document;	/* ids, rising */
	size_t			 ndocument, document_cap;
	uint32_t		*with;		/* passages that have a term */
	size_t			 nterm;		/* terms are below it */
	double			 length;	/* of a passage, on average */
	struct fu_name		*name;
	size_t			 nname, name_cap;
	uint32_t		*name_term;
	size_t			 nname_term, name_term_cap;
	float			*telling;	/* of a term in names, squared */
	size_t			 ntelling;	/* such terms are below it */
};

/* A term of a query. */
struct fu_asked {
	uint32_t	 term;		/* of the collection, or FU_TERM_NONE */
	float		 count;
	float		 rarity;	/* fu_query_weigh() fills it in */
	bool		 weak;		/* says little of what is asked */
	uint32_t	 concept;	/* that it says, from 1 on; or 0 */
};

/* Another way to say a concept, which stands in for the query's words with a
 * part of their weight. */
#define FU_OTHER_WORDS	3
#define FU_OTHER_SHARE	0.5f
struct fu_other {
	uint32_t	 concept;
	uint32_t	 term[FU_OTHER_WORDS];
	size_t		 n;
	float		 rarity[FU_OTHER_WORDS]; /* fu_query_weigh() does; never
						 * above that of the query's
						 * words */
};
#define FU_TERM_NONE	UINT32_MAX

struct fu_query {
	struct fu_asked	*asked;
	size_t		 n;
	struct fu_other	*other;
	size_t		 nother, nconcept;
	const uint32_t	*name;		/* all its terms as those of a name,
					 * each once */
	size_t		 nname;
	const float	*vector;	/* of length one, or NULL: no meaning */
	float		 within;	/* share of the query that the basis
				 * holds, 0 to 1 */
	const bool	*unwanted;	/* of each of the shelf's documents;
					 * NULL: all are wanted */
	bool		 lifted;	/* the vectors all lie near each other,
				 * as an embedder's do: nearness counts
				 * from their mean */
};

struct fu_hit {
	size_t		 item;		/* of the shelf */
	double		 score;		/* 0 to 1, six digits */
	float		 words;		/* BM25 beside the best there is */
	float		 name;		/* how like it is to what it goes by */
	float		 nearness;	/* cosine */
	float		 margin;	/* nearness above the collection's, in
				 * standard deviations */
};

/*
 * fu_shelf_add(shelf, passage, document, words, length, vector): put one more
 * on it, words and vector as bytes; passages of a document follow each other,
 * ids of both rise.  A vector that is not the shelf's rank long counts as
 * none.
 * fu_shelf_name(shelf, names): what the last one goes by: of each name the
 * number of its terms, with FU_NAME_ALL when it is its whole document's, and
 * the terms.
 * fu_shelf_end(shelf): all are there: count.
 */
void fu_shelf_init(struct fu_shelf *, size_t);
void fu_shelf_free(struct fu_shelf *);
void fu_shelf_add(struct fu_shelf *, int64_t, int64_t, struct fu_str, float,
    struct fu_str);
#define FU_NAME_ALL	0x80000000u
void fu_shelf_name(struct fu_shelf *, struct fu_str);
void fu_shelf_end(struct fu_shelf *);

/*
 * fu_query_weigh(shelf, query): how rare each of its terms is there; one that
 * is not there at all counts as the rarest.
 *
 * fu_shelf_search(shelf, query, k, each, hit):
 * The ${k} best, best first, into ${hit}; how many there are.  One passage a
 * document, its best, unless ${each}.  Equal ones by passage.  What shares no
 * word with the query is found by its meaning alone, when that stands out.
 *
 * fu_shelf_rate(shelf, query, hit): the best of each of its documents, in their
 * order; one without any has the score 0.
 */
void fu_query_weigh(const struct fu_shelf *, struct fu_query *);
/* How long something is beside what is usual, as BM25 counts it. */
float fu_shelf_norm(float, float);
/* What fu_shelf_search counts: how well each passage says the query's words,
 * into score; the highest of it. */
float fu_shelf_words(const struct fu_shelf *, const struct fu_query *,
    float *);
/* How like the query is to what each passage goes by, 0 to 1, into like; the
 * highest of it. */
float fu_shelf_names(const struct fu_shelf *, const struct fu_query *,
    float *);
/* Once all names are there: how telling each of their terms is. */
void fu_shelf_names_end(struct fu_shelf *);
size_t fu_shelf_search(const struct fu_shelf *, const struct fu_query *,
    size_t, bool, struct fu_hit *);
void fu_shelf_rate(const struct fu_shelf *, const struct fu_query *,
    struct fu_hit *);

#endif
