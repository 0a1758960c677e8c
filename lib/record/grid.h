/*
 * Rows for people: a heading, columns that line up, numbers to the right.
 *
 * Widths are those of the first rows, which are held back until there are
 * enough of them or the end has come; what is longer later is not cut for it,
 * unless its column has a limit.
 */
#ifndef FU_RECORD_GRID_H
#define FU_RECORD_GRID_H

#include "base/arena.h"
#include "base/str.h"

#define FU_GRID_ROWS	200	/* that decide upon the widths */

struct fu_grid_column {
	const char	*name;		/* shown in capitals */
	int		 max;		/* characters, cut with "…" on a terminal;
					 * 0: no limit */
};

struct fu_grid {
	const struct fu_grid_column	*column;
	size_t				 n;
	struct fu_arena			 arena;
	struct fu_grid_cell		*cell;	/* of rows not yet written */
	size_t				 ncell, cap;
	int				*width;
	bool				*right;	/* a column of numbers */
	bool				 begun;
	bool				 cut;	/* for a terminal's width */
};

/*
 * fu_grid_init(grid, columns, n): ${columns} must outlive ${grid}.
 * fu_grid_free(grid): forget it, and what was not written.
 */
void fu_grid_init(struct fu_grid *, const struct fu_grid_column *, size_t);
void fu_grid_free(struct fu_grid *);

/*
 * The next cell of a row; NULL is an empty one.  What a terminal must not see
 * is replaced.  A number is printed by its caller.
 */
void fu_grid_text(struct fu_grid *, const char *);
void fu_grid_number(struct fu_grid *, const char *);
void fu_grid_int(struct fu_grid *, int64_t);

/*
 * fu_grid_row(grid, out): a row is whole; append to ${out} what is ready.
 * fu_grid_end(grid, out): there are no more; append the rest.  No row at all:
 * nothing, no heading either.
 */
void fu_grid_row(struct fu_grid *, struct fu_buf *);
void fu_grid_end(struct fu_grid *, struct fu_buf *);

#endif
