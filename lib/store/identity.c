/*
 * The statements about identities.
 *
 * Must never decide that two people are one.
 */
#include "store/identity.h"

static const char identity_find[] =
    "SELECT prospect FROM identity WHERE kind = $1 AND value = $2"
    " ORDER BY prospect LIMIT $3";
/* A later run makes later people: that order needs no sorting. */
static const char identity_find_fresh[] =
    "SELECT f.prospect FROM identity_run r CROSS JOIN identity_fresh f"
    " ON f.run = r.run AND f.kind = $1 AND f.value = $2"
    " ORDER BY r.run, f.prospect LIMIT $3";
static const char identity_drop_fresh[] =
    "DELETE FROM identity_fresh WHERE run IN (SELECT run FROM identity_run)"
    " AND kind = $1 AND value = $2 AND prospect = $3";
static const char identity_add[] =
    "INSERT INTO identity (kind, value, prospect, more)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (kind, value, prospect) DO NOTHING";
static const char identity_drop[] =
    "DELETE FROM identity WHERE kind = $1 AND value = $2 AND prospect = $3";
static const char identity_move_more[] =
    "INSERT INTO identity (kind, value, prospect, more)"
    " SELECT kind, value, $1, 1 FROM identity WHERE prospect = $2 AND more = 1"
    " ON CONFLICT (kind, value, prospect) DO NOTHING";
static const char identity_drop_more[] =
    "DELETE FROM identity WHERE prospect = $1 AND more = 1";
static const char identity_extra[] =
    "SELECT value FROM identity WHERE prospect = $1 AND more = 1 AND kind = $2"
    " ORDER BY value";

static void
hold(struct fu_holders *h, int64_t id)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->id[i] == id)
			return;
	if (h->n < FU_HOLDERS_MAX)
		h->id[h->n++] = id;
}

static int
find(struct fu_store *store, const char *sql, enum fu_id_kind kind,
    const char *value, int max, struct fu_holders *holders,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, sql, err);
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "dsd", (int)kind, value, max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		hold(holders, fu_col_int(s, 0));
	return (rc);
}

int
fu_identity_find_some(struct fu_store *store, enum fu_id_kind kind,
    const char *value, int max, struct fu_holders *holders,
    struct fu_err *err)
{
	holders->n = 0;
	if (store->bulk != NULL && fu_bulk_unknown(store, kind, value))
		return (0);
	if (find(store, identity_find, kind, value, max, holders, err) == -1)
		return (-1);
	if (holders->n >= (size_t)max ||
	    (store->bulk != NULL && fu_bulk_absent(store, kind, value)))
		return (0);
	return (find(store, identity_find_fresh, kind, value, max, holders,
	    err));
}

int
fu_identity_find(struct fu_store *store, enum fu_id_kind kind,
    const char *value, struct fu_holders *holders, struct fu_err *err)
{
	return (fu_identity_find_some(store, kind, value, FU_HOLDERS_MAX,
	    holders, err));
}

int
fu_identity_add(struct fu_store *store, enum fu_id_kind kind,
    const char *value, int64_t prospect, bool more, bool *added,
    struct fu_err *err)
{
	if (fu_db_run(store->db, identity_add, err, "dsib", (int)kind, value,
	    prospect, more) == -1)
		return (-1);
	*added = fu_db_changes(store->db) > 0;
	if (store->bulk != NULL)
		fu_bulk_note(store, kind, value);
	return (0);
}

int
fu_identity_new(struct fu_store *store, enum fu_id_kind kind,
    const char *value, int64_t prospect, struct fu_err *err)
{
	bool	 added;

	if (store->bulk != NULL)
		return (fu_bulk_add(store, kind, value, prospect, err));
	return (fu_identity_add(store, kind, value, prospect, false, &added,
	    err));
}

int
fu_identity_drop(struct fu_store *store, enum fu_id_kind kind,
    const char *value, int64_t prospect, struct fu_err *err)
{
	if (fu_db_run(store->db, identity_drop, err, "dsi", (int)kind, value,
	    prospect) == -1)
		return (-1);
	return (fu_db_run(store->db, identity_drop_fresh, err, "dsi",
	    (int)kind, value, prospect));
}

int
fu_identity_move(struct fu_store *store, enum fu_id_kind kind,
    const char *value, int64_t from, int64_t to, struct fu_err *err)
{
	if (fu_identity_drop(store, kind, value, from, err) == -1)
		return (-1);
	/* It may come to stand in the columns too, which does no harm. */
	return (fu_db_run(store->db, identity_add, err, "dsib", (int)kind,
	    value, to, true));
}

int
fu_identity_move_more(struct fu_store *store, int64_t from, int64_t to,
    struct fu_err *err)
{
	if (fu_db_run(store->db, identity_move_more, err, "ii", to, from) == -1)
		return (-1);
	return (fu_db_run(store->db, identity_drop_more, err, "i", from));
}

int
fu_identity_extra(struct fu_store *store, int64_t prospect,
    enum fu_id_kind kind, struct fu_arena *arena, const char ***values,
    size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, identity_extra, err);
	size_t		 cap = 0;
	int		 rc;

	*values = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "id", prospect, (int)kind);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*values = fu_grow(arena, *values, *n, &cap, sizeof(**values));
		(*values)[(*n)++] = fu_col_text(s, 0, arena);
	}
	return (rc);
}
