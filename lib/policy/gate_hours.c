/*
 * Hours: those of the law, of every state and in every zone that a person may
 * be in, and those of the operator's own window.
 *
 * Must never work with an offset: instants come from the zone, so that a
 * change of clocks moves them.
 */
#include <string.h>

#include "policy/gate_room.h"

#define BOUNDS_MAX (FU_ALIKE_MAX * (FU_STATES_MAX + 4))
#define DAYS_AHEAD 31
/* Weekends and holidays in a row close no state for so long: what has not met
 * by then is held, and looked at again another day. */
#define QUIET_MAX_US (16 * FU_DAY)
/* A direct answer to what they wrote may come at night. */
#define WA_ANSWER_US (15 * FU_MINUTE)

/* One rule's hours in one zone. */
struct bound {
	const struct fu_state *rule;
	const struct fu_zone *zone;
	const char *id; /* what it is called when it binds */
};

struct bounds {
	struct bound b[BOUNDS_MAX];
	size_t n;
};

static void
add(struct bounds *s, const struct fu_state *rule, const struct fu_zone *zone,
    const char *id)
{
	if (rule != NULL && s->n < BOUNDS_MAX)
		s->b[s->n++] = (struct bound){rule, zone, id};
}

/* The first instant at or after ${at} within a bound; INT64_MAX for none. */
static int64_t
next_in(const struct fu_rulebook *book, const struct bound *b, int64_t at)
{
	int32_t day, today;
	int64_t local = fu_zone_local_us(b->zone, at, &today);

	for (day = today; day <= today + DAYS_AHEAD; day++) {
		const struct fu_hours *h =
		    &b->rule->hours[fu_days_weekday(day)];

		if (h->open_min == h->close_min ||
		    (day == today && local >= h->close_min * FU_MINUTE))
			continue;
		if (b->rule->holidays != 0 &&
		    fu_holiday_on(book, b->rule->holidays, day))
			continue;
		if (day == today && local >= h->open_min * FU_MINUTE)
			return (at);
		return (fu_zone_instant(b->zone, day, h->open_min));
	}
	return (INT64_MAX);
}

static void
bounds_us(const struct fu_gate *g, struct bounds *s, const struct fu_zone *zone,
    bool second)
{
	const struct fu_rulebook *book = g->in->rulebook;
	bool known = false;

	add(s, fu_rulebook_state(book, "US-*"), zone,
	    second ? "TC-09" : "TC-08");
	for (size_t i = 0; i < g->where.nstate; i++) {
		const struct fu_state *st = g->where.state[i];

		if (strncmp(st->code, "US-", 3) != 0)
			continue;
		known = true;
		if (st->own)
			add(s, st, zone, "ST-01");
	}
	if (!known || g->in->config->law.states_all || fu_gate_strictest(g))
		add(s, fu_rulebook_state(book, "US"), zone, "ST-01");
}

static void
bounds_ca(const struct fu_gate *g, struct bounds *s, const struct fu_zone *zone)
{
	bool known = false;

	for (size_t i = 0; i < g->where.nstate; i++)
		if (strncmp(g->where.state[i]->code, "CA-", 3) == 0) {
			add(s, g->where.state[i], zone, "P7");
			known = true;
		}
	if (!known || fu_gate_strictest(g))
		add(s, fu_rulebook_state(g->in->rulebook, "CA"), zone, "P7");
}

static void
bounds_in(const struct fu_gate *g, struct bounds *s, const struct fu_zone *zone,
    bool second)
{
	if (g->where.places & FU_P_US)
		bounds_us(g, s, zone, second);
	if (g->where.places & FU_P_CA)
		bounds_ca(g, s, zone);
	if (g->where.places & (FU_P_EU | FU_P_UK))
		add(s, fu_rulebook_state(g->in->rulebook, "EU"), zone, "P7");
}

/* Where nothing is known: each zone that a rule of the country names. */
static void
bounds_nowhere(const struct fu_gate *g, struct bounds *s, const char *code)
{
	const struct fu_rulebook *book = g->in->rulebook;
	const struct fu_state *all = fu_rulebook_state(book, code);

	for (uint32_t i = 0; all != NULL && i < all->zones.n; i++) {
		const struct fu_zone *z =
		    fu_rulebook_zone(book, all->zones.first + i);

		if (z != NULL)
			bounds_in(g, s, z, i > 0);
	}
}

static void
gather(const struct fu_gate *g, struct bounds *s)
{
	const struct fu_zone *first = g->in->zone;
	bool found = false;

	s->n = 0;
	for (size_t i = 0; first != NULL && i < g->where.nzone; i++)
		found |= fu_zones_alike(first, g->where.zone[i]);
	if (!found && g->where.nzone > 0)
		first = g->where.zone[0];
	for (size_t i = 0; i < g->where.nzone; i++)
		bounds_in(g, s, g->where.zone[i],
		    !fu_zones_alike(first, g->where.zone[i]));
	if (g->where.nzone > 0)
		return;
	if (g->where.places & FU_P_US)
		bounds_nowhere(g, s, "US");
	if (g->where.places & FU_P_CA)
		bounds_nowhere(g, s, "CA");
	if (s->n == 0 && g->in->zone != NULL)
		bounds_in(g, s, g->in->zone, false);
}

/* Of the rules that open last the state's is named, then the first zone's. */
static const char *
binding(const struct fu_rulebook *book, const struct bounds *s, int64_t before,
    int64_t at)
{
	const char *id = NULL;

	for (size_t i = 0; i < s->n; i++) {
		const char *mine = s->b[i].id;

		if (next_in(book, &s->b[i], before) != at)
			continue;
		if (strcmp(mine, "ST-01") == 0)
			return (mine);
		if (id == NULL || strcmp(mine, "TC-08") == 0)
			id = mine;
	}
	return (id);
}

void
fu_check_quiet_hours(struct fu_gate *g)
{
	const struct fu_rulebook *book = g->in->rulebook;
	int64_t at = g->at_us, before = at;
	struct bounds s;

	if (g->channel == FU_CH_WHATSAPP && !fu_gate_commercial(g) &&
	    g->in->last_inbound_wa_us != FU_NEVER &&
	    g->at_us - g->in->last_inbound_wa_us <= WA_ANSWER_US)
		return;
	if (fu_gate_settled(g))
		return;
	gather(g, &s);
	while (at - g->at_us < QUIET_MAX_US) {
		int64_t latest = at;

		for (size_t i = 0; i < s.n; i++) {
			int64_t t = next_in(book, &s.b[i], at);

			if (t > latest)
				latest = t;
		}
		if (latest == at) {
			if (at > g->at_us)
				fu_gate_until(g, FU_R_QUIET_HOURS, at,
				    binding(book, &s, before, at));
			return;
		}
		if (latest == INT64_MAX)
			break;
		before = at;
		at = latest;
	}
	fu_gate_says(g, FU_R_QUIET_HOURS, NULL);
	fu_gate_detail(
	    g, FU_R_QUIET_HOURS, "no hour is left that all rules allow");
}

static void
within(struct fu_gate *g, const struct fu_window *w, const struct fu_zone *zone)
{
	int64_t next;

	if (fu_gate_settled(g))
		return;
	if (fu_window_open(w, zone, g->at_us, &next)) {
		fu_gate_until(g, FU_R_SEND_WINDOW, next, NULL);
		return;
	}
	fu_gate_says(g, FU_R_SEND_WINDOW, NULL);
	fu_gate_detail(g, FU_R_SEND_WINDOW, "the window never opens");
}

void
fu_check_send_window(struct fu_gate *g)
{
	const struct fu_window *w = fu_gate_window(g);
	int32_t today = fu_zone_day(fu_gate_zone_of(g), g->at_us);

	if (!fu_gate_commercial(g))
		return;
	within(g, w, fu_gate_zone_of(g));
	for (size_t i = 0; i < w->naway; i++)
		if (today >= w->away[i].from && today <= w->away[i].to)
			fu_gate_detail(
			    g, FU_R_SEND_WINDOW, "the sender is away");
}

void
fu_check_owner_hours(struct fu_gate *g)
{
	within(g, &g->in->config->window, g->in->config->company.zone);
}
