/*
 * One person and some events, for the tests of policy/.
 */
#ifndef TEST_POLICY_PERSON_H
#define TEST_POLICY_PERSON_H

#include <stdlib.h>
#include <string.h>

#include "policy/facts.h"

#define NELEM(a)	(sizeof(a) / sizeof((a)[0]))
#define NOW		(INT64_C(1772445600) * FU_SECOND) /* 2026-03-02 10:00 */
#define AGO(days)	(NOW - (int64_t)((days) * (double)FU_DAY))

static inline struct fu_subject
a_subject(const struct fu_person *p)
{

	return ((struct fu_subject){ .person = p, .prospect = 1,
	    .known_us = AGO(100), .timeline_us = FU_NEVER, .score = -1,
	    .previous_score = -1, .first_scored_us = FU_NEVER,
	    .return_used_us = FU_NEVER });
}

static inline struct fu_event
an_event(const char *name, int64_t at_us, const char *arg)
{
	static uint64_t serial;

	return ((struct fu_event){ .prospect = 1, .kind = fu_kind_find(name),
	    .name = name, .at_us = at_us, .received_us = at_us, .arg = arg,
	    .from = strcmp(name, "chat") == 0 ? FU_FROM_PROSPECT :
	    FU_FROM_NONE, .dedup = ++serial * UINT64_C(0x9e3779b97f4a7c15) });
}

static inline void
fold(const struct fu_subject *s, struct fu_event *e, size_t n,
    struct fu_facts *f)
{

	if (n > 0)
		qsort(e, n, sizeof(*e), fu_event_order);
	fu_facts_fold(s, e, n, NOW, f);
}

#endif
