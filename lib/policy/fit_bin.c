/*
 * From cells to codes: numbers into intervals with round limits, texts into
 * the levels that enough people have.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "policy/fit_cells.h"

#define INTERVALS	32	/* of a number's values, by their quantiles */
#define LEVELS_MAX	(FU_FIT_CODES - FU_FIT_BIN)
#define NUMERIC		0.95	/* of the values: then it is a number's column */
#define SERIAL_MIN	100	/* people before a serial number is one */

static int
by_value(const void *va, const void *vb)
{
	double	 a = *(const double *)va, b = *(const double *)vb;

	return (a < b ? -1 : a > b);
}

/* The roundest number above ${low} and not above ${high}. */
static double
round_limit(double low, double high)
{
	double	 size = fmax(fabs(low), fabs(high)), step, limit;
	int	 k = size > 0 ? (int)floor(log10(size)) + 1 : 0;

	for (int last = k - 15; k > last; k--)
		for (int half = 0; half < 2; half++) {
			step = pow(10, k) / (half ? 2 : 1);
			limit = floor(high / step) * step;
			/* As it is written, which is how it is read again. */
			limit = strtod(fu_fit_number(limit,
			    (char[FU_FIT_NUMBER_LEN]){ 0 }), NULL);
			if (limit > low && limit <= high)
				return (limit);
		}
	return (high);
}

/* A number for each person, in whole numbers, says who and not what. */
static bool
is_serial(const double *sorted, size_t n)
{
	size_t	 same = 0;

	if (n < SERIAL_MIN)
		return (false);
	for (size_t i = 0; i < n; i++) {
		if (sorted[i] != floor(sorted[i]))
			return (false);
		same += i > 0 && sorted[i] == sorted[i - 1];
	}
	return (same * 100 < n && sorted[n - 1] - sorted[0] >= (double)n - 1);
}

static size_t
bin_of(const struct fu_fit_column *c, double x)
{
	size_t	 low = 0, high = c->nbin - 1;

	while (low < high) {
		size_t	 mid = (low + high) / 2;

		if (x >= c->cut[mid])
			low = mid + 1;
		else
			high = mid;
	}
	return (low);
}

static void
bin_number(const struct fu_fit_table *t, struct fu_fit_column *c,
    size_t numbers)
{
	const struct fu_fit_cells	*x = c->cells;
	double	*sorted = fu_zeroed(numbers, sizeof(*sorted)), last;
	size_t	 n = 0;

	c->type = FU_FIT_NUMBER;
	for (size_t i = 0; i < t->n; i++)
		if (x->level[i] == FU_FIT_L_NUMBER)
			sorted[n++] = x->number[i];
	qsort(sorted, n, sizeof(*sorted), by_value);
	c->serial = is_serial(sorted, n);
	c->cut = fu_zeroed(INTERVALS, sizeof(*c->cut));
	last = n > 0 ? sorted[0] : 0;
	for (size_t q = 1, cuts = 0; q < INTERVALS; q++) {
		size_t	 k = q * n / INTERVALS;

		/* Up to the next value that differs from what is behind. */
		while (k < n && sorted[k] <= last)
			k++;
		if (k == n)
			break;
		if (k * INTERVALS >= (q + 1) * n)
			continue;	/* that is the next quantile's */
		c->cut[cuts++] = round_limit(k > 0 ? sorted[k - 1] : last,
		    sorted[k]);
		last = sorted[k];
		c->nbin = cuts;
	}
	c->nbin++;
	free(sorted);
	for (size_t i = 0; i < t->n; i++)
		c->code[i] = (uint8_t)(x->level[i] == FU_FIT_L_NULL ?
		    FU_FIT_NULL : x->level[i] == FU_FIT_L_UNKNOWN ?
		    FU_FIT_UNKNOWN : x->level[i] == FU_FIT_L_NUMBER ?
		    FU_FIT_BIN + bin_of(c, x->number[i]) :
		    /* Conditions take a text to be above every number. */
		    FU_FIT_BIN + c->nbin - 1);
}

/* A level and how many have it, for sorting. */
struct tally {
	const char	*text;
	size_t		 level, n;
};

static int
by_count(const void *va, const void *vb)
{
	const struct tally	*a = va, *b = vb;

	if (a->n != b->n)
		return (a->n > b->n ? -1 : 1);
	return (strcmp(a->text, b->text));
}

static void
bin_text(struct fu_fit_table *t, struct fu_fit_column *c, size_t rare)
{
	const struct fu_fit_cells	*x = c->cells;
	struct tally	*tally = fu_zeroed(x->ntext, sizeof(*tally));
	uint8_t		*code = fu_zeroed(FU_FIT_L_TEXT + x->ntext, 1);

	c->type = FU_FIT_TEXT;
	for (size_t i = 0; i < x->ntext; i++)
		tally[i] = (struct tally){ x->text[i], i, 0 };
	for (size_t i = 0; i < t->n; i++)
		if (x->level[i] >= FU_FIT_L_TEXT)
			tally[x->level[i] - FU_FIT_L_TEXT].n++;
	qsort(tally, x->ntext, sizeof(*tally), by_count);
	memset(code, FU_FIT_OTHER, FU_FIT_L_TEXT + x->ntext);
	code[FU_FIT_L_NULL] = FU_FIT_NULL;
	code[FU_FIT_L_UNKNOWN] = FU_FIT_UNKNOWN;
	c->level = fu_alloc_array(&t->arena, LEVELS_MAX, sizeof(*c->level));
	for (size_t i = 0; i < x->ntext && c->nbin < LEVELS_MAX &&
	    tally[i].n >= rare; i++) {
		code[FU_FIT_L_TEXT + tally[i].level] =
		    (uint8_t)(FU_FIT_BIN + c->nbin);
		c->level[c->nbin++] = tally[i].text;
	}
	for (size_t i = 0; i < t->n; i++)
		c->code[i] = code[x->level[i]];
	free(tally);
	free(code);
}

static void
bin_column(struct fu_fit_table *t, struct fu_fit_column *c, size_t rare)
{
	size_t	 numbers = 0, texts = 0, most = 0;

	if (c->event != NULL) {
		c->type = FU_FIT_EVENT;
		c->nbin = FU_FIT_SIXTEENTHS + 1;
	} else {
		for (size_t i = 0; i < t->n; i++) {
			numbers += c->cells->level[i] == FU_FIT_L_NUMBER;
			texts += c->cells->level[i] >= FU_FIT_L_OTHER;
		}
		c->code = fu_zeroed(t->n, 1);
		if (numbers > 0 && (double)numbers >=
		    NUMERIC * (double)(numbers + texts))
			bin_number(t, c, numbers);
		else
			bin_text(t, c, rare);
	}
	for (size_t i = 0; i < t->n; i++) {
		c->count[c->code[i]]++;
		c->won[c->code[i]] += t->won[i];
	}
	for (size_t i = 0; i < FU_FIT_CODES; i++)
		most = c->count[i] > most ? c->count[i] : most;
	c->usable = !c->serial && t->n - most >= rare;
}

void
fu_fit_table_bin(struct fu_fit_table *t, size_t rare)
{
	for (size_t i = 0; i < t->ncolumn; i++)
		bin_column(t, &t->column[i], rare);
}

struct share {
	double	 rate;
	size_t	 won, lost;
};

static int
by_rate(const void *va, const void *vb)
{
	const struct share	*a = va, *b = vb;

	return (a->rate < b->rate ? -1 : a->rate > b->rate);
}

double
fu_fit_alone(const struct fu_fit_column *c)
{
	struct share	 share[FU_FIT_CODES];
	double		 area = 0, won = 0, lost = 0;
	size_t		 n = 0;

	for (size_t i = 0; i < FU_FIT_CODES; i++)
		if (c->count[i] > 0)
			share[n++] = (struct share){ (double)c->won[i] /
			    (double)c->count[i], c->won[i],
			    c->count[i] - c->won[i] };
	qsort(share, n, sizeof(*share), by_rate);
	for (size_t i = 0; i < n; i++) {
		area += (double)share[i].won *
		    (lost + (double)share[i].lost / 2);
		won += (double)share[i].won;
		lost += (double)share[i].lost;
	}
	return (won > 0 && lost > 0 ? area / (won * lost) : 0.5);
}

const char *
fu_fit_number(double x, char out[FU_FIT_NUMBER_LEN])
{
	for (int digits = 1; digits <= 17; digits++) {
		snprintf(out, FU_FIT_NUMBER_LEN, "%.*g", digits, x);
		if (strtod(out, NULL) == x)
			break;
	}
	/* 2e+04 is 20000 to a reader, too. */
	if (strchr(out, 'e') != NULL && fabs(x) < 1e15 && x == floor(x))
		snprintf(out, FU_FIT_NUMBER_LEN, "%.0f", x);
	return (out);
}
