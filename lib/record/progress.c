/*
 * The progress line.
 *
 * Must never write to anything but standard error, nor there when it is no
 * terminal, unless told so.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "record/progress.h"

#define REDRAW_US	(FU_SECOND / 5)
/* Drawn over by blanks of this width: no escapes, so that any terminal does. */
#define WIDTH		72

void
fu_progress_start(struct fu_progress *progress, const struct fu_opt *opt,
    const char *what, uint64_t total_bytes)
{
	memset(progress, 0, sizeof(*progress));
	progress->opt = opt;
	progress->what = what;
	progress->total_bytes = total_bytes;
	progress->on = opt->progress == FU_ALWAYS ||
	    (opt->progress == FU_AUTO && !opt->quiet && isatty(STDERR_FILENO));
	if (progress->on)
		progress->start_us = progress->last_us =
		    fu_clock_monotonic_us();
}

/* A line lost is no harm, so a failure to write it is none. */
static void
draw(const char *text, const char *end)
{
	char	line[2 * WIDTH];
	int	n;

	n = snprintf(line, sizeof(line), "\r%-*.*s%s", WIDTH, WIDTH, text, end);
	if (write(STDERR_FILENO, line, (size_t)n) == -1)
		return;
}

void
fu_progress_tick(struct fu_progress *progress, uint64_t done, uint64_t bytes,
    uint64_t rejects)
{
	char	 text[256];
	int64_t	 now;
	uint64_t elapsed_us, share;
	int	 n;

	if (!progress->on)
		return;
	now = fu_clock_monotonic_us();
	if (now - progress->last_us < REDRAW_US)
		return;
	progress->last_us = now;
	elapsed_us = (uint64_t)(now - progress->start_us);
	n = snprintf(text, sizeof(text), "%llu %.20s  %llu/s",
	    (unsigned long long)done, progress->what,
	    (unsigned long long)((double)done * FU_SECOND /
	    (double)elapsed_us));
	if (progress->total_bytes > 0) {
		share = bytes >= progress->total_bytes ? 100 :
		    (uint64_t)((double)bytes * 100 /
		    (double)progress->total_bytes);
		n += snprintf(text + n, sizeof(text) - (size_t)n, "  %llu%%",
		    (unsigned long long)share);
	}
	if (rejects > 0)
		snprintf(text + n, sizeof(text) - (size_t)n, "  %llu rejected",
		    (unsigned long long)rejects);
	draw(text, "");
	progress->shown = true;
}

void
fu_progress_end(struct fu_progress *progress)
{
	if (!progress->shown)
		return;
	if (isatty(STDERR_FILENO))
		draw("", "\r");
	else if (write(STDERR_FILENO, "\n", 1) == -1)
		return;
	progress->shown = false;
}
