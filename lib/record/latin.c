/*
 * Windows-1252 to UTF-8.
 *
 * Never refuses: whether a byte without meaning matters is the caller's to
 * say.
 */
#include "record/latin.h"

#include <string.h>

/* 0x80 to 0x9f, as Unicode's CP1252.TXT has them; the rest is Latin-1. */
static const uint16_t high[32] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
	0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178
};

size_t
fu_latin_decode(struct fu_str text, struct fu_buf *out)
{
	size_t bad = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		uint16_t u = c;

		if (c == 0)
			u = 0xfffd;
		else if (c >= 0x80 && c < 0xa0)
			u = high[c - 0x80];
		if (u == 0xfffd)
			bad++;
		if (u < 0x80)
			fu_buf_putc(out, (char)u);
		else if (u < 0x800) {
			fu_buf_putc(out, (char)(0xc0 | u >> 6));
			fu_buf_putc(out, (char)(0x80 | (u & 0x3f)));
		} else {
			fu_buf_putc(out, (char)(0xe0 | u >> 12));
			fu_buf_putc(out, (char)(0x80 | (u >> 6 & 0x3f)));
			fu_buf_putc(out, (char)(0x80 | (u & 0x3f)));
		}
	}
	return (bad);
}

bool
fu_ascii(const char *ptr, size_t len)
{
	const uint64_t tops = UINT64_C(0x8080808080808080);
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t word;

	/* Eight bytes at a time: this sees every byte of a bulk load. */
	for (; len >= sizeof(word); ptr += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, ptr, sizeof(word));
		if ((word | (word - ones)) & tops)
			return (false);
	}
	for (; len > 0; ptr++, len--)
		if (*ptr == 0 || (*ptr & 0x80) != 0)
			return (false);
	return (true);
}
