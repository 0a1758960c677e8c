/*
 * The statements that record events, and what a run of them does to the row
 * of their person.
 *
 * Must never record the same event twice.
 */
#include <string.h>

#include "store/intake.h"

static const char event_add[] =
    "INSERT INTO event (prospect, id, kind, at_us, received_us, batch, dedup,"
    " channel, who, arg, text, signals, touch, body) VALUES ($1, $2, $3, $4,"
    " $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    " ON CONFLICT (prospect, dedup) DO NOTHING";
static const char event_known[] =
    "SELECT id FROM event WHERE prospect = $1 AND dedup = $2";
static const char event_newest[] =
    "SELECT MAX(at_us) FROM event WHERE prospect = $1 AND kind = $2";
static const char event_optout[] =
    "SELECT kind FROM event WHERE prospect = $1 AND at_us = $2"
    " AND (kind IN ('unsubscribe', 'stop', 'objection', 'complaint',"
    " 'erasure_request') OR signals LIKE '%\"opt_out\"%'"
    " OR signals LIKE '%\"erasure\"%')"
    " ORDER BY id LIMIT 1";
static const char event_told[] =
    "SELECT 1 FROM event WHERE prospect = $1 AND (kind = 'form'"
    " OR (kind = 'chat' AND who = $2)) LIMIT 1";
static const char bounces[] =
    "SELECT arg, at_us FROM event WHERE prospect = $1 AND kind = 'bounce'"
    " AND at_us >= $2 ORDER BY at_us, id";
static const char effect_apply[] =
    "UPDATE standing SET news = news + $1,"
    " last_inbound_us = CASE WHEN last_inbound_us > $2 THEN"
    " last_inbound_us ELSE COALESCE($3, last_inbound_us) END,"
    " last_inbound_chat_us = CASE WHEN last_inbound_chat_us > $4 THEN"
    " last_inbound_chat_us ELSE COALESCE($5, last_inbound_chat_us) END,"
    " last_inbound_wa_us = CASE WHEN last_inbound_wa_us > $6 THEN"
    " last_inbound_wa_us ELSE COALESCE($7, last_inbound_wa_us) END,"
    " reply_pending_us = CASE WHEN reply_pending_us < $8 THEN"
    " reply_pending_us ELSE COALESCE($9, reply_pending_us) END,"
    " human_by = COALESCE(human_by, $10),"
    " human_us = CASE WHEN human_us < $11 THEN"
    " human_us ELSE COALESCE($12, human_us) END,"
    " ooo_until_us = CASE WHEN ooo_until_us > $13 THEN"
    " ooo_until_us ELSE COALESCE($14, ooo_until_us) END,"
    " doubt_us = CASE WHEN doubt_us < $15 THEN doubt_us"
    " ELSE COALESCE($16, doubt_us) END"
    " WHERE prospect = $17";

int
fu_event_known(struct fu_store *store, int64_t prospect, uint64_t dedup,
    int64_t *id, struct fu_err *err)
{
	struct fu_stmt	*s;

	s = fu_db_one(store->db, event_known, err, "ii", prospect,
	    (int64_t)dedup);
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*id = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (1);
}

int
fu_event_add(struct fu_store *store, struct fu_event *e, int64_t batch,
    bool *recorded, struct fu_err *err)
{
	int	 rc;

	/* Asked first, so that a repetition draws no id. */
	rc = fu_event_known(store, e->prospect, e->dedup, &e->id, err);
	if (rc != 0) {
		*recorded = false;
		return (rc == 1 ? 0 : -1);
	}
	if (e->id == 0 && fu_store_id(store, FU_N_EVENT, &e->id, err) == -1)
		return (-1);
	return (fu_event_put(store, e, batch, recorded, err));
}

int
fu_event_put(struct fu_store *store, struct fu_event *e, int64_t batch,
    bool *recorded, struct fu_err *err)
{
	e->received_us = store->now_us;
	if (fu_db_run(store->db, event_add, err, "iisiitisdssstS",
	    e->prospect, e->id, e->name, e->at_us, e->received_us,
	    batch == 0 ? FU_NEVER : batch, (int64_t)e->dedup, e->channel,
	    (int)e->from, e->arg, e->text, e->signals,
	    e->touch == 0 ? FU_NEVER : e->touch, fu_str_of(e->body)) == -1)
		return (-1);
	*recorded = fu_db_changes(store->db) > 0;
	return (*recorded ? 0 : fu_event_known(store, e->prospect, e->dedup,
	    &e->id, err) == -1 ? -1 : 0);
}

int
fu_event_newest(struct fu_store *store, int64_t prospect, const char *kind,
    int64_t *at_us, struct fu_err *err)
{
	struct fu_stmt	*s;

	s = fu_db_one(store->db, event_newest, err, "is", prospect, kind);
	*at_us = FU_NEVER;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*at_us = fu_col_time(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_event_optout(struct fu_store *store, int64_t prospect, int64_t at_us,
    struct fu_arena *arena, const char **kind, struct fu_err *err)
{
	struct fu_stmt	*s;

	*kind = NULL;
	s = fu_db_one(store->db, event_optout, err, "ii", prospect, at_us);
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*kind = fu_col_text(s, 0, arena);
	fu_stmt_reset(s);
	return (0);
}

int
fu_event_told(struct fu_store *store, int64_t prospect, bool *told,
    struct fu_err *err)
{
	struct fu_stmt	*s;

	s = fu_db_one(store->db, event_told, err, "ii", prospect,
	    (int64_t)FU_FROM_PROSPECT);
	*told = s != NULL;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	fu_stmt_reset(s);
	return (0);
}

int
fu_bounces(struct fu_store *store, int64_t prospect, int64_t since_us,
    struct fu_arena *arena, const char ***status, int64_t **at_us, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, bounces, err);
	size_t		 cap = 0, cap_at = 0;
	int		 rc;

	*status = NULL;
	*at_us = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", prospect, since_us);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*status = fu_grow(arena, *status, *n, &cap, sizeof(**status));
		*at_us = fu_grow(arena, *at_us, *n, &cap_at, sizeof(**at_us));
		(*status)[*n] = fu_col_text(s, 0, arena);
		(*at_us)[(*n)++] = fu_col_int(s, 1);
	}
	return (rc);
}

int
fu_effect_apply(struct fu_store *store, int64_t prospect,
    const struct fu_effect *e, struct fu_err *err)
{
	return (fu_db_run(store->db, effect_apply, err, "ittttttttstttttti",
	    e->news, e->inbound_us, e->inbound_us, e->inbound_chat_us,
	    e->inbound_chat_us, e->inbound_wa_us, e->inbound_wa_us,
	    e->reply_us, e->reply_us, e->human_by, e->human_us, e->human_us,
	    e->ooo_us, e->ooo_us, e->doubt_us, e->doubt_us, prospect));
}
