/*
 * Complaints that a mailbox provider passes on.  [RFC 5965, EM-19]
 *
 * Pure.
 */
#ifndef FU_CONTENT_MAIL_COMPLAINT_H
#define FU_CONTENT_MAIL_COMPLAINT_H

#include "content/mail_parse.h"

struct fu_complaint {
	const char	*type;		/* "abuse", "not-spam" … lower case */
	bool		 counts;	/* a person complained */
	const char	*email;		/* who; NULL where it is blacked out */
	struct fu_mail_fields fields;	/* of the report */
};

/*
 * fu_mail_complaint(letter, arena, complaint): is it one?
 */
bool fu_mail_complaint(const struct fu_letter *, struct fu_arena *,
    struct fu_complaint *);

#endif
