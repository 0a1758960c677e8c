/*
 * Loads the whole configuration: fu.yaml, and what it names, in one go.
 * Never stops at the first fault, and compiles no condition.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "config/load.h"

const char *
fu_config_find(const char *path, struct fu_arena *arena, struct fu_err *err)
{
	static const char *const usual[] = { "fu.yaml", FU_DATADIR "/templates/fu.yaml",
		NULL };
	size_t i;

	if (path != NULL && access(path, F_OK) == -1) {
		fu_err_sys(err, FU_ENOINPUT, "%s", path);
		return (NULL);
	}
	if (path != NULL)
		return (fu_dup(arena, path));
	for (i = 0; usual[i] != NULL; i++)
		if (access(usual[i], R_OK) == 0)
			return (fu_dup(arena, usual[i]));
	fu_err_set(err, FU_ECONFIG, "no fu.yaml here: make one with fu-init, "
	    "or name one with -c");
	return (NULL);
}

static const char *
dir_of(struct fu_arena *arena, const char *file)
{
	const char *slash = strrchr(file, '/');

	if (slash == NULL)
		return (".");
	if (slash == file)
		return ("/");
	return (fu_dup_str(arena, (struct fu_str){ file,
	    (size_t)(slash - file) }));
}

/*
 * Where nothing was said, the directory beside fu.yaml; unless a syntax error
 * may have hidden what was.
 */
static void
default_path(struct fu_config *config, bool cut, const char **path,
    const char *name)
{
	char *slash;

	if (*path == NULL && cut)
		return;
	if (*path == NULL)
		*path = fu_path_join(&config->arena, config->dir, name);
	/* "cadences/" is "cadences" in messages and joins. */
	slash = strrchr(*path, '/');
	if (slash != NULL && slash != *path && slash[1] == '\0')
		*path = fu_dup_str(&config->arena, (struct fu_str){ *path,
		    (size_t)(slash - *path) });
}

static void
default_paths(struct fu_config *config, bool cut)
{
	default_path(config, cut, &config->scoring_file, "scoring.yaml");
	default_path(config, cut, &config->cadences_dir, "cadences");
	default_path(config, cut, &config->messages_dir, "messages");
	default_path(config, cut, &config->knowledge_dir, "kb");
	default_path(config, cut, &config->handoffs_dir, "handoffs");
	default_path(config, cut, &config->rules_dir, "rules");
	default_path(config, cut, &config->prompts_dir, "prompts");
}

/* A step whose message file is not there would be held for ever. */
static void
check_messages(struct fu_read *rd, const struct fu_config *config)
{
	size_t i, j, before = rd->faults->n;

	for (i = 0; i < config->ncadence; i++)
		for (j = 0; j < config->cadence[i].nstep; j++) {
			const struct fu_step *s = &config->cadence[i].step[j];
			const char *path;

			if (s->message == NULL || config->messages_dir == NULL)
				continue;
			path = fu_printf(rd->arena, "%s/%s.md",
			    config->messages_dir, s->message);
			if (access(path, R_OK) != 0)
				fu_fault_add(rd->faults, &s->where, true,
				    "there is no %s: write it, or this step is "
				    "held", path);
		}
	fu_faults_rule(rd->faults, before, "missing");
}

/*
 * Where fu.yaml names the file or directory of that key: false when a syntax
 * error may have hidden it, so that no default is looked for.
 */
static bool
place_of(const struct fu_node *root, const char *key, struct fu_where *where)
{
	const struct fu_node *node = fu_node_get(root, key);

	*where = node != NULL ? node->where :
	    (struct fu_where){ root->where.file, 0, 0 };
	return (node != NULL ? !node->cut : !root->cut);
}

static void
read_named(struct fu_read *rd, struct fu_config *config,
    const struct fu_node *root)
{
	struct fu_where where;

	if (config->channel[FU_CH_WHATSAPP].templates != NULL)
		fu_read_wa_templates(rd,
		    config->channel[FU_CH_WHATSAPP].templates,
		    &config->channel[FU_CH_WHATSAPP].where);
	if (place_of(root, "scoring", &where))
		fu_read_scoring(rd, config->scoring_file, &where,
		    &config->scorecard);
	if (place_of(root, "cadences", &where))
		fu_read_cadences(rd, config->cadences_dir, &where);
}

int
fu_config_load(struct fu_config *config, const char *file,
    struct fu_faults *faults, struct fu_err *err)
{
	struct fu_load load = { .config = config };
	struct fu_read rd;
	const struct fu_node *root;
	size_t errors;

	*config = (struct fu_config){ 0 };
	fu_arena_init(&config->arena);
	fu_buf_init(&load.versions);
	config->file = fu_dup(&config->arena, file);
	config->dir = dir_of(&config->arena, file);
	rd = (struct fu_read){ .arena = &config->arena, .faults = faults,
		.dir = config->dir, .ctx = &load };
	errors = fu_faults_errors(faults);
	root = fu_read_yaml(&rd, config->file, NULL, NULL);
	if (root != NULL)
		fu_table_read(&rd, &fu_yaml_table, root, config);
	if (root != NULL && root->kind == FU_NODE_MAP) {
		if (config->company.zone_name != NULL)
			config->company.zone =
			    fu_zone_open(config->company.zone_name);
		fu_read_holidays(&rd);
		default_paths(config, root->cut);
		read_named(&rd, config, root);
		check_messages(&rd, config);
		fu_senders_index(config);
	} else if (root == NULL && fu_faults_errors(faults) == errors) {
		struct fu_where where = { config->file, 0, 0 };

		fu_fault_add(faults, &where, false, "the file is empty: it "
		    "needs \"company:\"");
	}
	config->version = fu_version_of(&config->arena,
	    fu_buf_view(&load.versions));
	fu_buf_free(&load.versions);
	fu_faults_sort(faults);
	return (fu_faults_errors(faults) > errors ? fu_faults_err(faults, err) :
	    0);
}

int
fu_config_scorecard(struct fu_config *config, const char *file,
    struct fu_faults *faults, struct fu_err *err)
{
	struct fu_load load = { .config = config };
	struct fu_read rd = { .arena = &config->arena, .faults = faults,
		.dir = config->dir, .ctx = &load };
	size_t errors = fu_faults_errors(faults);

	fu_buf_init(&load.versions);
	config->scoring_file = fu_dup(&config->arena, file);
	config->scorecard = (struct fu_scorecard){ 0 };
	fu_read_scoring(&rd, config->scoring_file, NULL, &config->scorecard);
	fu_buf_free(&load.versions);
	return (fu_faults_errors(faults) > errors ? fu_faults_err(faults, err) :
	    0);
}

void
fu_config_free(struct fu_config *config)
{
	fu_arena_free(&config->arena);
	*config = (struct fu_config){ 0 };
}
