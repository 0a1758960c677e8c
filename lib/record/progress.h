/*
 * A progress line on standard error, for long work on a terminal.
 */
#ifndef FU_RECORD_PROGRESS_H
#define FU_RECORD_PROGRESS_H

#include "base/opt.h"

struct fu_progress {
	const struct fu_opt	*opt;
	bool			 on;
	bool			 shown;
	uint64_t		 total_bytes;	/* 0: not known */
	int64_t			 start_us, last_us;
	const char		*what;		/* "rows" */
};

void fu_progress_start(struct fu_progress *, const struct fu_opt *,
    const char *, uint64_t);
/* Done so far, bytes read so far, rejects; redraws five times a second. */
void fu_progress_tick(struct fu_progress *, uint64_t, uint64_t, uint64_t);
void fu_progress_end(struct fu_progress *);	/* clear or finish the line */

#endif
