/*
 * Which sentences ask us to stop, and which only sound like it: about another
 * vendor, for somebody else, until a day, or with a "not".
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "phrases.h"

static const char *const channels[] = { "email", "sms", "whatsapp" };

static int
setup(void **state)
{
	static const char *const rivals[] = { "HubSpot", "Salesforce",
		"Pipedrive" };
	static struct phrases_fixture f;

	phrases_list(&f, FU_TR_COMPETITOR_MENTION, rivals, 3);
	return (phrases_setup(state, &f));
}

/* Held for a person at most, on every channel. */
static const char *const ordinary[] = {
	"We stop using HubSpot in March.",
	"They stop using our old tool soon",
	"STOP HubSpot, start Harbour!",
	"Ich will mich nicht abmelden",
	"Hört nicht auf, tolle Mails zu schicken!",
	"Please don't unsubscribe me",
	"My colleague wants to unsubscribe",
	"Stop, that price is crazy",
	"Stop. We need to talk about pricing first.",
	"We want to stop sending newsletters manually. Can Harbour do it?",
	"Can Harbour stop emailing customers who unsubscribed?",
	"We need to quit messaging leads by hand",
	"Our leads don't contact us back",
	"No more emails from HubSpot for us, we switched!",
	"Wir möchten uns von HubSpot abmelden",
	"Can you take me off the free plan and onto pro?",
	"Remove me from the CC please, keep Bob",
	"Please stop the auto-renewal discussion, we want a yearly plan",
	"Do not contact me before January please",
	"Ne m'écrivez pas avant janvier",
	"Bitte kontaktieren Sie mich nicht vor Januar",
	"Schreiben Sie mir bitte nicht mehr an diese Adresse, "
	    "sondern an neu@acme.com",
	"I've moved: please stop using this address, use new@acme.com",
	"We will stop using Pipedrive next year.",
	"I plan to quit calling prospects myself.",
	"Our clients never answer us by mail, they do not contact us at all",
	"Unsubscribing from HubSpot was a pain",
	"No more messages from Salesforce, finally!",
	"Please take me off the waitlist and book a seat",
	"Remove me from this thread, Ann will take over",
	"My boss wants to opt out",
	"Warum sollte ich mich nicht abmelden?",
	"Bitte nicht abmelden, ich lese gern mit",
	"Mein Kunde möchte sich vom Newsletter abmelden, wie geht "
	    "das in Harbour?",
	"Hört bloß nicht auf damit",
	"Ne me désinscrivez pas !",
	"Ne nous contactez pas avant la fin mars",
	"No me den de baja, por favor",
	"No me escriban hasta septiembre",
	"Non cancellatemi dalla lista",
	"Schrijf me niet uit",
	"Não me removam da lista",
	"Please don't write to me until next month",
	"Kontaktieren Sie uns bitte nicht vor Ende März",
	"Do not email this address, use jo@new.example",
	"Bitte nicht mehr an diese Mailadresse, sondern an "
	    "jo@neu.example schreiben",
	"Does your system stop texting people at night?",
	"Can the bot quit messaging our old contacts?",
	"Stop. First tell me the price.",
	"We should stop emailing by hand, any ideas?",
	"How do I stop sending to bounced addresses?",
};

static const char *const stops[] = {
	"No más mensajes por favor",
	"Niet meer mailen aub",
	"Nie wieder anschreiben!",
	"Cesse de m'écrire",
	"Please take my name off",
	"Kindly refrain from further contact",
	"Bitte entfernen Sie meine Adresse",
	"Pas intéressé, supprimez mon adresse",
	"Kein Bedarf. Bitte löschen.",
	"No más correos por favor",
	"Ya no más mensajes",
	"Liever niet meer mailen",
	"Nooit meer schrijven aub",
	"Nie mehr kontaktieren bitte",
	"Bitte nicht mehr anschreiben",
	"Arrête de m'envoyer ça",
	"Cesse immédiatement de nous contacter",
	"Strike my number off please",
	"Please take our company off",
	"Please refrain from sending further emails",
	"I ask you to desist from any further communication",
	"Löschen Sie bitte unsere Nummer",
	"Meine Adresse bitte entfernen.",
	"Supprimez mon numéro svp",
	"Enlevez mon adresse mail, merci",
	"Danke, nein. Bitte austragen.",
	"Stop using my email address.",
	"No more emails from HubSpot or you. Unsubscribe me.",
	"They need to stop emailing me",
	"Please stop the emails",
	"I want you to stop this.",
	"stop sending me emails please",
	"Remove me from your list",
	"Please remove me from your mailing list, I have a demo with "
	    "HubSpot",
	"keine sms mehr bitte",
	"Bitte keine Mails mehr",
	"Do not contact me until further notice",
	"no me manden mas mensajes",
	"Please don't contact me again",
	"Stop emailing me, my clients hate it",
	"Could You Please Stop Emailing Me",
	"My husband said stop texting me",
	"You promised to stop emailing me!",
	"I'd like to stop receiving your newsletter",
	"Je veux plus recevoir vos mails",
};

static void
each(struct phrases_fixture *f, const char *const *text, size_t n, bool stops_it)
{
	struct fu_signals s;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < 3; k++) {
			fu_detect(f->detector, text[i], channels[k], NULL,
			    &f->arena, &s);
			if ((s.stop == FU_STOP_YES) != stops_it ||
			    fu_signals_has(&s, "opt_out") != stops_it)
				fail_msg("\"%s\" by %s: stop %d, opt_out %s",
				    text[i], channels[k], s.stop,
				    fu_signals_has(&s, "opt_out") ? "found" :
				    "not found");
			fu_arena_reset(&f->arena);
		}
}

static void
what_asks_nothing_of_us_is_held_at_most(void **state)
{
	each(*state, ordinary, sizeof(ordinary) / sizeof(ordinary[0]), false);
}

static void
what_asks_us_to_stop_does(void **state)
{
	each(*state, stops, sizeof(stops) / sizeof(stops[0]), true);
}

/* A signal that a text has, or with "!" has not. */
static void
what_is_refused_and_what_is_not(void **state)
{
	static const struct {
		const char *text, *signal;
	} t[] = {
		{ "Don't stop emailing me, I love these",
		    "!consent:email:refused" },
		{ "Never stop emailing us", "!consent:email:refused" },
		{ "Sin SMS, por favor", "consent:sms:refused" },
		{ "Nada de SMS por favor", "consent:sms:refused" },
		{ "Keine SMS bitte", "consent:sms:refused" },
		{ "Bitte keine SMS", "consent:sms:refused" },
		{ "Kein SMS", "consent:sms:refused" },
		{ "Bitte keine Textnachrichten", "consent:sms:refused" },
		{ "Geen sms graag", "consent:sms:refused" },
		{ "Sans SMS svp", "consent:sms:refused" },
		{ "No SMS, only email please", "consent:sms:refused" },
		{ "Keine E-Mails bitte", "consent:email:refused" },
		{ "Bitte keine Mails, danke", "consent:email:refused" },
	};
	struct phrases_fixture *f = *state;
	struct fu_signals s;
	bool not;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i].text, "email", NULL, &f->arena,
		    &s);
		not = t[i].signal[0] == '!';
		if (fu_signals_has(&s, t[i].signal + not) == not ||
		    fu_signals_has(&s, "opt_out"))
			fail_msg("\"%s\": %s expected, and no opt_out",
			    t[i].text, t[i].signal);
		fu_arena_reset(&f->arena);
	}
}

/* Until when they want to be let alone is no opt-out. */
static void
a_day_until_which_is_a_not_now(void **state)
{
	static const char *const t[] = {
		"Do not contact me before January please",
		"Ne m'écrivez pas avant janvier",
		"Ne nous contactez pas avant la fin mars",
		"Bitte kontaktieren Sie mich nicht vor Januar",
		"Kontaktieren Sie uns bitte nicht vor Ende März",
		"Please don't write to me until next month" };
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i], "email", NULL, &f->arena, &s);
		if (!fu_signals_has(&s, "not_now") || s.stop != FU_STOP_NO)
			fail_msg("\"%s\": not_now expected, stop %d", t[i],
			    s.stop);
		fu_arena_reset(&f->arena);
	}
}

/* What is held of them, asked for: no erasure, and they are written to. */
static void
a_request_for_a_copy_is_no_erasure(void **state)
{
	static const struct {
		const char *text;
		bool access, erasure;
	} t[] = {
		{ "Which data do you hold on me?", true, false },
		{ "subject access request under Art 15", true, false },
		{ "What do you know about me?", true, false },
		{ "I request a copy of all the data you hold about me", true,
		    false },
		{ "Under the GDPR, please tell me what you have on me", true,
		    false },
		{ "Welche Daten haben Sie über mich gespeichert?", true,
		    false },
		{ "Auskunft nach Art. 15 DSGVO bitte", true, false },
		{ "Quelles données avez-vous sur moi ?", true, false },
		{ "¿Qué datos tienen sobre mí?", true, false },
		{ "Welke gegevens hebben jullie over mij?", true, false },
		{ "Please delete all my personal data.", false, true },
		{ "I exercise my right to erasure under Article 17 GDPR",
		    false, true },
		{ "Löschen Sie alle meine Daten nach Art. 17 DSGVO", false,
		    true },
		{ "Tell me what you hold on me and then erase my data", true,
		    true },
		{ "Do you have a right to access module?", false, false },
	};
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i].text, "email", NULL, &f->arena,
		    &s);
		if (s.access != t[i].access || s.erasure != t[i].erasure)
			fail_msg("\"%s\": access %d, erasure %d", t[i].text,
			    s.access, s.erasure);
		fu_arena_reset(&f->arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_asks_nothing_of_us_is_held_at_most),
		cmocka_unit_test(what_asks_us_to_stop_does),
		cmocka_unit_test(what_is_refused_and_what_is_not),
		cmocka_unit_test(a_day_until_which_is_a_not_now),
		cmocka_unit_test(a_request_for_a_copy_is_no_erasure),
	};

	return (cmocka_run_group_tests_name("policy/signal_stop", tests,
	    setup, phrases_teardown));
}
