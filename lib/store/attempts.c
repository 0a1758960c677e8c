/*
 * The statements about attempts, and what is asked of the past before sending.
 */
#include "store/attempts.h"

static const char attempt_add[] =
    "INSERT INTO attempt (prospect, id, touch, dispatch, started_us, via,"
    " message_id, text) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
static const char attempt_end[] =
    "UPDATE attempt SET ended_us = $1, outcome = $2, detail = $3"
    " WHERE prospect = $4 AND id = $5";
static const char attempts_of_touch[] =
    "SELECT count(*), min(started_us) FROM attempt"
    " WHERE prospect = $1 AND touch = $2"
    " AND outcome IN ('retry', 'undelivered')";
static const char attempt_lost[] =
    "UPDATE attempt SET outcome = 'undelivered', detail = $1"
    " WHERE prospect = $2 AND id = (SELECT max(id) FROM attempt"
    " WHERE prospect = $3 AND touch = $4)";
static const char attempts_lost[] =
    "SELECT started_us FROM attempt WHERE prospect = $1"
    " AND outcome = 'undelivered' AND started_us > $2"
    " AND touch IS NOT NULL ORDER BY started_us DESC LIMIT $3";
static const char attempts_of_dispatch[] =
    "SELECT count(*), min(started_us) FROM attempt"
    " WHERE prospect = $1 AND dispatch = $2 AND outcome = 'retry'";
static const char attempt_text[] =
    "SELECT text FROM attempt WHERE prospect = $1 AND touch = $2"
    " ORDER BY id DESC LIMIT 1";
static const char attempt_texts[] =
    "SELECT text FROM attempt WHERE prospect = $1 AND touch <> $2"
    " AND text IS NOT NULL AND (outcome IS NULL"
    " OR outcome IN ('sent', 'uncertain')) ORDER BY id";
static const char attempts_count[] =
    "SELECT next FROM counter WHERE name = 'send'";
static const char verdict_last[] =
    "SELECT verdict, reason, rule FROM decision"
    " WHERE prospect = $1 AND subject = $2 AND kind = 'gate'"
    " ORDER BY id DESC LIMIT 1";
static const char touches_fallen[] =
    "SELECT id, prospect FROM touch WHERE state <= 1 AND next_us <= $1"
    " AND state = 0 UNION ALL SELECT id, prospect FROM touch"
    " WHERE claim IS NOT NULL AND lease_us > 0 AND state IN (2, 3)"
    " LIMIT $2";

int
fu_attempt_add(struct fu_store *store, struct fu_attempt *a,
    struct fu_err *err)
{
	int64_t	 count;

	if (fu_store_id(store, FU_N_SEND, &count, err) == -1 ||
	    fu_store_id(store, FU_N_ROW, &a->id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, attempt_add, err, "iittisss", a->prospect,
	    a->id, a->touch == 0 ? FU_NEVER : a->touch,
	    a->dispatch == 0 ? FU_NEVER : a->dispatch, store->now_us, a->via,
	    a->message_id, a->text));
}

int
fu_attempt_end(struct fu_store *store, const struct fu_attempt *a,
    const char *outcome, const char *detail, struct fu_err *err)
{
	return (fu_db_run(store->db, attempt_end, err, "issii", store->now_us,
	    outcome, detail, a->prospect, a->id));
}

int
fu_attempts_failed(struct fu_store *store, const struct fu_attempt *a, int *n,
    int64_t *first_us, struct fu_err *err)
{
	struct fu_stmt	*s;

	if (a->touch != 0)
		s = fu_db_one(store->db, attempts_of_touch, err, "ii",
		    a->prospect, a->touch);
	else
		s = fu_db_one(store->db, attempts_of_dispatch, err, "ii",
		    a->prospect, a->dispatch);
	if (s == NULL)
		return (-1);
	*n = (int)fu_col_int(s, 0);
	*first_us = fu_col_time(s, 1);
	fu_stmt_reset(s);
	return (0);
}

int
fu_attempt_lost(struct fu_store *store, int64_t prospect, int64_t touch,
    const char *detail, struct fu_err *err)
{
	return (fu_db_run(store->db, attempt_lost, err, "siii", detail,
	    prospect, prospect, touch));
}

int
fu_attempts_lost(struct fu_store *store, int64_t prospect, int64_t since_us,
    int64_t *at, size_t max, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, attempts_lost, err);
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iii", prospect, since_us, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		at[(*n)++] = fu_col_int(s, 0);
	return (rc);
}

int
fu_attempts_count(struct fu_store *store, int64_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, attempts_count, err, "");

	if (s == NULL)
		return (err->class == FU_OK ? fu_err_set(err, FU_EIO,
		    "%s: no counter send", fu_db_path(store->db)) : -1);
	*n = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_verdict_last(struct fu_store *store, int64_t prospect, int64_t touch,
    struct fu_arena *arena, const char **verdict, const char **reason,
    const char **rule, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, verdict_last, err, "ii",
	    prospect, touch);

	*verdict = *reason = *rule = NULL;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*verdict = fu_col_text(s, 0, arena);
	*reason = fu_col_text(s, 1, arena);
	*rule = fu_col_text(s, 2, arena);
	fu_stmt_reset(s);
	return (1);
}

int
fu_touches_fallen(struct fu_store *store, size_t max, int64_t *ids,
    int64_t *people, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, touches_fallen, err);
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", store->now_us, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		ids[*n] = fu_col_int(s, 0);
		people[(*n)++] = fu_col_int(s, 1);
	}
	return (rc);
}

int
fu_attempt_texts(struct fu_store *store, int64_t prospect, int64_t but,
    struct fu_arena *arena, struct fu_list *list, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, attempt_texts, err);
	size_t		 cap = 0;
	int		 rc;

	*list = (struct fu_list){ NULL, 0 };
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", prospect, but);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		list->item = fu_grow(arena, list->item, list->n, &cap,
		    sizeof(*list->item));
		list->item[list->n++] = fu_col_text(s, 0, arena);
	}
	return (rc);
}

int
fu_attempt_text(struct fu_store *store, int64_t prospect, int64_t touch,
    struct fu_arena *arena, const char **text, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, attempt_text, err, "ii",
	    prospect, touch);

	*text = NULL;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*text = fu_col_text(s, 0, arena);
	fu_stmt_reset(s);
	return (0);
}
