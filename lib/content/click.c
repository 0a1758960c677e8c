/*
 * Links that lead past us.
 *
 * Must never lead to what a key of ours did not sign with that very token.
 */
#include <string.h>

#include "content/click.h"

#define MAC_BYTES	10
#define MAC_LEN		16	/* in base32 */

static void
mac_of(const struct fu_key *key, const char *token, const char *url,
    struct fu_arena *arena, char mac[MAC_LEN + 2])
{
	const char	*text = fu_printf(arena, "click:%s:%s", token, url);
	uint8_t		 bytes[32];

	fu_hmac(key, text, strlen(text), bytes);
	fu_base32(bytes, MAC_BYTES, mac);
}

static bool
is_web(const char *url)
{
	return (strlen(url) <= FU_CLICK_URL_MAX &&
	    (strncmp(url, "https://", 8) == 0 ||
	    strncmp(url, "http://", 7) == 0) &&
	    url[strcspn(url, " \t\r\n\"<>\\")] == '\0');
}

static bool
is_plain(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || strchr("-._~/:", c) != NULL);
}

const char *
fu_click_url(const struct fu_keys *keys, const char *web, int64_t touch,
    int64_t prospect, const char *url, struct fu_arena *arena)
{
	struct fu_token	 token = { .purpose = FU_TOKEN_CLICK, .touch = touch,
		.prospect = prospect };
	char		 text[FU_TOKEN_LEN], mac[MAC_LEN + 2];
	struct fu_buf	 buf;
	const char	*out;
	size_t		 len = strlen(web);

	if (!is_web(url))
		return (NULL);
	while (len > 0 && web[len - 1] == '/')
		len--;
	fu_token_make(keys, &token, text);
	mac_of(&keys->key[0], text, url, arena, mac);
	fu_buf_init(&buf);
	fu_buf_printf(&buf, "%.*s/c/%s.%s?to=", (int)len, web, text, mac);
	for (const char *p = url; *p != '\0'; p++)
		if (is_plain(*p))
			fu_buf_putc(&buf, *p);
		else
			fu_buf_printf(&buf, "%%%02X", (unsigned char)*p);
	out = fu_dup_buf(arena, &buf);
	fu_buf_free(&buf);
	return (out);
}

static int
hex_of(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'f')
		return (c - 'a' + 10);
	return (c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1);
}

static const char *
decode(const char *text, struct fu_arena *arena)
{
	char	*out = fu_dup_str(arena, (struct fu_str){ text,
	    strcspn(text, "&") }), *to = out;

	for (const char *p = out; *p != '\0'; p++) {
		if (*p == '%') {
			if (hex_of(p[1]) == -1 || hex_of(p[2]) == -1)
				return (NULL);
			*to++ = (char)(hex_of(p[1]) * 16 + hex_of(p[2]));
			p += 2;
		} else
			*to++ = *p;
	}
	*to = '\0';
	return (fu_utf8_valid(out, (size_t)(to - out)) ? out : NULL);
}

const char *
fu_click_check(const struct fu_keys *keys, const char *tail,
    const char *query, struct fu_token *token, struct fu_arena *arena)
{
	const char	*dot = strchr(tail, '.'), *url, *text;
	char		 mac[MAC_LEN + 2];
	bool		 ok = false;

	if (dot == NULL || strlen(dot + 1) != MAC_LEN || query == NULL ||
	    strncmp(query, "to=", 3) != 0 || !fu_token_check(keys,
	    (struct fu_str){ tail, (size_t)(dot - tail) }, FU_TOKEN_CLICK,
	    token) || (url = decode(query + 3, arena)) == NULL || !is_web(url))
		return (NULL);
	text = fu_dup_str(arena, (struct fu_str){ tail, (size_t)(dot - tail) });
	for (size_t i = 0; i < keys->n; i++) {
		mac_of(&keys->key[i], text, url, arena, mac);
		ok |= fu_same_ct(mac, dot + 1, MAC_LEN);
	}
	return (ok ? url : NULL);
}
