/*
 * SMTP replies read.
 *
 * Must never trust a server: what it says is cut, and shown as text.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "net/smtp_reply.h"

void
fu_smtp_reply_line(struct fu_smtp_reply *reply, struct fu_str line)
{
	size_t have, room, i;

	line = fu_str_trim(line);
	if (line.len < 3 || !isdigit((unsigned char)line.ptr[0]) ||
	    !isdigit((unsigned char)line.ptr[1]) ||
	    !isdigit((unsigned char)line.ptr[2]))
		return;
	if (reply->whole || reply->code == 0)
		memset(reply, 0, sizeof(*reply));
	reply->code = (line.ptr[0] - '0') * 100 + (line.ptr[1] - '0') * 10 +
	    line.ptr[2] - '0';
	reply->whole = line.len == 3 || line.ptr[3] != '-';
	line.ptr += line.len > 3 ? 4 : 3;
	line.len -= line.len > 3 ? 4 : 3;
	have = strlen(reply->text);
	if (have > 0 && have + 4 < sizeof(reply->text)) {
		strcpy(reply->text + have, " / ");
		have += 3;
	}
	room = sizeof(reply->text) - 1 - have;
	if (line.len > room)
		line.len = room;
	for (i = 0; i < line.len; i++)
		reply->text[have + i] =
		    line.ptr[i] >= 0x20 && line.ptr[i] < 0x7f ?
		    line.ptr[i] : '?';
	reply->text[have + i] = '\0';
}

void
fu_smtp_reply_enhanced(const struct fu_smtp_reply *reply, char out[16])
{
	unsigned int class, subject, detail;
	int len = 0;

	out[0] = '\0';
	if (sscanf(reply->text, "%1u.%3u.%3u%n", &class, &subject, &detail,
	    &len) == 3 && len > 0 && (reply->text[len] == ' ' ||
	    reply->text[len] == '\0') && (int)class == reply->code / 100)
		(void)snprintf(out, 16, "%u.%u.%u", class, subject, detail);
}

void
fu_smtp_reply_id(const struct fu_smtp_reply *reply, char *out, size_t size)
{
	static const char *const before[] = { "queued as ", "id=", "Queued as " };
	const char *at = NULL;
	size_t i, len;

	for (i = 0; i < sizeof(before) / sizeof(*before) && at == NULL; i++)
		if ((at = strstr(reply->text, before[i])) != NULL)
			at += strlen(before[i]);
	len = at != NULL ? strcspn(at, " ;,)") : 0;
	if (len >= size)
		len = size - 1;
	if (len > 0)
		memcpy(out, at, len);
	out[len] = '\0';
}
