/*
 * What a service says of a message of ours: that it arrived after all, or what
 * its code means for the person's number.
 *
 * fu-send asks with the answer to its request, fu-ingest with the report that
 * comes later.  In the caller's transaction.
 */
#ifndef FU_FLOW_ARRIVED_H
#define FU_FLOW_ARRIVED_H

#include "flow/witness.h"
#include "policy/provider.h"
#include "store/dispatch.h"
#include "store/touches.h"

/* A code, and whose message it was about. */
struct fu_said_of {
	const struct fu_provider_code	*code;
	const char			*channel;	/* "sms" */
	const char			*phone;		/* E.164, or NULL */
	int64_t				 prospect;	/* 0: nobody's number */
	int64_t				 at_us;
	struct fu_witness		**witness;	/* NULL in it: none yet */
};

/*
 * fu_provider_effect(session, said, arena, err):
 * What the code means for the number, into the ledger: opted out, dead, or
 * not before a time; or for the channel, which is paused, all of it or to that
 * country, see flow/stream.h.  Its alarm is an alert, see flow/alert.h.  The
 * message itself, and that it was told, is the caller's.
 *
 * fu_settle_touch(session, row, sent, why, err):
 * fu_settle_dispatch(session, dispatch, sent, why, err):
 * What was uncertain was sent, or was not, by the word of ${why}.  A touch's
 * line goes on when fu-cadence looks.
 *
 * fu_arrived_touch(session, touch, sent, arena, err):
 * fu_arrived_dispatch(session, dispatch, sent, arena, err):
 * If it is uncertain, it was sent, or was not.  Nothing else changes it.
 */
int fu_provider_effect(struct fu_session *, const struct fu_said_of *,
    struct fu_arena *, struct fu_err *);
int fu_settle_touch(struct fu_session *, struct fu_touch_row *, bool,
    const char *, struct fu_err *);
int fu_settle_dispatch(struct fu_session *, struct fu_dispatch *, bool,
    const char *, struct fu_err *);
int fu_arrived_touch(struct fu_session *, int64_t, bool, struct fu_arena *,
    struct fu_err *);
int fu_arrived_dispatch(struct fu_session *, int64_t, bool, struct fu_arena *,
    struct fu_err *);

#endif
