/*
 * One person's case: the record, the events, the facts at an instant, and who
 * writes to them from which zone.  What every job asks policy about.
 */
#ifndef FU_FLOW_CASE_H
#define FU_FLOW_CASE_H

#include "flow/session.h"
#include "policy/facts.h"
#include "policy/gate.h"
#include "store/prospects.h"

struct fu_case {
	struct fu_prospect	 p;
	struct fu_event		*event;		/* sorted by fu_event_order */
	size_t			 nevent;
	struct fu_subject	 subject;
	struct fu_facts		 facts;
	struct fu_their_clock	 clock;		/* plans are made by */
	const struct fu_zone	*zone;		/* its zone; never NULL */
	bool			 zone_known;
	const struct fu_sender	*sender;	/* NULL only without any sender */
	/* A colleague for whose sake they wait, 0 for none; who answered, or
	 * became a customer. */
	int64_t			 colleague;
	bool			 colleague_answered;
};

/* The facts that cost a query of their own. */
#define FU_FACTS_ACCOUNT	((UINT64_C(1) << FU_FACT_ACCOUNT_PEOPLE) | \
				 (UINT64_C(1) << FU_FACT_ACCOUNT_VISITS_7D))

/*
 * fu_case_load(session, prospect, facts, arena, case, err):
 * Load a person and fold the facts at the session's clock.  ${facts} is the
 * mask of facts that will be asked for.  1, 0 when there is no such person,
 * -1.  Everything is in the arena; ${case} must not move afterwards.
 *
 * fu_case_person(session, prospect, arena, case, err): the same without events
 * and facts.
 *
 * fu_case_make(session, case): fill subject, zone and sender of a case whose
 * p, event and nevent are there already (scans of everybody).
 *
 * fu_case_owner(prospect): whose they are: the owner of the record, else who
 * wrote to them first; NULL when nobody has.
 *
 * fu_case_at(case, now_us): fold the facts again, at another instant.
 */
int fu_case_load(struct fu_session *, int64_t, uint64_t, struct fu_arena *,
    struct fu_case *, struct fu_err *);
int fu_case_person(struct fu_session *, int64_t, struct fu_arena *,
    struct fu_case *, struct fu_err *);
const char *fu_case_owner(const struct fu_prospect *);
void fu_case_make(struct fu_session *, struct fu_case *);
void fu_case_at(struct fu_case *, int64_t);

/* The zone to show times of a channel in: of a task the company's, else the one
 * that plans are made in, so that the days are those that the plan counts. */
const struct fu_zone *fu_case_shown_zone(const struct fu_session *,
    const struct fu_case *, enum fu_channel);

/* When what nobody releases ends an enrolment: fourteen days after a reply or
 * a rep's word [P1.6]; INT64_MAX where neither waits. */
#define FU_UNRELEASED_MAX_US	(14 * FU_DAY)
int64_t fu_case_unreleased(const struct fu_case *);

/* What makes the person's touches wait at an instant: enum fu_pause bits. */
unsigned fu_case_pauses(const struct fu_case *, int64_t);
/* When, of pauses that end by time alone, the last has ended; FU_NEVER if
 * none has since ${since_us}. */
int64_t fu_case_pause_ended(const struct fu_case *, int64_t, int64_t);

/*
 * fu_case_ledger(session, case, channel, arena, state, err):
 * What the ledger says for a touch on that channel.
 */
int fu_case_ledger(struct fu_session *, const struct fu_case *,
    enum fu_channel, struct fu_arena *, struct fu_ledger_state *,
    struct fu_err *);

/*
 * fu_case_channels(session, case, arena, mask, err):
 * The channels that the person can be reached on, a bit each: an address is
 * there, and, for SMS and WhatsApp, consent is.
 */
int fu_case_channels(struct fu_session *, const struct fu_case *,
    struct fu_arena *, unsigned *, struct fu_err *);

/* Is the cadence's person barred on all channels (CS-04)? */
bool fu_ledger_bars(const struct fu_ledger_state *);

#endif
