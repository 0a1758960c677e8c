/*
 * From cells to figures: rates with their intervals, medians, comparisons.
 *
 * Must never call two rates different because somebody looked often, nor give
 * a rate of nobody.
 */
#include <stdlib.h>
#include <string.h>

#include "policy/measure_cells.h"
#include "policy/measure_interval.h"

#define ALPHA	0.05	/* that a test calls what is none, over all looks */

/* Cells of a view in the order of their texts, of which none comes first. */
struct sorted {
	const struct fu_cells	*c;
	struct fu_cell		*cell;
};

static const char *
text_of(const struct fu_cells *c, uint32_t number)
{
	return (number == 0 ? NULL : c->text[number - 1]);
}

static int
by_texts(const void *va, const void *vb)
{
	const struct sorted	*a = va, *b = vb;
	const char		*s, *t;
	int			 d;

	for (size_t i = 0; i < FU_KEY; i++) {
		if (a->cell->key[i] == b->cell->key[i])
			continue;
		s = text_of(a->c, a->cell->key[i]);
		t = text_of(b->c, b->cell->key[i]);
		if (s == NULL || t == NULL)
			return (s == NULL ? -1 : 1);
		if ((d = strcmp(s, t)) != 0)
			return (d);
	}
	return (0);
}

static int
by_number(const void *va, const void *vb)
{
	int64_t	 a = *(const int64_t *)va, b = *(const int64_t *)vb;

	return (a < b ? -1 : a > b);
}

static void
more(struct fu_figure *f, const char *name, double value)
{
	if (f->nmore < FU_FIGURE_MORE)
		f->more[f->nmore++] = (struct fu_figure_more){ name, value };
}

static void
rate(struct fu_figure *f)
{
	f->few = f->of < FU_MEASURE_FEW;
	if (f->of == 0)
		return;
	f->has_value = f->has_interval = true;
	f->value = (double)f->n / (double)f->of;
	fu_wilson(f->n, f->of, &f->low, &f->high);
}

/* The value of that rank: of 1, 2, 3, 4 the median is 2. */
static double
ranked(const struct fu_cell *cell, int hundredths)
{
	size_t	 rank = (cell->nvalue * (size_t)hundredths + 99) / 100;

	return ((double)cell->value[rank == 0 ? 0 : rank - 1]);
}

static void
values(struct fu_figure *f, struct fu_cell *cell, double unit)
{
	double	 sum = 0;

	f->n = f->of = (int64_t)cell->nvalue;
	f->pending = (int64_t)cell->sum[0];
	f->of += (int64_t)cell->sum[1];
	f->few = f->of < FU_MEASURE_FEW;
	more(f, "people", (double)cell->of);
	if (f->measure == FU_M_RESPONSE && f->of > 0)
		more(f, "within_respond_by", (double)cell->things /
		    (double)f->of);
	if (f->n == 0)
		return;
	qsort(cell->value, cell->nvalue, sizeof(*cell->value), by_number);
	for (size_t i = 0; i < cell->nvalue; i++)
		sum += (double)cell->value[i];
	f->has_value = true;
	f->value = ranked(cell, 50) / unit;
	more(f, "p90", ranked(cell, 90) / unit);
	more(f, "mean", sum / (double)cell->nvalue / unit);
}

static void
velocity(struct fu_figure *f, const struct fu_cell *cell)
{
	double	 won = (double)cell->n, cycle, worth;

	f->few = f->of < FU_MEASURE_FEW;
	if (cell->n == 0)
		return;
	cycle = cell->sum[0] / won;
	more(f, "win_rate", won / (double)cell->of);
	more(f, "cycle_days", cycle);
	if (cell->sum[2] == 0)
		return;
	worth = cell->sum[1] / cell->sum[2];
	more(f, "won_value", worth);
	if (cycle > 0) {
		f->has_value = true;
		f->value = won * worth / cycle;
	}
}

static void
cost(struct fu_figure *f, const struct fu_cell *cell)
{
	more(f, "cost", cell->sum[0]);
	f->few = f->of < FU_MEASURE_FEW;
	if (f->n > 0) {
		f->has_value = true;
		f->value = cell->sum[0] / (double)f->n;
	}
}

static void
count(struct fu_figure *f, const struct fu_cell *cell)
{
	f->n = cell->things;
	f->of = cell->of;
}

/* Of whom a stage was reached are all who were enrolled. */
static void
enrolled(const struct fu_cells *c, const struct fu_view *view,
    const struct fu_cell *cell, struct fu_figure *f)
{
	size_t			 nth = (size_t)(view - c->view) -
	    c->first[FU_M_STAGE], at = 0;
	uint32_t		 key[FU_KEY] = { 0 };
	const struct fu_cell	*all;

	/* Of the usual views the first is of everybody. */
	for (size_t i = 0; i < view->n; i++)
		if (view->dim[i] != FU_DIM_STAGE)
			key[at++] = cell->key[i];
	all = fu_cell_find(c, (uint16_t)(c->first[FU_M_ENROLLED] + nth), key);
	f->of = all == NULL ? 0 : all->of;
	f->pending = all == NULL ? 0 : all->pending;
}

static void
make(const struct fu_cells *c, const struct fu_view *view,
    struct fu_cell *cell, struct fu_arena *arena, struct fu_figure *f)
{
	enum fu_measure_kind	 kind = fu_measure_defs[view->measure].kind;

	*f = (struct fu_figure){ .measure = view->measure, .nby = view->n,
		.n = cell->n, .of = cell->of, .pending = cell->pending };
	for (size_t i = 0; i < view->n; i++) {
		f->by[i].dim = view->dim[i];
		f->by[i].value = fu_dup(arena, text_of(c, cell->key[i]));
		if (view->dim[i] == FU_DIM_TOUCHES)
			kind = FU_MK_COUNT;
	}
	f->kind = kind;
	if (view->measure == FU_M_STAGE)
		enrolled(c, view, cell, f);
	switch (kind) {
	case FU_MK_RATE:
		rate(f);
		break;
	case FU_MK_COUNT:
		count(f, cell);
		break;
	case FU_MK_VALUES:
		values(f, cell, view->measure == FU_M_RESPONSE ?
		    (double)FU_SECOND : 1);
		break;
	case FU_MK_FLOW:
		velocity(f, cell);
		break;
	case FU_MK_COST:
		cost(f, cell);
		break;
	}
	if (view->measure == FU_M_POSITIVE) {
		more(f, "negative", (double)cell->not_);
		more(f, "unknown", (double)cell->unknown);
	}
}

/* Do the two agree in all that they are by, but for ${dim}? */
static bool
beside(const struct fu_figure *a, const struct fu_figure *b, enum fu_dim dim)
{
	for (size_t i = 0; i < a->nby; i++)
		if (a->by[i].dim != dim && !fu_streq(a->by[i].value,
		    b->by[i].value))
			return (false);
	return (true);
}

static const char *
value_by(const struct fu_figure *f, enum fu_dim dim)
{
	for (size_t i = 0; i < f->nby; i++)
		if (f->by[i].dim == dim)
			return (f->by[i].value);
	return (NULL);
}

static void
compare(const struct fu_figure *base, struct fu_figure *f, double alpha)
{
	double	 low, high;
	bool	 differs = fu_always_valid(base->n, base->of, f->n, f->of,
	    alpha, &low, &high);

	f->verdict = !differs ? "no difference yet" :
	    f->value > base->value ? "higher" : "lower";
	if (!base->has_value || !f->has_value)
		return;
	more(f, "difference", f->value - base->value);
	more(f, "difference_low", low);
	more(f, "difference_high", high);
}

/*
 * Figures that stand beside each other and differ in ${dim}: each is compared
 * with that of ${base}, at alpha shared among them.  What has none to be
 * compared with is left out: of a cadence without a holdout there is none.
 */
static size_t
compare_runs(struct fu_figure *f, size_t n, enum fu_dim dim, const char *base)
{
	size_t	 kept = 0, to, at;

	for (size_t i = 0; i < n; i = to) {
		at = n;
		for (to = i; to < n && beside(&f[i], &f[to], dim); to++)
			if (fu_streq(value_by(&f[to], dim), base))
				at = to;
		if (at == n || to - i < 2)
			continue;
		for (size_t k = i; k < to; k++)
			if (k != at)
				compare(&f[at], &f[k], ALPHA /
				    (double)(to - i - 1));
		memmove(&f[kept], &f[i], (to - i) * sizeof(*f));
		kept += to - i;
	}
	return (kept);
}

static bool
is_by(const struct fu_view *v, enum fu_dim dim)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->dim[i] == dim)
			return (true);
	return (false);
}

static size_t
compared(const struct fu_cells *c, const struct fu_view *view,
    struct fu_figure *f, size_t n)
{
	if (view->measure == FU_M_AB)
		return (compare_runs(f, n, FU_DIM_VARIANT, "a"));
	if (view->measure == FU_M_REACTIVATION && c->asked.nby == 0 &&
	    is_by(view, FU_DIM_GROUP))
		return (compare_runs(f, n, FU_DIM_GROUP, "holdout"));
	return (n);
}

static bool
any_cost(const struct fu_measure_asked *a)
{
	for (int i = 0; i < FU_CHANNEL_N; i++)
		if (a->cost[i] >= 0)
			return (true);
	return (false);
}

void
fu_measures_figures(struct fu_measures *m, struct fu_arena *arena,
    struct fu_figure **figures, size_t *n)
{
	struct fu_cells		*c = fu_measures_cells(m);
	struct sorted		*list = fu_alloc_array(arena, c->ncell + 1,
	    sizeof(*list));

	*figures = fu_alloc_array(arena, c->ncell + 1, sizeof(**figures));
	*n = 0;
	for (size_t v = 0; v < c->first[FU_M_ENROLLED]; v++) {
		const struct fu_view	*view = &c->view[v];
		size_t			 k = 0;

		if (view->measure == FU_M_COST && !any_cost(&c->asked))
			continue;
		for (size_t i = 0; i < c->ncell; i++)
			if (c->cell[i].view == v)
				list[k++] = (struct sorted){ c, &c->cell[i] };
		qsort(list, k, sizeof(*list), by_texts);
		for (size_t i = 0; i < k; i++)
			make(c, view, list[i].cell, arena,
			    *figures + *n + i);
		*n += compared(c, view, *figures + *n, k);
	}
}
