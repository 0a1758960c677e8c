/*
 * What one part of a mail says, decoded.
 */
#ifndef FU_CONTENT_MAIL_PART_H
#define FU_CONTENT_MAIL_PART_H

#include <gmime/gmime.h>

#include "base/arena.h"

/*
 * fu_mail_part_text(part, max, arena):
 * The part's bytes, decoded, as text; ${max} of them at most.  Where base64 is
 * broken, the lines of it that are whole; where only the name says base64, the
 * words that stand there; "" where neither gives a text.
 */
const char *fu_mail_part_text(GMimePart *, size_t, struct fu_arena *);

#endif
