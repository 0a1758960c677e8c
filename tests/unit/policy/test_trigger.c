/*
 * Each trigger with what fires it and what only looks like it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "policy/trigger.h"

#define NOW	(INT64_C(1772460000) * FU_SECOND)	/* 2026-03-02 14:00Z */
#define EVENTS_MAX 12

static const char *const pages[] = { "*pricing*", "*demo*" };
static const char *const titles[] = { "vp", "director", "ceo" };
static struct fu_pattern patterns[] = { { "visit", "*pricing*" },
	{ "job_posting", NULL } };

struct row {
	enum fu_kind	 kind;
	int64_t		 ago;		/* hours before NOW */
	enum fu_from	 from;
	const char	*arg, *signals, *body;
};

struct one {
	const char	*name;
	enum fu_trigger	 trigger;
	bool		 want;
	struct row	 row[EVENTS_MAX];
	int64_t		 consumed;	/* hours before NOW; 0: nothing */
	bool		 title_used, on_reply_stop;
};

#define VISIT(h, url)	{ FU_K_VISIT, h, FU_FROM_NONE, url, NULL, NULL }
#define SAYS(h, s)	{ FU_K_CHAT, h, FU_FROM_PROSPECT, NULL, s, NULL }
#define BOT(h)		{ FU_K_CHAT, h, FU_FROM_BOT, NULL, NULL, NULL }
#define SENT(h)		{ FU_K_SENT, h, FU_FROM_NONE, NULL, NULL, NULL }
#define REPLY(h, s)	{ FU_K_REPLY, h, FU_FROM_NONE, NULL, s, NULL }
#define FORM(h, b)	{ FU_K_FORM, h, FU_FROM_NONE, NULL, NULL, b }
#define PRICE		"[\"objection:price\"]"

static const struct one cases[] = {
	{ "asks for a person", FU_TR_ASKED_FOR_HUMAN, true,
	    { SAYS(1, "[\"asks_human\"]") }, 0, false, false },
	{ "our own bot's words", FU_TR_ASKED_FOR_HUMAN, false,
	    { { FU_K_CHAT, 1, FU_FROM_BOT, NULL, "[\"asks_human\"]", NULL } },
	    0, false, false },
	{ "pricing asked", FU_TR_BUYING_INTENT, true,
	    { SAYS(1, "[\"pricing\"]") }, 0, false, false },
	{ "an operator's phrase", FU_TR_BUYING_INTENT, true,
	    { REPLY(1, "[\"buying_intent\"]") }, 0, false, false },
	{ "a meeting is no buying", FU_TR_BUYING_INTENT, false,
	    { SAYS(1, "[\"meeting\"]") }, 0, false, false },
	{ "four days old", FU_TR_BUYING_INTENT, false,
	    { SAYS(96, "[\"pricing\"]") }, 0, false, false },
	{ "three days old", FU_TR_BUYING_INTENT, true,
	    { SAYS(72, "[\"pricing\"]") }, 0, false, false },
	{ "consumed", FU_TR_BUYING_INTENT, false,
	    { SAYS(5, "[\"pricing\"]") }, 5, false, false },
	{ "newer than consumed", FU_TR_BUYING_INTENT, true,
	    { SAYS(4, "[\"pricing\"]") }, 5, false, false },
	{ "three visits in a week", FU_TR_RETURN_VISITS, true,
	    { VISIT(100, "/pricing"), VISIT(50, "/demo"),
		VISIT(1, "/pricing") }, 0, false, false },
	{ "two visits", FU_TR_RETURN_VISITS, false,
	    { VISIT(50, "/demo"), VISIT(1, "/pricing") }, 0, false, false },
	{ "three visits in nine days", FU_TR_RETURN_VISITS, false,
	    { VISIT(216, "/pricing"), VISIT(50, "/demo"),
		VISIT(1, "/pricing") }, 0, false, false },
	{ "three visits, the newest old", FU_TR_RETURN_VISITS, false,
	    { VISIT(120, "/pricing"), VISIT(110, "/demo"),
		VISIT(100, "/pricing") }, 0, false, false },
	{ "other pages", FU_TR_RETURN_VISITS, false,
	    { VISIT(3, "/blog"), VISIT(2, "/pricing"), VISIT(1, "/pricing") },
	    0, false, false },
	{ "a competitor", FU_TR_COMPETITOR_MENTION, true,
	    { SAYS(1, "[\"meeting\",\"competitor:hubspot\"]") }, 0, false,
	    false },
	{ "no competitor", FU_TR_COMPETITOR_MENTION, false,
	    { SAYS(1, "[\"objection:price\"]") }, 0, false, false },
	{ "a title in a form", FU_TR_DECISION_MAKER, true,
	    { FORM(1, "{\"title\":\"VP of Sales\"}") }, 0, false, false },
	{ "a title in a form, once", FU_TR_DECISION_MAKER, false,
	    { FORM(1, "{\"title\":\"VP of Sales\"}") }, 0, true, false },
	{ "an assistant's", FU_TR_DECISION_MAKER, false,
	    { FORM(1, "{\"title\":\"Assistant to the CEO\"}") }, 0, false,
	    false },
	{ "a title in words", FU_TR_DECISION_MAKER, true,
	    { SAYS(1, "[\"decision_maker\"]") }, 0, false, false },
	{ "raised again after two answers", FU_TR_STALLED_OBJECTION, true,
	    { SAYS(9, PRICE), BOT(8), SAYS(7, PRICE), BOT(6),
		SAYS(5, PRICE) }, 0, false, false },
	{ "touches answer too", FU_TR_STALLED_OBJECTION, true,
	    { SAYS(200, PRICE), SENT(150), SENT(50), REPLY(5, PRICE) }, 0,
	    false, false },
	{ "one breath is one answer", FU_TR_STALLED_OBJECTION, false,
	    { SAYS(9, PRICE), BOT(8), BOT(7), SAYS(5, PRICE) }, 0, false,
	    false },
	{ "another objection", FU_TR_STALLED_OBJECTION, false,
	    { SAYS(9, PRICE), BOT(8), SAYS(7, "[\"objection:trust\"]"),
		BOT(6), SAYS(5, "[\"objection:timing\"]") }, 0, false, false },
	{ "resolved between", FU_TR_STALLED_OBJECTION, false,
	    { SAYS(9, PRICE), BOT(8), SAYS(7, "[\"objection_resolved\"]"),
		BOT(6), SAYS(5, PRICE) }, 0, false, false },
	{ "a page of the list", FU_TR_TRIGGER_EVENT, true,
	    { VISIT(1, "https://x.example/pricing") }, 0, false, false },
	{ "a job posting", FU_TR_TRIGGER_EVENT, true,
	    { { FU_K_JOB_POSTING, 1, FU_FROM_NONE, NULL, NULL, NULL } }, 0,
	    false, false },
	{ "another page", FU_TR_TRIGGER_EVENT, false,
	    { VISIT(1, "https://x.example/blog") }, 0, false, false },
	{ "a reply", FU_TR_REPLY, true, { REPLY(1, NULL) }, 0, false, false },
	{ "a reply, of a cadence that stops", FU_TR_REPLY, false,
	    { REPLY(1, NULL) }, 0, false, true },
	{ "a reply that opts out", FU_TR_REPLY, false,
	    { REPLY(1, "[\"opt_out\"]") }, 0, false, false },
	{ "an absence note", FU_TR_REPLY, false,
	    { { FU_K_AUTO_REPLY, 1, FU_FROM_NONE, NULL, NULL, NULL } }, 0,
	    false, false },
	{ "signals that are no JSON", FU_TR_BUYING_INTENT, false,
	    { SAYS(1, "pricing") }, 0, false, false }
};

static void
configure(struct fu_config *config)
{
	struct fu_trigger_conf *t = config->trigger;
	int i;

	memset(config, 0, sizeof(*config));
	for (i = 0; i < FU_TRIGGER_N; i++)
		t[i].on = true;
	t[FU_TR_SCORE_THRESHOLD].at = 75;
	t[FU_TR_RETURN_VISITS].visits = 3;
	t[FU_TR_RETURN_VISITS].within_us = 7 * FU_DAY;
	t[FU_TR_RETURN_VISITS].pages.item = (const char **)pages;
	t[FU_TR_RETURN_VISITS].pages.n = 2;
	t[FU_TR_STALLED_OBJECTION].attempts = 2;
	t[FU_TR_DECISION_MAKER].lines.item = (const char **)titles;
	t[FU_TR_DECISION_MAKER].lines.n = 3;
	t[FU_TR_TRIGGER_EVENT].events = patterns;
	t[FU_TR_TRIGGER_EVENT].nevents = 2;
}

static void
run(const struct fu_triggers_in *in, struct fu_arena *arena,
    struct fu_triggers *out)
{
	struct fu_trigger_set *set;
	struct fu_faults faults;
	struct fu_err err;

	fu_faults_init(&faults);
	set = fu_trigger_set_new(in->config, &faults, &err);
	assert_non_null(set);
	assert_int_equal(fu_triggers_met(set, in, arena, out, &err), 0);
	fu_trigger_set_free(set);
	fu_faults_free(&faults);
}

static const struct fu_person no_record;
static const struct fu_subject nobody = { .person = &no_record };

static void
each_fires_and_its_near_miss_does_not(void **state)
{
	struct fu_config config;
	struct fu_facts facts;
	struct fu_event events[EVENTS_MAX];
	struct fu_triggers out;
	struct fu_arena arena;
	size_t i, k;

	(void)state;
	configure(&config);
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct one *c = &cases[i];
		struct fu_triggers_in in = { .config = &config,
			.facts = &facts, .title_used = c->title_used,
			.on_reply_stop = c->on_reply_stop,
			.consumed_us = c->consumed == 0 ? FU_NEVER :
			    NOW - c->consumed * FU_HOUR };

		memset(&facts, 0, sizeof(facts));
		memset(events, 0, sizeof(events));
		for (k = 0; k < EVENTS_MAX && c->row[k].kind != 0; k++) {
			events[k].id = (int64_t)k + 1;
			events[k].kind = c->row[k].kind;
			events[k].name = fu_kinds[c->row[k].kind].name;
			events[k].at_us = NOW - c->row[k].ago * FU_HOUR;
			events[k].from = c->row[k].from;
			events[k].arg = c->row[k].arg;
			events[k].signals = c->row[k].signals;
			events[k].body = c->row[k].body;
		}
		facts.event = events;
		facts.nevent = k;
		facts.now_us = NOW;
		facts.subject = &nobody;
		run(&in, &arena, &out);
		if (out.met[c->trigger] != c->want)
			fail_msg("%s: expected %s", c->name,
			    c->want ? "to fire" : "nothing");
		if (c->want && !out.any)
			fail_msg("%s: met, but not any", c->name);
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
}

static void
the_crossing_of_a_score_is_the_event(void **state)
{
	static const struct {
		int64_t	 score;
		bool	 fired, want, after;
	} rows[] = { { 74, false, false, false }, { 75, false, true, true },
		{ 82, true, false, true }, { 71, true, false, true },
		{ 70, true, false, false }, { 76, false, true, true } };
	struct fu_config config;
	struct fu_facts facts;
	struct fu_triggers out;
	struct fu_arena arena;
	size_t i;

	(void)state;
	configure(&config);
	fu_arena_init(&arena);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fu_triggers_in in = { .config = &config,
			.facts = &facts, .consumed_us = FU_NEVER,
			.score_fired = rows[i].fired };

		memset(&facts, 0, sizeof(facts));
		facts.now_us = NOW;
		facts.subject = &nobody;
		facts.v[FU_FACT_SCORE].type = FU_V_INT;
		facts.v[FU_FACT_SCORE].i = rows[i].score;
		run(&in, &arena, &out);
		if (out.met[FU_TR_SCORE_THRESHOLD] != rows[i].want ||
		    out.score_fired != rows[i].after)
			fail_msg("score %d: met %d, remembers %d",
			    (int)rows[i].score,
			    out.met[FU_TR_SCORE_THRESHOLD], out.score_fired);
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
}

static void
the_first_is_by_rank_and_evidence_by_time(void **state)
{
	struct fu_event events[2] = {
		{ .id = 1, .kind = FU_K_CHAT, .name = "chat",
		    .from = FU_FROM_PROSPECT, .at_us = NOW - 2 * FU_HOUR,
		    .signals = "[\"competitor:apollo\"]" },
		{ .id = 2, .kind = FU_K_CHAT, .name = "chat",
		    .from = FU_FROM_PROSPECT, .at_us = NOW - FU_HOUR,
		    .signals = "[\"asks_human\"]" } };
	struct fu_config config;
	struct fu_facts facts = { .subject = &nobody, .event = events,
		.nevent = 2,
		.now_us = NOW };
	struct fu_triggers_in in = { .config = &config, .facts = &facts,
		.consumed_us = FU_NEVER };
	struct fu_triggers out;
	struct fu_arena arena;

	(void)state;
	configure(&config);
	fu_arena_init(&arena);
	run(&in, &arena, &out);
	assert_int_equal(out.first, FU_TR_ASKED_FOR_HUMAN);
	assert_int_equal(out.nevidence, 2);
	assert_int_equal(out.evidence[0].event, 1);
	assert_string_equal(out.evidence[0].text, "apollo");
	config.trigger[FU_TR_ASKED_FOR_HUMAN].on = false;
	run(&in, &arena, &out);
	assert_int_equal(out.first, FU_TR_COMPETITOR_MENTION);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_fires_and_its_near_miss_does_not),
		cmocka_unit_test(the_crossing_of_a_score_is_the_event),
		cmocka_unit_test(the_first_is_by_rank_and_evidence_by_time),
	};

	return (cmocka_run_group_tests_name("policy/trigger", tests, NULL,
	    NULL));
}
