/*
 * What the rooms of flow/send share; for lib/flow/send*.c alone.
 */
#ifndef FU_FLOW_SEND_ROOM_H
#define FU_FLOW_SEND_ROOM_H

#include "channel/channel.h"
#include "config/message.h"
#include "content/context.h"
#include "flow/ask.h"
#include "flow/knowledge.h"
#include "flow/llm.h"
#include "flow/send.h"
#include "flow/witness.h"
#include "store/attempts.h"
#include "store/dispatch.h"

/* One transport of this run, opened when it is first needed. */
struct fu_via {
	const void		*key;	/* fu_transport or fu_destination */
	struct fu_channel_conf	 conf;
	struct fu_chan		*chan;	/* NULL: not open */
	bool			 failed;
	const char		*reason; /* why, once it has failed */
	const char		*fault;	/* in words */
	uint64_t		 tried, faults;	/* transfers; of them cut off */
	size_t			 alone;	/* slack: hand-offs that went alone */
};

/* Results of one kind in this run. */
struct fu_tally {
	enum fu_send_status	 status;
	const struct fu_via	*via;		/* or NULL */
	const char		*words;		/* why */
	bool			 fault;		/* the connection's */
	uint64_t		 n;
};

struct fu_send {
	struct fu_session	*session;
	struct fu_cadencer	*cadencer;
	struct fu_witness	*witness;	/* NULL: none is needed */
	struct fu_arena		 arena;		/* for the run */
	struct fu_message	*message;
	size_t			 nmessage;
	struct fu_knowledge	 knowledge;
	struct fu_llm		 llm;		/* url NULL: there is none */
	struct fu_preview {		/* or NULL: records are written */
		const char	*html;	/* a file, or NULL */
		struct fu_buf	 page;
	}			*preview;
	struct fu_list		 noise, urgency;
	struct fu_via		**via;
	size_t			 nvia, via_cap;
	int			 connections;	/* -j, or 0 */
	/* Of a copy made by --rehearse: where all of it goes; else NULL. */
	const char		*trial_outbox;
	const char		*refused;	/* a code: nothing may leave */
	bool			 wrong;		/* why is filled in */
	struct fu_err		 why;		/* the first refusal or fault */
	uint64_t		 count[FU_SEND_STATUS_N];
	struct fu_tally		*tally;
	size_t			 ntally, tally_cap;
};

/* One message on its way: a touch, or one destination of a dispatch. */
struct fu_parcel {
	struct fu_item		*item;		/* its record */
	const char		*claim;
	bool			 is_touch;
	struct fu_touch_row	 row;		/* a touch, */
	struct fu_dispatch	 d;		/* or a dispatch */
	int64_t			 prospect;
	struct fu_via		*via;
	/* what leaves; made by fu_send_touch() or fu_send_dispatch() */
	struct fu_delivery	 delivery;
	struct fu_choice	 insight;	/* document NULL: none */
	struct fu_phrasing {		/* told NULL: nobody was asked */
		const char	*doc, *hash, *summary;	/* of what */
		const char	*text;		/* NULL: the sources' own */
		const char	*reason, *detail;	/* then: why */
		const char	*told;		/* JSON object for the trail */
	}			 phrasing;
	const char		*sender;	/* key; NULL: no cap counts */
	struct fu_attempt	 attempt;
	bool			 ready;		/* composed and allowed */
	const char		*thread, *variant, *html;	/* of a mail */
	const char		*in_reply_to, *references;	/* of one of ours */
	struct fu_ctx		*ctx;		/* slack: what its template had */
	struct fu_parcel	*leader;	/* whose message says it; or NULL */
	bool			 started;	/* its attempt is durable */
	struct fu_send		*send;		/* for may_start */
	struct fu_arena		*arena;
	/* what came of it */
	bool			 settled;
	enum fu_send_status	 status;
	const char		*reason, *rule, *detail, *message_id;
	int64_t			 until_us;	/* FU_NEVER: no such */
	const char		*gate;		/* what let it leave, JSON; or NULL */
	const char		*other_route;	/* who hears instead; or NULL */
};

/*
 * send.c, send_batch.c
 * fu_send_read(session, connections): what fu_send_open() does without writing:
 * messages, knowledge base and phrases, and whether these forbid sending.
 */
struct fu_send *fu_send_read(struct fu_session *, int);
void fu_send_wrong(struct fu_send *, const struct fu_err *);
void fu_parcel_settle(struct fu_parcel *, enum fu_send_status, const char *,
    const char *);

/*
 * send_via.c
 * fu_via_of_transport, fu_via_of_destination: the transport of a channel, or
 * of a destination of a hand-off, not opened yet.
 * fu_via_open: 1, or 0 when it failed; fu_send_close() will tell.
 * fu_via_failed: note that the transport as a whole does not work.
 * fu_via_alert: tell alerts.to of the services that refused us in this run.
 * fu_via_group: how many share a commit.
 * fu_via_trial: a copy that was made for trying sends to its own outbox, which
 * lies beside it: trial.outbox of trial.db.  0, or -1.
 * fu_via_sample: a fault when `sample: true` and a channel leaves this machine.
 */
struct fu_via *fu_via_of_transport(struct fu_send *,
    const struct fu_transport *);
struct fu_via *fu_via_of_destination(struct fu_send *,
    const struct fu_destination *);
/* How a touch leaves; NULL with FU_ECONFIG when its channel has no way. */
struct fu_via *fu_via_of_touch(struct fu_send *, const struct fu_sender *,
    enum fu_channel, struct fu_err *);
int fu_via_open(struct fu_send *, struct fu_via *);
void fu_via_failed(struct fu_send *, struct fu_via *, const struct fu_err *);
size_t fu_via_group(const struct fu_send *, const struct fu_via *);
int fu_via_alert(struct fu_send *, struct fu_err *);
int fu_via_trial(struct fu_send *, struct fu_err *);
int fu_via_sample(const struct fu_config *, struct fu_err *);

/*
 * send_touch.c, send_dispatch.c: inside the transaction of the attempts, make
 * the parcel ready, or settle it and give its claim back.
 */
int fu_send_touch(struct fu_send *, struct fu_parcel *, struct fu_err *);
int fu_send_dispatch(struct fu_send *, struct fu_parcel *, struct fu_err *);
/* Which transport a dispatch takes; NULL: settled as failed. */
int fu_send_dispatch_via(struct fu_send *, struct fu_parcel *, struct fu_err *);

/*
 * fu_send_give_up(send, parcel, reason, state, err): it never will be told;
 * final, with its reason.
 * fu_send_package(parcel, key): a text of what a dispatch has to tell, or NULL.
 *
 * send_service.c
 * fu_send_service(send, parcel, channel, to, from, err): a service message.
 * fu_send_service_still(parcel): right before the wire, may it leave all the
 * same?  False with the parcel's reason [LG-04].
 */
int fu_send_give_up(struct fu_send *, struct fu_parcel *, const char *,
    enum fu_touch_state, struct fu_err *);
const char *fu_send_package(const struct fu_parcel *, const char *);
int fu_send_service(struct fu_send *, struct fu_parcel *, enum fu_channel,
    const char *, const struct fu_sender *, struct fu_err *);

bool fu_send_service_still(struct fu_parcel *);

/*
 * What the gate says of a touch before it is composed, as if its message were
 * as it should be; ${message} may be NULL.
 */
struct fu_verdict_asked {
	struct fu_asked asked;
	struct fu_verdict v;
	bool notice; /* it wants the notice alone */
};
int fu_send_ask(struct fu_send *, const struct fu_case *,
    const struct fu_touch *, const struct fu_message *, struct fu_arena *,
    struct fu_verdict_asked *, struct fu_err *);
/* The step of a touch; NULL when the files have it no more. */
const struct fu_step *fu_send_step(
    const struct fu_send *, const struct fu_touch *);

/*
 * send_phrase.c
 * fu_send_phrase(send, group, n): have a model write the paragraph of
 * those touches that the gate would let leave.  In no transaction: it waits.
 * fu_send_paragraph(send, case, message, choice, arena, phrasing): of one.
 * fu_send_phrased(phrasing, choice, arena): put it in the place of the
 * insight's text, if it is still of that one.
 */
void fu_send_phrase(struct fu_send *, struct fu_parcel **, size_t);
void fu_send_paragraph(struct fu_send *, const struct fu_case *,
    const struct fu_message *, const struct fu_choice *, struct fu_arena *,
    struct fu_phrasing *);
void fu_send_phrased(
    struct fu_phrasing *, struct fu_choice *, struct fu_arena *);

/* send_message.c: what is said, and what is in the way of saying it. */
struct fu_said {
	enum fu_reason		 content;	/* or FU_R_NONE */
	bool			 injection, deceptive, no_postal, unsubscribe,
				 notice;
	const char		*detail;
};
/* What is new to a person at that step, in the message's language; 0: the
 * step asks for an insight and there is none. */
int fu_send_insight(struct fu_send *, const struct fu_touch_row *,
    const struct fu_case *, const struct fu_step *, const struct fu_message *,
    struct fu_arena *, struct fu_choice *, struct fu_err *);
int fu_send_message(struct fu_send *, struct fu_parcel *,
    const struct fu_case *, const struct fu_step *,
    const struct fu_message *, bool,
    struct fu_said *, struct fu_err *);

/*
 * send_mail.c
 * fu_send_mail_own(send, parcel, from, to_name, to, subject, text, html, err):
 * A mail of our own: a task, a hand-off, a service message.  1; 0 with the
 * parcel's reason when it cannot be one; -1.
 */
int fu_send_mail_own(struct fu_send *, struct fu_parcel *,
    const struct fu_sender *, const char *, const char *, const char *,
    const char *, const char *, struct fu_err *);
bool fu_send_needs_utf8(const char *);
const struct fu_sender *fu_send_owner(const struct fu_send *,
    const struct fu_prospect *);
/* The owner, or on a day that they are away who stands in: for what our own
 * people read. */
const struct fu_sender *fu_send_there(const struct fu_send *,
    const struct fu_prospect *);

/* send_words.c: what people said, for templates and tasks. */
const char *fu_words_task(const struct fu_case *, const struct fu_zone *,
    struct fu_arena *);

/*
 * send_alert.c
 * fu_words_kind(dispatch, text, arena): ${text}, of an escalation or of more
 * evidence with words that say so.
 * fu_words_inert(ctx, arena): nothing in it is a reference to Salesforce.
 * fu_words_handoff(ctx, dispatch, zone, now_us, json, arena): complete the
 * package of a hand-off, as its templates name it; for JSON or for mail.
 */
const char *fu_words_kind(const struct fu_dispatch *, const char *,
    struct fu_arena *);
void fu_words_inert(struct fu_ctx *, struct fu_arena *);
void fu_words_handoff(struct fu_ctx *, const struct fu_dispatch *,
    const struct fu_zone *, int64_t, bool, struct fu_arena *);

/*
 * send_pace.c
 * fu_via_is_slack, fu_via_posts: to Slack; to Slack or a webhook.
 * fu_pace_wait(parcel, delivery): wait for this message's turn, no two runs
 * having the same, and for as long as the answer in ${delivery} asked.  False,
 * with the parcel's reason, when that is too long or the run is to end.
 * fu_send_post_again_at(tries, first_us, now_us, wish_us): when to try again
 * after the ${tries}-th try (from 1): 30 seconds later, then twice as long each
 * time, an hour at most, not before ${wish_us} from now; FU_NEVER when that
 * would be more than 48 hours after the first.
 */
bool fu_via_is_slack(const struct fu_via *);
bool fu_via_posts(const struct fu_via *);
bool fu_pace_wait(struct fu_parcel *, const struct fu_delivery *);
int64_t fu_send_post_again_at(int, int64_t, int64_t, int64_t);

/*
 * send_digest.c
 * fu_digest_room: how many hand-offs for Slack make the next group.
 * fu_digest_make(send, group, n, err): when some have gone alone in this run,
 * the started ones of the group leave in the first one's message.
 * fu_digest_share(delivery, leader): what became of that is theirs.
 */
size_t fu_digest_room(const struct fu_via *);
int fu_digest_make(struct fu_send *, struct fu_parcel **, size_t,
    struct fu_err *);
void fu_digest_share(struct fu_delivery *, const struct fu_delivery *);

/*
 * send_route.c
 * fu_send_other_route(send, parcel, err): a destination of a hand-off has
 * failed for good: say on standard error who is told besides; when nobody is,
 * put a mail to the rep down.  Inside the transaction of the outcome.
 */
int fu_send_other_route(struct fu_send *, struct fu_parcel *, struct fu_err *);

/* send_attempt.c */
int fu_attempts_begin(struct fu_send *, struct fu_parcel **, size_t,
    struct fu_err *);
int fu_attempts_end(struct fu_send *, struct fu_parcel **, size_t,
    struct fu_err *);
/* Claims go back, whatever they were to be; the parcels are settled as held. */
int fu_parcels_release(struct fu_send *, struct fu_parcel **, size_t,
    const char *, struct fu_err *);

/*
 * send_tally.c
 * fu_tally_add: count the result of a parcel.
 * fu_tally_tell(send, rc, err): say what the run came to: a line of sums,
 * unless -q, and one a reason of what was not delivered.  ${rc}; or -1 with
 * FU_ETEMP and a reason not said yet when it is not -1 and every transfer of
 * some transport was cut off.
 */
void fu_tally_add(struct fu_send *, const struct fu_parcel *);
int fu_tally_tell(const struct fu_send *, int, struct fu_err *);

/* send_outcome.c: one parcel's outcome, inside their transaction. */
int fu_send_outcome(struct fu_send *, struct fu_parcel *, struct fu_err *);

/* send_preview.c: one parcel as text, and into the page; at the end the page
 * into its file. */
void fu_preview_put(const struct fu_parcel *, struct fu_buf *);
int fu_preview_end(struct fu_send *, struct fu_err *);

#endif
