/*
 * Any bytes as rules/synonyms.txt, and as a text in which its members are
 * looked for: no crash, limits hold, what is found ends behind its beginning.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "content/synonyms.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_str		 text = { (const char *)data, size }, word;
	struct fu_faults	 faults;
	struct fu_synonyms	 s;
	struct fu_terms		*terms;
	struct fu_arena		 arena;
	size_t			 at, end;

	if (size > 8192)
		return (0);
	fu_arena_init(&arena);
	fu_faults_init(&faults);
	terms = fu_terms_new();
	text.ptr = fu_dup_str(&arena, text);
	fu_synonyms_read(&s, &arena, "s.txt", text, &faults);
	for (size_t i = 0; i < s.n; i++)
		if (s.member[i].group >= s.ngroup || s.member[i].line < 1 ||
		    s.member[i].col < 1)
			abort();
	if (fu_utf8_valid(text.ptr, size))
		for (at = 0; at < size; (void)fu_word_next(text, &at, &word))
			if (fu_synonyms_at(&s, terms, FU_TONGUE_DE, text, at,
			    &end) != NULL && (end <= at || end > size))
				abort();
	fu_terms_free(terms);
	fu_faults_free(&faults);
	fu_arena_free(&arena);
	return (0);
}
