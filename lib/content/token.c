/*
 * Tokens, Message-IDs and return paths with a MAC of fu.key.
 *
 * Must never accept what a key of ours did not sign, nor take longer over a
 * text that is nearly right.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "content/token.h"

#define TOKEN_MAC	12	/* bytes: 2^-96 to guess a link */
#define ID_MAC		10	/* a Message-ID that came back */
#define VERP_MAC	5	/* eight letters [EM-17] */
#define BODY_MAX	21	/* purpose, and two numbers of at most ten */

/* The MAC of text for one use; uses never stand for one another. */
static void
mac_of(const struct fu_key *key, const char *use, const void *text, size_t len,
    uint8_t mac[32])
{
	uint8_t in[128];
	size_t n = strlen(use) + 1;

	memcpy(in, use, n);
	memcpy(in + n, text, len);
	fu_hmac(key, in, n + len, mac);
}

/* Does any key give this MAC?  Every key is tried, come what may. */
static bool
mac_ok(const struct fu_keys *keys, const char *use, const void *text,
    size_t len, const uint8_t *mac, size_t mac_len)
{
	uint8_t want[32];
	bool ok = false;
	size_t i;

	for (i = 0; i < keys->n; i++) {
		mac_of(&keys->key[i], use, text, len, want);
		ok |= fu_same_ct(want, mac, mac_len);
	}
	return (ok);
}

/* Base32 of either case into at most ${max} bytes; -1 if it is none. */
static int
base32_decode(struct fu_str text, uint8_t *out, size_t max)
{
	uint32_t bits = 0;
	size_t i, n = 0;
	int have = 0;
	char c;

	for (i = 0; i < text.len; i++) {
		c = text.ptr[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c >= 'a' && c <= 'z')
			bits = bits << 5 | (uint32_t)(c - 'a');
		else if (c >= '2' && c <= '7')
			bits = bits << 5 | (uint32_t)(c - '2' + 26);
		else
			return (-1);
		have += 5;
		if (have >= 8) {
			if (n == max)
				return (-1);
			have -= 8;
			out[n++] = (uint8_t)(bits >> have);
		}
	}
	/* One spelling for one value: what is left over is zero. */
	if (have >= 5 || (bits & ((1U << have) - 1)) != 0)
		return (-1);
	return ((int)n);
}

static size_t
put_number(uint8_t *out, uint64_t number)
{
	size_t n = 0;

	for (; number >= 0x80; number >>= 7)
		out[n++] = (uint8_t)(number | 0x80);
	out[n++] = (uint8_t)number;
	return (n);
}

/* The bytes taken, or 0. */
static size_t
get_number(const uint8_t *in, size_t len, int64_t *number)
{
	uint64_t v = 0;
	size_t n;

	for (n = 0; n < len && n < 9; n++) {
		v |= (uint64_t)(in[n] & 0x7f) << (7 * n);
		if ((in[n] & 0x80) == 0) {
			*number = (int64_t)v;
			return (n + 1);
		}
	}
	return (0);
}

void
fu_token_make(const struct fu_keys *keys, const struct fu_token *token,
    char text[FU_TOKEN_LEN])
{
	uint8_t body[BODY_MAX + TOKEN_MAC], mac[32];
	size_t n = 0;

	body[n++] = (uint8_t)token->purpose;
	n += put_number(body + n, (uint64_t)token->touch);
	n += put_number(body + n, (uint64_t)token->prospect);
	mac_of(&keys->key[0], "link", body, n, mac);
	memcpy(body + n, mac, TOKEN_MAC);
	fu_base32(body, n + TOKEN_MAC, text);
}

bool
fu_token_check(const struct fu_keys *keys, struct fu_str text,
    enum fu_purpose purpose, struct fu_token *token)
{
	uint8_t body[BODY_MAX + TOKEN_MAC];
	size_t n, at, used;
	int len;

	if (text.len >= FU_TOKEN_LEN)
		return (false);
	len = base32_decode(text, body, sizeof(body));
	if (len < 3 + TOKEN_MAC)
		return (false);
	n = (size_t)len - TOKEN_MAC;
	if (!mac_ok(keys, "link", body, n, body + n, TOKEN_MAC))
		return (false);
	if (body[0] != (uint8_t)purpose)
		return (false);
	token->purpose = purpose;
	at = 1;
	if ((used = get_number(body + at, n - at, &token->touch)) == 0)
		return (false);
	at += used;
	used = get_number(body + at, n - at, &token->prospect);
	return (used != 0 && at + used == n);
}

const char *
fu_message_id(const struct fu_keys *keys, const char *ref, const char *domain,
    struct fu_arena *arena)
{
	uint8_t mac[32];
	char text[32];

	mac_of(&keys->key[0], "message-id", ref, strnlen(ref, FU_REF_MAX), mac);
	fu_base32(mac, ID_MAC, text);
	return (fu_printf(arena, "<%.*s.%s@%s>", FU_REF_MAX, ref, text,
	    domain));
}

bool
fu_message_id_check(const struct fu_keys *keys, struct fu_str id,
    char ref[FU_REF_MAX + 1])
{
	uint8_t mac[ID_MAC];
	struct fu_str text;
	const char *at, *dot;
	size_t i;

	id = fu_str_trim(id);
	if (id.len > 1 && id.ptr[0] == '<' && id.ptr[id.len - 1] == '>') {
		id.ptr++;
		id.len -= 2;
	}
	if (id.len == 0 || (at = memchr(id.ptr, '@', id.len)) == NULL ||
	    (dot = memchr(id.ptr, '.', (size_t)(at - id.ptr))) == NULL ||
	    dot - id.ptr > FU_REF_MAX || dot == id.ptr)
		return (false);
	text = (struct fu_str){ dot + 1, (size_t)(at - dot - 1) };
	if (base32_decode(text, mac, sizeof(mac)) != ID_MAC)
		return (false);
	for (i = 0; id.ptr + i < dot; i++)
		ref[i] = id.ptr[i] >= 'A' && id.ptr[i] <= 'Z' ?
		    (char)(id.ptr[i] - 'A' + 'a') : id.ptr[i];
	ref[i] = '\0';
	return (mac_ok(keys, "message-id", ref, i, mac, ID_MAC));
}

int64_t
fu_ref_touch(const char *ref)
{
	size_t n = strspn(ref, "0123456789");

	if (n == 0 || n > 18 || ref[n] != '\0')
		return (0);
	return (strtoll(ref, NULL, 10));
}

const char *
fu_verp(const struct fu_keys *keys, char letter, int64_t touch,
    const char *domain, struct fu_arena *arena)
{
	char local[32], text[16], use[] = "verp-?";
	uint8_t mac[32];

	use[5] = letter;
	(void)snprintf(local, sizeof(local), "%" PRId64, touch);
	mac_of(&keys->key[0], use, local, strlen(local), mac);
	fu_base32(mac, VERP_MAC, text);
	return (fu_printf(arena, "%c-%s-%s@%s", letter, local, text, domain));
}

int64_t
fu_verp_check(const struct fu_keys *keys, char letter, struct fu_str address)
{
	char local[20], use[] = "verp-?";
	uint8_t mac[VERP_MAC];
	size_t i, n = 0;
	const char *at;

	address = fu_str_trim(address);
	if (address.len > 1 && address.ptr[0] == '<') {
		address.ptr++;
		address.len--;
	}
	if (address.len < 4 || (address.ptr[0] | 0x20) != letter ||
	    address.ptr[1] != '-' ||
	    (at = memchr(address.ptr, '@', address.len)) == NULL)
		return (0);
	for (i = 2; n < 18 && address.ptr[i] >= '0' && address.ptr[i] <= '9';
	    i++)
		local[n++] = address.ptr[i];
	local[n] = '\0';
	if (address.ptr[i] != '-' ||
	    base32_decode((struct fu_str){ address.ptr + i + 1,
	    (size_t)(at - (address.ptr + i + 1)) }, mac, sizeof(mac)) !=
	    VERP_MAC)
		return (0);
	use[5] = letter;
	if (!mac_ok(keys, use, local, n, mac, VERP_MAC))
		return (0);
	return (fu_ref_touch(local));
}
