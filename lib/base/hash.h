/*
 * Digests: keyed ones for what must not be forged or guessed, plain fast ones
 * for what must only be spread evenly and stay the same for ever.
 */
#ifndef FU_BASE_HASH_H
#define FU_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* The key of fu.key: 32 bytes or more, one line of hex a key; first signs. */
#define FU_KEY_MAX 64
struct fu_key {
	uint8_t	 bytes[FU_KEY_MAX];
	size_t	 len;
};
struct fu_keys {
	struct fu_key	key[8];		/* [0] signs, all verify */
	size_t		n;
};

/*
 * fu_keys_load(path, keys, err):
 * Read a key file; refuse one that others than its owner may read.
 * fu_keys_create(path, err): make one from getrandom(2), mode 0600, O_EXCL.
 */
int fu_keys_load(const char *, struct fu_keys *, struct fu_err *);
int fu_keys_create(const char *, struct fu_err *);

/* HMAC-SHA256, 32 bytes out [RFC 2104]. */
void fu_hmac(const struct fu_key *, const void *, size_t, uint8_t[32]);
void fu_sha256(const void *, size_t, uint8_t[32]);
/* Do ${len} bytes agree?  Takes the same time whatever they are. */
bool fu_same_ct(const void *, const void *, size_t);

/*
 * As others sign: HMAC under a secret of any length, 20 bytes of SHA-1 or 32
 * of SHA-256 out; and base64 with its padding [RFC 4648 4], which has room for
 * 4n/3+4 bytes with its NUL.
 */
void fu_hmac_sha1(struct fu_str, const void *, size_t, uint8_t[20]);
void fu_hmac_sha256(struct fu_str, const void *, size_t, uint8_t[32]);
void fu_base64(const uint8_t *, size_t, char *);

/* Lower-case hex and base32 (a-z2-7, no padding) into NUL-terminated text;
 * the destination has room for 2n+1, or 8n/5+2 bytes. */
void fu_hex(const uint8_t *, size_t, char *);
void fu_base32(const uint8_t *, size_t, char *);

/* Unguessable bytes; the only thing in the project that is not reproducible. */
int fu_random(void *, size_t, struct fu_err *);

/* XXH3: the same value on every machine and in every version. */
uint64_t fu_hash64(const void *, size_t, uint64_t);
uint64_t fu_hash_cstr(const char *, uint64_t);

#endif
