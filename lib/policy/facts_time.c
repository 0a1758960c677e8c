/*
 * Facts that are asked one by one: counts of a kind, custom columns, and when
 * time alone will change what was folded.
 *
 * Pure, like the fold: the clock is the facts' own.
 */
#include <string.h>

#include "policy/facts.h"

#define WEEK	(7 * FU_DAY)
#define MASK(f)	(UINT64_C(1) << (f))

static void
sooner(int64_t *next, const struct fu_facts *f, int64_t us)
{

	if (us > f->now_us && us < *next)
		*next = us;
}

/* A day count grows every 24 hours from ${us} on. */
static int64_t
next_day_since(const struct fu_facts *f, int64_t us)
{

	if (us == FU_NEVER)
		return (INT64_MAX);
	if (us > f->now_us)
		return (us + FU_DAY);
	return (us + ((f->now_us - us) / FU_DAY + 1) * FU_DAY);
}

/* The first visit to leave the window of seven days. */
static void
next_of_week(const struct fu_facts *f, uint64_t mask, int64_t *next)
{
	const struct fu_event *e;
	size_t i;

	for (i = 0; i < f->nevent; i++) {
		e = &f->event[i];
		if (e->at_us > f->now_us)
			break;
		if (e->kind != FU_K_VISIT || e->at_us <= f->now_us - WEEK)
			continue;
		if (mask & MASK(FU_FACT_VISITS_7D) || (e->arg != NULL &&
		    ((mask & MASK(FU_FACT_PRICING_VISITS_7D) &&
		    fu_glob("*pricing*", e->arg)) ||
		    (mask & MASK(FU_FACT_DEMO_VISITS_7D) &&
		    fu_glob("*demo*", e->arg))))) {
			sooner(next, f, e->at_us + WEEK);
			return;
		}
	}
}

int64_t
fu_facts_next(const struct fu_facts *f, uint64_t mask)
{
	const struct fu_subject *s = f->subject;
	const struct {
		enum fu_fact	fact;
		int64_t		us;
	} since[] = {
		{ FU_FACT_DAYS_SINCE_SEEN, f->seen_us },
		{ FU_FACT_DAYS_SINCE_VISIT, f->visit_us },
		{ FU_FACT_DAYS_SINCE_REPLY, f->reply_us },
		{ FU_FACT_DAYS_SINCE_MEETING, f->meeting_us },
		{ FU_FACT_DAYS_SINCE_DEMO, f->demo_us },
		{ FU_FACT_DAYS_SINCE_TOUCH, f->touch_us },
		{ FU_FACT_DAYS_SILENT, f->engaged_us != FU_NEVER ?
		    f->engaged_us : s->known_us },
	};
	const uint64_t week = MASK(FU_FACT_VISITS_7D) |
	    MASK(FU_FACT_PRICING_VISITS_7D) | MASK(FU_FACT_DEMO_VISITS_7D);
	const uint64_t timeless = MASK(FU_FACT_VISITS) - 1;
	int64_t next = INT64_MAX, day;
	size_t i;

	for (i = 0; i < sizeof(since) / sizeof(since[0]); i++)
		if (mask & MASK(since[i].fact))
			sooner(&next, f, next_day_since(f, since[i].us));
	if (mask & week)
		next_of_week(f, mask, &next);
	if (mask & MASK(FU_FACT_TIMELINE_DAYS) &&
	    f->v[FU_FACT_TIMELINE_DAYS].type == FU_V_INT) {
		day = f->now_us / FU_DAY - (f->now_us % FU_DAY < 0);
		sooner(&next, f, (day + 1) * FU_DAY);
	}
	if (mask & (MASK(FU_FACT_DAYS_ABSENT) | MASK(FU_FACT_SCORED_BEFORE)) &&
	    f->return_us != FU_NEVER)
		sooner(&next, f, f->return_us + FU_DAY);
	if (mask & MASK(FU_FACT_SCORED_BEFORE) &&
	    s->first_scored_us != FU_NEVER && s->first_scored_us >= f->now_us)
		sooner(&next, f, s->first_scored_us + 1);
	if (mask & MASK(FU_FACT_MEETINGS_BOOKED) &&
	    f->booked_start_us != FU_NEVER)
		sooner(&next, f, f->booked_start_us);
	/* The colleagues' visits are a count without times: look daily. */
	if (mask & MASK(FU_FACT_ACCOUNT_VISITS_7D) && s->account_visits_7d > 0)
		sooner(&next, f, f->now_us + FU_DAY);
	/* An event whose time is to come is folded when it has. */
	if ((mask & ~timeless) || mask & MASK(FU_FACT_SCORED_BEFORE))
		for (i = f->nevent; i > 0 &&
		    f->event[i - 1].at_us > f->now_us; i--)
			sooner(&next, f, f->event[i - 1].at_us);
	return (next);
}

/* Is it one that events() counts under that name? */
static bool
counts(const struct fu_event *e, enum fu_kind kind, const char *name)
{

	if (e->kind != kind)
		return (false);
	if (kind == FU_K_CUSTOM)
		return (fu_streq(e->name, name));
	/* Of a conversation only their own part. */
	return (kind != FU_K_CHAT || e->from == FU_FROM_PROSPECT);
}

int64_t
fu_facts_events(const struct fu_facts *f, const char *name, int64_t days)
{
	enum fu_kind kind = fu_kind_find(name);
	int64_t n = 0, from = FU_NEVER;
	size_t i;

	if (days > 0 && days < INT64_MAX / FU_DAY / 4)
		from = f->now_us - days * FU_DAY;
	for (i = f->nevent; i > 0; i--) {
		if (f->event[i - 1].at_us <= from)
			break;
		n += f->event[i - 1].at_us <= f->now_us &&
		    counts(&f->event[i - 1], kind, name);
	}
	return (n);
}

int64_t
fu_facts_events_next(const struct fu_facts *f, const char *name, int64_t days)
{
	enum fu_kind kind = fu_kind_find(name);
	int64_t next = INT64_MAX;
	size_t i;

	for (i = 0; i < f->nevent; i++) {
		if (!counts(&f->event[i], kind, name))
			continue;
		if (f->event[i].at_us > f->now_us)
			sooner(&next, f, f->event[i].at_us);
		else if (days > 0 && days < INT64_MAX / FU_DAY / 4)
			sooner(&next, f, f->event[i].at_us + days * FU_DAY);
	}
	return (next);
}

struct fu_value
fu_facts_attr(const struct fu_facts *f, const char *name,
    struct fu_arena *arena)
{
	const struct fu_person *p = f->subject->person;
	const struct fu_attr *attr = NULL;
	struct fu_value v = { FU_V_NULL, 0, 0, NULL };
	struct fu_json json;
	size_t i;

	for (i = 0; i < p->nattr; i++) {
		if (fu_streq(p->attr[i].name, name)) {
			attr = &p->attr[i];
			break;
		}
		if (attr == NULL && fu_streq_nocase(p->attr[i].name, name))
			attr = &p->attr[i];
	}
	if (attr == NULL || fu_json_parse(attr->raw, &json, NULL) == -1)
		return (v);
	switch (json.type) {
	case FU_JSON_NULL:
		return (v);
	case FU_JSON_FALSE:
	case FU_JSON_TRUE:
		v.type = FU_V_INT;
		v.i = json.type == FU_JSON_TRUE;
		return (v);
	case FU_JSON_NUMBER:
	case FU_JSON_STRING:
		v.s = fu_json_scalar_text(arena, &json);
		break;
	default:
		v.s = fu_dup_str(arena, json.raw);
		break;
	}
	if (v.s == NULL)
		return (v);
	if (!fu_number_parse(fu_str_of(v.s), &v))
		v.type = FU_V_TEXT;
	return (v);
}
