/*
 * What a rep reads: names, sums, spans, the sentence and the summary.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "flow/handoff_room.h"

#define NELEM(a) (sizeof(a) / sizeof((a)[0]))
#define NOW	(INT64_C(1772460000) * FU_SECOND)	/* 2026-03-02 14:00Z */

static struct fu_arena arena;

static int
setup(void **state)
{
	(void)state;
	fu_arena_init(&arena);
	return (0);
}

static int
teardown(void **state)
{
	(void)state;
	fu_arena_free(&arena);
	return (0);
}

static void
names(void **state)
{
	static const struct {
		const char *first, *last, *email, *want;
	} t[] = {
		{ "Jordan", "Meyer", "j@x.example", "Jordan M." },
		{ "Jordan", NULL, "j@x.example", "Jordan" },
		{ NULL, "Meyer", "j@x.example", "Meyer" },
		{ "Åsa", "Östberg", NULL, "Åsa Ö." },
		{ NULL, NULL, "j@x.example", "j@x.example" },
		{ " ", "", NULL, "Visitor 17" },
	};
	struct fu_person p;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		memset(&p, 0, sizeof(p));
		p.f[FU_F_FIRST_NAME] = t[i].first;
		p.f[FU_F_LAST_NAME] = t[i].last;
		p.f[FU_F_EMAIL] = t[i].email;
		assert_string_equal(t[i].want,
		    fu_handoff_name(&p, 17, &arena));
	}
}

static void
amounts(void **state)
{
	static const struct {
		const char *budget, *country, *said, *want;
	} t[] = {
		{ "48000", "US", NULL, "$48K" },
		{ "48500", NULL, NULL, "$48.5K" },
		{ "950", "GB", NULL, "£950" },
		{ "1200000", "DE", NULL, "€1.2M" },
		{ "30000", "US", "about €30,000 a year", "€30K" },
		{ "30000", "US", "30000 € a year", "€30K" },
		{ "30000", "DE", "$30k", "$30K" },
		{ "30000", "DE", "costs a lot of $", "€30K" },
		{ "30000", "CH", NULL, "30K" },
		{ "0", "US", NULL, NULL },
		{ "some", "US", NULL, NULL },
		{ NULL, "US", NULL, NULL },
	};
	struct fu_event e = { .kind = FU_K_CHAT, .from = FU_FROM_PROSPECT };
	struct fu_person p;
	const char *got;

	(void)state;
	for (size_t i = 0; i < NELEM(t); i++) {
		memset(&p, 0, sizeof(p));
		p.f[FU_F_BUDGET] = t[i].budget;
		p.f[FU_F_COUNTRY] = t[i].country;
		e.text = t[i].said;
		got = fu_handoff_amount(&p, &e, 1, &arena);
		if (t[i].want == NULL)
			assert_null(got);
		else
			assert_string_equal(t[i].want, got);
	}
}

static void
spans(void **state)
{
	(void)state;
	assert_string_equal("within 24 hours",
	    fu_handoff_within(FU_DAY, &arena));
	assert_string_equal("within 2 hours",
	    fu_handoff_within(2 * FU_HOUR, &arena));
	assert_string_equal("within 1 hour",
	    fu_handoff_within(FU_HOUR, &arena));
	assert_string_equal("within 3 days",
	    fu_handoff_within(3 * FU_DAY, &arena));
	assert_string_equal("within 90 minutes",
	    fu_handoff_within(90 * FU_MINUTE, &arena));
}

static void
quotes(void **state)
{
	(void)state;
	assert_string_equal("a b c", fu_handoff_quote("  a\n b\t\tc ", 20,
	    &arena));
	assert_string_equal("abc…", fu_handoff_quote("abcdef", 3, &arena));
	/* never in the middle of a letter */
	assert_string_equal("a…", fu_handoff_quote("aöö", 2, &arena));
	assert_null(fu_handoff_quote(NULL, 3, &arena));
}

static const char *pages[] = { "*pricing*", "*demo*" };

static struct fu_event
visit(int64_t hours_ago, const char *url)
{
	return ((struct fu_event){ .kind = FU_K_VISIT, .name = "visit",
	    .at_us = NOW - hours_ago * FU_HOUR, .arg = url });
}

static const char *
sentence(const struct fu_event *event, size_t n, enum fu_trigger trigger,
    const char *kind, const char *text)
{
	static struct fu_config config;
	struct fu_evidence v = { .trigger = trigger, .at_us = NOW,
		.kind = kind, .text = text };
	struct fu_triggers t = { .evidence = &v, .nevidence = 1,
		.any = true, .first = trigger };
	struct fu_facts f = { .event = event, .nevent = n, .now_us = NOW };

	memset(&config, 0, sizeof(config));
	config.trigger[FU_TR_RETURN_VISITS].pages =
	    (struct fu_list){ pages, NELEM(pages) };
	config.trigger[FU_TR_RETURN_VISITS].within_us = 7 * FU_DAY;
	config.trigger[FU_TR_SCORE_THRESHOLD].at = 75;
	t.met[trigger] = true;
	return (fu_handoff_sentence(&config, &f, &t, &arena));
}

static void
sentences(void **state)
{
	struct fu_event e[5] = { visit(300, "/pricing"), visit(90, "/pricing"),
		visit(40, "/blog"), visit(20, "/pricing"), visit(1, "/demo") };

	(void)state;
	assert_string_equal("visited your pricing and demo pages 3 times this "
	    "week without re-engaging the chatbot.", sentence(e, 5,
	    FU_TR_RETURN_VISITS, "visit", "x"));
	assert_string_equal("visited your pricing page twice this week "
	    "without re-engaging the chatbot.", sentence(e, 4,
	    FU_TR_SCORE_THRESHOLD, "score", "score 82, line 75"));
	e[2] = (struct fu_event){ .kind = FU_K_CHAT, .name = "chat",
		.from = FU_FROM_PROSPECT, .at_us = NOW - 30 * FU_HOUR };
	assert_string_equal("visited your pricing page twice this week and "
	    "wrote to the chatbot.", sentence(e, 4, FU_TR_TRIGGER_EVENT,
	    "visit", "/pricing"));
	assert_string_equal("crossed the line of 75 points.", sentence(e, 1,
	    FU_TR_SCORE_THRESHOLD, "score", "score 82, line 75"));
	assert_string_equal("was imported with a score of 90.", sentence(e, 1,
	    FU_TR_SCORE_THRESHOLD, "score",
	    "imported with a score of 90, line 75"));
	assert_string_equal("asked for a person in the chat: “a human "
	    "please”.", sentence(e, 0, FU_TR_ASKED_FOR_HUMAN, "chat",
	    "a human please"));
	assert_string_equal("showed buying intent in a reply: “How much?”",
	    sentence(e, 0, FU_TR_BUYING_INTENT, "reply", "How much?"));
	assert_string_equal("downloaded a document: guide.pdf.", sentence(e, 0,
	    FU_TR_TRIGGER_EVENT, "download", "guide.pdf"));
	assert_string_equal("works where a job was posted.", sentence(e, 0,
	    FU_TR_TRIGGER_EVENT, "job_posting", "job_posting"));
	assert_string_equal("replied.", sentence(e, 0, FU_TR_REPLY, "reply",
	    "replied"));
}

static struct fu_event
says(int64_t hours_ago, const char *text, const char *signals)
{
	return ((struct fu_event){ .kind = FU_K_CHAT, .name = "chat",
	    .from = FU_FROM_PROSPECT, .at_us = NOW - hours_ago * FU_HOUR,
	    .text = text, .signals = signals });
}

static void
summaries(void **state)
{
	struct fu_event e[4];
	struct fu_person p;
	struct fu_handoff_said s;

	(void)state;
	memset(&p, 0, sizeof(p));
	fu_handoff_summarise(&p, NULL, 0, &arena, &s);
	assert_string_equal("No conversation yet.", s.text);

	p.f[FU_F_INTEREST] = "CRM integration";
	p.f[FU_F_BUDGET] = "48000";
	p.f[FU_F_TIMELINE] = "Q3";
	e[0] = says(9, "Sure. How long does it take? We start in May.", NULL);
	e[1] = says(8, "Too slow for us.", "[\"objection:timing\"]");
	e[2] = says(7, "Fine then.", "[\"objection_resolved\"]");
	e[3] = says(6, "It costs too much.", "[\"objection:price\"]");
	fu_handoff_summarise(&p, e, 4, &arena, &s);
	assert_int_equal(2, s.nneed);
	assert_string_equal("How long does it take?", s.need[1]);
	assert_int_equal(1, s.nobjection);
	assert_string_equal("price (“It costs too much.”)", s.objection[0]);
	assert_string_equal("Needs: CRM integration; How long does it take? "
	    "Objects: price (“It costs too much.”). Budget $48K. Timeline Q3.",
	    s.text);
	assert_true(strlen(s.text) <= FU_SUMMARY_MAX);
	/* What the bot says is no objection of theirs. */
	e[3].from = FU_FROM_BOT;
	fu_handoff_summarise(&p, e, 4, &arena, &s);
	assert_int_equal(0, s.nobjection);
}

static void
a_demo_tells_needs_and_objections(void **state)
{
	struct fu_event e = { .kind = FU_K_DEMO, .name = "demo",
		.at_us = NOW - FU_DAY, .body = "{\"features\":[\"routing\","
		"\"routing\"],\"questions\":[\"SSO\"],"
		"\"objections\":[\"no German\"]}" };
	struct fu_person p;
	struct fu_handoff_said s;

	(void)state;
	memset(&p, 0, sizeof(p));
	fu_handoff_summarise(&p, &e, 1, &arena, &s);
	assert_int_equal(2, s.nneed);
	assert_string_equal("routing", s.need[0]);
	assert_string_equal("SSO", s.need[1]);
	assert_string_equal("no German", s.objection[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names),
		cmocka_unit_test(amounts),
		cmocka_unit_test(spans),
		cmocka_unit_test(quotes),
		cmocka_unit_test(sentences),
		cmocka_unit_test(summaries),
		cmocka_unit_test(a_demo_tells_needs_and_objections),
	};

	return (cmocka_run_group_tests(tests, setup, teardown));
}
