/*
 * The list of what is wrong with the configuration.  Never prints: cmd/ does.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"

#define FILES_NAMED	6	/* of a line that counts faults */

void
fu_faults_init(struct fu_faults *faults)
{
	*faults = (struct fu_faults){ 0 };
	fu_arena_init(&faults->arena);
}

void
fu_faults_free(struct fu_faults *faults)
{
	fu_arena_free(&faults->arena);
	faults->fault = NULL;
	faults->n = faults->cap = 0;
}

/* Make room by the last warning; false when there is none. */
static bool
drop_warning(struct fu_faults *faults)
{
	size_t i;

	for (i = faults->n; i > 0 && !faults->fault[i - 1].warning; i--)
		continue;
	if (i == 0)
		return (false);
	memmove(&faults->fault[i - 1], &faults->fault[i],
	    (faults->n - i) * sizeof(*faults->fault));
	faults->n--;
	return (true);
}

void
fu_fault_add(struct fu_faults *faults, const struct fu_where *where,
    bool warning, const char *fmt, ...)
{
	struct fu_fault *fault;
	struct fu_buf text;
	va_list ap;

	/* What ends a run must not be lost behind advice. */
	if (faults->n == FU_FAULTS_MAX && (warning || !drop_warning(faults)))
		return;
	fu_buf_init(&text);
	va_start(ap, fmt);
	fu_buf_vprintf(&text, fmt, ap);
	va_end(ap);
	faults->fault = fu_grow(&faults->arena, faults->fault, faults->n,
	    &faults->cap, sizeof(*fault));
	fault = &faults->fault[faults->n++];
	fault->where = *where;
	/* A fault outlives the configuration that it is about. */
	fault->where.file = fu_dup(&faults->arena, where->file);
	fault->warning = warning;
	fault->text = fu_dup_buf(&faults->arena, &text);
	fault->rule = NULL;
	fu_buf_free(&text);
}

bool
fu_text_valid(struct fu_faults *faults, const char *path, struct fu_str text)
{
	struct fu_where where = { path, 1, 1 };
	size_t at, n, i;

	if (fu_utf8_valid(text.ptr, text.len))
		return (true);
	for (i = 0; i < faults->n; i++)
		if (!faults->fault[i].warning &&
		    fu_streq(faults->fault[i].where.file, path))
			return (false);
	for (at = 0; (n = fu_utf8_len(text.ptr + at, text.len - at)) > 0 &&
	    text.ptr[at] != '\0'; at += n)
		if (text.ptr[at] == '\n') {
			where.line++;
			where.col = 1;
		} else
			where.col++;
	fu_fault_add(faults, &where, false, "this line is not UTF-8 text: save "
	    "the file as UTF-8");
	return (false);
}

void
fu_faults_rule(struct fu_faults *faults, size_t from, const char *rule)
{
	size_t i;

	for (i = from; i < faults->n; i++)
		if (faults->fault[i].rule == NULL)
			faults->fault[i].rule = rule;
}

size_t
fu_faults_errors(const struct fu_faults *faults)
{
	size_t i, n = 0;

	for (i = 0; i < faults->n; i++)
		n += !faults->fault[i].warning;
	return (n);
}

void
fu_fault_of(struct fu_faults *faults, const char *path,
    const struct fu_err *err)
{
	struct fu_where where = { path, 0, 0 };
	const char *text = err->msg, *p;
	size_t len = strlen(path);

	if (strncmp(text, path, len) == 0 && text[len] == ':') {
		text += len + 1;
		p = text + strspn(text, "0123456789");
		if (p > text && *p == ':') {
			where.line = atoi(text);
			text = p + 1;
			p = text + strspn(text, "0123456789");
			if (p > text && *p == ':') {
				where.col = atoi(text);
				text = p + 1;
			}
		}
		text += strspn(text, " ");
	}
	fu_fault_add(faults, &where, false, "%s", text);
}

int
fu_faults_err(const struct fu_faults *faults, struct fu_err *err)
{
	size_t n = fu_faults_errors(faults), files = 0, i, j;
	struct fu_buf names;

	if (n == 0)
		return (0);
	fu_buf_init(&names);
	for (i = 0; i < faults->n; i++) {
		const char *file = faults->fault[i].where.file;

		for (j = 0; j < i; j++)
			if (!faults->fault[j].warning &&
			    fu_streq(faults->fault[j].where.file, file))
				break;
		if (j < i || faults->fault[i].warning || file == NULL)
			continue;
		if (files++ < FILES_NAMED)
			fu_buf_printf(&names, "%s%s", files == 1 ? " in " :
			    ", ", file);
	}
	if (files > FILES_NAMED)
		fu_buf_printf(&names, " and %zu more", files - FILES_NAMED);
	fu_err_set(err, FU_ECONFIG, "%zu fault%s%s", n, n == 1 ? "" : "s",
	    names.len > 0 ? names.ptr : "");
	fu_buf_free(&names);
	return (-1);
}

int
fu_faults_first(const struct fu_faults *faults, struct fu_arena *arena,
    struct fu_err *err)
{
	size_t n = fu_faults_errors(faults), i = 0;

	if (n == 0)
		return (0);
	while (faults->fault[i].warning)
		i++;
	if (n == 1)
		return (fu_err_set(err, FU_ECONFIG, "%s",
		    fu_fault_print(arena, &faults->fault[i])));
	return (fu_err_set(err, FU_ECONFIG, "%s (and %zu more: fu-init --check "
	    "tells all)", fu_fault_print(arena, &faults->fault[i]), n - 1));
}

/* Where a file was first met among the faults. */
static size_t
file_rank(const struct fu_faults *faults, const char *file)
{
	size_t i;

	for (i = 0; i < faults->n; i++)
		if (strcmp(faults->fault[i].where.file, file) == 0)
			break;
	return (i);
}

/* Does the place ${a} of file number ${ra} come after ${b} of ${rb}? */
static bool
comes_after(size_t ra, const struct fu_where *a, size_t rb,
    const struct fu_where *b)
{
	if (ra != rb)
		return (ra > rb);
	if (a->line != b->line)
		return (a->line > b->line);
	return (a->col > b->col);
}

void
fu_faults_sort(struct fu_faults *faults)
{
	struct fu_fault one, *fault = faults->fault;
	size_t rank[FU_FAULTS_MAX], r, i, j;

	for (i = 0; i < faults->n; i++)
		rank[i] = file_rank(faults, fault[i].where.file);
	/* By insertion: stable, nearly sorted already, and few. */
	for (i = 1; i < faults->n; i++) {
		one = fault[i];
		r = rank[i];
		for (j = i; j > 0 && comes_after(rank[j - 1],
		    &fault[j - 1].where, r, &one.where); j--) {
			fault[j] = fault[j - 1];
			rank[j] = rank[j - 1];
		}
		fault[j] = one;
		rank[j] = r;
	}
}

const char *
fu_fault_print(struct fu_arena *arena, const struct fu_fault *fault)
{
	const char *level = fault->warning ? "warning: " : "";

	if (fault->where.file == NULL)
		return (fu_printf(arena, "%s%s", level, fault->text));
	if (fault->where.line == 0)
		return (fu_printf(arena, "%s: %s%s", fault->where.file, level,
		    fault->text));
	if (fault->where.col == 0)
		return (fu_printf(arena, "%s:%d: %s%s", fault->where.file,
		    fault->where.line, level, fault->text));
	return (fu_printf(arena, "%s:%d:%d: %s%s", fault->where.file,
	    fault->where.line, fault->where.col, level, fault->text));
}
