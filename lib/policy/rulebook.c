/*
 * Rules data: the dated files of rules/ that the gate decides by, as tables.
 *
 * Must never read a file itself, and never guess at a line: a rule that is
 * not understood is an error, not a rule less.
 */
#include "policy/rulebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define LINE_MAX_BYTES 2048
#define ZONE_SLOTS     2048 /* a power of two; tzdata has 600 names */
#define PREFIX_DIGITS  8

static const struct {
	const char *name;
	int (*line)(struct fu_rulebook *, struct fu_line *, struct fu_err *);
} files[] = {
    {"states.txt", fu_rulebook_state_line},
    {"countries.txt", fu_rulebook_country_line},
    {"country-zones.txt", fu_rulebook_country_zones_line},
    {"phone-zones.txt", fu_rulebook_phone_line},
    {"nanp-regions.txt", fu_rulebook_area_line},
    {"addresses.txt", fu_rulebook_address_line},
};

struct fu_rulebook *
fu_rulebook_new(void)
{
	struct fu_rulebook *b = calloc(1, sizeof(*b));

	if (b == NULL)
		fu_oom();
	fu_arena_init(&b->arena);
	b->zone_slot =
	    fu_alloc_array(&b->arena, ZONE_SLOTS, sizeof(*b->zone_slot));
	strcpy(b->version, "none");
	return (b);
}

void
fu_rulebook_free(struct fu_rulebook *b)
{
	if (b == NULL)
		return;
	fu_arena_free(&b->arena);
	free(b);
}

const char *
fu_rulebook_version(const struct fu_rulebook *b)
{
	return (b->version);
}

int
fu_line_bad(const struct fu_line *l, struct fu_err *err, const char *what)
{
	return (
	    fu_err_set(err, FU_ECONFIG, "%s:%d: %s", l->file, l->line, what));
}

static char *
trim(char *s)
{
	char *end;

	s += strspn(s, " \t\r");
	end = s + strlen(s);
	while (end > s && strchr(" \t\r", end[-1]) != NULL)
		end--;
	*end = '\0';
	return (s);
}

/* The head of a file: "date: 2026-11-23", "source: …", "licence: …". */
static bool
head(struct fu_rulebook *b, char *text, bool *date, bool *source)
{
	if (strncmp(text, "date:", 5) == 0) {
		struct fu_date d;
		char *v = trim(text + 5);

		if (fu_date_parse(fu_str_of(v), &d, NULL) == -1)
			return (false);
		if (strcmp(v, b->newest) > 0)
			snprintf(b->newest, sizeof(b->newest), "%s", v);
		return (*date = true);
	}
	if (strncmp(text, "source:", 7) == 0)
		return (*source = *trim(text + 7) != '\0');
	return (strncmp(text, "licence:", 8) == 0);
}

static void
cut(struct fu_line *l, char *text)
{
	l->n = 0;
	for (;;) {
		char *bar = strchr(text, '|');

		if (bar != NULL && l->n + 1 < FU_COLUMNS_MAX)
			*bar = '\0';
		else
			bar = NULL;
		l->column[l->n++] = trim(text);
		if (bar == NULL)
			return;
		text = bar + 1;
	}
}

int
fu_rulebook_add(struct fu_rulebook *b, const char *name, struct fu_str text,
    struct fu_err *err)
{
	struct fu_line l = {.file = name};
	const char *base = strrchr(name, '/');
	bool date = false, source = false;
	char copy[LINE_MAX_BYTES];
	size_t kind, at = 0;

	base = base == NULL ? name : base + 1;
	for (kind = 0; kind < sizeof(files) / sizeof(files[0]); kind++)
		if (strcmp(files[kind].name, base) == 0)
			break;
	if (kind == sizeof(files) / sizeof(files[0]))
		return (0); /* somebody else's: phrases, templates, holidays */
	while (at < text.len) {
		const char *p = text.ptr + at;
		const char *nl = memchr(p, '\n', text.len - at);
		size_t len = nl == NULL ? text.len - at : (size_t)(nl - p);
		char *s;

		at += len + 1;
		l.line++;
		if (len >= sizeof(copy))
			return (fu_line_bad(&l, err, "line too long"));
		memcpy(copy, p, len);
		copy[len] = '\0';
		s = trim(copy);
		if (*s == '\0' || *s == '#' || head(b, s, &date, &source))
			continue;
		cut(&l, s);
		if (files[kind].line(b, &l, err) == -1)
			return (-1);
	}
	if (!date || !source)
		return (fu_err_set(err, FU_ECONFIG,
		    "%s: a rules file needs a line \"%s\"", name,
		    date ? "source: WHERE FROM" : "date: YYYY-MM-DD"));
	fu_rulebook_sort(b);
	/* A sum: the order in which files come must not show. */
	b->hash += fu_hash64(text.ptr, text.len, fu_hash_cstr(base, 0));
	snprintf(b->version, sizeof(b->version), "%s-%08x", b->newest,
	    (unsigned)(b->hash ^ b->hash >> 32));
	return (0);
}

struct fu_zone_run
fu_rulebook_zones(struct fu_rulebook *b, char *text)
{
	struct fu_zone_run r = {(uint32_t)b->nrun, 0};
	char *save, *w;

	for (w = strtok_r(text, " \t", &save); w != NULL;
	     w = strtok_r(NULL, " \t", &save)) {
		size_t i = fu_hash_cstr(w, 0) & (ZONE_SLOTS - 1), cap;

		while (b->zone_slot[i] != 0 &&
		       strcmp(b->zone_name[b->zone_slot[i] - 1], w) != 0)
			i = (i + 1) & (ZONE_SLOTS - 1);
		if (b->zone_slot[i] == 0) {
			/* Leave holes, or the search above does not end. */
			if (b->nzone >= ZONE_SLOTS - 1)
				continue;
			cap = b->zone_cap;
			b->zone_name = fu_grow(&b->arena, b->zone_name,
			    b->nzone, &cap, sizeof(*b->zone_name));
			b->zone = fu_grow(&b->arena, b->zone, b->nzone,
			    &b->zone_cap, sizeof(*b->zone));
			b->zone_name[b->nzone] = fu_dup(&b->arena, w);
			b->zone_slot[i] = (uint16_t)++b->nzone;
		}
		b->run = fu_grow(
		    &b->arena, b->run, b->nrun, &b->run_cap, sizeof(*b->run));
		b->run[b->nrun++] = b->zone_slot[i] - 1;
		r.n++;
	}
	return (r);
}

const struct fu_zone *
fu_rulebook_zone(const struct fu_rulebook *b, uint32_t at)
{
	size_t i = b->run[at];

	/* What base/zone keeps is kept here too: a cache, not a change. */
	if (b->zone[i] == NULL)
		b->zone[i] = fu_zone_open(b->zone_name[i]);
	return (b->zone[i]);
}

void
fu_prefix_add(
    struct fu_rulebook *b, struct fu_prefixes *t, const struct fu_prefix *p)
{
	t->row = fu_grow(&b->arena, t->row, t->n, &t->cap, sizeof(*t->row));
	t->row[t->n++] = *p;
	t->sorted = false;
}

static int
by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct fu_prefix *)a)->key;
	uint64_t y = ((const struct fu_prefix *)b)->key;

	return ((x > y) - (x < y));
}

static int
by_code(const void *a, const void *b)
{
	return (strcmp(a, b)); /* the code is each row's first member */
}

static int
by_word(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

static void
sort_prefixes(struct fu_prefixes *t)
{
	if (!t->sorted && t->n > 1)
		qsort(t->row, t->n, sizeof(*t->row), by_key);
	t->sorted = true;
}

static void
sort_words(struct fu_words *w)
{
	if (w->n > 1)
		qsort(w->word, w->n, sizeof(*w->word), by_word);
}

void
fu_rulebook_sort(struct fu_rulebook *b)
{
	sort_prefixes(&b->phone_zones);
	sort_prefixes(&b->areas);
	sort_prefixes(&b->calling);
	if (b->nstate > 1)
		qsort(b->state, b->nstate, sizeof(*b->state), by_code);
	if (b->ncountry > 1)
		qsort(b->country, b->ncountry, sizeof(*b->country), by_code);
	if (b->nall > 1)
		qsort(b->all, b->nall, sizeof(*b->all), by_code);
	sort_words(&b->generic);
	sort_words(&b->role);
	sort_words(&b->wireless);
	sort_words(&b->unlawful);
}

const struct fu_state *
fu_rulebook_state(const struct fu_rulebook *b, const char *code)
{
	if (b->nstate == 0)
		return (NULL);
	return (bsearch(code, b->state, b->nstate, sizeof(*b->state), by_code));
}

const struct fu_country *
fu_rulebook_country(const struct fu_rulebook *b, const char *code)
{
	if (b->ncountry == 0)
		return (NULL);
	return (bsearch(
	    code, b->country, b->ncountry, sizeof(*b->country), by_code));
}

const struct fu_country_zones *
fu_rulebook_all(const struct fu_rulebook *b, const char *code)
{
	if (b->nall == 0)
		return (NULL);
	return (bsearch(code, b->all, b->nall, sizeof(*b->all), by_code));
}

const struct fu_prefix *
fu_prefix_find(const struct fu_prefixes *t, const char *digits, size_t min)
{
	struct fu_prefix want = {.key = 1};
	const struct fu_prefix *p;
	size_t n;

	if (t->n == 0)
		return (NULL);
	for (n = 0; n < PREFIX_DIGITS && digits[n] >= '0' && digits[n] <= '9';
	     n++)
		want.key = want.key * 10 + (uint64_t)(digits[n] - '0');
	for (; n >= min && n > 0; n--, want.key /= 10) {
		p = bsearch(&want, t->row, t->n, sizeof(*t->row), by_key);
		if (p != NULL)
			return (p);
	}
	return (NULL);
}

bool
fu_words_has(const struct fu_words *w, struct fu_str s)
{
	size_t lo = 0, hi = w->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		size_t len = strlen(w->word[mid]);
		int c = memcmp(w->word[mid], s.ptr, len < s.len ? len : s.len);

		if (c == 0)
			c = (len > s.len) - (len < s.len);
		if (c == 0)
			return (true);
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (false);
}
