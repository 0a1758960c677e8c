/*
 * Inbound mail to event records: what fu-reply does with each message, and
 * where it finds them.
 *
 * Opens no database, and changes nothing of what it reads: no file is moved,
 * flagged or deleted.
 */
#ifndef FU_FLOW_REPLY_H
#define FU_FLOW_REPLY_H

#include "content/mail_kind.h"
#include "flow/session.h"

/* Of a longer message the rest is not read: attachments come last. */
#define FU_MAIL_BYTES_MAX	(64 * 1024 * 1024)

struct fu_reply {
	struct fu_session	*session;
	struct fu_arena		 arena;		/* for the run */
	struct fu_arena		 scratch;	/* for a message */
	struct fu_mail_lists	*lists;
	struct fu_detector	*detector;
	struct fu_mail_reader	 reader;
	struct fu_inbound	*in;		/* the message at hand */
	struct fu_buf		 out;
	bool			 truncated;	/* it is longer than what is read */
	int64_t			 since_us;	/* older files are passed over;
						 * FU_NEVER: none are */
	uint64_t		 kinds[FU_MAIL_KIND_N];
	uint64_t		 messages, ours, own, skipped;
};

/*
 * fu_reply_open(reply, session, err): compile the lists of rules/; a fu.key
 * that is not there is told once, and nothing is matched.
 *
 * fu_reply_message(reply, source, line, bytes, err):
 * Write the records of one message to ${reply->out}, or reject it.  -1 only
 * when writing failed.
 *
 * fu_reply_flush(reply, err): hand on what is written.
 */
int fu_reply_open(struct fu_reply *, struct fu_session *, struct fu_err *);
void fu_reply_close(struct fu_reply *);
int fu_reply_message(struct fu_reply *, const char *, uint64_t, struct fu_str,
    struct fu_err *);
int fu_reply_flush(struct fu_reply *, struct fu_err *);

/*
 * fu_reply_path(reply, path, err):
 * Read a Maildir (new/, then cur/), a folder of messages, or a file, which is
 * one message or an mbox.  -1 with FU_ENOINPUT when it is not there.
 *
 * fu_reply_fd(reply, fd, name, err): the same of what is open already.
 */
int fu_reply_path(struct fu_reply *, const char *, struct fu_err *);
int fu_reply_fd(struct fu_reply *, int, const char *, struct fu_err *);

/* One line: how many messages, and what they were. */
void fu_reply_summary(const struct fu_reply *);

#endif
