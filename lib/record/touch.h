/*
 * Enrolments and touches, as store, policy and flow pass them around.
 */
#ifndef FU_RECORD_TOUCH_H
#define FU_RECORD_TOUCH_H

#include "base/arena.h"
#include "base/clock.h"
#include "record/channel.h"

/* Why the days that remain stand still. */
enum fu_pause {
	FU_PAUSE_NONE = 0, FU_PAUSE_REPLY = 1, FU_PAUSE_HUMAN = 2,
	FU_PAUSE_HANDOFF = 4, FU_PAUSE_OOO = 8, FU_PAUSE_COMPANY = 16
};

struct fu_enrolment {
	int64_t		 prospect, id;
	const char	*cadence;
	const char	*version;	/* of the cadence's file at entry */
	bool		 active;
	int64_t		 entered_us;
	int64_t		 anchor_us;	/* entry, demo or return */
	int64_t		 return_us;	/* the return it used, or FU_NEVER */
	int32_t		 shift_days;	/* what pauses have moved so far */
	int64_t		 paused_us;	/* since when paused, or FU_NEVER */
	bool		 holdout;	/* planned, never sent */
	int64_t		 ended_us;	/* or FU_NEVER */
	const char	*reason;	/* of the last change */
};

/*
 * planned: waits for due_us.  armed: a chat step that waits for a visit.
 * claimed: emitted with a lease.  attempting: may be on the wire.
 */
enum fu_touch_state {
	FU_T_PLANNED, FU_T_ARMED, FU_T_CLAIMED, FU_T_ATTEMPTING, FU_T_SENT,
	FU_T_FAILED, FU_T_UNCERTAIN, FU_T_SKIPPED, FU_T_CANCELLED,
	FU_T_STATE_N
};
const char *fu_touch_state_name(enum fu_touch_state);

struct fu_touch {
	int64_t		 prospect, id, enrolment;
	const char	*cadence;
	const char	*line;		/* "days", "on:STEP", "every:STEP" */
	const char	*step;		/* id */
	int64_t		 occurrence;	/* 0; on: the return's time; every: YYYYMM, YYYYQ */
	int		 day;		/* of the step; −1 for on: and every: */
	enum fu_channel	 channel;
	const char	*message;
	int64_t		 due_us;	/* may leave from */
	int64_t		 expires_us;	/* skipped from; INT64_MAX: never */
	enum fu_touch_state state;
	int64_t		 next_us;	/* looked at again; FU_NEVER: not by time */
	const char	*held_reason, *held_rule, *held_class;
	const char	*held_detail;	/* names what is unknown, or NULL */
	int64_t		 held_until_us;
	const char	*claim;		/* token */
	int64_t		 lease_us;
	const char	*sender;	/* key */
	int		 attempts;
	int64_t		 sent_us;
	const char	*message_id;
};

#endif
