/*
 * The store's engine: the one file that calls SQLite for keeping data.
 *
 * Another engine would replace engine.c and nothing else: statements are texts
 * with parameters $1, $2, ... in order, and rows come back by column number.
 * No transaction is ever left open by these functions, but for fu_db_begin().
 */
#ifndef FU_STORE_ENGINE_H
#define FU_STORE_ENGINE_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

struct fu_db;
struct fu_stmt;

enum fu_db_mode {
	FU_DB_READ,		/* must exist; writing is an error */
	FU_DB_WRITE,		/* must exist */
	FU_DB_CREATE		/* made if missing */
};

/*
 * fu_db_open(path, mode, err): open, check the schema's version, bring an
 * older one up to date (WRITE, CREATE).  A newer one is refused.
 * FU_ENOINPUT when there is none and none may be made.
 */
struct fu_db *fu_db_open(const char *, enum fu_db_mode, struct fu_err *);
void fu_db_close(struct fu_db *);
const char *fu_db_path(const struct fu_db *);

/*
 * Transactions.  begin takes the write lock at once and waits for it up to 30
 * seconds (then FU_ETEMP); rollback never fails.  in_transaction asks.
 */
int fu_db_begin(struct fu_db *, struct fu_err *);
int fu_db_commit(struct fu_db *, struct fu_err *);
void fu_db_rollback(struct fu_db *);
bool fu_db_in_transaction(const struct fu_db *);
/* A read transaction: several statements that see one state. */
int fu_db_begin_read(struct fu_db *, struct fu_err *);

/*
 * fu_db_stmt(db, sql, err):
 * The statement for ${sql}, prepared once and kept: ${sql} must be a constant,
 * as it is known by its address.  NULL on error.
 *
 * fu_stmt_bind(stmt, types, ...): bind all parameters, a letter each:
 *	i int64_t   d int   r double   b bool   s const char * (NULL is NULL)
 *	S struct fu_str (ptr NULL is NULL)   t time (FU_NEVER is NULL)
 *	x const void *, size_t (blob)   n NULL, no argument
 *	T const char *const *, size_t: that many texts in a row
 * Texts must stay as they are until the statement is done.
 *
 * fu_stmt_step: 1 a row, 0 done (and reset), -1 error (and reset).
 * fu_stmt_reset: done with it before its end.
 */
struct fu_stmt *fu_db_stmt(struct fu_db *, const char *, struct fu_err *);
void fu_stmt_bind(struct fu_stmt *, const char *, ...);
int fu_stmt_step(struct fu_stmt *, struct fu_err *);
void fu_stmt_reset(struct fu_stmt *);

/* Columns of the current row, from 0. */
int64_t fu_col_int(struct fu_stmt *, int);
int64_t fu_col_time(struct fu_stmt *, int);	/* NULL is FU_NEVER */
bool fu_col_null(struct fu_stmt *, int);
const char *fu_col_text(struct fu_stmt *, int, struct fu_arena *); /* copy, or NULL */
struct fu_str fu_col_view(struct fu_stmt *, int);	/* until the next step */

/*
 * fu_db_run(db, sql, err, types, ...): bind, run to the end, no rows wanted.
 * Return 0 or -1.  fu_db_changes: rows changed by the last.
 * fu_db_one(db, sql, err, types, ...): bind and take the first row: returns
 * the statement on it (to be reset), or NULL with err->class FU_OK when there
 * is none.
 */
int fu_db_run(struct fu_db *, const char *, struct fu_err *, const char *, ...);
struct fu_stmt *fu_db_one(struct fu_db *, const char *, struct fu_err *,
    const char *, ...);
int64_t fu_db_changes(const struct fu_db *);

/*
 * fu_db_version(db, version, err): a number that differs from before when
 * somebody else has committed since.
 */
int fu_db_version(struct fu_db *, int64_t *, struct fu_err *);

/* Copy the whole database to a new file, while others write. */
int fu_db_backup(struct fu_db *, const char *, struct fu_err *);
/* A database that may lose its last commits when the power fails, though none
 * when a program is killed: for rehearsals. */
void fu_db_relaxed(struct fu_db *);
/*
 * fu_db_shred(db): from now on, what this connection deletes is overwritten.
 * fu_db_scrub(db, err):
 * Write the database anew, so that no page holds what was deleted, and empty
 * its log.  Others wait meanwhile; FU_ETEMP when one of them reads on and on.
 */
void fu_db_shred(struct fu_db *);
int fu_db_scrub(struct fu_db *, struct fu_err *);
/* A larger cache and log for bulk work on this connection, and flat memory. */
void fu_db_bulk(struct fu_db *);

#endif
