/*
 * Which files there are.
 *
 * Must never follow a link to a directory, open what is no regular file, or
 * call a document gone that it has not looked for.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "flow/index_room.h"

#define DEPTH_MAX	64	/* directories in directories: a site's are deep */
#define SNIFFED		1024	/* bytes looked at for a type */

static const struct {
	const char		*ext;
	enum fu_file_type	 type;
} types[] = {
	{ "md", FU_FILE_MARKDOWN }, { "markdown", FU_FILE_MARKDOWN },
	{ "txt", FU_FILE_TEXT }, { "text", FU_FILE_TEXT },
	{ "html", FU_FILE_HTML }, { "htm", FU_FILE_HTML },
	{ "xhtml", FU_FILE_HTML }, { "pdf", FU_FILE_PDF }
};

/* What is never a page, however it begins. */
static const char *const others[] = { "css", "js", "mjs", "json", "xml", "svg",
	"png", "jpg", "jpeg", "gif", "webp", "ico", "avif", "woff", "woff2",
	"ttf", "otf", "eot", "map", "zip", "gz", "mp3", "mp4", "webm", "yaml",
	"yml", "orig", "bak", NULL };

enum fu_file_type
fu_file_type(const char *path, struct fu_str head)
{
	const char	*slash = strrchr(path, '/');
	const char	*dot = strrchr(slash == NULL ? path : slash, '.');
	char		 room[SNIFFED + 1];

	for (size_t i = 0; dot != NULL &&
	    i < sizeof(types) / sizeof(*types); i++)
		if (strcasecmp(dot + 1, types[i].ext) == 0)
			return (types[i].type);
	for (size_t i = 0; dot != NULL && others[i] != NULL; i++)
		if (strcasecmp(dot + 1, others[i]) == 0)
			return (FU_FILE_NONE);
	if (fu_str_starts(head, "%PDF-"))
		return (FU_FILE_PDF);
	/* A copy of a site has pages by any name: "about", "x.php?page=2". */
	if (head.len > SNIFFED)
		head.len = SNIFFED;
	memcpy(room, head.ptr == NULL ? "" : head.ptr, head.len);
	room[head.len] = '\0';
	return (strcasestr(room, "<!doctype html") != NULL ||
	    strcasestr(room, "<html") != NULL ? FU_FILE_HTML : FU_FILE_NONE);
}

static enum fu_file_type
sniff(const char *path)
{
	enum fu_file_type type = fu_file_type(path, FU_STR(""));
	char	 room[SNIFFED];
	ssize_t	 n = 0;
	int	 fd;

	if (type != FU_FILE_NONE)
		return (type);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd != -1) {
		n = read(fd, room, sizeof(room));
		close(fd);
	}
	return (fu_file_type(path, (struct fu_str){ room,
	    n > 0 ? (size_t)n : 0 }));
}

static const char *
join(struct fu_arena *arena, const char *dir, const char *name)
{
	if (*dir == '\0')
		return (fu_dup(arena, name));
	return (fu_printf(arena, "%s%s%s", dir,
	    dir[strlen(dir) - 1] == '/' ? "" : "/", name));
}

/* The rest of a path below a directory; NULL when it is not below it. */
static const char *
below(const char *dir, const char *path)
{
	size_t	 n = strlen(dir);

	while (n > 0 && dir[n - 1] == '/')
		n--;
	if (strncmp(dir, path, n) != 0 || (path[n] != '/' && path[n] != '\0'))
		return (NULL);
	path += n;
	return (path + strspn(path, "/"));
}

/* A root as it is kept: a project that is moved stays as it is. */
static const char *
root_name(const struct fu_files *f, const char *dir)
{
	const char	*rest = below(f->base, dir);

	return (rest == NULL ? dir : *rest == '\0' ? "." : rest);
}

static const char *
root_dir(const struct fu_files *f, const char *root)
{
	return (*root == '/' ? root : strcmp(root, ".") == 0 ? f->base :
	    join(f->arena, f->base, root));
}

static int
add_file(struct fu_files *f, const char *root, const char *path,
    const char *full, enum fu_file_type type, struct fu_err *err)
{
	if (f->n == FU_DOCUMENTS_MAX)
		return (fu_err_set(err, FU_EDATA, "more than %d documents in "
		    "all: index a part", FU_DOCUMENTS_MAX));
	if (!fu_utf8_valid(path, strlen(path)))
		return (0);
	f->file = fu_grow(f->arena, f->file, f->n, &f->cap, sizeof(*f->file));
	f->file[f->n++] = (struct fu_file){ .root = root, .path = path,
		.full = full, .type = type };
	return (0);
}

static int
walk(struct fu_files *f, const char *root, const char *path, int depth,
    struct fu_err *err)
{
	const char	*dir = *path == '\0' ? root_dir(f, root) :
	    join(f->arena, root_dir(f, root), path);
	struct stat	 st;
	struct dirent	*e;
	DIR		*d;
	int		 rc = 0;

	if (depth > DEPTH_MAX)
		return (fu_err_set(err, FU_EDATA, "%s: more than %d "
		    "directories deep", dir, DEPTH_MAX));
	if ((d = opendir(dir)) == NULL)
		return (fu_err_sys(err, errno == ENOENT ? FU_ENOINPUT : FU_EIO,
		    "%s", dir));
	while (rc == 0 && (e = readdir(d)) != NULL) {
		const char		*own, *full;
		enum fu_file_type	 type;

		if (e->d_name[0] == '.')
			continue;
		full = join(f->arena, dir, e->d_name);
		own = join(f->arena, path, e->d_name);
		if (lstat(full, &st) == -1)
			continue;
		if (S_ISDIR(st.st_mode))
			rc = walk(f, root, own, depth + 1, err);
		else if ((S_ISREG(st.st_mode) || (S_ISLNK(st.st_mode) &&
		    stat(full, &st) == 0 && S_ISREG(st.st_mode))) &&
		    (type = sniff(full)) != FU_FILE_NONE)
			rc = add_file(f, root, own, full, type, err);
	}
	closedir(d);
	return (rc);
}

static void
add_scope(struct fu_files *f, const char *root, const char *path)
{
	f->scope = fu_grow(f->arena, f->scope, f->nscope, &f->scope_cap,
	    sizeof(*f->scope));
	f->scope[f->nscope++] = (struct fu_scope){ root, path };
}

/* The longest root that is known and holds ${full}; NULL: none. */
static const char *
known_root(const struct fu_files *f, const char *full)
{
	const char	*best = NULL;

	for (size_t i = 0; i < f->nknown; i++) {
		const char	*root = f->known[i].root;

		if (i > 0 && strcmp(root, f->known[i - 1].root) == 0)
			continue;
		if (below(root_dir(f, root), full) != NULL && (best == NULL ||
		    strlen(root_dir(f, root)) > strlen(root_dir(f, best))))
			best = root;
	}
	return (best);
}

/* Documents of roots that lie below this one are found again in it. */
static void
swallow(struct fu_files *f, const char *dir)
{
	for (size_t i = 0; i < f->nknown; i++) {
		const char	*root = f->known[i].root;
		const char	*rest;

		if (i > 0 && strcmp(root, f->known[i - 1].root) == 0)
			continue;
		rest = below(dir, root_dir(f, root));
		if (rest != NULL && *rest != '\0')
			add_scope(f, root, "");
	}
}

/* A path that is not there: the directory it was in is asked, where it is. */
static const char *
full_path(struct fu_files *f, const char *operand, struct fu_err *err)
{
	char		*real = realpath(operand, NULL);
	const char	*result, *slash;

	if (real == NULL && errno == ENOENT) {
		slash = strrchr(operand, '/');
		real = realpath(slash == NULL ? "." : slash == operand ? "/" :
		    fu_dup_str(f->arena, (struct fu_str){ operand,
		    (size_t)(slash - operand) }), NULL);
		if (real != NULL) {
			result = join(f->arena, real, slash == NULL ? operand :
			    slash + 1);
			free(real);
			return (result);
		}
	}
	if (real == NULL) {
		fu_err_sys(err, FU_ENOINPUT, "%s", operand);
		return (NULL);
	}
	result = fu_dup(f->arena, real);
	free(real);
	return (result);
}

static int
find_operand(struct fu_files *f, const char *operand, struct fu_err *err)
{
	const char	*full = full_path(f, operand, err), *root, *path;
	enum fu_file_type type;
	struct stat	 st;

	if (full == NULL)
		return (-1);
	root = known_root(f, full);
	path = root == NULL ? "" : below(root_dir(f, root), full);
	if (stat(full, &st) == -1) {
		add_scope(f, root == NULL ? "" : root, path);
		for (size_t i = 0; root != NULL && i < f->nknown; i++)
			if (strcmp(f->known[i].root, root) == 0 &&
			    below(path, f->known[i].d.path) != NULL)
				return (0);
		return (fu_err_sys(err, FU_ENOINPUT, "%s", operand));
	}
	if (S_ISDIR(st.st_mode)) {
		if (root == NULL)
			root = root_name(f, full);
		swallow(f, full);
		add_scope(f, root, path);
		return (walk(f, root, path, 0, err));
	}
	if (!S_ISREG(st.st_mode) || (type = sniff(full)) == FU_FILE_NONE)
		return (fu_err_set(err, FU_ENOINPUT, "%s: is no Markdown, "
		    "text, HTML or PDF", operand));
	if (root == NULL) {
		path = strrchr(full, '/') + 1;
		root = root_name(f, path - 1 == full ? "/" :
		    fu_dup_str(f->arena, (struct fu_str){ full,
		    (size_t)(path - 1 - full) }));
	}
	return (add_file(f, root, path, full, type, err));
}

static int
by_path(const void *a, const void *b)
{
	const struct fu_file	*x = a, *y = b;
	int			 order = strcmp(x->root, y->root);

	return (order != 0 ? order : strcmp(x->path, y->path));
}

static int
take_known(void *ctx, const struct fu_document_row *row, struct fu_err *err)
{
	struct fu_files	*f = ctx;

	(void)err;
	f->known = fu_grow(f->arena, f->known, f->nknown, &f->known_cap,
	    sizeof(*f->known));
	f->known[f->nknown++] = *row;
	return (0);
}

/* Which file is which document: both lists are in order. */
static void
match(struct fu_files *f)
{
	size_t	 n = 0, k = 0;
	int	 order;

	f->seen = fu_alloc_array(f->arena, f->nknown + 1, sizeof(*f->seen));
	if (f->n > 0)
		qsort(f->file, f->n, sizeof(*f->file), by_path);
	for (size_t i = 0; i < f->n; i++) {
		struct fu_file	*file = &f->file[i];

		if (n > 0 && by_path(&f->file[n - 1], file) == 0)
			continue;	/* named twice */
		while (k < f->nknown) {
			order = strcmp(f->known[k].root, file->root);
			if (order == 0)
				order = strcmp(f->known[k].d.path, file->path);
			if (order >= 0)
				break;
			k++;
		}
		f->file[n] = *file;
		if (k < f->nknown && order == 0) {
			f->file[n].known = &f->known[k];
			f->seen[k] = true;
		}
		n++;
	}
	f->n = n;
}

int
fu_files_known(struct fu_files *f, struct fu_session *s, struct fu_err *err)
{
	char	*real = realpath(s->config.dir, NULL);
	int	 rc;

	f->base = fu_dup(f->arena, real == NULL ? s->config.dir : real);
	free(real);
	if (fu_db_begin_read(s->store.db, err) == -1)
		return (-1);
	rc = fu_documents_each(&s->store, f->arena, take_known, f, err);
	fu_db_rollback(s->store.db);
	return (rc);
}

int
fu_files_find(struct fu_files *f, struct fu_session *s, char **operand, int n,
    struct fu_err *err)
{
	if (fu_files_known(f, s, err) == -1)
		return (-1);
	if (n == 0 && s->config.knowledge_dir == NULL)
		return (fu_err_set(err, FU_EUSAGE, "no file or directory "
		    "given, and fu.yaml has no \"knowledge:\""));
	if (n == 0 && find_operand(f, s->config.knowledge_dir, err) == -1)
		return (-1);
	for (int i = 0; i < n; i++)
		if (find_operand(f, operand[i], err) == -1)
			return (-1);
	match(f);
	return (0);
}

bool
fu_files_gone(const struct fu_files *f, size_t k)
{
	if (f->seen[k])
		return (false);
	for (size_t i = 0; i < f->nscope; i++)
		if (strcmp(f->scope[i].root, f->known[k].root) == 0 &&
		    (*f->scope[i].path == '\0' ||
		    below(f->scope[i].path, f->known[k].d.path) != NULL))
			return (true);
	return (false);
}
