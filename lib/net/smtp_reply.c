/*
 * SMTP replies read.
 *
 * Must never trust a server: what it says is cut, and shown as text.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "net/smtp_reply.h"

#define LAST_WORD_MIN 16	/* bytes of an id that stands alone */

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

/* What follows one of the words that relays put before their id. */
static const char *
behind_word(const char *text)
{
	static const char *const before[] = { "queued as ", "Queued as ",
		"id=" };
	const char *at;

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		if ((at = strstr(text, before[i])) != NULL)
			return (at + strlen(before[i]));
	return (NULL);
}

/* "250 Ok 0102018f…-000000": the last word, when it looks like an id. */
static const char *
last_word(const char *text)
{
	const char *at = strrchr(text, ' ');
	size_t i = 0, digits = 0;

	at = at == NULL ? text : at + 1;
	for (; isalnum((unsigned char)at[i]) || at[i] == '-' ||
	    at[i] == '_' || at[i] == '.'; i++)
		digits += isdigit((unsigned char)at[i]) != 0;
	return (at[i] == '\0' && i >= LAST_WORD_MIN && digits > 0 ? at :
	    NULL);
}

void
fu_smtp_reply_id(const struct fu_smtp_reply *reply, char *out, size_t size)
{
	const char *at = strchr(reply->text, '<'), *end;
	size_t len = 0;

	if (at != NULL && (end = strchr(at, '>')) != NULL &&
	    memchr(at, '@', (size_t)(end - at)) != NULL) {
		at++;
		len = (size_t)(end - at);
	} else if ((at = behind_word(reply->text)) != NULL)
		len = strcspn(at, " ;,)");
	else if ((at = last_word(reply->text)) != NULL)
		len = strlen(at);
	if (len >= size)
		len = size - 1;
	if (len > 0)
		memcpy(out, at, len);
	out[len] = '\0';
}
