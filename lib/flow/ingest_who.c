/*
 * Who a record is about.
 *
 * An id of another system and an email unify; a phone or a visitor only where
 * no email, and no id of the same system, differs.  Must never write.
 */
#include <string.h>

#include "record/email.h"
#include "flow/ingest_room.h"
#include "store/prospects.h"

static const char *
first_of(const struct fu_ingest_row *row, enum fu_id_kind kind)
{
	for (size_t i = 0; i < row->nkey; i++)
		if (row->key[i].kind == (int)kind && !row->key[i].more)
			return (row->key[i].value);
	return (NULL);
}

/* Is that person known by another email than the record's? */
static bool
email_differs(struct fu_ingest *in, const struct fu_intake *p,
    const char *email)
{
	return (email != NULL && p->f[FU_F_EMAIL] != NULL &&
	    strcmp(fu_email_key(&in->scratch, p->f[FU_F_EMAIL]), email) != 0);
}

/* By another id of the same system? */
static bool
external_differs(struct fu_ingest *in, const struct fu_intake *p,
    const char *external)
{
	const char	*system = p->f[FU_F_EXTERNAL_SYSTEM];
	const char	*own;

	if (external == NULL || p->f[FU_F_EXTERNAL_ID] == NULL)
		return (false);
	own = fu_printf(&in->scratch, "%s:%s", system == NULL ? "" : system,
	    p->f[FU_F_EXTERNAL_ID]);
	return (strcmp(own, external) != 0 && strchr(external, ':') -
	    external == (ptrdiff_t)strlen(system == NULL ? "" : system) &&
	    strncmp(own, external, strlen(system == NULL ? "" : system)) == 0);
}

static void
merge_with(struct fu_who *who, int64_t id)
{
	if (id == who->id)
		return;
	for (size_t i = 0; i < who->nmerge; i++)
		if (who->merge[i] == id)
			return;
	if (who->nmerge < sizeof(who->merge) / sizeof(who->merge[0]))
		who->merge[who->nmerge++] = id;
}

static int
by_external(struct fu_ingest *in, const char *external, const char *email,
    struct fu_who *who, struct fu_err *err)
{
	struct fu_holders	 h;
	struct fu_intake	 p;
	int			 rc;

	if (external == NULL)
		return (0);
	if (fu_identity_find(&in->session->store, FU_ID_EXTERNAL, external, &h,
	    err) == -1)
		return (-1);
	if (h.n == 0 || h.id[0] == who->id)
		return (0);
	rc = fu_intake_load(&in->session->store, h.id[0], &in->scratch, &p,
	    err);
	if (rc != 1)
		return (rc);
	if (email_differs(in, &p, email))
		who->clash = h.id[0];
	else if (who->id == 0)
		who->id = h.id[0];
	else
		merge_with(who, h.id[0]);
	return (0);
}

/* A phone or a visitor: of the holders, who could be the record's person. */
static int
by_weak(struct fu_ingest *in, enum fu_id_kind kind, const char *value,
    const char *email, const char *external, struct fu_who *who,
    struct fu_err *err)
{
	struct fu_holders	 h;
	struct fu_intake	 p;
	int64_t			 fit = 0, other = 0;
	size_t			 nfit = 0;
	bool			 held = false, bare, known;
	int			 rc;

	if (value == NULL)
		return (0);
	/* Of several, none becomes who has an email, an id or a row already,
	 * and that they share was noted when the second came. */
	known = who->id != 0 || email != NULL || external != NULL;
	if (fu_identity_find_some(&in->session->store, kind, value,
	    known ? 2 : FU_HOLDERS_MAX, &h, err) == -1)
		return (-1);
	if (h.n > 1 && known)
		return (0);
	for (size_t i = 0; i < h.n; i++) {
		if (h.id[i] == who->id) {
			held = true;
			continue;
		}
		rc = fu_intake_load(&in->session->store, h.id[i], &in->scratch,
		    &p, err);
		if (rc == -1)
			return (-1);
		if (rc == 0)
			continue;
		/* Somebody found by email or id: their email counts too. */
		bare = p.f[FU_F_EMAIL] == NULL;
		if (email_differs(in, &p, email) ||
		    external_differs(in, &p, external) ||
		    (who->id != 0 && !bare) || h.id[i] == who->clash) {
			other = h.id[i];
			continue;
		}
		/* Of several, one without any email is nearer to a record
		 * that has none. */
		if (h.n > 1 && !bare) {
			other = h.id[i];
			continue;
		}
		fit = fit == 0 ? h.id[i] : fit;
		nfit++;
	}
	if (kind == FU_ID_PHONE && other != 0 && h.n == 1)
		who->shares_phone = other;
	if (fit == 0 || held)
		return (0);
	if (who->id != 0) {
		if (h.n == 1)
			merge_with(who, fit);
	} else if (h.n == 1 || (email == NULL && external == NULL && nfit > 0))
		who->id = fit;
	return (0);
}

int
fu_ingest_who(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_who *who, struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	const char		*email = first_of(row, FU_ID_EMAIL);
	const char		*external = first_of(row, FU_ID_EXTERNAL);
	struct fu_holders	 h;
	struct fu_intake	 p;

	memset(who, 0, sizeof(*who));
	if (row->given != 0) {
		if (fu_prospect_living(store, row->given, &who->id, err) == -1)
			return (-1);
		switch (fu_intake_load(store, who->id, &in->scratch, &p, err)) {
		case -1:
			return (-1);
		case 0:
			who->id = 0;
		}
	}
	if (who->id == 0 && email != NULL) {
		if (fu_identity_find(store, FU_ID_EMAIL, email, &h, err) == -1)
			return (-1);
		if (h.n > 0)
			who->id = h.id[0];
	}
	for (size_t i = 0; i < row->nkey; i++) {
		if (row->key[i].kind != FU_ID_EMAIL || !row->key[i].more)
			continue;
		if (fu_identity_find(store, FU_ID_EMAIL, row->key[i].value, &h,
		    err) == -1)
			return (-1);
		if (h.n == 0 || h.id[0] == who->id)
			continue;
		if (who->id == 0)
			who->id = h.id[0];
		else
			who->email_clash = h.id[0];
	}
	if (by_external(in, external, email, who, err) == -1 ||
	    by_weak(in, FU_ID_PHONE, first_of(row, FU_ID_PHONE), email,
	    external, who, err) == -1)
		return (-1);
	return (by_weak(in, FU_ID_VISITOR, first_of(row, FU_ID_VISITOR), email,
	    external, who, err));
}
