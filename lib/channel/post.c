/*
 * A JSON body posted, and what the answer means.
 *
 * Must never print the url: Slack's is a secret.
 */
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "channel/answer.h"
#include "channel/post.h"
#include "net/http.h"
#include "net/loopback.h"

#define DETAIL_MAX 200	/* bytes of an answer that are worth keeping */

int
fu_post_open(struct fu_chan *channel, struct fu_err *err)
{
	const char *url = channel->conf.url;

	if (url == NULL || (strncmp(url, "http://", 7) != 0 &&
	    strncmp(url, "https://", 8) != 0))
		return (fu_err_set(err, FU_ECONFIG,
		    "%s:%d: via: %s needs url: https://…",
		    channel->conf.where.file != NULL ?
		    channel->conf.where.file : "fu.yaml",
		    channel->conf.where.line, channel->ops->name));
	channel->local = fu_url_is_loopback(url);
	return (0);
}

/* The beginning of an answer, as text without control characters. */
const char *
fu_post_detail(struct fu_str body, struct fu_arena *arena)
{
	size_t len = body.len < DETAIL_MAX ? body.len : DETAIL_MAX, i;
	char *text;

	if (!fu_utf8_valid(body.ptr, body.len))
		return (NULL);
	text = fu_dup_str(arena, (struct fu_str){ body.ptr,
	    len > 0 ? fu_utf8_cut(body.ptr, len) : 0 });
	for (i = 0; text[i] != '\0'; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			text[i] = ' ';
	return (text);
}

int
fu_post_exchange(struct fu_chan *channel, struct fu_delivery *d,
    const struct fu_http_request *request, bool repeatable,
    struct fu_arena *arena, struct fu_http_response *response,
    struct fu_err *err)
{
	struct fu_err fault = { 0 };

	if (fu_http_post(request, arena, response, &fault) == 0)
		return (1);
	if (fault.class == FU_EUNAVAILABLE || fault.class == FU_EDATA)
		return (fu_err_set(err, fault.class == FU_EDATA ?
		    FU_ECONFIG : FU_EUNAVAILABLE, "%s:%d: %s: %s",
		    channel->conf.where.file != NULL ?
		    channel->conf.where.file : "fu.yaml",
		    channel->conf.where.line, channel->ops->name,
		    fault.msg));
	d->status = repeatable || !response->sent ? FU_D_RETRY :
	    FU_D_UNCERTAIN;
	d->reason = "connection";
	d->detail = fu_dup(arena, fault.msg);
	return (0);
}

int
fu_post_deliver(struct fu_chan *channel, struct fu_delivery *d,
    const char *const *header, bool repeatable, struct fu_arena *arena,
    struct fu_err *err)
{
	struct fu_http_request request = { .url = channel->conf.url,
		.header = header, .body = fu_str_of(d->text),
		.ca_file = fu_env("SSL_CERT_FILE") };
	struct fu_http_response response;
	const char *refusal;
	int rc;

	if ((rc = fu_post_exchange(channel, d, &request, repeatable, arena,
	    &response, err)) != 1)
		return (rc);
	d->code = response.status;
	d->detail = fu_post_detail(response.body, arena);
	/* It is we who are not let in, with any message: nothing of this one
	 * is said by it, as when a mail server refuses the login. */
	if (response.status == 401) {
		d->status = FU_D_NOT_STARTED;
		return (fu_err_set(err, FU_EUNAVAILABLE, "%s:%d: %s: it does "
		    "not let us in (401%s%s): the url, a token or a secret is "
		    "no longer right", channel->conf.where.file != NULL ?
		    channel->conf.where.file : "fu.yaml",
		    channel->conf.where.line, channel->ops->name,
		    fu_blank(d->detail) ? "" : " ", fu_blank(d->detail) ? "" :
		    d->detail));
	}
	d->retry_after_us = response.retry_after_us;
	d->reason = "refused";
	refusal = response.status / 100 == 2 ?
	    fu_answer_refusal(response.body, arena) : NULL;
	if (refusal != NULL) {
		d->status = FU_D_FAILED;
		d->detail = fu_blank(refusal) ? d->detail :
		    fu_post_detail(fu_str_of(refusal), arena);
	} else if (response.status / 100 == 2) {
		d->status = FU_D_SENT;
		d->reason = NULL;
	} else if (response.status >= 500 || response.status == 429 ||
	    response.status == 408 || response.status == 425)
		d->status = FU_D_RETRY;
	else
		d->status = FU_D_FAILED;
	return (0);
}
