/*
 * Fields of a person's record over those that we have: which value wins, and
 * what follows from a change.
 *
 * Must never clear a field, nor take consent from a plain column.
 */
#include <stdlib.h>
#include <string.h>

#include "flow/ingest_room.h"
#include "policy/employer.h"

#define BIT(f) (UINT64_C(1) << (f))
/* Another value is one more, never another in its place. */
#define IDENTITY (BIT(FU_F_EMAIL) | BIT(FU_F_PHONE) | \
	BIT(FU_F_EXTERNAL_SYSTEM) | BIT(FU_F_EXTERNAL_ID) | BIT(FU_F_VISITOR))

/* Does a later row of the window give that attribute? */
static bool
later_attr(const struct fu_ingest *in, const struct fu_ingest_row *row,
    const char *name)
{
	const struct fu_person	*p;

	for (int depth = 0; row->next_same != 0 && depth < 64; depth++) {
		row = &in->row[row->next_same - 1];
		p = row->person;
		for (size_t i = 0; i < p->nattr; i++)
			if (strcmp(p->attr[i].name, name) == 0)
				return (true);
	}
	return (false);
}

void
fu_ingest_attrs(const struct fu_person *p, const bool *taken, struct fu_jw *jw)
{
	for (size_t i = 0; i < p->nattr; i++)
		if (taken == NULL || !taken[i])
			fu_jw_raw(jw, p->attr[i].name, p->attr[i].raw);
}

/* The custom members after those of the record: NULL when nothing changes. */
static const char *
new_attrs(struct fu_ingest *in, const char *old, const struct fu_person *p,
    enum fu_on_conflict mode, const struct fu_ingest_row *row)
{
	struct fu_object	 have = { 0 };
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	bool			*taken, changed = false;
	const char		*out = NULL;
	size_t			 k;

	if (p->nattr == 0)
		return (NULL);
	if (old != NULL && fu_json_object(&in->scratch, fu_str_of(old), &have,
	    NULL) == -1)
		have.n = 0;
	taken = fu_alloc_array(&in->scratch, p->nattr, sizeof(*taken));
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	for (size_t i = 0; i < have.n; i++) {
		const struct fu_member	*m = &have.member[i];
		const char		*key = fu_dup_str(&in->scratch, m->key);
		struct fu_str		 raw = m->value.raw;

		for (k = 0; k < p->nattr; k++)
			if (strcmp(p->attr[k].name, key) == 0)
				break;
		if (k < p->nattr) {
			taken[k] = true;
			if (mode == FU_ON_UPDATE &&
			    !fu_str_same(raw, p->attr[k].raw) &&
			    (row == NULL || !later_attr(in, row, key))) {
				raw = p->attr[k].raw;
				changed = true;
			}
		}
		fu_jw_raw(&jw, key, raw);
	}
	for (k = 0; k < p->nattr; k++)
		changed = changed || !taken[k];
	fu_ingest_attrs(p, taken, &jw);
	fu_jw_object_end(&jw);
	if (changed)
		out = fu_dup_buf(&in->scratch, &buf);
	fu_buf_free(&buf);
	return (out);
}

/* A stage that changes is an event; a first one is no change. */
static int
stage_event(struct fu_ingest *in, int64_t prospect, const char *from,
    const char *to, int64_t batch, struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	struct fu_event	 e = { .prospect = prospect, .kind = FU_K_STAGE,
	    .name = fu_kinds[FU_K_STAGE].name, .arg = to };
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	bool		 recorded;
	int		 rc;

	e.at_us = store->now_us;
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "event", e.name);
	fu_jw_str(&jw, "from", from);
	fu_jw_str(&jw, "to", to);
	fu_jw_time(&jw, "at", e.at_us);
	fu_jw_object_end(&jw);
	e.body = buf.ptr;
	e.dedup = fu_hash64(buf.ptr, buf.len, 2);
	rc = fu_event_add(store, &e, batch, &recorded, err);
	fu_buf_free(&buf);
	return (rc);
}

/* The company that somebody is counted with. */
static int
company_moves(struct fu_ingest *in, struct fu_intake *r, const char *domain,
    struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	bool		 added;

	if (fu_streq(domain, r->company_domain))
		return (0);
	if (r->company_domain != NULL && fu_identity_drop(store,
	    FU_ID_COMPANY, r->company_domain, r->id, err) == -1)
		return (-1);
	r->company_domain = domain;
	return (domain == NULL ? 0 : fu_identity_add(store, FU_ID_COMPANY,
	    domain, r->id, false, &added, err));
}

/*
 * Fields of ${p} over the row of ${id}.  ${later} are left to rows that follow.
 * ${changed} tells whether anything was written.
 */
int
fu_ingest_fields(struct fu_ingest *in, int64_t id, const struct fu_person *p,
    enum fu_on_conflict mode, uint64_t later, struct fu_ingest_row *row,
    int64_t at_us, int64_t batch, bool *changed, struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	struct fu_intake	 r;
	const char		*attrs, *stage;
	uint64_t		 mask = 0;
	int			 rc;

	*changed = false;
	rc = fu_intake_load(store, id, &in->scratch, &r, err);
	if (rc != 1)
		return (rc);
	if (mode == FU_ON_SKIP)
		return (fu_ingest_stands(in, row, id, r.f, r.optout, err));
	stage = r.f[FU_F_STAGE];
	/* "In three months", said again: from now. */
	if (row == NULL && mode == FU_ON_UPDATE && r.timeline_us != at_us &&
	    p->f[FU_F_TIMELINE] != NULL)
		mask |= BIT(FU_F_TIMELINE);
	for (int f = 0; f < FU_FIELD_N; f++) {
		if (p->f[f] == NULL || fu_streq(p->f[f], r.f[f]))
			continue;
		if (r.f[f] != NULL && (mode == FU_ON_FILL ||
		    (BIT(f) & (IDENTITY | later)) != 0))
			continue;
		/* A system is that of the id beside it. */
		if (f == FU_F_EXTERNAL_SYSTEM && r.f[FU_F_EXTERNAL_ID] != NULL)
			continue;
		mask |= BIT(f);
	}
	for (int f = 0; f < FU_FIELD_N; f++)
		if ((mask & BIT(f)) != 0)
			r.f[f] = p->f[f];
	if (row != NULL && fu_ingest_stands(in, row, id, r.f, r.optout,
	    err) == -1)
		return (-1);
	attrs = new_attrs(in, r.attrs, p, mode, row);
	if (mask == 0 && attrs == NULL)
		return (0);
	*changed = true;
	if (in->session->opt->dry)
		return (0);
	if (attrs != NULL)
		r.attrs = attrs;
	if ((mask & BIT(FU_F_TIMELINE)) != 0)
		r.timeline_us = at_us;
	if ((mask & (BIT(FU_F_EMAIL) | BIT(FU_F_WEBSITE))) != 0) {
		struct fu_person	 now = { 0 };

		memcpy(now.f, r.f, sizeof(now.f));
		if (company_moves(in, &r, fu_company_domain(
		    in->session->rulebook, &now, &in->scratch), err) == -1)
			return (-1);
	}
	if (batch == 0 && fu_ingest_batch(in, false, &batch, err) == -1)
		return (-1);
	if (fu_intake_update(store, &r, mask, batch, err) == -1)
		return (-1);
	if ((mask & BIT(FU_F_STAGE)) != 0 &&
	    fu_ingest_stage(in, id, r.f[FU_F_STAGE], err) == -1)
		return (-1);
	if ((mask & BIT(FU_F_STAGE)) != 0 && stage != NULL)
		return (stage_event(in, id, stage, r.f[FU_F_STAGE], batch,
		    err));
	return (0);
}
