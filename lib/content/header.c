/*
 * Encoded words, folding and quoted-printable.
 *
 * Must never split a UTF-8 sequence, nor write a line that a relay could
 * change ("From ", ".", blanks at the end).
 */
#include <glib.h>
#include <string.h>

#include "content/header.h"

/*
 * Bytes in one encoded word: 75 less "=?UTF-8?B?" and "?=" leaves 63, four
 * letters for three bytes.
 */
#define WORD_BYTES 45

void
fu_mailhdr_start(struct fu_mailhdr *h, const char *name)
{
	fu_buf_init(&h->value);
	h->column = strlen(name) + 1;
}

static void
fold(struct fu_mailhdr *h)
{
	fu_buf_putc(&h->value, '\n');
	h->column = 0;
}

static void
put(struct fu_mailhdr *h, const char *text, size_t len)
{
	fu_buf_put(&h->value, text, len);
	h->column += len;
}

void
fu_mailhdr_token(struct fu_mailhdr *h, struct fu_str token)
{
	if (h->value.len > 0 && h->column + 1 + token.len > FU_FOLD_COLUMNS)
		fold(h);
	put(h, " ", 1);
	put(h, token.ptr, token.len);
}

static void
put_encoded(struct fu_mailhdr *h, const char *text)
{
	size_t len = strlen(text), n;
	struct fu_buf word;
	gchar *b64;

	fu_buf_init(&word);
	while (len > 0) {
		n = len > WORD_BYTES ? fu_utf8_cut(text, WORD_BYTES) : len;
		/* The first one may fill what its line has left. */
		while (n > 12 && h->value.len == 0 && h->column + 1 + 12 +
		    (n + 2) / 3 * 4 > FU_FOLD_COLUMNS - 2)
			n = fu_utf8_cut(text, n - 3);
		b64 = g_base64_encode((const guchar *)text, n);
		fu_buf_reset(&word);
		fu_buf_printf(&word, "=?UTF-8?B?%s?=", b64);
		g_free(b64);
		/* A line that holds one ends at 76.  [RFC 2047 2] */
		if (h->value.len > 0 &&
		    h->column + 1 + word.len > FU_FOLD_COLUMNS - 2)
			fold(h);
		put(h, " ", 1);
		put(h, word.ptr, word.len);
		text += n;
		len -= n;
	}
	fu_buf_free(&word);
}

/* Printable ASCII that survives folding and looks like no encoded word? */
static bool
plain(const char *text)
{
	size_t len = strlen(text), word = 0, i;

	if (len == 0 || text[0] == ' ' || text[0] == '\t' ||
	    text[len - 1] == ' ' || text[len - 1] == '\t' ||
	    strstr(text, "=?") != NULL)
		return (false);
	for (i = 0; i < len; i++) {
		if (text[i] == ' ' || text[i] == '\t') {
			word = 0;
			continue;
		}
		if (text[i] < 0x21 || text[i] > 0x7e)
			return (false);
		if (++word > FU_FOLD_COLUMNS - 2)
			return (false);
	}
	return (true);
}

void
fu_mailhdr_text(struct fu_mailhdr *h, const char *text)
{
	size_t blank, word;

	if (text[0] == '\0')
		return;
	if (!plain(text)) {
		put_encoded(h, text);
		return;
	}
	put(h, " ", 1);
	while (*text != '\0') {
		blank = strspn(text, " \t");
		word = strcspn(text + blank, " \t");
		if (blank > 0 && h->column + blank + word > FU_FOLD_COLUMNS)
			fold(h);
		put(h, text, blank + word);
		text += blank + word;
	}
}

static bool
atoms(const char *text)
{
	for (; *text != '\0'; text++)
		if (!g_ascii_isalnum(*text) &&
		    strchr("!#$%&'*+-/=?^_`{|}~ ", *text) == NULL)
			return (false);
	return (true);
}

void
fu_mailhdr_phrase(struct fu_mailhdr *h, const char *text)
{
	struct fu_buf quoted;

	if (!plain(text) || strlen(text) > FU_FOLD_COLUMNS - 20) {
		put_encoded(h, text);
		return;
	}
	if (atoms(text)) {
		fu_mailhdr_text(h, text);
		return;
	}
	fu_buf_init(&quoted);
	fu_buf_putc(&quoted, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			fu_buf_putc(&quoted, '\\');
		fu_buf_putc(&quoted, *text);
	}
	fu_buf_putc(&quoted, '"');
	fu_mailhdr_token(h, fu_buf_view(&quoted));
	fu_buf_free(&quoted);
}

#define QP_COLUMNS 76

/* How one byte of a line is written: itself, or "=XX". */
static size_t
qp_byte(const char *line, size_t i, size_t len, size_t column, char out[4])
{
	static const char hex[] = "0123456789ABCDEF";
	unsigned char c = (unsigned char)line[i];
	bool last = i + 1 == len;

	if ((c > 0x20 && c < 0x7f && c != '=' &&
	    !(column == 0 && c == '.' && last) &&
	    !(column == 0 && c == 'F' && len - i >= 5 &&
	    memcmp(line + i, "From ", 5) == 0)) ||
	    ((c == ' ' || c == '\t') && !last)) {
		out[0] = (char)c;
		return (1);
	}
	out[0] = '=';
	out[1] = hex[c >> 4];
	out[2] = hex[c & 15];
	return (3);
}

static void
qp_line(const char *line, size_t len, struct fu_buf *out)
{
	size_t i, n, column = 0;
	char code[4];

	for (i = 0; i < len; i++) {
		n = qp_byte(line, i, len, column, code);
		if (column + n > QP_COLUMNS - (i + 1 < len ? 1 : 0)) {
			fu_buf_puts(out, "=\n");
			column = 0;
			/* What begins a line may need another spelling. */
			n = qp_byte(line, i, len, column, code);
		}
		fu_buf_put(out, code, n);
		column += n;
	}
}

void
fu_qp_encode(const char *text, struct fu_buf *out)
{
	const char *end;

	/* A line ends in LF, CRLF or a bare CR, whoever wrote it. */
	while (*text != '\0') {
		end = text + strcspn(text, "\r\n");
		qp_line(text, (size_t)(end - text), out);
		fu_buf_putc(out, '\n');
		if (end[0] == '\r' && end[1] == '\n')
			end++;
		text = *end == '\0' ? end : end + 1;
	}
}
