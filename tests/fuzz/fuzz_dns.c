/*
 * Any bytes as a name server's answer: what is read of it is text that a
 * terminal can be shown, within the limits.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "net/dns.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
look_at(const uint8_t *message, size_t len, enum fu_dns_type type,
    struct fu_arena *arena)
{
	const char	**list;
	size_t		 n;
	int		 rc;

	rc = fu_dns_read(message, len, type, arena, &list, &n);
	if (n > FU_DNS_RECORDS_MAX || (rc == 1) != (n > 0 && rc != -1))
		abort();
	for (size_t i = 0; rc == 1 && i < n; i++) {
		if (strlen(list[i]) > FU_DNS_TEXT_MAX)
			abort();
		for (const char *c = list[i]; *c != '\0'; c++)
			if (*c < 0x20 || *c > 0x7e)
				abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_arena	 arena;
	uint8_t		*copy;

	/* Exactly as long as the answer, so that one byte more is noticed. */
	if ((copy = malloc(size)) == NULL && size > 0)
		return (0);
	if (size > 0)
		memcpy(copy, data, size);
	fu_arena_init(&arena);
	look_at(copy, size, FU_DNS_TXT, &arena);
	look_at(copy, size, FU_DNS_MX, &arena);
	fu_arena_free(&arena);
	free(copy);
	return (0);
}
