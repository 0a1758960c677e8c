/*
 * Lines from a file descriptor.
 *
 * Must never hold more of a line than the limit and a read, and never wait
 * while it has a line to give.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/sig.h"
#include "record/batch.h"
#include "record/lines.h"

/* What a pipe holds, twice. */
#define READ_BYTES	((size_t)128 * 1024)

void
fu_lines_init(struct fu_lines *lines, int fd, const char *name)
{
	memset(lines, 0, sizeof(*lines));
	lines->fd = fd;
	lines->name = name;
}

void
fu_lines_free(struct fu_lines *lines)
{
	free(lines->buf);
	free(lines->line);
	fu_lines_init(lines, -1, NULL);
}

struct fu_str
fu_lines_text(const struct fu_lines *lines, const struct fu_line *line)
{
	return ((struct fu_str){ lines->buf + line->at, line->len });
}

static void
add(struct fu_lines *lines, size_t at, size_t len)
{
	struct fu_line	*line;
	struct fu_str	 text;
	size_t		 cap;
	bool		 too_long;

	lines->number++;
	if (lines->number == 1 && len >= 3 &&
	    memcmp(lines->buf + at, "\xef\xbb\xbf", 3) == 0) {
		at += 3;
		len -= 3;
	}
	if (len > 0 && lines->buf[at + len - 1] == '\r')
		len--;
	too_long = len > FU_LINE_MAX;
	text = (struct fu_str){ lines->buf + at, len };
	if (!too_long && fu_str_trim(text).len == 0)
		return;
	if (too_long)
		len = fu_utf8_cut(text.ptr, FU_LINE_SHOWN);
	if (lines->n == lines->line_cap) {
		cap = lines->line_cap == 0 ? 256 : lines->line_cap * 2;
		line = reallocarray(lines->line, cap, sizeof(*line));
		if (line == NULL)
			fu_oom();
		lines->line = line;
		lines->line_cap = cap;
	}
	lines->line[lines->n++] = (struct fu_line){ at, len, lines->number,
	    too_long };
}

/* Take one line out of what was read; false when no whole one is there. */
static bool
take(struct fu_lines *lines)
{
	const char	*lf;
	size_t		 stop;

	lf = lines->seen == lines->end ? NULL : memchr(lines->buf +
	    lines->seen, '\n', lines->end - lines->seen);
	stop = lf == NULL ? lines->end : (size_t)(lf - lines->buf);
	if (lines->skipping) {
		lines->skipping = lf == NULL;
		lines->start = lines->seen = lf == NULL ? stop : stop + 1;
		/* Nothing of it is kept. */
		if (lf == NULL)
			lines->end = lines->start;
		return (lf != NULL);
	}
	if (lf != NULL) {
		add(lines, lines->start, stop - lines->start);
		lines->start = lines->seen = stop + 1;
		return (true);
	}
	lines->seen = stop;
	/* The CR of a CR LF, and a byte order mark, are not counted. */
	if (stop - lines->start > FU_LINE_MAX + 4) {
		add(lines, lines->start, stop - lines->start);
		lines->start += FU_LINE_SHOWN + 3;
		lines->seen = lines->end = lines->start;
		lines->skipping = true;
		return (true);
	}
	if (lines->over) {
		if (lines->whole && stop > lines->start)
			add(lines, lines->start, stop - lines->start);
		lines->start = stop;
	}
	return (false);
}

static bool
is_waiting(int fd)
{
	struct pollfd	pfd = { .fd = fd, .events = POLLIN };

	return (poll(&pfd, 1, 0) == 1);
}

static int
more(struct fu_lines *lines, struct fu_err *err)
{
	char	*larger;
	size_t	 cap;
	ssize_t	 n;

	if (lines->cap - lines->end < READ_BYTES) {
		cap = lines->cap * 2 + 2 * READ_BYTES;
		if ((larger = realloc(lines->buf, cap)) == NULL)
			fu_oom();
		lines->buf = larger;
		lines->cap = cap;
	}
	if (!fu_sig_wait_input(lines->fd)) {
		lines->over = true;
		return (0);
	}
	n = read(lines->fd, lines->buf + lines->end, READ_BYTES);
	if (n == -1 && (errno == EINTR || errno == EAGAIN))
		return (0);
	if (n == -1)
		return (fu_err_sys(err, FU_EIO, "%s", lines->name));
	if (n == 0)
		lines->over = lines->whole = true;
	lines->end += (size_t)n;
	return (0);
}

int
fu_lines_gather(struct fu_lines *lines, size_t max, size_t bytes_max,
    struct fu_err *err)
{
	size_t	rest;

	lines->n = 0;
	rest = lines->end - lines->start;
	if (rest > 0)
		memmove(lines->buf, lines->buf + lines->start, rest);
	lines->seen -= lines->start;
	lines->end = rest;
	lines->start = 0;
	for (;;) {
		while (lines->n < max && lines->start < bytes_max)
			if (!take(lines))
				break;
		if (lines->n == max || lines->start >= bytes_max)
			return (1);
		if (lines->over)
			return (lines->n > 0);
		if (lines->n > 0 && !is_waiting(lines->fd))
			return (1);
		if (more(lines, err) == -1)
			return (-1);
	}
}
