/*
 * Pausing what is blocked, and saying so.
 *
 * Must never suppress a person, nor repeat an address of theirs to anybody.
 */
#include <string.h>

#include "flow/alert.h"
#include "flow/blocked.h"
#include "flow/stream.h"
#include "record/email.h"
#include "store/limits.h"

#define ANSWER_MAX	200	/* bytes of an answer that are told */

/* The answer without what it says of their address. */
static const char *
told(const struct fu_blocked *b, struct fu_arena *arena)
{
	const char	*at, *text = b->answer;
	size_t		 len;

	if (fu_blank(text))
		return ("no reason given");
	len = b->address == NULL ? 0 : strlen(b->address);
	while (len > 0 && (at = strcasestr(text, b->address)) != NULL)
		text = fu_printf(arena, "%.*s…%s", (int)(at - text), text,
		    at + len);
	return (fu_printf(arena, "%.*s", (int)fu_utf8_cut(text, ANSWER_MAX),
	    text));
}

static int
pause_domain(struct fu_session *s, const char *domain, const char *reason,
    const char *why, struct fu_err *err)
{
	bool	 paused;

	if (fu_domain_paused(&s->store, domain, &paused, err) == -1)
		return (-1);
	if (paused)
		return (0);
	if (fu_domain_pause(&s->store, domain, reason, err) == -1)
		return (-1);
	return (fu_alert(s, fu_printf(&s->arena, "domain:%s", domain),
	    fu_printf(&s->arena, "mail to %s is paused: %s; when the cause is "
	    "gone: fu-log resume domain=%s | fu-ingest", domain, why, domain),
	    err));
}

static int
slowed(struct fu_session *s, const struct fu_blocked *b, const char *domain,
    struct fu_err *err)
{
	int	 people;

	if (fu_domain_slowed(&s->store, domain, b->prospect,
	    s->store.now_us - FU_SLOW_SPAN_US, &people, err) == -1)
		return (-1);
	if (people < FU_SLOW_PEOPLE)
		return (0);
	return (pause_domain(s, domain, "slowed", fu_printf(&s->arena,
	    "it put off mail to %d people within an hour (%s)", people,
	    told(b, &s->arena)), err));
}

int
fu_blocked(struct fu_session *s, const struct fu_blocked *b,
    struct fu_err *err)
{
	const char	*domain = fu_blank(b->address) ? NULL :
	    fu_stream_domain(b->address, &s->arena);

	if (b->class == FU_B_OURS)
		return (b->sender == NULL ? 0 : fu_stream_stop(s, b->sender,
		    fu_printf(&s->arena, "a receiving host says that we are "
		    "at fault (%s)", told(b, &s->arena)), err));
	if (domain == NULL)
		return (0);
	if (b->class == FU_B_POLICY)
		return (pause_domain(s, domain, "policy", fu_printf(&s->arena,
		    "it blocks us (%s)", told(b, &s->arena)), err));
	return (b->class == FU_B_SLOW && b->prospect != 0 ?
	    slowed(s, b, domain, err) : 0);
}
