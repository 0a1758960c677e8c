/*
 * The choice of rules, one by one, and the cross-validation around it.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "policy/fit.h"

#define GAIN_MIN	4.0	/* of a rule, in halves of the log-likelihood */
#define AGAINST		0.9	/* of its gain counts, of a rule that takes */
#define CV_PEOPLE	20000	/* of the cross-validation */
#define CV_WORSE	1.001	/* a loss so near the least is as good */
#define ROUNDS		2	/* of Newton's method, a rule */
#define ROUNDS_LAST	30

static const double penalties[] = { 1, 4, 16 };
#define PENALTIES (sizeof(penalties) / sizeof(*penalties))
static const int capped[] = { 1, 2, 3, 5, 10 };

/* Some of the rows, with the columns that can be used, side by side. */
struct sample {
	const struct fu_fit_table *table;
	const struct fu_fit_column *column[FU_FIT_COLUMNS];
	uint8_t			*code[FU_FIT_COLUMNS];
	size_t			 count[FU_FIT_COLUMNS][FU_FIT_CODES];
	size_t			 ncolumn, rare;
	uint8_t			*won;
	size_t			 n;
};

/* What a column's codes come to in a model as it is. */
struct sums {
	const size_t	*n;
	double		 g[FU_FIT_CODES], h[FU_FIT_CODES];
	double		 all_h, penalty;
	size_t		 all_n, rare;
};

/* A rule that might be next. */
struct candidate {
	struct fu_fit_rule	 rule;
	size_t			 column;	/* of the sample */
	double			 gain;
};

size_t
fu_fit_rare(size_t n)
{
	return (n / 400 > 20 ? n / 400 : 20);
}

static struct sample *
sample_new(const struct fu_fit_table *t, const uint32_t *row, size_t n)
{
	struct sample	*s = fu_zeroed(1, sizeof(*s));

	s->table = t;
	s->n = n;
	s->rare = fu_fit_rare(n);
	s->won = fu_zeroed(n, 1);
	for (size_t i = 0; i < n; i++)
		s->won[i] = t->won[row[i]];
	for (size_t c = 0; c < t->ncolumn; c++) {
		uint8_t	*code;

		if (!t->column[c].usable)
			continue;
		code = fu_zeroed(n, 1);
		for (size_t i = 0; i < n; i++)
			s->count[s->ncolumn][code[i] =
			    t->column[c].code[row[i]]]++;
		s->code[s->ncolumn] = code;
		s->column[s->ncolumn++] = &t->column[c];
	}
	return (s);
}

static void
sample_free(struct sample *s)
{
	for (size_t c = 0; c < s->ncolumn; c++)
		free(s->code[c]);
	free(s->won);
	free(s);
}

/* What a rule is worth for each code of its column. */
static void
worth_of(const struct fu_fit_rule *r, float worth[FU_FIT_CODES])
{
	const struct fu_fit_column	*c = r->column;

	memset(worth, 0, FU_FIT_CODES * sizeof(*worth));
	switch (r->shape) {
	case FU_FIT_FROM:
	case FU_FIT_BELOW:
		for (size_t i = 0; i < c->nbin; i++)
			worth[FU_FIT_BIN + i] = (r->shape == FU_FIT_FROM) ==
			    (i > 0 && c->cut[i - 1] >= r->limit);
		break;
	case FU_FIT_AMONG:
		for (size_t i = 0; i < r->nlevel; i++)
			worth[r->level[i]] = 1;
		break;
	case FU_FIT_NONE:
		worth[FU_FIT_NULL] = 1;
		break;
	case FU_FIT_SOME:
		for (size_t i = FU_FIT_NULL + 1; i < FU_FIT_CODES; i++)
			worth[i] = 1;
		break;
	case FU_FIT_EACH:
		for (int i = 0; i <= FU_FIT_SIXTEENTHS; i++)
			worth[FU_FIT_BIN + i] = (float)fmin(1,
			    i / 16.0 / r->most);
		break;
	}
}

/* Take the candidate if it is better; of two that are as good, the first. */
static void
offer(struct candidate *best, const struct sums *s, size_t column,
    const struct fu_fit_rule *r, double g, double h, double hh, size_t n)
{
	double	 gain;

	if (n < s->rare || s->all_n - n < s->rare)
		return;
	/* The others' curve falls with where all begin. */
	gain = g * g / (hh - h * h / s->all_h + s->penalty);
	/* A card reads better that says what speaks for somebody. */
	if (g < 0)
		gain *= AGAINST;
	if (gain > best->gain * (1 + 1e-9)) {
		best->rule = *r;
		best->column = column;
		best->gain = gain;
	}
}

static void
try_number(struct candidate *best, const struct sums *s, size_t column,
    struct fu_fit_rule *r)
{
	const struct fu_fit_column	*c = r->column;
	double	 g = 0, h = 0, below_g = 0, below_h = 0;
	size_t	 n = 0, below_n = 0;

	for (size_t i = 0; i < c->nbin; i++) {
		g += s->g[FU_FIT_BIN + i];
		h += s->h[FU_FIT_BIN + i];
		n += s->n[FU_FIT_BIN + i];
	}
	for (size_t i = 0; i + 1 < c->nbin; i++) {
		below_g += s->g[FU_FIT_BIN + i];
		below_h += s->h[FU_FIT_BIN + i];
		below_n += s->n[FU_FIT_BIN + i];
		r->limit = c->cut[i];
		r->shape = FU_FIT_FROM;
		offer(best, s, column, r, g - below_g, h - below_h,
		    h - below_h, n - below_n);
		r->shape = FU_FIT_BELOW;
		offer(best, s, column, r, below_g, below_h, below_h, below_n);
	}
}

struct slope {
	uint8_t	 code;
	double	 slope;
};

static int
by_slope(const void *va, const void *vb)
{
	const struct slope	*a = va, *b = vb;

	if (a->slope != b->slope)
		return (a->slope > b->slope ? -1 : 1);
	return (a->code - b->code);
}

static int
by_code(const void *va, const void *vb)
{
	return (*(const uint8_t *)va - *(const uint8_t *)vb);
}

/* Lists of the levels that stand out most, at either end. */
static void
try_text(struct candidate *best, const struct sums *s, size_t column,
    struct fu_fit_rule *r)
{
	struct slope	 level[FU_FIT_CODES];
	size_t		 n = 0, sum_n;
	double		 g, h;

	for (size_t i = 0; i < r->column->nbin; i++) {
		uint8_t	 code = (uint8_t)(FU_FIT_BIN + i);

		if (s->n[code] >= s->rare)
			level[n++] = (struct slope){ code, s->g[code] /
			    (s->h[code] + s->penalty) };
	}
	qsort(level, n, sizeof(*level), by_slope);
	r->shape = FU_FIT_AMONG;
	for (int end = 0; end < 2; end++) {
		g = h = 0;
		sum_n = 0;
		for (size_t k = 0; k < n && k < FU_FIT_LISTED; k++) {
			const struct slope *l = &level[end ? n - 1 - k : k];

			g += s->g[l->code];
			h += s->h[l->code];
			sum_n += s->n[l->code];
			r->level[k] = l->code;
			r->nlevel = k + 1;
			offer(best, s, column, r, g, h, h, sum_n);
		}
	}
}

static void
try_presence(struct candidate *best, const struct sums *s, size_t column,
    struct fu_fit_rule *r)
{
	double	 g = 0, h = 0;

	r->shape = FU_FIT_NONE;
	offer(best, s, column, r, s->g[FU_FIT_NULL], s->h[FU_FIT_NULL],
	    s->h[FU_FIT_NULL], s->n[FU_FIT_NULL]);
	for (size_t i = FU_FIT_NULL + 1; i < FU_FIT_CODES; i++) {
		g += s->g[i];
		h += s->h[i];
	}
	r->shape = FU_FIT_SOME;
	offer(best, s, column, r, g, h, h, s->all_n - s->n[FU_FIT_NULL]);
}

static void
try_events(struct candidate *best, const struct sums *s, size_t column,
    struct fu_fit_rule *r)
{
	float	 worth[FU_FIT_CODES];
	double	 g, h, hh;

	r->shape = FU_FIT_EACH;
	for (size_t k = 0; k < sizeof(capped) / sizeof(*capped); k++) {
		r->most = capped[k];
		worth_of(r, worth);
		g = h = hh = 0;
		for (size_t i = FU_FIT_BIN; i < FU_FIT_CODES; i++) {
			g += s->g[i] * (double)worth[i];
			h += s->h[i] * (double)worth[i];
			hh += s->h[i] * (double)worth[i] * (double)worth[i];
		}
		offer(best, s, column, r, g, h, hh,
		    s->all_n - s->n[FU_FIT_BIN]);
	}
}

/* The rule that would help the model most as it is. */
static bool
choose(const struct sample *s, const double *logit, double penalty,
    struct candidate *best)
{
	struct sums	*sums = fu_zeroed(1, sizeof(*sums));
	float		*g = fu_zeroed(s->n, sizeof(*g));
	float		*h = fu_zeroed(s->n, sizeof(*h));

	memset(best, 0, sizeof(*best));
	sums->penalty = penalty;
	sums->all_n = s->n;
	sums->rare = s->rare;
	for (size_t i = 0; i < s->n; i++) {
		double	 chance = fu_fit_chance(logit[i]);

		g[i] = (float)(s->won[i] - chance);
		h[i] = (float)(chance * (1 - chance));
		sums->all_h += (double)h[i];
	}
	for (size_t c = 0; c < s->ncolumn; c++) {
		struct fu_fit_rule	 r = { .column = s->column[c] };
		const uint8_t		*code = s->code[c];

		memset(sums->g, 0, sizeof(sums->g));
		memset(sums->h, 0, sizeof(sums->h));
		for (size_t i = 0; i < s->n; i++) {
			sums->g[code[i]] += (double)g[i];
			sums->h[code[i]] += (double)h[i];
		}
		sums->n = s->count[c];
		if (r.column->type == FU_FIT_NUMBER)
			try_number(best, sums, c, &r);
		else if (r.column->type == FU_FIT_TEXT)
			try_text(best, sums, c, &r);
		else
			try_events(best, sums, c, &r);
		if (r.column->type != FU_FIT_EVENT && !r.column->absence)
			try_presence(best, sums, c, &r);
	}
	free(sums);
	free(g);
	free(h);
	return (best->gain >= GAIN_MIN);
}

/*
 * Add rules up to ${max}, calling ${each} when there is one more.  The model's
 * logits are in ${p}, whose room is the caller's.
 */
static void
add_rules(const struct sample *s, struct fu_fit_logit *m,
    struct fu_fit_people *p, struct fu_fit_rule *rule, size_t max,
    void (*each)(void *, const struct fu_fit_logit *,
    const struct fu_fit_rule *), void *ctx)
{
	struct candidate	 best;

	fu_fit_logit_solve(m, p, ROUNDS_LAST);
	if (each != NULL)
		each(ctx, m, rule);
	while (m->n < max && choose(s, p->logit, m->penalty, &best)) {
		qsort(best.rule.level, best.rule.nlevel,
		    sizeof(*best.rule.level), by_code);
		rule[m->n] = best.rule;
		m->term[m->n].code = s->code[best.column];
		worth_of(&best.rule, m->term[m->n].worth);
		m->weight[1 + m->n++] = 0;
		fu_fit_logit_solve(m, p, ROUNDS);
		if (each != NULL)
			each(ctx, m, rule);
	}
}

/* Those on whom a model is tried that was learned without them. */
struct trial {
	const struct fu_fit_table *table;
	const uint32_t		*row;
	size_t			 n;
	double			*loss;		/* [rules] */
};

static void
try_model(void *ctx, const struct fu_fit_logit *m,
    const struct fu_fit_rule *rule)
{
	struct trial		*t = ctx;
	struct fu_fit_logit	*there = fu_zeroed(1, sizeof(*there));
	uint8_t			 won;

	*there = *m;
	for (size_t k = 0; k < m->n; k++)
		there->term[k].code = rule[k].column->code;
	for (size_t i = 0; i < t->n; i++) {
		won = t->table->won[t->row[i]];
		t->loss[m->n] += fu_fit_loss(fu_fit_logit_of(there, t->row[i]),
		    won);
	}
	free(there);
}

/* One fold: learned from the others, tried on it. */
static void
cross(const struct fu_fit_table *t, const uint32_t *row, size_t n,
    unsigned fold, double penalty, double loss[1 + FU_FIT_RULES])
{
	uint32_t		*in = fu_zeroed(n, sizeof(*in));
	uint32_t		*out = fu_zeroed(n, sizeof(*out));
	struct fu_fit_rule	 rule[FU_FIT_RULES];
	struct fu_fit_logit	*m = fu_zeroed(1, sizeof(*m));
	struct fu_fit_people	 p;
	struct trial		 trial = { .table = t, .row = out,
		.loss = loss };
	struct sample		*s;
	size_t			 nin = 0;

	for (size_t i = 0; i < n; i++)
		if (fu_fit_fold(t, row[i]) == fold)
			out[trial.n++] = row[i];
		else
			in[nin++] = row[i];
	s = sample_new(t, in, nin);
	m->penalty = penalty;
	p = (struct fu_fit_people){ s->won, fu_zeroed(nin, sizeof(double)),
		nin };
	add_rules(s, m, &p, rule, FU_FIT_RULES, try_model, &trial);
	/* Rules that were not there to add change nothing. */
	for (size_t k = m->n + 1; k <= FU_FIT_RULES; k++)
		loss[k] += trial.loss[m->n];
	free(p.logit);
	sample_free(s);
	free(m);
	free(in);
	free(out);
}

/* How many rules, and with what penalty. */
static size_t
how_many(const struct fu_fit_table *t, const uint32_t *row, size_t n,
    double *penalty)
{
	double	 loss[PENALTIES][1 + FU_FIT_RULES] = { { 0 } }, least = INFINITY;
	double	 one[1 + FU_FIT_RULES];
	size_t	 k;

	for (size_t a = 0; a < PENALTIES; a++)
		for (unsigned fold = 0; fold < FU_FIT_FOLDS; fold++) {
			memset(one, 0, sizeof(one));
			cross(t, row, n, fold, penalties[a], one);
			for (k = 0; k <= FU_FIT_RULES; k++)
				loss[a][k] += one[k];
		}
	for (size_t a = 0; a < PENALTIES; a++)
		for (k = 0; k <= FU_FIT_RULES; k++)
			least = fmin(least, loss[a][k]);
	/* The fewest rules that come so near; of penalties the best for these. */
	for (k = 0; k <= FU_FIT_RULES; k++) {
		size_t	 best = 0;

		for (size_t a = 1; a < PENALTIES; a++)
			if (loss[a][k] < loss[best][k])
				best = a;
		if (loss[best][k] <= least * CV_WORSE) {
			*penalty = penalties[best];
			return (k);
		}
	}
	*penalty = penalties[PENALTIES - 1];
	return (0);
}

/* Rows by hash, lowest first: a sample of them is the first so many. */
static int
by_hash(const void *va, const void *vb, void *ctx)
{
	const uint64_t	*hash = ctx;
	uint32_t	 a = *(const uint32_t *)va, b = *(const uint32_t *)vb;

	return (hash[a] < hash[b] ? -1 : hash[a] > hash[b] ? 1 :
	    a < b ? -1 : a > b);
}

void
fu_fit_learn(const struct fu_fit_table *t, struct fu_arena *arena,
    struct fu_fit *fit)
{
	uint32_t		*row = fu_zeroed(t->n, sizeof(*row));
	struct fu_fit_logit	*m = fu_zeroed(1, sizeof(*m));
	struct fu_fit_people	 p;
	struct sample		*s;
	size_t			 max;

	memset(fit, 0, sizeof(*fit));
	fit->people = t->n;
	for (size_t i = 0; i < t->n; i++) {
		row[i] = (uint32_t)i;
		fit->won += t->won[i];
	}
	qsort_r(row, t->n, sizeof(*row), by_hash, t->hash);
	max = how_many(t, row, t->n < CV_PEOPLE ? t->n : CV_PEOPLE,
	    &fit->penalty);
	s = sample_new(t, row, t->n);
	m->penalty = fit->penalty;
	p = (struct fu_fit_people){ s->won, fu_alloc_array(arena, t->n + 1,
	    sizeof(*p.logit)), t->n };
	add_rules(s, m, &p, fit->rule, max, NULL, NULL);
	fu_fit_logit_solve(m, &p, ROUNDS_LAST);
	fit->n = m->n;
	fit->begin = m->weight[0];
	for (size_t k = 0; k < m->n; k++)
		fit->rule[k].weight = m->weight[1 + k];
	fit->logit = p.logit;
	for (size_t i = 0; i < t->n; i++)
		fit->logit[i] -= fit->begin;
	sample_free(s);
	free(m);
	free(row);
}
