/*
 * The outbox: a Maildir of what would leave; any mail reader opens it.
 *
 * Must never overwrite a message, nor write the same one twice: its name is
 * made of its id, and link(2) refuses a name that is taken.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "channel/channel.h"
#include "channel/readable.h"

#define NAME_LEN 44	/* "fu-", 20 bytes of hash in base32, ".mail" */

/* What a reader has moved to cur/, by the hash of its name. */
struct seen {
	uint64_t	*hash;		/* sorted */
	size_t		 n, cap;
	struct timespec	 changed;	/* cur/ when it was read */
};

static int
make_dir(const char *path, struct fu_err *err)
{
	if (mkdir(path, 0700) == -1 && errno != EEXIST)
		return (fu_err_sys(err, FU_ECANTCREAT, "%s", path));
	return (0);
}

static int
outbox_open(struct fu_chan *channel, struct fu_err *err)
{
	const char *path = channel->conf.path;

	channel->local = true;
	channel->state = fu_alloc(&channel->arena, sizeof(struct seen));
	/* One fsync of the directories for many files. */
	channel->width = 64;
	if (path == NULL)
		return (fu_err_set(err, FU_ECONFIG,
		    "%s:%d: via: outbox needs path:",
		    channel->conf.where.file != NULL ?
		    channel->conf.where.file : "fu.yaml",
		    channel->conf.where.line));
	if (make_dir(path, err) == -1 ||
	    make_dir(fu_printf(&channel->arena, "%s/tmp", path), err) == -1 ||
	    make_dir(fu_printf(&channel->arena, "%s/new", path), err) == -1 ||
	    make_dir(fu_printf(&channel->arena, "%s/cur", path), err) == -1)
		return (-1);
	return (0);
}

static void
file_name(const char *id, char name[NAME_LEN])
{
	uint8_t hash[32];

	fu_sha256(id, strlen(id), hash);
	strcpy(name, "fu-");
	fu_base32(hash, 20, name + 3);
	strcat(name, ".mail");
}

static int
by_hash(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x < y ? -1 : x > y);
}

static uint64_t
name_hash(const char *name)
{
	return (fu_hash64(name, strcspn(name, ":"), 0));
}

/* Read cur/ again if it is not as it was; flags stand behind a colon. */
static void
read_seen(struct fu_chan *channel, struct fu_arena *arena)
{
	struct seen *seen = channel->state;
	struct dirent *entry;
	const char *path;
	struct stat st;
	DIR *dir;

	path = fu_printf(arena, "%s/cur", channel->conf.path);
	if (stat(path, &st) == -1 ||
	    (st.st_mtim.tv_sec == seen->changed.tv_sec &&
	    st.st_mtim.tv_nsec == seen->changed.tv_nsec) ||
	    (dir = opendir(path)) == NULL)
		return;
	seen->n = 0;
	seen->changed = st.st_mtim;
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		seen->hash = fu_grow(&channel->arena, seen->hash, seen->n,
		    &seen->cap, sizeof(*seen->hash));
		seen->hash[seen->n++] = name_hash(entry->d_name);
	}
	closedir(dir);
	if (seen->n > 1)
		qsort(seen->hash, seen->n, sizeof(*seen->hash), by_hash);
}

static bool
was_read(const struct seen *seen, const char *name)
{
	uint64_t hash = name_hash(name);

	return (seen->n > 0 && bsearch(&hash, seen->hash, seen->n,
	    sizeof(hash), by_hash) != NULL);
}

static int
write_all(int fd, struct fu_str bytes)
{
	ssize_t n;

	while (bytes.len > 0) {
		if ((n = write(fd, bytes.ptr, bytes.len)) == -1) {
			if (errno == EINTR)
				continue;
			return (-1);
		}
		bytes.ptr += n;
		bytes.len -= (size_t)n;
	}
	return (0);
}

/* The file, whole and on disk, under tmp/. */
static int
write_tmp(const char *tmp, struct fu_str bytes, int64_t at_us,
    struct fu_err *err)
{
	struct timespec time[2];
	int fd, saved;

	(void)unlink(tmp);	/* of a run that was killed */
	fd = open(tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		return (fu_err_sys(err, FU_EIO, "%s", tmp));
	/* Readers sort by it; a rehearsal's clock is not the system's. */
	time[0].tv_sec = time[1].tv_sec = at_us / FU_SECOND;
	time[0].tv_nsec = time[1].tv_nsec = at_us % FU_SECOND * 1000;
	if (write_all(fd, bytes) == -1 || futimens(fd, time) == -1 ||
	    fsync(fd) == -1) {
		saved = errno;
		close(fd);
		(void)unlink(tmp);
		errno = saved;
		return (fu_err_sys(err, FU_EIO, "%s", tmp));
	}
	close(fd);
	return (0);
}

static int
deliver_one(struct fu_chan *channel, struct fu_delivery *d,
    struct fu_arena *arena, struct fu_err *err)
{
	const char *path = channel->conf.path, *tmp, *new;
	char name[NAME_LEN];
	struct fu_str bytes;
	int ret = 0;

	file_name(d->id, name);
	d->relay_id = fu_dup(arena, name);
	new = fu_printf(arena, "%s/new/%s", path, name);
	tmp = fu_printf(arena, "%s/tmp/%s.%ld", path, name, (long)getpid());
	if (was_read(channel->state, name)) {
		d->status = FU_D_SENT;
		return (0);
	}
	bytes = d->mail.len > 0 ? d->mail : fu_readable(d, arena);
	if (write_tmp(tmp, bytes, d->at_us, err) == -1)
		return (-1);
	/* EEXIST: this very message is there already. */
	if (link(tmp, new) == -1 && errno != EEXIST)
		ret = fu_err_sys(err, FU_EIO, "%s", new);
	else
		d->status = FU_D_SENT;
	(void)unlink(tmp);
	return (ret);
}

static int
sync_dir(const char *path, struct fu_err *err)
{
	int fd, ret = 0;

	if ((fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)) == -1)
		return (fu_err_sys(err, FU_EIO, "%s", path));
	if (fsync(fd) == -1)
		ret = fu_err_sys(err, FU_EIO, "%s", path);
	close(fd);
	return (ret);
}

static int
outbox_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	read_seen(channel, arena);
	if (fu_channel_each(channel, delivery, n, arena, deliver_one,
	    err) == -1)
		return (-1);
	return (sync_dir(fu_printf(arena, "%s/new", channel->conf.path), err));
}

static void
outbox_close(struct fu_chan *channel)
{
	(void)channel;
}

const struct fu_channel_ops fu_channel_outbox = {
	"outbox", outbox_open, outbox_deliver, outbox_close
};
