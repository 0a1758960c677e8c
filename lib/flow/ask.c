/*
 * Fetching what the gate wants to know.
 *
 * Must never decide: policy/gate does.
 */
#include <string.h>

#include "flow/ask.h"
#include "record/email.h"
#include "store/limits.h"

bool
fu_channel_counts(enum fu_channel channel)
{
	return (channel != FU_CH_CHAT && channel != FU_CH_TASK);
}

void
fu_ask_sent(struct fu_asked *a, const struct fu_touch *t, int64_t at_us,
    struct fu_arena *arena)
{
	a->sent = fu_grow(arena, a->sent, a->nsent, &a->sent_cap,
	    sizeof(*a->sent));
	memmove(a->sent + 1, a->sent, a->nsent * sizeof(*a->sent));
	a->nsent++;
	a->sent[0] = (struct fu_sent_before){ .at_us = at_us,
		.channel = t->channel, .touch = t->id,
		.counts = fu_channel_counts(t->channel) };
	a->in.sent = a->sent;
	a->in.nsent = a->nsent;
	if (a->sent[0].counts)
		a->in.first_touch = false;
}

int
fu_ask_make(struct fu_session *s, const struct fu_case *c,
    const struct fu_touch_row *rows, size_t n, struct fu_arena *arena,
    struct fu_asked *a, struct fu_err *err)
{
	const struct fu_prospect	*p = &c->p;
	const char			*email = p->person.f[FU_F_EMAIL];
	int64_t				 at;

	memset(a, 0, sizeof(*a));
	a->in = (struct fu_gate_in){
		.now_us = fu_session_now(s),
		.config = &s->config,
		.rulebook = s->rulebook,
		.person = &p->person,
		.zone = c->zone,
		.ledger = &a->ledger,
		.ooo_until_us = p->ooo_until_us,
		.last_inbound_us = p->last_inbound_us,
		.last_inbound_wa_us = p->last_inbound_wa_us,
		.last_inbound_chat_us = p->last_inbound_chat_us,
		.first_touch = true,
		.sender_last_us = FU_NEVER,
		.company_oldest_us = FU_NEVER,
		.engagement_until_us = FU_NEVER,
		.content = FU_R_NONE,
	};
	/* In order of time: rows are in order of planning. */
	for (size_t i = 0; i < n; i++) {
		if (rows[i].t.state != FU_T_SENT &&
		    rows[i].t.state != FU_T_UNCERTAIN)
			continue;
		at = rows[i].t.state == FU_T_SENT ? rows[i].t.sent_us :
		    rows[i].handled_us;
		fu_ask_sent(a, &rows[i].t, at, arena);
		for (size_t k = 0; k + 1 < a->nsent &&
		    a->sent[k].at_us < a->sent[k + 1].at_us; k++) {
			struct fu_sent_before	 swap = a->sent[k];

			a->sent[k] = a->sent[k + 1];
			a->sent[k + 1] = swap;
		}
	}
	if (s->config.limits.company_week > 0 && p->company_domain != NULL &&
	    fu_company_sent(&s->store, p->company_domain,
	    a->in.now_us - 7 * FU_DAY, &a->in.company_sent_week,
	    &a->in.company_oldest_us, err) == -1)
		return (-1);
	if (email != NULL && fu_domain_paused(&s->store,
	    fu_email_domain(email), &a->in.domain_paused, err) == -1)
		return (-1);
	return (0);
}

int
fu_ask_touch(struct fu_session *s, const struct fu_case *c,
    struct fu_asked *a, const struct fu_touch *t, struct fu_arena *arena,
    struct fu_err *err)
{
	int32_t	 today;
	int64_t	 lease;
	int	 in_flight = 0;

	a->in.touch = t;
	a->in.sender = c->sender;
	a->in.pauses = fu_case_pauses(c, a->in.now_us);
	a->in.duplicate = t->state == FU_T_SENT || t->state == FU_T_UNCERTAIN;
	if (fu_case_ledger(s, c, t->channel, arena, &a->ledger, err) == -1)
		return (-1);
	if (c->sender == NULL)
		return (0);
	today = fu_zone_day(s->config.company.zone, a->in.now_us);
	if (fu_sender_used(&s->store, c->sender->key, today,
	    &a->in.sender_sent_today, &a->in.sender_last_us, err) == -1)
		return (-1);
	/* Claims in flight use up a sender's cap as if they had left. */
	if (t->state <= FU_T_ARMED) {
		if (fu_sender_in_flight(&s->store, c->sender->key, &in_flight,
		    &lease, err) == -1)
			return (-1);
		a->in.sender_sent_today += in_flight;
		if (in_flight > 0)
			a->in.sender_last_us = a->in.now_us;
	}
	return (0);
}
