/*
 * The gate's reasons: the class of each, the rule that each is told under, and
 * the order in which they are found in each row of channel and place.
 */
#include "unit/policy/gate_world.h"

/* Fewer letters, in the order of outranking. */
static const char classes[] = "ADHP";

static void
RC_01_every_reason_has_its_class(void **state)
{
	static const struct {
		const char *names, class;
	} t[] = {
		{ "suppressed objected complaint erased", 'P' },
		{ "hard_bounce left_company smtputf8_unavailable", 'P' },
		{ "no_consent consent_incomplete consent_expired", 'P' },
		{ "no_lawful_basis bad_source retention_expired", 'P' },
		{ "dnc_listed wa_us_marketing duplicate_touch", 'P' },
		{ "no_postal_address no_unsub_mechanism subject_deceptive",
		    'P' },
		{ "header_injection notice_missing", 'P' },
		{ "lia_missing no_source no_dpa jurisdiction_unknown", 'H' },
		{ "tz_unknown dnc_stale reassign_check", 'H' },
		{ "sender_unregistered template_not_approved", 'H' },
		{ "auth_misaligned ledger_error no_ai_disclosure", 'H' },
		{ "reply_pending human_owned handoff_open", 'H' },
		{ "company_pause", 'H' },
		{ "stale no_new_insight missing_value noise", 'H' },
		{ "domain_paused claim_lost not_adopted spam_rate_high", 'H' },
		{ "send_window company_cap quiet_hours cap_reached", 'D' },
		{ "min_gap outside_window ooo_until soft_bounce", 'D' },
		{ "engagement_limited rate_limited", 'D' } };
	char names[64], *save, *name;
	bool found;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		snprintf(names, sizeof(names), "%s", t[i].names);
		for (name = strtok_r(names, " ", &save); name != NULL;
		    name = strtok_r(NULL, " ", &save)) {
			found = false;
			for (int r = 1; r < FU_REASON_N; r++)
				if (strcmp(fu_reasons[r].name, name) == 0) {
					found = true;
					if (classes[fu_reasons[r].class] !=
					    t[i].class)
						fail_msg("%s: expected class "
						    "%c, got %c", name,
						    t[i].class,
						    classes[fu_reasons[r]
						    .class]);
				}
			if (!found)
				fail_msg("%s: expected a reason of that name, "
				    "got none", name);
		}
	}
	for (int r = 0; r < FU_REASON_N; r++) {
		assert_non_null(fu_reasons[r].name);
		assert_non_null(fu_reasons[r].rule);
		assert_non_null(fu_reasons[r].way_out);
	}
}

static void
RC_02_the_rule_where_several_could_name_it(void **state)
{
	static const char *const rules[] = { "TC-03", "CS-04", "EM-20",
		"GD-09" };
	struct world w;
	char want[64];

	(void)state;
	/* of the event that did it */
	for (size_t i = 0; i < NELEM(rules); i++) {
		mail_to(&w, "bob@acme.example", "US");
		w.ledger.suppressed = true;
		w.ledger.suppressed_rule = rules[i];
		snprintf(want, sizeof(want), "block suppressed - %s",
		    rules[i]);
		expect_of(&w, rules[i], want);
	}
	/* the state's where it binds, or closes together with the federal */
	text_to(&w, "+13055550100", "2026-11-24T01:15:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T13:00:00Z ST-01");
	text_to(&w, "+13055550100", "2026-11-24T03:00:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T13:00:00Z ST-01");
	/* only the federal; only a second zone */
	text_to(&w, "+12125550100", "2026-11-24T03:00:00Z");
	expect(&w, "defer quiet_hours 2026-11-24T13:00:00Z TC-08");
	text_to(&w, "+14155550100", "2026-11-23T13:30:00Z");
	w.person.f[FU_F_COUNTRY] = "US";
	w.person.f[FU_F_REGION] = "NY";
	expect(&w, "defer quiet_hours 2026-11-23T16:00:00Z TC-09");
	/* a state's cap, and the operator's */
	text_to(&w, "+13055550100", "2026-11-23T17:00:00Z");
	for (int i = 0; i < 3; i++)
		w.sent[i] = (struct fu_sent_before){
			at("2026-11-23T16:00:00Z") - i * FU_HOUR, FU_CH_SMS, i,
			true };
	w.in.nsent = 3;
	expect(&w, "defer cap_reached 2026-11-24T14:00:00Z ST-02");
	w.conf.limits.day = 2;
	expect(&w, "defer cap_reached 2026-11-24T15:00:00Z P1.2");
}

/* What can be wrong, each with what puts it right. */
enum wrong {
	ERASED, SUPPRESSED, OBJECTED, COMPLAINT, HARD_BOUNCE, LEFT, DUPLICATE,
	BAD_SOURCE, RETENTION, INJECTION, BASIS, DNC_LISTED, CONSENT, COMPLETE,
	NOTICE, POSTAL, UNSUB, SUBJECT, UTF8, WA_US,
	NOT_ADOPTED, PAUSED, NO_SOURCE, REPLY, HUMAN, HANDOFF,
	COLLEAGUE, INSIGHT, LIA,
	DPA, AUTH, SPAM, DNC_STALE, REASSIGN, REGISTERED, TZ, TEMPLATE,
	DISCLOSURE, SOFT, ENGAGEMENT, WRONG_N
};

static const struct {
	const char *reason;
} wrongs[WRONG_N] = {
	[ERASED] = { "block erased" }, [SUPPRESSED] = { "block suppressed" },
	[OBJECTED] = { "block objected" },
	[COMPLAINT] = { "block complaint" },
	[HARD_BOUNCE] = { "block hard_bounce" },
	[LEFT] = { "block left_company" },
	[DUPLICATE] = { "block duplicate_touch" },
	[BAD_SOURCE] = { "block bad_source" },
	[RETENTION] = { "block retention_expired" },
	[INJECTION] = { "block header_injection" },
	[BASIS] = { "block no_lawful_basis" },
	[DNC_LISTED] = { "block dnc_listed" },
	[CONSENT] = { "block no_consent" },
	[COMPLETE] = { "block consent_incomplete" },
	[NOTICE] = { "block notice_missing" },
	[POSTAL] = { "block no_postal_address" },
	[UNSUB] = { "block no_unsub_mechanism" },
	[SUBJECT] = { "block subject_deceptive" },
	[UTF8] = { "block smtputf8_unavailable" },
	[WA_US] = { "block wa_us_marketing" },
	[NOT_ADOPTED] = { "hold not_adopted" },
	[PAUSED] = { "hold domain_paused" },
	[NO_SOURCE] = { "hold no_source" }, [REPLY] = { "hold reply_pending" },
	[HUMAN] = { "hold human_owned" }, [HANDOFF] = { "hold handoff_open" },
	[COLLEAGUE] = { "hold company_pause" },
	[INSIGHT] = { "hold no_new_insight" }, [LIA] = { "hold lia_missing" },
	[DPA] = { "hold no_dpa" }, [AUTH] = { "hold auth_misaligned" },
	[SPAM] = { "hold spam_rate_high" },
	[DNC_STALE] = { "hold dnc_stale" },
	[REASSIGN] = { "hold reassign_check" },
	[REGISTERED] = { "hold sender_unregistered" },
	[TZ] = { "hold tz_unknown" },
	[TEMPLATE] = { "hold template_not_approved" },
	[DISCLOSURE] = { "hold no_ai_disclosure" },
	[SOFT] = { "defer soft_bounce" },
	[ENGAGEMENT] = { "defer engagement_limited" } };

static void
set_ledger(struct world *w, enum wrong what, bool bad)
{
	struct fu_ledger_state *l = &w->ledger;
	struct fu_consent_state *c = &l->consent[w->touch.channel];

	switch (what) {
	case ERASED: l->erased = bad; break;
	case SUPPRESSED: l->suppressed = bad; break;
	case OBJECTED: l->objected = bad; break;
	case COMPLAINT: l->complaint = bad; break;
	case HARD_BOUNCE: l->hard_bounce = bad; break;
	case LEFT: l->left_company = bad; break;
	case CONSENT: c->status = bad ? FU_C_NONE : FU_C_GRANTED; break;
	case COMPLETE: c->complete = !bad; break;
	case REASSIGN:
		c->at_us = w->in.now_us - (bad ? 200 : 1) * FU_DAY;
		break;
	case SOFT:
		l->soft_bounce_until_us = bad ? w->in.now_us + FU_DAY :
		    FU_NEVER;
		break;
	default: break;
	}
}

static void
set_person(struct world *w, enum wrong what, bool bad)
{
	const char **f = w->person.f;

	switch (what) {
	case BAD_SOURCE: f[FU_F_SOURCE] = bad ? "scrape" : "fair"; break;
	case NO_SOURCE: f[FU_F_SOURCE] = bad ? "" : "fair"; break;
	case RETENTION:
		f[FU_F_COLLECTED_AT] = bad ? "2020-01-01T00:00:00Z" :
		    "2026-01-01T00:00:00Z";
		break;
	case BASIS: f[FU_F_BASIS] = bad ? NULL : "li"; break;
	case DNC_LISTED: f[FU_F_DNC] = bad ? "listed" : "clear"; break;
	case DNC_STALE:
		f[FU_F_DNC_CHECKED_AT] = bad ? "2026-01-01T00:00:00Z" :
		    "2026-11-20T00:00:00Z";
		break;
	case TZ: f[FU_F_TZ] = bad ? NULL : "America/New_York"; break;
	default: break;
	}
}

static void
set_rest(struct world *w, enum wrong what, bool bad)
{
	static struct fu_retention keep = { "prospects", 1000 * FU_DAY };
	struct fu_gate_in *in = &w->in;
	unsigned bit = what == REPLY ? FU_PAUSE_REPLY :
	    what == HUMAN ? FU_PAUSE_HUMAN :
	    what == HANDOFF ? FU_PAUSE_HANDOFF : FU_PAUSE_COMPANY;

	switch (what) {
	case DUPLICATE: in->duplicate = bad; break;
	case RETENTION:
		w->conf.retention = &keep;
		w->conf.nretention = 1;
		break;
	case INJECTION: in->header_injection = bad; break;
	case NOTICE:
		in->first_touch = true;
		in->carries_notice = !bad;
		break;
	case POSTAL: in->has_postal_address = !bad; break;
	case UNSUB: in->has_unsubscribe = !bad; break;
	case SUBJECT: in->subject_deceptive = bad; break;
	case UTF8: in->smtputf8_unavailable = bad; break;
	case WA_US: case TEMPLATE:
		in->template = bad ? FU_TPL_UNAPPROVED : FU_TPL_APPROVED;
		in->last_inbound_wa_us = what == WA_US && !bad ?
		    in->now_us - FU_HOUR : FU_NEVER;
		break;
	case NOT_ADOPTED: in->not_adopted = bad; break;
	case PAUSED: in->domain_paused = bad; break;
	case REPLY: case HUMAN: case HANDOFF: case COLLEAGUE:
		in->pauses = bad ? in->pauses | bit : in->pauses & ~bit;
		break;
	case INSIGHT: in->content = bad ? FU_R_NO_NEW_INSIGHT : FU_R_NONE;
		break;
	case LIA: w->conf.law.nassessment = !bad; break;
	case DPA:
		w->conf.channel[w->touch.channel].via = bad ? "post" :
		    "outbox";
		break;
	case AUTH: in->auth_misaligned = bad; break;
	case SPAM: in->spam_rate_high = bad; break;
	case REGISTERED:
		w->conf.channel[FU_CH_SMS].via = bad ? "post" : "outbox";
		break;
	case DISCLOSURE:
		w->conf.chat.disclosure = bad ? NULL : "I am a machine.";
		break;
	case ENGAGEMENT:
		in->engagement_until_us = bad ? in->now_us + FU_DAY : FU_NEVER;
		break;
	default: break;
	}
}

static void
set(struct world *w, enum wrong what, bool bad)
{
	set_ledger(w, what, bad);
	set_person(w, what, bad);
	set_rest(w, what, bad);
}

/*
 * All of them wrong at once, and one after the other put right: what is left
 * is found in that order, and nothing else is.
 */
static void
peel(struct world *w, const char *row, const enum wrong *order, size_t n)
{
	char who[64];

	w->in.composed = true;
	for (size_t i = n; i > 0; i--)
		set(w, order[i - 1], true);
	for (size_t i = 0; i < n; i++) {
		snprintf(who, sizeof(who), "%s, %zu put right", row, i);
		expect_of(w, who, wrongs[order[i]].reason);
		set(w, order[i], false);
	}
	expect_of(w, row, "allow");
}

#define PEEL(w, row, order) peel(w, row, order, NELEM(order))

static void
RC_03_the_order_that_all_channels_share(void **state)
{
	static const enum wrong order[] = { ERASED, SUPPRESSED, OBJECTED,
		COMPLAINT, HARD_BOUNCE, LEFT, DUPLICATE, BAD_SOURCE, RETENTION,
		INJECTION, NOT_ADOPTED, PAUSED, REPLY, HUMAN, HANDOFF,
		COLLEAGUE, INSIGHT };
	static const enum wrong unknown[] = { NOT_ADOPTED, PAUSED, NO_SOURCE,
		REPLY };
	struct world w;

	(void)state;
	mail_to(&w, "bob@acme.example", "US");
	PEEL(&w, "mail", order);
	mail_to(&w, "bob@acme.example", "US");
	PEEL(&w, "mail, no source", unknown);
	/* Of ends of the same instant the first in order is told. */
	mail_to(&w, "bob@acme.example", "US");
	w.in.ooo_until_us = w.ledger.soft_bounce_until_us =
	    at("2026-12-01T09:00:00Z");
	expect(&w, "defer ooo_until 2026-12-01T09:00:00Z EM-14");
	w.ledger.soft_bounce_until_us += FU_SECOND;
	expect(&w, "defer soft_bounce 2026-12-01T09:00:01Z EM-16");
	/* What would block at the end of a deferral is said then. */
	mail_to(&w, "x@corp.example", "CA");
	consent(&w, FU_CH_EMAIL);
	w.ledger.consent[FU_CH_EMAIL].expires_us = at("2026-11-30T00:00:00Z");
	w.in.ooo_until_us = at("2026-12-01T09:00:00Z");
	expect(&w, "defer ooo_until 2026-12-01T09:00:00Z EM-14");
	w.in.now_us = at("2026-12-01T09:00:00Z");
	expect(&w, "block consent_expired");
}

static void
RC_04_mail_row_by_row(void **state)
{
	static const enum wrong us[] = { SUBJECT, POSTAL, UNSUB, UTF8, AUTH,
		SPAM, SOFT };
	static const enum wrong in[] = { BASIS, CONSENT, COMPLETE, NOTICE,
		SUBJECT, POSTAL, UNSUB, DPA, AUTH, SPAM, SOFT };
	static const enum wrong out[] = { BASIS, NOTICE, SUBJECT, POSTAL,
		UNSUB, LIA, DPA, AUTH, SPAM, SOFT };
	static const enum wrong ca[] = { CONSENT, POSTAL, UNSUB, SUBJECT, AUTH,
		SPAM, SOFT };
	static const char *const outs[] = { "FR", "IE", "FI", "SE", "GB" };
	struct world w;

	(void)state;
	mail_to(&w, "bob@acme.example", "US");
	w.in.now_us = at("2026-11-24T08:00:00Z"); /* 3:00 in New York */
	w.person.f[FU_F_REGION] = "NY";
	PEEL(&w, "US", us);
	mail_to(&w, "eva@firma.example", "DE");
	consent(&w, FU_CH_EMAIL);
	PEEL(&w, "DE", in);
	for (size_t i = 0; i < NELEM(outs); i++) {
		mail_to(&w, "ann@corp.example", outs[i]);
		w.person.f[FU_F_SUBSCRIBER] = "corporate";
		w.person.f[FU_F_JOB_FIT] = "1";
		PEEL(&w, outs[i], out);
	}
	mail_to(&w, "x@corp.example", "CA");
	consent(&w, FU_CH_EMAIL);
	PEEL(&w, "CA", ca);
}

static void
RC_04_texts_row_by_row(void **state)
{
	static const enum wrong us[] = { UNSUB, DNC_STALE, REASSIGN,
		REGISTERED };
	static const enum wrong us_consent[] = { CONSENT, COMPLETE };
	static const enum wrong ca[] = { CONSENT, UNSUB, REGISTERED };
	static const enum wrong eu[] = { BASIS, CONSENT, COMPLETE, NOTICE,
		UNSUB, DPA };
	static const enum wrong wa[] = { CONSENT, BASIS, COMPLETE, NOTICE, DPA,
		TEMPLATE, ENGAGEMENT };
	static const enum wrong wa_us[] = { CONSENT, COMPLETE, WA_US };
	struct world w;

	(void)state;
	text_to(&w, "+12125550100", "2026-11-23T18:00:00Z");
	PEEL(&w, "SMS, US", us);
	/* A listed number stands before the consent that would excuse it. */
	text_to(&w, "+12125550100", "2026-11-23T18:00:00Z");
	PEEL(&w, "SMS, US, consent", us_consent);
	set(&w, DNC_LISTED, true);
	set(&w, CONSENT, true);
	expect(&w, "block dnc_listed");
	text_to(&w, "+18005550100", "2026-11-23T18:00:00Z");
	w.person.f[FU_F_COUNTRY] = "US";
	expect(&w, "hold tz_unknown - TC-09");
	text_to(&w, "+14165550100", "2026-11-23T18:00:00Z");
	PEEL(&w, "SMS, CA", ca);
	text_to(&w, "+4915112345678", "2026-11-23T12:00:00Z");
	w.person.f[FU_F_BASIS] = "consent";
	PEEL(&w, "SMS, DE", eu);
	world(&w, FU_CH_WHATSAPP, "2026-11-23T12:00:00Z");
	w.person.f[FU_F_PHONE] = "+4915112345678";
	consent(&w, FU_CH_WHATSAPP);
	PEEL(&w, "WhatsApp, DE", wa);
	world(&w, FU_CH_WHATSAPP, "2026-11-23T18:00:00Z");
	w.person.f[FU_F_PHONE] = "+12125550100";
	consent(&w, FU_CH_WHATSAPP);
	PEEL(&w, "WhatsApp, US", wa_us);
	/* by day, and never on a Sunday */
	text_to(&w, "+4915112345678", "2026-11-22T12:00:00Z");
	w.person.f[FU_F_BASIS] = "consent";
	expect(&w, "defer quiet_hours 2026-11-23T07:00:00Z");
	text_to(&w, "+14165550100", "2026-11-22T14:00:00Z");
	expect(&w, "defer quiet_hours 2026-11-22T15:00:00Z");
	text_to(&w, "+14165550100", "2026-11-23T13:30:00Z");
	expect(&w, "defer quiet_hours 2026-11-23T14:00:00Z");
}

static void
RC_04_chats_tasks_and_services(void **state)
{
	static const enum wrong chat[] = { ERASED, SUPPRESSED, OBJECTED,
		NOT_ADOPTED, REPLY, HUMAN, HANDOFF, DISCLOSURE };
	static const enum wrong task[] = { ERASED, OBJECTED, REPLY, HUMAN,
		HANDOFF };
	static const enum wrong service[] = { ERASED, COMPLAINT, INJECTION };
	struct world w;

	(void)state;
	world(&w, FU_CH_CHAT, "2026-11-23T03:00:00Z");
	w.person.f[FU_F_SOURCE] = NULL;
	PEEL(&w, "chat", chat);
	world(&w, FU_CH_TASK, "2026-11-23T12:00:00Z");
	w.person.f[FU_F_SOURCE] = NULL;
	w.ledger.suppressed = true; /* of mail; a call is not mail */
	PEEL(&w, "task", task);
	text_to(&w, "+13055550100", "2026-11-24T05:00:00Z");
	w.in.class = FU_TC_SERVICE;
	w.ledger.suppressed = true;
	w.ledger.consent[FU_CH_SMS].status = FU_C_NONE;
	PEEL(&w, "service", service);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(RC_01_every_reason_has_its_class),
		cmocka_unit_test(RC_02_the_rule_where_several_could_name_it),
		cmocka_unit_test(RC_03_the_order_that_all_channels_share),
		cmocka_unit_test(RC_04_mail_row_by_row),
		cmocka_unit_test(RC_04_texts_row_by_row),
		cmocka_unit_test(RC_04_chats_tasks_and_services)
	};

	return (cmocka_run_group_tests(tests, load, unload));
}
