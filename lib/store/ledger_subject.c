/*
 * One subject's rows of the ledger, and one person's consents, against the
 * chain and against the folds.
 *
 * Must never mend: what differs was changed behind our back.
 */
#include <string.h>

#include "store/ledger_room.h"

static const char subject_rows[] =
    "SELECT " FU_LEDGER_COLUMNS("l.") ", p.chain FROM ledger l"
    " LEFT JOIN ledger p ON p.seq = l.seq - 1 WHERE l.subject = $1"
    " ORDER BY l.seq";
static const char subject_fold[] =
    "SELECT channel, reason, rule, at_us, seq FROM suppression"
    " WHERE subject = $1";

static const char consents_fold[] =
    "SELECT " FU_LEDGER_COLUMNS("l.") ", p.chain, c.seq, c.channel, c.status,"
    " c.at_us, c.complete, c.implied, c.expires_us FROM consent c"
    " LEFT JOIN ledger l ON l.seq = c.seq LEFT JOIN ledger p"
    " ON p.seq = c.seq - 1 WHERE c.prospect = $1";
static const char consent_gone[] =
    "SELECT seq FROM ledger l WHERE prospect = $1 AND event = 'consent'"
    " AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.prospect = $2"
    " AND c.channel = l.channel AND c.at_us >= l.at_us)"
    " ORDER BY seq LIMIT 1";

#define COL_BEFORE	18
enum { COL_SEQ = COL_BEFORE + 1, COL_CHANNEL, COL_STATUS, COL_AT,
	COL_COMPLETE, COL_IMPLIED, COL_EXPIRES };

/* What the rows come to for one channel and reason. */
struct sum {
	const char	*channel, *reason, *rule;
	int64_t		 at_us, seq;
	bool		 found;		/* in the fold, too */
};

struct sums {
	struct sum	*sum;
	size_t		 n, cap;
};

static struct sum *
find(struct sums *all, const char *channel, const char *reason)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->sum[i].channel, channel) == 0 &&
		    strcmp(all->sum[i].reason, reason) == 0)
			return (&all->sum[i]);
	return (NULL);
}

/* The last of a channel and reason is what it comes to, with the latest of
 * their times. */
static void
add(struct sums *all, const struct fu_ledger_row *r, int64_t seq,
    struct fu_arena *arena)
{
	struct sum	*x;

	if (strcmp(r->event, "suppress") != 0 && strcmp(r->event, "lift") != 0)
		return;
	if ((x = find(all, r->channel, r->reason)) == NULL) {
		all->sum = fu_grow(arena, all->sum, all->n, &all->cap,
		    sizeof(*all->sum));
		x = &all->sum[all->n++];
		*x = (struct sum){ .seq = 0 };
	}
	*x = (struct sum){ r->channel, r->reason, r->rule,
		x->seq != 0 && x->at_us > r->at_us ? x->at_us : r->at_us, seq,
		false };
}

/* Does the row that ${s} stands at hold against the one before it? */
static bool
holds(struct fu_stmt *s, struct fu_arena *arena, struct fu_ledger_row *r)
{
	struct fu_str	 before = fu_col_view(s, COL_BEFORE);
	uint8_t		 chain[FU_CHAIN_LEN] = { 0 };

	if (before.len == FU_CHAIN_LEN)
		memcpy(chain, before.ptr, FU_CHAIN_LEN);
	else if (fu_col_int(s, 0) != 1)
		return (false);
	return (fu_ledger_row_holds(s, chain, arena, r));
}

/* 1, 0 with the row, -1. */
static int
rows_hold(struct fu_store *store, const char *subject, struct sums *all,
    int64_t *bad_seq, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, subject_rows, err);
	struct fu_ledger_row	 r;
	int64_t			 seq;
	int			 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "s", subject);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		seq = fu_col_int(s, 0);
		if (!holds(s, arena, &r)) {
			*bad_seq = seq;
			fu_stmt_reset(s);
			return (0);
		}
		add(all, &r, seq, arena);
	}
	return (rc == -1 ? -1 : 1);
}

int
fu_ledger_subject_holds(struct fu_store *store, const char *subject,
    int64_t *bad_seq, struct fu_arena *arena, struct fu_err *err)
{
	struct sums	 all = { NULL, 0, 0 };
	struct fu_stmt	*s;
	struct sum	*x;
	bool		 same;
	int		 rc;

	rc = rows_hold(store, subject, &all, bad_seq, arena, err);
	if (rc != 1)
		return (rc);
	if ((s = fu_db_stmt(store->db, subject_fold, err)) == NULL)
		return (-1);
	fu_stmt_bind(s, "s", subject);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		x = find(&all, fu_col_text(s, 0, arena),
		    fu_col_text(s, 1, arena));
		*bad_seq = fu_col_int(s, 4);
		same = x != NULL && x->seq == *bad_seq &&
		    x->at_us == fu_col_int(s, 3) &&
		    fu_str_is(fu_col_view(s, 2), x->rule);
		if (!same) {
			fu_stmt_reset(s);
			return (0);
		}
		x->found = true;
	}
	for (size_t i = 0; rc == 0 && i < all.n; i++)
		if (!all.sum[i].found) {
			*bad_seq = all.sum[i].seq;
			return (0);
		}
	return (rc == -1 ? -1 : 1);
}

static bool
consent_agrees(struct fu_stmt *s, struct fu_arena *arena)
{
	struct fu_ledger_row	 r;
	struct fu_consent_terms	 t;

	if (fu_col_null(s, 0) || !holds(s, arena, &r))
		return (false);
	fu_consent_terms(r.detail, arena, &t);
	return (strcmp(r.event, "consent") == 0 &&
	    fu_str_is(fu_col_view(s, COL_CHANNEL), r.channel) &&
	    fu_streq(fu_col_text(s, COL_STATUS, arena), r.status) &&
	    fu_col_int(s, COL_AT) == r.at_us &&
	    t.complete == (fu_col_int(s, COL_COMPLETE) != 0) &&
	    fu_streq(t.implied, fu_col_text(s, COL_IMPLIED, arena)) &&
	    t.expires_us == fu_col_time(s, COL_EXPIRES));
}

int
fu_ledger_consents_hold(struct fu_store *store, int64_t prospect,
    int64_t *bad_seq, struct fu_arena *arena, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, consents_fold, err);
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*bad_seq = fu_col_int(s, COL_SEQ);
		if (!consent_agrees(s, arena)) {
			fu_stmt_reset(s);
			return (0);
		}
	}
	if (rc == -1)
		return (-1);
	if ((s = fu_db_one(store->db, consent_gone, err, "ii", prospect,
	    prospect)) == NULL)
		return (err->class == FU_OK ? 1 : -1);
	*bad_seq = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}
