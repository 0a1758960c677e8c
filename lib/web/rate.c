/*
 * Buckets that fill with time, in a table that never grows.
 *
 * Must never take longer for a key than a look at a few places.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "web/rate.h"

#define SLOTS	(1 << 16)
#define PROBES	8

struct slot {
	uint64_t	 key;		/* 0: free */
	int64_t		 at_us;
	double		 left;
};

struct fu_rate {
	double		 a_us;		/* what a microsecond brings */
	double		 burst;
	struct slot	*slot;
};

struct fu_rate *
fu_rate_new(int minute, int burst)
{
	struct fu_rate	*r = fu_zeroed(1, sizeof(*r));

	r->a_us = (double)minute / (double)FU_MINUTE;
	r->burst = burst;
	r->slot = fu_zeroed(SLOTS, sizeof(*r->slot));
	return (r);
}

void
fu_rate_free(struct fu_rate *r)
{
	if (r == NULL)
		return;
	free(r->slot);
	free(r);
}

/* That key's place, or the one that was quiet for longest; ${known}. */
static struct slot *
place(struct fu_rate *r, uint64_t key, bool *known)
{
	struct slot	*s, *oldest = NULL;

	*known = true;
	for (uint64_t i = 0; i < PROBES; i++) {
		s = &r->slot[(key + i * i) & (SLOTS - 1)];
		if (s->key == key)
			return (s);
		if (oldest == NULL || s->key == 0 ||
		    (oldest->key != 0 && s->at_us < oldest->at_us))
			oldest = s;
	}
	*known = false;
	return (oldest);
}

bool
fu_rate_take(struct fu_rate *r, uint64_t key, int64_t now_us)
{
	struct slot	*s;
	bool		 known;

	key |= 1;
	s = place(r, key, &known);
	if (!known) {
		s->key = key;
		s->left = r->burst;
	} else if (now_us > s->at_us)
		s->left += (double)(now_us - s->at_us) * r->a_us;
	if (s->left > r->burst)
		s->left = r->burst;
	s->at_us = now_us;
	if (s->left < 1)
		return (false);
	s->left -= 1;
	return (true);
}

bool
fu_rate_again(struct fu_rate *r, uint64_t key, int64_t span_us, int64_t now_us)
{
	struct slot	*s;
	bool		 known;

	key |= 1;
	s = place(r, key, &known);
	if (known && now_us - s->at_us < span_us)
		return (true);
	s->key = key;
	s->at_us = now_us;
	return (false);
}
