/*
 * What why.c and why_words.c share; for nobody else.
 */
#ifndef FU_FLOW_WHY_ROOM_H
#define FU_FLOW_WHY_ROOM_H

#include "flow/why.h"

/* What a sentence may need to know beside its own row. */
struct fu_teller {
	struct fu_session	*session;
	struct fu_arena		*arena;
	struct fu_told		*told;
	const struct fu_touch_row *touch;	/* all of the person */
	size_t			 ntouch;
};

/* The touch of that id, or NULL. */
const struct fu_touch_row *fu_teller_touch(const struct fu_teller *, int64_t);

/* "2026-03-09 08:30 +01:00", where the person is. */
const char *fu_why_moment(const struct fu_teller *, int64_t);

/* Sentences, without a full stop. */
const char *fu_why_given(const struct fu_teller *, const struct fu_given *);
const char *fu_why_event(const struct fu_teller *, const struct fu_event *);
const char *fu_why_decided(const struct fu_teller *,
    const struct fu_decided *);
const char *fu_why_recorded(const struct fu_teller *,
    const struct fu_recorded *);
/* "hold no_source (GD-06): where the address is from: ..." */
const char *fu_why_verdict(const struct fu_teller *,
    const struct fu_verdict *);

#endif
