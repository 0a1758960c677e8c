/*
 * SQLite, and all that only SQLite knows: PRAGMAs, result codes, busy waits.
 *
 * Must never hold a domain statement: those are in the rooms beside this one.
 */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sig.h"
#include "store/engine.h"
#include "store/frozen.h"
#include "store/schema.h"

#define BUSY_WAIT_US	(30 * FU_SECOND)
#define STOP_WAIT_US	(5 * FU_SECOND)
#define BUSY_POLL_US	700
/* "fuDB": tells `file` and us whose database it is. */
#define APPLICATION_ID	0x66754442
#define STMT_SLOTS	1024	/* a power of two, far above their number */

struct fu_stmt {
	sqlite3_stmt	*stmt;
	const char	*sql;
	struct fu_db	*db;
	bool		 busy;
};

struct fu_db {
	sqlite3		*sqlite;
	char		*path;
	struct fu_stmt	 slot[STMT_SLOTS];
	size_t		 nslot;
	int64_t		 wait_from_us;
	bool		 reads;
};

static int
fail(struct fu_db *db, int rc, struct fu_err *err, const char *what)
{
	const char	*text = sqlite3_errmsg(db->sqlite);

	switch (rc & 0xff) {
	case SQLITE_BUSY: case SQLITE_LOCKED:
		return (fu_err_set(err, FU_ETEMP,
		    "%s: another program keeps the database locked; try again",
		    db->path));
	case SQLITE_READONLY:
		if (db->reads)
			return (fu_db_closed_to_us(db->path, err));
		return (fu_err_set(err, FU_EIO,
		    "%s: cannot write: %s (file or directory is read-only)",
		    db->path, text));
	case SQLITE_FULL:
		return (fu_err_set(err, FU_EIO,
		    "%s: cannot write: the disk is full", db->path));
	case SQLITE_NOTADB:
		return (fu_err_set(err, FU_EIO, "%s: is no fu database",
		    db->path));
	case SQLITE_CANTOPEN:
		if (access(db->path, F_OK) == -1)
			return (fu_err_set(err, FU_ECANTCREAT, "%s: %s",
			    db->path, text));
		/* It is there: the log beside it is what cannot be made. */
		return (db->reads ? fu_db_closed_to_us(db->path, err) :
		    fu_err_set(err, FU_EIO, "%s: cannot open it and its log "
		    "(file or directory is read-only)", db->path));
	case SQLITE_CORRUPT: case SQLITE_IOERR: case SQLITE_PERM:
	case SQLITE_AUTH:
		return (fu_err_set(err, FU_EIO, "%s: %s: %s", db->path, what,
		    text));
	default:
		return (fu_err_set(err, FU_ESOFTWARE, "%s: %s: %s", db->path,
		    what, text));
	}
}

/* Wait in short steps: a bulk writer pauses for 2 ms between its slices.  Who
 * is told to stop has still to commit what it read, and so have its neighbours
 * in the pipeline at that very moment. */
static int
on_busy(void *arg, int tries)
{
	struct fu_db	*db = arg;
	int64_t		 now = fu_clock_monotonic_us();

	if (tries == 0)
		db->wait_from_us = now;
	if (now - db->wait_from_us >
	    (fu_sig_stopping() ? STOP_WAIT_US : BUSY_WAIT_US))
		return (0);
	fu_sleep_us(BUSY_POLL_US);
	return (1);
}

static int
exec(struct fu_db *db, const char *sql, struct fu_err *err)
{
	int	 rc = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);

	return (rc == SQLITE_OK ? 0 : fail(db, rc, err, "statement failed"));
}

static int
pragma_int(struct fu_db *db, const char *sql, int64_t *value,
    struct fu_err *err)
{
	sqlite3_stmt	*stmt;
	int		 rc;

	rc = sqlite3_prepare_v2(db->sqlite, sql, -1, &stmt, NULL);
	if (rc == SQLITE_OK) {
		rc = sqlite3_step(stmt);
		*value = rc == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
		sqlite3_finalize(stmt);
	}
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		return (fail(db, rc, err, "cannot read"));
	return (0);
}

/* Apply the schema files that the database has not seen, each whole. */
static int
migrate(struct fu_db *db, enum fu_db_mode mode, struct fu_err *err)
{
	int64_t		 have, app, known = 0;
	char		 sql[64];

	while (fu_schema_sql[known] != NULL)
		known++;
	if (pragma_int(db, "PRAGMA user_version", &have, err) == -1 ||
	    pragma_int(db, "PRAGMA application_id", &app, err) == -1)
		return (-1);
	if (have > 0 && app != APPLICATION_ID)
		return (fu_err_set(err, FU_EIO,
		    "%s: is a database, but not one of fu's", db->path));
	if (have > known)
		return (fu_err_set(err, FU_EIO,
		    "%s: has schema %lld, newer than this fu knows (%lld): "
		    "install the newer fu", db->path, (long long)have,
		    (long long)known));
	if (have == known)
		return (0);
	if (db->reads || (have == 0 && mode != FU_DB_CREATE))
		return (fu_err_set(err, have == 0 ? FU_ENOINPUT : FU_EIO,
		    have == 0 ? "%s: is empty; fu-init makes a database" :
		    "%s: has an older schema; run any fu program that writes",
		    db->path));
	if (exec(db, "BEGIN IMMEDIATE", err) == -1)
		return (-1);
	/* Somebody else may have done it while we waited for the lock. */
	if (pragma_int(db, "PRAGMA user_version", &have, err) == -1)
		goto undo;
	for (; have < known; have++)
		if (exec(db, fu_schema_sql[have], err) == -1)
			goto undo;
	snprintf(sql, sizeof(sql), "PRAGMA user_version = %lld",
	    (long long)known);
	if (exec(db, sql, err) == -1)
		goto undo;
	snprintf(sql, sizeof(sql), "PRAGMA application_id = %d",
	    APPLICATION_ID);
	if (exec(db, sql, err) == -1 || exec(db, "COMMIT", err) == -1)
		goto undo;
	return (0);
undo:
	sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	return (-1);
}

int
fu_db_version(struct fu_db *db, int64_t *version, struct fu_err *err)
{
	return (pragma_int(db, "PRAGMA data_version", version, err));
}

struct fu_db *
fu_db_open(const char *path, enum fu_db_mode mode, struct fu_err *err)
{
	struct fu_db	*db;
	char		*uri;
	int		 rc;

	/* People's data are for the owner's eyes; so is the log beside them. */
	if (mode == FU_DB_CREATE &&
	    (rc = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600)) != -1)
		close(rc);
	if (mode != FU_DB_CREATE && fu_db_there(path, err) == -1)
		return (NULL);
	if ((db = calloc(1, sizeof(*db))) == NULL ||
	    (db->path = strdup(path)) == NULL)
		fu_oom();
	db->reads = mode == FU_DB_READ;
	/* Its own statistics cost a lock an allocation; nobody reads them. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	uri = fu_db_uri(path, db->reads);
	rc = sqlite3_open_v2(uri, &db->sqlite, SQLITE_OPEN_URI |
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
	    (mode == FU_DB_CREATE ? SQLITE_OPEN_CREATE : 0), NULL);
	free(uri);
	if (db->sqlite == NULL)
		fu_oom();
	if (rc != SQLITE_OK) {
		fail(db, rc, err, "cannot open");
		goto undo;
	}
	sqlite3_extended_result_codes(db->sqlite, 1);
	sqlite3_busy_handler(db->sqlite, on_busy, db);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	/* A page holds some twenty people or events. */
	if ((mode == FU_DB_CREATE &&
	    exec(db, "PRAGMA page_size = 8192", err) == -1) ||
	    exec(db, "PRAGMA synchronous = FULL;"
	    "PRAGMA foreign_keys = ON;"
	    "PRAGMA trusted_schema = OFF;"
	    "PRAGMA cell_size_check = ON;"
	    "PRAGMA temp_store = MEMORY;"
	    "PRAGMA cache_size = -16384;"
	    "PRAGMA mmap_size = 268435456", err) == -1 ||
	    migrate(db, mode, err) == -1)
		goto undo;
	/* A backup comes without the log; whoever writes gives it one. */
	if (exec(db, mode == FU_DB_READ ? "PRAGMA query_only = ON" :
	    "PRAGMA journal_mode = WAL", err) == -1)
		goto undo;
	return (db);
undo:
	fu_db_close(db);
	return (NULL);
}

void
fu_db_close(struct fu_db *db)
{
	if (db == NULL)
		return;
	for (size_t i = 0; i < STMT_SLOTS; i++)
		sqlite3_finalize(db->slot[i].stmt);
	sqlite3_close(db->sqlite);
	free(db->path);
	free(db);
}

const char *
fu_db_path(const struct fu_db *db)
{
	return (db->path);
}

void
fu_db_relaxed(struct fu_db *db)
{
	(void)exec(db, "PRAGMA synchronous = NORMAL", NULL);
}

void
fu_db_bulk(struct fu_db *db)
{
	/* Mapped pages would count as ours, and grow with the file. */
	(void)exec(db, "PRAGMA cache_size = -49152; PRAGMA mmap_size = 0;"
	    "PRAGMA wal_autocheckpoint = 4000", NULL);
}

int
fu_db_begin(struct fu_db *db, struct fu_err *err)
{
	return (fu_db_run(db, "BEGIN IMMEDIATE", err, ""));
}

int
fu_db_begin_read(struct fu_db *db, struct fu_err *err)
{
	return (fu_db_run(db, "BEGIN", err, ""));
}

int
fu_db_commit(struct fu_db *db, struct fu_err *err)
{
	return (fu_db_run(db, "COMMIT", err, ""));
}

void
fu_db_rollback(struct fu_db *db)
{
	for (size_t i = 0; i < STMT_SLOTS; i++)
		if (db->slot[i].busy)
			fu_stmt_reset(&db->slot[i]);
	if (fu_db_in_transaction(db))
		sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

bool
fu_db_in_transaction(const struct fu_db *db)
{
	return (sqlite3_get_autocommit(db->sqlite) == 0);
}

/*
 * SQLite numbers parameters by first appearance, whatever they are called:
 * $2 before $1 would swap them in silence.
 */
static int
check_parameters(sqlite3_stmt *stmt, const char *sql, struct fu_err *err)
{
	char	 want[16];
	int	 n = sqlite3_bind_parameter_count(stmt);

	for (int i = 1; i <= n; i++) {
		const char	*name = sqlite3_bind_parameter_name(stmt, i);

		snprintf(want, sizeof(want), "$%d", i);
		if (name == NULL || strcmp(name, want) != 0)
			return (fu_err_set(err, FU_ESOFTWARE,
			    "parameter %d is called %s, not %s: %s", i,
			    name == NULL ? "?" : name, want, sql));
	}
	return (0);
}

struct fu_stmt *
fu_db_stmt(struct fu_db *db, const char *sql, struct fu_err *err)
{
	size_t		 i = ((uintptr_t)sql >> 3) * 0x9e3779b1u % STMT_SLOTS;
	struct fu_stmt	*s;
	int		 rc;

	while (db->slot[i].sql != NULL && db->slot[i].sql != sql)
		i = (i + 1) % STMT_SLOTS;
	s = &db->slot[i];
	if (s->stmt != NULL)
		return (s);
	if (db->nslot + 1 >= STMT_SLOTS) {
		fu_err_set(err, FU_ESOFTWARE, "too many statements");
		return (NULL);
	}
	rc = sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT,
	    &s->stmt, NULL);
	if (rc != SQLITE_OK) {
		fail(db, rc, err, sql);
		return (NULL);
	}
	if (check_parameters(s->stmt, sql, err) == -1) {
		sqlite3_finalize(s->stmt);
		s->stmt = NULL;
		return (NULL);
	}
	s->sql = sql;
	s->db = db;
	db->nslot++;
	return (s);
}

static void
bind_text(sqlite3_stmt *stmt, int i, const char *text, size_t len)
{
	if (text == NULL)
		sqlite3_bind_null(stmt, i);
	else
		sqlite3_bind_text64(stmt, i, text, len, SQLITE_STATIC,
		    SQLITE_UTF8);
}

static void
bind_all(struct fu_stmt *s, const char *types, va_list ap)
{
	const char	*const *texts;
	struct fu_str	 str;
	const char	*text;
	const void	*blob;
	size_t		 n;
	int64_t		 us;
	int		 i = 0;

	for (; *types != '\0'; types++) {
		i++;
		switch (*types) {
		case 'i':
			sqlite3_bind_int64(s->stmt, i, va_arg(ap, int64_t));
			break;
		case 'd':
		case 'b':
			sqlite3_bind_int(s->stmt, i, va_arg(ap, int));
			break;
		case 'r':
			sqlite3_bind_double(s->stmt, i, va_arg(ap, double));
			break;
		case 's':
			text = va_arg(ap, const char *);
			bind_text(s->stmt, i, text,
			    text == NULL ? 0 : strlen(text));
			break;
		case 'S':
			str = va_arg(ap, struct fu_str);
			bind_text(s->stmt, i, str.ptr, str.len);
			break;
		case 't':
			us = va_arg(ap, int64_t);
			if (us == FU_NEVER)
				sqlite3_bind_null(s->stmt, i);
			else
				sqlite3_bind_int64(s->stmt, i, us);
			break;
		case 'x':
			blob = va_arg(ap, const void *);
			sqlite3_bind_blob64(s->stmt, i, blob,
			    va_arg(ap, size_t), SQLITE_STATIC);
			break;
		case 'n':
			sqlite3_bind_null(s->stmt, i);
			break;
		case 'T':
			texts = va_arg(ap, const char *const *);
			for (n = va_arg(ap, size_t), i--; n > 0; n--, texts++)
				bind_text(s->stmt, ++i, *texts,
				    *texts == NULL ? 0 : strlen(*texts));
			break;
		default:
			abort();
		}
	}
	/* A statement and its caller must agree on the number. */
	if (i != sqlite3_bind_parameter_count(s->stmt)) {
		fprintf(stderr, "parameters of: %s\n", s->sql);
		abort();
	}
}

void
fu_stmt_bind(struct fu_stmt *s, const char *types, ...)
{
	va_list	 ap;

	if (s->busy)
		fu_stmt_reset(s);
	va_start(ap, types);
	bind_all(s, types, ap);
	va_end(ap);
}

int
fu_stmt_step(struct fu_stmt *s, struct fu_err *err)
{
	int	 rc = sqlite3_step(s->stmt);

	if (rc == SQLITE_ROW) {
		s->busy = true;
		return (1);
	}
	if (rc != SQLITE_DONE)
		fail(s->db, rc, err, "statement failed");
	fu_stmt_reset(s);
	return (rc == SQLITE_DONE ? 0 : -1);
}

void
fu_stmt_reset(struct fu_stmt *s)
{
	sqlite3_reset(s->stmt);
	s->busy = false;
}

int64_t
fu_col_int(struct fu_stmt *s, int i)
{
	return (sqlite3_column_int64(s->stmt, i));
}

bool
fu_col_null(struct fu_stmt *s, int i)
{
	return (sqlite3_column_type(s->stmt, i) == SQLITE_NULL);
}

int64_t
fu_col_time(struct fu_stmt *s, int i)
{
	return (fu_col_null(s, i) ? FU_NEVER : fu_col_int(s, i));
}

struct fu_str
fu_col_view(struct fu_stmt *s, int i)
{
	const char	*text = (const char *)sqlite3_column_text(s->stmt, i);

	return ((struct fu_str){ text,
	    text == NULL ? 0 : (size_t)sqlite3_column_bytes(s->stmt, i) });
}

const char *
fu_col_text(struct fu_stmt *s, int i, struct fu_arena *arena)
{
	struct fu_str	 v = fu_col_view(s, i);

	return (v.ptr == NULL ? NULL : fu_dup_str(arena, v));
}

static struct fu_stmt *
start(struct fu_db *db, const char *sql, struct fu_err *err, const char *types,
    va_list ap)
{
	struct fu_stmt	*s = fu_db_stmt(db, sql, err);

	if (s == NULL)
		return (NULL);
	if (s->busy)
		fu_stmt_reset(s);
	bind_all(s, types, ap);
	return (s);
}

int
fu_db_run(struct fu_db *db, const char *sql, struct fu_err *err,
    const char *types, ...)
{
	struct fu_stmt	*s;
	va_list		 ap;
	int		 rc = -1;

	va_start(ap, types);
	if ((s = start(db, sql, err, types, ap)) != NULL)
		while ((rc = fu_stmt_step(s, err)) == 1)
			continue;
	va_end(ap);
	return (rc);
}

struct fu_stmt *
fu_db_one(struct fu_db *db, const char *sql, struct fu_err *err,
    const char *types, ...)
{
	struct fu_stmt	*s;
	va_list		 ap;

	if (err != NULL)
		err->class = FU_OK;
	va_start(ap, types);
	s = start(db, sql, err, types, ap);
	va_end(ap);
	return (s != NULL && fu_stmt_step(s, err) == 1 ? s : NULL);
}

int64_t
fu_db_changes(const struct fu_db *db)
{
	return (sqlite3_changes64(db->sqlite));
}

int
fu_db_backup(struct fu_db *db, const char *path, struct fu_err *err)
{
	int	 fd;

	/* Never over something that is there. */
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		return (fu_err_sys(err, FU_ECANTCREAT, "%s", path));
	close(fd);
	/* It counts as writing, although only the copy is written. */
	if (exec(db, "PRAGMA query_only = OFF", err) == 0 &&
	    fu_db_run(db, "VACUUM INTO $1", err, "s", path) == 0)
		return (0);
	unlink(path);
	return (-1);
}

void
fu_db_shred(struct fu_db *db)
{
	(void)exec(db, "PRAGMA secure_delete = ON", NULL);
}

int
fu_db_scrub(struct fu_db *db, struct fu_err *err)
{
	int64_t	 busy = 1, until = fu_clock_monotonic_us() + BUSY_WAIT_US;

	if (exec(db, "VACUUM", err) == -1)
		return (-1);
	/* A reader who stays keeps the log from being emptied. */
	while (busy != 0 && fu_clock_monotonic_us() < until) {
		if (pragma_int(db, "PRAGMA wal_checkpoint(TRUNCATE)", &busy,
		    err) == -1)
			return (-1);
		fu_sleep_us(BUSY_POLL_US);
	}
	return (busy == 0 ? 0 : fu_err_set(err, FU_ETEMP, "%s: somebody reads "
	    "it all the time, so its log cannot be emptied", db->path));
}
