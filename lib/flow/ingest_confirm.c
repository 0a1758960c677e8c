/*
 * A link that confirms an address was opened: the visitor's own record and
 * that of the address become one, and what they agreed to for it holds.
 *
 * Must never join for another visitor than the one who typed the address, nor
 * take a consent that was given to another address.
 */
#include <string.h>

#include "flow/confirm.h"
#include "flow/ingest_room.h"
#include "record/email.h"
#include "store/events.h"
#include "store/prospects.h"
#include "store/turns.h"

static const char *
visitor_of(const struct fu_ingest_row *row)
{
	for (size_t i = 0; i < row->nkey; i++)
		if (row->key[i].kind == FU_ID_VISITOR)
			return (row->key[i].value);
	return (NULL);
}

static void
refuse(struct fu_ingest_row *row, const char *reason, const char *detail)
{
	row->reject = reason;
	row->detail = detail;
}

/* The address, as the row's own, behind what it was known by. */
static void
add_address(struct fu_ingest *in, struct fu_ingest_row *row,
    const char *address)
{
	struct fu_id_key	*key = fu_alloc_array(&in->results,
	    row->nkey + 1, sizeof(*key));

	memcpy(key, row->key, row->nkey * sizeof(*key));
	key[row->nkey] = (struct fu_id_key){ FU_ID_EMAIL, fu_email_key(
	    &in->results, address), false };
	row->key = key;
	row->nkey++;
}

/* Who holds the address besides, and may they become one?  1, 0, -1. */
static int
holder(struct fu_ingest *in, struct fu_ingest_row *row,
    const struct fu_confirm_of *of, struct fu_who *who, struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	const char		*address = fu_email_key(&in->scratch,
	    of->address);
	struct fu_holders	 h;
	struct fu_intake	 own, other;
	bool			 may;
	int			 rc;

	who->id = of->prospect;
	if (fu_identity_find(store, FU_ID_EMAIL, address, &h, err) == -1)
		return (-1);
	if ((rc = fu_intake_load(store, of->prospect, &in->scratch, &own,
	    err)) != 1) {
		refuse(row, "unknown_token", "nobody has that record now");
		return (rc);
	}
	if (h.n == 0 || h.id[0] == of->prospect)
		return (1);
	if ((rc = fu_intake_load(store, h.id[0], &in->scratch, &other,
	    err)) != 1)
		return (rc == -1 ? -1 : 1);
	if (fu_ingest_may_mix(in, of->prospect, other.f[FU_F_COLLECTED], &may,
	    err) == -1)
		return (-1);
	if (own.f[FU_F_EMAIL] != NULL || !may) {
		refuse(row, "not_joined", "the address is somebody else's, "
		    "and this visitor has another one");
		return (0);
	}
	who->merge[who->nmerge++] = h.id[0];
	return (1);
}

/* Where it came from; what a list said of them stays. */
static int
tell_fields(struct fu_ingest *in, struct fu_ingest_row *row, int64_t id,
    const char *address, struct fu_err *err)
{
	struct fu_person	 p = { 0 };
	char			 at[FU_TIME_LEN];
	bool			 changed;

	fu_time_print(row->event.at_us, at);
	p.f[FU_F_EMAIL] = address;
	p.f[FU_F_SOURCE] = "chat";
	p.f[FU_F_COLLECTED] = "chat";
	p.f[FU_F_COLLECTED_AT] = at;
	return (fu_ingest_fields(in, id, &p, FU_ON_FILL, 0, NULL,
	    row->event.at_us, 0, &changed, err));
}

int
fu_ingest_confirm_whose(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_who		 who = { 0 };
	struct fu_confirm_of	 of;
	enum fu_confirm		 what;
	int64_t			 id;
	bool			 news;
	int			 rc;

	row->event.prospect = 0;
	if (fu_confirm_judge(in->session, fu_str_of(row->event.arg == NULL ?
	    "" : row->event.arg), visitor_of(row), &in->scratch, &what, &of,
	    err) == -1)
		return (-1);
	if (what == FU_CONFIRM_USED) {
		row->event.prospect = of.prospect;
		row->action = FU_ACT_DUPLICATE;
		return (0);
	}
	if (what != FU_CONFIRM_JOINED) {
		refuse(row, fu_confirm_name(what), "a link that confirms an "
		    "address is good for seven days, for the visitor who typed "
		    "it");
		return (0);
	}
	if ((rc = holder(in, row, &of, &who, err)) != 1)
		return (rc);
	add_address(in, row, of.address);
	if (fu_ingest_join(in, row, &who, &id, err) == -1)
		return (-1);
	row->into = 0;
	row->event.prospect = id;
	row->action = FU_ACT_RECORDED;
	if (in->session->opt->dry)
		return (0);
	if (tell_fields(in, row, id, of.address, err) == -1)
		return (-1);
	return (fu_ingest_identities(in, row, &who, id, &news, err));
}

/* The last word of that visitor on mail to that address, if it waits for the
 * address; NULL when there is none. */
static const struct fu_event *
pending(struct fu_ingest *in, const struct fu_event *e, size_t n,
    const struct fu_confirm_of *of, struct fu_object *body)
{
	const struct fu_event	*last = NULL;
	const char		*key = fu_email_key(&in->scratch, of->address);

	for (size_t i = 0; i < n; i++) {
		struct fu_object	 o;
		const char		*to;

		if (e[i].kind != FU_K_CONSENT || e[i].body == NULL ||
		    !fu_streq(e[i].channel, "email") ||
		    fu_json_object(&in->scratch, fu_str_of(e[i].body), &o,
		    NULL) == -1 || !fu_streq(fu_json_text(&in->scratch,
		    fu_json_get(&o, "visitor")), of->visitor))
			continue;
		to = fu_json_text(&in->scratch, fu_json_get(&o, "given_for"));
		if (to == NULL || strcmp(fu_email_key(&in->scratch, to),
		    key) != 0)
			continue;
		last = &e[i];
		*body = o;
	}
	if (last == NULL || !fu_streq(fu_json_text(&in->scratch, fu_json_get(
	    body, "status")), "pending"))
		return (NULL);
	return (last);
}

/* The same consent, word for word, given twice over: by a yes and by a click. */
static const char *
granted_json(const struct fu_object *pending, const char *token, int64_t at_us,
    struct fu_arena *arena)
{
	static const char *const	 anew[] = { "status", "method", "at",
		"id" };
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	const char	*json;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	for (size_t i = 0; i < pending->n; i++) {
		const struct fu_member	*m = &pending->member[i];
		bool			 ours = false;

		for (size_t k = 0; k < sizeof(anew) / sizeof(*anew); k++)
			ours = ours || fu_str_is(m->key, anew[k]);
		if (!ours)
			fu_jw_raw(&jw, fu_dup_str(arena, m->key),
			    m->value.raw);
	}
	fu_jw_str(&jw, "status", "granted");
	fu_jw_str(&jw, "method", "double_opt_in");
	fu_jw_str(&jw, "id", fu_printf(arena, "confirm:%s", token));
	fu_jw_time(&jw, "at", at_us);
	fu_jw_object_end(&jw);
	json = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (json);
}

int
fu_ingest_confirmed(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	struct fu_confirm_of	 of;
	struct fu_ingest_row	 given = *row;
	const struct fu_event	*waits;
	struct fu_event		*e;
	struct fu_object	 body, granted;
	enum fu_confirm		 what;
	int64_t			 batch;
	size_t			 n;
	bool			 news;

	if (fu_confirm_judge(in->session, fu_str_of(row->event.arg),
	    visitor_of(row), &in->scratch, &what, &of, err) == -1 ||
	    fu_events_load(store, row->event.prospect, &in->scratch, &e, &n,
	    err) == -1)
		return (-1);
	/* What was said to them meanwhile has somewhere to go now. */
	if (fu_turns_wake(store, row->event.prospect, row->event.at_us -
	    FU_CONFIRM_LASTS_US, err) == -1)
		return (-1);
	if ((waits = pending(in, e, n, &of, &body)) == NULL)
		return (0);
	given.event = *waits;
	given.event.id = 0;
	given.event.at_us = row->event.at_us;
	given.event.prospect = row->event.prospect;
	given.event.body = granted_json(&body, row->event.arg,
	    row->event.at_us, &in->scratch);
	given.event.dedup = fu_hash_cstr(row->event.arg, row->event.dedup);
	if (fu_json_object(&in->scratch, fu_str_of(given.event.body),
	    &granted, err) == -1 ||
	    fu_ingest_batch(in, false, &batch, err) == -1 ||
	    fu_event_add(store, &given.event, batch, &news, err) == -1)
		return (-1);
	given.object = &granted;
	return (fu_ingest_consent(in, &given, &news, err));
}
