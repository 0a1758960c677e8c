/*
 * Mail addresses: from a cell to one that may be written to, and its keys.
 *
 * Pure: asks no server whether the address exists.  Never changes the local
 * part, which is the receiving host's own business [RFC 5321 2.4].
 */
#ifndef FU_RECORD_EMAIL_H
#define FU_RECORD_EMAIL_H

#include "base/arena.h"
#include "base/err.h"

#define FU_EMAIL_LOCAL_MAX	64	/* octets, RFC 5321 4.5.3.1.1 */
#define FU_EMAIL_DOMAIN_MAX	255	/* 4.5.3.1.2 */
#define FU_EMAIL_MAX		254	/* path of 256 less its brackets */

/*
 * fu_email_parse(text, arena, email, err):
 * One address out of ${text}: "a@b.example", "Ann <a@b.example>",
 * "mailto:a@b.example?subject=x", with blanks, a spreadsheet's leading ' or a
 * trailing dot or comma.  The domain comes out in lower case and as A-labels
 * [RFC 5891], the local part as it was, in NFC.  Return 0 and an address in
 * the arena, or -1 with ${err} filled in: FU_EDATA, `bad email "x@": no
 * domain`.  A domain without a dot, an address literal, and any control
 * character are errors.
 */
int fu_email_parse(struct fu_str, struct fu_arena *, const char **,
    struct fu_err *);

/*
 * fu_email_cell(cell, arena, list, n, err):
 * All addresses of a cell, separated by ',', ';' or blanks, in order and each
 * once (by key).  Return the number of pieces that are no address; ${err} is
 * then filled in for the first of them.
 */
size_t fu_email_cell(struct fu_str, struct fu_arena *, const char ***, size_t *,
    struct fu_err *);

/*
 * fu_email_key(arena, email): what two spellings of one mailbox have in
 * common: NFC and lower case throughout.
 * fu_email_suppress_key(arena, email): the same without the +tag, so that an
 * opt-out of either blocks the other; dots stay.  A local part that is all
 * tag keeps it.
 * ${email} must be a result of fu_email_parse().
 */
const char *fu_email_key(struct fu_arena *, const char *);
const char *fu_email_suppress_key(struct fu_arena *, const char *);

/* What is behind the last '@'; "" where there is none. */
const char *fu_email_domain(const char *);

/*
 * fu_domain_parse(text, arena, err):
 * A domain or the host of a URL, in lower case and A-labels, without "www.";
 * NULL with ${err} filled in if it is none.
 */
const char *fu_domain_parse(struct fu_str, struct fu_arena *, struct fu_err *);

#endif
