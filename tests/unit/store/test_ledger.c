/* The ledger: its chain, and folds that do not depend on arrival. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/ledger.h"

#define PATH "test_ledger.db"

static const char tamper[] = "UPDATE ledger SET rule = 'X' WHERE seq = 2";

static int
setup(void **state)
{
	static struct fu_store	 store;
	struct fu_clock		 clock = { 1000 * FU_SECOND };
	struct fu_err		 err;

	unlink(PATH);
	assert_int_equal(fu_store_open(&store, PATH, FU_DB_CREATE, &clock,
	    &err), 0);
	assert_int_equal(fu_store_begin(&store, &err), 0);
	*state = &store;
	return (0);
}

static int
teardown(void **state)
{
	fu_store_rollback(*state);
	fu_store_close(*state);
	unlink(PATH);
	return (0);
}

static bool
suppress(struct fu_store *store, const char *channel, int64_t at_s,
    const char *event)
{
	struct fu_ledger_row	 r = { .at_us = at_s * FU_SECOND,
	    .subject = "s", .channel = channel, .event = event,
	    .reason = strcmp(event, "lift") == 0 ? "lift" : "suppressed",
	    .rule = "TC-03", .actor = "prospect" };
	struct fu_err		 err;
	bool			 news = false;

	if (strcmp(event, "lift") == 0)
		assert_int_equal(fu_lift(store, &r, &err), 0);
	else
		assert_int_equal(fu_suppress(store, &r, FU_NEVER, &news, &err),
		    0);
	return (news);
}

static size_t
count(struct fu_store *store, const char *channel)
{
	struct fu_suppression	*list;
	struct fu_arena		 arena;
	struct fu_err		 err;
	size_t			 n;

	fu_arena_init(&arena);
	assert_int_equal(fu_suppressions(store, "s", channel, 0, &arena, &list,
	    &n, &err), 0);
	fu_arena_free(&arena);
	return (n);
}

static void
test_once(void **state)
{
	assert_true(suppress(*state, "email", 5, "suppress"));
	assert_false(suppress(*state, "email", 5, "suppress"));
	assert_false(suppress(*state, "email", 4, "suppress"));
	assert_int_equal(count(*state, "email"), 1);
	assert_int_equal(count(*state, "sms"), 0);
}

static void
test_lift_any_order(void **state)
{
	suppress(*state, "sms", 7, "lift");
	suppress(*state, "all", 5, "suppress");
	assert_int_equal(count(*state, "sms"), 0);
	assert_int_equal(count(*state, "voice"), 1);
	suppress(*state, "all", 9, "suppress");
	assert_int_equal(count(*state, "sms"), 1);
}

static void
consent(struct fu_store *store, int64_t at_us, const char *status)
{
	struct fu_ledger_row	 r = { .at_us = at_us, .prospect = 1,
	    .subject = "s", .channel = "email", .event = "consent",
	    .status = status, .reason = "consent", .rule = "GD-03",
	    .actor = "prospect" };
	struct fu_err		 err;
	bool			 news;

	assert_int_equal(fu_consent_add(store, &r, true, NULL, FU_NEVER, &news,
	    &err), 0);
}

static void
assert_consent(struct fu_store *store, const char *status)
{
	struct fu_consent	*c;
	struct fu_arena		 arena;
	struct fu_err		 err;
	size_t			 n;

	fu_arena_init(&arena);
	assert_int_equal(fu_consents(store, 1, &arena, &c, &n, &err), 0);
	assert_int_equal(n, 1);
	assert_string_equal(c[0].status, status);
	fu_arena_free(&arena);
}

static void
test_revocation_wins_its_second(void **state)
{
	consent(*state, 5 * FU_SECOND + 1, "revoked");
	consent(*state, 5 * FU_SECOND + 9, "granted");
	assert_consent(*state, "revoked");
	consent(*state, 6 * FU_SECOND, "granted");
	assert_consent(*state, "granted");
	consent(*state, 6 * FU_SECOND, "revoked");
	assert_consent(*state, "revoked");
	consent(*state, 1 * FU_SECOND, "granted");
	assert_consent(*state, "revoked");
}

static void
test_chain(void **state)
{
	struct fu_store	*store = *state;
	struct fu_err	 err;
	int64_t		 bad = 0, n;
	char		 head[FU_SUBJECT_LEN];

	for (int i = 1; i < 6; i++)
		suppress(store, "email", i, "suppress");
	assert_int_equal(fu_ledger_verify(store, &bad, &n, head, &err), 1);
	assert_int_equal(fu_db_run(store->db, tamper, &err, ""), 0);
	assert_int_equal(fu_ledger_verify(store, &bad, &n, head, &err), 0);
	assert_int_equal(bad, 2);
}

/* LG-03: before a run that sends, the clock and the last rows. */
static void
LG_03_sound(void **state)
{
	struct fu_store	*store = *state;
	struct fu_arena	 arena;
	struct fu_err	 err;
	const char	*fault;
	int64_t		 now = store->now_us;

	fu_arena_init(&arena);
	for (int i = 1; i < 6; i++)
		suppress(store, "email", i, "suppress");
	assert_int_equal(fu_ledger_sound(store, now, &fault, &arena, &err), 1);
	assert_int_equal(fu_ledger_sound(store, now - 5 * FU_MINUTE, &fault,
	    &arena, &err), 1);
	assert_int_equal(fu_ledger_sound(store, now - 5 * FU_MINUTE - 1,
	    &fault, &arena, &err), 0);
	assert_non_null(strstr(fault, "clock"));
	assert_int_equal(fu_db_run(store->db, tamper, &err, ""), 0);
	assert_int_equal(fu_ledger_sound(store, now, &fault, &arena, &err), 0);
	assert_non_null(strstr(fault, "entry 2"));
	fu_arena_free(&arena);
}

static void
test_subject(void **state)
{
	struct fu_key	 key = { "pepper-1", 8 };
	char		 a[FU_SUBJECT_LEN], b[FU_SUBJECT_LEN];

	(void)state;
	/* a vector of GD-09 */
	fu_subject_email(&key, "jane.doe@example.com", a);
	assert_string_equal(a, "6030ab70b637d16bd62b4a2a221746e9"
	    "eb003d565c776f2e1eed0a0984a649d6");
	fu_subject_email(&key, "Jane.Doe+promo@example.com", b);
	assert_string_equal(a, b);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test_setup_teardown(test_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lift_any_order, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_revocation_wins_its_second,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(test_chain, setup, teardown),
		cmocka_unit_test_setup_teardown(LG_03_sound, setup, teardown),
		cmocka_unit_test(test_subject)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
