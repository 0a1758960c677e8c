/* The choice of an insight, as a table. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "content/insight.h"

static const char *software[] = { "software" }, *health[] = { "healthcare" };

static struct fu_document
doc(const char *path, const char *kind)
{
	struct fu_document d = { .path = path, .kind = kind,
		.size_max = INT_MAX, .published = FU_NO_DAY,
		.expires = FU_NO_DAY, .deadline = FU_NO_DAY, .body = "" };

	return (d);
}

static void
expect(const struct fu_document *d, size_t n, const struct fu_insight_query *q,
    const char *path)
{
	struct fu_insight_fit *fit;
	struct fu_arena arena;

	fu_arena_init(&arena);
	n = fu_insight_rank(d, n, q, &arena, &fit);
	if (path == NULL)
		assert_int_equal(n, 0);
	else {
		assert_true(n > 0);
		assert_string_equal(d[fit[0].document].path, path);
	}
	fu_arena_free(&arena);
}

static void
test_choice(void **state)
{
	static const char *case_study[] = { "case_study" }, *offer[] = {
		"offer", "event" }, *all[] = { "a.md", "b.md", "c.md", "d.md" };
	struct fu_list kinds = { case_study, 1 }, offers = { offer, 2 };
	struct fu_list shown = { all, 0 };
	struct fu_insight_query q = { .kinds = &kinds, .industry = "Software",
		.company_size = 120, .language = "en", .today = 20000,
		.shown = &shown };
	struct fu_document d[6];

	(void)state;
	d[0] = doc("a.md", "case_study");
	d[1] = doc("c.md", "case_study");
	d[1].industry = (struct fu_list){ software, 1 };
	d[2] = doc("b.md", "case_study");
	d[2].industry = (struct fu_list){ software, 1 };
	d[3] = doc("d.md", "case_study");
	d[3].industry = (struct fu_list){ health, 1 };
	d[4] = doc("e.md", "offer");
	d[4].deadline = 19999;
	d[5] = doc("f.md", "event");
	d[5].expires = 20000;
	expect(d, 6, &q, "b.md");		/* industry, then path */
	shown.n = 2;
	expect(d, 6, &q, "c.md");
	shown.n = 4;
	expect(d, 6, &q, NULL);			/* nothing new */
	shown.n = 0;
	q.industry = NULL;
	expect(d, 6, &q, "a.md");		/* generic for the unknown */
	q.industry = "software";
	d[2].language = "de";
	expect(d, 6, &q, "c.md");
	d[1].size_min = 500;
	expect(d, 6, &q, "a.md");
	q.company_size = 0;
	expect(d, 6, &q, "c.md");
	q.kinds = &offers;
	expect(d, 6, &q, "f.md");		/* the offer's deadline is past */
	q.today = 20001;
	expect(d, 6, &q, NULL);
	q.kinds = NULL;
	q.language = "de-AT";
	expect(d, 6, &q, "b.md");
}

/* What they said outweighs who they are. */
static void
test_said(void **state)
{
	static const char *price[] = { "price", "timing" }, *rival[] = {
		"Outreach", "HubSpot" };
	struct fu_insight_query q = { .industry = "software", .today = 20000 };
	struct fu_document d[4];

	(void)state;
	d[0] = doc("a.md", "answer");
	d[0].industry = (struct fu_list){ software, 1 };
	d[1] = doc("b.md", "answer");
	d[2] = doc("c.md", "answer");
	d[2].competitor = (struct fu_list){ rival, 2 };
	d[3] = doc("d.md", "answer");
	d[3].objection = (struct fu_list){ price, 2 };
	expect(d, 4, &q, "a.md");
	q.competitor = "hubspot";
	expect(d, 4, &q, "c.md");
	q.objections = 1u << 0;
	expect(d, 4, &q, "d.md");
	q.objections = 1u << 2;			/* trust: none answers that */
	expect(d, 4, &q, "c.md");
	q.competitor = "Salesloft";
	expect(d, 4, &q, "a.md");
}

/* Among equals the one that ends first, then the newest; and what is near to
 * their words goes before who they are. */
static void
test_order(void **state)
{
	float near[3] = { 0, 0, 0 };
	struct fu_insight_query q = { .industry = "software", .today = 20000 };
	struct fu_insight_fit *fit;
	struct fu_arena arena;
	struct fu_document d[3];

	(void)state;
	d[0] = doc("a.md", "article");
	d[1] = doc("b.md", "article");
	d[2] = doc("c.md", "article");
	d[0].published = 19000;
	d[1].published = 19500;
	d[2].deadline = 20010;
	expect(d, 3, &q, "c.md");
	d[2].deadline = FU_NO_DAY;
	expect(d, 3, &q, "b.md");
	d[2].industry = (struct fu_list){ software, 1 };
	expect(d, 3, &q, "c.md");
	near[0] = 0.5F;
	q.nearness = near;
	expect(d, 3, &q, "a.md");
	fu_arena_init(&arena);
	assert_int_equal(fu_insight_rank(d, 3, &q, &arena, &fit), 3);
	assert_string_equal(fu_insight_why(fit[0].why, &arena), "their words");
	assert_string_equal(fu_insight_why(fit[1].why, &arena),
	    "their industry");
	assert_string_equal(fu_insight_why(fit[2].why, &arena), "");
	fu_arena_free(&arena);
}

/* From what was said to what is asked for. */
static void
test_query(void **state)
{
	struct fu_event events[] = {
		{ .kind = FU_K_REPLY, .name = "reply", .at_us = FU_DAY,
		    .from = FU_FROM_PROSPECT, .arg = "email", .signals =
		    "[\"objection:price\",\"competitor:hubspot\"]" },
		{ .kind = FU_K_REPLY, .name = "reply", .at_us = 2 * FU_DAY,
		    .from = FU_FROM_PROSPECT, .arg = "email", .signals =
		    "[\"objection:trust\"]" },
		{ .kind = FU_K_REPLY, .name = "reply", .at_us = 3 * FU_DAY,
		    .from = FU_FROM_PROSPECT, .arg = "email", .signals =
		    "[\"objection_resolved\"]" },
	};
	struct fu_person person = { 0 };
	struct fu_subject subject = { .person = &person, .prospect = 1,
		.timeline_us = FU_NEVER, .score = -1, .previous_score = -1,
		.first_scored_us = FU_NEVER, .return_used_us = FU_NEVER };
	struct fu_insight_query q;
	struct fu_facts facts;

	(void)state;
	fu_facts_fold(&subject, events, 2, 10 * FU_DAY, &facts);
	q = fu_insight_query_of(&person, &facts, NULL, 10);
	assert_int_equal(q.objections, 1u << 0 | 1u << 2);
	assert_string_equal(q.competitor, "hubspot");
	fu_facts_fold(&subject, events, 3, 10 * FU_DAY, &facts);
	q = fu_insight_query_of(&person, &facts, NULL, 10);
	assert_int_equal(q.objections, 0);
	fu_facts_fold(&subject, NULL, 0, 10 * FU_DAY, &facts);
	q = fu_insight_query_of(&person, &facts, NULL, 10);
	assert_int_equal(q.objections, 0);
	assert_null(q.competitor);
}

static void
test_text(void **state)
{
	struct fu_document d = doc("a.md", "article");
	struct fu_arena arena;

	(void)state;
	fu_arena_init(&arena);
	d.body = "# Head\n\nThis is how.\n\nOne of them writes *twice* a "
	    "week. Two never do.\n";
	assert_string_equal(fu_insight_text(&d, &arena),
	    "One of them writes twice a week. Two never do.");
	d.body = "# Head\n";
	assert_null(fu_insight_text(&d, &arena));
	d.summary = "In short.";
	assert_string_equal(fu_insight_text(&d, &arena), "In short.");
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_choice),
		cmocka_unit_test(test_said),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_text)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
