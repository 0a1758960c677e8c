/*
 * What a person gave us and may take along [GDPR Art. 20].
 *
 * Must never give what an operator or a list said of them: a field counts only
 * where somebody can see that it came from the person.
 */
#include <string.h>

#include "flow/privacy_room.h"
#include "record/email.h"
#include "record/fields.h"
#include "store/history.h"
#include "store/intake.h"

#define BIT(f) (UINT64_C(1) << (f))
/* What we say of people, whoever brought the file. */
#define OURS (BIT(FU_F_EXTERNAL_SYSTEM) | BIT(FU_F_EXTERNAL_ID) | \
    BIT(FU_F_SEGMENT) | BIT(FU_F_OWNER) | BIT(FU_F_SOURCE) | \
    BIT(FU_F_STAGE) | BIT(FU_F_BASIS) | BIT(FU_F_SUBSCRIBER) | \
    BIT(FU_F_JOB_FIT) | BIT(FU_F_COLLECTED) | BIT(FU_F_COLLECTED_AT) | \
    BIT(FU_F_NOTICE_AT) | BIT(FU_F_DNC) | BIT(FU_F_DNC_CHECKED_AT) | \
    BIT(FU_F_REASSIGNED_CHECKED_AT) | BIT(FU_F_SALE_AT) | \
    BIT(FU_F_OPTOUT_OFFERED) | BIT(FU_F_SCORE))
/* Of a chat or a reply who they are is theirs, of a form all members. */
#define IDENTITY (BIT(FU_F_EMAIL) | BIT(FU_F_PHONE) | BIT(FU_F_VISITOR))

/* Words of theirs, not ones that a rep or a program noted of them. */
static bool
is_theirs(const struct fu_event *e)
{
	return (fu_event_inbound(e) && e->kind != FU_K_CALL &&
	    e->kind != FU_K_MEETING && e->kind != FU_K_DEMO);
}

static bool
tells(const struct fu_event *e)
{
	return (e->body != NULL && is_theirs(e) && (e->kind == FU_K_FORM ||
	    e->kind == FU_K_CHAT || e->kind == FU_K_REPLY ||
	    e->kind == FU_K_MESSAGE));
}

/* Is that what stands in the record? */
static bool
same(struct fu_exporter *x, enum fu_field f, const char *value)
{
	const char	*have = x->person.p.person.f[f];

	if (f == FU_F_EMAIL && have != NULL)
		return (strcmp(fu_email_key(&x->arena, have),
		    fu_email_key(&x->arena, value)) == 0);
	return (fu_streq(have, value));
}

/* Fields whose value is one that an event of theirs brought. */
static uint64_t
told_by_events(struct fu_exporter *x, const struct fu_norm *norm)
{
	const char	*const *record = x->person.p.person.f;
	uint64_t	 mask = 0;

	for (size_t i = 0; i < x->person.nevent; i++) {
		const struct fu_event	*e = &x->person.event[i];
		struct fu_object	 o;
		const char		*text, *value, *reason;
		int			 f;

		if (!tells(e) || fu_json_object(&x->arena, fu_str_of(e->body),
		    &o, NULL) == -1)
			continue;
		for (size_t k = 0; k < o.n; k++) {
			f = fu_field_find(fu_dup_str(&x->arena,
			    o.member[k].key));
			text = fu_json_scalar_text(&x->arena,
			    &o.member[k].value);
			if (f == -1 || fu_blank(text) || (e->kind != FU_K_FORM &&
			    (BIT(f) & IDENTITY) == 0) || fu_value_canon(norm,
			    (enum fu_field)f, fu_str_of(text),
			    record[FU_F_COUNTRY], &x->arena, &value, &reason,
			    NULL) == -1)
				continue;
			if (same(x, (enum fu_field)f, value))
				mask |= BIT(f);
		}
	}
	return (mask);
}

/* The latest batch that gave the field; NULL when none did. */
static const struct fu_given *
giver(const struct fu_given *g, size_t n, int field)
{
	const struct fu_given	*last = NULL;

	for (size_t i = 0; i < n; i++)
		if ((g[i].fields & BIT(field)) != 0 &&
		    (last == NULL || g[i].batch > last->batch))
			last = &g[i];
	return (last);
}

/*
 * Fields that a batch gave which is sure to be one of theirs: what their own
 * texts said, or the batch that says how the record was collected, if
 * that is from themselves.  Of a batch that does not say so nobody knows it.
 */
static uint64_t
told_by_batches(struct fu_exporter *x, const struct fu_given *g, size_t n)
{
	const char		*how = x->person.p.person.f[FU_F_COLLECTED];
	const struct fu_given	*direct = NULL, *last;
	uint64_t		 mask = 0;

	if (fu_streq(how, "direct") || fu_streq(how, "chat"))
		direct = giver(g, n, FU_F_COLLECTED);
	for (int f = 0; f < FU_FIELD_N; f++) {
		last = giver(g, n, f);
		if (last != NULL && ((direct != NULL &&
		    last->batch == direct->batch) ||
		    fu_streq(last->name, FU_BATCH_TOLD)))
			mask |= BIT(f);
	}
	return (mask);
}

/* Did a form or a chat of theirs bring that column, with that value? */
static bool
told_column(struct fu_exporter *x, const struct fu_member *column)
{
	const char	*value = fu_json_scalar_text(&x->arena,
	    &column->value), *text;

	for (size_t i = 0; i < x->person.nevent; i++) {
		const struct fu_event	*e = &x->person.event[i];
		struct fu_object	 o;

		if (!tells(e) || fu_json_object(&x->arena, fu_str_of(e->body),
		    &o, NULL) == -1)
			continue;
		/* The first question of a text is kept under that name. */
		if (fu_str_is(column->key, "question") && e->text != NULL &&
		    value != NULL && strstr(e->text, value) != NULL)
			return (true);
		for (size_t k = 0; k < o.n; k++) {
			if (!fu_str_is_nocase(o.member[k].key, fu_dup_str(
			    &x->arena, column->key)))
				continue;
			text = fu_json_scalar_text(&x->arena,
			    &o.member[k].value);
			if (fu_str_same(o.member[k].value.raw,
			    column->value.raw) || (value != NULL &&
			    fu_streq(text, value)))
				return (true);
		}
	}
	return (false);
}

static void
put_columns(struct fu_exporter *x)
{
	const char		*attrs = x->person.p.attrs_json;
	struct fu_object	 o;

	if (attrs == NULL || fu_json_object(&x->arena, fu_str_of(attrs), &o,
	    NULL) == -1)
		return;
	fu_jw_object(&x->jw, "custom");
	for (size_t i = 0; i < o.n; i++)
		if (told_column(x, &o.member[i]))
			fu_mask_json(&x->own, &x->jw, fu_dup_str(&x->arena,
			    o.member[i].key), o.member[i].value.raw, true);
	fu_jw_object_end(&x->jw);
}

static int
put_person(struct fu_exporter *x, struct fu_err *err)
{
	const char *const	*f = x->person.p.person.f;
	struct fu_given		*g;
	struct fu_norm		 norm = { 0 };
	uint64_t		 mask;
	size_t			 n;

	if (fu_given_of(&x->session->store, x->person.p.id, &x->arena, &g, &n,
	    err) == -1 || fu_norm_open(&norm, x->session->config.rules_dir,
	    err) == -1)
		return (-1);
	mask = told_by_events(x, &norm) | told_by_batches(x, g, n);
	fu_norm_close(&norm);
	fu_jw_object(&x->jw, "person");
	for (int i = 0; i < FU_FIELD_N; i++)
		if (f[i] != NULL && (BIT(i) & mask & ~OURS) != 0)
			fu_jw_str(&x->jw, fu_fields[i].name, fu_mask(&x->own,
			    f[i], &x->arena));
	put_columns(x);
	fu_jw_object_end(&x->jw);
	return (0);
}

/* Why there is nothing to take along. */
static const char *
why_not(struct fu_arena *arena, const char *basis)
{
	static const char *const	 words[][2] = {
		{ "li", "on legitimate interest" },
		{ "soft_optin", "after a sale, without a consent" },
		{ "request", "to answer a request" },
	};

	const char			*ground =
	    "on no basis that is on record";

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (fu_streq(basis, words[i][0]))
			ground = words[i][1];
	return (fu_printf(arena, "The right to take data along is one to data "
	    "that a person gave and that is kept by consent or for a contract "
	    "(Art. 20 GDPR); this data is kept %s.  A copy of all of it is "
	    "what fu-privacy export gives (Art. 15).", ground));
}

int
fu_export_portable(struct fu_exporter *x, struct fu_err *err)
{
	const char		*basis = x->person.p.person.f[FU_F_BASIS];
	const struct fu_case	*c = &x->person;

	fu_export_controller(x);
	fu_jw_str(&x->jw, "basis", basis);
	if (!fu_streq(basis, "consent") && !fu_streq(basis, "contract")) {
		fu_jw_str(&x->jw, "why", why_not(&x->arena, basis));
		fu_export_notes(x);
		return (0);
	}
	if (put_person(x, err) == -1 || fu_export_ledger(x, true, err) == -1)
		return (-1);
	fu_jw_array(&x->jw, "events");
	for (size_t i = 0; i < c->nevent; i++)
		if (is_theirs(&c->event[i]))
			fu_export_event(x, &c->event[i], true);
	fu_jw_array_end(&x->jw);
	fu_export_notes(x);
	return (0);
}
