/*
 * Looking ahead at what there is to say: the insight that a step would get.
 */
#ifndef FU_FLOW_DUE_INSIGHT_H
#define FU_FLOW_DUE_INSIGHT_H

#include "config/message.h"
#include "flow/due.h"
#include "flow/knowledge.h"

/* The knowledge base, and what one person has had or would have had by then. */
struct fu_insights {
	struct fu_knowledge	 knowledge;
	struct fu_message	*message;	/* for their languages */
	size_t			 nmessage;
};
struct fu_shown_ahead {
	bool			 loaded;
	struct fu_shown		 shown;
};

/* Read the knowledge base; faults of messages are fu-send's to tell. */
int fu_insights_open(struct fu_session *, struct fu_insights *,
    struct fu_arena *, struct fu_err *);
void fu_insights_close(struct fu_insights *);

/*
 * fu_insight_ahead(session, insights, case, step, touch, now_us, shown, arena,
 * fate, err):
 * A touch whose fate is to leave at ${now_us}, but for which fu-send would have
 * nothing new, is held instead.  What it would take is put into ${shown}.
 */
int fu_insight_ahead(struct fu_session *, struct fu_insights *,
    const struct fu_case *, const struct fu_step *,
    const struct fu_touch_row *, int64_t, struct fu_shown_ahead *,
    struct fu_arena *, struct fu_fate_of *, struct fu_err *);

#endif
