/*
 * Reads message files.  Never renders a body, and takes no view of its words.
 */
#include <stddef.h>
#include <string.h>

#include "config/load.h"
#include "config/message.h"

#define N(keys) (sizeof(keys) / sizeof((keys)[0]))

static const char *const thread_words[] = { "new", "continue", NULL };
static const char *const class_words[] = { "commercial", "transactional",
	NULL };

#define AT(member) offsetof(struct fu_message, member)
static void
read_subject(struct fu_read *rd, const struct fu_node *node, void *base)
{
	struct fu_message *m = base;
	const char *text = fu_node_text(rd, node);

	if (text == NULL)
		return;
	if (strchr(text, '\n') != NULL) {
		fu_fault_add(rd->faults, &node->where, false, "a subject is "
		    "one line");
		return;
	}
	m->subject = text;
	m->subject_where = node->where;
}

static const struct fu_keydef variant_keys[] = {
	{ .name = "subject", .type = FU_KT_TEXT,
	    .offset = offsetof(struct fu_variant, subject), .required = true,
	    .doc = "In place of the message's own" },
};
static const struct fu_table variant_table = { .what = "a variant",
	.key = variant_keys, .n = N(variant_keys),
	.size = sizeof(struct fu_variant),
	.name = offsetof(struct fu_variant, key), .has_where = true,
	.where = offsetof(struct fu_variant, where) };

static const struct fu_keydef keys[] = {
	{ .name = "subject", .type = FU_KT_READ, .read = read_subject,
	    .doc = "Of mail; may hold {{…}}" },
	{ .name = "thread", .type = FU_KT_EITHER, .offset = AT(thread_continue),
	    .words = thread_words,
	    .doc = "new, or continue: a reply in the last touch's thread" },
	{ .name = "variants", .type = FU_KT_NAMED, .offset = AT(variant),
	    .count = AT(nvariant), .table = &variant_table,
	    .doc = "Others to try beside it: { b: { subject: … } }" },
	{ .name = "class", .type = FU_KT_EITHER, .offset = AT(transactional),
	    .words = class_words,
	    .doc = "transactional: an answer or a confirmation, no promotion" },
};
const struct fu_table fu_message_table = { .what = "a message",
	.key = keys, .n = N(keys), .size = sizeof(struct fu_message) };
#undef AT

/* "hot-recap.de.md" is hot-recap in German. */
static void
take_name(struct fu_message *m, const char *path, struct fu_arena *arena)
{
	const char *slash = strrchr(path, '/');
	struct fu_str name = fu_str_of(slash != NULL ? slash + 1 : path);
	const char *dot;

	if (name.len > 3 && strcmp(name.ptr + name.len - 3, ".md") == 0)
		name.len -= 3;
	dot = memchr(name.ptr, '.', name.len);
	if (dot != NULL && dot != name.ptr) {
		m->language = fu_dup_str(arena, (struct fu_str){ dot + 1,
		    name.len - (size_t)(dot - name.ptr) - 1 });
		name.len = (size_t)(dot - name.ptr);
	}
	m->id = fu_dup_str(arena, name);
}

int
fu_message_parse(struct fu_str text, const char *path, struct fu_arena *arena,
    struct fu_message *m, struct fu_faults *faults)
{
	struct fu_read rd = { .arena = arena, .faults = faults, .dir = "." };
	struct fu_where where = { path, 1, 1 };
	size_t errors = fu_faults_errors(faults);
	const struct fu_node *root;
	struct fu_str yaml, body;

	*m = (struct fu_message){ .file = fu_dup(arena, path) };
	take_name(m, path, arena);
	if (!fu_text_valid(faults, path, text))
		return (-1);
	if (!fu_front_matter(text, &yaml, &body, &m->body_line)) {
		fu_fault_add(faults, &where, false, "the \"---\" that opens "
		    "here is never closed: end the front matter with \"---\"");
		return (-1);
	}
	yaml.ptr = fu_dup_str(arena, yaml);
	root = fu_yaml_parse(arena, m->file, yaml, 2, faults);
	if (root != NULL)
		fu_table_read(&rd, &fu_message_table, root, m);
	/* Of what is no YAML nothing is known. */
	if (root == NULL && fu_faults_errors(faults) != errors)
		return (-1);
	m->body = fu_dup_str(arena, body);
	where.line = m->body_line;
	if (fu_blank(m->body))
		fu_fault_add(faults, &where, false, "the message has no text: "
		    "write it below the front matter");
	return (fu_faults_errors(faults) == errors ? 0 : -1);
}

int
fu_message_load(const char *path, struct fu_arena *arena,
    struct fu_message *m, struct fu_faults *faults, struct fu_err *err)
{
	size_t errors = fu_faults_errors(faults);
	const char *version;
	struct fu_str text;
	int rc;

	if (fu_source_read(arena, path, FU_MESSAGE_BYTES_MAX, &text, &version,
	    err) == -1)
		return (-1);
	rc = fu_message_parse(text, path, arena, m, faults);
	m->version = version;
	if (rc == 0)
		return (0);
	errors = fu_faults_errors(faults) - errors;
	return (fu_err_set(err, FU_ECONFIG, "%s: %zu fault%s", path, errors,
	    errors == 1 ? "" : "s"));
}

/* Those of a directory; with ${faulty} ones that have faults of form as well,
 * as far as they were read. */
static int
load_all(const char *dir, bool faulty, struct fu_arena *arena,
    struct fu_message **message, size_t *n, struct fu_faults *faults,
    struct fu_err *err)
{
	size_t errors = fu_faults_errors(faults), i;
	struct fu_where where = { dir, 0, 0 };
	struct fu_list names;

	*n = 0;
	if (fu_dir_names(arena, dir, ".md", &names, err) == -1)
		return (-1);
	*message = fu_alloc_array(arena, names.n + 1, sizeof(**message));
	for (i = 0; i < names.n; i++) {
		size_t before = fu_faults_errors(faults);
		struct fu_message *m = &(*message)[*n];
		struct fu_err one;

		*m = (struct fu_message){ 0 };
		if (fu_message_load(fu_path_join(arena, dir, names.item[i]),
		    arena, m, faults, &one) == 0 || (faulty &&
		    m->body != NULL))
			++*n;
		else if (fu_faults_errors(faults) == before)
			fu_fault_add(faults, &where, false, "%s", one.msg);
	}
	errors = fu_faults_errors(faults) - errors;
	if (errors > 0)
		return (fu_err_set(err, FU_ECONFIG, "%s: %zu fault%s", dir,
		    errors, errors == 1 ? "" : "s"));
	return (0);
}

int
fu_messages_load(const char *dir, struct fu_arena *arena,
    struct fu_message **message, size_t *n, struct fu_faults *faults,
    struct fu_err *err)
{
	return (load_all(dir, false, arena, message, n, faults, err));
}

int
fu_messages_read(const char *dir, struct fu_arena *arena,
    struct fu_message **message, size_t *n, struct fu_faults *faults,
    struct fu_err *err)
{
	return (load_all(dir, true, arena, message, n, faults, err));
}

const struct fu_message *
fu_message_find(const struct fu_message *message, size_t n, const char *id,
    const char *language)
{
	const struct fu_message *plain = NULL, *near = NULL;
	size_t i, len;

	for (i = 0; i < n; i++) {
		if (!fu_streq(message[i].id, id))
			continue;
		if (message[i].language == NULL)
			plain = &message[i];
		else if (language != NULL &&
		    fu_streq_nocase(message[i].language, language))
			return (&message[i]);
		else if (language != NULL) {
			/* "de" will do for "de-AT". */
			len = strlen(message[i].language);
			if (strncasecmp(message[i].language, language,
			    len) == 0 && strchr("-_", language[len]) != NULL)
				near = &message[i];
		}
	}
	return (near != NULL ? near : plain);
}
