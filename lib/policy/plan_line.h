/*
 * The rooms of the plan: one function a kind of line, and the days and hours
 * that they share.  Nobody but plan*.c includes this.
 *
 * Pure, as all of the plan.
 */
#ifndef FU_POLICY_PLAN_LINE_H
#define FU_POLICY_PLAN_LINE_H

#include "policy/plan.h"

/* The last dated step, and a reminder, live that long. */
#define FU_PLAN_LAST_DAYS 7

/* The names of lines begin so; behind the colon is the step's id. */
#define FU_LINE_DAYS	"days"
#define FU_LINE_ON	"on:"
#define FU_LINE_EVERY	"every:"
#define FU_LINE_REMIND	"remind:"

/* Local days of the entry and of the anchor, pauses not counted. */
int32_t fu_plan_entry_day(const struct fu_plan_in *);
int32_t fu_plan_anchor_day(const struct fu_plan_in *);

/* The instant until which time counts: a paused enrolment stands still. */
int64_t fu_plan_alive_us(const struct fu_plan_in *);

/* Midnight at which the local day begins, in the zone that the channel is
 * planned in: the owner's for tasks, else the person's. */
int64_t fu_plan_midnight(const struct fu_plan_in *, enum fu_channel, int32_t);

/*
 * fu_plan_touch_due(in, progress, planned):
 * With step, channel, occurrence and day (a sending day) of ${planned} filled
 * in, set due_us for a mail, a text or a task; day moves on when the window
 * has closed before the entry.  False when no sending day is left.
 */
bool fu_plan_touch_due(const struct fu_plan_in *,
    const struct fu_progress_of_line *, struct fu_planned *);

/* The first instant at which a message may leave on that sending day, no
 * spread: the opening, or the entry; the day moves on as above. */
bool fu_plan_opening(const struct fu_plan_in *, int32_t *, int64_t *);

/* First business day of the calendar quarter that begins ${n} quarters after
 * the one which ${day} is in; ${start} is the quarter's first day. */
int32_t fu_plan_quarter_day(const struct fu_window *, int32_t, int, int32_t *);

/* The next of each kind of line, as fu_plan_next(). */
int fu_plan_days_next(const struct fu_plan_in *,
    const struct fu_progress_of_line *, struct fu_arena *, struct fu_planned *,
    const struct fu_step ***, size_t *);
int fu_plan_on_next(const struct fu_plan_in *,
    const struct fu_progress_of_line *, struct fu_planned *);
int fu_plan_every_next(const struct fu_plan_in *,
    const struct fu_progress_of_line *, struct fu_planned *);
int fu_plan_remind_next(const struct fu_plan_in *,
    const struct fu_progress_of_line *, struct fu_planned *);

#endif
