/*
 * Links of a touch that lead to the site's own chat: a page's address with a
 * token in it that says which touch it was.
 *
 * Pure.
 */
#ifndef FU_CONTENT_LINK_H
#define FU_CONTENT_LINK_H

#include "content/token.h"

/* The name of the token in the query of an address. */
#define FU_LINK_NAME	"fu"

/*
 * fu_link_chat(keys, page, touch, prospect, arena):
 * ${page} with a token for the chat in its query, before any fragment; a NULL
 * ${keys} puts "test" there, which is nobody's.  NULL without a page.
 *
 * fu_link_token(url, token): the text of the token in the query of ${url}, into
 * ${token}; false when it has none.  Whether it is ours fu_token_check() says.
 *
 * fu_link_bare(url, arena): ${url} without it.
 */
const char *fu_link_chat(const struct fu_keys *, const char *, int64_t,
    int64_t, struct fu_arena *);
bool fu_link_token(struct fu_str, struct fu_str *);
const char *fu_link_bare(struct fu_str, struct fu_arena *);

#endif
