/*
 * What is kept of an enrolment, a touch and a hand-off, as far as it is
 * measured: what store reads in runs, and policy counts.
 */
#ifndef FU_RECORD_MEASURED_H
#define FU_RECORD_MEASURED_H

#include "record/touch.h"

struct fu_measure_enrolment {
	int64_t		 id;
	const char	*cadence;
	int64_t		 entered_us;
	bool		 holdout;
	int		 score;		/* -1: none */
};
struct fu_measure_touch {
	int64_t		 id, enrolment;
	const char	*cadence, *step, *sender, *variant, *domain;
	const char	*reason;	/* held or skipped for, or NULL */
	int		 channel;	/* enum fu_channel, or -1 */
	enum fu_touch_state state;
	int64_t		 due_us;
	int64_t		 left_us;	/* sent or failed at, or FU_NEVER */
};
struct fu_measure_handoff {
	const char	*trigger;
	int64_t		 fired_us, respond_by_us, first_response_us;
};
#endif
