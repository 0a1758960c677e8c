/*
 * What the rooms of why*.c share; for nobody else.
 */
#ifndef FU_FLOW_WHY_ROOM_H
#define FU_FLOW_WHY_ROOM_H

#include "flow/why.h"

/* Of one instant: what came in, what was made of it, what it led to. */
enum fu_story_rank {
	FU_RANK_GIVEN, FU_RANK_PERSON, FU_RANK_EVENT, FU_RANK_LEDGER,
	FU_RANK_SCORE, FU_RANK_ENROLMENT, FU_RANK_HANDOFF, FU_RANK_TOUCH,
	FU_RANK_SENT, FU_RANK_OTHER, FU_RANK_NOW
};

/* What a sentence may need to know beside its own row. */
struct fu_teller {
	struct fu_session	*session;
	struct fu_arena		*arena;
	struct fu_told		*told;
	const struct fu_touch_row *touch;	/* all of the person */
	size_t			 ntouch;
};

/* One more entry; and all in their order. */
struct fu_story *fu_teller_add(struct fu_teller *, int64_t, const char *,
    enum fu_story_rank);
void fu_teller_sort(struct fu_teller *);
/* What the ledger tells of the person. */
int fu_teller_ledger(struct fu_teller *, struct fu_err *);

/* The touch of that id, or NULL. */
const struct fu_touch_row *fu_teller_touch(const struct fu_teller *, int64_t);

/* "2026-03-09 08:30 +01:00", where the person is. */
const char *fu_why_moment(const struct fu_teller *, int64_t);

/* Sentences, without a full stop. */
const char *fu_why_given(const struct fu_teller *, const struct fu_given *);
/* A score's inputs and band, and the band before, or NULL. */
const char *fu_why_scored(const struct fu_teller *, const char *, const char *,
    const char *);
const char *fu_why_event(const struct fu_teller *, const struct fu_event *);
const char *fu_why_decided(const struct fu_teller *,
    const struct fu_decided *);
const char *fu_why_recorded(const struct fu_teller *,
    const struct fu_recorded *);
/* "hold no_source (GD-06): where the address is from: ...", with what the
 * gate looked at as JSON. */
const char *fu_why_verdict(const struct fu_teller *,
    const struct fu_verdict *, const char *);

#endif
