/*
 * The whole story of one person, in order: what came in, what was decided
 * about it and by which rule, what left, and how it stands now.
 *
 * Reads only.  What it says of now, it asks of the same functions that decide.
 */
#ifndef FU_FLOW_WHY_H
#define FU_FLOW_WHY_H

#include "flow/cadence.h"
#include "store/history.h"

/* One entry of it. */
struct fu_story {
	int64_t		 at_us;
	const char	*kind;		/* import, event, score, enrolment, gate,
					   send, handoff, consent, suppression,
					   merge, conflict, note, now, ... */
	const char	*verdict, *reason, *rule, *program;	/* or NULL */
	int64_t		 touch, handoff, event, ledger;	/* 0: none */
	const char	*step, *channel, *cadence;	/* or NULL */
	int64_t		 until_us;	/* FU_NEVER: none */
	const char	*inputs;	/* JSON object, or NULL */
	const char	*text;		/* the entry in a sentence */
	int		 rank;		/* among those of one instant, */
	size_t		 order;		/* and of one rank */
};

struct fu_told {
	struct fu_case	 person;
	struct fu_story	*story;
	size_t		 n, cap;
};

/*
 * fu_why_tell(session, cadencer, prospect, arena, told, err):
 * Everything that is known to have happened to the person, in order of time,
 * and last how it stands at the session's clock.  1; 0 when there is no such
 * person; -1.
 */
int fu_why_tell(struct fu_session *, struct fu_cadencer *, int64_t,
    struct fu_arena *, struct fu_told *, struct fu_err *);

/*
 * fu_why_nobody(session, text, arena, told, err):
 * The same of an address or a number (+...) that is nobody's: what the ledger
 * has of it, and what of that holds now.  Of the person in ${told} nothing but
 * that address is there.  1; 0 when nothing is on record of it, or it is no
 * address; -1.
 */
int fu_why_nobody(struct fu_session *, const char *, struct fu_arena *,
    struct fu_told *, struct fu_err *);

#endif
