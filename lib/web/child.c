/*
 * fu-due | fu-send, run when something has come due at once: one run at a
 * time, and another when it was wanted meanwhile.
 *
 * Must never be what delivery depends on: cron runs the same line.
 */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/env.h"
#include "web/room.h"

#define PAUSE_US	(300 * 1000)	/* between two runs */
#define ARGS		12

extern char **environ;

int
fu_child_find(struct fu_web *web, struct fu_err *err)
{
	const char	*dir = fu_env_programs(&web->arena, err);

	if (dir == NULL)
		return (-1);
	web->child.due = fu_printf(&web->arena, "%s/fu-due", dir);
	web->child.send = fu_printf(&web->arena, "%s/fu-send", dir);
	if (access(web->child.due, X_OK) == -1 || access(web->child.send,
	    X_OK) == -1)
		return (fu_err_sys(err, FU_ENOINPUT, "%s", web->child.send));
	return (0);
}

void
fu_child_wake(struct fu_web *web)
{
	if (web->opt->wake)
		web->child.wanted = true;
}

static int
start(struct fu_web *web, const char *path, int in, int out, pid_t *pid)
{
	const struct fu_opt		*opt = web->session->opt;
	posix_spawn_file_actions_t	 files;
	posix_spawnattr_t		 attr;
	char				 at[FU_TIME_LEN];
	const char			*argv[ARGS];
	sigset_t			 none;
	int				 n = 0, rc;

	argv[n++] = path;
	argv[n++] = "-q";
	argv[n++] = "-d";
	argv[n++] = opt->db;
	argv[n++] = "-c";
	argv[n++] = web->session->config.file;
	if (opt->clock.at_us != FU_NEVER) {
		argv[n++] = "--at";
		argv[n++] = fu_time_print(fu_clock_now(web->clock), at);
	}
	argv[n] = NULL;
	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
	rc = posix_spawn(pid, path, &files, &attr,
	    (char *const *)(uintptr_t)argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	if (rc != 0)
		*pid = 0;
	return (rc == 0 ? 0 : -1);
}

static void
run(struct fu_web *web)
{
	int	 link[2], null = web->desk->null_fd;

	if (pipe2(link, O_CLOEXEC) == -1)
		return;
	if (start(web, web->child.send, link[0], null, &web->child.pid[1]) ==
	    0 && start(web, web->child.due, null, link[1],
	    &web->child.pid[0]) == 0)
		web->count.children++;
	else
		fu_say(web->session->opt, "fu-due | fu-send does not start: "
		    "cron's run has to do");
	close(link[0]);
	close(link[1]);
}

void
fu_child_tend(struct fu_web *web, bool stopping)
{
	struct fu_web_child	*c = &web->child;
	int64_t			 now = fu_clock_monotonic_us();
	int			 status;

	for (int i = 0; i < 2; i++)
		if (c->pid[i] != 0 && waitpid(c->pid[i], &status, WNOHANG) !=
		    0) {
			c->pid[i] = 0;
			c->after_us = now + PAUSE_US;
		}
	if (c->pid[0] != 0 || c->pid[1] != 0 || stopping || !c->wanted ||
	    now < c->after_us)
		return;
	c->wanted = false;
	run(web);
}
