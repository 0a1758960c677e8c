/*
 * The report: figures as one page, each chart with its table and what its
 * figures mean.
 */
#ifndef FU_REPORT_PAGE_H
#define FU_REPORT_PAGE_H

#include "base/zone.h"
#include "policy/measure.h"

struct fu_page {
	const struct fu_figure	*figure;	/* as fu_measures_run() has them */
	size_t			 n;
	int64_t			 now_us, since_us, until_us;
	int64_t			 window_us;
	const struct fu_zone	*zone;		/* the company's */
	const char		*where;		/* the condition, or NULL */
	bool			 names;		/* senders and texts, too */
};

/*
 * fu_report_page(page, out): the whole page.  Without ${names} there is no
 * person, no company and no text of theirs in it.
 */
void fu_report_page(const struct fu_page *, struct fu_buf *);

#endif
