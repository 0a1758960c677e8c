/*
 * A link of a message that leads past us: signed, so that it leads nowhere but
 * where we wrote it to, and says whose message it stood in.
 *
 * Pure.  A scanner opens such links too: what opens one proves nothing.
 */
#ifndef FU_CONTENT_CLICK_H
#define FU_CONTENT_CLICK_H

#include "content/token.h"

#define FU_CLICK_URL_MAX	1500

/*
 * fu_click_url(keys, web, touch, prospect, url, arena):
 * "WEB/c/TOKEN.MAC?to=URL".  NULL for a ${url} that is not http or https, or
 * longer than FU_CLICK_URL_MAX.
 *
 * fu_click_check(keys, tail, query, token, arena):
 * ${tail} is what stands behind /c/, ${query} behind '?'.  The url that it leads
 * to, when we signed both; else NULL.
 */
const char *fu_click_url(const struct fu_keys *, const char *, int64_t,
    int64_t, const char *, struct fu_arena *);
const char *fu_click_check(const struct fu_keys *, const char *, const char *,
    struct fu_token *, struct fu_arena *);

#endif
