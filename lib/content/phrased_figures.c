/*
 * The figures of a text.
 *
 * Must never read two numbers as the same that are not: what may be read in
 * two ways keeps both.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "content/phrased.h"

/* Numbers as words, folded; "one" is a pronoun more often. */
static const struct {
	const char *word, *value;
} spelled[] = {
    {"two", "2"},
    {"three", "3"},
    {"four", "4"},
    {"five", "5"},
    {"six", "6"},
    {"seven", "7"},
    {"eight", "8"},
    {"nine", "9"},
    {"ten", "10"},
    {"eleven", "11"},
    {"twelve", "12"},
    {"fifteen", "15"},
    {"twenty", "20"},
    {"thirty", "30"},
    {"forty", "40"},
    {"fifty", "50"},
    {"sixty", "60"},
    {"seventy", "70"},
    {"eighty", "80"},
    {"ninety", "90"},
    {"hundred", "100"},
    {"hundreds", "100"},
    {"thousand", "1000"},
    {"thousands", "1000"},
    {"million", "1000000"},
    {"millions", "1000000"},
    {"billion", "1000000000"},
    {"dozen", "12"},
    {"dozens", "12"},
    {"half", "0.5"},
    {"halve", "0.5"},
    {"halved", "0.5"},
    {"halves", "0.5"},
    {"halving", "0.5"},
    {"twice", "x2"},
    {"double", "x2"},
    {"doubled", "x2"},
    {"doubles", "x2"},
    {"doubling", "x2"},
    {"twofold", "x2"},
    {"triple", "x3"},
    {"tripled", "x3"},
    {"triples", "x3"},
    {"threefold", "x3"},
    {"tenfold", "x10"},
    {"zwei", "2"},
    {"drei", "3"},
    {"vier", "4"},
    {"funf", "5"},
    {"sechs", "6"},
    {"sieben", "7"},
    {"acht", "8"},
    {"neun", "9"},
    {"zehn", "10"},
    {"elf", "11"},
    {"zwolf", "12"},
    {"zwanzig", "20"},
    {"dreissig", "30"},
    {"vierzig", "40"},
    {"funfzig", "50"},
    {"hundert", "100"},
    {"tausend", "1000"},
    {"million", "1000000"},
    {"millionen", "1000000"},
    {"halb", "0.5"},
    {"halbe", "0.5"},
    {"halfte", "0.5"},
    {"halbiert", "0.5"},
    {"doppelt", "x2"},
    {"verdoppelt", "x2"},
    {"deux", "2"},
    {"trois", "3"},
    {"quatre", "4"},
    {"cinq", "5"},
    {"sept", "7"},
    {"huit", "8"},
    {"neuf", "9"},
    {"dix", "10"},
    {"douze", "12"},
    {"vingt", "20"},
    {"trente", "30"},
    {"quarante", "40"},
    {"cinquante", "50"},
    {"cent", "100"},
    {"mille", "1000"},
    {"millions", "1000000"},
    {"moitie", "0.5"},
    {"double", "x2"},
    {"tres", "3"},
    {"cuatro", "4"},
    {"cinco", "5"},
    {"seis", "6"},
    {"siete", "7"},
    {"ocho", "8"},
    {"nueve", "9"},
    {"diez", "10"},
    {"doce", "12"},
    {"veinte", "20"},
    {"treinta", "30"},
    {"cuarenta", "40"},
    {"cincuenta", "50"},
    {"cien", "100"},
    {"mitad", "0.5"},
    {"doble", "x2"},
    {"tre", "3"},
    {"quattro", "4"},
    {"cinque", "5"},
    {"sei", "6"},
    {"sette", "7"},
    {"otto", "8"},
    {"nove", "9"},
    {"dieci", "10"},
    {"dodici", "12"},
    {"venti", "20"},
    {"trenta", "30"},
    {"quaranta", "40"},
    {"cinquanta", "50"},
    {"cento", "100"},
    {"meta", "0.5"},
    {"doppio", "x2"},
    {"quatro", "4"},
    {"sete", "7"},
    {"oito", "8"},
    {"dez", "10"},
    {"doze", "12"},
    {"vinte", "20"},
    {"trinta", "30"},
    {"quarenta", "40"},
    {"cinquenta", "50"},
    {"cem", "100"},
    {"mil", "1000"},
    {"metade", "0.5"},
    {"dobro", "x2"},
    {"twee", "2"},
    {"drie", "3"},
    {"vijf", "5"},
    {"zes", "6"},
    {"zeven", "7"},
    {"negen", "9"},
    {"tien", "10"},
    {"twaalf", "12"},
    {"twintig", "20"},
    {"dertig", "30"},
    {"veertig", "40"},
    {"vijftig", "50"},
    {"honderd", "100"},
    {"duizend", "1000"},
    {"helft", "0.5"},
    {"dubbel", "x2"},
};

/* What makes a price or a share of the number beside it. */
static const struct {
	const char *word;
	char unit;
} units[] = {
    {"%", '%'},
    {"percent", '%'},
    {"per cent", '%'},
    {"percentage", '%'},
    {"prozent", '%'},
    {"pour cent", '%'},
    {"por ciento", '%'},
    {"per cento", '%'},
    {"por cento", '%'},
    {"procent", '%'},
    {"$", '$'},
    {"\xe2\x82\xac", '$'},
    {"\xc2\xa3", '$'},
    {"\xc2\xa5", '$'},
    {"\xe2\x82\xb9", '$'},
    {"usd", '$'},
    {"eur", '$'},
    {"gbp", '$'},
    {"chf", '$'},
    {"euro", '$'},
    {"euros", '$'},
    {"dollar", '$'},
    {"dollars", '$'},
    {"pound", '$'},
    {"pounds", '$'},
    {"franken", '$'},
    {"cents", '$'},
};
#define N(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_wordly(const char *s)
{
	return (g_ascii_isalnum(*s) || (unsigned char)*s >= 0x80);
}

/* The unit that stands right behind ${s}, blanks aside. */
static char
unit_behind(const char *s)
{
	size_t len;

	s += strspn(s, " \t\n-");
	for (size_t i = 0; i < N(units); i++) {
		len = strlen(units[i].word);
		if (strncmp(s, units[i].word, len) == 0 &&
		    (!g_ascii_isalpha(*units[i].word) || !is_wordly(s + len)))
			return (units[i].unit);
	}
	return (0);
}

/* The currency that stands right before byte ${at}. */
static char
unit_before(const char *text, size_t at)
{
	size_t len;

	while (at > 0 && strchr(" \t\n", text[at - 1]) != NULL)
		at--;
	for (size_t i = 0; i < N(units); i++) {
		len = strlen(units[i].word);
		if (units[i].unit == '$' && len <= at &&
		    memcmp(text + at - len, units[i].word, len) == 0 &&
		    (!g_ascii_isalpha(*units[i].word) || at == len ||
			!is_wordly(text + at - len - 1)))
			return (units[i].unit);
	}
	return (0);
}

/* A digit of any script: its value, and its length; -1. */
static int
digit_at(const char *s, size_t *len)
{
	uint32_t cp;

	*len = fu_utf8_next(s, &cp);
	return (*len == 0 ? -1 : g_unichar_digit_value(cp));
}

/* How a number may be read: groups of three, or with decimals. */
static void
read_number(const char *digits, const size_t *group, size_t ngroup,
    const char *sep, struct fu_figure *f)
{
	size_t whole = ngroup - 1, n = 0, k = 0;
	bool threes = true, one_kind = true;

	for (size_t i = 1; i < ngroup; i++) {
		threes = threes && group[i] == 3;
		one_kind = one_kind && sep[i] == sep[1];
	}
	/* A date or a version is itself alone. */
	if (ngroup > 2 && one_kind && !threes)
		(void)snprintf(f->value[0], sizeof(f->value[0]), "v%s", digits);
	/* All of it as one number; and what is behind the last mark apart. */
	for (int form = 0; form < 2; form++) {
		char *out = f->value[form];

		if ((form == 0 && ngroup > 1 && (!threes || !one_kind)) ||
		    (form == 1 && (ngroup == 1 || (ngroup > 2 && one_kind))))
			continue;
		for (n = k = 0;
		     digits[n] == '0' && digits[n + 1] != '\0' &&
		     (form == 0 || n + 1 < strlen(digits) - group[whole]);)
			n++;
		for (; digits[n] != '\0' && k < sizeof(f->value[0]) - 2; n++) {
			if (form == 1 && n == strlen(digits) - group[whole])
				out[k++] = '.';
			out[k++] = digits[n];
		}
		while (form == 1 && k > 0 && out[k - 1] == '0')
			k--;
		if (form == 1 && k > 0 && out[k - 1] == '.')
			k--;
		out[k] = '\0';
	}
}

/* A number from byte ${at} on; how many bytes it has. */
static size_t
number_at(const char *text, size_t at, struct fu_figure *f)
{
	char digits[20] = "", sep[8] = "";
	size_t group[8] = {0}, n = 0, g = 0, pos = at, len, next;
	int d;

	while ((d = digit_at(text + pos, &len)) >= 0) {
		if (n + 1 < sizeof(digits)) {
			digits[n++] = (char)('0' + d);
			group[g]++;
		}
		pos += len;
		if (text[pos] != '\0' && strchr(".,'", text[pos]) != NULL &&
		    digit_at(text + pos + 1, &next) >= 0 &&
		    g + 1 < sizeof(group) / sizeof(group[0]))
			sep[++g] = text[pos++];
	}
	digits[n] = '\0';
	/* "48k" */
	if (text[pos] == 'k' && !is_wordly(text + pos + 1) && g == 0 &&
	    n + 4 < sizeof(digits)) {
		memcpy(digits + n, "000", 4);
		group[0] += 3;
		pos++;
	}
	read_number(digits, group, g + 1, sep, f);
	return (pos - at);
}

static const char *
value_of(struct fu_str word)
{
	for (size_t i = 0; i < N(spelled); i++)
		if (fu_str_is(word, spelled[i].word))
			return (spelled[i].value);
	return (NULL);
}

size_t
fu_figures_of(
    const char *text, struct fu_arena *arena, struct fu_figure **figure)
{
	size_t n = 0, cap = 0, len;
	const char *value;
	struct fu_figure f;

	*figure = NULL;
	for (size_t at = 0; text[at] != '\0'; at += len) {
		struct fu_str word = {text + at, 0};

		memset(&f, 0, sizeof(f));
		f.at = at;
		if (digit_at(text + at, &len) >= 0)
			len = number_at(text, at, &f);
		else if (g_ascii_isalpha(text[at])) {
			while (g_ascii_isalpha(text[at + word.len]))
				word.len++;
			len = word.len;
			if ((value = value_of(word)) == NULL)
				continue;
			(void)g_strlcpy(f.value[0], value, sizeof(f.value[0]));
		} else
			continue;
		f.len = len;
		f.unit = unit_behind(text + at + len);
		if (f.unit == 0)
			f.unit = unit_before(text, at);
		*figure = fu_grow(arena, *figure, n, &cap, sizeof(f));
		(*figure)[n++] = f;
	}
	return (n);
}

bool
fu_figure_same(const struct fu_figure *a, const struct fu_figure *b)
{
	if (a->unit != 0 && a->unit != b->unit)
		return (false);
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++)
			if (*a->value[i] != '\0' &&
			    strcmp(a->value[i], b->value[k]) == 0)
				return (true);
	return (false);
}
