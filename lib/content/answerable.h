/*
 * Knowing that it does not know: does a passage answer the query, or is it
 * only the nearest that there is?
 *
 * Pure.  Judges by what is there to see of this query, this passage and this
 * collection; has no threshold of any one collection.
 */
#ifndef FU_CONTENT_ANSWERABLE_H
#define FU_CONTENT_ANSWERABLE_H

#include "content/shelf.h"

#define FU_ANSWERABLE	0.5	/* from here on it may be taken for an answer */

/*
 * fu_answerable(shelf, query, hit): 0 to 1, two digits.
 */
double fu_answerable(const struct fu_shelf *, const struct fu_query *,
    const struct fu_hit *);

#endif
