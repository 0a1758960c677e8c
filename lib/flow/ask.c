/*
 * Fetching what the gate wants to know.
 *
 * Must never decide: policy/gate does.
 */
#include <string.h>

#include "flow/ask.h"
#include "flow/cadence.h"
#include "flow/stream.h"
#include "record/email.h"
#include "store/attempts.h"
#include "store/limits.h"

#define LOST_MAX	8	/* more than any state allows in a day */

bool
fu_channel_counts(enum fu_channel channel)
{
	return (channel != FU_CH_CHAT && channel != FU_CH_TASK);
}

/* Put one in at the head: the newest. */
static void
put_sent(struct fu_asked *a, const struct fu_touch *t, int64_t at_us,
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
}

void
fu_ask_sent(struct fu_asked *a, const struct fu_touch *t, int64_t at_us,
    struct fu_arena *arena)
{
	put_sent(a, t, at_us, arena);
	if (a->sent[0].counts)
		a->in.first_touch = false;
}

void
fu_ask_company(struct fu_asked *a, const int64_t *at, size_t n)
{
	int64_t	 since = a->in.now_us - 7 * FU_DAY;

	a->in.company_sent_week = 0;
	a->in.company_oldest_us = FU_NEVER;
	for (size_t i = 0; i < n; i++) {
		if (at[i] <= since)
			continue;
		a->in.company_sent_week++;
		if (a->in.company_oldest_us == FU_NEVER ||
		    at[i] < a->in.company_oldest_us)
			a->in.company_oldest_us = at[i];
	}
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
		.window = &c->clock.window,
		.ledger = &a->ledger,
		.ooo_until_us = p->ooo_until_us,
		.doubt_us = p->human_us == FU_NEVER ? p->doubt_us : FU_NEVER,
		.last_inbound_us = p->last_inbound_us,
		.last_inbound_wa_us = p->last_inbound_wa_us,
		.last_inbound_chat_us = p->last_inbound_chat_us,
		.first_touch = true,
		.sender_last_us = FU_NEVER,
		.company_oldest_us = FU_NEVER,
		.engagement_until_us = FU_NEVER,
		.content = FU_R_NONE,
	};
	if (c->colleague != 0)
		a->in.colleague = fu_printf(arena, "prospect %lld %s",
		    (long long)c->colleague, c->colleague_answered ?
		    "answered" : "is a customer");
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
	/* What is on its way counts as if it had left: two claims of one run
	 * keep the gap between them. */
	for (size_t i = 0; i < n; i++)
		if (rows[i].t.state == FU_T_CLAIMED ||
		    rows[i].t.state == FU_T_ATTEMPTING)
			put_sent(a, &rows[i].t, a->in.now_us, arena);
	if (email != NULL && fu_domain_paused(&s->store,
	    fu_email_domain(email), &a->in.domain_paused, err) == -1)
		return (-1);
	return (0);
}

/* How it stands with the template of a message for WhatsApp [WA-03]. */
static enum fu_wa_template_state
template_of(const struct fu_session *s, const struct fu_case *c,
    const struct fu_touch *t)
{
	const struct fu_wa_template	*template;

	if (!fu_wa_templates(&s->config))
		return (FU_TPL_APPROVED);
	template = fu_wa_template_find(&s->config, t->message,
	    c->p.person.f[FU_F_LANGUAGE]);
	if (template == NULL)
		return (FU_TPL_NONE);
	return (template->status == FU_WA_APPROVED ? FU_TPL_APPROVED :
	    FU_TPL_UNAPPROVED);
}

/* Texts that left and did not arrive: a state's cap counts them [ST-02]. */
static int
put_lost(struct fu_session *s, struct fu_asked *a, const struct fu_touch *t,
    struct fu_arena *arena, struct fu_err *err)
{
	int64_t	*at = fu_alloc_array(arena, LOST_MAX, sizeof(*at));

	a->in.lost = at;
	return (fu_attempts_lost(&s->store, t->prospect, a->in.now_us - FU_DAY,
	    at, LOST_MAX, &a->in.nlost, err));
}

/* Does its cadence write on a channel that is not shut as its own is? */
static int
ask_elsewhere(struct fu_session *s, const struct fu_case *c,
    struct fu_asked *a, const struct fu_touch *t, struct fu_arena *arena,
    struct fu_err *err)
{
	const struct fu_cadence	*cadence;
	struct fu_reach		 shut;

	a->open_elsewhere = false;
	if (!a->ledger.suppressed && !a->ledger.objected)
		return (0);
	cadence = fu_cadence_find(&s->config, t->cadence);
	if (cadence == NULL)
		return (0);
	if (fu_reach_load(s, c, arena, &shut, err) == -1)
		return (-1);
	a->open_elsewhere = fu_reach_bars(&shut, cadence) == NULL;
	return (0);
}

int
fu_ask_touch(struct fu_session *s, const struct fu_case *c,
    struct fu_asked *a, const struct fu_touch *t, struct fu_arena *arena,
    struct fu_err *err)
{
	const char	*domain = c->p.company_domain;
	int64_t		*at, lease;
	int32_t		 today;
	size_t		 n;
	int		 in_flight = 0;

	a->in.touch = t;
	a->in.sender = c->sender;
	a->in.pauses = fu_case_pauses(c, a->in.now_us);
	a->in.duplicate = t->state == FU_T_SENT || t->state == FU_T_UNCERTAIN;
	if (fu_case_ledger(s, c, t->channel, arena, &a->ledger, err) == -1 ||
	    ask_elsewhere(s, c, a, t, arena, err) == -1)
		return (-1);
	a->in.engagement_until_us = a->ledger.engagement_until_us;
	if (t->channel == FU_CH_WHATSAPP)
		a->in.template = template_of(s, c, t);
	if ((t->channel == FU_CH_SMS || t->channel == FU_CH_WHATSAPP) &&
	    (fu_stream_ask_channel(s, fu_channel_name(t->channel),
	    c->p.person.f[FU_F_PHONE], &a->in, err) == -1 ||
	    put_lost(s, a, t, arena, err) == -1))
		return (-1);
	if (s->config.limits.company_week > 0 && domain != NULL &&
	    fu_channel_counts(t->channel)) {
		if (fu_company_sent(&s->store, domain, a->in.now_us -
		    7 * FU_DAY, a->in.now_us, t->id, arena, &at, &n, err) == -1)
			return (-1);
		fu_ask_company(a, at, n);
	}
	if (c->sender == NULL)
		return (0);
	if (t->channel == FU_CH_EMAIL &&
	    fu_stream_ask(s, c->sender, &a->in, err) == -1)
		return (-1);
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

static void
put_person(struct fu_jw *jw, const struct fu_person *person)
{
	const enum fu_field	 field[] = { FU_F_COUNTRY, FU_F_REGION,
		FU_F_SOURCE, FU_F_BASIS, FU_F_SUBSCRIBER, FU_F_JOB_FIT,
		FU_F_COLLECTED, FU_F_COLLECTED_AT, FU_F_NOTICE_AT, FU_F_DNC,
		FU_F_DNC_CHECKED_AT, FU_F_REASSIGNED_CHECKED_AT };

	for (size_t i = 0; i < sizeof(field) / sizeof(*field); i++)
		if (person->f[field[i]] != NULL)
			fu_jw_str(jw, fu_fields[field[i]].name,
			    person->f[field[i]]);
}

/* What a legitimate interest rests on [GD-02]. */
static void
put_assessment(struct fu_jw *jw, const struct fu_gate_in *in)
{
	const char	*country = in->person->f[FU_F_COUNTRY];

	if (!fu_streq(in->person->f[FU_F_BASIS], "li") || country == NULL)
		return;
	for (size_t i = 0; i < in->config->law.nassessment; i++) {
		const struct fu_assessment *a = &in->config->law.assessment[i];

		for (size_t k = 0; k < a->scope.n; k++)
			if (strcmp(a->scope.item[k], country) == 0) {
				fu_jw_str(jw, "assessment", a->id);
				return;
			}
	}
}

static void
put_consent(struct fu_jw *jw, const struct fu_consent_state *c)
{
	static const char *const	 name[] = { "none", "granted",
		"pending", "revoked" };

	if (c->status == FU_C_NONE)
		return;
	fu_jw_str(jw, "consent", name[c->status]);
	fu_jw_bool(jw, "consent_complete", c->complete);
	if (c->implied)
		fu_jw_bool(jw, "consent_implied", true);
	if (c->expires_us != FU_NEVER)
		fu_jw_time(jw, "consent_expires", c->expires_us);
}

static void
put_past(struct fu_jw *jw, const struct fu_gate_in *in)
{
	int64_t	 last = FU_NEVER;
	size_t	 day = 0;

	for (size_t i = 0; i < in->nsent; i++) {
		if (in->sent[i].touch == in->touch->id)
			continue;
		day += in->sent[i].counts &&
		    in->now_us - in->sent[i].at_us < FU_DAY;
		if (last == FU_NEVER)
			last = in->sent[i].at_us;
	}
	if (last != FU_NEVER)
		fu_jw_time(jw, "last_sent", last);
	if (day > 0)
		fu_jw_int(jw, "sent_24h", (int64_t)day);
	if (in->sender_sent_today > 0)
		fu_jw_int(jw, "sender_sent_today", in->sender_sent_today);
	if (in->company_sent_week > 0)
		fu_jw_int(jw, "company_sent_week", in->company_sent_week);
	if (in->ooo_until_us != FU_NEVER)
		fu_jw_time(jw, "ooo_until", in->ooo_until_us);
}

/* Whose days away it waits for, and the last of them. */
static void
put_away(struct fu_jw *jw, const struct fu_gate_in *in,
    const struct fu_verdict *v)
{
	const struct fu_zone	*zone = in->config->company.zone;
	const struct fu_sender	*s = in->sender;
	char			 date[FU_TIME_LEN];
	int32_t			 last = INT32_MIN;

	if (s == NULL || v->class != FU_DEFER || v->detail == NULL ||
	    v->reason != FU_R_SEND_WINDOW)
		return;
	for (size_t i = 0; i < s->naway; i++)
		if (s->away[i].to >= fu_zone_day(zone, in->now_us) &&
		    s->away[i].from < fu_zone_day(zone, v->until_us) &&
		    s->away[i].to > last)
			last = s->away[i].to;
	if (last == INT32_MIN)
		return;
	fu_jw_str(jw, "sender", s->name);
	fu_jw_str(jw, "away_until", fu_date_print(fu_date_of_days(last),
	    date));
}

const char *
fu_ask_inputs(const struct fu_asked *a, const struct fu_verdict *v,
    struct fu_arena *arena)
{
	const struct fu_gate_in	*in = &a->in;
	const char		*text;
	struct fu_buf		 buf;
	struct fu_jw		 jw;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	if (v->class == FU_DEFER)
		fu_jw_time(&jw, "until", v->until_us);
	if (v->detail != NULL)
		fu_jw_str(&jw, "detail", v->detail);
	put_away(&jw, in, v);
	fu_jw_str(&jw, "channel", fu_channel_name(in->touch->channel));
	if (in->zone != NULL)
		fu_jw_str(&jw, "zone", fu_zone_name(in->zone));
	put_person(&jw, in->person);
	put_assessment(&jw, in);
	put_consent(&jw, &a->ledger.consent[in->touch->channel]);
	put_past(&jw, in);
	fu_jw_str(&jw, "ruleset", fu_rulebook_version(in->rulebook));
	fu_jw_str(&jw, "config", in->config->version);
	fu_jw_object_end(&jw);
	text = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (text);
}
