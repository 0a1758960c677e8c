/*
 * The web server: a site's widget, its visits, links of messages, webhooks of
 * services, and a rep's page.
 *
 * Three threads.  One speaks HTTP and touches no database; one, the desk, has
 * the session's store to itself and does what requests ask, in groups that
 * share a commit; the one that called waits for a signal, looks after slow
 * connections, the log and the child.
 */
#ifndef FU_WEB_WEB_H
#define FU_WEB_WEB_H

#include "flow/session.h"

struct fu_web_opt {
	const char	*listen;	/* NULL: web.listen */
	const char	*user;		/* NULL: web.user */
	const char	*site;		/* a directory to serve as well, or NULL */
	bool		 wake;		/* run fu-due | fu-send for what is due */
};

/*
 * fu_web_run(session, clock, options, err):
 * Serve until SIGINT or SIGTERM, then answer what was begun and return 0.
 * ${session} must be open with FU_S_CONFIG, FU_S_RULES, FU_S_KEYS and
 * FU_S_WRITE, and ${clock} be its own.  Says on standard error where it listens
 * once it does; the access log, a line of JSON a request, goes to the session's
 * standard output.  -1: nothing was served, or the store failed for good.
 */
int fu_web_run(struct fu_session *, struct fu_clock *,
    const struct fu_web_opt *, struct fu_err *);

#endif
