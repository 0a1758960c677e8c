/*
 * What becomes of an attempt: sent, again later, failed, uncertain, or not
 * started after all.
 *
 * Must never try again what may have arrived.
 */
#include <string.h>

#include "flow/arrived.h"
#include "flow/blocked.h"
#include "flow/send_room.h"
#include "flow/stream.h"
#include "store/enrolments.h"
#include "store/events.h"
#include "store/intake.h"
#include "store/ledger.h"
#include "store/limits.h"
#include "store/shown.h"
#include "store/touches.h"

/* A follow-up that is two days late is none any more [EM-18]. */
#define GIVE_UP_US	(48 * FU_HOUR)

int64_t
fu_send_retry_at(int tries, int64_t first_us, int64_t now_us, int64_t wish_us,
    int64_t seed)
{
	static const int	 minutes[] = { 30, 30, 120, 180, 360, 720 };
	const int		 n = sizeof(minutes) / sizeof(*minutes);
	int64_t			 wait, at;
	uint64_t		 hash;

	if (tries < 1)
		tries = 1;
	wait = minutes[tries <= n ? tries - 1 : n - 1] * FU_MINUTE;
	hash = fu_hash64(&seed, sizeof(seed), (uint64_t)tries);
	wait += (int64_t)(hash % (uint64_t)(wait / 10 + 1));
	if (wish_us > wait)
		wait = wish_us;
	at = now_us + wait;
	return (at - first_us > GIVE_UP_US ? FU_NEVER : at);
}

int64_t
fu_send_backoff_at(int tries, int64_t first_us, int64_t now_us,
    int64_t wish_us)
{
	int64_t	 wait = fu_provider_backoff(tries);

	if (wish_us > wait)
		wait = wish_us;
	return (now_us + wait - first_us > GIVE_UP_US ? FU_NEVER :
	    now_us + wait);
}

static int
decide(struct fu_send *s, const struct fu_parcel *pc, const char *verdict,
    const char *reason, struct fu_err *err)
{
	const struct fu_delivery	*d = &pc->delivery;
	struct fu_decision	 what = { .kind = pc->is_touch ? "send" :
		pc->d.kind, .verdict = verdict, .reason = reason };
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	what.prospect = pc->is_touch ? pc->row.t.prospect : pc->d.prospect;
	what.subject = pc->is_touch ? pc->row.t.id : pc->d.handoff != 0 ?
	    pc->d.handoff : pc->d.id;
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "via", pc->via->conf.via);
	fu_jw_str(&jw, "message_id", pc->message_id);
	if (pc->insight.document != NULL)
		fu_jw_raw(&jw, "insight", fu_str_of(pc->insight.told));
	if (pc->phrasing.told != NULL)
		fu_jw_raw(&jw, "phrased", fu_str_of(pc->phrasing.told));
	if (pc->variant != NULL)
		fu_jw_str(&jw, "variant", pc->variant);
	if (d->code != 0)
		fu_jw_int(&jw, "code", d->code);
	if (d->enhanced != NULL)
		fu_jw_str(&jw, "enhanced", d->enhanced);
	if (d->phase != NULL)
		fu_jw_str(&jw, "phase", d->phase);
	if (d->detail != NULL)
		fu_jw_str(&jw, "detail", d->detail);
	if (pc->gate != NULL)
		fu_jw_raw(&jw, "gate", fu_str_of(pc->gate));
	if (pc->other_route != NULL)
		fu_jw_str(&jw, "other_route", pc->other_route);
	fu_jw_object_end(&jw);
	what.inputs = fu_dup_buf(pc->arena, &buf);
	fu_buf_free(&buf);
	return (fu_decision_add(&s->session->store, &what, err));
}

/* It left, or may have: what counts, counts. */
static int
count_touch(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	int32_t		 day = fu_zone_day(s->session->config.company.zone,
	    store->now_us);

	if (pc->sender == NULL)
		return (0);
	return (fu_sender_add(store, pc->sender, day, store->now_us,
	    pc->row.t.channel == FU_CH_EMAIL, err));
}

static int
note_sent(struct fu_send *s, const struct fu_touch *t, struct fu_err *err)
{
	struct fu_event	 e = { .prospect = t->prospect, .kind = FU_K_SENT,
		.name = fu_kinds[FU_K_SENT].name,
		.at_us = s->session->store.now_us,
		.channel = fu_channel_name(t->channel), .touch = t->id };

	/* A task went to its owner; the person has heard nothing. */
	if (t->channel == FU_CH_TASK)
		return (0);
	return (fu_event_note(&s->session->store, &e, err));
}

/* Does it block the address, and until when?  1, 0, -1. */
static int
bounce_blocks(struct fu_send *s, const struct fu_parcel *pc,
    enum fu_bounce class, int64_t *until_us, struct fu_err *err)
{
	struct fu_store	 *store = &s->session->store;
	const char	**status;
	int64_t		 *at;
	size_t		  n;

	*until_us = FU_NEVER;
	if (class == FU_B_HARD)
		return (1);
	if (fu_bounces(store, pc->row.t.prospect, store->now_us -
	    FU_BOUNCE_SPAN_US, pc->arena, &status, &at, &n, err) == -1)
		return (-1);
	return (fu_bounce_blocks(status, at, n, class, until_us));
}

/* A bounce that came at once: put down, and counted [EM-16]. */
static int
bounced(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store		*store = &s->session->store;
	enum fu_bounce		 class = pc->delivery.bounce;
	const char		*reason = class == FU_B_SOFT ? "soft_bounce" :
	    "hard_bounce";
	char			 subject[FU_SUBJECT_LEN];
	int64_t			 until;
	bool			 news;
	int			 rc;
	struct fu_ledger_row	 row = { .at_us = store->now_us,
		.prospect = pc->row.t.prospect, .subject = subject,
		.channel = "email", .event = "suppress",
		.reason = reason, .rule = "EM-16", .source = "smtp",
		.actor = "relay" };
	struct fu_event		 e = { .prospect = pc->row.t.prospect,
		.kind = FU_K_BOUNCE, .name = fu_kinds[FU_K_BOUNCE].name,
		.at_us = store->now_us, .channel = "email",
		.arg = pc->delivery.enhanced, .touch = pc->row.t.id,
		.text = pc->delivery.detail };

	if (fu_event_note(store, &e, err) == -1 || (class == FU_B_HARD &&
	    fu_stream_count(s->session, pc->sender, FU_COUNT_REFUSED,
	    store->now_us, err) == -1))
		return (-1);
	if ((rc = bounce_blocks(s, pc, class, &until, err)) != 1)
		return (rc);
	fu_subject_email(&s->session->keys.key[0], pc->delivery.to, subject);
	if (fu_suppress(store, &row, until, &news, err) == -1 ||
	    (s->witness != NULL && fu_witness_suppression(s->witness, &row,
	    until, err) == -1))
		return (-1);
	return (fu_enrolment_end_active(store, pc->row.t.prospect, reason,
	    err));
}

/* It says something of us, or of how mail to that host does. */
static int
heed(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	const struct fu_blocked	 b = { .class = pc->delivery.bounce,
		.prospect = pc->row.t.prospect, .address = pc->delivery.to,
		.sender = pc->sender, .answer = pc->delivery.detail };

	return (pc->row.t.channel == FU_CH_EMAIL ?
	    fu_blocked(s->session, &b, err) : 0);
}

/* After retries: the instant, or FU_NEVER when it has been tried enough. */
static int
next_try(struct fu_send *s, struct fu_parcel *pc, int64_t *at,
    struct fu_err *err)
{
	int64_t	 now = s->session->store.now_us, first;
	int	 n;

	if (fu_attempts_failed(&s->session->store, &pc->attempt, &n, &first,
	    err) == -1)
		return (-1);
	*at = FU_NEVER;
	if (pc->delivery.provider != NULL && pc->delivery.provider->tries > 0 &&
	    n >= pc->delivery.provider->tries)
		return (0);
	if (first == FU_NEVER)
		first = now;
	if (pc->delivery.provider != NULL && pc->delivery.provider->backoff) {
		*at = fu_send_backoff_at(n + 1, first, now,
		    pc->delivery.retry_after_us);
		return (0);
	}
	*at = fu_via_posts(pc->via) ? fu_send_post_again_at(n + 1, first, now,
	    pc->delivery.retry_after_us) : fu_send_retry_at(n + 1, first, now,
	    pc->delivery.retry_after_us,
	    pc->is_touch ? pc->row.t.id : pc->d.id);
	return (0);
}

/* What the delivery says, in the words of a result. */
static enum fu_send_status
result_of(const struct fu_delivery *d)
{
	switch (d->status) {
	case FU_D_SENT:
		return (FU_SEND_SENT);
	case FU_D_RETRY:
		return (FU_SEND_RETRY);
	case FU_D_FAILED:
		return (FU_SEND_FAILED);
	case FU_D_UNCERTAIN:
	default:
		return (FU_SEND_UNCERTAIN);
	}
}

/* Told like a report that comes later, so that codes are counted alike. */
static int
note_code(struct fu_send *s, const struct fu_parcel *pc, struct fu_err *err)
{
	const struct fu_delivery *d = &pc->delivery;
	struct fu_event	 e = { .prospect = pc->attempt.prospect,
		.kind = FU_K_DELIVERY, .name = fu_kinds[FU_K_DELIVERY].name,
		.at_us = s->session->store.now_us, .channel = d->kind,
		.arg = "failed", .touch = pc->attempt.touch,
		.text = d->detail };

	e.body = fu_printf(pc->arena, "{\"event\":\"delivery\",\"status\":"
	    "\"failed\",\"code\":\"%d\"}", d->provider->code);
	return (e.prospect == 0 ? 0 : fu_event_note(&s->session->store, &e,
	    err));
}

/* What a service's code says of the number [WA-05, SM-04]. */
static int
by_code(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_said_of	 said = { .code = pc->delivery.provider,
		.channel = pc->delivery.kind, .phone = pc->delivery.to,
		.prospect = pc->attempt.prospect,
		.at_us = s->session->store.now_us, .witness = &s->witness };

	if (said.code == NULL)
		return (0);
	if (note_code(s, pc, err) == -1)
		return (-1);
	return (fu_provider_effect(s->session, &said, pc->arena, err));
}

/* Nothing left: the claim goes back, and an insight is new again. */
static int
not_started(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	const char	*why = pc->reason, *rule = pc->rule;
	struct fu_touch	*t = &pc->row.t;

	if (why == NULL)
		why = pc->via->failed ? pc->via->reason : "stopping";
	fu_parcel_settle(pc, fu_streq(why, "suppressed") ||
	    fu_streq(why, "erased") ? FU_SEND_BLOCKED : FU_SEND_HELD, why,
	    rule);
	pc->message_id = NULL;
	if (fu_attempt_end(store, &pc->attempt, "not_started", why,
	    err) == -1)
		return (-1);
	/* Asking again every minute makes it worse. */
	if (pc->delivery.provider != NULL &&
	    fu_streq(pc->delivery.provider->reason, "spam_rate_high") &&
	    by_code(s, pc, err) == -1)
		return (-1);
	if (!pc->is_touch)
		return (fu_dispatch_release(store, &pc->d,
		    pc->until_us != FU_NEVER ? pc->until_us : store->now_us,
		    err));
	if (fu_shown_remove(store, t->prospect, t->id, err) == -1)
		return (-1);
	return (fu_touch_release(store, t->prospect, t->id, pc->claim,
	    store->now_us, err));
}

/* The rule of an outcome other than sent. */
static const char *
rule_of(const struct fu_delivery *d)
{
	if (d->provider != NULL)
		return (d->provider->rule);
	if (fu_streq(d->reason, "smtputf8_unavailable"))
		return ("EM-10");
	return (d->bounce != FU_B_NONE ? "EM-16" : NULL);
}

/* The pause that an answer about us brings a touch; NULL: none. */
static const char *
pauses(const struct fu_parcel *pc)
{
	if (!pc->is_touch)
		return (NULL);
	return (pc->delivery.bounce == FU_B_POLICY ? "domain_paused" :
	    pc->delivery.bounce == FU_B_OURS ? "spam_rate_high" : NULL);
}

/* Shared by both kinds: settle, and find the time of another try. */
static int
settle(struct fu_send *s, struct fu_parcel *pc, int64_t *again,
    struct fu_err *err)
{
	const struct fu_delivery	*d = &pc->delivery;
	enum fu_send_status		 status = result_of(d);
	const char			*held;

	*again = FU_NEVER;
	/* A refusal that is about us, and no fault of theirs, pauses whom or
	 * what it is about: the gate holds the touch until an operator says
	 * that mail may leave again, and it is never tried by itself. */
	held = status == FU_SEND_FAILED ? pauses(pc) : NULL;
	if (held != NULL)
		status = FU_SEND_HELD;
	fu_parcel_settle(pc, status, status == FU_SEND_SENT ? NULL :
	    held != NULL ? held : d->bounce == FU_B_HARD ? "hard_bounce" :
	    d->reason, rule_of(d));
	if (status != FU_SEND_SENT)
		pc->detail = d->detail;
	if (status == FU_SEND_RETRY || status == FU_SEND_HELD) {
		if (next_try(s, pc, again, err) == -1)
			return (-1);
		if (*again == FU_NEVER) {
			pc->status = FU_SEND_FAILED;
			pc->reason = "retries_over";
		}
		pc->until_us = held != NULL ? FU_NEVER : *again;
	}
	if (by_code(s, pc, err) == -1)
		return (-1);
	return (fu_attempt_end(&s->session->store, &pc->attempt,
	    fu_delivery_status_name(d->status), d->detail, err));
}

/* Of a touch that will not be tried again: the line goes on. */
static int
after_touch(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	struct fu_touch	*t = &pc->row.t;

	if (pc->status == FU_SEND_FAILED) {
		if (fu_shown_remove(store, t->prospect, t->id, err) == -1)
			return (-1);
		if (t->channel == FU_CH_EMAIL && (pc->delivery.bounce ==
		    FU_B_HARD || pc->delivery.bounce == FU_B_DOMAIN ||
		    pc->delivery.bounce == FU_B_SOFT) &&
		    bounced(s, pc, err) == -1)
			return (-1);
	} else if (count_touch(s, pc, err) == -1)
		return (-1);
	if (pc->status == FU_SEND_SENT && note_sent(s, t, err) == -1)
		return (-1);
	if (pc->status != FU_SEND_FAILED && pc->sender != NULL &&
	    fu_prospect_written_by(store, t->prospect, pc->sender, err) == -1)
		return (-1);
	if (fu_prospect_news(store, t->prospect, err) == -1)
		return (-1);
	return (fu_cadence_handled(s->cadencer, t->prospect, pc->arena, err));
}

static int
touch_outcome(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store		*store = &s->session->store;
	struct fu_touch_row	*r = &pc->row;
	struct fu_touch		*t = &r->t;
	int64_t			 again;

	if (settle(s, pc, &again, err) == -1)
		return (-1);
	r->relay_id = pc->delivery.relay_id;
	r->via = pc->via->conf.via;
	r->status = pc->delivery.detail;
	t->next_us = t->sent_us = FU_NEVER;
	r->handled_us = store->now_us;
	switch (pc->status) {
	case FU_SEND_SENT:
		t->state = FU_T_SENT;
		t->sent_us = store->now_us;
		break;
	case FU_SEND_RETRY:
	case FU_SEND_HELD:
		t->state = FU_T_PLANNED;
		t->next_us = again < t->expires_us ? again : t->expires_us;
		r->handled_us = FU_NEVER;
		break;
	case FU_SEND_FAILED:
		t->state = FU_T_FAILED;
		break;
	default:
		t->state = FU_T_UNCERTAIN;
		break;
	}
	if (fu_touch_outcome(store, r, err) == -1 ||
	    decide(s, pc, fu_send_status_name(pc->status), pc->reason,
	    err) == -1 || heed(s, pc, err) == -1)
		return (-1);
	if (pc->status == FU_SEND_RETRY || pc->status == FU_SEND_HELD)
		return (fu_shown_remove(store, t->prospect, t->id, err));
	return (after_touch(s, pc, err));
}

static int
dispatch_outcome(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_dispatch	*d = &pc->d;
	int64_t			 again;

	if (settle(s, pc, &again, err) == -1)
		return (-1);
	d->via = pc->via->conf.via;
	d->status = fu_blank(pc->delivery.detail) ? pc->reason :
	    pc->delivery.detail;
	d->sent_us = FU_NEVER;
	d->next_us = again;
	d->state = pc->status == FU_SEND_RETRY ? FU_T_PLANNED :
	    pc->status == FU_SEND_FAILED ? FU_T_FAILED :
	    pc->status == FU_SEND_SENT ? FU_T_SENT : FU_T_UNCERTAIN;
	if (pc->status == FU_SEND_SENT)
		d->sent_us = s->session->store.now_us;
	if (fu_dispatch_outcome(&s->session->store, d, err) == -1 ||
	    (pc->status == FU_SEND_FAILED && fu_send_other_route(s, pc,
	    err) == -1))
		return (-1);
	return (decide(s, pc, fu_send_status_name(pc->status), pc->reason,
	    err));
}

int
fu_send_outcome(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	int64_t		 id = pc->attempt.prospect;

	/* Merged while it was on the wire: its rows moved. */
	if (id != 0 && fu_prospect_living(store, id, &id, err) == -1)
		return (-1);
	pc->attempt.prospect = id;
	if (pc->is_touch)
		pc->row.t.prospect = id;
	else
		pc->d.prospect = id;
	if (pc->delivery.status == FU_D_NOT_STARTED)
		return (not_started(s, pc, err));
	return (pc->is_touch ? touch_outcome(s, pc, err) :
	    dispatch_outcome(s, pc, err));
}
