/*
 * The names of a touch's states, as the store and fu-why show them.
 *
 * Names only: what moves a touch from state to state is store/ and flow/.
 */
#include "record/touch.h"

static const char *const names[FU_T_STATE_N] = {
	[FU_T_PLANNED] = "planned",
	[FU_T_ARMED] = "armed",
	[FU_T_CLAIMED] = "claimed",
	[FU_T_ATTEMPTING] = "attempting",
	[FU_T_SENT] = "sent",
	[FU_T_FAILED] = "failed",
	[FU_T_UNCERTAIN] = "uncertain",
	[FU_T_SKIPPED] = "skipped",
	[FU_T_CANCELLED] = "cancelled",
};

const char *
fu_touch_state_name(enum fu_touch_state state)
{

	return (names[state]);
}
