/*
 * The names of the closed sets, one table each.
 */
#include <string.h>

#include "config/config.h"

static const char *const triggers[FU_TRIGGER_N] = {
	[FU_TR_ASKED_FOR_HUMAN] = "asked_for_human",
	[FU_TR_BUYING_INTENT] = "buying_intent",
	[FU_TR_SCORE_THRESHOLD] = "score_threshold",
	[FU_TR_RETURN_VISITS] = "return_visits",
	[FU_TR_COMPETITOR_MENTION] = "competitor_mention",
	[FU_TR_DECISION_MAKER] = "decision_maker",
	[FU_TR_STALLED_OBJECTION] = "stalled_objection",
	[FU_TR_TRIGGER_EVENT] = "trigger_event",
	[FU_TR_REPLY] = "reply",
};

static int
find(const char *const *names, int n, const char *name)
{
	int i;

	for (i = 0; name != NULL && i < n; i++)
		if (strcmp(names[i], name) == 0)
			return (i);
	return (-1);
}

const char *
fu_trigger_name(enum fu_trigger trigger)
{
	return (triggers[trigger]);
}

int
fu_trigger_find(const char *name)
{
	return (find(triggers, FU_TRIGGER_N, name));
}
