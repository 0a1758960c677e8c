/*
 * The statements about what leaves that is no touch.
 */
#include <string.h>

#include "store/dispatch.h"

#define COLUMNS								\
	"prospect, id, kind, handoff, number, destination, package,"	\
	" state, due_us, expires_us, next_us, claim, lease_us,"		\
	" attempts, message_id, via, status, sent_us"

static const char dispatch_add[] =
    "INSERT INTO dispatch (prospect, id, kind, handoff, number, destination,"
    " package, state, due_us, expires_us, next_us, claim, lease_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    " ON CONFLICT DO NOTHING";
static const char dispatch_due[] =
    "SELECT " COLUMNS " FROM dispatch WHERE state = 0 AND next_us IS NOT NULL"
    " AND next_us <= $1 ORDER BY next_us, prospect, id LIMIT $2";
static const char dispatch_claim[] =
    "UPDATE dispatch SET state = 2, claim = $1, lease_us = $2, next_us = NULL"
    " WHERE prospect = $3 AND id = $4 AND state = 0";
static const char dispatch_claimed[] =
    "SELECT " COLUMNS " FROM dispatch WHERE claim IS NOT NULL"
    " AND lease_us > 0 AND claim = $1 ORDER BY number, id";
static const char dispatch_load[] =
    "SELECT " COLUMNS " FROM dispatch WHERE id = $1";
static const char dispatches_of[] =
    "SELECT " COLUMNS " FROM dispatch WHERE prospect = $1 AND handoff = $2"
    " ORDER BY id";
static const char dispatches_service[] =
    "SELECT " COLUMNS " FROM dispatch WHERE prospect = $1"
    " AND kind = 'service' ORDER BY id";
static const char dispatch_drop[] =
    "UPDATE dispatch SET state = 8, next_us = NULL, claim = NULL,"
    " lease_us = NULL WHERE prospect = $1 AND id = $2 AND state IN (0, 2)";
static const char dispatch_renew[] =
    "UPDATE dispatch SET package = $1 WHERE prospect = $2 AND id = $3"
    " AND state IN (0, 2)";
static const char dispatch_reclaim[] =
    "UPDATE dispatch SET package = $1, state = 2, claim = $2, lease_us = $3,"
    " next_us = NULL WHERE prospect = $4 AND id = $5 AND state IN (0, 2)";
static const char dispatch_start[] =
    "UPDATE dispatch SET state = 3, message_id = $1, lease_us = $2,"
    " attempts = attempts + 1"
    " WHERE prospect = $3 AND id = $4 AND state = 2 AND claim = $5";
static const char dispatch_release[] =
    "UPDATE dispatch SET state = 0, claim = NULL, lease_us = NULL,"
    " next_us = $1 WHERE prospect = $2 AND id = $3 AND state IN (2, 3)"
    " AND claim = $4";
static const char dispatch_outcome[] =
    "UPDATE dispatch SET state = $1, via = $2, status = $3, sent_us = $4,"
    " next_us = $5, claim = NULL, lease_us = NULL"
    " WHERE prospect = $6 AND id = $7 AND state IN (2, 3, 6)";
static const char dispatch_cancel[] =
    "UPDATE dispatch SET state = 8, next_us = NULL, claim = NULL,"
    " lease_us = NULL WHERE prospect = $1 AND handoff = $2 AND state <= 2";
static const char leases_claimed[] =
    "UPDATE dispatch SET state = 0, claim = NULL, next_us = $1,"
    " lease_us = NULL WHERE claim IS NOT NULL AND state = 2"
    " AND lease_us <= $2";
static const char leases_attempting[] =
    "UPDATE dispatch SET state = 6, claim = NULL, lease_us = NULL,"
    " status = 'killed during the attempt'"
    " WHERE claim IS NOT NULL AND state = 3 AND lease_us <= $1";
static const char dispatch_uncertain[] =
    "SELECT " COLUMNS " FROM dispatch WHERE state = 6 AND id > $1"
    " ORDER BY id LIMIT $2";

static void
read_row(struct fu_stmt *s, struct fu_arena *arena, struct fu_dispatch *d)
{
	int	 c = 0;

	memset(d, 0, sizeof(*d));
	d->prospect = fu_col_int(s, c++);
	d->id = fu_col_int(s, c++);
	d->kind = fu_col_text(s, c++, arena);
	d->handoff = fu_col_int(s, c++);
	d->number = (int)fu_col_int(s, c++);
	d->destination = fu_col_text(s, c++, arena);
	d->package = fu_col_text(s, c++, arena);
	d->state = (enum fu_touch_state)fu_col_int(s, c++);
	d->due_us = fu_col_int(s, c++);
	d->expires_us = fu_col_time(s, c++);
	d->next_us = fu_col_time(s, c++);
	d->claim = fu_col_text(s, c++, arena);
	d->lease_us = fu_col_time(s, c++);
	d->attempts = (int)fu_col_int(s, c++);
	d->message_id = fu_col_text(s, c++, arena);
	d->via = fu_col_text(s, c++, arena);
	d->status = fu_col_text(s, c++, arena);
	d->sent_us = fu_col_time(s, c++);
}

static int
read_all(struct fu_stmt *s, struct fu_arena *arena, struct fu_dispatch **array,
    size_t *n, struct fu_err *err)
{
	size_t	 cap = 0;
	int	 rc;

	*array = NULL;
	*n = 0;
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*array = fu_grow(arena, *array, *n, &cap, sizeof(**array));
		read_row(s, arena, &(*array)[(*n)++]);
	}
	return (rc);
}

int
fu_dispatch_add(struct fu_store *store, struct fu_dispatch *d,
    struct fu_err *err)
{
	if (fu_store_id(store, FU_N_ROW, &d->id, err) == -1 ||
	    fu_db_run(store->db, dispatch_add, err, "iistdssdtttst",
	    d->prospect, d->id, d->kind,
	    d->handoff == 0 ? FU_NEVER : d->handoff, d->number, d->destination,
	    d->package, (int)d->state, d->due_us, d->expires_us, d->next_us,
	    d->claim, d->claim == NULL ? FU_NEVER : d->lease_us) == -1)
		return (-1);
	if (fu_db_changes(store->db) == 0)
		d->id = 0;
	return (0);
}

int
fu_dispatch_due(struct fu_store *store, int64_t until_us, size_t max,
    struct fu_arena *arena, struct fu_dispatch **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, dispatch_due, err);

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", until_us, (int64_t)max);
	return (read_all(s, arena, array, n, err));
}

int
fu_dispatch_claim(struct fu_store *store, const struct fu_dispatch *d,
    const char *token, int64_t lease_us, struct fu_err *err)
{
	return (fu_db_run(store->db, dispatch_claim, err, "siii", token,
	    lease_us, d->prospect, d->id));
}

int
fu_dispatch_claimed(struct fu_store *store, const char *token,
    struct fu_arena *arena, struct fu_dispatch **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, dispatch_claimed, err);

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "s", token);
	return (read_all(s, arena, array, n, err));
}

int
fu_dispatch_load(struct fu_store *store, int64_t id, struct fu_arena *arena,
    struct fu_dispatch *d, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, dispatch_load, err, "i", id);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	read_row(s, arena, d);
	fu_stmt_reset(s);
	return (1);
}

int
fu_dispatches_of(struct fu_store *store, int64_t prospect, int64_t handoff,
    struct fu_arena *arena, struct fu_dispatch **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, dispatches_of, err);

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", prospect, handoff);
	return (read_all(s, arena, array, n, err));
}

int
fu_dispatches_service(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_dispatch **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, dispatches_service, err);

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	return (read_all(s, arena, array, n, err));
}

int
fu_dispatch_drop(struct fu_store *store, const struct fu_dispatch *d,
    struct fu_err *err)
{
	return (fu_db_run(store->db, dispatch_drop, err, "ii", d->prospect,
	    d->id));
}

int
fu_dispatch_renew(struct fu_store *store, const struct fu_dispatch *d,
    const char *package, const char *token, int64_t lease_us,
    struct fu_err *err)
{
	if (token == NULL)
		return (fu_db_run(store->db, dispatch_renew, err, "sii",
		    package, d->prospect, d->id));
	return (fu_db_run(store->db, dispatch_reclaim, err, "sstii", package,
	    token, lease_us, d->prospect, d->id));
}

int
fu_dispatch_start(struct fu_store *store, const struct fu_dispatch *d,
    const char *message_id, int64_t lease_us, bool *started,
    struct fu_err *err)
{
	if (fu_db_run(store->db, dispatch_start, err, "siiis", message_id,
	    lease_us, d->prospect, d->id, d->claim) == -1)
		return (-1);
	*started = fu_db_changes(store->db) == 1;
	return (0);
}

int
fu_dispatch_release(struct fu_store *store, const struct fu_dispatch *d,
    int64_t next_us, struct fu_err *err)
{
	return (fu_db_run(store->db, dispatch_release, err, "tiis", next_us,
	    d->prospect, d->id, d->claim));
}

int
fu_dispatch_outcome(struct fu_store *store, const struct fu_dispatch *d,
    struct fu_err *err)
{
	return (fu_db_run(store->db, dispatch_outcome, err, "dssttii",
	    (int)d->state, d->via, d->status, d->sent_us, d->next_us,
	    d->prospect, d->id));
}

int
fu_dispatch_cancel(struct fu_store *store, int64_t prospect, int64_t handoff,
    struct fu_err *err)
{
	return (fu_db_run(store->db, dispatch_cancel, err, "ii", prospect,
	    handoff));
}

int
fu_dispatch_expire_leases(struct fu_store *store, struct fu_err *err)
{
	if (fu_db_run(store->db, leases_claimed, err, "ii", store->now_us,
	    store->now_us) == -1)
		return (-1);
	return (fu_db_run(store->db, leases_attempting, err, "i",
	    store->now_us));
}

int
fu_dispatch_uncertain(struct fu_store *store, int64_t after, size_t max,
    struct fu_arena *arena, struct fu_dispatch **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, dispatch_uncertain, err);

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", after, (int64_t)max);
	return (read_all(s, arena, array, n, err));
}
