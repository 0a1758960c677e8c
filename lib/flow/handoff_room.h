/*
 * What the rooms of flow/handoff share; for lib/flow/handoff*.c and its test,
 * and for the words of a task in send_words.c and send_text.c.
 */
#ifndef FU_FLOW_HANDOFF_ROOM_H
#define FU_FLOW_HANDOFF_ROOM_H

#include "flow/handoff.h"
#include "flow/llm.h"
#include "store/dispatch.h"
#include "store/handoffs.h"

/* The transcript: newest turns, and bytes of one. */
#define FU_TRANSCRIPT_MAX	50
#define FU_TURN_MAX		4000
/* What a person reads in ten seconds, in bytes. */
#define FU_SUMMARY_MAX		240

/*
 * handoff_words.c: what a rep reads.  Pure; texts are literals or live in the
 * arena.
 *
 * fu_handoff_name(person, id, arena): "Jordan M.", else how they are known.
 * fu_handoff_amount(person, events, n, arena): "$48K"; NULL without a budget.
 * The currency is the one that they wrote a sum in, else that of the budget's
 * cell (budget_currency), else the country's, else dollars.
 * fu_handoff_about(trigger): "a competitor is named", for a subject line.
 * fu_handoff_action(trigger): "direct outreach", what a rep had best do.
 * fu_handoff_telling(triggers): of what is met, that of which the sentence
 * tells.
 * fu_handoff_within(us, arena): "within 24 hours".
 * fu_handoff_sentence(config, facts, triggers, arena): the alert's own words,
 * without the name: "visited your pricing page 4 times this week without
 * re-engaging the chatbot.", of the evidence that says most.
 */
const char *fu_handoff_name(const struct fu_person *, int64_t,
    struct fu_arena *);
const char *fu_handoff_amount(const struct fu_person *,
    const struct fu_event *, size_t, struct fu_arena *);
const char *fu_handoff_about(enum fu_trigger);
const char *fu_handoff_action(enum fu_trigger);
enum fu_trigger fu_handoff_telling(const struct fu_triggers *);
const char *fu_handoff_within(int64_t, struct fu_arena *);
const char *fu_handoff_sentence(const struct fu_config *,
    const struct fu_facts *, const struct fu_triggers *, struct fu_arena *);
/* On one line, cut at ${max} bytes with an ellipsis; and: does it end in a
 * full stop of its own? */
const char *fu_handoff_quote(const char *, size_t, struct fu_arena *);
bool fu_handoff_ends(const char *);

/*
 * handoff_summary.c: needs and objections as they stand, from record and
 * events.  Pure.
 */
#define FU_SAID_MAX 5
struct fu_handoff_said {
	const char	*need[FU_SAID_MAX], *objection[FU_SAID_MAX];
	size_t		 nneed, nobjection;
	const char	*amount, *timeline;	/* or NULL */
	const char	*text;			/* ${FU_SUMMARY_MAX} bytes at most */
};
void fu_handoff_summarise(const struct fu_person *, const struct fu_event *,
    size_t, struct fu_arena *, struct fu_handoff_said *);

/* handoff_package.c: the record, but for whom it goes to. */
struct fu_package_in {
	const struct fu_config		*config;
	const struct fu_case		*c;
	const struct fu_sender		*rep;	/* whose it is, or NULL */
	const struct fu_handoff		*h;	/* package: the one before, or NULL */
	const struct fu_triggers	*met;	/* what is new */
	/* What our touches said, an event each; NULL: not one, or not kept. */
	const char *const		*said;
	int64_t				 respond_us;
	const char			*summary;	/* a model's; or NULL */
};
const char *fu_handoff_package(const struct fu_package_in *,
    struct fu_arena *);
/* Does the transcript have it, when its words are kept? */
bool fu_handoff_is_turn(const struct fu_event *);

/*
 * handoff_tell.c: rows of the destinations, and the record that they make.
 *
 * fu_handoff_rep(session, owner, prospect): whose it is now: the owner, or on
 * the day on which an answer could begin somebody who is there.  NULL without
 * senders.
 *
 * fu_handoff_tell(session, handoff, kind, arena, out, err):
 * Every destination is to hear the hand-off's package, as ${kind}; what is on
 * no wire yet is renewed in its place.  The record goes into ${out}, which may
 * be NULL: then rows are put down for fu_handoff_due() to claim.
 *
 * fu_handoff_told(rows, n, arena, out, err): the record of rows under one
 * claim, one line.
 * fu_handoff_token(store, arena, token, err): a claim of its own.
 */
const struct fu_sender *fu_handoff_rep(const struct fu_session *, const char *,
    int64_t);
int fu_handoff_tell(struct fu_session *, const struct fu_handoff *,
    const char *, struct fu_arena *, struct fu_buf *, struct fu_err *);
int fu_handoff_told(const struct fu_dispatch *, size_t, struct fu_arena *,
    struct fu_buf *, struct fu_err *);
int fu_handoff_token(struct fu_store *, struct fu_arena *, const char **,
    struct fu_err *);

/*
 * handoff_phrase.c: the summary, by a language model.
 *
 * fu_brief_ask(llm, case, arena, brief): have it written from what was said.
 * In no transaction: it waits.
 */
struct fu_brief {
	int64_t prospect, news; /* of what it was written */
	struct fu_llm_out out;
	struct fu_brief *next;
};
void fu_brief_ask(struct fu_llm *, const struct fu_case *, struct fu_arena *,
    struct fu_brief *);

/*
 * handoff.c: write why something was done to a hand-off, and let the other
 * jobs know.
 */
int fu_handoff_note(struct fu_store *, const struct fu_handoff *, const char *,
    const char *, const char *, struct fu_err *);

#endif
