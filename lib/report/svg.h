/*
 * Charts as SVG: each with a title and a description for who does not see it.
 */
#ifndef FU_REPORT_SVG_H
#define FU_REPORT_SVG_H

#include "base/str.h"

/* A bar; of a band, a range that others are held against. */
struct fu_bar {
	const char	*label;
	const char	*text;		/* beside it: "8.0 %" */
	double		 value;
	double		 low, high;	/* whisker, where high > 0 */
	bool		 few;		/* lighter; the text says so, too */
	bool		 band;		/* from low to high, no value */
};
struct fu_chart {
	const char	*id;		/* unique in the page */
	const char	*title, *desc;
	const struct fu_bar *bar;
	size_t		 n;
	bool		 percent;	/* of the axis: else plain numbers */
};

/*
 * fu_svg_bars(chart, out): a bar a line, from the left.
 * fu_svg_columns(chart, out): a bar a column, in order of time.
 * fu_svg_heat(chart, cells, out): ${cells}[day * 24 + hour], Monday first.
 */
void fu_svg_bars(const struct fu_chart *, struct fu_buf *);
void fu_svg_columns(const struct fu_chart *, struct fu_buf *);
void fu_svg_heat(const struct fu_chart *, const int64_t *, struct fu_buf *);

#endif
