/*
 * Mail addresses.
 *
 * Never lets a character through that could end a header line, and never
 * asks the network.
 */
#include "record/email.h"

#include <glib.h>
#include <idn2.h>
#include <stdio.h>
#include <string.h>

#include "record/latin.h"

#define LABEL_MAX 63	/* RFC 1035 2.3.4 */

static int __attribute__((format(printf, 3, 4)))
bad(struct fu_err *err, struct fu_str text, const char *fmt, ...)
{
	char why[128];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	return (fu_err_set(err, FU_EDATA, "bad email \"%.*s\": %s",
	    (int)(text.len < 120 ? text.len : 120), text.ptr, why));
}

/* Trim blanks, also those that only a hex dump shows. */
static struct fu_str
trim_wide(struct fu_str s)
{
	static const char *const wide[] = { "\302\240", "\342\200\213",
		"\357\273\277", "\342\200\216", "\302\255", "\342\200\257" };
	bool again = true;

	while (again) {
		again = false;
		s = fu_str_trim(s);
		for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
			size_t n = strlen(wide[i]);

			if (s.len >= n && memcmp(s.ptr, wide[i], n) == 0) {
				s.ptr += n;
				s.len -= n;
				again = true;
			}
			if (s.len >= n &&
			    memcmp(s.ptr + s.len - n, wide[i], n) == 0) {
				s.len -= n;
				again = true;
			}
		}
	}
	return (s);
}

/* Take off what people and spreadsheets put around an address. */
static struct fu_str
peel(struct fu_str s)
{
	const char *open, *close, *query;

	s = trim_wide(s);
	if (s.len > 0 && s.ptr[0] == '\'')
		s = fu_str_trim((struct fu_str){ s.ptr + 1, s.len - 1 });
	open = memrchr(s.ptr, '<', s.len);
	if (open != NULL) {
		close = memchr(open, '>', s.len - (size_t)(open - s.ptr));
		if (close != NULL)
			s = trim_wide((struct fu_str){ open + 1,
			    (size_t)(close - open) - 1 });
	}
	if (s.len >= 7 && strncasecmp(s.ptr, "mailto:", 7) == 0) {
		s.ptr += 7;
		s.len -= 7;
		query = memchr(s.ptr, '?', s.len);
		if (query != NULL)
			s.len = (size_t)(query - s.ptr);
	}
	while (s.len > 0 && strchr(".,;>'\"", s.ptr[s.len - 1]) != NULL &&
	    memchr(s.ptr, '@', s.len) != NULL)
		s.len--;
	return (trim_wide(s));
}

static char *
to_nfc(struct fu_arena *a, struct fu_str s)
{
	char *nfc, *out;

	if (fu_ascii(s.ptr, s.len))
		return (fu_dup_str(a, s));
	nfc = g_utf8_normalize(s.ptr, (gssize)s.len, G_NORMALIZE_NFC);
	out = fu_dup(a, nfc);
	g_free(nfc);
	return (out);
}

/* Letters, digits, hyphens inside, dots between; two labels at least. */
static const char *
domain_fault(const char *d)
{
	size_t n, labels = 0, len = strlen(d);

	if (len == 0)
		return ("no domain");
	if (len > FU_EMAIL_DOMAIN_MAX)
		return ("a domain of more than 255 octets");
	if (d[0] == '[')
		return ("an address literal for a domain");
	for (;; d += n + 1) {
		n = strcspn(d, ".");
		labels++;
		if (n == 0)
			return ("an empty label in the domain");
		if (n > LABEL_MAX)
			return ("a label of more than 63 octets");
		if (d[0] == '-' || d[n - 1] == '-')
			return ("a hyphen at the edge of a label");
		for (size_t i = 0; i < n; i++)
			if (!g_ascii_isalnum(d[i]) && d[i] != '-')
				return ("a character that no domain has");
		if (d[n] == '\0')
			break;
	}
	if (labels < 2)
		return ("a domain without a dot");
	if (strspn(d, "0123456789") == n)
		return ("a domain that ends in a number");
	return (NULL);
}

/* To A-labels in lower case; NULL with the reason in ${why}. */
static char *
domain_canon(struct fu_arena *a, struct fu_str s, const char **why)
{
	char *out, *ascii = NULL;
	char *text = fu_dup_str(a, s);
	int r;

	if (fu_ascii(text, strlen(text))) {
		out = text;
		for (char *p = out; *p != '\0'; p++)
			*p = g_ascii_tolower(*p);
	} else {
		r = idn2_to_ascii_8z(text, &ascii,
		    IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
		if (r != IDN2_OK) {
			*why = "a domain that is no IDN";
			return (NULL);
		}
		out = fu_dup(a, ascii);
		idn2_free(ascii);
	}
	*why = domain_fault(out);
	return (*why == NULL ? out : NULL);
}

/* A dot-atom of RFC 5322, or non-ASCII of RFC 6531; nothing quoted. */
static const char *
local_fault(const char *s, size_t n)
{
	if (n == 0)
		return ("nothing before the @");
	if (n > FU_EMAIL_LOCAL_MAX)
		return ("more than 64 octets before the @");
	if (memchr(s, '@', n) != NULL)
		return ("more than one @");
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < ' ' || c == 0x7f)
			return ("a control character");
		if (c == ' ')
			return ("a blank in it");
		if (c < 0x80 && strchr("()<>[]:;@\\,\"", c) != NULL)
			return ("a character that needs quotes");
	}
	if (s[0] == '.' || s[n - 1] == '.' ||
	    memmem(s, n, "..", 2) != NULL)
		return ("a dot too many before the @");
	return (NULL);
}

/* C1 controls and line separators are controls too, in two and three bytes. */
static bool
has_control(const char *s)
{
	uint32_t cp;
	size_t n;

	while ((n = fu_utf8_next(s, &cp)) > 0) {
		if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0) || cp == 0x2028 ||
		    cp == 0x2029 || (cp >= 0x202a && cp <= 0x202e) ||
		    (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff)
			return (true);
		s += n;
	}
	return (false);
}

int
fu_email_parse(struct fu_str text, struct fu_arena *a, const char **email,
    struct fu_err *err)
{
	struct fu_str s = peel(text);
	const char *at, *why;
	char *local, *domain;
	size_t nlocal, ndomain;
	char *out;

	if (s.len == 0)
		return (bad(err, text, "empty"));
	if (!fu_utf8_valid(s.ptr, s.len))
		return (bad(err, FU_STR(""), "not UTF-8"));
	at = memrchr(s.ptr, '@', s.len);
	if (at == NULL)
		return (bad(err, text, "no @"));
	local = to_nfc(a, (struct fu_str){ s.ptr, (size_t)(at - s.ptr) });
	nlocal = strlen(local);
	why = local_fault(local, nlocal);
	if (why == NULL && has_control(local))
		why = "a control character";
	if (why != NULL)
		return (bad(err, text, "%s", why));
	domain = domain_canon(a, (struct fu_str){ at + 1,
	    s.len - (size_t)(at - s.ptr) - 1 }, &why);
	if (domain == NULL)
		return (bad(err, text, "%s", why));
	ndomain = strlen(domain);
	if (nlocal + 1 + ndomain > FU_EMAIL_MAX)
		return (bad(err, text, "more than %d octets", FU_EMAIL_MAX));
	out = fu_alloc(a, nlocal + ndomain + 2);
	memcpy(out, local, nlocal);
	out[nlocal] = '@';
	memcpy(out + nlocal + 1, domain, ndomain);
	*email = out;
	return (0);
}

/* The next piece of a cell: up to a comma or semicolon, or to a blank when
 * there is an '@' on both sides of it.  Quotes and <> are kept together. */
static struct fu_str
next_piece(struct fu_str *rest)
{
	struct fu_str piece = *rest;
	bool quoted = false, angle = false, seen_at = false;
	size_t i;

	for (i = 0; i < rest->len; i++) {
		char c = rest->ptr[i];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted && c == '<')
			angle = true;
		else if (!quoted && c == '>')
			angle = false;
		else if (c == '@')
			seen_at = true;
		if (quoted && memchr(rest->ptr + i + 1, '"',
		    rest->len - i - 1) != NULL)
			continue;
		if (c == ';' || c == '\n' || (c == ',' && (seen_at ||
		    memchr(rest->ptr + i, '<', rest->len - i) == NULL)))
			break;
		if (!angle && seen_at && (c == ' ' || c == '\t') &&
		    memchr(rest->ptr + i, '@', rest->len - i) != NULL)
			break;
	}
	piece.len = i;
	i += i < rest->len;
	rest->ptr += i;
	rest->len -= i;
	return (piece);
}

size_t
fu_email_cell(struct fu_str cell, struct fu_arena *a, const char ***list,
    size_t *n, struct fu_err *err)
{
	struct fu_str rest = cell, piece;
	const char *email, *key;
	size_t cap = 0, faults = 0, i;

	*list = NULL;
	*n = 0;
	while (rest.len > 0) {
		piece = fu_str_trim(next_piece(&rest));
		if (piece.len == 0)
			continue;
		if (fu_email_parse(piece, a, &email,
		    faults == 0 ? err : NULL) != 0) {
			faults++;
			continue;
		}
		key = *n > 0 ? fu_email_key(a, email) : NULL;
		for (i = 0; i < *n; i++)
			if (strcmp(fu_email_key(a, (*list)[i]), key) == 0)
				break;
		if (i < *n)
			continue;
		*list = fu_grow(a, *list, *n, &cap, sizeof(**list));
		(*list)[(*n)++] = email;
	}
	return (faults);
}

const char *
fu_email_key(struct fu_arena *a, const char *email)
{
	size_t n = strlen(email);
	char *out, *lower, *nfc;

	if (fu_ascii(email, n)) {
		out = fu_dup(a, email);
		for (char *p = out; *p != '\0'; p++)
			*p = g_ascii_tolower(*p);
		return (out);
	}
	/* Lowering may decompose, so compose again. */
	lower = g_utf8_strdown(email, -1);
	nfc = g_utf8_normalize(lower, -1, G_NORMALIZE_NFC);
	out = fu_dup(a, nfc);
	g_free(nfc);
	g_free(lower);
	return (out);
}

const char *
fu_email_suppress_key(struct fu_arena *a, const char *email)
{
	const char *key = fu_email_key(a, email);
	const char *plus = strchr(key, '+'), *at = strrchr(key, '@');

	if (plus == NULL || at == NULL || plus > at || plus == key)
		return (key);
	return (fu_printf(a, "%.*s%s", (int)(plus - key), key, at));
}

const char *
fu_email_domain(const char *email)
{
	const char *at = strrchr(email, '@');

	return (at != NULL ? at + 1 : "");
}

const char *
fu_domain_parse(struct fu_str text, struct fu_arena *a, struct fu_err *err)
{
	struct fu_str s = trim_wide(text);
	const char *why, *p, *out;

	if (!fu_utf8_valid(s.ptr, s.len)) {
		fu_err_set(err, FU_EDATA, "bad domain: not UTF-8");
		return (NULL);
	}
	p = memmem(s.ptr, s.len, "://", 3);
	if (p != NULL) {
		s.len -= (size_t)(p + 3 - s.ptr);
		s.ptr = p + 3;
	}
	for (size_t i = 0; i < s.len; i++)
		if (strchr("/?#", s.ptr[i]) != NULL)
			s.len = i;
	p = memrchr(s.ptr, '@', s.len);
	if (p != NULL) {
		s.len -= (size_t)(p + 1 - s.ptr);
		s.ptr = p + 1;
	}
	p = memchr(s.ptr, ':', s.len);
	if (p != NULL)
		s.len = (size_t)(p - s.ptr);
	if (s.len > 0 && s.ptr[s.len - 1] == '.')
		s.len--;
	if (s.len > 4 && strncasecmp(s.ptr, "www.", 4) == 0) {
		s.ptr += 4;
		s.len -= 4;
	}
	out = domain_canon(a, s, &why);
	if (out == NULL)
		fu_err_set(err, FU_EDATA, "bad domain \"%.*s\": %s",
		    (int)(text.len < 120 ? text.len : 120), text.ptr, why);
	return (out);
}
