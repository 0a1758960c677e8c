/*
 * People by a condition over facts, in order of id.
 *
 * Reads the database and nothing else: facts need no configuration.  Only what
 * is given away asks the ledger, and for that the key.
 */
#ifndef FU_FLOW_LIST_H
#define FU_FLOW_LIST_H

#include "flow/session.h"
#include "policy/facts.h"

/* A column: a fact, else a field of the record, else a custom column. */
struct fu_column {
	const char	*name;		/* as records call it */
	int		 fact;		/* enum fu_fact, or -1 */
	int		 field;		/* enum fu_field, or -1 */
	const char	*attr;		/* "Lead Source", or NULL */
};

struct fu_listed {
	int64_t			 prospect;
	const char		*email;	/* or NULL */
	const struct fu_value	*value;	/* one a column */
};

struct fu_listing;

/*
 * fu_listing_open(session, condition, columns, err):
 * Compile ${condition} (NULL: everybody) and read ${columns}, a list with
 * commas of facts, fields of the record and attr('Lead Source') (NULL: all
 * facts).  NULL with FU_EUSAGE, and the column in the text, when one of them
 * is wrong.
 *
 * fu_listing_for_others(listing): leave out everybody who has opted out of
 * anything, for what is given away [CS-09]; ${session} has FU_S_KEYS then.
 *
 * fu_listing_columns(listing, n): the columns, as asked for.
 *
 * fu_listing_run(listing, emit, ctx, err):
 * Hand everybody for whom the condition is true to ${emit}, in chunks, outside
 * any transaction.  ${emit} may keep nothing.  Stops early when the reader of
 * standard output has gone or a signal came.
 */
struct fu_listing *fu_listing_open(struct fu_session *, const char *,
    const char *, struct fu_err *);
void fu_listing_for_others(struct fu_listing *);
const struct fu_column *fu_listing_columns(const struct fu_listing *,
    size_t *);
int fu_listing_run(struct fu_listing *,
    int (*)(void *, const struct fu_listed *, struct fu_err *), void *,
    struct fu_err *);
void fu_listing_close(struct fu_listing *);

#endif
