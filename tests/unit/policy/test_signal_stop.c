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
	"What is the capital of Peru?",
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
	"I don't want these emails to land in spam, how do you handle that?",
	"I don't want to get this wrong, can we talk?",
	"We don't want your newsletter feature, only the CRM",
	"I don't want these leads to get lost",
	"No more of these questions please, let's sign",
	"I don't need these emails forwarded, Bob has them",
	"Ich will diese Mails nicht verpassen",
	"Nimm mich bitte in den Verteiler auf",
	"Schick mir nichts Großes, nur die Preisliste",
	"Je ne veux pas rater vos mails",
	"Jag vill inte missa era mejl",
	"Nie chcę przegapić waszych maili",
	"Unsubscribe Bob from your list",
	"Do not mail me the contract, send it by post",
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
	/* No more of what comes, in every language; to whom one says "du". */
	"I don't want these emails",
	"I don't want your emails.",
	"I do not want to get these",
	"We don't want to get these messages, thanks",
	"No more of these please",
	"Please no more of this.",
	"I don't want emails like this",
	"We don't need your newsletter",
	"We have no use for these mails, please stop sending",
	"Ich will diese Mails nicht",
	"Ich möchte diese E-Mails nicht bekommen",
	"Wir wollen keine Mails von Ihnen",
	"Ich will eure Mails nicht mehr",
	"Ich brauche Ihren Newsletter nicht",
	"Bitte nichts mehr davon",
	"Keine davon mehr bitte",
	"Je ne veux pas de ces mails",
	"Je ne veux pas vos mails",
	"je veux pas de vos messages",
	"Je ne souhaite pas recevoir ces messages",
	"Plus de ça s'il vous plaît",
	"No quiero estos correos",
	"No quiero recibir sus correos",
	"no quiero tus mensajes",
	"No más de estos, por favor",
	"Non voglio queste email",
	"Non voglio ricevere le vostre mail",
	"Basta con queste mail",
	"Niente più di queste per favore",
	"Não quero estes emails",
	"Não quero receber os vossos emails",
	"Não quero seus e-mails",
	"Chega desses emails",
	"Ik wil deze mails niet",
	"Ik wil jullie berichten niet ontvangen",
	"Hier niet meer van graag",
	"Jag vill inte ha de här mejlen",
	"Jag vill inte få era mejl",
	"Jeg vil ikke have jeres mails",
	"Jeg vil ikke ha disse e-postene",
	"En halua näitä viestejä",
	"En halua teidän sähköposteja",
	"Nie chcę tych maili",
	"Nie chcę waszych wiadomości",
	"Nechci tyto e-maily",
	"Nechci vaše e-maily",
	"Nu vreau aceste emailuri",
	"Bu e-postaları istemiyorum",
	"Maillerinizi istemiyorum",
	"Я не хочу этих писем",
	"Мне не нужны ваши письма",
	"このようなメールはいりません",
	"我不想要这些邮件",
	"이런 메일은 원하지 않습니다",
	"Nem kérem ezeket az e-maileket",
	"Trag mich aus",
	"Meld mich ab",
	"Melde mich bitte vom Newsletter ab",
	"Bestell mich ab",
	"Streich mich von der Liste",
	"Lass mich in Ruhe",
	"Schick mir nichts mehr",
	"Désinscris-moi",
	"Désabonne-moi stp",
	"Enlève-moi de ta liste",
	"Retire-moi de la liste",
	"Ne m'écris plus",
	"Laisse-moi tranquille",
	"Dame de baja",
	"No me escribas más",
	"Quítame de la lista",
	"Cancellami dalla lista",
	"Toglimi dalla lista",
	"Smettila di scrivermi",
	"Non scrivermi più",
	"Lasciami in pace",
	"Tira-me da lista",
	"Remove-me da lista por favor",
	"Para de me mandar emails",
	"Não me mandes mais emails",
	"Deixa-me em paz",
	"Schrijf me uit",
	"Usuń mnie z listy",
	"Nie pisz do mnie więcej",
	"Odhlas mě",
	"Nepiš mi už",
	"Отпиши меня",
	"Не пиши мне больше",
	"Älä lähetä enää",
	"Dezabonează-mă",
	"Nu-mi mai scrie",
	"Please unsubscribe me from your mailing list",
	"UNSUBSCRIBE US FROM THIS",
	"Unsubscribe my email from this list",
	"I'd like to opt out of the demo emails",
	"I want to unsubscribe from the webinar invites",
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

/* Out of something else than what we send: a person decides.  [TC-03 (d)] */
static void
out_of_something_else_is_held(void **state)
{
	static const char *const t[] = {
		"I'd like to opt out of the demo on Friday",
		"I want to opt out of the webinar",
		"We want to opt out of the auto-renewal",
		"Please unsubscribe me from Thursday's webinar",
		"We'd like to unsubscribe from the trial",
		"Please opt me out of the demo",
		"Ich möchte mich von der Demo am Freitag abmelden",
		"Ich muss mich für das Webinar abmelden",
		"Bitte melde mich vom Webinar ab",
		"Je voudrais me désinscrire du webinaire",
		"Je souhaite me désinscrire de la démo de vendredi",
		"Quiero darme de baja del webinar",
		"Vorrei cancellarmi dal webinar",
		"Vorrei disiscrivermi dalla demo di venerdì",
		"Quero cancelar a inscrição no webinar",
		"Ik wil me afmelden voor de demo van vrijdag",
		"Graag afmelden voor het webinar",
		"Avregistrera mig från webbinariet",
		"Afmeld mig fra webinaret",
		"Proszę wypisać mnie z webinaru",
		"Odhlaste mě z webináře",
	};
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i], "email", NULL, &f->arena, &s);
		if (s.stop != FU_STOP_MAYBE)
			fail_msg("\"%s\": stop %d", t[i], s.stop);
		fu_arena_reset(&f->arena);
	}
}

/* In a chat nothing has come by mail yet: what may not is a channel. */
static void
a_channel_that_nothing_came_by_is_refused(void **state)
{
	static const char *const t[] = {
		"Please don't put me on any mailing list, I only have a "
		    "question", "no me mandéis correos, ya tengo bastantes" };
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i], "chat", NULL, &f->arena, &s);
		if (s.stop != FU_STOP_NO ||
		    !fu_signals_has(&s, "consent:email:refused"))
			fail_msg("\"%s\" in a chat: stop %d", t[i], s.stop);
		fu_detect(f->detector, t[i], "email", NULL, &f->arena, &s);
		if (s.stop != FU_STOP_YES)
			fail_msg("\"%s\" by mail: stop %d", t[i], s.stop);
		fu_arena_reset(&f->arena);
	}
}

/* As one asks a friend. */
static void
an_erasure_is_asked_for_in_familiar_words(void **state)
{
	static const char *const t[] = {
		"Lösch meine Daten",
		"Bitte lösch alle meine Daten",
		"Vernichte meine Daten",
		"Entfern meine Daten bitte",
		"borra mis datos",
		"elimina todos mis datos",
		"suprime mis datos personales",
		"supprime mes données",
		"efface mes données",
		"détruis toutes mes données",
		"cancella i miei dati",
		"elimina i miei dati",
		"distruggi tutti i miei dati",
		"rimuovi i miei dati",
		"apaga os meus dados",
		"elimina os meus dados",
		"exclui meus dados",
		"deleta meus dados",
		"remove os meus dados",
		"verwijder mijn gegevens",
		"wis mijn gegevens",
		"radera mina uppgifter",
		"slet mine data",
		"slett mine opplysninger",
		"poista tietoni",
		"poista minun tietoni",
		"usuń moje dane",
		"skasuj moje dane",
		"smaž moje údaje",
		"vymaž moje data",
		"șterge datele mele",
		"sil verilerimi",
		"verilerimi sil",
		"удали мои данные",
		"сотри мои данные",
		"töröld az adataimat",
		"διάγραψε τα δεδομένα μου",
		"hapus data saya",
	};
	static const char *const not[] = {
		"Lösch die alten Daten im Export bitte",
		"elimina i dati vecchi",
		"Ich lösche meine Daten dann selbst",
		"Kann ich meine Daten löschen?" };
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i], "email", NULL, &f->arena, &s);
		if (!s.erasure)
			fail_msg("\"%s\": no erasure", t[i]);
		fu_arena_reset(&f->arena);
	}
	for (size_t i = 0; i < sizeof(not) / sizeof(not[0]); i++) {
		fu_detect(f->detector, not[i], "email", NULL, &f->arena, &s);
		if (s.erasure)
			fail_msg("\"%s\": an erasure", not[i]);
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
		cmocka_unit_test(out_of_something_else_is_held),
		cmocka_unit_test(a_channel_that_nothing_came_by_is_refused),
		cmocka_unit_test(an_erasure_is_asked_for_in_familiar_words),
	};

	return (cmocka_run_group_tests_name("policy/signal_stop", tests,
	    setup, phrases_teardown));
}
