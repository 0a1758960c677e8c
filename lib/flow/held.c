/*
 * Counting what waits.
 *
 * Must never decide: it tells what the last look of fu-due and fu-send wrote.
 */
#include "flow/held.h"

int
fu_held_run(struct fu_session *s, struct fu_arena *arena,
    struct fu_touch_held **held, size_t *n, struct fu_err *err)
{
	return (fu_touches_held(&s->store, fu_session_now(s), arena, held, n,
	    err));
}
