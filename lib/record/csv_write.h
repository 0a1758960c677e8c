/*
 * CSV out: cells for a spreadsheet that must not run what people wrote.
 *
 * Reading CSV is record/csv.h.
 */
#ifndef FU_RECORD_CSV_WRITE_H
#define FU_RECORD_CSV_WRITE_H

#include "base/str.h"

/*
 * fu_csv_text(out, text):
 * Append ${text} (NULL is an empty cell) as one cell, quoted where it has to
 * be [RFC 4180].  A text that a spreadsheet would take for a formula, because
 * it begins with = + - @, tab, CR or LF, gets an apostrophe in front, which
 * fu-ingest takes away again.
 *
 * fu_csv_int, fu_csv_real: numbers, as they are.
 */
void fu_csv_text(struct fu_buf *, const char *);
void fu_csv_int(struct fu_buf *, int64_t);
void fu_csv_real(struct fu_buf *, double);

#endif
