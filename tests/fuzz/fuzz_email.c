/*
 * Any bytes as a cell of addresses: what is taken can be parsed again to the
 * same, and holds nothing that ends a header line.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "record/email.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_str cell = { (const char *)data, size };
	struct fu_arena a;
	const char **list, *again;
	size_t n;

	fu_arena_init(&a);
	(void)fu_email_cell(cell, &a, &list, &n, NULL);
	for (size_t i = 0; i < n; i++) {
		if (strpbrk(list[i], "\r\n\t ,<>\"") != NULL ||
		    strlen(list[i]) > FU_EMAIL_MAX)
			abort();
		if (fu_email_parse(fu_str_of(list[i]), &a, &again, NULL) != 0 ||
		    strcmp(again, list[i]) != 0)
			abort();
		(void)fu_email_suppress_key(&a, list[i]);
	}
	(void)fu_domain_parse(cell, &a, NULL);
	fu_arena_free(&a);
	return (0);
}
