/*
 * Zones by the names people write.  Must never make one up: the system's
 * tzdata has it, or it is none.
 */
#include "record/place.h"

#include <glib.h>
#include <string.h>
#include <strings.h>

#include "base/zone.h"

const char *
fu_zone_find(struct fu_str text, struct fu_arena *a)
{
	struct fu_str s = fu_str_trim(text);
	const struct fu_zone *zone;
	char *name, *to;
	bool start = true;

	if (s.len == 0 || s.len > 64 || !fu_utf8_valid(s.ptr, s.len))
		return (NULL);
	name = fu_dup_str(a, s);
	zone = fu_zone_open(name);
	if (zone != NULL)
		return (fu_dup(a, fu_zone_name(zone)));
	/* "america_slash_new_york", "America/New York" */
	to = name;
	for (const char *p = name; *p != '\0';) {
		if (strncasecmp(p, "_slash_", 7) == 0) {
			*to++ = '/';
			start = true;
			p += 7;
			continue;
		}
		*to = *p == ' ' ? '_' : *p;
		if (start)
			*to = g_ascii_toupper(*to);
		start = *to == '_' || *to == '/' || *to == '-';
		to++;
		p++;
	}
	*to = '\0';
	zone = fu_zone_open(name);
	return (zone != NULL ? fu_dup(a, fu_zone_name(zone)) : NULL);
}
