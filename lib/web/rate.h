/*
 * How much of something there was lately, of very many, in a fixed room.
 *
 * Pure: the clock is an argument.  Whoever was not heard of for longest makes
 * room; a caller that is forgotten begins anew.
 */
#ifndef FU_WEB_RATE_H
#define FU_WEB_RATE_H

#include <stdbool.h>
#include <stdint.h>

struct fu_rate;

/*
 * fu_rate_new(minute, burst): so many a minute, and ${burst} at once at most.
 *
 * fu_rate_take(rate, key, now_us):
 * One more of ${key}, a hash: is it within bounds?
 *
 * fu_rate_again(rate, key, span_us, now_us):
 * Was ${key} there within ${span_us}?  From now on it was.  For a table that
 * only this is asked of.
 */
struct fu_rate *fu_rate_new(int, int);
void fu_rate_free(struct fu_rate *);
bool fu_rate_take(struct fu_rate *, uint64_t, int64_t);
bool fu_rate_again(struct fu_rate *, uint64_t, int64_t, int64_t);

#endif
