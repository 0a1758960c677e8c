/*
 * Where messages lie: standard input, files, mboxes, folders, Maildirs.
 *
 * Must never change what it reads, and never stop at one file that cannot be
 * read.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sig.h"
#include "flow/reply_room.h"

#define CHUNK	(256 * 1024)

/* A stream of bytes that becomes messages. */
struct stream {
	struct fu_reply	*reply;
	const char	*name;
	struct fu_buf	 in;		/* read, and no whole line yet */
	struct fu_buf	 message;
	uint64_t	 line, first;	/* of the message, from 1 */
	bool		 mbox, begun, blank;
};

/* "From ann@x.example Tue Mar  3 10:00:00 2026": a time and a year. */
static bool
is_postmark(const char *s, size_t len)
{
	const char	*colon;

	if (len < 10 || len > 500 || strncmp(s, "From ", 5) != 0)
		return (false);
	colon = memchr(s + 5, ':', len - 5);
	return (colon != NULL && colon - s >= 2 && colon[-1] >= '0' &&
	    colon[-1] <= '9');
}

static int
end_message(struct stream *st, struct fu_err *err)
{
	struct fu_str	 bytes = fu_buf_view(&st->message);
	int		 rc = 0;

	/* The blank line before the next postmark is the mbox's. */
	if (st->mbox && bytes.len > 1 && bytes.ptr[bytes.len - 2] == '\n')
		bytes.len--;
	if (st->begun)
		rc = fu_reply_message(st->reply, st->name, st->mbox ?
		    st->first : 1, bytes, err);
	fu_buf_reset(&st->message);
	st->begun = st->reply->truncated = false;
	return (rc);
}

static int
take_line(struct stream *st, const char *s, size_t len, struct fu_err *err)
{
	const char	*p;

	st->line++;
	if (st->line == 1)
		st->mbox = is_postmark(s, len);
	if (st->mbox && (st->blank || st->line == 1) && is_postmark(s, len)) {
		if (end_message(st, err) == -1)
			return (-1);
		st->begun = true;
		st->first = st->line;
		return (0);
	}
	st->blank = len == 1 || (len == 2 && *s == '\r');
	st->begun = true;
	if (st->mbox && *s == '>') {	/* ">From " was "From " */
		for (p = s; (size_t)(p - s) < len && *p == '>'; p++)
			continue;
		if (len - (size_t)(p - s) >= 5 && strncmp(p, "From ", 5) == 0) {
			s++;
			len--;
		}
	}
	if (st->message.len < FU_MAIL_BYTES_MAX)
		fu_buf_put(&st->message, s, len);
	else
		st->reply->truncated = true;
	return (0);
}

/* Whole lines of what was read; at the end the rest too. */
static int
take(struct stream *st, bool last, struct fu_err *err)
{
	size_t	 at = 0;

	while (at < st->in.len) {
		const char	*s = st->in.ptr + at;
		const char	*lf = memchr(s, '\n', st->in.len - at);
		size_t		 len = lf == NULL ? st->in.len - at :
		    (size_t)(lf - s) + 1;

		if (lf == NULL && !last && len < CHUNK)
			break;
		if (take_line(st, s, len, err) == -1)
			return (-1);
		at += len;
	}
	if (at > 0)
		memmove(st->in.ptr, st->in.ptr + at, st->in.len - at);
	st->in.len -= at;
	return (0);
}

int
fu_reply_fd(struct fu_reply *r, int fd, const char *name, struct fu_err *err)
{
	struct stream	 st = { .reply = r, .name = name };
	char		*room = malloc(CHUNK);
	ssize_t		 n = 0;
	int		 rc = 0;

	if (room == NULL)
		fu_oom();
	fu_buf_init(&st.in);
	fu_buf_init(&st.message);
	while (rc == 0 && !r->session->sink.lost) {
		/* What is there is handed on before waiting for more. */
		if (st.mbox && r->out.len > 0)
			rc = fu_reply_flush(r, err);
		if (rc == -1 || !fu_sig_wait_input(fd))
			break;
		if ((n = read(fd, room, CHUNK)) == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		fu_buf_put(&st.in, room, (size_t)n);
		rc = take(&st, false, err);
	}
	if (n == -1 && rc == 0)
		rc = fu_err_sys(err, errno == EISDIR ? FU_ENOINPUT : FU_EIO,
		    "%s", name);
	/* Half a message that a signal cut off is none. */
	if (rc == 0 && n == 0 && !fu_sig_stopping())
		rc = take(&st, true, err);
	if (rc == 0 && n == 0 && !fu_sig_stopping())
		rc = end_message(&st, err);
	fu_buf_free(&st.message);
	fu_buf_free(&st.in);
	free(room);
	return (rc);
}

/* One of a folder; -1 only when the run cannot go on. */
static int
read_file(struct fu_reply *r, const char *path, bool *gone, struct fu_err *err)
{
	struct stat	 st;
	int		 fd, rc = 0;
	uint64_t	 before = r->messages;

	*gone = false;
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1) {
		*gone = errno == ENOENT;
		if (*gone)
			return (0);
		fu_reject(&r->session->sink, path, 0, "unreadable",
		    FU_STR(""), "%s", strerror(errno));
		return (0);
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		if (r->since_us != FU_NEVER &&
		    (int64_t)st.st_mtime * FU_SECOND < r->since_us)
			r->skipped++;
		else if ((rc = fu_reply_fd(r, fd, path, err)) == 0 &&
		    r->messages == before && !fu_sig_stopping() &&
		    !r->session->sink.lost)
			fu_reject(&r->session->sink, path, 0, "not_mail",
			    FU_STR(""), "this file is empty");
	}
	close(fd);
	return (rc);
}

static int
visible(const struct dirent *entry)
{
	return (entry->d_name[0] != '.');
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return (strcmp((*a)->d_name, (*b)->d_name));
}

/* Somebody flagged it in the meantime: the same name before its ':'. */
static const char *
renamed(struct fu_reply *r, const char *dir, const char *name)
{
	size_t		 len = strcspn(name, ":");
	struct dirent	*entry;
	const char	*path = NULL;
	DIR		*d = opendir(dir);

	if (d == NULL)
		return (NULL);
	while (path == NULL && (entry = readdir(d)) != NULL)
		if (strncmp(entry->d_name, name, len) == 0 &&
		    (entry->d_name[len] == ':' || entry->d_name[len] == '\0'))
			path = fu_printf(&r->arena, "%s/%s", dir,
			    entry->d_name);
	closedir(d);
	return (path);
}

/* "…:2,DS": a draft has not been sent. */
static bool
is_draft(const char *name)
{
	const char	*flags = strstr(name, ":2,");

	return (flags != NULL && strchr(flags + 3, 'D') != NULL);
}

static int
read_folder(struct fu_reply *r, const char *dir, const char *moved_to,
    struct fu_err *err)
{
	struct dirent	**entry;
	char		 *path = NULL;
	bool		  gone;
	int		  n, rc = 0;

	if ((n = scandir(dir, &entry, visible, by_name)) == -1)
		return (fu_err_sys(err, FU_ENOINPUT, "%s", dir));
	for (int i = 0; i < n; i++) {
		if (rc == 0 && !fu_sig_stopping() && !r->session->sink.lost &&
		    !is_draft(entry[i]->d_name)) {
			const char	*again;

			if (asprintf(&path, "%s/%s", dir,
			    entry[i]->d_name) == -1)
				fu_oom();
			rc = read_file(r, path, &gone, err);
			if (rc == 0 && gone && (again = renamed(r, moved_to,
			    entry[i]->d_name)) != NULL)
				rc = read_file(r, again, &gone, err);
			free(path);
		}
		free(entry[i]);
	}
	free(entry);
	return (rc);
}

static bool
is_dir(const char *path)
{
	struct stat	 st;

	return (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

int
fu_reply_path(struct fu_reply *r, const char *path, struct fu_err *err)
{
	const char	*fresh = fu_printf(&r->arena, "%s/new", path);
	const char	*cur = fu_printf(&r->arena, "%s/cur", path);
	bool		 gone;
	int		 rc;

	if (!is_dir(path)) {
		rc = read_file(r, path, &gone, err);
		if (rc == 0 && gone)
			rc = fu_err_set(err, FU_ENOINPUT, "%s: there is no "
			    "such file or folder", path);
		return (rc);
	}
	if (!is_dir(fresh) && !is_dir(cur))
		return (read_folder(r, path, path, err));
	rc = is_dir(fresh) ? read_folder(r, fresh, fresh, err) : 0;
	if (rc == 0 && is_dir(cur))
		rc = read_folder(r, cur, cur, err);
	return (rc);
}
