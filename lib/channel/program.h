/*
 * A program that is given a message on its standard input.
 *
 * No shell: what is run is a path and its arguments.
 */
#ifndef FU_CHANNEL_PROGRAM_H
#define FU_CHANNEL_PROGRAM_H

#include "base/arena.h"
#include "base/err.h"

#define FU_PROGRAM_SECONDS	60
#define FU_PROGRAM_OUT_MAX	(64 * 1024)

struct fu_program {
	bool		 started;	/* exec(3) succeeded */
	bool		 timed_out;	/* and was killed */
	int		 status;	/* exit status, or -1 for a signal */
	struct fu_str	 out;		/* its standard output */
};

/*
 * fu_program_run(argv, input, seconds, arena, result, err):
 * Run ${argv}[0], a path, feed it ${input}, and wait for its end.  Return 0
 * with ${result}, or -1 with FU_ECONFIG when it cannot be run, FU_EIO when
 * the system has no process or pipe for it.  Standard error is ours.
 * fu_program_run_max(argv, input, seconds, max, ...): the same, for one that
 * says more than FU_PROGRAM_OUT_MAX bytes; the rest is read and not kept.
 */
int fu_program_run(const char *const *, struct fu_str, int, struct fu_arena *,
    struct fu_program *, struct fu_err *);
int fu_program_run_max(const char *const *, struct fu_str, int, size_t,
    struct fu_arena *, struct fu_program *, struct fu_err *);

#endif
