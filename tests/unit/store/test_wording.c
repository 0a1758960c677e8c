/* Wordings of consents: each once, kept from their last use on. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/erase.h"
#include "store/ledger.h"
#include "store/wording.h"

#define PATH "test_wording.db"

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

static void
consent(struct fu_store *store, int64_t prospect, int64_t at_us,
    const char *wording)
{
	struct fu_ledger_row	 r = { .at_us = at_us, .prospect = prospect,
	    .subject = "s", .channel = "sms", .event = "consent",
	    .status = "granted", .reason = "consent", .rule = "GD-03",
	    .detail = "{\"complete\":true}", .actor = "prospect" };
	struct fu_err		 err;
	bool			 news;

	assert_int_equal(fu_consent_add(store, &r, wording, &news, &err), 0);
}

static void
run(struct fu_store *store, const char *sql)
{
	struct fu_err	 err;

	if (fu_db_run(store->db, sql, &err, "") == -1)
		fail_msg("%s: %s", sql, err.msg);
}

/* How many wordings there are, and how many of them with their text. */
static void
has(struct fu_store *store, int64_t rows, int64_t texts)
{
	struct fu_err	 err;
	struct fu_stmt	*s = fu_db_one(store->db,
	    "SELECT COUNT(*), COUNT(text) FROM wording", &err, "");

	assert_non_null(s);
	assert_int_equal(fu_col_int(s, 0), rows);
	assert_int_equal(fu_col_int(s, 1), texts);
	fu_stmt_reset(s);
}

static uint64_t
purge(struct fu_store *store, int64_t before_us)
{
	struct fu_err	 err;
	uint64_t	 n = 0;

	assert_int_equal(fu_wording_purge(store, before_us, &n, &err), 0);
	return (n);
}

static bool
is_jane(void *ctx, const char *text)
{
	(void)ctx;
	return (strstr(text, "Jane") != NULL);
}

static void
GD_03_a_wording_is_kept_once_by_its_hash(void **state)
{
	struct fu_store	*store = *state;
	char		 hash[FU_WORDING_LEN], text[32];
	struct fu_err	 err;
	uint64_t	 n = 0;

	consent(store, 1, 5, "I agree");
	consent(store, 2, 6, "I agree");
	consent(store, 3, 7, "Jane agrees");
	has(store, 2, 2);
	assert_int_equal(fu_wording_put(store, "I agree", hash, &err), 0);
	assert_string_equal(hash, "99955b75e054416577b88fcec811270c"
	    "93bff6f1bc421f01e3da7c1b18ec61e3");
	/* The text goes, its hash stays; who agrees to it again, keeps it. */
	assert_int_equal(fu_wording_erase(store, is_jane, NULL, &n, &err), 0);
	assert_int_equal(n, 1);
	has(store, 2, 1);
	assert_int_equal(fu_wording_erase(store, is_jane, NULL, &n, &err), 0);
	assert_int_equal(n, 1);
	consent(store, 4, 8, "Jane agrees");
	has(store, 2, 2);
	/* More than are held at a time. */
	for (int i = 0; i < 450; i++) {
		snprintf(text, sizeof(text), "%s %d", i % 3 == 0 ? "Jane" :
		    "Ann", i);
		assert_int_equal(fu_wording_put(store, text, hash, &err), 0);
	}
	assert_int_equal(fu_wording_erase(store, is_jane, NULL, &n, &err), 0);
	assert_int_equal(n, 1 + 1 + 150);
	has(store, 452, 301);
}

static void
TC_02_a_wording_is_kept_from_its_last_use_on(void **state)
{
	struct fu_store	*store = *state;
	struct fu_err	 err;

	run(store, "INSERT INTO prospect (id, batch, fields, known_us)"
	    " VALUES (1, 1, 0, 1)");
	run(store, "INSERT INTO touch (prospect, id, enrolment, cadence, line,"
	    " step, occurrence, day, channel, message, state, due_us,"
	    " expires_us, sent_us) VALUES (1, 1, 1, 'c', 'l', 's', 0, 0,"
	    " 'sms', 'm', 4, 0, 0, 50), (1, 2, 1, 'c', 'l', 't', 0, 0,"
	    " 'email', 'm', 4, 0, 0, 90), (1, 3, 1, 'c', 'l', 'u', 0, 0,"
	    " 'sms', 'm', 0, 0, 0, NULL)");
	consent(store, 1, 5, "used");
	consent(store, 2, 6, "never used");
	/* What nothing refers to goes; no use counts from the consent on. */
	run(store, "INSERT INTO wording (hash, text, used_us)"
	    " VALUES ('0', 'nobody''s', 0)");
	assert_int_equal(purge(store, 1), 1);
	assert_int_equal(purge(store, 6), 0);
	has(store, 2, 2);
	assert_int_equal(purge(store, 7), 1);
	/* A text of that channel that left is a use, a mail is none. */
	assert_int_equal(purge(store, 50), 0);
	/* With the person goes the touch; that it was used stays. */
	assert_int_equal(fu_wording_used(store, 1, &err), 0);
	assert_int_equal(fu_erase_person(store, 1, &err), 0);
	assert_int_equal(purge(store, 50), 0);
	has(store, 1, 1);
	assert_int_equal(purge(store, 51), 1);
}

/* Under the id of before a merge, too. */
static void
TC_02_a_use_of_who_was_merged(void **state)
{
	struct fu_store	*store = *state;
	struct fu_err	 err;

	run(store, "INSERT INTO prospect (id, batch, fields, known_us)"
	    " VALUES (1, 1, 0, 1)");
	run(store, "INSERT INTO alias (old, prospect, at_us, reason)"
	    " VALUES (2, 1, 1, 'same_person')");
	run(store, "INSERT INTO touch (prospect, id, enrolment, cadence, line,"
	    " step, occurrence, day, channel, message, state, due_us,"
	    " expires_us, handled_us) VALUES (1, 1, 1, 'c', 'l', 's', 0, 0,"
	    " 'sms', 'm', 6, 0, 0, 50)");
	consent(store, 2, 5, "I agree");
	assert_int_equal(purge(store, 50), 0);
	assert_int_equal(fu_wording_used(store, 1, &err), 0);
	assert_int_equal(fu_erase_person(store, 1, &err), 0);
	assert_int_equal(purge(store, 50), 0);
	assert_int_equal(purge(store, 51), 1);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test_setup_teardown(
		    GD_03_a_wording_is_kept_once_by_its_hash, setup, teardown),
		cmocka_unit_test_setup_teardown(
		    TC_02_a_wording_is_kept_from_its_last_use_on, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(TC_02_a_use_of_who_was_merged,
		    setup, teardown),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
