/*
 * Origins and addresses.
 *
 * Must never believe a header of a sender who is no proxy of ours.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "config/table.h"
#include "web/origin.h"

static char
lower(char c)
{
	return (c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
}

const char *
fu_origin_of(struct fu_str url, struct fu_arena *arena)
{
	static const char *const scheme[][2] = { { "https://", ":443" },
		{ "http://", ":80" } };
	char	*text = fu_dup_str(arena, url), *p;
	size_t	 len, tail;

	for (p = text; *p != '\0'; p++)
		*p = lower(*p);
	for (size_t i = 0; i < 2; i++) {
		if (strncmp(text, scheme[i][0], strlen(scheme[i][0])) != 0)
			continue;
		p = text + strlen(scheme[i][0]);
		len = strcspn(p, "/?#");
		if (len == 0 || memchr(p, '@', len) != NULL)
			return (NULL);
		p[len] = '\0';
		tail = strlen(scheme[i][1]);
		if (len > tail && strcmp(p + len - tail, scheme[i][1]) == 0)
			p[len - tail] = '\0';
		return (text);
	}
	return (NULL);
}

static int
add_origin(struct fu_web_access *a, const char *url, const char *key,
    struct fu_arena *arena, struct fu_err *err)
{
	const char	*origin;

	if (fu_blank(url))
		return (0);
	if ((origin = fu_origin_of(fu_str_of(url), arena)) == NULL)
		return (fu_err_set(err, FU_ECONFIG, "%s: \"%s\" is no origin: "
		    "write it as https://www.example.com", key, url));
	fu_list_add(arena, &a->origins, &a->origins_cap, origin);
	return (0);
}

/* An address as its bytes in hex: one spelling for each.  "" if it is none. */
static void
plain(const char *address, char out[40])
{
	struct in6_addr	 six;
	struct in_addr	 four;

	out[0] = '\0';
	if (inet_pton(AF_INET, address, &four) == 1)
		fu_hex((const uint8_t *)&four, sizeof(four), out);
	else if (inet_pton(AF_INET6, address, &six) == 1) {
		if (IN6_IS_ADDR_V4MAPPED(&six))
			fu_hex(six.s6_addr + 12, 4, out);
		else
			fu_hex(six.s6_addr, sizeof(six), out);
	}
}

int
fu_access_make(const struct fu_config *config, struct fu_arena *arena,
    struct fu_web_access *a, struct fu_err *err)
{
	const struct fu_list	*lists[] = { &config->web.origins,
		&config->chat.origins };
	static const char *const keys[] = { "web.origins", "chat.origins" };
	char			 bytes[40];

	memset(a, 0, sizeof(*a));
	if (add_origin(a, config->company.site, "company.site", arena, err) ==
	    -1 || add_origin(a, config->company.web, "company.web", arena,
	    err) == -1)
		return (-1);
	if (!fu_blank(config->company.web))
		a->own = fu_origin_of(fu_str_of(config->company.web), arena);
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < lists[i]->n; k++)
			if (add_origin(a, lists[i]->item[k], keys[i], arena,
			    err) == -1)
				return (-1);
	for (size_t i = 0; i < config->web.proxies.n; i++) {
		plain(config->web.proxies.item[i], bytes);
		if (*bytes == '\0')
			return (fu_err_set(err, FU_ECONFIG, "web.proxies: "
			    "\"%s\" is no address", config->web.proxies.
			    item[i]));
		fu_list_add(arena, &a->proxies, &a->proxies_cap,
		    fu_dup(arena, bytes));
	}
	return (0);
}

bool
fu_access_allows(const struct fu_web_access *a, const char *origin)
{
	for (size_t i = 0; i < a->origins.n; i++)
		if (fu_streq_nocase(a->origins.item[i], origin))
			return (true);
	return (false);
}

static bool
is_proxy(const struct fu_web_access *a, const char *address)
{
	char	 bytes[40];

	plain(address, bytes);
	for (size_t i = 0; *bytes != '\0' && i < a->proxies.n; i++)
		if (strcmp(a->proxies.item[i], bytes) == 0)
			return (true);
	return (false);
}

void
fu_access_client(const struct fu_web_access *a, const char *peer,
    const char *forwarded, char *out, size_t size)
{
	const char	*end, *from;
	char		 one[64], bytes[40];
	struct fu_str	 text;

	(void)snprintf(out, size, "%s", peer);
	if (forwarded == NULL || !is_proxy(a, peer))
		return;
	for (end = forwarded + strlen(forwarded); end > forwarded;
	    end = from > forwarded ? from - 1 : forwarded) {
		for (from = end; from > forwarded && from[-1] != ','; from--)
			continue;
		text = fu_str_trim((struct fu_str){ from,
		    (size_t)(end - from) });
		if (text.len == 0 || text.len >= sizeof(one))
			return;
		memcpy(one, text.ptr, text.len);
		one[text.len] = '\0';
		plain(one, bytes);
		if (*bytes == '\0')
			return;
		(void)snprintf(out, size, "%s", one);
		if (!is_proxy(a, one))
			return;
	}
}

uint64_t
fu_address_key(const char *address)
{
	char	 bytes[40];
	size_t	 len;

	plain(address, bytes);
	len = strlen(bytes);
	/* 64 bits of an IPv6 address are somebody's network. */
	return (fu_hash64(bytes, len > 16 ? 16 : len, 0x66757765));
}
