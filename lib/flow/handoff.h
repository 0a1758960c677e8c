/*
 * Hand-offs: firing triggers, the package, a rep's verbs, escalations.
 *
 * All functions that write are called inside a transaction of the store, but
 * for fu_handoff_due(), which makes its own; fu_handoff_ready() in none.
 */
#ifndef FU_FLOW_HANDOFF_H
#define FU_FLOW_HANDOFF_H

#include "flow/case.h"
#include "policy/trigger.h"

/* The triggers with their conditions compiled. */
struct fu_handoffer;

struct fu_handoffer *fu_handoffer_open(struct fu_session *, struct fu_err *);
void fu_handoffer_close(struct fu_handoffer *);
/* The facts that triggers use, and when time alone may make one fire. */
uint64_t fu_handoffer_facts(const struct fu_handoffer *);
int64_t fu_handoffer_next(const struct fu_handoffer *, const struct fu_facts *);

/*
 * fu_handoff_look(handoffer, prospect, arena, out, err):
 * Look at a person: open an episode, or add evidence to the open one, write
 * what is to be told to the destinations, claimed, and put its record (a line
 * with LF, fu-records(5)) into ${out}; nothing when no trigger is met.  Marks
 * the news as seen.  A person whose score has not seen the news yet waits for
 * that: what fires is to carry the score that it made.  1, 0 when there is no
 * such person, -1.
 */
int fu_handoff_look(struct fu_handoffer *, int64_t, struct fu_arena *,
    struct fu_buf *, struct fu_err *);

/*
 * fu_handoff_ready(handoffer, prospect, arena):
 * Before the transaction in which fu_handoff_look() will look at that person:
 * where fu.yaml names a language model, have it write the summary of what
 * would fire.  Waits on the network.  Says nothing of what fails.
 */
void fu_handoff_ready(struct fu_handoffer *, int64_t, struct fu_arena *);

/* What a rep does; also by events handoff_accepted, released, task_done. */
enum fu_rep_verb {
	FU_REP_ACCEPT, FU_REP_DECLINE, FU_REP_DONE, FU_REP_RELEASE,
	FU_REP_PAUSE
};
/*
 * fu_handoff_verb(session, verb, prospect, id, by, at_us, err):
 * ${id}: of the hand-off (accept, decline, release) or of the touch (done), 0:
 * the open one of ${prospect}.  Accept: human_owned until released.  Decline:
 * the episode ends, the cadence goes on.  Release: ends the episode, clears
 * reply_pending and human_owned.  Pause: human_owned without a hand-off.
 * 1, 0 when there is nothing to do it to (${err} says what was found), -1.
 */
int fu_handoff_verb(struct fu_session *, enum fu_rep_verb, int64_t, int64_t,
    const char *, int64_t, struct fu_err *);

/*
 * fu_handoff_due(session, emit, ctx, err):
 * For fu-due: let episodes lapse whose respond_by has passed, write their
 * escalations, claim what is to be told (hand-offs not yet delivered, added
 * evidence, escalations, service messages) and hand each record to ${emit},
 * after the commit.  Deadline of the person's open one passing raises news.
 */
int fu_handoff_due(struct fu_session *,
    int (*)(void *, struct fu_str, struct fu_err *), void *, struct fu_err *);

/*
 * fu_handoff_end(session, prospect, reason, err):
 * The open episode of a person ends, if there is one: won, lost, stopped.
 */
int fu_handoff_end(struct fu_session *, int64_t, const char *, struct fu_err *);

/* An open episode, as a list shows it. */
struct fu_handoff_row {
	int64_t		 handoff, prospect;
	const char	*state;		/* open, accepted, lapsed */
	const char	*name, *email, *owner, *accepted_by;	/* or NULL */
	const char	*trigger;	/* in words, as the alert has it */
	int64_t		 fired_us, respond_by_us;
	const char	*respond_by;	/* the same for people, in our zone */
	struct fu_str	 record;	/* the package and the state, a line */
};

/*
 * fu_handoff_list(session, owner, emit, ctx, err):
 * Hand the open episodes to ${emit}, in order of prospect: those of the sender
 * whose key, name or email is ${owner}, or (NULL) all.  FU_EUSAGE when there
 * is no such sender.  No transaction is open while ${emit} runs.
 */
int fu_handoff_list(struct fu_session *, const char *,
    int (*)(void *, const struct fu_handoff_row *, struct fu_err *), void *,
    struct fu_err *);

#endif
