/*
 * The statements that read events, and the one that notes fu's own.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "store/events.h"

static const char events_load[] =
    "SELECT prospect, id, kind, at_us, received_us, dedup, channel, who, arg,"
    " signals, touch, text, body FROM event WHERE prospect = $1";
/* Of what facts read: what was asked, given and booked. */
static const char events_range[] =
    "SELECT prospect, id, kind, at_us, received_us, dedup, channel, who, arg,"
    " signals, touch,"
    " CASE WHEN kind IN ('chat', 'reply') THEN text END,"
    " CASE WHEN kind IN ('form', 'chat', 'meeting', 'demo', 'call')"
    " THEN body END FROM event WHERE prospect BETWEEN $1 AND $2"
    " ORDER BY prospect, id";
static const char event_note[] =
    "INSERT INTO event (prospect, id, kind, at_us, received_us, dedup, channel,"
    " who, arg, text, touch, body)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    " ON CONFLICT (prospect, dedup) DO NOTHING";

/* Names and channels are few: one copy of each is enough for a scan. */
static const char *
kind_text(struct fu_stmt *s, struct fu_event *e, struct fu_arena *arena)
{
	struct fu_str	 v = fu_col_view(s, 2);
	char		 name[64];

	if (v.len < sizeof(name)) {
		memcpy(name, v.ptr, v.len);
		name[v.len] = '\0';
		e->kind = fu_kind_find(name);
		if (e->kind != FU_K_CUSTOM)
			return (fu_kinds[e->kind].name);
	}
	return (fu_dup_str(arena, v));
}

static void
read_row(struct fu_stmt *s, struct fu_arena *arena, struct fu_event *e)
{
	e->prospect = fu_col_int(s, 0);
	e->id = fu_col_int(s, 1);
	e->name = kind_text(s, e, arena);
	e->at_us = fu_col_int(s, 3);
	e->received_us = fu_col_int(s, 4);
	e->dedup = (uint64_t)fu_col_int(s, 5);
	e->channel = fu_col_text(s, 6, arena);
	e->from = (enum fu_from)fu_col_int(s, 7);
	e->arg = fu_col_text(s, 8, arena);
	e->signals = fu_col_text(s, 9, arena);
	e->touch = fu_col_int(s, 10);
	e->text = fu_col_text(s, 11, arena);
	e->body = fu_col_text(s, 12, arena);
}

/* Sort each person's run: rows come in order of (prospect, id). */
void
fu_events_sort(struct fu_event *events, size_t n)
{
	for (size_t i = 0, k; i < n; i = k) {
		bool	 sorted = true;

		for (k = i + 1; k < n &&
		    events[k].prospect == events[i].prospect; k++)
			if (fu_event_order(&events[k - 1], &events[k]) > 0)
				sorted = false;
		if (!sorted)
			qsort(&events[i], k - i, sizeof(*events),
			    fu_event_order);
	}
}

int
fu_events_load(struct fu_store *store, int64_t prospect,
    struct fu_arena *arena, struct fu_event **events, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, events_load, err);
	size_t		 cap = 0;
	int		 rc;

	*events = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*events = fu_grow(arena, *events, *n, &cap, sizeof(**events));
		read_row(s, arena, &(*events)[(*n)++]);
	}
	fu_events_sort(*events, *n);
	return (rc);
}

int
fu_events_range(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_event **events, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, events_range, err);
	size_t		 cap = 0;
	int		 rc;

	*events = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", from, to);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*events = fu_grow(arena, *events, *n, &cap, sizeof(**events));
		read_row(s, arena, &(*events)[(*n)++]);
	}
	fu_events_sort(*events, *n);
	return (rc);
}

int
fu_event_note(struct fu_store *store, struct fu_event *e, struct fu_err *err)
{
	struct fu_buf	 key;

	if (fu_store_id(store, FU_N_EVENT, &e->id, err) == -1)
		return (-1);
	e->received_us = store->now_us;
	fu_buf_init(&key);
	fu_buf_printf(&key, "%s\n%lld\n%lld\n%s", e->name, (long long)e->at_us,
	    (long long)e->touch, e->arg == NULL ? "" : e->arg);
	e->dedup = fu_hash64(key.ptr, key.len, 1);
	fu_buf_free(&key);
	return (fu_db_run(store->db, event_note, err, "iisiiisdssts",
	    e->prospect, e->id, e->name, e->at_us, e->received_us,
	    (int64_t)e->dedup, e->channel, (int)e->from, e->arg, e->text,
	    e->touch == 0 ? FU_NEVER : e->touch, e->body));
}
