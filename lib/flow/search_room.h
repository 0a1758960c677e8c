/*
 * What the rooms of searching share.  For lib/flow/search*.c alone.
 */
#ifndef FU_FLOW_SEARCH_ROOM_H
#define FU_FLOW_SEARCH_ROOM_H

#include "content/shelf.h"
#include "content/synonyms.h"
#include "content/terms.h"
#include "flow/embed.h"
#include "flow/search.h"

#define FU_TONGUES_MAX	4	/* in which a word that is not known is tried */

struct fu_search {
	struct fu_session	*s;
	struct fu_terms		*terms;
	struct fu_synonyms	 synonyms;
	struct fu_shelf		 shelf;
	struct fu_basis		 basis;
	struct fu_arena		 arena;		/* of the basis */
	enum fu_tongue		 tongue[FU_TONGUES_MAX];
	size_t			 ntongue;
	int64_t			 version;	/* of the database, as it was read */
	bool			 read;
	struct fu_embedder	 embedder;	/* url NULL: not asked */
	bool			 opened;	/* has it been looked for? */
};

/*
 * fu_search_synonyms(search, err): those of rules/, where there are any.
 *
 * fu_query_read(search, text, arena, query, err): what is asked, with other
 * words for it.
 * fu_query_meaning(search, arena, query, err): what that means in the basis,
 * of which its vector and its share become those of ${query}.
 * In a transaction.
 */
int fu_search_synonyms(struct fu_search *, struct fu_err *);
int fu_query_read(struct fu_search *, struct fu_str, struct fu_arena *,
    struct fu_query *, struct fu_err *);
int fu_query_meaning(struct fu_search *, struct fu_arena *,
    struct fu_query *, struct fu_err *);

#endif
