/*
 * Subjects that claim what is not so.
 */
#ifndef FU_CONTENT_SUBJECT_H
#define FU_CONTENT_SUBJECT_H

#include <stdbool.h>

/*
 * fu_subject_answers(subject):
 * Does it begin as an answer's or a forward's does: Re:, RE[2]:, "Re :",
 * [EXT] Re:, Fwd:, AW:, full-width letters too?  [CS-07, RFC 5322 3.6.5]
 */
bool fu_subject_answers(const char *);

#endif
