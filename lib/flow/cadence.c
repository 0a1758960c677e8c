/*
 * The life of an enrolment: entry, moves, pauses and the end.
 *
 * Decisions are policy's (rules, plan); this file loads, asks and writes down.
 */
#include <string.h>

#include "flow/cadence_room.h"
#include "store/enrolments.h"
#include "store/intake.h"

const char *
fu_enrol_action_name(enum fu_enrol_action action)
{
	static const char *const name[] = {
		"none", "enrolled", "kept", "moved", "stopped"
	};

	return (name[action]);
}

static int
decide(struct fu_cadencer *cr, const struct fu_case *c, int64_t subject,
    const char *verdict, const char *reason, const char *cadence,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_decision	 d = { .prospect = c->p.id,
		.kind = "enrolment", .subject = subject, .verdict = verdict,
		.reason = reason };
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "cadence", cadence);
	if (c->p.score >= 0)
		fu_jw_int(&jw, "score", c->p.score);
	if (c->p.band != NULL)
		fu_jw_str(&jw, "band", c->p.band);
	fu_jw_object_end(&jw);
	d.inputs = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (fu_decision_add(&cr->session->store, &d, err));
}

static int
end_enrolment(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_enrolment *e, const char *reason, struct fu_arena *arena,
    struct fu_err *err)
{
	if (fu_enrolment_end(&cr->session->store, c->p.id, e->id, reason,
	    err) == -1)
		return (-1);
	return (decide(cr, c, e->id, "stopped", reason, e->cadence, arena,
	    err));
}

/* Write what a line's planning gave: skipped steps and the pending touch. */
static int
write_line(struct fu_cadencer *cr, struct fu_line *line,
    struct fu_touch_row *skipped, size_t nskipped, struct fu_err *err)
{
	struct fu_store	*store = &cr->session->store;

	for (size_t i = 0; i < nskipped; i++) {
		if (fu_touch_add(store, &skipped[i], err) == -1)
			return (-1);
		if (skipped[i].t.id != 0 && fu_touch_handled(store,
		    skipped[i].t.prospect, skipped[i].t.id, FU_T_SKIPPED,
		    "past", err) == -1)
			return (-1);
	}
	if (line->pending == NULL || line->pending->t.id != 0)
		return (0);
	return (fu_touch_add(store, line->pending, err));
}

int
fu_cadence_plan(struct fu_cadencer *cr, const struct fu_case *c,
    struct fu_course *course, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_touch_row	*skipped;
	size_t			 n;

	for (size_t i = 0; i < course->nline; i++) {
		fu_course_next(cr->session, c, course, &course->line[i],
		    cr->session->store.now_us, arena, &skipped, &n);
		if (write_line(cr, &course->line[i], skipped, n, err) == -1)
			return (-1);
	}
	if (!fu_course_ended(course))
		return (0);
	course->enrolment.active = false;
	return (end_enrolment(cr, c, &course->enrolment, "completed", arena,
	    err));
}

/*
 * When a pause was over: of what ended it, the last.  A release has its own
 * time, which is not that of this look; without any it was just now.
 */
static int
pause_ended(struct fu_cadencer *cr, const struct fu_case *c, int64_t since_us,
    int64_t *ended_us, struct fu_err *err)
{
	struct fu_store	*store = &cr->session->store;
	int64_t		 released;

	if (fu_event_newest(store, c->p.id, fu_kinds[FU_K_RELEASED].name,
	    &released, err) == -1)
		return (-1);
	*ended_us = fu_case_pause_ended(c, since_us, store->now_us);
	if (released > since_us && released <= store->now_us &&
	    released > *ended_us)
		*ended_us = released;
	if (*ended_us == FU_NEVER)
		*ended_us = store->now_us;
	return (0);
}

int
fu_cadence_resume(struct fu_cadencer *cr, const struct fu_case *c,
    struct fu_course *course, struct fu_arena *arena, bool *moved,
    struct fu_err *err)
{
	struct fu_store		*store = &cr->session->store;
	struct fu_enrolment	*e = &course->enrolment;
	bool			 paused = fu_case_pauses(c, store->now_us) != 0;
	int64_t			 ended;

	*moved = false;
	if (paused == (e->paused_us != FU_NEVER))
		return (0);
	if (paused) {
		e->paused_us = store->now_us;
		return (fu_enrolment_pause(store, e->prospect, e->id,
		    e->shift_days, e->paused_us, err));
	}
	if (pause_ended(cr, c, e->paused_us, &ended, err) == -1)
		return (-1);
	e->shift_days += fu_plan_pause_days(c->zone, e->paused_us, ended);
	e->paused_us = FU_NEVER;
	*moved = true;
	if (fu_enrolment_pause(store, e->prospect, e->id, e->shift_days,
	    FU_NEVER, err) == -1)
		return (-1);
	for (size_t i = 0; i < course->nline; i++) {
		struct fu_line	*line = &course->line[i];

		fu_course_replan(cr->session, c, course, line, store->now_us,
		    arena);
		if (line->pending != NULL &&
		    line->pending->t.state <= FU_T_ARMED &&
		    fu_touch_replan(store, line->pending, err) == -1)
			return (-1);
	}
	return (0);
}

/* Why an active enrolment must end now, or NULL. */
static const char *
must_end(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_enrolment *e, const struct fu_cadence *cadence)
{
	const struct fu_facts	*f = &c->facts;
	int64_t			 now = cr->session->store.now_us;
	struct fu_conditions	*k;

	if (f->won_us != FU_NEVER)
		return ("won");
	if (f->lost_us != FU_NEVER)
		return ("lost");
	if (c->p.barred != NULL)
		return (c->p.barred);
	if (f->meeting_booked_us != FU_NEVER &&
	    f->meeting_booked_us >= e->entered_us)
		return ("meeting_booked");
	if (c->p.reply_pending_us != FU_NEVER &&
	    now - c->p.reply_pending_us > FU_UNRELEASED_MAX_US)
		return ("reply_not_released");
	if (c->p.human_us != FU_NEVER &&
	    now - c->p.human_us > FU_UNRELEASED_MAX_US)
		return ("rep_not_released");
	if (cadence == NULL)
		return (NULL);
	if (cadence->on_reply_stop && f->reply_us != FU_NEVER &&
	    f->reply_us >= e->entered_us)
		return ("reply");
	k = fu_conditions_of(cr, cadence);
	return (k->exit != -1 && cr->result[k->exit] ? "exit" : NULL);
}

/* May the person enter that cadence again, or at all? */
int
fu_cadence_may_enter(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_cadence *cadence, struct fu_arena *arena, bool *may,
    struct fu_err *err)
{
	struct fu_enrolment	 last;
	int			 rc;

	rc = fu_enrolment_last(&cr->session->store, c->p.id, cadence->name,
	    arena, &last, err);
	if (rc == -1)
		return (-1);
	if (rc == 0)
		*may = true;
	else if (last.active)
		*may = false;
	else if (cadence->start_return && cadence->again_us == 0)
		*may = c->facts.return_us != FU_NEVER &&
		    c->facts.return_us != last.return_us;
	else
		*may = cadence->again_us >= 0 && last.ended_us != FU_NEVER &&
		    last.ended_us + cadence->again_us <=
		    cr->session->store.now_us;
	return (0);
}

/* The cadence of highest priority that takes the person; NULL for none. */
static int
choose(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_reach *shut, int above, struct fu_arena *arena, const struct fu_cadence **chosen,
    struct fu_err *err)
{
	const struct fu_config	*config = &cr->session->config;
	bool			 may;

	*chosen = NULL;
	for (size_t i = 0; i < config->ncadence; i++) {
		const struct fu_cadence	*cadence = &config->cadence[i];
		struct fu_conditions	*k = &cr->cond[i];

		k->missed = FU_MISSED_TERM;
		if (cadence->enter.sql == NULL || !cr->result[k->enter])
			continue;
		if ((cadence->start_return && c->facts.return_us == FU_NEVER) ||
		    (cadence->anchor != NULL && c->facts.demo_us == FU_NEVER)) {
			k->missed = FU_MISSED_START;
			continue;
		}
		if (fu_reach_bars(shut, cadence) != NULL) {
			k->missed = FU_MISSED_SHUT;
			continue;
		}
		if (cadence->priority <= above || (*chosen != NULL &&
		    cadence->priority <= (*chosen)->priority))
			continue;
		if (fu_cadence_may_enter(cr, c, cadence, arena, &may, err) == -1)
			return (-1);
		if (may)
			*chosen = cadence;
		else
			k->missed = FU_MISSED_AGAIN;
	}
	return (0);
}

static bool
is_holdout(const struct fu_cadence *cadence, int64_t prospect)
{
	return (cadence->holdout_pct > 0 && (int)(fu_hash64(&prospect,
	    sizeof(prospect), fu_hash_cstr(cadence->name, 7)) % 100) <
	    cadence->holdout_pct);
}

static int
enrol(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_cadence *cadence, const char *reason, bool forced,
    struct fu_arena *arena, struct fu_enrolment *e, struct fu_err *err)
{
	struct fu_store	*store = &cr->session->store;

	*e = (struct fu_enrolment){ .prospect = c->p.id,
		.cadence = cadence->name, .version = cadence->version,
		.entered_us = store->now_us, .anchor_us = store->now_us,
		.return_us = FU_NEVER, .paused_us = FU_NEVER,
		.ended_us = FU_NEVER, .reason = reason };
	if (cadence->anchor != NULL && c->facts.demo_us != FU_NEVER)
		e->anchor_us = c->facts.demo_us;
	if (cadence->start_return && c->facts.return_us != FU_NEVER) {
		e->anchor_us = e->return_us = c->facts.return_us;
		if (fu_prospect_return_used(store, c->p.id, e->return_us,
		    err) == -1)
			return (-1);
	}
	e->holdout = !forced && is_holdout(cadence, c->p.id);
	if (e->holdout)
		reason = e->reason = "holdout";
	if (fu_enrolment_add(store, e, c->p.score, err) == -1)
		return (-1);
	return (decide(cr, c, e->id, "enrolled", reason, cadence->name, arena,
	    err));
}

static void
tell_next(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_course *course, struct fu_arena *arena,
    struct fu_enrol_result *r)
{
	const struct fu_touch_row	*first = fu_course_first(course);
	int64_t				 leaves;

	/* Of those who are held out nothing leaves. */
	if (first == NULL || course->enrolment.holdout)
		return;
	r->step = first->t.step;
	r->due_us = first->t.due_us;
	if (r->action != FU_EN_ENROLLED && r->action != FU_EN_MOVED)
		return;
	leaves = fu_course_leaves(cr->session, c, course, arena);
	if (leaves != FU_NEVER && leaves < cr->session->store.now_us)
		leaves = cr->session->store.now_us;
	if (leaves != FU_NEVER && (cr->first_due_us == FU_NEVER ||
	    leaves < cr->first_due_us))
		cr->first_due_us = leaves;
}

/* Load, note pauses, plan: what every path ends with. */
static int
carry_on(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_enrolment *e, struct fu_arena *arena,
    struct fu_enrol_result *r, struct fu_err *err)
{
	struct fu_course	 course;
	struct fu_touch_row	*rows;
	unsigned		 channels;
	size_t			 n;
	bool			 moved;

	if (fu_case_channels(cr->session, c, arena, &channels, err) == -1 ||
	    fu_touches_of(&cr->session->store, c->p.id, e->id, arena, &rows,
	    &n, err) == -1 ||
	    fu_course_make(cr->session, c, e, channels, rows, n, arena,
	    &course, err) == -1 ||
	    fu_cadence_resume(cr, c, &course, arena, &moved, err) == -1 ||
	    fu_cadence_plan(cr, c, &course, arena, err) == -1 ||
	    fu_touches_wake(&cr->session->store, c->p.id, err) == -1)
		return (-1);
	if (r != NULL) {
		r->cadence = e->cadence;
		if (!course.enrolment.active) {
			r->action = FU_EN_STOPPED;
			r->reason = "completed";
			return (fu_enrolment_told(&cr->session->store,
			    c->p.id, err));
		}
		tell_next(cr, c, &course, arena, r);
	}
	return (0);
}

static int
load(struct fu_cadencer *cr, int64_t prospect, struct fu_arena *arena,
    struct fu_case *c, struct fu_err *err)
{
	int	 rc;

	rc = fu_case_load(cr->session, prospect, fu_rules_facts(cr->rules),
	    arena, c, err);
	if (rc == 1 && fu_rules_eval(cr->rules, &c->facts, cr->result,
	    err) == -1)
		return (-1);
	return (rc);
}

/* An end that came from elsewhere, a stop or a won deal, is said here. */
static int
tell_end(struct fu_cadencer *cr, const struct fu_case *c,
    struct fu_arena *arena, struct fu_enrol_result *r, struct fu_err *err)
{
	struct fu_store		*store = &cr->session->store;
	struct fu_enrolment	 e;
	int			 rc;

	rc = fu_enrolment_untold(store, c->p.id, arena, &e, err);
	if (rc != 1)
		return (rc);
	r->action = FU_EN_STOPPED;
	r->cadence = e.cadence;
	r->reason = e.reason;
	return (fu_enrolment_told(store, c->p.id, err));
}

/* What bars the person from every cadence; NULL for nothing. */
static const char *
barred_from_all(const struct fu_case *c, const struct fu_reach *shut)
{
	return (c->p.barred != NULL ? c->p.barred :
	    c->facts.won_us != FU_NEVER ? "won" :
	    c->facts.lost_us != FU_NEVER ? "lost" : fu_reach_bars(shut, NULL));
}

/* Why their active enrolment must end, the ledger's reasons among them. */
static const char *
ends_now(struct fu_cadencer *cr, const struct fu_case *c,
    const struct fu_enrolment *e, const struct fu_cadence *cadence,
    const struct fu_reach *shut)
{
	const char	*why = must_end(cr, c, e, cadence);

	if (why == NULL)
		why = fu_reach_bars(shut, cadence);
	/* What cannot be believed ends nothing either. */
	return (fu_streq(why, "ledger_error") ? NULL : why);
}

static int
look(struct fu_cadencer *cr, const struct fu_case *c, struct fu_arena *arena,
    struct fu_enrol_result *r, struct fu_err *err)
{
	const struct fu_cadence	*now_in = NULL, *chosen = NULL;
	struct fu_enrolment	 e;
	struct fu_reach		 shut;
	const char		*why = NULL;
	int			 active;

	active = fu_enrolment_active(&cr->session->store, c->p.id, arena, &e,
	    err);
	if (active == -1 ||
	    fu_reach_load(cr->session, c, arena, &shut, err) == -1)
		return (-1);
	if (active == 1) {
		now_in = fu_cadence_find(&cr->session->config, e.cadence);
		why = ends_now(cr, c, &e, now_in, &shut);
		if (why != NULL &&
		    end_enrolment(cr, c, &e, why, arena, err) == -1)
			return (-1);
	}
	if (active == 0 || why != NULL) {
		if (tell_end(cr, c, arena, r, err) == -1)
			return (-1);
		if (why != NULL && strcmp(why, "exit") != 0)
			return (0);
		if ((why = barred_from_all(c, &shut)) != NULL) {
			if (r->action == FU_EN_NONE)
				r->reason = why;
			return (0);
		}
		active = 0;
		now_in = NULL;
	}
	if (choose(cr, c, &shut, now_in == NULL ? -1 : now_in->priority, arena,
	    &chosen, err) == -1)
		return (-1);
	if (chosen == NULL && active == 0) {
		if (r->action == FU_EN_NONE)
			fu_cadencer_miss(cr);
		if (r->reason == NULL)
			r->reason = "no_entry";
		return (0);
	}
	r->action = FU_EN_KEPT;
	if (chosen != NULL) {
		r->action = active == 1 ? FU_EN_MOVED : FU_EN_ENROLLED;
		if (active == 1 && end_enrolment(cr, c, &e, "moved", arena,
		    err) == -1)
			return (-1);
		if (enrol(cr, c, chosen, "enter", false, arena, &e, err) == -1)
			return (-1);
	}
	r->reason = e.holdout ? "holdout" : chosen != NULL ? "enter" :
	    "active";
	return (carry_on(cr, c, &e, arena, r, err));
}

int
fu_cadence_look(struct fu_cadencer *cr, int64_t prospect,
    struct fu_arena *arena, struct fu_enrol_result *r, struct fu_err *err)
{
	struct fu_case	*c = fu_alloc(arena, sizeof(*c));
	int		 rc;

	*r = (struct fu_enrol_result){ .due_us = FU_NEVER };
	if ((rc = load(cr, prospect, arena, c, err)) != 1)
		return (rc);
	/* An old score decides nothing: fu-score brings them again. */
	if (c->p.done_score < c->p.news) {
		r->reason = "not_scored";
		return (1);
	}
	if (look(cr, c, arena, r, err) == -1 ||
	    fu_prospect_done(&cr->session->store, FU_JOB_CADENCE, c->p.id,
	    c->p.news, err) == -1)
		return (-1);
	return (1);
}

int
fu_cadence_force(struct fu_cadencer *cr, int64_t prospect,
    const struct fu_cadence *cadence, struct fu_arena *arena,
    struct fu_enrol_result *r, struct fu_err *err)
{
	struct fu_store		*store = &cr->session->store;
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	struct fu_enrolment	 e;
	struct fu_reach		 shut;
	int			 rc, active;

	*r = (struct fu_enrol_result){ .due_us = FU_NEVER };
	if ((rc = load(cr, prospect, arena, c, err)) != 1)
		return (rc);
	if (fu_reach_load(cr->session, c, arena, &shut, err) == -1)
		return (-1);
	if ((r->reason = fu_reach_bars(&shut, cadence)) != NULL)
		return (1);
	if (fu_prospect_barred(store, c->p.id, NULL, err) == -1)
		return (-1);
	active = fu_enrolment_active(store, c->p.id, arena, &e, err);
	if (active == -1)
		return (-1);
	r->reason = "by_hand";
	r->action = FU_EN_KEPT;
	if (active == 0 || !fu_streq(e.cadence, cadence->name)) {
		if (active == 1 && end_enrolment(cr, c, &e, "moved", arena,
		    err) == -1)
			return (-1);
		r->action = active == 1 ? FU_EN_MOVED : FU_EN_ENROLLED;
		if (enrol(cr, c, cadence, "by_hand", true, arena, &e,
		    err) == -1)
			return (-1);
	}
	return (carry_on(cr, c, &e, arena, r, err) == -1 ? -1 : 1);
}

int
fu_cadence_stop(struct fu_cadencer *cr, int64_t prospect,
    struct fu_arena *arena, struct fu_enrol_result *r, struct fu_err *err)
{
	struct fu_store		*store = &cr->session->store;
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	struct fu_enrolment	 e;
	int			 rc, active;

	*r = (struct fu_enrol_result){ .due_us = FU_NEVER };
	if ((rc = load(cr, prospect, arena, c, err)) != 1)
		return (rc);
	if (fu_prospect_barred(store, c->p.id, "stopped_by_rep", err) == -1)
		return (-1);
	active = fu_enrolment_active(store, c->p.id, arena, &e, err);
	if (active == -1)
		return (-1);
	r->reason = "stopped_by_rep";
	if (active == 1) {
		r->action = FU_EN_STOPPED;
		r->cadence = e.cadence;
		if (end_enrolment(cr, c, &e, r->reason, arena, err) == -1 ||
		    fu_enrolment_told(store, c->p.id, err) == -1)
			return (-1);
	}
	return (1);
}

int
fu_cadence_handled(struct fu_cadencer *cr, int64_t prospect,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_case		*c = fu_alloc(arena, sizeof(*c));
	struct fu_enrolment	 e;
	int			 rc;

	if ((rc = fu_case_person(cr->session, prospect, arena, c, err)) != 1)
		return (rc);
	rc = fu_enrolment_active(&cr->session->store, c->p.id, arena, &e, err);
	if (rc != 1)
		return (rc);
	return (carry_on(cr, c, &e, arena, NULL, err));
}
