/*
 * Blocks put down, and those that a whole site has taken away.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "content/page.h"

static bool
blank(char c)
{
	return (c == ' ' || (c >= '\t' && c <= '\r'));
}

void
fu_page_add(struct fu_page *page, struct fu_arena *arena, int level,
    struct fu_str text)
{
	size_t	 i = 0, from;
	struct fu_buf	 line;

	if (page->n == FU_BLOCKS_MAX)
		return;
	fu_buf_init(&line);
	while (i < text.len) {
		for (; i < text.len && (blank(text.ptr[i]) ||
		    text.ptr[i] == '\0'); i++)
			continue;
		for (from = i; i < text.len && !blank(text.ptr[i]) &&
		    text.ptr[i] != '\0'; i++)
			continue;
		if (i > from && line.len > 0)
			fu_buf_putc(&line, ' ');
		fu_buf_put(&line, text.ptr + from, i - from);
	}
	if (line.len > 0) {
		page->block = fu_grow(arena, page->block, page->n, &page->cap,
		    sizeof(*page->block));
		page->block[page->n++] = (struct fu_block){ level,
			fu_dup_buf(arena, &line) };
	}
	fu_buf_free(&line);
}

void
fu_page_text(struct fu_page *page, struct fu_arena *arena, struct fu_str text)
{
	size_t	 i, from = 0, line = 0, stop;
	bool	 empty = true;

	for (i = 0; i <= text.len; i++) {
		bool	 end = i == text.len || text.ptr[i] == '\f';

		if (!end && text.ptr[i] != '\n') {
			empty = empty && blank(text.ptr[i]);
			continue;
		}
		if (empty || end) {
			stop = end ? i : line;
			if (stop > from)
				fu_page_add(page, arena, 0, (struct fu_str){
				    text.ptr + from, stop - from });
			from = i < text.len ? i + 1 : i;
		}
		line = i;
		empty = true;
	}
}

static int
by_value(const void *a, const void *b)
{
	uint64_t	 x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x < y ? -1 : x > y);
}

uint64_t *
fu_page_hashes(const struct fu_page *page, struct fu_arena *arena, size_t *n)
{
	uint64_t	*hash = fu_alloc_array(arena, page->n + 1,
	    sizeof(*hash));
	size_t		 i, k = 0;

	for (i = 0; i < page->n; i++)
		hash[i] = fu_hash_cstr(page->block[i].text, 0);
	qsort(hash, page->n, sizeof(*hash), by_value);
	for (i = 0; i < page->n; i++)
		if (k == 0 || hash[k - 1] != hash[i])
			hash[k++] = hash[i];
	*n = k;
	return (hash);
}

void
fu_page_without(struct fu_page *page, const uint64_t *hash, size_t n)
{
	size_t		 k = 0;
	uint64_t	 own;

	if (n == 0)
		return;
	for (size_t i = 0; i < page->n; i++) {
		own = fu_hash_cstr(page->block[i].text, 0);
		if (bsearch(&own, hash, n, sizeof(*hash), by_value) == NULL)
			page->block[k++] = page->block[i];
	}
	page->n = k;
}
