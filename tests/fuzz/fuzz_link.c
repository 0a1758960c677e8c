/*
 * Any bytes as a page's address: a token that is put in is the one found, and
 * without it nothing but that member is gone.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "content/link.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fu_str	 url = { (const char *)data, size }, token;
	struct fu_arena	 arena;
	const char	*bare, *made;

	fu_arena_init(&arena);
	if (fu_link_token(url, &token) && (token.ptr < url.ptr ||
	    token.ptr + token.len > url.ptr + url.len))
		abort();
	bare = fu_link_bare(url, &arena);
	if (strlen(bare) > size)
		abort();
	made = fu_link_chat(NULL, bare, 1, 1, &arena);
	if (made != NULL && strchr(made, '#') == NULL &&
	    !fu_link_token(fu_str_of(bare), &token) &&
	    (!fu_link_token(fu_str_of(made), &token) ||
	    !fu_str_is(token, "test")))
		abort();
	fu_arena_free(&arena);
	return (0);
}
