/*
 * What waits although its time has come, counted: by reason, step and industry.
 */
#ifndef FU_FLOW_HELD_H
#define FU_FLOW_HELD_H

#include "flow/session.h"
#include "store/touches.h"

/*
 * fu_held_run(session, arena, held, n, err):
 * The touches that fu-due -x tells as held now, counted, the most first; a chat
 * that waits for its visit is none.  Reads only; the session has FU_S_READ.
 */
int fu_held_run(struct fu_session *, struct fu_arena *,
    struct fu_touch_held **, size_t *, struct fu_err *);

#endif
