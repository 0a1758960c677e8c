/*
 * Where records and rejects go.
 *
 * Must never write a part of a record and call it written, and never drop a
 * reject without having said it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/batch.h"

/* To empty the file that is being read would lose what it holds. */
static bool
is_input(const char *path)
{
	struct stat	in, out;

	return (fstat(STDIN_FILENO, &in) == 0 && S_ISREG(in.st_mode) &&
	    stat(path, &out) == 0 && in.st_dev == out.st_dev &&
	    in.st_ino == out.st_ino);
}

int
fu_sink_open(struct fu_sink *sink, const struct fu_opt *opt, struct fu_err *err)
{
	memset(sink, 0, sizeof(*sink));
	sink->opt = opt;
	sink->out_fd = STDOUT_FILENO;
	sink->reject_fd = -1;
	fu_buf_init(&sink->reject);
	if (opt->rejects == NULL)
		return (0);
	if (is_input(opt->rejects))
		return (fu_err_set(err, FU_EUSAGE, "-r %s: is what standard "
		    "input reads; write rejects to another file",
		    opt->rejects));
	sink->reject_fd = open(opt->rejects,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (sink->reject_fd == -1)
		return (fu_err_sys(err, FU_ECANTCREAT, "%s", opt->rejects));
	return (0);
}

/* All of it, whatever signals and short writes come between. */
static int
write_all(int fd, const char *ptr, size_t len)
{
	struct pollfd	pfd = { .fd = fd, .events = POLLOUT };
	ssize_t		n;

	while (len > 0) {
		n = write(fd, ptr, len);
		if (n == -1 && errno == EAGAIN)
			poll(&pfd, 1, -1);
		else if (n == -1 && errno != EINTR)
			return (-1);
		if (n > 0) {
			ptr += n;
			len -= (size_t)n;
		}
	}
	return (0);
}

static uint64_t
count_lines(struct fu_str s)
{
	const char	*lf;
	uint64_t	 n;

	for (n = 0; s.len > 0 && (lf = memchr(s.ptr, '\n', s.len)) != NULL;
	    n++) {
		s.len -= (size_t)(lf + 1 - s.ptr);
		s.ptr = lf + 1;
	}
	return (n);
}

int
fu_sink_write(struct fu_sink *sink, struct fu_buf *buf, struct fu_err *err)
{
	int	result;

	result = 0;
	if (!sink->lost && buf->len > 0) {
		if (write_all(sink->out_fd, buf->ptr, buf->len) == 0)
			sink->written += count_lines(fu_buf_view(buf));
		else if (errno == EPIPE)
			sink->lost = true;
		else
			result = fu_err_sys(err, FU_EIO, "standard output");
	}
	fu_buf_reset(buf);
	return (result);
}

int
fu_sink_flush_rejects(struct fu_sink *sink, struct fu_err *err)
{
	int	result;

	result = 0;
	if (sink->reject_fd != -1 && sink->reject.len > 0 &&
	    write_all(sink->reject_fd, sink->reject.ptr, sink->reject.len) ==
	    -1)
		result = fu_err_sys(err, FU_EIO, "%s", sink->opt->rejects);
	fu_buf_reset(&sink->reject);
	return (result);
}

int
fu_sink_close(struct fu_sink *sink, struct fu_err *err)
{
	int	result;

	result = fu_sink_flush_rejects(sink, err);
	if (sink->reject_fd != -1 && close(sink->reject_fd) == -1 &&
	    result == 0)
		result = fu_err_sys(err, FU_EIO, "%s", sink->opt->rejects);
	sink->reject_fd = -1;
	fu_buf_free(&sink->reject);
	return (result);
}

static void
reject(struct fu_sink *sink, const char *source, uint64_t line,
    const char *reason, struct fu_str input, const char *fmt, va_list ap)
{
	struct fu_buf	detail;
	struct fu_jw	jw;

	fu_buf_init(&detail);
	fu_buf_vprintf(&detail, fmt, ap);
	sink->rejected++;
	if (line == 0)
		fu_say(sink->opt, "%s: %s", source, detail.ptr);
	else
		fu_say(sink->opt, "%s:%llu: %s", source,
		    (unsigned long long)line, detail.ptr);
	if (sink->reject_fd != -1) {
		fu_jw_init(&jw, &sink->reject);
		fu_jw_object(&jw, NULL);
		fu_jw_str(&jw, "type", "reject");
		fu_jw_str(&jw, "source", source);
		fu_jw_int(&jw, "line", (int64_t)line);
		fu_jw_str(&jw, "reason", reason);
		fu_jw_span(&jw, "detail", fu_buf_view(&detail));
		fu_jw_span(&jw, "input", input);
		if (sink->reject_header != NULL)
			fu_jw_str(&jw, "header", sink->reject_header);
		if (sink->reject_header != NULL &&
		    sink->reject_delimiter != ',')
			fu_jw_span(&jw, "delimiter", (struct fu_str){
			    &sink->reject_delimiter, 1 });
		fu_jw_object_end(&jw);
		fu_buf_putc(&sink->reject, '\n');
	}
	fu_buf_free(&detail);
}

void
fu_reject(struct fu_sink *sink, const char *source, uint64_t line,
    const char *reason, struct fu_str input, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	reject(sink, source, line, reason, input, fmt, ap);
	va_end(ap);
}

void
fu_item_reject(struct fu_batch *batch, struct fu_item *item,
    const char *reason, const char *fmt, ...)
{
	va_list	ap;

	item->rejected = true;
	item->keep = false;
	va_start(ap, fmt);
	reject(batch->sink, item->source, item->line, reason, item->input, fmt,
	    ap);
	va_end(ap);
}
