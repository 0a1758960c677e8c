/* Intervals: those of Wilson's, and those that may be looked at daily. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <cmocka.h>

#include "policy/measure_interval.h"

#define TESTS	1000
#define DAYS	45
#define ALPHA	0.05

static void
near(double got, double want, double by)
{
	if (fabs(got - want) > by)
		fail_msg("%.6f is not %.6f", got, want);
}

/* The roots of (p - n/of)^2 = z^2 p (1 - p) / of, worked out apart. */
static void
test_wilson(void **state)
{
	static const struct {
		int64_t	 n, of;
		double	 low, high;
	} cases[] = {
		{ 10, 100, 0.05522914, 0.17436566 },
		{ 0, 10, 0, 0.27753280 },
		{ 10, 10, 0.72246720, 1 },
		{ 1, 1, 0.20654931, 1 },
		{ 40, 500, 0.05929813, 0.10710632 },
	};
	double	 low, high;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		fu_wilson(cases[i].n, cases[i].of, &low, &high);
		near(low, cases[i].low, 2e-5);
		near(high, cases[i].high, 2e-5);
	}
}

static uint64_t	seed = 20261128;

static double
chance(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return ((double)(seed >> 11) / 9007199254740992.0);
}

/* Looked at each day for so many, is a difference called at any time? */
static int
called(double rate_a, double rate_b, int a_day)
{
	int64_t	 n[2] = { 0, 0 }, of[2] = { 0, 0 };

	for (int day = 0; day < DAYS; day++) {
		for (int i = 0; i < a_day; i++) {
			int	 arm = chance() < 0.5;

			of[arm]++;
			n[arm] += chance() < (arm ? rate_b : rate_a);
		}
		if (fu_differ(n[0], of[0], n[1], of[1], ALPHA))
			return (1);
	}
	return (0);
}

static void
test_same_rates(void **state)
{
	int	 calls = 0;

	(void)state;
	for (int i = 0; i < TESTS; i++) {
		double	 rate = 0.01 + 0.3 * chance();

		calls += called(rate, rate, 20 + (int)(200 * chance()));
	}
	print_message("%d of %d A/A tests were called\n", calls, TESTS);
	assert_true(calls <= TESTS * ALPHA);
}

/* And one that is there is found: else saying nothing would do. */
static void
test_other_rates(void **state)
{
	int	 calls = 0;

	(void)state;
	for (int i = 0; i < 200; i++)
		calls += called(0.05, 0.10, 80);
	print_message("%d of 200 tests of 5 %% and 10 %% were called\n", calls);
	assert_true(calls >= 160);
	calls = 0;
	for (int i = 0; i < 200; i++)
		calls += called(0.30, 0.45, 40);
	assert_true(calls >= 160);
}

static void
test_interval(void **state)
{
	double	 low, high;

	(void)state;
	assert_false(fu_always_valid(0, 0, 3, 10, ALPHA, &low, &high));
	near(low, -1, 0);
	near(high, 1, 0);
	/* The two say the same, whatever the numbers. */
	for (int i = 0; i < 200; i++) {
		int64_t	 na = 1 + (int64_t)(2000 * chance());
		int64_t	 nb = 1 + (int64_t)(2000 * chance());
		int64_t	 a = (int64_t)((double)na * 0.4 * chance());
		int64_t	 b = (int64_t)((double)nb * 0.4 * chance());
		double	 seen = (double)b / (double)nb - (double)a / (double)na;
		bool	 differ = fu_always_valid(a, na, b, nb, ALPHA, &low,
		    &high);

		assert_true(low <= seen && seen <= high);
		assert_true(differ == (low > 0 || high < 0));
	}
	/* It is as wide as it must be, and not much wider. */
	assert_true(fu_always_valid(50, 1000, 120, 1000, ALPHA, &low, &high));
	assert_true(low > 0.01 && high < 0.14);
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_wilson),
		cmocka_unit_test(test_same_rates),
		cmocka_unit_test(test_other_rates),
		cmocka_unit_test(test_interval),
	};

	return (cmocka_run_group_tests_name("measure-interval", tests, NULL,
	    NULL));
}
