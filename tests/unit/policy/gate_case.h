/*
 * One person, one touch and everything that the gate is told of them, in its
 * most innocent form, and the rules that it is told of: for tests, which
 * change what they are about, and for the bench.
 */
#ifndef FU_TESTS_GATE_CASE_H
#define FU_TESTS_GATE_CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/gate.h"

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))

static struct fu_rulebook *book;

/* A test's own mistake: nothing of what follows would mean anything. */
static inline void
broken(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	abort();
}

static inline int64_t
at(const char *s)
{
	int64_t us;

	if (fu_time_parse(fu_str_of(s), &us, NULL) == -1)
		broken(s, "no time");
	return (us);
}

/* The shipped rules, from the tree that the test was built in. */
static inline void
load_book(const char *templates)
{
	static const char *const names[] = { "states.txt", "countries.txt",
		"country-zones.txt", "phone-zones.txt", "nanp-regions.txt",
		"addresses.txt", "free-mail.txt" };
	static char text[256 * 1024];
	char path[1024];
	struct fu_err err = { 0 };

	book = fu_rulebook_new();
	for (size_t i = 0; i < NELEM(names); i++) {
		FILE *f;
		size_t n;

		snprintf(path, sizeof(path), "%s/rules/%s", templates,
		    names[i]);
		if ((f = fopen(path, "r")) == NULL)
			broken(path, "run this from the top of the tree");
		n = fread(text, 1, sizeof(text), f);
		fclose(f);
		if (fu_rulebook_add(book, path, (struct fu_str){ text, n },
			&err) == -1)
			broken(path, err.msg);
	}
}

/* Everything that one verdict is made of, in its most innocent form. */
struct world {
	struct fu_config	 conf;
	struct fu_touch		 touch;
	struct fu_person		 person;
	struct fu_sender	 sender;
	struct fu_ledger_state	 ledger;
	struct fu_sent_before	 sent[4];
	struct fu_assessment	 lia;
	struct fu_gate_in	 in;
	bool			 known;
};

static const char *lia_scope[] = { "FR", "DE", "GB", "IE", "SE", "FI",
	"BE", "PT", "HU" };

static inline void
world(struct world *w, enum fu_channel ch, const char *now)
{
	memset(w, 0, sizeof(*w));
	w->conf.company.name = "Example";
	w->conf.company.postal_address = "12 Mill Lane, Dublin 2";
	w->conf.company.privacy_notice = "https://www.example.com/privacy";
	w->conf.company.zone = fu_zone_open("Europe/Dublin");
	w->conf.window.days = 0x7f;
	w->conf.window.close_min = 1440;
	w->conf.law.notice.purpose = w->conf.law.notice.interest =
	    w->conf.law.notice.categories = w->conf.law.notice.recipients =
		w->conf.law.notice.authority = "told";
	w->lia = (struct fu_assessment){ .id = "lia-2026",
		.scope = { lia_scope, NELEM(lia_scope) },
		.date = { 2026, 1, 10 }, .next_review = { 2027, 1, 10 } };
	w->conf.law.assessment = &w->lia;
	w->conf.law.nassessment = 1;
	w->conf.chat.disclosure = "I am an automated assistant.";
	w->touch.channel = ch;
	w->person.f[FU_F_SOURCE] = "webinar";
	w->ledger.soft_bounce_until_us = FU_NEVER;
	for (size_t i = 0; i < FU_CHANNEL_N; i++)
		w->ledger.consent[i].expires_us =
		    w->ledger.consent[i].at_us = FU_NEVER;
	w->in = (struct fu_gate_in){ .now_us = at(now), .config = &w->conf,
		.rulebook = book, .touch = &w->touch, .person = &w->person,
		.sender = &w->sender, .ledger = &w->ledger,
		.ooo_until_us = FU_NEVER, .doubt_us = FU_NEVER,
		.last_inbound_us = FU_NEVER,
		.last_inbound_wa_us = FU_NEVER,
		.last_inbound_chat_us = FU_NEVER, .sent = w->sent,
		.sender_last_us = FU_NEVER, .company_oldest_us = FU_NEVER,
		.engagement_until_us = FU_NEVER, .composed = true,
		.has_unsubscribe = true, .has_postal_address = true,
		.carries_notice = true };
}

static inline void
consent(struct world *w, enum fu_channel ch)
{
	w->ledger.consent[ch].status = FU_C_GRANTED;
	w->ledger.consent[ch].complete = true;
	w->ledger.consent[ch].at_us = w->in.now_us - FU_DAY;
}

/* A text to a number with full written consent. */
static inline void
text_to(struct world *w, const char *phone, const char *now)
{
	world(w, FU_CH_SMS, now);
	w->person.f[FU_F_PHONE] = phone;
	w->person.f[FU_F_DNC] = "clear";
	w->person.f[FU_F_DNC_CHECKED_AT] = "2026-11-20T00:00:00Z";
	consent(w, FU_CH_SMS);
}

static inline void
mail_to(struct world *w, const char *email, const char *country)
{
	world(w, FU_CH_EMAIL, "2026-11-23T12:00:00Z");
	w->person.f[FU_F_EMAIL] = email;
	w->person.f[FU_F_COUNTRY] = country;
	w->person.f[FU_F_BASIS] = "li";
}

/* splitmix64: the same persons from the same seed, everywhere. */
static uint64_t seed;

static inline uint64_t
draw(uint64_t n)
{
	uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return ((z ^ z >> 31) % n);
}

#define PICK(a) ((a)[draw(NELEM(a))])

/* Somebody, of whom this and that is known. */
static inline void
anybody_known(struct world *w)
{
	static const char *const country[] = { NULL, "US", "US", "US", "CA",
		"DE", "FR", "GB", "BR", "SE" };
	static const char *const region[] = { NULL, "CA", "FL", "TX", "PA",
		"RI", "ON", "NY" };
	static const char *const phone[] = { NULL, "+13055550100",
		"+18505550100", "+14165550100", "+18005550100",
		"+4915112345678", "+61255501000", "+12155550100" };
	static const char *const email[] = { NULL, "a@acme.com", "a@acme.de",
		"info@acme.fr", "bob@gmail.com", "x@y.co.uk", "a@acme.ca",
		"1@vtext.com" };
	static const char *const tz[] = { NULL, NULL, "Asia/Kathmandu",
		"America/Chicago", "Pacific/Kiritimati" };
	static const char *const basis[] = { NULL, "li", "consent", "li" };
	static const char *const yesno[] = { NULL, "1", "1", "0" };
	static const char *const source[] = { "webinar", "webinar", "fair",
		"fair", "fair", "web", "web", "list", "", "scrape" };

	w->person.f[FU_F_COUNTRY] = PICK(country);
	w->person.f[FU_F_REGION] = PICK(region);
	w->person.f[FU_F_PHONE] = PICK(phone);
	w->person.f[FU_F_EMAIL] = PICK(email);
	w->person.f[FU_F_TZ] = PICK(tz);
	w->person.f[FU_F_BASIS] = PICK(basis);
	w->person.f[FU_F_JOB_FIT] = PICK(yesno);
	w->person.f[FU_F_SOURCE] = PICK(source);
	if (draw(4) != 0)
		w->person.f[FU_F_SUBSCRIBER] = "corporate";
}

/* What the ledger says of them, and what was sent before. */
static inline void
anybody_ledger(struct world *w)
{
	struct fu_ledger_state *l = &w->ledger;
	enum fu_channel ch = w->touch.channel;

	if (draw(4) != 0)
		consent(w, ch);
	l->consent[ch].complete = draw(8) != 0;
	l->consent[ch].expires_us = draw(4) == 0 ?
	    w->in.now_us + (int64_t)draw(9) * FU_DAY : FU_NEVER;
	if (draw(12) == 0)
		l->consent[ch].status = FU_C_REVOKED;
	l->suppressed = draw(10) == 0;
	l->objected = draw(30) == 0;
	l->complaint = draw(30) == 0;
	l->erased = draw(40) == 0;
	l->hard_bounce = draw(40) == 0;
	l->broken = draw(60) == 0;
	if (draw(12) == 0)
		l->soft_bounce_until_us = w->in.now_us +
		    (int64_t)draw(30) * FU_DAY;
	w->in.nsent = draw(NELEM(w->sent) + 1);
	for (size_t i = 0; i < w->in.nsent; i++) {
		w->sent[i] = (struct fu_sent_before){ w->in.now_us -
			(int64_t)draw(72) * FU_HOUR / 2, draw(2) == 0 ?
			FU_CH_SMS : FU_CH_EMAIL, (int64_t)i, draw(4) != 0 };
		if (i > 0 && w->sent[i].at_us > w->sent[i - 1].at_us)
			w->sent[i].at_us = w->sent[i - 1].at_us;
	}
}

static inline void
anybody(struct world *w)
{
	world(w, (enum fu_channel)draw(FU_CHANNEL_N), "2026-01-01T00:00:00Z");
	w->in.now_us += (int64_t)draw(366 * 86400) * FU_SECOND;
	anybody_known(w);
	anybody_ledger(w);
	w->conf.law.unknown_strictest = draw(2) == 0;
	w->conf.law.states_all = draw(4) == 0;
	w->conf.law.tz_intersect = draw(2) == 0;
	w->conf.window.days = draw(2) == 0 ? 0x7f : 0x1f;
	w->conf.window.open_min = (int)draw(12) * 60;
	w->conf.window.close_min = w->conf.window.open_min + 60 +
	    (int)draw(11) * 60;
	w->conf.limits.gap_us = (int64_t)draw(4) * FU_DAY;
	w->conf.limits.day = (int)draw(3);
	if (draw(5) == 0)
		w->in.ooo_until_us = w->in.now_us + (int64_t)draw(20) * FU_DAY;
	if (draw(5) == 0)
		w->in.pauses = (unsigned)draw(8);
	w->in.first_touch = w->in.nsent == 0;
	w->in.carries_notice = draw(8) != 0;
	w->in.has_unsubscribe = draw(12) != 0;
}

static inline struct fu_verdict
decide(struct world *w)
{
	w->in.zone = fu_gate_zone(book, &w->person, w->conf.company.zone,
	    &w->known);
	return (fu_gate_decide(&w->in));
}

#endif
