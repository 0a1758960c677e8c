/*
 * One value of one field made canonical.
 *
 * Never guesses: what is not plainly a value of its field is an error with a
 * short reason, and the caller keeps the text.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/email.h"
#include "record/encoded_break.h"
#include "record/fields_room.h"
#include "record/latin.h"

#define TEXT_MAX	2000	/* octets; a longer one is no name or title */

int
fu_norm_open(struct fu_norm *n, const char *rules, struct fu_err *err)
{
	struct fu_arena a;

	*n = (struct fu_norm){ .order = FU_ORDER_UNKNOWN };
	fu_arena_init(&a);
	n->phones = fu_phones_open(fu_printf(&a, "%s/phones.txt", rules), err);
	if (n->phones != NULL)
		n->places = fu_places_open(FU_ISO_DIR,
		    fu_printf(&a, "%s/places.txt", rules), err);
	fu_arena_free(&a);
	if (n->places == NULL) {
		fu_norm_close(n);
		return (-1);
	}
	return (0);
}

void
fu_norm_close(struct fu_norm *n)
{
	fu_phones_close(n->phones);
	fu_places_close(n->places);
	*n = (struct fu_norm){ .phones = NULL };
}

/* One line of clean text: controls and runs of blanks become one blank. */
static const char *
clean(struct fu_arena *a, struct fu_str s)
{
	char *out = fu_dup_str(a, s), *to = out;

	for (const char *p = out; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;

		/* U+0080 to U+009F are controls as well. */
		if (c == 0xc2 && (unsigned char)p[1] >= 0x80 &&
		    (unsigned char)p[1] < 0xa1) {
			p++;
			c = ' ';
		}
		if (c <= ' ' || c == 0x7f) {
			if (to > out && to[-1] != ' ')
				*to++ = ' ';
		} else
			*to++ = (char)c;
	}
	while (to > out && to[-1] == ' ')
		to--;
	*to = '\0';
	return (out);
}

static bool
is_name_field(enum fu_field f)
{
	return (f == FU_F_FIRST_NAME || f == FU_F_LAST_NAME ||
	    f == FU_F_COMPANY || f == FU_F_CITY || f == FU_F_EXTERNAL_ID);
}

/* What forms and spreadsheets write for "nothing".  Null and None are names
 * of people, and Select of a company. */
static bool
is_placeholder(enum fu_field f, struct fu_str s)
{
	static const char *const nothing[] = { "-", "--", "---", "n/a", "#n/a",
		"?", ".", "[not provided]", "(blank)", "(not set)" };
	static const char *const words[] = { "select", "null", "none", "nil",
		"unknown", "undefined", "not set", "not provided", "na" };

	if (s.len > 16)
		return (false);
	for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		if (fu_str_is_nocase(s, nothing[i]))
			return (true);
	if (f == FU_F_CITY && fu_str_is_nocase(s, "select"))
		return (true);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) &&
	    !is_name_field(f); i++)
		if (fu_str_is_nocase(s, words[i]))
			return (true);
	return (false);
}

static int
refuse(const char **reason, const char *code, const char *field,
    struct fu_str s, const char *why, struct fu_err *err)
{
	*reason = code;
	return (fu_err_set(err, FU_EDATA, "bad %s \"%.*s\": %s", field,
	    (int)(s.len < 120 ? s.len : 120), s.ptr, why));
}

static int
canon_real(enum fu_field f, struct fu_str s, const char *country,
    struct fu_arena *a, const char **value, const char **reason,
    struct fu_err *err)
{
	const char *name = fu_fields[f].name;
	double x;
	int r = fu_number_read(s, f == FU_F_BUDGET ? country : NULL, &x);

	if (r == -2)
		return (refuse(reason, "ambiguous_number", name, s, "could be "
		    "either of two numbers", err));
	if (r != 0)
		return (refuse(reason, "bad_number", name, s, "not a number",
		    err));
	if (f == FU_F_SCORE && (x < 0 || x > 100))
		return (refuse(reason, "bad_score", name, s, "not 0 to 100",
		    err));
	if (f == FU_F_BUDGET && x < 0)
		return (refuse(reason, "bad_number", name, s, "negative",
		    err));
	*value = fu_printf(a, "%.15g", x);
	if (strchr(*value, 'e') != NULL)
		*value = fu_printf(a, "%.0f", x);
	return (0);
}

/* Employees: "1,200", "11-50", "10,001+", "51-200 employees". */
static int
canon_int(enum fu_field f, struct fu_str s, struct fu_arena *a,
    const char **value, const char **reason, struct fu_err *err)
{
	struct fu_str head = s;
	double x;

	for (size_t i = 1; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c == '-' || c == '+' || c == 0xe2 || (c == ' ' &&
		    i + 1 < s.len && (s.ptr[i + 1] | 0x20) >= 'a')) {
			head.len = i;
			break;
		}
	}
	if (fu_number_read(fu_str_trim(head), NULL, &x) != 0 || x < 0 ||
	    x != (double)(int64_t)x)
		return (refuse(reason, "bad_number", fu_fields[f].name, s,
		    "not a whole number", err));
	*value = fu_printf(a, "%.0f", x);
	return (0);
}

static int
canon_bool(enum fu_field f, struct fu_str s, const char **value,
    const char **reason, struct fu_err *err)
{
	static const char *const yes[] = { "true", "1", "yes", "y", "on", "x",
		"t", "1.0" };
	static const char *const no[] = { "false", "0", "no", "n", "off", "f",
		"0.0" };

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (fu_str_is_nocase(s, yes[i])) {
			*value = "1";
			return (0);
		}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		if (fu_str_is_nocase(s, no[i])) {
			*value = "0";
			return (0);
		}
	return (refuse(reason, "bad_boolean", fu_fields[f].name, s,
	    "neither yes nor no", err));
}

static int
canon_time(const struct fu_norm *norm, enum fu_field f, struct fu_str s,
    struct fu_arena *a, const char **value, const char **reason,
    struct fu_err *err)
{
	char text[FU_TIME_LEN];
	int64_t us;

	(void)f;
	switch (fu_date_read(s, norm->order, &us, err)) {
	case FU_DATE_OK:
		*value = fu_dup(a, fu_time_print(us, text));
		return (0);
	case FU_DATE_AMBIGUOUS:
		*reason = "ambiguous_date";
		return (-1);
	default:
		*reason = "bad_date";
		return (-1);
	}
}

/* One of the field's words; NULL if it is none. */
static const char *
find_word(enum fu_field f, struct fu_str s)
{
	for (const char *const *w = fu_fields[f].words; *w != NULL; w++)
		if (fu_str_is_nocase(s, *w))
			return (*w);
	return (NULL);
}

/* "not a word of this field: li, consent": into ${a}. */
static const char *
other_words(enum fu_field f, struct fu_arena *a)
{
	const char *all = "not a word of this field:";

	for (const char *const *w = fu_fields[f].words; *w != NULL; w++)
		all = fu_printf(a, "%s %s%s", all, *w, w[1] == NULL ? "" :
		    ",");
	return (all);
}

/* A column of yes and no, or of when: on the list, or not. */
static const char *
find_listed(const struct fu_norm *norm, struct fu_str s)
{
	const char *value, *reason;
	int64_t us;

	if (fu_str_is_nocase(s, "ja") || fu_str_is_nocase(s, "oui"))
		return ("listed");
	if (fu_str_is_nocase(s, "nein") || fu_str_is_nocase(s, "non"))
		return ("clear");
	if (canon_bool(FU_F_DNC, s, &value, &reason, NULL) == 0)
		return (*value == '1' ? "listed" : "clear");
	switch (fu_date_read(s, norm->order, &us, NULL)) {
	case FU_DATE_OK:
	case FU_DATE_AMBIGUOUS:
		return ("listed");
	default:
		return (NULL);
	}
}

static int
canon_list(enum fu_field f, struct fu_str s, struct fu_arena *a,
    const char **value, const char **reason, struct fu_err *err)
{
	const char *out = NULL;

	while (s.len > 0) {
		struct fu_str item = s;
		const char *word;
		size_t n = 0;

		while (n < s.len && s.ptr[n] != ',' && s.ptr[n] != ';')
			n++;
		item.len = n;
		n += n < s.len;
		s.ptr += n;
		s.len -= n;
		item = fu_str_trim(item);
		if (item.len == 0)
			continue;
		word = find_word(f, item);
		if (word == NULL)
			return (refuse(reason, "bad_word", fu_fields[f].name,
			    item, other_words(f, a), err));
		out = out == NULL ? word : fu_printf(a, "%s,%s", out, word);
	}
	if (out == NULL)
		return (refuse(reason, "bad_word", fu_fields[f].name, s,
		    "an empty list", err));
	*value = out;
	return (0);
}

static int
canon_place(const struct fu_norm *norm, enum fu_field f, struct fu_str s,
    const char *country, struct fu_arena *a, const char **value,
    const char **reason, struct fu_err *err)
{
	const char *name = fu_fields[f].name;

	switch (fu_fields[f].type) {
	case FU_FT_COUNTRY:
		*value = fu_country_find(norm->places, s);
		if (*value == NULL)
			return (refuse(reason, "bad_country", name, s,
			    "no country of that name", err));
		break;
	case FU_FT_REGION:
		if (country == NULL)
			return (refuse(reason, "region_without_country", name,
			    s, "in which country?", err));
		*value = fu_region_find(norm->places, country, s);
		if (*value == NULL)
			return (refuse(reason, "bad_region", name, s,
			    "no such region in that country", err));
		break;
	case FU_FT_ZONE:
		*value = fu_zone_find(s, a);
		if (*value == NULL)
			return (refuse(reason, "bad_zone", name, s,
			    "no such IANA zone", err));
		break;
	default:
		*value = fu_language_find(norm->places, a, s);
		if (*value == NULL)
			return (refuse(reason, "bad_language", name, s,
			    "no such language", err));
		break;
	}
	*value = fu_dup(a, *value);
	return (0);
}

struct fu_str
fu_unquote(struct fu_str s)
{
	if (s.len > 1 && s.ptr[0] == '\'' && s.ptr[1] != '\0' &&
	    strchr("+-=@0123456789", s.ptr[1]) != NULL) {
		s.ptr++;
		s.len--;
	}
	return (s);
}

bool
fu_breaks_header(int field, struct fu_str s)
{
	switch (field) {
	case FU_F_EMAIL:
	case FU_F_FIRST_NAME:
	case FU_F_LAST_NAME:
	case FU_F_TITLE:
	case FU_F_COMPANY:
		break;
	default:
		return (false);
	}
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '\n' || s.ptr[i] == '\r' || s.ptr[i] == '\0')
			return (true);
	return (fu_encoded_break(s));
}

/* Does a line end here, and the next begin like a header, or the body? */
static bool
begins_header(struct fu_str s, size_t i)
{
	size_t from;

	if (s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n')
		i++;
	from = ++i;
	while (i < s.len && s.ptr[i] > ' ' && s.ptr[i] != ':' &&
	    s.ptr[i] != 0x7f)
		i++;
	while (i < s.len && i > from && (s.ptr[i] == ' ' || s.ptr[i] == '\t'))
		i++;
	return (i < s.len && (s.ptr[i] == ':' || (i == from &&
	    (s.ptr[i] == '\n' || s.ptr[i] == '\r'))));
}

/*
 * A cell of two lines, as a spreadsheet lets people write, is no attack: it is
 * set aside, so no header ever holds it, and the person stays.  What would
 * make a header or begin the body, a NUL, and a break that somebody has
 * encoded, is never one [EM-09].
 */
static bool
is_plain_break(int field, struct fu_str s)
{
	if (field == FU_F_EMAIL || !fu_breaks_header(field, s) ||
	    fu_encoded_break(s))
		return (false);
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '\0' || ((s.ptr[i] == '\n' ||
		    s.ptr[i] == '\r') && begins_header(s, i)))
			return (false);
	return (true);
}

int
fu_value_canon(const struct fu_norm *norm, enum fu_field f, struct fu_str s,
    const char *country, struct fu_arena *a, const char **value,
    const char **reason, struct fu_err *err)
{
	const char *name = fu_fields[f].name;
	struct fu_phone phone;

	*reason = "bad_value";
	s = fu_unquote(fu_str_trim(s));
	if (s.len == 0)
		return (refuse(reason, "empty", name, s, "empty", err));
	if (is_plain_break(f, s)) {
		*reason = "line_break";
		return (fu_err_set(err, FU_EDATA, "%s: more than one line",
		    name));
	}
	if (fu_breaks_header(f, s)) {
		*reason = FU_HEADER_INJECTION;
		return (fu_err_set(err, FU_EDATA, "%s: a line break or NUL, "
		    "which could get into the header of a mail", name));
	}
	if (is_placeholder(f, s) && fu_fields[f].type != FU_FT_COUNTRY)
		return (refuse(reason, f == FU_F_EMAIL ? "bad_email" :
		    f == FU_F_PHONE ? "bad_phone" : "placeholder", name, s,
		    "stands for nothing", err));
	switch (fu_fields[f].type) {
	case FU_FT_EMAIL:
		*reason = "bad_email";
		return (fu_email_parse(s, a, value, err));
	case FU_FT_PHONE:
		*reason = "bad_phone";
		if (fu_phone_parse(norm->phones, s, country, &phone, err) != 0)
			return (-1);
		*value = fu_dup(a, phone.e164);
		return (0);
	case FU_FT_COUNTRY:
	case FU_FT_REGION:
	case FU_FT_ZONE:
	case FU_FT_LANGUAGE:
		return (canon_place(norm, f, s, country, a, value, reason,
		    err));
	case FU_FT_INT:
		return (canon_int(f, s, a, value, reason, err));
	case FU_FT_REAL:
		return (canon_real(f, s, country, a, value, reason, err));
	case FU_FT_BOOL:
		return (canon_bool(f, s, value, reason, err));
	case FU_FT_TIME:
		return (canon_time(norm, f, s, a, value, reason, err));
	case FU_FT_LIST:
		return (canon_list(f, s, a, value, reason, err));
	case FU_FT_ENUM:
		*value = find_word(f, s);
		if (*value == NULL && f == FU_F_DNC)
			*value = find_listed(norm, s);
		if (*value == NULL)
			return (refuse(reason, "bad_word", name, s,
			    other_words(f, a), err));
		return (0);
	case FU_FT_TEXT:
		break;
	}
	if (s.len > TEXT_MAX)
		return (refuse(reason, f == FU_F_EXTERNAL_ID ?
		    "bad_external_id" : "too_long", name, s, "too long", err));
	*value = clean(a, s);
	if (**value == '\0')
		return (refuse(reason, "empty", name, s, "empty", err));
	return (0);
}
