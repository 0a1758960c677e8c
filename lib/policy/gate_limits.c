/*
 * How often: gaps and caps of a person, a company and a sender.
 *
 * Must never count what the person asked for: a chat that they opened, a
 * task, a service message.
 */
#include "policy/gate_room.h"

#define WEEK_US (7 * FU_DAY)

static bool
counts(const struct fu_gate *g, const struct fu_sent_before *s)
{
	/* What is on its way is in the list, and no touch waits for itself. */
	return (s->counts && s->at_us <= g->at_us &&
	    (s->touch == 0 || s->touch != g->in->touch->id));
}

void
fu_check_company_cap(struct fu_gate *g)
{
	int cap = g->in->config->limits.company_week;

	if (fu_gate_commercial(g) && cap > 0 &&
	    g->in->company_sent_week >= cap &&
	    g->in->company_oldest_us != FU_NEVER)
		fu_gate_until(g, FU_R_COMPANY_CAP,
		    g->in->company_oldest_us + WEEK_US, NULL);
}

void
fu_check_min_gap(struct fu_gate *g)
{
	const struct fu_window *w = fu_gate_window(g);
	int64_t gap = g->in->config->limits.gap_us, last = FU_NEVER, until;
	const struct fu_zone *zone = fu_gate_zone_of(g);
	int32_t day;

	if (!fu_gate_commercial(g) || gap <= 0)
		return;
	for (size_t i = 0; i < g->in->nsent; i++)
		if (counts(g, &g->in->sent[i]) && g->in->sent[i].at_us > last)
			last = g->in->sent[i].at_us;
	if (last == FU_NEVER)
		return;
	if (gap % FU_DAY != 0) {
		until = last + gap; /* hours are hours, not days */
	} else {
		day = fu_zone_day(zone, last) + (int32_t)(gap / FU_DAY);
		if (fu_zone_day(zone, g->at_us) >= day ||
		    (day = fu_window_next_day(w, day)) == INT32_MAX)
			return; /* the window's check holds what never opens */
		until = fu_window_opens(w, zone, day);
	}
	fu_gate_until(g, FU_R_MIN_GAP, until, NULL);
}

/*
 * When fewer than ${cap} of a rolling day are left: a day after the cap-th
 * newest.  ${texts}: of SMS and WhatsApp only, and then what did not arrive
 * counts too [ST-02].
 */
static int64_t
cap_until(const struct fu_gate *g, int cap, bool texts)
{
	const struct fu_sent_before *s;
	size_t i = 0, lost = texts ? 0 : g->in->nlost;
	int64_t at;
	int n = 0;

	/* Newest first, as the contract says, of both lists. */
	while (i < g->in->nsent || lost < g->in->nlost) {
		s = i < g->in->nsent ? &g->in->sent[i] : NULL;
		if (s != NULL && (!counts(g, s) || (texts &&
		    s->channel != FU_CH_SMS && s->channel != FU_CH_WHATSAPP))) {
			i++;
			continue;
		}
		if (s == NULL || (lost < g->in->nlost &&
		    g->in->lost[lost] > s->at_us))
			at = g->in->lost[lost++];
		else {
			at = s->at_us;
			i++;
		}
		if (g->at_us - at < FU_DAY && at <= g->at_us && ++n == cap)
			return (at + FU_DAY);
	}
	return (FU_NEVER);
}

/* The least that a state allows; where none is known, that of all. */
static int
state_cap(const struct fu_gate *g)
{
	const struct fu_state *all;
	int least = 0;

	for (size_t i = 0; i < g->where.nstate; i++) {
		int cap = g->where.state[i]->cap;

		if (cap > 0 && (least == 0 || cap < least))
			least = cap;
	}
	if ((g->where.nstate == 0 || fu_gate_strictest(g)) &&
	    (g->where.places & FU_P_US) != 0 &&
	    (all = fu_rulebook_state(g->in->rulebook, "US")) != NULL &&
	    all->cap > 0 && (least == 0 || all->cap < least))
		least = all->cap;
	return (least);
}

void
fu_check_cap(struct fu_gate *g)
{
	bool texts = g->channel == FU_CH_SMS || g->channel == FU_CH_WHATSAPP;
	int day = g->in->config->limits.day;
	int state = texts ? state_cap(g) : 0;

	if (!fu_gate_commercial(g))
		return;
	/* The state's is named where both bind to the same instant. */
	if (state > 0)
		fu_gate_until(
		    g, FU_R_CAP_REACHED, cap_until(g, state, true), "ST-02");
	if (day > 0)
		fu_gate_until(
		    g, FU_R_CAP_REACHED, cap_until(g, day, false), NULL);
}

/* Nobody writes in the name of a rep who is away, and answers nothing. */
static void
check_away(struct fu_gate *g, const struct fu_sender *s)
{
	const struct fu_zone *zone = g->in->config->company.zone;
	int32_t last = fu_sender_away(s, fu_zone_day(zone, g->at_us));

	if (last == INT32_MIN)
		return;
	fu_gate_until(g, FU_R_SEND_WINDOW, fu_zone_instant(zone, last + 1, 0),
	    NULL);
	fu_gate_detail(g, FU_R_SEND_WINDOW, "the sender is away");
}

/* How many touches of a sender a day; 0: as many as there are.  A mailbox that
 * is new begins small: `warm_up` of the channel. */
static int
cap_of(const struct fu_gate_in *in)
{
	const struct fu_transport *t = &in->config->channel[FU_CH_EMAIL];
	int cap = in->sender->cap_day, warm;

	if (in->touch->channel != FU_CH_EMAIL || t->warm_start <= 0)
		return (cap);
	warm = t->warm_start + t->warm_add * in->sender_days;
	return (cap > 0 && cap < warm ? cap : warm);
}

void
fu_check_rate(struct fu_gate *g)
{
	const struct fu_sender *s = g->in->sender;
	const struct fu_zone *zone = g->in->config->company.zone;
	/* The rules of bulk mail bind mail; else it is the spacing alone. */
	const char *rule = g->channel == FU_CH_EMAIL ? "EM-03" : "P1.2";
	int32_t today;
	int cap;

	if (s == NULL)
		return;
	check_away(g, s);
	if (s->gap_us > 0 && g->in->sender_last_us != FU_NEVER)
		fu_gate_until(g, FU_R_RATE_LIMITED,
		    g->in->sender_last_us + s->gap_us, rule);
	if ((cap = cap_of(g->in)) <= 0 || g->in->sender_sent_today < cap)
		return;
	today = fu_zone_day(zone, g->in->now_us);
	fu_gate_until(
	    g, FU_R_RATE_LIMITED, fu_zone_instant(zone, today + 1, 0), rule);
}
