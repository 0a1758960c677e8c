/*
 * What the gate asks of a text, by SMS or WhatsApp: registries, the sender's
 * own registration, templates.
 *
 * Must never excuse one that was not checked because nobody can be blamed.
 */
#include <string.h>

#include "policy/gate_room.h"

#define DNC_AGE_MAX_US	      (31 * FU_DAY)  /* 47 CFR 64.1200(c)(2)(i)(D) */
#define CONSENT_OLD_US	      (90 * FU_DAY)  /* TC-11 [P] */
#define REASSIGNED_AGE_MAX_US (45 * FU_DAY)  /* TC-11 [P] */
#define WA_WINDOW_US	      (24 * FU_HOUR) /* WA-02 */

static bool
is_listed(const struct fu_gate *g)
{
	return (fu_streq(g->person->f[FU_F_DNC], "listed"));
}

static bool
written(const struct fu_gate *g)
{
	return (g->consent->status == FU_C_GRANTED && g->consent->complete &&
		!g->consent->implied);
}

void
fu_check_dnc_listed(struct fu_gate *g)
{
	if (is_listed(g) && !written(g))
		fu_gate_says(g, FU_R_DNC_LISTED, NULL);
}

/* A signed permission excuses from a registry, not from a stale look at it. */
void
fu_check_dnc_stale(struct fu_gate *g)
{
	int64_t at = fu_gate_time(g, FU_F_DNC_CHECKED_AT);

	if (is_listed(g) && written(g))
		return;
	if (at == FU_NEVER ? g->person->f[FU_F_DNC] != NULL || !written(g)
			   : g->at_us - at > DNC_AGE_MAX_US)
		fu_gate_says(g, FU_R_DNC_STALE, NULL);
}

void
fu_check_reassigned(struct fu_gate *g)
{
	int64_t at = fu_gate_time(g, FU_F_REASSIGNED_CHECKED_AT);
	const struct fu_consent_state *c = g->consent;

	if (c->status != FU_C_GRANTED || c->at_us == FU_NEVER ||
	    g->at_us - c->at_us <= CONSENT_OLD_US)
		return;
	if (at == FU_NEVER || g->at_us - at > REASSIGNED_AGE_MAX_US)
		fu_gate_says(g, FU_R_REASSIGN_CHECK, NULL);
}

void
fu_check_registered(struct fu_gate *g)
{
	const struct fu_transport *t = &g->in->config->channel[FU_CH_SMS];

	if (t->via != NULL && strcmp(t->via, "outbox") != 0 &&
	    fu_blank(t->registered))
		fu_gate_says(g, FU_R_SENDER_UNREGISTERED, NULL);
}

void
fu_check_tz(struct fu_gate *g)
{
	if (g->where.nzone == 0 && !g->in->config->law.tz_intersect)
		fu_gate_says(g, FU_R_TZ_UNKNOWN, NULL);
}

bool
fu_wa_open(int64_t last_us, int64_t at_us)
{
	return (last_us != FU_NEVER && at_us < last_us + WA_WINDOW_US);
}

static bool
wa_open(const struct fu_gate *g)
{
	return (fu_wa_open(g->in->last_inbound_wa_us, g->at_us));
}

void
fu_check_wa_us(struct fu_gate *g)
{
	if (!wa_open(g) && g->where.us_number && fu_gate_commercial(g))
		fu_gate_says(g, FU_R_WA_US_MARKETING, NULL);
}

void
fu_check_wa_template(struct fu_gate *g)
{
	if (wa_open(g))
		return;
	if (g->in->template == FU_TPL_UNAPPROVED)
		fu_gate_says(g, FU_R_TEMPLATE_NOT_APPROVED, NULL);
	else if (g->in->template == FU_TPL_NONE)
		fu_gate_says(g, FU_R_OUTSIDE_WINDOW, NULL);
}

void
fu_check_wa_engagement(struct fu_gate *g)
{
	if (g->in->engagement_until_us != FU_NEVER)
		fu_gate_until(g, FU_R_ENGAGEMENT_LIMITED,
		    g->in->engagement_until_us, NULL);
}
