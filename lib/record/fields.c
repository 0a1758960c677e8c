/*
 * A row becomes a person; a record does in fields_json.c, by the same takers.
 *
 * Every cell ends as a field, as an attribute or as an opt-out, and what could
 * not be its field is counted.  Never clears an opt-out, never reads consent.
 */
#include "record/fields_room.h"

#include <string.h>

#include "record/email.h"
#include "record/memo.h"

void
fu_take_raw(struct fu_taker *t, const char *name, struct fu_str raw)
{
	struct fu_person *p = &t->out->person;

	for (size_t i = 0; i < p->nattr; i++)
		if (strcmp(p->attr[i].name, name) == 0)
			return;
	p->attr = fu_grow(t->arena, p->attr, p->nattr, &t->cap_attr,
	    sizeof(*p->attr));
	p->attr[p->nattr++] = (struct fu_attr){ name, raw };
}

/* As a JSON string, straight into the arena: every cell comes through here. */
void
fu_take_text(struct fu_taker *t, const char *name, struct fu_str s)
{
	struct fu_buf buf;
	char *raw;
	size_t i;

	for (i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] < ' ' || s.ptr[i] == '"' ||
		    s.ptr[i] == '\\')
			break;
	if (i == s.len) {
		raw = fu_alloc(t->arena, s.len + 3);
		raw[0] = '"';
		memcpy(raw + 1, s.ptr, s.len);
		raw[s.len + 1] = '"';
		fu_take_raw(t, name, (struct fu_str){ raw, s.len + 2 });
		return;
	}
	fu_buf_init(&buf);
	fu_json_quote(&buf, s);
	fu_take_raw(t, name, fu_str_of(fu_dup_buf(t->arena, &buf)));
	fu_buf_free(&buf);
}

/* A column that is no attribute of theirs: out it comes again as it was. */
static void
tell(struct fu_taker *t, const char *name, struct fu_str s)
{
	struct fu_person *p = &t->out->person;
	struct fu_buf buf;

	for (size_t i = 0; i < p->ntold; i++)
		if (strcmp(p->told[i].name, name) == 0)
			return;
	fu_buf_init(&buf);
	fu_json_quote(&buf, s);
	p->told = fu_grow(t->arena, p->told, p->ntold, &t->cap_told,
	    sizeof(*p->told));
	p->told[p->ntold++] = (struct fu_attr){ name,
		fu_str_of(fu_dup_buf(t->arena, &buf)) };
	fu_buf_free(&buf);
}

void
fu_take_aside(struct fu_taker *t, int field, const char *header,
    const char *attr, struct fu_str s, const char *reason,
    const struct fu_err *err)
{
	struct fu_taken *out = t->out;

	out->aside = fu_grow(t->arena, out->aside, out->naside,
	    &t->cap_aside, sizeof(*out->aside));
	out->aside[out->naside++] = (struct fu_aside){ field, header,
	    fu_dup_str(t->arena, s), reason };
	if (t->fault[field] == NULL && err != NULL)
		t->fault[field] = fu_dup(t->arena, err->msg);
	if (strcmp(reason, FU_HEADER_INJECTION) == 0 && out->reject == NULL) {
		out->reject = FU_HEADER_INJECTION;
		out->detail = fu_printf(t->arena, "%s: a line break or NUL, "
		    "which could get into the header of a mail", header);
	}
	fu_take_text(t, attr, s);
}

static void
add_email(struct fu_taker *t, const char *email, bool more)
{
	struct fu_person *p = &t->out->person;
	const char *key = fu_email_key(t->arena, email);

	if (p->f[FU_F_EMAIL] == NULL && !more) {
		p->f[FU_F_EMAIL] = email;
		return;
	}
	if (p->f[FU_F_EMAIL] != NULL && strcmp(key,
	    fu_email_key(t->arena, p->f[FU_F_EMAIL])) == 0)
		return;
	for (size_t i = 0; i < p->nmore_emails; i++)
		if (strcmp(key, fu_email_key(t->arena,
		    p->more_emails[i])) == 0)
			return;
	p->more_emails = fu_grow(t->arena, p->more_emails, p->nmore_emails,
	    &t->cap_emails, sizeof(*p->more_emails));
	p->more_emails[p->nmore_emails++] = email;
}

static void
take_emails(struct fu_taker *t, const struct fu_column *c, struct fu_str s,
    bool more)
{
	struct fu_err err = { 0 };
	const char **list;
	size_t n;

	if (fu_breaks_header(FU_F_EMAIL, s)) {
		fu_take_aside(t, FU_F_EMAIL, c->header, c->attr, s,
		    FU_HEADER_INJECTION, NULL);
		return;
	}
	if (fu_email_cell(s, t->arena, &list, &n, &err) > 0)
		fu_take_aside(t, FU_F_EMAIL, c->header, c->attr, s, "bad_email",
		    &err);
	for (size_t i = 0; i < n; i++)
		add_email(t, list[i], more);
}

static bool
add_phone(struct fu_taker *t, const char *phone, bool more)
{
	struct fu_person *p = &t->out->person;

	if (p->f[FU_F_PHONE] == NULL && !more) {
		p->f[FU_F_PHONE] = phone;
		return (true);
	}
	if (fu_streq(p->f[FU_F_PHONE], phone))
		return (false);
	for (size_t i = 0; i < p->nmore_phones; i++)
		if (strcmp(p->more_phones[i], phone) == 0)
			return (false);
	p->more_phones = fu_grow(t->arena, p->more_phones, p->nmore_phones,
	    &t->cap_phones, sizeof(*p->more_phones));
	p->more_phones[p->nmore_phones++] = phone;
	return (false);
}

/* Numbers of one cell, separated by ';' ',' a new line or " / ".  The text of
 * those that do not become the field is kept as well: its header says which
 * number it is. */
static void
take_phones(struct fu_taker *t, const struct fu_column *c, struct fu_str s,
    bool more)
{
	struct fu_str rest = s;
	bool kept = false, bad = false;
	struct fu_err err = { 0 };

	while (rest.len > 0) {
		struct fu_phone phone;
		struct fu_str piece = rest;
		size_t n = 0, skip = 1;

		for (; n < rest.len; n++) {
			if (memchr(",;\n|", rest.ptr[n], 4) != NULL &&
			    !(rest.len - n > 4 &&
			    strncasecmp(rest.ptr + n, ";ext", 4) == 0))
				break;
			if (rest.len - n >= 3 &&
			    memcmp(rest.ptr + n, " / ", 3) == 0) {
				skip = 3;
				break;
			}
		}
		piece.len = n;
		n = n + skip < rest.len ? n + skip : rest.len;
		rest.ptr += n;
		rest.len -= n;
		piece = fu_str_trim(piece);
		if (piece.len == 0)
			continue;
		if (fu_phone_parse(t->norm->phones, piece, t->country, &phone,
		    bad ? NULL : &err) != 0) {
			bad = true;
			continue;
		}
		if (!add_phone(t, fu_dup(t->arena, phone.e164), more))
			kept = true;
		else if (phone.extension[0] != '\0')
			fu_take_text(t, "phone extension",
			    fu_str_of(phone.extension));
	}
	if (bad)
		fu_take_aside(t, FU_F_PHONE, c->header, c->attr, s, "bad_phone",
		    &err);
	else if (kept)
		fu_take_text(t, c->attr, s);
}

/* Anything but a plain no is an opt-out: it may be a date or a word. */
static bool
says_no(struct fu_str s)
{
	static const char *const no[] = { "no", "n", "false", "f", "0", "0.0",
		"off", "-", "none", "null", "n/a", "subscribed", "opted in",
		"opted-in", "opt-in", "not opted out", "not unsubscribed",
		"never", "active", "enabled", "select", "allow", "allowed",
		"nein", "non", "nee" };

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (fu_str_is_nocase(s, no[i]))
			return (true);
	return (false);
}

/* An opt-out, unless it is a no, a link to opt out by, or, in a column that
 * says when, no date. */
static bool
says_optout(const struct fu_column *c, struct fu_str s)
{
	static const char *const yes[] = { "yes", "y", "true", "t", "x" };

	if (says_no(s) || memmem(s.ptr, s.len, "://", 3) != NULL)
		return (false);
	for (size_t i = 0; c->soft && i < s.len; i++)
		if (s.ptr[i] >= '1' && s.ptr[i] <= '9')
			return (true);
	for (size_t i = 0; c->soft && i < sizeof(yes) / sizeof(yes[0]); i++)
		if (fu_str_is_nocase(s, yes[i]))
			return (true);
	return (!c->soft);
}

/* A plain no to "subscribed?", which is more than no yes. */
static bool
says_plain_no(struct fu_str s)
{
	static const char *const no[] = { "no", "n", "false", "f", "0", "0.0",
		"off", "nein", "non", "nee" };

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (fu_str_is_nocase(s, no[i]))
			return (true);
	return (false);
}

/* "Unsubscribed", "Opted out", "blocklisted" in a status of any kind. */
static bool
says_unsubscribed(struct fu_str s)
{
	static const char *const words[] = { "unsubscribed", "opted out",
		"opted-out", "opt-out", "optout", "blocklisted", "blacklisted",
		"do not contact", "do not email", "cleaned", "complained",
		"no consent", "no_consent", "not subscribed" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (fu_str_is_nocase(s, words[i]))
			return (true);
	return (false);
}

/* In the words of a mail status: it bounced for good. */
static bool
says_bounced(struct fu_str s)
{
	static const char *const words[] = { "bounced", "hard bounced",
		"hard bounce", "hard-bounced", "hardbounce", "invalid",
		"undeliverable", "cleaned" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (fu_str_is_nocase(s, words[i]))
			return (true);
	return (false);
}

static bool
is_linkedin(struct fu_str s)
{
	return (memmem(s.ptr, s.len, "linkedin.com", 12) != NULL);
}

/* A whole cell as the range that company_size was read from. */
static bool
is_range(struct fu_str s)
{
	return (memchr(s.ptr, '-', s.len) != NULL ||
	    memchr(s.ptr, '+', s.len) != NULL);
}

static bool
is_memoised(int field)
{
	switch (fu_fields[field].type) {
	case FU_FT_COUNTRY:
	case FU_FT_REGION:
	case FU_FT_ZONE:
	case FU_FT_LANGUAGE:
	case FU_FT_TIME:
		return (true);
	default:
		return (false);
	}
}

static int
canon(struct fu_taker *t, int field, struct fu_str s, struct fu_memo *memo,
    const char **value, const char **reason, struct fu_err *err)
{
	const char *country = t->country != NULL ? t->country : "";
	bool use = memo != NULL && s.len < FU_MEMO_MAX && is_memoised(field);

	if (use && memo->inlen == s.len && s.len > 0 &&
	    memcmp(memo->in, s.ptr, s.len) == 0 &&
	    strcmp(memo->country, country) == 0) {
		*value = fu_dup(t->arena, memo->out);
		return (0);
	}
	if (fu_value_canon(t->norm, (enum fu_field)field, s, t->country,
	    t->arena, value, reason, err) != 0)
		return (-1);
	if (use && strlen(*value) < FU_MEMO_MAX && strlen(country) < 3) {
		memcpy(memo->in, s.ptr, s.len);
		memo->inlen = s.len;
		strcpy(memo->country, country);
		strcpy(memo->out, *value);
	}
	return (0);
}

/* Of a region that is there once, where no country is said nor meant. */
static void
take_country(struct fu_taker *t, struct fu_str region)
{
	const char *country = fu_region_country(t->norm->places, region);

	if (country != NULL && t->fault[FU_F_COUNTRY] == NULL)
		t->country = t->out->person.f[FU_F_COUNTRY] =
		    fu_dup(t->arena, country);
}

/*
 * Of a field's column, what is no value of that field: a salutation is no job,
 * a LinkedIn page no company's site, and a no under "dnc" no look into a
 * register.
 */
static bool
is_other(int field, struct fu_str s, const char *value)
{
	return ((field == FU_F_TITLE && fu_is_salutation(s)) ||
	    (field == FU_F_WEBSITE && is_linkedin(s)) ||
	    (field == FU_F_DNC && fu_streq(value, "clear") &&
	    !fu_str_is_nocase(s, value)));
}

static void
take_field(struct fu_taker *t, const struct fu_column *c, int field,
    struct fu_str s, struct fu_memo *memo)
{
	struct fu_person *p = &t->out->person;
	const char *value, *reason;
	struct fu_err err = { 0 };

	if (field == FU_F_REGION && t->country == NULL)
		take_country(t, s);
	if (canon(t, field, s, memo, &value, &reason, &err) != 0) {
		if (c->soft)
			fu_take_text(t, c->attr, s);
		else
			fu_take_aside(t, field, c->header, c->attr, s, reason,
			    &err);
		return;
	}
	if (is_other(field, s, value)) {
		fu_take_text(t, c->attr, s);
		return;
	}
	if (field == FU_F_STAGE && says_unsubscribed(s))
		p->optout |= FU_OUT_EMAIL;
	/* "Listed" is what a register says; a yes is what the person said. */
	if (field == FU_F_DNC && fu_streq(value, "listed") &&
	    !fu_str_is_nocase(s, value))
		p->optout |= FU_OUT_CALLS;
	if (p->f[field] != NULL) {
		if (strcmp(p->f[field], value) != 0)
			fu_take_text(t, c->attr, s);
		return;
	}
	p->f[field] = value;
	if (field == FU_F_COUNTRY)
		t->country = value;
	if (field == FU_F_BUDGET && fu_number_money(s) != NULL)
		fu_take_text(t, "budget_currency",
		    fu_str_of(fu_number_money(s)));
	if (field == FU_F_COMPANY_SIZE && is_range(s))
		fu_take_text(t, "company size range", s);
}

static unsigned
optout_bit(int target)
{
	switch (target) {
	case FU_T_OPTOUT_EMAIL:
		return (FU_OUT_EMAIL);
	case FU_T_OPTOUT_PHONE:
		return (FU_OUT_CALLS);
	case FU_T_OPTOUT_SMS:
		return (FU_OUT_SMS);
	default:
		return (FU_OUT_ALL);
	}
}

void
fu_take_cell(struct fu_taker *t, const struct fu_column *c, struct fu_str s,
    struct fu_memo *memo)
{
	struct fu_person *p = &t->out->person;
	const char *name, *reason;

	s = fu_unquote(fu_str_trim(s));
	if (s.len == 0)
		return;
	switch (c->target) {
	case FU_T_ATTR:
		fu_take_text(t, c->attr, s);
		return;
	case FU_T_SKIP:
		return;
	case FU_T_NAME:
		if (t->name != NULL)
			fu_take_text(t, c->attr, s);
		else if (fu_value_canon(t->norm, FU_F_LAST_NAME, s, NULL,
		    t->arena, &name, &reason, NULL) != 0)
			fu_take_aside(t, FU_F_LAST_NAME, c->header, c->attr, s,
			    reason, NULL);
		else {
			t->name = name;
			t->name_header = c->attr;
		}
		return;
	case FU_F_EMAIL:
	case FU_T_MORE_EMAIL:
		take_emails(t, c, s, c->target == FU_T_MORE_EMAIL);
		return;
	case FU_F_PHONE:
	case FU_T_MORE_PHONE:
		take_phones(t, c, s, c->target == FU_T_MORE_PHONE);
		return;
	case FU_T_URL:
		take_field(t, c, is_linkedin(s) ? FU_F_LINKEDIN :
		    FU_F_WEBSITE, s, NULL);
		return;
	case FU_T_SPREAD:
		fu_take_spread(t, c, s);
		return;
	case FU_T_OPTOUT_EMAIL:
	case FU_T_OPTOUT_PHONE:
	case FU_T_OPTOUT_SMS:
	case FU_T_OPTOUT_ALL:
		if (says_optout(c, s))
			p->optout |= optout_bit(c->target);
		tell(t, c->attr, s);
		return;
	case FU_T_OPTIN_EMAIL:
		if (says_plain_no(s) || says_unsubscribed(s))
			p->optout |= FU_OUT_EMAIL;
		tell(t, c->attr, s);
		return;
	case FU_T_MAIL_STATUS:
		if (says_unsubscribed(s))
			p->optout |= FU_OUT_EMAIL;
		p->bounced = p->bounced || says_bounced(s);
		fu_take_text(t, c->attr, s);
		return;
	case FU_T_BOUNCED:
		p->bounced = p->bounced || !says_no(s);
		fu_take_text(t, c->attr, s);
		return;
	default:
		take_field(t, c, c->target, s, memo);
		return;
	}
}

/* The part of a profile's URL that names the person. */
static const char *
linkedin_id(struct fu_arena *a, const char *url)
{
	const char *in = strstr(url, "linkedin.com/in/");
	size_t n;

	if (in == NULL)
		return (NULL);
	in += strlen("linkedin.com/");
	n = strcspn(in, "?#");
	while (n > 0 && in[n - 1] == '/')
		n--;
	return (fu_dup_str(a, (struct fu_str){ in, n }));
}

static void
judge(struct fu_taker *t)
{
	static const struct {
		int		 field;
		const char	*reason;
	} faults[] = {
		{ FU_F_EMAIL, "bad_email" }, { FU_F_PHONE, "bad_phone" },
		{ FU_F_EXTERNAL_ID, "bad_external_id" },
	};
	struct fu_taken *out = t->out;
	struct fu_person *p = &out->person;

	if (p->f[FU_F_EMAIL] == NULL && p->nmore_emails > 0) {
		p->f[FU_F_EMAIL] = *p->more_emails++;
		p->nmore_emails--;
	}
	if (p->f[FU_F_PHONE] == NULL && p->nmore_phones > 0) {
		p->f[FU_F_PHONE] = *p->more_phones++;
		p->nmore_phones--;
	}
	if (out->reject != NULL)
		return;
	if (p->f[FU_F_EMAIL] != NULL || p->f[FU_F_PHONE] != NULL ||
	    p->f[FU_F_EXTERNAL_ID] != NULL || p->f[FU_F_VISITOR] != NULL)
		return;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (t->fault[faults[i].field] != NULL) {
			out->reject = faults[i].reason;
			out->detail = t->fault[faults[i].field];
			return;
		}
	out->reject = "no_identity";
	out->detail = "no email, phone, external id or visitor";
}

void
fu_take_begin(struct fu_taker *t, const struct fu_norm *norm,
    const struct fu_defaults *d, struct fu_arena *a, struct fu_taken *out)
{
	*out = (struct fu_taken){ .naside = 0 };
	*t = (struct fu_taker){ .norm = norm, .arena = a, .out = out };
	if (d != NULL)
		t->country = d->f[FU_F_COUNTRY];
}

void
fu_take_end(struct fu_taker *t, const struct fu_defaults *d, const char *system)
{
	struct fu_person *p = &t->out->person;

	fu_take_name(t);
	if (fu_streq(system, "linkedin") && p->f[FU_F_EXTERNAL_ID] == NULL &&
	    p->f[FU_F_LINKEDIN] != NULL)
		p->f[FU_F_EXTERNAL_ID] = linkedin_id(t->arena,
		    p->f[FU_F_LINKEDIN]);
	judge(t);
	for (int i = 0; d != NULL && i < FU_FIELD_N; i++)
		if (p->f[i] == NULL)
			p->f[i] = d->f[i];
	for (size_t i = 0; d != NULL && i < d->nattr; i++)
		fu_take_raw(t, d->attr[i].name, d->attr[i].raw);
	if (p->f[FU_F_EXTERNAL_ID] != NULL &&
	    p->f[FU_F_EXTERNAL_SYSTEM] == NULL)
		p->f[FU_F_EXTERNAL_SYSTEM] = system;
}

void
fu_person_of_row(struct fu_mapping *m, const struct fu_norm *norm,
    const struct fu_defaults *d, const struct fu_str *cell, size_t n,
    struct fu_arena *a, struct fu_taken *out)
{
	struct fu_taker t;

	fu_take_begin(&t, norm, d, a, out);
	for (size_t i = 0; i < m->n; i++) {
		size_t k = m->order[i];

		if (k < n)
			fu_take_cell(&t, &m->col[k], cell[k], &m->memo[k]);
	}
	fu_take_end(&t, d, m->by_shape ?
	    fu_id_system(out->person.f[FU_F_EXTERNAL_ID]) :
	    fu_headers_system_of(m->system, out->person.f[FU_F_EXTERNAL_ID]));
}
