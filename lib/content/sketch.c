/*
 * How much of a text another one says: shingles of five words.
 *
 * Must never mind case, accents or punctuation: an edit of those is none.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/sort.h"
#include "content/passage.h"
#include "content/terms.h"

#define SHINGLE	5

/* Sorted, each once, in ${arena}; ${hash} has room for twice as many. */
static struct fu_str
settled(uint64_t *hash, size_t n, struct fu_arena *arena)
{
	uint32_t	*kept = fu_alloc_array(arena, n + 1, sizeof(*kept));
	size_t		 k = 0;

	fu_sort_u64(hash, hash + n, n, 0);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || kept[k - 1] != hash[i])
			kept[k++] = (uint32_t)hash[i];
	return ((struct fu_str){ (const char *)kept, k * sizeof(*kept) });
}

static uint64_t *
room_for(size_t n)
{
	uint64_t	*room = malloc((2 * n + 1) * sizeof(*room));

	if (room == NULL)
		fu_oom();
	return (room);
}

struct fu_str
fu_sketch_make(struct fu_str text, struct fu_arena *arena)
{
	uint64_t	 last[SHINGLE] = { 0 }, *hash;
	size_t		 n = 0, at = 0, words = 0;
	struct fu_str	 word, plain, result;
	char		*folded = fu_fold_plain(fu_dup_str(arena, text));

	plain = fu_str_of(folded);
	/* As many shingles as bytes, at most. */
	hash = room_for(plain.len + 1);
	while (fu_word_next(plain, &at, &word)) {
		memmove(last, last + 1, sizeof(last) - sizeof(*last));
		last[SHINGLE - 1] = fu_hash64(word.ptr, word.len, 0);
		if (++words >= SHINGLE)
			hash[n++] = (uint32_t)fu_hash64(last, sizeof(last), 0);
	}
	free(folded);
	if (n == 0)
		hash[n++] = (uint32_t)fu_hash64(last, sizeof(last), 0);
	result = settled(hash, n, arena);
	free(hash);
	return (result);
}

struct fu_str
fu_sketch_join(const struct fu_str *part, size_t n, struct fu_arena *arena)
{
	struct fu_str	 result;
	uint64_t	*hash;
	uint32_t	 one;
	size_t		 len = 0, k = 0;

	for (size_t i = 0; i < n; i++)
		len += part[i].len / sizeof(one);
	hash = room_for(len);
	for (size_t i = 0; i < n; i++)
		for (size_t at = 0; at + sizeof(one) <= part[i].len;
		    at += sizeof(one)) {
			memcpy(&one, part[i].ptr + at, sizeof(one));
			hash[k++] = one;
		}
	result = settled(hash, k, arena);
	free(hash);
	return (result);
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
