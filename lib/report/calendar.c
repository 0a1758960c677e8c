/*
 * Counting what is planned by day and step, and drawing the weeks.
 *
 * Must never leave out a touch that it was given: what has no room in its day
 * is counted there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "report/calendar.h"
#include "report/html.h"
#include "report/number.h"

#define SHOWN	8	/* lines of a day */
#define VISIT	"waits_for_visit"	/* a chat's: it is not held, it is armed */

struct entry {
	const char	*channel, *cadence, *step, *held;
	int64_t		 n;
	struct entry	*next;
};

struct fu_calendar {
	struct fu_arena	 arena;
	int32_t		 from, days;
	struct entry	**day;
	struct entry	*waits;		/* for an event */
	int64_t		 n, nheld;
};

struct fu_calendar *
fu_calendar_new(int32_t from, int32_t days)
{
	struct fu_calendar	*c = calloc(1, sizeof(*c));

	if (c == NULL)
		fu_oom();
	fu_arena_init(&c->arena);
	c->from = from;
	c->days = days < 1 ? 1 : days > FU_CALENDAR_DAYS_MAX ?
	    FU_CALENDAR_DAYS_MAX : days;
	c->day = fu_alloc_array(&c->arena, (size_t)c->days, sizeof(*c->day));
	return (c);
}

void
fu_calendar_free(struct fu_calendar *c)
{
	if (c == NULL)
		return;
	fu_arena_free(&c->arena);
	free(c);
}

static const char *
kept(struct fu_calendar *c, const char *text)
{
	return (text == NULL ? NULL : fu_dup(&c->arena, text));
}

/* Its entry, made where there is none, in order of the words. */
static struct entry *
entry_of(struct fu_calendar *c, struct entry **list,
    const struct fu_calendar_touch *t, const char *held)
{
	struct entry	**at = list, *e;
	int		  d = -1;

	for (; *at != NULL; at = &(*at)->next) {
		e = *at;
		if ((d = strcmp(e->cadence, t->cadence)) == 0 &&
		    (d = strcmp(e->step, t->step)) == 0 &&
		    (d = strcmp(e->channel, t->channel)) == 0)
			d = strcmp(e->held == NULL ? "" : e->held,
			    held == NULL ? "" : held);
		if (d >= 0)
			break;
	}
	if (*at != NULL && d == 0)
		return (*at);
	e = fu_alloc(&c->arena, sizeof(*e));
	*e = (struct entry){ kept(c, t->channel), kept(c, t->cadence),
		kept(c, t->step), kept(c, held), 0, *at };
	*at = e;
	return (e);
}

void
fu_calendar_add(struct fu_calendar *c, const struct fu_calendar_touch *t)
{
	int32_t	 at = t->day - c->from;

	if (t->on != NULL) {
		entry_of(c, &c->waits, t, t->on)->n++;
		return;
	}
	c->n++;
	c->nheld += t->held != NULL && strcmp(t->held, VISIT) != 0;
	/* Where they live, the day may have begun before, or end after. */
	at = at < 0 ? 0 : at >= c->days ? c->days - 1 : at;
	entry_of(c, &c->day[at], t, t->held)->n++;
}

static void
put_entry(const struct entry *e, struct fu_buf *out)
{
	char	 s[FU_NUMBER_LEN];

	fu_buf_printf(out, "<span%s>%s × ", e->held != NULL ?
	    " class=\"soft\"" : "", fu_thousands(e->n, s));
	fu_buf_html(out, e->channel);
	fu_buf_puts(out, " ");
	fu_buf_html(out, e->step);
	if (e->held != NULL && strcmp(e->held, VISIT) == 0)
		fu_buf_puts(out, ", waits for a visit");
	else if (e->held != NULL) {
		fu_buf_puts(out, ", held: ");
		fu_buf_html(out, e->held);
	}
	fu_buf_puts(out, "</span>");
}

static void
put_day(const struct fu_calendar *c, int32_t day, struct fu_buf *out)
{
	struct fu_date		 date = fu_date_of_days(day);
	const struct entry	*e;
	int64_t			 rest = 0, all = 0;
	char			 s[FU_NUMBER_LEN];
	int			 n = 0;

	if (day < c->from || day >= c->from + c->days) {
		fu_buf_puts(out, "<td class=\"off\"></td>");
		return;
	}
	fu_buf_printf(out, "<td><b>%d %.3s", date.day,
	    fu_month_name(date.month));
	for (e = c->day[day - c->from]; e != NULL; e = e->next)
		all += e->n;
	if (all > 0)
		fu_buf_printf(out, " <small class=\"soft\">(%s)</small>",
		    fu_thousands(all, s));
	fu_buf_puts(out, "</b>");
	for (e = c->day[day - c->from]; e != NULL; e = e->next)
		if (n++ < SHOWN)
			put_entry(e, out);
		else
			rest += e->n;
	if (rest > 0)
		fu_buf_printf(out, "<span class=\"soft\">and %s more</span>",
		    fu_thousands(rest, s));
	fu_buf_puts(out, "</td>");
}

static void
put_weeks(const struct fu_calendar *c, struct fu_buf *out)
{
	static const char *const	 days[] = { "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };
	int32_t				 day = c->from -
	    fu_days_weekday(c->from);

	fu_buf_puts(out, "<div class=\"wide\"><table class=\"cal\">\n"
	    "<caption>Touches by day, channel and step</caption>\n<thead><tr>");
	for (int i = 0; i < 7; i++)
		fu_buf_printf(out, "<th scope=\"col\">%s</th>", days[i]);
	fu_buf_puts(out, "</tr></thead>\n<tbody>\n");
	for (; day < c->from + c->days; day += 7) {
		fu_buf_puts(out, "<tr>");
		for (int32_t i = 0; i < 7; i++)
			put_day(c, day + i, out);
		fu_buf_puts(out, "</tr>\n");
	}
	fu_buf_puts(out, "</tbody></table></div>\n");
}

static void
put_waits(const struct fu_calendar *c, struct fu_buf *out)
{
	char	 s[FU_NUMBER_LEN];

	if (c->waits == NULL)
		return;
	fu_buf_puts(out, "<section>\n<h2>Waiting for an event</h2>\n<table>\n"
	    "<caption>Steps without a day</caption>\n<thead><tr>"
	    "<th scope=\"col\">cadence / step</th><th scope=\"col\">channel"
	    "</th><th scope=\"col\">event</th><th scope=\"col\">people</th>"
	    "</tr></thead>\n<tbody>\n");
	for (const struct entry *e = c->waits; e != NULL; e = e->next) {
		fu_buf_puts(out, "<tr><th scope=\"row\">");
		fu_buf_html(out, e->cadence);
		fu_buf_puts(out, " / ");
		fu_buf_html(out, e->step);
		fu_buf_puts(out, "</th><td>");
		fu_buf_html(out, e->channel);
		fu_buf_puts(out, "</td><td>");
		fu_buf_html(out, e->held);
		fu_buf_printf(out, "</td><td>%s</td></tr>\n",
		    fu_thousands(e->n, s));
	}
	fu_buf_puts(out, "</tbody></table>\n</section>\n");
}

void
fu_calendar_page(const struct fu_calendar *c, struct fu_buf *out)
{
	char	 from[FU_TIME_LEN], to[FU_TIME_LEN], s[FU_NUMBER_LEN],
		 t[FU_NUMBER_LEN];

	fu_html_begin(out, "Follow-up: the coming weeks");
	fu_buf_printf(out, "<p class=\"soft\">%s to %s: %s touches, of which "
	    "%s would be held as things stand. Days are those of whom they "
	    "are for; who answers meanwhile, or opts out, gets none.</p>\n",
	    fu_date_print(fu_date_of_days(c->from), from),
	    fu_date_print(fu_date_of_days(c->from + c->days - 1), to),
	    fu_thousands(c->n, s), fu_thousands(c->nheld, t));
	put_weeks(c, out);
	put_waits(c, out);
	fu_html_end(out);
}
