/*
 * Of when a rules file is, and where it is from.
 */
#ifndef FU_POLICY_DATED_H
#define FU_POLICY_DATED_H

#include "base/clock.h"

#define FU_DATED_DAYS_MAX 365	/* older: somebody should look again */

/* What to say of a head, wherever it is missed. */
#define FU_DATED_MISSING \
	"it does not say of when it is: write a line \"date: YYYY-MM-DD\""
#define FU_DATED_BAD "this is no date: write \"date: YYYY-MM-DD\""
#define FU_DATED_NO_SOURCE \
	"it does not say where it is from: write a line \"source: …\""

struct fu_dated {
	bool	 given, valid;	/* is there a date:, is it one */
	int32_t	 day;		/* day number, when valid */
	int	 line, col;	/* of what date: says, from 1; 0 none */
	bool	 source;	/* a source: with something behind it */
};

/*
 * fu_dated_read(text, dated):
 * The first "date: 2026-11-23" and "source: …" that begin a line, behind a '#'
 * or not: in comments, in rules and in YAML they look the same.
 */
void fu_dated_read(struct fu_str, struct fu_dated *);

#endif
