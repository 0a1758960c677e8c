/*
 * Charsets, as mails state them and as they are.
 *
 * Must never believe a charset that the bytes belie.
 */
#include <gmime/gmime.h>
#include <string.h>
#include <strings.h>

#include "content/mail_charset.h"

/* From a charset into UTF-8; what does not fit becomes '?'.  NULL: nobody
 * knows the charset. */
static char *
convert(struct fu_str in, const char *charset, struct fu_arena *arena)
{
	struct fu_buf	 out;
	char		 room[4096], *o, *text;
	const char	*name, *i;
	char		*p = (char *)(uintptr_t)in.ptr;
	size_t		 left = in.len, space, rc;
	iconv_t		 cd;

	g_mime_init();		/* counts its calls; later ones do nothing */
	name = g_mime_charset_iconv_name(charset);
	if ((cd = g_mime_iconv_open("UTF-8", name)) == (iconv_t)-1)
		return (NULL);
	fu_buf_init(&out);
	while (left > 0) {
		o = room;
		space = sizeof(room);
		rc = iconv(cd, &p, &left, &o, &space);
		fu_buf_put(&out, room, sizeof(room) - space);
		if (rc == (size_t)-1 && space > 64 && left > 0) {
			fu_buf_putc(&out, '?');
			p++;
			left--;
		}
	}
	g_mime_iconv_close(cd);
	i = out.len > 0 ? out.ptr : "";
	text = fu_dup_str(arena, (struct fu_str){ i, out.len });
	fu_buf_free(&out);
	return (text);
}

/* CR LF and CR as LF, no control characters, no bytes that are no UTF-8. */
static const char *
clean(struct fu_str in, struct fu_arena *arena)
{
	char	*out = fu_alloc(arena, in.len * 3 + 1), *o = out;
	size_t	 i = 0, n;

	while (i < in.len) {
		unsigned char c = (unsigned char)in.ptr[i];

		if (c == '\r') {
			i++;
			if (i == in.len || in.ptr[i] != '\n')
				*o++ = '\n';
		} else if (c < 0x80) {
			*o++ = c == '\n' || c == '\t' ? (char)c :
			    c < 0x20 || c == 0x7f ? ' ' : (char)c;
			i++;
		} else if ((n = fu_utf8_len(in.ptr + i, in.len - i)) == 0) {
			memcpy(o, "\xef\xbf\xbd", 3);
			o += 3;
			i++;
		} else {
			/* C1 controls and a byte order mark say nothing. */
			if (!(c == 0xc2 && (unsigned char)in.ptr[i + 1] < 0xa0) &&
			    !(n == 3 && memcmp(in.ptr + i, "\xef\xbb\xbf",
			    3) == 0)) {
				memcpy(o, in.ptr + i, n);
				o += n;
			}
			i += n;
		}
	}
	*o = '\0';
	return (out);
}

const char *
fu_mail_utf8(struct fu_str in, const char *charset, struct fu_arena *arena)
{
	const char	*text = NULL;
	bool		 utf8;

	if (in.len == 0)
		return ("");
	/* Said by nobody, but no other text has these. */
	if ((charset == NULL || strcasecmp(charset, "us-ascii") == 0) &&
	    (memmem(in.ptr, in.len, "\033$B", 3) != NULL ||
	    memmem(in.ptr, in.len, "\033$@", 3) != NULL))
		charset = "iso-2022-jp";
	/* Escape sequences and wide units look like ASCII or NULs. */
	utf8 = charset == NULL || (fu_utf8_valid(in.ptr, in.len) &&
	    memchr(in.ptr, 0x1b, in.len) == NULL &&
	    strncasecmp(charset, "utf-7", 5) != 0);

	if (!utf8 && charset != NULL && strcasecmp(charset, "utf-8") != 0 &&
	    strcasecmp(charset, "us-ascii") != 0)
		text = convert(in, charset, arena);
	if (text == NULL && !fu_utf8_valid(in.ptr, in.len) &&
	    memchr(in.ptr, '\0', in.len) == NULL)
		text = convert(in, "windows-1252", arena);
	return (clean(text == NULL ? in : fu_str_of(text), arena));
}
