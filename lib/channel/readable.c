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
 * The composer wants addresses: an address is one; a number or a rep's name
 * becomes the display name of one that goes nowhere.  [RFC 2606]
 */
static void
address_of(const char *who, const char *kind, const char *nobody,
    const char **name, const char **email, struct fu_arena *arena)
{
	struct fu_err err;
	bool utf8;

	*name = NULL;
	*email = who;
	if (fu_mail_address(who, arena, &utf8, &err) != NULL)
		return;
	*name = one_line(who, 200, arena);
	*email = nobody;
	if (who[0] == '+' && who[1] != '\0' &&
	    who[1 + strspn(who + 1, "0123456789")] == '\0')
		*email = fu_printf(arena, "%s@%s.invalid", who, kind);
}

/* Of what has no subject of its own; short, and ASCII where ${to} is. */
static const char *
subject_of(const char *kind, const char *to, struct fu_arena *arena)
{
	const char *what = strcmp(kind, "sms") == 0 ? "SMS" :
	    strcmp(kind, "whatsapp") == 0 ? "WhatsApp" :
	    strcmp(kind, "slack") == 0 ? "Slack" :
	    strcmp(kind, "webhook") == 0 ? "Webhook" : kind;

	return (to[0] == '\0' ? what : fu_printf(arena, "%s to %s", what, to));
}

struct fu_str
fu_readable(const struct fu_delivery *d, struct fu_arena *arena)
{
	const char *to = d->to != NULL ? d->to : "", *reason;
	struct fu_mail_header extra[2];
	struct fu_mail mail = { .from_email = "fu@invalid",
		.extra = extra, .nextra = 2 };
	struct fu_str bytes = { "", 0 };
	struct fu_err err;

	extra[0] = (struct fu_mail_header){ "X-Fu-Channel", d->kind };
	extra[1] = (struct fu_mail_header){ "X-Fu-To",
		one_line(to, 200, arena) };
	address_of(to, d->kind, "nobody@invalid", &mail.to_name,
	    &mail.to_email, arena);
	if (d->from != NULL)
		address_of(d->from, d->kind, "fu@invalid", &mail.from_name,
		    &mail.from_email, arena);
	mail.subject = one_line(d->subject != NULL ? d->subject :
	    subject_of(d->kind, to, arena), 200, arena);
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
