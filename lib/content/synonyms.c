/*
 * Groups of words that mean the same.
 *
 * Must never take a file for wrong that it can use a part of: without it
 * everything is found that says the words themselves.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "content/synonyms.h"

#define LINE_MAX_BYTES	2048

struct reading {
	struct fu_synonyms	*s;
	struct fu_faults	*faults;
	struct fu_where		 where;
	const char		*line;
};

static void
warn(struct reading *r, const char *at, const char *what)
{
	r->where.col = 1;
	for (const char *p = r->line; p < at; p++)
		r->where.col += ((unsigned char)*p & 0xc0) != 0x80;
	fu_fault_add(r->faults, &r->where, true, "%s", what);
}

static int
by_text(const void *a, const void *b)
{
	const struct fu_synonym	*const *x = a, *const *y = b;
	int			 order = strcmp((*x)->text, (*y)->text);

	if (order == 0)
		order = (*x)->line != (*y)->line ? (*x)->line - (*y)->line :
		    (*x)->col - (*y)->col;
	return (order);
}

static size_t
words_of(struct fu_str text)
{
	struct fu_str	 word;
	size_t		 at = 0, n = 0;

	while (fu_word_next(text, &at, &word))
		n++;
	return (n);
}

static void
add_member(struct reading *r, struct fu_str text, size_t *n)
{
	struct fu_synonyms	*s = r->s;
	size_t			 words;

	text = fu_str_trim(text);
	words = words_of(text);
	if (words == 0) {
		warn(r, text.ptr, "there is no word between the \"=\"");
		return;
	}
	if (words > FU_SYNONYM_WORDS) {
		warn(r, text.ptr, "more than three words: nobody finds it by "
		    "them");
		return;
	}
	if (*n == FU_SYNONYM_MEMBERS_MAX) {
		warn(r, text.ptr, "a group has 32 members at most: make two "
		    "of it");
		return;
	}
	s->member = fu_grow(s->arena, s->member, s->n, &s->cap,
	    sizeof(*s->member));
	r->where.col = 1;
	for (const char *p = r->line; p < text.ptr; p++)
		r->where.col += ((unsigned char)*p & 0xc0) != 0x80;
	s->member[s->n++] = (struct fu_synonym){ fu_dup_str(s->arena, text),
		s->ngroup, r->where.line, r->where.col };
	++*n;
}

static void
read_group(struct reading *r, struct fu_str line)
{
	struct fu_synonyms	*s = r->s;
	size_t			 before = s->n, n = 0;
	const char		*eq;

	if (s->ngroup == FU_SYNONYM_GROUPS_MAX) {
		warn(r, line.ptr, "no more than 10000 groups are read");
		return;
	}
	for (;;) {
		eq = memchr(line.ptr, '=', line.len);
		add_member(r, (struct fu_str){ line.ptr, eq == NULL ? line.len :
		    (size_t)(eq - line.ptr) }, &n);
		if (eq == NULL)
			break;
		line.len -= (size_t)(eq + 1 - line.ptr);
		line.ptr = eq + 1;
	}
	if (n < 2) {
		warn(r, r->line, "a group has two members or more, \" = \" "
		    "between them");
		s->n = before;
		return;
	}
	s->ngroup++;
}

static bool
is_group(struct fu_str line)
{
	return (line.len > 0 && *line.ptr != '#' &&
	    !fu_str_starts(line, "date:") && !fu_str_starts(line, "source:") &&
	    !fu_str_starts(line, "licence:"));
}

/* What stands there twice stays where it stood first. */
static void
take_twice(struct reading *r)
{
	struct fu_synonyms	 *s = r->s;
	const struct fu_synonym	**sorted = calloc(s->n + 1, sizeof(*sorted));
	const struct fu_synonym	 *first;
	bool			 *twice = calloc(s->n + 1, sizeof(*twice));
	size_t			  n = 0;

	if (sorted == NULL || twice == NULL)
		fu_oom();
	for (size_t i = 0; i < s->n; i++)
		sorted[i] = &s->member[i];
	qsort(sorted, s->n, sizeof(*sorted), by_text);
	first = sorted[0];
	for (size_t i = 1; i < s->n; i++) {
		if (strcmp(first->text, sorted[i]->text) != 0) {
			first = sorted[i];
			continue;
		}
		twice[sorted[i] - s->member] = true;
		fu_fault_add(r->faults, &(struct fu_where){ r->where.file,
		    sorted[i]->line, sorted[i]->col }, true, "\"%s\" is there "
		    "already, on line %d: it means what that line says",
		    first->text, first->line);
	}
	for (size_t i = 0; i < s->n; i++)
		if (!twice[i])
			s->member[n++] = s->member[i];
	s->n = n;
	free(sorted);
	free(twice);
}

void
fu_synonyms_read(struct fu_synonyms *s, struct fu_arena *arena,
    const char *path, struct fu_str text, struct fu_faults *faults)
{
	struct reading	 r = { .s = s, .faults = faults,
		.where = { path, 0, 1 } };
	struct fu_str	 line;
	const char	*nl;

	memset(s, 0, sizeof(*s));
	s->arena = arena;
	if (!fu_text_valid(faults, path, text))
		return;
	if (fu_str_starts(text, "\xef\xbb\xbf")) {
		text.ptr += 3;
		text.len -= 3;
	}
	while (text.len > 0) {
		nl = memchr(text.ptr, '\n', text.len);
		line = (struct fu_str){ text.ptr, nl == NULL ? text.len :
			(size_t)(nl - text.ptr) };
		text.ptr += line.len + (nl != NULL);
		text.len -= line.len + (nl != NULL);
		r.where.line++;
		r.line = line.ptr;
		line = fu_str_trim(line);
		if (line.len > LINE_MAX_BYTES)
			warn(&r, r.line, "this line is longer than 2048 bytes");
		else if (is_group(line))
			read_group(&r, line);
	}
	if (s->n > 0)
		take_twice(&r);
}

/* The next word as what tells it from others: its term, or, of a word that
 * has none, itself.  False at the end. */
static bool
next_key(struct fu_terms *terms, enum fu_tongue tongue, struct fu_str text,
    size_t *at, uint64_t *hash)
{
	size_t		 from = *at;
	struct fu_str	 word;
	uint64_t	 own;
	uint32_t	 term;
	char		*copy, *folded;

	if (!fu_terms_next(terms, text, at, tongue, &term))
		return (false);
	own = term;
	if (term == FU_TERM_STOPPED) {
		(void)fu_word_next(text, &from, &word);
		if ((copy = strndup(word.ptr, word.len)) == NULL)
			fu_oom();
		folded = fu_fold(copy);
		own = fu_hash_cstr(folded, 1);
		free(folded);
		free(copy);
	}
	*hash = fu_hash64(&own, sizeof(own), *hash);
	return (true);
}

static int
by_hash(const void *a, const void *b)
{
	const struct fu_synonym_key	*x = a, *y = b;

	if (x->hash != y->hash)
		return (x->hash < y->hash ? -1 : 1);
	return (x->member < y->member ? -1 : x->member > y->member);
}

static void
make_keys(struct fu_synonyms *s, struct fu_terms *terms,
    enum fu_tongue tongue)
{
	struct fu_synonym_key	*key = fu_alloc_array(s->arena, s->n + 1,
	    sizeof(*key));

	for (size_t i = 0; i < s->n; i++) {
		size_t	 at = 0;

		key[i].member = (uint32_t)i;
		while (next_key(terms, tongue, fu_str_of(s->member[i].text),
		    &at, &key[i].hash))
			continue;
	}
	if (s->n > 0)
		qsort(key, s->n, sizeof(*key), by_hash);
	s->key[tongue] = key;
	s->nkey[tongue] = s->n;
}

static const struct fu_synonym *
find(const struct fu_synonyms *s, enum fu_tongue tongue, uint64_t hash)
{
	const struct fu_synonym_key	*key = s->key[tongue];
	size_t				 low = 0, high = s->nkey[tongue], mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (key[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return (low < s->nkey[tongue] && key[low].hash == hash ?
	    &s->member[key[low].member] : NULL);
}

const struct fu_synonym *
fu_synonyms_at(struct fu_synonyms *s, struct fu_terms *terms,
    enum fu_tongue tongue, struct fu_str text, size_t at, size_t *end)
{
	const struct fu_synonym	*best = NULL, *one;
	uint64_t		 hash = 0;

	if (s->n == 0)
		return (NULL);
	if (s->key[tongue] == NULL)
		make_keys(s, terms, tongue);
	for (int i = 0; i < FU_SYNONYM_WORDS && next_key(terms, tongue, text,
	    &at, &hash); i++)
		if ((one = find(s, tongue, hash)) != NULL) {
			best = one;
			*end = at;
		}
	return (best);
}
