/*
 * Any bytes as a message and as a document: no crash, no leak, and what is
 * taken has a name and a text.  Built with clang -fsanitize=fuzzer,address.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config/document.h"
#include "config/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct fu_arena arena;
	struct fu_faults faults;
	struct fu_message m;
	struct fu_document d;
	struct fu_str text;
	char *copy;

	copy = malloc(len + 1);
	if (copy == NULL)
		return (0);
	memcpy(copy, data, len);
	copy[len] = '\0';
	text = (struct fu_str){ copy, len };
	fu_arena_init(&arena);
	fu_faults_init(&faults);
	if (fu_message_parse(text, "fuzz.md", &arena, &m, &faults) == 0 &&
	    (m.id == NULL || fu_blank(m.body)))
		abort();
	if (fu_document_parse(text, "fuzz.md", &arena, &d, &faults) == 0 &&
	    (d.title == NULL || d.body == NULL))
		abort();
	fu_faults_free(&faults);
	fu_arena_free(&arena);
	free(copy);
	return (0);
}
