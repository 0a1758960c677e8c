/*
 * A run of a program: its options, configuration, database, sink and row in
 * the table of runs.  Opened first, closed last.
 */
#ifndef FU_FLOW_SESSION_H
#define FU_FLOW_SESSION_H

#include "base/hash.h"
#include "base/opt.h"
#include "config/config.h"
#include "policy/gate.h"
#include "record/batch.h"
#include "store/store.h"

enum {
	FU_S_CONFIG = 1,	/* fu.yaml and what it names */
	FU_S_READ = 2,		/* the database, reading only */
	FU_S_WRITE = 4,		/* the database, which must exist */
	FU_S_KEYS = 8,		/* fu.key, beside fu.yaml */
	FU_S_RULES = 16,	/* rules/: the gate's rulebook */
	FU_S_NOBODY = 32	/* what is written is of no person: it does not
				 * decide whether this is a rehearsal */
};

/* "yes": a run found the ledger wanting, and none has looked at all of it. */
#define FU_META_DOUBT	"ledger_doubt"
/* "yes": a copy made by fu-init --rehearse. */
#define FU_META_TRIAL	"trial"

struct fu_session {
	const struct fu_opt	*opt;
	struct fu_arena		 arena;		/* for the run */
	struct fu_config	 config;
	bool			 has_config, has_store, has_run;
	struct fu_store		 store;
	struct fu_sink		 sink;
	struct fu_keys		 keys;
	struct fu_rulebook	*rulebook;
	struct fu_stream_seen	*stream;	/* flow/stream's, or NULL */
	bool			 ledger_asked;	/* flow/case's: may the ledger */
	const char		*ledger_fault;	/* be believed?  NULL: yes */
};

/*
 * fu_session_open(session, opt, what, err):
 * Open what ${what} names.  Faults of the configuration are shown: in full
 * when standard input is no pipe, else as one line.  A program that writes
 * (FU_S_WRITE without -n) gets a row in the table of runs.  With -n the same
 * code runs, and its transactions are rolled back instead of committed.
 *
 * fu_session_close(session, rc, err):
 * Write the run's end, flush, close all, and give the exit status: that of
 * ${err} (shown here, once) when ${rc} is -1, else 74 when the ledger could
 * not be believed, else 65 when input was rejected, else ${rc}.
 */
int fu_session_open(struct fu_session *, const struct fu_opt *, unsigned,
    struct fu_err *);
int fu_session_close(struct fu_session *, int, struct fu_err *);

/*
 * fu_session_config(session, err): the configuration, of a session that was
 * opened without; 0, 1 when there is none, with ${err} saying so, -1.
 */
int fu_session_config(struct fu_session *, struct fu_err *);

/* A transaction of the session's store; what a filter's batch runs in. */
int fu_session_begin(struct fu_session *, struct fu_err *);
int fu_session_commit(struct fu_session *, struct fu_err *);
void fu_session_rollback(struct fu_session *);

/*
 * fu_session_find(session, text, id, err):
 * A PERSON operand: an id, an email, a phone or a visitor id.  0; or -1, with
 * FU_NOTFOUND when nobody is known by it.
 */
int fu_session_find(struct fu_session *, const char *, int64_t *,
    struct fu_err *);

/* The instant that this run believes in. */
int64_t fu_session_now(const struct fu_session *);

/*
 * fu_session_faults(opt, faults): show faults on standard error, a line each.
 */
void fu_session_faults(const struct fu_opt *, const struct fu_faults *);

/* Read a whole small file (16 MiB at most) into the arena. */
int fu_file_read(const char *, struct fu_arena *, struct fu_str *,
    struct fu_err *);

#endif
