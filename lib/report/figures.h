/*
 * Figures as records, and as a table that fits a mail of 80 columns.
 */
#ifndef FU_REPORT_FIGURES_H
#define FU_REPORT_FIGURES_H

#include "policy/measure.h"

/*
 * fu_figure_record(figure, out): a line of "type":"stat".
 * fu_figures_table(figures, n, grey, out): all of them; ${grey}: those of too
 * few people are dimmed, for a terminal; marked they are anyway.
 *
 * fu_figure_label(figure, arena): "email / hot / hot-recap"; "all" where it is
 * by nothing.
 * fu_figure_more(figure, name, value): one of the figure's further values.
 * fu_figures_run(figures, n, at): how many figures from ${at} on are of the
 * same measure and by the same.
 */
void fu_figure_record(const struct fu_figure *, struct fu_buf *);
void fu_figures_table(const struct fu_figure *, size_t, bool, struct fu_buf *);
const char *fu_figure_label(const struct fu_figure *, struct fu_arena *);
bool fu_figure_more(const struct fu_figure *, const char *, double *);
size_t fu_figures_run(const struct fu_figure *, size_t, size_t);

#endif
