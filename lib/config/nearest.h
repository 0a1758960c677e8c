/*
 * The word that somebody meant.
 */
#ifndef FU_CONFIG_NEAREST_H
#define FU_CONFIG_NEAREST_H

#include <stddef.h>

/* The best match so far; word NULL: none near enough. */
struct fu_nearest {
	const char	*wanted;
	const char	*word;
	size_t		 distance;
};

/*
 * fu_nearest_try(nearest, word):
 * Keep ${word} if it is nearer to what was wanted than any before it: by
 * insertions, deletions, changes and swapped neighbours, a third of the
 * length at most, without regard to case and to '-' against '_'.
 */
void fu_nearest_start(struct fu_nearest *, const char *);
void fu_nearest_try(struct fu_nearest *, const char *);

#endif
