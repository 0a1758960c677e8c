/*
 * What a question is about: words that can stand behind "your question
 * about", or none.
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


struct topic_case {
	const char *text, *want;	/* NULL: none */
};

static const struct topic_case good[] = {
	{ "How long does implementation take?", "implementation" },
	{ "How much does the team plan cost?", "the team plan" },
	{ "How much is the enterprise plan?", "the enterprise plan" },
	{ "What are the contract terms?", "the contract terms" },
	{ "What's the minimum contract length?",
	    "the minimum contract length" },
	{ "What's the price you quoted last week?", "the price" },
	{ "What does the enterprise plan include?", "the enterprise plan" },
	{ "What about GDPR?", "GDPR" },
	{ "When does the pilot start?", "the pilot" },
	{ "So when does the cohort start and who is in it?", "the cohort" },
	{ "Where are backups kept?", "backups" },
	{ "How is the data encrypted?", "the data" },
	{ "How does pricing work for agencies?", "pricing" },
	{ "How do you handle time zones?", "time zones" },
	{ "Hello! Does it work with Shopify? Thanks", "Shopify" },
	{ "Do you integrate with Salesforce?", "Salesforce" },
	{ "Does Harbour support SSO?", "SSO" },
	{ "Does it support HubSpot and how much is it?", "HubSpot" },
	{ "Do you support single sign-on?", "single sign-on" },
	{ "Do you support on-premise installs?", "on-premise installs" },
	{ "Do you offer 24/7 support?", "24/7 support" },
	{ "Do you have an API?", "an API" },
	{ "Do you have an uptime guarantee or an SLA?",
	    "an uptime guarantee or an SLA" },
	{ "Do you have references in our industry?", "references" },
	{ "Do you have a reference customer in Germany we could call?",
	    "a reference customer in Germany" },
	{ "Is there a mobile app available yet?", "a mobile app" },
	{ "Is there an integration with our ERP?", "an integration" },
	{ "Are there any case studies from logistics?",
	    "case studies from logistics" },
	{ "I was wondering if there is a discount for non-profits?",
	    "a discount for non-profits" },
	{ "Is SSO included in the team plan?", "SSO" },
	{ "Are discounts available?", "discounts" },
	{ "Who has access to the logs?", "the logs" },
	{ "Can it read custom fields?", "custom fields" },
	{ "Can we see the audit trail for each mail?", "the audit trail" },
	{ "Can I get a demo of the reporting module?",
	    "a demo of the reporting module" },
	{ "can we have the demo next week?", "the demo" },
	{ "Can you send me a quote for 40 seats?", "a quote for 40 seats" },
	{ "We are ready. Can you send me the contract terms and the "
	    "implementation timeline?",
	    "the contract terms and the implementation timeline" },
	{ "Could you tell me more about the API limits?", "the API limits" },
	{ "Could we talk about the price per seat?", "the price per seat" },
	{ "Our CTO asked whether you support SSO?", "SSO" },
	{ "Why don't you send me pricing?", "pricing" },
	/* what is theirs to us is ours to them */
	{ "What is your pricing?", "the pricing" },
	{ "What's your cheapest plan?", "the cheapest plan" }
};

static const struct topic_case none[] = {
	{ "Can I talk to a human?", NULL },
	{ "Are you a bot?", NULL },
	{ "Is there someone I can talk to?", NULL },
	{ "Our CTO asked: is it hosted in the EU?", NULL },
	{ "Can you cancel Thursday's meeting and move it to Friday?", NULL },
	{ "Is Thursday possible?", NULL },
	{ "How about a call tomorrow?", NULL },
	{ "How about 3pm?", NULL },
	{ "What is a good time?", NULL },
	{ "Do you have time tomorrow?", NULL },
	{ "Do you have a minute?", NULL },
	{ "Can I have two weeks to decide?", NULL },
	{ "Can we get back to you in June?", NULL },
	{ "What does it cost?", NULL },
	{ "How long does it take to start?", NULL },
	{ "Can it route by region?", NULL },
	{ "Can each keep its own rules?", NULL },
	{ "Can it read our rate sheets?", NULL },
	{ "Where is our data stored?", NULL },
	{ "What happens to our data if we leave?", NULL },
	{ "Do you have John's number?", NULL },
	{ "What are you selling?", NULL },
	{ "What is this about?", NULL },
	{ "What's included?", NULL },
	{ "Is it GDPR compliant?", NULL },
	{ "What is the catch?", NULL },
	{ "What is the next step?", NULL },
	{ "What if we leave?", NULL },
	{ "What do you think?", NULL },
	{ "Is there anything else?", NULL },
	{ "Is there a way to export everything?", NULL },
	{ "Any discount for charities?", NULL },
	{ "How does this work next to a CRM that our plants already use?",
	    NULL },
	{ "We lose leads between marketing and sales. Can you route them?",
	    NULL },
	{ "Did you get my last mail?", NULL },
	{ "Could you resend the link?", NULL },
	{ "Would you have the slides from yesterday's webinar?", NULL },
	{ "Write to <ann@x.example>, or what about ann@x.example?", NULL },
	{ "What is *that* \"thing\"?", NULL },
	{ "Do you have \"enterprise\"?", NULL },
	{ "> What about the price?", NULL },
	{ "Really?", NULL },
	{ "I like the team plan.", NULL },
	{ "\xc2\xbf" "Cu\xc3\xa1nto cuesta?", NULL },
	{ "What is the difference between the cheapest of the team plans and "
	    "the enterprise plan for logistics with routing?", NULL }
};

static int
setup(void **state)
{
	static struct phrases_fixture f;

	return (phrases_setup(state, &f));
}

static void
check(struct phrases_fixture *f, const struct topic_case *c, size_t n)
{
	struct fu_signals s;
	size_t i, wrong = 0;

	for (i = 0; i < n; i++) {
		fu_detect(f->detector, c[i].text, "email", NULL, &f->arena,
		    &s);
		if ((s.topic == NULL) != (c[i].want == NULL) ||
		    (s.topic != NULL && strcmp(s.topic, c[i].want) != 0)) {
			print_error("\"%s\": expected %s, got %s\n", c[i].text,
			    c[i].want == NULL ? "none" : c[i].want,
			    s.topic == NULL ? "none" : s.topic);
			wrong++;
		}
		fu_arena_reset(&f->arena);
	}
	if (wrong > 0)
		fail_msg("%zu of %zu are otherwise", wrong, n);
}

static void
a_topic_reads_well_behind_about(void **state)
{
	check(*state, good, sizeof(good) / sizeof(good[0]));
}

static void
what_is_no_noun_or_theirs_alone_is_none(void **state)
{
	check(*state, none, sizeof(none) / sizeof(none[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_topic_reads_well_behind_about),
		cmocka_unit_test(what_is_no_noun_or_theirs_alone_is_none),
	};

	return (cmocka_run_group_tests_name("policy/topic", tests, setup,
	    phrases_teardown));
}
