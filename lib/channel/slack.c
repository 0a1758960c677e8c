/*
 * via: slack: a rendered message for an incoming webhook.
 *
 * Must never print the url, which is the secret.
 */
#include "base/sig.h"
#include "channel/channel.h"
#include "channel/post.h"

static int
slack_deliver(struct fu_chan *channel, struct fu_delivery *delivery, size_t n,
    struct fu_arena *arena, struct fu_err *err)
{
	static const char *const header[] = {
		"Content-Type: application/json; charset=utf-8", NULL
	};
	struct fu_delivery *d;
	size_t i;

	for (i = 0; i < n && !fu_sig_stopping(); i++) {
		d = &delivery[i];
		if (d->may_start != NULL && !d->may_start(d->ctx, d))
			continue;
		/* Slack knows no ids: what was posted twice is there twice. */
		if (fu_post_deliver(channel, d, header, false, arena,
		    err) == -1)
			return (-1);
	}
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
