/*
 * Any bytes as fu.yaml, a cadence and a scorecard: no crash, no leak, no
 * fault without words.  Built with clang -fsanitize=fuzzer,address,undefined.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "config/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
read_as(const struct fu_table *table, void *base, const char *text, size_t len)
{
	struct fu_arena arena;
	struct fu_faults faults;
	struct fu_config config = { 0 };
	struct fu_load load = { .config = &config };
	struct fu_read rd = { &arena, &faults, ".", &load };
	const struct fu_node *root;
	size_t i;

	fu_arena_init(&arena);
	fu_faults_init(&faults);
	fu_buf_init(&load.versions);
	root = fu_yaml_parse(&arena, "fuzz.yaml", (struct fu_str){ text, len },
	    1, &faults);
	if (root != NULL)
		fu_table_read(&rd, table, root, base);
	fu_faults_sort(&faults);
	for (i = 0; i < faults.n; i++)
		if (faults.fault[i].text[0] == '\0')
			abort();
	fu_buf_free(&load.versions);
	fu_faults_free(&faults);
	fu_arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct fu_config config;
	struct fu_scorecard card = { 0 };
	struct fu_cadence cadence = { 0 };
	char *text;

	/* As fu_source_read gives it: NUL behind. */
	text = malloc(len + 1);
	if (text == NULL)
		return (0);
	memcpy(text, data, len);
	text[len] = '\0';
	memset(&config, 0, sizeof(config));
	read_as(&fu_yaml_table, &config, text, len);
	read_as(&fu_scoring_table, &card, text, len);
	read_as(&fu_cadence_table, &cadence, text, len);
	free(text);
	return (0);
}
