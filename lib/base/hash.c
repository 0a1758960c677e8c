/*
 * Digests, keys and random bytes.
 *
 * Must never print a key, nor compare a secret byte by byte.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>
#include <xxhash.h>

#include "base/hash.h"

#define KEY_MIN		32
/* Eight keys of hex, with room for comments. */
#define KEY_FILE_MAX	8192

static void
hmac_of(GChecksumType type, const void *key, size_t key_len, const void *data,
    size_t len, uint8_t *out, gsize n)
{
	GHmac	*hmac;

	hmac = g_hmac_new(type, key, key_len);
	if (len > 0)
		g_hmac_update(hmac, data, (gssize)len);
	g_hmac_get_digest(hmac, out, &n);
	g_hmac_unref(hmac);
}

void
fu_hmac(const struct fu_key *key, const void *data, size_t len, uint8_t out[32])
{
	hmac_of(G_CHECKSUM_SHA256, key->bytes, key->len, data, len, out, 32);
}

void
fu_hmac_sha1(struct fu_str key, const void *data, size_t len, uint8_t out[20])
{
	hmac_of(G_CHECKSUM_SHA1, key.ptr, key.len, data, len, out, 20);
}

void
fu_hmac_sha256(struct fu_str key, const void *data, size_t len,
    uint8_t out[32])
{
	hmac_of(G_CHECKSUM_SHA256, key.ptr, key.len, data, len, out, 32);
}

void
fu_sha256(const void *data, size_t len, uint8_t out[32])
{
	GChecksum	*sum;
	gsize		 n;

	sum = g_checksum_new(G_CHECKSUM_SHA256);
	if (len > 0)
		g_checksum_update(sum, data, (gssize)len);
	n = 32;
	g_checksum_get_digest(sum, out, &n);
	g_checksum_free(sum);
}

bool
fu_same_ct(const void *a, const void *b, size_t len)
{
	const volatile unsigned char	*x = a, *y = b;
	unsigned char			 differs;
	size_t				 i;

	differs = 0;
	for (i = 0; i < len; i++)
		differs |= x[i] ^ y[i];
	return (differs == 0);
}

void
fu_hex(const uint8_t *in, size_t n, char *out)
{
	static const char	digit[] = "0123456789abcdef";
	size_t			i;

	for (i = 0; i < n; i++) {
		*out++ = digit[in[i] >> 4];
		*out++ = digit[in[i] & 15];
	}
	*out = '\0';
}

void
fu_base32(const uint8_t *in, size_t n, char *out)
{
	static const char	digit[] = "abcdefghijklmnopqrstuvwxyz234567";
	uint32_t		held;
	size_t			i;
	int			bits;

	held = 0;
	bits = 0;
	for (i = 0; i < n; i++) {
		held = (held << 8 | in[i]) & 0xffff;
		for (bits += 8; bits >= 5; bits -= 5)
			*out++ = digit[held >> (bits - 5) & 31];
	}
	if (bits > 0)
		*out++ = digit[held << (5 - bits) & 31];
	*out = '\0';
}

void
fu_base64(const uint8_t *in, size_t n, char *out)
{
	static const char	digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t		three;
	size_t			i;

	for (i = 0; i < n; i += 3) {
		three = (uint32_t)in[i] << 16;
		if (i + 1 < n)
			three |= (uint32_t)in[i + 1] << 8;
		if (i + 2 < n)
			three |= in[i + 2];
		*out++ = digit[three >> 18];
		*out++ = digit[three >> 12 & 63];
		*out++ = i + 1 < n ? digit[three >> 6 & 63] : '=';
		*out++ = i + 2 < n ? digit[three & 63] : '=';
	}
	*out = '\0';
}

uint64_t
fu_hash64(const void *data, size_t len, uint64_t seed)
{
	return (XXH3_64bits_withSeed(data, len, seed));
}

uint64_t
fu_hash_cstr(const char *s, uint64_t seed)
{
	return (fu_hash64(s, strlen(s), seed));
}

int
fu_random(void *out, size_t len, struct fu_err *err)
{
	unsigned char	*at = out;
	ssize_t		 n;

	while (len > 0) {
		n = getrandom(at, len, 0);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return (fu_err_sys(err, FU_ETEMP, "getrandom"));
		at += n;
		len -= (size_t)n;
	}
	return (0);
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'f')
		return (c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (c - 'A' + 10);
	return (-1);
}

static bool
key_of_hex(struct fu_str hex, struct fu_key *key)
{
	size_t	i;
	int	high, low;

	if (hex.len % 2 != 0 || hex.len / 2 < KEY_MIN ||
	    hex.len / 2 > FU_KEY_MAX)
		return (false);
	for (i = 0; i < hex.len; i += 2) {
		high = hex_value(hex.ptr[i]);
		low = hex_value(hex.ptr[i + 1]);
		if (high == -1 || low == -1)
			return (false);
		key->bytes[i / 2] = (uint8_t)(high << 4 | low);
	}
	key->len = hex.len / 2;
	return (true);
}

static int
parse_keys(const char *path, struct fu_str text, struct fu_keys *keys,
    struct fu_err *err)
{
	struct fu_str	 line;
	const char	*lf;
	int		 number;

	for (number = 1; text.len > 0; number++) {
		lf = memchr(text.ptr, '\n', text.len);
		line.ptr = text.ptr;
		line.len = lf == NULL ? text.len : (size_t)(lf - text.ptr);
		text.ptr += line.len + (lf != NULL);
		text.len -= line.len + (lf != NULL);
		line = fu_str_trim(line);
		if (line.len == 0 || line.ptr[0] == '#')
			continue;
		if (keys->n == sizeof(keys->key) / sizeof(keys->key[0]))
			return (fu_err_set(err, FU_ECONFIG,
			    "%s:%d: more than %zu keys", path, number,
			    keys->n));
		/* The line is a secret, so it is not shown. */
		if (!key_of_hex(line, &keys->key[keys->n]))
			return (fu_err_set(err, FU_ECONFIG,
			    "%s:%d: a key is %d to %d bytes in hex", path,
			    number, KEY_MIN, FU_KEY_MAX));
		keys->n++;
	}
	if (keys->n == 0)
		return (fu_err_set(err, FU_ECONFIG, "%s: no key in it", path));
	return (0);
}

int
fu_keys_load(const char *path, struct fu_keys *keys, struct fu_err *err)
{
	char		text[KEY_FILE_MAX + 1];
	struct stat	st;
	size_t		len;
	ssize_t		n;
	int		fd, result;

	memset(keys, 0, sizeof(*keys));
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return (fu_err_sys(err, errno == ENOENT ? FU_ENOINPUT :
		    FU_ECONFIG, "%s", path));
	result = -1;
	len = 0;
	if (fstat(fd, &st) == -1) {
		fu_err_sys(err, FU_EIO, "%s", path);
		goto out;
	}
	if ((st.st_mode & 077) != 0) {
		fu_err_set(err, FU_ECONFIG,
		    "%s: others may read it; chmod 600 %s", path, path);
		goto out;
	}
	while (len < sizeof(text)) {
		n = read(fd, text + len, sizeof(text) - len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1) {
			fu_err_sys(err, FU_EIO, "%s", path);
			goto out;
		}
		if (n == 0)
			break;
		len += (size_t)n;
	}
	if (len == sizeof(text))
		fu_err_set(err, FU_ECONFIG, "%s: longer than %d bytes", path,
		    KEY_FILE_MAX);
	else
		result = parse_keys(path, (struct fu_str){ text, len }, keys,
		    err);
 out:
	explicit_bzero(text, sizeof(text));
	if (result == -1)
		explicit_bzero(keys, sizeof(*keys));
	close(fd);
	return (result);
}

int
fu_keys_create(const char *path, struct fu_err *err)
{
	uint8_t	bytes[KEY_MIN];
	char	text[2 * KEY_MIN + 2];
	size_t	len;
	int	fd, result;

	if (fu_random(bytes, sizeof(bytes), err) == -1)
		return (-1);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd == -1)
		return (fu_err_sys(err, FU_ECANTCREAT, "%s", path));
	fu_hex(bytes, sizeof(bytes), text);
	len = strlen(text);
	text[len++] = '\n';
	result = 0;
	/* So few bytes go whole or not at all. */
	errno = EIO;
	if (write(fd, text, len) != (ssize_t)len || fsync(fd) == -1) {
		result = fu_err_sys(err, FU_EIO, "%s", path);
		unlink(path);
	}
	if (close(fd) == -1 && result == 0)
		result = fu_err_sys(err, FU_EIO, "%s", path);
	explicit_bzero(bytes, sizeof(bytes));
	explicit_bzero(text, sizeof(text));
	return (result);
}
