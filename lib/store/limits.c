/*
 * The statements about caps and pauses that are not one person's.
 */
#include "store/limits.h"

static const char asked[] =
    "SELECT count(*) FROM asked WHERE subject = $1 AND at_us > $2";
static const char asked_add[] =
    "INSERT INTO asked (subject, at_us) VALUES ($1, $2)"
    " ON CONFLICT DO NOTHING";
static const char sender_used[] =
    "SELECT sent, last_us FROM sender_day WHERE sender = $1 AND day = $2"
    " AND last_us IS NOT NULL";
static const char sender_last[] =
    "SELECT last_us FROM sender_day WHERE sender = $1"
    " AND last_us IS NOT NULL ORDER BY day DESC LIMIT 1";
static const char sender_add[] =
    "INSERT INTO sender_day (sender, day, sent, last_us, mails)"
    " VALUES ($1, $2, 1, $3, $4)"
    " ON CONFLICT (sender, day) DO UPDATE SET sent = sent + 1,"
    " last_us = excluded.last_us, mails = mails + excluded.mails";
static const char sender_in_flight[] =
    "SELECT count(*), max(lease_us) FROM touch"
    " WHERE claim IS NOT NULL AND sender = $1 AND channel <> 'task'";
static const char company_sent[] =
    "SELECT coalesce(t.sent_us, $1) FROM identity i"
    " JOIN touch t ON t.prospect = i.prospect"
    " WHERE i.kind = 5 AND i.value = $2"
    " AND (t.sent_us > $3 OR (t.claim IS NOT NULL AND t.lease_us > $1))"
    " AND t.id <> $4 AND t.channel NOT IN ('task', 'chat')";
static const char company_waits[] =
    "SELECT i.prospect, s.reply_pending_us FROM identity i"
    " JOIN standing s ON s.prospect = i.prospect"
    " WHERE i.kind = 5 AND i.value = $1 AND i.prospect <> $2"
    " AND (s.reply_pending_us > $3 OR s.barred = $4)"
    " ORDER BY i.prospect LIMIT 1";
static const char domain_paused[] =
    "SELECT 1 FROM paused_domain WHERE domain = $1";
static const char domain_pause_reason[] =
    "SELECT reason FROM paused_domain WHERE domain = $1";
static const char domain_pause[] =
    "INSERT INTO paused_domain (domain, since_us, reason) VALUES ($1, $2, $3)"
    " ON CONFLICT (domain) DO NOTHING";
static const char slowed_over[] =
    "DELETE FROM slowed WHERE domain = $1 AND at_us < $2";
static const char slowed_put[] =
    "INSERT INTO slowed (domain, prospect, at_us) VALUES ($1, $2, $3)"
    " ON CONFLICT (domain, prospect) DO UPDATE SET at_us = excluded.at_us";
static const char slowed_count[] =
    "SELECT count(*) FROM slowed WHERE domain = $1";
static const char alert_put[] =
    "INSERT INTO alert (cause, day) VALUES ($1, $2)"
    " ON CONFLICT (cause, day) DO NOTHING RETURNING 1";

int
fu_sender_used(struct fu_store *store, const char *sender, int32_t day,
    int *sent, int64_t *last_us, struct fu_err *err)
{
	struct fu_stmt	*s;

	*sent = 0;
	*last_us = FU_NEVER;
	s = fu_db_one(store->db, sender_used, err, "sd", sender, (int)day);
	if (s != NULL) {
		*sent = (int)fu_col_int(s, 0);
		*last_us = fu_col_int(s, 1);
		fu_stmt_reset(s);
		return (0);
	}
	if (err->class != FU_OK)
		return (-1);
	s = fu_db_one(store->db, sender_last, err, "s", sender);
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*last_us = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_sender_add(struct fu_store *store, const char *sender, int32_t day,
    int64_t at_us, bool mail, struct fu_err *err)
{
	return (fu_db_run(store->db, sender_add, err, "sdid", sender, (int)day,
	    at_us, mail ? 1 : 0));
}

int
fu_sender_in_flight(struct fu_store *store, const char *sender, int *n,
    int64_t *lease_us, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, sender_in_flight, err, "s",
	    sender);

	if (s == NULL)
		return (-1);
	*n = (int)fu_col_int(s, 0);
	*lease_us = fu_col_time(s, 1);
	fu_stmt_reset(s);
	return (0);
}

int
fu_company_sent(struct fu_store *store, const char *domain, int64_t since_us,
    int64_t now_us, int64_t but, struct fu_arena *arena, int64_t **at,
    size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, company_sent, err);
	size_t		 cap = 0;
	int		 rc;

	*at = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "isii", now_us, domain, since_us, but);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*at = fu_grow(arena, *at, *n, &cap, sizeof(**at));
		(*at)[(*n)++] = fu_col_int(s, 0);
	}
	return (rc);
}

int
fu_company_waits(struct fu_store *store, const char *domain, int64_t but,
    int64_t since_us, bool won, int64_t *who, bool *answered,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, company_waits, err, "siis",
	    domain, but, since_us, won ? "won" : NULL);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*who = fu_col_int(s, 0);
	*answered = fu_col_time(s, 1) > since_us;
	fu_stmt_reset(s);
	return (1);
}

int
fu_domain_paused(struct fu_store *store, const char *domain, bool *paused,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, domain_paused, err, "s",
	    domain);

	*paused = s != NULL;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	fu_stmt_reset(s);
	return (0);
}

int
fu_domain_pause_reason(struct fu_store *store, const char *domain,
    struct fu_arena *arena, const char **reason, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, domain_pause_reason, err,
	    "s", domain);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*reason = fu_col_text(s, 0, arena);
	fu_stmt_reset(s);
	return (1);
}

int
fu_domain_pause(struct fu_store *store, const char *domain, const char *reason,
    struct fu_err *err)
{
	return (fu_db_run(store->db, domain_pause, err, "sis", domain,
	    store->now_us, reason));
}

int
fu_domain_slowed(struct fu_store *store, const char *domain, int64_t prospect,
    int64_t since_us, int *people, struct fu_err *err)
{
	struct fu_stmt	*s;

	if (fu_db_run(store->db, slowed_over, err, "si", domain,
	    since_us) == -1 ||
	    fu_db_run(store->db, slowed_put, err, "sii", domain, prospect,
	    store->now_us) == -1 ||
	    (s = fu_db_one(store->db, slowed_count, err, "s", domain)) == NULL)
		return (-1);
	*people = (int)fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_alert_once(struct fu_store *store, const char *cause, int32_t day,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, alert_put, err, "sd", cause,
	    (int)day);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	fu_stmt_reset(s);
	return (1);
}

int
fu_asked(struct fu_store *store, const char *subject, int64_t since_us, int *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, asked, err, "si", subject,
	    since_us);

	if (s == NULL)
		return (-1);
	*n = (int)fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_asked_add(struct fu_store *store, const char *subject, struct fu_err *err)
{
	return (fu_db_run(store->db, asked_add, err, "si", subject,
	    store->now_us));
}
