/*
 * Questions to the knowledge base.
 */
#ifndef FU_FLOW_SEARCH_H
#define FU_FLOW_SEARCH_H

#include "flow/session.h"
#include "store/passages.h"

#define FU_SEARCH_QUERY_MAX	8192	/* bytes of a query; the rest is not read */

enum fu_search_by { FU_BY_BOTH, FU_BY_WORDS, FU_BY_MEANING };

struct fu_found {
	const struct fu_passage_row	*passage;
	const struct fu_document_row	*document;
	double				 score;		/* 0 to 1 */
	double				 answerable;	/* 0 to 1 */
};

struct fu_search_how {
	size_t			 k;	/* hits wanted */
	bool			 each;	/* all passages of a document */
	enum fu_search_by	 by;
	const struct fu_list	*kinds;	/* NULL or empty: of all */
};

/* How near a document is to a query. */
struct fu_near {
	double	 score;		/* 0 to 1; 0: it says nothing of it */
	double	 answerable;	/* 0 to 1 */
	int64_t	 passage;	/* its best */
};

struct fu_search;

/*
 * fu_search_open(session, err): all that is searched, in memory.
 * fu_search_ask(search, query, how, arena, found, n, err):
 * The best ${how->k} passages, one a document or, with ${each}, as they come;
 * in ${arena}.  Looks at the database as it is now.
 *
 * fu_search_rate(search, query, document, n, near, err): the same of the
 * ${n} documents with those ids, and no more of them than ${near} has.
 */
struct fu_search *fu_search_open(struct fu_session *, struct fu_err *);
void fu_search_close(struct fu_search *);
int fu_search_ask(struct fu_search *, struct fu_str,
    const struct fu_search_how *, struct fu_arena *, struct fu_found **,
    size_t *, struct fu_err *);
int fu_search_rate(struct fu_search *, struct fu_str, const int64_t *, size_t,
    struct fu_near *, struct fu_err *);

#endif
