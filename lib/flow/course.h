/*
 * The course of one enrolment: its lines, what was done on each, what is
 * planned next.  The same for what is stored and for what --plan imagines.
 */
#ifndef FU_FLOW_COURSE_H
#define FU_FLOW_COURSE_H

#include "flow/case.h"
#include "policy/plan.h"
#include "store/touches.h"

struct fu_line {
	const char			*name;
	struct fu_progress_of_line	 done;
	struct fu_touch_row		*pending;	/* NULL: none planned */
	bool				 ended;
};

struct fu_course {
	const struct fu_cadence	*cadence;
	struct fu_enrolment	 enrolment;
	struct fu_line		*line;
	size_t			 nline;
	bool			 first_mail_sent;
	unsigned		 channels;	/* the person can be reached on */
};

/*
 * fu_course_make(session, case, enrolment, channels, touches, n, arena, course,
 * err):
 * The course of which ${touches} are the rows, other enrolments' among them.
 * It borrows them.  FU_ECONFIG when the enrolment's cadence is not among the
 * files any more.
 */
int fu_course_make(struct fu_session *, const struct fu_case *,
    const struct fu_enrolment *, unsigned, struct fu_touch_row *, size_t,
    struct fu_arena *, struct fu_course *, struct fu_err *);

/*
 * fu_course_next(session, case, course, line, now_us, arena, skipped, nskipped):
 * Plan the next touch of a line that has none pending: pending is set, or
 * ended.  Steps that are passed over are given in ${skipped}, as touches in
 * state FU_T_SKIPPED.  Touches nothing but memory.
 *
 * fu_course_replan(...): the same for a line whose pending touch is planned or
 * armed, in place: after a pause moved the days.
 *
 * fu_course_done(course, line, state, at_us): the pending touch was handled.
 */
void fu_course_next(struct fu_session *, const struct fu_case *,
    struct fu_course *, struct fu_line *, int64_t, struct fu_arena *,
    struct fu_touch_row **, size_t *);
void fu_course_replan(struct fu_session *, const struct fu_case *,
    struct fu_course *, struct fu_line *, int64_t, struct fu_arena *);
void fu_course_done(struct fu_course *, struct fu_line *, enum fu_touch_state,
    int64_t);

/* Is there nothing left that could ever be planned? */
bool fu_course_ended(const struct fu_course *);

/* The earliest pending touch, or NULL. */
const struct fu_touch_row *fu_course_first(const struct fu_course *);

/*
 * fu_course_leaves(session, case, course, arena):
 * When the first touch leaves that waits for no visit, as far as the plan
 * goes; FU_NEVER if none does.
 */
int64_t fu_course_leaves(struct fu_session *, const struct fu_case *,
    const struct fu_course *, struct fu_arena *);

/* The line of a touch; NULL if the file has it no more. */
struct fu_line *fu_course_line(struct fu_course *, const char *);

/* The step of a touch in the cadence's file, its reminder too; or NULL. */
const struct fu_step *fu_course_step(const struct fu_course *,
    const struct fu_touch *);

#endif
