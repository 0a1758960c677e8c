/*
 * via: slack: a rendered message for an incoming webhook, and what Slack says
 * to it.
 *
 * Must never print the url, which is the secret.
 */
#include <string.h>

#include "base/sig.h"
#include "channel/channel.h"
#include "channel/post.h"

#define AGAIN_MAX	3	/* a message that Slack has no time for */

/* Slack's own words for what will not pass by waiting.  [SL-01] */
static const char *const refusals[] = {
	"invalid_payload", "no_text", "user_not_found", "invalid_blocks",
	"action_prohibited", "invalid_token", "team_disabled", "no_service",
	"no_team", "channel_not_found", "channel_is_archived",
	"posting_to_general_channel_denied", "too_many_attachments"
};

static bool
body_is(const struct fu_delivery *d, const char *word)
{
	return (d->detail != NULL &&
	    fu_str_is(fu_str_trim(fu_str_of(d->detail)), word));
}

/* 200 is an answer of Slack's only with its ok. */
static void
judge(struct fu_delivery *d)
{
	size_t i;

	if (d->status == FU_D_SENT && !fu_blank(d->detail) &&
	    !body_is(d, "ok")) {
		d->status = FU_D_FAILED;
		d->reason = "not_ok";
		return;
	}
	if (d->code == 0 || d->status == FU_D_SENT)
		return;
	if (d->code == 429) {
		d->reason = "rate_limited";
		return;
	}
	if (body_is(d, "rollup_error")) {
		d->status = FU_D_RETRY;
		d->reason = "rollup_error";
		return;
	}
	for (i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
		if (d->code / 100 == 4 && body_is(d, refusals[i])) {
			d->status = FU_D_FAILED;
			d->reason = refusals[i];
		}
}

/* Once; and again as long as who paces us waits as long as Slack asked. */
static int
deliver_one(struct fu_chan *channel, struct fu_delivery *d,
    struct fu_arena *arena, struct fu_err *err)
{
	static const char *const header[] = {
		"Content-Type: application/json; charset=utf-8", NULL
	};
	int tries;

	for (tries = 0; tries < AGAIN_MAX; tries++) {
		if (d->may_start != NULL && !d->may_start(d->ctx, d))
			return (0);
		/* Slack knows no ids: what was posted twice is there twice. */
		if (fu_post_deliver(channel, d, header, false, arena,
		    err) == -1)
			return (-1);
		judge(d);
		if (d->code != 429 || d->may_start == NULL)
			return (0);
	}
	return (0);
}

static int
slack_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	size_t i;

	for (i = 0; i < n && !fu_sig_stopping(); i++)
		if (deliver_one(channel, &delivery[i], arena, err) == -1)
			return (-1);
	return (0);
}

static void
slack_close(struct fu_chan *channel)
{
	(void)channel;
}

const struct fu_channel_ops fu_channel_slack = {
	"slack", fu_post_open, slack_deliver, slack_close
};
