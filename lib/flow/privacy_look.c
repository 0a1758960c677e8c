/*
 * Addresses and telephone numbers in a text, and whether they are theirs.
 *
 * Must take no longer than the text is long, whatever stands in it.
 */
#include <string.h>

#include "flow/privacy_own.h"
#include "record/email.h"

#define DIGITS_MIN	9	/* fewer is an amount, or an extension */
#define DIGITS_MIN_PLUS	8	/* ITU-T E.164, the shortest in use */
#define DIGITS_MAX	15	/* ITU-T E.164, 6.1 */
#define SIGNS_MAX	3	/* between two groups: ") ", " - " */
#define GROUPS_MAX	48	/* of a row of numbers; more is another row */
#define ROW_MAX		(GROUPS_MAX * DIGITS_MAX)

static bool
digit(char c)
{
	return (c >= '0' && c <= '9');
}

/* A letter or digit; of other scripts, what is no punctuation of theirs. */
static bool
alnum(const char *s, size_t i)
{
	unsigned char	 c = (unsigned char)s[i];

	if (c < 0x80)
		return (digit(s[i]) || (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z'));
	while (i > 0 && ((unsigned char)s[i] & 0xc0) == 0x80)
		i--;
	c = (unsigned char)s[i];
	/* U+0080 to U+00BF, U+2000 to U+2FFF, U+3000 to U+303F */
	return (c != 0xc2 && c != 0xe2 &&
	    (c != 0xe3 || (unsigned char)s[i + 1] != 0x80));
}

static bool
local_sign(const char *s, size_t i)
{
	return (alnum(s, i) || (s[i] != '\0' && strchr("._+'-", s[i]) != NULL));
}

static int
hex(char c)
{
	const char	*digits = "0123456789abcdef", *at;

	at = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ?
	    c - 'A' + 'a' : c);
	return (at == NULL ? -1 : (int)(at - digits));
}

/* The local part of an address, without a URL's escapes. */
static const char *
unescaped(struct fu_arena *arena, const char *s, size_t len)
{
	char	*out = fu_alloc(arena, len + 1);
	size_t	 n = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '%' && i + 2 < len && hex(s[i + 1]) != -1 &&
		    hex(s[i + 2]) != -1) {
			out[n++] = (char)(hex(s[i + 1]) << 4 | hex(s[i + 2]));
			i += 2;
		} else
			out[n++] = s[i];
	}
	return (out);
}

static bool
domain_may_be_own(const struct fu_own *own, const char *domain, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)domain[i] >= 0x80)
			return (true);
	for (size_t i = 0; i < own->nemail; i++)
		if (fu_str_is_nocase((struct fu_str){ domain, len },
		    fu_email_domain(own->email[i])))
			return (true);
	return (false);
}

/* Signs before it, an emphasis or a quotation mark, are no part of theirs. */
static bool
own_email(const struct fu_own *own, const char *s, size_t local,
    const char *domain, size_t len)
{
	struct fu_arena	 arena;
	const char	*email, *key;
	bool		 found = false;

	if (!domain_may_be_own(own, domain, len))
		return (false);
	fu_arena_init(&arena);
	for (size_t i = 0; i < local && !found; i++) {
		if (i > 0 && alnum(s, i - 1))
			break;
		if (fu_email_parse(fu_str_of(fu_printf(&arena, "%s@%.*s",
		    unescaped(&arena, s + i, local - i), (int)len, domain)),
		    &arena, &email, NULL) == -1)
			continue;
		key = fu_email_suppress_key(&arena, email);
		for (size_t k = 0; k < own->nemail && !found; k++)
			found = strcmp(own->email[k], key) == 0;
	}
	fu_arena_free(&arena);
	return (found);
}

/* An address around its sign, of ${sign} bytes at ${at}. */
static bool
email_around(const struct fu_look *l, size_t at, size_t sign,
    struct fu_sight *out)
{
	const char	*s = l->text;
	size_t		 begin = at, domain = at + sign, end = domain, dot;

	while (begin > l->at && at - begin < FU_EMAIL_LOCAL_MAX &&
	    (local_sign(s, begin - 1) || (sign > 1 && s[begin - 1] == '%')))
		begin--;
	while (begin < at && !alnum(s, begin) && s[begin] != '_')
		begin++;
	while (end - domain < FU_EMAIL_DOMAIN_MAX &&
	    (alnum(s, end) || s[end] == '.' || s[end] == '-'))
		end++;
	while (end > domain && !alnum(s, end - 1))
		end--;
	if (begin == at || end == domain)
		return (false);
	for (dot = end - 1; dot > domain && s[dot] != '.'; dot--)
		continue;
	/* "package@1.2" is none: no domain ends in digits. */
	if (dot == domain || dot + 2 >= end || digit(s[dot + 1]))
		return (false);
	*out = (struct fu_sight){ .at = begin, .len = end - begin,
	    .own = own_email(l->own, s + begin, at - begin, s + domain,
	    end - domain) };
	return (true);
}

static void
next_email(struct fu_look *l)
{
	const char	*s = l->text;

	for (size_t i = l->at; s[i] != '\0'; i++)
		if ((s[i] == '@' && email_around(l, i, 1, &l->email)) ||
		    (strncmp(s + i, "%40", 3) == 0 &&
		    email_around(l, i, 3, &l->email))) {
			l->ahead = true;
			return;
		}
	l->ahead = false;
}

/* Bytes of a sign that may stand inside a number; 0: none does. */
static size_t
number_sign(const char *s)
{
	if (*s == '\0')
		return (0);
	if (strchr(" -.()/", *s) != NULL)
		return (1);
	if (strncmp(s, "\302\240", 2) == 0)		/* no-break space */
		return (2);
	/* hyphens and dashes, and the narrow no-break space */
	if (strncmp(s, "\342\200", 2) == 0 && ((s[2] >= '\220' &&
	    s[2] <= '\224') || s[2] == '\257'))
		return (3);
	return (0);
}

static bool
number_may_begin(const char *s, size_t i)
{
	char	 before = i == 0 ? ' ' : s[i - 1];

	if (!digit(s[i]) && s[i] != '+' && s[i] != '(')
		return (false);
	if ((i >= 6 && strncmp(s + i - 6, "wa.me/", 6) == 0) ||
	    (i >= 3 && strncasecmp(s + i - 3, "%2b", 3) == 0))
		return (true);
	if (before == '-')
		return (i < 2 || !alnum(s, i - 2));
	if (before == '.')
		return (i < 2 || !digit(s[i - 2]));
	return (i == 0 || (!alnum(s, i - 1) &&
	    strchr("_/%@#&", before) == NULL));
}

static int
pair(const char *s)
{
	return (digit(s[0]) && digit(s[1]) ?
	    (s[0] - '0') * 10 + s[1] - '0' : -1);
}

/* Bytes of a date such as 2026-11-25 or 25.11.2026; 0: there is none. */
static size_t
date_at(const char *s)
{
	int	 a, b;

	if (strnlen(s, 10) < 10 || digit(s[10]))
		return (0);
	if ((pair(s) == 19 || pair(s) == 20) && pair(s + 2) != -1 &&
	    s[4] == s[7] && strchr("-./", s[4]) != NULL) {
		a = pair(s + 5);
		b = pair(s + 8);
	} else if (s[2] == s[5] && strchr("-./", s[2]) != NULL &&
	    (pair(s + 6) == 19 || pair(s + 6) == 20) && pair(s + 8) != -1) {
		a = pair(s);
		b = pair(s + 3);
	} else
		return (0);
	return (a >= 1 && a <= 31 && b >= 1 && b <= 31 ? 10 : 0);
}

/* Bytes of an IPv4 address; 0: there is none. */
static size_t
ip_at(const char *s)
{
	size_t	 i = 0;
	int	 value;

	for (int part = 0; part < 4; part++) {
		if ((part > 0 && s[i++] != '.') || !digit(s[i]))
			return (0);
		for (value = 0; digit(s[i]) && value <= 255; i++)
			value = value * 10 + s[i] - '0';
		if (value > 255)
			return (0);
	}
	return (digit(s[i]) || (s[i] == '.' && digit(s[i + 1])) ? 0 : i);
}

static bool
own_number(const struct fu_own *own, const char *d, size_t n, bool plus)
{
	const char	*mine;
	size_t		 len;

	if (!plus && n > 2 && d[0] == '0' && d[1] == '0') {
		d += 2;
		n -= 2;
	}
	for (size_t i = 0; i < own->nnumber; i++) {
		mine = own->number[i];
		len = strlen(mine);
		if (len == n && memcmp(mine, d, n) == 0)
			return (true);
		if (plus)
			continue;
		/* As it is dialled at home: a country code is three digits at
		 * most, and one 0 may stand in its place. */
		for (size_t zero = 0; zero <= (size_t)(d[0] == '0'); zero++)
			if (n - zero >= 7 && n - zero < len &&
			    len - (n - zero) <= 3 && memcmp(mine + len -
			    (n - zero), d + zero, n - zero) == 0)
				return (true);
	}
	return (false);
}

/* Digits in groups, as many as stand one behind another. */
struct row {
	char	 digit[ROW_MAX];
	size_t	 n, groups;
	bool	 plus, cut;		/* cut: goes on in letters */
	struct {
		size_t	 at, end;	/* bytes of the text */
		size_t	 first, n;	/* digits */
	}	 group[GROUPS_MAX];
};

/* The row that begins at ${i}, of what is before ${limit}; where it ends. */
static size_t
read_row(const char *s, size_t i, size_t limit, struct row *r)
{
	size_t	 end, len, signs;

	r->n = r->groups = 0;
	r->plus = false;
	for (; s[i] == '+' || s[i] == '('; i++)
		r->plus = r->plus || s[i] == '+';
	for (end = i; r->groups < GROUPS_MAX; end = i) {
		r->group[r->groups].at = i;
		r->group[r->groups].first = r->n;
		for (; digit(s[i]) && r->n < ROW_MAX; i++)
			r->digit[r->n++] = s[i];
		end = r->group[r->groups].end = i;
		r->group[r->groups].n = r->n - r->group[r->groups].first;
		r->groups += r->group[r->groups].n > 0;
		for (signs = 0; signs <= SIGNS_MAX &&
		    (len = number_sign(s + i)) > 0; signs++)
			/* +44 (0)20: of no use behind the country code */
			i += r->plus && strncmp(s + i, "(0)", 3) == 0 ? 3 : len;
		if (signs == 0 || signs > SIGNS_MAX || !digit(s[i]) ||
		    i >= limit || date_at(s + i) > 0)
			break;
	}
	/* An extension is no part of a word, as in "12345678ab". */
	r->cut = s[end] == '_' || (alnum(s, end) &&
	    (unsigned char)s[end] < 0x80 &&
	    !((s[end] == 'x' || s[end] == 'X') && digit(s[end + 1])));
	/* "2125550142 2pm" */
	if (r->cut && r->groups > 1) {
		r->groups--;
		r->n = r->group[r->groups].first;
		r->cut = false;
		end = r->group[r->groups - 1].end;
	}
	return (end);
}

/* The first groups of the row that are a number of theirs. */
static bool
own_groups(const struct fu_own *own, const struct row *r, size_t *first,
    size_t *last)
{
	size_t	 n;

	for (*first = 0; *first < r->groups; (*first)++)
		for (*last = *first; *last < r->groups; (*last)++) {
			n = r->group[*last].first + r->group[*last].n -
			    r->group[*first].first;
			if (n > DIGITS_MAX)
				break;
			if (own_number(own, r->digit + r->group[*first].first,
			    n, r->plus && *first == 0))
				return (true);
		}
	return (false);
}

/* What of a row from ${at} to ${end} is a number: theirs, or before it, or if
 * none is, all of it. */
static bool
number_in(const struct fu_own *own, const struct row *r, size_t at,
    size_t end, struct fu_sight *out)
{
	size_t	 first, last, n = r->n;

	*out = (struct fu_sight){ .number = true, .at = at, .len = end - at };
	if (own_groups(own, r, &first, &last)) {
		n = r->group[first].first;
		if (n < DIGITS_MIN) {
			out->own = true;
			out->at = first == 0 ? at : r->group[first].at;
			out->len = r->group[last].end - out->at;
			return (true);
		}
		out->len = r->group[first - 1].end - at;
		return (true);
	}
	return (!r->cut && n >= (size_t)(r->plus ? DIGITS_MIN_PLUS :
	    DIGITS_MIN) && (n <= DIGITS_MAX || r->groups > 1));
}

/* The next number before ${limit}, where an address begins. */
static bool
next_number(const struct fu_look *l, size_t limit, struct fu_sight *out)
{
	const char	*s = l->text;
	struct row	 row;
	size_t		 i, end, skip;

	for (i = l->at; s[i] != '\0' && i < limit; i++) {
		if (!number_may_begin(s, i))
			continue;
		if ((skip = date_at(s + i)) > 0 || (skip = ip_at(s + i)) > 0) {
			i += skip - 1;
			continue;
		}
		end = read_row(s, i, limit, &row);
		if (number_in(l->own, &row, i, end, out))
			return (true);
		if (end > i + 1)
			i = end - 1;
	}
	return (false);
}

void
fu_look_start(struct fu_look *l, const struct fu_own *own, const char *text)
{
	*l = (struct fu_look){ .own = own, .text = text };
	next_email(l);
}

bool
fu_look_next(struct fu_look *l, struct fu_sight *out)
{
	size_t	 limit = l->ahead ? l->email.at : SIZE_MAX;

	if (next_number(l, limit, out)) {
		l->at = out->at + out->len;
		return (true);
	}
	if (!l->ahead)
		return (false);
	*out = l->email;
	l->at = out->at + out->len;
	next_email(l);
	return (true);
}
