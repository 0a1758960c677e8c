/*
 * Intervals of rates.
 *
 * Must never use an approximation that a few people break.
 */
#include <math.h>

#include "policy/measure_interval.h"

#define Z95	1.959963984540054
/* The mixture, half and half: rates of answers are low, so one lies there; the
 * other, Jeffreys's, takes any.  Each choice is valid; some need more people. */
static const struct {
	double	 yes, no;
} prior[] = { { 1, 9 }, { 0.5, 0.5 } };
#define HALVINGS	60

void
fu_wilson(int64_t n, int64_t of, double *low, double *high)
{
	double	 m = (double)of, p = (double)n / m, z2 = Z95 * Z95;
	double	 mid = (p + z2 / (2 * m)) / (1 + z2 / m);
	double	 half = Z95 / (1 + z2 / m) *
	    sqrt(p * (1 - p) / m + z2 / (4 * m * m));

	*low = n == 0 ? 0 : fmax(0, mid - half);
	*high = n == of ? 1 : fmin(1, mid + half);
}

struct arms {
	double	 yes[2], no[2];
	double	 bound;		/* of the log likelihood, from below */
};

static double
log_beta(double a, double b)
{
	return (lgamma(a) + lgamma(b) - lgamma(a + b));
}

static double
mixed_by(int i, double yes, double no)
{
	return (log_beta(prior[i].yes + yes, prior[i].no + no) -
	    log_beta(prior[i].yes, prior[i].no));
}

/* The mixture's log likelihood of one arm. */
static double
mixed(double yes, double no)
{
	double	 a = mixed_by(0, yes, no), b = mixed_by(1, yes, no);

	return (fmax(a, b) + log1p(exp(-fabs(a - b))) - log(2));
}

static double
times_log(double n, double p)
{
	return (n == 0 ? 0 : p <= 0 ? -INFINITY : n * log(p));
}

static double
likelihood(const struct arms *m, double pa, double pb)
{
	return (times_log(m->yes[0], pa) + times_log(m->no[0], 1 - pa) +
	    times_log(m->yes[1], pb) + times_log(m->no[1], 1 - pb));
}

/* The greatest log likelihood of rates that differ by ${d}: concave in the
 * first, so thirds close in on it. */
static double
profile(const struct arms *m, double d)
{
	double	 from = d < 0 ? -d : 0, to = d < 0 ? 1 : 1 - d, a, b;

	for (int i = 0; i < 2 * HALVINGS; i++) {
		a = from + (to - from) / 3;
		b = to - (to - from) / 3;
		if (likelihood(m, a, a + d) < likelihood(m, b, b + d))
			from = a;
		else
			to = b;
	}
	return (likelihood(m, (from + to) / 2, (from + to) / 2 + d));
}

/* Where the profile falls below the bound between ${in}, which does not, and
 * ${out}. */
static double
edge(const struct arms *m, double in, double out)
{
	double	 mid;

	if (profile(m, out) >= m->bound)
		return (out);
	for (int i = 0; i < HALVINGS; i++) {
		mid = (in + out) / 2;
		if (profile(m, mid) >= m->bound)
			in = mid;
		else
			out = mid;
	}
	return (out);
}

static struct arms
arms_of(int64_t a, int64_t na, int64_t b, int64_t nb, double alpha)
{
	struct arms	 m = { { (double)a, (double)b },
		{ (double)(na - a), (double)(nb - b) }, 0 };

	m.bound = mixed(m.yes[0], m.no[0]) + mixed(m.yes[1], m.no[1]) +
	    log(alpha);
	return (m);
}

/* Of equal rates the likeliest is that of both together. */
bool
fu_differ(int64_t a, int64_t na, int64_t b, int64_t nb, double alpha)
{
	struct arms	 m = arms_of(a, na, b, nb, alpha);
	double		 both;

	if (na == 0 || nb == 0)
		return (false);
	both = (double)(a + b) / (double)(na + nb);
	return (likelihood(&m, both, both) < m.bound);
}

bool
fu_always_valid(int64_t a, int64_t na, int64_t b, int64_t nb, double alpha,
    double *low, double *high)
{
	struct arms	 m = arms_of(a, na, b, nb, alpha);
	double		 seen;

	*low = -1;
	*high = 1;
	if (na == 0 || nb == 0)
		return (false);
	seen = m.yes[1] / (double)nb - m.yes[0] / (double)na;
	*low = edge(&m, seen, -1);
	*high = edge(&m, seen, 1);
	return (fu_differ(a, na, b, nb, alpha));
}
