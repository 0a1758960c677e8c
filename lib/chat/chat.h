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

/* Turns that are taken together: each another person's. */
#define FU_CHAT_TOGETHER	64

struct fu_chat_turn {
	/* what came */
	const char	*visitor;	/* NULL: a person on another channel */
	int64_t		 prospect;	/* that one, or 0 */
	const char	*channel;	/* "sms", "whatsapp"; NULL: the site */
	const char	*text;		/* NULL: they came back to the site */
	const char	*url;		/* of the page, or NULL; with the token of
					 * a touch's link, as the browser has it */
	const char	*link;		/* that token alone, or NULL */
	const char	*id;		/* the caller's of this turn, or NULL */
	bool		 recorded;	/* fu-ingest has it already */
	/* what came of it, in the arena */
	const char	*reject, *detail;	/* it is none: why, or NULL */
	const char	*reply;		/* NULL: nothing is said */
	const char	*silent;	/* why nothing is said: "human_owned" */
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

#endif
