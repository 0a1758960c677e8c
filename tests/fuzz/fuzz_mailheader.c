/*
 * Any bytes as a mail's header values: refused, or a mail whose headers are
 * the ones that were meant, with CRLF and bounded lines.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check(const char *mail)
{
	const char *end, *body = strstr(mail, "\r\n\r\n");
	size_t subjects = 0;

	if (body == NULL)
		abort();
	for (; *mail != '\0'; mail = end + 2) {
		if ((end = strstr(mail, "\r\n")) == NULL)
			abort();
		if (memchr(mail, '\n', (size_t)(end - mail)) != NULL ||
		    end - mail > 998)
			abort();
		if (mail > body)
			continue;
		if (strncmp(mail, "Bcc:", 4) == 0)
			abort();
		subjects += strncmp(mail, "Subject:", 8) == 0;
	}
	if (subjects > 1)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_mail mail = { .from_email = "a@example.com",
		.to_email = "b@example.org", .message_id = "<1@example.com>" };
	struct fu_arena arena;
	const char *reason;
	struct fu_str bytes;
	struct fu_err err;
	char *copy;

	if (size < 1 || size > 4096 ||
	    !fu_utf8_valid((const char *)data, size))
		return (0);
	fu_arena_init(&arena);
	copy = fu_dup_str(&arena, (struct fu_str){ (const char *)data, size });
	mail.text = copy;
	mail.html = copy;
	mail.subject = "x";
	switch (copy[0] & 7) {
	case 0:
		mail.subject = copy;
		break;
	case 1:
		mail.to_name = copy;
		break;
	case 2:
		mail.to_email = copy;
		break;
	case 3:
		mail.references = copy;
		break;
	case 4:
		mail.unsubscribe_url = copy;
		break;
	case 5:
		mail.message_id = copy;
		break;
	case 6:
		mail.feedback_id = copy;
		break;
	default:
		mail.from_name = mail.subject = copy;
	}
	if (fu_mail_compose(&mail, &arena, &bytes, &reason, &err) == 0)
		check(bytes.ptr);
	else if (reason == NULL)
		abort();
	fu_arena_free(&arena);
	return (0);
}
