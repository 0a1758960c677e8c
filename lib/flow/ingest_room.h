/*
 * What the rooms of flow/ingest share; for lib/flow/ingest*.c alone.
 */
#ifndef FU_FLOW_INGEST_ROOM_H
#define FU_FLOW_INGEST_ROOM_H

#include "flow/ingest.h"
#include "flow/stream.h"
#include "record/csv.h"
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

/*
 * ingest_thread.c
 * fu_ingest_answers(event): does its kind come by mail, and may name what it
 * answers?
 * fu_ingest_thread(ingest, event, err): the touch that it answers by the ids
 * of its original_id, in_reply_to and references, when it names none and one
 * is known.
 */
bool fu_ingest_answers(const struct fu_event *);
int fu_ingest_thread(struct fu_ingest *, struct fu_event *, struct fu_err *);

/* ingest_who.c */
int fu_ingest_who(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_who *, struct fu_err *);

/* ingest_people.c: write a row. */
int fu_ingest_write_person(struct fu_ingest *, struct fu_ingest_row *,
    struct fu_err *);
int fu_ingest_join(struct fu_ingest *, struct fu_ingest_row *,
    const struct fu_who *, int64_t *, struct fu_err *);
int fu_ingest_create(struct fu_ingest *, struct fu_ingest_row *,
    const struct fu_who *, int64_t *, struct fu_err *);
int fu_ingest_identities(struct fu_ingest *, const struct fu_ingest_row *,
    const struct fu_who *, int64_t, bool *, struct fu_err *);
int fu_ingest_batch(struct fu_ingest *, bool, int64_t *, struct fu_err *);

/* ingest_fields.c: fields of somebody, with ${row} NULL those that they told us
 * at ${at_us}; and a person's custom members but those ${taken}. */
int fu_ingest_fields(struct fu_ingest *, int64_t, const struct fu_person *,
    enum fu_on_conflict, uint64_t, struct fu_ingest_row *, int64_t, int64_t,
    bool *, struct fu_err *);
void fu_ingest_attrs(const struct fu_person *, const bool *, struct fu_jw *);

/* ingest_tell.c: how a table was read; columns that are kept as they
 * are, and that could be an opt-out's; once, a kind of event that is none of
 * ours but looks like one;
 * owners (NULL: none) that are no senders, counted and told at the end. */
void fu_ingest_owner(struct fu_ingest *, const char *);
void fu_ingest_tell_kind(struct fu_ingest *, const char *, uint64_t,
    const char *);
void fu_ingest_tell_owners(const struct fu_ingest *);
void fu_ingest_tell_table(const struct fu_opt *, const char *,
    const struct fu_text *, const struct fu_csv_seen *);
void fu_ingest_tell_kept(const struct fu_opt *, const char *,
    const struct fu_mapping *);
void fu_ingest_tell_smells(const struct fu_opt *, const char *,
    const struct fu_mapping *);

/* ingest_order.c: fill in->order. */
int fu_ingest_order(struct fu_ingest *, struct fu_err *);

/* The row names what is not there, and nothing else. */
void fu_ingest_refuse(struct fu_ingest *, struct fu_ingest_row *, const char *,
    const char *, int64_t);

/*
 * ingest_apart.c: may what was collected so be laid beside what we have of
 * them?  fu_ingest_apart sees to it for a row: bought data is rejected, and
 * what they tell us takes the place of what was bought.  ${may}: the row's
 * fields may be written.
 */
int fu_ingest_may_mix(struct fu_ingest *, int64_t, const char *, bool *,
    struct fu_err *);
int fu_ingest_apart(struct fu_ingest *, struct fu_ingest_row *, int64_t,
    bool *, struct fu_err *);

/* ingest_told.c: budget, timeline, question and title of a text of theirs. */
int fu_ingest_told(struct fu_ingest *, const struct fu_ingest_row *,
    const struct fu_signals *, struct fu_err *);

/* ingest_events.c.  Is it a text that a person wrote to us?  What it says, in
 * the light of what it answers (or NULL). */
bool fu_ingest_is_read(const struct fu_event *);
void fu_ingest_detect(struct fu_ingest *, const struct fu_event *,
    const char *, struct fu_signals *);
int fu_ingest_write_event(struct fu_ingest *, struct fu_ingest_row *,
    struct fu_err *);

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
	const char	*only;		/* this address, of all; or NULL */
	unsigned	 keep;		/* FU_OUT_*, for addresses to come */
	bool		 again;		/* nothing where it is in force */
	bool		 brought;	/* by a file, a merge, a new address */
};
int fu_ingest_optout(struct fu_ingest *, int64_t, const struct fu_ingest_row *,
    const struct fu_optout *, bool *, struct fu_err *);
/*
 * ingest_apply.c
 * fu_ingest_act(row): an opt-out of everything, to be filled in, of that
 * event.
 * fu_ingest_shut_out(ingest, row, optout, why, err): put it down; news ends
 * what the person is in, for ${why}.
 *
 * ingest_bounce.c
 * fu_ingest_bounce(ingest, row, err): what a bounce does.
 * fu_ingest_stream(ingest, event, what, err): count it for whose mail it was.
 */
struct fu_optout fu_ingest_act(const struct fu_ingest_row *);
int fu_ingest_shut_out(struct fu_ingest *, struct fu_ingest_row *,
    struct fu_optout *, const char *, struct fu_err *);
int fu_ingest_bounce(struct fu_ingest *, struct fu_ingest_row *,
    struct fu_err *);
int fu_ingest_stream(struct fu_ingest *, const struct fu_event *,
    enum fu_stream_count, struct fu_err *);

/* What an import said, or was kept of the person: FU_OUT_*, since when, of
 * that address alone or (NULL) of all, and by which kind of event (NULL: a
 * column).  And all that a row's columns say. */
int fu_ingest_import(struct fu_ingest *, int64_t, const struct fu_ingest_row *,
    unsigned, int64_t, const char *, const char *, bool *, struct fu_err *);
int fu_ingest_columns(struct fu_ingest *, int64_t,
    const struct fu_ingest_row *, bool *, struct fu_err *);

/* ingest_shut.c: both of these, Do Not Call as well, which no other knows; the
 * first of what was kept of that person (0: nobody's), who said it then. */
int fu_ingest_shut(struct fu_ingest *, int64_t, const struct fu_ingest_row *,
    int64_t, unsigned, int64_t, const char *, bool *, struct fu_err *);
int fu_ingest_shut_columns(struct fu_ingest *, int64_t,
    const struct fu_ingest_row *, bool *, struct fu_err *);

/*
 * ingest_stage.c
 * fu_ingest_deal_over(ingest, prospect, why, err): won or lost: nobody sells to
 * them until a rep does.
 * fu_ingest_stage(ingest, prospect, stage, err): the same, where a stage that
 * they come to says so.
 * fu_ingest_stage_told(ingest, row, err): an event that tells their stage.
 */
int fu_ingest_deal_over(struct fu_ingest *, int64_t, const char *,
    struct fu_err *);
int fu_ingest_stage(struct fu_ingest *, int64_t, const char *,
    struct fu_err *);
int fu_ingest_stage_told(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);

/*
 * ingest_stands.c: how it stands with who came in.
 *
 * fu_ingest_stands(ingest, row, id, fields, optout, err): note in ${row} what
 * the person of those fields lacks, and what was shut before: of their
 * addresses or, where they have none, by ${optout} (FU_OUT_*).  ${id} is 0
 * with -n for somebody new.
 * fu_ingest_shuts(person): what a row's own columns shut, bits of enum fu_shut.
 */
int fu_ingest_stands(struct fu_ingest *, struct fu_ingest_row *, int64_t,
    const char *const *, unsigned, struct fu_err *);
unsigned fu_ingest_shuts(const struct fu_person *);

/*
 * ingest_report.c
 * fu_ingest_report: what a service's code means for the number [WA-05, SM-04].
 * fu_ingest_settles: an event that names a touch or a dispatch of which nobody
 * knew whether it left: it did, or a report says that it did not.
 * fu_ingest_elsewhere: was it written to another WhatsApp number of ours?  That
 * opens no window [WA-02].
 */
bool fu_ingest_elsewhere(struct fu_ingest *, const struct fu_ingest_row *);
int fu_ingest_report(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);
int fu_ingest_settles(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);

/*
 * ingest_confirm.c
 * fu_ingest_confirm_whose(ingest, row, err): whose a "confirm" event is, once
 * the visitor and the holder of the address are one; else the row is rejected.
 * fu_ingest_confirmed(ingest, row, err): what they had agreed to for that
 * address holds.
 */
int fu_ingest_confirm_whose(struct fu_ingest *, struct fu_ingest_row *,
    struct fu_err *);
int fu_ingest_confirmed(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);

/*
 * ingest_say.c
 * fu_ingest_say(ingest, row, err): a chat event of ours that is to be delivered
 * is put down: for the site, or to leave by the channel that it names.
 * fu_ingest_asks(ingest, event, err): a text of theirs, or a mail that goes on
 * with the chat, waits for the chat.
 * fu_ingest_conversation(ingest, event, prospect, err): does a mail answer one
 * that the chat sent?  1 with whose that is, 0, -1.
 */
int fu_ingest_say(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);
int fu_ingest_asks(struct fu_ingest *, const struct fu_event *,
    struct fu_err *);
int fu_ingest_conversation(struct fu_ingest *, const struct fu_event *,
    int64_t *, struct fu_err *);

/* ingest_optout.c again. */
int fu_ingest_consent(struct fu_ingest *, const struct fu_ingest_row *, bool *,
    struct fu_err *);
/* One that is on record already and says neither when nor under what id: when
 * it was withdrawn since, say why it opens nothing. */
int fu_ingest_consent_again(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);
int fu_ingest_start(struct fu_ingest *, const struct fu_ingest_row *,
    struct fu_err *);

#endif
