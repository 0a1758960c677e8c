/*
 * Pieces of a page that needs nothing but itself: no script, nothing fetched.
 */
#ifndef FU_REPORT_HTML_H
#define FU_REPORT_HTML_H

#include "base/arena.h"
#include "base/err.h"

/*
 * fu_html_begin(out, title): all up to the first section: one that is light or
 * dark as its reader has it, and light on paper.
 * fu_html_end(out)
 */
void fu_html_begin(struct fu_buf *, const char *);
void fu_html_end(struct fu_buf *);

#endif
