/*
 * Looks up a secret when it is used.  Never prints one, keeps none outside
 * the caller's arena, and puts none into an error's text.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "config/config.h"

#define SECRET_BYTES_MAX	8192		/* a long token is 4 KiB */
#define SECRET_EXEC_US		(10 * FU_SECOND)

extern char **environ;

/* The first line of what was read; -1 when it is empty. */
static const char *
first_line(const struct fu_secret *s, struct fu_arena *arena, char *buf,
    size_t len, struct fu_err *err)
{
	struct fu_str line = { buf, len };
	char *nl;

	if ((nl = memchr(buf, '\n', len)) != NULL)
		line.len = (size_t)(nl - buf);
	if (line.len > 0 && line.ptr[line.len - 1] == '\r')
		line.len--;
	if (line.len == 0 || !fu_utf8_valid(line.ptr, line.len)) {
		fu_err_set(err, FU_ECONFIG, "%s:%d:%d: %s gave no text",
		    s->where.file, s->where.line, s->where.col, s->spec);
		return (NULL);
	}
	return (fu_dup_str(arena, line));
}

static const char *
from_file(const struct fu_secret *s, const char *path, struct fu_arena *arena,
    struct fu_err *err)
{
	char buf[SECRET_BYTES_MAX];
	const char *value = NULL;
	ssize_t n;
	int fd;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1 ||
	    (n = read(fd, buf, sizeof(buf))) == -1)
		fu_err_sys(err, FU_ECONFIG, "%s:%d:%d: %s", s->where.file,
		    s->where.line, s->where.col, s->spec);
	else
		value = first_line(s, arena, buf, (size_t)n, err);
	if (fd != -1)
		close(fd);
	explicit_bzero(buf, sizeof(buf));
	return (value);
}

/* Start ${path} with its output on a pipe; its pid, or -1 with errno. */
static pid_t
start(const char *path, int *fd)
{
	char *argv[2] = { (char *)(uintptr_t)path, NULL };
	posix_spawn_file_actions_t actions;
	int pipe_fd[2], rv;
	pid_t pid = -1;

	if (pipe2(pipe_fd, O_CLOEXEC) == -1)
		return (-1);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pipe_fd[1], 1);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	rv = posix_spawn(&pid, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(pipe_fd[1]);
	if (rv != 0) {
		close(pipe_fd[0]);
		errno = rv;
		return (-1);
	}
	*fd = pipe_fd[0];
	return (pid);
}

/* Read until its end or the time is over; bytes, or -1 when it is. */
static ssize_t
read_until(int fd, char *buf, size_t max)
{
	int64_t end = fu_clock_monotonic_us() + SECRET_EXEC_US, left;
	struct pollfd p = { .fd = fd, .events = POLLIN };
	size_t len = 0;
	ssize_t n;

	while (len < max && (left = end - fu_clock_monotonic_us()) > 0) {
		if (poll(&p, 1, (int)(left / 1000) + 1) <= 0)
			continue;
		if ((n = read(fd, buf + len, max - len)) == -1) {
			if (errno == EINTR)
				continue;
			return (-1);
		}
		if (n == 0)
			return ((ssize_t)len);
		len += (size_t)n;
	}
	return (len == max ? (ssize_t)len : -1);
}

static const char *
from_program(const struct fu_secret *s, const char *path,
    struct fu_arena *arena, struct fu_err *err)
{
	char buf[SECRET_BYTES_MAX];
	const char *value = NULL;
	int fd, status = 0;
	pid_t pid;
	ssize_t n;

	if ((pid = start(path, &fd)) == -1) {
		fu_err_sys(err, FU_ECONFIG, "%s:%d:%d: %s", s->where.file,
		    s->where.line, s->where.col, s->spec);
		return (NULL);
	}
	n = read_until(fd, buf, sizeof(buf));
	close(fd);
	if (n == -1)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	if (n == -1)
		fu_err_set(err, FU_ECONFIG, "%s:%d:%d: %s did not end within "
		    "10 seconds", s->where.file, s->where.line, s->where.col,
		    s->spec);
	else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fu_err_set(err, FU_ECONFIG, "%s:%d:%d: %s failed",
		    s->where.file, s->where.line, s->where.col, s->spec);
	else
		value = first_line(s, arena, buf, (size_t)n, err);
	explicit_bzero(buf, sizeof(buf));
	return (value);
}

const char *
fu_secret_get(const struct fu_secret *s, struct fu_arena *arena,
    struct fu_err *err)
{
	const char *value;

	if (s->spec == NULL) {
		fu_err_set(err, FU_ECONFIG, "a secret is not given");
		return (NULL);
	}
	if (strncmp(s->spec, "env:", 4) == 0) {
		if (!fu_blank(value = getenv(s->spec + 4)))
			return (fu_dup(arena, value));
		fu_err_set(err, FU_ECONFIG, "%s:%d:%d: %s is not set in the "
		    "environment", s->where.file, s->where.line, s->where.col,
		    s->spec + 4);
		return (NULL);
	}
	if (strncmp(s->spec, "file:", 5) == 0)
		return (from_file(s, s->spec + 5, arena, err));
	if (strncmp(s->spec, "exec:", 5) == 0)
		return (from_program(s, s->spec + 5, arena, err));
	return (fu_dup(arena, s->spec));
}
