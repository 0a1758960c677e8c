/*
 * What the rooms of chat/ share; for those of lib/chat alone.
 */
#ifndef FU_CHAT_ROOM_H
#define FU_CHAT_ROOM_H

#include "chat/chat.h"
#include "chat/plan.h"
#include "config/message.h"
#include "content/terms.h"
#include "flow/cadence.h"
#include "flow/handoff.h"
#include "flow/ingest.h"
#include "flow/knowledge.h"
#include "flow/score.h"
#include "flow/search_weigh.h"

struct fu_chat {
	struct fu_session	*session;
	struct fu_clock		*clock;
	struct fu_arena		 arena;		/* for the run */
	struct fu_ingest	 in;
	struct fu_detector	*detector;	/* the ingest's */
	struct fu_scoring	*scoring;
	struct fu_cadencer	*cadencer;
	struct fu_handoffer	*handoffer;
	struct fu_search	*search;
	struct fu_knowledge	 knowledge;
	struct fu_terms		*terms;
	struct fu_chat_words	 words[FU_CHAT_TONGUES];
	size_t			 nwords;
	struct fu_message	*message;
	size_t			 nmessage;
};

/* One turn on its way. */
struct fu_chat_way {
	struct fu_chat_turn	*turn;
	struct fu_arena		*arena;
	int64_t			 prospect;	/* 0: nobody yet */
	struct fu_case		 c;
	struct fu_chat_state	 state;		/* before this turn */
	struct fu_signals	 said;
	struct fu_chat_in	 in;
	struct fu_chat_plan	 plan;
	const char		*about;		/* of the touch whose link it was */
	const char		*focus;		/* what of their text asks; NULL: all */
	const char		*query;		/* what was looked for, or NULL */
	struct fu_weighed	*weighed;	/* its parts */
	struct fu_found		*found;		/* NULL: no answer */
	const char		*answer;	/* out of it */
	int			 chunk;		/* the passage that it is of */
	struct fu_touch_row	*touch;		/* the step that waits, or NULL */
	const char		*step;		/* its words */
	struct fu_choice	 insight;	/* of the step; document NULL: none */
	bool			 again;		/* answered before: as then */
	size_t			 row;		/* of the window + 1, 0: none */
};

/*
 * step.c
 * fu_chat_step(chat, way, err): the chat step that waits for this person, in
 * way->touch and way->step, if the gate lets it be said and there is what it
 * says.
 * fu_chat_step_said(chat, way, err): remember its insight; in a transaction.
 */
int fu_chat_step(struct fu_chat *, struct fu_chat_way *, struct fu_err *);
int fu_chat_step_said(struct fu_chat *, const struct fu_chat_way *,
    struct fu_err *);

/*
 * find.c
 * fu_chat_find(chat, way, err): look for an answer to what they ask.
 * fu_chat_cut(chat, way, sentences, characters, err): out of what was found,
 * into way->answer; NULL when the room is too small.
 *
 * reply.c
 * fu_chat_language(chat, way): that they write, as a tag; NULL when it cannot
 * be told.
 * fu_chat_reply(chat, way, err): the words of the plan, into way->turn.
 */
int fu_chat_find(struct fu_chat *, struct fu_chat_way *, struct fu_err *);
int fu_chat_cut(struct fu_chat *, struct fu_chat_way *, size_t, size_t,
    struct fu_err *);
const char *fu_chat_language(struct fu_chat *, const struct fu_chat_way *);
int fu_chat_reply(struct fu_chat *, struct fu_chat_way *, struct fu_err *);
/* Is the address that they typed the one that is on their own record? */
bool fu_chat_confirmed(const struct fu_chat_way *);

/*
 * link.c
 * fu_chat_link(chat, way, err): what the touch was about whose link they came
 * by, into way->about.
 */
int fu_chat_link(struct fu_chat *, struct fu_chat_way *, struct fu_err *);

/*
 * elsewhere.c
 * fu_chat_may_answer(chat, way, err): 1; 0 when it may not leave by the turn's
 * channel, which way->turn->silent then says; -1.
 * fu_chat_looked(chat, way, err): what fu-ingest had recorded waits no more; in
 * a transaction.
 * fu_chat_channel(session, prospect, arena, channel, err): by which text channel
 * somebody wrote last and may be written to; NULL: none.
 */
int fu_chat_may_answer(struct fu_chat *, struct fu_chat_way *,
    struct fu_err *);
int fu_chat_looked(struct fu_chat *, const struct fu_chat_way *,
    struct fu_err *);
int fu_chat_channel(struct fu_session *, int64_t, struct fu_arena *,
    const char **, struct fu_err *);

/*
 * who.c
 * fu_chat_who(chat, way, err): an address that they typed is asked whose it is;
 * in a transaction.
 */
int fu_chat_who(struct fu_chat *, const struct fu_chat_way *, struct fu_err *);

/*
 * events.c: what is recorded of a turn, each a line of JSON in the arena.
 */
struct fu_str fu_chat_event_theirs(const struct fu_chat *,
    const struct fu_chat_way *);
struct fu_str fu_chat_event_ours(const struct fu_chat *,
    const struct fu_chat_way *);
struct fu_str fu_chat_event_consent(const struct fu_chat *,
    const struct fu_chat_way *);
/* The id of our words, of a turn that has one of its own. */
const char *fu_chat_reply_id(const struct fu_chat_way *);

#endif
