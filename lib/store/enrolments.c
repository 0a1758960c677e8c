/*
 * The statements about enrolments.
 */
#include <string.h>

#include "store/enrolments.h"
#include "store/touches.h"

#define COLUMNS "prospect, id, cadence, version, active, entered_us,"	\
	" anchor_us, return_us, shift_days, paused_us, holdout, ended_us,"	\
	" reason"

static const char enrolment_active[] =
    "SELECT " COLUMNS " FROM enrolment WHERE prospect = $1 AND active = 1";
static const char enrolment_last[] =
    "SELECT " COLUMNS " FROM enrolment WHERE prospect = $1 AND cadence = $2"
    " ORDER BY id DESC LIMIT 1";
static const char enrolment_at[] =
    "SELECT " COLUMNS " FROM enrolment WHERE prospect = $1"
    " AND entered_us <= $2 ORDER BY id DESC LIMIT 1";
static const char enrolment_untold[] =
    "SELECT " COLUMNS " FROM enrolment WHERE prospect = $1 AND active = 0"
    " AND told = 0 ORDER BY id DESC LIMIT 1";
static const char enrolment_told[] =
    "UPDATE enrolment SET told = 1 WHERE prospect = $1 AND active = 0"
    " AND told = 0";
static const char enrolment_add[] =
    "INSERT INTO enrolment (prospect, id, cadence, version, active, entered_us,"
    " anchor_us, return_us, holdout, reason, score)"
    " VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10)";
static const char enrolment_end[] =
    "UPDATE enrolment SET active = 0, ended_us = $1, reason = $2"
    " WHERE prospect = $3 AND id = $4 AND active = 1";
static const char enrolment_pause[] =
    "UPDATE enrolment SET shift_days = $1, paused_us = $2"
    " WHERE prospect = $3 AND id = $4";
static const char enrolments_next[] =
    "SELECT " COLUMNS " FROM enrolment WHERE active = 1 AND prospect > $1"
    " ORDER BY prospect LIMIT $2";

static void
read_row(struct fu_stmt *s, struct fu_arena *arena, struct fu_enrolment *e)
{
	memset(e, 0, sizeof(*e));
	e->prospect = fu_col_int(s, 0);
	e->id = fu_col_int(s, 1);
	e->cadence = fu_col_text(s, 2, arena);
	e->version = fu_col_text(s, 3, arena);
	e->active = fu_col_int(s, 4) != 0;
	e->entered_us = fu_col_int(s, 5);
	e->anchor_us = fu_col_int(s, 6);
	e->return_us = fu_col_time(s, 7);
	e->shift_days = (int32_t)fu_col_int(s, 8);
	e->paused_us = fu_col_time(s, 9);
	e->holdout = fu_col_int(s, 10) != 0;
	e->ended_us = fu_col_time(s, 11);
	e->reason = fu_col_text(s, 12, arena);
}

static int
take_one(struct fu_stmt *s, struct fu_arena *arena, struct fu_enrolment *e,
    struct fu_err *err)
{
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	read_row(s, arena, e);
	fu_stmt_reset(s);
	return (1);
}

int
fu_enrolment_active(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_enrolment *e, struct fu_err *err)
{
	return (take_one(fu_db_one(store->db, enrolment_active, err, "i",
	    prospect), arena, e, err));
}

int
fu_enrolment_last(struct fu_store *store, int64_t prospect,
    const char *cadence, struct fu_arena *arena, struct fu_enrolment *e,
    struct fu_err *err)
{
	return (take_one(fu_db_one(store->db, enrolment_last, err, "is",
	    prospect, cadence), arena, e, err));
}

int
fu_enrolment_at(struct fu_store *store, int64_t prospect, int64_t at_us,
    struct fu_arena *arena, struct fu_enrolment *e, struct fu_err *err)
{
	return (take_one(fu_db_one(store->db, enrolment_at, err, "ii",
	    prospect, at_us), arena, e, err));
}

int
fu_enrolment_untold(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_enrolment *e, struct fu_err *err)
{
	return (take_one(fu_db_one(store->db, enrolment_untold, err, "i",
	    prospect), arena, e, err));
}

int
fu_enrolment_told(struct fu_store *store, int64_t prospect, struct fu_err *err)
{
	return (fu_db_run(store->db, enrolment_told, err, "i", prospect));
}

int
fu_enrolment_add(struct fu_store *store, struct fu_enrolment *e, int score,
    struct fu_err *err)
{
	if (fu_store_id(store, FU_N_ROW, &e->id, err) == -1)
		return (-1);
	e->active = true;
	return (fu_db_run(store->db, enrolment_add, err, "iissiitbsd",
	    e->prospect, e->id, e->cadence, e->version, e->entered_us,
	    e->anchor_us, e->return_us, e->holdout, e->reason, score));
}

int
fu_enrolment_end(struct fu_store *store, int64_t prospect, int64_t id,
    const char *reason, struct fu_err *err)
{
	if (fu_db_run(store->db, enrolment_end, err, "isii", store->now_us,
	    reason, prospect, id) == -1)
		return (-1);
	return (fu_touches_cancel(store, prospect, id, reason, err));
}

int
fu_enrolment_end_active(struct fu_store *store, int64_t prospect,
    const char *reason, struct fu_err *err)
{
	struct fu_enrolment	 e;
	struct fu_decision	 d;
	struct fu_arena		 arena;
	int			 rc;

	fu_arena_init(&arena);
	rc = fu_enrolment_active(store, prospect, &arena, &e, err);
	if (rc == 1) {
		d = (struct fu_decision){ .prospect = prospect,
			.kind = "enrolment", .subject = e.id,
			.verdict = "stopped", .reason = reason };
		rc = fu_enrolment_end(store, prospect, e.id, reason, err);
		if (rc == 0)
			rc = fu_decision_add(store, &d, err);
	}
	fu_arena_free(&arena);
	return (rc);
}

int
fu_enrolment_pause(struct fu_store *store, int64_t prospect, int64_t id,
    int32_t shift_days, int64_t paused_us, struct fu_err *err)
{
	return (fu_db_run(store->db, enrolment_pause, err, "dtii",
	    (int)shift_days, paused_us, prospect, id));
}

int
fu_enrolments_next(struct fu_store *store, int64_t after, size_t max,
    struct fu_arena *arena, struct fu_enrolment **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, enrolments_next, err);
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	*array = fu_alloc_array(arena, max, sizeof(**array));
	fu_stmt_bind(s, "ii", after, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		read_row(s, arena, &(*array)[(*n)++]);
	return (rc);
}
