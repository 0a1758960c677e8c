/*
 * Gathering one person's story from the store, and asking how it stands now.
 *
 * Must never write, nor guess a past that no row tells.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/due.h"
#include "flow/send.h"
#include "flow/why_room.h"
#include "store/enrolments.h"
#include "store/events.h"

const struct fu_touch_row *
fu_teller_touch(const struct fu_teller *t, int64_t id)
{
	for (size_t i = 0; id != 0 && i < t->ntouch; i++)
		if (t->touch[i].t.id == id)
			return (&t->touch[i]);
	return (NULL);
}

struct fu_story *
fu_teller_add(struct fu_teller *t, int64_t at_us, const char *kind,
    enum fu_story_rank rank)
{
	struct fu_told	*told = t->told;
	struct fu_story	*s;

	told->story = fu_grow(t->arena, told->story, told->n, &told->cap,
	    sizeof(*told->story));
	s = &told->story[told->n++];
	s->at_us = at_us;
	s->kind = kind;
	s->rank = rank;
	s->order = told->n;
	s->until_us = FU_NEVER;
	return (s);
}

static void
name_touch(const struct fu_teller *t, struct fu_story *s, int64_t id)
{
	const struct fu_touch_row	*r = fu_teller_touch(t, id);

	s->touch = id;
	if (r == NULL)
		return;
	s->step = r->t.step;
	s->cadence = r->t.cadence;
	s->channel = fu_channel_name(r->t.channel);
}

/* The batch and every field that it gave. */
static const char *
given_json(const struct fu_teller *t, const struct fu_given *g)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*text;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "batch", g->name);
	fu_jw_array(&jw, "fields");
	for (int i = 0; i < FU_FIELD_N; i++)
		if ((g->fields >> i & 1) != 0)
			fu_jw_str(&jw, NULL, fu_fields[i].name);
	fu_jw_array_end(&jw);
	fu_jw_object_end(&jw);
	text = fu_dup_buf(t->arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

static int
tell_given(struct fu_teller *t, struct fu_err *err)
{
	struct fu_given	*g;
	struct fu_story	*s;
	size_t		 n;

	if (fu_given_of(&t->session->store, t->told->person.p.id, t->arena, &g,
	    &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		s = fu_teller_add(t, g[i].at_us, "import", FU_RANK_GIVEN);
		s->verdict = g[i].first ? "created" : "updated";
		s->inputs = given_json(t, &g[i]);
		s->text = fu_why_given(t, &g[i]);
	}
	return (0);
}

/* One that says no time happened when it was taken in, which is not before
 * what came beside it. */
static int64_t
when(const struct fu_teller *t, const struct fu_event *e)
{
	struct fu_object	 o;

	if (e->body == NULL || e->received_us <= e->at_us ||
	    fu_json_object(t->arena, fu_str_of(e->body), &o, NULL) == -1 ||
	    fu_json_get(&o, "at") != NULL)
		return (e->at_us);
	return (e->received_us);
}

static void
tell_events(struct fu_teller *t)
{
	const struct fu_case	*c = &t->told->person;
	struct fu_story		*s;

	for (size_t i = 0; i < c->nevent; i++) {
		const struct fu_event	*e = &c->event[i];

		/* A touch that left is told by its decision. */
		if (e->kind == FU_K_SENT || e->kind == FU_K_SCORED)
			continue;
		s = fu_teller_add(t, when(t, e), "event", FU_RANK_EVENT);
		s->event = e->id;
		s->verdict = e->name;
		s->channel = e->channel;
		s->inputs = e->body;
		s->text = fu_why_event(t, e);
		if (e->touch != 0)
			name_touch(t, s, e->touch);
	}
}

/* The last score that is on record as a decision, or NULL. */
static const struct fu_story *
last_score(const struct fu_teller *t)
{
	for (size_t i = t->told->n; i > 0; i--)
		if (strcmp(t->told->story[i - 1].kind, "score") == 0)
			return (&t->told->story[i - 1]);
	return (NULL);
}

/* Did it come to what the present one comes to, and of the same?  The second
 * question where ${factors} is given. */
static bool
is_present(const struct fu_teller *t, const struct fu_story *last,
    const char *factors)
{
	const struct fu_prospect	*p = &t->told->person.p;
	const struct fu_json		*made;
	struct fu_object		 o;
	int64_t				 score;

	if (last == NULL || last->inputs == NULL ||
	    !fu_streq(last->verdict, p->band) ||
	    fu_json_object(t->arena, fu_str_of(last->inputs), &o, NULL) == -1 ||
	    !fu_json_int(fu_json_get(&o, "score"), &score) || score != p->score)
		return (false);
	made = fu_json_get(&o, "factors");
	return (factors == NULL || (made != NULL &&
	    fu_str_is(made->raw, factors)));
}

static const char *
score_json(const struct fu_teller *t, int previous)
{
	const struct fu_prospect	*p = &t->told->person.p;
	struct fu_buf			 buf;
	struct fu_jw			 jw;
	const char			*text;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_int(&jw, "score", p->score);
	if (previous >= 0)
		fu_jw_int(&jw, "previous_score", previous);
	if (p->factors != NULL)
		fu_jw_raw(&jw, "factors", fu_str_of(p->factors));
	fu_jw_object_end(&jw);
	text = fu_dup_buf(t->arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

/* As it stands in their own row, where no decision tells it: what never
 * changed, and what came to the same by other factors. */
static void
tell_score(struct fu_teller *t)
{
	const struct fu_prospect	*p = &t->told->person.p;
	const struct fu_story		*last = last_score(t);
	struct fu_story			*s;
	bool				 first;

	if (p->score < 0 || is_present(t, last, p->factors == NULL ? "" :
	    p->factors))
		return;
	first = last == NULL && p->previous_score < 0;
	s = fu_teller_add(t, first ? p->first_scored_us : p->scored_us, "score",
	    FU_RANK_SCORE);
	s->verdict = p->band;
	s->inputs = score_json(t, is_present(t, last, NULL) ? p->score :
	    p->previous_score);
	s->text = fu_why_scored(t, s->inputs, p->band, NULL);
	if (first && p->scored_us > p->first_scored_us)
		s->text = fu_printf(t->arena, "%s; the same when looked at "
		    "last, %s", s->text, fu_why_moment(t, p->scored_us));
}

/* Where a decision stands among those of one instant. */
static int
rank_of(const struct fu_decided *d)
{
	static const struct {
		const char	*kind;
		int		 rank;
	} ranks[] = { { "merge", FU_RANK_PERSON }, { "conflict", FU_RANK_PERSON },
		{ "score", FU_RANK_SCORE }, { "enrolment", FU_RANK_ENROLMENT },
		{ "handoff", FU_RANK_HANDOFF }, { "gate", FU_RANK_TOUCH },
		{ "send", FU_RANK_SENT } };

	/* The last step has left. */
	if (strcmp(d->kind, "enrolment") == 0 &&
	    fu_streq(d->reason, "completed"))
		return (FU_RANK_OTHER);
	/* A hand-off's delivery is of its kind. */
	for (int i = 0; i < FU_SEND_STATUS_N; i++)
		if (strcmp(d->kind, "handoff") == 0 &&
		    strcmp(d->verdict, fu_send_status_name(i)) == 0)
			return (FU_RANK_SENT);
	for (size_t i = 0; i < sizeof(ranks) / sizeof(*ranks); i++)
		if (strcmp(d->kind, ranks[i].kind) == 0)
			return (ranks[i].rank);
	return (FU_RANK_OTHER);
}

static int
tell_decisions(struct fu_teller *t, struct fu_err *err)
{
	struct fu_decided	*d;
	struct fu_story		*s;
	size_t			 n;

	if (fu_decided_of(&t->session->store, t->told->person.p.id, t->arena,
	    &d, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		s = fu_teller_add(t, d[i].at_us, d[i].kind, rank_of(&d[i]));
		s->verdict = d[i].verdict;
		s->reason = d[i].reason;
		s->rule = d[i].rule;
		s->program = d[i].program;
		s->inputs = d[i].inputs;
		s->text = fu_why_decided(t, &d[i]);
		if (strcmp(d[i].kind, "gate") == 0 ||
		    strcmp(d[i].kind, "send") == 0)
			name_touch(t, s, d[i].subject);
		else if (strcmp(d[i].kind, "handoff") == 0)
			s->handoff = d[i].subject;
	}
	return (0);
}

/* What may be a stop is one at that time, unless somebody decides. */
static void
tell_doubt(struct fu_teller *t, struct fu_story *s)
{
	const struct fu_prospect	*p = &t->told->person.p;

	if (p->doubt_us == 0 || p->doubt_us == FU_NEVER ||
	    p->human_us != FU_NEVER)
		return;
	s->until_us = p->doubt_us + FU_DOUBT_US;
	s->text = fu_printf(t->arena, "%s; their text may be a stop, and "
	    "becomes one %s unless somebody decides", s->text,
	    fu_why_moment(t, s->until_us));
}

static void
tell_pauses(struct fu_teller *t)
{
	static const struct {
		enum fu_pause	 bit;
		enum fu_reason	 reason;
	} pause[] = { { FU_PAUSE_REPLY, FU_R_REPLY_PENDING },
		{ FU_PAUSE_HUMAN, FU_R_HUMAN_OWNED },
		{ FU_PAUSE_HANDOFF, FU_R_HANDOFF_OPEN },
		{ FU_PAUSE_COMPANY, FU_R_COMPANY_PAUSE },
		{ FU_PAUSE_OOO, FU_R_OOO_UNTIL } };
	int64_t		 now = fu_session_now(t->session);
	unsigned	 bits = fu_case_pauses(&t->told->person, now);
	struct fu_story	*s;

	for (size_t i = 0; i < sizeof(pause) / sizeof(*pause); i++) {
		if ((bits & pause[i].bit) == 0)
			continue;
		s = fu_teller_add(t, now, "now", FU_RANK_NOW);
		s->verdict = "paused";
		s->reason = fu_reasons[pause[i].reason].name;
		s->rule = fu_reasons[pause[i].reason].rule;
		s->text = fu_printf(t->arena, "automation waits: %s; what "
		    "clears it: %s", s->reason,
		    fu_reasons[pause[i].reason].way_out);
		if (pause[i].reason == FU_R_REPLY_PENDING)
			tell_doubt(t, s);
	}
}

#define AHEAD_US	(60 * FU_DAY)	/* how far the plan is asked */

struct ahead {
	int64_t	 touch, at_us;		/* FU_NEVER: not in that time */
};

static int
note_ahead(void *ctx, const struct fu_due_row *row, struct fu_err *err)
{
	struct ahead	*a = ctx;

	(void)err;
	if (row->touch.t.id == a->touch && !row->held && row->on == NULL &&
	    a->at_us == FU_NEVER)
		a->at_us = row->touch.t.due_us;
	return (0);
}

/* Until when it waits, as fu-due --plan has it: an absence moves the days that
 * remain, and may end on a day on which nothing leaves. */
static int
tell_deferred(struct fu_teller *t, struct fu_cadencer *cr,
    const struct fu_touch_row *r, const struct fu_verdict *v,
    struct fu_story *s, struct fu_err *err)
{
	struct ahead		 a = { r->t.id, FU_NEVER };
	struct fu_due_run	 run = { .session = t->session,
		.cadencer = cr, .emit = note_ahead, .ctx = &a };

	if (fu_due_plan(&run, AHEAD_US, t->told->person.p.id, err) == -1)
		return (-1);
	if (a.at_us == FU_NEVER || a.at_us == v->until_us)
		return (0);
	if (v->reason == FU_R_OOO_UNTIL)
		s->until_us = a.at_us;
	s->text = fu_printf(t->arena, "%s; by the plan it leaves %s", s->text,
	    fu_why_moment(t, a.at_us));
	return (0);
}

/* It was tried and put off: not the gate but the next try is waited for. */
static bool
waits_for_retry(const struct fu_teller *t, const struct fu_touch_row *r)
{
	return (r->t.state == FU_T_PLANNED && r->t.held_reason == NULL &&
	    r->status != NULL && r->t.next_us != FU_NEVER &&
	    r->t.next_us > fu_session_now(t->session));
}

static void
tell_retry(struct fu_teller *t, const struct fu_touch_row *r,
    struct fu_story *s)
{
	s->verdict = "retry";
	s->until_us = r->t.next_us;
	s->text = fu_printf(t->arena, "%s; it was put off (%s) and is tried "
	    "again %s", s->text, r->status, fu_why_moment(t, r->t.next_us));
}

/* What is pending on each line, and what the gate says to it now. */
static int
tell_pending(struct fu_teller *t, struct fu_cadencer *cr,
    const struct fu_enrolment *e, struct fu_touch_row *rows, size_t n,
    struct fu_err *err)
{
	const struct fu_case	*c = &t->told->person;
	struct fu_course	 course;
	struct fu_asked		 asked;
	struct fu_fate_of	 fate;
	struct fu_story		*s;
	unsigned		 channels;

	if (fu_case_channels(t->session, c, t->arena, &channels, err) == -1 ||
	    fu_course_make(t->session, c, e, channels, rows, n, t->arena,
	    &course, err) == -1 ||
	    fu_ask_make(t->session, c, rows, n, t->arena, &asked, err) == -1)
		return (-1);
	for (size_t i = 0; i < course.nline; i++) {
		const struct fu_touch_row	*r = course.line[i].pending;

		if (r == NULL)
			continue;
		if (fu_ask_touch(t->session, c, &asked, &r->t, t->arena,
		    err) == -1 || fu_due_decide(cr, c, &course, r, &asked,
		    &fate, err) == -1)
			return (-1);
		s = fu_teller_add(t, fu_session_now(t->session), "now", FU_RANK_NOW);
		s->verdict = "planned";
		name_touch(t, s, r->t.id);
		s->until_us = r->t.due_us;
		s->text = fu_printf(t->arena, "%s by %s is due %s", r->t.step,
		    fu_channel_name(r->t.channel),
		    fu_why_moment(t, r->t.due_us));
		if (r->t.state == FU_T_ARMED) {
			s->verdict = "armed";
			s->text = fu_printf(t->arena, "%s by %s waits for "
			    "their return to the site", r->t.step,
			    fu_channel_name(r->t.channel));
			continue;
		}
		if (fate.fate == FU_FATE_SKIP)
			s->text = fu_printf(t->arena, "%s; it would be "
			    "skipped: %s", s->text, fate.reason);
		if (fate.fate != FU_FATE_HOLD && fate.fate != FU_FATE_END &&
		    fate.fate != FU_FATE_LEAVE)
			continue;
		if (fate.fate == FU_FATE_LEAVE && waits_for_retry(t, r)) {
			tell_retry(t, r, s);
			continue;
		}
		s->verdict = fu_verdict_class_name(fate.verdict.class);
		if (fate.verdict.class != FU_ALLOW) {
			s->reason = fu_reasons[fate.verdict.reason].name;
			s->rule = fate.verdict.rule;
		}
		s->inputs = fu_ask_inputs(&asked, &fate.verdict, t->arena);
		s->text = fu_printf(t->arena, "%s; %s%s", s->text,
		    r->t.due_us > fu_session_now(t->session) ? "today " : "",
		    fu_why_verdict(t, &fate.verdict, s->inputs));
		if (fate.verdict.class == FU_DEFER && tell_deferred(t, cr, r,
		    &fate.verdict, s, err) == -1)
			return (-1);
	}
	return (0);
}

static int
tell_entries(struct fu_teller *t, struct fu_cadencer *cr, struct fu_err *err)
{
	const struct fu_case	*c = &t->told->person;
	const char		*why = c->p.barred;
	const char		*looks = "takes them when fu-cadence looks";
	int64_t			 now = fu_session_now(t->session);
	struct fu_story		*s;
	struct fu_reach		 shut;

	if (fu_reach_load(t->session, c, t->arena, &shut, err) == -1)
		return (-1);
	if (fu_reach_bars(&shut, NULL) != NULL) {
		s = fu_teller_add(t, now, "now", FU_RANK_NOW);
		s->verdict = "barred";
		s->reason = fu_reach_bars(&shut, NULL);
		s->text = fu_printf(t->arena, "no cadence takes them: %s",
		    s->reason);
		return (0);
	}
	if (why == NULL)
		why = c->facts.won_us != FU_NEVER ? "won" :
		    c->facts.lost_us != FU_NEVER ? "lost" : NULL;
	if (why != NULL) {
		s = fu_teller_add(t, now, "now", FU_RANK_NOW);
		s->verdict = "barred";
		s->reason = why;
		s->text = fu_printf(t->arena, "no cadence takes them: %s; "
		    "fu-cadence --cadence NAME enrols all the same", why);
		return (0);
	}
	/* As fu-cadence has it: an old score decides nothing. */
	if (c->p.done_score < c->p.news) {
		looks = "takes them when fu-score, then fu-cadence look";
		if (c->p.score < 0) {
			s = fu_teller_add(t, now, "now", FU_RANK_NOW);
			s->verdict = "waits";
			s->reason = "not_scored";
			s->text = "not scored yet, and no cadence takes them "
			    "before: fu-score first, then fu-cadence";
			return (0);
		}
	}
	for (size_t i = 0; i < t->session->config.ncadence; i++) {
		const struct fu_cadence	*cadence =
		    &t->session->config.cadence[i];

		if (fu_cadence_barrier(cr, c, cadence, t->arena, &why,
		    err) == -1)
			return (-1);
		s = fu_teller_add(t, now, "now", FU_RANK_NOW);
		s->cadence = cadence->name;
		s->verdict = why == NULL ? "may_enter" : "no_entry";
		s->text = fu_printf(t->arena, "%s %s%s", cadence->name,
		    why == NULL ? looks : "does not take them: ", why == NULL ? "" : why);
	}
	return (0);
}

/* By time; of one instant causes first, and else the older. */
static int
by_time(const void *a, const void *b)
{
	const struct fu_story	*x = a, *y = b;

	if (x->at_us != y->at_us && x->rank != FU_RANK_NOW &&
	    y->rank != FU_RANK_NOW)
		return (x->at_us < y->at_us ? -1 : 1);
	if (x->rank != y->rank)
		return (x->rank - y->rank);
	return (x->order < y->order ? -1 : 1);
}

void
fu_teller_sort(struct fu_teller *t)
{
	qsort(t->told->story, t->told->n, sizeof(*t->told->story), by_time);
}

int
fu_why_tell(struct fu_session *session, struct fu_cadencer *cr,
    int64_t prospect, struct fu_arena *arena, struct fu_told *told,
    struct fu_err *err)
{
	struct fu_teller	 t = { .session = session, .arena = arena,
		.told = told };
	struct fu_touch_row	*rows;
	struct fu_enrolment	 e;
	struct fu_reach		 reach;
	size_t			 n;
	int			 rc;

	memset(told, 0, sizeof(*told));
	rc = fu_case_load(session, prospect,
	    fu_rules_facts(fu_cadencer_rules(cr)), arena, &told->person, err);
	if (rc != 1)
		return (rc);
	if (fu_touches_of(&session->store, told->person.p.id, 0, arena, &rows,
	    &n, err) == -1)
		return (-1);
	t.touch = rows;
	t.ntouch = n;
	if (tell_given(&t, err) == -1)
		return (-1);
	tell_events(&t);
	if (fu_teller_ledger(&t, err) == -1)
		return (-1);
	if (tell_decisions(&t, err) == -1)
		return (-1);
	tell_score(&t);
	if (fu_reach_load(session, &told->person, arena, &reach, err) == -1)
		return (-1);
	/* For whom everything is shut, nothing waits. */
	if (fu_reach_bars(&reach, NULL) == NULL)
		tell_pauses(&t);
	rc = fu_enrolment_active(&session->store, told->person.p.id, arena, &e,
	    err);
	if (rc == -1 || (rc == 1 ? tell_pending(&t, cr, &e, rows, n, err) :
	    tell_entries(&t, cr, err)) == -1)
		return (-1);
	fu_teller_sort(&t);
	return (1);
}
