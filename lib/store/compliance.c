/*
 * The statements of an audit.
 *
 * Must never write.
 */
#include "store/compliance.h"
#include "store/ledger.h"

static const char optouts[] =
    "SELECT l.seq, l.prospect, l.at_us, l.recorded_us, l.channel, l.reason,"
    " l.rule, l.source, p.email FROM ledger l"
    " LEFT JOIN prospect p ON p.id = l.prospect"
    " WHERE l.seq > $1 AND l.event = 'suppress'"
    " AND l.reason IN ('suppressed', 'objected', 'complaint')"
    " AND CASE WHEN l.source = 'import'"
    " OR substr(l.source, 1, 5) = '" FU_SOURCE_KEPT "'"
    " THEN l.recorded_us ELSE l.at_us END >= $2 ORDER BY l.seq LIMIT $3";
static const char erasures[] =
    "SELECT l.seq, COALESCE(p.id, l.prospect), l.at_us, p.id IS NULL,"
    " COALESCE((SELECT MIN(e.recorded_us) FROM ledger e"
    " WHERE e.subject = l.subject AND e.reason = 'erased' AND e.seq > l.seq),"
    " (SELECT MIN(g.recorded_us) FROM ledger g"
    " WHERE g.prospect = l.prospect AND g.event = 'erase')),"
    " p.email FROM ledger l LEFT JOIN prospect p ON p.id ="
    " COALESCE((SELECT a.prospect FROM alias a WHERE a.old = l.prospect),"
    " l.prospect)"
    " WHERE l.seq > $1 AND l.rule = 'GD-09' AND l.reason = 'objected'"
    " AND l.prospect > 0 AND (p.id IS NOT NULL OR l.at_us >= $2)"
    " AND NOT EXISTS (SELECT 1 FROM ledger b WHERE b.prospect = l.prospect"
    " AND b.rule = 'GD-09' AND b.reason = 'objected' AND b.seq < l.seq)"
    " ORDER BY l.seq LIMIT $3";
static const char consents[] =
    "SELECT c.prospect, c.id, c.seq, c.at_us, c.expires_us, c.channel,"
    " c.status, p.email FROM consent c"
    " LEFT JOIN prospect p ON p.id = c.prospect"
    " WHERE (c.prospect, c.id) > ($1, $2)"
    " AND ((c.status = 'granted' AND c.expires_us <= $3)"
    " OR (c.status = 'pending' AND c.at_us <= $4))"
    " ORDER BY c.prospect, c.id LIMIT $5";
static const char written[] =
    "SELECT 1 FROM touch WHERE prospect = $1 AND sent_us IS NOT NULL"
    " AND channel NOT IN ('task', 'chat') LIMIT 1";
static const char pauses[] =
    "SELECT domain, reason, since_us FROM paused_domain WHERE domain > $1"
    " ORDER BY domain LIMIT $2";

/* A try goes on for two days behind its time. */
static const char failed[] =
    "SELECT f.via, f.detail, count(*), max(f.at_us) FROM"
    " (SELECT coalesce(d.via, '') AS via, coalesce(d.status, '') AS detail,"
    " coalesce((SELECT max(a.ended_us) FROM attempt a"
    " WHERE a.prospect = d.prospect AND a.dispatch = d.id), d.due_us) AS at_us"
    " FROM dispatch d WHERE d.state = 5 AND d.due_us >= $1) f"
    " WHERE f.at_us >= $2 GROUP BY f.via, f.detail"
    " ORDER BY f.via, f.detail LIMIT $3";
static const char waiting[] =
    "SELECT coalesce(via, ''), coalesce(status, ''), count(*), min(next_us)"
    " FROM dispatch WHERE state = 0 AND next_us IS NOT NULL AND attempts > 0"
    " AND via IS NOT NULL"
    " GROUP BY coalesce(via, ''), coalesce(status, '')"
    " ORDER BY coalesce(via, ''), coalesce(status, '') LIMIT $1";

int
fu_audit_optouts(struct fu_store *store, int64_t since_us, int64_t after,
    size_t max, struct fu_arena *arena, struct fu_audit_optout **list,
    size_t *n, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, optouts, err);
	struct fu_audit_optout	*o;
	int			 rc;

	*list = fu_alloc_array(arena, max, sizeof(**list));
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iii", after, since_us, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		o = &(*list)[(*n)++];
		o->seq = fu_col_int(s, 0);
		o->prospect = fu_col_int(s, 1);
		o->at_us = fu_col_int(s, 2);
		o->recorded_us = fu_col_int(s, 3);
		o->channel = fu_col_text(s, 4, arena);
		o->reason = fu_col_text(s, 5, arena);
		o->rule = fu_col_text(s, 6, arena);
		o->source = fu_col_text(s, 7, arena);
		o->email = fu_col_text(s, 8, arena);
	}
	return (rc);
}

int
fu_audit_erasures(struct fu_store *store, int64_t since_us, int64_t after,
    size_t max, struct fu_arena *arena, struct fu_audit_erasure **list,
    size_t *n, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, erasures, err);
	struct fu_audit_erasure	*e;
	int			 rc;

	*list = fu_alloc_array(arena, max, sizeof(**list));
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iii", after, since_us, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		e = &(*list)[(*n)++];
		e->seq = fu_col_int(s, 0);
		e->prospect = fu_col_int(s, 1);
		e->at_us = fu_col_int(s, 2);
		e->done = fu_col_int(s, 3) != 0;
		e->done_us = fu_col_time(s, 4);
		e->email = fu_col_text(s, 5, arena);
	}
	return (rc);
}

int
fu_audit_consents(struct fu_store *store, int64_t expires_us,
    int64_t pending_us, const struct fu_audit_consent *after, size_t max,
    struct fu_arena *arena, struct fu_audit_consent **list, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, consents, err);
	struct fu_audit_consent	*c;
	int			 rc;

	*list = fu_alloc_array(arena, max, sizeof(**list));
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iiiii", after == NULL ? 0 : after->prospect,
	    after == NULL ? 0 : after->id, expires_us, pending_us,
	    (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		c = &(*list)[(*n)++];
		c->prospect = fu_col_int(s, 0);
		c->id = fu_col_int(s, 1);
		c->seq = fu_col_int(s, 2);
		c->at_us = fu_col_int(s, 3);
		c->expires_us = fu_col_time(s, 4);
		c->channel = fu_col_text(s, 5, arena);
		c->status = fu_col_text(s, 6, arena);
		c->email = fu_col_text(s, 7, arena);
	}
	return (rc);
}

int
fu_audit_written(struct fu_store *store, int64_t prospect, bool *yes,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, written, err, "i", prospect);

	*yes = s != NULL;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	fu_stmt_reset(s);
	return (0);
}

int
fu_audit_pauses(struct fu_store *store, const char *after, size_t max,
    struct fu_arena *arena, struct fu_audit_pause **list, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, pauses, err);
	struct fu_audit_pause	*p;
	int			 rc;

	*list = fu_alloc_array(arena, max, sizeof(**list));
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "si", after, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		p = &(*list)[(*n)++];
		p->domain = fu_col_text(s, 0, arena);
		p->reason = fu_col_text(s, 1, arena);
		p->since_us = fu_col_int(s, 2);
	}
	return (rc);
}

static int
read_deliveries(struct fu_stmt *s, size_t max, struct fu_arena *arena,
    struct fu_audit_delivery **list, size_t *n, struct fu_err *err)
{
	struct fu_audit_delivery	*d;
	int				 rc;

	*list = fu_alloc_array(arena, max, sizeof(**list));
	while ((rc = fu_stmt_step(s, err)) == 1) {
		d = &(*list)[(*n)++];
		d->via = fu_col_text(s, 0, arena);
		d->detail = fu_col_text(s, 1, arena);
		d->count = fu_col_int(s, 2);
		d->at_us = fu_col_int(s, 3);
	}
	return (rc);
}

int
fu_audit_failed(struct fu_store *store, int64_t since_us, size_t max,
    struct fu_arena *arena, struct fu_audit_delivery **list, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, failed, err);

	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "iii", since_us - 2 * FU_DAY, since_us, (int64_t)max);
	return (read_deliveries(s, max, arena, list, n, err));
}

int
fu_audit_waiting(struct fu_store *store, size_t max, struct fu_arena *arena,
    struct fu_audit_delivery **list, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, waiting, err);

	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", (int64_t)max);
	return (read_deliveries(s, max, arena, list, n, err));
}
