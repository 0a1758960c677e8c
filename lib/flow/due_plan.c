/*
 * Looking ahead: the same decisions as fu-due's, on a clock that is imagined.
 *
 * Must never write to the store.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/due_room.h"
#include "store/enrolments.h"
#include "store/limits.h"
#include "store/streams.h"

#define CHUNK	256	/* enrolments fetched at once */

#define COMPANIES	4096	/* chains; a power of two */

struct sender_use {
	const struct fu_sender	*sender;
	int32_t			 day;
	int			 sent, days;
	int64_t			 last_us;
};

struct plan {
	struct fu_due_run	*run;
	struct fu_arena		 arena;
	struct fu_future		**heap;		/* by at_us, then prospect */
	size_t			 n, cap;
	struct sender_use	*sender;
	struct fu_company_use	**company;
	struct fu_insights	 insights;
	int64_t			 until_us;
	struct fu_due_row	*row;		/* told, to be sorted by time */
	size_t			 nrow, row_cap;
};

static bool
before(const struct fu_future *a, const struct fu_future *b)
{
	if (a->at_us != b->at_us)
		return (a->at_us < b->at_us);
	return (a->c.p.id < b->c.p.id);
}

static void
sift_down(struct plan *plan, size_t i)
{
	struct fu_future	*f = plan->heap[i];
	size_t		 k;

	while ((k = 2 * i + 1) < plan->n) {
		if (k + 1 < plan->n &&
		    before(plan->heap[k + 1], plan->heap[k]))
			k++;
		if (!before(plan->heap[k], f))
			break;
		plan->heap[i] = plan->heap[k];
		i = k;
	}
	plan->heap[i] = f;
}

static void
push(struct plan *plan, struct fu_future *f)
{
	size_t	 i = plan->n, up;

	plan->heap = fu_grow(&plan->arena, plan->heap, plan->n, &plan->cap,
	    sizeof(*plan->heap));
	plan->n++;
	while (i > 0 && before(f, plan->heap[up = (i - 1) / 2])) {
		plan->heap[i] = plan->heap[up];
		i = up;
	}
	plan->heap[i] = f;
}

static void
plan_lines(struct plan *plan, struct fu_future *f, int64_t now_us)
{
	struct fu_touch_row	*skipped;
	size_t			 n;

	for (size_t i = 0; i < f->course.nline; i++)
		fu_course_next(plan->run->session, &f->c, &f->course,
		    &f->course.line[i], now_us, &plan->arena, &skipped, &n);
}

static void
tell(struct plan *plan, const struct fu_future *f, const struct fu_line *line,
    const struct fu_verdict *v, int64_t at_us)
{
	const struct fu_touch_row	*r = line->pending;
	const struct fu_step		*st;
	struct fu_due_row		*row;

	plan->row = fu_grow(&plan->arena, plan->row, plan->nrow,
	    &plan->row_cap, sizeof(*plan->row));
	row = &plan->row[plan->nrow++];
	row->touch = *r;
	row->touch.t.due_us = at_us;
	row->email = f->c.p.person.f[FU_F_EMAIL];
	row->phone = f->c.p.person.f[FU_F_PHONE];
	row->name = f->c.p.person.f[FU_F_FIRST_NAME];
	row->industry = f->c.p.person.f[FU_F_INDUSTRY];
	row->zone = fu_case_shown_zone(plan->run->session, &f->c,
	    r->t.channel);
	row->zone_known = f->c.zone_known;
	if (v != NULL) {
		row->held = true;
		row->verdict = *v;
		row->ruleset = fu_rulebook_version(
		    plan->run->session->rulebook);
	}
	st = fu_course_step(&f->course, &r->t);
	if (st != NULL && st->on != NULL) {
		row->on = st->on;
		row->from_day = st->from_day;
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct fu_touch	*x = &((const struct fu_due_row *)a)->touch.t;
	const struct fu_touch	*y = &((const struct fu_due_row *)b)->touch.t;

	if (x->due_us != y->due_us)
		return (x->due_us < y->due_us ? -1 : 1);
	if (x->prospect != y->prospect)
		return (x->prospect < y->prospect ? -1 : 1);
	return (strcmp(x->step, y->step));
}

/* Put the imagined state of the sender into the question. */
static void
ask_sender(struct plan *plan, struct fu_future *f)
{
	struct sender_use	*use = &plan->sender[f->sender];
	int32_t			 today;

	today = fu_zone_day(plan->run->session->config.company.zone,
	    f->asked.in.now_us);
	if (use->day != today) {
		use->days += use->sent > 0;
		use->day = today;
		use->sent = 0;
	}
	f->asked.in.sender_sent_today = use->sent;
	f->asked.in.sender_days = use->days;
	f->asked.in.sender_last_us = use->last_us;
	if (f->company != NULL)
		fu_ask_company(&f->asked, f->company->at, f->company->n);
}

static void
sent(struct plan *plan, struct fu_future *f, struct fu_line *line)
{
	struct sender_use	*use = &plan->sender[f->sender];
	int64_t			 now = f->asked.in.now_us;

	fu_ask_sent(&f->asked, &line->pending->t, now, &plan->arena);
	if (line->pending->t.channel != FU_CH_TASK) {
		use->sent++;
		use->last_us = now;
	}
	if (f->company != NULL &&
	    fu_channel_counts(line->pending->t.channel)) {
		f->company->at = fu_grow(&plan->arena, f->company->at,
		    f->company->n, &f->company->cap, sizeof(*f->company->at));
		f->company->at[f->company->n++] = now;
	}
	fu_course_done(&f->course, line, FU_T_SENT, now);
	plan_lines(plan, f, now);
}

/* The pause is over: the days that remain move, as fu_cadence_resume() does. */
static void
resume(struct plan *plan, struct fu_future *f)
{
	struct fu_enrolment	*e = &f->course.enrolment;
	int64_t			 now = f->at_us;

	e->shift_days += fu_plan_pause_days(f->c.zone, e->paused_us,
	    f->resume_us);
	e->paused_us = FU_NEVER;
	for (size_t i = 0; i < f->course.nline; i++)
		fu_course_replan(plan->run->session, &f->c, &f->course,
		    &f->course.line[i], f->resume_us, &plan->arena);
	f->resume_us = INT64_MAX;
	fu_future_next(f);
	if (f->at_us < now)
		f->at_us = now;
}

/* One step into the future of one person. */
static int
step(struct plan *plan, struct fu_future *f, struct fu_err *err)
{
	struct fu_session	*s = plan->run->session;
	struct fu_line		*line;
	struct fu_touch_row	*r;
	struct fu_fate_of	 fate;
	bool			 over, news;
	int64_t			 now = f->at_us;

	if (now >= f->ends_us) {
		f->at_us = INT64_MAX;
		return (0);
	}
	if (f->resume_us <= now) {
		resume(plan, f);
		return (0);
	}
	line = fu_future_line(f);
	r = line->pending;
	f->asked.in.now_us = now;
	fu_case_at(&f->c, now);
	if (fu_ask_touch(s, &f->c, &f->asked, &r->t, &plan->arena, err) == -1 ||
	    fu_cadence_exit(plan->run->cadencer, f->course.cadence,
	    &f->c.facts, &over, err) == -1)
		return (-1);
	ask_sender(plan, f);
	if (over) {
		f->at_us = INT64_MAX;
		return (0);
	}
	if (fu_due_decide(plan->run->cadencer, &f->c, &f->course, r, &f->asked,
	    &fate, err) == -1 ||
	    fu_insight_ahead(s, &plan->insights, &f->c, fu_course_step(
	    &f->course, &r->t), r, now, &f->shown, &plan->arena, &fate,
	    err) == -1)
		return (-1);
	switch (fate.fate) {
	case FU_FATE_LEAVE:
		tell(plan, f, line, NULL, now);
		sent(plan, f, line);
		break;
	case FU_FATE_SWITCH:
		fu_due_turn_channel(r);
		r->t.next_us = now;
		break;
	case FU_FATE_HOLD:
		/* A hold without end is told once; a deferral only moves. */
		news = fate.verdict.class != FU_DEFER && !fu_streq(
		    r->t.held_reason, fu_reasons[fate.verdict.reason].name);
		if (fate.verdict.class != FU_DEFER)
			r->t.held_reason =
			    fu_reasons[fate.verdict.reason].name;
		r->t.next_us = fate.next_us;
		if (news)
			tell(plan, f, line, &fate.verdict, now);
		break;
	case FU_FATE_SKIP:
		fu_course_done(&f->course, line, FU_T_SKIPPED, now);
		plan_lines(plan, f, now);
		break;
	case FU_FATE_END:
		tell(plan, f, line, &fate.verdict, now);
		f->at_us = INT64_MAX;
		return (0);
	case FU_FATE_WAIT:
	default:
		r->t.next_us = fate.next_us == INT64_MAX ? FU_NEVER :
		    fate.next_us;
		break;
	}
	fu_future_next(f);
	/* What follows what was overdue is not in the past. */
	if (f->at_us < now)
		f->at_us = now;
	return (0);
}

/* A chat that waits for a visit is told when it is armed. */
static void
tell_armed(struct plan *plan, struct fu_future *f, bool *told)
{
	const struct fu_verdict	 waits = { .class = FU_HOLD,
		.reason = FU_R_WAITS_FOR_VISIT, .until_us = FU_NEVER,
		.rule = fu_reasons[FU_R_WAITS_FOR_VISIT].rule };
	int64_t			 now = fu_session_now(plan->run->session);

	for (size_t i = 0; i < f->course.nline; i++) {
		struct fu_touch_row	*p = f->course.line[i].pending;

		if (p == NULL || p->t.state != FU_T_ARMED || told[i] ||
		    p->t.due_us > plan->until_us ||
		    p->t.due_us >= f->ends_us || fu_future_moves(f, i))
			continue;
		told[i] = true;
		tell(plan, f, &f->course.line[i], &waits,
		    p->t.due_us < now ? now : p->t.due_us);
	}
}

static size_t
sender_index(struct plan *plan, const struct fu_sender *sender)
{
	const struct fu_config	*config = &plan->run->session->config;

	return (sender == NULL ? 0 : (size_t)(sender - config->sender));
}

/* The use of the person's company, made when the first of it is seen. */
static int
find_company(struct plan *plan, struct fu_future *f, struct fu_err *err)
{
	struct fu_session	 *s = plan->run->session;
	const char		 *domain = f->c.p.company_domain;
	struct fu_company_use	**chain, *use;
	int64_t			  now = fu_session_now(s);

	if (s->config.limits.company_week == 0 || domain == NULL)
		return (0);
	chain = &plan->company[fu_hash_cstr(domain, 0) % COMPANIES];
	for (use = *chain; use != NULL; use = use->next)
		if (strcmp(use->domain, domain) == 0)
			break;
	if (use == NULL) {
		use = fu_alloc(&plan->arena, sizeof(*use));
		*use = (struct fu_company_use){ .next = *chain,
			.domain = domain };
		*chain = use;
		if (fu_company_sent(&s->store, domain, now - 7 * FU_DAY, now,
		    0, &plan->arena, &use->at, &use->n, err) == -1)
			return (-1);
		use->cap = use->n;
	}
	f->company = use;
	return (0);
}

static int
imagine(struct plan *plan, const struct fu_enrolment *e, struct fu_err *err)
{
	struct fu_session	*s = plan->run->session;
	struct fu_future		*f = fu_alloc(&plan->arena, sizeof(*f));
	struct fu_touch_row	*rows;
	unsigned		 channels;
	size_t			 n;
	int64_t			 now = fu_session_now(s);
	int			 rc;

	rc = fu_case_load(s, e->prospect, fu_rules_facts(fu_cadencer_rules(
	    plan->run->cadencer)), &plan->arena, &f->c, err);
	if (rc != 1)
		return (rc);
	if (fu_case_channels(s, &f->c, &plan->arena, &channels, err) == -1 ||
	    fu_touches_of(&s->store, f->c.p.id, 0, &plan->arena, &rows, &n,
	    err) == -1 ||
	    fu_course_make(s, &f->c, e, channels, rows, n, &plan->arena,
	    &f->course, err) == -1)
		return (-1);
	for (size_t i = 0; i < f->course.nline; i++)
		fu_future_pending(f, &f->course.line[i], now);
	if (fu_ask_make(s, &f->c, rows, n, &plan->arena, &f->asked,
	    err) == -1 || find_company(plan, f, err) == -1)
		return (-1);
	f->sender = sender_index(plan, f->c.sender);
	fu_future_pause(f, now);
	plan_lines(plan, f, now);
	fu_future_next(f);
	if (f->at_us < now)
		f->at_us = now;
	push(plan, f);
	return (0);
}

/* The next ${max} enrolments behind ${*after}; ${*n} of them there were. */
static int
imagine_some(struct plan *plan, size_t max, int64_t *after, size_t *n,
    struct fu_err *err)
{
	struct fu_enrolment	*e;

	if (fu_enrolments_next(&plan->run->session->store, *after, max,
	    &plan->arena, &e, n, err) == -1)
		return (-1);
	for (size_t i = 0; i < *n; i++) {
		if (imagine(plan, &e[i], err) == -1)
			return (-1);
		*after = e[i].prospect;
	}
	return (0);
}

static int
imagine_all(struct plan *plan, int64_t prospect, struct fu_err *err)
{
	struct fu_enrolment	 one;
	int64_t			 after = 0;
	size_t			 n;
	int			 rc;

	if (prospect != 0) {
		rc = fu_enrolment_active(&plan->run->session->store, prospect,
		    &plan->arena, &one, err);
		return (rc == 1 ? imagine(plan, &one, err) : rc);
	}
	do {
		if (imagine_some(plan, CHUNK, &after, &n, err) == -1)
			return (-1);
	} while (n == CHUNK);
	return (0);
}

static int
start_senders(struct plan *plan, struct fu_err *err)
{
	struct fu_session	*s = plan->run->session;
	struct sender_use	*use;
	int64_t			 now = fu_session_now(s);

	plan->sender = fu_alloc_array(&plan->arena, s->config.nsender + 1,
	    sizeof(*plan->sender));
	plan->sender[0].last_us = FU_NEVER;
	for (size_t i = 0; i < s->config.nsender; i++) {
		use = &plan->sender[i];
		use->sender = &s->config.sender[i];
		use->day = fu_zone_day(s->config.company.zone, now);
		if (fu_sender_used(&s->store, use->sender->key, use->day,
		    &use->sent, &use->last_us, err) == -1 ||
		    fu_sender_days(&s->store, use->sender->key, use->day,
		    &use->days, err) == -1)
			return (-1);
	}
	return (0);
}

static int
run_ahead(struct plan *plan, struct fu_err *err)
{
	struct fu_future	*f;
	bool		 told[64];

	while (plan->n > 0) {
		f = plan->heap[0];
		if (f->at_us > plan->until_us)
			break;
		memset(told, 0, sizeof(told));
		for (size_t i = 0; i < f->course.nline && i < 64; i++)
			told[i] = f->course.line[i].pending != NULL &&
			    f->course.line[i].pending->t.state ==
			    FU_T_ARMED && !fu_future_moves(f, i);
		if (step(plan, f, err) == -1)
			return (-1);
		tell_armed(plan, f, told);
		sift_down(plan, 0);
	}
	return (0);
}

/* Room for people who are to come, none of whom is there yet. */
static int
clear(struct plan *plan, struct fu_err *err)
{
	fu_arena_reset(&plan->arena);
	plan->heap = NULL;
	plan->row = NULL;
	plan->n = plan->cap = plan->nrow = plan->row_cap = 0;
	plan->company = fu_alloc_array(&plan->arena, COMPANIES,
	    sizeof(*plan->company));
	return (start_senders(plan, err));
}

/* From where they are now to the end of the time; then all that was told. */
static int
play(struct plan *plan, struct fu_err *err)
{
	bool	 told[64] = { false };
	int	 rc;

	for (size_t i = 0; i < plan->n; i++) {
		memset(told, 0, sizeof(told));
		tell_armed(plan, plan->heap[i], told);
	}
	rc = run_ahead(plan, err);
	if (rc == 0 && plan->nrow > 0)
		qsort(plan->row, plan->nrow, sizeof(*plan->row), by_time);
	for (size_t i = 0; rc == 0 && i < plan->nrow; i++)
		rc = plan->run->emit(plan->run->ctx, &plan->row[i], err);
	return (rc);
}

static int
start(struct plan *plan, struct fu_arena *kept, int64_t span_us,
    struct fu_err *err)
{
	fu_arena_init(&plan->arena);
	fu_arena_init(kept);
	plan->until_us = fu_session_now(plan->run->session) + span_us;
	return (fu_insights_open(plan->run->session, &plan->insights, kept,
	    err));
}

static void
finish(struct plan *plan, struct fu_arena *kept)
{
	fu_insights_close(&plan->insights);
	fu_arena_free(&plan->arena);
	fu_arena_free(kept);
}

int
fu_due_plan(struct fu_due_run *run, int64_t span_us, int64_t prospect,
    struct fu_err *err)
{
	struct plan	 plan = { .run = run };
	struct fu_arena	 kept;
	int		 rc;

	rc = start(&plan, &kept, span_us, err);
	if (rc == 0)
		rc = clear(&plan, err);
	if (rc == 0)
		rc = imagine_all(&plan, prospect, err);
	if (rc == 0)
		rc = play(&plan, err);
	finish(&plan, &kept);
	return (rc);
}

int
fu_due_ahead(struct fu_due_run *run, int64_t span_us, size_t max, bool *more,
    struct fu_err *err)
{
	struct plan	 plan = { .run = run };
	struct fu_arena	 kept;
	int64_t		 after = 0;
	size_t		 n = CHUNK, seen = 0;
	int		 rc;

	rc = start(&plan, &kept, span_us, err);
	while (rc == 0 && n == CHUNK && seen < max) {
		rc = clear(&plan, err);
		if (rc == 0)
			rc = imagine_some(&plan, CHUNK, &after, &n, err);
		if (rc == 0)
			rc = play(&plan, err);
		seen += n;
	}
	*more = n == CHUNK;
	finish(&plan, &kept);
	return (rc);
}
