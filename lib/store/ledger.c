/*
 * The statements of the ledger and of its folds.
 *
 * Must never change or delete a row of the ledger, nor write an address.
 */
#include <string.h>

#include "record/email.h"
#include "record/json.h"
#include "store/ledger_room.h"
#include "store/wording.h"

#define VERIFY_CHUNK	1000
#define TAIL_ROWS	4096		/* looked at before a run that sends */
#define BEHIND_MAX_US	(5 * FU_MINUTE)	/* LG-03 */

static const char ledger_last[] =
    "SELECT seq, chain FROM ledger ORDER BY seq DESC LIMIT 1";
static const char ledger_append[] =
    "INSERT INTO ledger (seq, at_us, recorded_us, prospect, subject, channel,"
    " event, status, reason, rule, purpose, basis, scope, source, evidence,"
    " detail, actor, chain) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
    " $11, $12, $13, $14, $15, $16, $17, $18)";
static const char ledger_chunk[] =
    "SELECT " FU_LEDGER_COLUMNS("") " FROM ledger WHERE seq > $1"
    " ORDER BY seq LIMIT $2";
static const char ledger_tail[] =
    "SELECT seq, chain FROM ledger ORDER BY seq DESC LIMIT 1 OFFSET $1";
static const char ledger_newest[] =
    "SELECT recorded_us FROM ledger ORDER BY seq DESC LIMIT 1";
static const char suppression_get[] =
    "SELECT at_us, until_us FROM suppression WHERE subject = $1"
    " AND channel = $2 AND reason = $3";
static const char suppression_set[] =
    "INSERT INTO suppression (subject, channel, reason, rule, at_us, until_us,"
    " seq) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (subject, channel, reason) DO UPDATE SET"
    " rule = excluded.rule, at_us = excluded.at_us,"
    " until_us = excluded.until_us, seq = excluded.seq";
static const char suppressions[] =
    "SELECT channel, reason, rule, at_us, until_us FROM suppression"
    " WHERE subject = $1 ORDER BY channel, reason";
static const char consent_get[] =
    "SELECT id, status, at_us FROM consent WHERE prospect = $1"
    " AND channel = $2";
static const char consent_set[] =
    "INSERT INTO consent (prospect, id, channel, status, at_us, complete,"
    " implied, expires_us, seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (prospect, channel) DO UPDATE SET status = excluded.status,"
    " at_us = excluded.at_us, complete = excluded.complete,"
    " implied = excluded.implied, expires_us = excluded.expires_us,"
    " seq = excluded.seq";
static const char consents[] =
    "SELECT channel, status, implied, at_us, expires_us, complete FROM consent"
    " WHERE prospect = $1 ORDER BY channel";

static void
subject_of(const struct fu_key *key, const char *what, const char *value,
    char out[FU_SUBJECT_LEN])
{
	struct fu_buf	 buf;
	uint8_t		 mac[32];

	fu_buf_init(&buf);
	fu_buf_printf(&buf, "%s:%s", what, value);
	fu_hmac(key, buf.ptr, buf.len, mac);
	fu_buf_free(&buf);
	fu_hex(mac, sizeof(mac), out);
}

void
fu_subject_email(const struct fu_key *key, const char *email,
    char out[FU_SUBJECT_LEN])
{
	struct fu_arena	 arena;

	fu_arena_init(&arena);
	subject_of(key, "email", fu_email_suppress_key(&arena, email), out);
	fu_arena_free(&arena);
}

void
fu_subject_phone(const struct fu_key *key, const char *phone,
    char out[FU_SUBJECT_LEN])
{
	subject_of(key, "phone", phone, out);
}

/* A member with its length before it, so that no two rows look the same. */
static void
chain_text(struct fu_buf *buf, const char *text)
{
	if (text == NULL)
		fu_buf_puts(buf, "-\n");
	else
		fu_buf_printf(buf, "%zu:%s\n", strlen(text), text);
}

static void
chain_of(const uint8_t *before, int64_t seq, int64_t recorded_us,
    const struct fu_ledger_row *r, uint8_t out[FU_CHAIN_LEN])
{
	const char	*const text[] = { r->subject, r->channel, r->event,
	    r->status, r->reason, r->rule, r->purpose, r->basis, r->scope,
	    r->source, r->evidence, r->detail, r->actor };
	struct fu_buf	 buf;

	fu_buf_init(&buf);
	fu_buf_put(&buf, before, FU_CHAIN_LEN);
	fu_buf_printf(&buf, "%lld\n%lld\n%lld\n%lld\n", (long long)seq,
	    (long long)r->at_us, (long long)recorded_us,
	    (long long)r->prospect);
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		chain_text(&buf, text[i]);
	fu_sha256(buf.ptr, buf.len, out);
	fu_buf_free(&buf);
}

static int
append(struct fu_store *store, const struct fu_ledger_row *r, int64_t *seq,
    struct fu_err *err)
{
	uint8_t		 before[FU_CHAIN_LEN] = { 0 }, chain[FU_CHAIN_LEN];
	struct fu_stmt	*s;
	struct fu_str	 view;

	if ((s = fu_db_one(store->db, ledger_last, err, "")) != NULL) {
		view = fu_col_view(s, 1);
		if (view.len == FU_CHAIN_LEN)
			memcpy(before, view.ptr, FU_CHAIN_LEN);
		fu_stmt_reset(s);
	} else if (err->class != FU_OK)
		return (-1);
	if (fu_store_id(store, FU_N_LEDGER, seq, err) == -1)
		return (-1);
	chain_of(before, *seq, store->now_us, r, chain);
	return (fu_db_run(store->db, ledger_append, err, "iiiisssssssssssssx",
	    *seq, r->at_us, store->now_us, r->prospect, r->subject, r->channel,
	    r->event, r->status, r->reason, r->rule, r->purpose, r->basis,
	    r->scope, r->source, r->evidence, r->detail, r->actor, chain,
	    (size_t)FU_CHAIN_LEN));
}

/*
 * Raise time and end to what the fold has; does it say as much already?  1, 0,
 * -1.
 */
static int
folded(struct fu_store *store, const struct fu_ledger_row *r, int64_t *at_us,
    int64_t *until_us, struct fu_err *err)
{
	struct fu_stmt	*s;
	int64_t		 at, until;

	s = fu_db_one(store->db, suppression_get, err, "sss", r->subject,
	    r->channel, r->reason);
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	at = fu_col_int(s, 0);
	until = fu_col_time(s, 1);
	fu_stmt_reset(s);
	if (at >= *at_us && fu_until_covers(until, *until_us))
		return (1);
	if (at > *at_us)
		*at_us = at;
	if (fu_until_covers(until, *until_us))
		*until_us = until;
	return (0);
}

/* What passes by itself says so in the chain. */
static const char *
until_json(struct fu_buf *buf, int64_t until_us)
{
	struct fu_jw	 jw;

	if (until_us == FU_NEVER)
		return (NULL);
	fu_jw_init(&jw, buf);
	fu_jw_object(&jw, NULL);
	fu_jw_time(&jw, "until", until_us);
	fu_jw_object_end(&jw);
	return (buf->ptr);
}

int
fu_suppress(struct fu_store *store, const struct fu_ledger_row *row,
    int64_t until_us, bool *news, struct fu_err *err)
{
	struct fu_ledger_row	 r = *row;
	struct fu_buf		 buf;
	int64_t			 seq, at_us = row->at_us, until = until_us;
	int			 rc;

	*news = false;
	if ((rc = folded(store, row, &at_us, &until, err)) != 0)
		return (rc == 1 ? 0 : -1);
	*news = true;
	fu_buf_init(&buf);
	r.detail = until_json(&buf, until_us);
	rc = append(store, &r, &seq, err);
	fu_buf_free(&buf);
	if (rc == -1)
		return (-1);
	return (fu_db_run(store->db, suppression_set, err, "ssssiti",
	    row->subject, row->channel, row->reason, row->rule, at_us,
	    until, seq));
}

int
fu_lift(struct fu_store *store, const struct fu_ledger_row *row,
    struct fu_err *err)
{
	bool	 news;

	return (fu_suppress(store, row, FU_NEVER, &news, err));
}

/* Does the row count over what the fold has?  Of one second a revocation does,
 * whatever came first. */
static bool
counts_over(const struct fu_ledger_row *row, int64_t had_us, bool had_revoked)
{
	bool	 revoked = strcmp(row->status, "revoked") == 0;

	if (had_us / FU_SECOND != row->at_us / FU_SECOND)
		return (had_us < row->at_us);
	return (revoked != had_revoked ? revoked : had_us <= row->at_us);
}

static int
fold_consent(struct fu_store *store, const struct fu_ledger_row *row,
    int64_t seq, struct fu_arena *arena, bool *news, struct fu_err *err)
{
	struct fu_consent_terms	 t;
	struct fu_stmt		*s;
	int64_t			 id = 0, had_us;
	bool			 revoked;

	*news = true;
	s = fu_db_one(store->db, consent_get, err, "is", row->prospect,
	    row->channel);
	if (s != NULL) {
		id = fu_col_int(s, 0);
		revoked = fu_str_is(fu_col_view(s, 1), "revoked");
		had_us = fu_col_int(s, 2);
		fu_stmt_reset(s);
		*news = counts_over(row, had_us, revoked);
	} else if (err->class != FU_OK)
		return (-1);
	if (!*news)
		return (0);
	if (id == 0 && fu_store_id(store, FU_N_ROW, &id, err) == -1)
		return (-1);
	fu_consent_terms(row->detail, arena, &t);
	return (fu_db_run(store->db, consent_set, err, "iissibsti",
	    row->prospect, id, row->channel, row->status, row->at_us,
	    t.complete, t.implied, t.expires_us, seq));
}

int
fu_consent_add(struct fu_store *store, const struct fu_ledger_row *row,
    const char *wording, bool *news, struct fu_err *err)
{
	struct fu_ledger_row	 r = *row;
	struct fu_arena		 arena;
	char			 hash[FU_WORDING_LEN];
	int64_t			 seq;
	int			 rc;

	*news = false;
	if (wording != NULL) {
		if (fu_wording_put(store, wording, hash, err) == -1)
			return (-1);
		r.evidence = hash;
	}
	if (append(store, &r, &seq, err) == -1)
		return (-1);
	fu_arena_init(&arena);
	rc = fold_consent(store, &r, seq, &arena, news, err);
	fu_arena_free(&arena);
	return (rc);
}

/* When was that channel, or all of them, last lifted? */
static int64_t
lifted(const struct fu_suppression *list, size_t n, const char *channel)
{
	int64_t	 us = FU_NEVER;

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].reason, "lift") == 0 &&
		    (strcmp(list[i].channel, channel) == 0 ||
		    strcmp(list[i].channel, "all") == 0) && list[i].at_us > us)
			us = list[i].at_us;
	return (us);
}

int
fu_suppressions(struct fu_store *store, const char *subject,
    const char *channel, int64_t now_us, struct fu_arena *arena,
    struct fu_suppression **list, size_t *n, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, suppressions, err);
	struct fu_suppression	*x, *all = NULL;
	size_t			 cap = 0, nall = 0;
	int64_t			 lift_us;
	int			 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "s", subject);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		all = fu_grow(arena, all, nall, &cap, sizeof(*all));
		x = &all[nall++];
		x->channel = fu_col_text(s, 0, arena);
		x->reason = fu_col_text(s, 1, arena);
		x->rule = fu_col_text(s, 2, arena);
		x->at_us = fu_col_int(s, 3);
		x->until_us = fu_col_time(s, 4);
	}
	if (rc == -1)
		return (-1);
	*list = fu_alloc_array(arena, nall, sizeof(**list));
	for (size_t i = 0; i < nall; i++) {
		x = &all[i];
		lift_us = lifted(all, nall,
		    channel == NULL ? x->channel : channel);
		if (strcmp(x->reason, "lift") == 0 || x->at_us <= lift_us ||
		    (x->until_us != FU_NEVER && x->until_us <= now_us))
			continue;
		if (channel == NULL || strcmp(x->channel, "all") == 0 ||
		    strcmp(x->channel, channel) == 0)
			(*list)[(*n)++] = *x;
	}
	return (0);
}

int
fu_consents(struct fu_store *store, int64_t prospect, struct fu_arena *arena,
    struct fu_consent **list, size_t *n, struct fu_err *err)
{
	struct fu_stmt		*s = fu_db_stmt(store->db, consents, err);
	struct fu_consent	*c;
	size_t			 cap = 0;
	int			 rc;

	*list = NULL;
	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", prospect);
	while ((rc = fu_stmt_step(s, err)) == 1) {
		*list = fu_grow(arena, *list, *n, &cap, sizeof(**list));
		c = &(*list)[(*n)++];
		c->channel = fu_col_text(s, 0, arena);
		c->status = fu_col_text(s, 1, arena);
		c->implied = fu_col_text(s, 2, arena);
		c->at_us = fu_col_int(s, 3);
		c->expires_us = fu_col_time(s, 4);
		c->complete = fu_col_int(s, 5) != 0;
	}
	return (rc);
}

bool
fu_ledger_row_holds(struct fu_stmt *s, uint8_t chain[FU_CHAIN_LEN],
    struct fu_arena *arena, struct fu_ledger_row *r)
{
	struct fu_str	 have;
	uint8_t		 want[FU_CHAIN_LEN];
	const char	**text[] = { &r->subject, &r->channel, &r->event,
	    &r->status, &r->reason, &r->rule, &r->purpose, &r->basis,
	    &r->scope, &r->source, &r->evidence, &r->detail, &r->actor };

	r->at_us = fu_col_int(s, 2);
	r->prospect = fu_col_int(s, 4);
	for (int i = 0; i < 13; i++)
		*text[i] = fu_col_text(s, 5 + i, arena);
	chain_of(chain, fu_col_int(s, 0), fu_col_int(s, 3), r, want);
	have = fu_col_view(s, 1);
	memcpy(chain, want, FU_CHAIN_LEN);
	return (have.len == FU_CHAIN_LEN &&
	    memcmp(have.ptr, want, FU_CHAIN_LEN) == 0);
}

int
fu_ledger_note(struct fu_store *store, const struct fu_ledger_row *row,
    struct fu_err *err)
{
	int64_t	 seq;

	return (append(store, row, &seq, err));
}

/*
 * Rows above ${*last}, whose chain is in ${chain}, to the end: 1, 0 with the
 * first bad one in ${*last}, or -1.
 */
static int
chain_holds(struct fu_store *store, int64_t *last,
    uint8_t chain[FU_CHAIN_LEN], struct fu_err *err)
{
	struct fu_ledger_row	 row;
	struct fu_arena		 arena;
	struct fu_stmt		*s;
	int64_t			 from;
	int			 rc;

	if ((s = fu_db_stmt(store->db, ledger_chunk, err)) == NULL)
		return (-1);
	fu_arena_init(&arena);
	do {
		from = *last;
		fu_stmt_bind(s, "id", *last, VERIFY_CHUNK);
		while ((rc = fu_stmt_step(s, err)) == 1) {
			bool	 next = fu_col_int(s, 0) == *last + 1;

			*last = fu_col_int(s, 0);
			if (!next || !fu_ledger_row_holds(s, chain, &arena,
			    &row)) {
				fu_stmt_reset(s);
				fu_arena_free(&arena);
				return (0);
			}
		}
		fu_arena_reset(&arena);
	} while (rc == 0 && *last > from);
	fu_arena_free(&arena);
	return (rc == -1 ? -1 : 1);
}

int
fu_ledger_verify(struct fu_store *store, int64_t *bad_seq, int64_t *n,
    char head[FU_SUBJECT_LEN], struct fu_err *err)
{
	uint8_t	 chain[FU_CHAIN_LEN] = { 0 };
	int	 rc;

	*n = 0;
	if ((rc = chain_holds(store, n, chain, err)) != 1) {
		*bad_seq = *n;
		if (rc == 0)
			(void)fu_err_set(err, FU_EDATA, "chain differs");
		return (rc);
	}
	fu_hex(chain, sizeof(chain), head);
	return (fu_ledger_folds(store, bad_seq, err));
}

/* The row before the last ones, whose chain they go on from. */
static int
tail_start(struct fu_store *store, int64_t *seq, uint8_t chain[FU_CHAIN_LEN],
    struct fu_err *err)
{
	struct fu_stmt	*s;
	struct fu_str	 view;

	*seq = 0;
	memset(chain, 0, FU_CHAIN_LEN);
	if ((s = fu_db_one(store->db, ledger_tail, err, "d",
	    TAIL_ROWS)) == NULL)
		return (err->class == FU_OK ? 0 : -1);
	view = fu_col_view(s, 1);
	*seq = fu_col_int(s, 0);
	if (view.len == FU_CHAIN_LEN)
		memcpy(chain, view.ptr, FU_CHAIN_LEN);
	fu_stmt_reset(s);
	return (0);
}

int
fu_ledger_sound(struct fu_store *store, int64_t now_us, const char **fault,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_stmt	*s;
	uint8_t		 chain[FU_CHAIN_LEN];
	char		 text[FU_TIME_LEN];
	int64_t		 seq, newest;
	int		 rc;

	*fault = NULL;
	if (tail_start(store, &seq, chain, err) == -1 ||
	    (rc = chain_holds(store, &seq, chain, err)) == -1)
		return (-1);
	if (rc == 0) {
		*fault = fu_printf(arena, "the ledger does not hold at entry "
		    "%lld: fu-privacy verify, and go back to a backup",
		    (long long)seq);
		return (0);
	}
	if ((rc = fu_ledger_cut(store, &seq, err)) != 0) {
		if (rc == 1)
			*fault = fu_printf(arena, "the ledger is cut off "
			    "before entry %lld: fu-privacy verify, and go back "
			    "to a backup", (long long)seq);
		return (rc == 1 ? 0 : -1);
	}
	if ((s = fu_db_one(store->db, ledger_newest, err, "")) == NULL)
		return (err->class == FU_OK ? 1 : -1);
	newest = fu_col_int(s, 0);
	fu_stmt_reset(s);
	if (now_us == FU_NEVER || newest - now_us <= BEHIND_MAX_US)
		return (1);
	*fault = fu_printf(arena, "the clock is behind the ledger, whose last "
	    "entry was recorded %s: set the clock", fu_time_print(newest,
	    text));
	return (0);
}
