/*
 * Making, changing and merging people, and recording what happened to them.
 *
 * Everything here is inside a transaction of the caller's.  Who somebody is,
 * and which value wins, the caller has decided.
 */
#ifndef FU_STORE_INTAKE_H
#define FU_STORE_INTAKE_H

#include "record/event.h"
#include "record/person.h"
#include "store/identity.h"

/* fu_batch_add(store, name, id, err): where data comes from: a file's name, or
 * FU_BATCH_TOLD for what a text of theirs said, by whichever channel. */
#define FU_BATCH_TOLD	"what they wrote"
int fu_batch_add(struct fu_store *, const char *, int64_t *, struct fu_err *);

/* A person's row, as far as intake writes it. */
struct fu_intake {
	int64_t		 id;
	const char	*f[FU_FIELD_N];
	const char	*attrs;		/* JSON object, or NULL */
	const char	*company_domain;
	int64_t		 batch;		/* that made it */
	uint64_t	 fields;	/* what that batch gave */
	int64_t		 timeline_us;	/* FU_NEVER: with the record */
	unsigned	 optout;	/* FU_OUT_*; written by the raise alone */
	int64_t		 optout_us;
};

/*
 * fu_intake_load(store, id, arena, row, err): 1, 0 if there is none, -1.
 *
 * fu_intake_insert(store, row, err): make the person; the id is drawn here.
 * Identities are added by the caller.
 *
 * fu_intake_update(store, row, changed, batch, err):
 * Write fields, attrs, domain and timeline of a row loaded before, and raise
 * the person's news.  ${changed} is the mask of fields that ${batch} gave, for
 * the provenance; touches held are looked at again.
 *
 * fu_intake_optout(store, id, bits, at_us, news, err):
 * Raise the person's opt-outs, which nothing lowers; ${news} tells whether
 * one of them is new.  It binds addresses that come later: those that are
 * known, the caller writes to the ledger.
 */
int fu_intake_load(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_intake *, struct fu_err *);
int fu_intake_insert(struct fu_store *, struct fu_intake *, struct fu_err *);
int fu_intake_update(struct fu_store *, const struct fu_intake *, uint64_t,
    int64_t, struct fu_err *);
int fu_intake_optout(struct fu_store *, int64_t, unsigned, int64_t, bool *,
    struct fu_err *);

/*
 * fu_merge(store, keep, gone, reason, err):
 * ${gone} turns out to be ${keep}: what ${keep} does not know is taken from
 * it, everything that belongs to it moves, its id resolves to ${keep} for
 * ever, and the merge is on record.  The ledger, being append-only, stays as
 * it is: it is kept by address.
 */
int fu_merge(struct fu_store *, int64_t, int64_t, const char *,
    struct fu_err *);

/*
 * fu_decision_once(store, decision, err): put it on record unless the same
 * one is there already.
 */
int fu_decision_once(struct fu_store *, const struct fu_decision *,
    struct fu_err *);

/*
 * fu_event_add(store, event, batch, recorded, err):
 * Record it; the id is filled in, unless one was given.  ${recorded} is
 * false, and the id that of the first, when the person has an event with that
 * dedup.
 * fu_event_put(store, event, batch, recorded, err): the same for one with an
 * id that is likely to be new: it costs one statement less then.
 * fu_event_known(store, prospect, dedup, id, err): 1, 0, -1.
 * fu_event_newest(store, prospect, kind, at_us, err): of that kind, FU_NEVER
 * if there is none.
 * fu_event_optout(store, prospect, at_us, arena, kind, err): the kind of the
 * person's event of that instant that can have been an opt-out, or NULL.
 * fu_event_told(store, prospect, told, err): have they told us anything
 * themselves, in a chat or on a form?
 * fu_bounces(store, prospect, since_us, arena, statuses, times, n, err): the
 * statuses of the person's bounces since then, in order of time.
 */
int fu_event_add(struct fu_store *, struct fu_event *, int64_t, bool *,
    struct fu_err *);
int fu_event_put(struct fu_store *, struct fu_event *, int64_t, bool *,
    struct fu_err *);
int fu_event_known(struct fu_store *, int64_t, uint64_t, int64_t *,
    struct fu_err *);
int fu_event_newest(struct fu_store *, int64_t, const char *, int64_t *,
    struct fu_err *);
int fu_event_optout(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    const char **, struct fu_err *);
int fu_event_told(struct fu_store *, int64_t, bool *, struct fu_err *);
int fu_bounces(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    const char ***, int64_t **, size_t *, struct fu_err *);

/* What a run of one person's events did to the row; folded at their own time,
 * so the order of arrival does not show. */
struct fu_effect {
	int64_t	 news;		/* how many */
	int64_t	 inbound_us, inbound_chat_us, inbound_wa_us; /* FU_NEVER */
	int64_t	 reply_us;	/* a human reply that waits, the earliest */
	int64_t	 human_us;	/* a rep's word */
	const char *human_by;
	int64_t	 ooo_us;	/* back at, the latest */
	int64_t	 doubt_us;	/* a text that may be a stop, the earliest */
};
int fu_effect_apply(struct fu_store *, int64_t, const struct fu_effect *,
    struct fu_err *);

/* fu_touch_owner: whose touch is that?  1, 0, -1.
 * fu_touch_by_message(store, id, touch, err): the touch whose Message-ID
 * ${id} is, with or without brackets, or whose relay gave it that id, alone or
 * before an @.  1, 0, -1.
 * fu_company_latest: of a company's people, who was here last?  1, 0, -1.
 * fu_domain_resume(store, domain, was, err): mail to that domain may leave
 * again; ${was} it paused?  Left as it is when not.
 * fu_suppressed_any: does the ledger hold a suppression of anybody?
 * fu_external_system: the one system whose ids people are known by, in the
 * arena; NULL if there are none or several. */
int fu_touch_by_message(struct fu_store *, const char *, int64_t *,
    struct fu_err *);
int fu_touch_owner(struct fu_store *, int64_t, int64_t *, struct fu_err *);
int fu_company_latest(struct fu_store *, const char *, int64_t *,
    struct fu_err *);
int fu_suppressed_any(struct fu_store *, bool *, struct fu_err *);
int fu_external_system(struct fu_store *, struct fu_arena *, const char **,
    struct fu_err *);
int fu_domain_resume(struct fu_store *, const char *, bool *,
    struct fu_err *);

#endif
