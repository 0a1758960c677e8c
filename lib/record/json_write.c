/*
 * The JSON writer.
 *
 * Must never write what its reader would refuse, whatever bytes it is given,
 * and never a line feed: a record is one line.
 */
#include <math.h>
#include <stdio.h>

#include <glib.h>

#include "base/clock.h"
#include "record/json.h"

/* A byte that a string cannot hold as it is. */
static bool
needs_escape(unsigned char c)
{
	return (c < ' ' || c == '"' || c == '\\');
}

static void
escape(struct fu_buf *out, unsigned char c)
{
	static const char	hex[] = "0123456789abcdef";

	fu_buf_putc(out, '\\');
	switch (c) {
	case '\b':
		fu_buf_putc(out, 'b');
		break;
	case '\t':
		fu_buf_putc(out, 't');
		break;
	case '\n':
		fu_buf_putc(out, 'n');
		break;
	case '\f':
		fu_buf_putc(out, 'f');
		break;
	case '\r':
		fu_buf_putc(out, 'r');
		break;
	case '"':
	case '\\':
		fu_buf_putc(out, (char)c);
		break;
	default:
		fu_buf_puts(out, "u00");
		fu_buf_putc(out, hex[c >> 4]);
		fu_buf_putc(out, hex[c & 15]);
	}
}

void
fu_json_quote(struct fu_buf *out, struct fu_str s)
{
	size_t		from, i, n;
	unsigned char	c;

	fu_buf_putc(out, '"');
	for (from = i = 0; i < s.len; i += n) {
		c = (unsigned char)s.ptr[i];
		n = 1;
		if (c < 0x80 && !needs_escape(c))
			continue;
		if (c >= 0x80 &&
		    (n = fu_utf8_len(s.ptr + i, s.len - i)) != 0)
			continue;
		fu_buf_put(out, s.ptr + from, i - from);
		if (c >= 0x80)
			fu_buf_puts(out, "\xef\xbf\xbd");	/* U+FFFD */
		else
			escape(out, c);
		n = 1;
		from = i + 1;
	}
	fu_buf_put(out, s.ptr + from, s.len - from);
	fu_buf_putc(out, '"');
}

void
fu_jw_init(struct fu_jw *jw, struct fu_buf *out)
{
	jw->out = out;
	jw->comma = false;
}

/* What stands before a value. */
static void
lead(struct fu_jw *jw, const char *key)
{
	if (jw->comma)
		fu_buf_putc(jw->out, ',');
	jw->comma = true;
	if (key != NULL) {
		fu_json_quote(jw->out, fu_str_of(key));
		fu_buf_putc(jw->out, ':');
	}
}

void
fu_jw_object(struct fu_jw *jw, const char *key)
{
	lead(jw, key);
	fu_buf_putc(jw->out, '{');
	jw->comma = false;
}

void
fu_jw_object_end(struct fu_jw *jw)
{
	fu_buf_putc(jw->out, '}');
	jw->comma = true;
}

void
fu_jw_array(struct fu_jw *jw, const char *key)
{
	lead(jw, key);
	fu_buf_putc(jw->out, '[');
	jw->comma = false;
}

void
fu_jw_array_end(struct fu_jw *jw)
{
	fu_buf_putc(jw->out, ']');
	jw->comma = true;
}

void
fu_jw_null(struct fu_jw *jw, const char *key)
{
	lead(jw, key);
	fu_buf_puts(jw->out, "null");
}

void
fu_jw_span(struct fu_jw *jw, const char *key, struct fu_str s)
{
	if (s.ptr == NULL) {
		fu_jw_null(jw, key);
		return;
	}
	lead(jw, key);
	fu_json_quote(jw->out, s);
}

void
fu_jw_str(struct fu_jw *jw, const char *key, const char *s)
{
	if (s == NULL)
		fu_jw_null(jw, key);
	else
		fu_jw_span(jw, key, fu_str_of(s));
}

void
fu_jw_int(struct fu_jw *jw, const char *key, int64_t value)
{
	lead(jw, key);
	fu_buf_printf(jw->out, "%lld", (long long)value);
}

void
fu_jw_real(struct fu_jw *jw, const char *key, double value)
{
	char	text[G_ASCII_DTOSTR_BUF_SIZE];

	if (!isfinite(value)) {
		fu_jw_null(jw, key);
		return;
	}
	lead(jw, key);
	/* Not printf: its decimal point is the locale's.  And no "-0". */
	fu_buf_puts(jw->out, g_ascii_formatd(text, sizeof(text), "%.15g",
	    value == 0 ? 0 : value));
}

void
fu_jw_bool(struct fu_jw *jw, const char *key, bool value)
{
	lead(jw, key);
	fu_buf_puts(jw->out, value ? "true" : "false");
}

void
fu_jw_time(struct fu_jw *jw, const char *key, int64_t us)
{
	char	text[FU_TIME_LEN];

	fu_jw_str(jw, key, us == FU_NEVER ? NULL : fu_time_print(us, text));
}

void
fu_jw_raw(struct fu_jw *jw, const char *key, struct fu_str raw)
{
	size_t	from, i;

	lead(jw, key);
	/* In valid JSON, a line's end can only be a blank between tokens. */
	for (from = i = 0; i < raw.len; i++) {
		if (raw.ptr[i] == '\n' || raw.ptr[i] == '\r') {
			fu_buf_put(jw->out, raw.ptr + from, i - from);
			fu_buf_putc(jw->out, ' ');
			from = i + 1;
		}
	}
	fu_buf_put(jw->out, raw.ptr + from, raw.len - from);
}
