/*
 * Copies of what cannot be written, to be written and thrown away.
 *
 * Must never leave one behind: it holds everybody.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "store/aside.h"

static bool
refuses(const char *path)
{
	return (access(path, W_OK) == -1 && (errno == EROFS ||
	    errno == EACCES || errno == EPERM));
}

/* The log and its index are made beside the file. */
bool
fu_store_closed(const char *path)
{
	const char	*slash = strrchr(path, '/');
	struct fu_buf	 dir;
	bool		 closed;

	fu_buf_init(&dir);
	fu_buf_puts(&dir, slash == NULL ? "." : "");
	fu_buf_put(&dir, path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
	closed = access(path, F_OK) == 0 && (refuses(path) || refuses(dir.ptr));
	fu_buf_free(&dir);
	return (closed);
}

static int
copy(const char *path, const char *to, const struct fu_clock *clock,
    struct fu_err *err)
{
	struct fu_store	 from;
	int		 rc;

	if (fu_store_open(&from, path, FU_DB_READ, clock, err) == -1)
		return (-1);
	rc = fu_db_backup(from.db, to, err);
	fu_store_close(&from);
	return (rc);
}

int
fu_store_aside(struct fu_store *store, const char *path,
    const struct fu_clock *clock, struct fu_err *err)
{
	static const char *const made[] = { "fu.db", "fu.db-wal", "fu.db-shm" };
	const char		*tmp = fu_env("TMPDIR");
	struct fu_arena		 arena;
	char			*dir;
	int			 rc;

	fu_arena_init(&arena);
	dir = fu_printf(&arena, "%s/fu-dry.XXXXXX", tmp == NULL ? "/tmp" : tmp);
	if (mkdtemp(dir) == NULL) {
		rc = fu_err_sys(err, FU_ECANTCREAT, "%s", dir);
		fu_arena_free(&arena);
		return (rc);
	}
	rc = copy(path, fu_printf(&arena, "%s/%s", dir, made[0]), clock, err);
	if (rc == 0)
		rc = fu_store_open(store, fu_printf(&arena, "%s/%s", dir,
		    made[0]), FU_DB_WRITE, clock, err);
	/* What is open stays, without a name. */
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		unlink(fu_printf(&arena, "%s/%s", dir, made[i]));
	rmdir(dir);
	fu_arena_free(&arena);
	return (rc);
}
