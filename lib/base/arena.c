/*
 * Blocks of memory, filled from the front and emptied all at once.
 *
 * Must never hand out the same byte twice between two resets, nor a byte that
 * is not zero.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"

/* With the address sanitizer, what is not handed out must not be touched. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(ptr, len) ((void)(ptr), (void)(len))
#define ASAN_UNPOISON_MEMORY_REGION(ptr, len) ((void)(ptr), (void)(len))
#endif

#define ALIGN		16
#define BLOCK_BYTES	((size_t)64 * 1024)
/* A block greater than this was for one odd record, and is not kept. */
#define KEEP_BYTES	((size_t)1024 * 1024)

struct fu_arena_block {
	struct fu_arena_block	*next;
	size_t			 size;	/* of data */
	size_t			 used;
	_Alignas(ALIGN) char	 data[];
};

void
fu_arena_init(struct fu_arena *arena)
{
	arena->head = arena->spare = NULL;
}

static void
free_list(struct fu_arena_block *block)
{
	struct fu_arena_block	*next;

	for (; block != NULL; block = next) {
		next = block->next;
		ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
		free(block);
	}
}

void
fu_arena_free(struct fu_arena *arena)
{
	free_list(arena->head);
	free_list(arena->spare);
	fu_arena_init(arena);
}

void
fu_arena_reset(struct fu_arena *arena)
{
	struct fu_arena_block	*block, *next;

	for (block = arena->head; block != NULL; block = next) {
		next = block->next;
		if (block->size > KEEP_BYTES) {
			block->next = NULL;
			free_list(block);
			continue;
		}
		ASAN_POISON_MEMORY_REGION(block->data, block->size);
		block->used = 0;
		block->next = arena->spare;
		arena->spare = block;
	}
	arena->head = NULL;
}

/* A block with room for ${need} bytes, now the current one. */
static struct fu_arena_block *
more(struct fu_arena *arena, size_t need)
{
	struct fu_arena_block	*block, **link;
	size_t			 size;

	for (link = &arena->spare; (block = *link) != NULL;
	    link = &block->next) {
		if (block->size >= need) {
			*link = block->next;
			break;
		}
	}
	if (block == NULL) {
		size = need > BLOCK_BYTES ? need : BLOCK_BYTES;
		if ((block = malloc(sizeof(*block) + size)) == NULL)
			fu_oom();
		block->size = size;
		block->used = 0;
		ASAN_POISON_MEMORY_REGION(block->data, size);
	}
	/* A great one goes behind the current block, which may have room. */
	if (need > BLOCK_BYTES / 4 && arena->head != NULL) {
		block->next = arena->head->next;
		arena->head->next = block;
	} else {
		block->next = arena->head;
		arena->head = block;
	}
	return (block);
}

void *
fu_alloc(struct fu_arena *arena, size_t size)
{
	struct fu_arena_block	*block;
	size_t			 need;
	void			*ptr;

	if (size > SIZE_MAX / 2)
		fu_oom();
	need = size == 0 ? ALIGN : (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	block = arena->head;
	if (block == NULL || block->size - block->used < need)
		block = more(arena, need);
	ptr = block->data + block->used;
	block->used += need;
	ASAN_UNPOISON_MEMORY_REGION(ptr, size);
	memset(ptr, 0, size);
	return (ptr);
}

void *
fu_alloc_array(struct fu_arena *arena, size_t n, size_t size)
{
	size_t	total;

	if (__builtin_mul_overflow(n, size, &total))
		fu_oom();
	return (fu_alloc(arena, total));
}

char *
fu_dup_str(struct fu_arena *arena, struct fu_str s)
{
	char	*copy;

	copy = fu_alloc(arena, s.len + 1);
	if (s.len > 0)
		memcpy(copy, s.ptr, s.len);
	return (copy);
}

char *
fu_dup(struct fu_arena *arena, const char *s)
{
	return (s == NULL ? NULL : fu_dup_str(arena, fu_str_of(s)));
}

char *
fu_dup_buf(struct fu_arena *arena, const struct fu_buf *buf)
{
	return (fu_dup_str(arena, fu_buf_view(buf)));
}

char *
fu_printf(struct fu_arena *arena, const char *fmt, ...)
{
	char	 small[256], *text;
	va_list	 ap;
	int	 n;

	va_start(ap, fmt);
	n = vsnprintf(small, sizeof(small), fmt, ap);
	va_end(ap);
	if (n < 0)
		fu_oom();
	if ((size_t)n < sizeof(small))
		return (fu_dup_str(arena, (struct fu_str){ small, (size_t)n }));
	text = fu_alloc(arena, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (text);
}

void *
fu_grow(struct fu_arena *arena, void *array, size_t n, size_t *cap, size_t size)
{
	void	*larger;
	size_t	 room;

	if (n < *cap)
		return (array);
	room = *cap < 4 ? 8 : *cap * 2;
	larger = fu_alloc_array(arena, room, size);
	if (n > 0)
		memcpy(larger, array, n * size);
	*cap = room;
	return (larger);
}
