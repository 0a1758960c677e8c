/*
 * From words to terms.
 *
 * Must never depend on the locale, and never treat a word of a query otherwise
 * than the same word of a passage.
 */
#include <glib.h>
#include <libstemmer.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "content/terms_stop.h"

#define WORD_MAX	64	/* bytes of a word that count */

static const char *const names[FU_TONGUE_N] = { "en", "de", "fr", "es", "it",
	"pt", "nl", "da", "sv", "no", "fi", "" };

/* A word as it was met, in a tongue, and what it is.  Known by its hash
 * alone: of a million words two share 64 bits once in 30 million texts. */
struct met {
	uint64_t	 hash;		/* 0: free */
	uint32_t	 term;		/* FU_TERM_STOPPED: none */
};

struct table {
	struct met	*slot;
	size_t		 n, cap;	/* cap is a power of two */
};

struct fu_terms {
	struct sb_stemmer *stemmer[FU_TONGUE_NONE];
	struct table	 words, terms;
	struct table	 stop[FU_TONGUE_NONE];
	struct fu_arena	 arena;
	const char	**text;
	size_t		 n, cap;
};

enum fu_tongue
fu_tongue_find(const char *language)
{
	size_t	 len;

	if (language == NULL)
		return (FU_TONGUE_NONE);
	len = strcspn(language, "-_");
	for (int t = 0; t < FU_TONGUE_NONE; t++)
		if (len == 2 && strncasecmp(language, names[t], 2) == 0)
			return ((enum fu_tongue)t);
	return (len == 2 && (strncasecmp(language, "nb", 2) == 0 ||
	    strncasecmp(language, "nn", 2) == 0) ? FU_TONGUE_NO :
	    FU_TONGUE_NONE);
}

const char *
fu_tongue_name(enum fu_tongue tongue)
{
	return (names[tongue]);
}

/* The slot of a hash: its own, or the free one where it would go. */
static struct met *
find(struct table *t, uint64_t hash)
{
	size_t	 i;

	for (i = hash & (t->cap - 1); t->slot[i].hash != 0 &&
	    t->slot[i].hash != hash; i = (i + 1) & (t->cap - 1))
		continue;
	return (&t->slot[i]);
}

static void
table_grow(struct table *t, size_t cap)
{
	struct table	 old = *t;

	t->cap = cap;
	if ((t->slot = calloc(cap, sizeof(*t->slot))) == NULL)
		fu_oom();
	for (size_t i = 0; i < old.cap; i++)
		if (old.slot[i].hash != 0)
			*find(t, old.slot[i].hash) = old.slot[i];
	free(old.slot);
}

static void
put(struct table *t, uint64_t hash, uint32_t term)
{
	if (t->cap == 0 || 2 * t->n >= t->cap)
		table_grow(t, t->cap == 0 ? 1024 : 2 * t->cap);
	*find(t, hash) = (struct met){ hash, term };
	t->n++;
}

static uint64_t
hash_of(const char *s, size_t len, uint64_t seed)
{
	uint64_t	 hash = fu_hash64(s, len, seed);

	return (hash == 0 ? 1 : hash);
}

struct fu_terms *
fu_terms_new(void)
{
	struct fu_terms	*t = calloc(1, sizeof(*t));
	const char	*s;
	size_t		 len;

	if (t == NULL)
		fu_oom();
	fu_arena_init(&t->arena);
	table_grow(&t->words, 16384);
	table_grow(&t->terms, 16384);
	for (int i = 0; i < FU_TONGUE_NONE; i++) {
		t->stemmer[i] = sb_stemmer_new(names[i], NULL);
		for (s = fu_stop_words[i]; *s != '\0'; s += len) {
			s += strspn(s, " ");
			len = strcspn(s, " ");
			put(&t->stop[i], hash_of(s, len, 0), FU_TERM_STOPPED);
		}
	}
	return (t);
}

void
fu_terms_free(struct fu_terms *t)
{
	if (t == NULL)
		return;
	for (int i = 0; i < FU_TONGUE_NONE; i++) {
		sb_stemmer_delete(t->stemmer[i]);
		free(t->stop[i].slot);
	}
	free(t->words.slot);
	free(t->terms.slot);
	free(t->text);
	fu_arena_free(&t->arena);
	free(t);
}

void
fu_term_run_free(struct fu_term_run *run)
{
	free(run->term);
	*run = (struct fu_term_run){ NULL, 0, 0 };
}

const char *
fu_terms_text(const struct fu_terms *t, uint32_t term)
{
	return (t->text[term]);
}

size_t
fu_terms_count(const struct fu_terms *t)
{
	return (t->n);
}

uint32_t
fu_terms_add(struct fu_terms *t, struct fu_str text)
{
	uint64_t	 hash = hash_of(text.ptr, text.len, 0);
	struct met	*m = find(&t->terms, hash);

	if (m->hash != 0)
		return (m->term);
	if (t->n == t->cap) {
		t->cap = t->cap == 0 ? 4096 : 2 * t->cap;
		t->text = realloc(t->text, t->cap * sizeof(*t->text));
		if (t->text == NULL)
			fu_oom();
	}
	t->text[t->n] = fu_dup_str(&t->arena, text);
	put(&t->terms, hash, (uint32_t)t->n);
	return ((uint32_t)t->n++);
}

/* Scripts written without blanks between words. */
static bool
unspaced(uint32_t cp)
{
	return ((cp >= 0x0e00 && cp < 0x0f00) ||	/* Thai, Lao */
	    (cp >= 0x1000 && cp < 0x10a0) ||		/* Burmese */
	    (cp >= 0x1780 && cp < 0x1800) ||		/* Khmer */
	    (cp >= 0x3040 && cp < 0x3100) ||		/* Kana */
	    (cp >= 0x3400 && cp < 0xa000) ||		/* Han */
	    (cp >= 0xf900 && cp < 0xfb00) ||
	    (cp >= 0x20000 && cp < 0x32000));
}

static bool
in_word(uint32_t cp)
{
	if (cp < 0x80)
		return ((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
		    (cp >= '0' && cp <= '9'));
	return (g_unichar_isalnum(cp) || g_unichar_ismark(cp));
}

/* The code point at ${s}, of which ${left} bytes are there. */
static size_t
next(const char *s, size_t left, uint32_t *cp)
{
	size_t	 n;

	if ((unsigned char)*s < 0x80) {
		*cp = (unsigned char)*s;
		return (1);
	}
	n = fu_utf8_len(s, left);
	if (n == 0) {
		*cp = ' ';
		return (1);
	}
	(void)fu_utf8_next(s, cp);
	return (n);
}

bool
fu_word_next(struct fu_str text, size_t *at, struct fu_str *word)
{
	uint32_t	 cp = 0;
	size_t		 n, i = *at;

	while (i < text.len) {
		n = next(text.ptr + i, text.len - i, &cp);
		if (in_word(cp))
			break;
		i += n;
	}
	word->ptr = text.ptr + i;
	if (i < text.len && unspaced(cp)) {
		word->len = next(text.ptr + i, text.len - i, &cp);
		*at = i + word->len;
		return (true);
	}
	while (i < text.len) {
		n = next(text.ptr + i, text.len - i, &cp);
		if (!in_word(cp) || unspaced(cp))
			break;
		i += n;
	}
	*at = i;
	word->len = (size_t)(text.ptr + i - word->ptr);
	return (word->len > 0);
}

static bool
is_stop(struct fu_terms *t, const char *word, enum fu_tongue tongue)
{
	return (tongue != FU_TONGUE_NONE && find(&t->stop[tongue],
	    hash_of(word, strlen(word), 0))->hash != 0);
}

/* What a word is that has not been met in that tongue yet. */
static uint32_t
learn(struct fu_terms *t, struct fu_str word, enum fu_tongue tongue)
{
	char		 room[WORD_MAX + 1];
	char		*folded, *plain;
	const char	*stem;
	uint32_t	 term;
	size_t		 len = word.len;

	if (len > WORD_MAX)
		len = fu_utf8_cut(word.ptr, WORD_MAX);
	memcpy(room, word.ptr, len);
	room[len] = '\0';
	folded = fu_fold(room);
	if (is_stop(t, folded, tongue)) {
		free(folded);
		return (FU_TERM_STOPPED);
	}
	stem = folded;
	if (tongue != FU_TONGUE_NONE && t->stemmer[tongue] != NULL)
		stem = (const char *)sb_stemmer_stem(t->stemmer[tongue],
		    (const sb_symbol *)folded, (int)strlen(folded));
	plain = fu_fold_plain(stem);
	term = *plain == '\0' ? FU_TERM_STOPPED : fu_terms_add(t, fu_str_of(plain));
	free(plain);
	free(folded);
	return (term);
}

static void
append(struct fu_term_run *run, uint32_t term)
{
	if (run->n == run->cap) {
		run->cap = run->cap == 0 ? 512 : 2 * run->cap;
		run->term = realloc(run->term, run->cap * sizeof(*run->term));
		if (run->term == NULL)
			fu_oom();
	}
	run->term[run->n++] = term;
}

/* Two characters that stand together; one alone where nothing stands by it. */
static uint32_t
pair(struct fu_terms *t, struct fu_str text, struct fu_str word)
{
	const char	*end = text.ptr + text.len, *after;
	uint32_t	 cp;
	size_t		 n;

	after = word.ptr + word.len;
	if (after < end) {
		n = next(after, (size_t)(end - after), &cp);
		if (unspaced(cp))
			word.len += n;
	}
	return (fu_terms_add(t, word));
}

bool
fu_terms_next(struct fu_terms *t, struct fu_str text, size_t *at,
    enum fu_tongue tongue, uint32_t *term)
{
	struct fu_str	 word;
	struct met	*m;
	uint64_t	 hash;
	uint32_t	 cp;

	if (!fu_word_next(text, at, &word))
		return (false);
	if ((unsigned char)*word.ptr >= 0x80) {
		(void)next(word.ptr, word.len, &cp);
		if (unspaced(cp)) {
			*term = pair(t, text, word);
			return (true);
		}
	}
	hash = hash_of(word.ptr, word.len, 1 + (uint64_t)tongue);
	m = find(&t->words, hash);
	*term = m->term;
	if (m->hash == 0) {
		*term = learn(t, word, tongue);
		put(&t->words, hash, *term);
	}
	return (true);
}

void
fu_terms_read(struct fu_terms *t, struct fu_str text, enum fu_tongue tongue,
    struct fu_term_run *run)
{
	uint32_t	 term;
	size_t		 at = 0;

	while (fu_terms_next(t, text, &at, tongue, &term))
		if (term != FU_TERM_STOPPED)
			append(run, term);
}

enum fu_tongue
fu_terms_guess(struct fu_terms *t, struct fu_str text)
{
	size_t		 at = 0, count[FU_TONGUE_NONE] = { 0 };
	int		 best = FU_TONGUE_NONE;
	struct fu_str	 word;
	char		 room[WORD_MAX + 1], *folded;
	bool		 tie = false;

	/* As much as a page's first screen is enough. */
	if (text.len > 4096)
		text.len = 4096;
	while (fu_word_next(text, &at, &word)) {
		if (word.len > 16)
			continue;
		memcpy(room, word.ptr, word.len);
		room[word.len] = '\0';
		folded = fu_fold(room);
		for (int i = 0; i < FU_TONGUE_NONE; i++)
			count[i] += is_stop(t, folded, (enum fu_tongue)i);
		free(folded);
	}
	for (int i = 0; i < FU_TONGUE_NONE; i++)
		if (count[i] > 0 && (best == FU_TONGUE_NONE ||
		    count[i] > count[best])) {
			best = i;
			tie = false;
		} else if (best != FU_TONGUE_NONE && count[i] == count[best])
			tie = true;
	return (tie ? FU_TONGUE_NONE : (enum fu_tongue)best);
}
