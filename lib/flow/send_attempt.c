/*
 * The order of sending: attempts committed, witness raised, transfers, and
 * outcomes committed [DESIGN 5, 6].
 *
 * Must never hold a transaction open over a transfer, nor start one whose
 * attempt is not on disk.
 */
#include <string.h>

#include "flow/send_room.h"
#include "store/shown.h"
#include "store/touches.h"

/*
 * An attempt that nobody ended by then was killed.  A transfer has up to
 * about 25 minutes by SMTP's own limits, and two share a connection.
 */
#define ATTEMPT_LEASE_US	FU_HOUR
#define LOCAL_LEASE_US		(10 * FU_MINUTE)

/* What has happened since the gate was asked. */
static bool
may_still(struct fu_parcel *pc)
{
	struct fu_case		*c = fu_alloc(pc->arena, sizeof(*c));
	struct fu_ledger_state	 state;
	struct fu_err		 err;
	unsigned		 pauses;
	int			 rc;

	/* A confirmation of a STOP has five minutes, up to the wire. */
	if (!pc->is_touch && pc->d.expires_us != FU_NEVER &&
	    pc->d.expires_us <= fu_session_now(pc->send->session)) {
		pc->reason = "stale";
		return (false);
	}
	if (!pc->is_touch)
		return (fu_send_service_still(pc));
	if (pc->row.t.channel == FU_CH_TASK)
		return (true);
	rc = fu_case_person(pc->send->session, pc->prospect, pc->arena, c,
	    &err);
	if (rc == 1 && fu_case_ledger(pc->send->session, c, pc->row.t.channel,
	    pc->arena, &state, &err) == -1)
		rc = -1;
	if (rc != 1) {
		pc->reason = rc == 0 ? "erased" : "ledger_error";
		return (false);
	}
	pauses = fu_case_pauses(c, fu_session_now(pc->send->session));
	if (fu_ledger_bars(&state) || state.hard_bounce || state.left_company)
		pc->reason = "suppressed";
	else if ((pauses & FU_PAUSE_REPLY) != 0)
		pc->reason = "reply_pending";
	else if ((pauses & FU_PAUSE_HUMAN) != 0)
		pc->reason = "human_owned";
	else if ((pauses & FU_PAUSE_COMPANY) != 0 &&
	    fu_channel_counts(pc->row.t.channel))
		pc->reason = "company_pause";
	else
		return (true);
	pc->rule = "LG-04";
	return (false);
}

static bool
may_start(void *ctx, struct fu_delivery *d)
{
	struct fu_parcel	*pc = ctx;

	if (fu_via_is_slack(pc->via) && !fu_pace_wait(pc, d))
		return (false);
	return (may_still(pc));
}

/* Claimed -> attempting, with its attempt; or the claim was lost. */
static int
start(struct fu_send *s, struct fu_parcel *pc, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	struct fu_touch	*t = &pc->row.t;
	int64_t		 lease = store->now_us +
	    (fu_channel_is_local(pc->via->chan) ? LOCAL_LEASE_US :
	    ATTEMPT_LEASE_US);
	bool		 ours;
	int		 rc;

	if (pc->is_touch)
		rc = fu_touch_start(store, t->prospect, t->id, pc->claim,
		    pc->message_id, lease, &ours, err);
	else
		rc = fu_dispatch_start(store, &pc->d, pc->message_id, lease,
		    &ours, err);
	if (rc == -1)
		return (-1);
	if (!ours) {
		fu_parcel_settle(pc, FU_SEND_HELD, "claim_lost", NULL);
		return (0);
	}
	pc->attempt = (struct fu_attempt){
		.prospect = pc->is_touch ? t->prospect : pc->d.prospect,
		.touch = pc->is_touch ? t->id : 0,
		.dispatch = pc->is_touch ? 0 : pc->d.id,
		.via = pc->via->conf.via,
		.message_id = pc->message_id,
		.text = pc->is_touch ? pc->delivery.text : NULL,
	};
	/* Shown from now on: a run that is killed may have shown it. */
	if (fu_attempt_add(store, &pc->attempt, err) == -1 ||
	    (pc->insight.document != NULL && fu_shown_add(store, t->prospect,
	    t->id, &pc->insight.shown, err) == -1))
		return (-1);
	pc->delivery.may_start = may_start;
	pc->delivery.ctx = pc;
	pc->started = true;
	return (0);
}

static int
prepare(struct fu_send *s, struct fu_parcel **group, size_t n,
    struct fu_err *err)
{
	struct fu_parcel	*pc;

	for (size_t i = 0; i < n; i++) {
		pc = group[i];
		if ((pc->is_touch ? fu_send_touch(s, pc, err) :
		    fu_send_dispatch(s, pc, err)) == -1)
			return (-1);
		if (!pc->ready)
			continue;
		if (s->session->opt->dry)
			fu_parcel_settle(pc, FU_SEND_SENT, NULL, NULL);
		else if (start(s, pc, err) == -1)
			return (-1);
	}
	return (fu_via_is_slack(group[0]->via) ? fu_digest_make(s, group, n,
	    err) : 0);
}

/* Nothing leaves in this run any more. */
static int
refuse_all(struct fu_send *s, struct fu_parcel **group, size_t n,
    const char *why, const struct fu_err *said, struct fu_err *err)
{
	s->refused = why;
	fu_send_wrong(s, said);
	return (fu_parcels_release(s, group, n, why, err));
}

int
fu_attempts_begin(struct fu_send *s, struct fu_parcel **group, size_t n,
    struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	bool		 any = false;
	int		 rc;

	if (fu_store_begin(store, err) == -1)
		return (-1);
	if (prepare(s, group, n, err) == -1) {
		fu_store_rollback(store);
		for (size_t i = 0; i < n; i++)
			group[i]->started = false;
		if (err->class != FU_ECONFIG || s->session->opt->dry)
			return (-1);
		return (refuse_all(s, group, n, "configuration", err, err));
	}
	if (fu_store_commit(store, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		any = any || group[i]->started;
	if (!any || s->witness == NULL)
		return (0);
	if ((rc = fu_witness_raise(s->witness, err)) == 0)
		return (refuse_all(s, group, n, "not_adopted", err, err));
	return (rc == -1 ? -1 : 0);
}

int
fu_attempts_end(struct fu_send *s, struct fu_parcel **group, size_t n,
    struct fu_err *err)
{
	struct fu_store		*store = &s->session->store;
	struct fu_delivery	*d;
	struct fu_parcel	**on;
	struct fu_via		*via = group[0]->via;
	struct fu_err		 why;
	size_t			 k = 0;

	on = fu_alloc_array(group[0]->arena, n, sizeof(*on));
	d = fu_alloc_array(group[0]->arena, n, sizeof(*d));
	for (size_t i = 0; i < n; i++)
		if (group[i]->started && group[i]->leader == NULL) {
			on[k] = group[i];
			d[k++] = group[i]->delivery;
		}
	if (k == 0)
		return (0);
	if (fu_channel_deliver(via->chan, d, k, group[0]->arena, &why) == -1)
		fu_via_failed(s, via, &why);
	if (fu_store_begin(store, err) == -1)
		return (-1);
	for (size_t i = 0; i < k; i++)
		on[i]->delivery = d[i];
	for (size_t i = 0; i < n; i++) {
		if (!group[i]->started)
			continue;
		if (group[i]->leader != NULL)
			fu_digest_share(&group[i]->delivery,
			    &group[i]->leader->delivery);
		if (fu_send_outcome(s, group[i], err) == -1) {
			fu_store_rollback(store);
			return (-1);
		}
	}
	if (s->witness != NULL && fu_witness_sync(s->witness, err) == -1) {
		fu_store_rollback(store);
		return (-1);
	}
	return (fu_store_commit(store, err));
}

static int
release(struct fu_send *s, struct fu_parcel *pc, const char *why,
    struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;

	if (pc->settled && !pc->started)
		return (0);
	if (pc->started && (fu_attempt_end(store, &pc->attempt, "not_started",
	    why, err) == -1 || (pc->is_touch && fu_shown_remove(store,
	    pc->row.t.prospect, pc->row.t.id, err) == -1)))
		return (-1);
	pc->started = false;
	fu_parcel_settle(pc, FU_SEND_HELD, why, NULL);
	if (!pc->is_touch)
		return (fu_dispatch_release(store, &pc->d, store->now_us, err));
	return (fu_touch_release(store, pc->row.t.prospect, pc->row.t.id,
	    pc->claim, store->now_us, err));
}

int
fu_parcels_release(struct fu_send *s, struct fu_parcel **group, size_t n,
    const char *why, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;
	struct fu_err	 fault;

	/* What ${err} says already may be why. */
	if (fu_store_begin(store, &fault) == -1)
		goto err;
	for (size_t i = 0; i < n; i++)
		if (release(s, group[i], why, &fault) == -1) {
			fu_store_rollback(store);
			goto err;
		}
	if (fu_store_commit(store, &fault) == 0)
		return (0);
err:
	*err = fault;
	return (-1);
}
