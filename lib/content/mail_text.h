/*
 * What somebody wrote in a mail, without what they answer to.
 *
 * Pure.  Quotations (marked, led into, or below a block of headers),
 * signatures behind "-- ", "Sent from my phone" and footers that no person
 * typed are cut; every other word stays, as it was written.
 */
#ifndef FU_CONTENT_MAIL_TEXT_H
#define FU_CONTENT_MAIL_TEXT_H

#include "content/mail_lists.h"
#include "content/mail_parse.h"

/* Of what was said, so much is read: a record has to fit into 1 MiB. */
#define FU_SAID_MAX	(128 * 1024)

/*
 * fu_mail_said(letter, lists, arena):
 * What was written newly.  The HTML part speaks where there is no plain one;
 * where both are there, it says which line ends are no more than folding.
 *
 * fu_mail_unquote(text, lists, arena): the same for a text alone.
 * fu_mail_unflow(text, delsp, arena): lines that flow, joined [RFC 3676].
 * fu_mail_unfold(text, arena): lines that were folded at a width, joined where
 * that can be told.
 */
const char *fu_mail_said(const struct fu_letter *,
    const struct fu_mail_lists *, struct fu_arena *);
const char *fu_mail_unquote(const char *, const struct fu_mail_lists *,
    struct fu_arena *);
const char *fu_mail_unflow(const char *, bool, struct fu_arena *);
const char *fu_mail_unfold(const char *, struct fu_arena *);

#endif
