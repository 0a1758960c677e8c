/*
 * Any bytes as the answer of a CRM: a refusal is found or not, and its words
 * are short enough to be kept.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "channel/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_arena	 arena;
	const char	*why;
	char		*copy;

	/* Exactly as long as the answer, so that one byte more is noticed. */
	if ((copy = malloc(size)) == NULL && size > 0)
		return (0);
	if (size > 0)
		memcpy(copy, data, size);
	fu_arena_init(&arena);
	why = fu_answer_refusal((struct fu_str){ copy, size }, &arena);
	if (why != NULL && (strlen(why) > 200 ||
	    !fu_utf8_valid(why, strlen(why))))
		abort();
	fu_arena_free(&arena);
	free(copy);
	return (0);
}
