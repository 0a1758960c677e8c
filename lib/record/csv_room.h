/*
 * What the rooms of record/csv share; nobody but csv.c and csv_header.c
 * includes this, and nothing of it may show in record/csv.h.
 */
#ifndef FU_RECORD_CSV_ROOM_H
#define FU_RECORD_CSV_ROOM_H

#include <csv.h>

#include "base/arena.h"
#include "record/csv.h"

struct fu_csv_span {
	size_t	 off, len;
};

struct fu_csv {
	struct fu_text		*text;
	struct csv_parser	 parser;
	const char		**header;
	size_t			 nheader;
	char			*header_input;
	size_t			 header_off;	/* behind the preamble */
	struct fu_arena		 arena;		/* for the header */
	struct fu_csv_seen	 seen;
	struct fu_buf		 cells;		/* text of the row's cells */
	struct fu_csv_span	*span;
	size_t			 nspan, spancap;
	struct fu_str		*cell;
	size_t			 cellcap;
	struct fu_buf		 input;		/* a converted row's text */
	bool			 row_done;
	bool			 after_blank;
	bool			 is_utf8;	/* a row has proved it */
	uint64_t		 wary_line;	/* be wary before this line */
};

enum fu_row_end {
	FU_ROW_OK,
	FU_ROW_NONE,		/* the file is over */
	FU_ROW_BLANK,
	FU_ROW_FULL,		/* a first line longer than may be held */
	FU_ROW_OPEN,		/* a quote that was not closed */
	FU_ROW_ERROR
};

/* Where a row lies in what is held. */
struct fu_csv_place {
	size_t			 off;		/* of its first line */
	uint64_t		 line;
	uint64_t		 lines;
	struct fu_csv_span	 second;	/* its second line, if any */
	struct fu_csv_span	 first;
};

/*
 * csv.c: a row out of the text.
 *
 * fu_csv_take_row(csv, lines_max, at, err):
 * Take the lines of one row, ${lines_max} of them at most (0: as many as may
 * be held), and store in ${at} where they lie.  ${err} is filled in for
 * FU_ROW_ERROR alone.
 *
 * fu_csv_make_cells(csv):
 * Make the row's spans csv->cell, csv->nspan of them, until the next row.
 */
enum fu_row_end fu_csv_take_row(struct fu_csv *, uint64_t,
    struct fu_csv_place *, struct fu_err *);
void fu_csv_make_cells(struct fu_csv *);

/*
 * csv_header.c: the header row.
 *
 * fu_csv_find_header(csv, opt, err):
 * Find the header row and the delimiter, note them in csv->seen and leave the
 * reader behind that row, its cells in place.  Return 0, or -1 with ${err}
 * filled in: FU_EDATA when there is none.
 *
 * fu_csv_name_columns(csv):
 * Make csv->header, in the arena, of the cells in place, as fu_csv_header()
 * promises.
 */
int fu_csv_find_header(struct fu_csv *, const struct fu_csv_opt *,
    struct fu_err *);
void fu_csv_name_columns(struct fu_csv *);

#endif
