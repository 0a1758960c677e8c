/*
 * Everybody's history, a run of people at a time, with no more of it than is
 * measured.
 *
 * Must never write.
 */
#ifndef FU_STORE_MEASURES_H
#define FU_STORE_MEASURES_H

#include "record/event.h"
#include "record/measured.h"
#include "store/store.h"

/* Rows of a run of people, each list in order of prospect. */
struct fu_measured {
	struct fu_event			*event;		/* then fu_event_order */
	size_t				 nevent;
	struct fu_measure_enrolment	*enrolment;
	int64_t				*enrolment_of;	/* whose each is */
	size_t				 nenrolment;
	struct fu_measure_touch		*touch;
	int64_t				*touch_of;
	size_t				 ntouch;
	struct fu_measure_handoff	*handoff;
	int64_t				*handoff_of;
	size_t				 nhandoff;
};

/*
 * fu_measured_load(store, from, to, arena, rows, err):
 * The rows of the people with ids from ${from} to ${to}.  Of events only those
 * that are measured, without their texts; bodies only of bounces, and of turns
 * in which the chat said that it does not know.
 */
int fu_measured_load(struct fu_store *, int64_t, int64_t, struct fu_arena *,
    struct fu_measured *, struct fu_err *);

#endif
