/*
 * The statements about touches.
 */
#include <string.h>

#include "store/touches.h"

#define COLUMNS "prospect, id, enrolment, cadence, line, step, occurrence,"	\
	" day, channel, message, state, due_us, expires_us, becomes,"		\
	" becomes_us, rotated, next_us, held_class, held_reason, held_rule,"	\
	" held_detail, held_until_us, claim, lease_us, sender, attempts, sent_us,"		\
	" handled_us, address, message_id, relay_id, thread, subject,"		\
	" variant, via, status"

static const char touch_add[] =
    "INSERT INTO touch (prospect, id, enrolment, cadence, line, step,"
    " occurrence, day, channel, message, state, due_us, expires_us, becomes,"
    " becomes_us, rotated, next_us, sender) VALUES ($1, $2, $3, $4, $5, $6, $7,"
    " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"
    " ON CONFLICT (prospect, enrolment, step, occurrence) DO NOTHING";
static const char touch_load[] =
    "SELECT " COLUMNS " FROM touch WHERE id = $1";
static const char touches_of_person[] =
    "SELECT " COLUMNS " FROM touch WHERE prospect = $1 ORDER BY id";
static const char touches_of_enrolment[] =
    "SELECT " COLUMNS " FROM touch WHERE prospect = $1 AND enrolment = $2"
    " ORDER BY id";
static const char touches_due[] =
    "SELECT t.prospect, t.id, t.enrolment, t.next_us, t.line, s.band,"
    " s.written_by IS NOT NULL FROM touch t"
    " JOIN standing s ON s.prospect = t.prospect WHERE t.state <= 1"
    " AND t.next_us IS NOT NULL AND t.next_us <= $1"
    " AND (t.next_us, t.prospect, t.id) > ($2, $3, $4)"
    " ORDER BY t.next_us, t.prospect, t.id LIMIT $5";
static const char touches_waiting[] =
    "SELECT " COLUMNS " FROM touch WHERE state <= 1 AND next_us IS NOT NULL"
    " AND (next_us, prospect, id) > ($1, $2, $3) AND due_us <= $4"
    " ORDER BY next_us, prospect, id LIMIT $5";
/* state <= 1 is what touch_due goes by. */
static const char touches_held[] =
    "SELECT t.held_reason, t.cadence, t.step, t.channel,"
    " lower(p.industry) AS trade, count(*) AS n, min(t.due_us)"
    " FROM touch t JOIN prospect p ON p.id = t.prospect"
    " WHERE t.state = 0 AND t.state <= 1 AND t.next_us IS NOT NULL"
    " AND t.next_us > $1 AND t.due_us <= $2 AND t.held_reason IS NOT NULL"
    " GROUP BY t.held_reason, t.cadence, t.step, t.channel, trade"
    " ORDER BY n DESC, t.held_reason, t.cadence, t.step, t.channel, trade";
static const char touch_hold[] =
    "UPDATE touch SET next_us = $1, held_class = $2, held_reason = $3,"
    " held_rule = $4, held_detail = $5, held_until_us = $6"
    " WHERE prospect = $7 AND id = $8";
static const char touch_replan[] =
    "UPDATE touch SET channel = $1, state = $2, due_us = $3, expires_us = $4,"
    " becomes = $5, becomes_us = $6, next_us = $7"
    " WHERE prospect = $8 AND id = $9 AND state <= 1";
static const char touch_claim[] =
    "UPDATE touch SET state = 2, claim = $1, lease_us = $2, sender = $3,"
    " next_us = NULL WHERE prospect = $4 AND id = $5 AND state = 0";
static const char touch_handled[] =
    "UPDATE touch SET state = $1, handled_us = $2, status = $3,"
    " next_us = NULL, claim = NULL, lease_us = NULL"
    " WHERE prospect = $4 AND id = $5";
static const char touch_start[] =
    "UPDATE touch SET state = 3, message_id = $1, lease_us = $2,"
    " attempts = attempts + 1"
    " WHERE prospect = $3 AND id = $4 AND state = 2 AND claim = $5";
static const char touch_release[] =
    "UPDATE touch SET state = 0, claim = NULL, lease_us = NULL, next_us = $1,"
    " held_class = NULL, held_reason = NULL, held_rule = NULL,"
    " held_detail = NULL, held_until_us = NULL WHERE prospect = $2 AND id = $3 AND state IN (2, 3) AND claim = $4";
static const char touch_outcome[] =
    "UPDATE touch SET state = $1, sent_us = $2, handled_us = $3, address = $4,"
    " relay_id = $5, thread = $6, subject = $7, variant = $8, via = $9,"
    " status = $10, next_us = $11, claim = NULL, lease_us = NULL"
    " WHERE prospect = $12 AND id = $13 AND state IN (2, 3, 6)";
static const char touch_again[] =
    "UPDATE touch SET state = 0, sent_us = NULL, handled_us = NULL,"
    " relay_id = NULL, status = $1, next_us = $2"
    " WHERE prospect = $3 AND id = $4 AND state IN (4, 6)";
static const char touches_unplan[] =
    "DELETE FROM touch WHERE prospect = $1 AND id > $2 AND enrolment = $3"
    " AND line = $4 AND state <= 1";
static const char leases_claimed[] =
    "UPDATE touch SET state = 0, claim = NULL, next_us = $1, lease_us = NULL"
    " WHERE claim IS NOT NULL AND state = 2 AND lease_us <= $2";
static const char leases_attempting[] =
    "UPDATE touch SET state = 6, handled_us = $1, claim = NULL,"
    " lease_us = NULL, status = 'killed during the attempt'"
    " WHERE claim IS NOT NULL AND state = 3 AND lease_us <= $2";
static const char wake_person[] =
    "UPDATE touch SET next_us = CASE WHEN due_us > $1 THEN due_us ELSE $2 END"
    " WHERE prospect = $3 AND state = 0 AND held_reason IS NOT NULL";
static const char wake_all[] =
    "UPDATE touch SET next_us = CASE WHEN due_us > $1 THEN due_us ELSE $2 END"
    " WHERE state <= 1 AND next_us IS NOT NULL AND held_reason IS NOT NULL";
static const char touches_cancel[] =
    "UPDATE touch SET state = 8, handled_us = $1, status = $2, next_us = NULL,"
    " claim = NULL, lease_us = NULL"
    " WHERE prospect = $3 AND enrolment = $4 AND state <= 2";
static const char touch_said[] =
    "UPDATE touch SET state = 4, sent_us = $1, handled_us = $2, via = 'chat',"
    " next_us = NULL WHERE prospect = $3 AND id = $4 AND state <= 1";
static const char touches_uncertain[] =
    "SELECT " COLUMNS " FROM touch WHERE state = 6 AND id > $1"
    " ORDER BY id LIMIT $2";

static void
read_row(struct fu_stmt *s, struct fu_arena *arena, struct fu_touch_row *r)
{
	struct fu_touch	*t = &r->t;
	const char	*becomes;
	int		 c = 0;

	memset(r, 0, sizeof(*r));
	t->prospect = fu_col_int(s, c++);
	t->id = fu_col_int(s, c++);
	t->enrolment = fu_col_int(s, c++);
	t->cadence = fu_col_text(s, c++, arena);
	t->line = fu_col_text(s, c++, arena);
	t->step = fu_col_text(s, c++, arena);
	t->occurrence = fu_col_int(s, c++);
	t->day = (int)fu_col_int(s, c++);
	t->channel = (enum fu_channel)fu_channel_find(
	    fu_col_text(s, c++, arena));
	t->message = fu_col_text(s, c++, arena);
	t->state = (enum fu_touch_state)fu_col_int(s, c++);
	t->due_us = fu_col_int(s, c++);
	t->expires_us = fu_col_int(s, c++);
	becomes = fu_col_text(s, c++, arena);
	r->becomes = becomes == NULL ? -1 : fu_channel_find(becomes);
	r->becomes_us = fu_col_null(s, c) ? INT64_MAX : fu_col_int(s, c);
	c++;
	r->rotated = fu_col_text(s, c++, arena);
	t->next_us = fu_col_time(s, c++);
	t->held_class = fu_col_text(s, c++, arena);
	t->held_reason = fu_col_text(s, c++, arena);
	t->held_rule = fu_col_text(s, c++, arena);
	t->held_detail = fu_col_text(s, c++, arena);
	t->held_until_us = fu_col_time(s, c++);
	t->claim = fu_col_text(s, c++, arena);
	t->lease_us = fu_col_time(s, c++);
	t->sender = fu_col_text(s, c++, arena);
	t->attempts = (int)fu_col_int(s, c++);
	t->sent_us = fu_col_time(s, c++);
	r->handled_us = fu_col_time(s, c++);
	r->address = fu_col_text(s, c++, arena);
	t->message_id = fu_col_text(s, c++, arena);
	r->relay_id = fu_col_text(s, c++, arena);
	r->thread = fu_col_text(s, c++, arena);
	r->subject = fu_col_text(s, c++, arena);
	r->variant = fu_col_text(s, c++, arena);
	r->via = fu_col_text(s, c++, arena);
	r->status = fu_col_text(s, c++, arena);
}

static int
read_all(struct fu_stmt *s, struct fu_arena *arena,
    struct fu_touch_row **array, size_t *n, struct fu_err *err)
{
	size_t	 cap = 0;
	int	 rc;

	*array = NULL;
	*n = 0;
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*array = fu_grow(arena, *array, *n, &cap, sizeof(**array));
		read_row(s, arena, &(*array)[(*n)++]);
	}
	return (rc);
}

int
fu_touch_add(struct fu_store *store, struct fu_touch_row *r,
    struct fu_err *err)
{
	struct fu_touch	*t = &r->t;

	if (fu_store_id(store, FU_N_ROW, &t->id, err) == -1 ||
	    fu_db_run(store->db, touch_add, err, "iiisssidssdiiststs",
	    t->prospect, t->id, t->enrolment, t->cadence, t->line, t->step,
	    t->occurrence, t->day, fu_channel_name(t->channel), t->message,
	    (int)t->state, t->due_us, t->expires_us,
	    r->becomes == -1 ? NULL :
	    fu_channel_name((enum fu_channel)r->becomes),
	    r->becomes_us == INT64_MAX ? FU_NEVER : r->becomes_us, r->rotated,
	    t->next_us, t->sender) == -1)
		return (-1);
	if (fu_db_changes(store->db) == 0)
		t->id = 0;
	return (0);
}

int
fu_touch_load(struct fu_store *store, int64_t id, struct fu_arena *arena,
    struct fu_touch_row *r, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, touch_load, err, "i", id);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	read_row(s, arena, r);
	fu_stmt_reset(s);
	return (1);
}

int
fu_touches_of(struct fu_store *store, int64_t prospect, int64_t enrolment,
    struct fu_arena *arena, struct fu_touch_row **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s;

	s = fu_db_stmt(store->db, enrolment == 0 ? touches_of_person :
	    touches_of_enrolment, err);
	if (s == NULL)
		return (-1);
	if (enrolment == 0)
		fu_stmt_bind(s, "i", prospect);
	else
		fu_stmt_bind(s, "ii", prospect, enrolment);
	return (read_all(s, arena, array, n, err));
}

int
fu_touches_due(struct fu_store *store, int64_t until_us,
    const struct fu_touch_due *after, size_t max, struct fu_arena *arena,
    struct fu_touch_due **array, size_t *n, struct fu_err *err)
{
	static const struct fu_touch_due	 start = { .next_us = INT64_MIN };
	struct fu_stmt		*s = fu_db_stmt(store->db, touches_due, err);
	struct fu_touch_due	*d;
	size_t			 cap = 0;
	int			 rc;

	if (s == NULL)
		return (-1);
	if (after == NULL)
		after = &start;
	fu_stmt_bind(s, "iiiii", until_us, after->next_us, after->prospect,
	    after->id, (int64_t)max);
	*array = NULL;
	*n = 0;
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*array = fu_grow(arena, *array, *n, &cap, sizeof(**array));
		d = &(*array)[(*n)++];
		d->prospect = fu_col_int(s, 0);
		d->id = fu_col_int(s, 1);
		d->enrolment = fu_col_int(s, 2);
		d->next_us = fu_col_int(s, 3);
		d->line = fu_col_text(s, 4, arena);
		d->band = fu_col_text(s, 5, arena);
		d->follows_up = fu_col_int(s, 6) != 0;
	}
	return (rc);
}

int
fu_touches_waiting(struct fu_store *store, int64_t now_us,
    const struct fu_touch *after, size_t max, struct fu_arena *arena,
    struct fu_touch_row **array, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, touches_waiting, err);

	if (s == NULL)
		return (-1);
	if (after == NULL)
		fu_stmt_bind(s, "iiiii", INT64_MIN, (int64_t)0, (int64_t)0,
		    now_us, (int64_t)max);
	else
		fu_stmt_bind(s, "iiiii", after->next_us, after->prospect,
		    after->id, now_us, (int64_t)max);
	return (read_all(s, arena, array, n, err));
}

int
fu_touches_held(struct fu_store *store, int64_t now_us, struct fu_arena *arena,
    struct fu_touch_held **array, size_t *n, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, touches_held, err);
	struct fu_touch_held	*h;
	size_t			 cap = 0;
	int			 rc;

	*array = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", INT64_MIN, now_us);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*array = fu_grow(arena, *array, *n, &cap, sizeof(**array));
		h = &(*array)[(*n)++];
		h->reason = fu_col_text(s, 0, arena);
		h->cadence = fu_col_text(s, 1, arena);
		h->step = fu_col_text(s, 2, arena);
		h->channel = fu_col_text(s, 3, arena);
		h->industry = fu_col_text(s, 4, arena);
		h->n = fu_col_int(s, 5);
		h->since_us = fu_col_int(s, 6);
	}
	return (rc);
}

int
fu_touch_hold(struct fu_store *store, const struct fu_touch *t,
    struct fu_err *err)
{
	return (fu_db_run(store->db, touch_hold, err, "tsssstii", t->next_us,
	    t->held_class, t->held_reason, t->held_rule, t->held_detail,
	    t->held_until_us, t->prospect, t->id));
}

int
fu_touch_replan(struct fu_store *store, const struct fu_touch_row *r,
    struct fu_err *err)
{
	const struct fu_touch	*t = &r->t;

	return (fu_db_run(store->db, touch_replan, err, "sdiisttii",
	    fu_channel_name(t->channel), (int)t->state, t->due_us,
	    t->expires_us, r->becomes == -1 ? NULL :
	    fu_channel_name((enum fu_channel)r->becomes),
	    r->becomes_us == INT64_MAX ? FU_NEVER : r->becomes_us, t->next_us,
	    t->prospect, t->id));
}

int
fu_touch_claim(struct fu_store *store, const struct fu_touch *t,
    const char *token, int64_t lease_us, const char *sender,
    struct fu_err *err)
{
	return (fu_db_run(store->db, touch_claim, err, "sisii", token, lease_us,
	    sender, t->prospect, t->id));
}

int
fu_touch_handled(struct fu_store *store, int64_t prospect, int64_t id,
    enum fu_touch_state state, const char *why, struct fu_err *err)
{
	return (fu_db_run(store->db, touch_handled, err, "disii", (int)state,
	    store->now_us, why, prospect, id));
}

int
fu_touch_start(struct fu_store *store, int64_t prospect, int64_t id,
    const char *claim, const char *message_id, int64_t lease_us, bool *started,
    struct fu_err *err)
{
	if (fu_db_run(store->db, touch_start, err, "siiis", message_id,
	    lease_us, prospect, id, claim) == -1)
		return (-1);
	*started = fu_db_changes(store->db) == 1;
	return (0);
}

int
fu_touch_release(struct fu_store *store, int64_t prospect, int64_t id,
    const char *claim, int64_t next_us, struct fu_err *err)
{
	return (fu_db_run(store->db, touch_release, err, "tiis", next_us,
	    prospect, id, claim));
}

int
fu_touch_outcome(struct fu_store *store, const struct fu_touch_row *r,
    struct fu_err *err)
{
	const struct fu_touch	*t = &r->t;

	return (fu_db_run(store->db, touch_outcome, err, "dttssssssstii",
	    (int)t->state, t->sent_us, r->handled_us, r->address, r->relay_id,
	    r->thread, r->subject, r->variant, r->via, r->status, t->next_us,
	    t->prospect, t->id));
}

int
fu_touch_again(struct fu_store *store, int64_t prospect, int64_t id,
    const char *status, int64_t next_us, struct fu_err *err)
{
	return (fu_db_run(store->db, touch_again, err, "stii", status, next_us,
	    prospect, id));
}

int
fu_touches_unplan(struct fu_store *store, const struct fu_touch *t,
    struct fu_err *err)
{
	return (fu_db_run(store->db, touches_unplan, err, "iiis", t->prospect,
	    t->id, t->enrolment, t->line));
}

int
fu_touches_expire_leases(struct fu_store *store, struct fu_err *err)
{
	if (fu_db_run(store->db, leases_claimed, err, "ii", store->now_us,
	    store->now_us) == -1)
		return (-1);
	return (fu_db_run(store->db, leases_attempting, err, "ii",
	    store->now_us, store->now_us));
}

int
fu_touches_wake(struct fu_store *store, int64_t prospect, struct fu_err *err)
{
	if (prospect == 0)
		return (fu_db_run(store->db, wake_all, err, "ii",
		    store->now_us, store->now_us));
	return (fu_db_run(store->db, wake_person, err, "iii", store->now_us,
	    store->now_us, prospect));
}

int
fu_touches_cancel(struct fu_store *store, int64_t prospect, int64_t enrolment,
    const char *reason, struct fu_err *err)
{
	return (fu_db_run(store->db, touches_cancel, err, "isii",
	    store->now_us, reason, prospect, enrolment));
}

int
fu_touch_said(struct fu_store *store, int64_t prospect, int64_t id,
    int64_t at_us, struct fu_err *err)
{
	return (fu_db_run(store->db, touch_said, err, "iiii", at_us, at_us,
	    prospect, id));
}

int
fu_touches_uncertain(struct fu_store *store, int64_t after, size_t max,
    struct fu_arena *arena, struct fu_touch_row **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, touches_uncertain, err);

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", after, (int64_t)max);
	return (read_all(s, arena, array, n, err));
}
