/*
 * The statements that read everybody's history through, in order of the
 * tables' own keys.
 *
 * Must never read a column that is not measured: ten million events are.
 */
#include <string.h>

#include "record/channel.h"
#include "store/events.h"
#include "store/measures.h"

/* How the chat's turns say that there was no answer: fu_chat_part_name(). */
#define UNKNOWN	"\"unknown\""

static const char measured_events[] =
    "SELECT prospect, id, kind, at_us, dedup, who, arg, signals, touch, body"
    " FROM event WHERE prospect BETWEEN $1 AND $2 ORDER BY prospect, id";
static const char measured_enrolments[] =
    "SELECT prospect, id, cadence, entered_us, holdout, score FROM enrolment"
    " WHERE prospect BETWEEN $1 AND $2 ORDER BY prospect, id";
static const char measured_touches[] =
    "SELECT prospect, id, enrolment, cadence, step, sender, variant, address,"
    " channel, state, due_us, sent_us, handled_us, held_reason, status"
    " FROM touch WHERE prospect BETWEEN $1 AND $2 ORDER BY prospect, id";
static const char measured_handoffs[] =
    "SELECT prospect, trigger, fired_us, respond_by_us, first_response_us"
    " FROM handoff WHERE prospect BETWEEN $1 AND $2 ORDER BY prospect, id";

static bool
is_measured(enum fu_kind kind)
{
	switch (kind) {
	case FU_K_VISIT:
	case FU_K_CHAT:
	case FU_K_REPLY:
	case FU_K_AUTO_REPLY:
	case FU_K_BOUNCE:
	case FU_K_COMPLAINT:
	case FU_K_UNSUBSCRIBE:
	case FU_K_STOP:
	case FU_K_OBJECTION:
	case FU_K_MEETING:
	case FU_K_DEMO:
	case FU_K_CALL:
	case FU_K_STAGE:
	case FU_K_WON:
	case FU_K_LOST:
		return (true);
	default:
		return (false);
	}
}

static enum fu_kind
kind_of(struct fu_str v)
{
	char	 name[64];

	if (v.len >= sizeof(name))
		return (FU_K_CUSTOM);
	memcpy(name, v.ptr, v.len);
	name[v.len] = '\0';
	return (fu_kind_find(name));
}

/* What of an event is looked at depends on its kind. */
static void
read_event(struct fu_stmt *s, struct fu_arena *arena, struct fu_event *e)
{
	struct fu_str	 body;

	e->prospect = fu_col_int(s, 0);
	e->id = fu_col_int(s, 1);
	e->name = fu_kinds[e->kind].name;
	e->at_us = fu_col_int(s, 3);
	e->dedup = (uint64_t)fu_col_int(s, 4);
	if (e->kind == FU_K_VISIT)
		return;
	e->from = (enum fu_from)fu_col_int(s, 5);
	if (e->kind != FU_K_CHAT)
		e->arg = fu_col_text(s, 6, arena);
	e->signals = fu_col_text(s, 7, arena);
	e->touch = fu_col_int(s, 8);
	if (e->kind == FU_K_BOUNCE)
		e->body = fu_col_text(s, 9, arena);
	if (e->kind != FU_K_CHAT || e->from != FU_FROM_BOT)
		return;
	body = fu_col_view(s, 9);
	if (body.ptr != NULL && memmem(body.ptr, body.len, UNKNOWN,
	    sizeof(UNKNOWN) - 1) != NULL)
		e->body = fu_col_text(s, 9, arena);
}

static int
load_events(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_measured *rows, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, measured_events, err);
	enum fu_kind	 kind;
	size_t		 cap = 0;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", from, to);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		if (!is_measured(kind = kind_of(fu_col_view(s, 2))))
			continue;
		rows->event = fu_grow(arena, rows->event, rows->nevent, &cap,
		    sizeof(*rows->event));
		rows->event[rows->nevent].kind = kind;
		read_event(s, arena, &rows->event[rows->nevent++]);
	}
	fu_events_sort(rows->event, rows->nevent);
	return (rc);
}

static int
load_enrolments(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_measured *rows, struct fu_err *err)
{
	struct fu_stmt			*s = fu_db_stmt(store->db,
	    measured_enrolments, err);
	struct fu_measure_enrolment	*e;
	size_t				 cap = 0, of_cap = 0, n;
	int				 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", from, to);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		n = rows->nenrolment++;
		rows->enrolment = fu_grow(arena, rows->enrolment, n, &cap,
		    sizeof(*rows->enrolment));
		rows->enrolment_of = fu_grow(arena, rows->enrolment_of, n,
		    &of_cap, sizeof(*rows->enrolment_of));
		rows->enrolment_of[n] = fu_col_int(s, 0);
		e = &rows->enrolment[n];
		e->id = fu_col_int(s, 1);
		e->cadence = fu_col_text(s, 2, arena);
		e->entered_us = fu_col_int(s, 3);
		e->holdout = fu_col_int(s, 4) != 0;
		e->score = fu_col_null(s, 5) ? -1 : (int)fu_col_int(s, 5);
	}
	return (rc);
}

/* Held for what is on record; what was given up, for its last word. */
static void
read_touch(struct fu_stmt *s, struct fu_arena *arena,
    struct fu_measure_touch *t)
{
	struct fu_str	 address = fu_col_view(s, 7), channel;
	const char	*at = address.ptr == NULL ? NULL :
	    memrchr(address.ptr, '@', address.len);
	char		 name[32] = "";

	t->id = fu_col_int(s, 1);
	t->enrolment = fu_col_int(s, 2);
	t->cadence = fu_col_text(s, 3, arena);
	t->step = fu_col_text(s, 4, arena);
	t->sender = fu_col_text(s, 5, arena);
	t->variant = fu_col_text(s, 6, arena);
	if (at != NULL)
		t->domain = fu_dup_str(arena, (struct fu_str){ at + 1,
		    (size_t)(address.ptr + address.len - at - 1) });
	channel = fu_col_view(s, 8);
	if (channel.len < sizeof(name))
		memcpy(name, channel.ptr, channel.len);
	t->channel = fu_channel_find(name);
	t->state = (enum fu_touch_state)fu_col_int(s, 9);
	t->due_us = fu_col_int(s, 10);
	t->left_us = fu_col_time(s, 11);
	if (t->left_us == FU_NEVER && t->state == FU_T_FAILED)
		t->left_us = fu_col_time(s, 12);
	if (t->state == FU_T_PLANNED)
		t->reason = fu_col_text(s, 13, arena);
	else if (t->state == FU_T_SKIPPED)
		t->reason = fu_col_text(s, 14, arena);
}

static int
load_touches(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_measured *rows, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, measured_touches, err);
	size_t		 cap = 0, of_cap = 0, n;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", from, to);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		n = rows->ntouch++;
		rows->touch = fu_grow(arena, rows->touch, n, &cap,
		    sizeof(*rows->touch));
		rows->touch_of = fu_grow(arena, rows->touch_of, n, &of_cap,
		    sizeof(*rows->touch_of));
		rows->touch_of[n] = fu_col_int(s, 0);
		read_touch(s, arena, &rows->touch[n]);
	}
	return (rc);
}

static int
load_handoffs(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_measured *rows, struct fu_err *err)
{
	struct fu_stmt			*s = fu_db_stmt(store->db,
	    measured_handoffs, err);
	struct fu_measure_handoff	*h;
	size_t				 cap = 0, of_cap = 0, n;
	int				 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", from, to);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		n = rows->nhandoff++;
		rows->handoff = fu_grow(arena, rows->handoff, n, &cap,
		    sizeof(*rows->handoff));
		rows->handoff_of = fu_grow(arena, rows->handoff_of, n,
		    &of_cap, sizeof(*rows->handoff_of));
		rows->handoff_of[n] = fu_col_int(s, 0);
		h = &rows->handoff[n];
		h->trigger = fu_col_text(s, 1, arena);
		h->fired_us = fu_col_int(s, 2);
		h->respond_by_us = fu_col_int(s, 3);
		h->first_response_us = fu_col_time(s, 4);
	}
	return (rc);
}

int
fu_measured_load(struct fu_store *store, int64_t from, int64_t to,
    struct fu_arena *arena, struct fu_measured *rows, struct fu_err *err)
{
	memset(rows, 0, sizeof(*rows));
	if (load_events(store, from, to, arena, rows, err) == -1 ||
	    load_enrolments(store, from, to, arena, rows, err) == -1 ||
	    load_touches(store, from, to, arena, rows, err) == -1)
		return (-1);
	return (load_handoffs(store, from, to, arena, rows, err));
}
