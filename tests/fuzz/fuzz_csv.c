/*
 * Any bytes as a file of rows: read to the end, every cell valid UTF-8.
 */
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "record/csv.h"
#include "record/headers.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_csv_opt opt = { .known = fu_headers_known };
	int fd = memfd_create("rows", MFD_CLOEXEC);
	struct fu_csv_row row;
	struct fu_text *text;
	struct fu_csv *csv = NULL;

	if (fd < 0 || write(fd, data, size) != (ssize_t)size ||
	    lseek(fd, 0, SEEK_SET) != 0)
		abort();
	text = fu_text_open(fd, "rows", NULL);
	if (text != NULL)
		csv = fu_csv_open(text, &opt, NULL);
	while (csv != NULL && fu_csv_next(csv, &row, NULL) == 1) {
		if (!fu_utf8_valid(row.input.ptr, row.input.len) &&
		    row.input.len > 0)
			abort();
		for (size_t i = 0; i < row.n; i++)
			if (row.cell[i].len > 0 && !fu_utf8_valid(
			    row.cell[i].ptr, row.cell[i].len))
				abort();
	}
	fu_csv_close(csv);
	fu_text_close(text);
	close(fd);
	return (0);
}
