/*
 * What the files of the page share: picking figures, and putting them into
 * tables.
 */
#ifndef FU_REPORT_PAGE_ROOM_H
#define FU_REPORT_PAGE_ROOM_H

#include "report/page.h"
#include "report/svg.h"

#define FU_PAGE_ROWS	40	/* of a table or a chart; fu-stats has all */

/* A run of figures: of one measure, by the same. */
struct fu_run {
	const struct fu_figure	*figure;
	size_t			 n;
};

/*
 * fu_run_find(page, measure, by, nby): that run; n 0 where there is none.
 * fu_page_label(page, figure, arena): what a figure is of, without names
 * unless they are asked for.
 * fu_page_table(page, run, caption, arena, out): a run as a table.
 * fu_page_definition(page, measure, out): what is counted, of whom, how long.
 * fu_page_bars(page, run, arena, n): a bar a figure, with whiskers.
 */
struct fu_run fu_run_find(const struct fu_page *, enum fu_measure,
    const enum fu_dim *, size_t);
const char *fu_page_label(const struct fu_page *, const struct fu_figure *,
    struct fu_arena *);
void fu_page_table(const struct fu_page *, struct fu_run, const char *,
    struct fu_arena *, struct fu_buf *);
void fu_page_definition(const struct fu_page *, enum fu_measure,
    struct fu_buf *);
struct fu_bar *fu_page_bars(const struct fu_page *, struct fu_run,
    struct fu_arena *, size_t *);

#endif
