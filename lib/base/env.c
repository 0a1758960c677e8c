/*
 * Variables of the environment, and the running program's directory.
 *
 * Must never change the environment.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"

#define PATH_BYTES_MAX	4096	/* the kernel's own limit of a path */

const char *
fu_env(const char *name)
{
	const char	*value = getenv(name);

	return (value == NULL || *value == '\0' ? NULL : value);
}

const char *
fu_env_programs(struct fu_arena *arena, struct fu_err *err)
{
	char	 path[PATH_BYTES_MAX], *slash;
	ssize_t	 n;

	n = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (n == -1) {
		fu_err_sys(err, FU_EUNAVAILABLE, "/proc/self/exe");
		return (NULL);
	}
	path[n] = '\0';
	if ((slash = strrchr(path, '/')) == NULL) {
		fu_err_set(err, FU_EUNAVAILABLE, "%s: no directory", path);
		return (NULL);
	}
	/* A program of the root directory keeps its slash. */
	slash[slash == path ? 1 : 0] = '\0';
	return (fu_dup(arena, path));
}
