/*
 * Any bytes of a mail as clean text.
 *
 * Pure.
 */
#ifndef FU_CONTENT_MAIL_CHARSET_H
#define FU_CONTENT_MAIL_CHARSET_H

#include "base/arena.h"

/*
 * fu_mail_utf8(bytes, charset, arena):
 * ${bytes} as UTF-8 with LF between lines and no control character but tab.
 * ${charset} may be NULL, wrong or unknown: what is no UTF-8 is then read as
 * windows-1252, and what nobody can read becomes a mark.
 */
const char *fu_mail_utf8(struct fu_str, const char *, struct fu_arena *);

#endif
