/*
 * Answers that leave the chat: a text to who wrote one, a mail with words that
 * nobody fetched, and what answers such a mail.
 *
 * Puts down only: fu-due claims them, fu-send asks the gate again and delivers.
 */
#ifndef FU_FLOW_ANSWER_H
#define FU_FLOW_ANSWER_H

#include "flow/ingest.h"

#define FU_SERVICE_ANSWER	"answer"

/* Words that nobody has fetched for so long leave by mail. */
#define FU_UNFETCHED_US		(2 * FU_MINUTE)

/* The member of a chat event of ours that says that it is to reach them. */
#define FU_DELIVER		"deliver"

struct fu_words {
	enum fu_from	 from;
	const char	*rep;		/* a sender's key, or NULL */
	const char	*text;
};
struct fu_answer {
	int64_t			 prospect;
	enum fu_channel		 channel;
	const char		*to;
	const char		*in_reply_to;	/* of their mail, or NULL */
	const struct fu_words	*words;
	size_t			 n;
	bool			 waited;	/* on the site, unfetched */
};

/*
 * fu_answer_ask(session, case, class, channel, to, arena, verdict, err):
 * What the gate says of a service message of that class to that number or
 * address, which may be nobody's (a case without a person).
 *
 * fu_answer_put(session, answer, arena, dispatch, err):
 * Put it down, due at once; the id in ${dispatch}.  A text is stale after 24
 * hours, a mail after seven days.  In a transaction.
 *
 * fu_answer_due(session, prospect, arena, err):
 * Words of ours that have waited two minutes leave by one mail to the address
 * on that person's record, if there is one.  In a transaction.
 *
 * fu_answer_to(session, ids, arena, prospect, err):
 * Do those Message-IDs (one, or a list with blanks) name a mail of ours of
 * that kind?  1 with who it went to, 0, -1.
 */
int fu_answer_ask(struct fu_session *, const struct fu_case *,
    enum fu_touch_class, enum fu_channel, const char *, struct fu_arena *,
    struct fu_verdict *, struct fu_err *);
int fu_answer_put(struct fu_session *, const struct fu_answer *,
    struct fu_arena *, int64_t *, struct fu_err *);
int fu_answer_due(struct fu_session *, int64_t, struct fu_arena *,
    struct fu_err *);
int fu_answer_to(struct fu_session *, const char *, struct fu_arena *,
    int64_t *, struct fu_err *);

#endif
