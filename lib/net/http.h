/*
 * HTTP: one POST, by libcurl.
 *
 * Follows no redirect, takes no cookie, reads no proxy but the environment's.
 */
#ifndef FU_NET_HTTP_H
#define FU_NET_HTTP_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/err.h"

#define FU_HTTP_BODY_MAX (64 * 1024)	/* of an answer; the rest is not read, */

struct fu_http_request {
	const char		*url;		/* http or https */
	const char		*const *header;	/* "Name: value", NULL last; or NULL */
	struct fu_str		 body;
	int			 timeout_s;	/* of all, 0: 30 */
	size_t			 body_max;	/* unless this says more */
	const char		*ca_file;	/* or NULL: the system's */
};

struct fu_http_response {
	int		 status;		/* 0: no answer */
	int64_t		 retry_after_us;	/* from now; 0: not said */
	struct fu_str	 body;
	bool		 sent;			/* some of the request has left */
};

/*
 * fu_http_post(request, arena, response, err):
 * Return 0 with the answer, whatever its status; or -1 when there is none:
 * FU_EDATA for a bad url or header, FU_EUNAVAILABLE for a bad certificate,
 * FU_ETEMP for anything that may pass (then look at response->sent).
 */
int fu_http_post(const struct fu_http_request *, struct fu_arena *,
    struct fu_http_response *, struct fu_err *);

#endif
