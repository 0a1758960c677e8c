/*
 * Subspace iteration over a sparse matrix.
 *
 * Must never read a clock, start a thread or draw a random number: what is
 * learned is to be the same tomorrow.
 */
#include <lapacke.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "content/meaning.h"

#define OVER	10	/* directions more than wanted: they make those exact */
#define ROUNDS	5	/* the error falls by the square of a ratio each */
#define LANES	8	/* sums side by side: the compiler makes vectors of them */
#define TOO_THIN 1e-10	/* of the widest direction's square: rounding alone */

size_t
fu_meaning_rank(size_t passages)
{
	size_t	 rank = passages / 4;

	if (rank < FU_RANK_LEAST)
		return (0);
	return (rank < FU_RANK_MAX ? rank : FU_RANK_MAX);
}

float
fu_meaning_weight(double count)
{
	return ((float)log1p(count));
}

float
fu_meaning_rarity(size_t passages, size_t with)
{
	return (with == 0 ? 0 : (float)log((double)passages / (double)with));
}

void
fu_vector_add(float *restrict sum, const float *restrict vector, float weight,
    size_t rank)
{
	for (size_t i = 0; i < rank; i++)
		sum[i] += weight * vector[i];
}

float
fu_vector_dot(const float *restrict a, const float *restrict b, size_t rank)
{
	float	 lane[LANES] = { 0 }, sum = 0;
	size_t	 i, k;

	for (i = 0; i + LANES <= rank; i += LANES)
		for (k = 0; k < LANES; k++)
			lane[k] += a[i + k] * b[i + k];
	for (k = 0; k < LANES; k++)
		sum += lane[k];
	for (; i < rank; i++)
		sum += a[i] * b[i];
	return (sum);
}

float
fu_vector_length(const float *a, size_t rank)
{
	return (sqrtf(fu_vector_dot(a, a, rank)));
}

void
fu_vector_shrink(float *a, size_t rank, float length)
{
	float	 own = fu_vector_length(a, rank);
	float	 scale = sqrtf(own * own + length * length);

	if (scale <= 0)
		return;
	for (size_t i = 0; i < rank; i++)
		a[i] /= scale;
}

/* out = matrix * in, each of ${width} columns. */
static void
times(const struct fu_sparse *m, const float *in, float *out, size_t width)
{
	memset(out, 0, m->rows * width * sizeof(*out));
	for (size_t i = 0; i < m->rows; i++)
		for (size_t k = m->start[i]; k < m->start[i + 1]; k++)
			fu_vector_add(out + i * width, in + m->col[k] * width,
			    m->value[k], width);
}

/* out = transposed matrix * in. */
static void
times_back(const struct fu_sparse *m, const float *in, float *out,
    size_t width)
{
	memset(out, 0, m->cols * width * sizeof(*out));
	for (size_t i = 0; i < m->rows; i++)
		for (size_t k = m->start[i]; k < m->start[i + 1]; k++)
			fu_vector_add(out + m->col[k] * width, in + i * width,
			    m->value[k], width);
}

/* The products of the columns with each other, and their directions: the
 * eigenvectors as rows, widest last, as LAPACK gives them. */
static int
directions(const float *x, size_t rows, size_t width, double *gram,
    double *square, struct fu_err *err)
{
	lapack_int	 n = (lapack_int)width;

	memset(gram, 0, width * width * sizeof(*gram));
	for (size_t r = 0; r < rows; r++, x += width)
		for (size_t i = 0; i < width; i++) {
			double	*restrict g = gram + i * width;
			double	 xi = (double)x[i];

			if (x[i] == 0)
				continue;
			for (size_t k = 0; k <= i; k++)
				g[k] += xi * (double)x[k];
		}
	/* Read by columns, the lower half by rows is the upper one. */
	if (LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'V', 'U', n, gram, n,
	    square) != 0)
		return (fu_err_set(err, FU_ESOFTWARE, "the directions of the "
		    "knowledge base's passages cannot be told apart"));
	return (0);
}

/*
 * Turn each row of ${x} into the ${wide} widest directions, widest first; with
 * ${unit} they become of length one.  How many there are.
 */
static size_t
turn(float *x, size_t rows, size_t width, const double *vector,
    const double *square, size_t wide, bool unit, float *room)
{
	double	 most = square[width - 1];
	size_t	 found = 0;
	float	*part = room;

	while (found < wide && square[width - 1 - found] > most * TOO_THIN &&
	    most > 0)
		found++;
	/* By rows again: part[i] is what column i gives to each direction. */
	for (size_t i = 0; i < width; i++)
		for (size_t d = 0; d < wide; d++)
			part[i * wide + d] = d >= found ? 0 :
			    (float)(vector[(width - 1 - d) * width + i] /
			    (unit ? sqrt(square[width - 1 - d]) : 1));
	for (size_t r = 0; r < rows; r++) {
		float	 sum[FU_RANK_MAX + OVER] = { 0 };

		for (size_t i = 0; i < width; i++)
			fu_vector_add(sum, part + i * wide, x[r * width + i],
			    wide);
		memcpy(x + r * width, sum, wide * sizeof(*sum));
	}
	return (found);
}

/* Numbers from -1 to 1 that look random and are always the same. */
static void
scatter(float *x, size_t n)
{
	uint64_t	 seed = 0, z;

	for (size_t i = 0; i < n; i++) {
		z = seed += UINT64_C(0x9e3779b97f4a7c15);
		z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
		z ^= z >> 31;
		x[i] = (float)(z >> 40) / (float)(1 << 23) - 1;
	}
}

static void *
room_for(size_t n, size_t size)
{
	void	*p = calloc(n == 0 ? 1 : n, size);

	if (p == NULL)
		fu_oom();
	return (p);
}

int
fu_meaning_learn(const struct fu_sparse *m, size_t rank, float *basis,
    size_t *found, bool (*stop)(void), struct fu_err *err)
{
	size_t	 width = rank + OVER, stride = rank;
	float	*x, *y, *part;
	double	*gram, *square;
	bool	 stopped = false;
	int	 rc = 0;

	if (width > m->rows)
		width = m->rows;
	if (width > m->cols)
		width = m->cols;
	if (rank > width)
		rank = width;
	x = room_for(m->cols * width, sizeof(*x));
	y = room_for(m->rows * width, sizeof(*y));
	part = room_for(width * width, sizeof(*part));
	gram = room_for(width * width, sizeof(*gram));
	square = room_for(width, sizeof(*square));
	*found = 0;
	scatter(x, m->cols * width);
	for (int round = 0; rc == 0 && !stopped && round < ROUNDS; round++) {
		times(m, x, y, width);
		times_back(m, y, x, width);
		rc = directions(x, m->cols, width, gram, square, err);
		if (rc == 0)
			turn(x, m->cols, width, gram, square, width, true,
			    part);
		stopped = stop != NULL && stop();
	}
	/* Of what is spanned now, the directions of the rows themselves. */
	times(m, x, y, width);
	if (rc == 0 && !stopped)
		rc = directions(y, m->rows, width, gram, square, err);
	if (rc == 0 && !stopped) {
		*found = turn(x, m->cols, width, gram, square, rank, false,
		    part);
		for (size_t i = 0; i < m->cols; i++)
			memcpy(basis + i * stride, x + i * width,
			    rank * sizeof(*basis));
	}
	free(x);
	free(y);
	free(part);
	free(gram);
	free(square);
	return (rc);
}
