/*
 * The choice of what is new for a person: one document of the knowledge base.
 *
 * Pure: documents, person and day are arguments.  Never says the same twice.
 */
#ifndef FU_CONTENT_INSIGHT_H
#define FU_CONTENT_INSIGHT_H

#include "config/document.h"
#include "policy/facts.h"
#include "record/person.h"

struct fu_insight_query {
	const struct fu_list	*kinds;		/* any of them; empty: any kind */
	unsigned		 objections;	/* theirs that are open: bit i is
						 * fu_document_objections[i] */
	const char		*competitor;	/* that they named last, or NULL */
	const char		*industry;	/* of the person, or NULL */
	int			 company_size;	/* 0: not known */
	const char		*language;	/* of the message; NULL: any */
	int32_t			 today;		/* day number in company.zone */
	const struct fu_list	*shown;		/* paths that they have had, or NULL */
	const float		*nearness;	/* of each document to what they
						 * asked and want, 0 to 1; or NULL */
};

/*
 * fu_insight_query_of(person, facts, kinds, today):
 * What to ask for, for that person on that day; the language, what they have
 * had and what is near to their words are the caller's to add.
 */
struct fu_insight_query fu_insight_query_of(const struct fu_person *,
    const struct fu_facts *, const struct fu_list *, int32_t);

/* What speaks for a document, a bit each. */
enum fu_insight_for {
	FU_FOR_OBJECTION = 1, FU_FOR_COMPETITOR = 2, FU_FOR_INDUSTRY = 4,
	FU_FOR_SIZE = 8, FU_FOR_WORDS = 16
};
struct fu_insight_fit {
	size_t		 document;	/* of the array */
	unsigned	 why;		/* enum fu_insight_for */
	int		 points;
};

/*
 * fu_insight_rank(documents, n, query, arena, fit):
 * Those of a wanted kind, not shown, not past expires or deadline, not in
 * another language, not for another size or industry, the fittest first; how
 * many.  What they said outweighs who they are: 16 points for one that answers
 * an open objection of theirs, up to 12 as it is near to what they asked and
 * want, 8 if it is about the competitor that they named last; 4 for their
 * industry, 1 for their size.  Among equals the one whose
 * deadline is nearest, then the one published last, then by path.
 *
 * fu_insight_why(why, arena): "objection, industry"; "" for nothing.
 */
size_t fu_insight_rank(const struct fu_document *, size_t,
    const struct fu_insight_query *, struct fu_arena *,
    struct fu_insight_fit **);
const char *fu_insight_why(unsigned, struct fu_arena *);

/*
 * fu_insight_text(document, arena): what is said of it: its summary, else the
 * first sentences of its body that stand alone; NULL when none does.
 */
const char *fu_insight_text(const struct fu_document *, struct fu_arena *);

#endif
