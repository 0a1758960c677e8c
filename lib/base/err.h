/*
 * Errors: what went wrong, where, and which exit status it deserves.
 *
 * A function that can fail returns int 0 or -1, or a pointer or NULL, and
 * fills in the caller's struct fu_err where the cause is known.  cmd/ shows
 * it once.  Nothing here writes to a stream.
 */
#ifndef FU_BASE_ERR_H
#define FU_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

/* The values are the exit statuses of sysexits(3). */
enum fu_errclass {
	FU_OK = 0,
	FU_NOTFOUND = 1,	/* ran, and found nothing */
	FU_EUSAGE = 64,		/* the command line */
	FU_EDATA = 65,		/* some input was rejected */
	FU_ENOINPUT = 66,	/* no such input or database */
	FU_EUNAVAILABLE = 69,	/* a service is unavailable */
	FU_ESOFTWARE = 70,	/* our own fault */
	FU_ECANTCREAT = 73,	/* cannot create a file */
	FU_EIO = 74,		/* reading or writing failed */
	FU_ETEMP = 75,		/* try again */
	FU_ECONFIG = 78		/* fu.yaml, a cadence, a message, rules */
};

struct fu_err {
	enum fu_errclass class;
	char		 msg[1024];	/* one line, no program name */
};

/*
 * fu_err_set(err, class, fmt, ...):
 * Fill in ${err} (which may be NULL) and return -1, so that a caller can
 * write `return (fu_err_set(...))`.  A message too long is cut at a UTF-8
 * boundary; control characters in it become '?'.
 */
int fu_err_set(struct fu_err *, enum fu_errclass, const char *, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * fu_err_sys(err, class, fmt, ...):
 * The same, with ": " and the text of errno behind.
 */
int fu_err_sys(struct fu_err *, enum fu_errclass, const char *, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * fu_err_prefix(err, fmt, ...):
 * Put text before a message that is there already: a file and line that only
 * the caller knows.  Return -1.
 */
int fu_err_prefix(struct fu_err *, const char *, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * fu_oom():
 * End the process: memory has run out.  The one exit inside the library: a
 * half-made record must never be written, and the database rolls back.
 */
_Noreturn void fu_oom(void);

/* fu_zeroed(n, size): room for ${n} of that size, and one more, all zero; to be
 * freed.  Never NULL: fu_oom(). */
void *fu_zeroed(size_t, size_t);

#endif
