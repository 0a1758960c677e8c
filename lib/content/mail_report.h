/*
 * Delivery reports: whose mail did not arrive, and why.
 *
 * Pure.  Reads RFC 3464's and the plain texts of mail servers that know
 * none.  [EM-15, EM-16]
 */
#ifndef FU_CONTENT_MAIL_REPORT_H
#define FU_CONTENT_MAIL_REPORT_H

#include "content/mail_lists.h"
#include "content/mail_parse.h"

#define FU_REPORT_MAX	100	/* recipients of one report */

struct fu_failed {
	const char	*email;		/* NULL: the report does not say */
	const char	*status;	/* "5.1.1": as reported, or what the words
					 * mean where they say more; or NULL */
	const char	*reported;	/* the status as reported, or NULL */
	int		 code;		/* of the SMTP reply; 0 none */
	const char	*reason;	/* "unknown_user", "mailbox_full" … */
	bool		 hard;		/* the address, or its domain, is none */
	bool		 delayed;	/* they still try */
	const char	*said;		/* what the server said, or NULL */
};

struct fu_report {
	struct fu_failed	 failed[FU_REPORT_MAX];
	size_t			 n;
	const char		*original_id;	/* Message-ID of what was sent */
	const char		*original_from;	/* its Return-Path, or NULL */
};

/*
 * fu_mail_report(letter, lists, arena, report):
 * Is it a delivery report?  Then fill in ${report}: one entry for each
 * recipient that was not reached, or not yet; none of what was delivered.
 *
 * fu_report_judge(failed, diagnostic, text, lists, arena):
 * ${failed} has status and code as reported, where they were: what do they
 * and the words mean?  ${diagnostic} is of this recipient, ${text} of the
 * report as a whole; both folded, either may be "".
 *
 * fu_status_find(text, arena): "5.1.1" in a text, or NULL; the last that says
 * more than "5.0.0" or "5.1.0", where there are several: a relay tells its own
 * first.
 * fu_code_find(text): 550 in a text, or 0.
 */
bool fu_mail_report(const struct fu_letter *, const struct fu_mail_lists *,
    struct fu_arena *, struct fu_report *);
void fu_report_judge(struct fu_failed *, const char *, const char *,
    const struct fu_mail_lists *, struct fu_arena *);
const char *fu_status_find(const char *, struct fu_arena *);
int fu_code_find(const char *);

#endif
