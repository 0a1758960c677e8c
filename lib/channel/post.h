/*
 * A rendered JSON body posted: what slack and webhook share.
 */
#ifndef FU_CHANNEL_POST_H
#define FU_CHANNEL_POST_H

#include "channel/channel.h"

/*
 * fu_post_deliver(channel, delivery, headers, repeatable, arena, err):
 * Post delivery->text to the channel's url and map the answer: 2xx sent,
 * unless it says in its body that nothing was taken (channel/answer.h); 408,
 * 425, 429 and 5xx retry, with Retry-After; anything else failed.  Without an
 * answer it is retried when nothing had left or ${repeatable} (the receiver
 * knows an id that it has had), else uncertain.
 */
int fu_post_deliver(struct fu_chan *, struct fu_delivery *,
    const char *const *, bool, struct fu_arena *, struct fu_err *);

/*
 * fu_post_exchange(channel, delivery, request, repeatable, arena, response,
 *     err):
 * The same without the map: 1 with an answer, whatever it is; 0 without one,
 * the delivery's outcome filled in; -1.
 * fu_post_detail(body, arena): the beginning of an answer, for people.
 */
struct fu_http_request;
struct fu_http_response;
int fu_post_exchange(struct fu_chan *, struct fu_delivery *,
    const struct fu_http_request *, bool, struct fu_arena *,
    struct fu_http_response *, struct fu_err *);
const char *fu_post_detail(struct fu_str, struct fu_arena *);

/* FU_ECONFIG unless the channel has an http or https url. */
int fu_post_open(struct fu_chan *, struct fu_err *);

#endif
