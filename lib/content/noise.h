/*
 * Phrases that say nothing ("just checking in"): are they in a text?
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

#endif
