/*
 * What one reply says, and what it asks: the decision of a turn.
 *
 * Pure.  Their question comes first; one question of ours at most, none twice,
 * none after a refusal, four a visit, none while a person was called.
 */
#ifndef FU_CHAT_PLAN_H
#define FU_CHAT_PLAN_H

#include "chat/state.h"
#include "policy/signal.h"

#define FU_CHAT_ASKS_VISIT	4
#define FU_CHAT_PARTS		6

struct fu_chat_in {
	const struct fu_config		*config;
	const struct fu_chat_state	*state;
	const struct fu_signals		*said;	/* NULL: they came, and said nothing */
	bool	 asks;		/* what may have an answer */
	bool	 question;	/* what wants one */
	bool	 topical;	/* is about prices, terms, set-up */
	bool	 told;		/* a figure or a signal is in it */
	bool	 found;		/* the knowledge base has one */
	bool	 unsure;	/* but it may be no answer */
	bool	 figure;	/* a number is in it */
	bool	 rival;		/* it is about what somebody else charges */
	bool	 step;		/* a chat step waits for them, and may be said */
	bool	 knows_topic;	/* there is something to greet them with */
	bool	 has_need, has_timeline, has_budget, has_title, has_contact;
	bool	 called;	/* this turn made a person be called */
	bool	 waiting;	/* one was called before and has not come yet */
	bool	 owned;		/* a person has the conversation */
	bool	 text;		/* by SMS or WhatsApp: no disclosure each day */
};

struct fu_chat_plan {
	enum fu_chat_part	 part[FU_CHAT_PARTS];
	size_t			 n;
	enum fu_chat_ask	 ask;
	const char		*channel;	/* of a consent that is asked */
	bool			 silent;	/* nothing is said at all */
	/* a consent that they gave or refused by what they were asked */
	const char		*consent;	/* "email", or NULL */
	bool			 granted;
};

void fu_chat_plan(const struct fu_chat_in *, struct fu_chat_plan *);
bool fu_chat_says(const struct fu_chat_plan *, enum fu_chat_part);

#endif
