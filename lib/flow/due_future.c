/*
 * What of a person's lines and pauses happens when, on a clock that is imagined.
 *
 * Must never ask the store.
 */
#include "flow/due_room.h"

/* The next instant at which something may happen to that person. */
void
fu_future_next(struct fu_future *f)
{
	f->at_us = f->resume_us;
	for (size_t i = 0; i < f->course.nline; i++) {
		const struct fu_touch_row	*p = f->course.line[i].pending;

		if (p != NULL && p->t.next_us != FU_NEVER &&
		    p->t.next_us < f->at_us)
			f->at_us = p->t.next_us;
	}
}

struct fu_line *
fu_future_line(struct fu_future *f)
{
	for (size_t i = 0; i < f->course.nline; i++) {
		const struct fu_touch_row	*p = f->course.line[i].pending;

		if (p != NULL && p->t.next_us != FU_NEVER &&
		    p->t.next_us <= f->at_us)
			return (&f->course.line[i]);
	}
	return (NULL);
}

/* Is that chat armed for a day that the end of a pause has yet to move? */
bool
fu_future_moves(const struct fu_future *f, size_t i)
{
	const struct fu_touch_row	*p = f->course.line[i].pending;

	return (p != NULL && f->resume_us != INT64_MAX &&
	    p->t.due_us > f->resume_us);
}

/* A pause that ends by time ends in the plan as well; one that waits for
 * somebody does not. */
void
fu_future_pause(struct fu_future *f, int64_t now)
{
	struct fu_enrolment	*e = &f->course.enrolment;
	unsigned		 pauses = fu_case_pauses(&f->c, now);
	const struct fu_prospect *p = &f->c.p;

	f->ends_us = fu_case_unreleased(&f->c);
	f->resume_us = INT64_MAX;
	if (pauses == 0) {
		/* Over, and nobody has looked since. */
		if (e->paused_us != FU_NEVER) {
			f->resume_us = fu_case_pause_ended(&f->c, e->paused_us,
			    now);
			if (f->resume_us == FU_NEVER)
				f->resume_us = now;
		}
		return;
	}
	if (e->paused_us == FU_NEVER)
		e->paused_us = now;
	if ((pauses & (FU_PAUSE_REPLY | FU_PAUSE_HUMAN |
	    FU_PAUSE_COMPANY)) != 0)
		return;
	f->resume_us = now;
	if ((pauses & FU_PAUSE_OOO) != 0)
		f->resume_us = p->ooo_until_us;
	if ((pauses & FU_PAUSE_HANDOFF) != 0 &&
	    p->handoff_until_us > f->resume_us)
		f->resume_us = p->handoff_until_us;
}

/*
 * What is overdue or held happens from now on, and what is claimed as well; a
 * message that may be on the wire has left.
 */
void
fu_future_pending(struct fu_future *f, struct fu_line *line, int64_t now)
{
	struct fu_touch_row	*p = line->pending;

	if (p == NULL)
		return;
	if (p->t.state == FU_T_ATTEMPTING) {
		fu_course_done(&f->course, line, FU_T_UNCERTAIN, now);
		return;
	}
	if (p->t.state == FU_T_CLAIMED) {
		p->t.state = FU_T_PLANNED;
		p->t.claim = NULL;
		p->t.next_us = now;
	}
	if (p->t.state == FU_T_PLANNED && p->t.held_reason != NULL)
		p->t.next_us = p->t.due_us;
	if (p->t.next_us != FU_NEVER && p->t.next_us < now)
		p->t.next_us = now;
	p->t.held_reason = NULL;
}
