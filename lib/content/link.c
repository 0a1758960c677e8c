/*
 * A token in the query of a page's address: put there, found, taken out.
 *
 * Must never look beyond the query: a fragment is the page's own.
 */
#include <string.h>

#include "content/link.h"

const char *
fu_link_chat(const struct fu_keys *keys, const char *page, int64_t touch,
    int64_t prospect, struct fu_arena *arena)
{
	struct fu_token	 token = { .purpose = FU_TOKEN_CHAT, .touch = touch,
		.prospect = prospect };
	char		 text[FU_TOKEN_LEN] = "test";
	size_t		 n;

	if (fu_blank(page))
		return (NULL);
	n = strcspn(page, "#");
	if (keys != NULL)
		fu_token_make(keys, &token, text);
	return (fu_printf(arena, "%.*s%c%s=%s%s", (int)n, page,
	    memchr(page, '?', n) == NULL ? '?' : '&', FU_LINK_NAME, text,
	    page + n));
}

/* Where the query's member of that name begins, its sign before it, and how
 * long both are; 0: there is none. */
static size_t
member(struct fu_str url, size_t *len)
{
	static const char	 name[] = FU_LINK_NAME "=";
	const char		*end = url.len == 0 ? NULL : memchr(url.ptr, '#', url.len);
	size_t			 n = end == NULL ? url.len : (size_t)(end -
	    url.ptr);
	bool			 query = false;

	for (size_t i = 0; i < n; i++) {
		bool	 first = url.ptr[i] == '?' && !query;

		query = query || first;
		if ((!first && (url.ptr[i] != '&' || !query)) ||
		    n - i - 1 < sizeof(name) - 1 || memcmp(url.ptr + i + 1,
		    name, sizeof(name) - 1) != 0)
			continue;
		for (*len = sizeof(name); i + *len < n &&
		    url.ptr[i + *len] != '&'; ++*len)
			continue;
		return (i);
	}
	return (0);
}

bool
fu_link_token(struct fu_str url, struct fu_str *token)
{
	size_t	 len, at = member(url, &len);
	size_t	 skip = sizeof(FU_LINK_NAME) + 1;

	if (at == 0)
		return (false);
	*token = (struct fu_str){ url.ptr + at + skip, len - skip };
	return (true);
}

const char *
fu_link_bare(struct fu_str url, struct fu_arena *arena)
{
	size_t	 len, at = member(url, &len), rest;
	bool	 first;

	if (at == 0)
		return (fu_dup_str(arena, url));
	/* Another member takes its place behind the question mark. */
	rest = at + len;
	first = url.ptr[at] == '?' && rest < url.len && url.ptr[rest] == '&';
	return (fu_printf(arena, "%.*s%s%.*s", (int)at, url.ptr,
	    first ? "?" : "", (int)(url.len - rest - first),
	    url.ptr + rest + first));
}
