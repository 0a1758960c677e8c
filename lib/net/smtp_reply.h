/*
 * SMTP replies read: code, enhanced status, text, the relay's id.
 *
 * Pure.  For net/smtp.c and its test.  [RFC 5321 4.2, 2034]
 */
#ifndef FU_NET_SMTP_REPLY_H
#define FU_NET_SMTP_REPLY_H

#include "base/str.h"

struct fu_smtp_reply {
	int	 code;			/* 0: none yet */
	bool	 whole;			/* its last line has come */
	char	 text[512];		/* its lines, " / " between */
};

/*
 * fu_smtp_reply_line(reply, line):
 * Take one line in; the first one after a whole reply begins a new one.
 *
 * fu_smtp_reply_enhanced(reply, out): "5.1.1", or "".
 * fu_smtp_reply_id(reply, out, size): a Message-ID that the answer names, else
 * what stands behind "queued as" or "id=", else a last word that looks like an
 * id, as Amazon's relay gives it; or "".
 */
void fu_smtp_reply_line(struct fu_smtp_reply *, struct fu_str);
void fu_smtp_reply_enhanced(const struct fu_smtp_reply *, char[16]);
void fu_smtp_reply_id(const struct fu_smtp_reply *, char *, size_t);

#endif
