/*
 * A program fed and watched.
 *
 * Must never run a shell, hand on a descriptor of ours, or wait for ever.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "channel/program.h"

extern char **environ;

static int
start(const char *const *argv, int in, int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t defaults;
	int error;

	sigemptyset(&defaults);
	sigaddset(&defaults, SIGPIPE);
	sigaddset(&defaults, SIGXFSZ);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attr);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	posix_spawnattr_setsigdefault(&attr, &defaults);
	/* A group of its own: Ctrl-C ends us, and it ends its message. */
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF |
	    POSIX_SPAWN_SETPGROUP);
	error = posix_spawn(pid, argv[0], &actions, &attr,
	    (char *const *)argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return (error);
}

/* Feed and read until both ends are shut or time is up; true if it is. */
static bool
talk(int in, int out, struct fu_str input, int64_t until_us, size_t max,
    struct fu_buf *answer)
{
	struct pollfd fd[2] = { { in, POLLOUT, 0 }, { out, POLLIN, 0 } };
	char block[4096];
	int64_t left;
	ssize_t n;

	while (fd[0].fd != -1 || fd[1].fd != -1) {
		if (fd[0].fd != -1 && input.len == 0) {
			close(in);
			fd[0].fd = -1;
			continue;
		}
		left = (until_us - fu_clock_monotonic_us()) / 1000;
		if (left <= 0)
			break;
		if (poll(fd, 2, left > 1000 ? 1000 : (int)left) == -1 &&
		    errno != EINTR)
			break;
		if (fd[0].fd != -1 && fd[0].revents != 0) {
			n = write(in, input.ptr, input.len);
			if (n > 0) {
				input.ptr += n;
				input.len -= (size_t)n;
			} else if (errno != EAGAIN && errno != EINTR)
				input.len = 0;	/* it does not want more */
		}
		if (fd[1].fd != -1 && fd[1].revents != 0) {
			n = read(out, block, sizeof(block));
			if (n > 0 && answer->len < max)
				fu_buf_put(answer, block, (size_t)n);
			else if (n == 0)
				fd[1].fd = -1;
		}
	}
	if (fd[0].fd != -1)
		close(in);
	return (fd[1].fd != -1);
}

/* Its end, or its death when time is up. */
static bool
reap(pid_t pid, int64_t until_us, int *status)
{
	bool killed = false;
	pid_t got;

	while ((got = waitpid(pid, status, killed ? 0 : WNOHANG)) != pid) {
		if (got == -1 && errno != EINTR)
			return (killed);
		if (!killed && fu_clock_monotonic_us() >= until_us) {
			(void)kill(-pid, SIGKILL);
			(void)kill(pid, SIGKILL);
			killed = true;
		} else if (!killed)
			fu_sleep_us(2000);
	}
	return (killed);
}

int
fu_program_run(const char *const *argv, struct fu_str input, int seconds,
    struct fu_arena *arena, struct fu_program *result, struct fu_err *err)
{
	return (fu_program_run_max(argv, input, seconds, FU_PROGRAM_OUT_MAX,
	    arena, result, err));
}

int
fu_program_run_max(const char *const *argv, struct fu_str input, int seconds,
    size_t max, struct fu_arena *arena, struct fu_program *result,
    struct fu_err *err)
{
	int64_t until_us = fu_clock_monotonic_us() + seconds * FU_SECOND;
	int in[2], out[2], error, status = 0;
	struct fu_buf answer;
	pid_t pid;

	memset(result, 0, sizeof(*result));
	if (pipe2(in, O_CLOEXEC) == -1)
		return (fu_err_sys(err, FU_EIO, "pipe"));
	if (pipe2(out, O_CLOEXEC) == -1) {
		close(in[0]);
		close(in[1]);
		return (fu_err_sys(err, FU_EIO, "pipe"));
	}
	error = start(argv, in[0], out[1], &pid);
	close(in[0]);
	close(out[1]);
	if (error != 0) {
		close(in[1]);
		close(out[0]);
		errno = error;
		return (fu_err_sys(err, error == EAGAIN || error == ENOMEM ?
		    FU_EIO : FU_ECONFIG, "cannot run %s", argv[0]));
	}
	result->started = true;
	fu_buf_init(&answer);
	(void)fcntl(in[1], F_SETFL, O_NONBLOCK);
	if (talk(in[1], out[0], input, until_us, max, &answer))
		until_us = 0;
	close(out[0]);
	result->timed_out = reap(pid, until_us, &status);
	result->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	result->out.len = answer.len;
	result->out.ptr = fu_dup_str(arena, fu_buf_view(&answer));
	fu_buf_free(&answer);
	return (0);
}
