/*
 * The classes of status codes, and what several bounces come to.
 *
 * Must never call an address dead for what is the sender's fault: a
 * suppression for good is what cannot be undone.
 */
#include "policy/bounce.h"

#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/str.h"

/* Three soft ones over at least this long. */
#define SOFT_SPAN_US	(72 * FU_HOUR)
#define SOFT_COUNT	3

/* A status, or the beginning of one that ends in a dot. */
struct known {
	const char	*status;
	enum fu_bounce	 class;
};
static const struct known known[] = {
	{ "5.1.1", FU_B_HARD }, { "5.1.3", FU_B_HARD },
	{ "5.1.6", FU_B_HARD }, { "5.1.10", FU_B_HARD },
	{ "5.1.2", FU_B_DOMAIN }, { "5.4.4", FU_B_DOMAIN },
	{ "5.1.7", FU_B_OURS }, { "5.1.8", FU_B_OURS },
	{ "5.2.1", FU_B_SOFT }, { "5.2.2", FU_B_SOFT },
	{ "5.4.7", FU_B_SOFT },
	{ "5.2.3", FU_B_CONTENT }, { "5.3.4", FU_B_CONTENT },
	{ "5.5.", FU_B_OURS }, { "5.6.", FU_B_CONTENT },
	{ "5.7.", FU_B_POLICY }, { "4.7.", FU_B_SLOW },
};

/* FU_B_NONE: the status decides nothing. */
static enum fu_bounce
by_status(const char *status)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		size_t	 len = strlen(known[i].status);
		bool	 all = known[i].status[len - 1] != '.';

		if (strncmp(status, known[i].status, len) == 0 &&
		    (!all || status[len] == '\0'))
			return (known[i].class);
	}
	return (status[0] == '4' ? FU_B_SOFT : FU_B_NONE);
}

enum fu_bounce
fu_bounce_class(const char *status, bool said, bool hard)
{
	enum fu_bounce class = fu_blank(status) ? FU_B_NONE : by_status(status);

	if (class != FU_B_NONE || !said)
		return (class);
	return (hard ? FU_B_HARD : FU_B_SOFT);
}

static bool
says(const char *text, const char *const *word)
{
	for (; *word != NULL; word++)
		if (strcasestr(text, *word) != NULL)
			return (true);
	return (false);
}

/* What words of an answer without a telling status come to. */
static enum fu_bounce
by_words(int code, const char *text)
{
	static const char *const policy[] = { "spam", "block", "policy",
		"blacklist", "blocklist", "denylist", "reputation",
		"spamhaus", NULL };
	static const char *const full[] = { "full", "quota", "over limit",
		"storage", NULL };
	static const char *const unknown[] = { "user unknown", "unknown user",
		"no such user", "does not exist", "doesn't exist",
		"recipient not found", "unknown recipient", "invalid recipient",
		"no mailbox", "mailbox not found", "mailbox unavailable",
		"no such recipient", "unknown local", "no such address",
		"user not found", NULL };

	if (code == 552 || says(text, full))
		return (FU_B_SOFT);
	if ((code == 550 || code == 554) && says(text, policy))
		return (FU_B_POLICY);
	if ((code == 550 || code == 551 || code == 553) && says(text, unknown))
		return (FU_B_HARD);
	return (FU_B_NONE);
}

enum fu_bounce
fu_bounce_answer(int code, const char *enhanced, const char *text)
{
	static const char *const rejected[] = { "recipient address rejected",
		NULL };
	enum fu_bounce class = by_status(enhanced);

	if (class != FU_B_NONE)
		return (class);
	if (code / 100 == 4)
		return (FU_B_SOFT);
	if (code / 100 != 5)
		return (FU_B_NONE);
	if (strcmp(enhanced, "5.4.1") == 0)
		return (says(text, rejected) ? FU_B_HARD : FU_B_NONE);
	if (enhanced[0] != '\0' && strcmp(enhanced, "5.1.0") != 0 &&
	    strcmp(enhanced, "5.0.0") != 0)
		return (FU_B_NONE);
	return (by_words(code, text));
}

bool
fu_bounce_blocks(const char *const *status, const int64_t *at, size_t n,
    enum fu_bounce class, int64_t *until_us)
{
	int64_t	 first = 0, last = 0;
	size_t	 count = 0;

	*until_us = FU_NEVER;
	for (size_t i = 0; i < n; i++) {
		if (fu_bounce_class(status[i], true, false) != class)
			continue;
		if (class == FU_B_DOMAIN && count > 0 &&
		    at[i] - last <= SOFT_SPAN_US)
			return (true);
		if (count++ == 0)
			first = at[i];
		last = at[i];
	}
	if (class != FU_B_SOFT || count < SOFT_COUNT ||
	    last - first < SOFT_SPAN_US)
		return (false);
	*until_us = last + FU_BOUNCE_SPAN_US;
	return (true);
}
