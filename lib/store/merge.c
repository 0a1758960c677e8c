/*
 * Two records that are one person: everything of the one becomes the other's.
 *
 * Must never touch the ledger, which is append-only and kept by address.
 */
#include <string.h>

#include "record/email.h"
#include "store/intake.h"

/* Where both may have only one, what the kept person has stays. */
static const char event_drop[] =
    "DELETE FROM event WHERE prospect = $1 AND dedup IN"
    " (SELECT dedup FROM event WHERE prospect = $2)";
static const char enrolment_end[] =
    "UPDATE enrolment SET active = 0, ended_us = $1, reason = 'merged'"
    " WHERE prospect = $2 AND active = 1 AND EXISTS"
    " (SELECT 1 FROM enrolment e WHERE e.prospect = $3 AND e.active = 1)";
static const char touch_cancel[] =
    "UPDATE touch SET state = 8, next_us = NULL, held_reason = 'merged',"
    " handled_us = $1 WHERE prospect = $2 AND state IN (0, 1) AND EXISTS"
    " (SELECT 1 FROM enrolment e WHERE e.prospect = touch.prospect"
    " AND e.id = touch.enrolment AND e.active = 0)";
static const char handoff_end[] =
    "UPDATE handoff SET state = 'ended', closed_us = $1,"
    " closed_reason = 'merged' WHERE prospect = $2"
    " AND state IN ('open', 'accepted', 'lapsed') AND EXISTS"
    " (SELECT 1 FROM handoff h WHERE h.prospect = $3"
    " AND h.state IN ('open', 'accepted', 'lapsed'))";
static const char consent_rows[] =
    "SELECT channel, id, at_us, status FROM consent WHERE prospect = $1";
static const char consent_of[] =
    "SELECT id, at_us, status FROM consent WHERE prospect = $1"
    " AND channel = $2";
static const char consent_drop[] =
    "DELETE FROM consent WHERE prospect = $1 AND id = $2";

static const char *const move[] = {
	"UPDATE event SET prospect = $1 WHERE prospect = $2",
	"UPDATE provenance SET prospect = $1 WHERE prospect = $2",
	"UPDATE consent SET prospect = $1 WHERE prospect = $2",
	"UPDATE enrolment SET prospect = $1 WHERE prospect = $2",
	"UPDATE touch SET prospect = $1 WHERE prospect = $2",
	"UPDATE attempt SET prospect = $1 WHERE prospect = $2",
	"UPDATE insight_shown SET prospect = $1 WHERE prospect = $2",
	"UPDATE handoff SET prospect = $1 WHERE prospect = $2",
	"UPDATE dispatch SET prospect = $1 WHERE prospect = $2",
	"UPDATE turn SET prospect = $1 WHERE prospect = $2",
	"UPDATE decision SET prospect = $1 WHERE prospect = $2",
	"UPDATE alias SET prospect = $1 WHERE prospect = $2",
	"UPDATE standing SET written_by = (SELECT coalesce(a.written_by,"
	" b.written_by) FROM standing a JOIN standing b WHERE"
	" a.prospect = $1 AND b.prospect = $2) WHERE prospect = $1",
	NULL
};

/* What makes touches wait, and what was seen, of both. */
static const char state_read[] =
    "SELECT known_us, score, previous_score, band, factors, scored_us,"
    " first_scored_us, reply_pending_us, human_us, human_by, handoff_open,"
    " handoff_until_us, ooo_until_us, evidence_us, score_fired, title_used, return_used_us,"
    " barred, last_inbound_us, last_inbound_chat_us, last_inbound_wa_us,"
    " doubt_us"
    " FROM prospect JOIN standing ON standing.prospect = prospect.id"
    " WHERE id = $1";
static const char known_write[] =
    "UPDATE prospect SET known_us = $1 WHERE id = $2";
static const char state_write[] =
    "UPDATE standing SET score = $1, previous_score = $2,"
    " band = $3, factors = $4, scored_us = $5, first_scored_us = $6,"
    " reply_pending_us = $7, human_us = $8, human_by = $9,"
    " handoff_open = $10, handoff_until_us = $11, ooo_until_us = $12,"
    " evidence_us = $13, score_fired = $14, title_used = $15,"
    " return_used_us = $16, barred = $17, last_inbound_us = $18,"
    " last_inbound_chat_us = $19, last_inbound_wa_us = $20, doubt_us = $21,"
    " news = news + 1 WHERE prospect = $22";
static const char alias_add[] =
    "INSERT INTO alias (old, prospect, at_us, reason) VALUES ($1, $2, $3, $4)";
static const char prospect_drop[] =
    "DELETE FROM prospect WHERE id = $1";
static const char standing_drop[] =
    "DELETE FROM standing WHERE prospect = $1";

enum { S_KNOWN, S_SCORE, S_PREVIOUS, S_BAND, S_FACTORS, S_SCORED, S_FIRST,
	S_REPLY, S_HUMAN, S_BY, S_HANDOFF, S_HANDOFF_UNTIL, S_OOO,
	S_EVIDENCE, S_FIRED, S_TITLE, S_RETURN, S_BARRED, S_IN, S_IN_CHAT, S_IN_WA,
	S_DOUBT, S_N };

struct state {
	int64_t		 us[S_N];	/* FU_NEVER: NULL */
	const char	*band, *factors, *by, *barred;
};

static int
state_load(struct fu_store *store, int64_t id, struct fu_arena *arena,
    struct state *x, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, state_read, err, "i", id);

	if (s == NULL)
		return (err->class != FU_OK ? -1 : fu_err_set(err,
		    FU_ESOFTWARE, "merge: there is no person %lld",
		    (long long)id));
	for (int i = 0; i < S_N; i++)
		x->us[i] = i == S_BAND || i == S_FACTORS || i == S_BY ||
		    i == S_BARRED ? FU_NEVER : fu_col_time(s, i);
	x->band = fu_col_text(s, S_BAND, arena);
	x->factors = fu_col_text(s, S_FACTORS, arena);
	x->by = fu_col_text(s, S_BY, arena);
	x->barred = fu_col_text(s, S_BARRED, arena);
	fu_stmt_reset(s);
	return (0);
}

/* FU_NEVER is the least of all, so the greater one is the one known. */
static int64_t
later(int64_t a, int64_t b)
{
	return (a > b ? a : b);
}

static int64_t
earlier(int64_t a, int64_t b)
{
	if (a == FU_NEVER || b == FU_NEVER)
		return (later(a, b));
	return (a < b ? a : b);
}

static int
merge_state(struct fu_store *store, int64_t keep, int64_t gone,
    struct fu_arena *arena, struct fu_err *err)
{
	static const int first[] = { S_KNOWN, S_FIRST, S_REPLY, S_HUMAN,
		S_DOUBT };
	static const int last[] = { S_OOO, S_EVIDENCE, S_FIRED, S_TITLE,
		S_RETURN, S_IN, S_IN_CHAT, S_IN_WA };
	struct state	 a, b;

	if (state_load(store, keep, arena, &a, err) == -1 ||
	    state_load(store, gone, arena, &b, err) == -1)
		return (-1);
	if (a.us[S_SCORED] == FU_NEVER) {
		for (int i = S_SCORE; i <= S_SCORED; i++)
			a.us[i] = b.us[i];
		a.band = b.band;
		a.factors = b.factors;
	}
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		a.us[first[i]] = earlier(a.us[first[i]], b.us[first[i]]);
	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++)
		a.us[last[i]] = later(a.us[last[i]], b.us[last[i]]);
	if (a.us[S_HANDOFF] == FU_NEVER) {
		a.us[S_HANDOFF] = b.us[S_HANDOFF];
		a.us[S_HANDOFF_UNTIL] = b.us[S_HANDOFF_UNTIL];
	}
	if (a.by == NULL)
		a.by = b.by;
	if (a.barred == NULL)
		a.barred = b.barred;
	if (fu_db_run(store->db, known_write, err, "ti", a.us[S_KNOWN],
	    keep) == -1)
		return (-1);
	return (fu_db_run(store->db, state_write, err,
	    "ttssttttstttttttstttti",
	    a.us[S_SCORE], a.us[S_PREVIOUS], a.band, a.factors,
	    a.us[S_SCORED], a.us[S_FIRST], a.us[S_REPLY], a.us[S_HUMAN],
	    a.by, a.us[S_HANDOFF], a.us[S_HANDOFF_UNTIL], a.us[S_OOO],
	    a.us[S_EVIDENCE],
	    a.us[S_FIRED], a.us[S_TITLE], a.us[S_RETURN], a.barred,
	    a.us[S_IN], a.us[S_IN_CHAT], a.us[S_IN_WA], a.us[S_DOUBT], keep));
}

/* Members of ${b} that ${a} does not have, behind those of ${a}. */
static const char *
merge_attrs(const char *a, const char *b, struct fu_arena *arena)
{
	struct fu_object	 x, y;
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	const char		*out;

	if (a == NULL || b == NULL)
		return (a == NULL ? b : a);
	if (fu_json_object(arena, fu_str_of(a), &x, NULL) == -1 ||
	    fu_json_object(arena, fu_str_of(b), &y, NULL) == -1)
		return (a);
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	for (size_t i = 0; i < x.n; i++)
		fu_jw_raw(&jw, fu_dup_str(arena, x.member[i].key),
		    x.member[i].value.raw);
	for (size_t i = 0; i < y.n; i++) {
		const char	*key = fu_dup_str(arena, y.member[i].key);

		if (fu_json_get(&x, key) == NULL)
			fu_jw_raw(&jw, key, y.member[i].value.raw);
	}
	fu_jw_object_end(&jw);
	out = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (out);
}

/* The identities in the columns of ${gone}. */
static int
merge_identities(struct fu_store *store, const struct fu_intake *gone,
    int64_t keep, struct fu_arena *arena, struct fu_err *err)
{
	const char	*value[6] = { NULL };

	if (gone->f[FU_F_EMAIL] != NULL)
		value[FU_ID_EMAIL] = fu_email_key(arena, gone->f[FU_F_EMAIL]);
	value[FU_ID_PHONE] = gone->f[FU_F_PHONE];
	if (gone->f[FU_F_EXTERNAL_ID] != NULL)
		value[FU_ID_EXTERNAL] = fu_printf(arena, "%s:%s",
		    gone->f[FU_F_EXTERNAL_SYSTEM] == NULL ? "" :
		    gone->f[FU_F_EXTERNAL_SYSTEM], gone->f[FU_F_EXTERNAL_ID]);
	value[FU_ID_VISITOR] = gone->f[FU_F_VISITOR];
	value[FU_ID_COMPANY] = gone->company_domain;
	for (int k = FU_ID_EMAIL; k <= FU_ID_COMPANY; k++)
		if (value[k] != NULL && fu_identity_move(store,
		    (enum fu_id_kind)k, value[k], gone->id, keep, err) == -1)
			return (-1);
	return (fu_identity_move_more(store, gone->id, keep, err));
}

/* Of each channel the newer consent stays; of one second a revocation. */
static int
merge_consents(struct fu_store *store, int64_t keep, int64_t gone,
    struct fu_arena *arena, struct fu_err *err)
{
	struct { const char *channel; int64_t id, at_us; bool revoked; } row[32];
	struct fu_stmt	*s = fu_db_stmt(store->db, consent_rows, err);
	int64_t		 id, at_us;
	size_t		 n = 0;
	bool		 revoked, theirs;
	int		 rc;

	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "i", gone);
	while ((rc = fu_stmt_step(s, err)) == 1 && n < 32) {
		row[n].channel = fu_col_text(s, 0, arena);
		row[n].id = fu_col_int(s, 1);
		row[n].at_us = fu_col_int(s, 2);
		row[n++].revoked = fu_str_is(fu_col_view(s, 3), "revoked");
	}
	fu_stmt_reset(s);
	for (size_t i = 0; i < n && rc != -1; i++) {
		s = fu_db_one(store->db, consent_of, err, "is", keep,
		    row[i].channel);
		if (s == NULL) {
			rc = err->class == FU_OK ? 0 : -1;
			continue;
		}
		id = fu_col_int(s, 0);
		at_us = fu_col_int(s, 1);
		revoked = fu_str_is(fu_col_view(s, 2), "revoked");
		fu_stmt_reset(s);
		theirs = row[i].at_us / FU_SECOND == at_us / FU_SECOND ?
		    row[i].revoked && !revoked : row[i].at_us > at_us;
		rc = theirs ?
		    fu_db_run(store->db, consent_drop, err, "ii", keep, id) :
		    fu_db_run(store->db, consent_drop, err, "ii", gone,
		    row[i].id);
	}
	return (rc == -1 ? -1 : 0);
}

static int
move_rows(struct fu_store *store, int64_t keep, int64_t gone,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_db	*db = store->db;

	if (fu_db_run(db, event_drop, err, "ii", gone, keep) == -1 ||
	    merge_consents(store, keep, gone, arena, err) == -1 ||
	    fu_db_run(db, enrolment_end, err, "iii", store->now_us, gone,
	    keep) == -1 ||
	    fu_db_run(db, touch_cancel, err, "ii", store->now_us, gone) == -1 ||
	    fu_db_run(db, handoff_end, err, "iii", store->now_us, gone,
	    keep) == -1)
		return (-1);
	for (size_t i = 0; move[i] != NULL; i++)
		if (fu_db_run(db, move[i], err, "ii", keep, gone) == -1)
			return (-1);
	return (0);
}

static int
merge(struct fu_store *store, int64_t keep, int64_t gone, const char *reason,
    struct fu_arena *arena, struct fu_err *err)
{
	struct fu_intake	 a, b;
	struct fu_decision	 d = { 0 };
	uint64_t		 given = 0;
	bool			 news;

	if (fu_intake_load(store, keep, arena, &a, err) != 1 ||
	    fu_intake_load(store, gone, arena, &b, err) != 1)
		return (-1);
	for (int i = 0; i < FU_FIELD_N; i++)
		if (a.f[i] == NULL && b.f[i] != NULL) {
			/* A system without its id would be another's. */
			if (i == FU_F_EXTERNAL_SYSTEM &&
			    a.f[FU_F_EXTERNAL_ID] != NULL)
				continue;
			a.f[i] = b.f[i];
			given |= UINT64_C(1) << i;
		}
	a.attrs = merge_attrs(a.attrs, b.attrs, arena);
	if (a.company_domain == NULL)
		a.company_domain = b.company_domain;
	if (a.timeline_us == FU_NEVER)
		a.timeline_us = b.timeline_us;
	if (merge_identities(store, &b, keep, arena, err) == -1 ||
	    move_rows(store, keep, gone, arena, err) == -1 ||
	    merge_state(store, keep, gone, arena, err) == -1 ||
	    fu_intake_update(store, &a, given, b.batch, err) == -1 ||
	    fu_db_run(store->db, alias_add, err, "iiis", gone, keep,
	    store->now_us, reason) == -1 ||
	    fu_db_run(store->db, prospect_drop, err, "i", gone) == -1 ||
	    fu_db_run(store->db, standing_drop, err, "i", gone) == -1)
		return (-1);
	if (b.optout != 0 && fu_intake_optout(store, keep, b.optout,
	    b.optout_us, &news, err) == -1)
		return (-1);
	d.prospect = keep;
	d.kind = "merge";
	d.subject = gone;
	d.verdict = "merged";
	d.reason = reason;
	return (fu_decision_add(store, &d, err));
}

int
fu_merge(struct fu_store *store, int64_t keep, int64_t gone,
    const char *reason, struct fu_err *err)
{
	struct fu_arena	 arena;
	int		 rc;

	fu_arena_init(&arena);
	rc = merge(store, keep, gone, reason, &arena, err);
	fu_arena_free(&arena);
	return (rc);
}
