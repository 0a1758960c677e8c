/*
 * One person ahead of us, as --plan imagines them.  For lib/flow/due*.c alone.
 */
#ifndef FU_FLOW_DUE_ROOM_H
#define FU_FLOW_DUE_ROOM_H

#include "flow/due.h"
#include "flow/due_insight.h"

/* One person ahead of us. */
struct fu_future {
	struct fu_case		 c;
	struct fu_course	 course;
	struct fu_asked		 asked;
	int64_t			 at_us;		/* next instant of interest */
	int64_t			 resume_us;	/* a pause ends; INT64_MAX: none */
	int64_t			 ends_us;	/* unless somebody releases */
	size_t			 sender;	/* in plan.sender */
	struct fu_company_use	*company;	/* NULL: no cap, or none known */
	struct fu_shown_ahead	 shown;
};

/* Touches of one company's people, the stored ones of the week before now and
 * the imagined. */
struct fu_company_use {
	struct fu_company_use	*next;
	const char		*domain;
	int64_t			*at;
	size_t			 n, cap;
};

/* Its pauses, and a line's pending touch, as they are from now on. */
void fu_future_pause(struct fu_future *, int64_t);
void fu_future_pending(struct fu_future *, struct fu_line *, int64_t);

/*
 * fu_future_next(future): put into at_us when something may happen next.
 * fu_future_line(future): the line to which it happens then, or NULL.
 * fu_future_moves(future, i): is that line's chat armed for a day that the end
 * of a pause has yet to move?
 */
void fu_future_next(struct fu_future *);
struct fu_line *fu_future_line(struct fu_future *);
bool fu_future_moves(const struct fu_future *, size_t);

#endif
