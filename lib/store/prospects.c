/*
 * The statements about people, but for those that make, change or merge them.
 */
#include <stdlib.h>
#include <string.h>

#include "record/email.h"
#include "store/prospects.h"

/* The record's fields stand behind the id in the order of enum fu_field. */
#define COLUMNS \
	"id, email, phone, external_system, external_id, visitor, " \
	"first_name, last_name, title, company, industry, company_size, " \
	"country, region, city, tz, language, budget, timeline, interest, " \
	"segment, owner, source, stage, website, linkedin, basis, " \
	"subscriber, job_fit, collected, collected_at, notice_at, dnc, " \
	"dnc_checked_at, reassigned_checked_at, sale_at, optout_offered, " \
	"prefers, imported_score, attrs, company_domain, batch, fields, " \
	"known_us, timeline_us, news, done_score, done_cadence, " \
	"done_handoff, rescore_at, score, previous_score, band, factors, " \
	"scored_us, first_scored_us, reply_pending_us, human_us, human_by, " \
	"handoff_open, handoff_until_us, ooo_until_us, evidence_us, score_fired, title_used, " \
	"return_used_us, barred, last_inbound_us, last_inbound_chat_us, " \
	"last_inbound_wa_us, optout, doubt_us, written_by"
#define ROWS "prospect JOIN standing ON standing.prospect = prospect.id"
enum {
	COL_ATTRS = 1 + FU_FIELD_N, COL_DOMAIN, COL_BATCH, COL_FIELDS,
	COL_KNOWN, COL_TIMELINE, COL_NEWS, COL_DONE_SCORE, COL_DONE_CADENCE,
	COL_DONE_HANDOFF, COL_RESCORE, COL_SCORE, COL_PREVIOUS, COL_BAND,
	COL_FACTORS, COL_SCORED, COL_FIRST_SCORED, COL_REPLY, COL_HUMAN,
	COL_HUMAN_BY, COL_HANDOFF, COL_HANDOFF_UNTIL, COL_OOO, COL_EVIDENCE, COL_SCORE_FIRED,
	COL_TITLE_USED, COL_RETURN_USED, COL_BARRED, COL_INBOUND,
	COL_INBOUND_CHAT, COL_INBOUND_WA, COL_OPTOUT, COL_DOUBT, COL_WRITTEN_BY
};

static const char prospect_last[] =
    "SELECT id FROM prospect ORDER BY id DESC LIMIT 1";
static const char prospect_load[] =
    "SELECT " COLUMNS " FROM " ROWS " WHERE id = $1";
static const char prospects_next[] =
    "SELECT " COLUMNS " FROM " ROWS " WHERE id > $1 ORDER BY id LIMIT $2";
static const char prospects_lagging[] =
    "SELECT prospect FROM standing WHERE prospect > $1 AND"
    " (news > done_score OR news > done_cadence OR news > done_handoff)"
    " ORDER BY prospect LIMIT $2";
static const char prospects_rescore[] =
    "SELECT prospect FROM standing WHERE rescore_at <= $1 AND prospect > $2"
    " ORDER BY prospect LIMIT $3";
static const char prospect_living[] =
    "SELECT prospect FROM alias WHERE old = $1";
static const char prospect_by_identity[] =
    "SELECT prospect FROM identity WHERE kind = $1 AND value = $2"
    " UNION ALL SELECT f.prospect FROM identity_run r CROSS JOIN"
    " identity_fresh f ON f.run = r.run AND f.kind = $3 AND f.value = $4"
    " LIMIT 2";
static const char prospect_exists[] =
    "SELECT 1 FROM prospect WHERE id = $1";
static const char score_set[] =
    "UPDATE standing SET previous_score = CASE WHEN score <> $1 THEN score"
    " ELSE previous_score END, score = $2, band = $3, factors = $4,"
    " scored_us = $5, first_scored_us = COALESCE(first_scored_us, $6),"
    " rescore_at = $7, news = news + $8, done_score = $9 + $10"
    " WHERE prospect = $11";
static const char done_score[] =
    "UPDATE standing SET done_score = $1 WHERE prospect = $2"
    " AND done_score < $3";
static const char done_cadence[] =
    "UPDATE standing SET done_cadence = $1 WHERE prospect = $2"
    " AND done_cadence < $3";
static const char done_handoff[] =
    "UPDATE standing SET done_handoff = $1 WHERE prospect = $2"
    " AND done_handoff < $3";
static const char prospect_news[] =
    "UPDATE standing SET news = news + 1 WHERE prospect = $1";
static const char answered[] =
    "UPDATE standing SET reply_pending_us = NULL WHERE prospect = $1";
static const char doubt_over[] =
    "UPDATE standing SET doubt_us = NULL WHERE prospect = $1"
    " AND doubt_us > $2";
static const char doubts[] =
    "SELECT prospect, doubt_us FROM standing WHERE doubt_us <= $1"
    " AND human_us IS NULL ORDER BY doubt_us, prospect LIMIT $2";
static const char set_human[] =
    "UPDATE standing SET human_us = $1, human_by = $2 WHERE prospect = $3";
static const char set_written_by[] =
    "UPDATE standing SET written_by = $1 WHERE prospect = $2"
    " AND written_by IS NULL";
static const char set_handoff_open[] =
    "UPDATE standing SET handoff_open = $1, handoff_until_us = $2"
    " WHERE prospect = $3";
static const char set_ooo[] =
    "UPDATE standing SET ooo_until_us = $1 WHERE prospect = $2";
static const char set_barred[] =
    "UPDATE standing SET barred = $1 WHERE prospect = $2";
static const char set_return_used[] =
    "UPDATE standing SET return_used_us = $1 WHERE prospect = $2";
static const char set_evidence[] =
    "UPDATE standing SET evidence_us = $1, score_fired = $2, title_used = $3"
    " WHERE prospect = $4";
static const char company_people[] =
    "SELECT count(*) FROM identity WHERE kind = 5 AND value = $1";
static const char company_visits[] =
    "SELECT count(*) FROM identity i JOIN event e ON e.prospect = i.prospect"
    " WHERE i.kind = 5 AND i.value = $1 AND e.kind = 'visit'"
    " AND e.at_us > $2";

/* The custom members of a row, from their JSON. */
static void
read_attrs(struct fu_prospect *p, struct fu_arena *arena)
{
	struct fu_object	 object;
	struct fu_err		 err;

	if (p->attrs_json == NULL ||
	    fu_json_object(arena, fu_str_of(p->attrs_json), &object, &err) == -1)
		return;
	p->person.attr = fu_alloc_array(arena, object.n,
	    sizeof(*p->person.attr));
	p->person.nattr = object.n;
	for (size_t i = 0; i < object.n; i++) {
		p->person.attr[i].name = fu_dup_str(arena,
		    object.member[i].key);
		p->person.attr[i].raw = object.member[i].value.raw;
	}
}

static void
read_row(struct fu_stmt *s, struct fu_arena *arena, struct fu_prospect *p)
{
	memset(p, 0, sizeof(*p));
	p->id = fu_col_int(s, 0);
	for (int f = 0; f < FU_FIELD_N; f++)
		p->person.f[f] = fu_col_text(s, 1 + f, arena);
	p->attrs_json = fu_col_text(s, COL_ATTRS, arena);
	p->company_domain = fu_col_text(s, COL_DOMAIN, arena);
	p->batch = fu_col_int(s, COL_BATCH);
	p->fields = (uint64_t)fu_col_int(s, COL_FIELDS);
	p->known_us = fu_col_time(s, COL_KNOWN);
	p->timeline_us = fu_col_time(s, COL_TIMELINE);
	p->news = fu_col_int(s, COL_NEWS);
	p->done_score = fu_col_int(s, COL_DONE_SCORE);
	p->done_cadence = fu_col_int(s, COL_DONE_CADENCE);
	p->done_handoff = fu_col_int(s, COL_DONE_HANDOFF);
	p->rescore_us = fu_col_time(s, COL_RESCORE);
	p->score = fu_col_null(s, COL_SCORE) ? -1 :
	    (int)fu_col_int(s, COL_SCORE);
	p->previous_score = fu_col_null(s, COL_PREVIOUS) ? -1 :
	    (int)fu_col_int(s, COL_PREVIOUS);
	p->band = fu_col_text(s, COL_BAND, arena);
	p->factors = fu_col_text(s, COL_FACTORS, arena);
	p->scored_us = fu_col_time(s, COL_SCORED);
	p->first_scored_us = fu_col_time(s, COL_FIRST_SCORED);
	p->reply_pending_us = fu_col_time(s, COL_REPLY);
	p->human_us = fu_col_time(s, COL_HUMAN);
	p->human_by = fu_col_text(s, COL_HUMAN_BY, arena);
	p->handoff_open = fu_col_int(s, COL_HANDOFF);
	p->handoff_until_us = fu_col_time(s, COL_HANDOFF_UNTIL);
	p->ooo_until_us = fu_col_time(s, COL_OOO);
	p->evidence_us = fu_col_time(s, COL_EVIDENCE);
	p->score_fired = fu_col_int(s, COL_SCORE_FIRED) != 0;
	p->title_used = fu_col_int(s, COL_TITLE_USED) != 0;
	p->return_used_us = fu_col_time(s, COL_RETURN_USED);
	p->barred = fu_col_text(s, COL_BARRED, arena);
	p->last_inbound_us = fu_col_time(s, COL_INBOUND);
	p->last_inbound_chat_us = fu_col_time(s, COL_INBOUND_CHAT);
	p->last_inbound_wa_us = fu_col_time(s, COL_INBOUND_WA);
	p->doubt_us = fu_col_time(s, COL_DOUBT);
	p->written_by = fu_col_text(s, COL_WRITTEN_BY, arena);
	p->objected = (fu_col_int(s, COL_OPTOUT) & FU_OUT_OBJECTED) != 0;
	read_attrs(p, arena);
}

int
fu_prospect_living(struct fu_store *store, int64_t id, int64_t *living,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, prospect_living, err, "i", id);

	*living = id;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*living = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_prospect_load(struct fu_store *store, int64_t id, struct fu_arena *arena,
    struct fu_prospect *p, struct fu_err *err)
{
	struct fu_stmt	*s;
	int64_t		 living;

	s = fu_db_one(store->db, prospect_load, err, "i", id);
	if (s == NULL && err->class == FU_OK) {
		if (fu_prospect_living(store, id, &living, err) == -1)
			return (-1);
		if (living == id)
			return (0);
		s = fu_db_one(store->db, prospect_load, err, "i", living);
	}
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	read_row(s, arena, p);
	fu_stmt_reset(s);
	return (1);
}

int
fu_prospect_last(struct fu_store *store, int64_t *id, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, prospect_last, err, "");

	*id = 0;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*id = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}

int
fu_prospects_next(struct fu_store *store, int64_t after, size_t max,
    struct fu_arena *arena, struct fu_prospect **array, size_t *n,
    struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, prospects_next, err);
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	*array = fu_alloc_array(arena, max, sizeof(**array));
	fu_stmt_bind(s, "ii", after, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		read_row(s, arena, &(*array)[(*n)++]);
	return (rc);
}

/* Merge two ascending lists of ids into one without doubles. */
static size_t
merge_ids(int64_t *out, size_t max, const int64_t *a, size_t na,
    const int64_t *b, size_t nb)
{
	size_t	 n = 0, i = 0, k = 0;

	while (n < max && (i < na || k < nb)) {
		if (k >= nb || (i < na && a[i] <= b[k])) {
			if (k < nb && a[i] == b[k])
				k++;
			out[n++] = a[i++];
		} else
			out[n++] = b[k++];
	}
	return (n);
}

static int
read_ids(struct fu_stmt *s, int64_t *ids, size_t *n, struct fu_err *err)
{
	int	 rc;

	*n = 0;
	while ((rc = fu_stmt_step(s, err)) == 1)
		ids[(*n)++] = fu_col_int(s, 0);
	return (rc);
}

int
fu_prospects_lagging(struct fu_store *store, int64_t after, size_t max,
    int64_t *ids, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s;
	int64_t		*a, *b;
	size_t		 na = 0, nb = 0;
	int		 rc = -1;

	if ((a = calloc(max, sizeof(*a))) == NULL ||
	    (b = calloc(max, sizeof(*b))) == NULL)
		fu_oom();
	if ((s = fu_db_stmt(store->db, prospects_lagging, err)) == NULL)
		goto out;
	fu_stmt_bind(s, "ii", after, (int64_t)max);
	if (read_ids(s, a, &na, err) == -1)
		goto out;
	if ((s = fu_db_stmt(store->db, prospects_rescore, err)) == NULL)
		goto out;
	fu_stmt_bind(s, "iii", fu_clock_now(&store->clock), after,
	    (int64_t)max);
	if (read_ids(s, b, &nb, err) == -1)
		goto out;
	*n = merge_ids(ids, max, a, na, b, nb);
	rc = 0;
out:
	free(a);
	free(b);
	return (rc);
}

/* 1 exactly one, 0 nobody or several, -1. */
static int
by_identity(struct fu_store *store, int kind, const char *value, int64_t *id,
    struct fu_err *err)
{
	struct fu_stmt	*s;
	int		 rc;

	s = fu_db_one(store->db, prospect_by_identity, err, "dsds", kind, value,
	    kind, value);
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*id = fu_col_int(s, 0);
	rc = fu_stmt_step(s, err);
	fu_stmt_reset(s);
	return (rc == -1 ? -1 : rc == 0);
}

const char *
fu_phone_typed(const char *text, struct fu_arena *arena)
{
	char	*out = fu_alloc(arena, strlen(text) + 2);
	size_t	 n = 0, digits = 0;

	for (const char *c = text; *c != '\0'; c++) {
		if (*c >= '0' && *c <= '9')
			digits++;
		else if (*c == '+' && n == 0)
			;
		else if (strchr(" -().", *c) != NULL)
			continue;
		else
			return (NULL);
		out[n++] = *c;
	}
	return (out[0] == '+' && digits >= 7 ? out : NULL);
}

int
fu_prospect_find(struct fu_store *store, const char *text, int64_t *id,
    struct fu_err *err)
{
	struct fu_stmt	*s;
	struct fu_arena	 arena;
	const char	*key, *email, *number;
	char		*end;
	int		 rc = 0;

	fu_arena_init(&arena);
	number = text + (strncmp(text, "prospect:", 9) == 0 ? 9 : 0);
	*id = strtoll(number, &end, 10);
	if (end != number && *end == '\0' && *id > 0) {
		if (fu_prospect_living(store, *id, id, err) == -1)
			rc = -1;
		else if ((s = fu_db_one(store->db, prospect_exists, err, "i",
		    *id)) != NULL) {
			fu_stmt_reset(s);
			rc = 1;
		} else
			rc = err->class == FU_OK ? 0 : -1;
	}
	if (rc == 0 && strchr(text, '@') != NULL &&
	    fu_email_parse(fu_str_of(text), &arena, &email, NULL) == 0)
		rc = by_identity(store, 1, fu_email_key(&arena, email), id,
		    err);
	if (rc == 0 && (key = fu_phone_typed(text, &arena)) != NULL)
		rc = by_identity(store, 2, key, id, err);
	if (rc == 0)
		rc = by_identity(store, 4, text, id, err);
	fu_arena_free(&arena);
	return (rc);
}

int
fu_prospect_score_set(struct fu_store *store, const struct fu_prospect *p,
    int score, const char *band, const char *factors, int64_t rescore_us,
    struct fu_err *err)
{
	bool	 due = p->rescore_us != FU_NEVER && p->rescore_us <= store->now_us;
	int64_t	 news = score != p->score || !fu_streq(band, p->band) || due;

	return (fu_db_run(store->db, score_set, err, "ddsstttiiii", score,
	    score, band, factors, store->now_us, store->now_us,
	    rescore_us == INT64_MAX ? FU_NEVER : rescore_us, news, p->news,
	    news, p->id));
}

int
fu_prospect_done(struct fu_store *store, enum fu_job job, int64_t id,
    int64_t seen, struct fu_err *err)
{
	const char	*sql = job == FU_JOB_SCORE ? done_score :
	    job == FU_JOB_CADENCE ? done_cadence : done_handoff;

	return (fu_db_run(store->db, sql, err, "iii", seen, id, seen));
}

int
fu_prospect_news(struct fu_store *store, int64_t id, struct fu_err *err)
{
	return (fu_db_run(store->db, prospect_news, err, "i", id));
}

int
fu_prospect_answered(struct fu_store *store, int64_t id, struct fu_err *err)
{
	return (fu_db_run(store->db, answered, err, "i", id));
}

int
fu_prospect_doubt_over(struct fu_store *store, int64_t id, int64_t after_us,
    struct fu_err *err)
{
	return (fu_db_run(store->db, doubt_over, err, "ii", id, after_us));
}

int
fu_doubts(struct fu_store *store, int64_t before_us, struct fu_doubt *list,
    size_t max, size_t *n, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_stmt(store->db, doubts, err);
	int		 rc;

	*n = 0;
	if (s == NULL)
		return (-1);
	fu_stmt_bind(s, "ii", before_us, (int64_t)max);
	while ((rc = fu_stmt_step(s, err)) == 1)
		list[(*n)++] = (struct fu_doubt){ fu_col_int(s, 0),
		    fu_col_time(s, 1) };
	fu_stmt_reset(s);
	return (rc);
}

int
fu_prospect_written_by(struct fu_store *store, int64_t id, const char *sender,
    struct fu_err *err)
{
	return (fu_db_run(store->db, set_written_by, err, "si", sender, id));
}

int
fu_prospect_human(struct fu_store *store, int64_t id, int64_t since_us,
    const char *by, struct fu_err *err)
{
	return (fu_db_run(store->db, set_human, err, "tsi", since_us, by, id));
}

int
fu_prospect_handoff_open(struct fu_store *store, int64_t id, int64_t handoff,
    int64_t until_us, struct fu_err *err)
{
	return (fu_db_run(store->db, set_handoff_open, err, "tti",
	    handoff == 0 ? FU_NEVER : handoff, until_us, id));
}

int
fu_prospect_ooo(struct fu_store *store, int64_t id, int64_t until_us,
    struct fu_err *err)
{
	return (fu_db_run(store->db, set_ooo, err, "ti", until_us, id));
}

int
fu_prospect_barred(struct fu_store *store, int64_t id, const char *why,
    struct fu_err *err)
{
	return (fu_db_run(store->db, set_barred, err, "si", why, id));
}

int
fu_prospect_return_used(struct fu_store *store, int64_t id, int64_t us,
    struct fu_err *err)
{
	return (fu_db_run(store->db, set_return_used, err, "ti", us, id));
}

int
fu_prospect_evidence(struct fu_store *store, int64_t id, int64_t us,
    bool fired, bool title_used, struct fu_err *err)
{
	return (fu_db_run(store->db, set_evidence, err, "tbbi", us, fired,
	    title_used, id));
}

int
fu_company_counts(struct fu_store *store, const char *domain, int64_t since_us,
    int64_t *people, int64_t *visits, struct fu_err *err)
{
	struct fu_stmt	*s;

	*people = *visits = 0;
	if (domain == NULL)
		return (0);
	if ((s = fu_db_one(store->db, company_people, err, "s", domain)) == NULL)
		return (-1);
	*people = fu_col_int(s, 0);
	fu_stmt_reset(s);
	s = fu_db_one(store->db, company_visits, err, "si", domain, since_us);
	if (s == NULL)
		return (-1);
	*visits = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (0);
}
