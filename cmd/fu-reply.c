/*
 * fu-reply: inbound mail to event records for fu-ingest: replies, bounces,
 * complaints, absences, opt-outs.  Knows no database.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/sig.h"
#include "flow/reply.h"

static const char help[] =
    "usage: fu-reply [-qv] [-c file] [-d db] [-r file] [--newer duration]\n"
    "                [--at time] [maildir | folder | file ...]\n"
    "  fu-reply ~/Maildir | fu-ingest\n"
    "  fu-reply --newer 3d ~/Maildir ~/Maildir/.Sent | fu-ingest\n"
    "  fu-reply <message.eml\n"
    "Reads mail, and writes an event for each: reply, message (of our own\n"
    "people), auto_reply, bounce, complaint, unsubscribe, objection,\n"
    "erasure_request, meeting.  A Maildir's new/ and cur/ are read; nothing\n"
    "is moved, flagged or deleted.  Without operands standard input is read:\n"
    "one message, or an mbox.\n"
    "      --newer DURATION  only files of the last 3d, 12h …\n"
    "      --at TIME  the clock of this run\n"
    "  -r, --rejects FILE  what is no mail goes there\n"
    "  -c, --config FILE  senders and rules    -d, --db DB  not asked here\n"
    "  -q, --quiet    -v, --verbose    -h, --help    -V, --version\n";

enum { OPT_NEWER = 1 };

/* No database, no table, nothing to leave undone: those are not taken. */
static const struct option options[] = {
	{ "at", required_argument, NULL, FU_OPT_AT },
	{ "config", required_argument, NULL, 'c' },
	{ "db", required_argument, NULL, 'd' },
	{ "help", no_argument, NULL, 'h' },
	{ "newer", required_argument, NULL, OPT_NEWER },
	{ "quiet", no_argument, NULL, 'q' },
	{ "rejects", required_argument, NULL, 'r' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ NULL, 0, NULL, 0 }
};

/* 0; 64 that has been said; or -1: help was printed. */
static int
parse(struct fu_opt *opt, int argc, char **argv, int64_t *newer_us)
{
	struct fu_err	 err;
	int		 c, rc;

	if (fu_opt_init(opt, "fu-reply", &err) == -1)
		return (fu_opt_usage(opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, "c:d:hqr:vV", options,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(opt, NULL));
		if (c == OPT_NEWER) {
			if (fu_duration_parse(fu_str_of(optarg), newer_us,
			    &err) == -1)
				return (fu_opt_usage(opt, "--newer %s: %s",
				    optarg, err.msg));
			continue;
		}
		rc = fu_opt_take(opt, c, optarg, help, &err);
		if (rc == -1)
			return (fu_opt_usage(opt, "%s", err.msg));
		if (rc == 2)
			return (-1);
	}
	return (0);
}

/* Each operand; one that is not there stops no other. */
static int
read_all(struct fu_reply *r, char **path, int n, int *missing,
    struct fu_err *err)
{
	int	 rc = 0;

	if (n == 0)
		rc = fu_reply_fd(r, STDIN_FILENO, "stdin", err);
	for (int i = 0; rc == 0 && i < n && !fu_sig_stopping() &&
	    !r->session->sink.lost; i++) {
		rc = strcmp(path[i], "-") == 0 ? fu_reply_fd(r, STDIN_FILENO,
		    "stdin", err) : fu_reply_path(r, path[i], err);
		if (rc == -1 && err->class == FU_ENOINPUT) {
			fu_say(r->session->opt, "%s", err->msg);
			++*missing;
			rc = 0;
		}
	}
	return (rc == 0 ? fu_reply_flush(r, err) : rc);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_session	 session;
	struct fu_reply		 reply;
	struct fu_err		 err;
	int64_t			 newer_us = 0;
	int			 rc, missing = 0;

	if ((rc = parse(&opt, argc, argv, &newer_us)) != 0)
		return (rc == -1 ? 0 : rc);
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES, &err);
	if (rc == 0) {
		rc = fu_reply_open(&reply, &session, &err);
		if (newer_us > 0)
			reply.since_us = fu_session_now(&session) - newer_us;
		if (rc == 0)
			rc = read_all(&reply, argv + optind, argc - optind,
			    &missing, &err);
		if (rc == 0 && missing > 0)
			rc = FU_ENOINPUT;
		if (reply.messages > 0)
			fu_reply_summary(&reply);
		fu_reply_close(&reply);
	}
	return (fu_session_close(&session, rc, &err));
}
