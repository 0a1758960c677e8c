/*
 * Time zones over GLib's reader of tzdata.
 *
 * Must never open a file by a name that it has not checked, and never ask for
 * the zone of the process.  The table of open zones is the one thing kept: a
 * zone is a constant of the system, not state of the program.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "base/zone.h"

#define NAME_MAX_BYTES	64
#define DAY_S		INT64_C(86400)
/* A slot of the cache is half a year, so that two changes a year fit. */
#define SLOT_S		(182 * DAY_S)
#define SLOTS		16
/* How far around an instant the ends of its interval are looked for. */
#define SPAN_S		(400 * DAY_S)

/* The offset is ${offset} from ${from} to before ${to}, epoch seconds. */
struct interval {
	int64_t	from, to;
	int	offset;
};

struct fu_zone {
	struct fu_zone	*next;
	GTimeZone	*tz;
	struct interval	 cache[SLOTS];
	char		 name[NAME_MAX_BYTES];
};

static const char *
zoneinfo_dir(void)
{
	const char	*dir;

	/* As GLib does, or the check would look at other files. */
	dir = getenv("TZDIR");
	return (dir != NULL && *dir != '\0' ? dir : "/usr/share/zoneinfo");
}

static bool
name_is_safe(const char *name)
{
	size_t	i;

	if (name == NULL || name[0] < 'A' || name[0] > 'Z')
		return (false);
	for (i = 0; name[i] != '\0'; i++) {
		if (i + 1 == NAME_MAX_BYTES)
			return (false);
		if (!g_ascii_isalnum(name[i]) &&
		    strchr("_+/-", name[i]) == NULL)
			return (false);
	}
	return (name[i - 1] != '/');
}

/* A regular file of compiled zone data [RFC 8536]. */
static bool
data_exists(const char *name)
{
	char		path[4096], magic[4];
	struct stat	st;
	bool		ok;
	int		fd, n;

	n = snprintf(path, sizeof(path), "%s/%s", zoneinfo_dir(), name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return (false);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)) == -1)
		return (false);
	ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    read(fd, magic, sizeof(magic)) == sizeof(magic) &&
	    memcmp(magic, "TZif", sizeof(magic)) == 0;
	close(fd);
	return (ok);
}

bool
fu_zone_exists(const char *name)
{
	return (name_is_safe(name) &&
	    (strcmp(name, "UTC") == 0 || data_exists(name)));
}

const struct fu_zone *
fu_zone_open(const char *name)
{
	static GHashTable	*table;
	struct fu_zone		*zone;
	GTimeZone		*tz;
	size_t			 i;

	if (!name_is_safe(name))
		return (NULL);
	if (table == NULL)
		table = g_hash_table_new(g_str_hash, g_str_equal);
	if ((zone = g_hash_table_lookup(table, name)) != NULL)
		return (zone);
	if (strcmp(name, "UTC") == 0)
		tz = g_time_zone_new_utc();
	else if (data_exists(name))
		tz = g_time_zone_new_identifier(name);
	else
		tz = NULL;
	if (tz == NULL)
		return (NULL);
	if ((zone = calloc(1, sizeof(*zone))) == NULL)
		fu_oom();
	zone->tz = tz;
	memcpy(zone->name, name, strlen(name) + 1);
	for (i = 0; i < SLOTS; i++)
		zone->cache[i].from = zone->cache[i].to = INT64_MAX;
	g_hash_table_insert(table, zone->name, zone);
	return (zone);
}

const struct fu_zone *
fu_zone_utc(void)
{
	return (fu_zone_open("UTC"));
}

const char *
fu_zone_name(const struct fu_zone *zone)
{
	return (zone->name);
}

static int
index_at(const struct fu_zone *zone, int64_t at_s)
{
	return (g_time_zone_find_interval(zone->tz, G_TIME_TYPE_UNIVERSAL,
	    at_s));
}

/* The first second after ${in} and up to ${out} that has another index. */
static int64_t
edge(const struct fu_zone *zone, int index, int64_t in, int64_t out)
{
	int64_t	middle;

	while (llabs(out - in) > 1) {
		middle = in + (out - in) / 2;
		if (index_at(zone, middle) == index)
			in = middle;
		else
			out = middle;
	}
	return (out);
}

/* The interval around an instant, within SPAN_S of it. */
static const struct interval *
around(const struct fu_zone *zone, int64_t at_s)
{
	struct interval	*slot;
	int64_t		 number;
	int		 index;

	number = at_s / SLOT_S;
	/* The zone is const to its users; what it remembers is not seen. */
	slot = (struct interval *)&zone->cache[(uint64_t)number % SLOTS];
	if (at_s >= slot->from && at_s < slot->to)
		return (slot);
	index = index_at(zone, at_s);
	slot->offset = g_time_zone_get_offset(zone->tz, index);
	slot->from = at_s - SPAN_S;
	if (index_at(zone, slot->from) != index)
		slot->from = edge(zone, index, at_s, slot->from) + 1;
	slot->to = at_s + SPAN_S;
	if (index_at(zone, slot->to) != index)
		slot->to = edge(zone, index, at_s, slot->to);
	return (slot);
}

static int64_t
floor_seconds(int64_t us)
{
	return (us / FU_SECOND - (us % FU_SECOND < 0));
}

int
fu_zone_offset(const struct fu_zone *zone, int64_t us)
{
	return (around(zone, floor_seconds(us))->offset);
}

int64_t
fu_zone_local_us(const struct fu_zone *zone, int64_t us, int32_t *day)
{
	int64_t	local, days;

	local = us + fu_zone_offset(zone, us) * FU_SECOND;
	days = local / FU_DAY - (local % FU_DAY < 0);
	if (day != NULL)
		*day = (int32_t)days;
	return (local - days * FU_DAY);
}

int32_t
fu_zone_day(const struct fu_zone *zone, int64_t us)
{
	int32_t	day;

	fu_zone_local_us(zone, us, &day);
	return (day);
}

int64_t
fu_zone_instant(const struct fu_zone *zone, int32_t day, int minutes)
{
	int64_t	local, early, late;
	int	before, after;

	/*
	 * No offset reaches a day, so the instant lies between the two that
	 * are asked here.  The offset of before wins where both would do:
	 * that is the first of two.
	 */
	local = day * DAY_S + minutes * INT64_C(60);
	before = around(zone, local - DAY_S)->offset;
	after = around(zone, local + DAY_S)->offset;
	early = local - before;
	if (around(zone, early)->offset == before)
		return (early * FU_SECOND);
	late = local - after;
	if (around(zone, late)->offset == after)
		return (late * FU_SECOND);
	/* Skipped: by the old offset it is past the change that skips it. */
	return (around(zone, early)->from * FU_SECOND);
}
