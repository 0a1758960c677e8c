/*
 * One person, one touch and everything that the gate is told of them, in its
 * most innocent form; tests change what they are about.
 */
#ifndef FU_TESTS_GATE_WORLD_H
#define FU_TESTS_GATE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "policy/gate.h"

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))

static struct fu_rulebook *book;

static inline int64_t
at(const char *s)
{
	int64_t us;

	assert_int_equal(0, fu_time_parse(fu_str_of(s), &us, NULL));
	return (us);
}

/* The shipped rules, from the tree that the test was built in. */
static inline int
load(void **state)
{
	static const char *const names[] = { "states.txt", "countries.txt",
		"country-zones.txt", "phone-zones.txt", "nanp-regions.txt",
		"addresses.txt" };
	static char text[256 * 1024];
	char path[128];
	struct fu_err err = { 0 };

	(void)state;
	book = fu_rulebook_new();
	for (size_t i = 0; i < NELEM(names); i++) {
		FILE *f;
		size_t n;

		snprintf(path, sizeof(path), "templates/rules/%s", names[i]);
		if ((f = fopen(path, "r")) == NULL)
			fail_msg("%s: run this from the top of the tree", path);
		n = fread(text, 1, sizeof(text), f);
		fclose(f);
		if (fu_rulebook_add(book, path, (struct fu_str){ text, n },
			&err) == -1)
			fail_msg("%s", err.msg);
	}
	return (0);
}

static inline int
unload(void **state)
{
	(void)state;
	fu_rulebook_free(book);
	return (0);
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

static const char *lia_scope[] = { "FR", "DE", "GB", "IE", "SE", "FI" };

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
		.ooo_until_us = FU_NEVER, .last_inbound_us = FU_NEVER,
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

static inline struct fu_verdict
decide(struct world *w)
{
	w->in.zone = fu_gate_zone(book, &w->person, w->conf.company.zone,
	    &w->known);
	return (fu_gate_decide(&w->in));
}

#define expect(w, what) expect_at(w, what, __LINE__)

/* "defer quiet_hours 2026-11-24T13:00:00Z ST-01", or a beginning of it. */
static inline void
expect_at(struct world *w, const char *what, int line)
{
	struct fu_verdict v = decide(w);
	char got[160], t[FU_TIME_LEN] = "-";

	if (v.until_us != FU_NEVER)
		fu_time_print(v.until_us, t);
	if (v.class == FU_ALLOW)
		snprintf(got, sizeof(got), "allow");
	else
		snprintf(got, sizeof(got), "%s %s %s %s",
		    fu_verdict_class_name(v.class), fu_reasons[v.reason].name,
		    t, v.rule);
	if (strncmp(got, what, strlen(what)) != 0)
		fail_msg("line %d: expected \"%s\", got \"%s\"%s%s", line,
		    what, got, v.detail != NULL ? ": " : "",
		    v.detail != NULL ? v.detail : "");
}

#endif
