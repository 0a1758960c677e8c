/*
 * The stop words and weak words of each tongue, between content/terms*.c alone.
 */
#ifndef FU_CONTENT_TERMS_STOP_H
#define FU_CONTENT_TERMS_STOP_H

#include "content/terms.h"

/* In lower case, with blanks between. */
extern const char *const fu_stop_words[FU_TONGUE_NONE];
extern const char *const fu_weak_words[FU_TONGUE_NONE];

#endif
