/*
 * The statements about the wordings of consents.
 *
 * Must never change the ledger, which has their hashes.
 */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "store/wording.h"

#define CHUNK	200		/* texts held at a time */

static const char wording_put[] =
    "INSERT INTO wording (hash, text, used_us) VALUES ($1, $2, 0)"
    " ON CONFLICT (hash) DO UPDATE SET text = excluded.text"
    " WHERE wording.text IS NULL";
/* Sent, or perhaps sent; states as in enum fu_touch_state. */
static const char uses[] =
    "SELECT l.evidence, MAX(COALESCE(t.sent_us, t.handled_us)) FROM ledger l"
    " JOIN touch t ON t.prospect = $1 AND t.channel = l.channel"
    " AND t.state IN (4, 6) WHERE l.event = 'consent'"
    " AND l.evidence IS NOT NULL AND (l.prospect = $1 OR l.prospect IN"
    " (SELECT old FROM alias WHERE prospect = $1)) GROUP BY l.evidence";
static const char used[] =
    "UPDATE wording SET used_us = $1 WHERE hash = $2 AND used_us < $1";
static const char wordings_next[] =
    "SELECT hash, text FROM wording WHERE hash > $1 AND text IS NOT NULL"
    " ORDER BY hash LIMIT $2";
static const char wording_erase[] =
    "UPDATE wording SET text = NULL WHERE hash = $1";
static const char wording_purge[] =
    "DELETE FROM wording WHERE used_us < $1"
    " AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.evidence = wording.hash"
    " AND l.event = 'consent' AND l.at_us >= $1)"
    " AND NOT EXISTS (SELECT 1 FROM ledger l LEFT JOIN alias a"
    " ON a.old = l.prospect JOIN touch t"
    " ON t.prospect = COALESCE(a.prospect, l.prospect)"
    " AND t.channel = l.channel AND t.state IN (4, 6)"
    " WHERE l.evidence = wording.hash AND l.event = 'consent'"
    " AND COALESCE(t.sent_us, t.handled_us) >= $1)";

int
fu_wording_put(struct fu_store *store, const char *text,
    char hash[FU_WORDING_LEN], struct fu_err *err)
{
	uint8_t	 sum[32];

	fu_sha256(text, strlen(text), sum);
	fu_hex(sum, sizeof(sum), hash);
	return (fu_db_run(store->db, wording_put, err, "ss", hash, text));
}

int
fu_wording_used(struct fu_store *store, int64_t prospect, struct fu_err *err)
{
	struct use {
		const char	*hash;
		int64_t		 at_us;
	}		*use = NULL;
	struct fu_stmt	*s = fu_db_stmt(store->db, uses, err);
	struct fu_arena	 arena;
	size_t		 n = 0, cap = 0;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_arena_init(&arena);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		use = fu_grow(&arena, use, n, &cap, sizeof(*use));
		use[n].hash = fu_col_text(s, 0, &arena);
		use[n++].at_us = fu_col_int(s, 1);
	}
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = fu_db_run(store->db, used, err, "is", use[i].at_us,
		    use[i].hash);
	fu_arena_free(&arena);
	return (rc);
}

int
fu_wording_erase(struct fu_store *store, bool (*names)(void *, const char *),
    void *ctx, uint64_t *n, struct fu_err *err)
{
	char		 hash[CHUNK][FU_WORDING_LEN], last[FU_WORDING_LEN] = "";
	struct fu_arena	 arena;
	struct fu_stmt	*s;
	size_t		 rows = CHUNK, hits;
	int		 rc = 0;

	fu_arena_init(&arena);
	while (rc == 0 && rows == CHUNK) {
		if ((s = fu_db_stmt(store->db, wordings_next, err)) == NULL) {
			rc = -1;
			break;
		}
		rows = hits = 0;
		fu_stmt_bind(s, "sd", last, CHUNK);
		while ((rc = fu_stmt_step(s, err)) == 1) {
			snprintf(last, sizeof(last), "%s", fu_col_text(s, 0,
			    &arena));
			rows++;
			if (names(ctx, fu_col_text(s, 1, &arena)))
				memcpy(hash[hits++], last, sizeof(last));
		}
		for (size_t i = 0; rc == 0 && i < hits; i++)
			rc = fu_db_run(store->db, wording_erase, err, "s",
			    hash[i]);
		*n += hits;
		fu_arena_reset(&arena);
	}
	fu_arena_free(&arena);
	return (rc);
}

int
fu_wording_purge(struct fu_store *store, int64_t before_us, uint64_t *n,
    struct fu_err *err)
{
	if (fu_db_run(store->db, wording_purge, err, "i", before_us) == -1)
		return (-1);
	*n += (uint64_t)fu_db_changes(store->db);
	return (0);
}
