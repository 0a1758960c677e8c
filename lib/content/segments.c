/*
 * SMS as the network counts it.  Must never change a text to make it fit.
 */
#include "content/segments.h"

/* What is in the GSM alphabet besides ASCII; and what of ASCII is not. */
static const uint32_t others[] = { 0xa3, 0xa5, 0xe8, 0xe9, 0xf9, 0xec, 0xf2,
	0xc7, 0xd8, 0xf8, 0xc5, 0xe5, 0x394, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0,
	0x3a8, 0x3a3, 0x398, 0x39e, 0xc6, 0xe6, 0xdf, 0xc9, 0xa4, 0xa1, 0xc4,
	0xd6, 0xd1, 0xdc, 0xa7, 0xbf, 0xe4, 0xf6, 0xf1, 0xfc, 0xe0 };

/* Septets of a character: 1, 2 behind an escape, 0 when it has none. */
static int
septets(uint32_t cp)
{
	size_t i;

	switch (cp) {
	case '^': case '{': case '}': case '\\': case '[': case '~': case ']':
	case '|': case '\f': case 0x20ac:
		return (2);
	case '`': case '\t':
		return (0);
	}
	if ((cp >= 0x20 && cp < 0x7f) || cp == '\n' || cp == '\r')
		return (1);
	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (others[i] == cp)
			return (1);
	return (0);
}

static int
units(uint32_t cp)
{
	return (cp > 0xffff ? 2 : 1);
}

/* Whole when it fits ${one}, else in pieces of ${part}. */
static int
pieces(const char *text, int (*size)(uint32_t), int one, int part)
{
	int total = 0, room = 0, n = 0, k;
	size_t len;
	uint32_t cp;

	for (; (len = fu_utf8_next(text, &cp)) > 0; text += len) {
		k = size(cp);
		total += k;
		if (k > room) {
			n++;
			room = part;
		}
		room -= k;
	}
	return (total == 0 ? 0 : total <= one ? 1 : n);
}

int
fu_sms_segments(const char *text)
{
	const char *s = text;
	size_t len;
	uint32_t cp;

	for (; (len = fu_utf8_next(s, &cp)) > 0; s += len)
		if (septets(cp) == 0)
			return (pieces(text, units, 70, 67));
	return (pieces(text, septets, 160, 153));
}

static const struct {
	uint32_t	 cp;
	const char	*plain;
} typography[] = {
	{ 0xa0, " " }, { 0xab, "\"" }, { 0xbb, "\"" }, { 0xad, "" },
	{ 0x2009, " " }, { 0x200b, "" }, { 0x2010, "-" }, { 0x2011, "-" },
	{ 0x2012, "-" }, { 0x2013, "-" }, { 0x2014, "-" }, { 0x2018, "'" },
	{ 0x2019, "'" }, { 0x201a, "'" }, { 0x201c, "\"" }, { 0x201d, "\"" },
	{ 0x201e, "\"" }, { 0x2022, "-" }, { 0x2026, "..." }, { 0x202f, " " },
	{ 0x2032, "'" }, { 0x2033, "\"" }, { 0x2212, "-" },
};

const char *
fu_sms_plain(const char *text, struct fu_arena *arena)
{
	const size_t n = sizeof(typography) / sizeof(*typography);
	struct fu_buf out;
	size_t len, i;
	uint32_t cp;

	fu_buf_init(&out);
	for (; (len = fu_utf8_next(text, &cp)) > 0; text += len) {
		for (i = 0; i < n && typography[i].cp != cp; i++)
			;
		if (i < n)
			fu_buf_puts(&out, typography[i].plain);
		else
			fu_buf_put(&out, text, len);
	}
	text = fu_dup_str(arena, fu_buf_view(&out));
	fu_buf_free(&out);
	return (text);
}
