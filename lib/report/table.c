/*
 * Figures as a table of 80 columns, for a terminal and for cron's mail.
 *
 * Must never let colour alone say something.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/figures.h"
#include "report/number.h"

#define LABEL		33
#define CELLS		5

/* Right of the label, by kind of measure; widths add up to 80. */
static const int width[CELLS] = { 8, 8, 9, 12, 8 };
static const char *const heads[][CELLS] = {
	[FU_MK_RATE] = { "n", "of", "rate", "95 %", "pending" },
	[FU_MK_COUNT] = { "n", "people", "", "", "" },
	[FU_MK_VALUES] = { "n", "of", "median", "p90", "" },
	[FU_MK_FLOW] = { "won", "of", "a day", "win rate", "days" },
	[FU_MK_COST] = { "n", "of", "each", "cost", "pending" },
};

static void
row(struct fu_buf *out, const char *label, const char *const cell[CELLS],
    bool dim)
{
	char	 text[LABEL * 4 + 8];
	size_t	 len = strlen(label), to, chars;

	if (fu_utf8_count(fu_str_of(label)) > LABEL) {
		/* The end tells more: it is the step's. */
		while (fu_utf8_count((struct fu_str){ label, len }) >
		    LABEL - 2) {
			uint32_t	 cp;
			size_t		 one = fu_utf8_next(label, &cp);

			label += one;
			len -= one;
		}
		snprintf(text, sizeof(text), "..%s", label);
		label = text;
	}
	chars = fu_utf8_count(fu_str_of(label));
	if (dim)
		fu_buf_puts(out, "\033[2m");
	to = out->len;
	fu_buf_printf(out, "  %s%*s", label, (int)(LABEL - chars), "");
	for (int i = 0; i < CELLS; i++)
		fu_buf_printf(out, "%*s", width[i], cell[i]);
	while (out->len > to && out->ptr[out->len - 1] == ' ')
		fu_buf_cut(out, out->len - 1);
	fu_buf_puts(out, dim ? "\033[0m\n" : "\n");
}

static const char *
amount(const struct fu_figure *f, double value, char text[FU_NUMBER_LEN])
{
	if (f->measure == FU_M_RESPONSE)
		return (fu_span_text(value, text));
	return (fu_fixed(value, f->kind == FU_MK_VALUES ? 0 : 2, text));
}

static void
fill(const struct fu_figure *f, char cell[CELLS][FU_NUMBER_LEN])
{
	char	 low[FU_NUMBER_LEN], high[FU_NUMBER_LEN];
	double	 x;

	snprintf(cell[0], FU_NUMBER_LEN, "%lld", (long long)f->n);
	snprintf(cell[1], FU_NUMBER_LEN, "%lld", (long long)f->of);
	switch (f->kind) {
	case FU_MK_RATE:
		if (f->has_value)
			snprintf(cell[2], FU_NUMBER_LEN, "%s%.30s", f->few ?
			    "~" : "", fu_percent(f->value, low));
		if (f->has_interval)
			snprintf(cell[3], FU_NUMBER_LEN, "%.12s-%.12s",
			    fu_fixed(f->low * 100, 1, low),
			    fu_fixed(f->high * 100, 1, high));
		break;
	case FU_MK_COUNT:
		break;
	case FU_MK_VALUES:
		if (f->has_value)
			amount(f, f->value, cell[2]);
		if (fu_figure_more(f, "p90", &x))
			amount(f, x, cell[3]);
		break;
	case FU_MK_FLOW:
		if (f->has_value)
			amount(f, f->value, cell[2]);
		if (fu_figure_more(f, "win_rate", &x))
			fu_percent(x, cell[3]);
		if (fu_figure_more(f, "cycle_days", &x))
			fu_fixed(x, 1, cell[4]);
		break;
	case FU_MK_COST:
		if (f->has_value)
			amount(f, f->value, cell[2]);
		if (fu_figure_more(f, "cost", &x))
			amount(f, x, cell[3]);
		break;
	}
	if ((f->kind == FU_MK_RATE || f->kind == FU_MK_COST) &&
	    f->pending > 0)
		snprintf(cell[4], FU_NUMBER_LEN, "%lld",
		    (long long)f->pending);
}

/* What a row has no room for, in a line below it. */
static void
below(const struct fu_figure *f, struct fu_buf *out)
{
	char	 a[FU_NUMBER_LEN], b[FU_NUMBER_LEN], c[FU_NUMBER_LEN];
	double	 x, low, high;

	if (f->verdict != NULL)
		fu_buf_printf(out, "    %s", f->verdict);
	if (fu_figure_more(f, "difference", &x) &&
	    fu_figure_more(f, "difference_low", &low) &&
	    fu_figure_more(f, "difference_high", &high))
		fu_buf_printf(out, ": %s points, %s to %s whenever one looks",
		    fu_fixed(x * 100, 1, a), fu_fixed(low * 100, 1, b),
		    fu_fixed(high * 100, 1, c));
	if (f->verdict != NULL)
		fu_buf_putc(out, '\n');
	if (fu_figure_more(f, "negative", &x) && fu_figure_more(f, "unknown",
	    &low) && f->of > 0)
		fu_buf_printf(out, "    %s negative, %s unknown\n",
		    fu_fixed(x, 0, a), fu_fixed(low, 0, b));
	if (fu_figure_more(f, "within_respond_by", &x))
		fu_buf_printf(out, "    %s within respond_by%s\n",
		    fu_percent(x, a), f->pending == 0 ? "" : "; others wait");
}

/* Weekdays down, hours across. */
static void
hours(const struct fu_figure *f, size_t n, struct fu_buf *out)
{
	static const char *const	 days[] = { "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };
	int64_t				 at[7][24] = { { 0 } };

	for (size_t i = 0; i < n; i++) {
		int	 day = f[i].by[0].value[0] - '1';
		int	 hour = atoi(f[i].by[1].value);

		if (day >= 0 && day < 7 && hour >= 0 && hour < 24)
			at[day][hour] += f[i].n;
	}
	fu_buf_puts(out, "  hour");
	for (int h = 0; h < 24; h++)
		fu_buf_printf(out, h % 3 == 0 ? "%3d" : "   ", h);
	for (int d = 0; d < 7; d++) {
		fu_buf_printf(out, "\n  %-4s", days[d]);
		for (int h = 0; h < 24; h++)
			if (at[d][h] == 0)
				fu_buf_puts(out, "  .");
			else if (at[d][h] > 99)
				fu_buf_puts(out, " **");
			else
				fu_buf_printf(out, "%3d", (int)at[d][h]);
	}
	fu_buf_puts(out, "\n");
}

static void
head(const struct fu_figure *f, struct fu_buf *out)
{
	fu_buf_printf(out, "\n%s (%s)\n", fu_measure_defs[f->measure].title,
	    fu_measure_defs[f->measure].name);
}

static void
block(const struct fu_figure *f, size_t n, bool grey, struct fu_arena *arena,
    struct fu_buf *out)
{
	const char	*by = "", *cell[CELLS];

	if (f->measure == FU_M_HOURS && f->nby == 2) {
		hours(f, n, out);
		return;
	}
	for (size_t i = 0; i < f->nby; i++)
		by = fu_printf(arena, i == 0 ? "%sby %s" : "%s / %s", by,
		    fu_dim_names[f->by[i].dim]);
	row(out, by, heads[f->kind], false);
	for (size_t i = 0; i < n; i++) {
		char	 text[CELLS][FU_NUMBER_LEN] = { "" };
		char	*label = fu_dup(arena, f[i].text != NULL ? f[i].text :
		    fu_figure_label(&f[i], arena));

		fill(&f[i], text);
		for (int k = 0; k < CELLS; k++)
			cell[k] = text[k];
		fu_printable(label);
		row(out, label, cell, grey && f[i].few);
		below(&f[i], out);
	}
}

void
fu_figures_table(const struct fu_figure *f, size_t n, bool grey,
    struct fu_buf *out)
{
	struct fu_arena	 arena;
	bool		 few = false;

	fu_arena_init(&arena);
	for (size_t at = 0, len; at < n; at += len) {
		len = fu_figures_run(f, n, at);
		if (at == 0 || f[at].measure != f[at - 1].measure)
			head(&f[at], out);
		block(&f[at], len, grey, &arena, out);
	}
	for (size_t i = 0; i < n; i++)
		few = few || (f[i].few && f[i].kind == FU_MK_RATE &&
		    f[i].has_value);
	if (few)
		fu_buf_printf(out, "\n~ of fewer than %d people: it says "
		    "little\n", FU_MEASURE_FEW);
	fu_arena_free(&arena);
}
