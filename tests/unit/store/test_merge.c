/* Two records that are one: nothing of either is lost. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>

#include "store/intake.h"
#include "store/prospects.h"

#define PATH "test_merge.db"

static int64_t
person(struct fu_store *store, const char *email, const char *visitor,
    const char *title)
{
	struct fu_intake	 r = { .batch = 1, .timeline_us = FU_NEVER };
	struct fu_err		 err;

	r.f[FU_F_EMAIL] = email;
	r.f[FU_F_VISITOR] = visitor;
	r.f[FU_F_TITLE] = title;
	assert_int_equal(fu_intake_insert(store, &r, &err), 0);
	if (email != NULL)
		assert_int_equal(fu_identity_new(store, FU_ID_EMAIL, email,
		    r.id, &err), 0);
	if (visitor != NULL)
		assert_int_equal(fu_identity_new(store, FU_ID_VISITOR, visitor,
		    r.id, &err), 0);
	return (r.id);
}

static void
event(struct fu_store *store, int64_t id, uint64_t dedup)
{
	struct fu_event	 e = { .prospect = id, .kind = FU_K_VISIT,
	    .name = "visit", .at_us = 5, .dedup = dedup };
	struct fu_err	 err;
	bool		 recorded;

	assert_int_equal(fu_event_add(store, &e, 0, &recorded, &err), 0);
	assert_true(recorded);
}

static void
test_merge(void **state)
{
	struct fu_store		 store;
	struct fu_clock		 clock = { 1000 * FU_SECOND };
	struct fu_effect	 f = { true, 9, FU_NEVER, FU_NEVER, 8,
	    FU_NEVER, NULL, FU_NEVER, 9 };
	struct fu_prospect	 p;
	struct fu_holders	 h;
	struct fu_arena		 arena;
	struct fu_err		 err;
	struct fu_intake	 r;
	int64_t			 a, b, id;
	bool			 news;

	(void)state;
	unlink(PATH);
	fu_arena_init(&arena);
	assert_int_equal(fu_store_open(&store, PATH, FU_DB_CREATE, &clock,
	    &err), 0);
	assert_int_equal(fu_store_begin(&store, &err), 0);
	a = person(&store, "a@x.example", NULL, NULL);
	b = person(&store, NULL, "v", "CEO");
	event(&store, a, 1);
	event(&store, b, 1);
	event(&store, b, 2);
	assert_int_equal(fu_effect_apply(&store, b, &f, &err), 0);
	assert_int_equal(fu_intake_optout(&store, b, FU_OUT_EMAIL, 7, &news,
	    &err), 0);
	assert_true(news);
	assert_int_equal(fu_intake_optout(&store, b, FU_OUT_EMAIL, 9, &news,
	    &err), 0);
	assert_false(news);
	assert_int_equal(fu_merge(&store, a, b, "same_person", &err), 0);
	assert_int_equal(fu_intake_load(&store, a, &arena, &r, &err), 1);
	assert_int_equal(r.optout, FU_OUT_EMAIL);
	assert_int_equal(r.optout_us, 7);
	assert_int_equal(fu_store_commit(&store, &err), 0);

	assert_int_equal(fu_prospect_load(&store, b, &arena, &p, &err), 1);
	assert_int_equal(p.id, a);
	assert_string_equal(p.person.f[FU_F_TITLE], "CEO");
	assert_string_equal(p.person.f[FU_F_EMAIL], "a@x.example");
	assert_int_equal(p.last_inbound_us, 9);
	assert_int_equal(p.reply_pending_us, 8);
	assert_int_equal(p.doubt_us, 9);
	assert_true(p.news > p.done_score);
	assert_int_equal(fu_identity_find(&store, FU_ID_VISITOR, "v", &h,
	    &err), 0);
	assert_int_equal(h.n, 1);
	assert_int_equal(h.id[0], a);
	assert_int_equal(fu_event_known(&store, a, 2, &id, &err), 1);
	assert_int_equal(fu_event_known(&store, b, 1, &id, &err), 0);
	fu_store_close(&store);
	fu_arena_free(&arena);
	unlink(PATH);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = { cmocka_unit_test(test_merge) };

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
