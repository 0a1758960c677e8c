/*
 * Any bytes as a question, a zero, and a passage: no crash, no sentence is
 * empty, an answer has no more characters than there is room for.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chat/answer.h"
#include "chat/figures.h"

#define ROOM 120

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The words of the question, all of one weight. */
static void
weigh(struct fu_terms *terms, const char *text, struct fu_arena *arena,
    struct fu_weighed *w)
{
	struct fu_term_run	 run = { 0 };

	fu_terms_read(terms, fu_str_of(text), FU_TONGUE_EN, &run);
	fu_term_run_once(&run);
	w->tongue = FU_TONGUE_EN;
	w->part = fu_alloc_array(arena, run.n + 1, sizeof(*w->part));
	for (; w->n < run.n && w->n < FU_WEIGHED_MAX; w->n++) {
		struct fu_weighed_part	*p = &w->part[w->n];

		p->weight = 1;
		p->n = 1;
		p->way = fu_alloc(arena, sizeof(*p->way));
		*p->way = (struct fu_weighed_way){ { run.term[w->n] }, 1, 1 };
	}
	fu_term_run_free(&run);
}

static void
try(const char *question, const char *text)
{
	struct fu_passage_row	 p = { .heading = question, .text = text };
	struct fu_chat_source	 source = { &p, 1, question, NULL };
	struct fu_weighed	 w = { NULL, 0, FU_TONGUE_EN };
	struct fu_terms		*terms = fu_terms_new();
	struct fu_chat_asked	 asked = { terms, &w, question, NULL, 3,
		ROOM };
	struct fu_chat_answer	 got;
	struct fu_chat_sentence	*s;
	struct fu_arena		 arena;
	size_t			 n;

	fu_arena_init(&arena);
	n = fu_chat_sentences(&p, 1, &arena, &s);
	for (size_t i = 0; i < n; i++)
		if (s[i].text.len == 0)
			abort();
	weigh(terms, question, &arena, &w);
	fu_chat_answer(&asked, &source, &arena, &got);
	if (got.text != NULL && fu_utf8_count(fu_str_of(got.text)) > ROOM)
		abort();
	fu_terms_free(terms);
	fu_arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char	*text;
	size_t		 n;
	char		*copy;

	if (size > 4096)
		return (0);
	if ((copy = calloc(1, size + 2)) == NULL)
		return (0);
	if (size > 0)
		memcpy(copy, data, size);
	n = strlen(copy);
	text = n < size ? copy + n + 1 : "";
	if (fu_utf8_valid(copy, n) && fu_utf8_valid(text, strlen(text)))
		try(copy, text);
	free(copy);
	return (0);
}
