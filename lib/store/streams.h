/*
 * What is known of the mail of a sender: how much left and what came of it,
 * and what DNS says of its domain.
 */
#ifndef FU_STORE_STREAMS_H
#define FU_STORE_STREAMS_H

#include "store/store.h"

struct fu_sender_sums {
	int64_t	 mails, bounces, complaints;
};

/*
 * fu_sender_count(store, sender, day, more, err): so many more on that day (of
 * company.zone).
 * fu_sender_sums(store, sender, after, sums, err): add to ${sums} what the
 * days after ${after} have.
 * fu_sender_days(store, sender, before, days, err): on how many days before
 * ${before} a mail of theirs left.
 */
int fu_sender_count(struct fu_store *, const char *, int32_t,
    const struct fu_sender_sums *, struct fu_err *);
int fu_sender_sums(struct fu_store *, const char *, int32_t,
    struct fu_sender_sums *, struct fu_err *);
int fu_sender_days(struct fu_store *, const char *, int32_t, int *,
    struct fu_err *);

/*
 * fu_mail_sender(store, touch, prospect, arena, sender, err):
 * Who sent that mail: the sender of ${touch} if it is one, else of the last
 * that went to ${prospect}; NULL if there is none.
 */
int fu_mail_sender(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    const char **, struct fu_err *);

/* The records of a domain as DNS had them, "" for one that is missing. */
struct fu_domain_auth {
	const char	*spf, *dkim, *dmarc;
	int64_t		 checked_us;
};
/* fu_auth_put is at now, in a transaction; fu_auth_get: 1, 0 never checked,
 * -1. */
int fu_auth_put(struct fu_store *, const char *, const struct fu_domain_auth *,
    struct fu_err *);
int fu_auth_get(struct fu_store *, const char *, struct fu_arena *,
    struct fu_domain_auth *, struct fu_err *);

#endif
