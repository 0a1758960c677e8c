/*
 * The conversation: one turn in, one reply out, its state in the store.
 *
 * Recognises, greets, answers from the knowledge base, qualifies, takes
 * consent, and yields to a person.  What it says rests on passages of the
 * operator's; what it does not find it says so.  Sends nothing: a hand-off
 * that it brings about is claimed by fu-due.
 */
#ifndef FU_CHAT_CHAT_H
#define FU_CHAT_CHAT_H

#include "flow/session.h"
#include "record/event.h"

/* Turns that are taken together: each another person's. */
#define FU_CHAT_TOGETHER	64

struct fu_chat_turn {
	/* what came */
	const char	*visitor;	/* NULL: a person on another channel */
	int64_t		 prospect;	/* that one, or 0 */
	const char	*channel;	/* "sms", "whatsapp", "email": the reply
					 * leaves by it; NULL: the site */
	const char	*text;		/* NULL: they came back to the site */
	const char	*url;		/* of the page, or NULL; with the token of
					 * a touch's link, as the browser has it */
	const char	*link;		/* that token alone, or NULL */
	const char	*id;		/* the caller's of this turn, or NULL */
	const char	*message_id;	/* of the mail that it is, or NULL */
	bool		 recorded;	/* fu-ingest has it already, */
	int64_t		 event;		/* by that id; 0: not known */
	bool		 later;		/* fu_chat_fetched() will say that the
					 * reply was shown */
	/* what came of it, in the arena */
	const char	*reject, *detail;	/* it is none: why, or NULL */
	const char	*reply;		/* NULL: nothing is said */
	const char	*silent;	/* why nothing is said: "human_owned",
					 * "same_visit", or the gate's reason */
	const char	*sources;	/* JSON array of documents */
	const char	*signals, *extracted;	/* JSON */
	const char	*handoff;	/* the trigger that was met, or NULL */
	const char	*asked;		/* what we asked, or NULL */
	int64_t		 who;		/* the person, 0: nobody */
};

struct fu_chat;

/*
 * fu_chat_open(session, clock, err):
 * ${clock} is the session's own: one that stands still is moved on by the
 * microsecond that a turn takes, so that no two are at the same instant.
 * ${session} must be open with FU_S_CONFIG, FU_S_RULES, FU_S_KEYS and
 * FU_S_WRITE.  FU_ECONFIG when chat.disclosure says nothing: a chat that does
 * not say what it is does not start [WC-01].
 *
 * fu_chat_take(chat, turns, n, arena, err):
 * Take ${n} turns, FU_CHAT_TOGETHER at most, no two of one visitor or person.
 * What is said of each is durable when it returns.  0 or -1.
 */
struct fu_chat *fu_chat_open(struct fu_session *, struct fu_clock *,
    struct fu_err *);
void fu_chat_close(struct fu_chat *);
int fu_chat_take(struct fu_chat *, struct fu_chat_turn *, size_t,
    struct fu_arena *, struct fu_err *);

/*
 * fu_chat_rep(session, prospect, by, text, err):
 * A rep (a sender's key, name or email; NULL: the owner) says ${text} to that
 * person: from then on the conversation is theirs, until it is released.
 */
int fu_chat_rep(struct fu_session *, int64_t, const char *, const char *,
    struct fu_err *);

/* Our words in the site's chat, a rep's or (of turns that are shown later) the
 * chat's own. */
struct fu_chat_word {
	int64_t		 id;		/* rising */
	int64_t		 at_us;
	enum fu_from	 from;
	const char	*rep;		/* a sender's key, or NULL */
	const char	*text;
};

/* What somebody wrote by text or mail, and nobody has looked at. */
struct fu_chat_asks {
	int64_t		 id;		/* rising */
	int64_t		 prospect, event;
	const char	*body;		/* the event, as fu-ingest took it */
};

/*
 * fu_chat_asking(session, after, max, arena, asks, n, err):
 * Of the last 24 hours, above the id ${after}, in order.  A turn that is taken
 * with that event is looked at, whatever is said to it.
 */
int fu_chat_asking(struct fu_session *, int64_t, size_t, struct fu_arena *,
    struct fu_chat_asks **, size_t *, struct fu_err *);

/*
 * fu_chat_waiting(session, visitor, after, arena, words, n, err):
 * What that visitor has not been shown yet, above the id ${after}, in order.
 *
 * fu_chat_fetched(session, visitor, through, err):
 * The page has shown it, up to that id.  What is not fetched two minutes after
 * it was said leaves once, by mail, when there is a confirmed address; what is
 * fetched before that mail leaves does not.  Makes a transaction of its own.
 *
 * fu_chat_continues(session, in_reply_to, references, arena, err):
 * Does a mail with those headers go on with a conversation of ours?  1, 0, -1.
 */
int fu_chat_waiting(struct fu_session *, const char *, int64_t,
    struct fu_arena *, struct fu_chat_word **, size_t *, struct fu_err *);
int fu_chat_fetched(struct fu_session *, const char *, int64_t,
    struct fu_err *);
int fu_chat_continues(struct fu_session *, const char *, const char *,
    struct fu_arena *, struct fu_err *);

#endif
