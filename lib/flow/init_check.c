/*
 * Reading a whole configuration as the programs will, and telling everything
 * that is wrong with it.
 *
 * Must never stop at the first fault, nor write anything.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/conditions.h"
#include "flow/init.h"
#include "flow/init_text.h"

struct check {
	const struct fu_opt	*opt;
	struct fu_config	*config;
	struct fu_faults	*faults;
	struct fu_arena		 arena;
};

/* A fault that comes as an error; ${file} NULL: its text names the file. */
static void
fault_of(struct check *ck, const char *file, const struct fu_err *err)
{
	struct fu_where	 where = { file, 0, 0 };

	fu_fault_add(ck->faults, &where, false, "%s", err->msg);
}

/* The loader warns of a step without its message; here that is a fault. */
static void
harden_missing(struct check *ck, const struct fu_step *step)
{
	for (size_t i = 0; i < ck->faults->n; i++) {
		struct fu_fault	*f = &ck->faults->fault[i];

		if (f->warning && fu_streq(f->where.file, step->where.file) &&
		    f->where.line == step->where.line &&
		    strncmp(f->text, "there is no ", 12) == 0)
			f->warning = false;
	}
}

static int
visible(const struct dirent *entry)
{
	return (entry->d_name[0] != '.');
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return (strcmp((*a)->d_name, (*b)->d_name));
}

/* Each visible file of a directory, in order of name. */
static void
check_dir(struct check *ck, const char *dir, bool needed,
    void (*call)(struct check *, const char *, const char *))
{
	struct dirent	**entry;
	struct fu_err	  err;
	int		  n;

	if ((n = scandir(dir, &entry, visible, by_name)) == -1) {
		if (needed) {
			fu_err_sys(&err, FU_ECONFIG, "%s", dir);
			fault_of(ck, NULL, &err);
		}
		return;
	}
	for (int i = 0; i < n; i++) {
		call(ck, entry[i]->d_name, fu_printf(&ck->arena, "%s/%s", dir,
		    entry[i]->d_name));
		free(entry[i]);
	}
	free(entry);
}

static void
message_file(struct check *ck, const char *name, const char *path)
{
	size_t	 len = strlen(name);

	if (len > 3 && strcmp(name + len - 3, ".md") == 0)
		fu_init_message(path, &ck->arena, ck->faults);
}

static void
rules_file(struct check *ck, const char *name, const char *path)
{
	struct fu_rulebook	*book = fu_rulebook_new();
	struct fu_str		 text;
	struct fu_err		 err;

	if (fu_file_read(path, &ck->arena, &text, &err) == -1)
		fault_of(ck, NULL, &err);
	else if (fu_rulebook_add(book, name, text, &err) == -1) {
		fu_err_prefix(&err, "%s/", ck->config->rules_dir);
		fault_of(ck, NULL, &err);
	}
	fu_rulebook_free(book);
}

static void
handoff_file(struct check *ck, const char *name, const char *path)
{
	struct fu_str	 text;
	struct fu_err	 err;

	(void)name;
	if (fu_file_read(path, &ck->arena, &text, &err) == -1)
		fault_of(ck, NULL, &err);
	else
		fu_init_template(fu_dup_str(&ck->arena, text), path, 1,
		    &ck->arena, ck->faults);
}

static void
check_key(struct check *ck)
{
	const char	*path = fu_printf(&ck->arena, "%s/fu.key",
	    ck->config->dir);
	struct fu_keys	 keys;
	struct fu_err	 err;

	if (fu_keys_load(path, &keys, &err) == -1)
		fault_of(ck, NULL, &err);
	explicit_bzero(&keys, sizeof(keys));
}

int
fu_init_check(const struct fu_opt *opt, struct fu_faults *faults,
    struct fu_err *err)
{
	struct fu_config	 config;
	struct check		 ck = { opt, &config, faults, { 0 } };
	const char		*file;
	size_t			 n;

	fu_arena_init(&ck.arena);
	if ((file = fu_config_find(opt->config, &ck.arena, err)) == NULL) {
		fu_arena_free(&ck.arena);
		return (-1);
	}
	/* What could be read is looked at further, whatever else is wrong. */
	fu_config_load(&config, file, faults, err);
	n = faults->n;
	fu_conditions_check(ck.config, ck.faults);
	fu_faults_rule(faults, n, "condition");
	for (size_t i = 0; i < config.ncadence; i++)
		for (size_t k = 0; k < config.cadence[i].nstep; k++)
			harden_missing(&ck, &config.cadence[i].step[k]);
	/* Those that come now name their file themselves, in order. */
	fu_faults_sort(faults);
	/* After a syntax error the directories have no names yet. */
	if (config.messages_dir != NULL) {
		check_dir(&ck, config.messages_dir, true, message_file);
		check_dir(&ck, config.handoffs_dir, false, handoff_file);
		check_dir(&ck, config.rules_dir, true, rules_file);
	}
	check_key(&ck);
	n = fu_faults_errors(faults);
	if (n > 0)
		fu_err_set(err, FU_ECONFIG, "%s: %zu fault%s", file, n,
		    n == 1 ? "" : "s");
	fu_config_free(&config);
	fu_arena_free(&ck.arena);
	return (n > 0 ? -1 : 0);
}
