/*
 * Counting what came of a sender's mail, and pausing a stream in time.
 *
 * Must never resume one by itself: its good name is the operator's to risk.
 */
#include "flow/alert.h"
#include "flow/stream.h"
#include "policy/jurisdiction.h"
#include "policy/stream.h"
#include "record/email.h"
#include "store/intake.h"
#include "store/limits.h"

/* fu-send may run for hours; a pause by fu-ingest must reach it. */
#define SEEN_US	(10 * FU_SECOND)

/* What was found of a sender's stream; an array, as config.sender. */
struct fu_stream_seen {
	bool	 asked, high, misaligned;
	int	 days;		/* on which mail of theirs left */
	int64_t	 at_us;
};

/* The key of paused_domain; domains that mail goes to are in it too. */
static const char *
stream_key(const char *domain, struct fu_arena *arena)
{
	return (fu_printf(arena, "stream:%s", domain));
}

const char *
fu_stream_domain(const char *email, struct fu_arena *arena)
{
	const char	*canon;

	return (fu_email_domain(fu_email_parse(fu_str_of(email), arena,
	    &canon, NULL) == 0 ? canon : email));
}

static const char *
domain_of(const struct fu_config *config, const char *sender,
    struct fu_arena *arena)
{
	for (size_t i = 0; i < config->nsender; i++)
		if (fu_streq(config->sender[i].key, sender))
			return (fu_stream_domain(config->sender[i].email,
			    arena));
	return (NULL);
}

/* Of all senders of the domain, over the window. */
static int
week(struct fu_session *s, const char *domain, struct fu_arena *arena,
    struct fu_sender_sums *sums, struct fu_err *err)
{
	const struct fu_sender	*from = s->config.sender;
	int32_t			 today = fu_zone_day(s->config.company.zone,
	    s->store.now_us);

	*sums = (struct fu_sender_sums){ 0 };
	for (size_t i = 0; i < s->config.nsender; i++)
		if (fu_streq(fu_stream_domain(from[i].email, arena), domain) &&
		    fu_sender_sums(&s->store, from[i].key,
		    today - FU_STREAM_DAYS, sums, err) == -1)
			return (-1);
	return (0);
}

static const char *
rates(struct fu_session *s, const struct fu_sender_sums *w)
{
	return (fu_printf(&s->arena, "in seven days %lld complaints and %lld "
	    "hard bounces of %lld mails", (long long)w->complaints,
	    (long long)w->bounces, (long long)w->mails));
}

static int
pause(struct fu_session *s, const char *domain, const char *reason,
    const char *why, struct fu_err *err)
{
	const char	*key = stream_key(domain, &s->arena);
	bool		 paused;

	if (fu_domain_paused(&s->store, key, &paused, err) == -1)
		return (-1);
	if (paused)
		return (0);
	if (fu_domain_pause(&s->store, key, reason, err) == -1)
		return (-1);
	s->stream = NULL;
	return (fu_alert(s, key, fu_printf(&s->arena, "mail from %s is "
	    "paused: %s; when the cause is gone: fu-log resume stream=%s | "
	    "fu-ingest", domain, why, domain), err));
}

int
fu_stream_stop(struct fu_session *s, const char *sender, const char *why,
    struct fu_err *err)
{
	const char	*domain = domain_of(&s->config, sender, &s->arena);

	return (domain == NULL ? 0 : pause(s, domain, "our_fault", why, err));
}

/* Of a whole channel, or of a country of it. */
static const char *
channel_key(const char *channel, const char *country, struct fu_arena *arena)
{
	char	*key = fu_printf(arena, "%s%s%s", channel,
	    country != NULL ? "-" : "", country != NULL ? country : "");

	for (char *p = key; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return (key);
}

int
fu_stream_stop_channel(struct fu_session *s, const char *channel,
    const char *phone, const char *reason, const char *why, struct fu_err *err)
{
	const char	*country = fu_number_country(s->rulebook, phone);
	const char	*name, *key, *held = NULL;
	int		 rc;

	if (phone != NULL && country == NULL)
		return (0);
	name = channel_key(channel, country, &s->arena);
	key = stream_key(name, &s->arena);
	rc = fu_domain_pause_reason(&s->store, key, &s->arena, &held, err);
	if (rc != 0)
		return (rc == -1 ? -1 : 0);
	if (fu_domain_pause(&s->store, key, reason, err) == -1)
		return (-1);
	return (fu_alert(s, key, fu_printf(&s->arena, "%s%s%s is paused: %s; "
	    "when the cause is gone: fu-log resume stream=%s | fu-ingest",
	    channel, country != NULL ? " to " : "", country != NULL ? country :
	    "", why, name), err));
}

int
fu_stream_ask_channel(struct fu_session *s, const char *channel,
    const char *phone, struct fu_gate_in *in, struct fu_err *err)
{
	const char	*country = fu_number_country(s->rulebook, phone);
	const char	*reason = NULL;
	struct fu_arena	 arena;
	int		 rc;

	fu_arena_init(&arena);
	rc = fu_domain_pause_reason(&s->store, stream_key(channel, &arena),
	    &arena, &reason, err);
	if (rc == 0 && country != NULL)
		rc = fu_domain_pause_reason(&s->store, stream_key(channel_key(
		    channel, country, &arena), &arena), &arena, &reason, err);
	in->channel_paused = rc != 1 ? FU_R_NONE :
	    fu_streq(reason, "spam_rate_high") ? FU_R_SPAM_RATE_HIGH :
	    fu_streq(reason, "sender_unregistered") ? FU_R_SENDER_UNREGISTERED :
	    FU_R_DOMAIN_PAUSED;
	fu_arena_free(&arena);
	return (rc == -1 ? -1 : 0);
}

static int
judge(struct fu_session *s, const char *domain, enum fu_stream_count what,
    struct fu_arena *arena, const struct fu_sender_sums *before,
    struct fu_err *err)
{
	enum fu_stream_level	 was, is;
	struct fu_sender_sums	 now;
	bool			 pauses;

	if (week(s, domain, arena, &now, err) == -1)
		return (-1);
	was = fu_stream_level(before->mails, before->bounces,
	    before->complaints);
	is = fu_stream_level(now.mails, now.bounces, now.complaints);
	pauses = what == FU_COUNT_COMPLAINT ? fu_stream_pauses_complained(
	    now.mails, now.bounces, now.complaints) :
	    fu_stream_pauses_bounced(now.mails, now.bounces);
	if (pauses)
		return (pause(s, domain, "spam_rate_high", rates(s, &now),
		    err));
	if (is != FU_STREAM_WARN || was != FU_STREAM_FINE)
		return (0);
	return (fu_alert(s, fu_printf(arena, "watched:%s", domain),
	    fu_printf(arena, "mail from %s is watched: %s", domain,
	    rates(s, &now)), err));
}

int
fu_stream_count(struct fu_session *s, const char *sender,
    enum fu_stream_count what, int64_t at_us, struct fu_err *err)
{
	const struct fu_sender_sums	 more = {
		.mails = what == FU_COUNT_REFUSED,
		.bounces = what != FU_COUNT_COMPLAINT,
		.complaints = what == FU_COUNT_COMPLAINT };
	struct fu_sender_sums		 before;
	struct fu_arena			 arena;
	const char			*domain;
	int				 rc = 0;

	if (sender == NULL)
		return (0);
	fu_arena_init(&arena);
	/* A sender whom fu.yaml has no more has no stream to judge. */
	domain = domain_of(&s->config, sender, &arena);
	if (domain != NULL)
		rc = week(s, domain, &arena, &before, err);
	if (rc == 0)
		rc = fu_sender_count(&s->store, sender,
		    fu_zone_day(s->config.company.zone, at_us), &more, err);
	if (rc == 0 && domain != NULL)
		rc = judge(s, domain, what, &arena, &before, err);
	fu_arena_free(&arena);
	return (rc);
}

int
fu_stream_resume(struct fu_session *s, const char *domain, bool *was,
    struct fu_err *err)
{
	struct fu_arena	 arena;
	int		 rc;

	fu_arena_init(&arena);
	domain = fu_stream_domain(fu_printf(&arena, "x@%s", domain), &arena);
	rc = fu_domain_resume(&s->store, stream_key(domain, &arena), was, err);
	s->stream = NULL;
	fu_arena_free(&arena);
	return (rc);
}

static int
look(struct fu_session *s, const struct fu_sender *sender,
    struct fu_stream_seen *seen, struct fu_err *err)
{
	struct fu_domain_auth	 auth = { 0 };
	struct fu_arena		 arena;
	const char		*domain;
	int			 rc;

	fu_arena_init(&arena);
	domain = fu_stream_domain(sender->email, &arena);
	rc = fu_sender_days(&s->store, sender->key, fu_zone_day(
	    s->config.company.zone, s->store.now_us), &seen->days, err);
	if (rc == 0)
		rc = fu_domain_paused(&s->store, stream_key(domain, &arena),
		    &seen->high, err);
	if (rc == 0)
		rc = fu_auth_get(&s->store, domain, &arena, &auth, err);
	if (rc != -1)
		seen->misaligned = fu_stream_auth(rc == 1, auth.spf, auth.dkim,
		    auth.dmarc) == FU_AUTH_MISALIGNED;
	seen->asked = rc != -1;
	seen->at_us = s->store.now_us;
	fu_arena_free(&arena);
	return (rc == -1 ? -1 : 0);
}

int
fu_stream_ask(struct fu_session *s, const struct fu_sender *sender,
    struct fu_gate_in *in, struct fu_err *err)
{
	struct fu_stream_seen	*seen;

	if (s->stream == NULL)
		s->stream = fu_alloc_array(&s->arena, s->config.nsender,
		    sizeof(*s->stream));
	seen = &s->stream[sender - s->config.sender];
	if ((!seen->asked || s->store.now_us - seen->at_us >= SEEN_US) &&
	    look(s, sender, seen, err) == -1)
		return (-1);
	in->spam_rate_high = seen->high;
	in->sender_days = seen->days;
	in->auth_misaligned = seen->misaligned;
	return (0);
}
