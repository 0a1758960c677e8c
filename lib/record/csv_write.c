/*
 * Writing cells.  Must never write a number as the locale spells it.
 */
#include <stdio.h>
#include <string.h>

#include "record/csv_write.h"
#include "record/json.h"

void
fu_csv_text(struct fu_buf *out, const char *text)
{
	bool	 inert;

	if (text == NULL || *text == '\0')
		return;
	inert = strchr("=+-@\t\r\n", text[0]) != NULL;
	if (strpbrk(text, ",\"\r\n") == NULL) {
		fu_buf_puts(out, inert ? "'" : "");
		fu_buf_puts(out, text);
		return;
	}
	fu_buf_puts(out, inert ? "\"'" : "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"')
			fu_buf_putc(out, '"');
		fu_buf_putc(out, *text);
	}
	fu_buf_putc(out, '"');
}

void
fu_csv_int(struct fu_buf *out, int64_t value)
{
	fu_buf_printf(out, "%lld", (long long)value);
}

void
fu_csv_real(struct fu_buf *out, double value)
{
	struct fu_jw	 jw;

	/* As records spell it. */
	fu_jw_init(&jw, out);
	fu_jw_real(&jw, NULL, value);
}
