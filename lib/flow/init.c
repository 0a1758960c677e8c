/*
 * Making a directory ready to run: templates, key and database.
 *
 * Must never overwrite a file, nor leave half of one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/env.h"
#include "flow/init.h"

#define INSTANCE_BYTES	16
#define DEPTH_MAX	8	/* of directories in templates */

struct making {
	struct fu_arena	 arena;
	void		 (*said)(void *, const char *, bool);
	void		*ctx;
};

static int
make_dir(const char *path, struct fu_err *err)
{
	struct stat	 st;

	if (mkdir(path, 0777) == 0)
		return (0);
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return (0);
	if (errno == ENOENT)
		return (fu_err_set(err, FU_ECANTCREAT, "%s: the directory that "
		    "it would lie in is not there", path));
	return (fu_err_sys(err, FU_ECANTCREAT, "%s", path));
}

static const char *
absolute(struct fu_arena *arena, const char *path, struct fu_err *err)
{
	char		*cwd;
	const char	*whole;

	if (path[0] == '/')
		return (fu_dup(arena, path));
	if ((cwd = getcwd(NULL, 0)) == NULL) {
		fu_err_sys(err, FU_EIO, "the current directory");
		return (NULL);
	}
	while (path[0] == '.' && path[1] == '/')
		path += 2;
	whole = strcmp(path, ".") == 0 ? fu_dup(arena, cwd) :
	    fu_printf(arena, "%s/%s", cwd, path);
	free(cwd);
	return (whole);
}

static const char *
find_templates(const char *programs, struct fu_arena *arena,
    struct fu_err *err)
{
	const char	*own = fu_env("FU_TEMPLATES");
	const char	*usual[] = { FU_DATADIR "/templates",
	    fu_printf(arena, "%s/../share/fu/templates", programs),
	    fu_printf(arena, "%s/../../templates", programs) };

	if (own != NULL) {
		if (access(fu_printf(arena, "%s/fu.yaml", own), R_OK) == 0)
			return (absolute(arena, own, err));
		fu_err_sys(err, FU_ENOINPUT, "FU_TEMPLATES: %s/fu.yaml", own);
		return (NULL);
	}
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (access(fu_printf(arena, "%s/fu.yaml", usual[i]), R_OK) ==
		    0)
			return (usual[i]);
	fu_err_set(err, FU_ENOINPUT, "no templates in %s: run make install, "
	    "or set FU_TEMPLATES", usual[0]);
	return (NULL);
}

const char *
fu_templates_find(struct fu_arena *arena, struct fu_err *err)
{
	const char	*programs = fu_env_programs(arena, err);

	return (programs == NULL ? NULL :
	    find_templates(programs, arena, err));
}

/* The directory of a path, as dirname(1) has it. */
static const char *
dir_of(struct fu_arena *arena, const char *path)
{
	const char	*slash = strrchr(path, '/');

	if (slash == NULL)
		return (".");
	return (slash == path ? "/" : fu_dup_str(arena, (struct fu_str){ path,
	    (size_t)(slash - path) }));
}

int
fu_place_find(const struct fu_opt *opt, const char *dir,
    struct fu_arena *arena, struct fu_place *place, struct fu_err *err)
{
	const char	*config = dir == NULL ? opt->config : NULL;
	const char	*db = opt->db;

	memset(place, 0, sizeof(*place));
	/* Who names a place means that one, whatever the environment names. */
	if (dir != NULL && fu_streq(db, fu_env("FU_DB"))) {
		fu_note(opt, "FU_DB names %s; this makes %s/fu.db", db, dir);
		db = "./fu.db";
	}
	if (dir == NULL)
		dir = config == NULL ? "." : dir_of(arena, config);
	if (make_dir(dir, err) == -1 ||
	    (place->dir = absolute(arena, dir, err)) == NULL)
		return (-1);
	place->config = config == NULL ?
	    fu_printf(arena, "%s/fu.yaml", place->dir) :
	    absolute(arena, config, err);
	place->key = fu_printf(arena, "%s/fu.key", place->dir);
	/* What opt says when neither -d nor FU_DB was given. */
	place->db = strcmp(db, "./fu.db") == 0 ?
	    fu_printf(arena, "%s/fu.db", place->dir) :
	    absolute(arena, db, err);
	if (place->config == NULL || place->db == NULL ||
	    (place->programs = fu_env_programs(arena, err)) == NULL ||
	    (place->templates = find_templates(place->programs, arena, err)) ==
	    NULL)
		return (-1);
	return (0);
}

static int
copy_bytes(int from, int to)
{
	char	 data[64 * 1024];
	ssize_t	 n;

	while ((n = read(from, data, sizeof(data))) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		errno = n == -1 ? errno : ENOSPC;
		if (n == -1 || write(to, data, (size_t)n) != n)
			return (-1);
	}
	return (fsync(to));
}

/* Under another name first: a file is there whole, or not at all. */
static int
copy_file(struct making *m, const char *from, const char *to,
    struct fu_err *err)
{
	const char	*half = fu_printf(&m->arena, "%s.half", to);
	struct stat	 st;
	int		 in, out, rc = -1;

	if (access(to, F_OK) == 0) {
		m->said(m->ctx, to, false);
		return (0);
	}
	if ((in = open(from, O_RDONLY | O_CLOEXEC)) == -1)
		return (fu_err_sys(err, FU_ENOINPUT, "%s", from));
	/* A transport that is a program stays one. */
	if (fstat(in, &st) == -1 || (out = open(half, O_WRONLY | O_CREAT |
	    O_TRUNC | O_CLOEXEC, st.st_mode & 0777)) == -1) {
		fu_err_sys(err, FU_ECANTCREAT, "%s", half);
		close(in);
		return (-1);
	}
	if (copy_bytes(in, out) == -1)
		fu_err_sys(err, FU_EIO, "%s", half);
	else if (link(half, to) == 0 || errno == EEXIST)
		rc = 0;
	else
		fu_err_sys(err, FU_ECANTCREAT, "%s", to);
	unlink(half);
	close(in);
	close(out);
	if (rc == 0)
		m->said(m->ctx, to, true);
	return (rc);
}

static int
copy_tree(struct making *m, const char *from, const char *to, int depth,
    struct fu_err *err)
{
	struct fu_list	 entry;
	struct stat	 st;
	int		 rc = 0;

	if (depth > DEPTH_MAX)
		return (fu_err_set(err, FU_ENOINPUT,
		    "%s: directories within more than %d others", from,
		    DEPTH_MAX));
	if (fu_dir_names(&m->arena, from, "", &entry, err) == -1)
		return (-1);
	for (size_t i = 0; rc == 0 && i < entry.n; i++) {
		const char	*name = entry.item[i];
		const char	*a = fu_printf(&m->arena, "%s/%s", from, name);
		const char	*b = fu_printf(&m->arena, "%s/%s", to, name);

		/* fu.yaml goes where the caller says; the widget belongs to
		 * fu-web, and is no operator's to keep. */
		if (depth == 0 && (strcmp(name, "fu.yaml") == 0 ||
		    strcmp(name, "web") == 0))
			continue;
		if (stat(a, &st) == -1)
			rc = fu_err_sys(err, FU_ENOINPUT, "%s", a);
		else if (S_ISDIR(st.st_mode)) {
			if ((rc = make_dir(b, err)) == 0)
				rc = copy_tree(m, a, b, depth + 1, err);
		} else if (S_ISREG(st.st_mode))
			rc = copy_file(m, a, b, err);
	}
	return (rc);
}

static int
new_instance(struct fu_store *store, struct fu_err *err)
{
	uint8_t	 bytes[INSTANCE_BYTES];
	char	 text[2 * INSTANCE_BYTES + 1];

	if (fu_random(bytes, sizeof(bytes), err) == -1)
		return (-1);
	fu_hex(bytes, sizeof(bytes), text);
	return (fu_meta_set(store, "instance", text, err));
}

static int
make_db(struct making *m, const char *path, const struct fu_clock *clock,
    struct fu_err *err)
{
	struct fu_store	 store;
	bool		 there = access(path, F_OK) == 0;
	const char	*instance;
	int		 rc = -1;

	if (fu_store_open(&store, path, FU_DB_CREATE, clock, err) == -1)
		return (-1);
	/* A run that was killed here left one without. */
	if (fu_store_begin(&store, err) == 0) {
		instance = fu_meta_get(&store, "instance", &m->arena, err);
		if (instance != NULL ||
		    (err->class == FU_OK && new_instance(&store, err) == 0))
			rc = fu_store_commit(&store, err);
		if (rc == -1)
			fu_store_rollback(&store);
	}
	fu_store_close(&store);
	if (rc == 0)
		m->said(m->ctx, path, !there);
	return (rc);
}

int
fu_init_make(const struct fu_place *place, const struct fu_clock *clock,
    void (*said)(void *, const char *, bool), void *ctx, struct fu_err *err)
{
	struct making	 m = { .said = said, .ctx = ctx };
	bool		 key = access(place->key, F_OK) == 0;
	int		 rc = -1;

	fu_arena_init(&m.arena);
	if (copy_file(&m, fu_printf(&m.arena, "%s/fu.yaml", place->templates),
	    place->config, err) == 0 &&
	    copy_tree(&m, place->templates, place->dir, 0, err) == 0 &&
	    (key || fu_keys_create(place->key, err) == 0)) {
		said(ctx, place->key, !key);
		rc = make_db(&m, place->db, clock, err);
	}
	fu_arena_free(&m.arena);
	return (rc);
}

void
fu_init_crontab(const struct fu_place *place, struct fu_buf *out)
{
	fu_buf_printf(out,
	    "PATH=%s:/usr/local/bin:/usr/bin:/bin\n"
	    "FU_DB=%s\n"
	    "FU_CONFIG=%s\n"
	    "*/5 * * * *  fu-score --changed | fu-cadence | fu-handoff |"
	    " fu-send\n"
	    "* * * * *    fu-due | fu-send\n"
	    "0 5 * * *    fu-index -q\n"
	    "# once answers come to a Maildir (fu-reply(1)):\n"
	    "# */5 * * * *  fu-reply -q --newer 3d ~/Maildir | fu-ingest -q |"
	    " fu-score | fu-cadence | fu-handoff | fu-send\n",
	    place->programs, place->db, place->config);
}

int
fu_init_backup(const struct fu_opt *opt, const char *file, struct fu_err *err)
{
	struct fu_store	 store;
	int		 rc;

	if (fu_store_open(&store, opt->db, FU_DB_READ, &opt->clock, err) == -1)
		return (-1);
	rc = fu_db_backup(store.db, file, err);
	fu_store_close(&store);
	return (rc);
}

int
fu_init_rehearse(const struct fu_opt *opt, const char *file,
    struct fu_err *err)
{
	struct fu_store	 store;
	int		 rc = -1;

	if (fu_init_backup(opt, file, err) == -1)
		return (-1);
	if (fu_store_open(&store, file, FU_DB_WRITE, &opt->clock, err) == 0) {
		if (fu_store_begin(&store, err) == 0 &&
		    fu_meta_set(&store, "nature", "rehearsal", err) == 0 &&
		    fu_meta_set(&store, FU_META_TRIAL, "yes", err) == 0 &&
		    new_instance(&store, err) == 0)
			rc = fu_store_commit(&store, err);
		fu_store_close(&store);
	}
	/* A copy that still thinks it is live must not lie about. */
	if (rc == -1)
		unlink(file);
	return (rc);
}
