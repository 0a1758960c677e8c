/*
 * What the rooms of flow/reply share.  Nobody else includes this.
 */
#ifndef FU_FLOW_REPLY_ROOM_H
#define FU_FLOW_REPLY_ROOM_H

#include "flow/reply.h"

/*
 * fu_reply_own(reply): is the message at hand from one of our own people, or
 * of our own domain?  Then write what it gives: a message to each recipient
 * outside, unless it is a touch of ours.
 *
 * fu_reply_head(reply, jw, event, who, several): begin a record: event, id,
 * email, at, and what any mail has; ${who} is NULL where nobody is named, and
 * ${several} when one message gives more than one record.
 * fu_reply_end(reply, jw): end it.
 */
bool fu_reply_own(struct fu_reply *);
void fu_reply_head(struct fu_reply *, struct fu_jw *, const char *,
    const char *, bool);
void fu_reply_end(struct fu_reply *, struct fu_jw *);

#endif
