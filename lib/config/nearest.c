/*
 * Edit distance for the "did you mean" of a fault.  Knows no word itself.
 */
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "config/nearest.h"

#define WORD_MAX 40	/* no key of ours is longer */

static char
plain(char c)
{
	return (c == '-' ? '_' : (char)tolower((unsigned char)c));
}

static size_t
min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return (m < c ? m : c);
}

/* Optimal string alignment: a swap of neighbours counts as one. */
static size_t
distance(const char *a, const char *b)
{
	size_t d[WORD_MAX + 1][WORD_MAX + 1];
	size_t na = strlen(a), nb = strlen(b), i, j;

	if (na > WORD_MAX || nb > WORD_MAX)
		return (SIZE_MAX);
	for (i = 0; i <= na; i++)
		d[i][0] = i;
	for (j = 0; j <= nb; j++)
		d[0][j] = j;
	for (i = 1; i <= na; i++)
		for (j = 1; j <= nb; j++) {
			char ca = plain(a[i - 1]), cb = plain(b[j - 1]);

			d[i][j] = min3(d[i - 1][j] + 1, d[i][j - 1] + 1,
			    d[i - 1][j - 1] + (ca != cb));
			if (i > 1 && j > 1 && ca == plain(b[j - 2]) &&
			    plain(a[i - 2]) == cb &&
			    d[i - 2][j - 2] + 1 < d[i][j])
				d[i][j] = d[i - 2][j - 2] + 1;
		}
	return (d[na][nb]);
}

void
fu_nearest_start(struct fu_nearest *n, const char *wanted)
{
	n->wanted = wanted;
	n->word = NULL;
	n->distance = SIZE_MAX;
}

void
fu_nearest_try(struct fu_nearest *n, const char *word)
{
	size_t d = distance(n->wanted, word), allowed = strlen(n->wanted) / 3;

	if (allowed < 1)
		allowed = 1;
	if (d < n->distance && d <= allowed) {
		n->distance = d;
		n->word = word;
	}
}
