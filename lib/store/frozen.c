/*
 * When a database may be read as the file lies there: nobody can write to it.
 *
 * Must never say so of a directory that is closed to us alone, as its owner
 * may be writing.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"
#include "store/frozen.h"

static bool
disk_is_read_only(const char *path, struct fu_buf *b)
{
	const char	*slash = strrchr(path, '/');

	fu_buf_reset(b);
	fu_buf_puts(b, slash == NULL ? "." : "");
	fu_buf_put(b, path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
	return (access(b->ptr, W_OK) == -1 && errno == EROFS);
}

static bool
log_is_empty(const char *path, struct fu_buf *b)
{
	struct stat	 st;

	fu_buf_reset(b);
	fu_buf_printf(b, "%s-wal", path);
	return (stat(b->ptr, &st) == -1 || st.st_size == 0);
}

char *
fu_db_uri(const char *path, bool reads)
{
	struct fu_buf	 b;
	bool		 frozen;
	char		*uri;

	fu_buf_init(&b);
	frozen = reads && disk_is_read_only(path, &b) &&
	    log_is_empty(path, &b);
	fu_buf_reset(&b);
	/* What stands between two slashes and the next would be a host. */
	fu_buf_puts(&b, path[0] == '/' ? "file://" : "file:");
	for (; *path != '\0'; path++)
		if (strchr("%?#", *path) != NULL)
			fu_buf_printf(&b, "%%%02x", *path);
		else
			fu_buf_putc(&b, *path);
	if (frozen)
		fu_buf_puts(&b, "?immutable=1");
	if ((uri = strdup(b.ptr)) == NULL)
		fu_oom();
	fu_buf_free(&b);
	return (uri);
}

int
fu_db_closed_to_us(const char *path, struct fu_err *err)
{
	if (access(path, R_OK) == -1)
		return (fu_err_set(err, FU_EIO, "%s: you may not read it; it "
		    "is for its owner's eyes", path));
	return (fu_err_set(err, FU_EIO, "%s: even reading keeps a lock and a "
	    "log beside it, and you may not write there: ask its owner, or "
	    "read a copy (fu-init --backup)", path));
}

int
fu_db_there(const char *path, struct fu_err *err)
{
	struct stat	 st;

	if (stat(path, &st) == -1)
		return (fu_err_set(err, FU_ENOINPUT, "%s: %s; fu-init makes a "
		    "database", path, strerror(errno)));
	if (S_ISDIR(st.st_mode))
		return (fu_err_set(err, FU_ENOINPUT, "%s: is a directory",
		    path));
	return (0);
}
