/*
 * tests/smtpd.py started and read, for unit tests of whatever speaks SMTP.
 */
#ifndef FU_TESTS_SMTPD_H
#define FU_TESTS_SMTPD_H

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct smtpd {
	pid_t	 pid;
	int	 port;
	char	 dir[64];
	char	 url[64];
};

/* Start it with more options after --dir; 0, or -1 where there is no python. */
static inline int
smtpd_start(struct smtpd *d, const char *const *more)
{
	const char *argv[24] = { "python3", "tests/smtpd.py", "--idle", "20",
		"--dir", d->dir };
	char line[32] = "";
	size_t n = 6, i;
	int out[2];
	FILE *f;

	strcpy(d->dir, "/tmp/fu-smtpd-XXXXXX");
	if (mkdtemp(d->dir) == NULL || pipe(out) == -1)
		return (-1);
	for (i = 0; more != NULL && more[i] != NULL && n < 23; i++)
		argv[n++] = more[i];
	argv[n] = NULL;
	if ((d->pid = fork()) == 0) {
		dup2(out[1], 1);
		close(out[0]);
		close(out[1]);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(out[1]);
	f = fdopen(out[0], "r");
	if (fgets(line, sizeof(line), f) != NULL)
		d->port = atoi(line);
	else
		d->port = 0;
	fclose(f);
	(void)snprintf(d->url, sizeof(d->url), "smtp://localhost:%d", d->port);
	return (d->port > 0 ? 0 : -1);
}

/* The whole of a file in its directory; to be freed; "" when there is none. */
static inline char *
smtpd_read(const struct smtpd *d, const char *name)
{
	char path[160], *text = NULL;
	size_t size = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", d->dir, name);
	if ((f = fopen(path, "r")) == NULL ||
	    getdelim(&text, &size, '\0', f) == -1) {
		free(text);
		text = strdup("");
	}
	if (f != NULL)
		fclose(f);
	return (text);
}

static inline void
smtpd_stop(struct smtpd *d)
{
	char command[128];

	kill(d->pid, SIGTERM);
	while (waitpid(d->pid, NULL, 0) == -1 && errno == EINTR)
		continue;
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", d->dir);
	if (system(command) != 0)
		fprintf(stderr, "left behind: %s\n", d->dir);
}

#endif
