/*
 * The text of one part.
 *
 * Must never hand on as words what is none: what a broken encoding leaves is
 * left out.
 */
#include <string.h>
#include <strings.h>

#include "content/mail_charset.h"
#include "content/mail_parse.h"
#include "content/mail_part.h"

/* The bytes of a stream, to be freed with it. */
static struct fu_str
bytes_of(GMimeStream *mem)
{
	GByteArray	*bytes = g_mime_stream_mem_get_byte_array(
	    GMIME_STREAM_MEM(mem));

	return ((struct fu_str){ (const char *)bytes->data, bytes->len });
}

/* What is called base64, up to the first line that cannot be: some put lines
 * of their own below it, and some only call it so. */
static size_t
base64_lines(struct fu_str raw)
{
	static const char	 set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/= \t\r\n";
	size_t			 start = 0;

	for (size_t i = 0; i < raw.len; i++) {
		if (raw.ptr[i] == '\0' || strchr(set, raw.ptr[i]) == NULL)
			return (start);
		if (raw.ptr[i] == '\n')
			start = i + 1;
	}
	return (raw.len);
}

/* Is it no text?  Of any bytes a tenth are control characters. */
static bool
is_garbage(struct fu_str bytes, const char *charset)
{
	size_t	 bad = 0;

	if (charset != NULL && (strncasecmp(charset, "utf-16", 6) == 0 ||
	    strncasecmp(charset, "utf-32", 6) == 0 ||
	    strncasecmp(charset, "iso-2022", 8) == 0))
		return (false);
	for (size_t i = 0; i < bytes.len; i++)
		bad += (unsigned char)bytes.ptr[i] < ' ' &&
		    memchr("\t\n\r\f\v\033", bytes.ptr[i], 6) == NULL;
	return (bad > 2 && bad * 33 > bytes.len);
}

static const char *
text_of(struct fu_str bytes, const char *charset, struct fu_arena *arena)
{
	return (is_garbage(bytes, charset) ? "" : fu_mail_utf8(bytes, charset,
	    arena));
}

/* What stands under "base64" and is not, or not whole: the lines that are, or
 * the words that somebody wrote there after all; never garbage. */
static const char *
broken_text(GMimeDataWrapper *content, const char *charset,
    struct fu_arena *arena)
{
	GMimeStream	*source = g_mime_data_wrapper_get_stream(content);
	GMimeStream	*mem = g_mime_stream_mem_new();
	struct fu_str	 raw;
	const char	*text = NULL;
	guchar		*plain;
	gsize		 good;
	gint		 state = 0;
	guint		 save = 0;

	(void)g_mime_stream_reset(source);
	(void)g_mime_stream_write_to_stream(source, mem);
	raw = bytes_of(mem);
	if (raw.len > FU_LETTER_TEXT_MAX)
		raw.len = FU_LETTER_TEXT_MAX;
	good = base64_lines(raw);
	if (good < raw.len && fu_str_trim((struct fu_str){ raw.ptr,
	    good }).len == 0)
		text = text_of(raw, charset, arena);
	else {
		plain = g_malloc(good / 4 * 3 + 3);
		good = g_base64_decode_step(raw.ptr, good, plain, &state,
		    &save);
		text = text_of((struct fu_str){ (char *)plain, good },
		    charset, arena);
		g_free(plain);
	}
	g_object_unref(mem);
	return (text);
}

/* Does it hold, in its first bytes, what base64 has not? */
static bool
is_broken(GMimeDataWrapper *content)
{
	GMimeStream	*source = g_mime_data_wrapper_get_stream(content);
	GMimeStream	*mem;
	struct fu_str	 raw;
	bool		 broken;

	if (g_mime_data_wrapper_get_encoding(content) !=
	    GMIME_CONTENT_ENCODING_BASE64)
		return (false);
	mem = g_mime_stream_mem_new();
	(void)g_mime_stream_reset(source);
	(void)g_mime_stream_write_to_stream(source, mem);
	raw = bytes_of(mem);
	broken = base64_lines(raw) < raw.len;
	g_object_unref(mem);
	(void)g_mime_stream_reset(source);
	return (broken);
}

const char *
fu_mail_part_text(GMimePart *part, size_t max, struct fu_arena *arena)
{
	GMimeDataWrapper	*content = g_mime_part_get_content(part);
	const char		*charset, *text;
	GMimeStream		*stream;
	struct fu_str		 bytes;

	if (content == NULL)
		return ("");
	charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part),
	    "charset");
	if (is_broken(content))
		return (broken_text(content, charset, arena));
	stream = g_mime_stream_mem_new();
	(void)g_mime_data_wrapper_write_to_stream(content, stream);
	bytes = bytes_of(stream);
	if (bytes.len > max)
		bytes.len = max;
	text = g_mime_data_wrapper_get_encoding(content) ==
	    GMIME_CONTENT_ENCODING_BASE64 ? text_of(bytes, charset, arena) :
	    fu_mail_utf8(bytes, charset, arena);
	g_object_unref(stream);
	return (text);
}
