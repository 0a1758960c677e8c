/*
 * When it is not the address that an answer is about: a host that blocks us,
 * puts many off, or says that we are at fault.
 *
 * Mail to the domain or in the sender's name is paused, never a person
 * suppressed, and an operator hears of it.
 */
#ifndef FU_FLOW_BLOCKED_H
#define FU_FLOW_BLOCKED_H

#include "flow/session.h"
#include "policy/bounce.h"

struct fu_blocked {
	enum fu_bounce	 class;
	int64_t		 prospect;	/* whom the mail was for, or 0 */
	const char	*address;	/* and their address; NULL: not known */
	const char	*sender;	/* key of who wrote; NULL: not known */
	const char	*answer;	/* the answer's words, or NULL */
};

/*
 * fu_blocked(session, blocked, err):
 * For FU_B_POLICY pause the domain; for FU_B_SLOW pause it when the third
 * person of it is put off within an hour; for FU_B_OURS pause the sender's
 * stream; for another class do nothing.  In a transaction.  [EM-16]
 */
int fu_blocked(struct fu_session *, const struct fu_blocked *,
    struct fu_err *);

#endif
