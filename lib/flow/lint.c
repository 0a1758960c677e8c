/*
 * fu-lint's round: the check that every program could make, then the rooms
 * that give advice, then one order for all of it.
 *
 * Must never write, nor judge a text itself.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/init.h"
#include "flow/lint_room.h"
#include "flow/rulesdir.h"

void
fu_lint_say(struct fu_linting *l, const struct fu_where *where, bool warning,
    const char *rule, const char *fmt, ...)
{
	struct fu_faults	*faults = &l->lint->faults;
	struct fu_buf		 text;
	size_t			 before = faults->n;
	va_list			 ap;

	fu_buf_init(&text);
	va_start(ap, fmt);
	fu_buf_vprintf(&text, fmt, ap);
	va_end(ap);
	fu_fault_add(faults, where, warning, "%s", text.ptr);
	/* Those before have theirs; when full, the last is what was added. */
	fu_faults_rule(faults, before < faults->n ? before :
	    FU_FAULTS_MAX - 1, rule);
	fu_buf_free(&text);
}

void
fu_lint_file(struct fu_linting *l, const char *path)
{
	struct fu_list	*list = &l->lint->file;

	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->item[i], path) == 0)
			return;
	list->item = fu_grow(&l->lint->arena, list->item, list->n,
	    &l->lint->cap, sizeof(*list->item));
	list->item[list->n++] = fu_dup(&l->lint->arena, path);
}

void
fu_lint_lines(struct fu_linting *l, const char *name, struct fu_list *list)
{
	struct fu_err	 err;

	/* What cannot be read is told with the other files of rules/. */
	(void)fu_rulesdir_lines(&l->config, name, l->arena, list, &err);
}

/* The key is no configuration: where that is kept in git, it is not. */
static void
excuse_key(struct fu_fault *f)
{
	const char	*slash = strrchr(f->where.file, '/');

	if (strcmp(slash != NULL ? slash + 1 : f->where.file, "fu.key") != 0 ||
	    access(f->where.file, F_OK) == 0)
		return;
	f->warning = true;
	f->rule = "missing";
}

/* Is there a fault of form in a YAML file, so that steps may be missing? */
static bool
is_unsure(const struct fu_faults *faults)
{
	const struct fu_fault	*f;
	size_t			 len;

	for (size_t i = 0; i < faults->n; i++) {
		f = &faults->fault[i];
		len = strlen(f->where.file);
		if (!f->warning && strcmp(f->rule, "schema") == 0 && len > 5 &&
		    strcmp(f->where.file + len - 5, ".yaml") == 0)
			return (true);
	}
	return (false);
}

/* A whole file is meant by its beginning, a whole line by its own. */
static void
give_places(struct fu_faults *faults)
{
	for (size_t i = 0; i < faults->n; i++) {
		struct fu_where	*where = &faults->fault[i].where;

		if (where->line == 0)
			where->line = where->col = 1;
		else if (where->col == 0)
			where->col = 1;
	}
}

/* By file, line and column; what was found first comes first. */
static int
by_place(const void *a, const void *b)
{
	const struct fu_fault	*x = *(const struct fu_fault *const *)a;
	const struct fu_fault	*y = *(const struct fu_fault *const *)b;
	int			 c = strcmp(x->where.file, y->where.file);

	if (c != 0)
		return (c);
	if (x->where.line != y->where.line)
		return (x->where.line < y->where.line ? -1 : 1);
	if (x->where.col != y->where.col)
		return (x->where.col < y->where.col ? -1 : 1);
	return (x < y ? -1 : x > y);
}

static void
sort(struct fu_lint *lint)
{
	struct fu_faults	*faults = &lint->faults;
	struct fu_fault		*sorted;
	const struct fu_fault	**order;

	order = fu_alloc_array(&lint->arena, faults->n + 1, sizeof(*order));
	sorted = fu_alloc_array(&lint->arena, faults->n + 1, sizeof(*sorted));
	for (size_t i = 0; i < faults->n; i++)
		order[i] = &faults->fault[i];
	qsort(order, faults->n, sizeof(*order), by_place);
	for (size_t i = 0; i < faults->n; i++)
		sorted[i] = *order[i];
	faults->fault = sorted;
	faults->cap = faults->n;
}

/* The gate's rules, when they are in order. */
static void
read_rules(struct fu_linting *l)
{
	struct fu_faults	 told;

	fu_faults_init(&told);
	l->book = fu_rulebook_new();
	if (fu_rulesdir_read(&l->config, l->book, &told) == -1) {
		fu_rulebook_free(l->book);
		l->book = NULL;
	}
	fu_faults_free(&told);
}

/*
 * What the rooms look at, read a second time: the check keeps nothing, and
 * has told all that is wrong with it.
 */
static void
read_all(struct fu_linting *l, const char *file)
{
	struct fu_faults	 told;
	struct fu_err		 err;
	size_t			 before;

	fu_faults_init(&told);
	fu_config_load(&l->config, file, &told, &err);
	l->today = fu_zone_day(l->config.company.zone != NULL ?
	    l->config.company.zone : fu_zone_utc(),
	    fu_clock_now(&l->opt->clock));
	l->root = fu_lint_tree(l);
	if (l->config.rules_dir != NULL)
		read_rules(l);
	if (l->config.messages_dir != NULL)
		fu_messages_read(l->config.messages_dir, l->arena, &l->message,
		    &l->nmessage, &told, &err);
	/* A syntax error may have hidden where it is. */
	if (l->config.knowledge_dir != NULL) {
		before = told.n;
		if (fu_documents_load(l->config.knowledge_dir, l->arena,
		    &l->document, &l->ndocument, &told, &err) == -1 &&
		    told.n == before)
			fu_lint_say(l, &(struct fu_where){
			    l->config.knowledge_dir, 0, 0 }, true, "missing",
			    "%s", err.msg);
	}
	fu_faults_free(&told);
}

static void
count_files(struct fu_linting *l)
{
	const struct fu_config	*c = &l->config;

	fu_lint_file(l, c->file);
	if (c->scoring_file != NULL && access(c->scoring_file, R_OK) == 0)
		fu_lint_file(l, c->scoring_file);
	for (size_t i = 0; i < c->ncadence; i++)
		fu_lint_file(l, c->cadence[i].file);
	for (size_t i = 0; i < l->nmessage; i++)
		fu_lint_file(l, l->message[i].file);
	for (size_t i = 0; i < l->ndocument; i++)
		fu_lint_file(l, l->document[i].file);
	/* One with faults was left out of what was read. */
	for (size_t i = 0; i < l->lint->faults.n; i++) {
		const char *path = l->lint->faults.fault[i].where.file;

		if (path != NULL && access(path, R_OK) == 0)
			fu_lint_file(l, path);
	}
}

int
fu_lint_run(struct fu_lint *lint, const struct fu_opt *opt,
    struct fu_err *err)
{
	struct fu_linting	 l = { .opt = opt, .lint = lint };
	struct fu_faults	*faults = &lint->faults;
	const char		*file;

	memset(lint, 0, sizeof(*lint));
	fu_arena_init(&lint->arena);
	fu_faults_init(faults);
	l.arena = &lint->arena;
	if ((file = fu_config_find(opt->config, l.arena, err)) == NULL)
		return (-1);
	if (access(file, R_OK) == -1)
		return (fu_err_sys(err, FU_ECONFIG, "%s", file));
	fu_init_check(opt, faults, err);
	l.checked = faults->n;
	l.retold = fu_alloc_array(l.arena, faults->n + 1, sizeof(*l.retold));
	read_all(&l, file);
	for (size_t i = 0; i < faults->n; i++)
		excuse_key(&faults->fault[i]);
	fu_faults_rule(faults, 0, "schema");
	l.unsure = is_unsure(faults);
	/* Of a file that was read in part there is nothing to advise. */
	if (l.config.messages_dir != NULL && l.root != NULL && !l.root->cut) {
		fu_lint_law(&l);
		fu_lint_rules(&l);
		fu_lint_cadences(&l);
		fu_lint_messages(&l);
		fu_lint_columns(&l);
	}
	/* With an error no program looks at anybody. */
	if (fu_faults_errors(faults) == 0)
		fu_lint_dry(&l);
	count_files(&l);
	give_places(faults);
	sort(lint);
	fu_rulebook_free(l.book);
	fu_config_free(&l.config);
	return (0);
}

/* Where it is, or, as it is missing, would be: below the nearest directory
 * that is there. */
static bool
place_of(const char *file, char path[PATH_MAX])
{
	char	 dir[PATH_MAX], *slash;
	size_t	 len = strlen(file), at;

	if (realpath(file, path) != NULL)
		return (true);
	if (len >= sizeof(dir))
		return (false);
	memcpy(dir, file, len + 1);
	while ((slash = strrchr(dir, '/')) != NULL && slash != dir) {
		*slash = '\0';
		if (realpath(dir, path) != NULL)
			break;
	}
	if (slash == NULL && realpath(".", path) == NULL)
		return (false);
	at = slash == NULL ? 0 : (size_t)(slash - dir) + 1;
	len = strlen(path);
	return (snprintf(path + len, PATH_MAX - len, "/%s", file + at) <
	    (int)(PATH_MAX - len));
}

/* Is it the file, or below the directory? */
static bool
is_at(const char *file, const char *place)
{
	char	 path[PATH_MAX];
	size_t	 len = strlen(place);

	if (!place_of(file, path))
		return (strcmp(file, place) == 0);
	return (strncmp(path, place, len) == 0 &&
	    (path[len] == '\0' || path[len] == '/'));
}

static bool
wanted(const char *file, char (*place)[PATH_MAX], int n)
{
	for (int i = 0; i < n; i++)
		if (is_at(file, place[i]))
			return (true);
	return (false);
}

int
fu_lint_only(struct fu_lint *lint, char **operand, int n, struct fu_err *err)
{
	struct fu_faults	*faults = &lint->faults;
	char			(*place)[PATH_MAX];
	size_t			 k = 0;

	if (n == 0)
		return (0);
	place = fu_alloc_array(&lint->arena, (size_t)n, sizeof(*place));
	for (int i = 0; i < n; i++)
		if (realpath(operand[i], place[i]) == NULL)
			return (fu_err_sys(err, FU_ENOINPUT, "%s", operand[i]));
	for (size_t i = 0; i < faults->n; i++)
		if (wanted(faults->fault[i].where.file, place, n))
			faults->fault[k++] = faults->fault[i];
	faults->n = k;
	k = 0;
	for (size_t i = 0; i < lint->file.n; i++)
		if (wanted(lint->file.item[i], place, n))
			lint->file.item[k++] = lint->file.item[i];
	lint->file.n = k;
	return (0);
}

void
fu_lint_free(struct fu_lint *lint)
{
	fu_faults_free(&lint->faults);
	fu_arena_free(&lint->arena);
}
