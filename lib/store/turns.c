/*
 * The statements about our words in the site's chat.
 */
#include <string.h>

#include "store/turns.h"

static const char turn_add[] =
    "INSERT INTO turn (prospect, id, at_us, who, rep, visitor, text, next_us)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char turns_due[] =
    "SELECT DISTINCT prospect FROM turn WHERE next_us IS NOT NULL"
    " AND next_us <= $1 AND prospect > $2 ORDER BY prospect LIMIT $3";
static const char turns_waiting[] =
    "SELECT id, at_us, who, rep, visitor, text, next_us FROM turn"
    " WHERE prospect = $1 AND id > $2 AND fetched_us IS NULL AND who <> 1"
    " AND (visitor IS NULL OR $3 IS NULL OR visitor = $3) ORDER BY id";
static const char turns_fetched[] =
    "UPDATE turn SET fetched_us = $1, next_us = NULL WHERE prospect = $2"
    " AND id <= $3 AND fetched_us IS NULL AND who <> 1"
    " AND (visitor IS NULL OR visitor = $4)";
static const char turns_leave[] =
    "UPDATE turn SET next_us = NULL, dispatch = $1 WHERE prospect = $2"
    " AND next_us <= $3";
static const char turns_wake[] =
    "UPDATE turn SET next_us = $1 WHERE prospect = $2 AND next_us IS NULL"
    " AND fetched_us IS NULL AND dispatch IS NULL AND at_us >= $3"
    " AND who <> 1";
static const char turns_left[] =
    "SELECT count(*) FROM turn WHERE prospect = $1 AND dispatch = $2"
    " AND fetched_us IS NULL";
static const char turn_asks_add[] =
    "INSERT INTO turn (prospect, id, at_us, who, text, event)"
    " VALUES ($1, $2, $3, 1, '', $4)";
static const char turn_asks_over[] =
    "DELETE FROM turn WHERE prospect = $1 AND event = $2 AND who = 1";
static const char turns_asking[] =
    "SELECT t.prospect, t.id, t.event, e.body FROM turn t JOIN event e"
    " ON e.prospect = t.prospect AND e.id = t.event WHERE t.who = 1"
    " AND t.id > $1 AND t.at_us >= $2 ORDER BY t.id LIMIT $3";

int
fu_turn_add(struct fu_store *store, struct fu_turn *t, struct fu_err *err)
{
	if (fu_store_id(store, FU_N_ROW, &t->id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, turn_add, err, "iiidssst", t->prospect,
	    t->id, t->at_us, (int)t->from, t->rep, t->visitor, t->text,
	    t->next_us));
}

int
fu_turns_due(struct fu_store *store, int64_t until_us, int64_t after,
    size_t max, int64_t *ids, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, turns_due, err);
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iii", until_us, after, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		ids[(*n)++] = fu_col_int(s, 0);
	return (rc);
}

int
fu_turns_waiting(struct fu_store *store, int64_t prospect,
    const char *visitor, int64_t after, struct fu_arena *arena,
    struct fu_turn **array, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, turns_waiting, err);
	struct fu_turn	*t;
	size_t		 cap = 0;
	int		 rc;

	*array = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iis", prospect, after, visitor);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*array = fu_grow(arena, *array, *n, &cap, sizeof(**array));
		t = &(*array)[(*n)++];
		memset(t, 0, sizeof(*t));
		t->prospect = prospect;
		t->id = fu_col_int(s, 0);
		t->at_us = fu_col_int(s, 1);
		t->from = (enum fu_from)fu_col_int(s, 2);
		t->rep = fu_col_text(s, 3, arena);
		t->visitor = fu_col_text(s, 4, arena);
		t->text = fu_col_text(s, 5, arena);
		t->next_us = fu_col_time(s, 6);
	}
	return (rc);
}

int
fu_turns_fetched(struct fu_store *store, int64_t prospect,
    const char *visitor, int64_t through, struct fu_err *err)
{
	return (fu_db_run(store->db, turns_fetched, err, "iiis",
	    store->now_us, prospect, through, visitor));
}

int
fu_turns_leave(struct fu_store *store, int64_t prospect, int64_t dispatch,
    struct fu_err *err)
{
	return (fu_db_run(store->db, turns_leave, err, "tii",
	    dispatch == 0 ? FU_NEVER : dispatch, prospect, store->now_us));
}

int
fu_turns_wake(struct fu_store *store, int64_t prospect, int64_t since_us,
    struct fu_err *err)
{
	return (fu_db_run(store->db, turns_wake, err, "iii", store->now_us,
	    prospect, since_us));
}

int
fu_turns_left(struct fu_store *store, int64_t prospect, int64_t dispatch,
    int *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, turns_left, err, "ii",
	    prospect, dispatch);

	if (s == NULL)
		return (-1);
	*n = (int)fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_turn_asks_add(struct fu_store *store, int64_t prospect, int64_t event,
    int64_t at_us, struct fu_err *err)
{
	int64_t	 id;

	if (fu_store_id(store, FU_N_ROW, &id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, turn_asks_add, err, "iiii", prospect, id,
	    at_us, event));
}

int
fu_turn_asks_over(struct fu_store *store, int64_t prospect, int64_t event,
    struct fu_err *err)
{
	return (fu_db_run(store->db, turn_asks_over, err, "ii", prospect,
	    event));
}

int
fu_turns_asking(struct fu_store *store, int64_t since_us, int64_t after,
    size_t max, struct fu_arena *arena, struct fu_turn_asks **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, turns_asking, err);
	struct fu_turn_asks	*t;
	size_t			 cap = 0;
	int			 rc;

	*array = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iii", after, since_us, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*array = fu_grow(arena, *array, *n, &cap, sizeof(**array));
		t = &(*array)[(*n)++];
		t->prospect = fu_col_int(s, 0);
		t->id = fu_col_int(s, 1);
		t->event = fu_col_int(s, 2);
		t->body = fu_col_text(s, 3, arena);
	}
	return (rc);
}
