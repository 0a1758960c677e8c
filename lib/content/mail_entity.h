/*
 * Character references of HTML: "&eacute;", "&#233;", "&#xe9;".
 */
#ifndef FU_CONTENT_MAIL_ENTITY_H
#define FU_CONTENT_MAIL_ENTITY_H

#include "base/str.h"

/*
 * fu_mail_entity(s, end, room):
 * ${*s} points at '&', ${end} behind the text.  Write the UTF-8 of what it
 * stands for, no-break space as a blank, to ${room}, of 8 bytes; move ${*s}
 * behind it and return the length.  What is no reference is an '&'.
 */
size_t fu_mail_entity(const char **, const char *, char[8]);

#endif
