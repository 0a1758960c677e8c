/* What a reply says and asks, as a table of what is known and what was said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "chat/plan.h"

static const char *all[] = { "qualify", "book_demo", "objections" };
static const char *no[] = { "competitor_prices", "price_commitments" };

struct row {
	const char		*name;
	struct fu_chat_in	 in;
	struct fu_chat_state	 state;
	struct fu_signals	 said;
	bool			 came;		/* nothing was said */
	const char		*want;		/* parts, "?ask" at the end */
};

#define SIGNAL(s) { .name = { s }, .n = 1 }
#define NOTHING { .n = 0 }
#define BIT(a) (1U << (a))

static const struct row rows[] = {
	{ "the first to come is told what it is", { 0 }, { .fresh = true },
	    NOTHING, true, "disclosure hello" },
	{ "who is known is greeted with it", { .knows_topic = true },
	    { .fresh = true, .begun = true }, NOTHING, true,
	    "disclosure return" },
	{ "a step goes before it", { .knows_topic = true, .step = true },
	    { .fresh = true }, NOTHING, true, "disclosure step" },
	{ "but not while a person was called", { .knows_topic = true,
	    .step = true, .waiting = true }, { .fresh = true }, NOTHING, true,
	    "disclosure return called_already" },
	{ "an answer, then what is not known", { .asks = true,
	    .question = true, .found = true, .has_need = true }, { 0 }, NOTHING,
	    false, "answer ?timeline" },
	{ "nothing twice", { .asks = true, .question = true, .found = true,
	    .has_need = true }, { .ever = BIT(FU_ASK_TIMELINE) }, NOTHING,
	    false, "answer ?budget" },
	{ "four a visit", { .asks = true, .question = true, .found = true },
	    { .asked_visit = 4 }, NOTHING, false, "answer" },
	{ "none after a refusal", { .asks = true, .question = true,
	    .found = true }, { .refused = true }, NOTHING, false, "answer" },
	{ "a refusal", { 0 }, { .asked = FU_ASK_BUDGET },
	    { .declines = true }, false, "refused" },
	{ "a demo after two answers", { .asks = true, .question = true,
	    .found = true }, { .answered = 2 }, NOTHING, false,
	    "answer ?demo" },
	{ "no answer: a person", { .asks = true, .question = true }, { 0 },
	    NOTHING, false, "unknown ?person" },
	{ "no answer while one was called", { .asks = true, .question = true,
	    .waiting = true }, { .called_us = 1 }, NOTHING, false, "unknown" },
	{ "a statement", { .asks = true }, { 0 }, NOTHING, false,
	    "listen" },
	{ "a figure", { .asks = true, .told = true }, { 0 }, NOTHING, false,
	    "noted ?need" },
	{ "an answer to ours", { .has_need = true }, { .asked =
	    FU_ASK_TIMELINE, .ever = BIT(FU_ASK_TIMELINE) }, NOTHING, false,
	    "noted ?budget" },
	{ "called, and where they can be reached", { .called = true },
	    { 0 }, SIGNAL("asks_human"), false, "called address" },
	{ "called already, said once", { .waiting = true, .asks = true,
	    .question = true, .found = true, .has_contact = true },
	    { .called_us = FU_NEVER }, NOTHING, false,
	    "answer called_already" },
	{ "and again when asked for", { .waiting = true,
	    .has_contact = true }, { .called_us = 1 }, SIGNAL("asks_human"),
	    false, "called_already" },
	{ "a person has it", { .owned = true, .asks = true, .found = true },
	    { .fresh = true }, NOTHING, false, "" },
	{ "a bot", { .asks = true }, { 0 }, SIGNAL("asks_if_bot"), false,
	    "bot" },
	{ "no promise", { .asks = true, .question = true, .found = true },
	    { 0 }, { .bargains = true }, false, "promise ?person" },
	{ "an opt-out before all", { .asks = true, .found = true }, { 0 },
	    { .stop = FU_STOP_YES }, false, "stopped" },
	{ "erasure", { 0 }, { 0 }, { .erasure = true }, false, "erasure" },
	{ "thanks", { 0 }, { 0 }, { .thanks = true }, false, "welcome" },
	{ "a weak answer is told as one", { .asks = true, .question = true,
	    .found = true, .unsure = true }, { 0 }, NOTHING, false,
	    "nearest answer ?person" },
	{ "an objection without an answer", { .asks = true,
	    .question = true }, { 0 }, SIGNAL("objection:price"), false,
	    "heard ?person" },
	{ "a yes that asks is a question", { .asks = true, .found = true },
	    { 0 }, { .agrees = true }, false, "answer ?need" },
	{ "a meeting, when a question has an answer", { .asks = true,
	    .question = true, .found = true }, { .ever =
	    BIT(FU_ASK_NEED) }, SIGNAL("meeting"), false,
	    "answer ?timeline" },
	{ "what they said", { 0 }, { 0 }, { .asks_back = true }, false,
	    "recall" },
	{ "when somebody comes", { .waiting = true, .has_contact = true },
	    { .called_us = 1 }, { .asks_when = true }, false,
	    "called_already" },
	{ "when data are erased", { 0 }, { .last = BIT(FU_SAY_ERASURE) },
	    { .asks_when = true }, false, "erasure" },
	{ "where we are", { 0 }, { 0 }, { .asks_where = true }, false,
	    "where" },
	{ "what others charge", { .rival = true, .found = true }, { 0 },
	    NOTHING, false, "rival ?person" },
	{ "a price once more", { .figure = true }, { .last =
	    BIT(FU_SAY_PROMISE) }, NOTHING, false, "promise ?person" },
	{ "sure that you are a bot?", { .asks = true, .question = true },
	    { .last = BIT(FU_SAY_BOT) }, NOTHING, false, "bot" },
	{ "what would you send?", { .asks = true, .question = true },
	    { .asked = FU_ASK_CONSENT }, { .asks = true }, false,
	    "consent_what" },
	{ "a number for texts", { 0 }, { 0 }, { .phone = "+353871234567",
	    .names_sms = true }, false, "?consent" },
	{ "a number alone", { .told = true, .has_need = true }, { 0 },
	    { .phone = "+353871234567" }, false, "noted ?timeline" },
	{ "write to me then", { 0 }, { 0 }, { .name = { "not_now" }, .n = 1,
	    .agrees = true }, false, "?email" },
	{ "an address: may mail go there?", { 0 }, { 0 },
	    { .email = "a@x.example" }, false, "?consent" },
	{ "a consent", { 0 }, { .asked = FU_ASK_CONSENT },
	    SIGNAL("consent:email:granted"), false, "given" },
	{ "none", { 0 }, { .asked = FU_ASK_CONSENT },
	    SIGNAL("consent:email:refused"), false, "consent_no" },
};

static const char *
words(const struct fu_chat_plan *p, char *out, size_t size)
{
	*out = '\0';
	for (size_t i = 0; i < p->n; i++) {
		if (*out != '\0')
			strncat(out, " ", size - strlen(out) - 1);
		strncat(out, fu_chat_part_name(p->part[i]), size -
		    strlen(out) - 1);
	}
	if (p->ask != FU_ASK_NONE) {
		strncat(out, *out != '\0' ? " ?" : "?", size - strlen(out) -
		    1);
		strncat(out, fu_chat_ask_name(p->ask), size - strlen(out) - 1);
	}
	return (out);
}

static void
each_turn_says_what_it_should(void **state)
{
	struct fu_config	 config;
	struct fu_chat_plan	 plan;
	char			 got[200];

	(void)state;
	memset(&config, 0, sizeof(config));
	config.chat.first = (struct fu_list){ all, 3 };
	config.chat.never = (struct fu_list){ no, 2 };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fu_chat_in	 in = rows[i].in;

		in.config = &config;
		in.state = &rows[i].state;
		in.said = rows[i].came ? NULL : &rows[i].said;
		fu_chat_plan(&in, &plan);
		if (strcmp(words(&plan, got, sizeof(got)), rows[i].want) != 0)
			fail_msg("%s: \"%s\", expected \"%s\"", rows[i].name,
			    got, rows[i].want);
		assert_int_equal(plan.silent, in.owned);
	}
}

/* Whatever comes together, it never asks twice, nor while somebody was
 * called, but for their address. */
static void
it_never_asks_too_much(void **state)
{
	struct fu_config	 config;
	uint32_t		 seed = 1;

	(void)state;
	memset(&config, 0, sizeof(config));
	config.chat.first = (struct fu_list){ all, 3 };
	for (int i = 0; i < 200000; i++) {
		struct fu_chat_state	 s = { 0 };
		struct fu_signals	 said = NOTHING;
		struct fu_chat_in	 in = { .config = &config,
			.state = &s, .said = &said };
		struct fu_chat_plan	 p;

		seed = seed * 1664525u + 1013904223u;
		s.fresh = seed >> 8 & 1;
		s.refused = seed >> 9 & 1;
		s.ever = seed >> 10 & 0x1ff;
		s.asked_visit = (int)(seed >> 19 & 7);
		s.answered = (int)(seed >> 22 & 3);
		in.asks = seed >> 24 & 1;
		in.question = seed >> 25 & 1;
		in.found = seed >> 26 & 1;
		in.called = seed >> 27 & 1;
		in.waiting = !in.called && (seed >> 28 & 1);
		in.owned = seed >> 29 & 1;
		fu_chat_plan(&in, &p);
		if (p.ask == FU_ASK_NONE)
			continue;
		assert_false(in.owned || in.called || in.waiting);
		if (p.ask == FU_ASK_PERSON)
			continue;
		assert_int_equal(s.ever >> p.ask & 1, 0);
		assert_false(s.refused);
		assert_true(s.asked_visit < FU_CHAT_ASKS_VISIT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_turn_says_what_it_should),
		cmocka_unit_test(it_never_asks_too_much),
	};

	return (cmocka_run_group_tests_name("chat/plan", tests, NULL, NULL));
}
