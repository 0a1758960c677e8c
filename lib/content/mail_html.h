/*
 * HTML of a mail as plain text, with what is quoted marked as such.
 *
 * Pure.  Bounded in depth and size; broken HTML gives some text, never an
 * error.
 */
#ifndef FU_CONTENT_MAIL_HTML_H
#define FU_CONTENT_MAIL_HTML_H

#include "content/mail_lists.h"

/* Marks that a line of the text can begin with, beside "> " of a blockquote;
 * no mail has them of its own, being control characters. */
#define FU_MARK_QUOTED	'\001'	/* this line lies in a quotation */
#define FU_MARK_AFTER	'\002'	/* from here on all is quoted */
#define FU_MARK_LEAD	'\003'	/* leads into a quotation: "Ann wrote:" */
#define FU_MARK_SIGN	'\004'	/* of the signature */

/*
 * fu_mail_html_text(html, lists, arena): the text, LF between lines.
 */
const char *fu_mail_html_text(const char *, const struct fu_mail_lists *,
    struct fu_arena *);

#endif
