/*
 * Reading a whole configuration as the programs will, and telling everything
 * that is wrong with it.
 *
 * Must never stop at the first fault, nor write anything.
 */
#include <string.h>
#include <unistd.h>

#include "config/document.h"
#include "config/message.h"
#include "config/nearest.h"
#include "content/prompt.h"
#include "flow/conditions.h"
#include "flow/detector.h"
#include "flow/init.h"
#include "flow/init_text.h"
#include "flow/rulesdir.h"
#include "flow/send_room.h"
#include "policy/signal.h"
#include "record/fields.h"

struct check {
	const struct fu_opt	*opt;
	struct fu_config	*config;
	struct fu_faults	*faults;
	struct fu_arena		 arena;
};

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

/* Mail needs a subject, unless it goes on with one that left. */
static void
check_subject(struct check *ck, const struct fu_step *step)
{
	struct fu_faults	 others;	/* told with the message itself */
	struct fu_message	 m;
	struct fu_where		 where;
	struct fu_err		 err;
	size_t			 before = ck->faults->n;
	bool			 mail = false;

	for (size_t i = 0; i < step->nchannel; i++)
		mail = mail || step->channel[i] == FU_CH_EMAIL;
	if (!mail || step->message == NULL || ck->config->messages_dir == NULL)
		return;
	fu_faults_init(&others);
	where = (struct fu_where){ fu_printf(&ck->arena, "%s/%s.md",
	    ck->config->messages_dir, step->message), 0, 0 };
	if (fu_message_load(where.file, &ck->arena, &m, &others, &err) == 0 &&
	    m.subject == NULL && !m.thread_continue)
		fu_fault_add(ck->faults, &where, false, "it has no "
		    "\"subject:\", and %s:%d sends it by email: add one in "
		    "the front matter", step->where.file, step->where.line);
	fu_faults_rule(ck->faults, before, "subject");
	fu_faults_free(&others);
}

/* Each visible file of a directory, in order of name. */
static void
check_dir(struct check *ck, const char *dir, bool needed,
    void (*call)(struct check *, const char *, const char *))
{
	struct fu_list	 file;
	struct fu_err	 err;

	/* After a syntax error a directory may have no name yet. */
	if (dir == NULL)
		return;
	if (fu_dir_names(&ck->arena, dir, "", &file, &err) == -1 && needed)
		fu_fault_of(ck->faults, dir, &err);
	for (size_t i = 0; i < file.n; i++)
		call(ck, file.item[i], fu_printf(&ck->arena, "%s/%s", dir,
		    file.item[i]));
}

static void
message_file(struct check *ck, const char *name, const char *path)
{
	size_t	 len = strlen(name);

	if (len > 3 && strcmp(name + len - 3, ".md") == 0)
		fu_init_message(path, &ck->arena, ck->faults);
}

/* Is an error told of that file? */
static bool
has_fault(const struct check *ck, const char *path)
{
	for (size_t i = 0; i < ck->faults->n; i++)
		if (!ck->faults->fault[i].warning &&
		    fu_streq(ck->faults->fault[i].where.file, path))
			return (true);
	return (false);
}

/* An error that begins with its file's name; else fu.yaml has to do with it. */
static void
fault_of_reader(struct check *ck, const char *const *path, size_t n,
    const struct fu_err *err)
{
	size_t	 i = 0;

	while (i < n && strncmp(err->msg, path[i], strlen(path[i])) != 0)
		i++;
	fu_fault_of(ck->faults, i < n ? path[i] : ck->config->file, err);
}

/* The phrase files together, each of which may be read alone. */
static void
check_detector(struct check *ck)
{
	const char		*path[FU_SIGNAL_FILES], *name;
	struct fu_detector	*detector;
	struct fu_err		 err;
	size_t			 i;

	for (i = 0; (name = fu_signal_file(i)) != NULL; i++) {
		path[i] = fu_rulesdir_path(ck->config, &ck->arena, name);
		if (has_fault(ck, path[i]))
			return;
	}
	if (access(path[0], R_OK) == -1)
		return;
	detector = fu_detector_open(ck->config, &err);
	if (detector == NULL && strncmp(err.msg, "signals", 7) == 0)
		fu_err_prefix(&err, "%s/", ck->config->rules_dir);
	if (detector == NULL)
		fault_of_reader(ck, path, i, &err);
	fu_detector_free(detector);
}

/* What fu-ingest makes of its own files, when nothing else is wrong with them. */
static void
check_readers(struct check *ck)
{
	static const char *const name[] = { "phones.txt", "places.txt" };
	const char		*path[2];
	struct fu_norm		 norm;
	struct fu_err		 err;

	for (size_t i = 0; i < 2; i++)
		path[i] = fu_rulesdir_path(ck->config, &ck->arena, name[i]);
	if (!has_fault(ck, path[0]) && !has_fault(ck, path[1])) {
		if (fu_norm_open(&norm, ck->config->rules_dir, &err) == -1)
			fault_of_reader(ck, path, 2, &err);
		else
			fu_norm_close(&norm);
	}
	check_detector(ck);
}

static void
check_rules(struct check *ck)
{
	struct fu_rulebook	*book;

	if (ck->config->rules_dir == NULL)
		return;
	book = fu_rulebook_new();
	if (fu_rulesdir_read(ck->config, book, ck->faults) == 0 ||
	    access(ck->config->rules_dir, X_OK) == 0)
		check_readers(ck);
	fu_rulebook_free(book);
}

static void
handoff_file(struct check *ck, const char *name, const char *path)
{
	struct fu_str	 text;
	struct fu_err	 err;

	(void)name;
	if (fu_file_read(path, &ck->arena, &text, &err) == -1)
		fu_fault_of(ck->faults, path, &err);
	else
		fu_init_template(fu_dup_str(&ck->arena, text),
		    &(struct fu_where){ path, 1, 1 }, &ck->arena,
		    ck->faults);
}

/* The body that a destination names, and what may have been meant. */
static void
check_template(struct check *ck, const struct fu_destination *d)
{
	struct fu_nearest	 nearest;
	struct fu_list		 file;
	struct fu_err		 err;

	if (d->template == NULL || access(fu_printf(&ck->arena, "%s/%s.json",
	    ck->config->handoffs_dir, d->template), F_OK) == 0)
		return;
	fu_nearest_start(&nearest, d->template);
	(void)fu_dir_names(&ck->arena, ck->config->handoffs_dir, ".json",
	    &file, &err);
	for (size_t i = 0; i < file.n; i++)
		fu_nearest_try(&nearest, fu_printf(&ck->arena, "%.*s",
		    (int)(strlen(file.item[i]) - strlen(".json")),
		    file.item[i]));
	fu_fault_add(ck->faults, &d->template_where, false, "no body \"%s\" "
	    "in %s%s%s%s", d->template, ck->config->handoffs_dir,
	    nearest.word != NULL ? ": did you mean " : ": write it there, as ",
	    nearest.word != NULL ? nearest.word : d->template,
	    nearest.word != NULL ? "?" : ".json");
}

static void
check_templates(struct check *ck)
{
	const struct fu_config	*c = ck->config;

	for (size_t i = 0; i < c->handoff.nto; i++)
		check_template(ck, &c->handoff.to[i]);
	for (size_t i = 0; i < c->handoff.nescalate_to; i++)
		check_template(ck, &c->handoff.escalate_to[i]);
	for (size_t i = 0; i < c->nalerts; i++)
		if (c->alerts[i].template != NULL)
			fu_fault_add(ck->faults, &c->alerts[i].template_where,
			    false, "an alert has no template: it says what "
			    "it has to say");
}

/* Where a model is named, what it is asked has to be there. */
static void
check_prompts(struct check *ck)
{
	static const char *const name[] = {"insight", "summary"};
	const char *path;
	struct fu_str text;
	struct fu_err err;

	if (ck->config->llm.url == NULL || ck->config->prompts_dir == NULL)
		return;
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		path = fu_printf(
		    &ck->arena, "%s/%s.md", ck->config->prompts_dir, name[i]);
		if (access(path, F_OK) == -1)
			fu_fault_add(ck->faults, &(struct fu_where){path, 0, 0},
			    false,
			    "it is not there, and \"llm:\" is "
			    "asked by it: fu-init puts back what is missing");
		else if (fu_file_read(path, &ck->arena, &text, &err) == -1)
			fu_fault_of(ck->faults, path, &err);
		else
			fu_prompt_check(text, path, &ck->arena, ck->faults);
	}
}

/* A missing directory is no fault: steps that need it are held. */
static void
check_documents(struct check *ck)
{
	struct fu_document	*document;
	struct fu_err		 err;
	size_t			 n, before = fu_faults_errors(ck->faults);

	if (ck->config->knowledge_dir != NULL &&
	    fu_documents_load(ck->config->knowledge_dir, &ck->arena, &document,
	    &n, ck->faults, &err) == -1 && err.class != FU_ENOINPUT &&
	    fu_faults_errors(ck->faults) == before)
		fu_fault_of(ck->faults, ck->config->knowledge_dir, &err);
}

static void
check_key(struct check *ck)
{
	const char	*path = fu_printf(&ck->arena, "%s/fu.key",
	    ck->config->dir);
	struct fu_keys	 keys;
	struct fu_err	 err;

	if (fu_keys_load(path, &keys, &err) == -1)
		fu_fault_of(ck->faults, path, &err);
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
	int			 rc;

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
	for (size_t i = 0; i < config.nwa_template; i++)
		for (size_t k = 0; k < config.wa_template[i].parameters.n; k++)
			fu_init_template(
			    config.wa_template[i].parameters.item[k],
			    &config.wa_template[i].where, &ck.arena, faults);
	for (size_t i = 0; i < config.ncadence; i++)
		for (size_t k = 0; k < config.cadence[i].nstep; k++) {
			harden_missing(&ck, &config.cadence[i].step[k]);
			check_subject(&ck, &config.cadence[i].step[k]);
		}
	check_templates(&ck);
	/* Those that come now name their file themselves, in order. */
	fu_faults_sort(faults);
	check_dir(&ck, config.messages_dir, true, message_file);
	check_dir(&ck, config.handoffs_dir, false, handoff_file);
	check_prompts(&ck);
	check_rules(&ck);
	check_documents(&ck);
	if (fu_via_sample(&config, err) == -1)
		fu_fault_of(faults, config.file, err);
	check_key(&ck);
	rc = fu_faults_err(faults, err);
	fu_config_free(&config);
	fu_arena_free(&ck.arena);
	return (rc);
}
