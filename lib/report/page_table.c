/*
 * Figures of the page as tables and bars, and what they mean.
 *
 * Must never show a name, or a text of theirs, that was not asked for.
 */
#include <stdio.h>
#include <string.h>

#include "report/figures.h"
#include "report/html.h"
#include "report/number.h"
#include "report/page_room.h"

struct fu_run
fu_run_find(const struct fu_page *p, enum fu_measure m, const enum fu_dim *by,
    size_t nby)
{
	for (size_t at = 0, len; at < p->n; at += len) {
		const struct fu_figure	*f = &p->figure[at];
		size_t			 i = 0;

		len = fu_figures_run(p->figure, p->n, at);
		if (f->measure != m || f->nby != nby)
			continue;
		while (i < nby && f->by[i].dim == by[i])
			i++;
		if (i == nby)
			return ((struct fu_run){ f, len });
	}
	return ((struct fu_run){ NULL, 0 });
}

/* Senders are people: the n-th of those that there are stands for one. */
static const char *
nobody(const struct fu_page *p, const char *sender, struct fu_arena *arena)
{
	const char	*seen = NULL;
	size_t		 n = 0;

	/* Figures are in order of their texts: those by sender alone count. */
	for (size_t i = 0; i < p->n; i++) {
		const struct fu_figure	*f = &p->figure[i];

		if (f->nby != 1 || f->by[0].dim != FU_DIM_SENDER ||
		    f->measure != FU_M_BOUNCE || fu_streq(f->by[0].value, seen))
			continue;
		seen = f->by[0].value;
		n++;
		if (fu_streq(seen, sender))
			break;
	}
	return (fu_printf(arena, "sender %zu", n));
}

const char *
fu_page_label(const struct fu_page *p, const struct fu_figure *f,
    struct fu_arena *arena)
{
	struct fu_figure	 shown = *f;

	if (f->text != NULL)
		return (p->names ? f->text : "in words of one's own");
	for (size_t i = 0; i < f->nby && !p->names; i++)
		if (f->by[i].dim == FU_DIM_SENDER && f->by[i].value != NULL)
			shown.by[i].value = nobody(p, f->by[i].value, arena);
	return (fu_figure_label(&shown, arena));
}

struct fu_bar *
fu_page_bars(const struct fu_page *p, struct fu_run run,
    struct fu_arena *arena, size_t *n)
{
	struct fu_bar	*bar = fu_alloc_array(arena, run.n + 8, sizeof(*bar));
	char		 s[FU_NUMBER_LEN], t[FU_NUMBER_LEN];

	*n = run.n < FU_PAGE_ROWS ? run.n : FU_PAGE_ROWS;
	for (size_t i = 0; i < *n; i++) {
		const struct fu_figure	*f = &run.figure[i];

		bar[i].label = fu_page_label(p, f, arena);
		bar[i].few = f->few && f->kind == FU_MK_RATE;
		if (f->kind != FU_MK_RATE) {
			bar[i].value = (double)f->n;
			bar[i].text = fu_dup(arena, fu_thousands(f->n, s));
			continue;
		}
		if (f->has_interval) {
			bar[i].low = f->low;
			bar[i].high = f->high;
		}
		bar[i].value = f->value;
		bar[i].text = !f->has_value ? "pending" : fu_printf(arena,
		    "%s%s of %s", f->few ? "~" : "", fu_percent(f->value, s),
		    fu_thousands(f->of, t));
	}
	return (bar);
}

static void
cell(struct fu_buf *out, const char *text)
{
	fu_buf_puts(out, "<td>");
	fu_buf_html(out, text);
	fu_buf_puts(out, "</td>");
}

static void
number(struct fu_buf *out, int64_t n)
{
	char	 s[FU_NUMBER_LEN];

	cell(out, fu_thousands(n, s));
}

static const char *const heads[][6] = {
	[FU_MK_RATE] = { "people", "of", "rate", "95 % interval", "pending" },
	[FU_MK_COUNT] = { "number", "people" },
	[FU_MK_VALUES] = { "n", "of", "median", "p90", "mean", "pending" },
	[FU_MK_FLOW] = { "won", "of", "value a day", "win rate",
	    "days to win", "a won one" },
	[FU_MK_COST] = { "meetings", "of", "each", "all together",
	    "pending" },
};

static void
further(const struct fu_figure *f, const char *name, struct fu_buf *out)
{
	char	 s[FU_NUMBER_LEN];
	double	 x;

	if (!fu_figure_more(f, name, &x))
		cell(out, "");
	else if (strcmp(name, "win_rate") == 0)
		cell(out, fu_percent(x, s));
	else if (f->measure == FU_M_RESPONSE)
		cell(out, fu_span_text(x, s));
	else
		cell(out, fu_fixed(x, x >= 1000 ? 0 : 1, s));
}

static void
value(const struct fu_figure *f, struct fu_buf *out)
{
	char	 s[FU_NUMBER_LEN], t[FU_NUMBER_LEN + 1];

	if (!f->has_value)
		cell(out, "");
	else if (f->kind == FU_MK_RATE) {
		snprintf(t, sizeof(t), "%s%s", f->few ? "~" : "",
		    fu_percent(f->value, s));
		cell(out, t);
	} else if (f->measure == FU_M_RESPONSE)
		cell(out, fu_span_text(f->value, s));
	else
		cell(out, fu_fixed(f->value, f->kind == FU_MK_VALUES ? 0 : 2,
		    s));
}

static void
cells(const struct fu_figure *f, struct fu_arena *arena, struct fu_buf *out)
{
	char	 s[FU_NUMBER_LEN], t[FU_NUMBER_LEN];

	number(out, f->n);
	number(out, f->of);
	if (f->kind == FU_MK_COUNT)
		return;
	value(f, out);
	switch (f->kind) {
	case FU_MK_RATE:
		cell(out, !f->has_interval ? "" : fu_printf(arena,
		    "%s – %s", fu_percent(f->low, s), fu_percent(f->high,
		    t)));
		break;
	case FU_MK_VALUES:
		further(f, "p90", out);
		further(f, "mean", out);
		break;
	case FU_MK_FLOW:
		further(f, "win_rate", out);
		further(f, "cycle_days", out);
		further(f, "won_value", out);
		return;
	default:
		further(f, "cost", out);
	}
	number(out, f->pending);
}

/* A comparison, and what a reply said: for people, below the row. */
static void
remark(const struct fu_figure *f, struct fu_arena *arena, struct fu_buf *out)
{
	char	 a[FU_NUMBER_LEN], b[FU_NUMBER_LEN], c[FU_NUMBER_LEN];
	double	 x, low, high;

	if (f->verdict == NULL)
		return;
	fu_buf_puts(out, "<br><span class=\"soft\">");
	fu_buf_html(out, f->verdict);
	if (fu_figure_more(f, "difference", &x) &&
	    fu_figure_more(f, "difference_low", &low) &&
	    fu_figure_more(f, "difference_high", &high))
		fu_buf_html(out, fu_printf(arena, ": %s points, %s to %s "
		    "whenever one looks", fu_fixed(x * 100, 1, a),
		    fu_fixed(low * 100, 1, b), fu_fixed(high * 100, 1, c)));
	fu_buf_puts(out, "</span>");
}

void
fu_page_table(const struct fu_page *p, struct fu_run run, const char *caption,
    struct fu_arena *arena, struct fu_buf *out)
{
	const struct fu_figure	*f = run.figure;
	size_t			 n = run.n < FU_PAGE_ROWS ? run.n :
	    FU_PAGE_ROWS;

	if (run.n == 0)
		return;
	fu_buf_puts(out, "<div class=\"wide\"><table>\n<caption>");
	fu_buf_html(out, caption);
	if (run.n > n)
		fu_buf_printf(out, " (the first %zu of %zu: fu-stats has all)",
		    n, run.n);
	fu_buf_puts(out, "</caption>\n<thead><tr><th scope=\"col\">");
	for (size_t i = 0; i < f->nby; i++)
		fu_buf_printf(out, "%s%s", i == 0 ? "" : " / ",
		    fu_dim_names[f->by[i].dim]);
	fu_buf_puts(out, "</th>");
	for (int i = 0; i < 6 && heads[f->kind][i] != NULL; i++)
		fu_buf_printf(out, "<th scope=\"col\">%s</th>",
		    heads[f->kind][i]);
	fu_buf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < n; i++) {
		fu_buf_puts(out, f[i].few && f[i].kind == FU_MK_RATE ?
		    "<tr class=\"grey\"><th scope=\"row\">" :
		    "<tr><th scope=\"row\">");
		fu_buf_html(out, fu_page_label(p, &f[i], arena));
		remark(&f[i], arena, out);
		fu_buf_puts(out, "</th>");
		cells(&f[i], arena, out);
		fu_buf_puts(out, "</tr>\n");
	}
	fu_buf_puts(out, "</tbody></table></div>\n");
}

static void
meaning(struct fu_buf *out, const char *term, const char *text)
{
	if (strcmp(text, "none") == 0 || strncmp(text, "none ", 5) == 0 ||
	    strncmp(text, "none;", 5) == 0)
		return;
	fu_buf_printf(out, "<dt>%s</dt><dd>", term);
	fu_buf_html(out, text);
	fu_buf_puts(out, "</dd>");
}

#define WINDOW	"the window"

void
fu_page_definition(const struct fu_page *p, enum fu_measure m,
    struct fu_buf *out)
{
	const struct fu_measure_def	*d = &fu_measure_defs[m];
	char				 text[200];

	if (strncmp(d->window, WINDOW, sizeof(WINDOW) - 1) == 0)
		snprintf(text, sizeof(text), "%lld days%s",
		    (long long)(p->window_us / FU_DAY),
		    d->window + sizeof(WINDOW) - 1);
	else
		snprintf(text, sizeof(text), "%s", d->window);
	fu_buf_puts(out, "<dl class=\"def\">");
	meaning(out, "measure", d->name);
	meaning(out, "counted", d->numerator);
	meaning(out, "of", d->denominator);
	meaning(out, "window", text);
	meaning(out, "attributed to", d->rule);
	fu_buf_puts(out, "</dl>\n");
}
