/*
 * Taking in people and events: who is it, what changes, and what cannot wait.
 *
 * fu-ingest, fu-web and fu-hook fill a window of rows and run it: an event
 * that comes by HTTP lives the life of one from a file.  A window is committed
 * in short slices, each whole, in the order of the input; a killed run is
 * carried on by running it again.  Sends nothing and scores nobody.
 */
#ifndef FU_FLOW_INGEST_H
#define FU_FLOW_INGEST_H

#include "flow/session.h"
#include "flow/witness.h"
#include "policy/signal.h"
#include "record/event.h"
#include "record/fields.h"
#include "store/intake.h"

/* Events of a window at most: flat memory, and rows of one person in it are
 * taken together.  A person takes the room of so many events. */
#define FU_WINDOW_MAX		100000
#define FU_WINDOW_PERSON	6
/* Who makes more people than this in a window loads in bulk. */
#define FU_BULK_MADE		10000
/* Others write between two slices. */
#define FU_SLICE_US		(25 * 1000)
#define FU_SLICE_PAUSE_US	(2 * 1000)
/* An event further ahead than this is rejected. */
#define FU_AHEAD_MAX_US		(5 * FU_MINUTE)

enum fu_on_conflict {
	FU_ON_UPDATE,		/* what is given wins */
	FU_ON_FILL,		/* only what is empty is filled */
	FU_ON_SKIP		/* people whom we know stay as they are */
};

enum fu_action {
	FU_ACT_NONE, FU_ACT_CREATED, FU_ACT_UPDATED, FU_ACT_UNCHANGED,
	FU_ACT_MERGED, FU_ACT_RECORDED, FU_ACT_DUPLICATE,
	FU_ACT_NOBODY,		/* mail of people whom we do not know */
	FU_ACTION_N
};
const char *fu_action_name(enum fu_action);

/* What keeps people from being written to, as far as intake sees it. */
enum fu_lack {
	FU_LACK_ADDRESS, FU_LACK_SOURCE, FU_LACK_COUNTRY, FU_LACK_BASIS,
	FU_LACK_COLLECTED, FU_LACK_SYSTEM,	/* of an id: whose it is */
	FU_LACK_N
};
enum fu_shut {
	FU_SHUT_ALL, FU_SHUT_MAIL, FU_SHUT_TEXTS, FU_SHUT_CALLS,
	FU_SHUT_ERASED,		/* and all with it */
	FU_SHUT_DEAD,		/* the address bounces, or they left it */
	FU_SHUT_N
};

struct fu_id_key {
	int		 kind;		/* enum fu_id_kind */
	const char	*value;
	bool		 more;		/* not the record's first of its kind */
};

/* One record of a window.  Everything it points to must last until the
 * window is empty again. */
struct fu_ingest_row {
	const char		*source;
	uint64_t		 line;
	/* NULL: an event's that says no more than its key */
	const struct fu_person	*person;
	uint64_t		 later;		/* fields that later rows give */
	size_t			 next_same;	/* such a row + 1, or 0 */
	struct fu_id_key	*key;
	size_t			 nkey;
	int64_t			 given;		/* member "prospect", or 0 */
	struct fu_str		 input;		/* of a table's row that may not be
						 * taken, whosever it is */
	bool			 is_event;
	struct fu_event		 event;
	const struct fu_object	*object;	/* of an event being written */
	const char		*company_domain;
	int64_t			 handoff;	/* 0: none named */
	bool			 undated;	/* it did not say when */
	bool			 by_mail;	/* it came out of a mailbox */
	/* looked up ahead: whose it is, and that it is there already */
	bool			 ahead, known;
	/* what came of it */
	bool			 done;		/* durable, or decided with -n */
	bool			 made;		/* an event made somebody */
	uint8_t			 lacks;		/* bits, enum fu_lack */
	uint8_t			 was_shut;	/* before, enum fu_shut */
	const char		*reject;	/* names what is not there, or is not */
	const char		*detail;	/* taken of them: why, in words; or NULL */
	enum fu_action		 action;
	int64_t			 prospect, into;	/* 0: none */
	const char		*signals, *extracted;	/* JSON, or NULL */
};

/* Of so many columns and reasons the summary says what was set aside. */
#define FU_ASIDE_COLUMNS	16
/* So many owners that are no senders are named. */
#define FU_OWNERS_TOLD		3
/* Of so many conflicts it is said at once who they are; of more with -v. */
#define FU_CONFLICTS_TOLD	20

/* Of so many kinds of events is asked what was meant. */
#define FU_KINDS_TOLD		16

struct fu_aside_column {
	char		 header[64], reason[32];
	uint64_t	 n;
};

struct fu_ingest_counts {
	uint64_t	 n[FU_ACTION_N];
	uint64_t	 conflicts, set_aside;
	uint64_t	 over;		/* won or lost by their stage */
	uint64_t	 unheard;	/* opt-outs of nobody known */
	uint64_t	 unproven;	/* reports that name no message of ours */
	struct fu_aside_column aside[FU_ASIDE_COLUMNS];
	size_t		 naside;
	/* people of this run; what they lack when it is over, what their
	 * columns shut, and what was shut before */
	uint64_t	 people, lack[FU_LACK_N], shut[FU_SHUT_N],
			 was_shut[FU_SHUT_N];
	char		 system[32];	/* the one that the store knows, or "" */
	/* people whose owner is no sender, and the first few such owners */
	uint64_t	 strangers;
	char		 owner[FU_OWNERS_TOLD][64];
	const char	*kind[FU_KINDS_TOLD];
	size_t		 nkind;
	size_t		 nowner;	/* one more: there are others */
};

struct fu_ingest {
	struct fu_session	*session;
	enum fu_on_conflict	 on_conflict;
	struct fu_norm		 norm;
	struct fu_detector	*detector;
	struct fu_witness	*witness;	/* NULL until an opt-out comes */
	struct fu_arena		 arena;		/* for the run */
	struct fu_arena		 scratch;	/* for one row */
	struct fu_arena		 results;	/* for the window */
	const char		*source;	/* the batch's name */
	int64_t			 batch;		/* 0: no row yet */
	int64_t			 chat_batch;	/* of what people told us */
	bool			 batch_new, chat_new;	/* in this slice */
	struct fu_ingest_row	*row;
	size_t			 n, cap;
	size_t			 npeople;	/* of the rows */
	uint32_t		*order;		/* to write in */
	size_t			 order_cap;
	int64_t			 version;	/* of what was looked up ahead */
	bool			 sure;		/* nobody has written since */
	bool			 any_shut;	/* is anything suppressed at all? */
	size_t			 made;		/* people, since the last window */
	int64_t			 quiet_of;	/* whose effect is to be written */
	struct fu_effect	 quiet;
	struct fu_ingest_counts	 counts;
};

/*
 * fu_ingest_open(ingest, session, err):
 * ${session} must be open with FU_S_CONFIG, FU_S_KEYS and FU_S_WRITE.  Loads
 * what normalising and detecting need.  fu_ingest_close() in both cases.
 *
 * fu_ingest_source(ingest, name): what follows comes from there.
 */
int fu_ingest_open(struct fu_ingest *, struct fu_session *, struct fu_err *);
void fu_ingest_close(struct fu_ingest *);
void fu_ingest_source(struct fu_ingest *, const char *);

/*
 * fu_ingest_person(ingest, person, given, arena, source, line):
 * A person into the window; ${person} was not rejected and is borrowed.
 *
 * fu_ingest_event(ingest, object, input, arena, source, line, reason, err):
 * An event into the window, or -1 with ${reason} ("bad_time", "future",
 * "no_identity", "bad_event", "bad_value" ...) and ${err} filled in: not
 * fatal, the record is to be rejected.  ${input}, its text with a NUL behind
 * it, must last like the row; ${object} need not.
 *
 * fu_ingest_full(ingest): is it time to run it?
 */
struct fu_ingest_row *fu_ingest_person(struct fu_ingest *,
    const struct fu_person *, int64_t, struct fu_arena *, const char *,
    uint64_t);
int fu_ingest_event(struct fu_ingest *, const struct fu_object *,
    struct fu_str, struct fu_arena *, const char *, uint64_t, const char **,
    struct fu_err *);
bool fu_ingest_full(const struct fu_ingest *);

/*
 * fu_ingest_run(ingest, err):
 * Resolve, write and commit the window; what came of each row is in it, which
 * may be that it is to be rejected.  With -n nothing is written.  -1: the rows
 * that are done were committed before and counted, the rest is rolled back.
 * fu_ingest_empty(ingest): let go of the rows.
 * fu_ingest_finish(ingest, err): after the last window: sort in what a bulk
 * load has set down.
 */
int fu_ingest_run(struct fu_ingest *, struct fu_err *);
void fu_ingest_empty(struct fu_ingest *);
int fu_ingest_finish(struct fu_ingest *, struct fu_err *);

/* Count a value of that column that was set aside. */
void fu_ingest_aside(struct fu_ingest *, const char *, const char *);

/*
 * fu_ingest_print(row, buf): the record of a person of a table, one line.
 * fu_ingest_mark(row, rec): the same over a record that was read.
 * fu_ingest_summary(ingest): counts, and what will keep people from being
 * written to, on standard error.  Asks only the counts, so it may come last:
 * behind the error that ended the run.
 */
void fu_ingest_print(const struct fu_ingest_row *, struct fu_buf *);
void fu_ingest_mark(const struct fu_ingest_row *, struct fu_rec *);
void fu_ingest_summary(const struct fu_ingest *);

#endif
