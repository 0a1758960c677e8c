/*
 * Answers that a program gave: absences, people who are gone, receipts.
 *
 * Pure.  [RFC 3834, EM-14]
 */
#ifndef FU_CONTENT_MAIL_AUTO_H
#define FU_CONTENT_MAIL_AUTO_H

#include "content/mail_lists.h"
#include "content/mail_parse.h"

enum fu_auto {
	FU_AUTO_NO,		/* a person wrote it */
	FU_AUTO_AWAY, FU_AUTO_LEFT,
	FU_AUTO_RECEIPT		/* neither: "we have received your mail" */
};

struct fu_absence {
	enum fu_auto	 kind;
	bool		 dated;
	int32_t		 day;		/* day number of the date it gives */
	bool		 until;		/* away on that day too */
};

/*
 * fu_mail_auto(letter, said, lists, arena, absence):
 * Was it a program?  ${said} is the letter's new text.  A date is looked for
 * in it, and, where its subject tells of the absence, there.
 *
 * fu_mail_by_program(letter): do its headers say so, whatever stands in it?
 */
enum fu_auto fu_mail_auto(const struct fu_letter *, const char *,
    const struct fu_mail_lists *, struct fu_arena *, struct fu_absence *);
bool fu_mail_by_program(const struct fu_letter *);

#endif
