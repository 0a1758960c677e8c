/*
 * What a text on a telephone says beside its words.
 *
 * Must never offer an answer that nobody reads.
 */
#include <string.h>
#include <strings.h>

#include "content/short.h"

#define PHONE_DIGITS_MIN 7

static bool
holds(const char *text, const char *what)
{
	return (!fu_blank(what) && strcasestr(text, what) != NULL);
}

/* STOP as a word of its own. */
static bool
offers_stop(const char *text)
{
	const char *at = text;

	while ((at = strstr(at, "STOP")) != NULL) {
		if ((at == text || !((at[-1] >= 'A' && at[-1] <= 'Z'))) &&
		    !(at[4] >= 'A' && at[4] <= 'Z'))
			return (true);
		at += 4;
	}
	return (false);
}

static bool
holds_number(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++) {
		if (*text >= '0' && *text <= '9')
			n++;
		else if (strchr(" -().+", *text) == NULL)
			n = 0;
		if (n >= PHONE_DIGITS_MIN)
			return (true);
	}
	return (false);
}

/* Does nobody read what is answered?  An outbox is read by who rehearses. */
static bool
one_way(const struct fu_config *config)
{
	const struct fu_transport *t = &config->channel[FU_CH_SMS];

	return (t->given && !t->inbound && !fu_streq(t->via, "outbox"));
}

/* How to end it, behind ${text}; NULL when there is no way. */
static const char *
with_way_out(const struct fu_message_in *in, const char *text,
    struct fu_arena *arena)
{
	const char *url = in->links != NULL ? in->links->unsubscribe : NULL;

	if (!one_way(in->config))
		return (offers_stop(text) ? text : fu_printf(arena,
		    "%s\nReply STOP to end.", text));
	if (url != NULL && !holds(text, url))
		return (fu_printf(arena, "%s\nReplies are not read. To end: "
		    "%s", text, url));
	if (url != NULL || strstr(text, "://") != NULL || holds_number(text))
		return (fu_printf(arena, "%s\nReplies are not read.", text));
	return (NULL);
}

void
fu_short_text(const struct fu_message_in *in, const char *said,
    struct fu_arena *arena, struct fu_message_out *out)
{
	const struct fu_config *config = in->config;
	struct fu_str trimmed = fu_str_trim(fu_str_of(said));
	const char *text = fu_dup_str(arena, trimmed), *ended;

	if (!in->message->transactional) {
		if (!holds(text, config->company.name))
			text = fu_printf(arena, "%s: %s",
			    config->company.name, text);
		if (in->identify && !holds(text, "://") &&
		    !holds(text, config->company.postal_address) &&
		    !fu_blank(config->company.site))
			text = fu_printf(arena, "%s %s", text,
			    config->company.site);
		if ((ended = with_way_out(in, text, arena)) != NULL)
			text = ended;
		out->way_out = ended != NULL;
	} else
		out->way_out = true;
	out->identified = holds(text, config->company.name) &&
	    (holds(text, "://") || holds(text,
	    config->company.postal_address));
	out->text = fu_printf(arena, "%s\n", text);
}
