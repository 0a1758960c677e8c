/*
 * Whether a url stays on this machine.
 *
 * Must never ask a resolver: a name that resolves to loopback today may not
 * tomorrow.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>
#include <strings.h>

#include "net/loopback.h"

static bool
loopback_host(const char *host)
{
	struct in_addr v4;
	struct in6_addr v6;
	char bare[64];
	size_t len = strlen(host);

	if (strcasecmp(host, "localhost") == 0)
		return (true);
	if (inet_pton(AF_INET, host, &v4) == 1)
		return (ntohl(v4.s_addr) >> 24 == 127);
	if (len < 3 || host[0] != '[' || len - 2 >= sizeof(bare))
		return (false);
	memcpy(bare, host + 1, len - 2);
	bare[len - 2] = '\0';
	return (inet_pton(AF_INET6, bare, &v6) == 1 &&
	    IN6_IS_ADDR_LOOPBACK(&v6));
}

bool
fu_url_is_loopback(const char *url)
{
	CURLU *parsed;
	char *host = NULL;
	bool local = false;

	if (url == NULL || (parsed = curl_url()) == NULL)
		return (false);
	if (curl_url_set(parsed, CURLUPART_URL, url,
	    CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
	    curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		local = loopback_host(host);
	curl_free(host);
	curl_url_cleanup(parsed);
	return (local);
}
