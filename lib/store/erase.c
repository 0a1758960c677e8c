/*
 * The statements that erase.
 *
 * Must never touch the ledger or the fold of its suppressions.
 */
#include <stdio.h>

#include "store/erase.h"

#define CHUNK	500		/* rows held at a time */

static const char *const of_person[] = {
	"DELETE FROM event WHERE prospect = $1",
	"DELETE FROM touch WHERE prospect = $1",
	"DELETE FROM attempt WHERE prospect = $1",
	"DELETE FROM insight_shown WHERE prospect = $1",
	"DELETE FROM slowed WHERE prospect = $1",
	"DELETE FROM enrolment WHERE prospect = $1",
	"DELETE FROM handoff WHERE prospect = $1",
	"DELETE FROM dispatch WHERE prospect = $1",
	"DELETE FROM turn WHERE prospect = $1",
	"DELETE FROM decision WHERE prospect = $1",
	"DELETE FROM consent WHERE prospect = $1",
	"DELETE FROM provenance WHERE prospect = $1",
	"DELETE FROM alias WHERE prospect = $1",
	"DELETE FROM standing WHERE prospect = $1",
};
#define NOF_PERSON (sizeof(of_person) / sizeof(of_person[0]))

static const char identity_more[] =
    "DELETE FROM identity WHERE prospect = $1 AND more = 1";
static const char fresh_drop[] =
    "DELETE FROM identity_fresh WHERE prospect = $1";
static const char prospect_drop[] =
    "DELETE FROM prospect WHERE id = $1";

static const char stranger_events[] =
    "SELECT id, body, text, arg FROM event WHERE prospect = 0 AND id > $1"
    " ORDER BY id LIMIT $2";
static const char stranger_event_drop[] =
    "DELETE FROM event WHERE prospect = 0 AND id = $1";
static const char stranger_dispatches[] =
    "SELECT id, destination, package, status FROM dispatch WHERE prospect = 0"
    " AND id > $1 ORDER BY id LIMIT $2";
static const char stranger_dispatch_drop[] =
    "DELETE FROM dispatch WHERE prospect = 0 AND id = $1";
static const char batches[] =
    "SELECT id, name, NULL, NULL FROM batch WHERE id > $1 ORDER BY id"
    " LIMIT $2";
static const char batch_rename[] =
    "UPDATE batch SET name = '" FU_BATCH_ERASED "' WHERE id = $1";

static const char longer[] =
    "SELECT value FROM identity WHERE kind = 1 AND instr(value, $1) > 0"
    " AND value <> $2 UNION SELECT value FROM identity_fresh WHERE kind = 1"
    " AND instr(value, $3) > 0 AND value <> $4";
static const char mentions[] =
    "SELECT 'event', prospect, id FROM event"
    " WHERE (' ' || lower(body) || ' ') GLOB $1"
    " OR (' ' || lower(text) || ' ') GLOB $1"
    " UNION ALL SELECT 'prospect', id, id FROM prospect"
    " WHERE (' ' || lower(attrs) || ' ') GLOB $1"
    " OR (' ' || lower(email) || ' ') GLOB $1"
    " OR (' ' || phone || ' ') GLOB $1"
    " UNION ALL SELECT 'identity', prospect, 0 FROM identity"
    " WHERE (' ' || value || ' ') GLOB $1"
    " UNION ALL SELECT 'attempt', prospect, id FROM attempt"
    " WHERE (' ' || lower(text) || ' ') GLOB $1"
    " OR (' ' || lower(detail) || ' ') GLOB $1"
    " UNION ALL SELECT 'handoff', prospect, id FROM handoff"
    " WHERE (' ' || lower(package) || ' ') GLOB $1"
    " UNION ALL SELECT 'dispatch', prospect, id FROM dispatch"
    " WHERE (' ' || lower(package) || ' ') GLOB $1"
    " OR (' ' || lower(destination) || ' ') GLOB $1"
    " UNION ALL SELECT 'turn', prospect, id FROM turn"
    " WHERE (' ' || lower(text) || ' ') GLOB $1"
    " UNION ALL SELECT 'decision', prospect, id FROM decision"
    " WHERE (' ' || lower(inputs) || ' ') GLOB $1"
    " OR (' ' || lower(reason) || ' ') GLOB $1"
    " UNION ALL SELECT 'touch', prospect, id FROM touch"
    " WHERE (' ' || lower(address) || ' ') GLOB $1"
    " OR (' ' || lower(status) || ' ') GLOB $1"
    " LIMIT 100";

/* A sign of life counts, else when they were collected, else known. */
static const char stale[] =
    "SELECT p.id FROM prospect p JOIN standing s ON s.prospect = p.id"
    " WHERE p.id > $1 AND (s.last_inbound_us < $2 OR"
    " (s.last_inbound_us IS NULL AND coalesce(p.collected_at < $3,"
    " p.known_us < $2))) ORDER BY p.id LIMIT $4";
static const char stale_visitors[] =
    "SELECT p.id FROM prospect p JOIN standing s ON s.prospect = p.id"
    " WHERE p.id > $1 AND (s.last_inbound_us < $2 OR"
    " (s.last_inbound_us IS NULL AND coalesce(p.collected_at < $3,"
    " p.known_us < $2))) AND p.email IS NULL AND p.phone IS NULL"
    " AND p.external_id IS NULL ORDER BY p.id LIMIT $4";

static const char *const older[FU_STALE_N] = {
	[FU_STALE_TRANSCRIPTS] =
	"UPDATE event SET text = NULL, body = NULL WHERE prospect >= $1"
	" AND prospect < $2 AND at_us < $3 AND (text IS NOT NULL OR"
	" (body IS NOT NULL AND kind IN ('chat', 'message', 'reply', 'form',"
	" 'auto_reply')))",
	[FU_STALE_TURNS] =
	"DELETE FROM turn WHERE prospect >= $1 AND prospect < $2"
	" AND at_us < $3",
	[FU_STALE_MESSAGES] =
	"UPDATE attempt SET text = NULL WHERE prospect >= $1"
	" AND prospect < $2 AND started_us < $3 AND text IS NOT NULL",
	[FU_STALE_DECISIONS] =
	"DELETE FROM decision WHERE prospect >= $1 AND prospect < $2"
	" AND at_us < $3",
};
static const char runs_older[] =
    "DELETE FROM run WHERE started_us < $1 AND ended_us IS NOT NULL";
static const char people_end[] =
    "SELECT next FROM counter WHERE name = 'prospect'";

int
fu_erase_person(struct fu_store *store, int64_t prospect, struct fu_err *err)
{
	for (size_t i = 0; i < NOF_PERSON; i++)
		if (fu_db_run(store->db, of_person[i], err, "i", prospect) ==
		    -1)
			return (-1);
	if (fu_db_run(store->db, identity_more, err, "i", prospect) == -1 ||
	    fu_db_run(store->db, fresh_drop, err, "i", prospect) == -1)
		return (-1);
	return (fu_db_run(store->db, prospect_drop, err, "i", prospect));
}

/* Rows of a table, by three of their texts: ${then} those that name them. */
static int
each_naming(struct fu_store *store, const char *select, const char *then,
    bool (*names)(void *, const char *), void *ctx, uint64_t *n,
    struct fu_err *err)
{
	struct fu_arena	 arena;
	struct fu_stmt	*s;
	int64_t		 hit[CHUNK], after = 0;
	size_t		 rows = CHUNK, hits;
	int		 rc = 0;

	fu_arena_init(&arena);
	while (rc == 0 && rows == CHUNK) {
		if ((s = fu_db_stmt(store->db, select, err)) == NULL) {
			rc = -1;
			break;
		}
		rows = hits = 0;
		fu_stmt_bind(s, "id", after, CHUNK);
		while ((rc = fu_stmt_step(s, err)) == 1) {
			bool	 theirs = false;

			after = fu_col_int(s, 0);
			rows++;
			for (int i = 1; i <= 3 && !theirs; i++)
				theirs = !fu_col_null(s, i) && names(ctx,
				    fu_col_text(s, i, &arena));
			if (theirs)
				hit[hits++] = after;
		}
		for (size_t i = 0; rc == 0 && i < hits; i++)
			rc = fu_db_run(store->db, then, err, "i", hit[i]);
		*n += hits;
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
	return (rc);
}

int
fu_erase_strangers(struct fu_store *store, bool (*names)(void *, const char *),
    void *ctx, uint64_t *n, struct fu_err *err)
{
	if (each_naming(store, stranger_events, stranger_event_drop, names, ctx,
	    n, err) == -1)
		return (-1);
	return (each_naming(store, stranger_dispatches, stranger_dispatch_drop,
	    names, ctx, n, err));
}

int
fu_erase_batches(struct fu_store *store, bool (*names)(void *, const char *),
    void *ctx, uint64_t *n, struct fu_err *err)
{
	return (each_naming(store, batches, batch_rename, names, ctx, n, err));
}

int
fu_erase_longer(struct fu_store *store, const char *text,
    struct fu_arena *arena, const char ***list, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, longer, err);
	size_t		 cap = 0;
	int		 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ssss", text, text, text, text);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, &cap, sizeof(**list));
		(*list)[(*n)++] = fu_col_text(s, 0, arena);
	}
	return (rc);
}

int
fu_erase_mentions(struct fu_store *store, const char *pattern,
    void (*call)(void *, const char *, int64_t, int64_t), void *ctx,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, mentions, err);
	char		 table[32];
	struct fu_str	 v;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "s", pattern);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		v = fu_col_view(s, 0);
		snprintf(table, sizeof(table), "%.*s", (int)v.len, v.ptr);
		call(ctx, table, fu_col_int(s, 1), fu_col_int(s, 2));
	}
	return (rc);
}

static int
take_ids(struct fu_store *store, const char *sql, int64_t before_us,
    int64_t after, size_t max, int64_t *ids, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, sql, err);
	char		 before[FU_TIME_LEN];
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iisi", after, before_us,
	    fu_time_print(before_us, before), (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		if (*n < max)
			ids[(*n)++] = fu_col_int(s, 0);
	return (rc);
}

int
fu_erase_stale(struct fu_store *store, int64_t before_us, int64_t after,
    size_t max, int64_t *ids, size_t *n, struct fu_err *err)
{
	return (take_ids(store, stale, before_us, after, max, ids, n, err));
}

int
fu_erase_stale_visitors(struct fu_store *store, int64_t before_us,
    int64_t after, size_t max, int64_t *ids, size_t *n, struct fu_err *err)
{
	return (take_ids(store, stale_visitors, before_us, after, max, ids, n,
	    err));
}

int
fu_erase_older(struct fu_store *store, enum fu_stale kind, int64_t from,
    int64_t to, int64_t before_us, uint64_t *n, struct fu_err *err)
{
	if (fu_db_run(store->db, older[kind], err, "iii", from, to,
	    before_us) == -1)
		return (-1);
	*n += (uint64_t)fu_db_changes(store->db);
	return (0);
}

int
fu_erase_runs(struct fu_store *store, int64_t before_us, uint64_t *n,
    struct fu_err *err)
{
	if (fu_db_run(store->db, runs_older, err, "i", before_us) == -1)
		return (-1);
	*n += (uint64_t)fu_db_changes(store->db);
	return (0);
}

int
fu_erase_end(struct fu_store *store, int64_t *end, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, people_end, err, "");

	if (s == NULL)
		return (-1);
	*end = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}
