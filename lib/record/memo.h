/*
 * The last value of a column and what became of it.
 *
 * Countries, states and stages repeat from row to row; looking each up again
 * would cost more than reading the row.
 */
#ifndef FU_RECORD_MEMO_H
#define FU_RECORD_MEMO_H

#include <stddef.h>

#define FU_MEMO_MAX 48	/* longer values are looked up each time */

struct fu_memo {
	char	 in[FU_MEMO_MAX];
	size_t	 inlen;
	char	 country[3];
	char	 out[FU_MEMO_MAX];
};

#endif
