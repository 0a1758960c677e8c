/*
 * Asking the gate: everything that it wants to know of one touch, fetched.
 *
 * fu-due asks before it claims, fu-send before the wire; both through here, so
 * that they ask the same question.
 */
#ifndef FU_FLOW_ASK_H
#define FU_FLOW_ASK_H

#include "flow/case.h"
#include "store/touches.h"

struct fu_asked {
	struct fu_gate_in	 in;
	struct fu_ledger_state	 ledger;
	struct fu_sent_before	*sent;		/* newest first, as in.sent */
	size_t			 nsent, sent_cap;
	bool			 open_elsewhere; /* see fu_ask_touch() */
};

/*
 * fu_ask_make(session, case, touches, n, arena, asked, err):
 * Fill in what concerns the person: ${touches} are all theirs.  What concerns
 * one touch is put in by fu_ask_touch().
 *
 * fu_ask_touch(session, case, asked, touch, arena, err): sender, caps, ledger
 * for its channel, class and duplicates.  ${open_elsewhere}: the ledger shuts
 * that channel, and not all those that its cadence writes on.
 */
int fu_ask_make(struct fu_session *, const struct fu_case *,
    const struct fu_touch_row *, size_t, struct fu_arena *, struct fu_asked *,
    struct fu_err *);
int fu_ask_touch(struct fu_session *, const struct fu_case *,
    struct fu_asked *, const struct fu_touch *, struct fu_arena *,
    struct fu_err *);

/* A touch that left, real or imagined: the newest of in.sent. */
void fu_ask_sent(struct fu_asked *, const struct fu_touch *, int64_t,
    struct fu_arena *);
/* When touches of the person's company left: those of the week count. */
void fu_ask_company(struct fu_asked *, const int64_t *, size_t);

/*
 * fu_ask_inputs(asked, verdict, arena):
 * What the gate looked at for that verdict, as a JSON object for the record of
 * decisions: of the person what places and permits, of the past what counts,
 * and the versions of rules and configuration.  No name and no address.
 */
const char *fu_ask_inputs(const struct fu_asked *, const struct fu_verdict *,
    struct fu_arena *);

/* Does a touch on that channel count for gaps and caps? */
bool fu_channel_counts(enum fu_channel);

#endif
