/*
 * How sure a rate is: an interval for one, and one for the difference of two
 * that holds however often it is looked at.
 *
 * Pure arithmetic.
 */
#ifndef FU_POLICY_MEASURE_INTERVAL_H
#define FU_POLICY_MEASURE_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * fu_wilson(n, of, low, high):
 * The 95 % score interval of ${n} of ${of} > 0 [E. B. Wilson, Probable
 * inference, the law of succession, and statistical inference, J. Am. Stat.
 * Assoc. 22 (1927), 209-212].
 */
void fu_wilson(int64_t, int64_t, double *, double *);

/*
 * fu_always_valid(a, na, b, nb, alpha, low, high):
 * An interval for the rate of b less the rate of a, given ${a} of ${na} and
 * ${b} of ${nb}, which holds the truth at every look at once with probability
 * 1 - ${alpha}: one may look daily and stop when one likes.  Return whether it
 * leaves out 0, which is to say that the two differ.
 *
 * For each arm the likelihood ratio of a beta mixture to the true rate is a
 * martingale that begins at 1, and so is their product; it passes 1/alpha at
 * any time with probability alpha at most.  What the interval spans are the
 * differences of those pairs of rates for which it has not.  Exact for any
 * number of people: no normal approximation.  [J. Ville, Étude critique de la
 * notion de collectif (1939); H. Robbins, Statistical methods related to the
 * law of the iterated logarithm, Ann. Math. Stat. 41 (1970), 1397-1409;
 * R. Johari, P. Koomen, L. Pekelis, D. Walsh, Always valid inference, Oper.
 * Res. 70 (2022), 1806-1821]
 *
 * fu_differ(a, na, b, nb, alpha): the same question alone, at once.
 */
bool fu_differ(int64_t, int64_t, int64_t, int64_t, double);
bool fu_always_valid(int64_t, int64_t, int64_t, int64_t, double, double *,
    double *);

#endif
