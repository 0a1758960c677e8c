/*
 * In which order the rows of a great window are written.
 *
 * Events as they come would each rewrite a page of their own; in the order of
 * their people they share pages.  Who is known by the one key that an event
 * has, and which events are there already, is looked up ahead, in order too.
 * Must never change what comes of a row: only events of one person whom we
 * know are moved, those of one person stay in the order of the input, and ids
 * are given out in it.  What others write meanwhile makes the rest be asked
 * for again, see in->sure.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/ingest_room.h"

/* Fewer rows than this in a row share no pages worth the look-ups. */
#define ORDER_MIN	2000
/* Look-ups of one read transaction: some 10 ms. */
#define CHUNK		4000

/* An event that concerns nobody but who is known by its one key. */
static bool
movable(const struct fu_ingest_row *row)
{
	return (row->is_event && row->nkey == 1 && row->given == 0 &&
	    row->event.touch == 0 && row->company_domain == NULL &&
	    row->event.kind != FU_K_RESUME);
}

static int
by_key(const void *va, const void *vb, void *arg)
{
	const struct fu_ingest		*in = arg;
	const uint32_t			*a = va, *b = vb;
	const struct fu_id_key		*x = in->row[*a].key, *y = in->row[*b].key;
	int				 d;

	if (x->kind != y->kind)
		return (x->kind < y->kind ? -1 : 1);
	d = strcmp(x->value, y->value);
	return (d != 0 ? d : *a < *b ? -1 : *a > *b);
}

/* By person; rows of nobody known last, as they came. */
static int
by_person(const void *va, const void *vb, void *arg)
{
	const struct fu_ingest		*in = arg;
	const uint32_t			*a = va, *b = vb;
	const struct fu_ingest_row	*x = &in->row[*a], *y = &in->row[*b];

	if (x->ahead != y->ahead)
		return (x->ahead ? -1 : 1);
	if (x->ahead && x->event.prospect != y->event.prospect)
		return (x->event.prospect < y->event.prospect ? -1 : 1);
	return (*a < *b ? -1 : *a > *b);
}

static int
find_people(struct fu_ingest *in, const uint32_t *order, size_t n,
    struct fu_err *err)
{
	struct fu_holders	 h = { .n = 0 };
	const struct fu_id_key	*k, *last = NULL;
	struct fu_ingest_row	*row;

	for (size_t i = 0; i < n; i++) {
		row = &in->row[order[i]];
		k = row->key;
		if ((last == NULL || last->kind != k->kind ||
		    strcmp(last->value, k->value) != 0) &&
		    fu_identity_find(&in->session->store,
		    (enum fu_id_kind)k->kind, k->value, &h, err) == -1)
			return (-1);
		last = k;
		/* What it answers may be somebody else's. */
		row->ahead = h.n == 1 && !fu_ingest_answers(&row->event);
		row->event.prospect = h.n == 1 ? h.id[0] : 0;
	}
	return (0);
}

static int
find_known(struct fu_ingest *in, const uint32_t *order, size_t n,
    struct fu_err *err)
{
	struct fu_event	*e;
	int		 rc;

	for (size_t i = 0; i < n && in->row[order[i]].ahead; i++) {
		e = &in->row[order[i]].event;
		rc = fu_event_known(&in->session->store, e->prospect,
		    e->dedup, &e->id, err);
		if (rc == -1)
			return (-1);
		in->row[order[i]].known = rc == 1;
	}
	return (0);
}

/* The same in read transactions that do not hold a checkpoint up for long. */
static int
in_chunks(struct fu_ingest *in, const uint32_t *order, size_t n,
    int (*look)(struct fu_ingest *, const uint32_t *, size_t, struct fu_err *),
    struct fu_err *err)
{
	struct fu_db	*db = in->session->store.db;
	int		 rc = 0;

	for (size_t i = 0, m; rc == 0 && i < n; i += m) {
		m = n - i < CHUNK ? n - i : CHUNK;
		if (fu_db_begin_read(db, err) == -1)
			return (-1);
		rc = look(in, order + i, m, err);
		fu_db_rollback(db);
	}
	return (rc);
}

/* An id for each event that is new, in the order of the input. */
static int
give_ids(struct fu_ingest *in, size_t from, size_t to, struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	int64_t		 id;
	size_t		 n = 0;

	for (size_t i = from; i < to; i++)
		n += !in->row[i].known;
	if (n == 0)
		return (0);
	if (fu_store_begin(store, err) == -1)
		return (-1);
	if (fu_store_ids(store, FU_N_EVENT, n, &id, err) == -1) {
		fu_store_rollback(store);
		return (-1);
	}
	if (fu_store_commit(store, err) == -1)
		return (-1);
	for (size_t i = from; i < to; i++)
		if (!in->row[i].known)
			in->row[i].event.id = id++;
	return (0);
}

static int
order_run(struct fu_ingest *in, size_t from, size_t to, struct fu_err *err)
{
	uint32_t	*order = in->order + from;
	size_t		 n = to - from;

	qsort_r(order, n, sizeof(*order), by_key, in);
	if (in_chunks(in, order, n, find_people, err) == -1)
		return (-1);
	qsort_r(order, n, sizeof(*order), by_person, in);
	if (in_chunks(in, order, n, find_known, err) == -1)
		return (-1);
	return (give_ids(in, from, to, err));
}

int
fu_ingest_order(struct fu_ingest *in, struct fu_err *err)
{
	if (in->order_cap < in->n) {
		free(in->order);
		in->order_cap = in->cap;
		in->order = calloc(in->order_cap, sizeof(*in->order));
		if (in->order == NULL)
			fu_oom();
	}
	for (size_t i = 0; i < in->n; i++)
		in->order[i] = (uint32_t)i;
	if (in->n < ORDER_MIN)
		return (0);
	if (fu_db_version(in->session->store.db, &in->version, err) == -1)
		return (-1);
	for (size_t i = 0, k; i < in->n; i = k + 1) {
		for (k = i; k < in->n && movable(&in->row[k]); k++)
			continue;
		if (k - i >= ORDER_MIN && order_run(in, i, k, err) == -1)
			return (-1);
	}
	return (0);
}
