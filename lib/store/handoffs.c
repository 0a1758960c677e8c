/*
 * The statements about hand-offs.
 */
#include <string.h>

#include "store/handoffs.h"

#define COLUMNS "prospect, id, state, trigger, triggers, package, owner,"	\
	" fired_us, evidence_us, respond_by_us, first_response_us,"		\
	" accepted_us, accepted_by, escalated_us, closed_us, closed_reason"
/* As the indexes say it, or they do not serve. */
#define IS_OPEN "state IN ('open', 'accepted', 'lapsed')"
#define IS_WAITING "state IN ('open', 'lapsed') AND escalated_us IS NULL"

static const char handoff_add[] =
    "INSERT INTO handoff (prospect, id, state, trigger, triggers, package,"
    " owner, fired_us, evidence_us, respond_by_us, first_response_us,"
    " accepted_us, accepted_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
    " $10, $11, $12, $13)";
static const char handoff_write[] =
    "UPDATE handoff SET state = $1, triggers = $2, package = $3,"
    " evidence_us = $4, respond_by_us = $5,"
    " first_response_us = $6, accepted_us = $7, accepted_by = $8,"
    " escalated_us = $9, closed_us = $10, closed_reason = $11"
    " WHERE prospect = $12 AND id = $13";
static const char handoff_load[] =
    "SELECT " COLUMNS " FROM handoff WHERE id = $1";
static const char handoff_open_of[] =
    "SELECT " COLUMNS " FROM handoff WHERE prospect = $1 AND " IS_OPEN;
static const char handoffs_lapsing[] =
    "SELECT " COLUMNS " FROM handoff WHERE " IS_WAITING
    " AND respond_by_us <= $1 AND state = 'open'"
    " ORDER BY respond_by_us, id LIMIT $2";
static const char handoffs_escalating[] =
    "SELECT " COLUMNS " FROM handoff WHERE " IS_WAITING
    " AND respond_by_us <= $1 AND state = 'lapsed'"
    " ORDER BY respond_by_us, id LIMIT $2";
static const char handoffs_next[] =
    "SELECT " COLUMNS " FROM handoff WHERE " IS_OPEN " AND prospect > $1"
    " ORDER BY prospect LIMIT $2";

static void
read_row(struct fu_stmt *s, struct fu_arena *arena, struct fu_handoff *h)
{
	int	 c = 0;

	memset(h, 0, sizeof(*h));
	h->prospect = fu_col_int(s, c++);
	h->id = fu_col_int(s, c++);
	h->state = fu_col_text(s, c++, arena);
	h->trigger = fu_col_text(s, c++, arena);
	h->triggers = fu_col_text(s, c++, arena);
	h->package = fu_col_text(s, c++, arena);
	h->owner = fu_col_text(s, c++, arena);
	h->fired_us = fu_col_time(s, c++);
	h->evidence_us = fu_col_time(s, c++);
	h->respond_by_us = fu_col_time(s, c++);
	h->first_response_us = fu_col_time(s, c++);
	h->accepted_us = fu_col_time(s, c++);
	h->accepted_by = fu_col_text(s, c++, arena);
	h->escalated_us = fu_col_time(s, c++);
	h->closed_us = fu_col_time(s, c++);
	h->closed_reason = fu_col_text(s, c++, arena);
}

static int
take_one(struct fu_stmt *s, struct fu_arena *arena, struct fu_handoff *h,
    struct fu_err *err)
{
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	read_row(s, arena, h);
	fu_stmt_reset(s);
	return (1);
}

static int
take_chunk(struct fu_store *store, const char *sql, int64_t from, size_t max,
    struct fu_arena *arena, struct fu_handoff **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, sql, err);
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	*array = fu_alloc_array(arena, max, sizeof(**array));
	fu_stmt_bind(s, "ii", from, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		read_row(s, arena, &(*array)[(*n)++]);
	return (rc);
}

bool
fu_handoff_is_open(const struct fu_handoff *h)
{
	return (fu_streq(h->state, "open") || fu_streq(h->state, "accepted") ||
	    fu_streq(h->state, "lapsed"));
}

int
fu_handoff_add(struct fu_store *store, const struct fu_handoff *h,
    struct fu_err *err)
{
	return (fu_db_run(store->db, handoff_add, err, "iisssssttttts",
	    h->prospect, h->id, h->state, h->trigger, h->triggers, h->package,
	    h->owner, h->fired_us, h->evidence_us, h->respond_by_us,
	    h->first_response_us, h->accepted_us, h->accepted_by));
}

int
fu_handoff_write(struct fu_store *store, const struct fu_handoff *h,
    struct fu_err *err)
{
	return (fu_db_run(store->db, handoff_write, err, "sssttttsttsii",
	    h->state, h->triggers, h->package, h->evidence_us,
	    h->respond_by_us, h->first_response_us, h->accepted_us,
	    h->accepted_by, h->escalated_us, h->closed_us, h->closed_reason,
	    h->prospect, h->id));
}

int
fu_handoff_load(struct fu_store *store, int64_t id, struct fu_arena *arena,
    struct fu_handoff *h, struct fu_err *err)
{
	return (take_one(fu_db_one(store->db, handoff_load, err, "i", id),
	    arena, h, err));
}

int
fu_handoff_open_of(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_handoff *h, struct fu_err *err)
{
	return (take_one(fu_db_one(store->db, handoff_open_of, err, "i",
	    prospect), arena, h, err));
}

int
fu_handoffs_lapsing(struct fu_store *store, int64_t by_us, size_t max,
    struct fu_arena *arena, struct fu_handoff **array, size_t *n,
    struct fu_err *err)
{
	return (take_chunk(store, handoffs_lapsing, by_us, max, arena, array,
	    n, err));
}

int
fu_handoffs_escalating(struct fu_store *store, int64_t by_us, size_t max,
    struct fu_arena *arena, struct fu_handoff **array, size_t *n,
    struct fu_err *err)
{
	return (take_chunk(store, handoffs_escalating, by_us, max, arena,
	    array, n, err));
}

int
fu_handoffs_next(struct fu_store *store, int64_t after, size_t max,
    struct fu_arena *arena, struct fu_handoff **array, size_t *n,
    struct fu_err *err)
{
	return (take_chunk(store, handoffs_next, after, max, arena, array, n,
	    err));
}
