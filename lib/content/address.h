/*
 * A mail address as it goes on the wire.
 *
 * Makes no address valid that is not; looks nothing up.
 */
#ifndef FU_CONTENT_ADDRESS_H
#define FU_CONTENT_ADDRESS_H

#include "base/arena.h"
#include "base/err.h"

/*
 * fu_mail_address(address, arena, smtputf8, err):
 * ${address} as it goes on the wire: the domain as A-labels, in lower case;
 * the local part as it is.  ${smtputf8} says whether that needs SMTPUTF8
 * (non-ASCII local part).  NULL with FU_EDATA for what is no addr-spec, has
 * blanks or control characters, begins with '-', or is over the limits of
 * RFC 5321 4.5.3.1.
 */
const char *fu_mail_address(const char *, struct fu_arena *, bool *,
    struct fu_err *);

#endif
