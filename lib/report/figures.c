/*
 * Figures as records, and what table and page share about them.
 *
 * Must never show more digits than the figure has.
 */
#include <math.h>
#include <string.h>

#include "record/json.h"
#include "report/figures.h"

static double
rounded(double value)
{
	return (fabs(value) < 1e9 ? round(value * 1e6) / 1e6 : value);
}

static void
put_by(struct fu_jw *jw, const struct fu_figure *f)
{
	fu_jw_object(jw, "by");
	for (size_t i = 0; i < f->nby; i++)
		fu_jw_str(jw, fu_dim_names[f->by[i].dim], f->by[i].value);
	fu_jw_object_end(jw);
}

void
fu_figure_record(const struct fu_figure *f, struct fu_buf *out)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "stat");
	fu_jw_str(&jw, "stat", fu_measure_defs[f->measure].name);
	put_by(&jw, f);
	if (f->text != NULL)
		fu_jw_str(&jw, "text", f->text);
	fu_jw_int(&jw, "n", f->n);
	fu_jw_int(&jw, f->kind == FU_MK_COUNT ? "people" : "of", f->of);
	if (f->kind != FU_MK_COUNT && f->kind != FU_MK_FLOW) {
		if (!f->has_value)
			fu_jw_null(&jw, "value");
		else
			fu_jw_real(&jw, "value", rounded(f->value));
	} else if (f->has_value)
		fu_jw_real(&jw, "value", rounded(f->value));
	if (f->has_interval) {
		fu_jw_real(&jw, "low", rounded(f->low));
		fu_jw_real(&jw, "high", rounded(f->high));
	}
	if (f->kind == FU_MK_RATE || f->kind == FU_MK_COST ||
	    f->measure == FU_M_RESPONSE)
		fu_jw_int(&jw, "pending", f->pending);
	for (size_t i = 0; i < f->nmore; i++)
		fu_jw_real(&jw, f->more[i].name, rounded(f->more[i].value));
	if (f->verdict != NULL)
		fu_jw_str(&jw, "verdict", f->verdict);
	if (f->kind != FU_MK_COUNT)
		fu_jw_bool(&jw, "few", f->few);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
}

/* "3 engaged" is third in its order: people need not read that. */
static const char *
shown(enum fu_dim dim, const char *value)
{
	if (value == NULL)
		return ("none");
	if ((dim == FU_DIM_LEVEL || dim == FU_DIM_WITHIN ||
	    dim == FU_DIM_WEEKDAY) && value[0] != '\0' && value[1] == ' ')
		return (value + 2);
	return (dim == FU_DIM_TOUCHES && value[0] == '0' ? value + 1 : value);
}

const char *
fu_figure_label(const struct fu_figure *f, struct fu_arena *arena)
{
	const char	*label = NULL, *value;

	for (size_t i = 0; i < f->nby; i++) {
		value = shown(f->by[i].dim, f->by[i].value);
		label = label == NULL ? value : fu_printf(arena, "%s / %s",
		    label, value);
	}
	return (label == NULL ? "all" : label);
}

bool
fu_figure_more(const struct fu_figure *f, const char *name, double *value)
{
	for (size_t i = 0; i < f->nmore; i++)
		if (strcmp(f->more[i].name, name) == 0) {
			*value = f->more[i].value;
			return (true);
		}
	return (false);
}

size_t
fu_figures_run(const struct fu_figure *f, size_t n, size_t at)
{
	size_t	 to = at + 1;

	for (; to < n && f[to].measure == f[at].measure &&
	    f[to].nby == f[at].nby; to++)
		for (size_t i = 0; i < f[at].nby; i++)
			if (f[to].by[i].dim != f[at].by[i].dim)
				return (to - at);
	return (to - at);
}
