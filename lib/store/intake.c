/*
 * The statements that make and change people.
 *
 * Must never write a field that it was not given.
 */
#include <stdio.h>
#include <string.h>

#include "store/intake.h"
#include "store/touches.h"

#define ID_MAX	500	/* bytes of a Message-ID that we look for */

#define FIELDS \
	"email, phone, external_system, external_id, visitor, first_name, " \
	"last_name, title, company, industry, company_size, country, region, " \
	"city, tz, language, budget, timeline, interest, segment, owner, " \
	"source, stage, website, linkedin, basis, subscriber, job_fit, " \
	"collected, collected_at, notice_at, dnc, dnc_checked_at, " \
	"reassigned_checked_at, sale_at, optout_offered, prefers, " \
	"imported_score"

static const char batch_add[] =
    "INSERT INTO batch (id, run, name, at_us) VALUES ($1, $2, $3, $4)";
static const char intake_load[] =
    "SELECT " FIELDS ", attrs, company_domain, batch, fields, timeline_us,"
    " optout, optout_us"
    " FROM prospect WHERE id = $1";
static const char intake_insert[] =
    "INSERT INTO prospect (id, " FIELDS ", attrs, company_domain, batch,"
    " fields, known_us, timeline_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
    " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"
    " $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36,"
    " $37, $38, $39, $40, $41, $42, $43, $44, $45)";
static const char intake_update[] =
    "UPDATE prospect SET (" FIELDS ", attrs, company_domain, fields,"
    " timeline_us) = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
    " $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27,"
    " $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41,"
    " $42) WHERE id = $43";
static const char intake_optout[] =
    "UPDATE prospect SET optout = optout | $1,"
    " optout_us = MAX(COALESCE(optout_us, $2), $3)"
    " WHERE id = $4 AND optout | $5 <> optout";
static const char standing_insert[] =
    "INSERT INTO standing (prospect) VALUES ($1)";
static const char standing_news[] =
    "UPDATE standing SET news = news + 1 WHERE prospect = $1";
static const char provenance_find[] =
    "SELECT id, fields FROM provenance WHERE prospect = $1 AND batch = $2";
static const char provenance_set[] =
    "UPDATE provenance SET fields = $1 WHERE prospect = $2 AND id = $3";
static const char provenance_add[] =
    "INSERT INTO provenance (prospect, id, batch, fields)"
    " VALUES ($1, $2, $3, $4)";
static const char decision_find[] =
    "SELECT 1 FROM decision WHERE prospect = $1 AND kind = $2 AND verdict = $3"
    " AND subject = $4 AND COALESCE(reason, '') = $5"
    " AND COALESCE(inputs, '') = $6";
static const char company_latest[] =
    "SELECT s.prospect FROM identity i JOIN standing s"
    " ON s.prospect = i.prospect WHERE i.kind = 5 AND i.value = $1"
    " ORDER BY COALESCE(s.last_inbound_us, 0) DESC, s.prospect LIMIT 1";
static const char external_from[] =
    "SELECT value FROM identity WHERE kind = 3 AND value >= $1"
    " ORDER BY value LIMIT 1";
static const char suppressed_any[] =
    "SELECT subject FROM suppression WHERE subject >= $1 LIMIT 1";
static const char touch_by_message[] =
    "SELECT id FROM touch WHERE message_id = $1"
    " UNION ALL SELECT id FROM touch WHERE relay_id = $2"
    " UNION ALL SELECT id FROM touch WHERE relay_id = $3 LIMIT 1";
static const char touch_owner[] =
    "SELECT prospect FROM touch WHERE id = $1";
static const char domain_resume[] =
    "DELETE FROM paused_domain WHERE domain = $1";

int
fu_batch_add(struct fu_store *store, const char *name, int64_t *id,
    struct fu_err *err)
{
	if (fu_store_id(store, FU_N_BATCH, id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, batch_add, err, "iisi", *id, store->run,
	    name, store->now_us));
}

int
fu_intake_load(struct fu_store *store, int64_t id, struct fu_arena *arena,
    struct fu_intake *row, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, intake_load, err, "i", id);

	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	row->id = id;
	for (int i = 0; i < FU_FIELD_N; i++)
		row->f[i] = fu_col_null(s, i) ? NULL :
		    fu_col_text(s, i, arena);
	row->attrs = fu_col_text(s, FU_FIELD_N, arena);
	row->company_domain = fu_col_text(s, FU_FIELD_N + 1, arena);
	row->batch = fu_col_int(s, FU_FIELD_N + 2);
	row->fields = (uint64_t)fu_col_int(s, FU_FIELD_N + 3);
	row->timeline_us = fu_col_time(s, FU_FIELD_N + 4);
	row->optout = (unsigned)fu_col_int(s, FU_FIELD_N + 5);
	row->optout_us = fu_col_time(s, FU_FIELD_N + 6);
	fu_stmt_reset(s);
	return (1);
}

int
fu_intake_insert(struct fu_store *store, struct fu_intake *row,
    struct fu_err *err)
{
	if (fu_store_id(store, FU_N_PROSPECT, &row->id, err) == -1)
		return (-1);
	if (fu_db_run(store->db, intake_insert, err, "iTssiiit", row->id,
	    row->f, (size_t)FU_FIELD_N, row->attrs, row->company_domain,
	    row->batch, (int64_t)row->fields, store->now_us,
	    row->timeline_us) == -1)
		return (-1);
	return (fu_db_run(store->db, standing_insert, err, "i", row->id));
}

/* A later batch's own row of provenance. */
static int
provenance(struct fu_store *store, int64_t prospect, int64_t batch,
    uint64_t fields, struct fu_err *err)
{
	struct fu_stmt	*s;
	uint64_t	 have;
	int64_t		 id;

	s = fu_db_one(store->db, provenance_find, err, "ii", prospect, batch);
	if (s != NULL) {
		id = fu_col_int(s, 0);
		have = (uint64_t)fu_col_int(s, 1);
		fu_stmt_reset(s);
		return (fu_db_run(store->db, provenance_set, err, "iii",
		    (int64_t)(have | fields), prospect, id));
	}
	if (err->class != FU_OK || fu_store_id(store, FU_N_ROW, &id, err) == -1)
		return (-1);
	return (fu_db_run(store->db, provenance_add, err, "iiii", prospect, id,
	    batch, (int64_t)fields));
}

int
fu_intake_update(struct fu_store *store, const struct fu_intake *row,
    uint64_t changed, int64_t batch, struct fu_err *err)
{
	uint64_t	 fields = row->fields;

	if (batch == row->batch)
		fields |= changed;
	if (fu_db_run(store->db, intake_update, err, "Tssiti", row->f,
	    (size_t)FU_FIELD_N, row->attrs, row->company_domain,
	    (int64_t)fields, row->timeline_us, row->id) == -1 ||
	    fu_db_run(store->db, standing_news, err, "i", row->id) == -1)
		return (-1);
	if (batch != row->batch && changed != 0 &&
	    provenance(store, row->id, batch, changed, err) == -1)
		return (-1);
	return (fu_touches_wake(store, row->id, err));
}

int
fu_intake_optout(struct fu_store *store, int64_t id, unsigned bits,
    int64_t at_us, bool *news, struct fu_err *err)
{
	if (fu_db_run(store->db, intake_optout, err, "iiiii", (int64_t)bits,
	    at_us, at_us, id, (int64_t)bits) == -1)
		return (-1);
	*news = fu_db_changes(store->db) > 0;
	return (0);
}

int
fu_decision_once(struct fu_store *store, const struct fu_decision *d,
    struct fu_err *err)
{
	struct fu_stmt	*s;

	s = fu_db_one(store->db, decision_find, err, "ississ", d->prospect,
	    d->kind, d->verdict, d->subject, d->reason == NULL ? "" : d->reason,
	    d->inputs == NULL ? "" : d->inputs);
	if (s != NULL) {
		fu_stmt_reset(s);
		return (0);
	}
	return (err->class == FU_OK ? fu_decision_add(store, d, err) : -1);
}

/* The first column of the one row: 1, 0 if there is none, -1. */
static int
take_id(struct fu_stmt *s, int64_t *id, struct fu_err *err)
{
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	*id = fu_col_int(s, 0);
	fu_stmt_reset(s);
	return (1);
}

int
fu_touch_by_message(struct fu_store *store, const char *id, int64_t *touch,
    struct fu_err *err)
{
	struct fu_str	 bare = fu_str_of(id), local;
	char		 ours[ID_MAX + 3], whole[ID_MAX + 1], part[ID_MAX + 1];

	if (bare.len > 1 && bare.ptr[0] == '<' &&
	    bare.ptr[bare.len - 1] == '>')
		bare = (struct fu_str){ bare.ptr + 1, bare.len - 2 };
	if (bare.len == 0 || bare.len > ID_MAX)
		return (0);
	local = bare;
	if (memchr(bare.ptr, '@', bare.len) != NULL)
		local.len = (size_t)((const char *)memchr(bare.ptr, '@',
		    bare.len) - bare.ptr);
	(void)snprintf(ours, sizeof(ours), "<%.*s>", (int)bare.len, bare.ptr);
	(void)snprintf(whole, sizeof(whole), "%.*s", (int)bare.len, bare.ptr);
	(void)snprintf(part, sizeof(part), "%.*s", (int)local.len, local.ptr);
	return (take_id(fu_db_one(store->db, touch_by_message, err, "sss",
	    ours, whole, part), touch, err));
}

int
fu_touch_owner(struct fu_store *store, int64_t touch, int64_t *id,
    struct fu_err *err)
{
	return (take_id(fu_db_one(store->db, touch_owner, err, "i", touch), id,
	    err));
}

int
fu_company_latest(struct fu_store *store, const char *domain, int64_t *id,
    struct fu_err *err)
{
	return (take_id(fu_db_one(store->db, company_latest, err, "s", domain),
	    id, err));
}

int
fu_suppressed_any(struct fu_store *store, bool *any, struct fu_err *err)
{
	struct fu_stmt	*s = fu_db_one(store->db, suppressed_any, err, "s", "");

	*any = s != NULL;
	if (s == NULL)
		return (err->class == FU_OK ? 0 : -1);
	fu_stmt_reset(s);
	return (0);
}

int
fu_external_system(struct fu_store *store, struct fu_arena *arena,
    const char **system, struct fu_err *err)
{
	const char	*from = "", *value, *name;
	struct fu_stmt	*s;

	*system = NULL;
	/* The first of each system; ids of none may stand between. */
	for (int i = 0; i < 3; i++) {
		s = fu_db_one(store->db, external_from, err, "s", from);
		if (s == NULL)
			return (err->class == FU_OK ? 0 : -1);
		value = fu_col_text(s, 0, arena);
		fu_stmt_reset(s);
		name = fu_dup_str(arena, (struct fu_str){ value,
		    strcspn(value, ":") });
		if (*name != '\0' && *system != NULL) {
			*system = NULL;
			return (0);
		}
		if (*name != '\0')
			*system = name;
		/* ';' comes next behind ':'. */
		from = fu_printf(arena, "%s;", name);
	}
	return (0);
}

int
fu_domain_resume(struct fu_store *store, const char *domain, bool *was,
    struct fu_err *err)
{
	if (fu_db_run(store->db, domain_resume, err, "s", domain) == -1)
		return (-1);
	*was = *was || fu_db_changes(store->db) > 0;
	return (0);
}
