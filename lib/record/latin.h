/*
 * Windows-1252, which is what a file that is not UTF-8 mostly is.
 */
#ifndef FU_RECORD_LATIN_H
#define FU_RECORD_LATIN_H

#include "base/str.h"

/*
 * fu_latin_decode(text, out):
 * Append ${text}, read as Windows-1252, to ${out} as UTF-8.  Return how many
 * bytes have no meaning there (0x81, 0x8d, 0x8f, 0x90, 0x9d and NUL); they
 * become U+FFFD.
 */
size_t fu_latin_decode(struct fu_str, struct fu_buf *);

/* Only bytes below 128, and none of them NUL? */
bool fu_ascii(const char *, size_t);

#endif
