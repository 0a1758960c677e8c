/*
 * Calendar answers: an invitation taken, declined, moved.  [RFC 5545, 5546]
 *
 * Pure, but for the system's time zones.
 */
#ifndef FU_CONTENT_MAIL_CALENDAR_H
#define FU_CONTENT_MAIL_CALENDAR_H

#include "content/mail_parse.h"

struct fu_calendar {
	const char	*status;	/* "booked", "moved", "cancelled" */
	int64_t		 starts_us;	/* FU_NEVER: none, or in a zone that
					 * nobody knows */
	const char	*summary;	/* or NULL */
	bool		 answers;	/* an invitation, rather than being one */
	const char	*perhaps;	/* "Tentative": what it says where it is
					 * none of those; or NULL */
};

/*
 * fu_mail_calendar(letter, arena, calendar):
 * Does the letter carry one?  A "perhaps" is none: a person is to read it, who
 * finds it in ${calendar} too.
 */
bool fu_mail_calendar(const struct fu_letter *, struct fu_arena *,
    struct fu_calendar *);

#endif
