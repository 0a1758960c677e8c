/*
 * Any bytes as a model server's answer, and what it says as the text to be
 * checked, against sources of which the bytes are one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/completion.h"
#include "content/phrased.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct fu_terms	*terms;

static void
check(const char *text, const char *source, struct fu_arena *arena)
{
	const char		*sources[] = { source, "Acme halved its "
	    "onboarding from six weeks to 3 for 1,100 people." };
	struct fu_phrased_in	 in = { .text = text,
		.source = { sources, 2 }, .history = { sources, 1 },
		.limits = { .sentences = 3, .words = 60, .chars = 400 } };
	struct fu_phrased	 out;

	if (fu_phrased_check(terms, &in, arena, &out) !=
	    (out.text != NULL) || (out.text == NULL) != (out.reason != NULL))
		abort();
	/* What is taken has no sign that Markdown or a header is made of. */
	if (out.text != NULL && (strpbrk(out.text, "<>{}|\\`*_#\n\r[]") !=
	    NULL || !fu_utf8_valid(out.text, strlen(out.text))))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_arena	 arena;
	const char	*text, *why, *block;
	char		*copy;

	if (size > 16384)
		return (0);
	if (terms == NULL)
		terms = fu_terms_new();
	fu_arena_init(&arena);
	/* Exactly as long as the answer, so that one byte more is noticed. */
	if ((copy = malloc(size + 1)) == NULL)
		abort();
	if (size > 0)
		memcpy(copy, data, size);
	text = fu_completion_text((struct fu_str){ copy, size }, &arena,
	    &why);
	if (text != NULL)
		check(text, text, &arena);
	if (size > 0 && fu_utf8_valid(copy, size)) {
		copy[size] = '\0';
		check(copy, copy, &arena);
		block = fu_prompt_inert(copy, &arena);
		if (strpbrk(block, "<>[]{}`") != NULL ||
		    !fu_utf8_valid(block, strlen(block)))
			abort();
	}
	fu_arena_free(&arena);
	free(copy);
	/* Its memory of words would grow for ever. */
	if (fu_terms_count(terms) > 100000) {
		fu_terms_free(terms);
		terms = NULL;
	}
	return (0);
}
