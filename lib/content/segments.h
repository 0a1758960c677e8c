/*
 * How many texts a telephone network makes of one SMS.
 */
#ifndef FU_CONTENT_SEGMENTS_H
#define FU_CONTENT_SEGMENTS_H

#include "base/arena.h"

/*
 * fu_sms_segments(text):
 * 1 up to 160 septets of the GSM alphabet, or up to 70 UTF-16 units when a
 * character is not in it; a longer text is cut into pieces of 153 or 67, and
 * no character is cut in two.  0 for an empty one.  [3GPP TS 23.038, 23.040]
 */
int fu_sms_segments(const char *);

/*
 * fu_sms_plain(text, arena):
 * With straight quotes, plain dashes, three dots and ordinary blanks in place
 * of the typographer's, which are not in the GSM alphabet; nothing else
 * changes.
 */
const char *fu_sms_plain(const char *, struct fu_arena *);

#endif
