/*
 * The shared options, and diagnostics on standard error.
 *
 * Must never write to standard error in pieces: programs of a pipeline share
 * it, and their lines must not mix.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/opt.h"
#include "base/str.h"

static const char *
env(const char *name)
{
	const char	*value;

	value = getenv(name);
	return (value == NULL || *value == '\0' ? NULL : value);
}

/* A clock given by ${name}, which is an option or a variable. */
static int
set_clock(struct fu_opt *opt, const char *name, const char *text,
    struct fu_err *err)
{
	if (fu_time_parse(fu_str_of(text), &opt->clock.at_us, err) == 0)
		return (0);
	if (err != NULL)
		err->class = FU_EUSAGE;
	return (fu_err_prefix(err, "%s: ", name));
}

int
fu_opt_init(struct fu_opt *opt, const char *program, struct fu_err *err)
{
	const char	*now;

	memset(opt, 0, sizeof(*opt));
	opt->program = program;
	opt->db = env("FU_DB");
	if (opt->db == NULL)
		opt->db = "./fu.db";
	opt->config = env("FU_CONFIG");
	opt->progress = FU_AUTO;
	opt->clock.at_us = FU_NEVER;
	if ((now = env("FU_NOW")) != NULL)
		return (set_clock(opt, "FU_NOW", now, err));
	return (0);
}

static int
set_progress(struct fu_opt *opt, const char *text, struct fu_err *err)
{
	if (strcmp(text, "auto") == 0)
		opt->progress = FU_AUTO;
	else if (strcmp(text, "always") == 0)
		opt->progress = FU_ALWAYS;
	else if (strcmp(text, "never") == 0)
		opt->progress = FU_NO;
	else
		return (fu_err_set(err, FU_EUSAGE,
		    "--progress: \"%s\" is not auto, always or never", text));
	return (0);
}

/* An empty file name is a variable that was not set. */
static int
set_path(const char **path, int c, const char *text, struct fu_err *err)
{
	if (*text == '\0')
		return (fu_err_set(err, FU_EUSAGE, "-%c: empty file name", c));
	*path = text;
	return (0);
}

/* For -h and -V, which must not end with 0 when nobody could read them. */
static int
print(const char *text, struct fu_err *err)
{
	if (fputs(text, stdout) == EOF || fflush(stdout) == EOF)
		return (fu_err_sys(err, FU_EIO, "standard output"));
	return (2);
}

int
fu_opt_take(struct fu_opt *opt, int c, const char *arg, const char *help,
    struct fu_err *err)
{
	char	version[128];

	switch (c) {
	case 'd':
		return (set_path(&opt->db, c, arg, err) == -1 ? -1 : 1);
	case 'c':
		return (set_path(&opt->config, c, arg, err) == -1 ? -1 : 1);
	case 'r':
		return (set_path(&opt->rejects, c, arg, err) == -1 ? -1 : 1);
	case 'n':
		opt->dry = true;
		return (1);
	case 'q':
		opt->quiet = true;
		return (1);
	case 'v':
		opt->verbose = true;
		return (1);
	case 't':
		opt->table = true;
		return (1);
	case FU_OPT_AT:
		return (set_clock(opt, "--at", arg, err) == -1 ? -1 : 1);
	case FU_OPT_PROGRESS:
		return (set_progress(opt, arg, err) == -1 ? -1 : 1);
	case 'h':
		return (print(help, err));
	case 'V':
		snprintf(version, sizeof(version), "%s (fu) %s\n", opt->program,
		    FU_VERSION);
		return (print(version, err));
	}
	return (0);
}

static void
say(const struct fu_opt *opt, const char *fmt, va_list ap)
{
	struct fu_buf	 buf;
	const char	*term;
	size_t		 at;
	ssize_t		 n;

	fu_buf_init(&buf);
	fu_buf_printf(&buf, "%s: ", opt->program);
	fu_buf_vprintf(&buf, fmt, ap);
	fu_printable(buf.ptr);
	buf.len = strlen(buf.ptr);
	fu_buf_putc(&buf, '\n');
	/* A progress line, ours or a neighbour's, makes way. */
	term = env("TERM");
	if (opt->progress != FU_NO && term != NULL &&
	    strcmp(term, "dumb") != 0 && isatty(STDERR_FILENO)) {
		struct fu_buf	line = buf;

		fu_buf_init(&buf);
		fu_buf_puts(&buf, "\r\033[K");
		fu_buf_str(&buf, fu_buf_view(&line));
		fu_buf_free(&line);
	}
	for (at = 0; at < buf.len; at += (size_t)n) {
		n = write(STDERR_FILENO, buf.ptr + at, buf.len - at);
		if (n == -1 && errno == EINTR)
			n = 0;
		else if (n == -1)
			break;	/* nowhere is left to say it */
	}
	fu_buf_free(&buf);
}

int
fu_opt_usage(const struct fu_opt *opt, const char *fmt, ...)
{
	va_list	ap;

	if (fmt != NULL) {
		va_start(ap, fmt);
		say(opt, fmt, ap);
		va_end(ap);
	}
	fu_say(opt, "try %s --help", opt->program);
	return (FU_EUSAGE);
}

void
fu_say(const struct fu_opt *opt, const char *fmt, ...)
{
	va_list	ap;

	va_start(ap, fmt);
	say(opt, fmt, ap);
	va_end(ap);
}

void
fu_note(const struct fu_opt *opt, const char *fmt, ...)
{
	va_list	ap;

	if (opt->quiet)
		return;
	va_start(ap, fmt);
	say(opt, fmt, ap);
	va_end(ap);
}

void
fu_debug(const struct fu_opt *opt, const char *fmt, ...)
{
	va_list	ap;

	if (!opt->verbose)
		return;
	va_start(ap, fmt);
	say(opt, fmt, ap);
	va_end(ap);
}
