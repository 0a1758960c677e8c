/*
 * Claiming what may leave now.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/doubt.h"
#include "flow/due.h"
#include "flow/handoff.h"
#include "store/enrolments.h"
#include "store/events.h"

/* A slice of claims is committed after that long, so that others get in. */
#define SLICE_US	(25 * 1000)
#define PAUSE_US	2000
#define CHUNK		10000	/* rows of the list of what is due, read at once */
/* A held touch without an end of its own is looked at once a day. */
#define HELD_AGAIN_US	FU_DAY

int
fu_due_decide(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_course *course, const struct fu_touch_row *r,
    struct fu_asked *asked, struct fu_fate_of *fate, struct fu_err *err)
{
	const struct fu_step	*step = fu_course_step(course, &r->t);
	const struct fu_touch	*t = &r->t;
	int64_t			 now = asked->in.now_us, alive = now;
	int64_t			 paused = course->enrolment.paused_us;
	bool			 holds;

	*fate = (struct fu_fate_of){ .fate = FU_FATE_SKIP,
		.next_us = FU_NEVER };
	if (step == NULL) {
		fate->reason = "step_gone";
		return (0);
	}
	if (course->enrolment.holdout) {
		fate->reason = "holdout";
		return (0);
	}
	/* A pause moves the days that remain: no message of ours runs out in
	 * it.  For a chat they need not wait. */
	if (t->state != FU_T_ARMED && paused != FU_NEVER && paused < now)
		alive = paused;
	if (alive >= t->expires_us) {
		fate->reason = t->state == FU_T_ARMED ? "no_visit" :
		    t->held_reason != NULL ? t->held_reason : "stale";
		return (0);
	}
	if (t->state == FU_T_ARMED) {
		fate->fate = r->becomes_us <= now ? FU_FATE_SWITCH :
		    FU_FATE_WAIT;
		fate->next_us = r->becomes_us < t->expires_us ?
		    r->becomes_us : t->expires_us;
		return (0);
	}
	if (fu_cadence_if(cr, step, &c->facts, &holds, err) == -1)
		return (-1);
	if (!holds) {
		fate->reason = "condition";
		return (0);
	}
	fate->verdict = fu_gate_decide(&asked->in);
	if (fate->verdict.class == FU_ALLOW) {
		fate->fate = FU_FATE_LEAVE;
		return (0);
	}
	fate->fate = FU_FATE_HOLD;
	fate->next_us = fate->verdict.class == FU_DEFER ?
	    fate->verdict.until_us : now + HELD_AGAIN_US;
	/* It is no fault of theirs, and once mended it is over. */
	if (fate->next_us <= now ||
	    fate->verdict.reason == FU_R_LEDGER_ERROR)
		fate->next_us = now + FU_MINUTE;
	if (fate->next_us > t->expires_us && alive == now)
		fate->next_us = t->expires_us;
	switch (fate->verdict.reason) {
	case FU_R_SUPPRESSED:
	case FU_R_OBJECTED:
		/* What goes by other channels stays. */
		fate->fate = asked->open_elsewhere ? FU_FATE_SKIP :
		    FU_FATE_END;
		fate->reason = fu_reasons[fate->verdict.reason].name;
		break;
	case FU_R_ERASED:
	case FU_R_COMPLAINT:
	case FU_R_HARD_BOUNCE:
	case FU_R_LEFT_COMPANY:
		fate->fate = FU_FATE_END;
		fate->reason = fu_reasons[fate->verdict.reason].name;
		break;
	default:
		break;
	}
	return (0);
}

/* What one slice has to emit once it is durable. */
struct slice {
	struct fu_due_run	*run;
	struct fu_arena		 arena, list;
	struct fu_touch_due	*due;		/* in the list's arena, in order */
	size_t			 ndue, due_cap, at;
	struct fu_due_row	*row;
	size_t			 n, cap;
};

static struct fu_due_row *
add_row(struct slice *sl, const struct fu_case *c,
    const struct fu_touch_row *r)
{
	struct fu_due_row	*row;

	sl->row = fu_grow(&sl->arena, sl->row, sl->n, &sl->cap,
	    sizeof(*sl->row));
	row = &sl->row[sl->n++];
	row->touch = *r;
	row->email = c->p.person.f[FU_F_EMAIL];
	row->phone = c->p.person.f[FU_F_PHONE];
	row->name = c->p.person.f[FU_F_FIRST_NAME];
	row->zone = fu_case_shown_zone(sl->run->session, c, r->t.channel);
	row->zone_known = c->zone_known;
	return (row);
}

static void
count_held(struct fu_due_run *run, const struct fu_verdict *v)
{
	struct fu_held_count	*h = &run->held[v->reason];

	h->reason = v->reason;
	if (h->n == 0)
		h->rule = v->rule;
	else if (!fu_streq(h->rule, v->rule))
		h->rule = NULL;
	h->n++;
	if (v->class == FU_DEFER && (h->n == 1 || v->until_us < h->until_us))
		h->until_us = v->until_us;
	else if (h->n == 1)
		h->until_us = FU_NEVER;
}

static int
decision(struct fu_store *store, const struct fu_touch *t, const char *verdict,
    const char *reason, const char *rule, const char *inputs,
    struct fu_err *err)
{
	struct fu_decision	 d = { .prospect = t->prospect, .kind = "gate",
		.subject = t->id, .verdict = verdict, .reason = reason,
		.rule = rule, .inputs = inputs };

	return (fu_decision_add(store, &d, err));
}

static bool
held_by_content(const struct fu_touch *t)
{
	const enum fu_reason	 content[] = { FU_R_NO_NEW_INSIGHT,
		FU_R_MISSING_VALUE, FU_R_NOISE };

	for (size_t i = 0; i < sizeof(content) / sizeof(*content); i++)
		if (fu_streq(t->held_reason, fu_reasons[content[i]].name))
			return (true);
	return (false);
}

static int
claim(struct slice *sl, const struct fu_case *c, struct fu_touch_row *r,
    const struct fu_asked *asked, const struct fu_verdict *v,
    struct fu_err *err)
{
	struct fu_store	*store = &sl->run->session->store;
	int64_t		 serial;
	char		 token[17];
	uint64_t	 hash;

	/* Unique, and the same in a run repeated on the same database. */
	if (fu_store_id(store, FU_N_ROW, &serial, err) == -1)
		return (-1);
	hash = fu_hash64(&serial, sizeof(serial), (uint64_t)r->t.id);
	fu_hex((const uint8_t *)&hash, sizeof(hash), token);
	r->t.claim = fu_dup(&sl->arena, token);
	r->t.lease_us = store->now_us + FU_LEASE_US;
	r->t.sender = c->sender->key;
	if (fu_touch_claim(store, &r->t, token, r->t.lease_us, r->t.sender,
	    err) == -1)
		return (-1);
	/* What the content held, only fu-send can let go. */
	if (r->t.held_reason != NULL && !held_by_content(&r->t) &&
	    decision(store, &r->t, "allow", NULL, NULL, fu_ask_inputs(asked, v,
	    &sl->arena), err) == -1)
		return (-1);
	add_row(sl, c, r);
	sl->run->claimed++;
	return (0);
}

static int
hold(struct slice *sl, struct fu_touch_row *r, const struct fu_asked *asked,
    const struct fu_fate_of *fate, struct fu_err *err)
{
	struct fu_store			*store = &sl->run->session->store;
	const struct fu_verdict		*v = &fate->verdict;
	const struct fu_reason_def	*def = &fu_reasons[v->reason];
	bool	 news = !fu_streq(r->t.held_reason, def->name) ||
	    !fu_streq(r->t.held_rule, v->rule);

	r->t.next_us = fate->next_us;
	r->t.held_class = fu_verdict_class_name(v->class);
	r->t.held_reason = def->name;
	r->t.held_rule = v->rule;
	r->t.held_detail = v->detail;
	r->t.held_until_us = v->until_us;
	if (fu_touch_hold(store, &r->t, err) == -1)
		return (-1);
	if (news && decision(store, &r->t, r->t.held_class, def->name, v->rule,
	    fu_ask_inputs(asked, v, &sl->arena), err) == -1)
		return (-1);
	count_held(sl->run, v);
	return (0);
}

/* The rule of what passed it over: the gate's, or that of what held it. */
static const char *
skip_rule(const struct fu_touch *t, const struct fu_fate_of *fate)
{
	if (fate->verdict.rule != NULL)
		return (fate->verdict.rule);
	if (t->held_rule != NULL && fu_streq(fate->reason, t->held_reason))
		return (t->held_rule);
	for (int i = 1; i < FU_REASON_N; i++)
		if (fu_streq(fu_reasons[i].name, fate->reason))
			return (fu_reasons[i].rule);
	return (NULL);
}

static int
skip(struct slice *sl, const struct fu_case *c, struct fu_course *course,
    struct fu_touch_row *r, const struct fu_asked *asked,
    const struct fu_fate_of *fate, struct fu_err *err)
{
	struct fu_store	*store = &sl->run->session->store;
	struct fu_line	*line = fu_course_line(course, r->t.line);
	const char	*reason = fate->reason;

	if (fu_touch_handled(store, r->t.prospect, r->t.id, FU_T_SKIPPED,
	    reason, err) == -1 ||
	    decision(store, &r->t, "skipped", reason, skip_rule(&r->t, fate),
	    fu_ask_inputs(asked, &fate->verdict, &sl->arena), err) == -1)
		return (-1);
	if (line == NULL)
		return (0);
	if (line->pending == NULL)
		line->pending = r;
	fu_course_done(course, line, FU_T_SKIPPED, store->now_us);
	return (fu_cadence_plan(sl->run->cadencer, c, course, &sl->arena,
	    err));
}

void
fu_due_turn_channel(struct fu_touch_row *r)
{
	r->t.channel = (enum fu_channel)r->becomes;
	r->t.state = FU_T_PLANNED;
	r->t.due_us = r->becomes_us;
	r->becomes = -1;
	r->becomes_us = INT64_MAX;
}

static int
turn_channel(struct slice *sl, struct fu_touch_row *r, struct fu_err *err)
{
	fu_due_turn_channel(r);
	r->t.next_us = r->t.due_us;
	return (fu_touch_replan(&sl->run->session->store, r, err));
}

/* Everything about one person's touches that are due: load once, ask each. */
static int
look_at(struct slice *sl, const struct fu_touch_due *due, struct fu_err *err)
{
	struct fu_session	*s = sl->run->session;
	struct fu_cadencer	*cr = sl->run->cadencer;
	struct fu_case		*c = fu_alloc(&sl->arena, sizeof(*c));
	struct fu_touch_row	*rows, *r;
	const struct fu_step	*step;
	struct fu_enrolment	 e;
	struct fu_course	 course;
	struct fu_asked		 asked;
	struct fu_fate_of	 fate;
	unsigned		 channels;
	size_t			 n;
	bool			 moved;
	int			 rc;

	if ((rc = fu_case_person(s, due->prospect, &sl->arena, c, err)) == -1)
		return (-1);
	if (rc == 1)
		rc = fu_enrolment_active(&s->store, c->p.id, &sl->arena, &e,
		    err);
	if (rc == -1)
		return (-1);
	if (rc == 0 || e.id != due->enrolment)
		return (fu_touches_cancel(&s->store, due->prospect,
		    due->enrolment, "enrolment_over", err));
	if (c->sender == NULL)
		return (fu_err_set(err, FU_ECONFIG,
		    "%s: no `senders:`, so nobody can write", s->config.file));
	if (fu_case_channels(s, c, &sl->arena, &channels, err) == -1 ||
	    fu_touches_of(&s->store, c->p.id, 0, &sl->arena, &rows, &n,
	    err) == -1 ||
	    fu_course_make(s, c, &e, channels, rows, n, &sl->arena, &course,
	    err) == -1 ||
	    fu_cadence_resume(cr, c, &course, &sl->arena, &moved, err) == -1)
		return (-1);
	/* The row as the course has it now: an earlier one of this slice may
	 * have moved it, or pauses have. */
	r = NULL;
	for (size_t i = 0; i < course.nline; i++)
		if (course.line[i].pending != NULL &&
		    course.line[i].pending->t.id == due->id)
			r = course.line[i].pending;
	if (r == NULL && fu_course_line(&course, due->line) == NULL)
		return (fu_touch_handled(&s->store, due->prospect, due->id,
		    FU_T_SKIPPED, "step_gone", err));
	if (r == NULL || r->t.next_us == FU_NEVER ||
	    r->t.next_us > s->store.now_us)
		return (0);
	if (fu_ask_make(s, c, rows, n, &sl->arena, &asked, err) == -1)
		return (-1);
	step = fu_course_step(&course, &r->t);
	if (step != NULL && step->if_.sql != NULL) {
		if (fu_events_load(&s->store, c->p.id, &sl->arena, &c->event,
		    &c->nevent, err) == -1)
			return (-1);
		fu_case_at(c, s->store.now_us);
	}
	for (;;) {
		if (fu_ask_touch(s, c, &asked, &r->t, &sl->arena, err) == -1 ||
		    fu_due_decide(cr, c, &course, r, &asked, &fate, err) == -1)
			return (-1);
		if (fate.fate != FU_FATE_SWITCH)
			break;
		if (turn_channel(sl, r, err) == -1)
			return (-1);
	}
	switch (fate.fate) {
	case FU_FATE_LEAVE:
		return (claim(sl, c, r, &asked, &fate.verdict, err));
	case FU_FATE_HOLD:
		return (hold(sl, r, &asked, &fate, err));
	case FU_FATE_SKIP:
		return (skip(sl, c, &course, r, &asked, &fate, err));
	case FU_FATE_END:
		if (decision(&s->store, &r->t, "block", fate.reason,
		    fate.verdict.rule, fu_ask_inputs(&asked, &fate.verdict,
		    &sl->arena), err) == -1)
			return (-1);
		if (sl->run->explain) {
			struct fu_due_row	*row = add_row(sl, c, r);

			row->held = true;
			row->verdict = fate.verdict;
			row->ruleset = fu_rulebook_version(s->rulebook);
		}
		return (fu_enrolment_end_active(&s->store, c->p.id,
		    fate.reason, err));
	case FU_FATE_WAIT:
	default:
		r->t.next_us = fate.next_us == INT64_MAX ? FU_NEVER :
		    fate.next_us;
		return (fu_touch_hold(&s->store, &r->t, err));
	}
}

/*
 * With -n all is one transaction, from tidying up to explaining, so that each
 * part sees what the one before has decided; it is rolled back in the end.
 */
static int
begin(struct fu_due_run *run, struct fu_err *err)
{
	return (run->in_dry ? 0 : fu_store_begin(&run->session->store, err));
}

static int
commit(struct fu_due_run *run, struct fu_err *err)
{
	return (run->in_dry ? 0 : fu_store_commit(&run->session->store, err));
}

static void
rollback(struct fu_due_run *run)
{
	if (!run->in_dry)
		fu_store_rollback(&run->session->store);
}

/* What goes first when a sender may send no more: the hot before the warm
 * before the cold, and who had something from us before who had nothing. */
static int
rank(const struct fu_touch_due *d)
{
	static const char *const	 band[] = { "hot", "warm", "nurture",
		"cold" };
	int				 i = 0;

	while (i < 3 && !fu_streq(d->band, band[i]))
		i++;
	return (2 * i + !d->follows_up);
}

static int
by_rank(const void *va, const void *vb)
{
	const struct fu_touch_due	*a = va, *b = vb;
	int				 d = rank(a) - rank(b);

	if (d != 0)
		return (d);
	if (a->next_us != b->next_us)
		return (a->next_us < b->next_us ? -1 : 1);
	if (a->prospect != b->prospect)
		return (a->prospect < b->prospect ? -1 : 1);
	return (a->id < b->id ? -1 : a->id > b->id);
}

/* All that is due now, the most urgent first. */
static int
list_due(struct slice *sl, struct fu_err *err)
{
	struct fu_store			*store = &sl->run->session->store;
	const struct fu_touch_due	*last = NULL;
	struct fu_touch_due		*chunk;
	size_t				 n = CHUNK;

	fu_arena_reset(&sl->list);
	sl->due = NULL;
	sl->ndue = sl->due_cap = sl->at = 0;
	while (n == CHUNK) {
		if (fu_touches_due(store, store->now_us, last, CHUNK,
		    &sl->list, &chunk, &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++) {
			sl->due = fu_grow(&sl->list, sl->due, sl->ndue,
			    &sl->due_cap, sizeof(*sl->due));
			sl->due[sl->ndue++] = chunk[i];
		}
		last = n > 0 ? &chunk[n - 1] : NULL;
	}
	if (sl->ndue > 1)
		qsort(sl->due, sl->ndue, sizeof(*sl->due), by_rank);
	return (0);
}

/* One transaction.  ${more}: there may be more to do. */
static int
do_slice(struct slice *sl, bool *more, struct fu_err *err)
{
	struct fu_store	*store = &sl->run->session->store;
	int64_t		 start = fu_clock_monotonic_us();

	if (sl->at == sl->ndue && list_due(sl, err) == -1)
		return (-1);
	if (!(*more = sl->ndue > 0))
		return (0);
	if (begin(sl->run, err) == -1)
		return (-1);
	while (sl->at < sl->ndue && (store->dry ||
	    fu_clock_monotonic_us() - start <= SLICE_US))
		if (look_at(sl, &sl->due[sl->at++], err) == -1) {
			rollback(sl->run);
			return (-1);
		}
	return (commit(sl->run, err));
}

static int
emit_slice(struct slice *sl, struct fu_err *err)
{
	struct fu_due_run	*run = sl->run;

	for (size_t i = 0; i < sl->n; i++)
		if (run->emit(run->ctx, &sl->row[i], err) == -1)
			return (-1);
	sl->n = sl->cap = 0;
	sl->row = NULL;
	return (0);
}

/* What is over or changed for everybody, before anything is claimed. */
static int
tidy(struct fu_due_run *run, struct fu_err *err)
{
	struct fu_store	*store = &run->session->store;
	struct fu_arena	 arena;
	const char	*seen;
	int		 rc = -1;

	fu_arena_init(&arena);
	if (begin(run, err) == -1)
		goto out;
	if (fu_touches_expire_leases(store, err) == -1)
		goto undo;
	/* Another configuration may let go what this one held. */
	seen = fu_meta_get(store, "config", &arena, err);
	if (seen == NULL && err->class != FU_OK)
		goto undo;
	if (!fu_streq(seen, run->session->config.version) &&
	    (fu_touches_wake(store, 0, err) == -1 || fu_meta_set(store,
	    "config", run->session->config.version, err) == -1))
		goto undo;
	rc = commit(run, err);
	goto out;
undo:
	rollback(run);
out:
	fu_arena_free(&arena);
	return (rc);
}

static int
emit_raw(void *arg, struct fu_str line, struct fu_err *err)
{
	struct fu_due_run	*run = arg;
	struct fu_due_row	 row;

	memset(&row, 0, sizeof(row));
	row.raw = line;
	return (run->emit(run->ctx, &row, err));
}

int
fu_due_claim(struct fu_due_run *run, struct fu_err *err)
{
	struct slice	 sl = { .run = run };
	bool		 more = true;
	int		 rc;

	if (fu_doubts_settle(run->session, &run->undecided, err) == -1)
		return (-1);
	fu_arena_init(&sl.arena);
	fu_arena_init(&sl.list);
	if (run->session->store.dry &&
	    fu_store_begin(&run->session->store, err) == -1) {
		fu_arena_free(&sl.arena);
		fu_arena_free(&sl.list);
		return (-1);
	}
	run->in_dry = run->session->store.dry;
	rc = tidy(run, err);
	while (rc == 0 && more && !run->session->sink.lost) {
		rc = do_slice(&sl, &more, err);
		if (rc == 0)
			rc = emit_slice(&sl, err);
		fu_arena_reset(&sl.arena);
		if (rc == 0 && more)
			fu_sleep_us(PAUSE_US);
	}
	if (rc == 0 && run->explain && !run->session->sink.lost)
		rc = fu_due_explain(run, err);
	if (run->in_dry)
		fu_store_rollback(&run->session->store);
	run->in_dry = false;
	if (rc == 0 && !run->session->sink.lost)
		rc = fu_handoff_due(run->session, emit_raw, run, err);
	fu_arena_free(&sl.list);
	fu_arena_free(&sl.arena);
	return (rc);
}
