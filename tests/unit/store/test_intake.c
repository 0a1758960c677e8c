/* People and events in: provenance, news, and a bulk load's identities. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/intake.h"
#include "store/prospects.h"

#define PATH "test_intake.db"

static const char later_batches[] =
    "SELECT batch, fields FROM provenance WHERE prospect = $1";
static const char set_down[] = "SELECT count(*) FROM identity_fresh";

static int
setup(void **state)
{
	static struct fu_store	 store;
	struct fu_clock		 clock = { 1000 * FU_SECOND };
	struct fu_err		 err;

	unlink(PATH);
	assert_int_equal(fu_store_open(&store, PATH, FU_DB_CREATE, &clock,
	    &err), 0);
	*state = &store;
	return (0);
}

static int
teardown(void **state)
{
	fu_bulk_close(*state);
	fu_store_rollback(*state);
	fu_store_close(*state);
	unlink(PATH);
	return (0);
}

static void
test_provenance(void **state)
{
	struct fu_store		*store = *state;
	struct fu_intake	 r = { .batch = 1, .fields = 1,
	    .timeline_us = FU_NEVER };
	struct fu_prospect	 p;
	struct fu_arena		 arena;
	struct fu_stmt		*s;
	struct fu_err		 err;

	fu_arena_init(&arena);
	assert_int_equal(fu_store_begin(store, &err), 0);
	r.f[FU_F_EMAIL] = "a@x.example";
	assert_int_equal(fu_intake_insert(store, &r, &err), 0);
	r.f[FU_F_TITLE] = "CEO";
	assert_int_equal(fu_intake_update(store, &r,
	    UINT64_C(1) << FU_F_TITLE, 2, &err), 0);
	assert_int_equal(fu_intake_update(store, &r,
	    UINT64_C(1) << FU_F_CITY, 2, &err), 0);
	s = fu_db_one(store->db, later_batches, &err, "i", r.id);
	assert_non_null(s);
	assert_int_equal(fu_col_int(s, 0), 2);
	assert_int_equal(fu_col_int(s, 1), 1 << FU_F_TITLE | 1 << FU_F_CITY);
	fu_stmt_reset(s);
	assert_int_equal(fu_prospect_load(store, r.id, &arena, &p, &err), 1);
	assert_int_equal(p.news, 3);
	fu_arena_free(&arena);
}

static size_t
holders(struct fu_store *store, const char *value)
{
	struct fu_holders	 h;
	struct fu_err		 err;

	assert_int_equal(fu_identity_find(store, FU_ID_EMAIL, value, &h, &err),
	    0);
	return (h.n);
}

static int64_t
fresh(struct fu_store *store)
{
	struct fu_err	 err;
	struct fu_stmt	*s = fu_db_one(store->db, set_down, &err, "");
	int64_t		 n;

	assert_non_null(s);
	n = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (n);
}

static void
test_bulk(void **state)
{
	struct fu_store	*store = *state;
	struct fu_store	 other;
	struct fu_err	 err;
	char		 value[32];

	assert_int_equal(fu_bulk_open(store, &err), 0);
	assert_int_equal(fu_bulk_settle(store, 25000, 0, &err), 0);
	assert_int_equal(fu_store_begin(store, &err), 0);
	assert_int_equal(fu_bulk_slice(store, &err), 0);
	for (int i = 999; i >= 0; i--) {
		snprintf(value, sizeof(value), "p%d@x.example", i);
		assert_int_equal(fu_identity_new(store, FU_ID_EMAIL, value,
		    1000 - i, &err), 0);
	}
	assert_int_equal(holders(store, "p5@x.example"), 1);
	assert_int_equal(holders(store, "p5@y.example"), 0);
	assert_int_equal(fu_store_commit(store, &err), 0);
	/* Somebody else sees what was set down at once. */
	assert_int_equal(fu_store_open(&other, PATH, FU_DB_WRITE,
	    &store->clock, &err), 0);
	assert_int_equal(holders(&other, "p5@x.example"), 1);
	assert_int_equal(fresh(store), 1000);
	assert_int_equal(fu_bulk_settle(store, 25000, 0, &err), 0);
	assert_int_equal(fresh(store), 0);
	assert_int_equal(holders(&other, "p5@x.example"), 1);
	assert_int_equal(holders(store, "p999@x.example"), 1);
	fu_store_close(&other);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test_setup_teardown(test_provenance, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(test_bulk, setup, teardown)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
