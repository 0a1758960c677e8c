/*
 * Visitors' ids and tokens.
 *
 * Must never take an id that was not signed: those of imports can be guessed.
 */
#include <stdio.h>
#include <string.h>

#include "web/visitor.h"

#define ID_BYTES	16
#define ID_LEN		27	/* "w" and 16 bytes in base32 */
#define MAC_BYTES	15	/* 24 letters */
#define MAC_LEN		24

int
fu_visitor_new(char id[FU_VISITOR_MAX], struct fu_err *err)
{
	uint8_t	 bytes[ID_BYTES];

	if (fu_random(bytes, sizeof(bytes), err) == -1)
		return (-1);
	id[0] = 'w';
	fu_base32(bytes, sizeof(bytes), id + 1);
	return (0);
}

static void
mac_of(const struct fu_key *key, const char *id, char kept, char mac[MAC_LEN + 2])
{
	uint8_t	 bytes[32];
	char	 text[FU_VISITOR_MAX + 16];
	int	 n;

	n = snprintf(text, sizeof(text), "visitor:%c:%s", kept, id);
	fu_hmac(key, text, (size_t)n, bytes);
	fu_base32(bytes, MAC_BYTES, mac);
}

void
fu_visitor_token(const struct fu_keys *keys, const char *id, bool kept,
    char token[FU_VISITOR_TOKEN_MAX])
{
	char	 mac[MAC_LEN + 2];

	mac_of(&keys->key[0], id, kept ? 'k' : 's', mac);
	(void)snprintf(token, FU_VISITOR_TOKEN_MAX, "%s.%c%s", id,
	    kept ? 'k' : 's', mac);
}

bool
fu_visitor_check(const struct fu_keys *keys, struct fu_str token,
    char id[FU_VISITOR_MAX], bool *kept)
{
	char	 mac[MAC_LEN + 2];
	char	 how;
	bool	 ok = false;

	if (token.len != ID_LEN + 2 + MAC_LEN || token.ptr[ID_LEN] != '.')
		return (false);
	how = token.ptr[ID_LEN + 1];
	if (how != 'k' && how != 's')
		return (false);
	memcpy(id, token.ptr, ID_LEN);
	id[ID_LEN] = '\0';
	for (size_t i = 0; i < keys->n; i++) {
		mac_of(&keys->key[i], id, how, mac);
		ok |= fu_same_ct(mac, token.ptr + ID_LEN + 2, MAC_LEN);
	}
	*kept = how == 'k';
	if (!ok)
		id[0] = '\0';
	return (ok);
}
