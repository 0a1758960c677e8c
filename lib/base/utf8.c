/*
 * UTF-8 [RFC 3629]: is it well-formed, where does a sequence end, what is
 * safe to show, and folding for comparing.
 *
 * Must never depend on the locale.
 */
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "base/err.h"
#include "base/str.h"

static bool
is_tail(unsigned char c)
{
	return ((c & 0xc0) == 0x80);
}

size_t
fu_utf8_len(const char *ptr, size_t len)
{
	const unsigned char	*s = (const unsigned char *)ptr;

	if (len == 0)
		return (0);
	if (s[0] < 0x80)
		return (1);
	if (s[0] < 0xc2)
		return (0);
	if (s[0] < 0xe0)
		return (len >= 2 && is_tail(s[1]) ? 2 : 0);
	if (s[0] < 0xf0) {
		if (len < 3 || !is_tail(s[1]) || !is_tail(s[2]))
			return (0);
		/* Overlong forms, and surrogates. */
		if ((s[0] == 0xe0 && s[1] < 0xa0) ||
		    (s[0] == 0xed && s[1] > 0x9f))
			return (0);
		return (3);
	}
	if (s[0] > 0xf4 || len < 4 || !is_tail(s[1]) || !is_tail(s[2]) ||
	    !is_tail(s[3]))
		return (0);
	/* Overlong forms, and beyond U+10FFFF. */
	if ((s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return (0);
	return (4);
}

bool
fu_utf8_valid(const char *ptr, size_t len)
{
	uint64_t	word;
	size_t		i, n;

	for (i = 0; i < len; i += n) {
		/* Eight plain bytes at once; the sum finds NULs. */
		while (len - i >= 8) {
			memcpy(&word, ptr + i, 8);
			if (((word | (word - UINT64_C(0x0101010101010101))) &
			    UINT64_C(0x8080808080808080)) != 0)
				break;
			i += 8;
		}
		if (i == len)
			break;
		if (ptr[i] == '\0')
			return (false);
		if ((n = fu_utf8_len(ptr + i, len - i)) == 0)
			return (false);
	}
	return (true);
}

size_t
fu_utf8_next(const char *ptr, uint32_t *cp)
{
	const unsigned char	*s = (const unsigned char *)ptr;

	if (s[0] < 0x80) {
		*cp = s[0];
		return (s[0] == '\0' ? 0 : 1);
	}
	if (s[0] < 0xe0) {
		*cp = (uint32_t)(s[0] & 0x1f) << 6 | (s[1] & 0x3f);
		return (2);
	}
	if (s[0] < 0xf0) {
		*cp = (uint32_t)(s[0] & 0x0f) << 12 |
		    (uint32_t)(s[1] & 0x3f) << 6 | (s[2] & 0x3f);
		return (3);
	}
	*cp = (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3f) << 12 |
	    (uint32_t)(s[2] & 0x3f) << 6 | (s[3] & 0x3f);
	return (4);
}

size_t
fu_utf8_cut(const char *s, size_t len)
{
	size_t		back, need;
	unsigned char	lead;

	for (back = 1; back <= 4 && back <= len; back++) {
		lead = (unsigned char)s[len - back];
		if (is_tail(lead))
			continue;
		need = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
		return (need > back ? len - back : len);
	}
	return (len);
}

void
fu_printable(char *text)
{
	char	*in, *out;
	size_t	 left, n;

	left = strlen(text);
	for (in = out = text; left > 0; in += n, left -= n) {
		n = fu_utf8_len(in, left);
		if (n <= 1) {
			*out++ = n == 0 || *in < ' ' || *in == 0x7f ? '?' : *in;
			n = 1;
		} else if (n == 2 && (unsigned char)in[0] == 0xc2 &&
		    (unsigned char)in[1] < 0xa0) {
			*out++ = '?';	/* C1: 0x9b is an escape, too */
		} else {
			memmove(out, in, n);
			out += n;
		}
	}
	*out = '\0';
}

char *
fu_fold(const char *src)
{
	char	*valid, *a, *b, *c, *result;
	size_t	 i, len;

	len = strlen(src);
	for (i = 0; i < len && (src[i] & 0x80) == 0; i++)
		;
	if ((result = malloc(len + 1)) == NULL)
		fu_oom();
	if (i == len) {
		for (i = 0; i < len; i++)
			result[i] = src[i] >= 'A' && src[i] <= 'Z' ?
			    (char)(src[i] + ('a' - 'A')) : src[i];
		result[len] = '\0';
		return (result);
	}
	free(result);

	/* Folding can undo the normal form, so that is made twice. */
	valid = g_utf8_make_valid(src, -1);
	a = g_utf8_normalize(valid, -1, G_NORMALIZE_NFKC);
	b = g_utf8_casefold(a, -1);
	c = g_utf8_normalize(b, -1, G_NORMALIZE_NFKC);
	if ((result = strdup(c)) == NULL)
		fu_oom();
	g_free(valid);
	g_free(a);
	g_free(b);
	g_free(c);
	return (result);
}

char *
fu_fold_plain(const char *src)
{
	char *folded = fu_fold(src), *apart, *result, *out;
	const char *p, *next;

	for (p = folded; (*p & 0x80) == 0 && *p != '\0'; p++)
		;
	if (*p == '\0')
		return (folded);
	apart = g_utf8_normalize(folded, -1, G_NORMALIZE_NFD);
	/* U+0300 to U+036F, two bytes each */
	for (p = out = apart; *p != '\0'; p = next) {
		next = g_utf8_next_char(p);
		if (g_utf8_get_char(p) >= 0x300 && g_utf8_get_char(p) <= 0x36f)
			continue;
		memmove(out, p, (size_t)(next - p));
		out += next - p;
	}
	*out = '\0';
	free(folded);
	folded = g_utf8_normalize(apart, -1, G_NORMALIZE_NFC);
	if ((result = strdup(folded)) == NULL)
		fu_oom();
	g_free(folded);
	g_free(apart);
	return (result);
}

size_t
fu_utf8_count(struct fu_str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
	return (n);
}
