/*
 * The window: rows in, slices committed, results out.
 *
 * Must never hold a transaction while it waits for anything but the disk.
 */
#include <stdlib.h>
#include <string.h>

#include "base/sig.h"
#include "flow/detector.h"
#include "flow/ingest_room.h"

const char *
fu_action_name(enum fu_action a)
{
	static const char *const names[FU_ACTION_N] = { "none", "created",
		"updated", "unchanged", "merged", "recorded", "duplicate",
		"nobody" };

	return (names[a]);
}

int
fu_ingest_open(struct fu_ingest *in, struct fu_session *session,
    struct fu_err *err)
{
	memset(in, 0, sizeof(*in));
	in->session = session;
	in->source = "stdin";
	fu_arena_init(&in->arena);
	fu_arena_init(&in->scratch);
	fu_arena_init(&in->results);
	fu_db_bulk(session->store.db);
	if (fu_norm_open(&in->norm, session->config.rules_dir, err) == -1)
		return (-1);
	in->detector = fu_detector_open(&session->config, err);
	if (in->detector == NULL)
		return (-1);
	return (0);
}

void
fu_ingest_close(struct fu_ingest *in)
{
	fu_bulk_close(&in->session->store);
	fu_witness_close(in->witness);
	fu_detector_free(in->detector);
	fu_norm_close(&in->norm);
	free(in->order);
	free(in->row);
	fu_arena_free(&in->results);
	fu_arena_free(&in->scratch);
	fu_arena_free(&in->arena);
}

void
fu_ingest_source(struct fu_ingest *in, const char *name)
{
	in->source = fu_dup(&in->arena, name);
	in->batch = 0;
}

/* The batch's row is made with the first thing that it gives. */
int
fu_ingest_batch(struct fu_ingest *in, bool chat, int64_t *id,
    struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	int64_t		*batch = chat ? &in->chat_batch : &in->batch;

	if (*batch == 0) {
		if (fu_batch_add(store, chat ? FU_BATCH_TOLD : in->source, batch,
		    err) == -1)
			return (-1);
		if (chat)
			in->chat_new = true;
		else
			in->batch_new = true;
	}
	*id = *batch;
	return (0);
}

/* What identifies later rows of the same person; NULL for those alone. */
static const struct fu_id_key *
main_key(const struct fu_ingest_row *row)
{
	return (row->is_event || row->nkey == 0 ? NULL : &row->key[0]);
}

/*
 * Let each row know which fields later rows of the same person give: those
 * win, so a file in which somebody occurs twice changes nothing the second
 * time.
 */
static void
link_rows(struct fu_ingest *in)
{
	size_t	*slot, size = 64, k;

	while (size < in->n * 2)
		size *= 2;
	if ((slot = calloc(size, sizeof(*slot))) == NULL)
		fu_oom();
	for (size_t i = in->n; i-- > 0; ) {
		struct fu_ingest_row	*row = &in->row[i], *next;
		const struct fu_id_key	*key = main_key(row), *other;

		if (key == NULL)
			continue;
		k = fu_hash_cstr(key->value, (uint64_t)key->kind) & (size - 1);
		for (; slot[k] != 0; k = (k + 1) & (size - 1)) {
			other = main_key(&in->row[slot[k] - 1]);
			if (other->kind == key->kind &&
			    strcmp(other->value, key->value) == 0)
				break;
		}
		if (slot[k] != 0) {
			next = &in->row[slot[k] - 1];
			row->next_same = slot[k];
			row->later = next->later |
			    fu_person_mask(next->person);
		}
		slot[k] = i + 1;
	}
	free(slot);
}

void
fu_ingest_refuse(struct fu_ingest *in, struct fu_ingest_row *row,
    const char *reason, const char *what, int64_t id)
{
	row->reject = reason;
	row->detail = fu_printf(&in->results, "there is no %s %lld", what,
	    (long long)id);
}

static int
write_row(struct fu_ingest *in, struct fu_ingest_row *row, struct fu_err *err)
{
	int	 rc;

	/* What follows may ask how it stands with the person. */
	if ((!row->is_event || !fu_ingest_quiet(row)) &&
	    fu_ingest_flush(in, err) == -1)
		return (-1);
	rc = row->is_event ? fu_ingest_write_event(in, row, err) :
	    fu_ingest_write_person(in, row, err);
	fu_arena_reset(&in->scratch);
	return (rc);
}

/* Rows from ${from} for as long as a slice lasts; the next one in ${to}. */
static int
slice(struct fu_ingest *in, size_t from, size_t *to, struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	int64_t		 end_us, version;
	size_t		 i;

	if (fu_store_begin(store, err) == -1)
		return (-1);
	in->batch_new = in->chat_new = false;
	in->quiet_of = 0;
	if ((store->bulk != NULL && fu_bulk_slice(store, err) == -1) ||
	    fu_db_version(store->db, &version, err) == -1)
		goto undo;
	in->sure = version == in->version;
	end_us = fu_clock_monotonic_us() + FU_SLICE_US;
	for (i = from; i < in->n; i++) {
		if ((i & 15) == 15 && fu_clock_monotonic_us() > end_us)
			break;
		if (write_row(in, &in->row[in->order[i]], err) == -1)
			goto undo;
	}
	if (fu_ingest_flush(in, err) == -1)
		goto undo;
	if (in->witness != NULL && fu_witness_sync(in->witness, err) == -1)
		goto undo;
	if (fu_store_commit(store, err) == -1)
		goto undo;
	for (*to = i; i-- > from; )
		in->row[in->order[i]].done = true;
	return (0);
undo:
	fu_store_rollback(store);
	if (in->batch_new)
		in->batch = 0;
	if (in->chat_new)
		in->chat_batch = 0;
	return (-1);
}

static void
count_row(struct fu_ingest *in, const struct fu_ingest_row *row)
{
	struct fu_ingest_counts	*c = &in->counts;
	unsigned		 shut;

	if (row->reject != NULL)
		return;
	c->n[row->action]++;
	c->n[FU_ACT_CREATED] += row->made;
	if (row->is_event)
		return;
	c->people++;
	fu_ingest_owner(in, row->person->f[FU_F_OWNER]);
	shut = fu_ingest_shuts(row->person);
	for (int i = 0; i < FU_LACK_N; i++)
		c->lack[i] += row->lacks >> i & 1;
	for (int i = 0; i < FU_SHUT_N; i++) {
		c->shut[i] += shut >> i & 1;
		c->was_shut[i] += row->was_shut >> i & 1;
	}
}

static int
settle(struct fu_ingest *in, struct fu_err *err)
{
	return (fu_bulk_settle(&in->session->store, FU_SLICE_US,
	    FU_SLICE_PAUSE_US, err));
}

static int
write_window(struct fu_ingest *in, struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	size_t		 from = 0, to;

	if (in->npeople > 0) {
		link_rows(in);
		if (fu_suppressed_any(store, &in->any_shut, err) == -1)
			return (-1);
	}
	if (in->made >= FU_BULK_MADE && store->bulk == NULL) {
		if (fu_bulk_open(store, err) == -1 || settle(in, err) == -1)
			return (-1);
	}
	in->made = 0;
	if (!in->session->opt->dry && fu_ingest_order(in, err) == -1)
		return (-1);
	if (in->session->opt->dry) {
		for (; from < in->n; from++) {
			if (write_row(in, &in->row[from], err) == -1)
				return (-1);
			in->row[from].done = true;
		}
	}
	while (from < in->n) {
		if (slice(in, from, &to, err) == -1)
			return (-1);
		if ((from = to) < in->n)
			fu_sleep_us(FU_SLICE_PAUSE_US);
	}
	return (store->bulk != NULL && fu_bulk_due(store) ? settle(in, err) :
	    0);
}

int
fu_ingest_run(struct fu_ingest *in, struct fu_err *err)
{
	int	 rc = write_window(in, err);

	for (size_t i = 0; i < in->n; i++)
		if (in->row[i].done)
			count_row(in, &in->row[i]);
	return (rc);
}

int
fu_ingest_finish(struct fu_ingest *in, struct fu_err *err)
{
	const char	*system = NULL;

	if (in->session->store.bulk != NULL && settle(in, err) == -1)
		return (-1);
	if (in->counts.lack[FU_LACK_SYSTEM] > 0 && fu_external_system(&in->session->store,
	    &in->arena, &system, err) == -1)
		return (-1);
	if (system != NULL && strlen(system) < sizeof(in->counts.system))
		strcpy(in->counts.system, system);
	return (0);
}

bool
fu_ingest_full(const struct fu_ingest *in)
{
	return (in->n + in->npeople * (FU_WINDOW_PERSON - 1) >= FU_WINDOW_MAX);
}

void
fu_ingest_empty(struct fu_ingest *in)
{
	in->n = in->npeople = 0;
	fu_arena_reset(&in->results);
}
