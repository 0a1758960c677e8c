/* Learning from a matrix whose directions are known, and folding in. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "content/meaning.h"

#define ROWS	120
#define COLS	60
#define TOPICS	4

struct made {
	size_t		 start[ROWS + 1];
	uint32_t	 col[ROWS * COLS];
	float		 value[ROWS * COLS];
	struct fu_sparse m;
};

/* Row i speaks of topic i % 4, whose words are 15 columns of their own. */
static void
make(struct made *d)
{
	unsigned	 seed = 1;
	size_t		 n = 0;

	for (size_t i = 0; i < ROWS; i++) {
		d->start[i] = n;
		for (uint32_t c = 0; c < COLS; c++) {
			seed = seed * 1103515245u + 12345u;
			if (c / 15 != i % TOPICS || (seed >> 16) % 3 == 0)
				continue;
			d->col[n] = c;
			d->value[n++] = 1;
		}
	}
	d->start[ROWS] = n;
	d->m = (struct fu_sparse){ ROWS, COLS, d->start, d->col, d->value };
}

static void
project(const struct made *d, size_t row, const float *basis, size_t rank,
    float *out)
{
	memset(out, 0, rank * sizeof(*out));
	for (size_t k = d->start[row]; k < d->start[row + 1]; k++)
		fu_vector_add(out, basis + d->col[k] * rank, d->value[k],
		    rank);
	fu_vector_shrink(out, rank, 0);
}

static void
test_topics(void **state)
{
	struct made	*d = calloc(1, sizeof(*d));
	float		 basis[COLS * TOPICS], a[TOPICS], b[TOPICS];
	struct fu_err	 err;
	size_t		 found;

	(void)state;
	assert_non_null(d);
	make(d);
	assert_int_equal(fu_meaning_learn(&d->m, TOPICS, basis, &found, NULL,
	    &err), 0);
	assert_int_equal(found, TOPICS);
	/* Passages of a topic lie together, even those that share no word;
	 * those of two topics lie across. */
	for (size_t i = 0; i < ROWS; i += 7)
		for (size_t k = 1; k < ROWS; k += 11) {
			project(d, i, basis, TOPICS, a);
			project(d, k, basis, TOPICS, b);
			if (i % TOPICS == k % TOPICS)
				assert_true(fu_vector_dot(a, b, TOPICS) >
				    0.99f);
			else
				assert_true(fabsf(fu_vector_dot(a, b,
				    TOPICS)) < 0.01f);
		}
	free(d);
}

static void
test_orthonormal_and_same(void **state)
{
	struct made	*d = calloc(1, sizeof(*d));
	float		 one[COLS * 6], two[COLS * 6];
	struct fu_err	 err;
	double		 sum;
	size_t		 found;

	(void)state;
	assert_non_null(d);
	make(d);
	assert_int_equal(fu_meaning_learn(&d->m, 6, one, &found, NULL, &err),
	    0);
	assert_int_equal(fu_meaning_learn(&d->m, 6, two, &found, NULL, &err),
	    0);
	assert_memory_equal(one, two, sizeof(one));
	for (size_t i = 0; i < found; i++)
		for (size_t k = 0; k < found; k++) {
			sum = 0;
			for (size_t c = 0; c < COLS; c++)
				sum += (double)one[c * 6 + i] *
				    (double)one[c * 6 + k];
			assert_true(fabs(sum - (i == k)) < 1e-4);
		}
	free(d);
}

/* Fewer directions than asked for: the rest is zero, and nothing is NaN. */
static void
test_thin(void **state)
{
	size_t		 start[] = { 0, 2, 4, 6, 8 };
	uint32_t	 col[] = { 0, 1, 0, 1, 0, 1, 0, 1 };
	float		 value[] = { 1, 1, 1, 1, 2, 2, 1, 1 };
	struct fu_sparse m = { 4, 3, start, col, value };
	float		 basis[3 * 8] = { 0 };
	struct fu_err	 err;
	size_t		 found;

	(void)state;
	assert_int_equal(fu_meaning_learn(&m, 8, basis, &found, NULL, &err),
	    0);
	assert_int_equal(found, 1);
	for (size_t i = 0; i < 24; i++)
		assert_true(isfinite(basis[i]));
	assert_true(fabsf(fabsf(basis[0]) - 0.70710678f) < 1e-4f);
	assert_true(fabsf(basis[0] - basis[8]) < 1e-4f);
}

static bool
at_once(void)
{
	return (true);
}

static void
test_stops(void **state)
{
	struct made	*d = calloc(1, sizeof(*d));
	float		 basis[COLS * TOPICS];
	struct fu_err	 err;
	size_t		 found = 9;

	(void)state;
	assert_non_null(d);
	make(d);
	assert_int_equal(fu_meaning_learn(&d->m, TOPICS, basis, &found,
	    at_once, &err), 0);
	assert_int_equal(found, 0);
	free(d);
}

static void
test_vectors(void **state)
{
	float	 a[11], b[11], zero[11] = { 0 };

	(void)state;
	for (int i = 0; i < 11; i++) {
		a[i] = (float)i;
		b[i] = 1;
	}
	assert_true(fabsf(fu_vector_dot(a, b, 11) - 55) < 1e-3f);
	assert_true(fabsf(fu_vector_length(b, 9) - 3) < 1e-6f);
	fu_vector_shrink(b, 9, 0);
	assert_true(fabsf(fu_vector_length(b, 9) - 1) < 1e-6f);
	/* As long as what counts as short: shrunk by the diagonal. */
	fu_vector_shrink(b, 9, 1);
	assert_true(fabsf(fu_vector_length(b, 9) - 0.70710678f) < 1e-6f);
	fu_vector_shrink(zero, 11, 0);
	assert_true(zero[0] == 0);
	assert_int_equal(fu_meaning_rank(20), 0);
	assert_int_equal(fu_meaning_rank(200), 50);
	assert_int_equal(fu_meaning_rank(1000000), FU_RANK_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_topics),
		cmocka_unit_test(test_orthonormal_and_same),
		cmocka_unit_test(test_thin),
		cmocka_unit_test(test_stops),
		cmocka_unit_test(test_vectors),
	};

	return (cmocka_run_group_tests_name("meaning", tests, NULL, NULL));
}
