/*
 * What a conversation has come to: folded from the turns that were recorded.
 *
 * Pure.  A turn of ours carries what it asked and what it said ("asked",
 * "said", "sources" of the event), so that there is no second account of it.
 */
#ifndef FU_CHAT_STATE_H
#define FU_CHAT_STATE_H

#include "record/event.h"

/* A visit is over when nothing was said for so long: we say anew who we are. */
#define FU_CHAT_VISIT_US	(12 * FU_HOUR)

/* What we ask, one a reply at most. */
enum fu_chat_ask {
	FU_ASK_NONE, FU_ASK_NEED, FU_ASK_TIMELINE, FU_ASK_BUDGET,
	FU_ASK_AUTHORITY, FU_ASK_EMAIL, FU_ASK_CONSENT, FU_ASK_PERSON,
	FU_ASK_DEMO, FU_ASK_N
};
const char *fu_chat_ask_name(enum fu_chat_ask);
enum fu_chat_ask fu_chat_ask_find(const char *);	/* NONE if it is none */

/* What we say, as a reply is put together and as "said" has it. */
enum fu_chat_part {
	FU_SAY_DISCLOSURE, FU_SAY_HELLO, FU_SAY_RETURN, FU_SAY_STEP,
	FU_SAY_ANSWER, FU_SAY_UNKNOWN, FU_SAY_NOTED, FU_SAY_REFUSED,
	FU_SAY_WELCOME, FU_SAY_BYE, FU_SAY_YES, FU_SAY_NO, FU_SAY_BOT,
	FU_SAY_PROMISE, FU_SAY_RIVAL, FU_SAY_STOPPED, FU_SAY_ERASURE,
	FU_SAY_CALLED, FU_SAY_CALLED_ALREADY, FU_SAY_ADDRESS, FU_SAY_GIVEN,
	FU_SAY_CONSENT_NO, FU_SAY_LISTEN, FU_SAY_BOOK, FU_SAY_N
};
const char *fu_chat_part_name(enum fu_chat_part);

struct fu_chat_state {
	bool			 begun;		/* something was said before */
	bool			 fresh;		/* a visit begins with this turn */
	enum fu_chat_ask	 asked;		/* by our last word, or NONE */
	const char		*ours;		/* our last word; NULL: theirs, or none */
	unsigned		 ever;		/* asked at any time: bits of the above */
	int			 asked_visit;	/* how many in this visit */
	bool			 refused;	/* one of them, in this visit */
	int			 answered;	/* questions in this visit */
	int			 unknown;	/* turns in a row that we had no answer to */
	int64_t			 called_us;	/* when we said that a person was
						 * called; FU_NEVER */
	const char		*question;	/* the last that they asked, or NULL */
	const char		*before;	/* the last of an earlier visit */
	/* what they said of themselves, the last of each, or NULL */
	const char		*topic, *budget, *timeline, *title, *email, *phone;
	int64_t			 last_us;	/* the last turn; FU_NEVER */
	const char		**cited;	/* documents, as they were cited */
	size_t			 ncited, cited_cap;
	const struct fu_event	**theirs;	/* what they wrote, in order */
	size_t			 ntheirs;
};

/*
 * fu_chat_state_fold(events, n, visitor, now_us, arena, state):
 * The conversation of one visitor (NULL: of the person, on any channel) among
 * a person's events, which are sorted, as it stands for a turn at ${now_us}.  Chat turns,
 * and what they wrote by text message, are its turns.
 */
void fu_chat_state_fold(const struct fu_event *, size_t, const char *, int64_t,
    struct fu_arena *, struct fu_chat_state *);

#endif
