/*
 * Any bytes as a web page, as Markdown and as text, cut into passages and
 * read as terms: no crash, bounds hold, and no passage is too long or blank.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/passage.h"
#include "content/terms.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static struct fu_terms	*terms;

static void
look(struct fu_page *page, struct fu_arena *arena)
{
	struct fu_term_run	 run = { NULL, 0, 0 };
	struct fu_passage	*p;
	struct fu_str		 sketch;
	size_t			 n, k;

	n = fu_passages_make(page, "Title", arena, &p);
	if (n == 0 && page->n > 0)
		abort();
	for (size_t i = 0; i < n; i++) {
		if (fu_blank(p[i].text) || fu_words_count(fu_str_of(
		    p[i].text)) > 2 * FU_PASSAGE_WORDS)
			abort();
		fu_terms_read(terms, fu_str_of(p[i].text), fu_terms_guess(
		    terms, fu_str_of(p[i].text)), &run);
		sketch = fu_sketch_make(fu_str_of(p[i].text), arena);
		if (fu_sketch_share(sketch, sketch) != 1)
			abort();
	}
	fu_term_run_free(&run);
	(void)fu_page_hashes(page, arena, &k);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void (*const read[])(struct fu_page *, struct fu_arena *,
	    struct fu_str) = { fu_page_html, fu_page_markdown, fu_page_text };
	struct fu_str	 text = { (const char *)data, size };
	struct fu_arena	 arena;

	if (size > 16384 || !fu_utf8_valid(text.ptr, size))
		return (0);
	if (terms == NULL)
		terms = fu_terms_new();
	fu_arena_init(&arena);
	text.ptr = fu_dup_str(&arena, text);
	for (size_t i = 0; i < sizeof(read) / sizeof(*read); i++) {
		struct fu_page	 page = { 0 };

		read[i](&page, &arena, text);
		look(&page, &arena);
	}
	fu_arena_free(&arena);
	return (0);
}
