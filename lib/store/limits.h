/*
 * What has been used of the caps of senders and companies, and the domains
 * that are paused.
 */
#ifndef FU_STORE_LIMITS_H
#define FU_STORE_LIMITS_H

#include "store/store.h"

/* What a sender sent on a day (of company.zone), and when last; claims in
 * flight count. */
int fu_sender_used(struct fu_store *, const char *, int32_t, int *, int64_t *,
    struct fu_err *);
/* One more, at that instant; is it a mail? */
int fu_sender_add(struct fu_store *, const char *, int32_t, int64_t, bool,
    struct fu_err *);
/* Claims in flight of each sender. */
int fu_sender_in_flight(struct fu_store *, const char *, int *, int64_t *,
    struct fu_err *);

/*
 * fu_company_sent(store, domain, since_us, now_us, but, arena, at, n, err):
 * When automatic touches of a company's people left since ${since_us}, in no
 * order.  What is on its way counts as of ${now_us}; the touch ${but} does not
 * (0: none).
 */
int fu_company_sent(struct fu_store *, const char *, int64_t, int64_t, int64_t,
    struct fu_arena *, int64_t **, size_t *, struct fu_err *);

/*
 * fu_company_waits(store, domain, but, since_us, won, who, answered, err):
 * Does one of a company's people, other than ${but}, make the others wait?  One
 * whose answer, newer than ${since_us}, nobody has released, or with ${won}
 * one who became a customer: the first of them in ${who}, and whether it is an
 * answer.  1, 0, -1.
 */
int fu_company_waits(struct fu_store *, const char *, int64_t, int64_t, bool,
    int64_t *, bool *, struct fu_err *);

/*
 * fu_domain_slowed(store, domain, prospect, since_us, people, err):
 * That domain has put off mail to that person, now: how many ${people} it has
 * put off since ${since_us}.  What is older of it is forgotten.  In a
 * transaction.
 *
 * fu_alert_once(store, cause, day, err): 1 for the first of that cause on the
 * day (of company.zone), 0 for another, -1.  In a transaction.
 */
int fu_domain_slowed(struct fu_store *, const char *, int64_t, int64_t, int *,
    struct fu_err *);
int fu_alert_once(struct fu_store *, const char *, int32_t, struct fu_err *);

/*
 * fu_asked(store, subject, since_us, n, err): how often that address (its
 * subject in the ledger) was asked to confirm itself since then.
 * fu_asked_add(store, subject, err): it is, now.  In a transaction.
 */
int fu_asked(struct fu_store *, const char *, int64_t, int *, struct fu_err *);
int fu_asked_add(struct fu_store *, const char *, struct fu_err *);

/* Is mail to a domain paused?  Pause it.  (To resume: store/intake.h.) */
int fu_domain_paused(struct fu_store *, const char *, bool *, struct fu_err *);
int fu_domain_pause(struct fu_store *, const char *, const char *,
    struct fu_err *);
/* Why it is: 1, 0 when it is not, -1. */
int fu_domain_pause_reason(struct fu_store *, const char *, struct fu_arena *,
    const char **, struct fu_err *);

#endif
