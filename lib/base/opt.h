/*
 * The options and the environment that every program shares.
 */
#ifndef FU_BASE_OPT_H
#define FU_BASE_OPT_H

#include <getopt.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/err.h"

enum fu_when { FU_AUTO, FU_ALWAYS, FU_NO };

struct fu_opt {
	const char	*program;	/* "fu-score" */
	const char	*db;		/* -d, FU_DB, "./fu.db" */
	const char	*config;	/* -c, FU_CONFIG; NULL: look for it */
	const char	*rejects;	/* -r FILE, or NULL */
	bool		 dry;		/* -n */
	bool		 quiet;		/* -q */
	bool		 verbose;	/* -v */
	bool		 table;		/* -t */
	enum fu_when	 progress;	/* --progress */
	struct fu_clock	 clock;		/* --at, FU_NOW */
};

/* The shared short options, to be put before a program's own. */
#define FU_OPT_SHORT "d:c:nqvtr:hV"
/* The shared long ones; values above 255 are taken from here. */
enum { FU_OPT_AT = 1000, FU_OPT_PROGRESS };
#define FU_OPT_LONG \
	{ "at", required_argument, NULL, FU_OPT_AT }, \
	{ "progress", required_argument, NULL, FU_OPT_PROGRESS }, \
	{ "help", no_argument, NULL, 'h' }, \
	{ "version", no_argument, NULL, 'V' }, \
	{ "db", required_argument, NULL, 'd' }, \
	{ "config", required_argument, NULL, 'c' }, \
	{ "dry-run", no_argument, NULL, 'n' }, \
	{ "quiet", no_argument, NULL, 'q' }, \
	{ "verbose", no_argument, NULL, 'v' }, \
	{ "table", no_argument, NULL, 't' }, \
	{ "rejects", required_argument, NULL, 'r' }

/*
 * fu_opt_init(opt, program): defaults and environment.  A bad FU_NOW is an
 * error like a bad --at.
 * fu_opt_take(opt, c, optarg, help, err): take one option that getopt_long
 * gave.  Return 1 when it was a shared one, 0 when it is the program's own,
 * -1 on a bad value, 2 when -h or -V has printed and the program should end
 * with exit status 0.
 */
int fu_opt_init(struct fu_opt *, const char *, struct fu_err *);
int fu_opt_take(struct fu_opt *, int, const char *, const char *,
    struct fu_err *);

/*
 * fu_opt_usage(opt, fmt, ...):
 * One line on standard error and "try fu-x --help"; returns 64.  ${fmt} is
 * NULL when getopt_long(3) has said which option it does not know.
 */
int fu_opt_usage(const struct fu_opt *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * fu_say(opt, fmt, ...): one diagnostic line, "fu-x: text", on standard error.
 * fu_note(...): the same, unless -q.   fu_debug(...): only with -v.
 */
void fu_say(const struct fu_opt *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
void fu_note(const struct fu_opt *, const char *, ...)
    __attribute__((format(printf, 2, 3)));
void fu_debug(const struct fu_opt *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

#endif
