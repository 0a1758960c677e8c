/*
 * Reading rules/.
 *
 * Must never go on without a file that the gate or a person's own data needs:
 * what is not there forbids nothing.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "flow/rulesdir.h"
#include "flow/session.h"

const char *
fu_rulesdir_path(const struct fu_config *config, struct fu_arena *arena,
    const char *name)
{
	return (fu_printf(arena, "%s/%s", config->rules_dir, name));
}

/* fu-init puts files into rules/ beside fu.yaml, wherever `rules:` points. */
const char *
fu_rulesdir_way(const struct fu_config *config)
{
	const char	*dir = config->rules_dir;
	size_t		 len = strlen(config->dir);

	if (strcmp(config->dir, ".") != 0 &&
	    strncmp(dir, config->dir, len) == 0 && dir[len] == '/')
		dir += len + 1;
	return (strcmp(dir, "rules") == 0 ?
	    "fu-init puts back what is missing" :
	    "fu-init makes one in rules/ beside fu.yaml, to be copied");
}

static void
find_missing(const struct fu_config *config, struct fu_arena *arena,
    struct fu_faults *faults)
{
	const struct fu_rules_file	*file;

	for (size_t i = 0; (file = fu_rules_file(i)) != NULL; i++) {
		struct fu_where	 where = { fu_rulesdir_path(config, arena,
		    file->name), 0, 0 };
		size_t		 before = faults->n;

		if (!file->needed || access(where.file, F_OK) == 0)
			continue;
		fu_fault_add(faults, &where, false, "it is not there, and %s: "
		    "%s", file->use, fu_rulesdir_way(config));
		fu_faults_rule(faults, before, "missing");
	}
}

int
fu_rulesdir_read(const struct fu_config *config, struct fu_rulebook *book,
    struct fu_faults *faults)
{
	size_t		 errors = fu_faults_errors(faults);
	struct fu_list	 name;
	struct fu_arena	 arena;
	struct fu_err	 err;

	fu_arena_init(&arena);
	if (fu_dir_names(&arena, config->rules_dir, "", &name, &err) == -1)
		fu_fault_add(faults, &(struct fu_where){ config->rules_dir, 0,
		    0 }, false, "%s: %s", strerror(errno),
		    fu_rulesdir_way(config));
	else
		find_missing(config, &arena, faults);
	for (size_t i = 0; i < name.n; i++) {
		const char	*path = fu_rulesdir_path(config, &arena,
		    name.item[i]);
		struct fu_str	 text;

		if (fu_file_read(path, &arena, &text, &err) == -1)
			fu_fault_of(faults, path, &err);
		else
			fu_rulebook_read(book, path, text, faults);
	}
	fu_arena_free(&arena);
	return (fu_faults_errors(faults) > errors ? -1 : 0);
}

int
fu_rulesdir_lines(const struct fu_config *config, const char *name,
    struct fu_arena *arena, struct fu_list *list, struct fu_err *err)
{
	struct fu_str text, line;
	const char *end;
	size_t cap = 0;

	list->n = 0;
	if (fu_file_read(
		fu_rulesdir_path(config, arena, name), arena, &text, err) == -1)
		return (err->class == FU_ENOINPUT ? 0 : -1);
	while (text.len > 0) {
		end = memchr(text.ptr, '\n', text.len);
		line = text;
		if (end != NULL)
			line.len = (size_t)(end - text.ptr);
		text.ptr += line.len + (end != NULL);
		text.len -= line.len + (end != NULL);
		line = fu_str_trim(line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		list->item = fu_grow(
		    arena, list->item, list->n, &cap, sizeof(*list->item));
		list->item[list->n++] = fu_dup_str(arena, line);
	}
	return (0);
}
