/*
 * The shipped phrase files, for tests of what is detected by them.
 */
#ifndef FU_TESTS_PHRASES_H
#define FU_TESTS_PHRASES_H

#include <stdio.h>
#include <stdlib.h>

#include "policy/signal.h"

struct phrase_files {
	struct fu_phrase_file	 file[FU_SIGNAL_FILES];
	size_t			 n;
};

/*
 * phrase_files(files, dir):
 * Read those of ${dir} that are there; they are never freed.  Return 0, or -1
 * with a line on standard error where the first is not.
 */
static inline int
phrase_files(struct phrase_files *files, const char *dir)
{
	static char *kept[FU_SIGNAL_FILES];	/* known, so that none is lost */
	char path[4096], *text;
	const char *name;
	FILE *f;

	files->n = 0;
	for (size_t i = 0; (name = fu_signal_file(i)) != NULL; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, name);
		if ((f = fopen(path, "r")) == NULL) {
			if (i > 0)
				continue;
			fprintf(stderr, "no %s: run from the top of the tree\n",
			    path);
			return (-1);
		}
		if ((text = calloc(1, 1 << 20)) == NULL)
			abort();
		if (fread(text, 1, (1 << 20) - 1, f) == 0)
			abort();
		fclose(f);
		kept[files->n] = text;
		(void)kept[files->n];
		files->file[files->n].name = name;
		files->file[files->n++].text = text;
	}
	return (0);
}

/* A detector of them, for a group of tests; ${config} may be empty. */
struct phrases_fixture {
	struct fu_config	 config;
	struct fu_detector	*detector;
	struct fu_arena		 arena;
};

static inline void
phrases_list(struct phrases_fixture *f, enum fu_trigger t,
    const char *const *item, size_t n)
{
	f->config.trigger[t].lines.item = (const char **)item;
	f->config.trigger[t].lines.n = n;
}

static inline int
phrases_setup(void **state, struct phrases_fixture *f)
{
	struct phrase_files files;
	struct fu_err err;

	if (phrase_files(&files, "templates/rules") == -1)
		return (-1);
	f->detector = fu_detector_new(&f->config, files.file, files.n, &err);
	if (f->detector == NULL) {
		fprintf(stderr, "%s\n", err.msg);
		return (-1);
	}
	fu_arena_init(&f->arena);
	*state = f;
	return (0);
}

static inline int
phrases_teardown(void **state)
{
	struct phrases_fixture *f = *state;

	fu_detector_free(f->detector);
	fu_arena_free(&f->arena);
	return (0);
}

#endif
