/*
 * What a mail that came in is, and what it says.  [EM-13]
 *
 * Pure over one message's bytes, lists and keys.
 */
#ifndef FU_CONTENT_MAIL_KIND_H
#define FU_CONTENT_MAIL_KIND_H

#include "content/mail_auto.h"
#include "content/mail_calendar.h"
#include "content/mail_complaint.h"
#include "content/mail_match.h"
#include "content/mail_report.h"
#include "policy/signal.h"

enum fu_mail_kind {
	FU_M_REPORT, FU_M_COMPLAINT, FU_M_CALENDAR, FU_M_AUTO,
	FU_M_UNSUBSCRIBE, FU_M_OBJECTION, FU_M_ERASURE, FU_M_REPLY,
	FU_MAIL_KIND_N
};

struct fu_inbound {
	struct fu_letter	 letter;
	enum fu_mail_kind	 kind;
	const char		*text;		/* what was written newly */
	struct fu_report	 report;	/* of FU_M_REPORT */
	struct fu_complaint	 complaint;	/* of FU_M_COMPLAINT */
	struct fu_calendar	 calendar;	/* of FU_M_CALENDAR */
	struct fu_absence	 absence;	/* of FU_M_AUTO */
	bool			 erases;	/* asked for beside the kind */
	bool			 tokened;	/* its subject has a token */
	struct fu_token		 token;
	struct fu_match		 match;
};

struct fu_mail_reader {
	const struct fu_mail_lists	*lists;
	const struct fu_detector	*detector;
	const struct fu_keys		*keys;	/* n 0: nothing is matched */
};

/*
 * fu_inbound_read(reader, bytes, arena, in, err):
 * Return 0, or -1 with FU_EDATA for what is no mail.
 */
int fu_inbound_read(const struct fu_mail_reader *, struct fu_str,
    struct fu_arena *, struct fu_inbound *, struct fu_err *);

#endif
