/*
 * The witness: naming its files, reading and raising it.
 *
 * Must never be lowered here, and never be made where something was sent
 * already: adopting (witness_adopt.c) alone may.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/env.h"
#include "flow/witness_room.h"
#include "store/attempts.h"

#define WORD_MAX	8192	/* bytes: a path and a little more */
#define INSTANCE_BYTES	10

/* mkdir -p, for a path that begins with '/'. */
static int
make_dirs(const char *path, struct fu_err *err)
{
	char	 part[PATH_MAX];
	size_t	 len = strlen(path);

	if (len == 0 || len >= sizeof(part))
		return (fu_err_set(err, FU_ECONFIG,
		    "FU_STATE: no usable path"));
	memcpy(part, path, len + 1);
	for (size_t i = 1; i <= len; i++) {
		if (part[i] != '/' && part[i] != '\0')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0700) == -1 && errno != EEXIST)
			return (fu_err_sys(err, FU_ECANTCREAT, "%s", part));
		if (i < len)
			part[i] = '/';
	}
	return (0);
}

static const char *
state_dir(struct fu_arena *arena)
{
	const char	*dir = fu_env("FU_STATE");

	if (!fu_blank(dir))
		return (fu_dup(arena, dir));
	if (!fu_blank(dir = fu_env("XDG_STATE_HOME")))
		return (fu_printf(arena, "%s/fu", dir));
	if (!fu_blank(dir = fu_env("HOME")))
		return (fu_printf(arena, "%s/.local/state/fu", dir));
	return (NULL);
}

/*
 * Which machine this is, as a hash: machine-id(5) asks that the id itself not
 * be handed around.
 */
static int
machine_of(struct fu_witness *w, struct fu_err *err)
{
	const char	*name = fu_env("FU_INSTANCE");
	struct fu_str	 text;
	uint8_t		 hash[32];

	text = fu_str_of(name);
	if (fu_blank(name)) {
		if (fu_file_read("/etc/machine-id", &w->arena, &text,
		    err) == -1 || fu_str_trim(text).len == 0)
			return (fu_err_set(err, FU_ECONFIG, "/etc/machine-id "
			    "says nothing: set FU_INSTANCE to a name that "
			    "this machine or container alone has"));
		text = fu_str_trim(text);
	}
	fu_sha256(text.ptr, text.len, hash);
	fu_hex(hash, (FU_WITNESS_MACHINE_LEN - 1) / 2, w->machine);
	return (0);
}

static int
instance_of(struct fu_witness *w, struct fu_err *err)
{
	struct fu_store	*store = &w->session->store;
	uint8_t		 bytes[INSTANCE_BYTES];
	char		 text[2 * INSTANCE_BYTES + 1];

	w->instance = fu_meta_get(store, "instance", &w->arena, err);
	if (w->instance != NULL)
		return (0);
	if (err->class != FU_OK || fu_random(bytes, sizeof(bytes), err) == -1)
		return (-1);
	fu_hex(bytes, sizeof(bytes), text);
	if (fu_store_begin(store, err) == -1)
		return (-1);
	w->instance = fu_meta_get(store, "instance", &w->arena, err);
	if (w->instance == NULL && (err->class != FU_OK ||
	    fu_meta_set(store, "instance", text, err) == -1)) {
		fu_store_rollback(store);
		return (-1);
	}
	if (w->instance == NULL)
		w->instance = fu_dup(&w->arena, text);
	return (fu_store_commit(store, err));
}

struct fu_witness *
fu_witness_open(struct fu_session *session, struct fu_err *err)
{
	struct fu_witness	*w;
	const char		*dir;
	char			 path[PATH_MAX];

	if ((w = calloc(1, sizeof(*w))) == NULL)
		fu_oom();
	w->session = session;
	w->stops_fd = -1;
	fu_arena_init(&w->arena);
	if ((dir = state_dir(&w->arena)) == NULL || dir[0] != '/') {
		fu_err_set(err, FU_ECONFIG, "no state directory: set FU_STATE "
		    "to one, with a path from the root");
		goto err;
	}
	if (make_dirs(dir, err) == -1 || machine_of(w, err) == -1 ||
	    instance_of(w, err) == -1)
		goto err;
	if (realpath(fu_db_path(session->store.db), path) == NULL) {
		fu_err_sys(err, FU_ENOINPUT, "%s",
		    fu_db_path(session->store.db));
		goto err;
	}
	w->db = fu_dup(&w->arena, path);
	w->file = fu_printf(&w->arena, "%s/%s.witness", dir, w->instance);
	w->stops = fu_printf(&w->arena, "%s/%s.stops", dir, w->instance);
	return (w);
err:
	fu_witness_close(w);
	return (NULL);
}

void
fu_witness_close(struct fu_witness *w)
{
	if (w == NULL)
		return;
	if (w->stops_fd != -1)
		close(w->stops_fd);
	fu_arena_free(&w->arena);
	free(w);
}

int
fu_witness_lock(struct fu_witness *w, int *fd, struct fu_err *err)
{
	*fd = open(w->file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*fd == -1)
		return (fu_err_sys(err, FU_EIO, "%s", w->file));
	while (flock(*fd, LOCK_EX) == -1) {
		if (errno == EINTR)
			continue;
		fu_err_sys(err, FU_EIO, "%s", w->file);
		close(*fd);
		return (-1);
	}
	return (0);
}

int
fu_witness_read(struct fu_witness *w, int fd, struct fu_witness_word *word,
    struct fu_err *err)
{
	char			 text[WORD_MAX];
	struct fu_object	 object;
	ssize_t			 n;

	memset(word, 0, sizeof(*word));
	if ((n = pread(fd, text, sizeof(text), 0)) == -1)
		return (fu_err_sys(err, FU_EIO, "%s", w->file));
	if (n == 0)
		return (0);
	if (fu_json_object(&w->arena, fu_str_trim((struct fu_str){
	    fu_dup_str(&w->arena, (struct fu_str){ text, (size_t)n }),
	    (size_t)n }), &object, err) == -1)
		return (fu_err_set(err, FU_EIO, "%s: not readable as a witness",
		    w->file));
	word->instance = fu_json_text(&w->arena,
	    fu_json_get(&object, "instance"));
	word->machine = fu_json_text(&w->arena,
	    fu_json_get(&object, "machine"));
	word->db = fu_json_text(&w->arena, fu_json_get(&object, "database"));
	if (!fu_json_int(fu_json_get(&object, "sends"), &word->count) ||
	    word->machine == NULL)
		return (fu_err_set(err, FU_EIO, "%s: not readable as a witness",
		    w->file));
	return (1);
}

int
fu_witness_write(struct fu_witness *w, int fd, int64_t count,
    struct fu_err *err)
{
	struct fu_buf	 buf;
	struct fu_jw	 jw;
	int		 rc = 0;

	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "instance", w->instance);
	fu_jw_str(&jw, "machine", w->machine);
	fu_jw_int(&jw, "sends", count);
	fu_jw_str(&jw, "database", w->db);
	fu_jw_object_end(&jw);
	/* In place and never shorter: a kill leaves the old or the new. */
	while (buf.len < 511)
		fu_buf_putc(&buf, ' ');
	fu_buf_putc(&buf, '\n');
	if (pwrite(fd, buf.ptr, buf.len, 0) != (ssize_t)buf.len ||
	    ftruncate(fd, (off_t)buf.len) == -1 || fsync(fd) == -1)
		rc = fu_err_sys(err, FU_EIO, "%s", w->file);
	fu_buf_free(&buf);
	return (rc);
}

static int
refuse(const struct fu_witness *w, const char *why, struct fu_err *err)
{
	fu_err_set(err, FU_ECONFIG, "%s: %s, so it does not send (not_adopted)"
	    ": if this is the living one and no other sends, "
	    "`fu-init --adopt`", fu_db_path(w->session->store.db), why);
	return (0);
}

/* Is ${path} gone, or this very file under another name? */
static bool
moved_here(const struct fu_witness *w, const char *path)
{
	struct stat	 there, here;

	if (stat(path, &there) == -1)
		return (true);
	return (stat(w->db, &here) == 0 && there.st_dev == here.st_dev &&
	    there.st_ino == here.st_ino);
}

static int
judge(struct fu_witness *w, const struct fu_witness_word *word, int64_t count,
    struct fu_err *err)
{
	if (strcmp(word->machine, w->machine) != 0)
		return (refuse(w, "it last sent on another machine", err));
	if (count < word->count)
		return (refuse(w, "it is an older copy: its witness knows of "
		    "later sends", err));
	if (word->db != NULL && strcmp(word->db, w->db) != 0 &&
	    !moved_here(w, word->db))
		return (refuse(w, fu_printf(&w->arena, "it is a copy of %s",
		    word->db), err));
	return (1);
}

/* Under the lock; ${raise}: write the counter as well. */
static int
look(struct fu_witness *w, bool raise, struct fu_err *err)
{
	struct fu_witness_word	 word;
	int64_t			 count;
	int			 fd, rc;

	if (fu_witness_lock(w, &fd, err) == -1)
		return (-1);
	if (fu_attempts_count(&w->session->store, &count, err) == -1) {
		close(fd);
		return (-1);
	}
	rc = fu_witness_read(w, fd, &word, err);
	if (rc == 1)
		rc = judge(w, &word, count, err);
	else if (rc == 0 && count > 0)
		(void)refuse(w, "it has sent before and has no witness here",
		    err);
	else if (rc == 0) {
		raise = true;
		rc = 1;
	}
	if (rc == 1 && raise && fu_witness_write(w, fd, count, err) == -1)
		rc = -1;
	close(fd);
	return (rc);
}

int
fu_witness_check(struct fu_witness *w, struct fu_err *err)
{
	return (look(w, false, err));
}

int
fu_witness_raise(struct fu_witness *w, struct fu_err *err)
{
	return (look(w, true, err));
}

int
fu_witness_suppression(struct fu_witness *w, const struct fu_ledger_row *row,
    int64_t until_us, struct fu_err *err)
{
	const struct fu_store	*store = &w->session->store;
	struct fu_buf		 buf;
	struct fu_jw		 jw;
	int			 rc = 0;

	if (store->rehearsal || store->dry)
		return (0);
	if (w->stops_fd == -1 && (w->stops_fd = open(w->stops, O_WRONLY |
	    O_CREAT | O_APPEND | O_CLOEXEC, 0600)) == -1)
		return (fu_err_sys(err, FU_EIO, "%s", w->stops));
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_time(&jw, "at", row->at_us);
	fu_jw_str(&jw, "subject", row->subject);
	fu_jw_str(&jw, "channel", row->channel);
	fu_jw_str(&jw, "reason", row->reason);
	fu_jw_str(&jw, "rule", row->rule);
	fu_jw_time(&jw, "until", until_us);
	fu_jw_object_end(&jw);
	fu_buf_putc(&buf, '\n');
	/* One write: lines of several programs do not mix. */
	if (write(w->stops_fd, buf.ptr, buf.len) != (ssize_t)buf.len)
		rc = fu_err_sys(err, FU_EIO, "%s", w->stops);
	fu_buf_free(&buf);
	w->stops_dirty = true;
	return (rc);
}

int
fu_witness_sync(struct fu_witness *w, struct fu_err *err)
{
	if (!w->stops_dirty)
		return (0);
	if (fdatasync(w->stops_fd) == -1)
		return (fu_err_sys(err, FU_EIO, "%s", w->stops));
	w->stops_dirty = false;
	return (0);
}
