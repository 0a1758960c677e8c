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
#define STOP_MAX	16	/* of a stop word */
#define WEAK		16	/* bit of the first tongue's weak words */
#define GUESSED		4096	/* of a text whose language is guessed */

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
	struct table	 stop;		/* term: a bit for each tongue, and from
					 * WEAK on one where it is weak */
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

static void
add_words(struct fu_terms *t, const char *s, uint32_t bit)
{
	struct met	*m;
	uint64_t	 hash;
	size_t		 len;

	for (; *s != '\0'; s += len) {
		s += strspn(s, " ");
		len = strcspn(s, " ");
		hash = hash_of(s, len, 0);
		m = find(&t->stop, hash);
		if (m->hash == 0)
			put(&t->stop, hash, bit);
		else
			m->term |= bit;
	}
}

struct fu_terms *
fu_terms_new(void)
{
	struct fu_terms	*t = calloc(1, sizeof(*t));

	if (t == NULL)
		fu_oom();
	fu_arena_init(&t->arena);
	table_grow(&t->words, 16384);
	table_grow(&t->terms, 16384);
	table_grow(&t->stop, 8192);
	for (int i = 0; i < FU_TONGUE_NONE; i++) {
		t->stemmer[i] = sb_stemmer_new(names[i], NULL);
		add_words(t, fu_stop_words[i], 1u << i);
		add_words(t, fu_weak_words[i], 1u << (i + WEAK));
	}
	return (t);
}

void
fu_terms_free(struct fu_terms *t)
{
	if (t == NULL)
		return;
	for (int i = 0; i < FU_TONGUE_NONE; i++)
		sb_stemmer_delete(t->stemmer[i]);
	free(t->stop.slot);
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

/* Letters and digits of ASCII, which most text is made of. */
static const bool ascii_word[128] = {
	['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1,
	['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
	['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1,
	['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1,
	['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1,
	['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1,
	['Y'] = 1, ['Z'] = 1,
	['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1,
	['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1,
	['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1,
	['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1,
	['y'] = 1, ['z'] = 1
};

static bool
in_word(uint32_t cp)
{
	if (cp < 0x80)
		return (ascii_word[cp]);
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
	const unsigned char	*s = (const unsigned char *)text.ptr;
	uint32_t		 cp = 0;
	size_t			 n, i = *at;

	for (; i < text.len; i += n) {
		n = 1;
		if (s[i] < 0x80 && !ascii_word[s[i]])
			continue;
		n = next(text.ptr + i, text.len - i, &cp);
		if (in_word(cp))
			break;
	}
	word->ptr = text.ptr + i;
	if (i < text.len && unspaced(cp)) {
		word->len = next(text.ptr + i, text.len - i, &cp);
		*at = i + word->len;
		return (true);
	}
	while (i < text.len) {
		if (s[i] < 0x80) {
			if (!ascii_word[s[i]])
				break;
			i++;
			continue;
		}
		n = next(text.ptr + i, text.len - i, &cp);
		if (!in_word(cp) || unspaced(cp))
			break;
		i += n;
	}
	*at = i;
	word->len = (size_t)(text.ptr + i - word->ptr);
	return (word->len > 0);
}

/* The tongues of which it is a stop word. */
static uint32_t
stop_bits(struct fu_terms *t, const char *word, size_t len)
{
	struct met	*m = find(&t->stop, hash_of(word, len, 0));

	return (m->hash == 0 ? 0 : m->term);
}

static bool
is_stop(struct fu_terms *t, const char *word, enum fu_tongue tongue)
{
	return (tongue != FU_TONGUE_NONE &&
	    (stop_bits(t, word, strlen(word)) >> tongue & 1) != 0);
}

static bool
capital(char c)
{
	return (c >= 'A' && c <= 'Z');
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
	/* "CRMs", "APIs": a plural that no stemmer knows. */
	if (len > 2 && room[len - 1] == 's' && capital(room[len - 2]) &&
	    capital(room[len - 3]))
		len--;
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

void
fu_term_run_add(struct fu_term_run *run, const uint32_t *term, size_t n)
{
	for (size_t i = 0; i < n; i++)
		append(run, term[i]);
}

static int
by_number(const void *a, const void *b)
{
	uint32_t	 x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x < y ? -1 : x > y);
}

void
fu_term_run_once(struct fu_term_run *run)
{
	size_t	 n = 0;

	if (run->n > 0)
		qsort(run->term, run->n, sizeof(*run->term), by_number);
	for (size_t i = 0; i < run->n; i++)
		if (n == 0 || run->term[n - 1] != run->term[i])
			run->term[n++] = run->term[i];
	run->n = n;
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

/* A stop word as a term. */
static uint32_t
as_it_stands(struct fu_terms *t, struct fu_str word)
{
	char		*copy = strndup(word.ptr, word.len), *folded;
	uint32_t	 term;

	if (copy == NULL)
		fu_oom();
	folded = fu_fold(copy);
	term = fu_terms_add(t, fu_str_of(folded));
	free(folded);
	free(copy);
	return (term);
}

void
fu_terms_name(struct fu_terms *t, struct fu_str text, enum fu_tongue tongue,
    struct fu_term_run *run)
{
	struct fu_str	 word;
	uint32_t	 term;
	size_t		 at = 0, from;

	for (from = 0; fu_terms_next(t, text, &at, tongue, &term); from = at) {
		if (term == FU_TERM_STOPPED) {
			(void)fu_word_next(text, &from, &word);
			term = as_it_stands(t, word);
		}
		append(run, term);
	}
}

/* Of a short word as it stands in a text. */
static uint32_t
small_bits(struct fu_terms *t, struct fu_str word)
{
	char		 room[STOP_MAX + 1], *folded;
	uint32_t	 bits;
	bool		 ascii = true;

	for (size_t i = 0; i < word.len; i++) {
		ascii = ascii && (unsigned char)word.ptr[i] < 0x80;
		room[i] = (char)(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ?
		    word.ptr[i] | 0x20 : word.ptr[i]);
	}
	if (ascii)
		return (stop_bits(t, room, word.len));
	room[word.len] = '\0';
	folded = fu_fold(room);
	bits = stop_bits(t, folded, strlen(folded));
	free(folded);
	return (bits);
}

enum fu_tongue
fu_terms_guess(struct fu_terms *t, struct fu_str text)
{
	size_t		 at = 0, count[FU_TONGUE_NONE] = { 0 };
	int		 best = FU_TONGUE_NONE;
	struct fu_str	 word;
	uint32_t	 bits;
	bool		 tie = false;

	/* As much as a page's first screen is enough. */
	if (text.len > GUESSED)
		text.len = GUESSED;
	while (fu_word_next(text, &at, &word))
		if (word.len <= STOP_MAX && (bits = small_bits(t, word)) != 0)
			for (int i = 0; i < FU_TONGUE_NONE; i++)
				count[i] += bits >> i & 1;
	for (int i = 0; i < FU_TONGUE_NONE; i++)
		if (count[i] > 0 && (best == FU_TONGUE_NONE ||
		    count[i] > count[best])) {
			best = i;
			tie = false;
		} else if (best != FU_TONGUE_NONE && count[i] == count[best])
			tie = true;
	return (tie ? FU_TONGUE_NONE : (enum fu_tongue)best);
}

bool
fu_terms_weak(struct fu_terms *t, struct fu_str word, enum fu_tongue tongue)
{
	return (tongue != FU_TONGUE_NONE && word.len <= STOP_MAX &&
	    (small_bits(t, word) >> (WEAK + tongue) & 1) != 0);
}
