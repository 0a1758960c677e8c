/*
 * The outbox: a Maildir of what would leave; any mail reader opens it.
 *
 * Must never overwrite a message, nor write the same one twice: its name is
 * made of its id, and link(2) refuses a name that is taken.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/sig.h"
#include "channel/channel.h"
#include "channel/readable.h"

#define NAME_LEN 44	/* "fu-", 20 bytes of hash in base32, ".mail" */

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

/* Has a reader moved it to cur/, with flags behind its name? */
static bool
was_read(const char *path, const char *name, struct fu_arena *arena)
{
	size_t len = strlen(name);
	struct dirent *entry;
	bool found = false;
	DIR *dir;

	if ((dir = opendir(fu_printf(arena, "%s/cur", path))) == NULL)
		return (false);
	while (!found && (entry = readdir(dir)) != NULL)
		found = strncmp(entry->d_name, name, len) == 0 &&
		    (entry->d_name[len] == ':' || entry->d_name[len] == '\0');
	closedir(dir);
	return (found);
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
	if (was_read(path, name, arena)) {
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
	struct fu_delivery *d;
	size_t i;

	for (i = 0; i < n && !fu_sig_stopping(); i++) {
		d = &delivery[i];
		if (d->may_start != NULL && !d->may_start(d->ctx, d))
			continue;
		if (deliver_one(channel, d, arena, err) == -1)
			return (-1);
	}
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
