/*
 * A mail as bytes: headers and parts by GMime, made so that the same mail
 * gives the same bytes.
 *
 * Knows no person and no template; what it is given is what goes out, or it
 * refuses.  [RFC 5322, 2045-2047, 2369, 8058]
 */
#ifndef FU_CONTENT_COMPOSE_H
#define FU_CONTENT_COMPOSE_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"
#include "content/address.h"

struct fu_mail_header {
	const char	*name, *value;
};

struct fu_mail {
	const char	*from_name;	/* or NULL */
	const char	*from_email;
	const char	*to_name;	/* or NULL */
	const char	*to_email;
	const char	*reply_to;	/* address, or NULL */
	const char	*subject;
	const char	*text;		/* plain text part, LF */
	const char	*html;		/* HTML part, or NULL: text/plain alone */
	const char	*message_id;	/* with brackets */
	const char	*in_reply_to;	/* with brackets, or NULL */
	const char	*references;	/* ids with blanks between, or NULL: in_reply_to */
	int64_t		 date_us;
	int		 date_offset_s;	/* seconds east, 0: +0000 */
	const char	*unsubscribe_url;	/* https: one-click too; or NULL */
	const char	*unsubscribe_mailto;	/* "unsub@example.com?subject=T", no scheme; or NULL */
	const char	*feedback_id;	/* or NULL */
	const char	*auto_submitted; /* "auto-generated", or NULL: left out */
	const struct fu_mail_header *extra;
	size_t		 nextra;
};

/*
 * fu_mail_compose(mail, arena, bytes, reason, err):
 * RFC 5322 bytes, CRLF, no line over 78 but for tokens that cannot be folded.
 * Return 0; or -1 with FU_EDATA and a code in ${reason}: "header_injection"
 * for a CR, LF or NUL in a value that goes into a header, "bad_address", or
 * "bad_header" for an extra header that is no header or is one of ours.
 */
int fu_mail_compose(const struct fu_mail *, struct fu_arena *, struct fu_str *,
    const char **, struct fu_err *);

/* No CR, LF or NUL, nor another control character but tab? */
bool fu_header_safe(struct fu_str);

/*
 * fu_mail_references(parent_references, parent_in_reply_to, parent_id, arena):
 * The References of an answer to that message [RFC 5322 3.6.4]; the first two
 * may be NULL.
 */
const char *fu_mail_references(const char *, const char *, const char *,
    struct fu_arena *);

#endif
