/*
 * Line breaks that are there only after decoding.
 */
#ifndef FU_RECORD_ENCODED_BREAK_H
#define FU_RECORD_ENCODED_BREAK_H

#include <stdbool.h>

#include "base/str.h"

/*
 * fu_encoded_break(text): is there a CR, LF or NUL in it as a URL or a page
 * writes one, "%0d" or "&#10;", be that encoded once more itself, "%250D",
 * "&amp;#xA;"?  Whoever decodes it would end a mail's header there [EM-09].
 */
bool fu_encoded_break(struct fu_str);

#endif
