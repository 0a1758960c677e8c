/*
 * Telephone numbers to E.164.
 *
 * Never guesses: a number fits one country's plan, or it is an error.
 */
#include "record/phone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define PLANS_MAX	300
#define TRUNKS_MAX	2
#define DIGITS_MAX	32	/* as written, prefixes in */

struct plan {
	char		 country[3];
	char		 code[4];
	char		 trunk[TRUNKS_MAX][4];
	char		 idd[6];
	uint16_t	 lengths[10];	/* bit n: n digits, by first digit */
	const char	*ranges;	/* "809,829"; "-" none known; or NULL */
	uint16_t	 next;		/* of the same code, plus one; 0 none */
};

struct fu_phones {
	struct fu_arena	 arena;
	struct plan	 plan[PLANS_MAX];
	size_t		 n;
	/* By calling code: the first plan of it, plus one. */
	uint16_t	 by_code[1000];
	uint16_t	 chain[1000];	/* the last one read, plus one */
	/* By the letters of the country: its plan, plus one. */
	uint16_t	 by_country[26 * 26];
};

static int
country_slot(const char *c)
{
	if (c == NULL || c[0] < 'A' || c[0] > 'Z' || c[1] < 'A' ||
	    c[1] > 'Z' || c[2] != '\0')
		return (-1);
	return ((c[0] - 'A') * 26 + c[1] - 'A');
}

/* "2-5,7": a set of numbers below 16 as bits; 0 when it is none. */
static uint16_t
parse_set(const char *s, const char *end)
{
	uint16_t set = 0;

	while (s < end) {
		char *rest;
		long a = strtol(s, &rest, 10), b = a;

		if (rest == s)
			return (0);
		if (*rest == '-')
			b = strtol(rest + 1, &rest, 10);
		if (a < 0 || b < a || b > FU_PHONE_DIGITS_MAX)
			return (0);
		for (; a <= b; a++)
			set |= (uint16_t)(1u << a);
		s = rest;
		if (s < end && *s++ != ',')
			return (0);
	}
	return (set);
}

/* "1:7-14;2-9:5-15" */
static int
parse_plan(struct plan *p, const char *s)
{
	while (*s != '\0') {
		const char *colon = strchr(s, ':');
		const char *end = s + strcspn(s, ";");
		uint16_t first, lengths;

		if (colon == NULL || colon > end)
			return (-1);
		first = parse_set(s, colon);
		lengths = parse_set(colon + 1, end);
		if (first == 0 || first >= 1u << 10 || lengths == 0)
			return (-1);
		for (int d = 0; d < 10; d++)
			if ((first >> d & 1) != 0)
				p->lengths[d] |= lengths;
		s = *end == ';' ? end + 1 : end;
	}
	return (0);
}

static int
parse_line(struct fu_phones *t, char *line)
{
	struct plan *p = &t->plan[t->n];
	char trunk[16], plan[256], ranges[256];
	unsigned code;
	int got, slot;

	ranges[0] = '\0';
	got = sscanf(line, "%2s %3s %15s %5s %255s %255s", p->country, p->code,
	    trunk, p->idd, plan, ranges);
	slot = country_slot(p->country);
	if (got < 5 || slot < 0 || t->by_country[slot] != 0)
		return (-1);
	if (strspn(p->code, "0123456789") != strlen(p->code))
		return (-1);
	if (strcmp(trunk, "-") != 0) {
		char *comma = strchr(trunk, ',');

		if (comma != NULL)
			*comma++ = '\0';
		if (strlen(trunk) > 3 || (comma != NULL && strlen(comma) > 3))
			return (-1);
		strcpy(p->trunk[0], trunk);
		if (comma != NULL)
			strcpy(p->trunk[1], comma);
	}
	if (parse_plan(p, plan) != 0)
		return (-1);
	if (ranges[0] != '\0')
		p->ranges = fu_dup(&t->arena, ranges);
	code = (unsigned)strtoul(p->code, NULL, 10);
	t->n++;
	t->by_country[slot] = (uint16_t)t->n;
	p->next = t->chain[code];
	t->chain[code] = (uint16_t)t->n;
	/* The main country of a code stands for it. */
	if (t->by_code[code] == 0 || p->ranges == NULL)
		t->by_code[code] = (uint16_t)t->n;
	return (0);
}

struct fu_phones *
fu_phones_open(const char *path, struct fu_err *err)
{
	struct fu_phones *t;
	char line[1024];
	unsigned number = 0;
	FILE *fp;

	fp = fopen(path, "re");
	if (fp == NULL) {
		fu_err_sys(err, FU_ENOINPUT, "%s", path);
		return (NULL);
	}
	t = calloc(1, sizeof(*t));
	if (t == NULL)
		fu_oom();
	fu_arena_init(&t->arena);
	while (fgets(line, sizeof(line), fp) != NULL) {
		number++;
		if (line[0] == '#' || line[strspn(line, " \t\r\n")] == '\0')
			continue;
		if (t->n == PLANS_MAX || parse_line(t, line) != 0) {
			fu_err_set(err, FU_ECONFIG, "%s:%u: no numbering plan "
			    "(country code trunk prefix plan [ranges])", path,
			    number);
			goto err;
		}
	}
	if (ferror(fp)) {
		fu_err_sys(err, FU_EIO, "%s", path);
		goto err;
	}
	fclose(fp);
	return (t);
err:
	fclose(fp);
	fu_phones_close(t);
	return (NULL);
}

void
fu_phones_close(struct fu_phones *t)
{
	if (t == NULL)
		return;
	fu_arena_free(&t->arena);
	free(t);
}

static const struct plan *
plan_of(const struct fu_phones *t, const char *country)
{
	int slot = country_slot(country);

	if (slot < 0 || t->by_country[slot] == 0)
		return (NULL);
	return (&t->plan[t->by_country[slot] - 1]);
}

const char *
fu_phone_code(const struct fu_phones *t, const char *country)
{
	const struct plan *p = plan_of(t, country);

	return (p != NULL ? p->code : NULL);
}

static bool
in_ranges(const char *ranges, const char *national)
{
	while (*ranges != '\0') {
		size_t n = strcspn(ranges, ",");

		if (n > 0 && strncmp(ranges, national, n) == 0)
			return (true);
		ranges += n + (ranges[n] == ',');
	}
	return (false);
}

static bool
fits(const struct plan *p, const char *national)
{
	size_t n = strlen(national);

	if (n == 0 || n + strlen(p->code) > FU_PHONE_DIGITS_MAX)
		return (false);
	if ((p->lengths[national[0] - '0'] >> n & 1) == 0)
		return (false);
	/* NANP: area code and exchange are both [2-9]XX, and N11 is neither. */
	if (strcmp(p->code, "1") == 0)
		return (national[0] >= '2' && national[3] >= '2' &&
		    !(national[1] == '1' && national[2] == '1') &&
		    !(national[4] == '1' && national[5] == '1'));
	return (true);
}

/* Which country of those that share a code?  The one at hand, if it can be. */
static const struct plan *
owner(const struct fu_phones *t, const struct plan *main_plan,
    const char *national, const char *at_hand)
{
	const struct plan *here = NULL;
	bool shared = false;

	for (uint16_t at = t->chain[atoi(main_plan->code)]; at != 0;
	    at = t->plan[at - 1].next) {
		const struct plan *p = &t->plan[at - 1];

		if (p->ranges != NULL && in_ranges(p->ranges, national))
			return (p);
		if (p->ranges != NULL && strcmp(p->ranges, "-") != 0)
			continue;
		shared = shared || p != main_plan;
		if (at_hand != NULL && strcmp(p->country, at_hand) == 0)
			here = p;
	}
	if (here != NULL)
		return (here);
	return (shared ? NULL : main_plan);
}

static int
finish(const struct fu_phones *t, const struct plan *p, const char *national,
    const char *at_hand, struct fu_phone *out)
{
	const struct plan *who;

	who = owner(t, p, national, at_hand);
	if (!fits(who != NULL ? who : p, national))
		return (-1);
	(void)snprintf(out->e164, sizeof(out->e164), "+%s%s", p->code,
	    national);
	(void)snprintf(out->country, sizeof(out->country), "%s",
	    who != NULL ? who->country : "");
	return (0);
}

/* Digits behind a '+' or an international prefix. */
static int
international(const struct fu_phones *t, const char *digits,
    const char *at_hand, struct fu_phone *out)
{
	for (size_t n = 1; n <= 3 && digits[n] != '\0'; n++) {
		char code[4] = { 0 };
		const struct plan *p;
		uint16_t at;

		memcpy(code, digits, n);
		at = code[0] == '0' ? 0 : t->by_code[atoi(code)];
		if (at == 0)
			continue;
		p = &t->plan[at - 1];
		if (finish(t, p, digits + n, at_hand, out) == 0)
			return (0);
		/* "+44 (0)20 ...": a trunk prefix left in by mistake. */
		for (int i = 0; i < TRUNKS_MAX; i++) {
			size_t len = strlen(p->trunk[i]);

			if (len > 0 && p->trunk[i][0] == '0' &&
			    strncmp(digits + n, p->trunk[i], len) == 0 &&
			    finish(t, p, digits + n + len, at_hand, out) == 0)
				return (0);
		}
		return (-1);
	}
	return (-1);
}

static int
national(const struct fu_phones *t, const char *digits, const char *country,
    struct fu_phone *out)
{
	const struct plan *p = plan_of(t, country);
	size_t code;
	bool whole, bare;

	if (p == NULL)
		return (-1);
	code = strlen(p->code);
	whole = fits(p, digits);
	bare = strncmp(digits, p->code, code) == 0 && fits(p, digits + code);
	/* With and without its own country code: it could be either. */
	if (whole && bare && strcmp(p->code, p->trunk[0]) != 0)
		return (-1);
	if (whole)
		return (finish(t, p, digits, country, out));
	for (int i = 0; i < TRUNKS_MAX; i++) {
		size_t len = strlen(p->trunk[i]);

		if (len > 0 && strncmp(digits, p->trunk[i], len) == 0 &&
		    finish(t, p, digits + len, country, out) == 0)
			return (0);
	}
	if (bare)
		return (finish(t, p, digits + code, country, out));
	return (-1);
}

/* What people write before and between digits. */
struct written {
	char	 digits[DIGITS_MAX + 1];
	bool	 plus;
};

static const char *const prefixes[] = { "whatsapp:", "tel:", "phone:", "tel.",
	"tel", "ph:", "mobile:", "fax:" };

/* Characters that group digits; the non-ASCII ones are dashes and spaces. */
static size_t
is_filler(const char *p, size_t left)
{
	static const char *const wide[] = { "\302\240", "\342\200\220",
		"\342\200\221", "\342\200\222", "\342\200\223", "\342\200\257",
		"\342\200\213", "\342\200\252", "\342\200\254", "\342\200\255",
		"\342\200\216" };

	if (strchr(" \t.-/()[]", *p) != NULL && *p != '\0')
		return (1);
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (left >= strlen(wide[i]) &&
		    memcmp(p, wide[i], strlen(wide[i])) == 0)
			return (strlen(wide[i]));
	return (0);
}

/* "x123", "ext. 123", "#123", ";ext=123": the length of the word, or 0. */
static size_t
extension_word(const char *p, size_t left)
{
	static const char *const words[] = { ";ext=", "extension", "extn",
		"ext.", "ext", "x.", "x", "#", "durchwahl", "dw", "poste" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);

		if (left >= n && strncasecmp(p, words[i], n) == 0)
			return (n);
	}
	return (0);
}

static int
read_extension(struct fu_str s, struct fu_phone *out)
{
	size_t n = 0;

	s = fu_str_trim(s);
	if (s.len > 0 && (s.ptr[0] == ':' || s.ptr[0] == '.'))
		s = fu_str_trim((struct fu_str){ s.ptr + 1, s.len - 1 });
	for (; n < s.len; n++)
		if (s.ptr[n] < '0' || s.ptr[n] > '9' ||
		    n + 1 >= sizeof(out->extension))
			return (-1);
	memcpy(out->extension, s.ptr, n);
	out->extension[n] = '\0';
	return (n > 0 ? 0 : -1);
}

static int
read_written(struct fu_str s, struct written *w, struct fu_phone *out,
    const char **why)
{
	size_t n = 0, i = 0, skip;

	s = fu_str_trim(s);
	if (s.len > 0 && s.ptr[0] == '\'')
		s = fu_str_trim((struct fu_str){ s.ptr + 1, s.len - 1 });
	for (size_t k = 0; k < sizeof(prefixes) / sizeof(prefixes[0]); k++)
		if (s.len > strlen(prefixes[k]) && strncasecmp(s.ptr,
		    prefixes[k], strlen(prefixes[k])) == 0) {
			s = fu_str_trim((struct fu_str){
			    s.ptr + strlen(prefixes[k]),
			    s.len - strlen(prefixes[k]) });
			break;
		}
	w->plus = false;
	while (i < s.len) {
		char c = s.ptr[i];

		if (c >= '0' && c <= '9') {
			if (n == DIGITS_MAX) {
				*why = "too many digits";
				return (-1);
			}
			w->digits[n++] = c;
			i++;
		} else if (c == '+' && n == 0 && !w->plus) {
			w->plus = true;
			i++;
		} else if ((skip = is_filler(s.ptr + i, s.len - i)) > 0) {
			i += skip;
		} else if (n > 3 && (skip = extension_word(s.ptr + i,
		    s.len - i)) > 0) {
			if (read_extension((struct fu_str){ s.ptr + i + skip,
			    s.len - i - skip }, out) != 0) {
				*why = "an extension that is no number";
				return (-1);
			}
			break;
		} else {
			*why = n > 0 && (c == 'E' || c == 'e') ?
			    "rounded by a spreadsheet" : "not a number";
			return (-1);
		}
	}
	w->digits[n] = '\0';
	*why = "too few digits";
	return (n >= 4 ? 0 : -1);
}

/* A rounded number has lost its digits: "4.91512E+12". */
static bool
is_rounded(struct fu_str s)
{
	for (size_t i = 1; i + 1 < s.len; i++)
		if ((s.ptr[i] == 'E' || s.ptr[i] == 'e') &&
		    s.ptr[i + 1] == '+' && s.ptr[i - 1] >= '0' &&
		    s.ptr[i - 1] <= '9')
			return (true);
	return (false);
}

int
fu_phone_parse(const struct fu_phones *t, struct fu_str text,
    const char *country, struct fu_phone *out, struct fu_err *err)
{
	const struct plan *here = plan_of(t, country);
	const char *why = "not a number";
	struct written w;
	size_t idd;

	*out = (struct fu_phone){ .e164 = "" };
	if (is_rounded(text)) {
		why = "rounded by a spreadsheet, its digits are lost";
		goto bad;
	}
	if (read_written(text, &w, out, &why) != 0)
		goto bad;
	why = "no such number in any country's plan";
	if (w.plus) {
		if (international(t, w.digits, country, out) == 0)
			return (0);
		goto bad;
	}
	idd = here != NULL ? strlen(here->idd) : 0;
	if (idd > 1 && strncmp(w.digits, here->idd, idd) == 0 &&
	    international(t, w.digits + idd, country, out) == 0)
		return (0);
	if (strncmp(w.digits, "00", 2) == 0 &&
	    international(t, w.digits + 2, country, out) == 0)
		return (0);
	why = "no country to place it in";
	if (here == NULL)
		goto bad;
	if (national(t, w.digits, country, out) == 0)
		return (0);
	return (fu_err_set(err, FU_EDATA, "bad phone \"%.*s\": not a number "
	    "of %s", (int)(text.len < 60 ? text.len : 60), text.ptr, country));
bad:
	return (fu_err_set(err, FU_EDATA, "bad phone \"%.*s\": %s",
	    (int)(text.len < 60 ? text.len : 60), text.ptr, why));
}
