/*
 * What the gate costs a touch: mixed persons on all channels through
 * fu_gate_decide(), beside a bare loop that only looks at each one's clock.
 *
 *	gate TEMPLATES [PERSONS [ROUNDS]]
 *
 * Prints "gate US_EACH TOUCHES_PER_SECOND" and "bare ...", of the fastest
 * round, in processor time; measures and judges nothing.
 */
#include <time.h>

#include "unit/policy/gate_case.h"

#define ROUNDS 20

/* Keeps the compiler from leaving out what nobody looks at. */
static volatile int64_t sink;

/* Of this process's own, so that others on the machine do not show. */
static int64_t
cpu_us(void)
{
	return ((int64_t)clock() * 1000000 / CLOCKS_PER_SEC);
}

static int64_t
decide_all(struct world *w, size_t n)
{
	int64_t t = cpu_us();
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += (int64_t)fu_gate_decide(&w[i].in).reason;
	sink = sum;
	return (cpu_us() - t);
}

static int64_t
look_at_all(struct world *w, size_t n)
{
	int64_t t = cpu_us();
	int64_t sum = 0;
	int32_t day;

	for (size_t i = 0; i < n; i++)
		sum += fu_zone_local_us(w[i].in.zone, w[i].in.now_us, &day) /
		    FU_HOUR;
	sink = sum;
	return (cpu_us() - t);
}

/* One run of a second: its instant is everybody's, as in fu-due. */
static struct world *
crowd(size_t n)
{
	struct world *w = calloc(n, sizeof(*w));

	if (w == NULL)
		broken("gate", "out of memory");
	for (size_t i = 0; i < n; i++) {
		anybody(&w[i]);
		w[i].in.now_us = at("2026-11-23T18:00:00Z");
		w[i].ledger.broken = false; /* ends it at once */
		(void)decide(&w[i]); /* and the zone it is planned in */
	}
	return (w);
}

static void
tell(const char *what, int64_t best, size_t n)
{
	double each = (double)best / (double)n;

	printf("%s %.3f %.0f\n", what, each, each > 0 ? 1e6 / each : 0);
}

int
main(int argc, char *argv[])
{
	size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 4000;
	int rounds = argc > 3 ? atoi(argv[3]) : ROUNDS;
	int64_t gate = INT64_MAX, bare = INT64_MAX, t;
	struct world *w;

	if (argc < 2 || n < 1 || rounds < 1) {
		fprintf(stderr, "usage: gate TEMPLATES [PERSONS [ROUNDS]]\n");
		return (64);
	}
	load_book(argv[1]);
	seed = 7;
	w = crowd(n);
	for (int i = 0; i < rounds; i++) {
		if ((t = decide_all(w, n)) < gate)
			gate = t;
		if ((t = look_at_all(w, n)) < bare)
			bare = t;
	}
	tell("gate", gate, n);
	tell("bare", bare, n);
	free(w);
	fu_rulebook_free(book);
	return (0);
}
