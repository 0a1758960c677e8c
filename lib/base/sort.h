/*
 * Sorting numbers, many small lots of them.
 */
#ifndef FU_BASE_SORT_H
#define FU_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/*
 * fu_sort_u64(value, room, n, bit):
 * Sort ${n} numbers upwards by their bits from number ${bit} on; those that
 * are equal by these stay in their order.  ${room} has place for as many.
 */
void fu_sort_u64(uint64_t *, uint64_t *, size_t, unsigned);

#endif
