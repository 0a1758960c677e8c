/*
 * One touch: its claim, the gate with the message composed, and what is
 * written when it may not leave.
 *
 * Must never leave a claim behind that nothing will come of.
 */
#include <stdio.h>
#include <string.h>

#include "content/token.h"
#include "flow/send_room.h"
#include "record/email.h"
#include "store/enrolments.h"
#include "store/touches.h"

/* A held touch without an end of its own is looked at once a day. */
#define HELD_AGAIN_US	FU_DAY

/* The claim goes back, to be looked at again at ${next_us}. */
static int
give_back(struct fu_send *s, struct fu_parcel *pc, int64_t next_us,
    struct fu_err *err)
{
	const struct fu_touch	*t = &pc->row.t;

	if (s->session->opt->dry)
		return (0);
	return (fu_touch_release(&s->session->store, t->prospect, t->id,
	    pc->claim, next_us, err));
}

/* Reasons for which a person is not written to any more, as fu-due has it. */
static bool
ends(enum fu_reason reason)
{
	switch (reason) {
	case FU_R_ERASED:
	case FU_R_SUPPRESSED:
	case FU_R_OBJECTED:
	case FU_R_COMPLAINT:
	case FU_R_HARD_BOUNCE:
	case FU_R_LEFT_COMPANY:
		return (true);
	default:
		return (false);
	}
}

static int
record_verdict(struct fu_send *s, const struct fu_touch *t,
    const struct fu_asked *asked, const struct fu_verdict *v,
    struct fu_arena *arena, struct fu_err *err)
{
	const char	*verdict, *reason, *rule;
	struct fu_decision d = { .prospect = t->prospect, .kind = "gate",
		.subject = t->id, .verdict = fu_verdict_class_name(v->class),
		.reason = fu_reasons[v->reason].name, .rule = v->rule };

	if (fu_verdict_last(&s->session->store, t->prospect, t->id, arena,
	    &verdict, &reason, &rule, err) == -1)
		return (-1);
	if (fu_streq(verdict, d.verdict) && fu_streq(reason, d.reason) &&
	    fu_streq(rule, d.rule))
		return (0);
	d.inputs = fu_ask_inputs(asked, v, arena);
	return (fu_decision_add(&s->session->store, &d, err));
}

/* The gate said no: everything that follows from that. */
static int
refuse(struct fu_send *s, struct fu_parcel *pc, const struct fu_case *c,
    const struct fu_asked *asked, struct fu_verdict *v, const char *detail,
    struct fu_err *err)
{
	struct fu_store		*store = &s->session->store;
	struct fu_touch		*t = &pc->row.t;
	int64_t			 next = v->until_us;

	fu_parcel_settle(pc, v->class == FU_BLOCK ? FU_SEND_BLOCKED :
	    FU_SEND_HELD, fu_reasons[v->reason].name, v->rule);
	if (detail != NULL)
		v->detail = detail;
	pc->detail = v->detail;
	if (v->class == FU_DEFER)
		pc->until_us = v->until_us;
	if (record_verdict(s, t, asked, v, pc->arena, err) == -1)
		return (-1);
	if (ends(v->reason))
		return (fu_enrolment_end_active(store, c->p.id, pc->reason,
		    err));
	if (v->class != FU_DEFER)
		next = store->now_us + (v->reason == FU_R_LEDGER_ERROR ?
		    FU_MINUTE : HELD_AGAIN_US);
	if (next > t->expires_us)
		next = t->expires_us;
	if (give_back(s, pc, next, err) == -1)
		return (-1);
	t->next_us = next;
	t->held_class = fu_verdict_class_name(v->class);
	t->held_reason = pc->reason;
	t->held_rule = v->rule;
	t->held_detail = pc->detail;
	t->held_until_us = v->until_us;
	return (fu_touch_hold(store, t, err));
}

/* Is the claim ours, and is there time left in it?  1, 0 settled, -1. */
static int
check_claim(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	struct fu_touch	*t = &pc->row.t;
	bool		 dry = s->session->opt->dry;
	int		 rc;

	rc = fu_touch_load(store, t->id, pc->arena, &pc->row, err);
	if (rc == -1)
		return (-1);
	/* With -n all the way nothing was claimed for good. */
	if (rc == 1 && dry && t->state == FU_T_PLANNED)
		return (1);
	if (rc == 0 || t->state != FU_T_CLAIMED ||
	    !fu_streq(t->claim, pc->claim)) {
		fu_parcel_settle(pc, FU_SEND_HELD, "claim_lost", NULL);
		return (0);
	}
	if (t->lease_us > store->now_us)
		return (1);
	fu_parcel_settle(pc, FU_SEND_HELD, "claim_lost", NULL);
	pc->detail = "its lease is over";
	return (give_back(s, pc, store->now_us, err) == -1 ? -1 : 0);
}

const struct fu_step *
fu_send_step(const struct fu_send *s, const struct fu_touch *t)
{
	struct fu_course	 course;

	memset(&course, 0, sizeof(course));
	course.cadence = fu_cadence_find(&s->session->config, t->cadence);
	return (course.cadence == NULL ? NULL : fu_course_step(&course, t));
}

static void
tell_gate(struct fu_gate_in *in, const struct fu_said *said)
{
	in->content = said->content;
	in->header_injection = said->injection;
	in->subject_deceptive = said->deceptive;
	in->has_unsubscribe = said->unsubscribe;
	in->has_postal_address = !said->no_postal;
	in->carries_notice = said->notice;
}

/*
 * A text may lie in the service's queue: no longer than an hour, nor into hours
 * in which it may not come [SM-04].
 */
static int64_t
worth_until(const struct fu_asked *asked)
{
	static const int	 minutes[] = { 60, 30, 15, 5 };
	struct fu_gate_in	 in = asked->in;

	for (size_t i = 0; i < sizeof(minutes) / sizeof(*minutes); i++) {
		in.now_us = asked->in.now_us + minutes[i] * FU_MINUTE;
		if (fu_gate_decide(&in).class == FU_ALLOW)
			return (minutes[i] * FU_MINUTE);
	}
	return (FU_MINUTE);
}

/* What the outcome needs, and what the transport does. */
static void
make_ready(struct fu_send *s, struct fu_parcel *pc, const struct fu_case *c)
{
	struct fu_delivery	*d = &pc->delivery;

	d->id = pc->message_id;
	d->kind = fu_channel_name(pc->row.t.channel);
	d->record = pc->item->input;
	d->at_us = fu_session_now(s->session);
	pc->row.address = d->to;
	pc->row.subject = d->subject;
	pc->row.thread = pc->thread;
	pc->row.variant = pc->variant;
	pc->sender = pc->row.t.channel == FU_CH_TASK ? NULL : c->sender->key;
	pc->ready = true;
}

int
fu_send_ask(struct fu_send *s, const struct fu_case *c,
    const struct fu_touch *t, const struct fu_message *m,
    struct fu_arena *arena, struct fu_verdict_asked *a, struct fu_err *err)
{
	const struct fu_said	 said = { .content = FU_R_NONE,
		.unsubscribe = true };
	struct fu_touch_row	*rows;
	size_t			 n;

	if (fu_touches_of(&s->session->store, c->p.id, 0, arena, &rows, &n,
	    err) == -1 || fu_ask_make(s->session, c, rows, n, arena, &a->asked,
	    err) == -1 || fu_ask_touch(s->session, c, &a->asked, t, arena,
	    err) == -1)
		return (-1);
	a->asked.in.composed = true;
	if (m != NULL && m->transactional)
		a->asked.in.class = FU_TC_TRANSACTIONAL;
	tell_gate(&a->asked.in, &said);
	a->v = fu_gate_decide(&a->asked.in);
	a->notice = a->v.reason == FU_R_NOTICE_MISSING;
	return (0);
}

/*
 * Ask twice: before composing, as if the message were as it should be, so
 * that nothing is rendered for who is not to have it; and with what it is.
 */
static int
ask_and_compose(struct fu_send *s, struct fu_parcel *pc,
    const struct fu_case *c, const struct fu_step *step, struct fu_err *err)
{
	const struct fu_message	*m;
	struct fu_verdict_asked	*a = fu_alloc(pc->arena, sizeof(*a));
	struct fu_asked		*asked = &a->asked;
	struct fu_verdict	 v;
	struct fu_said		 said = { .content = FU_R_NONE,
		.unsubscribe = true };

	m = fu_message_find(s->message, s->nmessage, pc->row.t.message,
	    c->p.person.f[FU_F_LANGUAGE]);
	if (fu_send_ask(s, c, &pc->row.t, m, pc->arena, a, err) == -1)
		return (-1);
	v = a->v;
	if (v.class != FU_ALLOW && !a->notice)
		return (refuse(s, pc, c, asked, &v, NULL, err));
	if (m == NULL) {
		said.content = FU_R_MISSING_VALUE;
		said.notice = a->notice;
		said.detail = fu_printf(pc->arena, "%s: no message \"%s\"",
		    s->session->config.messages_dir, pc->row.t.message);
	} else if (fu_send_message(s, pc, c, step, m, a->notice, &said,
	    err) == -1)
		return (-1);
	/* What is not said for want of a value lacks no notice either. */
	if (said.content != FU_R_NONE)
		said.notice = said.unsubscribe = true;
	tell_gate(&asked->in, &said);
	v = fu_gate_decide(&asked->in);
	if (v.class != FU_ALLOW)
		return (refuse(s, pc, c, asked, &v, said.detail,
		    err));
	pc->gate = fu_ask_inputs(asked, &v, pc->arena);
	if (pc->row.t.channel == FU_CH_SMS)
		pc->delivery.valid_us = worth_until(asked);
	make_ready(s, pc, c);
	return (0);
}

/* A claim that an opt-out took away is blocked by it. */
static int
say_why_cancelled(struct fu_send *s, struct fu_parcel *pc, struct fu_case *c,
    struct fu_err *err)
{
	struct fu_asked		*asked = fu_alloc(pc->arena, sizeof(*asked));
	struct fu_verdict	 v;
	int			 rc;

	rc = fu_case_load(s->session, pc->row.t.prospect, 0, pc->arena, c,
	    err);
	if (rc != 1)
		return (rc);
	if (fu_ask_make(s->session, c, NULL, 0, pc->arena, asked, err) == -1 ||
	    fu_ask_touch(s->session, c, asked, &pc->row.t, pc->arena,
	    err) == -1)
		return (-1);
	v = fu_gate_decide(&asked->in);
	if (v.class != FU_BLOCK || !ends(v.reason))
		return (0);
	fu_parcel_settle(pc, FU_SEND_BLOCKED, fu_reasons[v.reason].name,
	    v.rule);
	return (record_verdict(s, &pc->row.t, asked, &v, pc->arena, err));
}

int
fu_send_touch(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_case		*c = fu_alloc(pc->arena, sizeof(*c));
	const struct fu_step	*step;
	char			 ref[32];
	int			 rc;

	rc = check_claim(s, pc, err);
	if (rc == 0 && pc->row.t.state == FU_T_CANCELLED)
		return (say_why_cancelled(s, pc, c, err));
	if (rc != 1)
		return (rc);
	rc = fu_case_load(s->session, pc->row.t.prospect, FU_FACTS_ACCOUNT,
	    pc->arena, c, err);
	if (rc == -1)
		return (-1);
	if (rc == 0) {
		fu_parcel_settle(pc, FU_SEND_BLOCKED, "erased", "GD-09");
		return (fu_touch_handled(&s->session->store,
		    pc->row.t.prospect, pc->row.t.id, FU_T_CANCELLED, "erased",
		    err));
	}
	pc->prospect = c->p.id;
	if (c->sender == NULL)
		return (fu_err_set(err, FU_ECONFIG,
		    "%s: no `senders:`, so nobody can write",
		    s->session->config.file));
	if ((step = fu_send_step(s, &pc->row.t)) == NULL) {
		fu_parcel_settle(pc, FU_SEND_HELD, "stale", "P1.3");
		pc->detail = "its step is in no file any more";
		return (give_back(s, pc, s->session->store.now_us, err));
	}
	(void)snprintf(ref, sizeof(ref), "%lld", (long long)pc->row.t.id);
	pc->message_id = fu_message_id(&s->session->keys, ref,
	    fu_email_domain(c->sender->email), pc->arena);
	return (ask_and_compose(s, pc, c, step, err));
}
