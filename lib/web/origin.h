/*
 * Whose page may speak to us, and whom a request comes from.
 *
 * Pure: addresses and headers in, an answer out; asks no resolver.
 */
#ifndef FU_WEB_ORIGIN_H
#define FU_WEB_ORIGIN_H

#include "config/config.h"

struct fu_web_access {
	struct fu_list	 origins;	/* "https://www.example.com" */
	struct fu_list	 proxies;	/* addresses, as text of their bytes */
	const char	*own;		/* our own origin, or NULL */
	size_t		 origins_cap, proxies_cap;
};

/*
 * fu_origin_of(url, arena): "https://host:port" of an address, lower case, the
 * port that its scheme has anyway left out; NULL when it is none.
 *
 * fu_access_make(config, arena, access, err):
 * company.site, company.web, chat.origins and web.origins.  FU_ECONFIG for one
 * that is no origin, and for a proxy that is no address.
 * fu_access_allows(access, origin): is it one of them?
 * fu_access_client(access, peer, forwarded, out, size):
 * Who sent it: ${peer}, or, where that is a proxy of ours, the last in
 * X-Forwarded-For (NULL: none) that is not.
 * fu_address_key(address): what of it counts as one: an IPv6 one's network.
 */
const char *fu_origin_of(struct fu_str, struct fu_arena *);
int fu_access_make(const struct fu_config *, struct fu_arena *,
    struct fu_web_access *, struct fu_err *);
bool fu_access_allows(const struct fu_web_access *, const char *);
void fu_access_client(const struct fu_web_access *, const char *,
    const char *, char *, size_t);
uint64_t fu_address_key(const char *);

#endif
