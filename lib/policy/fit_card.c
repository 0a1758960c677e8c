/*
 * Points, names and conditions of the rules that were learned.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "policy/fit_card.h"

#define NAME_MAX_LEN	48	/* bytes of a rule's name */
#define TOLD_MAX	3	/* levels of a list that a rule's words name */
#define SCALE_MAX	25.0	/* points a unit of log-odds */

static int
by_value(const void *va, const void *vb)
{
	double	 a = *(const double *)va, b = *(const double *)vb;

	return (a < b ? -1 : a > b);
}

/*
 * Points a unit of log-odds, and of who has no rule: so that the best tenth is
 * above hot, and one in two hundred at most is cut off at either end.
 */
static double
scale(const struct fu_fit *fit, int hot, double *begin)
{
	double	*sorted = fu_zeroed(fit->people, sizeof(*sorted)), low, high,
		 best, points = SCALE_MAX;
	size_t	 n = fit->people;

	memcpy(sorted, fit->logit, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_value);
	low = sorted[n / 200];
	best = sorted[n - 1 - n / 10];
	high = sorted[n - 1 - n / 200];
	free(sorted);
	for (size_t i = 0; i < fit->n; i++)
		points = fmin(points,
		    FU_FIT_POINTS / fmax(fabs(fit->rule[i].weight), 1e-9));
	if (high > best)
		points = fmin(points, (100 - hot) / (high - best));
	if (best > low)
		points = fmin(points, hot / (best - low));
	*begin = hot - points * best;
	/* One rule gives as much: then the whole scale lies lower or higher. */
	if (fabs(*begin) > FU_FIT_POINTS) {
		*begin = *begin > 0 ? FU_FIT_POINTS : -FU_FIT_POINTS;
		if (low < 0 && *begin > 0)
			points = fmin(points, *begin / -low);
		if (high > 0)
			points = fmin(points, (100 - *begin) / high);
	}
	return (points);
}

/* "Lead Source" is lead_source. */
static void
put_slug(struct fu_buf *b, const char *text)
{
	size_t	 from = b->len;

	for (; *text != '\0'; text++) {
		char	 c = *text;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			fu_buf_putc(b, c);
		else if (b->len > from && b->ptr[b->len - 1] != '_')
			fu_buf_putc(b, '_');
	}
	while (b->len > from && b->ptr[b->len - 1] == '_')
		fu_buf_cut(b, b->len - 1);
	if (b->len == from)
		fu_buf_puts(b, "other");
}

static const char *
level_of(const struct fu_fit_rule *r, size_t i)
{
	return (r->column->level[r->level[i] - FU_FIT_BIN]);
}

/* Yes or no, as 1 or 0: "contact_shared" says more than "from 1". */
static bool
is_yes(const struct fu_fit_rule *r)
{
	return (r->shape == FU_FIT_FROM && r->limit == 1 &&
	    r->column->nbin == 2);
}

/* A name that no rule before has. */
static const char *
name_of(const struct fu_fit_rule *r, const struct fu_scorecard *card,
    struct fu_arena *arena)
{
	char		 number[FU_FIT_NUMBER_LEN];
	struct fu_buf	 b;
	const char	*name, *base;

	fu_buf_init(&b);
	put_slug(&b, r->column->name);
	if ((r->shape == FU_FIT_FROM && !is_yes(r)) ||
	    r->shape == FU_FIT_BELOW) {
		fu_buf_puts(&b, r->shape == FU_FIT_FROM ? "_from_" :
		    "_below_");
		put_slug(&b, fu_fit_number(r->limit, number));
	} else if (r->shape == FU_FIT_AMONG) {
		fu_buf_putc(&b, '_');
		put_slug(&b, level_of(r, 0));
		if (r->nlevel > 1)
			fu_buf_puts(&b, "_etc");
	} else if (r->shape == FU_FIT_NONE || r->shape == FU_FIT_SOME)
		fu_buf_puts(&b, r->shape == FU_FIT_NONE ? "_unknown" :
		    "_known");
	while (b.len > NAME_MAX_LEN && strrchr(b.ptr, '_') != NULL)
		fu_buf_cut(&b, (size_t)(strrchr(b.ptr, '_') - b.ptr));
	if (b.len > NAME_MAX_LEN)
		fu_buf_cut(&b, NAME_MAX_LEN);
	name = base = fu_dup_buf(arena, &b);
	fu_buf_free(&b);
	for (size_t k = 2, i = 0; i < card->nrule; i++)
		if (strcmp(card->rule[i].name, name) == 0) {
			name = fu_printf(arena, "%s_%zu", base, k++);
			i = (size_t)-1;
		}
	return (name);
}

static void
put_text(struct fu_buf *b, const char *text)
{
	fu_buf_putc(b, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fu_buf_putc(b, '\'');
		fu_buf_putc(b, *text);
	}
	fu_buf_putc(b, '\'');
}

static const char *
condition_of(const struct fu_fit_rule *r, struct fu_arena *arena)
{
	char		 number[FU_FIT_NUMBER_LEN];
	struct fu_buf	 b;
	const char	*sql;

	fu_buf_init(&b);
	fu_buf_puts(&b, r->column->expr);
	if (r->shape == FU_FIT_FROM || r->shape == FU_FIT_BELOW)
		fu_buf_printf(&b, r->shape == FU_FIT_FROM ? " >= %s" : " < %s",
		    fu_fit_number(r->limit, number));
	else if (r->shape == FU_FIT_NONE || r->shape == FU_FIT_SOME)
		fu_buf_puts(&b, r->shape == FU_FIT_NONE ? " IS NULL" :
		    " IS NOT NULL");
	else if (r->nlevel == 1) {
		fu_buf_puts(&b, " = ");
		put_text(&b, level_of(r, 0));
	} else {
		for (size_t i = 0; i < r->nlevel; i++) {
			fu_buf_puts(&b, i == 0 ? " IN (" : ", ");
			put_text(&b, level_of(r, i));
		}
		fu_buf_putc(&b, ')');
	}
	sql = fu_dup_buf(arena, &b);
	fu_buf_free(&b);
	return (sql);
}

/* "Lead Source: Reference or Olark Chat"; of a long list its first. */
static void
put_levels(struct fu_buf *b, const struct fu_fit_rule *r)
{
	size_t	 told = r->nlevel > TOLD_MAX + 1 ? TOLD_MAX : r->nlevel;

	for (size_t i = 0; i < told; i++)
		fu_buf_printf(b, "%s%s", i == 0 ? ": " :
		    i + 1 == r->nlevel ? " or " : ", ", level_of(r, i));
	if (told < r->nlevel)
		fu_buf_printf(b, " or one of %zu more", r->nlevel - told);
}

static const char *
words_of(const struct fu_fit_rule *r, struct fu_arena *arena)
{
	char		 number[FU_FIT_NUMBER_LEN];
	struct fu_buf	 b;
	const char	*words;

	fu_buf_init(&b);
	fu_buf_puts(&b, r->column->name);
	for (size_t i = 0; i < b.len; i++)
		if (b.ptr[i] == '_')
			b.ptr[i] = ' ';
	if (r->shape == FU_FIT_FROM && !is_yes(r))
		fu_buf_printf(&b, " %s or more",
		    fu_fit_number(r->limit, number));
	else if (r->shape == FU_FIT_BELOW)
		fu_buf_printf(&b, " under %s", fu_fit_number(r->limit, number));
	else if (r->shape == FU_FIT_NONE || r->shape == FU_FIT_SOME)
		fu_buf_puts(&b, r->shape == FU_FIT_NONE ? " not known" :
		    " known");
	else if (r->shape == FU_FIT_AMONG)
		put_levels(&b, r);
	words = fu_dup_buf(arena, &b);
	fu_buf_free(&b);
	return (words);
}

/* An event's points are whole each, so its cap may have to give. */
static void
points_of_events(const struct fu_fit_rule *r, double points,
    struct fu_rule *rule)
{
	int	 all = (int)lround(points), each = all / r->most;

	if (abs(all - each * r->most) * 2 >= r->most)
		each += all < 0 ? -1 : 1;
	if (each == 0 && all != 0)
		each = all < 0 ? -1 : 1;
	rule->points = each;
	rule->cap = abs(all) < abs(each) * r->most ? abs(all) :
	    abs(each) * r->most;
	if (rule->cap < abs(each))
		rule->cap = abs(each);
}

static bool
make_rule(const struct fu_fit_rule *r, double points,
    const struct fu_scorecard *card, struct fu_arena *arena,
    struct fu_rule *rule)
{
	memset(rule, 0, sizeof(*rule));
	if (r->shape == FU_FIT_EACH) {
		rule->kind = FU_RULE_EVENT;
		rule->event = r->column->event;
		rule->half_life_us = r->column->half_life_us;
		rule->window_us = r->column->window_us;
		points_of_events(r, points, rule);
		if (r->column->glob != NULL) {
			rule->globs.item = fu_alloc(arena,
			    sizeof(*rule->globs.item));
			rule->globs.item[0] = r->column->glob;
			rule->globs.n = 1;
			rule->globs_of = r->column->globs_of;
		}
	} else {
		rule->kind = FU_RULE_FIELD;
		rule->points = (int)lround(points);
		rule->when.sql = condition_of(r, arena);
		rule->why = words_of(r, arena);
	}
	if (rule->points == 0)
		return (false);
	rule->name = name_of(r, card, arena);
	return (true);
}

static int
all_points(const struct fu_rule *r)
{
	return (abs(r->kind == FU_RULE_EVENT ? r->cap : r->points));
}

void
fu_fit_card(const struct fu_fit *fit, const struct fu_scorecard *bands,
    struct fu_arena *arena, struct fu_scorecard *card)
{
	double		 begin, points = scale(fit, bands->hot, &begin);
	struct fu_rule	*rule, one;
	size_t		 k;

	*card = (struct fu_scorecard){ .version = "", .hot = bands->hot,
		.warm = bands->warm, .cold_after_us = bands->cold_after_us };
	card->rule = rule = fu_alloc_array(arena, fit->n + 1, sizeof(*rule));
	if (lround(begin) != 0)
		rule[card->nrule++] = (struct fu_rule){ .name = "base",
			.kind = FU_RULE_FIELD, .when = { .sql = "1" },
			.points = (int)lround(begin),
			.why = "where everybody begins" };
	for (size_t i = 0; i < fit->n; i++)
		if (make_rule(&fit->rule[i], points * fit->rule[i].weight,
		    card, arena, &rule[card->nrule]))
			card->nrule++;
	/* By points, the base first. */
	for (size_t i = lround(begin) != 0 ? 2 : 1; i < card->nrule; i++) {
		one = rule[i];
		for (k = i; k > (lround(begin) != 0 ? 1u : 0u) &&
		    all_points(&rule[k - 1]) < all_points(&one); k--)
			rule[k] = rule[k - 1];
		rule[k] = one;
	}
}
