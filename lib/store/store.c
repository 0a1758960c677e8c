/*
 * Counters, meta, runs and decisions: what every other room of the store
 * leans on.
 */
#include <string.h>

#include "store/store.h"

static const char *const counter_name[FU_COUNTER_N] = {
	"prospect", "event", "batch", "run", "row", "send", "ledger",
	"document", "passage", "term"
};

static const char counter_get[] =
    "SELECT next FROM counter WHERE name = $1";
static const char counter_set[] =
    "UPDATE counter SET next = $1 WHERE name = $2";
static const char meta_get[] =
    "SELECT value FROM meta WHERE key = $1";
static const char meta_set[] =
    "INSERT INTO meta (key, value) VALUES ($1, $2)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value";
static const char run_start[] =
    "INSERT INTO run (id, program, started_us, config) VALUES ($1, $2, $3, $4)";
static const char run_end[] =
    "UPDATE run SET ended_us = $1, records_read = $2, written = $3,"
    " rejected = $4, exit_status = $5 WHERE id = $6";
static const char decision_add[] =
    "INSERT INTO decision (prospect, id, at_us, run, kind, subject, verdict,"
    " reason, rule, inputs) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

int
fu_store_open(struct fu_store *store, const char *path, enum fu_db_mode mode,
    const struct fu_clock *clock, struct fu_err *err)
{
	struct fu_arena	 arena;
	const char	*nature;

	memset(store, 0, sizeof(*store));
	store->clock = *clock;
	store->now_us = fu_clock_now(clock);
	store->reads = mode == FU_DB_READ;
	if ((store->db = fu_db_open(path, mode, err)) == NULL)
		return (-1);
	fu_arena_init(&arena);
	nature = fu_meta_get(store, "nature", &arena, err);
	if (nature == NULL && err->class != FU_OK) {
		fu_arena_free(&arena);
		fu_store_close(store);
		return (-1);
	}
	store->rehearsal = fu_streq(nature, "rehearsal");
	store->live = fu_streq(nature, "live");
	if (store->rehearsal)
		fu_db_relaxed(store->db);
	fu_arena_free(&arena);
	return (0);
}

void
fu_store_close(struct fu_store *store)
{
	fu_db_close(store->db);
	store->db = NULL;
}

int
fu_store_begin(struct fu_store *store, struct fu_err *err)
{
	if ((store->reads ? fu_db_begin_read(store->db, err) :
	    fu_db_begin(store->db, err)) == -1)
		return (-1);
	store->now_us = fu_clock_now(&store->clock);
	memset(store->have, 0, sizeof(store->have));
	memset(store->dirty, 0, sizeof(store->dirty));
	return (0);
}

int
fu_store_commit(struct fu_store *store, struct fu_err *err)
{
	if (store->dry) {
		fu_store_rollback(store);
		return (0);
	}
	for (int i = 0; i < FU_COUNTER_N; i++)
		if (store->dirty[i] &&
		    fu_db_run(store->db, counter_set, err, "is",
		    store->next[i], counter_name[i]) == -1)
			goto undo;
	if (fu_db_commit(store->db, err) == -1)
		goto undo;
	return (0);
undo:
	fu_store_rollback(store);
	return (-1);
}

void
fu_store_rollback(struct fu_store *store)
{
	fu_db_rollback(store->db);
	memset(store->have, 0, sizeof(store->have));
	memset(store->dirty, 0, sizeof(store->dirty));
}

int
fu_store_ids(struct fu_store *store, enum fu_counter c, size_t n, int64_t *id,
    struct fu_err *err)
{
	struct fu_stmt	*s;

	if (!store->have[c]) {
		s = fu_db_one(store->db, counter_get, err, "s",
		    counter_name[c]);
		if (s == NULL)
			return (fu_err_set(err, FU_EIO, "%s: no counter %s",
			    fu_db_path(store->db), counter_name[c]));
		store->next[c] = fu_col_int(s, 0);
		fu_stmt_reset(s);
		store->have[c] = true;
	}
	*id = store->next[c];
	store->next[c] += (int64_t)n;
	store->dirty[c] = true;
	return (0);
}

int
fu_store_id(struct fu_store *store, enum fu_counter c, int64_t *id,
    struct fu_err *err)
{
	return (fu_store_ids(store, c, 1, id, err));
}

int
fu_store_writable(struct fu_store *store, struct fu_err *err)
{
	bool	 at = store->clock.at_us != FU_NEVER;
	bool	 own = !fu_db_in_transaction(store->db);

	if (store->live && at)
		return (fu_err_set(err, FU_EUSAGE, "%s: is live, and a live "
		    "database is never written under --at (or FU_NOW); "
		    "`fu-init --rehearse FILE` makes a copy that may be",
		    fu_db_path(store->db)));
	if (store->live || store->rehearsal)
		return (0);
	if (own && fu_store_begin(store, err) == -1)
		return (-1);
	if (fu_meta_set(store, "nature", at ? "rehearsal" : "live", err) == -1 ||
	    (own && fu_store_commit(store, err) == -1)) {
		fu_store_rollback(store);
		return (-1);
	}
	store->rehearsal = at;
	store->live = !at;
	return (0);
}

const char *
fu_meta_get(struct fu_store *store, const char *key, struct fu_arena *arena,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, meta_get, err, "s", key);
	const char	*value;

	if (s == NULL)
		return (NULL);
	value = fu_col_text(s, 0, arena);
	fu_stmt_reset(s);
	return (value);
}

int
fu_meta_set(struct fu_store *store, const char *key, const char *value,
    struct fu_err *err)
{
	return (fu_db_run(store->db, meta_set, err, "ss", key, value));
}

int
fu_run_start(struct fu_store *store, const char *program, const char *config,
    struct fu_err *err)
{
	if (fu_store_begin(store, err) == -1)
		return (-1);
	if (fu_store_id(store, FU_N_RUN, &store->run, err) == -1 ||
	    fu_db_run(store->db, run_start, err, "isis", store->run, program,
	    store->now_us, config) == -1) {
		fu_store_rollback(store);
		return (-1);
	}
	return (fu_store_commit(store, err));
}

int
fu_run_end(struct fu_store *store, uint64_t nread, uint64_t written,
    uint64_t rejected, int status, struct fu_err *err)
{
	if (store->run == 0)
		return (0);
	if (fu_store_begin(store, err) == -1)
		return (-1);
	if (fu_db_run(store->db, run_end, err, "iiiidi", store->now_us,
	    (int64_t)nread, (int64_t)written, (int64_t)rejected, status,
	    store->run) == -1) {
		fu_store_rollback(store);
		return (-1);
	}
	return (fu_store_commit(store, err));
}

int
fu_decision_add(struct fu_store *store, const struct fu_decision *d,
    struct fu_err *err)
{
	int64_t	 id;

	if (fu_store_id(store, FU_N_ROW, &id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, decision_add, err, "iiiisissss",
	    d->prospect, id, d->at_us != 0 ? d->at_us : store->now_us,
	    store->run, d->kind, d->subject, d->verdict, d->reason, d->rule,
	    d->inputs));
}
