/*
 * A text that a service took and then could not deliver: whether it goes out
 * again.
 */
#ifndef FU_FLOW_AGAIN_H
#define FU_FLOW_AGAIN_H

#include "flow/session.h"
#include "policy/provider.h"

/* A report that a message of ours did not arrive. */
struct fu_lost {
	const struct fu_provider_code	*code;
	int64_t				 touch;
	const char			*relay_id;	/* which try it is about, or NULL */
	int64_t				 at_us;
};

/*
 * fu_again(session, lost, arena, err):
 * By a code after which one tries again, the touch is planned anew, as often
 * as the code allows and within two days of the first try; after that it has
 * failed.  1 when it was one of the two; 0 when the report changes nothing of
 * it: another code, another try's, a line that has gone on, or an enrolment
 * that is over; -1.  The gate
 * is asked before it leaves, as before any try; what was tried counts for the
 * caps of a state [ST-02].  In a transaction.  [SM-04, WA-05]
 */
int fu_again(struct fu_session *, const struct fu_lost *, struct fu_arena *,
    struct fu_err *);

#endif
