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
	const char		*language;	/* or NULL: any */
	int32_t			 today;		/* day number in company.zone */
	const struct fu_list	*shown;		/* paths that they have had, or NULL */
};

/*
 * fu_insight_query_of(person, facts, kinds, today):
 * What to ask for, for that person on that day; what they have had is the
 * caller's to add.
 */
struct fu_insight_query fu_insight_query_of(const struct fu_person *,
    const struct fu_facts *, const struct fu_list *, int32_t);

/*
 * fu_insight_choose(documents, n, query):
 * Of those of a wanted kind, not shown, not past expires or deadline, not in
 * another language and not for another size: the one that answers an objection
 * of theirs before one that answers none, the one about the competitor that
 * they named, the one for the person's industry before one for any, the one in
 * their language before one without, the one for their size before one for any,
 * then the one whose deadline is nearest,
 * then by path.  One that names other industries is not taken.  NULL when there
 * is nothing new.
 */
const struct fu_document *fu_insight_choose(const struct fu_document *, size_t,
    const struct fu_insight_query *);

/*
 * fu_insight_text(document, arena): what is said of it: its summary, else the
 * first two sentences of its body, as plain text.
 */
const char *fu_insight_text(const struct fu_document *, struct fu_arena *);

#endif
