/*
 * What the gate asks of permission: basis, consent, assessment, processor,
 * notice.
 *
 * Must never read a consent from the record: only the ledger has one, with
 * its proof.
 */
#include <string.h>

#include "policy/employer.h"
#include "policy/gate_room.h"
#include "record/email.h"

enum answer { YES, NO, INCOMPLETE, EXPIRED };

/* What the ledger says of the channel; inferred consents only where the law
 * knows them. */
static enum answer
consent_of(const struct fu_gate *g, bool implied_counts)
{
	const struct fu_consent_state *c = g->consent;

	if (c->status != FU_C_GRANTED || (c->implied && !implied_counts))
		return (NO);
	if (c->expires_us != FU_NEVER && c->expires_us <= g->at_us)
		return (EXPIRED);
	if (!c->implied && !c->complete && fu_gate_commercial(g))
		return (INCOMPLETE);
	return (YES);
}

/* An incomplete or expired one carries its own rule unless told otherwise. */
static void
say_consent(struct fu_gate *g, enum answer a, const char *rule)
{
	if (a == NO)
		fu_gate_says(g, FU_R_NO_CONSENT, rule);
	else if (a == INCOMPLETE)
		fu_gate_says(g, FU_R_CONSENT_INCOMPLETE,
		    rule != NULL && strcmp(rule, "TC-01") == 0 ? NULL
							       : "GD-03");
	else if (a == EXPIRED)
		fu_gate_says(g, FU_R_CONSENT_EXPIRED, NULL);
}

static bool
basis_is(const struct fu_gate *g, const char *basis)
{
	return (fu_streq(g->person->f[FU_F_BASIS], basis));
}

void
fu_check_revoked(struct fu_gate *g)
{
	if (g->consent->status == FU_C_REVOKED)
		fu_gate_says(g, FU_R_NO_CONSENT, "LG-02b");
}

void
fu_check_lawful_basis(struct fu_gate *g)
{
	if (fu_blank(g->person->f[FU_F_BASIS]))
		fu_gate_says(g, FU_R_NO_LAWFUL_BASIS, NULL);
}

/* A desk of the company, not a person: info@, sales@. */
static bool
is_role(const struct fu_gate *g)
{
	const char *email = g->person->f[FU_F_EMAIL], *at;
	char local[FU_EMAIL_LOCAL_MAX + 1];
	size_t n;

	if (email == NULL || (at = strrchr(email, '@')) == NULL ||
	    (n = (size_t)(at - email)) >= sizeof(local) ||
	    fu_freemail(g->in->rulebook, at + 1))
		return (false);
	for (size_t i = 0; i < n; i++)
		local[i] = email[i] >= 'A' && email[i] <= 'Z'
			       ? (char)(email[i] - 'A' + 'a')
			       : email[i];
	return (
	    fu_words_has(&g->in->rulebook->role, (struct fu_str){local, n}));
}

static enum fu_mail_rule
mail_rule(const struct fu_gate *g, size_t i)
{
	const struct fu_country *c = g->where.country[i];

	if ((c->place & (FU_P_EU | FU_P_UK)) == 0)
		return (FU_MAIL_FREE);
	/* The desks' words are looked up only where they matter. */
	return (c->named != c->generic && is_role(g) ? c->generic : c->named);
}

/*
 * A subscriber of its own name [EP-01].  Not said counts as one, but for a
 * work address with a stated fit to the job, where the law looks at the job.
 */
static bool
is_individual(const struct fu_gate *g, enum fu_mail_rule rule)
{
	const char *s = g->person->f[FU_F_SUBSCRIBER];
	const char *email = g->person->f[FU_F_EMAIL];

	if (email != NULL &&
	    fu_freemail(g->in->rulebook, fu_email_domain(email)))
		return (true);
	if (s != NULL)
		return (strcmp(s, "corporate") != 0);
	return (rule != FU_MAIL_OPT_OUT_JOB || !fu_gate_flag(g, FU_F_JOB_FIT));
}

/* An address from a sale, the way out offered then and since [EP-02]. */
static bool
soft_opt_in(const struct fu_gate *g)
{
	int64_t sale = fu_gate_time(g, FU_F_SALE_AT);

	return (basis_is(g, "soft_optin") && sale != FU_NEVER &&
		sale <= g->at_us && fu_gate_flag(g, FU_F_OPTOUT_OFFERED));
}

static void
require_mail_consent(struct fu_gate *g)
{
	if (!soft_opt_in(g))
		say_consent(g, consent_of(g, false),
		    basis_is(g, "soft_optin") ? "EP-02" : "EP-01");
}

void
fu_check_mail_opt_in(struct fu_gate *g)
{
	if (!fu_gate_commercial(g))
		return;
	if (fu_gate_strictest(g))
		require_mail_consent(g);
	/* Who says "consent" must have one, wherever. */
	if (basis_is(g, "consent"))
		say_consent(g, consent_of(g, false), "EP-01");
	for (size_t i = 0; i < g->where.ncountry; i++)
		if (mail_rule(g, i) >= FU_MAIL_OPT_IN)
			require_mail_consent(g);
}

void
fu_check_mail_opt_out(struct fu_gate *g)
{
	const char *fit = g->person->f[FU_F_JOB_FIT];

	if (!fu_gate_commercial(g))
		return;
	for (size_t i = 0; i < g->where.ncountry; i++) {
		enum fu_mail_rule rule = mail_rule(g, i);
		bool unfit;

		if (rule != FU_MAIL_OPT_OUT_JOB &&
		    rule != FU_MAIL_OPT_OUT_LEGAL)
			continue;
		/* Where only the form of the subscriber counts, a fit is not
		 * asked for, but a known misfit is minded [P]. */
		unfit = rule == FU_MAIL_OPT_OUT_JOB
			    ? !fu_gate_flag(g, FU_F_JOB_FIT)
			    : fit != NULL && strcmp(fit, "1") != 0;
		if (unfit || is_individual(g, rule))
			require_mail_consent(g);
	}
}

/* Does a word of an operator's list of places mean that country? */
static bool
means(const char *word, const struct fu_country *c)
{
	if (fu_streq_nocase(word, c->code) || strcmp(word, "*") == 0 ||
	    fu_streq_nocase(word, "all"))
		return (true);
	if (c->place == FU_P_UK)
		return (fu_streq_nocase(word, "UK"));
	return (c->place == FU_P_EU &&
		(fu_streq_nocase(word, "EU") || fu_streq_nocase(word, "EEA")));
}

static bool
in_scope(const struct fu_gate *g, const struct fu_list *scope,
    const struct fu_country *c)
{
	for (size_t i = 0; i < scope->n; i++)
		if (means(scope->item[i], c) ||
		    fu_streq(scope->item[i], g->person->f[FU_F_SEGMENT]))
			return (true);
	return (false);
}

void
fu_check_lia(struct fu_gate *g)
{
	const struct fu_config *conf = g->in->config;
	const struct fu_zone *zone = conf->company.zone;
	int32_t today;

	/* Who consented is written to for that. */
	if (!basis_is(g, "li") || consent_of(g, false) == YES)
		return;
	today = fu_zone_day(zone != NULL ? zone : fu_zone_utc(), g->at_us);
	for (size_t i = 0; i < g->where.ncountry; i++) {
		const struct fu_country *c = g->where.country[i];
		bool found = false;

		if ((c->place & (FU_P_EU | FU_P_UK)) == 0)
			continue;
		for (size_t k = 0; k < conf->law.nassessment; k++) {
			const struct fu_assessment *a =
			    &conf->law.assessment[k];

			found |= in_scope(g, &a->scope, c) &&
				 (a->date.year == 0 ||
				     fu_date_days(a->date) <= today) &&
				 (a->next_review.year == 0 ||
				     fu_date_days(a->next_review) >= today);
		}
		if (!found) {
			fu_gate_says(g, FU_R_LIA_MISSING, NULL);
			fu_gate_detail(g, FU_R_LIA_MISSING, c->code);
		}
	}
}

void
fu_check_casl(struct fu_gate *g)
{
	enum answer a;

	if (!fu_gate_commercial(g))
		return;
	a = consent_of(g, true);
	if (a != INCOMPLETE)
		say_consent(g, a, "CA-01");
}

void
fu_check_eu_text_consent(struct fu_gate *g)
{
	say_consent(g, consent_of(g, false),
	    g->channel == FU_CH_WHATSAPP ? "WA-01" : "EP-01");
}

/* A number that somebody writes from is no permission to write to it, but on
 * WhatsApp, where a window says so. */
void
fu_check_answer_consent(struct fu_gate *g)
{
	say_consent(g, consent_of(g, false), NULL);
}

void
fu_check_dpa(struct fu_gate *g)
{
	const struct fu_config *conf = g->in->config;
	const struct fu_transport *t = &conf->channel[g->channel];

	if (g->channel == FU_CH_EMAIL && g->in->sender != NULL &&
	    g->in->sender->smtp != NULL)
		t = g->in->sender->smtp;
	if (t->via == NULL || strcmp(t->via, "outbox") == 0)
		return; /* stays in the house */
	for (size_t i = 0; i < g->where.ncountry; i++) {
		const struct fu_country *c = g->where.country[i];
		bool found = false;

		if ((c->place & (FU_P_EU | FU_P_UK)) == 0)
			continue;
		for (size_t k = 0; k < conf->law.nprocessor; k++) {
			const struct fu_processor *p = &conf->law.processor[k];
			bool place = p->places.n == 0;

			for (size_t n = 0; n < p->places.n; n++)
				place |= means(p->places.item[n], c);
			found |= place && !fu_blank(p->dpa) &&
				 fu_list_has(
				     &p->channels, fu_channel_name(g->channel));
		}
		if (!found)
			fu_gate_says(g, FU_R_NO_DPA, NULL);
	}
}

void
fu_check_notice(struct fu_gate *g)
{
	const struct fu_config *c = g->in->config;
	const char *collected = g->person->f[FU_F_COLLECTED];
	bool whole;

	if (!g->in->first_touch || g->person->f[FU_F_NOTICE_AT] != NULL ||
	    fu_streq(collected, "direct") || fu_streq(collected, "chat"))
		return;
	whole = !fu_blank(c->company.privacy_notice) &&
		!fu_blank(c->law.notice.purpose) &&
		!fu_blank(c->law.notice.interest) &&
		!fu_blank(c->law.notice.categories) &&
		!fu_blank(c->law.notice.recipients) &&
		!fu_blank(c->law.notice.authority);
	if (!whole || (g->in->composed && !g->in->carries_notice))
		fu_gate_says(g, FU_R_NOTICE_MISSING, NULL);
}

/* 47 CFR 64.1200(f)(9): all seven elements, or it is none. */
void
fu_check_us_written(struct fu_gate *g)
{
	say_consent(g, consent_of(g, false),
	    g->channel == FU_CH_WHATSAPP ? "WA-01" : "TC-01");
}

void
fu_check_wa_consent(struct fu_gate *g)
{
	if (consent_of(g, true) == NO)
		fu_gate_says(g, FU_R_NO_CONSENT, "WA-01");
}

void
fu_check_wireless(struct fu_gate *g)
{
	const char *email = g->person->f[FU_F_EMAIL];

	if (email != NULL && consent_of(g, false) != YES &&
	    fu_words_has(
		&g->in->rulebook->wireless, fu_str_of(fu_email_domain(email))))
		fu_gate_says(g, FU_R_NO_CONSENT, "CS-13");
}
