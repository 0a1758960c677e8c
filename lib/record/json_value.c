/*
 * JSON values as C sees them: text, integers, reals, booleans.
 *
 * Must never be handed what the reader has not validated, and never convert a
 * number by the rules of the locale.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "record/json.h"

/* Longer spellings of a number are copied aside to be converted. */
#define NUMBER_SHORT	128
/* An exponent beyond this is out of every range, whatever the digits. */
#define EXPONENT_MAX	(4 * 1024 * 1024)

static uint32_t
hex4(const char *s)
{
	uint32_t	value;
	int		i;

	for (value = 0, i = 0; i < 4; i++)
		value = value << 4 | (uint32_t)g_ascii_xdigit_value(s[i]);
	return (value);
}

static size_t
encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return (1);
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return (2);
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return (3);
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return (4);
}

/*
 * The code point of the escape at ${*at}, which moves behind it; 0 for what
 * is no text: U+0000 and a surrogate without its other half.
 */
static uint32_t
unescape(const char **at, const char *end)
{
	const char	*s;
	uint32_t	 cp, low;

	s = *at;
	*at += 2;
	switch (s[1]) {
	case 'b':
		return ('\b');
	case 'f':
		return ('\f');
	case 'n':
		return ('\n');
	case 'r':
		return ('\r');
	case 't':
		return ('\t');
	case 'u':
		break;
	default:
		return ((unsigned char)s[1]);
	}
	*at += 4;
	cp = hex4(s + 2);
	if (cp < 0xd800 || cp > 0xdfff)
		return (cp);
	if (cp > 0xdbff || end - *at < 6 || (*at)[0] != '\\' ||
	    (*at)[1] != 'u')
		return (0);
	low = hex4(*at + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return (0);
	*at += 6;
	return (0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00));
}

bool
fu_json_half(struct fu_str text)
{
	const char	*at = text.ptr, *end = text.ptr + text.len;

	while ((at = memchr(at, '\\', (size_t)(end - at))) != NULL)
		if (unescape(&at, end) == 0 && memcmp(at - 4, "0000", 4) != 0)
			return (true);
	return (false);
}

/*
 * Take out what no C string of ours may hold, in place: CR LF and a CR alone
 * become LF, other control characters a blank.
 */
static void
settle(char *text)
{
	unsigned char	*in, *out;

	for (in = out = (unsigned char *)text; *in != '\0'; in++) {
		if (*in == '\r') {
			if (in[1] == '\n')
				in++;
			*out++ = '\n';
		} else if (*in == 0x7f ||
		    (*in < ' ' && *in != '\t' && *in != '\n'))
			*out++ = ' ';
		else if (*in == 0xc2 && in[1] < 0xa0) {
			in++;
			*out++ = ' ';
		} else
			*out++ = *in;
	}
	*out = '\0';
}

const char *
fu_json_text(struct fu_arena *arena, const struct fu_json *value)
{
	const char	*at, *end, *slash;
	char		*text;
	uint32_t	 cp;
	size_t		 len, n;

	if (value == NULL || value->type != FU_JSON_STRING)
		return (NULL);
	at = value->raw.ptr + 1;
	end = value->raw.ptr + value->raw.len - 1;
	/* Decoding never makes it longer. */
	text = fu_alloc(arena, (size_t)(end - at) + 1);
	for (len = 0; at < end; len += n) {
		slash = memchr(at, '\\', (size_t)(end - at));
		n = (size_t)((slash == NULL ? end : slash) - at);
		memcpy(text + len, at, n);
		at += n;
		if (slash != NULL) {
			if ((cp = unescape(&at, end)) == 0)
				return (NULL);
			n += encode(cp, text + len + n);
		}
	}
	text[len] = '\0';
	settle(text);
	return (text);
}

const char *
fu_json_scalar_text(struct fu_arena *arena, const struct fu_json *value)
{
	if (value == NULL)
		return (NULL);
	switch (value->type) {
	case FU_JSON_STRING:
		return (fu_json_text(arena, value));
	case FU_JSON_NUMBER:
	case FU_JSON_TRUE:
	case FU_JSON_FALSE:
		return (fu_dup_str(arena, value->raw));
	case FU_JSON_NULL:
	case FU_JSON_ARRAY:
	case FU_JSON_OBJECT:
		break;
	}
	return (NULL);
}

/* The exponent of a number's text, from the 'e' on. */
static int64_t
exponent(const char *at, const char *end)
{
	int64_t	value;
	bool	minus;

	if (at == end)
		return (0);
	at++;
	minus = *at == '-';
	if (*at == '-' || *at == '+')
		at++;
	for (value = 0; at < end; at++)
		if (value < EXPONENT_MAX)
			value = value * 10 + (*at - '0');
	return (minus ? -value : value);
}

bool
fu_json_int(const struct fu_json *value, int64_t *out)
{
	const char	*at, *end, *e;
	int64_t		 result, scale, zeros;
	bool		 minus, fraction;

	if (value == NULL || value->type != FU_JSON_NUMBER)
		return (false);
	at = value->raw.ptr;
	end = at + value->raw.len;
	minus = *at == '-';
	if (minus)
		at++;
	for (e = at; e < end && *e != 'e' && *e != 'E'; e++)
		;
	scale = exponent(e, end);
	/*
	 * Digits are taken downwards from zero, where there is one more value
	 * than above.  Zeros wait until another digit follows, so that those
	 * at the end only count in the scale.
	 */
	result = zeros = 0;
	fraction = false;
	for (; at < e; at++) {
		if (*at == '.') {
			fraction = true;
			continue;
		}
		scale -= fraction;
		if (*at == '0') {
			zeros += result != 0;
			continue;
		}
		for (; zeros > 0; zeros--)
			if (__builtin_mul_overflow(result, 10, &result))
				return (false);
		if (__builtin_mul_overflow(result, 10, &result) ||
		    __builtin_sub_overflow(result, *at - '0', &result))
			return (false);
	}
	scale += zeros;
	if (result != 0) {
		if (scale < 0)
			return (false);
		for (; scale > 0; scale--)
			if (__builtin_mul_overflow(result, 10, &result))
				return (false);
		if (!minus && __builtin_sub_overflow(0, result, &result))
			return (false);
	}
	*out = result;
	return (true);
}

bool
fu_json_real(const struct fu_json *value, double *out)
{
	char	 small[NUMBER_SHORT + 1], *text;
	double	 result;

	if (value == NULL || value->type != FU_JSON_NUMBER)
		return (false);
	text = value->raw.len <= NUMBER_SHORT ? small :
	    g_malloc(value->raw.len + 1);
	memcpy(text, value->raw.ptr, value->raw.len);
	text[value->raw.len] = '\0';
	result = g_ascii_strtod(text, NULL);
	if (text != small)
		g_free(text);
	if (!isfinite(result))
		return (false);
	*out = result;
	return (true);
}

bool
fu_json_bool(const struct fu_json *value, bool *out)
{
	if (value == NULL || (value->type != FU_JSON_TRUE &&
	    value->type != FU_JSON_FALSE))
		return (false);
	*out = value->type == FU_JSON_TRUE;
	return (true);
}
