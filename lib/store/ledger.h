/*
 * The ledger: suppression and consent, append only, and what they come to.
 *
 * Every row carries SHA-256 over the chain of the row before and its own
 * members, so an edited byte shows.  A subject is HMAC-SHA256 of an address
 * under fu.key, never an address.  The fold does not depend on the order of
 * arrival: each row counts at its own time, and of one second a revocation
 * beats a grant [LG-01, LG-02].  Nothing here decides what an event
 * means.
 */
#ifndef FU_STORE_LEDGER_H
#define FU_STORE_LEDGER_H

#include "base/hash.h"
#include "store/store.h"

#define FU_SUBJECT_LEN 65	/* 64 hex digits and NUL */

/*
 * fu_subject_email, fu_subject_phone(key, value, subject):
 * ${value} is an address as fu_email_parse() gives it (its +tag does not
 * count), or a number in E.164.
 */
void fu_subject_email(const struct fu_key *, const char *,
    char[FU_SUBJECT_LEN]);
void fu_subject_phone(const struct fu_key *, const char *,
    char[FU_SUBJECT_LEN]);

/* The source of a suppression that an event said before there was the address:
 * this, and the event's kind. */
#define FU_SOURCE_KEPT	"kept:"

struct fu_ledger_row {
	int64_t		 at_us;		/* of the act, not of its arrival */
	int64_t		 prospect;	/* 0: nobody's address */
	const char	*subject;
	const char	*channel;	/* "all" or one */
	const char	*event;		/* "suppress", "lift", "consent" */
	const char	*status;	/* of a consent: granted, pending, revoked */
	const char	*reason;	/* "suppressed", "objected", "hard_bounce" */
	const char	*rule;		/* "TC-03" */
	const char	*purpose, *basis, *scope, *source;
	const char	*evidence;	/* hash of the wording or message */
	const char	*detail;	/* JSON object, or NULL; no address in it */
	const char	*actor;		/* "prospect", "rep", "import" */
};

/*
 * fu_suppress(store, row, until_us, news, err):
 * Append and fold.  ${until_us} is FU_NEVER but for what passes by itself, and
 * becomes the row's detail.  ${news} tells whether it changed the fold; a row
 * that says nothing new is not appended.
 *
 * fu_lift(store, row, err): suppressions of that subject and channel that are
 * not newer no longer count.
 */
int fu_suppress(struct fu_store *, const struct fu_ledger_row *, int64_t,
    bool *, struct fu_err *);
int fu_lift(struct fu_store *, const struct fu_ledger_row *, struct fu_err *);

/*
 * fu_consent_add(store, row, wording, news, err):
 * Append a consent and fold it: the newest of a channel counts.  The row's
 * detail says what was agreed to; of it "complete" (true or false), "implied"
 * and "expires" (a time) are in the fold.  ${wording}, the text that was shown,
 * or NULL, is kept once, and the row's evidence becomes its hash.
 */
int fu_consent_add(struct fu_store *, const struct fu_ledger_row *,
    const char *, bool *, struct fu_err *);

/* A suppression in force. */
struct fu_suppression {
	const char	*channel, *reason, *rule;
	int64_t		 at_us, until_us;	/* FU_NEVER: for good */
};

/* The consent of one channel. */
struct fu_consent {
	const char	*channel, *status, *implied;
	int64_t		 at_us, expires_us;
	bool		 complete;
};

/*
 * fu_suppressions(store, subject, channel, now_us, arena, list, n, err):
 * Those of that subject that hold for ${channel} at ${now_us}, lifted ones
 * left out; ${channel} NULL is every channel's.  A grant that is newer than a
 * suppression clears it only where the caller says so.
 *
 * fu_consents(store, prospect, arena, list, n, err): one a channel at most.
 */
int fu_suppressions(struct fu_store *, const char *, const char *, int64_t,
    struct fu_arena *, struct fu_suppression **, size_t *, struct fu_err *);
int fu_consents(struct fu_store *, int64_t, struct fu_arena *,
    struct fu_consent **, size_t *, struct fu_err *);

/*
 * fu_ledger_note(store, row, err): append what folds into nothing: that a
 * person was erased, and why.
 *
 * fu_ledger_verify(store, bad_seq, n, head, err):
 * Recompute the chain of the whole ledger, in chunks, see that none is missing
 * at its end, and that suppressions and consents are what it comes to, no more
 * and no less.  Return 1 when all hold, with the number of rows and the last
 * one's chain in hex; 0 with the first row that does not agree in ${bad_seq}
 * and "chain differs" or "fold differs" in ${err}; or -1.
 *
 * fu_ledger_sound(store, now_us, fault, arena, err):
 * Of the chain the same for the last rows only, before a run that decides, and whether the
 * clock is not more than five minutes behind the last row; FU_NEVER: it is not
 * asked [LG-03].  1; 0 with ${fault} in words (of what to do, too); -1.
 *
 * fu_ledger_subject_holds(store, subject, bad_seq, arena, err):
 * Does each row of that subject hold against the one before it, and is what
 * they come to what the fold says of that subject, no more and no less?  Asked
 * before anything is decided about somebody, so that no decision stands on an
 * edited row however old.  1; 0 with the row in ${bad_seq}; -1.
 *
 * fu_ledger_consents_hold(store, prospect, bad_seq, arena, err):
 * The same of the consents of one person, and of what each carries.
 */
int fu_ledger_note(struct fu_store *, const struct fu_ledger_row *,
    struct fu_err *);
int fu_ledger_verify(struct fu_store *, int64_t *, int64_t *,
    char[FU_SUBJECT_LEN], struct fu_err *);
int fu_ledger_subject_holds(struct fu_store *, const char *, int64_t *,
    struct fu_arena *, struct fu_err *);
int fu_ledger_consents_hold(struct fu_store *, int64_t, int64_t *,
    struct fu_arena *, struct fu_err *);
int fu_ledger_sound(struct fu_store *, int64_t, const char **,
    struct fu_arena *, struct fu_err *);

#endif
