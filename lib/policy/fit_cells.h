/*
 * The cells of a column before they are binned: for fit_table.c, which fills
 * them, and fit_bin.c, which reads them.
 */
#ifndef FU_POLICY_FIT_CELLS_H
#define FU_POLICY_FIT_CELLS_H

#include "policy/fit_table.h"

#define FU_FIT_TEXT_MAX	80	/* bytes; a longer text is free text */
#define FU_FIT_TEXTS	4096	/* that are told apart, a column */
#define FU_FIT_SLOTS	(4 * FU_FIT_TEXTS)

enum {
	FU_FIT_L_NULL, FU_FIT_L_UNKNOWN, FU_FIT_L_NUMBER, FU_FIT_L_OTHER,
	FU_FIT_L_TEXT		/* of the first text */
};

struct fu_fit_cells {
	double		 *number;	/* one a row, where level says so */
	uint16_t	 *level;
	const char	**text;
	size_t		  ntext, text_cap;
	uint16_t	 *slot;		/* texts by hash; 0: free */
};

#endif
