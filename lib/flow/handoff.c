/*
 * Firing triggers: an episode opens, or what is new is added to the open one.
 *
 * policy/trigger says what is met; this file loads, asks and writes down.
 * Must never open a second episode, nor fire a trigger twice in one.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/handoff_room.h"
#include "policy/hours.h"
#include "store/attempts.h"
#include "store/enrolments.h"

struct fu_handoffer {
	struct fu_session	*session;
	struct fu_trigger_set	*set;
	struct fu_rules		*rules;		/* trigger_event's when; or NULL */
	bool			 llm_open;	/* by the first who asks */
	struct fu_llm		 llm;		/* url NULL: there is none */
	struct fu_arena		 arena;		/* of the briefs */
	struct fu_brief		*brief;		/* the last first */
};

struct fu_handoffer *
fu_handoffer_open(struct fu_session *s, struct fu_err *err)
{
	const struct fu_trigger_conf	*t;
	struct fu_handoffer		*ho;
	struct fu_faults		 faults;
	bool				 ok;

	if ((ho = calloc(1, sizeof(*ho))) == NULL)
		fu_oom();
	ho->session = s;
	fu_arena_init(&ho->arena);
	fu_faults_init(&faults);
	ho->set = fu_trigger_set_new(&s->config, &faults, err);
	ok = ho->set != NULL;
	t = &s->config.trigger[FU_TR_TRIGGER_EVENT];
	/* Compiled once more, for the facts it asks and when they change. */
	if (ok && t->on && t->when.sql != NULL)
		ok = (ho->rules = fu_rules_new()) != NULL &&
		    fu_rules_add(ho->rules, &t->when, &faults) != -1 &&
		    fu_rules_ready(ho->rules, err) == 0;
	if (!ok && faults.n > 0)
		(void)fu_faults_first(&faults, &s->arena, err);
	fu_faults_free(&faults);
	if (ok)
		return (ho);
	fu_handoffer_close(ho);
	return (NULL);
}

void
fu_handoffer_close(struct fu_handoffer *ho)
{
	if (ho == NULL)
		return;
	fu_trigger_set_free(ho->set);
	fu_rules_free(ho->rules);
	fu_llm_close(&ho->llm);
	fu_arena_free(&ho->arena);
	free(ho);
}

uint64_t
fu_handoffer_facts(const struct fu_handoffer *ho)
{
	return (UINT64_C(1) << FU_FACT_SCORE |
	    (ho->rules != NULL ? fu_rules_facts(ho->rules) : 0));
}

int64_t
fu_handoffer_next(const struct fu_handoffer *ho, const struct fu_facts *f)
{
	/* Without an event that is fresh, time makes nothing fire. */
	if (ho->rules == NULL || f->nevent == 0 ||
	    f->event[f->nevent - 1].at_us < f->now_us - FU_EVIDENCE_MAX_US)
		return (INT64_MAX);
	return (fu_rules_next(ho->rules, f));
}

int
fu_handoff_note(struct fu_store *store, const struct fu_handoff *h,
    const char *verdict, const char *reason, const char *inputs,
    struct fu_err *err)
{
	struct fu_decision	 d = { .prospect = h->prospect,
		.kind = "handoff", .subject = h->id, .verdict = verdict,
		.reason = reason, .inputs = inputs };

	return (fu_decision_add(store, &d, err));
}

/* One decision a trigger, with the newest of its evidence. */
static int
note_triggers(struct fu_store *store, const struct fu_handoff *h,
    const struct fu_triggers *t, const char *verdict, struct fu_arena *arena,
    struct fu_err *err)
{
	const struct fu_evidence	*v;
	struct fu_buf			 buf;
	struct fu_jw			 jw;
	const char			*inputs;

	for (int i = 0; i < FU_TRIGGER_N; i++) {
		if (!t->met[i])
			continue;
		v = NULL;
		for (size_t k = 0; k < t->nevidence; k++)
			if ((int)t->evidence[k].trigger == i)
				v = &t->evidence[k];
		inputs = NULL;
		if (v != NULL) {
			fu_buf_init(&buf);
			fu_jw_init(&jw, &buf);
			fu_jw_object(&jw, NULL);
			if (v->event != 0)
				fu_jw_int(&jw, "event", v->event);
			fu_jw_str(&jw, "kind", v->kind);
			fu_jw_time(&jw, "at", v->at_us);
			fu_jw_str(&jw, "text", fu_handoff_quote(v->text, 200,
			    arena));
			fu_jw_object_end(&jw);
			inputs = fu_dup_buf(arena, &buf);
			fu_buf_free(&buf);
		}
		if (fu_handoff_note(store, h, verdict, fu_trigger_name(
		    (enum fu_trigger)i), inputs, err) == -1)
			return (-1);
	}
	return (0);
}

/* The newest event among the evidence; ${after} when there is none newer. */
static int64_t
newest_event(const struct fu_triggers *t, int64_t after)
{
	for (size_t i = 0; i < t->nevidence; i++)
		if (t->evidence[i].event != 0 && t->evidence[i].at_us > after)
			after = t->evidence[i].at_us;
	return (after);
}

/* What was met is used up, and a score that fell is armed again. */
static int
consume(struct fu_store *store, const struct fu_case *c,
    const struct fu_triggers *t, struct fu_err *err)
{
	int64_t	 newest = newest_event(t, c->p.evidence_us);
	bool	 title = c->p.title_used || t->met[FU_TR_DECISION_MAKER];

	if (newest == c->p.evidence_us && title == c->p.title_used &&
	    t->score_fired == c->p.score_fired)
		return (0);
	return (fu_prospect_evidence(store, c->p.id, newest, t->score_fired,
	    title, err));
}

/* How long a rep has: what the most urgent trigger says. */
static int64_t
respond_us(const struct fu_config *config, const struct fu_triggers *t)
{
	int64_t	 us = config->handoff.respond_us, within;

	for (int i = 0; i < FU_TRIGGER_N; i++) {
		within = config->trigger[i].alert_within_us;
		if (t->met[i] && within > 0 && within < us)
			us = within;
	}
	return (us);
}

static int64_t
respond_by(const struct fu_session *s, int64_t us)
{
	return (fu_next_business_opening(&s->config.window,
	    s->config.company.zone, s->store.now_us + us));
}

/* What a model wrote of them, if nothing has come in since. */
static const struct fu_brief *
brief_of(const struct fu_handoffer *ho, const struct fu_case *c)
{
	for (const struct fu_brief *b = ho->brief; b != NULL; b = b->next)
		if (b->prospect == c->p.id)
			return (b->news == c->p.news ? b : NULL);
	return (NULL);
}

/* Whose words the summary is in, for the record. */
static int
note_brief(struct fu_store *store, const struct fu_handoff *h,
    const struct fu_brief *brief, struct fu_arena *arena, struct fu_err *err)
{
	if (brief == NULL)
		return (0);
	return (fu_handoff_note(store, h, "summarised", NULL,
	    fu_printf(arena, "{\"phrased\":%s}", brief->out.told), err));
}

/* Triggers as a JSON array, ${first} first, then by rank. */
static const char *
trigger_names(const bool *met, const char *first, struct fu_arena *arena)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*names;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_array(&jw, NULL);
	fu_jw_str(&jw, NULL, first);
	for (int i = 0; i < FU_TRIGGER_N; i++)
		if (met[i] && !fu_streq(fu_trigger_name((enum fu_trigger)i),
		    first))
			fu_jw_str(&jw, NULL, fu_trigger_name(
			    (enum fu_trigger)i));
	fu_jw_array_end(&jw);
	names = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (names);
}

static void
triggers_of(const struct fu_handoff *h, struct fu_arena *arena, bool *met)
{
	struct fu_json	 array, *item;
	const char	*name;
	size_t		 n;
	int		 t;

	memset(met, 0, FU_TRIGGER_N * sizeof(*met));
	if (fu_json_parse(fu_str_of(h->triggers), &array, NULL) == -1 ||
	    array.type != FU_JSON_ARRAY)
		return;
	item = fu_json_items(arena, &array, &n);
	for (size_t i = 0; i < n; i++) {
		name = fu_json_text(arena, &item[i]);
		if (name != NULL && (t = fu_trigger_find(name)) != -1)
			met[t] = true;
	}
}

/* What our touches said, of the turns that the transcript will have. */
static int
said(struct fu_handoffer *ho, const struct fu_case *c, struct fu_arena *arena,
    const char *const **out, struct fu_err *err)
{
	const char	**text = fu_alloc_array(arena, c->nevent + 1,
	    sizeof(*text));
	size_t		  turns = 0;

	for (size_t i = c->nevent; i-- > 0 && turns < FU_TRANSCRIPT_MAX;) {
		const struct fu_event	*e = &c->event[i];

		turns += fu_handoff_is_turn(e);
		if (e->kind == FU_K_SENT && fu_attempt_text(
		    &ho->session->store, c->p.id, e->touch, arena, &text[i],
		    err) == -1)
			return (-1);
	}
	*out = text;
	return (0);
}

static int
open_episode(struct fu_handoffer *ho, const struct fu_case *c,
    const struct fu_triggers *t, struct fu_arena *arena, struct fu_buf *out,
    struct fu_err *err)
{
	struct fu_session	*s = ho->session;
	const struct fu_sender	*rep = fu_handoff_rep(s,
	    fu_case_owner(&c->p), c->p.id);
	struct fu_handoff	 h = { .prospect = c->p.id, .state = "open",
		.trigger = fu_trigger_name(t->first),
		.owner = rep != NULL ? rep->key : NULL,
		.fired_us = s->store.now_us, .first_response_us = FU_NEVER,
		.accepted_us = FU_NEVER, .escalated_us = FU_NEVER,
		.closed_us = FU_NEVER };
	struct fu_package_in	 in = { .config = &s->config, .c = c,
		.rep = rep, .h = &h, .met = t };
	const struct fu_brief	*brief = brief_of(ho, c);

	if (fu_store_id(&s->store, FU_N_ROW, &h.id, err) == -1)
		return (-1);
	if (said(ho, c, arena, &in.said, err) == -1)
		return (-1);
	in.respond_us = respond_us(&s->config, t);
	h.respond_by_us = respond_by(s, in.respond_us);
	h.evidence_us = t->evidence[t->nevidence - 1].at_us;
	h.triggers = trigger_names(t->met, h.trigger, arena);
	in.summary = brief != NULL ? brief->out.text : NULL;
	h.package = fu_handoff_package(&in, arena);
	if (fu_handoff_add(&s->store, &h, err) == -1 ||
	    note_triggers(&s->store, &h, t, "fired", arena, err) == -1 ||
	    note_brief(&s->store, &h, brief, arena, err) == -1 ||
	    fu_prospect_handoff_open(&s->store, c->p.id, h.id,
	    h.respond_by_us, err) == -1 ||
	    fu_prospect_news(&s->store, c->p.id, err) == -1)
		return (-1);
	return (fu_handoff_tell(s, &h, "handoff", arena, out, err));
}

/*
 * More of the same is kept and not told: a trigger fires once an episode.
 */
static int
add_evidence(struct fu_handoffer *ho, const struct fu_case *c,
    struct fu_handoff *h, const struct fu_triggers *t, struct fu_arena *arena,
    struct fu_buf *out, struct fu_err *err)
{
	struct fu_session	*s = ho->session;
	struct fu_package_in	 in = { .config = &s->config, .c = c, .h = h,
		.rep = fu_handoff_rep(s, h->owner, c->p.id) };
	const struct fu_brief	*brief = brief_of(ho, c);
	struct fu_triggers	 fresh = *t;
	bool			 met[FU_TRIGGER_N], news = false;
	int64_t			 by;

	triggers_of(h, arena, met);
	for (int i = 0; i < FU_TRIGGER_N; i++) {
		fresh.met[i] = t->met[i] && !met[i];
		news = news || fresh.met[i];
		met[i] = met[i] || t->met[i];
	}
	h->triggers = trigger_names(met, h->trigger, arena);
	if (t->evidence[t->nevidence - 1].at_us > h->evidence_us)
		h->evidence_us = t->evidence[t->nevidence - 1].at_us;
	in.respond_us = respond_us(&s->config, t);
	by = respond_by(s, in.respond_us);
	if (news && fu_streq(h->state, "open") && by < h->respond_by_us) {
		h->respond_by_us = by;
		if (fu_prospect_handoff_open(&s->store, c->p.id, h->id, by,
		    err) == -1 || fu_prospect_news(&s->store, c->p.id,
		    err) == -1)
			return (-1);
	}
	in.met = news ? &fresh : t;
	if (said(ho, c, arena, &in.said, err) == -1)
		return (-1);
	in.summary = brief != NULL ? brief->out.text : NULL;
	h->package = fu_handoff_package(&in, arena);
	if (fu_handoff_write(&s->store, h, err) == -1 ||
	    note_triggers(&s->store, h, in.met,
	    news ? "evidence" : "noted", arena, err) == -1 ||
	    note_brief(&s->store, h, brief, arena, err) == -1)
		return (-1);
	return (news ? fu_handoff_tell(s, h, "evidence", arena, out, err) : 0);
}

/* A rep who wrote or called since it fired has answered. */
static int
answered(struct fu_handoffer *ho, const struct fu_case *c,
    struct fu_handoff *h, struct fu_err *err)
{
	const struct fu_event	*e = NULL;

	if (!fu_streq(h->state, "open") && !fu_streq(h->state, "lapsed"))
		return (0);
	for (size_t i = c->nevent; i > 0; i--) {
		const struct fu_event	*x = &c->event[i - 1];

		if (x->at_us <= h->fired_us)
			break;
		if (x->from == FU_FROM_REP && (x->kind == FU_K_MESSAGE ||
		    x->kind == FU_K_CALL || x->kind == FU_K_CHAT))
			e = x;
	}
	if (e == NULL)
		return (0);
	h->state = "accepted";
	h->accepted_us = e->at_us;
	h->accepted_by = c->p.human_by != NULL ? c->p.human_by : "rep";
	if (h->first_response_us == FU_NEVER)
		h->first_response_us = e->at_us;
	if (fu_handoff_write(&ho->session->store, h, err) == -1)
		return (-1);
	return (fu_handoff_note(&ho->session->store, h, "accepted", e->name,
	    NULL, err));
}

/*
 * on_reply: stop.  A reply to a cadence that says so ended the enrolment, and
 * is no hand-off, however late we look.
 */
static int
reply_stops(struct fu_handoffer *ho, const struct fu_case *c,
    struct fu_arena *arena, bool *stop, struct fu_err *err)
{
	const struct fu_cadence		*cadence;
	struct fu_enrolment		 e;
	int				 rc;

	*stop = false;
	if (c->facts.reply_us == FU_NEVER)
		return (0);
	rc = fu_enrolment_at(&ho->session->store, c->p.id, c->facts.reply_us,
	    arena, &e, err);
	if (rc != 1 || (e.ended_us != FU_NEVER &&
	    e.ended_us < c->facts.reply_us))
		return (rc == -1 ? -1 : 0);
	cadence = fu_cadence_find(&ho->session->config, e.cadence);
	*stop = cadence != NULL && cadence->on_reply_stop;
	return (0);
}

/* What of their events is met and not used up yet. */
static int
met(struct fu_handoffer *ho, const struct fu_case *c, struct fu_arena *arena,
    struct fu_triggers *t, struct fu_err *err)
{
	struct fu_triggers_in	 in = { .config = &ho->session->config,
		.facts = &c->facts, .consumed_us = c->p.evidence_us,
		.title_used = c->p.title_used,
		.score_fired = c->p.score_fired };

	/* A deal that is over, and a rep who let go, took what came before
	 * along. */
	for (size_t i = 0; i < c->nevent; i++) {
		enum fu_kind	 kind = c->event[i].kind;

		if ((kind == FU_K_WON || kind == FU_K_LOST ||
		    kind == FU_K_RELEASED) &&
		    c->event[i].at_us > in.consumed_us)
			in.consumed_us = c->event[i].at_us;
	}
	if (reply_stops(ho, c, arena, &in.on_reply_stop, err) == -1)
		return (-1);
	return (fu_triggers_met(ho->set, &in, arena, t, err));
}

static int
look(struct fu_handoffer *ho, const struct fu_case *c, struct fu_arena *arena,
    struct fu_buf *out, struct fu_err *err)
{
	struct fu_store		*store = &ho->session->store;
	struct fu_triggers	 t;
	struct fu_handoff	 h;
	int			 open;

	if (met(ho, c, arena, &t, err) == -1 ||
	    (open = fu_handoff_open_of(store, c->p.id, arena, &h, err)) == -1)
		return (-1);
	if (open == 1 && answered(ho, c, &h, err) == -1)
		return (-1);
	if (consume(store, c, &t, err) == -1)
		return (-1);
	if (!t.any)
		return (0);
	return (open == 1 ? add_evidence(ho, c, &h, &t, arena, out, err) :
	    open_episode(ho, c, &t, arena, out, err));
}

/* The score has not seen all that we would: the record that brings it there
 * comes behind, or by fu-score --changed. */
static bool
is_early(const struct fu_case *c)
{
	return (c->p.scored_us != FU_NEVER && c->p.done_score < c->p.news);
}

void
fu_handoff_ready(struct fu_handoffer *ho, int64_t prospect,
    struct fu_arena *arena)
{
	struct fu_case		*c;
	struct fu_brief		*b;
	struct fu_triggers	 t;
	struct fu_err		 err;

	if (!ho->llm_open)
		(void)fu_llm_open(ho->session, &ho->llm);
	ho->llm_open = true;
	if (ho->llm.at.url == NULL)
		return;
	/* What fails here fails again in the transaction, and is told there. */
	c = fu_alloc(arena, sizeof(*c));
	if (fu_case_load(ho->session, prospect, fu_handoffer_facts(ho), arena,
	    c, &err) != 1 || is_early(c) ||
	    met(ho, c, arena, &t, &err) == -1 || !t.any)
		return;
	b = fu_alloc(&ho->arena, sizeof(*b));
	fu_brief_ask(&ho->llm, c, &ho->arena, b);
	if (b->out.told == NULL)
		return;
	b->next = ho->brief;
	ho->brief = b;
}

int
fu_handoff_look(struct fu_handoffer *ho, int64_t prospect,
    struct fu_arena *arena, struct fu_buf *out, struct fu_err *err)
{
	struct fu_case	*c = fu_alloc(arena, sizeof(*c));
	int		 rc;

	rc = fu_case_load(ho->session, prospect, fu_handoffer_facts(ho), arena,
	    c, err);
	if (rc != 1)
		return (rc);
	if (is_early(c))
		return (1);
	if (look(ho, c, arena, out, err) == -1 ||
	    fu_prospect_done(&ho->session->store, FU_JOB_HANDOFF, c->p.id,
	    c->p.news, err) == -1)
		return (-1);
	return (1);
}
