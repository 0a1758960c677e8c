/*
 * What there is to say to one person: the choice of an insight from the
 * knowledge base as it was indexed.
 */
#ifndef FU_FLOW_KNOWLEDGE_H
#define FU_FLOW_KNOWLEDGE_H

#include "content/insight.h"
#include "flow/case.h"
#include "flow/search.h"
#include "store/shown.h"

struct fu_knowledge {
	struct fu_session	*s;
	struct fu_arena		 arena;
	struct fu_document	*document;	/* without their bodies */
	int64_t			*id;		/* of each */
	size_t			 n, cap;
	const char		*tongue;	/* that of most passages, or NULL */
	struct fu_search	*search;	/* NULL: nothing was asked yet */
};

#define FU_CHOICE_PASSAGES 3

/* What a person gets to read, and why. */
struct fu_choice {
	const struct fu_document *document;	/* its summary is the text */
	struct fu_shown_row	 shown;		/* what to remember of it */
	const char		*told;		/* JSON object for the trail */
	/* Passages of it, the one nearest to their words first. */
	const char		*passage[FU_CHOICE_PASSAGES];
	size_t			 npassage;
};

/*
 * fu_knowledge_open(session, knowledge, err):
 * The documents that there are.  A run that writes first takes in what has
 * changed below fu.yaml's "knowledge:"; a document that cannot be read is told
 * of and left as it was.
 *
 * fu_knowledge_choose(knowledge, case, kinds, language, now_us, shown, arena,
 * choice, err):
 * Of those kinds, in that language (NULL: that of most of the knowledge base,
 * in which messages are that say no other: a mail is in one language), the best
 * document for the person that is new to them: not in ${shown}, nor half the same as something
 * there.  1, 0 when there is none, -1.  All in ${arena}, but for the document's
 * own texts.
 */
int fu_knowledge_open(struct fu_session *, struct fu_knowledge *,
    struct fu_err *);
void fu_knowledge_close(struct fu_knowledge *);
int fu_knowledge_choose(struct fu_knowledge *, const struct fu_case *,
    const struct fu_list *, const char *, int64_t, const struct fu_shown *,
    struct fu_arena *, struct fu_choice *, struct fu_err *);

#endif
