/*
 * A person's record into the store: made, changed, or found to be as it is.
 *
 * Must never take consent from a plain column, nor clear an opt-out.
 */
#include <stdlib.h>
#include <string.h>

#include "record/email.h"
#include "flow/ingest_room.h"
#include "policy/employer.h"
#include "store/prospects.h"

static void
add_key(struct fu_ingest_row *row, int kind, const char *value, bool more)
{
	row->key[row->nkey++] = (struct fu_id_key){ kind, value, more };
}

struct fu_ingest_row *
fu_ingest_person(struct fu_ingest *in, const struct fu_person *p,
    int64_t given, struct fu_arena *arena, const char *source, uint64_t line)
{
	struct fu_ingest_row	*row;

	if (in->n == in->cap) {
		in->cap = in->cap == 0 ? 256 : in->cap * 2;
		in->row = reallocarray(in->row, in->cap, sizeof(*in->row));
		if (in->row == NULL)
			fu_oom();
	}
	row = &in->row[in->n++];
	memset(row, 0, sizeof(*row));
	row->source = source;
	row->line = line;
	row->person = p;
	row->given = given;
	in->npeople++;
	row->key = fu_alloc_array(arena, (p->f[FU_F_EMAIL] != NULL) +
	    (p->f[FU_F_EXTERNAL_ID] != NULL) + (p->f[FU_F_PHONE] != NULL) +
	    (p->f[FU_F_VISITOR] != NULL) + p->nmore_emails + p->nmore_phones,
	    sizeof(*row->key));
	if (p->f[FU_F_EMAIL] != NULL)
		add_key(row, FU_ID_EMAIL, fu_email_key(arena,
		    p->f[FU_F_EMAIL]), false);
	if (p->f[FU_F_EXTERNAL_ID] != NULL)
		add_key(row, FU_ID_EXTERNAL, fu_printf(arena, "%s:%s",
		    p->f[FU_F_EXTERNAL_SYSTEM] == NULL ? "" :
		    p->f[FU_F_EXTERNAL_SYSTEM], p->f[FU_F_EXTERNAL_ID]), false);
	if (p->f[FU_F_PHONE] != NULL)
		add_key(row, FU_ID_PHONE, p->f[FU_F_PHONE], false);
	if (p->f[FU_F_VISITOR] != NULL)
		add_key(row, FU_ID_VISITOR, p->f[FU_F_VISITOR], false);
	for (size_t i = 0; i < p->nmore_emails; i++)
		add_key(row, FU_ID_EMAIL, fu_email_key(arena,
		    p->more_emails[i]), true);
	for (size_t i = 0; i < p->nmore_phones; i++)
		add_key(row, FU_ID_PHONE, p->more_phones[i], true);
	return (row);
}

/* Which two, in a line: the kept one's id and the other's, with addresses. */
static int
say_conflict(struct fu_ingest *in, const struct fu_ingest_row *row, int64_t id,
    int64_t other, const char *why, struct fu_err *err)
{
	const struct fu_opt	*opt = in->session->opt;
	const char		*email = row->person == NULL ? NULL :
	    row->person->f[FU_F_EMAIL], *theirs = NULL;
	struct fu_intake	 p;
	int			 rc;

	if (in->counts.conflicts++ >= FU_CONFLICTS_TOLD && !opt->verbose)
		return (0);
	if (other != 0 && (rc = fu_intake_load(&in->session->store, other,
	    &in->scratch, &p, err)) != 0) {
		if (rc == -1)
			return (-1);
		theirs = p.f[FU_F_EMAIL];
	}
	fu_note(opt, "%s:%llu: conflict: %s: kept prospect %lld (%s)%s%s",
	    row->source, (unsigned long long)row->line, why, (long long)id,
	    email == NULL ? "no email" : email, other == 0 ? "" : " and ",
	    other == 0 ? "" : fu_printf(&in->scratch, "prospect %lld (%s)",
	    (long long)other, theirs == NULL ? "no email" : theirs));
	return (0);
}

/* A note is for who asks for more than counts. */
static int
say_note(struct fu_ingest *in, const struct fu_ingest_row *row, int64_t id,
    int64_t other, const char *why, struct fu_err *err)
{
	const char		*email = NULL;
	struct fu_intake	 p;
	int			 rc = 0;

	if (!in->session->opt->verbose)
		return (0);
	if ((rc = fu_intake_load(&in->session->store, other, &in->scratch, &p,
	    err)) == 1)
		email = p.f[FU_F_EMAIL];
	fu_debug(in->session->opt, "%s:%llu: prospect %lld: %s: prospect %lld "
	    "(%s)", row->source, (unsigned long long)row->line, (long long)id,
	    why, (long long)other, email == NULL ? "no email" : email);
	return (rc == -1 ? -1 : 0);
}

static int
on_record(struct fu_ingest *in, const struct fu_ingest_row *row,
    int64_t prospect, const char *kind, int64_t other, const char *reason,
    struct fu_err *err)
{
	static const char *const words[][2] = {
		{ "same_external_id_other_email",
		    "the same id with another email" },
		{ "further_email_of_another",
		    "a further email that is another's" },
		{ "chat_and_purchased",
		    "bought data and what they told us do not mix" },
		{ "phone_shared", "has the phone number of another" },
	};
	struct fu_decision	 d = { .prospect = prospect, .kind = kind,
	    .subject = other, .verdict = strcmp(kind, "conflict") == 0 ?
	    "kept_both" : "noted", .reason = reason };
	const char		*why = reason;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], reason) == 0)
			why = words[i][1];
	if (strcmp(kind, "conflict") == 0 && say_conflict(in, row, prospect,
	    other, why, err) == -1)
		return (-1);
	if (strcmp(kind, "note") == 0 && say_note(in, row, prospect, other,
	    why, err) == -1)
		return (-1);
	return (fu_decision_once(&in->session->store, &d, err));
}

/* Who else had a claim on what this record gave. */
static int
disputes(struct fu_ingest *in, const struct fu_ingest_row *row,
    const struct fu_who *who, int64_t id, bool new_phone, struct fu_err *err)
{
	if (who->clash != 0 && on_record(in, row, id, "conflict", who->clash,
	    "same_external_id_other_email", err) == -1)
		return (-1);
	if (who->email_clash != 0 && on_record(in, row, id, "conflict",
	    who->email_clash, "further_email_of_another", err) == -1)
		return (-1);
	if (new_phone && who->shares_phone != 0 && on_record(in, row, id,
	    "note", who->shares_phone, "phone_shared", err) == -1)
		return (-1);
	return (0);
}

int
fu_ingest_identities(struct fu_ingest *in, const struct fu_ingest_row *row,
    const struct fu_who *who, int64_t id, bool *news, struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	struct fu_intake	 p;
	struct fu_holders	 h;
	bool			 added, new_phone = false, own, created;
	int			 rc;

	*news = false;
	if (in->session->opt->dry)
		return (0);
	created = row->action == FU_ACT_CREATED;
	if (!created && (rc = fu_intake_load(store, id, &in->scratch, &p,
	    err)) != 1)
		return (rc);
	for (size_t i = 0; i < row->nkey; i++) {
		const struct fu_id_key	*k = &row->key[i];

		if (k->kind == FU_ID_EXTERNAL && who->clash != 0)
			continue;
		if (k->kind == FU_ID_EMAIL && k->more) {
			/* Somebody else's stays theirs. */
			if (fu_identity_find(store, FU_ID_EMAIL, k->value, &h,
			    err) == -1)
				return (-1);
			if (h.n > 0)
				continue;
		}
		own = !k->more;
		if (own && !created) {
			const char	*sys = p.f[FU_F_EXTERNAL_SYSTEM];

			own = k->kind == FU_ID_EMAIL ?
			    p.f[FU_F_EMAIL] != NULL && strcmp(k->value,
			    fu_email_key(&in->scratch, p.f[FU_F_EMAIL])) == 0 :
			    k->kind == FU_ID_PHONE ?
			    fu_streq(k->value, p.f[FU_F_PHONE]) :
			    k->kind == FU_ID_VISITOR ?
			    fu_streq(k->value, p.f[FU_F_VISITOR]) :
			    p.f[FU_F_EXTERNAL_ID] != NULL && strcmp(k->value,
			    fu_printf(&in->scratch, "%s:%s", sys == NULL ? "" :
			    sys, p.f[FU_F_EXTERNAL_ID])) == 0;
		}
		if (created && own) {
			if (fu_identity_new(store, (enum fu_id_kind)k->kind,
			    k->value, id, err) == -1)
				return (-1);
			added = true;
		} else if (fu_identity_add(store, (enum fu_id_kind)k->kind,
		    k->value, id, !own, &added, err) == -1)
			return (-1);
		*news = *news || added;
		new_phone = new_phone || (added && k->kind == FU_ID_PHONE);
		/* What they opted out of holds for the address that comes. */
		if (added && !created && p.optout != 0 &&
		    fu_ingest_shut(in, id, row, id, p.optout, p.optout_us,
		    k->value, news, err) == -1)
			return (-1);
	}
	return (disputes(in, row, who, id, new_phone, err));
}

int
fu_ingest_create(struct fu_ingest *in, struct fu_ingest_row *row,
    const struct fu_who *who, int64_t *id, struct fu_err *err)
{
	const struct fu_person	*p = row->person;
	struct fu_intake	 r = { .timeline_us = FU_NEVER };
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	bool			 news;

	row->action = FU_ACT_CREATED;
	row->made = row->is_event;
	*id = 0;
	if (in->session->opt->dry)
		return (0);
	memcpy(r.f, p->f, sizeof(r.f));
	r.company_domain = fu_company_domain(in->session->rulebook, p,
	    &in->scratch);
	r.fields = fu_person_mask(p);
	if (p->nattr > 0) {
		fu_buf_init(&buf);
		fu_jw_init(&jw, &buf);
		fu_jw_object(&jw, NULL);
		fu_ingest_attrs(p, NULL, &jw);
		fu_jw_object_end(&jw);
		r.attrs = fu_dup_buf(&in->scratch, &buf);
		fu_buf_free(&buf);
	}
	if (fu_ingest_batch(in, false, &r.batch, err) == -1 ||
	    fu_intake_insert(&in->session->store, &r, err) == -1)
		return (-1);
	*id = r.id;
	in->made++;
	if (fu_ingest_stage(in, r.id, r.f[FU_F_STAGE], err) == -1)
		return (-1);
	if (r.company_domain != NULL && fu_identity_new(&in->session->store,
	    FU_ID_COMPANY, r.company_domain, r.id, err) == -1)
		return (-1);
	return (fu_ingest_identities(in, row, who, r.id, &news, err));
}

/* What the one opted out of holds for the addresses of the other. */
static int
share_optouts(struct fu_ingest *in, int64_t a, const struct fu_intake *b,
    struct fu_err *err)
{
	static const struct fu_ingest_row	 no_row;
	struct fu_intake			 p;
	bool					 news = false;
	int					 rc;

	rc = fu_intake_load(&in->session->store, a, &in->scratch, &p, err);
	if (rc != 1)
		return (rc);
	if (fu_ingest_shut(in, a, &no_row, b->id, b->optout & ~p.optout,
	    b->optout_us, NULL, &news, err) == -1)
		return (-1);
	return (fu_ingest_shut(in, b->id, &no_row, a, p.optout & ~b->optout,
	    p.optout_us, NULL, &news, err));
}

/* Merge what turns out to be one; the elder stays.  Its id in ${id}. */
int
fu_ingest_join(struct fu_ingest *in, struct fu_ingest_row *row,
    const struct fu_who *who, int64_t *id, struct fu_err *err)
{
	struct fu_intake	 p;
	int64_t			 a = who->id, b, keep;
	bool			 may;
	int			 rc;

	for (size_t i = 0; i < who->nmerge; i++) {
		b = who->merge[i];
		rc = fu_intake_load(&in->session->store, b, &in->scratch, &p,
		    err);
		if (rc == -1 || (rc == 1 && fu_ingest_may_mix(in, a,
		    p.f[FU_F_COLLECTED], &may, err) == -1))
			return (-1);
		if (rc == 0)
			continue;
		if (!may) {
			if (!in->session->opt->dry && on_record(in, row, a,
			    "conflict", b, "chat_and_purchased", err) == -1)
				return (-1);
			continue;
		}
		keep = a < b ? a : b;
		row->action = FU_ACT_MERGED;
		row->prospect = a < b ? b : a;
		row->into = keep;
		if (!in->session->opt->dry && (share_optouts(in, a, &p,
		    err) == -1 || fu_merge(&in->session->store, keep,
		    row->prospect, "same_person", err) == -1))
			return (-1);
		a = keep;
	}
	*id = a;
	return (0);
}

int
fu_ingest_write_person(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	struct fu_who	 who;
	int64_t		 id;
	bool		 changed, more = false, out = false, may;

	if (fu_ingest_who(in, row, &who, err) == -1)
		return (-1);
	if (who.id == 0 && row->nkey == 0) {
		fu_ingest_refuse(in, row, "no_prospect", "prospect",
		    row->given);
		return (0);
	}
	if (who.id == 0) {
		if (fu_ingest_create(in, row, &who, &id, err) == -1)
			return (-1);
		row->prospect = id;
		if (fu_ingest_stands(in, row, id, row->person->f, 0, err) == -1)
			return (-1);
		return (fu_ingest_shut_columns(in, id, row, &out, err));
	}
	row->action = FU_ACT_UNCHANGED;
	if (fu_ingest_join(in, row, &who, &id, err) == -1 ||
	    fu_ingest_apart(in, row, id, &may, err) == -1)
		return (-1);
	if (row->action != FU_ACT_MERGED)
		row->prospect = id;
	changed = false;
	if (may && (fu_ingest_fields(in, id, row->person, in->on_conflict,
	    row->later, row, store->now_us, 0, &changed, err) == -1 ||
	    (in->on_conflict != FU_ON_SKIP &&
	    fu_ingest_identities(in, row, &who, id, &more, err) == -1)))
		return (-1);
	if (fu_ingest_shut_columns(in, id, row, &out, err) == -1)
		return (-1);
	if ((more || out) && !changed &&
	    fu_prospect_news(store, id, err) == -1)
		return (-1);
	if (row->action == FU_ACT_UNCHANGED && (changed || more || out))
		row->action = FU_ACT_UPDATED;
	return (0);
}
