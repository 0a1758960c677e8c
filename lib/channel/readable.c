/*
 * A text, a task or a JSON body as a file that reads like a mail.
 *
 * Must never be put on a wire.
 */
#include <string.h>

#include "channel/readable.h"
#include "content/compose.h"

/* On one line, and not longer than a header should be. */
static const char *
one_line(const char *text, size_t max, struct fu_arena *arena)
{
	size_t len = strlen(text), i;
	char *line;

	if (len > max)
		len = fu_utf8_cut(text, max);
	line = fu_dup_str(arena, (struct fu_str){ text, len });
	for (i = 0; i < len; i++)
		if ((unsigned char)line[i] < 0x20)
			line[i] = ' ';
	return (line);
}

/*
 * The composer wants addresses; a number or a rep's name becomes the display
 * name of one that goes nowhere.  [RFC 2606]
 */
struct fu_str
fu_readable(const struct fu_delivery *d, struct fu_arena *arena)
{
	const char *to = d->to != NULL ? d->to : "", *reason, *subject;
	struct fu_mail_header extra[2];
	struct fu_mail mail = { .from_email = "fu@invalid",
		.extra = extra, .nextra = 2 };
	struct fu_str bytes = { "", 0 };
	struct fu_err err;
	bool utf8;

	extra[0] = (struct fu_mail_header){ "X-Fu-Channel", d->kind };
	extra[1] = (struct fu_mail_header){ "X-Fu-To",
		one_line(to, 200, arena) };
	mail.to_name = one_line(to, 200, arena);
	mail.to_email = "nobody@invalid";
	if (fu_mail_address(to, arena, &utf8, &err) != NULL) {
		mail.to_name = NULL;
		mail.to_email = to;
	}
	if (d->from != NULL) {
		mail.from_name = one_line(d->from, 200, arena);
		if (fu_mail_address(d->from, arena, &utf8, &err) != NULL) {
			mail.from_name = NULL;
			mail.from_email = d->from;
		}
	}
	subject = d->subject != NULL ? d->subject :
	    d->text != NULL ? d->text : d->kind;
	mail.subject = one_line(subject, 200, arena);
	mail.text = d->text != NULL ? d->text : "";
	mail.message_id = d->id;
	if (d->id[0] != '<')
		mail.message_id = fu_printf(arena, "<%s@invalid>",
		    one_line(d->id, 200, arena));
	mail.date_us = d->at_us;
	if (fu_mail_compose(&mail, arena, &bytes, &reason, &err) == -1)
		bytes = fu_str_of(fu_printf(arena, "X-Fu-Channel: %s\r\n\r\n%s",
		    d->kind, mail.text));
	return (bytes);
}
