/*
 * The peer of fu-reply: every message of an mbox taken apart by GMime, its
 * text parts decoded, and nothing understood of it.
 *
 *	mailbare <MBOX		prints how many messages and bytes of text
 */
#include <gmime/gmime.h>
#include <stdio.h>

static void
part(GMimeObject *parent, GMimeObject *object, gpointer bytes)
{
	GMimeStream *stream;
	GMimeDataWrapper *content;

	(void)parent;
	if (!GMIME_IS_PART(object) ||
	    !g_mime_content_type_is_type(
		g_mime_object_get_content_type(object), "text", "*") ||
	    (content = g_mime_part_get_content(GMIME_PART(object))) == NULL)
		return;
	stream = g_mime_stream_mem_new();
	*(long long *)bytes +=
	    g_mime_data_wrapper_write_to_stream(content, stream);
	g_object_unref(stream);
}

int
main(void)
{
	GMimeParser *parser;
	GMimeStream *stream;
	GMimeMessage *message;
	long long messages = 0, bytes = 0;

	g_mime_init();
	stream = g_mime_stream_fs_new(0);
	parser = g_mime_parser_new_with_stream(stream);
	g_mime_parser_set_format(parser, GMIME_FORMAT_MBOX);
	while (!g_mime_parser_eos(parser)) {
		message = g_mime_parser_construct_message(parser, NULL);
		if (message == NULL)
			break;
		messages++;
		g_mime_message_foreach(message, part, &bytes);
		g_object_unref(message);
	}
	printf("%lld %lld\n", messages, bytes);
	g_object_unref(parser);
	g_object_unref(stream);
	return (0);
}
