/* The ledger: its chain, and folds that do not depend on arrival. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/email.h"
#include "store/ledger.h"

#define PATH "test_ledger.db"

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
	    .detail = "{\"complete\":true}", .actor = "prospect" };
	struct fu_err		 err;
	bool			 news;

	assert_int_equal(fu_consent_add(store, &r, NULL, &news, &err), 0);
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
LG_01_a_revocation_wins_its_second(void **state)
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
LG_01_an_edited_byte_shows(void **state)
{
	static const char *const tampers[] = {
		"UPDATE ledger SET rule = 'X' WHERE seq = 2",
		"UPDATE ledger SET at_us = at_us + 1 WHERE seq = 2",
		"UPDATE ledger SET subject = 't' WHERE seq = 2",
		"UPDATE ledger SET channel = 'sms' WHERE seq = 2",
		"UPDATE ledger SET reason = 'lift' WHERE seq = 2",
		"UPDATE ledger SET actor = 'rep' WHERE seq = 2" };
	struct fu_store	*store = *state;
	struct fu_err	 err;
	int64_t		 bad, n;
	char		 head[FU_SUBJECT_LEN];

	for (int i = 1; i < 6; i++)
		suppress(store, "email", i, "suppress");
	assert_int_equal(fu_ledger_verify(store, &bad, &n, head, &err), 1);
	for (size_t i = 0; i < sizeof(tampers) / sizeof(tampers[0]); i++) {
		assert_int_equal(fu_db_run(store->db, "SAVEPOINT t", &err, ""),
		    0);
		assert_int_equal(fu_db_run(store->db, tampers[i], &err, ""),
		    0);
		bad = 0;
		if (fu_ledger_verify(store, &bad, &n, head, &err) != 0 || bad != 2)
			fail_msg("%s: expected row 2 to be named, got %lld",
			    tampers[i], (long long)bad);
		assert_int_equal(fu_db_run(store->db, "ROLLBACK TO t", &err,
		    ""), 0);
	}
	/* A row that is gone shows as well. */
	assert_int_equal(fu_db_run(store->db,
	    "DELETE FROM ledger WHERE seq = 2", &err, ""), 0);
	assert_int_equal(fu_ledger_verify(store, &bad, &n, head, &err), 0);
	assert_string_equal(err.msg, "chain differs");
}

static void
verify_says(struct fu_store *store, const char *what, const char *expected,
    int64_t entry)
{
	struct fu_err	 err;
	int64_t		 bad = 0, n;
	char		 head[FU_SUBJECT_LEN];
	int		 rc;

	rc = fu_ledger_verify(store, &bad, &n, head, &err);
	if (expected == NULL && rc != 1)
		fail_msg("%s: expected it to hold, got \"%s\" at %lld", what,
		    err.msg, (long long)bad);
	if (expected != NULL && (rc != 0 || bad != entry ||
	    strcmp(err.msg, expected) != 0))
		fail_msg("%s: expected \"%s\" at %lld, got %d, \"%s\" at "
		    "%lld", what, expected, (long long)entry, rc, rc == 1 ? "" :
		    err.msg, (long long)bad);
}

/* Behind the ledger's back: rows of the folds, and the ledger's own end. */
static void
LG_01_a_fold_that_differs_shows(void **state)
{
	static const struct {
		const char	*sql, *says;
		int64_t		 entry;
	} row[] = {
		{ "UPDATE consent SET complete = 1", "fold differs", 4 },
		{ "UPDATE consent SET status = 'granted'", "fold differs", 4 },
		{ "UPDATE consent SET at_us = at_us + 1", "fold differs", 4 },
		{ "UPDATE consent SET implied = NULL", "fold differs", 4 },
		{ "UPDATE consent SET expires_us = NULL", "fold differs", 4 },
		{ "UPDATE consent SET channel = 'sms'", "fold differs", 3 },
		{ "UPDATE consent SET seq = 3", "fold differs", 3 },
		{ "DELETE FROM consent", "fold differs", 3 },
		{ "INSERT INTO consent (prospect, id, channel, status, at_us,"
		    " complete, seq) VALUES (1, 99, 'sms', 'granted', 5, 1, 4)",
		    "fold differs", 4 },
		{ "UPDATE suppression SET until_us = 1 WHERE seq = 1",
		    "fold differs", 1 },
		{ "UPDATE suppression SET until_us = NULL WHERE seq = 2",
		    "fold differs", 2 },
		{ "UPDATE suppression SET at_us = 0 WHERE seq = 1",
		    "fold differs", 1 },
		{ "UPDATE suppression SET at_us = at_us + 9 WHERE seq = 1",
		    "fold differs", 1 },
		{ "UPDATE suppression SET rule = 'X' WHERE seq = 1",
		    "fold differs", 1 },
		{ "DELETE FROM suppression WHERE seq = 2", "fold differs", 2 },
		{ "INSERT INTO suppression (subject, channel, reason, rule,"
		    " at_us, seq) VALUES ('s', 'email', 'lift', 'X', 9, 1)",
		    "fold differs", 1 },
		{ "DELETE FROM ledger WHERE seq = 4", "fold differs", 4 },
		{ "DELETE FROM ledger WHERE seq >= 3", "fold differs", 4 },
	};
	struct fu_store		*store = *state;
	struct fu_ledger_row	 r = { .subject = "s", .channel = "email",
	    .event = "suppress", .reason = "soft_bounce", .rule = "EM-16",
	    .actor = "relay", .at_us = 7 };
	struct fu_err		 err;
	bool			 news;

	assert_int_equal(fu_db_run(store->db, "INSERT INTO prospect (id,"
	    " batch, fields, known_us) VALUES (1, 1, 0, 1)", &err, ""), 0);
	suppress(store, "email", 5, "suppress");
	assert_int_equal(fu_suppress(store, &r, 99, &news, &err), 0);
	consent(store, 1, "granted");
	r = (struct fu_ledger_row){ .at_us = 2 * FU_SECOND, .prospect = 1,
	    .subject = "s", .channel = "email", .event = "consent",
	    .status = "pending", .reason = "consent", .rule = "GD-03",
	    .detail = "{\"complete\":false,\"implied\":\"inquiry\","
	    "\"expires\":\"2026-09-02T00:00:00Z\"}", .actor = "prospect" };
	assert_int_equal(fu_consent_add(store, &r, NULL, &news, &err), 0);
	verify_says(store, "untouched", NULL, 0);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		assert_int_equal(fu_db_run(store->db, "SAVEPOINT t", &err, ""),
		    0);
		assert_int_equal(fu_db_run(store->db, row[i].sql, &err, ""),
		    0);
		verify_says(store, row[i].sql, row[i].says, row[i].entry);
		assert_int_equal(fu_db_run(store->db, "ROLLBACK TO t", &err,
		    ""), 0);
	}
	verify_says(store, "untouched again", NULL, 0);
	/* What was merged is the other's. */
	assert_int_equal(fu_db_run(store->db, "INSERT INTO alias (old,"
	    " prospect, at_us, reason) VALUES (1, 2, 1, 'same_person')", &err,
	    ""), 0);
	assert_int_equal(fu_db_run(store->db, "UPDATE prospect SET id = 2",
	    &err, ""), 0);
	verify_says(store, "half merged", "fold differs", 3);
	assert_int_equal(fu_db_run(store->db, "UPDATE consent SET prospect = 2",
	    &err, ""), 0);
	verify_says(store, "merged", NULL, 0);
	/* Of who is gone nothing is folded. */
	assert_int_equal(fu_db_run(store->db, "DELETE FROM consent", &err, ""),
	    0);
	assert_int_equal(fu_db_run(store->db, "DELETE FROM prospect", &err,
	    ""), 0);
	verify_says(store, "erased", NULL, 0);
}

/* Its end is missed even where no fold points at it. */
static void
LG_01_an_end_that_is_cut_off_shows(void **state)
{
	struct fu_store		*store = *state;
	struct fu_ledger_row	 r = { .subject = "", .channel = "all",
	    .event = "erase", .reason = "retention_expired", .rule = "GD-11",
	    .actor = "operator" };
	struct fu_err		 err;

	for (int i = 0; i < 3; i++)
		assert_int_equal(fu_ledger_note(store, &r, &err), 0);
	assert_int_equal(fu_store_commit(store, &err), 0);
	assert_int_equal(fu_store_begin(store, &err), 0);
	verify_says(store, "whole", NULL, 0);
	assert_int_equal(fu_db_run(store->db, "DELETE FROM ledger"
	    " WHERE seq >= 2", &err, ""), 0);
	verify_says(store, "cut", "chain differs", 2);
}

/* What lasts longer is added; what is shorter takes nothing away. */
static void
LG_01_what_passes_by_itself_says_so_in_the_chain(void **state)
{
	static const struct {
		int64_t	 at_us, until_us;
		bool	 news;
		int64_t	 fold_at_us, fold_until_us;
	} act[] = {
		{ 10, 40, true, 10, 40 }, { 5, 30, false, 10, 40 },
		{ 12, 30, true, 12, 40 }, { 5, 50, true, 12, 50 },
		{ 6, FU_NEVER, true, 12, FU_NEVER },
		{ 12, 60, false, 12, FU_NEVER },
	};
	struct fu_store		*store = *state;
	struct fu_ledger_row	 r = { .subject = "s", .channel = "email",
	    .event = "suppress", .reason = "soft_bounce", .rule = "EM-16",
	    .actor = "relay" };
	struct fu_suppression	*list;
	struct fu_arena		 arena;
	struct fu_err		 err;
	size_t			 n;
	bool			 news;

	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(act) / sizeof(act[0]); i++) {
		r.at_us = act[i].at_us;
		assert_int_equal(fu_suppress(store, &r, act[i].until_us, &news,
		    &err), 0);
		assert_int_equal(news, act[i].news);
		assert_int_equal(fu_suppressions(store, "s", "email", 0,
		    &arena, &list, &n, &err), 0);
		assert_int_equal(n, 1);
		assert_int_equal(list[0].at_us, act[i].fold_at_us);
		assert_int_equal(list[0].until_us, act[i].fold_until_us);
		verify_says(store, "in any order", NULL, 0);
	}
	fu_arena_free(&arena);
}

/* Before a run that sends: the clock, and the last rows. */
static void
LG_03_sound_before_sending(void **state)
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
	assert_int_equal(fu_db_run(store->db,
	    "UPDATE ledger SET rule = 'X' WHERE seq = 2", &err, ""), 0);
	assert_int_equal(fu_ledger_sound(store, now, &fault, &arena, &err), 0);
	assert_non_null(strstr(fault, "entry 2"));
	fu_arena_free(&arena);
}

/* Every order of arrival of the same five acts comes to the same. */
static void
LG_01_the_fold_knows_no_order(void **state)
{
	static const struct {
		int		 at_s;
		const char	*event;
	} act[] = { { 3, "suppress" }, { 4, "lift" }, { 5, "granted" },
		{ 5, "revoked" }, { 6, "granted" } };
	enum { N = sizeof(act) / sizeof(act[0]) };
	struct fu_store	*store = *state;
	struct fu_err	 err;
	size_t		 order[N], c[N] = { 0 };
	int		 n = 0;

	for (size_t i = 0; i < N; i++)
		order[i] = i;
	for (size_t i = 0; i < N || n == 0;) {
		if (n == 0 || c[i] < i) {
			size_t	 k = n == 0 ? 0 : i % 2 == 0 ? 0 : c[i];
			size_t	 swap = order[k];

			order[k] = order[i];
			order[i] = swap;
			assert_int_equal(fu_db_run(store->db, "SAVEPOINT o",
			    &err, ""), 0);
			for (size_t j = 0; j < N; j++)
				if (act[order[j]].event[0] == 's' ||
				    act[order[j]].event[0] == 'l')
					suppress(store, "sms",
					    act[order[j]].at_s,
					    act[order[j]].event);
				else
					consent(store, act[order[j]].at_s *
					    FU_SECOND, act[order[j]].event);
			if (count(store, "sms") != 0)
				fail_msg("order %d: expected the stop lifted",
				    n);
			assert_consent(store, "granted");
			assert_int_equal(fu_db_run(store->db, "ROLLBACK TO o",
			    &err, ""), 0);
			if (n++ > 0)
				c[i]++;
			i = 0;
		} else {
			c[i] = 0;
			i++;
		}
	}
	assert_true(n >= 120);
}

static void
LG_02_tags_and_case_are_one_address(void **state)
{
	static const char *const same[] = { "A+promo@X.com", "a@x.com",
		"A@x.com", "a+@x.com", "a+b+c@x.com" };
	static const char *const other[] = { "b@x.com", "a@y.com", "a.@x.com",
		"+a@x.com" };
	struct fu_key	 key = { "pepper-1", 8 };
	char		 a[FU_SUBJECT_LEN], b[FU_SUBJECT_LEN];
	struct fu_arena	 arena;
	struct fu_err	 err;
	const char	*email;

	(void)state;
	fu_arena_init(&arena);
	fu_subject_email(&key, "a@x.com", a);
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		assert_int_equal(fu_email_parse(fu_str_of(same[i]), &arena,
		    &email, &err), 0);
		fu_subject_email(&key, email, b);
		if (strcmp(a, b) != 0)
			fail_msg("%s: expected the subject of a@x.com",
			    same[i]);
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		fu_subject_email(&key, other[i], b);
		if (strcmp(a, b) == 0)
			fail_msg("%s: expected another subject than a@x.com's",
			    other[i]);
	}
	/* Dots are the receiving host's own business. */
	fu_subject_email(&key, "j.doe@x.com", a);
	fu_subject_email(&key, "jdoe@x.com", b);
	assert_string_not_equal(a, b);
	/* A domain in either spelling. */
	assert_int_equal(fu_email_parse(FU_STR("info@M\303\274ller.de"),
	    &arena, &email, &err), 0);
	fu_subject_email(&key, email, a);
	fu_subject_email(&key, "info@xn--mller-kva.de", b);
	assert_string_equal(a, b);
	fu_arena_free(&arena);
}

static void
GD_09_the_hash_that_stays(void **state)
{
	static const char *const spelled[] = { "jane.doe@example.com",
		" Jane.Doe@Example.COM ", "Jane.Doe+promo@example.com" };
	struct fu_key	 key = { "pepper-1", 8 }, two = { "pepper-2", 8 };
	char		 hash[FU_SUBJECT_LEN];
	struct fu_arena	 arena;
	struct fu_err	 err;
	const char	*email;

	(void)state;
	fu_arena_init(&arena);
	for (size_t i = 0; i < sizeof(spelled) / sizeof(spelled[0]); i++) {
		assert_int_equal(fu_email_parse(fu_str_of(spelled[i]), &arena,
		    &email, &err), 0);
		fu_subject_email(&key, email, hash);
		assert_string_equal(hash, "6030ab70b637d16bd62b4a2a221746e9"
		    "eb003d565c776f2e1eed0a0984a649d6");
	}
	/* Without the pepper it cannot be guessed at. */
	fu_subject_email(&two, "jane.doe@example.com", hash);
	assert_string_not_equal(hash, "6030ab70b637d16bd62b4a2a221746e9"
	    "eb003d565c776f2e1eed0a0984a649d6");
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test_setup_teardown(test_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lift_any_order, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(LG_01_a_revocation_wins_its_second,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(LG_01_an_edited_byte_shows,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(LG_01_a_fold_that_differs_shows,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(LG_01_an_end_that_is_cut_off_shows,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(
		    LG_01_what_passes_by_itself_says_so_in_the_chain, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(LG_03_sound_before_sending,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(LG_01_the_fold_knows_no_order,
		    setup, teardown),
		cmocka_unit_test(LG_02_tags_and_case_are_one_address),
		cmocka_unit_test(GD_09_the_hash_that_stays)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
