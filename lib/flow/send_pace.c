/*
 * How fast posts leave, and when one that did not arrive is tried again.
 *
 * Must never hold a transaction open while it waits.
 */
#include <string.h>

#include "base/sig.h"
#include "flow/send_room.h"
#include "store/pace.h"

/* A message a second and webhook is what Slack takes.  [SL-01] */
#define GAP_US		FU_SECOND
/* Longer than that a run waits for nobody: the claim goes back. */
#define WAIT_MAX_US	(30 * FU_SECOND)
#define NAP_US		(FU_SECOND / 10)

#define AGAIN_FIRST_US	(30 * FU_SECOND)
#define AGAIN_MAX_US	FU_HOUR
#define GIVE_UP_US	(48 * FU_HOUR)

bool
fu_via_is_slack(const struct fu_via *via)
{
	return (fu_streq(via->conf.via, "slack"));
}

bool
fu_via_posts(const struct fu_via *via)
{
	return (fu_via_is_slack(via) || fu_streq(via->conf.via, "webhook"));
}

/* Elapsed time is the machine's, whatever the run believes. */
static int64_t
machine_now(void)
{
	return (fu_clock_now(&(struct fu_clock){ FU_NEVER }));
}

/* What Slack asked for in the answer to the last try. */
static int64_t
wish_of(const struct fu_delivery *d)
{
	if (d->code != 429)
		return (0);
	return (d->retry_after_us > 0 ? d->retry_after_us : GAP_US);
}

static int
take(struct fu_send *s, const char *service, int64_t now_us, int64_t wish_us,
    int64_t *at_us, struct fu_err *err)
{
	struct fu_store	*store = &s->session->store;

	if (fu_store_begin(store, err) == -1)
		return (-1);
	/* Whoever else writes there waits as well. */
	if ((wish_us > 0 && fu_pace_push(store, service, now_us + wish_us,
	    err) == -1) || fu_pace_take(store, service, now_us, GAP_US,
	    now_us + WAIT_MAX_US, at_us, err) == -1) {
		fu_store_rollback(store);
		return (-1);
	}
	return (fu_store_commit(store, err));
}

bool
fu_pace_wait(struct fu_parcel *pc, const struct fu_delivery *d)
{
	struct fu_send	*s = pc->send;
	const char	*url = pc->via->chan->conf.url;
	int64_t		 now = machine_now(), at;
	uint8_t		 mac[32];
	char		 service[65];
	struct fu_err	 err;

	/* The url is a secret, and its plain hash would confirm a guess. */
	fu_hmac(&s->session->keys.key[0], url, strlen(url), mac);
	fu_hex(mac, sizeof(mac), service);
	if (take(s, service, now, wish_of(d), &at, &err) == -1) {
		fu_send_wrong(s, &err);
		pc->reason = "io_error";
		return (false);
	}
	if (at - now > WAIT_MAX_US) {
		pc->reason = "rate_limited";
		pc->until_us = fu_session_now(s->session) + (at - now);
		return (false);
	}
	for (; now < at && !fu_sig_stopping(); now = machine_now())
		fu_sleep_us(at - now < NAP_US ? at - now : NAP_US);
	if (now < at)
		pc->reason = "stopping";
	return (now >= at);
}

int64_t
fu_send_post_again_at(int tries, int64_t first_us, int64_t now_us,
    int64_t wish_us)
{
	int64_t	 wait = AGAIN_FIRST_US;

	for (int i = 1; i < tries && wait < AGAIN_MAX_US; i++)
		wait *= 2;
	if (wait > AGAIN_MAX_US)
		wait = AGAIN_MAX_US;
	if (wish_us > wait)
		wait = wish_us;
	return (now_us + wait - first_us > GIVE_UP_US ? FU_NEVER :
	    now_us + wait);
}
