/*
 * The texts of rules/ cut into lines: heads, keys, and what is wrong.
 *
 * Must never guess at a line: a rule that is not understood is an error, not
 * a rule less; nor let one line undo what another said.
 */
#include "policy/rulebook.h"
#include "policy/rulebook_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "policy/dated.h"

#define LINE_MAX_BYTES 2048
#define NEEDS_MAX      20

static const struct kind {
	struct fu_rules_file file;
	int (*line)(struct fu_rulebook *, struct fu_line *);
	/* Keys without which the file allows what it is there to stop. */
	const char *needs[NEEDS_MAX];
} kinds[] = {
    {{"absences.txt", "fu-reply knows an automatic answer by it", false,
	 false},
	fu_rulebook_mail_line, {NULL}},
    {{"addresses.txt", "the gate goes by it", true, true},
	fu_rulebook_address_line,
	{"generic", "role", "wireless", "unlawful"}},
    {{"bounces.txt", "fu-reply knows a delivery report by it", false, false},
	fu_rulebook_mail_line, {NULL}},
    {{"countries.txt", "the gate goes by it", true, true},
	fu_rulebook_country_line, {NULL}},
    {{"country-zones.txt", "the gate goes by it", true, true},
	fu_rulebook_country_zones_line, {NULL}},
    {{"free-mail.txt", "companies are told from people by it", true, true},
	fu_rulebook_employer_line, {"mail", "page"}},
    {{"merge-tags.txt", "fu-lint knows other programs' tags by it", false,
	 false},
	NULL, {NULL}},
    {{"nanp-regions.txt", "the gate goes by it", true, true},
	fu_rulebook_area_line, {NULL}},
    {{"noise.txt", "fu-send holds what says nothing by it", true, false}, NULL,
	{NULL}},
    {{"penalties.txt", "reports tell by it what breaking a rule may cost", false, false},
	fu_rulebook_penalty_line, {NULL}},
    {{"phone-zones.txt", "the gate goes by it", true, true},
	fu_rulebook_phone_line, {NULL}},
    {{"phones.txt", "fu-ingest reads numbers by it", true, false},
	fu_rulebook_plan_line, {NULL}},
    {{"places.txt", "fu-ingest reads places by it", true, false},
	fu_rulebook_place_line, {NULL}},
    {{"price-words.txt", "prices are known by it", false, false}, NULL,
	{NULL}},
    {{"promises.txt", "a model promises what it likes", false, false}, NULL,
	{NULL}},
    {{"promotion.txt", "fu-send knows promotion by it", true, false}, NULL,
	{NULL}},
    {{"quotes.txt", "fu-reply knows what is quoted by it", false, false},
	fu_rulebook_mail_line, {NULL}},
    {{"signals-de.txt", "fu-ingest reads German by it", false,
	 false},
	fu_rulebook_signal_line, {NULL}},
    {{"signals-es.txt", "fu-ingest reads Spanish by it", false,
	 false},
	fu_rulebook_signal_line, {NULL}},
    {{"signals-fr.txt", "fu-ingest reads French by it", false,
	 false},
	fu_rulebook_signal_line, {NULL}},
    {{"signals-it.txt", "fu-ingest reads Italian by it", false,
	 false},
	fu_rulebook_signal_line, {NULL}},
    {{"signals-more.txt", "fu-ingest reads other languages by it", false,
	 false},
	fu_rulebook_signal_line, {NULL}},
    {{"signals-nl.txt", "fu-ingest reads Dutch by it", false,
	 false},
	fu_rulebook_signal_line, {NULL}},
    {{"signals-pt.txt", "fu-ingest reads Portuguese by it", false,
	 false},
	fu_rulebook_signal_line, {NULL}},
    {{"signals.txt", "fu-ingest knows an opt-out by it", true, false},
	fu_rulebook_signal_line,
	{"[opt_out]", "[objects]", "[erasure]", "[voice_optout]",
	    "[stop_words]", "[stop_whole]", "[stop_polite]", "[stop_behind]",
	    "[stop_swapped]", "[stop_not_swapped]", "[stop_says]",
	    "[stop_says_sms]", "[stop_says_whatsapp]", "[stop_says_email]",
	    "[stop_not_before]", "[help_whole]", "[start_whole]"}},
    {{"stages.txt", "fu-ingest knows customers and lost deals by it", false,
	 false},
	fu_rulebook_stage_line, {NULL}},
    {{"states.txt", "the gate goes by it", true, true}, fu_rulebook_state_line,
	{"US", "US-*", "CA", "EU"}},
    {{"urgency.txt", "fu-send holds what presses by it", true, false}, NULL,
	{NULL}},
};

#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

/* A key that a line gave. */
struct key {
	const char *text;
	int line, col;
	bool once;
};

struct fu_rules_reading {
	const char *path;
	struct fu_faults *faults;
	struct fu_arena arena;
	struct key *key;
	size_t nkey, cap;
};

const struct fu_rules_file *
fu_rules_file(size_t i)
{
	return (i < NKINDS ? &kinds[i].file : NULL);
}

static const struct kind *
kind_of(const char *path)
{
	const char *name = strrchr(path, '/');

	name = name == NULL ? path : name + 1;
	for (size_t i = 0; i < NKINDS; i++)
		if (strcmp(kinds[i].file.name, name) == 0)
			return (&kinds[i]);
	return (NULL);
}

const struct fu_rules_file *
fu_rules_file_find(const char *name)
{
	const struct kind *kind = kind_of(name);

	return (kind == NULL ? NULL : &kind->file);
}

/* In characters, from 1. */
static int
column_of(const char *text, const char *at)
{
	int col = 1;

	for (; text < at; text++)
		col += ((unsigned char)*text & 0xc0) != 0x80;
	return (col);
}

static void
add_fault(const struct fu_line *l, const char *at, const char *fmt, va_list ap)
{
	struct fu_where where = {
	    l->reading->path, l->line, column_of(l->text, at)};
	struct fu_buf text;

	fu_buf_init(&text);
	fu_buf_vprintf(&text, fmt, ap);
	fu_fault_add(l->reading->faults, &where, false, "%s", text.ptr);
	fu_buf_free(&text);
}

int
fu_line_bad(const struct fu_line *l, const char *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_fault(l, at, fmt, ap);
	va_end(ap);
	return (-1);
}

int
fu_line_breaks(const struct fu_line *l, const char *at, const char *rule,
    const char *fmt, ...)
{
	size_t before = l->reading->faults->n;
	va_list ap;

	va_start(ap, fmt);
	add_fault(l, at, fmt, ap);
	va_end(ap);
	fu_faults_rule(l->reading->faults, before, rule);
	return (-1);
}

static void
add_key(struct fu_line *l, const char *at, bool once, const char *fmt,
    va_list ap)
{
	struct fu_rules_reading *r = l->reading;
	struct fu_buf text;

	fu_buf_init(&text);
	fu_buf_vprintf(&text, fmt, ap);
	r->key = fu_grow(&r->arena, r->key, r->nkey, &r->cap, sizeof(*r->key));
	r->key[r->nkey++] = (struct key){fu_dup_buf(&r->arena, &text), l->line,
	    column_of(l->text, at), once};
	fu_buf_free(&text);
}

void
fu_line_once(struct fu_line *l, const char *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_key(l, at, true, fmt, ap);
	va_end(ap);
}

void
fu_line_note(struct fu_line *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_key(l, l->text, false, fmt, ap);
	va_end(ap);
}

static int
by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int c = strcmp(x->text, y->text);

	if (c == 0)
		c = x->line != y->line ? x->line - y->line : x->col - y->col;
	return (c);
}

/* What two lines say. */
static void
check_twice(struct fu_rules_reading *r)
{
	const struct key *first = r->key;

	if (r->nkey > 1)
		qsort(r->key, r->nkey, sizeof(*r->key), by_key);
	for (size_t i = 1; i < r->nkey; i++) {
		const struct key *k = &r->key[i];

		if (strcmp(first->text, k->text) != 0)
			first = k;
		else if (k->once)
			fu_fault_add(r->faults,
			    &(struct fu_where){r->path, k->line, k->col}, false,
			    "\"%s\" is there already, on line %d: take one "
			    "away",
			    k->text, first->line);
	}
}

/* What no line says, and one must. */
static void
check_needs(struct fu_rules_reading *r, const struct kind *kind)
{
	struct fu_where where = {r->path, 1, 1};

	for (size_t i = 0; i < NEEDS_MAX && kind->needs[i] != NULL; i++) {
		size_t k = 0;

		while (k < r->nkey &&
		       strcmp(r->key[k].text, kind->needs[i]) != 0)
			k++;
		if (k == r->nkey)
			fu_fault_add(r->faults, &where, false,
			    "there is no \"%s\" in it: compare it with the one "
			    "that fu-init makes",
			    kind->needs[i]);
	}
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
is_head(const char *s)
{
	return (strncmp(s, "date:", 5) == 0 || strncmp(s, "source:", 7) == 0 ||
		strncmp(s, "licence:", 8) == 0);
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

/* Hand each line that says something to its reader; how many were right. */
static size_t
read_lines(struct fu_rulebook *b, struct fu_rules_reading *r,
    const struct kind *kind, struct fu_str text)
{
	struct fu_line l = {.reading = r};
	char copy[LINE_MAX_BYTES];
	size_t at = 0, good = 0;

	if (fu_str_starts(text, "\xef\xbb\xbf"))
		at = 3;
	while (at < text.len) {
		const char *p = text.ptr + at;
		const char *nl = memchr(p, '\n', text.len - at);
		size_t len = nl == NULL ? text.len - at : (size_t)(nl - p);
		char *s;

		at += len + 1;
		l.line++;
		l.text = copy;
		if (len >= sizeof(copy)) {
			fu_line_bad(&l, copy, "this line is longer than %d "
			    "bytes", LINE_MAX_BYTES - 1);
			continue;
		}
		memcpy(copy, p, len);
		copy[len] = '\0';
		s = trim(copy);
		if (*s == '\0' || *s == '#' || is_head(s))
			continue;
		cut(&l, s);
		good += kind->line(b, &l) == 0;
	}
	return (good);
}

/* Of when it is, and where from: the gate's files must say it. */
static void
check_head(struct fu_rulebook *b, struct fu_rules_reading *r,
    struct fu_str text)
{
	struct fu_where where = {r->path, 1, 1};
	struct fu_dated dated;
	char date[FU_TIME_LEN];
	size_t before = r->faults->n;

	fu_dated_read(text, &dated);
	if (!dated.given)
		fu_fault_add(r->faults, &where, false, "%s", FU_DATED_MISSING);
	else if (!dated.valid)
		fu_fault_add(r->faults,
		    &(struct fu_where){r->path, dated.line, dated.col}, false,
		    "%s", FU_DATED_BAD);
	if (!dated.source)
		fu_fault_add(
		    r->faults, &where, false, "%s", FU_DATED_NO_SOURCE);
	fu_faults_rule(r->faults, before, "dated");
	if (!dated.valid)
		return;
	fu_date_print(fu_date_of_days(dated.day), date);
	if (strcmp(date, b->newest) > 0)
		snprintf(b->newest, sizeof(b->newest), "%.10s", date);
}

int
fu_rulebook_read(struct fu_rulebook *b, const char *path, struct fu_str text,
    struct fu_faults *faults)
{
	struct fu_rules_reading r = {.path = path, .faults = faults};
	const struct kind *kind = kind_of(path);
	size_t errors = fu_faults_errors(faults), good;

	if (!fu_text_valid(faults, path, text))
		return (-1);
	if (kind == NULL || kind->line == NULL)
		return (0); /* phrases, templates, holidays */
	fu_arena_init(&r.arena);
	if (kind->file.rule)
		check_head(b, &r, text);
	good = read_lines(b, &r, kind, text);
	check_twice(&r);
	/* A line with a fault may be the one that is missed. */
	if (fu_faults_errors(faults) == errors && good > 0)
		check_needs(&r, kind);
	else if (fu_faults_errors(faults) == errors && kind->file.needed)
		fu_fault_add(faults, &(struct fu_where){path, 1, 1}, false,
		    "no line of it says anything: compare it with the one that "
		    "fu-init makes");
	fu_arena_free(&r.arena);
	if (fu_faults_errors(faults) > errors)
		return (-1);
	if (!kind->file.rule)
		return (0);
	fu_rulebook_sort(b);
	/* A sum: the order in which files come must not show. */
	b->hash +=
	    fu_hash64(text.ptr, text.len, fu_hash_cstr(kind->file.name, 0));
	snprintf(b->version, sizeof(b->version), "%s-%08x", b->newest,
	    (unsigned)(b->hash ^ b->hash >> 32));
	return (0);
}

int
fu_rulebook_add(struct fu_rulebook *b, const char *name, struct fu_str text,
    struct fu_err *err)
{
	struct fu_faults faults;
	struct fu_arena arena;
	size_t i = 0;
	int rc;

	fu_faults_init(&faults);
	fu_arena_init(&arena);
	rc = fu_rulebook_read(b, name, text, &faults);
	fu_faults_sort(&faults);
	while (rc == -1 && i < faults.n && faults.fault[i].warning)
		i++;
	if (rc == -1)
		fu_err_set(err, FU_ECONFIG, "%s",
		    fu_fault_print(&arena, &faults.fault[i]));
	fu_arena_free(&arena);
	fu_faults_free(&faults);
	return (rc);
}
