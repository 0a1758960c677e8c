/*
 * What a bounce comes to: an address that is dead, one that is full too often,
 * or a host that will not hear us.
 *
 * Must never suppress anybody for what is not their address's fault, nor for a
 * report that anybody may have written.  [EM-15, EM-16]
 */
#include "flow/blocked.h"
#include "flow/ingest_room.h"
#include "flow/stream.h"
#include "record/email.h"
#include "store/prospects.h"

static int
soft_bounce(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_optout *o, enum fu_bounce class, struct fu_err *err)
{
	const char	**status;
	int64_t		*at;
	size_t		 n;

	if (row->event.prospect == 0)
		return (0);
	if (fu_bounces(&in->session->store, row->event.prospect,
	    row->event.at_us - FU_BOUNCE_SPAN_US, &in->scratch, &status, &at,
	    &n, err) == -1)
		return (-1);
	if (!fu_bounce_blocks(status, at, n, class, &o->until_us))
		return (0);
	if (class == FU_B_SOFT)
		o->reason = "soft_bounce";
	return (fu_ingest_shut_out(in, row, o, o->reason, err));
}

/* What it says of the stream that the mail came in. */
int
fu_ingest_stream(struct fu_ingest *in, const struct fu_event *e,
    enum fu_stream_count what, struct fu_err *err)
{
	const char	*sender;

	if (fu_mail_sender(&in->session->store, e->touch, e->prospect,
	    &in->scratch, &sender, err) == -1)
		return (-1);
	return (fu_stream_count(in->session, sender, what, e->at_us, err));
}

/* The answer is about us, not about the address. */
static int
blocked(struct fu_ingest *in, struct fu_ingest_row *row, enum fu_bounce class,
    struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	struct fu_blocked	 b = { .class = class,
		.prospect = e->prospect, .answer = e->text };
	struct fu_intake	 p;
	int			 rc;

	if (b.answer == NULL)
		b.answer = fu_json_text(&in->scratch, fu_json_get(row->object,
		    "reason"));
	for (size_t i = 0; i < row->nkey; i++)
		if (row->key[i].kind == FU_ID_EMAIL)
			b.address = row->key[i].value;
	if (b.address == NULL && e->prospect != 0) {
		if ((rc = fu_intake_load(&in->session->store, e->prospect,
		    &in->scratch, &p, err)) == -1)
			return (-1);
		b.address = rc == 1 ? p.f[FU_F_EMAIL] : NULL;
	}
	if (fu_mail_sender(&in->session->store, e->touch, e->prospect,
	    &in->scratch, &b.sender, err) == -1)
		return (-1);
	return (fu_blocked(in->session, &b, err));
}

/*
 * Which of their addresses it is: the one that is named, else (of a report,
 * whose recipient may be where it was forwarded to) the one that they have.
 * NULL for all.  ${others}: it names only people whose mail this was not.
 */
static int
bounced(struct fu_ingest *in, const struct fu_ingest_row *row,
    const char **only, bool *others, struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	struct fu_holders	 h;
	struct fu_intake	 p;
	bool			 theirs;
	int			 rc;

	*only = NULL;
	*others = false;
	for (size_t i = 0; i < row->nkey && *only == NULL; i++) {
		if (row->key[i].kind != FU_ID_EMAIL)
			continue;
		if (fu_identity_find(store, FU_ID_EMAIL, row->key[i].value, &h,
		    err) == -1)
			return (-1);
		theirs = false;
		for (size_t k = 0; k < h.n; k++)
			theirs = theirs || h.id[k] == row->event.prospect;
		if (theirs)
			*only = row->key[i].value;
		*others = *others || (h.n > 0 && !theirs);
	}
	if (*only != NULL)
		*others = false;
	if (*only != NULL || *others || !row->by_mail)
		return (0);
	if ((rc = fu_intake_load(store, row->event.prospect, &in->scratch, &p,
	    err)) == 1 && p.f[FU_F_EMAIL] != NULL)
		*only = fu_email_key(&in->scratch, p.f[FU_F_EMAIL]);
	return (rc == -1 ? -1 : 0);
}

int
fu_ingest_bounce(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_optout	 o = fu_ingest_act(row);
	enum fu_bounce		 class;
	bool			 hard = false, late = false, others, said;

	if (bounced(in, row, &o.only, &others, err) == -1)
		return (-1);
	/* Anybody can write a report: one counts that names what we sent, for
	 * whom we sent it to, and what is only late has not failed.  [EM-15] */
	if (row->by_mail && (row->event.touch == 0 || others)) {
		in->counts.unproven++;
		return (0);
	}
	if (fu_json_bool(fu_json_get(row->object, "delayed"), &late) && late)
		return (0);
	said = fu_json_bool(fu_json_get(row->object, "hard"), &hard);
	class = fu_bounce_class(row->event.arg, said, hard);
	o.reason = "hard_bounce";
	o.rule = "EM-16";
	o.channel = "email";
	o.actor = "relay";
	o.emails = true;
	switch (class) {
	case FU_B_HARD:
		o.again = true;
		if (fu_ingest_stream(in, &row->event, FU_COUNT_BOUNCE,
		    err) == -1)
			return (-1);
		return (fu_ingest_shut_out(in, row, &o, "hard_bounce", err));
	case FU_B_DOMAIN:
	case FU_B_SOFT:
		return (soft_bounce(in, row, &o, class, err));
	default:
		return (row->action == FU_ACT_DUPLICATE ? 0 :
		    blocked(in, row, class, err));
	}
}
