/*
 * Whose request is it?
 *
 * Must never take a missing signature for a good one, nor say by its time how
 * much of one was right.
 */
#include <stdlib.h>
#include <string.h>

#include "content/hook.h"

#define STALE_US	(5 * FU_MINUTE)	/* a stamp older than this is a replay */

/* Is ${said} that text?  Its length is no secret. */
static bool
same(struct fu_str said, const char *want)
{
	return (said.ptr != NULL && said.len == strlen(want) &&
	    fu_same_ct(said.ptr, want, said.len));
}

/* Hex is taken in either case. */
static bool
same_hex(struct fu_str said, const uint8_t *mac, size_t len)
{
	char want[65], got[65];
	size_t i;

	fu_hex(mac, len, want);
	if (said.ptr == NULL || said.len != 2 * len)
		return (false);
	for (i = 0; i < said.len; i++)
		got[i] = said.ptr[i] >= 'A' && said.ptr[i] <= 'F' ?
		    (char)(said.ptr[i] | 0x20) : said.ptr[i];
	return (fu_same_ct(got, want, said.len));
}

bool
fu_sign_sha256(const char *secret, struct fu_str body, struct fu_str said)
{
	uint8_t mac[32];

	if (fu_blank(secret))
		return (false);
	if (fu_str_starts(said, "sha256="))
		said = (struct fu_str){ said.ptr + 7, said.len - 7 };
	fu_hmac_sha256(fu_str_of(secret), body.ptr, body.len, mac);
	return (same_hex(said, mac, sizeof(mac)));
}

/* The value of "name=" among those between commas. */
static struct fu_str
part(struct fu_str said, const char *name)
{
	size_t len = strlen(name), i, to;

	for (i = 0; i < said.len; i = to + 1) {
		while (i < said.len && said.ptr[i] == ' ')
			i++;
		for (to = i; to < said.len && said.ptr[to] != ','; to++)
			;
		if (to - i > len && memcmp(said.ptr + i, name, len) == 0 &&
		    said.ptr[i + len] == '=')
			return (fu_str_trim((struct fu_str){
			    said.ptr + i + len + 1, to - i - len - 1 }));
	}
	return ((struct fu_str){ NULL, 0 });
}

bool
fu_sign_stamped(const char *secret, struct fu_str body, struct fu_str said,
    int64_t now_us)
{
	struct fu_str stamp = part(said, "t"), mac_said = part(said, "v1");
	struct fu_buf text;
	int64_t at = 0, away;
	uint8_t mac[32];
	size_t i;

	if (fu_blank(secret) || stamp.len == 0 || stamp.len > 12)
		return (false);
	for (i = 0; i < stamp.len; i++) {
		if (stamp.ptr[i] < '0' || stamp.ptr[i] > '9')
			return (false);
		at = at * 10 + (stamp.ptr[i] - '0');
	}
	fu_buf_init(&text);
	fu_buf_str(&text, stamp);
	fu_buf_putc(&text, '.');
	fu_buf_str(&text, body);
	fu_hmac_sha256(fu_str_of(secret), text.ptr, text.len, mac);
	fu_buf_free(&text);
	away = now_us - at * FU_SECOND;
	return (same_hex(mac_said, mac, sizeof(mac)) && away <= STALE_US &&
	    away >= -STALE_US);
}

bool
fu_sign_bearer(const char *secret, struct fu_str said)
{
	if (fu_blank(secret) || said.len < 7 ||
	    !fu_str_is_nocase((struct fu_str){ said.ptr, 7 }, "Bearer "))
		return (false);
	return (same(fu_str_trim((struct fu_str){ said.ptr + 7,
	    said.len - 7 }), secret));
}

static int
bytes_order(struct fu_str a, struct fu_str b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int d = len == 0 ? 0 : memcmp(a.ptr, b.ptr, len);

	return (d != 0 ? d : a.len < b.len ? -1 : a.len > b.len);
}

static int
field_order(const void *va, const void *vb)
{
	const struct fu_hook_pair *a = va, *b = vb;
	int d = bytes_order(a->name, b->name);

	return (d != 0 ? d : bytes_order(a->value, b->value));
}

/* Name and value of each, sorted by bytes; the same one counts once. */
static void
put_fields(struct fu_buf *text, const struct fu_hook_pairs *fields)
{
	struct fu_hook_pair *sorted;
	size_t i, n = fields->n;

	if (n == 0)
		return;
	if ((sorted = malloc(n * sizeof(*sorted))) == NULL)
		fu_oom();
	memcpy(sorted, fields->pair, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), field_order);
	for (i = 0; i < n; i++) {
		if (i > 0 && field_order(&sorted[i - 1], &sorted[i]) == 0)
			continue;
		fu_buf_str(text, sorted[i].name);
		fu_buf_str(text, sorted[i].value);
	}
	free(sorted);
}

/* The url's parts: "https://", "host", ":443" or nothing, "/path?query". */
struct url {
	struct fu_str	 scheme, host, port, rest;
	const char	*own;		/* the port that goes without saying */
};

static bool
split(struct fu_str url, struct url *u)
{
	size_t from = fu_str_starts(url, "https://") ? 8 :
	    fu_str_starts(url, "http://") ? 7 : 0, to, i;

	if (from == 0)
		return (false);
	u->own = from == 8 ? ":443" : ":80";
	for (to = from; to < url.len && strchr("/?#", url.ptr[to]) == NULL;
	    to++)
		;
	u->scheme = (struct fu_str){ url.ptr, from };
	u->host = (struct fu_str){ url.ptr + from, to - from };
	u->rest = (struct fu_str){ url.ptr + to, url.len - to };
	u->port = (struct fu_str){ url.ptr + to, 0 };
	for (i = u->host.len; i > 0 && u->host.ptr[i - 1] >= '0' &&
	    u->host.ptr[i - 1] <= '9'; i--)
		;
	if (i > 0 && u->host.ptr[i - 1] == ':') {
		u->port = (struct fu_str){ u->host.ptr + i - 1,
		    u->host.len - i + 1 };
		u->host.len = i - 1;
	}
	return (true);
}

static bool
signs(const char *token, const struct url *u, struct fu_str port,
    const struct fu_hook_pairs *fields, struct fu_str said)
{
	struct fu_buf text;
	uint8_t mac[20];
	char want[32];

	fu_buf_init(&text);
	fu_buf_str(&text, u->scheme);
	fu_buf_str(&text, u->host);
	fu_buf_str(&text, port);
	fu_buf_str(&text, u->rest);
	if (fields != NULL)
		put_fields(&text, fields);
	fu_hmac_sha1(fu_str_of(token), text.ptr, text.len, mac);
	fu_buf_free(&text);
	fu_base64(mac, sizeof(mac), want);
	return (same(said, want));
}

/* The value of bodySHA256= in the url's query; ptr NULL: none. */
static struct fu_str
body_hash(const struct url *u)
{
	static const char name[] = "bodySHA256=";
	size_t i, to, len = sizeof(name) - 1;

	for (i = 1; i + len <= u->rest.len; i++)
		if (memcmp(u->rest.ptr + i, name, len) == 0 &&
		    strchr("?&", u->rest.ptr[i - 1]) != NULL) {
			for (to = i += len; to < u->rest.len &&
			    u->rest.ptr[to] != '&' && u->rest.ptr[to] != '#';
			    to++)
				;
			return ((struct fu_str){ u->rest.ptr + i, to - i });
		}
	return ((struct fu_str){ NULL, 0 });
}

bool
fu_sign_twilio(const char *token, struct fu_str url,
    const struct fu_hook_pairs *fields, struct fu_str body, struct fu_str said)
{
	struct fu_str hash;
	struct url u;
	uint8_t sum[32];
	bool good;

	if (fu_blank(token) || said.len == 0 || !split(url, &u))
		return (false);
	hash = body_hash(&u);
	if (hash.ptr != NULL) {
		fu_sha256(body.ptr, body.len, sum);
		if (!same_hex(hash, sum, sizeof(sum)))
			return (false);
		fields = NULL;
	}
	good = signs(token, &u, u.port, fields, said);
	/* Proxies and Twilio itself add and drop the scheme's own port. */
	if (u.port.len == 0)
		good |= signs(token, &u, fu_str_of(u.own), fields, said);
	else if (fu_str_is(u.port, u.own))
		good |= signs(token, &u, (struct fu_str){ NULL, 0 }, fields,
		    said);
	return (good);
}
