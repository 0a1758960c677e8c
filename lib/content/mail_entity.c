/*
 * The names of characters that mail programs write.
 *
 * Must never give a control character: those would look like our own marks.
 */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "content/mail_entity.h"

/* HTML 4's Latin-1 and punctuation, by name. */
static const struct {
	const char	*name;
	uint32_t	 cp;
} entities[] = {
	{ "AElig", 0xc6 }, { "Aacute", 0xc1 }, { "Acirc", 0xc2 },
	{ "Agrave", 0xc0 }, { "Aring", 0xc5 }, { "Atilde", 0xc3 },
	{ "Auml", 0xc4 }, { "Ccedil", 0xc7 }, { "Dagger", 0x2021 },
	{ "ETH", 0xd0 }, { "Eacute", 0xc9 }, { "Ecirc", 0xca },
	{ "Egrave", 0xc8 }, { "Euml", 0xcb }, { "Iacute", 0xcd },
	{ "Icirc", 0xce }, { "Igrave", 0xcc }, { "Iuml", 0xcf },
	{ "Ntilde", 0xd1 }, { "OElig", 0x152 }, { "Oacute", 0xd3 },
	{ "Ocirc", 0xd4 }, { "Ograve", 0xd2 }, { "Oslash", 0xd8 },
	{ "Otilde", 0xd5 }, { "Ouml", 0xd6 }, { "Prime", 0x2033 },
	{ "Scaron", 0x160 }, { "THORN", 0xde }, { "Uacute", 0xda },
	{ "Ucirc", 0xdb }, { "Ugrave", 0xd9 }, { "Uuml", 0xdc },
	{ "Yacute", 0xdd }, { "Yuml", 0x178 }, { "aacute", 0xe1 },
	{ "acirc", 0xe2 }, { "acute", 0xb4 }, { "aelig", 0xe6 },
	{ "agrave", 0xe0 }, { "amp", 0x26 }, { "apos", 0x27 },
	{ "aring", 0xe5 }, { "atilde", 0xe3 }, { "auml", 0xe4 },
	{ "bdquo", 0x201e }, { "brvbar", 0xa6 }, { "bull", 0x2022 },
	{ "ccedil", 0xe7 }, { "cedil", 0xb8 }, { "cent", 0xa2 },
	{ "copy", 0xa9 }, { "curren", 0xa4 }, { "dagger", 0x2020 },
	{ "deg", 0xb0 }, { "divide", 0xf7 }, { "eacute", 0xe9 },
	{ "ecirc", 0xea }, { "egrave", 0xe8 }, { "emsp", 0x2003 },
	{ "ensp", 0x2002 }, { "eth", 0xf0 }, { "euml", 0xeb },
	{ "euro", 0x20ac }, { "frac12", 0xbd }, { "frac14", 0xbc },
	{ "frac34", 0xbe }, { "frasl", 0x2044 }, { "ge", 0x2265 },
	{ "gt", 0x3e }, { "hellip", 0x2026 }, { "iacute", 0xed },
	{ "icirc", 0xee }, { "iexcl", 0xa1 }, { "igrave", 0xec },
	{ "iquest", 0xbf }, { "iuml", 0xef }, { "laquo", 0xab },
	{ "larr", 0x2190 }, { "ldquo", 0x201c }, { "le", 0x2264 },
	{ "lrm", 0x200e }, { "lsaquo", 0x2039 }, { "lsquo", 0x2018 },
	{ "lt", 0x3c }, { "macr", 0xaf }, { "mdash", 0x2014 },
	{ "micro", 0xb5 }, { "middot", 0xb7 }, { "nbsp", 0xa0 },
	{ "ndash", 0x2013 }, { "ne", 0x2260 }, { "not", 0xac },
	{ "ntilde", 0xf1 }, { "oacute", 0xf3 }, { "ocirc", 0xf4 },
	{ "oelig", 0x153 }, { "ograve", 0xf2 }, { "oline", 0x203e },
	{ "ordf", 0xaa }, { "ordm", 0xba }, { "oslash", 0xf8 },
	{ "otilde", 0xf5 }, { "ouml", 0xf6 }, { "para", 0xb6 },
	{ "permil", 0x2030 }, { "plusmn", 0xb1 }, { "pound", 0xa3 },
	{ "prime", 0x2032 }, { "quot", 0x22 }, { "raquo", 0xbb },
	{ "rarr", 0x2192 }, { "rdquo", 0x201d }, { "reg", 0xae },
	{ "rlm", 0x200f }, { "rsaquo", 0x203a }, { "rsquo", 0x2019 },
	{ "sbquo", 0x201a }, { "scaron", 0x161 }, { "sect", 0xa7 },
	{ "shy", 0xad }, { "sup1", 0xb9 }, { "sup2", 0xb2 }, { "sup3", 0xb3 },
	{ "szlig", 0xdf }, { "thinsp", 0x2009 }, { "thorn", 0xfe },
	{ "times", 0xd7 }, { "trade", 0x2122 }, { "uacute", 0xfa },
	{ "ucirc", 0xfb }, { "ugrave", 0xf9 }, { "uml", 0xa8 },
	{ "uuml", 0xfc }, { "yacute", 0xfd }, { "yen", 0xa5 },
	{ "yuml", 0xff }, { "zwj", 0x200d }, { "zwnj", 0x200c }
};

static int
by_name(const void *key, const void *entry)
{
	return (strcmp(key, *(const char *const *)entry));
}

static uint32_t
named(const char *name)
{
	const void	*found = bsearch(name, entities,
	    sizeof(entities) / sizeof(entities[0]), sizeof(entities[0]),
	    by_name);

	return (found == NULL ? 0 :
	    entities[((const char *)found - (const char *)entities) /
	    (ptrdiff_t)sizeof(entities[0])].cp);
}

/* Windows' punctuation, which programs number as if it were Unicode. */
static uint32_t
of_windows(uint32_t cp)
{
	static const uint16_t	 map[32] = { 0x20ac, 0, 0x201a, 0x192, 0x201e,
		0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0,
		0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
		0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178 };

	return (cp >= 0x80 && cp < 0xa0 ? map[cp - 0x80] : cp);
}

size_t
fu_mail_entity(const char **s, const char *end, char room[8])
{
	const char	*p = *s + 1;
	char		 name[12], *stop;
	size_t		 n = 0;
	uint32_t	 cp = 0;

	while (p + n < end && n < sizeof(name) - 1 &&
	    (g_ascii_isalnum(p[n]) || (n == 0 && p[n] == '#')))
		n++;
	memcpy(name, p, n);
	name[n] = '\0';
	if (*name == '#' && n > 1) {
		bool	 hex = (name[1] | 0x20) == 'x';

		cp = (uint32_t)strtoul(name + 1 + hex, &stop, hex ? 16 : 10);
		cp = *stop == '\0' ? of_windows(cp) : 0;
	} else
		cp = named(name);
	if (cp == 0 || (cp < 0x20 && cp != '\n' && cp != '\t') || cp == 0x7f ||
	    !g_unichar_validate(cp)) {
		room[0] = '&';
		*s += 1;
		return (1);
	}
	*s = p + n + (p + n < end && p[n] == ';');
	if (cp == 0xa0 || cp < 0x20)
		cp = ' ';
	return ((size_t)g_unichar_to_utf8(cp, room));
}
