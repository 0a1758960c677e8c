/*
 * What is asked, and how much each part of it weighs in the knowledge base:
 * for who looks for it in texts of their own.
 */
#ifndef FU_FLOW_SEARCH_WEIGH_H
#define FU_FLOW_SEARCH_WEIGH_H

#include "content/terms.h"
#include "flow/search.h"

#define FU_WEIGHED_MAX		64	/* parts of a query; the rest is not
					 * looked at */
#define FU_WEIGHED_WORDS	3	/* of a way to say one */
#define FU_WEIGHED_OTHER	0.6f	/* what other words for it are worth */

/* A way to say a part: all of these terms. */
struct fu_weighed_way {
	uint32_t	 term[FU_WEIGHED_WORDS];
	size_t		 n;
	float		 share;		/* of the part's weight */
};

/* A word, or words that are one thing: "set-up fee". */
struct fu_weighed_part {
	float			 weight;	/* how rare it is */
	bool			 weak;		/* questions are made of it */
	bool			 known;		/* somebody has said it */
	struct fu_weighed_way	*way;		/* its own words first */
	size_t			 n, cap;
};

struct fu_weighed {
	struct fu_weighed_part	*part;
	size_t			 n;
	enum fu_tongue		 tongue;	/* that its words are read in */
};

/*
 * fu_search_weigh(search, text, arena, weighed, err):
 * The parts of ${text}, each once, their terms numbered by
 * fu_search_terms(search).  Other ways to say them are those of
 * rules/synonyms.txt.  All in ${arena}.
 */
int fu_search_weigh(struct fu_search *, struct fu_str, struct fu_arena *,
    struct fu_weighed *, struct fu_err *);
struct fu_terms *fu_search_terms(struct fu_search *);

#endif
