/*
 * Fills in struct fu_err.
 *
 * Must never write to a stream or end the process, but for fu_oom(), and must
 * never leave a byte in a message that a terminal could take for a command.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/str.h"

/* Cut at a whole sequence, and make it harmless. */
static void
settle(struct fu_err *err, const char *text)
{
	size_t	len;

	len = strlen(text);
	if (len >= sizeof(err->msg))
		len = fu_utf8_cut(text, sizeof(err->msg) - 1);
	memcpy(err->msg, text, len);
	err->msg[len] = '\0';
	fu_printable(err->msg);
}

int
fu_err_set(struct fu_err *err, enum fu_errclass class, const char *fmt, ...)
{
	char	text[2 * sizeof(err->msg)];
	va_list	ap;

	if (err == NULL)
		return (-1);
	/* Aside first: an argument may be the old message. */
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	err->class = class;
	settle(err, text);
	return (-1);
}

int
fu_err_sys(struct fu_err *err, enum fu_errclass class, const char *fmt, ...)
{
	char		 text[2 * sizeof(err->msg)];
	const char	*why;
	va_list		 ap;
	size_t		 len, room;
	int		 saved;

	saved = errno;
	if (err == NULL)
		return (-1);
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* Not strerror(): that speaks the language of the locale. */
	why = strerrordesc_np(saved);
	if (why == NULL)
		why = "unknown error";
	len = strlen(text);
	room = sizeof(err->msg) - strlen(why) - 3;
	if (len > room)
		len = fu_utf8_cut(text, room);
	snprintf(text + len, sizeof(text) - len, ": %s", why);
	err->class = class;
	settle(err, text);
	errno = saved;
	return (-1);
}

int
fu_err_prefix(struct fu_err *err, const char *fmt, ...)
{
	char	text[3 * sizeof(err->msg)];
	va_list	ap;
	size_t	len;

	if (err == NULL)
		return (-1);
	va_start(ap, fmt);
	vsnprintf(text, 2 * sizeof(err->msg), fmt, ap);
	va_end(ap);
	len = strlen(text);
	snprintf(text + len, sizeof(text) - len, "%s", err->msg);
	settle(err, text);
	return (-1);
}

void
fu_oom(void)
{
	static const char	text[] = "fu: out of memory\n";

	/* Nothing that allocates, and no exit handlers: they may allocate. */
	if (write(STDERR_FILENO, text, sizeof(text) - 1) == -1)
		_exit(FU_ETEMP);
	_exit(FU_ETEMP);
}

void *
fu_zeroed(size_t n, size_t size)
{
	void	*p = calloc(n + 1, size);

	if (p == NULL)
		fu_oom();
	return (p);
}
