/*
 * Lines from a file descriptor, as many at a time as are there.
 *
 * Used by the batch loop alone.  Knows nothing of JSON or of records.
 */
#ifndef FU_RECORD_LINES_H
#define FU_RECORD_LINES_H

#include "base/err.h"
#include "base/str.h"

/* Of a line that is too long, this much is kept to be shown. */
#define FU_LINE_SHOWN	4096

struct fu_line {
	size_t		 at, len;	/* within the reader's buffer */
	uint64_t	 number;	/* from 1 */
	bool		 too_long;	/* only FU_LINE_SHOWN bytes are here */
};

struct fu_lines {
	int		 fd;
	const char	*name;
	char		*buf;
	size_t		 cap;
	size_t		 start;		/* of the first line not yet given */
	size_t		 seen;		/* no LF between start and here */
	size_t		 end;		/* of what was read */
	uint64_t	 number;	/* of the last line found */
	bool		 over;		/* end of input, or told to stop */
	bool		 whole;		/* end of input: a last line counts */
	bool		 skipping;	/* in the rest of a line too long */
	struct fu_line	*line;
	size_t		 n, line_cap;
};

void fu_lines_init(struct fu_lines *, int, const char *);
void fu_lines_free(struct fu_lines *);

/*
 * fu_lines_gather(lines, max, bytes_max, err):
 * Forget the lines given before and find the next ones in ${lines->line}:
 * ${max} of them or ${bytes_max} bytes, fewer when the input pauses or SIGINT
 * or SIGTERM has come.  Waits only while there is none.  Lines of blanks are
 * counted, not given; a CR before the LF is no part of the line, nor is a byte
 * order mark of the first one.  Return 1, 0 when the input is at its end, or
 * -1 when it cannot be read.
 */
int fu_lines_gather(struct fu_lines *, size_t, size_t, struct fu_err *);
struct fu_str fu_lines_text(const struct fu_lines *, const struct fu_line *);

#endif
