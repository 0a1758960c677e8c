/*
 * Zones by the names people write.  Must never make one up: the system's
 * tzdata has it, or it is none.
 */
#include "record/place.h"

#include <glib.h>
#include <string.h>
#include <strings.h>

#include "base/zone.h"

/* "(GMT-08:00) Pacific Standard Time (America/Los_Angeles)": what is named. */
static struct fu_str
in_brackets(struct fu_str s)
{
	const char *open = memrchr(s.ptr, '(', s.len);

	if (open == NULL || s.ptr[s.len - 1] != ')' ||
	    memchr(open, '/', (size_t)(s.ptr + s.len - open)) == NULL)
		return (s);
	return ((struct fu_str){ open + 1, (size_t)(s.ptr + s.len - open) -
	    2 });
}

const char *
fu_zone_find(struct fu_str text, struct fu_arena *a)
{
	struct fu_str s = fu_str_trim(text);
	const struct fu_zone *zone;
	char *name, *to;
	bool start = true;

	if (s.len == 0 || s.len > 96 || !fu_utf8_valid(s.ptr, s.len))
		return (NULL);
	s = in_brackets(s);
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
