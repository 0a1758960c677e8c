/*
 * libFuzzer: any text, by any channel, in answer to any question.
 *
 *	clang -fsanitize=fuzzer,address,undefined … -o fuzz_signal
 *
 * The first byte chooses the channel; a NUL parts what we asked from what
 * came.  The lists are the shipped ones, so run it from the top of the tree.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "phrases.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct fu_detector *
detector(void)
{
	static struct fu_detector *d;
	static struct phrase_files files;
	struct fu_err err;

	if (d != NULL)
		return (d);
	if (phrase_files(&files, "templates/rules") == -1 ||
	    (d = fu_detector_new(NULL, files.file, files.n, &err)) == NULL)
		abort();
	return (d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const channels[] = { "sms", "email", "chat",
		"whatsapp", NULL };
	struct fu_arena arena;
	struct fu_signals s;
	struct fu_buf out;
	char *text, *asked;

	if (size == 0)
		return (0);
	fu_arena_init(&arena);
	fu_buf_init(&out);
	text = fu_alloc(&arena, size);
	memcpy(text, data + 1, size - 1);
	asked = memchr(text, '\0', size - 1);
	fu_detect(detector(), text, channels[*data % 5],
	    asked != NULL && asked + 1 < text + size - 1 ? asked + 1 : NULL,
	    &arena, &s);
	if (fu_utf8_valid(text, strlen(text))) {
		fu_signals_json(&s, &out);
		fu_extracted_json(&s, &out);
	}
	fu_buf_free(&out);
	fu_arena_free(&arena);
	return (0);
}
