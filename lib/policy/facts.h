/*
 * Facts: what conditions, scores, triggers and reports may know of a person,
 * folded from the record and the events in one pass.
 *
 * Pure.  One table names the facts, for code and man page alike.
 */
#ifndef FU_POLICY_FACTS_H
#define FU_POLICY_FACTS_H

#include "record/event.h"
#include "record/person.h"

enum fu_fact {
	/* of the record */
	FU_FACT_EMAIL, FU_FACT_PHONE, FU_FACT_FIRST_NAME, FU_FACT_LAST_NAME,
	FU_FACT_TITLE, FU_FACT_COMPANY, FU_FACT_COMPANY_SIZE,
	FU_FACT_INDUSTRY, FU_FACT_COUNTRY, FU_FACT_REGION, FU_FACT_BUDGET,
	FU_FACT_INTEREST, FU_FACT_SOURCE, FU_FACT_BASIS, FU_FACT_SEGMENT,
	FU_FACT_OWNER, FU_FACT_STAGE, FU_FACT_SENIORITY, FU_FACT_TIMELINE_DAYS,
	/* of the score */
	FU_FACT_SCORE, FU_FACT_PREVIOUS_SCORE, FU_FACT_BAND,
	FU_FACT_SCORED_BEFORE,
	/* folded from events */
	FU_FACT_VISITS, FU_FACT_VISITS_7D, FU_FACT_PRICING_VISITS_7D,
	FU_FACT_DEMO_VISITS_7D, FU_FACT_CHATS, FU_FACT_CHATS_SINCE_DEMO,
	FU_FACT_QUESTIONS, FU_FACT_OBJECTIONS_OPEN, FU_FACT_OBJECTIONS_RAISED,
	FU_FACT_COMPETITOR, FU_FACT_REPLIES, FU_FACT_REPLIES_SINCE_MEETING,
	FU_FACT_REPLIES_SINCE_DEMO, FU_FACT_REPLIES_SINCE_TOUCH,
	FU_FACT_DOWNLOADS, FU_FACT_DEMOS, FU_FACT_MEETINGS,
	FU_FACT_MEETINGS_BOOKED, FU_FACT_CONTACT_SHARED, FU_FACT_TOUCHES_SENT,
	FU_FACT_WON, FU_FACT_LOST, FU_FACT_ACCOUNT_PEOPLE,
	FU_FACT_ACCOUNT_VISITS_7D,
	/* time, in whole days of 24 hours; NULL for never */
	FU_FACT_DAYS_SINCE_SEEN, FU_FACT_DAYS_SINCE_VISIT,
	FU_FACT_DAYS_SINCE_REPLY, FU_FACT_DAYS_SINCE_MEETING,
	FU_FACT_DAYS_SINCE_DEMO, FU_FACT_DAYS_SINCE_TOUCH,
	FU_FACT_DAYS_SILENT, FU_FACT_DAYS_ABSENT,
	FU_FACT_N		/* at most 64: sets of facts are bit masks */
};

struct fu_fact_def {
	const char	*name;
	const char	*doc;
};
extern const struct fu_fact_def fu_fact_defs[FU_FACT_N];
int fu_fact_find(const char *);		/* -1 if none */

enum fu_value_type { FU_V_NULL, FU_V_INT, FU_V_REAL, FU_V_TEXT };
struct fu_value {
	enum fu_value_type	 type;
	int64_t			 i;
	double			 r;
	const char		*s;
};

#define FU_OBJECTIONS_MAX	32	/* of a person's, open at once */

/* What a fold needs besides the events. */
struct fu_subject {
	const struct fu_person	*person;
	int64_t			 prospect;
	int64_t			 known_us;	/* since when we know them */
	int64_t			 timeline_us;	/* when the timeline was stated; FU_NEVER: known_us */
	int			 score, previous_score;	/* -1: none */
	const char		*band;		/* or NULL */
	int64_t			 first_scored_us; /* or FU_NEVER */
	int64_t			 return_used_us; /* newest return a cadence used */
	int64_t			 account_people, account_visits_7d;
};

struct fu_facts {
	struct fu_value		 v[FU_FACT_N];
	const struct fu_subject	*subject;	/* borrowed */
	const struct fu_event	*event;		/* borrowed, in order of time */
	size_t			 nevent;
	int64_t			 now_us;
	int64_t			 return_us;	/* the unused return of the last day, or FU_NEVER */
	/* newest of each, FU_NEVER for none; for plan, trigger and stats */
	int64_t			 seen_us, visit_us, reply_us, meeting_us,
				 demo_us, touch_us, engaged_us;
	int64_t			 meeting_booked_us, won_us, lost_us;
	int64_t			 booked_start_us; /* soonest start to come of what is booked */
	char			 competitor[64]; /* decoded, cut to fit */
	uint64_t		 objection[FU_OBJECTIONS_MAX]; /* open, by hash */
	size_t			 nobjection;
};

/*
 * fu_facts_fold(subject, events, n, now_us, facts):
 * Fold ${events}, sorted by fu_event_order; those after ${now_us} are not
 * looked at.  ${facts} borrows everything, and points into itself: it is not
 * to be copied.
 *
 * fu_facts_next(facts, mask):
 * The first instant after now at which time alone changes a fact of ${mask}
 * (bit i is fact i), or INT64_MAX.
 */
void fu_facts_fold(const struct fu_subject *, const struct fu_event *, size_t,
    int64_t, struct fu_facts *);
int64_t fu_facts_next(const struct fu_facts *, uint64_t);

/* Is an objection of that kind ("price") open? */
bool fu_facts_objects(const struct fu_facts *, const char *);

/* How many events of that name in the last ${days} (0: ever): events(). */
int64_t fu_facts_events(const struct fu_facts *, const char *, int64_t);
/* When that count falls next, by time alone; INT64_MAX: never. */
int64_t fu_facts_events_next(const struct fu_facts *, const char *, int64_t);

/*
 * fu_number_parse(text, value):
 * Is all of ${text} but blanks around it a decimal number?  Then ${value} is
 * it, an integer where it fits, whatever the locale.
 */
bool fu_number_parse(struct fu_str, struct fu_value *);

/* A custom column as conditions see it: attr(). */
struct fu_value fu_facts_attr(const struct fu_facts *, const char *,
    struct fu_arena *);

/*
 * fu_title_seniority(title):
 * 0 unknown, 1 staff, 2 senior, 3 manager or head, 4 director, 5 VP,
 * 6 C-level, owner, founder.
 *
 * fu_timeline_by(text, stated_us, day):
 * The last day (day number, UTC) that ${text} can mean, said at ${stated_us}:
 * "Q3", "3-6 months", "next quarter", "2026-09", "end of year", "asap".  False
 * when it says no time.
 *
 * fu_timeline_dated(text, stated_us, day):
 * The same, false when it names no day either: "asap".
 */
int fu_title_seniority(const char *);
bool fu_timeline_by(const char *, int64_t, int32_t *);
bool fu_timeline_dated(const char *, int64_t, int32_t *);

#endif
