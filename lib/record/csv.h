/*
 * Rows of comma-separated files, as people's exports really are.
 *
 * A pull reader over record/text with libcsv inside: finds the header row and
 * the delimiter, gives a row at a time in flat memory, and hands up what it
 * cannot make a row of.  Drops no text without counting it, and knows nothing
 * of what a column means.
 */
#ifndef FU_RECORD_CSV_H
#define FU_RECORD_CSV_H

#include "record/text.h"

#define FU_CSV_ROW_MAX		FU_TEXT_HOLD_MAX
#define FU_CSV_CELLS_MAX	4096	/* a spreadsheet has 16,384 at most */
#define FU_CSV_PREAMBLE_MAX	64	/* rows to look for the header in */

struct fu_csv_opt {
	char	 delimiter;	/* 0: by the header row; else , ; | or tab */
	/* How many of these cells are headers that somebody knows?  NULL, or
	 * 0 for all of the first rows: the first row is the header. */
	size_t	(*known)(void *, const struct fu_str *, size_t);
	void	*ctx;
};

/* A row, until the next call.  Cells are UTF-8, trimmed of blanks outside
 * quotes, each with a NUL behind; they may hold any other character. */
struct fu_csv_row {
	struct fu_str	*cell;
	size_t		 n;		/* that of the header, unless rejected */
	uint64_t	 line;		/* where the row began, from 1 */
	struct fu_str	 input;		/* as it came, without the line end */
	/* NULL, or why this is no row: "ragged_row", "row_too_long",
	 * "unclosed_quote", "stray_quote", "bad_encoding".  Cells are then not to be used. */
	const char	*reason;
	char		 detail[160];	/* "found 3 cells, expected 7" */
};

/* What a reader has met, for the summary at the end. */
struct fu_csv_seen {
	char		 delimiter;
	uint64_t	 header_line;
	uint64_t	 rows, rejected;
	uint64_t	 blank;		/* rows without any content */
	uint64_t	 preamble;	/* lines before the header */
	uint64_t	 footers, first_footer;	/* "Confidential", line */
	uint64_t	 cp1252, first_cp1252;	/* converted rows, line */
};

struct fu_csv;

/*
 * fu_csv_open(text, opt, err):
 * Read to the header row of ${text}, which is borrowed and must outlive the
 * reader.  A first line "sep=;" names the delimiter.  Preamble is skipped: the
 * header is the first row in which opt->known finds something.  Return a
 * reader to be closed with fu_csv_close(), or NULL with ${err} filled in
 * (FU_NOTFOUND when there is no row at all).
 */
struct fu_csv *fu_csv_open(struct fu_text *, const struct fu_csv_opt *,
    struct fu_err *);
void fu_csv_close(struct fu_csv *);

/*
 * fu_csv_header(csv, n):
 * The headers, ${n} of them, owned by the reader: trimmed; an empty one is
 * "column N", and one that occurred before (whatever its case) has " 2",
 * " 3" ... behind.
 */
const char *const *fu_csv_header(const struct fu_csv *, size_t *);
/* The header row as it came: a reject file begins with it. */
const char *fu_csv_header_input(const struct fu_csv *);

/*
 * fu_csv_next(csv, row, err):
 * The next row.  Return 1, 0 at the end (or when SIGINT or SIGTERM asks to
 * stop), -1 with ${err} filled in if reading failed.  A row longer than
 * FU_CSV_ROW_MAX is handed up rejected.  A quote that is not closed within
 * that, or before the end, or that seems to have made one row of several (the
 * second line would be a row by itself, and the whole has the wrong number of
 * cells or a quote astray), rejects the line where it began, as stray where
 * text follows a closing quote of that line; reading goes on with the line
 * behind it, so it swallows nobody.
 */
int fu_csv_next(struct fu_csv *, struct fu_csv_row *, struct fu_err *);

/* Is there more to be had without waiting?  Between rows only; see
 * fu_text_pending(). */
bool fu_csv_pending(struct fu_csv *);

const struct fu_csv_seen *fu_csv_seen(const struct fu_csv *);

#endif
