/*
 * What the detector finds in texts by the shipped lists, and what it must
 * not; and that no bytes at all make it fall over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "phrases.h"

static const char *const rivals[] = { "HubSpot", "Salesforce", "Outreach",
	"Salesloft", "Apollo", "Pipedrive", "Intercom", "Drift" };
static const char *const titles[] = { "VP", "vice president", "director",
	"CEO", "CFO", "founder", "owner" };
static const char *const phrases[] = { "a proposal", "your pricing" };

static int
setup(void **state)
{
	static struct phrases_fixture f;

	phrases_list(&f, FU_TR_COMPETITOR_MENTION, rivals, 8);
	phrases_list(&f, FU_TR_DECISION_MAKER, titles, 7);
	phrases_list(&f, FU_TR_BUYING_INTENT, phrases, 2);
	return (phrases_setup(state, &f));
}

/* A text, and the signals that it has, in any order, blank between. */
static const struct {
	const char *text, *want;
} cases[] = {
	{ "How much does the team plan cost?", "pricing" },
	{ "Can you send me a quote for 40 seats?", "pricing" },
	{ "your pricing page is pretty", "" },
	{ "What are the contract terms?", "contract" },
	{ "How long does implementation take?", "implementation" },
	{ "We are ready to move forward.", "ready" },
	{ "We are not ready to move forward.", "" },
	{ "unsubscribe my colleague Bob", "" },
	{ "please stop bothering Bob", "" },
	{ "Please unsubscribe me", "opt_out" },
	{ "After some time I got tired of the oddities that it has.", "" },
	{ "I tried all that you have.", "" },
	{ "These emails have to stop.", "opt_out" },
	{ "this must stop now", "opt_out" },
	{ "Does it help us answer GDPR deletion requests of our customers?",
	    "" },
	{ "This is a GDPR deletion request.", "erasure" },
	{ "please process my data deletion request", "erasure" },
	{ "Make us a proposal for both plants", "buying_intent" },
	{ "We do not need a proposal", "" },
	{ "We use HubSpot today", "competitor:hubspot" },
	{ "My friend at HubSpot says hi", "" },
	{ "A former colleague from HubSpot told me about you", "" },
	{ "My brother works for HubSpot", "" },
	{ "Mein Freund bei HubSpot lässt grüßen", "" },
	{ "Mon ami chez HubSpot vous salue", "" },
	{ "Mi amigo de HubSpot te saluda", "" },
	{ "Il mio amico di HubSpot vi saluta", "" },
	{ "Mijn vriend bij HubSpot doet de groeten", "" },
	{ "My friend at Acme uses HubSpot", "competitor:hubspot" },
	{ "We moved from HubSpot to you last week", "" },
	{ "We are comparing you with Outreach and Apollo.",
	    "competitor:outreach competitor:apollo" },
	{ "I used HubSpot in my last job years ago", "" },
	{ "your outreach team wrote to me", "" },
	{ "Watched Apollo 13 last night", "" },
	{ "I'm the VP of Sales here", "decision_maker" },
	{ "our VP liked the article", "" },
	{ "our director liked the article", "" },
	{ "I'm the assistant to the CEO", "" },
	{ "I'm not the CEO", "" },
	{ "It is too expensive for us", "objection:price" },
	{ "Price is no problem at all, all good.", "" },
	{ "Cost isn't an issue for us", "" },
	{ "The price is a problem", "objection:price" },
	{ "I need to talk to a human", "asks_human" },
	{ "Can I speak to someone?", "asks_human" },
	{ "does it have a human resources module", "" },
	{ "I am a real person, by the way.", "" },
	{ "I am a human being, not a number.", "" },
	{ "I am not a bot.", "" },
	{ "My colleague said she wants to talk to a person.", "" },
	{ "> What does it cost?", "" },
	{ "> We liked it.\nWhat does it cost?", "pricing" },
	{ "Are you a bot?", "asks_if_bot" },
	{ "Can I speak to a human?", "asks_human" },
	{ "We decided against HubSpot and want to see yours",
	    "competitor:hubspot" },
	{ "not interested", "not_interested" },
	{ "Interested, send info", "interested" },
	{ "we stopped by the booth", "" },
	{ "Bob said it is too expensive, but I disagree", "" },
	{ "Jim wrote that you are too expensive; I don't think so", "" },
	{ "My friend says you are too expensive", "" },
	{ "Our CFO says it is too expensive", "objection:price" },
	{ "I said it is too expensive", "objection:price" },
	{ "It is too expensive if we pay by the month", "objection:price" },
	{ "Bob said yes, we are ready to sign", "ready" },
	{ "I can't wait to see it", "interested" },
	{ "Can't wait to get started!", "ready" },
	{ "we cannot wait to see a demo", "interested" },
	{ "We cannot wait until March, can we start now?", "ready" },
	{ "We have to wait until March", "not_now" },
	{ "can't wait to see the back of you", "" },
	{ "Does it let customers cancel a visit and stop the reminders?",
	    "" },
	{ "stop asking me for my email, does it run on linux?", "" },
	{ "Don't call me, text is fine", "consent:sms:granted" },
	{ "STOP", "opt_out" },
	{ "START", "" },
	{ "Stop promotions", "opt_out" },
	{ "I object to direct marketing", "opt_out" },
	{ "Please delete all my personal data", "erasure" },
	{ "", "" },
	{ "\xf0\x9f\x91\x8d", "" }
};

static void
signals_are_found_and_near_misses_are_not(void **state)
{
	struct phrases_fixture *f = *state;
	struct fu_signals s;
	struct fu_buf got;
	char want[256], *word, *rest;
	size_t i, n;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		fu_detect(f->detector, cases[i].text, "sms", NULL, &f->arena,
		    &s);
		fu_buf_init(&got);
		fu_signals_json(&s, &got);
		snprintf(want, sizeof(want), "%s", cases[i].want);
		n = 0;
		for (word = strtok_r(want, " ", &rest); word != NULL;
		    word = strtok_r(NULL, " ", &rest), n++)
			if (!fu_signals_has(&s, word))
				fail_msg("\"%s\": no %s in %s", cases[i].text,
				    word, got.ptr);
		if (n != s.n)
			fail_msg("\"%s\": expected [%s], got %s",
			    cases[i].text, cases[i].want, got.ptr);
		fu_buf_free(&got);
		fu_arena_reset(&f->arena);
	}
}

static const struct {
	const char *text, *want;
} extracts[] = {
	{ "Budget maximal 1.500 Euro pro Monat.",
	    "{\"budget\":{\"amount\":1500,\"currency\":\"EUR\",\"per\":\"month\"}}" },
	{ "Notre budget est de 1 500 € par mois.",
	    "{\"budget\":{\"amount\":1500,\"currency\":\"EUR\",\"per\":\"month\"}}" },
	{ "Il nostro budget è di 10.000 euro all'anno.",
	    "{\"budget\":{\"amount\":10000,\"currency\":\"EUR\",\"per\":\"year\"}}" },
	{ "O orçamento é de R$ 2.500 por mês.",
	    "{\"budget\":{\"amount\":2500,\"currency\":\"BRL\",\"per\":\"month\"}}" },
	{ "Ons budget is 900 euro per maand.",
	    "{\"budget\":{\"amount\":900,\"currency\":\"EUR\",\"per\":\"month\"}}" },
	{ "Tenemos un presupuesto de 30 mil euros.",
	    "{\"budget\":{\"amount\":30000,\"currency\":\"EUR\"}}" },
	{ "our budget is 8k a year, usd",
	    "{\"budget\":{\"amount\":8000,\"currency\":\"USD\",\"per\":\"year\"}}" },
	{ "Das Angebot des Wettbewerbers lag bei 20.000 Euro.",
	    "{}" },
	{ "Pagamos 300 euros al mes ahora.",
	    "{}" },
	{ "On veut démarrer fin T2.",
	    "{\"timeline\":{\"text\":\"fin T2\"}}" },
	{ "Queremos empezar en septiembre.",
	    "{\"timeline\":{\"text\":\"en septiembre\"}}" },
	{ "Vogliamo decidere entro fine giugno.",
	    "{\"timeline\":{\"text\":\"entro fine giugno\"}}" },
	{ "We moeten voor 1 oktober live zijn.",
	    "{\"timeline\":{\"text\":\"voor 1 oktober\"}}" },
	{ "We start in May, and the board has until the end of March to decide.",
	    "{\"timeline\":{\"text\":\"until the end of March\"}}" },
	{ "We cannot wait until March, can we start now?", "{}" },
	{ "We cannot wait until March, it has to be live in January.",
	    "{\"timeline\":{\"text\":\"in January\"}}" },
	{ "Ich bin bis Montag im Urlaub.",
	    "{}" },
	{ "Je suis en congés jusqu'au 15 août.",
	    "{}" },
	{ "Wir sind im März umgezogen und brauchen jetzt ein System.",
	    "{}" },
	{ "Nos mudamos en marzo y necesitamos una herramienta.",
	    "{}" },
	{ "Our costs went up 10% in one year, so we need a better rate",
	    "{}" },
	{ "We switched in May and need help with the import",
	    "{}" },
	{ "I need the slides from the webinar on 3 May, thanks a lot",
	    "{}" },
	{ "Our budget is 48k",
	    "{\"budget\":{\"amount\":48000}}" },
	{ "our budget was 10k last year", "{}" },
	{ "We had a budget of 10k in 2024", "{}" },
	{ "Unser Budget war letztes Jahr 10.000 Euro", "{}" },
	{ "our budget was 10k last year, this year it is 20k",
	    "{\"budget\":{\"amount\":20000}}" },
	{ "our budget is 20k, last year we had 10k",
	    "{\"budget\":{\"amount\":20000}}" },
	{ "finance approved 10k last quarter",
	    "{\"budget\":{\"amount\":10000}}" },
	{ "Unser Budget betr\xc3\xa4gt 15 T\xe2\x82\xac",
	    "{\"budget\":{\"amount\":15000,\"currency\":\"EUR\"}}" },
	{ "Budget: 15 TEUR",
	    "{\"budget\":{\"amount\":15000,\"currency\":\"EUR\"}}" },
	{ "our budget is $30k/year",
	    "{\"budget\":{\"amount\":30000,\"currency\":\"USD\","
	    "\"per\":\"year\"}}" },
	{ "We mail to 3,000 people", "{}" },
	{ "we have $30,000 a year for it",
	    "{\"budget\":{\"amount\":30000,\"currency\":\"USD\","
	    "\"per\":\"year\"}}" },
	{ "our budget is 20-30k",
	    "{\"budget\":{\"amount\":30000}}" },
	{ "We can spend between 20 and 30 thousand pounds",
	    "{\"budget\":{\"amount\":30000,\"currency\":\"GBP\"}}" },
	{ "our budget is 25 000 EUR",
	    "{\"budget\":{\"amount\":25000,\"currency\":\"EUR\"}}" },
	{ "up to CHF 25'000",
	    "{\"budget\":{\"amount\":25000,\"currency\":\"CHF\"}}" },
	{ "budget 2.5 lakh",
	    "{\"budget\":{\"amount\":250000,\"currency\":\"INR\"}}" },
	{ "HubSpot quoted us 60k, that is above our budget", "{}" },
	{ "we make $2m a year in revenue", "{}" },
	{ "we have 20 users", "{\"seats\":20}" },
	{ "We are a 1,200-person company", "{\"company_size\":1200}" },
	{ "2500", "{}" },
	{ "There were 200 people at your talk", "{}" },
	{ "I am the CFO", "{\"title\":\"CFO\"}" },
	{ "our CFO decides", "{}" },
	{ "Thanks for this.\n\nRobert Example\nVP Procurement",
	    "{\"title\":\"VP Procurement\"}" },
	{ "write to ann@x.example.",
	    "{\"email\":\"ann@x.example\"}" },
	{ "it is +44 7700 900461",
	    "{\"phone\":\"+447700900461\"}" },
	{ "my number is 415 555 0148",
	    "{\"phone\":\"+14155550148\"}" },
	{ "order 88213 of 2026-05-01", "{}" },
	{ "we need it by the end of Q3",
	    "{\"timeline\":{\"text\":\"by the end of Q3\"}}" },
	{ "next quarter", "{\"timeline\":{\"text\":\"next quarter\"}}" },
	{ "can we have the demo next week?",
	    "{\"topic\":\"the demo\"}" },
	{ "Hello! Does it work with Shopify? Thanks",
	    "{\"topic\":\"Shopify\"}" }
};

static void
facts_are_extracted_as_written(void **state)
{
	struct phrases_fixture *f = *state;
	struct fu_signals s;
	struct fu_buf got;
	size_t i;

	for (i = 0; i < sizeof(extracts) / sizeof(extracts[0]); i++) {
		fu_detect(f->detector, extracts[i].text, "email", NULL,
		    &f->arena, &s);
		fu_buf_init(&got);
		fu_extracted_json(&s, &got);
		if (strcmp(got.ptr, extracts[i].want) != 0)
			fail_msg("\"%s\": expected %s, got %s",
			    extracts[i].text, extracts[i].want, got.ptr);
		fu_buf_free(&got);
		fu_arena_reset(&f->arena);
	}
}

static void
flags_and_context(void **state)
{
	struct phrases_fixture *f = *state;
	struct fu_signals s;

	fu_detect(f->detector, "Don't call me, text is fine", "sms", NULL,
	    &f->arena, &s);
	assert_true(s.voice_optout);
	assert_int_equal(s.stop, FU_STOP_NO);
	fu_detect(f->detector, "End of month works for me", "sms", NULL,
	    &f->arena, &s);
	assert_int_equal(s.stop, FU_STOP_MAYBE);
	assert_false(fu_signals_has(&s, "opt_out"));
	fu_detect(f->detector, "I object to direct marketing", "email", NULL,
	    &f->arena, &s);
	assert_true(s.objection);
	assert_int_equal(s.stop, FU_STOP_YES);
	fu_detect(f->detector, "sure", "chat", "May we email you about it?",
	    &f->arena, &s);
	assert_true(fu_signals_has(&s, "consent:email:granted"));
	fu_detect(f->detector, "no", "chat", "May we text you about it?",
	    &f->arena, &s);
	assert_true(fu_signals_has(&s, "consent:sms:refused"));
	fu_detect(f->detector, "20k", "chat", "What is your budget?",
	    &f->arena, &s);
	assert_int_equal(s.budget, 20000);
	fu_detect(f->detector, "Hi. What does it cost? And when?", "chat",
	    NULL, &f->arena, &s);
	assert_string_equal(s.question, "What does it cost?");
	fu_detect(f->detector, "YES", "sms", NULL, &f->arena, &s);
	assert_true(s.yes);
	assert_true(fu_signals_has(&s, "objection:") == false);
}

/* The ladder as the detector has it, on every channel that we write by. */
static void
TC_03_the_detector_reads_the_ladder(void **state)
{
	static const struct {
		const char *text;
		enum fu_stop want;
	} t[] = {
		{ " Stop. ", FU_STOP_YES }, { "STOP!!!", FU_STOP_YES },
		{ "pls stop texting me", FU_STOP_YES },
		{ "Opt-out", FU_STOP_YES },
		{ "\xef\xbc\xb3\xef\xbc\xb4\xef\xbc\xaf\xef\xbc\xb0",
		    FU_STOP_YES },		/* full width */
		{ "Unsubscribe please", FU_STOP_YES },
		{ "STPO", FU_STOP_YES }, { "sotp", FU_STOP_YES },
		{ "End of month works for me", FU_STOP_MAYBE },
		{ "cancel my 3pm meeting", FU_STOP_MAYBE },
		{ "please cancel today's demo", FU_STOP_MAYBE },
		{ "cancel tomorrow please", FU_STOP_MAYBE },
		{ "Stop by Tuesday", FU_STOP_MAYBE },
		{ "I can't stop thinking about your demo", FU_STOP_MAYBE },
		{ "Why don't you send me pricing?", FU_STOP_NO },
		{ "don't forget to send the deck", FU_STOP_NO },
		{ "Don't call me, text is fine", FU_STOP_NO },
		{ "spot", FU_STOP_NO } };
	static const char *const channel[] = { "sms", "whatsapp", "email" };
	struct phrases_fixture *f = *state;
	struct fu_signals s;
	size_t i, k;

	for (i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		for (k = 0; k < sizeof(channel) / sizeof(channel[0]); k++) {
			fu_detect(f->detector, t[i].text, channel[k], NULL,
			    &f->arena, &s);
			if (s.stop != t[i].want)
				fail_msg("\"%s\" by %s: expected stop %d, got "
				    "%d", t[i].text, channel[k], t[i].want,
				    s.stop);
			if (fu_signals_has(&s, "opt_out") !=
			    (t[i].want == FU_STOP_YES))
				fail_msg("\"%s\" by %s: opt_out %s", t[i].text,
				    channel[k], t[i].want == FU_STOP_YES ?
				    "expected, got none" : "not expected");
			/* text, not calls */
			if (s.voice_optout != (strncmp(t[i].text, "Don't call",
			    10) == 0))
				fail_msg("\"%s\" by %s: no more calls: %d",
				    t[i].text, channel[k], s.voice_optout);
			fu_arena_reset(&f->arena);
		}
}

/* Fragments that meet the code's own cases, between random bytes. */
static void
no_bytes_break_it(void **state)
{
	static const char *const bits[] = { "stop", " ", "'", "\"", "@", "$",
		"20-30k", "\xe2\x80\x93", ".", "?", "\n", "VP of", "(", "+44",
		"\xff", "\xf0\x9f", "budget", "between 1 and ", "999999999999",
		"www.", "Apollo", "\xe2\x80\x9c", "I'm the ", "1,000,000.5m" };
	struct phrases_fixture *f = *state;
	struct fu_signals s;
	struct fu_buf out;
	char text[600];
	const char *env = getenv("SEED");
	unsigned seed;
	size_t i, k, n;

	seed = env != NULL ? (unsigned)strtoul(env, NULL, 10) :
	    (unsigned)time(NULL);
	print_message("SEED=%u\n", seed);
	srandom(seed);
	fu_buf_init(&out);
	for (i = 0; i < 3000; i++) {
		for (n = 0; n < sizeof(text) - 20 && random() % 40 != 0;) {
			if (random() % 3 == 0) {
				text[n++] = (char)(1 + random() % 255);
				continue;
			}
			k = (size_t)random() % (sizeof(bits) / sizeof(bits[0]));
			memcpy(text + n, bits[k], strlen(bits[k]));
			n += strlen(bits[k]);
		}
		text[n] = '\0';
		/* text of libfu is valid UTF-8; words must still not trust it */
		fu_detect(f->detector, text, i % 2 ? "sms" : "email",
		    i % 3 ? NULL : text, &f->arena, &s);
		assert_true(s.n <= FU_SIGNALS_MAX);
		if (fu_utf8_valid(text, n)) {
			fu_buf_reset(&out);
			fu_signals_json(&s, &out);
			fu_extracted_json(&s, &out);
		}
		fu_arena_reset(&f->arena);
	}
	fu_buf_free(&out);
}

/*
 * Texts of many languages, labelled before the lists were written.  Not all
 * are read as labelled: nine of ten signals are, and each opt-out but few.
 */
static void
labelled_texts_are_read(void **state)
{
	struct phrases_fixture *f = *state;
	FILE *in = fopen("tests/unit/policy/inbound.ndjson", "r");
	size_t hit = 0, missed = 0, wrong = 0, i, n, there;
	char line[8192];
	struct fu_object o;
	struct fu_signals s;
	struct fu_json *item;

	assert_non_null(in);
	while (fgets(line, sizeof(line), in) != NULL) {
		assert_int_equal(0, fu_json_object(&f->arena,
		    fu_str_trim(fu_str_of(line)), &o, NULL));
		fu_detect(f->detector, fu_json_text(&f->arena,
		    fu_json_get(&o, "text")), fu_json_text(&f->arena,
		    fu_json_get(&o, "channel")), NULL, &f->arena, &s);
		item = fu_json_items(&f->arena, fu_json_get(&o, "signals"),
		    &n);
		for (there = i = 0; i < n; i++)
			there += fu_signals_has(&s, fu_json_text(&f->arena,
			    &item[i]));
		hit += there;
		missed += n - there;
		wrong += s.n - there;
		fu_arena_reset(&f->arena);
	}
	fclose(in);
	if (2 * hit * 10 < 9 * (2 * hit + missed + wrong))
		fail_msg("F1 below 0.9: %zu found, %zu missed, %zu wrong; "
		    "build/tests/bench/signals -m tells which", hit, missed,
		    wrong);
}

static void
lists_say_where_they_are_wrong(void **state)
{
	struct fu_phrase_file file = { .name = "signals.txt" };
	struct fu_err err;

	(void)state;
	file.text = "# fine\nlost phrase\n";
	assert_null(fu_detector_new(NULL, &file, 1, &err));
	assert_string_equal(err.msg,
	    "signals.txt:2: a phrase before the first [section]");
	file.text = "[pricing]\n@nobody knows\n";
	assert_null(fu_detector_new(NULL, &file, 1, &err));
	assert_string_equal(err.msg,
	    "signals.txt:2: no words are named \"@nobody\"");
	file.text = "[pricing]\nwhat {is it\n";
	assert_null(fu_detector_new(NULL, &file, 1, &err));
	assert_string_equal(err.msg,
	    "signals.txt:2: \"{is it\": a bracket that is not closed");
	file.name = "signals-de.txt";
	file.text = "[pricing]\n@me knows\n@me = @me|you\n";
	assert_null(fu_detector_new(NULL, &file, 1, &err));
	assert_string_equal(err.msg,
	    "signals-de.txt:2: no words are named \"@me\"");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signals_are_found_and_near_misses_are_not),
		cmocka_unit_test(facts_are_extracted_as_written),
		cmocka_unit_test(flags_and_context),
		cmocka_unit_test(TC_03_the_detector_reads_the_ladder),
		cmocka_unit_test(no_bytes_break_it),
		cmocka_unit_test(labelled_texts_are_read),
		cmocka_unit_test(lists_say_where_they_are_wrong),
	};

	return (cmocka_run_group_tests_name("policy/signal", tests, setup,
	    phrases_teardown));
}
