/*
 * Read the phrase files of rules/ for policy's detector.
 *
 * Knows which are needed, and nothing of what is in them.
 */
#include <unistd.h>

#include "flow/detector.h"
#include "flow/rulesdir.h"
#include "flow/session.h"

struct fu_detector *
fu_detector_open(const struct fu_config *config, struct fu_err *err)
{
	struct fu_phrase_file file[FU_SIGNAL_FILES];
	struct fu_detector *detector = NULL;
	struct fu_arena arena;
	struct fu_str text;
	const char *path, *name;
	size_t i, n = 0;

	fu_arena_init(&arena);
	for (i = 0; (name = fu_signal_file(i)) != NULL; i++) {
		path = fu_rulesdir_path(config, &arena, name);
		/* a language that an operator took away is not read */
		if (i > 0 && access(path, F_OK) == -1)
			continue;
		if (fu_file_read(path, &arena, &text, err) == -1)
			goto done;
		file[n].name = name;
		file[n++].text = fu_dup_str(&arena, text);
	}
	detector = fu_detector_new(config, file, n, err);
done:
	fu_arena_free(&arena);
	return (detector);
}
