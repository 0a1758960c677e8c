/*
 * Phrases are found the same whether the words of a text were looked up in the
 * index first or not: the index only leaves out what cannot match.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy/frame.h"
#include "phrases.h"
#include "record/json.h"

static int
open_lexicon(struct fu_arena *arena, struct fu_lexicon *lexicon)
{
	struct phrase_files files;
	struct fu_err err;

	if (phrase_files(&files, "templates/rules") == -1)
		return (-1);
	memset(lexicon, 0, sizeof(*lexicon));
	for (size_t i = 0; i < files.n; i++)
		if (fu_lexicon_read(arena, files.file[i].text, lexicon,
		    &err) == -1)
			return (-1);
	fu_lexicon_index(arena, lexicon);
	return (0);
}

static void
same(const struct fu_section *s, const struct fu_words *plain,
    const struct fu_words *looked, struct fu_arena *arena, size_t *found)
{
	size_t first[2] = { 0, 0 }, last[2] = { 0, 0 };
	bool *mask[2];
	bool a, b;

	a = fu_section_find(s, plain, 0, &first[0], &last[0]);
	b = fu_section_find(s, looked, 0, &first[1], &last[1]);
	if (a != b)
		fail_msg("[%s] in \"%s\": %d without the index, %d with it",
		    s->name, plain->source, a, b);
	assert_int_equal(first[0], first[1]);
	assert_int_equal(last[0], last[1]);
	*found += a;
	for (size_t i = 0; i < 2; i++) {
		mask[i] = fu_alloc_array(arena, plain->n + 1, sizeof(bool));
		fu_section_mask(s, i == 0 ? plain : looked, mask[i]);
		fu_section_except(s, i == 0 ? plain : looked, mask[i]);
	}
	assert_memory_equal(mask[0], mask[1], plain->n);
}

/* Of every section, over texts of every language that the lists have. */
static void
test_same_with_and_without(void **state)
{
	struct fu_arena arena, tmp;
	struct fu_lexicon lexicon;
	struct fu_words plain, looked;
	struct fu_object o;
	struct fu_err err;
	char line[8192];
	const char *text;
	size_t texts = 0, found = 0;
	FILE *in = fopen("tests/unit/policy/inbound.ndjson", "r");

	(void)state;
	assert_non_null(in);
	fu_arena_init(&arena);
	fu_arena_init(&tmp);
	assert_int_equal(open_lexicon(&arena, &lexicon), 0);
	while (fgets(line, sizeof(line), in) != NULL) {
		fu_arena_reset(&tmp);
		assert_int_equal(fu_json_object(&tmp, fu_str_of(line), &o,
		    &err), 0);
		text = fu_json_text(&tmp, fu_json_get(&o, "text"));
		if (text == NULL)
			continue;
		fu_words_read(&tmp, text, &plain);
		looked = plain;
		fu_words_look(&tmp, &lexicon, &looked);
		for (size_t i = 0; i < lexicon.n; i++)
			same(&lexicon.section[i], &plain, &looked, &tmp,
			    &found);
		texts++;
	}
	fclose(in);
	assert_true(texts > 50);
	assert_true(found > texts);
	fu_arena_free(&tmp);
	fu_arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_with_and_without),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
