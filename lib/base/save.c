/*
 * A file written aside and renamed: whoever reads it sees the old one or the
 * new one, whole.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/save.h"

static int
write_all(int fd, struct fu_str text)
{
	ssize_t	 n;

	while (text.len > 0) {
		n = write(fd, text.ptr, text.len);
		if (n == -1 && errno != EINTR)
			return (-1);
		if (n > 0) {
			text.ptr += n;
			text.len -= (size_t)n;
		}
	}
	return (fsync(fd));
}

int
fu_save(const char *path, struct fu_str text, struct fu_err *err)
{
	struct fu_arena	 arena;
	char		*aside;
	mode_t		 mask = umask(0);
	int		 fd, rc = 0;

	umask(mask);
	fu_arena_init(&arena);
	aside = fu_printf(&arena, "%s.XXXXXX", path);
	if ((fd = mkostemp(aside, O_CLOEXEC)) == -1) {
		rc = fu_err_sys(err, FU_ECANTCREAT, "%s", path);
		fu_arena_free(&arena);
		return (rc);
	}
	if (write_all(fd, text) == -1 || fchmod(fd, 0666 & ~mask) == -1)
		rc = fu_err_sys(err, FU_EIO, "%s", path);
	if (close(fd) == -1 && rc == 0)
		rc = fu_err_sys(err, FU_EIO, "%s", path);
	if (rc == 0 && rename(aside, path) == -1)
		rc = fu_err_sys(err, FU_ECANTCREAT, "%s", path);
	if (rc == -1)
		unlink(aside);
	fu_arena_free(&arena);
	return (rc);
}
