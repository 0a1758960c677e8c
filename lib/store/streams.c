/*
 * The statements about senders' mail and the domains that it comes from.
 */
#include "store/streams.h"

static const char sender_count[] =
    "INSERT INTO sender_day (sender, day, mails, bounces, complaints)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (sender, day) DO UPDATE SET mails = mails + excluded.mails,"
    " bounces = bounces + excluded.bounces,"
    " complaints = complaints + excluded.complaints";
static const char sender_sums[] =
    "SELECT sum(mails), sum(bounces), sum(complaints) FROM sender_day"
    " WHERE sender = $1 AND day > $2";
static const char sender_days[] =
    "SELECT count(*) FROM sender_day WHERE sender = $1 AND day < $2"
    " AND mails > 0";
static const char touch_sender[] =
    "SELECT sender FROM touch WHERE id = $1 AND channel = 'email'";
static const char mail_sender[] =
    "SELECT sender FROM touch WHERE prospect = $1 AND channel = 'email'"
    " AND state IN (4, 6) ORDER BY handled_us DESC LIMIT 1";
static const char auth_put[] =
    "INSERT INTO domain_auth (domain, spf, dkim, dmarc, checked_us)"
    " VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (domain) DO UPDATE SET spf = excluded.spf,"
    " dkim = excluded.dkim, dmarc = excluded.dmarc,"
    " checked_us = excluded.checked_us";
static const char auth_get[] =
    "SELECT spf, dkim, dmarc, checked_us FROM domain_auth WHERE domain = $1";

int
fu_sender_count(struct fu_store *store, const char *sender, int32_t day,
    const struct fu_sender_sums *more, struct fu_err *err)
{
	return (fu_db_run(store->db, sender_count, err, "sdiii", sender,
	    (int)day, more->mails, more->bounces, more->complaints));
}

int
fu_sender_sums(struct fu_store *store, const char *sender, int32_t after,
    struct fu_sender_sums *sums, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, sender_sums, err, "sd",
	    sender, (int)after);

	if (s == NULL)
		return (-1);
	sums->mails += fu_col_int(s, 0);
	sums->bounces += fu_col_int(s, 1);
	sums->complaints += fu_col_int(s, 2);
	fu_stmt_reset(s);
	return (0);
}

int
fu_sender_days(struct fu_store *store, const char *sender, int32_t before,
    int *days, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, sender_days, err, "sd",
	    sender, (int)before);

	if (s == NULL)
		return (-1);
	*days = (int)fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_mail_sender(struct fu_store *store, int64_t touch, int64_t prospect,
    struct fu_arena *arena, const char **sender, struct fu_err *err)
{
	struct fu_stmt	*s;

	*sender = NULL;
	s = fu_db_one(store->db, touch_sender, err, "i", touch);
	if (s == NULL && err->class == FU_OK)
		s = fu_db_one(store->db, mail_sender, err, "i", prospect);
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*sender = fu_col_text(s, 0, arena);
	fu_stmt_reset(s);
	return (0);
}

int
fu_auth_put(struct fu_store *store, const char *domain,
    const struct fu_domain_auth *auth, struct fu_err *err)
{
	return (fu_db_run(store->db, auth_put, err, "ssssi", domain, auth->spf,
	    auth->dkim, auth->dmarc, store->now_us));
}

int
fu_auth_get(struct fu_store *store, const char *domain,
    struct fu_arena *arena, struct fu_domain_auth *auth, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, auth_get, err, "s", domain);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	auth->spf = fu_col_text(s, 0, arena);
	auth->dkim = fu_col_text(s, 1, arena);
	auth->dmarc = fu_col_text(s, 2, arena);
	auth->checked_us = fu_col_int(s, 3);
	fu_stmt_reset(s);
	return (1);
}
