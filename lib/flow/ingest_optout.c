/*
 * Opt-outs and consents into the ledger, by address.
 *
 * A ratchet: nothing here clears a suppression but a START from the number
 * that said STOP [TC-13].  Must never write an address.
 */
#include <string.h>

#include "record/email.h"
#include "policy/consent.h"
#include "flow/ingest_room.h"
#include "flow/privacy_mask.h"

/* CASL: how long an implied consent lasts [CA-01]. */
#define PURCHASE_YEARS	2
#define INQUIRY_MONTHS	6

/* The addresses that an act counts for: the row's and all of the person's. */
struct addresses {
	const char	*first, *last;	/* what the person is called */
	const char	**email, **phone;
	size_t		 nemail, nphone, cap_email, cap_phone;
};

static void
note(struct fu_arena *arena, const char ***list, size_t *n, size_t *cap,
    const char *value)
{
	for (size_t i = 0; i < *n; i++)
		if (strcmp((*list)[i], value) == 0)
			return;
	*list = fu_grow(arena, *list, *n, cap, sizeof(**list));
	(*list)[(*n)++] = value;
}

static int
collect(struct fu_ingest *in, int64_t id, const struct fu_ingest_row *row,
    struct addresses *a, struct fu_err *err)
{
	struct fu_arena		*arena = &in->scratch;
	struct fu_intake	 p;
	const char		**more;
	size_t			 n;
	int			 rc = 0;

	memset(a, 0, sizeof(*a));
	for (size_t i = 0; i < row->nkey; i++) {
		if (row->key[i].kind == FU_ID_EMAIL)
			note(arena, &a->email, &a->nemail, &a->cap_email,
			    row->key[i].value);
		if (row->key[i].kind == FU_ID_PHONE)
			note(arena, &a->phone, &a->nphone, &a->cap_phone,
			    row->key[i].value);
	}
	if (id == 0 || (rc = fu_intake_load(&in->session->store, id, arena, &p,
	    err)) != 1)
		return (rc);
	a->first = p.f[FU_F_FIRST_NAME];
	a->last = p.f[FU_F_LAST_NAME];
	if (p.f[FU_F_EMAIL] != NULL)
		note(arena, &a->email, &a->nemail, &a->cap_email,
		    fu_email_key(arena, p.f[FU_F_EMAIL]));
	if (p.f[FU_F_PHONE] != NULL)
		note(arena, &a->phone, &a->nphone, &a->cap_phone,
		    p.f[FU_F_PHONE]);
	if (fu_identity_extra(&in->session->store, id, FU_ID_EMAIL, arena,
	    &more, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		note(arena, &a->email, &a->nemail, &a->cap_email, more[i]);
	if (fu_identity_extra(&in->session->store, id, FU_ID_PHONE, arena,
	    &more, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		note(arena, &a->phone, &a->nphone, &a->cap_phone, more[i]);
	return (0);
}

/* Has the person agreed to that channel since?  1, 0, -1. */
static int
granted_since(struct fu_ingest *in, int64_t id, const char *channel,
    int64_t at_us, struct fu_err *err)
{
	struct fu_consent	*list;
	size_t			 n;

	if (id == 0)
		return (0);
	if (fu_consents(&in->session->store, id, &in->scratch, &list, &n,
	    err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (list[i].at_us > at_us &&
		    strcmp(list[i].status, "granted") == 0 &&
		    (strcmp(channel, "all") == 0 ||
		    strcmp(list[i].channel, channel) == 0))
			return (1);
	return (0);
}

/*
 * Is that in force already?  A file that says it again says nothing new; what
 * the person says again does, when they had agreed in between.
 */
static int
in_force(struct fu_ingest *in, int64_t id, const char *subject,
    const struct fu_optout *o, struct fu_err *err)
{
	struct fu_suppression	*list;
	size_t			 n;
	int			 rc;

	if (fu_suppressions(&in->session->store, subject,
	    strcmp(o->channel, "all") == 0 ? NULL : o->channel,
	    in->session->store.now_us, &in->scratch, &list, &n, err) == -1)
		return (-1);
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].reason, o->reason) == 0 &&
		    (strcmp(list[i].channel, o->channel) == 0 ||
		    strcmp(list[i].channel, "all") == 0)) {
			if (o->brought)
				return (1);
			rc = granted_since(in, id, o->channel, list[i].at_us,
			    err);
			return (rc == -1 ? -1 : !rc);
		}
	return (0);
}

/* Beside the database too, so that a restored copy forgets no STOP. */
static int
witness(struct fu_ingest *in, const struct fu_ledger_row *row,
    int64_t until_us, struct fu_err *err)
{
	if (in->session->store.rehearsal)
		return (0);
	if (in->witness == NULL &&
	    (in->witness = fu_witness_open(in->session, err)) == NULL)
		return (-1);
	return (fu_witness_suppression(in->witness, row, until_us, err));
}

static int
suppress(struct fu_ingest *in, int64_t id, const char *subject,
    const struct fu_optout *o, bool *news, struct fu_err *err)
{
	struct fu_ledger_row	 row = { .at_us = o->at_us, .prospect = id,
	    .subject = subject, .channel = o->channel, .event = "suppress",
	    .reason = o->reason, .rule = o->rule, .scope = o->scope,
	    .source = o->source, .evidence = o->evidence, .actor = o->actor };
	bool			 n;
	int			 rc;

	if (o->again &&
	    (rc = in_force(in, id, subject, o, err)) != 0)
		return (rc == 1 ? 0 : -1);
	if (fu_suppress(&in->session->store, &row, o->until_us, &n, err) == -1 ||
	    (n && witness(in, &row, o->until_us, err) == -1))
		return (-1);
	*news = *news || n;
	return (0);
}

int
fu_ingest_optout(struct fu_ingest *in, int64_t id,
    const struct fu_ingest_row *row, const struct fu_optout *o, bool *news,
    struct fu_err *err)
{
	const struct fu_key	*key = &in->session->keys.key[0];
	struct addresses	 a;
	char			 subject[FU_SUBJECT_LEN];

	*news = false;
	if (in->session->opt->dry)
		return (0);
	if (o->keep != 0 && id != 0 && fu_intake_optout(&in->session->store,
	    id, o->keep, o->at_us, news, err) == -1)
		return (-1);
	if (collect(in, id, row, &a, err) == -1)
		return (-1);
	for (size_t i = 0; o->emails && i < a.nemail; i++) {
		if (o->only != NULL && strcmp(o->only, a.email[i]) != 0)
			continue;
		fu_subject_email(key, a.email[i], subject);
		if (suppress(in, id, subject, o, news, err) == -1)
			return (-1);
	}
	for (size_t i = 0; o->phones && i < a.nphone; i++) {
		if (o->only != NULL && strcmp(o->only, a.phone[i]) != 0)
			continue;
		fu_subject_phone(key, a.phone[i], subject);
		if (suppress(in, id, subject, o, news, err) == -1)
			return (-1);
	}
	return (0);
}

static int
import(struct fu_ingest *in, int64_t id, const struct fu_ingest_row *row,
    struct fu_optout o, const char *kind, bool *news, struct fu_err *err)
{
	bool	 n;

	o.reason = o.reason == NULL ? "suppressed" : o.reason;
	o.source = kind == NULL ? "import" : fu_printf(&in->scratch,
	    FU_SOURCE_KEPT "%s", kind);
	o.actor = kind == NULL ? "import" : "prospect";
	o.brought = true;
	o.until_us = FU_NEVER;
	o.again = true;
	if (fu_ingest_optout(in, id, row, &o, &n, err) == -1)
		return (-1);
	*news = *news || n;
	return (0);
}

int
fu_ingest_import(struct fu_ingest *in, int64_t id,
    const struct fu_ingest_row *row, unsigned bits, int64_t at_us,
    const char *only, const char *kind, bool *news, struct fu_err *err)
{
	static const struct {
		unsigned	 bits;
		bool		 emails, phones;
		const char	*channel, *rule;
	} acts[] = {
		{ FU_OUT_ALL, true, false, "all", "CS-04" },
		{ FU_OUT_EMAIL, true, false, "email", "CS-04" },
		{ FU_OUT_ALL | FU_OUT_PHONE, false, true, "all", "TC-10" },
		{ FU_OUT_SMS, false, true, "sms", "TC-10" },
	};

	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		if ((bits & acts[i].bits) != 0 && import(in, id, row,
		    (struct fu_optout){ .channel = acts[i].channel,
		    .rule = acts[i].rule, .emails = acts[i].emails,
		    .phones = acts[i].phones, .only = only, .at_us = at_us,
		    .keep = bits }, kind, news, err) == -1)
			return (-1);
	return (0);
}

/* Opt-out columns: yes is an opt-out, no is nothing.  What an export knows to
 * bounce is the address beside it, no other. */
int
fu_ingest_columns(struct fu_ingest *in, int64_t id,
    const struct fu_ingest_row *row, bool *news, struct fu_err *err)
{
	const struct fu_person	*p = row->person;
	int64_t			 now = in->session->store.now_us;
	const char		*own = NULL;

	for (size_t i = 0; p->bounced && own == NULL && i < row->nkey; i++)
		if (row->key[i].kind == FU_ID_EMAIL && !row->key[i].more)
			own = row->key[i].value;
	if (own != NULL && import(in, id, row, (struct fu_optout){
	    .channel = "email", .reason = "hard_bounce", .rule = "EM-16",
	    .at_us = now, .emails = true, .only = own }, NULL, news,
	    err) == -1)
		return (-1);
	return (p->optout == 0 ? 0 : fu_ingest_import(in, id, row, p->optout,
	    now, NULL, NULL, news, err));
}

/*
 * Marketing on WhatsApp again: what they told WhatsApp about it is undone, but
 * nothing where any other stop stands [WA-08].
 */
static int
resume_whatsapp(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_ledger_row	 lift = { .at_us = row->event.at_us,
	    .prospect = row->event.prospect, .channel = "whatsapp",
	    .event = "lift", .reason = "lift", .rule = "WA-08",
	    .source = "whatsapp", .actor = "prospect" };
	struct fu_suppression	*list;
	char			 subject[FU_SUBJECT_LEN];
	size_t			 n, k;

	for (size_t i = 0; i < row->nkey; i++) {
		if (row->key[i].kind != FU_ID_PHONE)
			continue;
		fu_subject_phone(&in->session->keys.key[0], row->key[i].value,
		    subject);
		if (fu_suppressions(&in->session->store, subject, "whatsapp",
		    in->session->store.now_us, &in->scratch, &list, &n,
		    err) == -1)
			return (-1);
		for (k = 0; k < n && strcmp(list[k].rule, "WA-08") == 0; k++)
			;
		lift.subject = subject;
		if (n > 0 && k == n && fu_lift(&in->session->store, &lift,
		    err) == -1)
			return (-1);
	}
	return (0);
}

/* START, from the number itself: what STOP by SMS did is undone. */
int
fu_ingest_start(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	struct fu_ledger_row	 lift = { .at_us = row->event.at_us,
	    .prospect = row->event.prospect, .channel = "sms", .event = "lift",
	    .reason = "lift", .rule = "TC-13", .source = "sms",
	    .actor = "prospect" };
	struct fu_suppression	*list;
	struct fu_consent	*c;
	char			 subject[FU_SUBJECT_LEN];
	size_t			 n, nc;
	bool			 complete = false, stopped = false;

	if (fu_streq(row->event.channel, "whatsapp"))
		return (resume_whatsapp(in, row, err));
	if (fu_consents(&in->session->store, row->event.prospect,
	    &in->scratch, &c, &nc, err) == -1)
		return (-1);
	for (size_t i = 0; i < nc; i++)
		if (strcmp(c[i].channel, "sms") == 0)
			complete = c[i].complete &&
			    strcmp(c[i].status, "granted") == 0;
	for (size_t i = 0; i < row->nkey; i++) {
		if (row->key[i].kind != FU_ID_PHONE || !complete)
			continue;
		fu_subject_phone(&in->session->keys.key[0], row->key[i].value,
		    subject);
		if (fu_suppressions(&in->session->store, subject, "sms",
		    in->session->store.now_us, &in->scratch, &list, &n,
		    err) == -1)
			return (-1);
		for (size_t k = 0; k < n; k++)
			stopped = stopped || (strcmp(list[k].rule, "TC-03") ==
			    0 && strcmp(list[k].reason, "suppressed") == 0);
		lift.subject = subject;
		if (stopped && fu_lift(&in->session->store, &lift, err) == -1)
			return (-1);
	}
	return (0);
}

static bool
yes(const struct fu_object *o, const char *name)
{
	bool	 value;

	return (fu_json_bool(fu_json_get(o, name), &value) && value);
}

/* All that the law asks of a consent for that channel [GD-03, TC-01]; of the
 * seller what is kept. */
static bool
complete(const struct fu_ingest *in, const struct fu_object *o,
    const char *channel, const char *seller, struct fu_arena *arena)
{
	const char	*wording = fu_json_text(arena, fu_json_get(o,
	    "wording"));

	if (yes(o, "preticked") || fu_blank(wording))
		return (false);
	if (strcmp(channel, "sms") != 0 && strcmp(channel, "whatsapp") != 0 &&
	    strcmp(channel, "voice") != 0)
		return (true);
	/* Written, and by what: a box, a reply, a paper is the signature. */
	return (yes(o, "written") && yes(o, "automated") &&
	    yes(o, "not_condition") &&
	    !fu_blank(fu_json_text(arena, fu_json_get(o, "method"))) &&
	    fu_consent_names(seller, in->session->config.company.name,
	    arena) && fu_detect_automated(in->detector, wording, arena));
}

/* The same day so many months on, or the month's last. */
static int64_t
months_on(int64_t at_us, int months)
{
	int32_t		 days = (int32_t)(at_us / FU_DAY);
	struct fu_date	 d = fu_date_of_days(days);
	int		 m = d.month - 1 + months, len;

	d.year = (int16_t)(d.year + m / 12);
	d.month = (int8_t)(m % 12 + 1);
	len = fu_month_length(d.year, d.month);
	if (d.day > len)
		d.day = (int8_t)len;
	return (fu_date_days(d) * FU_DAY + at_us % FU_DAY);
}

/* Until when the law infers it. */
static int64_t
expires_of(const char *implied, int64_t at_us)
{
	if (fu_streq(implied, "purchase"))
		return (months_on(at_us, 12 * PURCHASE_YEARS));
	if (fu_streq(implied, "inquiry"))
		return (months_on(at_us, INQUIRY_MONTHS));
	return (FU_NEVER);
}

static void
whose(const struct addresses *a, struct fu_arena *arena, struct fu_own *own)
{
	fu_own_init(own, arena);
	fu_own_name(own, a->first, a->last);
	for (size_t i = 0; i < a->nphone; i++)
		fu_own_number(own, a->phone[i]);
	for (size_t i = 0; i < a->nemail; i++) {
		fu_own_email(own, a->email[i]);
		fu_own_word(own, fu_printf(arena, "%.*s",
		    (int)strcspn(a->email[i], "+@"), a->email[i]));
	}
}

/* "en", "pt-BR", "de_DE.UTF-8"; what is no language is a word of theirs. */
static const char *
locale_of(struct fu_ingest *in, const struct fu_object *o,
    struct fu_arena *arena)
{
	const char	*text = fu_json_text(arena, fu_json_get(o, "locale"));
	const char	*tag;

	if (fu_blank(text))
		return (NULL);
	tag = fu_language_find(in->norm.places, arena, (struct fu_str){ text,
	    strcspn(text, ".@") });
	if (tag == NULL)
		fu_ingest_aside(in, "locale", "bad_language");
	return (tag);
}

/*
 * What it carries, for the chain, which outlives an erasure: nothing that can
 * hold an address of the person.
 */
static const char *
detail_of(struct fu_ingest *in, const struct fu_object *o,
    const char *channel, int64_t at_us, const struct fu_own *own,
    struct fu_arena *arena)
{
	static const char *const	 flag[] = { "written", "automated",
		"not_condition", "preticked" };
	const char			*implied = fu_json_text(arena,
	    fu_json_get(o, "implied")), *seller, *text;
	struct fu_buf			 buf;
	struct fu_jw			 jw;
	int64_t				 expires = expires_of(implied, at_us);
	bool				 value;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	seller = fu_mask_fact(own, fu_json_text(arena, fu_json_get(o,
	    "seller")), arena);
	fu_jw_bool(&jw, "complete", complete(in, o, channel, seller,
	    arena));
	for (size_t i = 0; i < sizeof(flag) / sizeof(*flag); i++)
		if (fu_json_bool(fu_json_get(o, flag[i]), &value))
			fu_jw_bool(&jw, flag[i], value);
	if (seller != NULL)
		fu_jw_str(&jw, "seller", seller);
	if ((text = locale_of(in, o, arena)) != NULL)
		fu_jw_str(&jw, "locale", text);
	if ((text = fu_mask_page(own, fu_json_text(arena, fu_json_get(o,
	    "page")), arena)) != NULL)
		fu_jw_str(&jw, "page", text);
	if (!fu_blank(implied))
		fu_jw_str(&jw, "implied", implied);
	if (expires != FU_NEVER)
		fu_jw_time(&jw, "expires", expires);
	fu_jw_object_end(&jw);
	text = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (text);
}

int
fu_ingest_consent(struct fu_ingest *in, const struct fu_ingest_row *row,
    bool *news, struct fu_err *err)
{
	struct fu_arena		*arena = &in->scratch;
	const struct fu_key	*key = &in->session->keys.key[0];
	const struct fu_object	*o = row->object;
	struct fu_ledger_row	 r = { .at_us = row->event.at_us,
	    .prospect = row->event.prospect, .event = "consent",
	    .reason = "consent", .rule = "GD-03", .actor = "prospect" };
	const char		*wording;
	struct addresses	 a;
	struct fu_own		 own;
	char			 subject[FU_SUBJECT_LEN] = "";

	*news = false;
	if (collect(in, row->event.prospect, row, &a, err) == -1)
		return (-1);
	whose(&a, arena, &own);
	r.channel = row->event.channel;
	r.status = fu_json_text(arena, fu_json_get(o, "status"));
	r.purpose = fu_mask_fact(&own, fu_json_text(arena, fu_json_get(o,
	    "purpose")), arena);
	r.source = fu_json_text(arena, fu_json_get(o, "method"));
	r.basis = fu_blank(fu_json_text(arena, fu_json_get(o, "implied"))) ?
	    "consent" : "implied";
	r.detail = detail_of(in, o, r.channel, r.at_us, &own, arena);
	wording = fu_json_text(arena, fu_json_get(o, "wording"));
	if (strcmp(r.channel, "email") == 0 && a.nemail > 0)
		fu_subject_email(key, a.email[0], subject);
	else if (a.nphone > 0)
		fu_subject_phone(key, a.phone[0], subject);
	else if (a.nemail > 0)
		fu_subject_email(key, a.email[0], subject);
	r.subject = subject;
	return (fu_consent_add(&in->session->store, &r,
	    fu_blank(wording) ? NULL : wording, news, err));
}

/* Was a channel shut at or after that instant, by one of their addresses? */
static int
shut_since(struct fu_ingest *in, const struct addresses *a,
    const char *channel, int64_t at_us, bool *shut, struct fu_err *err)
{
	bool			 mail = strcmp(channel, "email") == 0;
	struct fu_suppression	*list;
	char			 subject[FU_SUBJECT_LEN];
	size_t			 n;

	for (size_t i = 0; i < (mail ? a->nemail : a->nphone); i++) {
		if (mail)
			fu_subject_email(&in->session->keys.key[0],
			    a->email[i], subject);
		else
			fu_subject_phone(&in->session->keys.key[0],
			    a->phone[i], subject);
		if (fu_suppressions(&in->session->store, subject, channel,
		    in->session->store.now_us, &in->scratch, &list, &n,
		    err) == -1)
			return (-1);
		for (size_t k = 0; k < n; k++)
			*shut = *shut || list[k].at_us >= at_us;
	}
	return (0);
}

int
fu_ingest_consent_again(struct fu_ingest *in, const struct fu_ingest_row *row,
    struct fu_err *err)
{
	const struct fu_event	*e = &row->event;
	struct fu_consent	*c;
	struct fu_object	 o;
	struct addresses	 a;
	size_t			 n, i;
	bool			 over = false;

	if (fu_json_object(&in->scratch, fu_str_of(e->body), &o, err) == -1 ||
	    fu_consents(&in->session->store, e->prospect, &in->scratch, &c, &n,
	    err) == -1 || collect(in, e->prospect, row, &a, err) == -1)
		return (-1);
	if (!fu_streq(fu_json_text(&in->scratch, fu_json_get(&o, "status")),
	    "granted"))
		return (0);
	for (i = 0; i < n && !fu_streq(c[i].channel, e->channel); i++)
		continue;
	if (i < n && !fu_streq(c[i].status, "granted"))
		over = true;
	else if (i < n && shut_since(in, &a, c[i].channel, c[i].at_us, &over,
	    err) == -1)
		return (-1);
	if (over)
		fu_say(in->session->opt, "%s:%llu: consent to %s: it was "
		    "withdrawn since this was said first, and a file that is "
		    "read twice says no more: where they agreed anew, write "
		    "when, as at", row->source, (unsigned long long)row->line,
		    e->channel);
	return (0);
}
