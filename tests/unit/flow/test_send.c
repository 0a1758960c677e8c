/*
 * When a message that came back is tried again, and what of people's own
 * words a template is given.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "flow/send.h"
#include "flow/send_room.h"
#include "flow/send_text.h"

#define T0	INT64_C(1772442000000000)	/* 2026-03-02T09:00:00Z */

static void
EM_18_retry(void **state)
{
	static const int	 least[] = { 30, 30, 120, 180, 360, 720, 720 };
	int64_t			 at = T0, next;

	(void)state;
	for (int i = 0; i < 7; i++) {
		next = fu_send_retry_at(i + 1, T0, at, 0, 55);
		if (next == FU_NEVER)
			break;
		assert_true(next - at >= least[i] * FU_MINUTE);
		assert_true(next - at <= least[i] * FU_MINUTE * 11 / 10);
		assert_true(next - T0 <= 48 * FU_HOUR);
		at = next;
	}
	assert_true(at - T0 > 24 * FU_HOUR);
	/* The same every time, and not for everybody the same. */
	assert_true(fu_send_retry_at(3, T0, T0, 0, 7) ==
	    fu_send_retry_at(3, T0, T0, 0, 7));
	assert_true(fu_send_retry_at(3, T0, T0, 0, 7) !=
	    fu_send_retry_at(3, T0, T0, 0, 8));
}

static void
EM_18_retry_limits(void **state)
{
	(void)state;
	assert_true(fu_send_retry_at(6, T0, T0 + 47 * FU_HOUR, 0, 1) ==
	    FU_NEVER);
	/* What the other side wishes counts, up to the same end. */
	assert_true(fu_send_retry_at(1, T0, T0, 5 * FU_HOUR, 1) ==
	    T0 + 5 * FU_HOUR);
	assert_true(fu_send_retry_at(1, T0, T0, 49 * FU_HOUR, 1) == FU_NEVER);
}

/* A CRM that is down for a minute is told within two; one that is down for a
 * night, in the morning. */
static void
test_retry_posts(void **state)
{
	static const int	 least[] = { 30, 60, 120, 240, 480, 960, 1920,
		3600, 3600 };
	int64_t			 at = T0;
	int			 n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(least) / sizeof(*least); i++)
		assert_true(fu_send_post_again_at((int)i + 1, T0, T0, 0) - T0 ==
		    least[i] * FU_SECOND);
	assert_true(fu_send_post_again_at(1, T0, T0, 5 * FU_HOUR) == T0 +
	    5 * FU_HOUR);
	for (; at != FU_NEVER && n < 1000; n++)
		at = fu_send_post_again_at(n + 1, T0, at, 0);
	assert_int_equal(n, 54);
}

/* Texts of a context by their names. */
static const char *
value(const struct fu_ctx *ctx, const char *key)
{
	const struct fu_ctx	*node = fu_ctx_get(ctx, fu_str_of(key));

	return (node == NULL ? NULL : node->text);
}

static void
words(struct fu_event *event, size_t n, struct fu_ctx *ctx,
    struct fu_arena *arena)
{
	static struct fu_person	 person;
	static struct fu_subject subject = { .person = &person };
	struct fu_facts		 facts = { .subject = &subject,
		.event = event, .nevent = n, .now_us = T0 };

	person.f[FU_F_INTEREST] = "routing";
	fu_words_of(&facts, ctx, arena);
}

static void
test_words(void **state)
{
	struct fu_event	 e[] = {
		{ .kind = FU_K_DEMO, .at_us = T0 - 9, .body =
		    "{\"features\":[\"alerts\",\"reports\"],"
		    "\"questions\":[\"SSO?\",\"Which regions?\"],"
		    "\"objections\":[\"the roll-out\"]}" },
		{ .kind = FU_K_CHAT, .at_us = T0 - 5, .from =
		    FU_FROM_PROSPECT, .text = "Fine. Does it speak French? "
		    "We need that", .signals = "[\"objection:price\"]" },
		{ .kind = FU_K_CHAT, .at_us = T0 - 4, .from = FU_FROM_BOT,
		    .text = "Shall I book a demo?" },
	};
	struct fu_arena	 arena;
	struct fu_ctx	*ctx;

	(void)state;
	fu_arena_init(&arena);
	ctx = fu_ctx_object(&arena);
	words(e, 3, ctx, &arena);
	assert_string_equal(value(ctx, "topic"), "routing");
	assert_string_equal(value(ctx, "question"), "Does it speak French?");
	assert_string_equal(value(ctx, "objection"), "the price");
	assert_string_equal(value(ctx, "feature_1"), "alerts");
	assert_string_equal(value(ctx, "feature_2"), "reports");
	assert_null(value(ctx, "feature_3"));
	ctx = fu_ctx_object(&arena);
	words(e, 1, ctx, &arena);
	assert_string_equal(value(ctx, "question"), "Which regions?");
	assert_string_equal(value(ctx, "objection"), "the roll-out");
	fu_arena_free(&arena);
}

/* One event, and what a template is given of it; "" for nothing. */
static void
says(struct fu_event e, const char *key, const char *want)
{
	struct fu_arena	 arena;
	struct fu_ctx	*ctx;
	const char	*got;

	fu_arena_init(&arena);
	ctx = fu_ctx_object(&arena);
	/* As fu-ingest reads the first of a text's questions. */
	if (e.text != NULL)
		fu_ctx_set_text(ctx, "question", e.arg);
	e.at_us = T0 - 9;
	words(&e, 1, ctx, &arena);
	got = value(ctx, key);
	if (strcmp(got == NULL ? "" : got, want) != 0)
		fail_msg("%s of %s%s: expected \"%s\", got \"%s\"", key,
		    e.text != NULL ? e.text : "", e.body != NULL ? e.body : "",
		    want, got == NULL ? "" : got);
	fu_arena_free(&arena);
}

/* What was not held showed nothing; whose words are kept is said as noted. */
static void
test_talks(void **state)
{
	const char	*body = "{\"features\":[\"alerts\"],"
	    "\"questions\":[\"SSO?\"],\"objections\":[\"price\"]}";

	(void)state;
	says((struct fu_event){ .kind = FU_K_DEMO, .body = body },
	    "feature_1", "alerts");
	says((struct fu_event){ .kind = FU_K_DEMO, .arg = "held",
	    .body = body }, "feature_1", "alerts");
	says((struct fu_event){ .kind = FU_K_CALL, .arg = "demo",
	    .body = body }, "feature_1", "alerts");
	says((struct fu_event){ .kind = FU_K_DEMO, .arg = "booked",
	    .body = body }, "feature_1", "");
	says((struct fu_event){ .kind = FU_K_DEMO, .arg = "no_show",
	    .body = body }, "feature_1", "");
	says((struct fu_event){ .kind = FU_K_CALL, .arg = "voicemail",
	    .body = body }, "feature_1", "");
	says((struct fu_event){ .kind = FU_K_DEMO, .arg = "booked",
	    .body = body }, "question", "SSO?");
	says((struct fu_event){ .kind = FU_K_CALL, .arg = "demo",
	    .body = body }, "objection", "the price");
	says((struct fu_event){ .kind = FU_K_DEMO, .body =
	    "{\"objections\":[]}" }, "objection", "");
}

/* Not all that ends in a question mark is one to come back to. */
static void
test_questions(void **state)
{
	(void)state;
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "Fine. Does it speak French?" }, "question",
	    "Does it speak French?");
	says((struct fu_event){ .kind = FU_K_REPLY, .text = "Really?" },
	    "question", "");
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "I read https://x.example/a?b=1 with pleasure" }, "question", "");
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "Does it? I read https://x.example/a?b=1" }, "question",
	    "Does it?");
	says((struct fu_event){ .kind = FU_K_FORM, .body =
	    "{\"question\":\"Can it route by region?\"}" }, "question",
	    "Can it route by region?");
	/* A person was asked for, or a meeting moved: that is no question. */
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "Can I talk to a human?", .arg = "Can I talk to a human?",
	    .signals = "[\"asks_human\"]" }, "question", "");
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "Can we move Thursday's meeting?", .arg =
	    "Can we move Thursday's meeting?",
	    .signals = "[\"meeting\"]" }, "question", "");
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "Can you cancel Thursday's meeting and move it to Friday?", .arg =
	    "Can you cancel Thursday's meeting and move it to Friday?" },
	    "question", "");
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "Who gave you my address?" }, "question", "");
	/* What stood on the record before stays. */
	says((struct fu_event){ .kind = FU_K_REPLY, .text =
	    "Can I talk to a human?", .arg = "do u integrate with it",
	    .signals = "[\"asks_human\"]" }, "question",
	    "do u integrate with it");
}

/* A story is no topic. */
static void
test_topics(void **state)
{
	(void)state;
	says((struct fu_event){ .kind = FU_K_CHAT, .body =
	    "{\"topic\":\"alerts\"}" }, "topic", "alerts");
	says((struct fu_event){ .kind = FU_K_CHAT, .body =
	    "{\"topic\":\" \"}" }, "topic", "routing");
	says((struct fu_event){ .kind = FU_K_CHAT, .body = "{\"topic\":"
	    "\"they have nine desks in six countries, and each wants its "
	    "own rules for who is followed up\"}" }, "topic", "routing");
}

/* An objection that was settled is none any more. */
static void
test_resolved(void **state)
{
	struct fu_event	 e[] = {
		{ .kind = FU_K_CHAT, .at_us = T0 - 5, .from =
		    FU_FROM_PROSPECT, .text = "too dear",
		    .signals = "[\"objection:price\"]" },
		{ .kind = FU_K_REPLY, .at_us = T0 - 3, .text = "good then",
		    .signals = "[\"objection_resolved\"]" },
	};
	struct fu_arena	 arena;
	struct fu_ctx	*ctx;

	(void)state;
	fu_arena_init(&arena);
	ctx = fu_ctx_object(&arena);
	words(e, 2, ctx, &arena);
	assert_null(value(ctx, "objection"));
	assert_null(value(ctx, "question"));
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(EM_18_retry),
		cmocka_unit_test(EM_18_retry_limits),
		cmocka_unit_test(test_retry_posts),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_talks),
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_topics),
		cmocka_unit_test(test_resolved),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
