/* Numbers sorted as qsort() sorts them, the equal ones in their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/sort.h"

#define MOST	1000

/* Any numbers, the same in each run. */
static uint64_t
next(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (*state ^ *state >> 29);
}

static void
check(uint64_t mask, size_t n, unsigned bit)
{
	static uint64_t	 value[MOST], room[MOST];
	uint64_t	 state = 7, sum = 0;

	for (size_t i = 0; i < n; i++)
		/* The lowest bits, where they do not count, say the order. */
		sum += value[i] = bit == 0 ? next(&state) & mask :
		    (next(&state) & mask) << bit | i;
	fu_sort_u64(value, room, n, bit);
	for (size_t i = 0; i < n; i++) {
		sum -= value[i];
		if (i > 0)
			assert_true(value[i - 1] <= value[i]);
	}
	assert_true(sum == 0);
}

static void
test_sort(void **state)
{
	static const size_t	 sizes[] = { 0, 1, 2, 24, 25, 100, MOST };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		check(UINT64_MAX, sizes[i], 0);
		check(0xff00ff, sizes[i], 0);
		check(0x3, sizes[i], 32);
		check(0xffffff, sizes[i], 32);
	}
}

int
main(void)
{
	const struct CMUnitTest	 tests[] = {
		cmocka_unit_test(test_sort),
	};

	return (cmocka_run_group_tests_name("sort", tests, NULL, NULL));
}
