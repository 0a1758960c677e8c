/*
 * What the rooms of flow/ingest share; for lib/flow/ingest*.c alone.
 */
#ifndef FU_FLOW_INGEST_ROOM_H
#define FU_FLOW_INGEST_ROOM_H

#include "flow/ingest.h"
#include "store/intake.h"
#include "store/ledger.h"

/* Who a record is about [DESIGN 14]. */
struct fu_who {
	int64_t		 id;		/* 0: nobody whom we know */
	int64_t		 merge[4];	/* others that turn out to be them */
	size_t		 nmerge;
	int64_t		 clash;		/* who holds the id under another email */
	int64_t		 email_clash;	/* who holds a further address */
	int64_t		 shares_phone;	/* somebody else with that number */
};

/* ingest_who.c */
int fu_ingest_who(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_who *, struct fu_err *);

/* ingest_people.c: write a row; and fields that a person told us, where
 * ${over} or where they are empty. */
int fu_ingest_write_person(struct fu_ingest *, struct fu_ingest_row *,
    struct fu_err *);
int fu_ingest_join(struct fu_ingest *, struct fu_ingest_row *,
    const struct fu_who *, int64_t *, struct fu_err *);
int fu_ingest_create(struct fu_ingest *, struct fu_ingest_row *,
    const struct fu_who *, int64_t *, struct fu_err *);
int fu_ingest_fields(struct fu_ingest *, int64_t, const struct fu_person *,
    enum fu_on_conflict, uint64_t, const struct fu_ingest_row *, int64_t,
    int64_t, bool *, struct fu_err *);
int fu_ingest_identities(struct fu_ingest *, const struct fu_ingest_row *,
    const struct fu_who *, int64_t, bool *, struct fu_err *);
int fu_ingest_batch(struct fu_ingest *, bool, int64_t *, struct fu_err *);

/* ingest_order.c: fill in->order. */
int fu_ingest_order(struct fu_ingest *, struct fu_err *);

/* ingest_events.c */
int fu_ingest_write_event(struct fu_ingest *, struct fu_ingest_row *,
    struct fu_err *);

/* ingest_check.c: is a member of an event none of its closed set?  -1 with a
 * reason for the reject. */
int fu_ingest_check(enum fu_kind, const struct fu_object *, struct fu_arena *,
    const char **, struct fu_err *);

/* ingest_apply.c: what an event that was recorded does at once. */
int fu_ingest_apply(struct fu_ingest *, struct fu_ingest_row *,
    const struct fu_signals *, struct fu_err *);
/* Nothing follows from it but that the person was here.  What such events of
 * one person did is written at once, by fu_ingest_flush() at the latest. */
bool fu_ingest_quiet(const struct fu_ingest_row *);
int fu_ingest_flush(struct fu_ingest *, struct fu_err *);
bool fu_ingest_nobody(const struct fu_ingest_row *, const struct fu_signals *);

/* ingest_optout.c: one person's addresses, or those of the row alone. */
struct fu_optout {
	const char	*channel;	/* "all" or one */
	const char	*reason, *rule, *source, *actor;
	int64_t		 at_us, until_us;
	bool		 emails, phones;	/* which addresses */
	const char	*scope, *evidence;
	const char	*only;		/* this email, of all; or NULL */
};
int fu_ingest_optout(struct fu_ingest *, int64_t, const struct fu_ingest_row *,
    const struct fu_optout *, bool *, struct fu_err *);
int fu_ingest_consent(struct fu_ingest *, const struct fu_ingest_row *, bool *,
    struct fu_err *);
int fu_ingest_start(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);

#endif
