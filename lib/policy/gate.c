/*
 * The gate: the order of its checks, and how one verdict is made of many.
 *
 * Pure.  Must never stop at the first check that says no: a person who is
 * blocked is never described as merely deferred.
 */
#include <string.h>

#include "policy/gate_room.h"

/* Deferrals that push each other on settle in a few rounds, or never. */
#define ROUNDS_MAX   40 /* two a day for the longest holidays */
#define AHEAD_MAX_US (400 * FU_DAY)
/* GD-11 where the operator says nothing: three years, counted in days. */
#define RETENTION_US (1096 * FU_DAY)
#define SOURCE_WORD_MAX 32

void
fu_gate_until(
    struct fu_gate *g, enum fu_reason r, int64_t until_us, const char *rule)
{
	struct fu_verdict v = {FU_DEFER, r, until_us,
	    rule != NULL ? rule : fu_reasons[r].rule, NULL};

	if (until_us <= g->at_us)
		return;
	/* Of equals the first in order has bound it. */
	if (g->defer.class == FU_ALLOW || until_us > g->defer.until_us)
		g->defer = v;
}

void
fu_gate_says(struct fu_gate *g, enum fu_reason r, const char *rule)
{
	struct fu_verdict v = {fu_reasons[r].class, r, FU_NEVER,
	    rule != NULL ? rule : fu_reasons[r].rule, NULL};
	struct fu_verdict *to = v.class == FU_BLOCK ? &g->block : &g->hold;

	if (v.class == FU_DEFER)
		v.class = FU_HOLD;
	if (to->class == FU_ALLOW)
		*to = v;
}

void
fu_gate_detail(struct fu_gate *g, enum fu_reason r, const char *detail)
{
	if (g->block.reason == r)
		g->block.detail = detail;
	if (g->hold.reason == r)
		g->hold.detail = detail;
	if (g->defer.reason == r)
		g->defer.detail = detail;
}

bool
fu_gate_settled(const struct fu_gate *g)
{
	return (g->block.class != FU_ALLOW || g->hold.class != FU_ALLOW);
}

bool
fu_gate_strictest(const struct fu_gate *g)
{
	return (g->where.unknown && g->in->config->law.unknown_strictest);
}

bool
fu_gate_commercial(const struct fu_gate *g)
{
	return (g->in->class == FU_TC_COMMERCIAL);
}

const struct fu_zone *
fu_gate_zone_of(const struct fu_gate *g)
{
	return (
	    g->in->zone != NULL ? g->in->zone : g->in->config->company.zone);
}

const struct fu_window *
fu_gate_window(const struct fu_gate *g)
{
	return (g->in->window != NULL ? g->in->window : &g->in->config->window);
}

int64_t
fu_gate_time(const struct fu_gate *g, enum fu_field f)
{
	int64_t us;

	if (g->person->f[f] == NULL ||
	    fu_time_parse(fu_str_of(g->person->f[f]), &us, NULL) == -1)
		return (FU_NEVER);
	return (us);
}

bool
fu_gate_flag(const struct fu_gate *g, enum fu_field f)
{
	return (fu_streq(g->person->f[f], "1"));
}

static void
check_copy(struct fu_gate *g)
{
	if (g->in->not_adopted)
		fu_gate_says(g, FU_R_NOT_ADOPTED, NULL);
	if (g->in->domain_paused && g->channel == FU_CH_EMAIL)
		fu_gate_says(g, FU_R_DOMAIN_PAUSED, NULL);
	if (g->in->channel_paused != FU_R_NONE)
		fu_gate_says(g, g->in->channel_paused,
		    g->channel == FU_CH_SMS ? "SM-04" : "WA-05");
}

static void
check_erased(struct fu_gate *g)
{
	if (g->in->ledger->erased)
		fu_gate_says(g, FU_R_ERASED, NULL);
}

static void
check_suppressed(struct fu_gate *g)
{
	const char *rule = g->in->ledger->suppressed_rule;

	if (!g->in->ledger->suppressed) {
		if (g->in->doubt_us != FU_NEVER &&
		    g->at_us - g->in->doubt_us >= FU_DOUBT_US)
			fu_gate_says(g, FU_R_SUPPRESSED, "TC-03");
		return;
	}
	if (rule == NULL && g->channel != FU_CH_EMAIL)
		rule = "TC-03";
	fu_gate_says(g, FU_R_SUPPRESSED, rule);
}

static void
check_objected(struct fu_gate *g)
{
	if (g->in->ledger->objected)
		fu_gate_says(g, FU_R_OBJECTED, NULL);
}

static void
check_complaint(struct fu_gate *g)
{
	if (g->in->ledger->complaint)
		fu_gate_says(g, FU_R_COMPLAINT, NULL);
}

static void
check_address(struct fu_gate *g)
{
	if (g->in->ledger->hard_bounce)
		fu_gate_says(g, FU_R_HARD_BOUNCE,
		    g->in->ledger->bounce_rule);
	if (g->in->ledger->left_company)
		fu_gate_says(g, FU_R_LEFT_COMPANY, NULL);
}

static void
check_duplicate(struct fu_gate *g)
{
	if (g->in->duplicate)
		fu_gate_says(g, FU_R_DUPLICATE_TOUCH, NULL);
}

static void
check_source(struct fu_gate *g)
{
	const char *s = g->person->f[FU_F_SOURCE];
	char word[SOURCE_WORD_MAX];
	struct fu_str t;

	if (fu_blank(s)) {
		fu_gate_says(g, FU_R_NO_SOURCE, NULL);
		return;
	}
	t = fu_str_trim(fu_str_of(s));
	if (t.len > sizeof(word))
		return; /* longer than any word of the list */
	for (size_t i = 0; i < t.len; i++)
		word[i] = t.ptr[i] >= 'A' && t.ptr[i] <= 'Z'
			      ? (char)(t.ptr[i] - 'A' + 'a')
			      : t.ptr[i];
	if (fu_words_has(
		&g->in->rulebook->unlawful, (struct fu_str){word, t.len}))
		fu_gate_says(g, FU_R_BAD_SOURCE, NULL);
}

static void
check_retention(struct fu_gate *g)
{
	const struct fu_config *c = g->in->config;
	int64_t keep = 0, from = g->in->last_inbound_us;

	for (size_t i = 0; i < c->nretention; i++)
		if (fu_streq(c->retention[i].class, "prospects"))
			keep = c->retention[i].keep_us;
	if (keep == 0 && (g->where.places & (FU_P_EU | FU_P_UK)) != 0)
		keep = RETENTION_US;
	if (from == FU_NEVER)
		from = fu_gate_time(g, FU_F_COLLECTED_AT);
	if (keep > 0 && from != FU_NEVER && g->at_us - from >= keep)
		fu_gate_says(g, FU_R_RETENTION_EXPIRED, NULL);
}

static void
check_jurisdiction(struct fu_gate *g)
{
	if (!g->where.unknown || g->in->config->law.unknown_strictest)
		return;
	fu_gate_says(g, FU_R_JURISDICTION_UNKNOWN, NULL);
	fu_gate_detail(g, FU_R_JURISDICTION_UNKNOWN,
	    g->where.unknown_what != NULL ? g->where.unknown_what
					  : "no country");
}

static void
check_pauses(struct fu_gate *g)
{
	if (g->in->pauses & FU_PAUSE_REPLY)
		fu_gate_says(g, FU_R_REPLY_PENDING, NULL);
	if (g->in->pauses & FU_PAUSE_HUMAN)
		fu_gate_says(g, FU_R_HUMAN_OWNED, NULL);
	if (g->in->pauses & FU_PAUSE_HANDOFF)
		fu_gate_says(g, FU_R_HANDOFF_OPEN, NULL);
	/* A chat is one that they open themselves, a task is for a person. */
	if ((g->in->pauses & FU_PAUSE_COMPANY) != 0 &&
	    g->in->touch->channel != FU_CH_CHAT &&
	    g->in->touch->channel != FU_CH_TASK) {
		fu_gate_says(g, FU_R_COMPANY_PAUSE, NULL);
		fu_gate_detail(g, FU_R_COMPANY_PAUSE, g->in->colleague);
	}
}

static void
check_ooo(struct fu_gate *g)
{
	if (g->in->ooo_until_us != FU_NEVER)
		fu_gate_until(g, FU_R_OOO_UNTIL, g->in->ooo_until_us, NULL);
}

static void
check_injection(struct fu_gate *g)
{
	if (g->in->header_injection)
		fu_gate_says(g, FU_R_HEADER_INJECTION, NULL);
}

static void
check_content(struct fu_gate *g)
{
	if (g->in->content != FU_R_NONE)
		fu_gate_says(g, g->in->content, NULL);
}

static void
check_disclosure(struct fu_gate *g)
{
	if (fu_blank(g->in->config->chat.disclosure))
		fu_gate_says(g, FU_R_NO_AI_DISCLOSURE, NULL);
}

/*
 * The rows of section 12.  A person under several laws passes the rows of
 * all; what rows share is asked once, in the last.
 */
#define ROW(name) static fu_check *const name[]

ROW(prefix) = {check_copy, check_erased, check_suppressed, check_objected,
    check_complaint, check_address, check_duplicate, check_source,
    check_retention, check_jurisdiction, check_pauses, check_ooo,
    check_injection, check_content, NULL};

ROW(email_eu) = {fu_check_lawful_basis, fu_check_mail_opt_in, fu_check_lia,
    fu_check_mail_opt_out, fu_check_dpa, fu_check_notice, NULL};
ROW(email_ca) = {fu_check_casl, fu_check_postal, fu_check_unsub, NULL};
ROW(email_us) = {fu_check_wireless, NULL};
ROW(email_all) = {fu_check_revoked, fu_check_subject, fu_check_postal,
    fu_check_unsub, fu_check_utf8, fu_check_auth, fu_check_spam_rate,
    fu_check_soft_bounce, NULL};

ROW(sms_eu) = {fu_check_lawful_basis, fu_check_eu_text_consent, fu_check_dpa,
    fu_check_notice, fu_check_unsub, NULL};
ROW(sms_ca) = {
    fu_check_casl, fu_check_postal, fu_check_unsub, fu_check_registered,
    fu_check_tz, NULL};
ROW(sms_us) = {fu_check_dnc_listed, fu_check_us_written, fu_check_unsub,
    fu_check_dnc_stale, fu_check_reassigned, fu_check_registered, fu_check_tz,
    NULL};
ROW(sms_all) = {fu_check_revoked, fu_check_quiet_hours, NULL};

ROW(wa_any) = {fu_check_wa_consent, NULL};
ROW(wa_eu) = {fu_check_lawful_basis, fu_check_eu_text_consent, fu_check_dpa,
    fu_check_notice, NULL};
ROW(wa_ca) = {fu_check_casl, fu_check_tz, NULL};
ROW(wa_us) = {fu_check_us_written, fu_check_tz, NULL};
ROW(wa_all) = {fu_check_revoked, fu_check_wa_us, fu_check_wa_template,
    fu_check_wa_engagement, fu_check_quiet_hours, NULL};

ROW(suffix) = {fu_check_send_window, fu_check_company_cap, fu_check_min_gap,
    fu_check_cap, fu_check_rate, NULL};

ROW(chat) = {check_copy, check_erased, check_suppressed, check_objected,
    check_duplicate, check_pauses, check_content, check_disclosure, NULL};
ROW(task) = {check_erased, check_objected, check_duplicate, check_pauses,
    check_ooo, check_content, fu_check_owner_hours, NULL};
/* STOP and HELP answers: owed whatever the hour, never after these. */
ROW(service) = {
    check_copy, check_erased, check_complaint, check_injection, NULL};

/* What was asked for, or is owed an address that was typed [WC-06]: no cap, no
 * gap, and no pause for the sake of that very question. */
ROW(answer) = {check_copy, check_erased, check_suppressed, check_objected,
    check_complaint, check_address, check_injection, NULL};
ROW(answer_sms) = {fu_check_answer_consent, fu_check_registered,
    fu_check_quiet_hours, NULL};
ROW(answer_wa) = {fu_check_wa_template, fu_check_quiet_hours, NULL};

static void
pass(struct fu_gate *g, fu_check *const *row)
{
	for (; *row != NULL; row++)
		(*row)(g);
}

static void
pass_places(struct fu_gate *g, fu_check *const *eu, fu_check *const *ca,
    fu_check *const *us)
{
	if (g->where.places & (FU_P_EU | FU_P_UK))
		pass(g, eu);
	if (g->where.places & FU_P_CA)
		pass(g, ca);
	if (g->where.places & FU_P_US)
		pass(g, us);
}

static void
judge(struct fu_gate *g)
{
	memset(&g->block, 0, sizeof(g->block));
	memset(&g->hold, 0, sizeof(g->hold));
	memset(&g->defer, 0, sizeof(g->defer));
	if (g->in->class == FU_TC_SERVICE) {
		pass(g, service);
		return;
	}
	if (g->in->class == FU_TC_ANSWER) {
		pass(g, answer);
		if (g->channel == FU_CH_SMS)
			pass(g, answer_sms);
		if (g->channel == FU_CH_WHATSAPP)
			pass(g, answer_wa);
		return;
	}
	if (g->channel == FU_CH_CHAT || g->channel == FU_CH_TASK) {
		pass(g, g->channel == FU_CH_CHAT ? chat : task);
		return;
	}
	pass(g, prefix);
	if (g->channel == FU_CH_EMAIL) {
		pass_places(g, email_eu, email_ca, email_us);
		pass(g, email_all);
	} else if (g->channel == FU_CH_SMS) {
		pass_places(g, sms_eu, sms_ca, sms_us);
		pass(g, sms_all);
	} else {
		pass(g, wa_any);
		pass_places(g, wa_eu, wa_ca, wa_us);
		pass(g, wa_all);
	}
	pass(g, suffix);
}

static void
prepare(struct fu_gate *g, const struct fu_gate_in *in)
{
	memset(g, 0, sizeof(*g));
	g->in = in;
	g->person = in->person;
	g->channel = in->touch->channel;
	g->consent = &in->ledger->consent[g->channel];
	g->at_us = in->now_us;
	if (g->channel == FU_CH_CHAT || g->channel == FU_CH_TASK ||
	    in->class == FU_TC_SERVICE)
		return; /* no law of a place is asked */
	fu_jurisdiction_of(in->rulebook, in->person, &g->where);
	if (g->where.unknown && in->config->law.unknown_strictest)
		g->where.places |= FU_P_EU | FU_P_CA | FU_P_US;
}

struct fu_verdict
fu_gate_decide(const struct fu_gate_in *in)
{
	struct fu_verdict v = {FU_ALLOW, FU_R_NONE, FU_NEVER, "-", NULL};
	struct fu_gate g;

	prepare(&g, in);
	if (in->ledger->broken) {
		fu_gate_says(&g, FU_R_LEDGER_ERROR, NULL);
		return (g.hold);
	}
	for (int round = 0;; round++) {
		judge(&g);
		if (fu_gate_settled(&g)) {
			/* Later it is stopped for good: then is when it is
			 * said. */
			if (round > 0)
				return (v);
			return (g.block.class != FU_ALLOW ? g.block : g.hold);
		}
		if (g.defer.class == FU_ALLOW)
			return (v);
		v = g.defer;
		g.at_us = v.until_us;
		if (round == ROUNDS_MAX || g.at_us - in->now_us > AHEAD_MAX_US)
			break;
	}
	v.class = FU_HOLD;
	v.until_us = FU_NEVER;
	v.detail = "no hour is left that all rules allow";
	return (v);
}
