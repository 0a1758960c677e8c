/*
 * A service's url, and what its codes make of a delivery.
 *
 * Must never take "it may have arrived" for "it did not".
 */
#include <string.h>

#include "channel/service.h"
#include "net/loopback.h"

const char *
fu_service_base(struct fu_chan *channel, const char *usual, struct fu_err *err)
{
	const char *url = channel->conf.url;
	size_t len;

	if (fu_blank(url))
		url = usual;
	if (strncmp(url, "http://", 7) != 0 &&
	    strncmp(url, "https://", 8) != 0) {
		fu_err_set(err, FU_ECONFIG, "%s:%d: via: %s needs url: "
		    "https://…, or none for the usual one",
		    channel->conf.where.file != NULL ?
		    channel->conf.where.file : "fu.yaml",
		    channel->conf.where.line, channel->ops->name);
		return (NULL);
	}
	channel->local = fu_url_is_loopback(url);
	for (len = strlen(url); len > 0 && url[len - 1] == '/'; len--)
		;
	return (fu_dup_str(&channel->arena, (struct fu_str){ url, len }));
}

int
fu_service_outcome(struct fu_chan *channel, struct fu_delivery *d,
    const struct fu_provider_code *code, struct fu_err *err)
{
	d->provider = code;
	d->reason = code->reason;
	switch (code->act) {
	case FU_PA_STREAM:
		d->status = FU_D_NOT_STARTED;
		return (fu_err_set(err, FU_ECONFIG, "%s:%d: %s: %s (%s)",
		    channel->conf.where.file != NULL ?
		    channel->conf.where.file : "fu.yaml",
		    channel->conf.where.line, channel->ops->name, code->alarm,
		    d->detail != NULL ? d->detail : ""));
	case FU_PA_RETRY:
	case FU_PA_ENGAGED:
	case FU_PA_CLOSED:
		d->status = FU_D_RETRY;
		if (d->retry_after_us < fu_provider_wait(code, d->at_us))
			d->retry_after_us = fu_provider_wait(code, d->at_us);
		break;
	case FU_PA_UNKNOWN:
		d->status = FU_D_UNCERTAIN;
		break;
	case FU_PA_DEAD:
		d->bounce = FU_B_HARD;
		d->status = FU_D_FAILED;
		break;
	default:
		d->status = FU_D_FAILED;
	}
	return (0);
}
