/*
 * The few lines of an iCalendar object that say what was answered.
 *
 * Must never call a meeting booked that somebody has only looked at.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/zone.h"
#include "content/mail_calendar.h"

#define CALENDAR_LINES	2000
#define WORD_MAX	40
#define LETTERS		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-"

struct event {
	const char	*method, *partstat, *start, *zone, *summary;
	bool		 inside;	/* of VEVENT */
	int		 depth;		/* of what lies within it: VALARM */
};

/* "NAME;PARAM=x:value" as name, parameters and value, cut in place. */
static bool
cut(char *line, char **params, char **value)
{
	bool	 quoted = false;
	char	*s;

	*params = NULL;
	for (s = line; *s != '\0' && (quoted || *s != ':'); s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == ';' && *params == NULL) {
			*s = '\0';
			*params = s + 1;
		}
	}
	if (*s == '\0')
		return (false);
	*s = '\0';
	*value = s + 1;
	return (true);
}

/* The value of one of the parameters, without quotes; NULL: not there. */
static const char *
parameter(const char *params, const char *name, struct fu_arena *arena)
{
	size_t		 n = strlen(name), len;
	const char	*s = params;

	while (s != NULL && (s = strcasestr(s, name)) != NULL) {
		if ((s == params || s[-1] == ';') && s[n] == '=') {
			s += n + 1;
			len = *s == '"' ? strcspn(++s, "\"") : strcspn(s, ";:");
			return (fu_dup_str(arena, (struct fu_str){ s, len }));
		}
		s += n;
	}
	return (NULL);
}

static void
take(struct event *e, char *name, const char *params, char *value,
    struct fu_arena *arena)
{
	if (strcasecmp(name, "begin") == 0) {
		if (strcasecmp(value, "VEVENT") == 0)
			e->inside = e->start == NULL && e->summary == NULL;
		else if (e->inside)
			e->depth++;
	} else if (strcasecmp(name, "end") == 0) {
		if (e->inside && e->depth > 0)
			e->depth--;
		else if (strcasecmp(value, "VEVENT") == 0)
			e->inside = false;
	} else if (strcasecmp(name, "METHOD") == 0 && e->method == NULL)
		e->method = value;
	if (!e->inside || e->depth > 0)
		return;
	if (strcasecmp(name, "ATTENDEE") == 0 && e->partstat == NULL)
		e->partstat = parameter(params, "PARTSTAT", arena);
	else if (strcasecmp(name, "DTSTART") == 0 && e->start == NULL) {
		e->start = value;
		e->zone = parameter(params, "TZID", arena);
	} else if (strcasecmp(name, "SUMMARY") == 0 && e->summary == NULL)
		e->summary = value;
}

/* Lines, folded ones joined. */
static void
read_object(struct event *e, const char *text, struct fu_arena *arena)
{
	char	*copy = fu_dup(arena, text), *line = copy, *s, *o, *params,
	    *value;

	for (s = o = copy; *s != '\0'; s++)
		if (*s == '\n' && (s[1] == ' ' || s[1] == '\t'))
			s++;
		else
			*o++ = *s;
	*o = '\0';
	for (int i = 0; line != NULL && i < CALENDAR_LINES; i++, line = s) {
		if ((s = strchr(line, '\n')) != NULL)
			*s++ = '\0';
		if (cut(line, &params, &value))
			take(e, line, params, value, arena);
	}
}

/* "20261201T100000Z", or local to a zone of the system's. */
static int64_t
instant(const char *text, const char *name)
{
	const struct fu_zone	*zone;
	struct fu_date		 d;
	int			 v[6];
	static const int	 at[] = { 0, 4, 6, 9, 11, 13 },
	    len[] = { 4, 2, 2, 2, 2, 2 };
	int64_t			 us;

	if (text == NULL || strlen(text) < 15 || text[8] != 'T')
		return (FU_NEVER);
	for (int i = 0; i < 6; i++) {
		v[i] = 0;
		for (int k = 0; k < len[i]; k++) {
			char	 c = text[at[i] + k];

			if (c < '0' || c > '9')
				return (FU_NEVER);
			v[i] = v[i] * 10 + c - '0';
		}
	}
	d = (struct fu_date){ (int16_t)v[0], (int8_t)v[1], (int8_t)v[2] };
	if (v[0] < 1970 || !fu_date_valid(d) || v[3] > 23 || v[4] > 59 ||
	    v[5] > 60)
		return (FU_NEVER);
	us = (int64_t)fu_date_days(d) * FU_DAY + v[3] * FU_HOUR +
	    v[4] * FU_MINUTE + v[5] * FU_SECOND;
	if (text[15] == 'Z')
		return (us);
	if (name == NULL || (zone = fu_zone_open(name)) == NULL)
		return (FU_NEVER);
	return (fu_zone_instant(zone, fu_date_days(d), v[3] * 60 + v[4]));
}

static const char *
status_of(const struct event *e)
{
	static const char *const means[][3] = {
		{ "REPLY", "ACCEPTED", "booked" },
		{ "REPLY", "DECLINED", "cancelled" },
		{ "COUNTER", NULL, "moved" },
		{ "REQUEST", NULL, "booked" },
		{ "CANCEL", NULL, "cancelled" },
	};

	if (e->method == NULL)
		return (NULL);
	for (size_t i = 0; i < sizeof(means) / sizeof(means[0]); i++)
		if (strcasecmp(e->method, means[i][0]) == 0 &&
		    (means[i][1] == NULL || (e->partstat != NULL &&
		    strcasecmp(e->partstat, means[i][1]) == 0)))
			return (means[i][2]);
	return (NULL);
}

/* What a person has to look at: "Tentative".  The title is in the subject, and
 * as often ours as theirs. */
static const char *
perhaps(const struct event *e, struct fu_arena *arena)
{
	const char	*word = e->partstat;
	char		*s;

	if (strcasecmp(e->method, "REPLY") != 0)
		word = e->method;
	if (fu_blank(word) || strlen(word) > WORD_MAX ||
	    word[strspn(word, LETTERS)] != '\0')
		return ("Answered");
	word = s = fu_dup(arena, word);
	for (; *s != '\0'; s++)
		*s = (char)(s == word ? toupper((unsigned char)*s) :
		    tolower((unsigned char)*s));
	return (word);
}

bool
fu_mail_calendar(const struct fu_letter *l, struct fu_arena *arena,
    struct fu_calendar *c)
{
	struct event	 e = { .method = NULL };
	size_t		 i = 0;

	while (i < l->npart && l->part[i].kind != FU_PART_CALENDAR)
		i++;
	if (i == l->npart)
		return (false);
	read_object(&e, l->part[i].text, arena);
	c->answers = e.method != NULL && strcasecmp(e.method, "REPLY") == 0;
	if ((c->status = status_of(&e)) == NULL) {
		c->perhaps = e.method == NULL ? NULL : perhaps(&e, arena);
		return (false);
	}
	c->starts_us = instant(e.start, e.zone);
	c->summary = e.summary;
	return (true);
}
