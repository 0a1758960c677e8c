/*
 * Reads the knowledge base's files.  Never splits, indexes or judges them.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "config/document.h"
#include "config/load.h"
#include "config/scalar.h"

#define N(keys) (sizeof(keys) / sizeof((keys)[0]))
#define TREE_DEPTH_MAX 16	/* directories in directories */

const char *const fu_document_kinds[] = { "answer", "case_study", "article",
	"benchmark", "industry_insight", "product_update", "pricing", "faq",
	"competitive", "integration", "implementation", "webinar", "event",
	"offer", NULL };

const char *const fu_document_objections[] = { "price", "timing", "trust",
	"feature", "authority", "status_quo", NULL };

static void
read_day(struct fu_read *rd, const struct fu_node *node, void *member)
{
	static const struct fu_keydef key = { .name = "date",
		.type = FU_KT_DATE };
	struct fu_date date = { 0 };

	fu_key_read(rd, &key, node, &date);
	if (date.year != 0)
		*(int32_t *)member = fu_date_days(date);
}

static void
read_size(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_document *d = base;
	const char *text = fu_node_text(rd, node);
	struct fu_err err;

	if (text != NULL &&
	    fu_size_parse(text, &d->size_min, &d->size_max, &err) == -1)
		fu_fault_add(rd->faults, &node->where, false, "%s", err.msg);
}

#define AT(member) offsetof(struct fu_document, member)
static void
init(void *base)
{
	struct fu_document *d = base;

	d->size_max = INT_MAX;
	d->published = d->expires = d->deadline = FU_NO_DAY;
}

/* What is searched beside the text stays small beside it. */
static void
check_questions(struct fu_read *rd, const struct fu_node *node,
    const struct fu_list *questions)
{
	const struct fu_where *where;

	if (questions->n == 0)
		return;
	where = &fu_node_get(node, "questions")->where;
	if (questions->n > FU_QUESTIONS_MAX)
		fu_fault_add(rd->faults, where, false, "%zu questions: a "
		    "document has %d at most", questions->n, FU_QUESTIONS_MAX);
	for (size_t i = 0; i < questions->n; i++)
		if (strlen(questions->item[i]) > FU_QUESTION_BYTES_MAX)
			fu_fault_add(rd->faults, where, false, "a question of "
			    "%zu bytes, \"%.*s…\": write it in %d at most",
			    strlen(questions->item[i]),
			    (int)fu_utf8_cut(questions->item[i], 30),
			    questions->item[i], FU_QUESTION_BYTES_MAX);
}

static void
check(struct fu_read *rd, const struct fu_node *node, void *base)
{
	const struct fu_document *d = base;

	check_questions(rd, node, &d->questions);
	if (d->deadline != FU_NO_DAY && d->expires != FU_NO_DAY &&
	    d->deadline > d->expires)
		fu_fault_add(rd->faults, &fu_node_get(node, "deadline")->where,
		    false, "the deadline lies after expires:");
	if (d->kind != NULL && strcmp(d->kind, "offer") == 0 &&
	    fu_node_get(node, "deadline") == NULL)
		fu_fault_add(rd->faults, &node->where, true, "an offer without "
		    "\"deadline:\" cannot be pressed with");
}

static const struct fu_keydef keys[] = {
	{ .name = "kind", .type = FU_KT_NAME, .offset = AT(kind),
	    .words = fu_document_kinds, .doc = "What it is to a reader" },
	{ .name = "title", .type = FU_KT_TEXT, .offset = AT(title),
	    .doc = "Its title, the first heading unless said" },
	{ .name = "industry", .type = FU_KT_LIST, .offset = AT(industry),
	    .doc = "Whom it speaks to, everybody unless said" },
	{ .name = "company_size", .type = FU_KT_READ, .read = read_size,
	    .doc = "Of which size: 50-200, 1000+" },
	{ .name = "language", .type = FU_KT_TEXT, .offset = AT(language),
	    .doc = "Its language, en" },
	{ .name = "summary", .type = FU_KT_TEXT, .offset = AT(summary),
	    .doc = "The insight in one to three sentences" },
	{ .name = "url", .type = FU_KT_URL, .offset = AT(url),
	    .doc = "Where the reader finds it" },
	{ .name = "published", .type = FU_KT_READ, .offset = AT(published),
	    .read = read_day, .doc = "Since when" },
	{ .name = "expires", .type = FU_KT_READ, .offset = AT(expires),
	    .read = read_day, .doc = "The last day on which it is used" },
	{ .name = "deadline", .type = FU_KT_READ, .offset = AT(deadline),
	    .read = read_day,
	    .doc = "offer, event: the date that a message may press with" },
	{ .name = "competitor", .type = FU_KT_LIST, .offset = AT(competitor),
	    .doc = "Which competitors it is about" },
	{ .name = "objection", .type = FU_KT_LIST, .offset = AT(objection),
	    .words = fu_document_objections, .doc = "Which objections it answers" },
	{ .name = "questions", .type = FU_KT_LIST, .offset = AT(questions),
	    .doc = "Other words in which people ask for it: searched, never "
	    "shown; 50 of at most 300 bytes" },
};
/* People keep other things in front matter too: an unknown key is no fault. */
const struct fu_table fu_document_table = { .what = "a document",
	.key = keys, .n = N(keys), .size = sizeof(struct fu_document),
	.lenient = true, .init = init, .check = check };
#undef AT

/* The text of the first "# " line, else NULL. */
static const char *
first_heading(struct fu_arena *arena, const char *body)
{
	const char *p = body, *nl;
	struct fu_str line;

	for (; p != NULL && *p != '\0'; p = nl == NULL ? NULL : nl + 1) {
		nl = strchr(p, '\n');
		line = nl == NULL ? fu_str_of(p) :
		    (struct fu_str){ p, (size_t)(nl - p) };
		if (!fu_str_starts(line, "#"))
			continue;
		while (line.len > 0 && *line.ptr == '#') {
			line.ptr++;
			line.len--;
		}
		line = fu_str_trim(line);
		if (line.len > 0)
			return (fu_dup_str(arena, line));
	}
	return (NULL);
}

int
fu_document_parse(struct fu_str text, const char *path,
    struct fu_arena *arena, struct fu_document *d, struct fu_faults *faults)
{
	struct fu_read rd = { .arena = arena, .faults = faults, .dir = "." };
	struct fu_where where = { path, 1, 1 };
	size_t errors = fu_faults_errors(faults);
	const struct fu_node *root;
	struct fu_str yaml, body;
	const char *slash;

	*d = (struct fu_document){ .path = fu_dup(arena, path) };
	d->file = d->path;
	init(d);
	if (!fu_text_valid(faults, path, text))
		return (-1);
	if (!fu_front_matter(text, &yaml, &body, &d->body_line)) {
		fu_fault_add(faults, &where, false, "the \"---\" that opens "
		    "here is never closed: end the front matter with \"---\"");
		return (-1);
	}
	yaml.ptr = fu_dup_str(arena, yaml);
	root = fu_yaml_parse(arena, d->path, yaml, 2, faults);
	if (root != NULL)
		fu_table_read(&rd, &fu_document_table, root, d);
	d->body = fu_dup_str(arena, body);
	if (d->title == NULL)
		d->title = first_heading(arena, d->body);
	slash = strrchr(d->path, '/');
	if (d->title == NULL)
		d->title = slash != NULL ? slash + 1 : d->path;
	return (fu_faults_errors(faults) == errors ? 0 : -1);
}

struct walk {
	struct fu_arena		*arena;
	struct fu_list		 paths;
	size_t			 cap;
	const char		*root;
};

/* Gather the *.md files below root/dir; ${dir} is "" at the top. */
static int
walk_dir(struct walk *w, const char *dir, int depth, struct fu_err *err)
{
	const char *full = *dir == '\0' ? w->root :
	    fu_printf(w->arena, "%s/%s", w->root, dir);
	struct dirent *e;
	struct stat st;
	size_t len;
	DIR *d;
	int rv = 0;

	if (depth > TREE_DEPTH_MAX)
		return (fu_err_set(err, FU_ECONFIG, "%s: more than %d "
		    "directories deep", full, TREE_DEPTH_MAX));
	if ((d = opendir(full)) == NULL)
		return (fu_err_sys(err, errno == ENOENT ? FU_ENOINPUT : FU_EIO,
		    "%s", full));
	while (rv == 0 && (e = readdir(d)) != NULL) {
		const char *path = *dir == '\0' ? fu_dup(w->arena, e->d_name) :
		    fu_printf(w->arena, "%s/%s", dir, e->d_name);

		if (e->d_name[0] == '.' || lstat(fu_printf(w->arena, "%s/%s",
		    w->root, path), &st) == -1)
			continue;
		len = strlen(path);
		if (S_ISDIR(st.st_mode))
			rv = walk_dir(w, path, depth + 1, err);
		else if (len > 3 && strcmp(path + len - 3, ".md") == 0)
			fu_list_add(w->arena, &w->paths, &w->cap, path);
		if (w->paths.n > FU_DOCUMENTS_MAX)
			rv = fu_err_set(err, FU_ECONFIG, "%s: more than %d "
			    "documents", w->root, FU_DOCUMENTS_MAX);
	}
	closedir(d);
	return (rv);
}

static int
by_bytes(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

int
fu_documents_load(const char *dir, struct fu_arena *arena,
    struct fu_document **document, size_t *n, struct fu_faults *faults,
    struct fu_err *err)
{
	struct walk w = { .arena = arena, .root = dir };
	size_t errors = fu_faults_errors(faults), i;
	struct fu_str text;
	struct fu_err one;

	*n = 0;
	*document = NULL;
	if (walk_dir(&w, "", 0, err) == -1)
		return (-1);
	if (w.paths.n > 0)
		qsort(w.paths.item, w.paths.n, sizeof(*w.paths.item), by_bytes);
	*document = fu_alloc_array(arena, w.paths.n + 1, sizeof(**document));
	for (i = 0; i < w.paths.n; i++) {
		struct fu_document *d = &(*document)[*n];
		const char *file = fu_path_join(arena, dir, w.paths.item[i]);
		struct fu_where where = { file, 0, 0 };
		const char *version;

		if (fu_source_read(arena, file, FU_DOCUMENT_BYTES_MAX, &text,
		    &version, &one) == -1) {
			fu_fault_add(faults, &where, false, "%s", one.msg);
			continue;
		}
		if (fu_document_parse(text, file, arena, d, faults) == -1)
			continue;
		d->path = w.paths.item[i];
		d->version = version;
		++*n;
	}
	errors = fu_faults_errors(faults) - errors;
	if (errors > 0)
		return (fu_err_set(err, FU_ECONFIG, "%s: %zu fault%s", dir,
		    errors, errors == 1 ? "" : "s"));
	return (0);
}
