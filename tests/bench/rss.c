/*
 * Run a program and add a line to a file: what it was called, its wall, user
 * and system time in seconds, and the greatest part of it that was in memory,
 * in megabytes (of 1000 kB).
 *
 *	rss FILE NAME COMMAND [ARGUMENT ...]
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "people.h"

static double
seconds(const struct timeval *t)
{
	return ((double)t->tv_sec + (double)t->tv_usec / 1e6);
}

int
main(int argc, char **argv)
{
	struct timespec from, to;
	struct rusage use;
	int status;
	pid_t child;
	FILE *out;

	if (argc < 4) {
		fputs("usage: rss FILE NAME COMMAND [ARGUMENT ...]\n", stderr);
		return (64);
	}
	if ((out = fopen(argv[1], "ae")) == NULL)
		bench_die("cannot write %s", argv[1]);
	clock_gettime(CLOCK_MONOTONIC, &from);
	if ((child = fork()) == -1)
		bench_die("cannot fork");
	if (child == 0) {
		execvp(argv[3], argv + 3);
		_exit(127);
	}
	if (wait4(child, &status, 0, &use) == -1)
		bench_die("cannot wait");
	clock_gettime(CLOCK_MONOTONIC, &to);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		bench_die("%s failed (status %d)", argv[2],
		    WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	/* Linux counts it in kB of 1024. */
	fprintf(out, "%s %.3f %.3f %.3f %.1f\n", argv[2],
	    (double)(to.tv_sec - from.tv_sec) +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e9,
	    seconds(&use.ru_utime), seconds(&use.ru_stime),
	    (double)use.ru_maxrss * 1.024 / 1000);
	return (fclose(out) == 0 ? 0 : 1);
}
