/*
 * People as the jobs see them: a row of the record, the score, what makes
 * touches wait, and how much of their news each job has seen.
 *
 * Making, changing and merging people is store/intake.h.
 */
#ifndef FU_STORE_PROSPECTS_H
#define FU_STORE_PROSPECTS_H

#include "record/person.h"
#include "store/store.h"

struct fu_prospect {
	int64_t			 id;
	struct fu_person	 person;	/* attrs parsed from attrs_json */
	const char		*attrs_json;	/* JSON object, or NULL */
	const char		*company_domain;
	int64_t			 batch;
	uint64_t		 fields;
	int64_t			 known_us, timeline_us;
	int64_t			 news, done_score, done_cadence, done_handoff;
	int64_t			 rescore_us;
	int			 score, previous_score;	/* -1: none */
	const char		*band, *factors;	/* JSON array */
	int64_t			 scored_us, first_scored_us;
	int64_t			 reply_pending_us, human_us;
	int64_t			 doubt_us;	/* of a text that may be a stop */
	const char		*human_by;
	const char		*written_by;	/* a sender's key, or NULL */
	int64_t			 handoff_open;		/* 0: none */
	int64_t			 handoff_until_us;	/* its respond_by */
	int64_t			 ooo_until_us;
	int64_t			 evidence_us;
	bool			 score_fired, title_used;
	int64_t			 return_used_us;
	const char		*barred;		/* or NULL */
	bool			 objected;		/* to marketing: not scored */
	int64_t			 last_inbound_us, last_inbound_chat_us,
				 last_inbound_wa_us;
};

enum fu_job { FU_JOB_SCORE, FU_JOB_CADENCE, FU_JOB_HANDOFF };

/*
 * fu_prospect_load(store, id, arena, prospect, err):
 * The person of that id, or of the one it was merged into.  1, 0 if there is
 * none, -1.
 *
 * fu_prospects_next(store, after, max, arena, array, n, err):
 * Up to ${max} people with ids above ${after}, in order of id: one chunk of a
 * scan of everybody.
 *
 * fu_prospect_last(store, id, err): the greatest id that there is, 0 for none.
 */
int fu_prospect_last(struct fu_store *, int64_t *, struct fu_err *);
int fu_prospect_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_prospect *, struct fu_err *);
int fu_prospects_next(struct fu_store *, int64_t, size_t, struct fu_arena *,
    struct fu_prospect **, size_t *, struct fu_err *);

/*
 * fu_prospects_lagging(store, after, max, ids, n, err):
 * Ids above ${after}, in order, of whom something is new to any job, or whose
 * rescore_at has come.  ${ids} has room for ${max}.
 */
int fu_prospects_lagging(struct fu_store *, int64_t, size_t, int64_t *,
    size_t *, struct fu_err *);

/* A phone as typed in E.164, without its blanks and dashes; NULL if it is
 * none. */
const char *fu_phone_typed(const char *, struct fu_arena *);

/*
 * fu_prospect_find(store, text, id, err):
 * A PERSON operand: an id (17, or prospect:17), an email, a phone (E.164, blanks and dashes
 * allowed) or a visitor id.  1, 0 if nobody, -1.  A phone of several people is
 * nobody's.
 */
int fu_prospect_find(struct fu_store *, const char *, int64_t *,
    struct fu_err *);

/* The id after merges; the same where there was none. */
int fu_prospect_living(struct fu_store *, int64_t, int64_t *, struct fu_err *);

/*
 * fu_prospect_score_set(store, prospect, score, band, factors, rescore_us, err):
 * A new score for ${prospect} as it was read.  When score or band differ the
 * old score becomes previous_score; that, and an instant of rescore_at that
 * has come, are news to the other jobs.
 * fu_prospect_done(store, job, id, seen, err): the job has seen that much.
 * fu_prospect_news(store, id, err): something is new.
 */
int fu_prospect_score_set(struct fu_store *, const struct fu_prospect *, int,
    const char *, const char *, int64_t, struct fu_err *);
int fu_prospect_done(struct fu_store *, enum fu_job, int64_t, int64_t,
    struct fu_err *);
int fu_prospect_news(struct fu_store *, int64_t, struct fu_err *);

/*
 * fu_prospect_answered: no reply of theirs waits any more.
 * fu_prospect_doubt_over: a text that may be a stop is decided about, if it is
 * newer than ${after_us}.
 *
 * fu_doubts(store, before_us, list, max, n, err):
 * At most ${max} people, the oldest first, whose text that may be a stop was
 * there at ${before_us} already and whom no rep has.
 */
struct fu_doubt {
	int64_t	 prospect, at_us;
};
int fu_prospect_answered(struct fu_store *, int64_t, struct fu_err *);
int fu_prospect_doubt_over(struct fu_store *, int64_t, int64_t,
    struct fu_err *);
int fu_doubts(struct fu_store *, int64_t, struct fu_doubt *, size_t, size_t *,
    struct fu_err *);

/* What makes touches wait; FU_NEVER (0 for handoff) clears. */
/* The sender who wrote to them first, if nobody has: ${sender} is a key. */
int fu_prospect_written_by(struct fu_store *, int64_t, const char *,
    struct fu_err *);
int fu_prospect_human(struct fu_store *, int64_t, int64_t, const char *,
    struct fu_err *);
int fu_prospect_handoff_open(struct fu_store *, int64_t, int64_t, int64_t,
    struct fu_err *);
int fu_prospect_ooo(struct fu_store *, int64_t, int64_t, struct fu_err *);
int fu_prospect_barred(struct fu_store *, int64_t, const char *,
    struct fu_err *);
int fu_prospect_return_used(struct fu_store *, int64_t, int64_t,
    struct fu_err *);
/* What hand-offs have used: newest evidence, score fired, title used. */
int fu_prospect_evidence(struct fu_store *, int64_t, int64_t, bool, bool,
    struct fu_err *);

/* The people of a company: their number and their visits since ${since_us}. */
int fu_company_counts(struct fu_store *, const char *, int64_t, int64_t *,
    int64_t *, struct fu_err *);

#endif
