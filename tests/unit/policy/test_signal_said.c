/*
 * Figures as people write them, in several languages: what they can spend, what
 * they say that they cannot, and when; and signals that stand close to others.
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

static int
setup(void **state)
{
	static struct phrases_fixture f;

	return (phrases_setup(state, &f));
}

static bool
same(const char *a, const char *b)
{
	return (a == NULL || b == NULL ? a == b : strcmp(a, b) == 0);
}

static void
what_they_can_spend(void **state)
{
	static const struct {
		const char *text;
		long long amount;	/* 0: none */
		const char *currency, *per;
	} t[] = {
		{ "We don't have a budget of 50k",
		    0, NULL, NULL },
		{ "Unser Budget ist nicht 50.000 Euro",
		    0, NULL, NULL },
		{ "Nous n'avons pas un budget de 50 000 €",
		    0, NULL, NULL },
		{ "No tenemos 50.000 euros",
		    0, NULL, NULL },
		{ "Our budget isn't 50k, more like 20k",
		    20000, NULL, NULL },
		{ "10.000-15.000 EUR im Monat",
		    15000, "EUR", "month" },
		{ "Budget: zwischen 10k und 15k EUR pro Monat",
		    15000, "EUR", "month" },
		{ "30 Tsd. Euro eingeplant",
		    30000, "EUR", NULL },
		{ "Wir haben 30 Tsd. Euro eingeplant. Passt das?",
		    30000, "EUR", NULL },
		{ "1,5 Mio. Euro",
		    1500000, "EUR", NULL },
		{ "On a environ 20 k€ pour ça",
		    20000, "EUR", NULL },
		{ "Entre 10 000 et 15 000 € par mois",
		    15000, "EUR", "month" },
		{ "Entre 5.000 y 8.000 euros al mes",
		    8000, "EUR", "month" },
		{ "25.000,50 EUR",
		    25000, "EUR", NULL },
		{ "5,000.50 USD",
		    5000, "USD", NULL },
		{ "We do not have 80k for this",
		    0, NULL, NULL },
		{ "Wir haben keine 40.000 Euro dafür",
		    0, NULL, NULL },
		{ "40.000 Euro haben wir nicht",
		    0, NULL, NULL },
		{ "Nous n'avons pas 30 000 €",
		    0, NULL, NULL },
		{ "No disponemos de 20.000 euros",
		    0, NULL, NULL },
		{ "We never had a budget of 90k",
		    0, NULL, NULL },
		{ "Not more than 50k",
		    50000, NULL, NULL },
		{ "Our budget is not 60k but 45k",
		    45000, NULL, NULL },
		{ "Not sure yet but our budget is around 50k",
		    50000, NULL, NULL },
		{ "No problem, our budget is 50k",
		    50000, NULL, NULL },
		{ "Budget: between 20k and 30k USD per year",
		    30000, "USD", "year" },
		{ "zwischen 20.000 und 25.000 Euro pro Jahr",
		    25000, "EUR", "year" },
		{ "tra 5.000 e 8.000 euro al mese",
		    8000, "EUR", "month" },
		{ "von 10k bis 12k EUR",
		    12000, "EUR", NULL },
		{ "12.500-17.500 Euro pro Jahr",
		    17500, "EUR", "year" },
		{ "ca. 25.000 Euro eingeplant",
		    25000, "EUR", NULL },
		{ "Unser Budget sind 2 Mio. Euro.",
		    2000000, "EUR", NULL },
		{ "12.999,99 EUR",
		    12999, "EUR", NULL },
		{ "Budget 1.1m USD",
		    1100000, "USD", NULL },
		{ "Nous avons environ 35 k€",
		    35000, "EUR", NULL },
		{ "Budget max. 40.000 Euro",
		    40000, "EUR", NULL },
	};
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i].text, "email", NULL, &f->arena,
		    &s);
		if (s.budget != t[i].amount ||
		    !same(s.currency, t[i].currency) ||
		    !same(s.per, t[i].per) || s.phone != NULL)
			fail_msg("\"%s\": %lld %s %s, phone %s", t[i].text,
			    (long long)s.budget, s.currency ? s.currency : "-",
			    s.per ? s.per : "-", s.phone ? s.phone : "-");
		fu_arena_reset(&f->arena);
	}
}

static void
when_they_want_it(void **state)
{
	static const struct {
		const char *text, *when;	/* NULL: no time said */
	} t[] = {
		{ "We'd go live on 03/04/2027", "on 03/04/2027" },
		{ "Go-live am 15.03.2027", "am 15.03.2027" },
		{ "Go-live soll am 15.3. sein", "am 15.3" },
		{ "Wir wollen zum 1. April starten", "zum 1. April" },
		{ "Mise en service le 1er juin", "le 1er juin" },
		{ "d'ici la fin de l'année", "d'ici la fin de l'année" },
		{ "in KW 12", "in KW 12" },
		{ "We need it running by 12/01/2027", "by 12/01/2027" },
		{ "We must decide before 30/06/2027", "before 30/06/2027" },
		{ "Livegang zum 1. Juli geplant", "zum 1. Juli" },
		{ "Start am 02.11.2027", "am 02.11.2027" },
		{ "Wir wollen ab 15.9. starten", "ab 15.9" },
		{ "Wir müssen bis zum 30.06. fertig sein", "bis zum 30.06" },
		{ "Mise en place le 15 septembre", "le 15 septembre" },
		{ "Mise en production le 3 mai", "le 3 mai" },
		{ "Wir starten in KW 38", "in KW 38" },
		{ "bis KW 7", "bis KW 7" },
		{ "im 2. Quartal 2027 wollen wir starten", "im 2. Quartal 2027" },
		{ "Stop by Tuesday", NULL },
		{ "Come by Friday", NULL },
		{ "We have 5. Marketing has 3.", NULL },
	};
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i].text, "email", NULL, &f->arena,
		    &s);
		if (!same(s.timeline, t[i].when))
			fail_msg("\"%s\": %s", t[i].text,
			    s.timeline ? s.timeline : "no time");
		fu_arena_reset(&f->arena);
	}
}

/* Has the one, has not the other. */
static void
signals_that_stand_close(void **state)
{
	static const struct {
		const char *text, *has, *lacks;
	} t[] = {
		{ "30000", NULL, "meeting" },
		{ "45", NULL, "meeting" },
		{ "1200", NULL, "meeting" },
		{ "3pm", "meeting", NULL },
		{ "ok 3 pm", "meeting", NULL },
		{ "Bitte rufen Sie mich an", "meeting", "referral" },
		{ "Rufen Sie uns bitte morgen an", "meeting", "referral" },
		{ "Schreiben Sie mir bitte", NULL, "referral" },
		{ "On peut se voir jeudi à 14h ?", "meeting",
		    "referral" },
		{ "Peut-on se parler mardi ?", NULL, "referral" },
		{ "I need a human & a quote", "asks_human", NULL },
		{ "We want a real person and a contract", "asks_human",
		    NULL },
		{ "Tenemos un presupuesto de 15.000 euros", NULL, "pricing" },
		{ "Mi presupuesto es de 8.000 euros", NULL, "pricing" },
		{ "Quiero un presupuesto para 10 usuarios", "pricing", NULL },
		{ "Bin ich hier mit einem Bot verbunden?", "asks_if_bot",
		    NULL },
		{ "Werde ich hier mit einem Chatbot verbunden?",
		    "asks_if_bot", NULL },
		/* What there is, or what they have elsewhere. */
		{ "Salesforce integration?", NULL, "implementation" },
		{ "Is there a Slack integration?", NULL, "implementation" },
		{ "Do you have an integration with SAP?", NULL, "implementation" },
		{ "Is the Slack integration included?", NULL, "implementation" },
		{ "What integrations do you offer?", NULL, "implementation" },
		{ "Does the HubSpot integration work both ways?", NULL, "implementation" },
		{ "What does the integration with Jira look like?", NULL, "implementation" },
		{ "Salesforce-Integration?", NULL, "implementation" },
		{ "Gibt es eine Integration mit Slack?", NULL, "implementation" },
		{ "Anbindung an SAP?", NULL, "implementation" },
		{ "Wie funktioniert die Integration mit Slack?", NULL, "implementation" },
		{ "Habt ihr eine Slack-Anbindung?", NULL, "implementation" },
		{ "Intégration Salesforce ?", NULL, "implementation" },
		{ "Vous proposez une intégration avec Slack ?", NULL, "implementation" },
		{ "Comment se passe l'intégration avec Slack ?", NULL, "implementation" },
		{ "¿Integración con Salesforce?", NULL, "implementation" },
		{ "¿Ofrecen integración con Slack?", NULL, "implementation" },
		{ "¿Cómo funciona la integración con SAP?", NULL, "implementation" },
		{ "Integrazione con Salesforce?", NULL, "implementation" },
		{ "Come funziona l'integrazione con Slack?", NULL, "implementation" },
		{ "Integração com Salesforce?", NULL, "implementation" },
		{ "Como funciona a integração com o Slack?", NULL, "implementation" },
		{ "Vocês fazem integração com SAP?", NULL, "implementation" },
		{ "Koppeling met Exact?", NULL, "implementation" },
		{ "Hebben jullie een koppeling met Slack?", NULL, "implementation" },
		{ "Hoe werkt de koppeling met Exact?", NULL, "implementation" },
		{ "How long does the integration take?", "implementation", NULL },
		{ "Who does the integration work for us?", "implementation", NULL },
		{ "Wie lange dauert die Integration mit SAP?", "implementation", NULL },
		{ "Combien de temps prend l'intégration ?", "implementation", NULL },
		{ "¿Quién se encarga de la integración?", "implementation", NULL },
		{ "Quanto tempo leva a integração?", "implementation", NULL },
		{ "Hoe lang duurt de koppeling?", "implementation", NULL },
		{ "Is the integration with SAP complicated?", "implementation", NULL },
		{ "We have a contract with HubSpot until December.", NULL, "contract" },
		{ "We are under contract with Salesforce till June", NULL, "contract" },
		{ "Our contract with HubSpot runs until March", NULL, "contract" },
		{ "We've signed a three-year contract with Salesforce last year", NULL, "contract" },
		{ "I'm still locked in to a contract with another vendor", NULL, "contract" },
		{ "we're tied into an annual contract with Pipedrive", NULL, "contract" },
		{ "Wir haben einen Vertrag mit HubSpot bis Dezember.", NULL, "contract" },
		{ "Unser Vertrag mit HubSpot läuft noch bis Dezember", NULL, "contract" },
		{ "Wir sind noch bis Juni an Salesforce gebunden", NULL, "contract" },
		{ "Nous avons un contrat avec HubSpot jusqu'en décembre.", NULL, "contract" },
		{ "Nous sommes engagés chez Salesforce jusqu'en juin", NULL, "contract" },
		{ "Tenemos un contrato con HubSpot hasta diciembre.", NULL, "contract" },
		{ "Abbiamo un contratto con HubSpot fino a dicembre.", NULL, "contract" },
		{ "Temos um contrato com a HubSpot até dezembro.", NULL, "contract" },
		{ "We hebben een contract met HubSpot tot december.", NULL, "contract" },
		{ "Vi har ett avtal med HubSpot till december.", NULL, "contract" },
		{ "Vi har en kontrakt med HubSpot til december", NULL, "contract" },
		{ "Mamy umowę z HubSpot do grudnia.", NULL, "contract" },
		{ "Máme smlouvu s HubSpot do prosince", NULL, "contract" },
		{ "У нас договор с HubSpot до декабря", NULL, "contract" },
		{ "HubSpotとの契約期間は12月までです", NULL, "contract" },
		{ "Can we have a contract until December?", "contract", NULL },
		{ "Do you offer a contract with a 3 month term?", "contract",
		    NULL },
		{ "We just moved from Outreach to you folks' newsletter", NULL,
		    "objection:status_quo" },
		{ "I switched from Salesloft to your product", NULL,
		    "objection:status_quo" },
		{ "We moved from Excel to HubSpot last year",
		    "objection:status_quo", NULL },
	};
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		fu_detect(f->detector, t[i].text, "email", NULL, &f->arena,
		    &s);
		if (t[i].has != NULL && !fu_signals_has(&s, t[i].has))
			fail_msg("\"%s\": no %s", t[i].text, t[i].has);
		if (t[i].lacks != NULL && fu_signals_has(&s, t[i].lacks))
			fail_msg("\"%s\": %s", t[i].text, t[i].lacks);
		fu_arena_reset(&f->arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_they_can_spend),
		cmocka_unit_test(when_they_want_it),
		cmocka_unit_test(signals_that_stand_close),
	};

	return (cmocka_run_group_tests_name("policy/signal_said", tests,
	    setup, phrases_teardown));
}
