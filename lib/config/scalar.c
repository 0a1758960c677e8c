/*
 * How an operator writes days, hours, spans and numbers.  Knows no key.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "config/scalar.h"
#include "record/email.h"

static const char *const weekdays[7] = {
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
	"sunday"
};

int
fu_int_parse(const char *s, int64_t *out, struct fu_err *err)
{
	long long v;
	char *end;

	errno = 0;
	v = strtoll(s, &end, 10);
	if (*s == '\0' || isspace((unsigned char)*s) || *end != '\0' ||
	    errno != 0)
		return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no whole number",
		    s));
	*out = v;
	return (0);
}

int
fu_weekday_find(const char *s, size_t len)
{
	int i;

	for (i = 0; i < 7; i++)
		if (len >= 3 && len <= strlen(weekdays[i]) &&
		    strncasecmp(s, weekdays[i], len) == 0)
			return (i);
	return (-1);
}

int
fu_weekdays_parse(const char *s, uint8_t *out, struct fu_err *err)
{
	const char *p = s;
	size_t len;
	int a, b;

	*out = 0;
	if (strcasecmp(s, "daily") == 0) {
		*out = 0x7f;
		return (0);
	}
	for (;;) {
		p += strspn(p, " ");
		len = strcspn(p, " ,-");
		if ((a = b = fu_weekday_find(p, len)) < 0)
			goto bad;
		p += len;
		if (*p == '-') {
			p++;
			len = strcspn(p, " ,-");
			if ((b = fu_weekday_find(p, len)) < 0)
				goto bad;
			p += len;
		}
		for (;; a = (a + 1) % 7) {
			*out |= (uint8_t)(1U << a);
			if (a == b)
				break;
		}
		p += strspn(p, " ");
		if (*p == '\0')
			return (0);
		if (*p++ != ',')
			goto bad;
	}
bad:
	return (fu_err_set(err, FU_ECONFIG, "\"%s\" are no days: write "
	    "mon-fri, or mon,wed,fri", s));
}

/* "8:30" or "08:30" at *p, which is moved behind it; -1 if it is none. */
static int
clock_minutes(const char **p)
{
	int h = 0, m = 0, n;

	for (n = 0; n < 2 && isdigit((unsigned char)**p); n++, (*p)++)
		h = h * 10 + (**p - '0');
	if (n == 0 || **p != ':')
		return (-1);
	(*p)++;
	for (n = 0; n < 2; n++, (*p)++) {
		if (!isdigit((unsigned char)**p))
			return (-1);
		m = m * 10 + (**p - '0');
	}
	if (m > 59 || h * 60 + m > 1440)
		return (-1);
	return (h * 60 + m);
}

int
fu_hours_parse(const char *s, int out[2], struct fu_err *err)
{
	const char *p = s;
	int a, b;

	if ((a = clock_minutes(&p)) < 0)
		goto bad;
	p += strspn(p, " ");
	if (*p++ != '-')
		goto bad;
	p += strspn(p, " ");
	if ((b = clock_minutes(&p)) < 0 || *p != '\0')
		goto bad;
	if (a >= b)
		return (fu_err_set(err, FU_ECONFIG, "the hours %s end before "
		    "they begin", s));
	out[0] = a;
	out[1] = b;
	return (0);
bad:
	return (fu_err_set(err, FU_ECONFIG, "\"%s\" are no hours: write "
	    "\"08:30-17:30\"", s));
}

int
fu_span_parse(const char *s, struct fu_span *out, struct fu_err *err)
{
	const char *dots = strstr(s, "..");
	struct fu_str from = fu_str_of(s), to = from;
	struct fu_date a, b;

	if (dots != NULL) {
		from.len = (size_t)(dots - s);
		to = fu_str_of(dots + 2);
	}
	if (fu_date_parse(fu_str_trim(from), &a, err) == -1 ||
	    fu_date_parse(fu_str_trim(to), &b, err) == -1)
		return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no span of "
		    "days: write 2026-12-24..2027-01-02, or one date", s));
	out->from = fu_date_days(a);
	out->to = fu_date_days(b);
	if (out->from > out->to)
		return (fu_err_set(err, FU_ECONFIG, "the span %s ends before "
		    "it begins", s));
	return (0);
}

int
fu_size_parse(const char *s, int *min, int *max, struct fu_err *err)
{
	char *end;
	long a, b;

	errno = 0;
	a = b = strtol(s, &end, 10);
	if (!isdigit((unsigned char)*s))
		goto bad;
	if (strcmp(end, "+") == 0)
		b = INT_MAX;
	else if (*end == '-' && isdigit((unsigned char)end[1])) {
		b = strtol(end + 1, &end, 10);
		if (*end != '\0')
			goto bad;
	} else if (*end != '\0')
		goto bad;
	if (errno != 0 || a > b || b > INT_MAX)
		goto bad;
	*min = (int)a;
	*max = (int)b;
	return (0);
bad:
	return (fu_err_set(err, FU_ECONFIG, "\"%s\" is no company size: write "
	    "50-200, 1000+ or 200", s));
}

bool
fu_email_plausible(const char *s)
{
	const char *at = strrchr(s, '@'), *email;
	struct fu_arena arena;
	struct fu_err err;
	bool ok;

	if (at == NULL || s[strcspn(s, " \t\n,;:<>\"")] != '\0' ||
	    *s == '\'' || at[strlen(at) - 1] == '.')
		return (false);
	/* A host of one's own network may have no dot in its name. */
	fu_arena_init(&arena);
	ok = fu_email_parse(fu_str_of(strchr(at, '.') != NULL ? s :
	    fu_printf(&arena, "%s.example", s)), &arena, &email, &err) == 0;
	fu_arena_free(&arena);
	return (ok);
}
