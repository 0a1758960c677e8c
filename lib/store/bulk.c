/*
 * A bulk load's new identities: set down in the order of their making, and
 * sorted in, hundreds of thousands at a time.
 *
 * A commit of 25 ms into the great table would write a page for nearly every
 * random key; set down in runs, they cost what they are long.  What is set
 * down counts as known at once.  Must never lose one: a run is deleted only
 * when all of it has been sorted in.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "store/identity.h"

#define SETTLE_ROWS	300000
#define SLOTS		(1u << 20)	/* a power of two, over twice that */
/* A Bloom filter over all identities, so that somebody new costs no look-up:
 * three bits a value, 16 bits of room for each of the greatest number. */
#define BLOOM_BITS	(UINT64_C(1) << 26)
#define BLOOM_MAX	4000000
#define SCAN_CHUNK	5000

static const char run_add[] =
    "INSERT INTO identity_run (run) VALUES ($1) ON CONFLICT (run) DO NOTHING";
static const char runs[] =
    "SELECT run FROM identity_run ORDER BY run";
static const char run_count[] =
    "SELECT count(*) FROM identity_run";
static const char run_drop[] =
    "DELETE FROM identity_run WHERE run = $1";
static const char fresh_add[] =
    "INSERT INTO identity_fresh (run, kind, value, prospect)"
    " VALUES ($1, $2, $3, $4) ON CONFLICT (run, kind, value, prospect)"
    " DO NOTHING";
static const char fresh_rows[] =
    "SELECT run, kind, value, prospect FROM identity_fresh WHERE run = $1";
static const char fresh_settle[] =
    "INSERT INTO identity (kind, value, prospect, more)"
    " SELECT kind, value, prospect, 0 FROM identity_fresh WHERE run = $1"
    " AND kind = $2 AND value = $3 AND prospect = $4"
    " ON CONFLICT (kind, value, prospect) DO NOTHING";
static const char settle[] =
    "INSERT INTO identity (kind, value, prospect, more)"
    " VALUES ($1, $2, $3, 0) ON CONFLICT (kind, value, prospect) DO NOTHING";
static const char scan[] =
    "SELECT kind, value FROM identity WHERE kind < 5 AND (kind, value) >"
    " ($1, $2) ORDER BY kind, value LIMIT $3";
static const char fresh_drop[] =
    "DELETE FROM identity_fresh WHERE run = $1";

struct fu_bulk {
	uint64_t	*slot;		/* hashes of what was set down; 0 free */
	size_t		 rows;		/* set down and not yet sorted in */
	int64_t		 run;		/* of this slice, 0: not begun */
	int64_t		 nrun;		/* ours that are there */
	bool		 others;	/* runs that are not ours are there */
	uint64_t	*bloom;
	size_t		 known;		/* values in it */
	bool		 whole;		/* it has all that there are */
	int64_t		 version;	/* of the database then */
};

struct fresh {
	int64_t		 run, prospect;
	const char	*value;
	int		 kind;
};

void
fu_bulk_close(struct fu_store *store)
{
	if (store->bulk != NULL) {
		free(store->bulk->slot);
		free(store->bulk->bloom);
	}
	free(store->bulk);
	store->bulk = NULL;
}

static uint64_t
hash_of(enum fu_id_kind kind, const char *value)
{
	uint64_t	 h = fu_hash_cstr(value, (uint64_t)kind);

	return (h == 0 ? 1 : h);
}

static uint64_t *
slot_of(const struct fu_bulk *b, uint64_t hash)
{
	size_t	 i = hash & (SLOTS - 1);

	while (b->slot[i] != 0 && b->slot[i] != hash)
		i = (i + 1) & (SLOTS - 1);
	return (&b->slot[i]);
}

/* The three bits of a hash: two halves of it, and their sum. */
static uint64_t
bloom_bit(uint64_t hash, int i)
{
	return (((hash >> 32) + (uint64_t)i * (hash | 1)) & (BLOOM_BITS - 1));
}

static void
bloom_add(struct fu_bulk *b, uint64_t hash)
{
	for (int i = 0; i < 3; i++)
		b->bloom[bloom_bit(hash, i) / 64] |= UINT64_C(1) <<
		    bloom_bit(hash, i) % 64;
	if (++b->known > BLOOM_MAX)
		b->whole = false;
}

void
fu_bulk_note(struct fu_store *store, enum fu_id_kind kind, const char *value)
{
	if (kind != FU_ID_COMPANY)
		bloom_add(store->bulk, hash_of(kind, value));
}

bool
fu_bulk_unknown(const struct fu_store *store, enum fu_id_kind kind,
    const char *value)
{
	const struct fu_bulk	*b = store->bulk;
	uint64_t		 hash = hash_of(kind, value), bit;

	if (!b->whole || b->others)
		return (false);
	for (int i = 0; i < 3; i++) {
		bit = bloom_bit(hash, i);
		if ((b->bloom[bit / 64] >> bit % 64 & 1) == 0)
			return (true);
	}
	return (false);
}

/* Everybody whom we know into the filter, in chunks. */
static int
bloom_fill(struct fu_store *store, struct fu_err *err)
{
	struct fu_bulk	*b = store->bulk;
	struct fu_stmt	*s = fu_db_stmt(store->db, scan, err);
	struct fu_arena	 arena;
	const char	*value = "";
	int64_t		 kind = 0;
	int		 rc, n;

	if (s == NULL || fu_db_version(store->db, &b->version, err) == -1)
		return (-1);
	fu_arena_init(&arena);
	b->whole = true;
	do {
		fu_stmt_bind(s, "isd", kind, value, SCAN_CHUNK);
		for (n = 0; (rc = fu_stmt_step(s, err)) == 1; n++) {
			kind = fu_col_int(s, 0);
			value = fu_col_text(s, 1, &arena);
			bloom_add(b, hash_of((enum fu_id_kind)kind, value));
		}
		value = fu_dup(&arena, value);
	} while (rc == 0 && n == SCAN_CHUNK && b->whole);
	fu_arena_free(&arena);
	return (rc);
}

int
fu_bulk_open(struct fu_store *store, struct fu_err *err)
{
	struct fu_bulk	*b;

	if ((b = store->bulk = calloc(1, sizeof(*b))) == NULL ||
	    (b->slot = calloc(SLOTS, sizeof(uint64_t))) == NULL ||
	    (b->bloom = calloc(BLOOM_BITS / 64, sizeof(uint64_t))) == NULL)
		fu_oom();
	b->others = true;
	fu_db_bulk(store->db);
	return (bloom_fill(store, err));
}

bool
fu_bulk_absent(const struct fu_store *store, enum fu_id_kind kind,
    const char *value)
{
	return (!store->bulk->others && *slot_of(store->bulk,
	    hash_of(kind, value)) == 0);
}

bool
fu_bulk_due(const struct fu_store *store)
{
	return (store->bulk->rows > SETTLE_ROWS);
}

/* The ids of all runs that are there. */
static int
list_runs(struct fu_store *store, struct fu_arena *arena, int64_t **run,
    size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, runs, err);
	size_t		 cap = 0;
	int		 rc;

	*run = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "");
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*run = fu_grow(arena, *run, *n, &cap, sizeof(**run));
		(*run)[(*n)++] = fu_col_int(s, 0);
	}
	return (rc);
}

int
fu_bulk_slice(struct fu_store *store, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, run_count, err, "");
	int64_t		 version;

	if (s == NULL)
		return (-1);
	if (fu_col_int(s, 0) != store->bulk->nrun)
		store->bulk->others = true;
	fu_stmt_reset(s);
	store->bulk->run = 0;
	if (fu_db_version(store->db, &version, err) == -1)
		return (-1);
	/* Somebody else wrote: perhaps people whom the filter lacks. */
	if (version != store->bulk->version)
		store->bulk->whole = false;
	return (0);
}

int
fu_bulk_add(struct fu_store *store, enum fu_id_kind kind, const char *value,
    int64_t prospect, struct fu_err *err)
{
	struct fu_bulk	*b = store->bulk;
	uint64_t	 hash = hash_of(kind, value);

	/* Ids only grow, so the first of a slice names its run. */
	if (b->run == 0) {
		b->run = prospect;
		b->nrun++;
		if (fu_db_run(store->db, run_add, err, "i", b->run) == -1)
			return (-1);
	}
	b->rows++;
	fu_bulk_note(store, kind, value);
	if (b->rows < SLOTS / 2)
		*slot_of(b, hash) = hash;
	else
		b->others = true;	/* too many to be remembered: ask */
	return (fu_db_run(store->db, fresh_add, err, "idsi", b->run, (int)kind,
	    value, prospect));
}

static int
by_key(const void *va, const void *vb)
{
	const struct fresh	*a = va, *b = vb;
	int			 d;

	if (a->kind != b->kind)
		return (a->kind < b->kind ? -1 : 1);
	if ((d = strcmp(a->value, b->value)) != 0)
		return (d);
	return (a->prospect < b->prospect ? -1 : a->prospect > b->prospect);
}

static int
read_fresh(struct fu_store *store, const int64_t *run, size_t nrun,
    struct fu_arena *arena, struct fresh **rows, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, fresh_rows, err);
	struct fresh	*f;
	size_t		 cap = 0;
	int		 rc;

	*rows = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	for (size_t i = 0; i < nrun; i++) {
		fu_stmt_bind(s, "i", run[i]);
		while ((rc = fu_stmt_step(s, err)) == 1) {
			if (*n == cap) {
				cap = cap == 0 ? 4096 : cap * 2;
				*rows = reallocarray(*rows, cap, sizeof(**rows));
				if (*rows == NULL)
					fu_oom();
			}
			f = &(*rows)[(*n)++];
			f->run = fu_col_int(s, 0);
			f->kind = (int)fu_col_int(s, 1);
			f->value = fu_col_text(s, 2, arena);
			f->prospect = fu_col_int(s, 3);
		}
		if (rc == -1)
			return (-1);
	}
	return (0);
}

/* Rows from ${from}, for as long as a slice lasts. */
static int
settle_slice(struct fu_store *store, const struct fresh *row, size_t n,
    size_t *from, int64_t version, int64_t slice_us, struct fu_err *err)
{
	int64_t	 end_us, now;
	size_t	 i = *from;
	int	 rc;

	if (fu_store_begin(store, err) == -1)
		return (-1);
	if (fu_db_version(store->db, &now, err) == -1) {
		fu_store_rollback(store);
		return (-1);
	}
	for (end_us = fu_clock_monotonic_us() + slice_us; i < n; i++) {
		if ((i & 63) == 63 && fu_clock_monotonic_us() > end_us)
			break;
		/* What others may have erased is looked for once more. */
		rc = now == version ? fu_db_run(store->db, settle, err, "dsi",
		    row[i].kind, row[i].value, row[i].prospect) :
		    fu_db_run(store->db, fresh_settle, err, "idsi", row[i].run,
		    row[i].kind, row[i].value, row[i].prospect);
		if (rc == -1) {
			fu_store_rollback(store);
			return (-1);
		}
	}
	*from = i;
	return (fu_store_commit(store, err));
}

static int
drop_runs(struct fu_store *store, const int64_t *run, size_t n,
    int64_t pause_us, struct fu_err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (fu_store_begin(store, err) == -1)
			return (-1);
		if (fu_db_run(store->db, fresh_drop, err, "i", run[i]) == -1 ||
		    fu_db_run(store->db, run_drop, err, "i", run[i]) == -1) {
			fu_store_rollback(store);
			return (-1);
		}
		if (fu_store_commit(store, err) == -1)
			return (-1);
		fu_sleep_us(pause_us);
	}
	return (0);
}

int
fu_bulk_settle(struct fu_store *store, int64_t slice_us, int64_t pause_us,
    struct fu_err *err)
{
	struct fu_bulk	*b = store->bulk;
	struct fu_arena	 arena;
	struct fresh	*row = NULL;
	int64_t		*run, version;
	size_t		 nrun, n = 0, from = 0;
	int		 rc;

	if (fu_db_version(store->db, &version, err) == -1)
		return (-1);
	fu_arena_init(&arena);
	rc = list_runs(store, &arena, &run, &nrun, err);
	if (rc == 0 && nrun > 0)
		rc = read_fresh(store, run, nrun, &arena, &row, &n, err);
	if (rc == 0 && n > 1)
		qsort(row, n, sizeof(*row), by_key);
	while (rc == 0 && from < n) {
		rc = settle_slice(store, row, n, &from, version, slice_us,
		    err);
		if (rc == 0)
			fu_sleep_us(pause_us);
	}
	if (rc == 0)
		rc = drop_runs(store, run, nrun, pause_us, err);
	free(row);
	fu_arena_free(&arena);
	if (rc == 0) {
		memset(b->slot, 0, SLOTS * sizeof(uint64_t));
		b->rows = 0;
		b->nrun = 0;
		b->others = false;
	}
	return (rc);
}
