/*
 * An event: something that happened to a person, as store, policy and flow
 * pass it around.  One table names the kinds and what each one means.
 */
#ifndef FU_RECORD_EVENT_H
#define FU_RECORD_EVENT_H

#include "base/arena.h"
#include "base/clock.h"

enum fu_kind {
	FU_K_CUSTOM,		/* any other name: stored and scoreable */
	FU_K_VISIT, FU_K_FORM, FU_K_CHAT, FU_K_MESSAGE, FU_K_REPLY,
	FU_K_AUTO_REPLY, FU_K_BOUNCE, FU_K_DELIVERY, FU_K_COMPLAINT,
	FU_K_UNSUBSCRIBE, FU_K_STOP, FU_K_OBJECTION, FU_K_START, FU_K_HELP,
	FU_K_ERASURE_REQUEST, FU_K_CONSENT, FU_K_OPEN, FU_K_CLICK,
	FU_K_DOWNLOAD, FU_K_MEETING, FU_K_DEMO, FU_K_CALL, FU_K_JOB_POSTING,
	FU_K_STAGE, FU_K_WON, FU_K_LOST, FU_K_HANDOFF_ACCEPTED, FU_K_RELEASED,
	FU_K_TASK_DONE, FU_K_RESUME, FU_K_CONFIRM,
	/* written by fu itself, never taken from outside */
	FU_K_SCORED,		/* arg: the score, band in channel */
	FU_K_SENT,		/* a touch left; channel, touch */
	FU_K_N
};

enum fu_from { FU_FROM_NONE, FU_FROM_PROSPECT, FU_FROM_BOT, FU_FROM_REP };

struct fu_kind_def {
	const char	*name;
	bool		 inbound;	/* when from the prospect: they were here */
	bool		 engages;	/* ends silence: chat, form, reply, click, call */
	const char	*arg;		/* the member that globs match: "url" */
};
extern const struct fu_kind_def fu_kinds[FU_K_N];
enum fu_kind fu_kind_find(const char *);	/* FU_K_CUSTOM if none */

struct fu_event {
	int64_t		 prospect;	/* 0: nobody known */
	int64_t		 id;
	enum fu_kind	 kind;
	const char	*name;		/* kind as text, custom ones too */
	int64_t		 at_us, received_us;
	const char	*channel;	/* or NULL */
	enum fu_from	 from;		/* of chat and message; else NONE */
	const char	*arg;		/* url, document, outcome, status, ... */
	const char	*text;		/* what was written, or NULL */
	const char	*signals;	/* JSON array of the detector, or NULL */
	int64_t		 touch;		/* 0: none */
	uint64_t	 dedup;		/* hash; equal for a repeated event */
	const char	*body;		/* JSON object: the record as it came */
};

/* What an event was: a call's outcome may be that it was a demo or meeting,
 * held. */
enum fu_kind fu_event_meaning(const struct fu_event *);

/*
 * fu_event_inbound(event): was the person there?  (chat only from: prospect;
 * calls with an outcome that says they answered.)
 * fu_event_order: qsort order that does not depend on arrival: at, then hash.
 */
bool fu_event_inbound(const struct fu_event *);
bool fu_event_engages(const struct fu_event *);
int fu_event_order(const void *, const void *);

#endif
