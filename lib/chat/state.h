/*
 * What a conversation has come to: folded from the turns that were recorded.
 *
 * Pure.  A turn of ours carries what it asked and what it said ("asked",
 * "said", "sources" of the event), so that there is no second account of it.
 */
#ifndef FU_CHAT_STATE_H
#define FU_CHAT_STATE_H

#include "content/chat_words.h"
#include "record/event.h"

/* A visit is over when nothing was said for so long: we say anew who we are. */
#define FU_CHAT_VISIT_US	(12 * FU_HOUR)

struct fu_chat_state {
	bool			 begun;		/* something was said before */
	bool			 fresh;		/* a visit begins with this turn */
	enum fu_chat_ask	 asked;		/* by our last word, or NONE */
	const char		*channel;	/* of the consent that it asked */
	const char		*ours;		/* our last word; NULL: theirs, or none */
	unsigned		 last;		/* what it said: bits of enum fu_chat_part */
	unsigned		 ever;		/* asked at any time: bits of the above */
	int			 asked_visit;	/* how many in this visit */
	bool			 refused;	/* one of them, in this visit */
	int			 answered;	/* questions in this visit */
	int			 unknown;	/* turns in a row that we had no answer to */
	int64_t			 called_us;	/* when we said that a person was
						 * called; FU_NEVER */
	const char		*question;	/* the last that they asked, or NULL */
	const char		*sought;	/* and what was looked for: with what
						 * it leant on */
	const char		*before;	/* the last of an earlier visit */
	/* what they said of themselves, the last of each, or NULL */
	const char		*budget_per;	/* "year", "month", "seat_month" */
	const char		*topic, *budget, *timeline, *title, *email, *phone;
	const char		*about;		/* of the mail by whose link they
						 * came in this visit, or NULL */
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
