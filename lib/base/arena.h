/*
 * Memory that goes all at once: what is made for one batch or one record.
 *
 * Allocation never returns NULL (fu_oom() instead).  Resetting keeps the
 * blocks for the next round, so a loop's memory is flat.
 */
#ifndef FU_BASE_ARENA_H
#define FU_BASE_ARENA_H

#include "base/str.h"

struct fu_arena_block;

struct fu_arena {
	struct fu_arena_block	*head;	/* current block */
	struct fu_arena_block	*spare;	/* kept for reuse */
};

void fu_arena_init(struct fu_arena *);
void fu_arena_free(struct fu_arena *);
void fu_arena_reset(struct fu_arena *);

void *fu_alloc(struct fu_arena *, size_t);	/* zeroed, aligned to 16 */
void *fu_alloc_array(struct fu_arena *, size_t, size_t); /* overflow-checked */
char *fu_dup(struct fu_arena *, const char *);	/* NULL gives NULL */
char *fu_dup_str(struct fu_arena *, struct fu_str);	/* NUL-terminated */
char *fu_dup_buf(struct fu_arena *, const struct fu_buf *);
char *fu_printf(struct fu_arena *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * fu_grow(arena, array, n, cap, size):
 * Make room for one more member in ${array}, which has ${n} of ${*cap}
 * members of ${size} bytes; return it, moved or not.  Members are zeroed.
 */
void *fu_grow(struct fu_arena *, void *, size_t, size_t *, size_t);

#endif
