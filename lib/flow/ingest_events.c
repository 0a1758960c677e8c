/*
 * Events: from a record to a row of the store, once.
 *
 * What a recorded event does at once is in ingest_apply.c.
 */
#include <stdlib.h>
#include <string.h>

#include "record/email.h"
#include "policy/facts.h"
#include "flow/ingest_check.h"
#include "flow/ingest_room.h"
#include "store/handoffs.h"
#include "store/prospects.h"

#define INJECTION "header_injection"

/* Members that say when and how it came, not what it was. */
static const char *const not_hashed[] = { "type", "prospect", "event_id",
	"action", "into", "signals", "extracted", "received", "received_at",
	"at" };

static bool
listed(struct fu_str key, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fu_str_is(key, list[i]))
			return (true);
	return (false);
}

/*
 * The sender's own key, or else a hash of the members that does not depend on
 * their order.
 */
static uint64_t
dedup_of(const struct fu_object *o, const char *name, int64_t at_us,
    struct fu_arena *arena)
{
	const char	*id = fu_json_scalar_text(arena, fu_json_get(o, "id"));
	uint64_t	 sum = 0;

	if (!fu_blank(id))
		return (fu_hash_cstr(id, fu_hash_cstr(name, 11)));
	for (size_t i = 0; i < o->n; i++) {
		const struct fu_member	*m = &o->member[i];

		if (!listed(m->key, not_hashed,
		    sizeof(not_hashed) / sizeof(not_hashed[0])))
			sum += fu_hash64(m->value.raw.ptr, m->value.raw.len,
			    fu_hash64(m->key.ptr, m->key.len, 12));
	}
	sum = fu_hash64(&sum, sizeof(sum), fu_hash_cstr(name, 13));
	return (fu_hash64(&at_us, sizeof(at_us), sum));
}

/* Who wrote: as said, else as the kind has it. */
static enum fu_from
from_of(const struct fu_object *o, enum fu_kind kind, struct fu_arena *arena)
{
	const char	*from = fu_json_text(arena, fu_json_get(o, "from"));

	if (fu_streq(from, "prospect"))
		return (FU_FROM_PROSPECT);
	if (fu_streq(from, "bot"))
		return (FU_FROM_BOT);
	if (fu_streq(from, "rep"))
		return (FU_FROM_REP);
	if (kind == FU_K_CHAT)
		return (FU_FROM_PROSPECT);
	return (kind == FU_K_MESSAGE ? FU_FROM_REP : FU_FROM_NONE);
}

static bool
is_identity(int f)
{
	return (f == FU_F_EMAIL || f == FU_F_PHONE || f == FU_F_VISITOR ||
	    f == FU_F_EXTERNAL_ID || f == FU_F_EXTERNAL_SYSTEM);
}

/*
 * The person's members of an event: who it is, and of a form all else that
 * they wrote of themselves.  A value that is none is left in the body; one
 * that would end a mail's header rejects the event [EM-09].
 */
static int
read_person(struct fu_ingest *in, const struct fu_object *o, bool form,
    struct fu_arena *arena, struct fu_person *p, const char **reason,
    struct fu_err *err)
{
	const char	*text, *why;
	char		 name[32];
	int		 f;

	for (size_t i = 0; i < o->n; i++) {
		const struct fu_member	*m = &o->member[i];

		if (m->key.len >= sizeof(name))
			continue;
		memcpy(name, m->key.ptr, m->key.len);
		name[m->key.len] = '\0';
		f = fu_field_find(name);
		if (f == -1 || (!form && !is_identity(f)))
			continue;
		text = fu_json_scalar_text(arena, &m->value);
		if (text == NULL && fu_nul_in_header(&m->value, f)) {
			*reason = INJECTION;
			return (fu_err_set(err, FU_EDATA, "%s: a line break "
			    "or NUL, which could get into the header of a "
			    "mail", name));
		}
		if (fu_blank(text))
			continue;
		if (fu_value_canon(&in->norm, (enum fu_field)f,
		    fu_str_of(text), p->f[FU_F_COUNTRY], arena, &p->f[f], &why,
		    err) == -1) {
			p->f[f] = NULL;
			if (is_identity(f) || strcmp(why, INJECTION) == 0) {
				*reason = why;
				return (-1);
			}
			fu_ingest_aside(in, name, why);
		}
	}
	return (0);
}

static int
read_time(struct fu_ingest *in, const struct fu_object *o,
    struct fu_arena *arena, int64_t *us, bool *undated, const char **reason,
    struct fu_err *err)
{
	const char	*text = fu_json_scalar_text(arena, fu_json_get(o,
	    "at"));
	int64_t		 now = fu_session_now(in->session);

	*us = now;
	if ((*undated = fu_blank(text)))
		return (0);
	*reason = "bad_time";
	if (fu_time_parse(fu_str_of(text), us, err) == -1)
		return (-1);
	if (*us <= now + FU_AHEAD_MAX_US)
		return (0);
	*reason = "future";
	return (fu_err_set(err, FU_EDATA, "at %s: is in the future", text));
}

/* The member that filters match, in the words of the kind. */
static const char *
arg_of(const struct fu_object *o, enum fu_kind kind, struct fu_arena *arena)
{
	const char	*arg = fu_json_scalar_text(arena, fu_json_get(o,
	    fu_kinds[kind].arg));

	if (kind == FU_K_BOUNCE && fu_blank(arg))
		arg = fu_json_scalar_text(arena, fu_json_get(o, "code"));
	if ((kind == FU_K_MEETING || kind == FU_K_DEMO) && fu_blank(arg))
		arg = "held";
	return (fu_blank(arg) ? NULL : arg);
}

/* At most one: what it says can be read again. */
static bool
one_key(const struct fu_person *p)
{
	return ((p->f[FU_F_EMAIL] != NULL) + (p->f[FU_F_PHONE] != NULL) +
	    (p->f[FU_F_EXTERNAL_ID] != NULL) + (p->f[FU_F_VISITOR] != NULL) <=
	    1);
}

static struct fu_person *
keep_person(const struct fu_person *p, struct fu_arena *arena)
{
	struct fu_person	*copy = fu_alloc(arena, sizeof(*copy));

	for (int f = 0; f < FU_FIELD_N; f++)
		copy->f[f] = fu_dup(arena, p->f[f]);
	return (copy);
}

/* Of an opt-out, what nobody knows narrows nothing. */
static void
tell_unknown(const struct fu_ingest *in, const char *source, uint64_t line,
    const char *event, const char *member, const char *unknown)
{
	if (unknown != NULL)
		fu_say(in->session->opt, "%s:%llu: %s: %s \"%.60s\": nobody "
		    "knows it, so it is taken for all", source,
		    (unsigned long long)line, event, member, unknown);
}

int
fu_ingest_event(struct fu_ingest *in, const struct fu_object *o,
    struct fu_str input, struct fu_arena *arena, const char *source,
    uint64_t line, const char **reason, struct fu_err *err)
{
	struct fu_arena		*tmp = &in->scratch;
	struct fu_ingest_row	*row;
	struct fu_person	 p = { 0 };
	struct fu_event		 e = { 0 };
	struct fu_err		 why;
	int64_t			 given = 0;
	const char		*domain, *unknown;
	int64_t			 handoff = 0;
	bool			 slim, undated;

	fu_arena_reset(tmp);
	e.name = fu_json_text(tmp, fu_json_get(o, "event"));
	*reason = "bad_event";
	if (fu_blank(e.name) || strlen(e.name) > 60)
		return (fu_err_set(err, FU_EDATA, "event: no kind"));
	e.kind = fu_kind_find(e.name);
	e.name = e.kind != FU_K_CUSTOM ? fu_kinds[e.kind].name :
	    fu_dup(arena, e.name);
	if (e.kind == FU_K_SCORED || e.kind == FU_K_SENT)
		return (fu_err_set(err, FU_EDATA, "event %s: only fu itself "
		    "writes it", e.name));
	if (read_time(in, o, tmp, &e.at_us, &undated, reason,
	    err) == -1 ||
	    fu_ingest_check(e.kind, o, tmp, reason, err) == -1 ||
	    read_person(in, o, e.kind == FU_K_FORM, tmp, &p, reason,
	    err) == -1)
		return (-1);
	(void)fu_json_int(fu_json_get(o, "prospect"), &given);
	slim = e.kind != FU_K_FORM && given == 0 && one_key(&p);
	(void)fu_json_int(fu_json_get(o, "touch"), &e.touch);
	if (e.kind == FU_K_HANDOFF_ACCEPTED || e.kind == FU_K_RELEASED ||
	    e.kind == FU_K_TASK_DONE)
		(void)fu_json_int(fu_json_get(o, "handoff"), &handoff);
	domain = fu_json_text(arena, fu_json_get(o, "company_domain"));
	if (domain != NULL && (domain = fu_domain_parse(fu_str_of(domain),
	    arena, &why)) == NULL) {
		*reason = "bad_domain";
		return (fu_err_set(err, FU_EDATA, "%s", why.msg));
	}
	e.channel = fu_ingest_channel(e.kind, o, arena, &unknown);
	tell_unknown(in, source, line, e.name, "channel", unknown);
	(void)fu_ingest_scope(e.kind, o, tmp, &unknown);
	tell_unknown(in, source, line, e.name, "scope", unknown);
	e.from = from_of(o, e.kind, tmp);
	e.arg = e.channel != NULL && strcmp(fu_kinds[e.kind].arg,
	    "channel") == 0 ? e.channel : arg_of(o, e.kind, arena);
	e.text = fu_json_text(arena, fu_json_get(o, "text"));
	/* Without a time of its own it is the same whenever it comes. */
	e.dedup = dedup_of(o, e.name, undated ? 0 : e.at_us, tmp);
	e.body = input.ptr;
	if (e.kind == FU_K_CUSTOM)
		fu_ingest_tell_kind(in, source, line, e.name);
	row = fu_ingest_person(in, slim ? &p : keep_person(&p, arena), given,
	    arena, source, line);
	in->npeople--;
	row->is_event = true;
	row->event = e;
	if (slim) {
		row->person = NULL;
		for (size_t i = 0; i < row->nkey; i++)
			row->key[i].value = fu_dup(arena, row->key[i].value);
	}
	row->company_domain = domain;
	row->handoff = handoff;
	row->undated = undated;
	row->by_mail = fu_streq(fu_json_text(tmp, fu_json_get(o, "via")),
	    "mail");
	if (row->nkey == 0 && given == 0 && e.touch == 0 && domain == NULL &&
	    handoff == 0 && e.kind != FU_K_RESUME) {
		in->n--;
		*reason = "no_identity";
		return (fu_err_set(err, FU_EDATA, "event %s: says of nobody; "
		    "give an email, phone, external_id, visitor, touch or "
		    "company_domain", e.name));
	}
	return (0);
}

/* Written by a person to us, so that it is read. */
bool
fu_ingest_is_read(const struct fu_event *e)
{
	if (fu_blank(e->text))
		return (false);
	return (e->kind == FU_K_REPLY || e->kind == FU_K_FORM ||
	    ((e->kind == FU_K_CHAT || e->kind == FU_K_MESSAGE) &&
	    e->from == FU_FROM_PROSPECT));
}

void
fu_ingest_detect(struct fu_ingest *in, const struct fu_event *e,
    const char *answering, struct fu_signals *s)
{
	fu_detect(in->detector, e->text, e->channel != NULL ? e->channel :
	    e->kind == FU_K_REPLY ? "email" : "chat", answering, &in->scratch,
	    s);
}

/* What we had said before, where the chat that recorded it says so; most
 * events do not. */
static const char *
answering(const struct fu_event *e, struct fu_arena *arena)
{
	struct fu_object	 o;
	struct fu_err		 err;

	if (e->kind != FU_K_CHAT || e->body == NULL ||
	    strstr(e->body, "\"answering\"") == NULL ||
	    fu_json_object(arena, fu_str_of(e->body), &o, &err) == -1)
		return (NULL);
	return (fu_json_text(arena, fu_json_get(&o, "answering")));
}

/*
 * A keyword by text message is answered by machine [TC-12, TC-13], by its
 * service or by us: it is that event, and nobody's answer.  STOP within more
 * that somebody should read stays what it is, and so does HELP by WhatsApp,
 * which no machine answers.
 */
static void
keyword(struct fu_event *e, const struct fu_signals *s)
{
	bool	 sms = fu_streq(e->channel, "sms");
	bool	 more = s->n > 1 || (s->n == 1 && !fu_signals_has(s,
	    "opt_out")) || s->question != NULL || s->objection || s->erasure;

	if ((e->kind != FU_K_REPLY && e->kind != FU_K_MESSAGE) ||
	    (!sms && !fu_streq(e->channel, "whatsapp")))
		return;
	if (s->stop == FU_STOP_YES && !more)
		e->kind = FU_K_STOP;
	else if (s->stop == FU_STOP_START)
		e->kind = FU_K_START;
	else if (s->stop == FU_STOP_HELP && sms)
		e->kind = FU_K_HELP;
	e->name = fu_kinds[e->kind].name;
}

static void
read_text(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_signals *s)
{
	struct fu_event	*e = &row->event;
	struct fu_buf	 buf;
	struct fu_date	 d;
	char		 text[FU_TIME_LEN];
	int32_t		 day;

	memset(s, 0, sizeof(*s));
	if (!fu_ingest_is_read(e))
		return;
	fu_ingest_detect(in, e, answering(e, &in->scratch), s);
	if (s->timeline != NULL && s->timeline_by == NULL &&
	    fu_timeline_dated(s->timeline, e->at_us, &day)) {
		d = fu_date_of_days(day);
		s->timeline_by = fu_dup(&in->scratch, fu_date_print(d, text));
	}
	fu_buf_init(&buf);
	fu_signals_json(s, &buf);
	row->signals = e->signals = fu_dup_buf(&in->results, &buf);
	fu_buf_reset(&buf);
	fu_extracted_json(s, &buf);
	row->extracted = fu_dup_buf(&in->results, &buf);
	fu_buf_free(&buf);
	keyword(e, s);
}

/* Somebody new.  The person of a row that did not keep one is read again. */
static int
create(struct fu_ingest *in, struct fu_ingest_row *row,
    const struct fu_who *who, int64_t *id, struct fu_err *err)
{
	const struct fu_person	*kept = row->person;
	struct fu_person	*p;
	struct fu_object	 o;
	const char		*reason;
	int			 rc;

	if (kept == NULL) {
		p = fu_alloc(&in->scratch, sizeof(*p));
		if (fu_json_object(&in->scratch, fu_str_of(row->event.body),
		    &o, err) == -1 || read_person(in, &o, false, &in->scratch,
		    p, &reason, err) == -1)
			return (-1);
		row->person = p;
	}
	rc = fu_ingest_create(in, row, who, id, err);
	row->person = kept;
	return (rc);
}

/* Of a hand-off, when it names nobody. */
static int
whose_handoff(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_store		*store = &in->session->store;
	struct fu_handoff	 h;

	switch (fu_handoff_load(store, row->handoff, &in->scratch, &h, err)) {
	case -1:
		return (-1);
	case 0:
		fu_ingest_refuse(in, row, "no_handoff", "hand-off",
		    row->handoff);
		return (0);
	}
	return (fu_prospect_living(store, h.prospect, &row->event.prospect,
	    err));
}

/* "ann+news@…" opts out as "ann@…" does, whom we know [LG-02]. */
static int
whose_untagged(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_holders	 h;
	const char		*plain;

	for (size_t i = 0; i < row->nkey; i++) {
		if (row->key[i].kind != FU_ID_EMAIL)
			continue;
		plain = fu_email_suppress_key(&in->scratch, row->key[i].value);
		if (fu_identity_find(&in->session->store, FU_ID_EMAIL, plain,
		    &h, err) == -1)
			return (-1);
		if (h.n == 1)
			row->event.prospect = h.id[0];
	}
	return (0);
}

/* Whose event: by touch before address, else as any record. */
static int
whose(struct fu_ingest *in, struct fu_ingest_row *row,
    const struct fu_signals *s, struct fu_err *err)
{
	struct fu_store	*store = &in->session->store;
	struct fu_who	 who = { 0 };
	int64_t		 id = 0;
	bool		 news;
	int		 rc;

	row->event.prospect = 0;
	if (fu_ingest_thread(in, &row->event, err) == -1)
		return (-1);
	if (row->event.touch != 0) {
		rc = fu_touch_owner(store, row->event.touch, &id, err);
		if (rc == -1 || (rc == 1 && fu_prospect_living(store, id, &id,
		    err) == -1))
			return (-1);
		if (rc == 1) {
			row->event.prospect = id;
			return (0);
		}
	}
	if ((rc = fu_ingest_conversation(in, &row->event, &id, err)) != 0) {
		if (rc == -1 || fu_prospect_living(store, id, &id, err) == -1)
			return (-1);
		row->event.prospect = id;
		return (0);
	}
	if (row->nkey == 0 && row->given == 0) {
		if (row->handoff != 0)
			return (whose_handoff(in, row, err));
		if (row->company_domain == NULL && row->event.touch != 0)
			fu_ingest_refuse(in, row, "no_touch", "touch",
			    row->event.touch);
		if (row->company_domain == NULL)
			return (0);
		rc = fu_company_latest(store, row->company_domain, &id, err);
		row->event.prospect = rc == 1 ? id : 0;
		return (rc == -1 ? -1 : 0);
	}
	if (fu_ingest_who(in, row, &who, err) == -1)
		return (-1);
	if (who.id == 0) {
		if (row->nkey == 0)
			fu_ingest_refuse(in, row, "no_prospect", "prospect",
			    row->given);
		if (row->nkey == 0)
			return (0);
		if (fu_ingest_nobody(row, s))
			return (whose_untagged(in, row, err));
		/* Whoever writes to us, or is written to by a rep, is no
		 * prospect for that; nor is it ours to keep. */
		if (row->by_mail) {
			row->action = FU_ACT_NOBODY;
			return (0);
		}
		rc = create(in, row, &who, &row->event.prospect, err);
		row->action = FU_ACT_RECORDED;
		return (rc);
	}
	if (fu_ingest_join(in, row, &who, &id, err) == -1)
		return (-1);
	row->into = 0;
	row->event.prospect = id;
	/* What only opts out or bounces tells us no new address, nor does an
	 * event that names nothing but what they were found by. */
	if (fu_ingest_nobody(row, s) || row->nkey == 0 ||
	    (row->nkey == 1 && row->given == 0))
		return (0);
	row->action = FU_ACT_RECORDED;
	if (fu_ingest_fields(in, id, row->person, FU_ON_FILL, 0, NULL,
	    row->event.at_us, 0, &news, err) == -1)
		return (-1);
	return (fu_ingest_identities(in, row, &who, id, &news, err));
}

int
fu_ingest_write_event(struct fu_ingest *in, struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_event		*e = &row->event;
	struct fu_signals	 s;
	int64_t			 batch;
	bool			 recorded = false, sure;
	int			 rc;

	read_text(in, row, &s);
	sure = row->ahead && in->sure;
	if (e->kind == FU_K_CONFIRM ? fu_ingest_confirm_whose(in, row,
	    err) == -1 : !sure && whose(in, row, &s, err) == -1)
		return (-1);
	row->prospect = e->prospect;
	if (row->reject != NULL || row->action == FU_ACT_NOBODY ||
	    row->action == FU_ACT_DUPLICATE)
		return (0);
	if (in->session->opt->dry) {
		rc = fu_event_known(&in->session->store, e->prospect, e->dedup,
		    &e->id, err);
		row->action = rc == 1 ? FU_ACT_DUPLICATE : FU_ACT_RECORDED;
		return (rc == -1 ? -1 : 0);
	}
	if (fu_ingest_batch(in, false, &batch, err) == -1)
		return (-1);
	rc = !sure ? fu_event_add(&in->session->store, e, batch, &recorded,
	    err) : row->known ? 0 : fu_event_put(&in->session->store, e, batch,
	    &recorded, err);
	if (rc == -1)
		return (-1);
	row->action = recorded ? FU_ACT_RECORDED : FU_ACT_DUPLICATE;
	if (!recorded && row->undated && e->kind == FU_K_CONSENT)
		return (fu_ingest_consent_again(in, row, err));
	/* Said again, nobody knows when: it holds, whatever lifted it since. */
	return (recorded || (row->undated && (fu_ingest_opts_out(e->kind) ||
	    s.stop == FU_STOP_YES || s.objection || s.erasure)) ?
	    fu_ingest_apply(in, row, &s, err) : 0);
}
