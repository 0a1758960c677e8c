/*
 * Putting one person's case together from the store.
 *
 * Must never decide: it fetches, policy decides.
 */
#include <string.h>

#include "flow/case.h"
#include "store/events.h"
#include "store/ledger.h"
#include "store/limits.h"

const char *
fu_case_owner(const struct fu_prospect *p)
{
	const char	*owner = p->person.f[FU_F_OWNER];

	return (fu_blank(owner) ? p->written_by : owner);
}

void
fu_case_make(struct fu_session *s, struct fu_case *c)
{
	const struct fu_prospect	*p = &c->p;

	c->subject = (struct fu_subject){
		.person = &p->person,
		.prospect = p->id,
		.known_us = p->known_us,
		.timeline_us = p->timeline_us,
		.score = p->score,
		.previous_score = p->previous_score,
		.band = p->band,
		.first_scored_us = p->first_scored_us,
		.return_used_us = p->return_used_us,
	};
	fu_gate_clock(s->rulebook, &p->person, &s->config, &c->clock);
	c->zone = c->clock.zone;
	c->zone_known = c->clock.known;
	c->sender = fu_sender_of(&s->config, fu_case_owner(p), p->id);
	if (c->sender != NULL) {
		c->clock.window.away = c->sender->away;
		c->clock.window.naway = c->sender->naway;
	}
}

void
fu_case_at(struct fu_case *c, int64_t now_us)
{
	fu_facts_fold(&c->subject, c->event, c->nevent, now_us, &c->facts);
}

const struct fu_zone *
fu_case_shown_zone(const struct fu_session *s, const struct fu_case *c,
    enum fu_channel channel)
{
	return (channel == FU_CH_TASK ? s->config.company.zone : c->zone);
}

/* A company is a unit: what one said makes the others wait, as fu.yaml has it. */
static int
load_colleague(struct fu_session *s, struct fu_case *c, struct fu_err *err)
{
	const struct fu_list	*pause = &s->config.company_pause;
	int64_t	 since = fu_session_now(s) - FU_UNRELEASED_MAX_US;

	if (pause->n == 0 || c->p.company_domain == NULL)
		return (0);
	return (fu_company_waits(&s->store, c->p.company_domain, c->p.id,
	    fu_list_has(pause, "reply") ? since : INT64_MAX,
	    fu_list_has(pause, "won"), &c->colleague, &c->colleague_answered,
	    err) == -1 ? -1 : 0);
}

int
fu_case_person(struct fu_session *s, int64_t id, struct fu_arena *arena,
    struct fu_case *c, struct fu_err *err)
{
	int	 rc;

	memset(c, 0, sizeof(*c));
	if ((rc = fu_prospect_load(&s->store, id, arena, &c->p, err)) != 1)
		return (rc);
	fu_case_make(s, c);
	return (load_colleague(s, c, err) == -1 ? -1 : 1);
}

int
fu_case_load(struct fu_session *s, int64_t id, uint64_t facts,
    struct fu_arena *arena, struct fu_case *c, struct fu_err *err)
{
	int64_t	 now = fu_session_now(s);
	int	 rc;

	if ((rc = fu_case_person(s, id, arena, c, err)) != 1)
		return (rc);
	if (fu_events_load(&s->store, c->p.id, arena, &c->event, &c->nevent,
	    err) == -1)
		return (-1);
	if ((facts & FU_FACTS_ACCOUNT) != 0 && fu_company_counts(&s->store,
	    c->p.company_domain, now - 7 * FU_DAY, &c->subject.account_people,
	    &c->subject.account_visits_7d, err) == -1)
		return (-1);
	fu_case_at(c, now);
	return (1);
}

unsigned
fu_case_pauses(const struct fu_case *c, int64_t now_us)
{
	const struct fu_prospect	*p = &c->p;
	unsigned			 bits = FU_PAUSE_NONE;

	if (p->reply_pending_us != FU_NEVER)
		bits |= FU_PAUSE_REPLY;
	if (p->human_us != FU_NEVER)
		bits |= FU_PAUSE_HUMAN;
	if (p->handoff_open != 0 && now_us < p->handoff_until_us)
		bits |= FU_PAUSE_HANDOFF;
	if (p->ooo_until_us != FU_NEVER && now_us < p->ooo_until_us)
		bits |= FU_PAUSE_OOO;
	if (c->colleague != 0)
		bits |= FU_PAUSE_COMPANY;
	return (bits);
}

int64_t
fu_case_unreleased(const struct fu_case *c)
{
	const int64_t	 since[] = { c->p.reply_pending_us, c->p.human_us };
	int64_t		 us = INT64_MAX;

	for (size_t i = 0; i < sizeof(since) / sizeof(*since); i++)
		if (since[i] != FU_NEVER &&
		    since[i] + FU_UNRELEASED_MAX_US + 1 < us)
			us = since[i] + FU_UNRELEASED_MAX_US + 1;
	return (us);
}

int64_t
fu_case_pause_ended(const struct fu_case *c, int64_t since_us, int64_t now_us)
{
	const int64_t	 end[] = { c->p.ooo_until_us, c->p.handoff_until_us };
	int64_t		 last = FU_NEVER;

	for (size_t i = 0; i < sizeof(end) / sizeof(*end); i++)
		if (end[i] != FU_NEVER && end[i] > since_us &&
		    end[i] <= now_us && end[i] > last)
			last = end[i];
	return (last);
}

bool
fu_ledger_bars(const struct fu_ledger_state *state)
{
	return (state->suppressed || state->objected || state->complaint ||
	    state->erased);
}

/*
 * A consent that the person gave after an opt-out opens that channel again; an
 * address that is dead, a complaint and an erasure stay [CS-12].
 */
static bool
outranked(const struct fu_suppression *x, const struct fu_consent_state *given)
{
	return (given->status == FU_C_GRANTED && given->at_us > x->at_us &&
	    (fu_streq(x->reason, "suppressed") ||
	    fu_streq(x->reason, "objected")));
}

/* One suppression in force, into what the gate asks. */
static void
fold_suppression(struct fu_ledger_state *state, const struct fu_suppression *x)
{
	if (fu_streq(x->reason, "objected"))
		state->objected = true;
	else if (fu_streq(x->reason, "complaint"))
		state->complaint = true;
	else if (fu_streq(x->reason, "erased"))
		state->erased = true;
	else if (fu_streq(x->reason, "hard_bounce")) {
		state->hard_bounce = true;
		state->bounce_rule = x->rule;
	} else if (fu_streq(x->reason, "left_company"))
		state->left_company = true;
	else if (fu_streq(x->reason, "soft_bounce"))
		state->soft_bounce_until_us = x->until_us;
	else if (fu_streq(x->reason, "engagement_limited"))
		state->engagement_until_us = x->until_us;
	else {
		state->suppressed = true;
		state->suppressed_rule = x->rule;
	}
}

/* After a run that found the ledger wanting all of it is looked at. */
static int
believe_again(struct fu_session *s, struct fu_err *err)
{
	const char	*doubt = fu_meta_get(&s->store, FU_META_DOUBT,
	    &s->arena, err);
	char		 head[FU_SUBJECT_LEN];
	int64_t		 seq, n;
	int		 rc;

	if (!fu_streq(doubt, "yes"))
		return (doubt == NULL && err->class != FU_OK ? -1 : 0);
	rc = fu_ledger_verify(&s->store, &seq, &n, head, err);
	if (rc == 0)
		s->ledger_fault = fu_printf(&s->arena, "the ledger: %s at "
		    "entry %lld: fu-privacy verify, and go back to a backup",
		    err->msg, (long long)seq);
	if (rc == 1 && s->has_run && !s->store.dry)
		return (fu_meta_set(&s->store, FU_META_DOUBT, "no", err));
	return (rc == -1 ? -1 : 0);
}

/* Once a run that decides: the chain's end, and where it writes the clock
 * [LG-03]. */
static int
believe(struct fu_session *s, struct fu_err *err)
{
	if (s->ledger_asked)
		return (0);
	s->ledger_asked = true;
	if (believe_again(s, err) == -1)
		return (-1);
	if (s->ledger_fault != NULL)
		return (0);
	return (fu_ledger_sound(&s->store, s->has_run ? fu_session_now(s) :
	    FU_NEVER, &s->ledger_fault, &s->arena, err) == -1 ? -1 : 0);
}

/* ${rc} of a look at what the ledger says of somebody, whose row is ${seq}. */
static int
believed(struct fu_session *s, int rc, int64_t seq)
{
	if (rc == 0)
		s->ledger_fault = fu_printf(&s->arena, "the ledger and what "
		    "it comes to differ at entry %lld: fu-privacy verify, and "
		    "go back to a backup", (long long)seq);
	return (rc == -1 ? -1 : 0);
}

/* And what is said of this very subject, however long ago. */
static int
believe_subject(struct fu_session *s, const char *subject,
    struct fu_arena *arena, struct fu_err *err)
{
	int64_t	 seq = 0;
	int	 rc = s->ledger_fault != NULL ? 1 : fu_ledger_subject_holds(
	    &s->store, subject, &seq, arena, err);

	return (believed(s, rc, seq));
}

static int
believe_consents(struct fu_session *s, int64_t prospect,
    struct fu_arena *arena, struct fu_err *err)
{
	int64_t	 seq = 0;
	int	 rc = s->ledger_fault != NULL ? 1 : fu_ledger_consents_hold(
	    &s->store, prospect, &seq, arena, err);

	return (believed(s, rc, seq));
}

static int
load_suppressions(struct fu_session *s, const struct fu_case *c,
    enum fu_channel channel, struct fu_arena *arena,
    struct fu_ledger_state *state, struct fu_err *err)
{
	const char		*email = c->p.person.f[FU_F_EMAIL];
	const char		*phone = c->p.person.f[FU_F_PHONE];
	struct fu_suppression	*list;
	char			 subject[FU_SUBJECT_LEN];
	size_t			 n;

	/* A key that was rotated away still knows what it hashed. */
	for (size_t k = 0; k < 2 * s->keys.n; k++) {
		if (k % 2 == 0 ? email == NULL : phone == NULL)
			continue;
		if (k % 2 == 0)
			fu_subject_email(&s->keys.key[k / 2], email, subject);
		else
			fu_subject_phone(&s->keys.key[k / 2], phone, subject);
		if (believe_subject(s, subject, arena, err) == -1 ||
		    fu_suppressions(&s->store, subject,
		    fu_channel_name(channel), fu_session_now(s), arena, &list,
		    &n, err) == -1)
			return (-1);
		for (size_t i = 0; i < n; i++)
			if (!outranked(&list[i], &state->consent[channel]))
				fold_suppression(state, &list[i]);
	}
	return (0);
}

static void
fold_consent(struct fu_ledger_state *state, const struct fu_consent *x)
{
	int			 channel = fu_channel_find(x->channel);
	struct fu_consent_state	*to;

	if (channel == -1)
		return;
	to = &state->consent[channel];
	to->status = fu_streq(x->status, "granted") ? FU_C_GRANTED :
	    fu_streq(x->status, "pending") ? FU_C_PENDING : FU_C_REVOKED;
	to->complete = x->complete;
	to->implied = x->implied != NULL;
	to->at_us = x->at_us;
	to->expires_us = x->expires_us;
}

int
fu_case_ledger(struct fu_session *s, const struct fu_case *c,
    enum fu_channel channel, struct fu_arena *arena,
    struct fu_ledger_state *state, struct fu_err *err)
{
	struct fu_consent	*consent;
	size_t			 n;

	memset(state, 0, sizeof(*state));
	state->soft_bounce_until_us = FU_NEVER;
	state->engagement_until_us = FU_NEVER;
	if (believe(s, err) == -1)
		return (-1);
	if (believe_consents(s, c->p.id, arena, err) == -1 ||
	    fu_consents(&s->store, c->p.id, arena, &consent, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		fold_consent(state, &consent[i]);
	if (load_suppressions(s, c, channel, arena, state, err) == -1)
		return (-1);
	state->broken = s->ledger_fault != NULL;
	/* What nobody decided about in a day is a stop, written or not. */
	if (!state->suppressed && c->p.doubt_us != 0 &&
	    c->p.doubt_us != FU_NEVER && c->p.human_us == FU_NEVER &&
	    fu_session_now(s) - c->p.doubt_us >= FU_DOUBT_US) {
		state->suppressed = true;
		state->suppressed_rule = "TC-03";
	}
	return (0);
}

int
fu_case_channels(struct fu_session *s, const struct fu_case *c,
    struct fu_arena *arena, unsigned *mask, struct fu_err *err)
{
	struct fu_consent	*consent;
	size_t			 n;
	int			 channel;

	*mask = 1u << FU_CH_CHAT | 1u << FU_CH_TASK;
	if (c->p.person.f[FU_F_EMAIL] != NULL)
		*mask |= 1u << FU_CH_EMAIL;
	if (c->p.person.f[FU_F_PHONE] == NULL)
		return (0);
	if (fu_consents(&s->store, c->p.id, arena, &consent, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++) {
		channel = fu_channel_find(consent[i].channel);
		if ((channel == FU_CH_SMS || channel == FU_CH_WHATSAPP) &&
		    fu_streq(consent[i].status, "granted"))
			*mask |= 1u << channel;
	}
	return (0);
}
