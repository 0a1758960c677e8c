/*
 * What comes next in a cadence, and when.
 *
 * Pure: the cadence, the enrolment, what was done and the clock are arguments.
 * The same functions plan the next touch, look ahead 45 days and explain.
 *
 * The dated steps are one line ("days"); each `on:` and each `every:` step is
 * a line of its own ("on:STEP", "every:STEP"); a reminder is the line
 * "remind:STEP".  Of each line only the next touch is ever planned.
 */
#ifndef FU_POLICY_PLAN_H
#define FU_POLICY_PLAN_H

#include "policy/hours.h"
#include "record/touch.h"

struct fu_plan_in {
	const struct fu_cadence		*cadence;
	const struct fu_enrolment	*enrolment;
	const struct fu_zone		*zone;	/* the person's: see fu_gate_clock() */
	const struct fu_window		*window;
	const struct fu_zone		*owner_zone;	/* tasks: company.zone */
	unsigned			 channels;	/* bit i: the person can be reached on channel i */
	const char			*prefers;	/* the person's own order, "whatsapp,email", or NULL */
	int64_t				 now_us;
};

/* What became of a line so far. */
struct fu_progress_of_line {
	const char	*line;
	const char	*step;		/* last step handled, or NULL: none yet */
	int64_t		 occurrence;	/* of that */
	int64_t		 handled_us;	/* when it was sent or skipped */
	bool		 first_mail_sent; /* of the enrolment */
};

struct fu_planned {
	const char		*line;		/* in the arena */
	const struct fu_step	*step;
	bool			 reminder;	/* the task that `remind:` asks for */
	int64_t			 occurrence;
	int32_t			 day;		/* calendar day it is meant for */
	enum fu_channel		 channel;	/* now; see becomes_us */
	bool			 armed;		/* waits for a visit from due_us */
	enum fu_channel		 becomes;	/* the other channel, */
	int64_t			 becomes_us;	/* from then; INT64_MAX: never */
	int64_t			 due_us;	/* may leave, or is armed, from */
	int64_t			 expires_us;	/* skipped from; INT64_MAX never */
	const char		*insight_rotated; /* every: rotate's turn, or NULL */
};

/*
 * fu_plan_lines(cadence, arena, n): the names of the lines, dated one first.
 *
 * fu_plan_next(in, progress, arena, planned, skipped, nskipped):
 * The next touch of the line that ${progress} names.  Steps whose time is
 * over already (only the latest of those past at entry leaves; see
 * fu-cadence(5)) are given in ${skipped} with their ids, in order, made in the
 * arena.  Return 1, or 0 when the line has come to its end.
 *
 * fu_plan_ends(in): when `on:` and `every:` lines end, as an instant.
 */
const char **fu_plan_lines(const struct fu_cadence *, struct fu_arena *,
    size_t *);
int fu_plan_next(const struct fu_plan_in *, const struct fu_progress_of_line *,
    struct fu_arena *, struct fu_planned *, const struct fu_step ***, size_t *);
int64_t fu_plan_ends(const struct fu_plan_in *);

/*
 * fu_plan_channel(step, channels, prefers, cadence prefers, window order):
 * Of a step's alternatives the first that the person takes, their own order
 * (`prefers`) before the cadence's (`prefer`) before the step's.  -1 if none.
 */
int fu_plan_channel(const struct fu_step *, unsigned, const char *,
    const struct fu_list *);

/* Whole local calendar days between two instants: what a pause moves. */
int32_t fu_plan_pause_days(const struct fu_zone *, int64_t, int64_t);

#endif
