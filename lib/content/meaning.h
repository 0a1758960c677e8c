/*
 * Meaning: vectors of passages, learned from how the terms of a collection
 * occur together (latent semantic analysis).
 *
 * Pure.  The same passages give the same vectors: the start is a fixed
 * sequence, and everything runs in one thread in one order.
 */
#ifndef FU_CONTENT_MEANING_H
#define FU_CONTENT_MEANING_H

#include <stdint.h>

#include "base/err.h"

#define FU_RANK_MAX	100	/* dimensions; more says no more of a collection
				 * of some thousands */
#define FU_RANK_LEAST	8	/* fewer tell nothing apart */

/* A sparse matrix by rows: row i has the members start[i] to start[i + 1]. */
struct fu_sparse {
	size_t		 rows, cols;
	const size_t	*start;
	const uint32_t	*col;
	const float	*value;
};

/*
 * fu_meaning_rank(passages): how many dimensions that many passages carry; 0
 * where they are too few to learn from.
 *
 * fu_meaning_learn(matrix, rank, basis, found, stop, err):
 * Find the ${rank} directions along which the rows differ most (a truncated
 * singular value decomposition, by subspace iteration): ${basis} has
 * matrix->cols rows of ${rank} floats; ${found} becomes how many of the
 * directions there are, the rest is zero; none when ${stop}, which is
 * asked now and then and may be NULL, says so.  -1 when LAPACK fails.
 */
size_t fu_meaning_rank(size_t);
int fu_meaning_learn(const struct fu_sparse *, size_t, float *, size_t *,
    bool (*)(void), struct fu_err *);

/* The weight of a term that occurs so often in a passage or a query. */
float fu_meaning_weight(double);
/* Of a term in a collection: passages, and those that have it. */
float fu_meaning_rarity(size_t, size_t);

/*
 * fu_vector_add(sum, vector, weight, rank): sum += weight * vector.
 * fu_vector_dot(a, b, rank); fu_vector_length(a, rank).
 * fu_vector_shrink(a, rank, length): make it one of length 1, or less the
 * shorter it was beside ${length}: what says little is near to nothing.
 */
void fu_vector_add(float *, const float *, float, size_t);
float fu_vector_dot(const float *, const float *, size_t);
float fu_vector_length(const float *, size_t);
void fu_vector_shrink(float *, size_t, float);

#endif
