/*
 * Feedback reports: of what kind, and who was it.
 *
 * Must never make a complaint of what says that a mail was no spam, or that a
 * signature failed.
 */
#include <string.h>
#include <strings.h>

#include "content/mail_complaint.h"

/* Blacked out: "redacted@…", "<removed>", "x*****@…". */
static bool
hidden(const char *email)
{
	static const char *const words[] = { "redact", "removed", "hidden",
		"undisclosed", "anonym", "*", "xxxx", "nobody@" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasestr(email, words[i]) != NULL)
			return (true);
	return (false);
}

static const char *
seen(const char *value, struct fu_arena *arena)
{
	const char	*email;

	if (value == NULL ||
	    (email = fu_address_next(value, arena, NULL)) == NULL ||
	    hidden(email))
		return (NULL);
	return (email);
}

static bool
counts(const char *type)
{
	static const char *const ours[] = { "abuse", "fraud", "other",
		"opt-out", "opt-out-list", "complaint", "miscategorized" };

	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strcmp(type, ours[i]) == 0)
			return (true);
	return (false);
}

/* Microsoft's, which has no report: the mail lies in it, with a header. */
static bool
of_microsoft(const struct fu_letter *l, struct fu_arena *arena,
    struct fu_complaint *c)
{
	const char	*who = fu_mail_field_get(&l->original,
	    "X-HmXmrOriginalRecipient");

	if (who == NULL)
		return (false);
	c->type = "abuse";
	c->counts = true;
	c->email = seen(who, arena);
	return (true);
}

bool
fu_mail_complaint(const struct fu_letter *l, struct fu_arena *arena,
    struct fu_complaint *c)
{
	static const char *const whom[] = { "Original-Rcpt-To",
		"Removal-Recipient", "Original-Recipient" };
	const char	*type;
	size_t		 i = 0;
	char		*p;

	memset(c, 0, sizeof(*c));
	while (i < l->npart && l->part[i].kind != FU_PART_FEEDBACK)
		i++;
	if (i == l->npart && (l->report == NULL ||
	    strcmp(l->report, "feedback-report") != 0))
		return (of_microsoft(l, arena, c));
	if (i < l->npart) {
		type = l->part[i].text;
		while (*type == '\n')
			type++;
		(void)fu_mail_fields_read(type, arena, &c->fields);
	}
	type = fu_mail_field_get(&c->fields, "Feedback-Type");
	c->type = p = fu_dup(arena, type == NULL ? "abuse" : type);
	for (; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p |= 0x20;
	c->counts = counts(c->type);
	for (i = 0; i < 3 && c->email == NULL; i++)
		c->email = seen(fu_mail_field_get(&c->fields, whom[i]), arena);
	if (c->email == NULL)
		c->email = seen(fu_mail_field_get(&l->original, "To"), arena);
	return (true);
}
