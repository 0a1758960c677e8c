/*
 * What is not worth sending: phrases that say nothing ("just checking in"),
 * and what was said before.
 */
#ifndef FU_CONTENT_NOISE_H
#define FU_CONTENT_NOISE_H

#include "config/config.h"

/*
 * fu_noise_find(phrases, text):
 * The first phrase of the list that stands in ${text} as whole words, case,
 * width, apostrophes and blanks aside; NULL if there is none.
 */
const char *fu_noise_find(const struct fu_list *, const char *);

/* Do two texts say the same, links aside, in which each message's own token
 * stands? */
bool fu_same_text(const char *, const char *);

#endif
