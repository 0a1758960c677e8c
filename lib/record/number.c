/*
 * A number as people write it, and the money it counts.
 *
 * Never guesses: what could be either of two numbers is none.
 */
#include <stdlib.h>
#include <string.h>

#include "record/fields_room.h"

#define REAL_MAX	1e15	/* beyond it a double loses units */
#define DIGITS_MAX	32
#define MARKS_MAX	8

/* A number's digits, and what stood between them. */
struct number {
	char	 digits[DIGITS_MAX + 2];	/* a sign, a point */
	size_t	 n, first;		/* how many; 1 behind a sign */
	char	 mark[MARKS_MAX];	/* '.', ',', '\'' or ' ' */
	size_t	 at[MARKS_MAX];		/* digits before it */
	size_t	 nmark;
};

/* The mark that ${s} begins with, if a digit may follow it, and its octets. */
static char
mark_of(struct fu_str s, size_t *len)
{
	*len = 1;
	if (s.ptr[0] == '.' || s.ptr[0] == ',' || s.ptr[0] == '\'')
		return (s.ptr[0]);
	/* No-break spaces, wide and narrow. */
	if (s.len > 2 && memcmp(s.ptr, "\302\240", 2) == 0)
		*len = 2;
	else if (s.len > 3 && memcmp(s.ptr, "\342\200\257", 3) == 0)
		*len = 3;
	else if (s.ptr[0] != ' ')
		return ('\0');
	return (s.len > *len && s.ptr[*len] >= '0' && s.ptr[*len] <= '9' ?
	    ' ' : '\0');
}

/* Digits and marks from the beginning of ${*s}, which is left behind them. */
static int
take_number(struct fu_str *s, struct number *x)
{
	size_t len;
	char mark;

	x->n = x->nmark = x->first = 0;
	for (; s->len > 0; s->ptr += len, s->len -= len) {
		len = 1;
		if ((s->ptr[0] >= '0' && s->ptr[0] <= '9') ||
		    (s->ptr[0] == '-' && x->n == 0)) {
			if (x->n == DIGITS_MAX)
				return (-1);
			x->first += s->ptr[0] == '-';
			x->digits[x->n++] = s->ptr[0];
			continue;
		}
		mark = mark_of(*s, &len);
		if (mark == '\0' || x->n == x->first)
			break;
		if (x->nmark == MARKS_MAX)
			return (-1);
		x->mark[x->nmark] = mark;
		x->at[x->nmark++] = x->n;
	}
	x->digits[x->n] = '\0';
	return (0);
}

/* Do the first ${n} marks, all alike, cut groups of three, to ${end}? */
static bool
groups(const struct number *x, size_t n, size_t end)
{
	if (x->at[0] - x->first > 3)
		return (false);
	for (size_t i = 0; i < n; i++)
		if (x->mark[i] != x->mark[0] ||
		    (i + 1 < n ? x->at[i + 1] : end) - x->at[i] != 3)
			return (false);
	return (true);
}

/* Where a point cuts thousands and a comma the fraction, and nothing else. */
static bool
writes_comma(const char *country)
{
	static const char where[] = "AR AT BE BR CL CO DE DK ES GR HR ID IS IT "
	    "LU NL PT PY RO RS SI TR UY VN";

	return (country != NULL && strlen(country) == 2 &&
	    strstr(where, country) != NULL);
}

/*
 * Which mark is the point?  Of two sorts the last, if it stands once; one
 * mark alone may be either: "48.000" and "48,00" are -2, where ${country}
 * does not tell.
 */
static int
place_point(struct number *x, const char *country)
{
	size_t last = x->nmark - 1, at, tail;

	if (x->nmark == 0)
		return (0);
	at = x->at[last];
	tail = x->n - at;
	if (x->nmark > 1 && x->mark[last] == x->mark[0])
		return (groups(x, x->nmark, x->n) ? 0 : -1);
	if (x->nmark > 1 && (!groups(x, last, at) ||
	    (x->mark[last] != '.' && x->mark[last] != ',')))
		return (-1);
	if (x->nmark == 1 && x->mark[0] != '.') {
		if (groups(x, 1, x->n))
			return (0);
		if (x->mark[0] != ',' || !writes_comma(country))
			return (x->mark[0] == ' ' ? -1 : -2);
	}
	if (x->nmark == 1 && x->mark[0] == '.' && tail == 3 && at - x->first <= 3 &&
	    x->digits[x->first] != '0')
		return (writes_comma(country) ? 0 : -2);
	memmove(x->digits + at + 1, x->digits + at, tail + 1);
	x->digits[at] = '.';
	return (0);
}

/* Marks and codes of money.  Those of more letters come first, and what the
 * dollar of a country is called before the dollar. */
static const struct {
	const char	*mark, *code;
} money[] = {
	{ "US$", "USD" }, { "CA$", "CAD" }, { "C$", "CAD" }, { "A$", "AUD" },
	{ "AU$", "AUD" }, { "NZ$", "NZD" }, { "HK$", "HKD" }, { "S$", "SGD" },
	{ "R$", "BRL" }, { "MX$", "MXN" }, { "$", "USD" }, { "€", "EUR" },
	{ "£", "GBP" }, { "¥", "JPY" }, { "￥", "JPY" }, { "₹", "INR" },
	{ "₩", "KRW" }, { "₺", "TRY" }, { "₪", "ILS" }, { "₽", "RUB" },
	{ "₴", "UAH" }, { "zł", "PLN" }, { "Kč", "CZK" },
	{ "euros", "EUR" }, { "euro", "EUR" }, { "dollars", "USD" },
	{ "dollar", "USD" }, { "pounds", "GBP" }, { "yen", "JPY" },
	{ "zl", "PLN" }, { "kn", "HRK" }, { "AED", "AED" }, { "ARS", "ARS" },
	{ "AUD", "AUD" }, { "BRL", "BRL" }, { "CAD", "CAD" }, { "CHF", "CHF" },
	{ "CLP", "CLP" }, { "CNY", "CNY" }, { "COP", "COP" }, { "CZK", "CZK" },
	{ "DKK", "DKK" }, { "EGP", "EGP" }, { "EUR", "EUR" }, { "GBP", "GBP" },
	{ "HKD", "HKD" }, { "HRK", "HRK" }, { "HUF", "HUF" }, { "IDR", "IDR" },
	{ "ILS", "ILS" }, { "INR", "INR" }, { "ISK", "ISK" }, { "JPY", "JPY" },
	{ "KES", "KES" }, { "KRW", "KRW" }, { "MAD", "MAD" }, { "MXN", "MXN" },
	{ "MYR", "MYR" }, { "NGN", "NGN" }, { "NOK", "NOK" }, { "NZD", "NZD" },
	{ "PHP", "PHP" }, { "PKR", "PKR" }, { "PLN", "PLN" }, { "QAR", "QAR" },
	{ "RON", "RON" }, { "RSD", "RSD" }, { "RUB", "RUB" }, { "SAR", "SAR" },
	{ "SEK", "SEK" }, { "SGD", "SGD" }, { "THB", "THB" }, { "TRY", "TRY" },
	{ "TWD", "TWD" }, { "UAH", "UAH" }, { "USD", "USD" }, { "VND", "VND" },
	{ "ZAR", "ZAR" },
};

static bool
is_letter(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

static bool
begins(struct fu_str s, const char *text)
{
	size_t n = strlen(text);

	return (s.len >= n && strncasecmp(s.ptr, text, n) == 0);
}

/* The code of the money that ${s} begins with, as a word of its own. */
static const char *
money_at(struct fu_str s)
{
	for (size_t i = 0; i < sizeof(money) / sizeof(money[0]); i++) {
		size_t n = strlen(money[i].mark);

		if (begins(s, money[i].mark) && (s.len == n ||
		    !is_letter(money[i].mark[n - 1]) || !is_letter(s.ptr[n])))
			return (money[i].code);
	}
	return (NULL);
}

/* What the word behind a number makes of it: 1 of most, 0 of one that is a
 * factor but not which, in every country. */
static double
scale_of(struct fu_str s)
{
	static const struct {
		const char	*word;
		double		 scale;
	} words[] = {
		{ "thousand", 1e3 }, { "tsd", 1e3 }, { "teur", 1e3 },
		{ "million", 1e6 }, { "millions", 1e6 }, { "mio", 1e6 },
		{ "mln", 1e6 }, { "mn", 1e6 }, { "mm", 1e6 }, { "mil", 0 },
		{ "mill", 1e6 }, { "mille", 0 }, { "b", 0 }, { "bn", 0 },
		{ "billion", 0 }, { "cr", 0 }, { "crore", 0 }, { "lac", 0 },
		{ "lakh", 0 }, { "lakhs", 0 }, { "t", 0 },
	};
	double scale = 1;
	size_t n = 0;

	while (n < s.len && is_letter(s.ptr[n]))
		n++;
	if (n == 0 || money_at(s) != NULL)
		return (1);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (n == strlen(words[i].word) && begins(s, words[i].word))
			return (words[i].scale);
	if (begins(s, "k"))
		scale = 1e3;
	else if (begins(s, "m"))
		scale = 1e6;
	s.ptr++;
	s.len--;
	/* "45k", "45k€", "45kEUR"; but "kr" is no thousand. */
	if (n == 1 && (s.len == 0 || (s.ptr[0] & 0x80) == 0))
		return (scale);
	return (money_at(s) != NULL || begins(s, "\302\240") ||
	    begins(s, "\342\200\257") ? scale : 1);
}

/*
 * "48,000.50", "48.000,50", "$48k", "1.5m", "EUR 48 000".  Marks of currency
 * go.  -2 where it could be either of two numbers.
 */
int
fu_number_read(struct fu_str s, const char *country, double *out)
{
	struct number x;
	double scale;
	char *end;
	int rc;

	while (s.len > 0 && !(s.ptr[0] >= '0' && s.ptr[0] <= '9') &&
	    s.ptr[0] != '-') {
		if (s.ptr[0] == '.' || s.ptr[0] == '(')
			return (-1);
		s.ptr++;
		s.len--;
	}
	if (take_number(&s, &x) == -1)
		return (-1);
	if ((rc = place_point(&x, country)) != 0)
		return (rc);
	s = fu_str_trim(s);
	if ((scale = scale_of(s)) == 0)
		return (-1);
	/* What is left may be a currency, but no further number. */
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			return (-1);
	if (s.len > 9)
		return (-1);
	*out = strtod(x.digits, &end) * scale;
	return (end != x.digits && *end == '\0' && *out > -REAL_MAX &&
	    *out < REAL_MAX ? 0 : -1);
}

const char *
fu_number_money(struct fu_str s)
{
	const char *code;
	struct fu_str all = s;

	for (; s.len > 0; s.ptr++, s.len--) {
		bool inside = s.ptr > all.ptr && is_letter(s.ptr[-1]);

		/* "45kEUR", "TEUR". */
		if (inside && (s.len < 3 || strchr("kKmMtT", s.ptr[-1]) == NULL ||
		    (s.ptr - 1 > all.ptr && is_letter(s.ptr[-2]))) &&
		    is_letter(s.ptr[0]))
			continue;
		if ((code = money_at(s)) != NULL)
			return (code);
	}
	return (NULL);
}
