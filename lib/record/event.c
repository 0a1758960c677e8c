/*
 * The kinds of events: their names and what each says of the person.
 *
 * Looks at one event at a time; never at the store, the clock or the person.
 */
#include <string.h>

#include "record/event.h"

const struct fu_kind_def fu_kinds[FU_K_N] = {
	[FU_K_CUSTOM] = { "custom", false, false, "url" },
	[FU_K_VISIT] = { "visit", true, false, "url" },
	[FU_K_FORM] = { "form", true, true, "url" },
	[FU_K_CHAT] = { "chat", true, true, "url" },
	[FU_K_MESSAGE] = { "message", true, true, "channel" },
	[FU_K_REPLY] = { "reply", true, true, "channel" },
	[FU_K_AUTO_REPLY] = { "auto_reply", false, false, "reason" },
	[FU_K_BOUNCE] = { "bounce", false, false, "status" },
	[FU_K_DELIVERY] = { "delivery", false, false, "status" },
	[FU_K_COMPLAINT] = { "complaint", false, false, "channel" },
	/* Mail programs press one-click links too: no sign of a person. */
	[FU_K_UNSUBSCRIBE] = { "unsubscribe", false, false, "channel" },
	[FU_K_STOP] = { "stop", true, false, "channel" },
	[FU_K_OBJECTION] = { "objection", true, false, "channel" },
	[FU_K_START] = { "start", true, false, "channel" },
	[FU_K_HELP] = { "help", true, false, "channel" },
	[FU_K_ERASURE_REQUEST] = { "erasure_request", true, false, "channel" },
	[FU_K_CONSENT] = { "consent", false, false, "channel" },
	[FU_K_OPEN] = { "open", false, false, "channel" },
	[FU_K_CLICK] = { "click", true, true, "url" },
	[FU_K_DOWNLOAD] = { "download", true, false, "document" },
	[FU_K_MEETING] = { "meeting", true, false, "status" },
	[FU_K_DEMO] = { "demo", true, false, "status" },
	[FU_K_CALL] = { "call", true, true, "outcome" },
	[FU_K_JOB_POSTING] = { "job_posting", false, false, "url" },
	[FU_K_STAGE] = { "stage", false, false, "to" },
	[FU_K_WON] = { "won", false, false, "value" },
	[FU_K_LOST] = { "lost", false, false, "reason" },
	[FU_K_HANDOFF_ACCEPTED] = { "handoff_accepted", false, false, "by" },
	[FU_K_RELEASED] = { "released", false, false, "by" },
	[FU_K_TASK_DONE] = { "task_done", false, false, "by" },
	[FU_K_RESUME] = { "resume", false, false, "domain" },
	[FU_K_CONFIRM] = { "confirm", true, true, "token" },
	[FU_K_SCORED] = { "scored", false, false, "score" },
	[FU_K_SENT] = { "sent", false, false, "channel" },
};

/* How people and telephone systems write that nobody talked. */
static const char *const unanswered[] = {
	"*no*answer*", "*not*answer*", "*unanswered*", "*voice*mail*",
	"*left*message*", "*busy*", "*no*show*", "*wrong*", "*fail*",
	"*unreach*", "*not*reached*", "*missed*", "*cancel*", "*attempt*",
	"*not*available*", "*no*contact*", "*bad*number*", "*not*connected*",
	"*gatekeeper*", "no"
};

enum fu_kind
fu_event_meaning(const struct fu_event *e)
{
	if (e->kind == FU_K_CALL && fu_streq(e->arg, "demo"))
		return (FU_K_DEMO);
	if (e->kind == FU_K_CALL && fu_streq(e->arg, "meeting"))
		return (FU_K_MEETING);
	return (e->kind);
}

enum fu_kind
fu_kind_find(const char *name)
{
	int k;

	for (k = FU_K_CUSTOM + 1; k < FU_K_N; k++)
		if (fu_kinds[k].name[0] == name[0] &&
		    strcmp(fu_kinds[k].name, name) == 0)
			return (k);
	return (FU_K_CUSTOM);
}

static bool
answered(const char *outcome)
{
	size_t i;

	if (fu_blank(outcome))
		return (false);
	for (i = 0; i < sizeof(unanswered) / sizeof(unanswered[0]); i++)
		if (fu_glob(unanswered[i], outcome))
			return (false);
	return (true);
}

bool
fu_event_inbound(const struct fu_event *e)
{

	switch (e->kind) {
	case FU_K_CUSTOM:
		/* Of a kind that we do not know, only its sender can tell. */
		return (e->from == FU_FROM_PROSPECT);
	case FU_K_CHAT:
	case FU_K_MESSAGE:
		return (e->from == FU_FROM_PROSPECT);
	case FU_K_CALL:
		return (answered(e->arg));
	case FU_K_MEETING:
	case FU_K_DEMO:
		/* A booking is theirs; who did not come was not here. */
		return (fu_blank(e->arg) || fu_streq(e->arg, "held") ||
		    fu_streq(e->arg, "booked") || fu_streq(e->arg, "moved"));
	default:
		return (fu_kinds[e->kind].inbound && e->from != FU_FROM_BOT &&
		    e->from != FU_FROM_REP);
	}
}

bool
fu_event_engages(const struct fu_event *e)
{

	return (fu_kinds[e->kind].engages && fu_event_inbound(e));
}

int
fu_event_order(const void *va, const void *vb)
{
	const struct fu_event *a = va, *b = vb;
	int d;

	if (a->at_us != b->at_us)
		return (a->at_us < b->at_us ? -1 : 1);
	if (a->dedup != b->dedup)
		return (a->dedup < b->dedup ? -1 : 1);
	if (a->kind != b->kind)
		return (a->kind < b->kind ? -1 : 1);
	/* Equal hashes mean the same event but for a collision. */
	if ((d = strcmp(a->name ? a->name : "", b->name ? b->name : "")) != 0)
		return (d);
	if ((d = strcmp(a->arg ? a->arg : "", b->arg ? b->arg : "")) != 0)
		return (d);
	return (strcmp(a->body ? a->body : "", b->body ? b->body : ""));
}
