/*
 * Rules data: the dated files of rules/ that the gate decides by, as tables.
 *
 * Must never read a file itself; rulebook_read.c makes lines of its text.
 */
#include "policy/rulebook.h"
#include "policy/rulebook_files.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define ZONE_SLOTS     2048 /* a power of two; tzdata has 600 names */
#define PREFIX_DIGITS  8

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

/* The number of a zone's name, new or not; -1 when there is no such zone. */
static int
zone_number(struct fu_rulebook *b, const char *name)
{
	size_t i = fu_hash_cstr(name, 0) & (ZONE_SLOTS - 1), cap;

	while (b->zone_slot[i] != 0 &&
	       strcmp(b->zone_name[b->zone_slot[i] - 1], name) != 0)
		i = (i + 1) & (ZONE_SLOTS - 1);
	if (b->zone_slot[i] != 0)
		return (b->zone_slot[i] - 1);
	/* Leave holes, or the search above does not end. */
	if (b->nzone >= ZONE_SLOTS - 1 || !fu_zone_exists(name))
		return (-1);
	cap = b->zone_cap;
	b->zone_name = fu_grow(&b->arena, b->zone_name, b->nzone, &cap,
	    sizeof(*b->zone_name));
	b->zone = fu_grow(
	    &b->arena, b->zone, b->nzone, &b->zone_cap, sizeof(*b->zone));
	b->zone_name[b->nzone] = fu_dup(&b->arena, name);
	b->zone_slot[i] = (uint16_t)++b->nzone;
	return (b->zone_slot[i] - 1);
}

int
fu_rulebook_zones(struct fu_rulebook *b, struct fu_line *l, char *text,
    struct fu_zone_run *r)
{
	char *save, *w;
	int zone;

	*r = (struct fu_zone_run){(uint32_t)b->nrun, 0};
	for (w = strtok_r(text, " \t", &save); w != NULL;
	     w = strtok_r(NULL, " \t", &save)) {
		if ((zone = zone_number(b, w)) == -1)
			return (fu_line_bad(l, w,
			    "there is no time zone \"%s\": write one like "
			    "Europe/Dublin, of the system's tzdata",
			    w));
		b->run = fu_grow(
		    &b->arena, b->run, b->nrun, &b->run_cap, sizeof(*b->run));
		b->run[b->nrun++] = (uint16_t)zone;
		r->n++;
	}
	return (0);
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
	sort_words(&b->freemail);
	sort_words(&b->page);
	sort_words(&b->won);
	sort_words(&b->lost);
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

int
fu_rulebook_consent(const struct fu_rulebook *b, const char *code)
{
	const struct fu_country *c = fu_rulebook_country(b, code);

	if (c == NULL)
		return (-1);
	return (c->named == FU_MAIL_OPT_IN || c->named == FU_MAIL_BLOCKED);
}

size_t
fu_rulebook_assessed(const struct fu_rulebook *b, struct fu_buf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < b->ncountry; i++) {
		const struct fu_country *c = &b->country[i];

		if ((c->place & (FU_P_EU | FU_P_UK)) == 0 ||
		    c->named == FU_MAIL_OPT_IN || c->named == FU_MAIL_BLOCKED)
			continue;
		fu_buf_printf(text, "%s%s", n++ > 0 ? ", " : "", c->code);
	}
	return (n);
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
