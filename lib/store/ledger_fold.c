/*
 * Are suppressions and consents what the ledger comes to?
 *
 * Both ways: what the ledger has must be in the fold, and the fold must have
 * nothing that the ledger does not.  Must never write.
 */
#include <string.h>

#include "record/json.h"
#include "store/ledger_room.h"

/* Ids of the ledger are drawn one by one: its end cannot be cut off unseen. */
static const char ledger_short[] =
    "SELECT l.last + 1 FROM counter c, (SELECT COALESCE(MAX(seq), 0) AS last"
    " FROM ledger) l WHERE c.name = 'ledger' AND c.next - 1 > l.last";
static const char suppression_lacks[] =
    "SELECT l.seq FROM ledger l LEFT JOIN suppression s"
    " ON s.subject = l.subject AND s.channel = l.channel"
    " AND s.reason = l.reason WHERE l.event IN ('suppress', 'lift')"
    " AND (s.subject IS NULL OR s.at_us < l.at_us OR s.seq < l.seq)"
    " ORDER BY l.seq LIMIT 1";
/* Each with the row that it points at, and whether the ledger has that time. */
static const char suppression_rows[] =
    "SELECT s.seq, s.subject = l.subject AND s.channel = l.channel"
    " AND s.reason = l.reason AND s.rule = l.rule"
    " AND l.event IN ('suppress', 'lift') AND EXISTS"
    " (SELECT 1 FROM ledger m WHERE m.subject = s.subject"
    " AND m.channel = s.channel AND m.reason = s.reason"
    " AND m.at_us = s.at_us), s.subject, s.channel, s.reason, s.until_us"
    " FROM suppression s LEFT JOIN ledger l ON l.seq = s.seq";
static const char suppression_details[] =
    "SELECT detail FROM ledger WHERE subject = $1 AND channel = $2"
    " AND reason = $3";
/* Of people who are there, under whatever id it was given. */
static const char consent_lacks[] =
    "SELECT l.seq FROM ledger l LEFT JOIN alias a ON a.old = l.prospect"
    " JOIN prospect p ON p.id = COALESCE(a.prospect, l.prospect)"
    " LEFT JOIN consent c ON c.prospect = p.id AND c.channel = l.channel"
    " WHERE l.event = 'consent' AND (c.seq IS NULL"
    " OR c.at_us / 1000000 < l.at_us / 1000000"
    " OR (c.at_us / 1000000 = l.at_us / 1000000"
    " AND l.status = 'revoked' AND c.status <> 'revoked'))"
    " ORDER BY l.seq LIMIT 1";
static const char consent_rows[] =
    "SELECT c.seq, c.channel = l.channel AND c.status = l.status"
    " AND c.at_us = l.at_us AND l.event = 'consent'"
    " AND c.prospect = COALESCE(a.prospect, l.prospect),"
    " l.detail, c.complete, c.implied, c.expires_us FROM consent c"
    " LEFT JOIN ledger l ON l.seq = c.seq"
    " LEFT JOIN alias a ON a.old = l.prospect";

void
fu_consent_terms(const char *detail, struct fu_arena *arena,
    struct fu_consent_terms *t)
{
	struct fu_object	 o;
	const char		*expires;

	*t = (struct fu_consent_terms){ .expires_us = FU_NEVER };
	if (detail == NULL || fu_json_object(arena, fu_str_of(detail), &o,
	    NULL) == -1)
		return;
	if (!fu_json_bool(fu_json_get(&o, "complete"), &t->complete))
		t->complete = false;
	t->implied = fu_json_text(arena, fu_json_get(&o, "implied"));
	expires = fu_json_text(arena, fu_json_get(&o, "expires"));
	if (expires != NULL && fu_time_parse(fu_str_of(expires),
	    &t->expires_us, NULL) == -1)
		t->expires_us = FU_NEVER;
}

bool
fu_until_covers(int64_t have, int64_t want)
{
	return (have == FU_NEVER || (want != FU_NEVER && have >= want));
}

static int64_t
until_of(struct fu_str detail, struct fu_arena *arena)
{
	struct fu_object	 o;
	const char		*text;
	int64_t			 us;

	if (detail.len == 0 || fu_json_object(arena, detail, &o, NULL) == -1)
		return (FU_NEVER);
	text = fu_json_text(arena, fu_json_get(&o, "until"));
	return (text == NULL || fu_time_parse(fu_str_of(text), &us,
	    NULL) == -1 ? FU_NEVER : us);
}

/* Until when the ledger's rows of it last: 0 or -1. */
static int
lasts(struct fu_store *store, struct fu_stmt *of, int64_t *until_us,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, suppression_details, err);
	int64_t		 until;
	bool		 first = true;
	int		 rc;

	*until_us = FU_NEVER;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "sss", fu_col_text(of, 2, arena), fu_col_text(of, 3,
	    arena), fu_col_text(of, 4, arena));
	while ((rc = fu_stmt_step(s, err)) == 1) {
		until = until_of(fu_col_view(s, 0), arena);
		if (first || !fu_until_covers(*until_us, until))
			*until_us = until;
		first = false;
	}
	return (rc);
}

static int
suppression_agrees(struct fu_store *store, struct fu_stmt *s, bool *agrees,
    struct fu_arena *arena, struct fu_err *err)
{
	int64_t	 until;

	if (lasts(store, s, &until, arena, err) == -1)
		return (-1);
	*agrees = fu_col_time(s, 5) == until;
	return (0);
}

static int
consent_agrees(struct fu_store *store, struct fu_stmt *s, bool *agrees,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_consent_terms	 t;

	(void)store;
	(void)err;
	fu_consent_terms(fu_col_text(s, 2, arena), arena, &t);
	*agrees = t.complete == (fu_col_int(s, 3) != 0) &&
	    fu_streq(t.implied, fu_col_text(s, 4, arena)) &&
	    t.expires_us == fu_col_time(s, 5);
	return (0);
}

/* Every row of a fold against the ledger: 1, 0 with the row's seq, -1. */
static int
each(struct fu_store *store, const char *sql,
    int (*agrees)(struct fu_store *, struct fu_stmt *, bool *,
    struct fu_arena *, struct fu_err *), int64_t *bad_seq, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, sql, err);
	struct fu_arena	 arena;
	bool		 good = true;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_arena_init(&arena);
	fu_stmt_bind(s, "");
	while ((rc = fu_stmt_step(s, err)) == 1) {
		good = fu_col_int(s, 1) == 1;
		if (good && agrees(store, s, &good, &arena, err) == -1) {
			rc = -1;
			break;
		}
		fu_arena_reset(&arena);
		if (!good) {
			*bad_seq = fu_col_int(s, 0);
			break;
		}
	}
	if (rc != 0)
		fu_stmt_reset(s);
	fu_arena_free(&arena);
	return (rc == -1 ? -1 : good);
}

/* Nothing comes of it, or the seq of what is wrong: 1, 0, -1. */
static int
none(struct fu_store *store, const char *sql, int64_t *bad_seq,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, sql, err, "");

	if (s == NULL)
		return (err->class == FU_OK ? 1 : -1);
	*bad_seq = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_ledger_folds(struct fu_store *store, int64_t *bad_seq, struct fu_err *err)
{
	int	 rc;

	if ((rc = none(store, ledger_short, bad_seq, err)) != 1) {
		if (rc == 0)
			(void)fu_err_set(err, FU_EDATA, "chain differs");
		return (rc);
	}
	rc = none(store, suppression_lacks, bad_seq, err);
	if (rc == 1)
		rc = each(store, suppression_rows, suppression_agrees, bad_seq,
		    err);
	if (rc == 1)
		rc = none(store, consent_lacks, bad_seq, err);
	if (rc == 1)
		rc = each(store, consent_rows, consent_agrees, bad_seq, err);
	if (rc == 0)
		(void)fu_err_set(err, FU_EDATA, "fold differs");
	return (rc);
}

int
fu_ledger_cut(struct fu_store *store, int64_t *bad_seq, struct fu_err *err)
{
	int	 rc = none(store, ledger_short, bad_seq, err);

	return (rc == -1 ? -1 : rc == 0);
}
