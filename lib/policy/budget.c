/*
 * What somebody can spend, out of what they wrote.
 *
 * Must never take for a budget what a vendor quoted, what a rival costs, or
 * what a company earns: those sentences are known by the lists.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "policy/extract.h"

/* Nobody's budget; keeps the arithmetic far from its limits. */
#define BUDGET_MAX	1e12
/* A bare number under this is a count, not money. */
#define BARE_MIN	500
/* A message of so few words that is an amount needs no more said. */
#define SHORT_WORDS	6
/* Nor one of so few beside an amount of several. */
#define AROUND_WORDS	4

struct amount {
	double		 value;
	double		 times;		/* 1000 for "k" */
	const char	*currency;
	const char	*per;
	size_t		 first, last;	/* words */
};

struct word_value {
	const char	*text;
	double		 value;
};

static const struct word_value multipliers[] = { { "k", 1e3 },
	{ "thousand", 1e3 }, { "grand", 1e3 }, { "m", 1e6 }, { "mn", 1e6 },
	{ "mio", 1e6 }, { "mil", 1e3 }, { "million", 1e6 },
	{ "millionen", 1e6 }, { "millions", 1e6 }, { "tausend", 1e3 },
	{ "tsd", 1e3 }, { "mille", 1e3 }, { "mila", 1e3 },
	{ "duizend", 1e3 }, { "teur", 1e3 }, { "lakh", 1e5 }, { "lakhs", 1e5 }, { "lac", 1e5 }, { "lacs", 1e5 }, { "crore", 1e7 },
	{ "crores", 1e7 }, { NULL, 0 } };

static const struct word_value numbers[] = { { "five", 5 }, { "ten", 10 },
	{ "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 },
	{ "forty", 40 }, { "fifty", 50 }, { "sixty", 60 }, { "seventy", 70 },
	{ "eighty", 80 }, { "ninety", 90 }, { "hundred", 100 }, { NULL, 0 } };

static const struct {
	const char *text, *code;
} currencies[] = { { "usd", "USD" }, { "dollars", "USD" }, { "dollar", "USD" },
	{ "bucks", "USD" }, { "eur", "EUR" }, { "euro", "EUR" },
	{ "teur", "EUR" },
	{ "euros", "EUR" }, { "reais", "BRL" }, { "gbp", "GBP" },
	{ "pounds", "GBP" }, { "quid", "GBP" }, { "chf", "CHF" },
	{ "francs", "CHF" }, { "franken", "CHF" },
	{ "inr", "INR" }, { "rs", "INR" }, { "rupees", "INR" },
	{ "lakh", "INR" }, { "lakhs", "INR" }, { "lac", "INR" },
	{ "crore", "INR" }, { "crores", "INR" }, { "cad", "CAD" },
	{ "aud", "AUD" }, { "nzd", "NZD" }, { "sgd", "SGD" }, { "aed", "AED" },
	{ "zar", "ZAR" }, { "sek", "SEK" }, { "nok", "NOK" }, { "dkk", "DKK" },
	{ "pln", "PLN" }, { "jpy", "JPY" }, { "brl", "BRL" } };

static const struct {
	const char *sign, *code;
} signs[] = { { "R$", "BRL" }, { "A$", "AUD" }, { "C$", "CAD" },
	{ "S$", "SGD" }, { "NZ$", "NZD" }, { "HK$", "HKD" }, { "$", "USD" }, { "\xe2\x82\xac", "EUR" }, { "\xc2\xa3", "GBP" },
	{ "\xe2\x82\xb9", "INR" }, { "\xc2\xa5", "JPY" } };

static double
value_of(const struct word_value *table, const char *text)
{
	for (; table->text != NULL; table++)
		if (strcmp(table->text, text) == 0)
			return (table->value);
	return (0);
}

static const char *
currency_of(const char *text)
{
	size_t i;

	for (i = 0; i < sizeof(currencies) / sizeof(currencies[0]); i++)
		if (strcmp(currencies[i].text, text) == 0)
			return (currencies[i].code);
	return (NULL);
}

static bool
digit(char c)
{
	return (c >= '0' && c <= '9');
}

/* "1,100" "2.5" "25.000" with what letters follow in ${rest}. */
static double
number_of(const char *text, const char **rest)
{
	char plain[32];
	size_t i, n = 0, after = 0;
	bool point = false;

	for (i = 0; digit(text[i]) || text[i] == ',' || text[i] == '.'; i++) {
		if (!digit(text[i])) {
			after = strspn(text + i + 1, "0123456789");
			if (after == 3)
				continue;	/* thousands */
			if (point)
				break;
			point = true;
			if (n + 1 < sizeof(plain))
				plain[n++] = '.';
		} else if (n + 1 < sizeof(plain))
			plain[n++] = text[i];
	}
	plain[n] = '\0';
	*rest = text + i;
	return (strtod(plain, NULL));
}

static const char *
sign_before(const struct fu_words *ws, size_t i)
{
	size_t k, len, off = ws->w[i].off;

	while (off > 0 && ws->source[off - 1] == ' ')
		off--;
	for (k = 0; k < sizeof(signs) / sizeof(signs[0]); k++) {
		len = strlen(signs[k].sign);
		if (off >= len &&
		    memcmp(ws->source + off - len, signs[k].sign, len) == 0)
			return (signs[k].code);
	}
	return (NULL);
}

static const char *
sign_after(const struct fu_words *ws, size_t i)
{
	const char *s = ws->source + ws->w[i].off + ws->w[i].len;
	size_t k;

	if (*s == ' ')
		s++;
	for (k = 0; k < sizeof(signs) / sizeof(signs[0]); k++)
		if (strncmp(s, signs[k].sign, strlen(signs[k].sign)) == 0 &&
		    !digit(s[strlen(signs[k].sign)]))
			return (signs[k].code);
	return (NULL);
}

static bool
same_sentence(const struct fu_words *ws, size_t i, size_t k)
{
	return (k < ws->n && ws->w[i].sentence == ws->w[k].sentence);
}

/* What is said behind a number multiplies it by; 0 if it does not.  "T" alone
 * is a thousand in German, before the sign of the money. */
static double
times_of(const struct fu_words *ws, size_t i, const char *text)
{
	if (strcmp(text, "t") == 0)
		return (sign_after(ws, i) != NULL ? 1e3 : 0);
	return (value_of(multipliers, text));
}

/* The amount whose number is word ${i}. */
static bool
amount_at(const struct fu_words *ws, size_t i, struct amount *a)
{
	const char *text = ws->w[i].text, *rest = "";
	double times;
	bool mil = false;

	memset(a, 0, sizeof(*a));
	a->first = a->last = i;
	a->times = 1;
	if (digit(*text))
		a->value = number_of(text, &rest);
	else if ((a->value = value_of(numbers, text)) == 0)
		return (false);
	/* "25 000": one number, written the European way */
	while (digit(*text) && same_sentence(ws, i, a->last + 1) &&
	    strlen(ws->w[a->last + 1].text) == 3 && a->value < BUDGET_MAX &&
	    strspn(ws->w[a->last + 1].text, "0123456789") == 3 &&
	    *rest == '\0' && strlen(ws->w[i].text) <= 3 &&
	    ws->w[a->last + 1].off ==
	    ws->w[a->last].off + ws->w[a->last].len + 1 &&
	    ws->source[ws->w[a->last + 1].off - 1] == ' ') {
		a->last++;
		a->value = a->value * 1000 + atoi(ws->w[a->last].text);
	}
	if (*rest != '\0' && (a->times = times_of(ws, i, rest)) == 0) {
		if ((a->currency = currency_of(rest)) == NULL)
			return (false);	/* "3rd", "2x", "7am" */
		a->times = 1;
	}
	mil = strcmp(rest, "mil") == 0;
	if (same_sentence(ws, i, a->last + 1) &&
	    (times = times_of(ws, a->last + 1, ws->w[a->last + 1].text)) > 0 &&
	    a->times == 1) {
		a->times = times;
		a->last++;
		mil = strcmp(ws->w[a->last].text, "mil") == 0;
		/* "lakh" says the currency as well */
		if (a->currency == NULL)
			a->currency = currency_of(ws->w[a->last].text);
	}
	if (!digit(*text) && a->times == 1)
		return (false);		/* "ten people" */
	if (sign_before(ws, i) != NULL)
		a->currency = sign_before(ws, i);
	else if (i > 0 && currency_of(ws->w[i - 1].text) != NULL)
		a->currency = currency_of(ws->w[i - 1].text);
	else if (sign_after(ws, a->last) != NULL)
		a->currency = sign_after(ws, a->last);
	else if (same_sentence(ws, i, a->last + 1) &&
	    currency_of(ws->w[a->last + 1].text) != NULL)
		a->currency = currency_of(ws->w[++a->last].text);
	/*
	 * "30 mil" is thirty thousand in Spanish and Portuguese and thirty
	 * million in English: read where the money is of the former.
	 */
	return (!mil || (a->currency != NULL &&
	    (strcmp(a->currency, "EUR") == 0 ||
	    strcmp(a->currency, "BRL") == 0)));
}

/* "20-30k", "between 20 and 30 thousand": the upper end takes its place. */
static void
upper_end(const struct fu_reading *r, struct amount *a)
{
	const struct fu_words *ws = r->words;
	struct amount b;
	size_t next = a->last + 1, gap, end;
	bool range;

	if (!same_sentence(ws, a->first, next))
		return;
	gap = ws->w[a->last].off + ws->w[a->last].len;
	range = fu_section_at(fu_lexicon_find(r->lexicon, "budget_to"), ws,
	    next, &end) || (fu_section_at(fu_lexicon_find(r->lexicon,
	    "budget_and"), ws, next, &end) && fu_section_before(
	    fu_lexicon_find(r->lexicon, "budget_between"), ws, a->first, 1));
	if (range)
		next++;
	else if (memchr(ws->source + gap, '-', ws->w[next].off - gap) ==
	    NULL && memmem(ws->source + gap, ws->w[next].off - gap,
	    "\xe2\x80\x93", 3) == NULL)
		return;
	if (!same_sentence(ws, a->first, next) || !amount_at(ws, next, &b) ||
	    b.value * b.times < a->value * a->times)
		return;
	if (b.currency == NULL)
		b.currency = a->currency;
	b.first = a->first;
	*a = b;
}

/* "15k a year, usd": the code behind, unless that is the next amount's. */
static void
currency_behind(const struct fu_words *ws, struct amount *a)
{
	size_t k;

	if (a->times <= 1 && a->value < BARE_MIN)
		return;
	for (k = a->last + 1; a->currency == NULL && k <= a->last + 6 &&
	    same_sentence(ws, a->last, k) && !digit(ws->w[k].text[0]); k++)
		if (strlen(ws->w[k].text) == 3 &&
		    !(k + 1 < ws->n && digit(ws->w[k + 1].text[0])))
			a->currency = currency_of(ws->w[k].text);
}

static void
period(const struct fu_reading *r, struct amount *a)
{
	static const struct {
		const char *section, *per;
	} periods[] = { { "per_seat", "seat_month" }, { "per_year", "year" },
		{ "per_month", "month" }, { "per_once", "once" } };
	const struct fu_section *s;
	size_t i, k, last;

	for (i = 0; i < sizeof(periods) / sizeof(periods[0]); i++) {
		s = fu_lexicon_find(r->lexicon, periods[i].section);
		for (k = a->last + 1; k <= a->last + 6 && a->per == NULL &&
		    same_sentence(r->words, a->last, k); k++)
			if (fu_section_at(s, r->words, k, &last))
				a->per = periods[i].per;
	}
}

/* "Our budget was 10k last year": said within words that say so, in its
 * clause.  "Now it is 20k" behind a comma is another. */
static bool
past(const struct fu_reading *r, const struct amount *a)
{
	const struct fu_section *s = fu_lexicon_find(r->lexicon, "budget_past");
	const struct fu_word *w = r->words->w;
	size_t from = a->first, last;

	while (from > 0 && w[from - 1].clause == w[a->first].clause)
		from--;
	for (; s != NULL && from <= a->first; from++)
		if (fu_section_at(s, r->words, from, &last) &&
		    last >= a->first && w[last].clause == w[a->first].clause)
			return (true);
	return (false);
}

/* Is "budget" said shortly before a number that is nothing but a number? */
static bool
named(const struct fu_reading *r, const struct amount *a)
{
	const struct fu_section *s;
	size_t i, last;

	s = fu_lexicon_find(r->lexicon, "budget_name");
	for (i = a->first; i > 0 && a->first - (i - 1) <= 5; i--)
		if (fu_section_at(s, r->words, i - 1, &last))
			return (true);
	return (false);
}

/* Does a phrase of the section stand among these words? */
static bool
between(const struct fu_section *section, const struct fu_words *ws,
    size_t from, size_t end)
{
	size_t last;

	for (; from < end; from++)
		if (fu_section_at(section, ws, from, &last) && last < end)
			return (true);
	return (false);
}

/* "We do not have 50k", "50k haben wir nicht": but "not more than 50k" is what
 * they have, and "not 50k but 20k" is 20k. */
static bool
denied(const struct fu_reading *r, const struct amount *a)
{
	const struct fu_words *ws = r->words;
	const struct fu_section *turns, *limit;
	size_t i, first = a->first, end = a->last + 1;
	bool not = false;

	turns = fu_lexicon_find(r->lexicon, "budget_turns");
	limit = fu_lexicon_find(r->lexicon, "budget_limit");
	while (first > 0 && ws->w[first - 1].clause == ws->w[a->first].clause)
		first--;
	while (end < ws->n && ws->w[end].clause == ws->w[a->last].clause)
		end++;
	if (between(limit, ws, first, end))
		return (false);
	for (i = first; i < a->first && !not; i++)
		not = ws->w[i].negates && !between(turns, ws, i, a->first);
	for (i = a->last + 1; i < end && !not; i++)
		not = ws->w[i].negates_back &&
		    !between(turns, ws, a->last + 1, i);
	return (not);
}

static bool
is_budget(const struct fu_reading *r, const struct amount *a, bool asked)
{
	const struct fu_words *ws = r->words;
	size_t sentence = ws->w[a->first].sentence;
	bool money = a->currency != NULL || a->times > 1;
	bool alone = ws->n <= SHORT_WORDS ||
	    ws->n - (a->last - a->first + 1) <= AROUND_WORDS;
	double value = a->value * a->times;

	if (value < 1 || value > BUDGET_MAX || r->masked[a->first] ||
	    ws->w[a->first].quoted || past(r, a) || denied(r, a))
		return (false);
	if (fu_section_in(fu_lexicon_find(r->lexicon, "budget_not"), ws,
	    sentence) && !fu_section_in(fu_lexicon_find(r->lexicon,
	    "budget_ceiling"), ws, sentence))
		return (false);
	if (!money)
		return ((named(r, a) || (asked && alone)) &&
		    value >= BARE_MIN && (value < 1900 || value > 2100));
	return (asked || alone ||
	    fu_section_in(fu_lexicon_find(r->lexicon, "budget_cue"), ws,
	    sentence));
}

void
fu_extract_budget(const struct fu_reading *r, struct fu_signals *out)
{
	const struct fu_words *ws = r->words;
	struct fu_words asked;
	struct amount a;
	size_t i, first, last;
	bool wanted = false;

	if (r->asked != NULL) {
		fu_words_read(r->arena, r->asked, &asked);
		wanted = fu_section_find(fu_lexicon_find(r->lexicon,
		    "budget_asked"), &asked, 0, &first, &last);
	}
	for (i = 0; i < ws->n; i++) {
		if (!amount_at(ws, i, &a))
			continue;
		upper_end(r, &a);
		currency_behind(ws, &a);
		period(r, &a);
		if (!is_budget(r, &a, wanted)) {
			i = a.last;
			continue;
		}
		/* whole units: what is behind the point is no more money */
		out->budget = (int64_t)floor(a.value * a.times * (1 + 1e-12) +
		    1e-6);
		out->currency = a.currency;
		out->per = a.per;
		return;
	}
}
