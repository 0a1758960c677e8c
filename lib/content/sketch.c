/*
 * How much of a text another one says: shingles of five words.
 *
 * Must never mind case, accents or punctuation: an edit of those is none.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "content/passage.h"
#include "content/terms.h"

#define SHINGLE	5

static int
by_value(const void *a, const void *b)
{
	uint32_t	 x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x < y ? -1 : x > y);
}

/* Sorted, each once, in place. */
static struct fu_str
settled(uint32_t *hash, size_t n)
{
	size_t	 k = 0;

	qsort(hash, n, sizeof(*hash), by_value);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || hash[k - 1] != hash[i])
			hash[k++] = hash[i];
	return ((struct fu_str){ (const char *)hash, k * sizeof(*hash) });
}

struct fu_str
fu_sketch_make(struct fu_str text, struct fu_arena *arena)
{
	uint64_t	 last[SHINGLE] = { 0 };
	uint32_t	*hash = NULL;
	size_t		 n = 0, cap = 0, at = 0, words = 0;
	struct fu_str	 word, plain;
	char		*folded = fu_fold_plain(fu_dup_str(arena, text));

	plain = fu_str_of(folded);
	while (fu_word_next(plain, &at, &word)) {
		memmove(last, last + 1, sizeof(last) - sizeof(*last));
		last[SHINGLE - 1] = fu_hash64(word.ptr, word.len, 0);
		if (++words < SHINGLE)
			continue;
		hash = fu_grow(arena, hash, n, &cap, sizeof(*hash));
		hash[n++] = (uint32_t)fu_hash64(last, sizeof(last), 0);
	}
	free(folded);
	if (n == 0) {
		hash = fu_alloc(arena, sizeof(*hash));
		hash[n++] = (uint32_t)fu_hash64(last, sizeof(last), 0);
	}
	return (settled(hash, n));
}

struct fu_str
fu_sketch_join(const struct fu_str *part, size_t n, struct fu_arena *arena)
{
	uint32_t	*hash;
	size_t		 len = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		len += part[i].len;
	hash = fu_alloc(arena, len + sizeof(*hash));
	for (size_t i = 0; i < n; i++) {
		if (part[i].len > 0)
			memcpy((char *)hash + at, part[i].ptr, part[i].len);
		at += part[i].len;
	}
	return (settled(hash, len / sizeof(*hash)));
}

double
fu_sketch_share(struct fu_str a, struct fu_str b)
{
	size_t		 n = a.len / sizeof(uint32_t), i = 0, k = 0, both = 0;
	size_t		 m = b.len / sizeof(uint32_t);
	uint32_t	 x, y;

	while (i < n && k < m) {
		memcpy(&x, a.ptr + i * sizeof(x), sizeof(x));
		memcpy(&y, b.ptr + k * sizeof(y), sizeof(y));
		both += x == y;
		i += x <= y;
		k += y <= x;
	}
	return (n == 0 ? 0 : (double)both / (double)n);
}
