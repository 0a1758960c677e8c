/*
 * The report's sections, in the order of a week's questions.
 *
 * Must never draw what it does not also tell in a table.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/figures.h"
#include "report/html.h"
#include "report/number.h"
#include "report/page_room.h"

/* The playbook's reference figures, and of which mix of channels each is. */
static const struct {
	const char	*label;
	double		 low, high;
} references[] = {
	{ "reference: by hand", 0.08, 0.12 },
	{ "reference: mail alone", 0.04, 0.07 },
	{ "reference: chat and mail", 0.12, 0.22 },
};

enum look { NO_CHART, BARS, COLUMNS, HEAT };

/* A part of the page: a run, drawn or not, with its table. */
struct part {
	enum fu_measure	 measure;
	enum fu_dim	 by[3];
	size_t		 nby;
	enum look	 look;
	const char	*heading;	/* NULL: goes on with the last */
	const char	*desc;		/* of the chart */
	bool		 referred;	/* beside the reference figures */
};

static const struct part parts[] = {
	{ FU_M_FUNNEL, { FU_DIM_LEVEL }, 1, BARS, "Funnel",
	    "How far people who were enrolled have come, as a share of them.",
	    false },
	{ FU_M_ENROLMENT_REPLY, { FU_DIM_MIX }, 1, BARS,
	    "Answers per enrolment, by channels",
	    "Share of enrolments answered, by the channels that they took, beside what is usual.",
	    true },
	{ FU_M_REPLY, { FU_DIM_CHANNEL }, 1, BARS, "Replies by channel",
	    "Share of people who answer a touch, by its channel.", false },
	{ FU_M_REPLY, { FU_DIM_CHANNEL, FU_DIM_CADENCE, FU_DIM_STEP }, 3, BARS,
	    "Replies by touch",
	    "Share of people who answer, touch by touch.", false },
	{ FU_M_POSITIVE, { FU_DIM_CHANNEL }, 1, NO_CHART, "Positive replies",
	    NULL, false },
	{ FU_M_AB, { FU_DIM_CADENCE, FU_DIM_STEP, FU_DIM_VARIANT }, 3,
	    NO_CHART, "A/B tests", NULL, false },
	{ FU_M_HOURS, { FU_DIM_WEEKDAY, FU_DIM_HOUR }, 2, HEAT,
	    "When answers come",
	    "Answers by weekday and hour, as clocks showed where they were written.",
	    false },
	{ FU_M_ENROLMENT_REPLY, { FU_DIM_WEEK }, 1, COLUMNS,
	    "Cohorts by week of enrolment",
	    "Share of those enrolled in a week who answered.", false },
	{ FU_M_REACTIVATION, { FU_DIM_CADENCE }, 1, BARS, "Reactivation",
	    "Share of warm and cold people who engage again, by cadence.",
	    false },
	{ FU_M_REACTIVATION, { FU_DIM_CADENCE, FU_DIM_GROUP }, 2, NO_CHART,
	    NULL, NULL, false },
	{ FU_M_MEETING, { FU_DIM_CADENCE }, 1, NO_CHART, "Meetings booked",
	    NULL, false },
	{ FU_M_STAGE, { FU_DIM_STAGE }, 1, BARS, "Pipeline conversion",
	    "Share of those enrolled whose deal comes to a stage.", false },
	{ FU_M_VELOCITY, { 0 }, 0, NO_CHART, "Pipeline velocity", NULL,
	    false },
	{ FU_M_TRIGGER, { FU_DIM_TRIGGER }, 1, NO_CHART,
	    "Conversion by trigger", NULL, false },
	{ FU_M_RESPONSE_TIMES, { FU_DIM_WITHIN }, 1, BARS,
	    "First response to a hand-off",
	    "How many hand-offs a rep responded to how soon.", false },
	{ FU_M_RESPONSE, { FU_DIM_TRIGGER }, 1, NO_CHART, NULL, NULL, false },
	{ FU_M_HELD, { FU_DIM_STATE, FU_DIM_REASON }, 2, BARS,
	    "Held and given up",
	    "Touches that wait although their time has come, or were given up, by reason.",
	    false },
	{ FU_M_BOUNCE, { FU_DIM_PROVIDER }, 1, NO_CHART,
	    "Bounces, complaints, opt-outs", NULL, false },
	{ FU_M_BOUNCE, { FU_DIM_SENDER }, 1, NO_CHART, NULL, NULL, false },
	{ FU_M_COMPLAINT, { FU_DIM_PROVIDER }, 1, NO_CHART, NULL, NULL,
	    false },
	{ FU_M_OPTOUT, { FU_DIM_CHANNEL }, 1, NO_CHART, NULL, NULL, false },
	{ FU_M_TOUCHES_REPLY, { FU_DIM_TOUCHES }, 1, BARS,
	    "Touches before the first answer",
	    "People by how many touches they had before they first answered.",
	    false },
	{ FU_M_TOUCHES_WIN, { FU_DIM_TOUCHES }, 1, NO_CHART, NULL, NULL,
	    false },
	{ FU_M_WIN, { FU_DIM_SCORE }, 1, BARS, "Calibration of the score",
	    "Share of people won, by their score when they were enrolled: a good score rises.",
	    false },
	{ FU_M_WIN, { FU_DIM_BAND }, 1, NO_CHART, NULL, NULL, false },
	{ FU_M_COST, { FU_DIM_CADENCE }, 1, NO_CHART, "Cost of a meeting",
	    NULL, false },
	{ FU_M_UNANSWERED, { 0 }, 0, NO_CHART,
	    "Questions that the chat could not answer", NULL, false },
};

static void
hours_of(struct fu_run run, int64_t *cells)
{
	for (size_t i = 0; i < run.n; i++) {
		const struct fu_figure	*f = &run.figure[i];
		int			 d = f->by[0].value[0] - '1';
		int			 h = atoi(f->by[1].value);

		if (d >= 0 && d < 7 && h >= 0 && h < 24)
			cells[d * 24 + h] += f->n;
	}
}

static void
heat_table(const int64_t *cells, struct fu_buf *out)
{
	static const char *const	 days[] = { "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat", "Sun" };

	fu_buf_puts(out, "<div class=\"wide\"><table>\n<caption>Answers by "
	    "weekday and spans of four hours</caption>\n<thead><tr>"
	    "<th scope=\"col\">weekday</th>");
	for (int h = 0; h < 24; h += 4)
		fu_buf_printf(out, "<th scope=\"col\">%d:00–%d:00</th>", h,
		    h + 4);
	fu_buf_puts(out, "</tr></thead>\n<tbody>\n");
	for (int d = 0; d < 7; d++) {
		fu_buf_printf(out, "<tr><th scope=\"row\">%s</th>", days[d]);
		for (int h = 0; h < 24; h += 4)
			fu_buf_printf(out, "<td>%lld</td>",
			    (long long)(cells[d * 24 + h] +
			    cells[d * 24 + h + 1] + cells[d * 24 + h + 2] +
			    cells[d * 24 + h + 3]));
		fu_buf_puts(out, "</tr>\n");
	}
	fu_buf_puts(out, "</tbody></table></div>\n");
}

static void
draw(const struct fu_page *p, const struct part *part, struct fu_run run,
    struct fu_arena *arena, struct fu_buf *out)
{
	struct fu_chart	 c = { .title = part->heading, .desc = part->desc,
		.id = fu_printf(arena, "c%zu", (size_t)(part - parts)),
		.percent = run.figure->kind == FU_MK_RATE };
	struct fu_bar	*bar = fu_page_bars(p, run, arena, &c.n);

	for (size_t i = 0; part->referred && i < 3; i++)
		bar[c.n++] = (struct fu_bar){ .label = references[i].label,
			.text = fu_printf(arena, "%.0f–%.0f %%",
			references[i].low * 100, references[i].high * 100),
			.low = references[i].low, .high = references[i].high,
			.band = true };
	c.bar = bar;
	fu_buf_puts(out, "<figure class=\"wide\">\n");
	if (part->look == COLUMNS)
		fu_svg_columns(&c, out);
	else
		fu_svg_bars(&c, out);
	fu_buf_puts(out, "</figure>\n");
}

/* The newest weeks: a chart of them has an end. */
static struct fu_run
newest(struct fu_run run)
{
	size_t	 cut = run.n > FU_PAGE_ROWS ? run.n - FU_PAGE_ROWS : 0;

	return ((struct fu_run){ run.figure + cut, run.n - cut });
}

static void
heat(const struct part *part, struct fu_run run, struct fu_arena *arena,
    struct fu_buf *out)
{
	struct fu_chart	 c = { .title = part->heading, .desc = part->desc,
		.id = fu_printf(arena, "c%zu", (size_t)(part - parts)) };
	int64_t		 cells[7 * 24] = { 0 };

	hours_of(run, cells);
	fu_buf_puts(out, "<figure class=\"wide\">\n");
	fu_svg_heat(&c, cells, out);
	fu_buf_puts(out, "</figure>\n");
	heat_table(cells, out);
}

static void
put_part(const struct fu_page *p, const struct part *part, struct fu_run run,
    struct fu_arena *arena, struct fu_buf *out)
{
	const char	*caption = fu_measure_defs[part->measure].title;
	bool		 told = strstr(caption, " by ") != NULL;

	for (size_t i = 0; i < part->nby && !told; i++)
		caption = fu_printf(arena, i == 0 ? "%s by %s" : "%s, %s",
		    caption, fu_dim_names[part->by[i]]);
	if (part->look == COLUMNS)
		run = newest(run);
	if (part->look == HEAT)
		heat(part, run, arena, out);
	else {
		if (part->look != NO_CHART)
			draw(p, part, run, arena, out);
		fu_page_table(p, run, caption, arena, out);
	}
}

static void
put_sections(const struct fu_page *p, struct fu_arena *arena,
    struct fu_buf *out)
{
	bool	 open = false, empty;
	int	 last = -1;

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const struct part	*part = &parts[i];
		struct fu_run		 run = fu_run_find(p, part->measure,
		    part->by, part->nby);

		empty = run.n == 0;
		if (part->heading != NULL && open)
			fu_buf_puts(out, "</section>\n");
		if (part->heading != NULL) {
			fu_buf_printf(out, "<section>\n<h2>%s</h2>\n",
			    part->heading);
			open = true;
			last = -1;
		}
		if (empty && part->heading != NULL)
			fu_buf_puts(out, "<p class=\"soft\">Nothing of it was "
			    "seen in that time.</p>\n");
		if (!empty)
			put_part(p, part, run, arena, out);
		if (!empty && last != (int)part->measure)
			fu_page_definition(p, part->measure, out);
		last = (int)part->measure;
	}
	if (open)
		fu_buf_puts(out, "</section>\n");
}

static void
key_figure(const struct fu_page *p, enum fu_measure m, const char *what,
    struct fu_buf *out)
{
	struct fu_run		 run = fu_run_find(p, m, NULL, 0);
	const struct fu_figure	*f = run.figure;
	char			 s[FU_NUMBER_LEN], t[FU_NUMBER_LEN];

	fu_buf_puts(out, "<li><span>");
	fu_buf_html(out, what);
	if (run.n == 0 || !f->has_value) {
		fu_buf_puts(out, "</span><b>–</b><span>nothing yet</span>"
		    "</li>\n");
		return;
	}
	fu_buf_puts(out, "</span><b>");
	if (f->few && f->kind == FU_MK_RATE)
		fu_buf_putc(out, '~');
	fu_buf_puts(out, f->kind == FU_MK_RATE ? fu_percent(f->value, s) :
	    m == FU_M_RESPONSE ? fu_span_text(f->value, s) :
	    f->value < 1000 ? fu_fixed(f->value, 2, s) :
	    fu_thousands((int64_t)f->value, s));
	fu_buf_printf(out, "</b><span>%s of %s</span></li>\n",
	    fu_thousands(f->n, s), fu_thousands(f->of, t));
}

static void
put_range(const struct fu_page *p, struct fu_buf *out)
{
	char	 text[FU_TIME_LEN];

	fu_buf_puts(out, "<p class=\"soft\">");
	if (p->since_us != FU_NEVER)
		fu_buf_printf(out, "From %s ", fu_date_print(fu_date_of_days(
		    fu_zone_day(p->zone, p->since_us)), text));
	if (p->until_us != INT64_MAX)
		fu_buf_printf(out, "%s %s ", p->since_us != FU_NEVER ?
		    "until" : "Until", fu_date_print(fu_date_of_days(
		    fu_zone_day(p->zone, p->until_us)), text));
	fu_time_print_offset(p->now_us, fu_zone_offset(p->zone, p->now_us),
	    text);
	fu_buf_printf(out, "%s %.10s %.5s. Counted in people, whose window of "
	    "%lld days is over; the others are pending. ", p->since_us ==
	    FU_NEVER && p->until_us == INT64_MAX ? "As of" : "as of", text,
	    text + 11, (long long)(p->window_us / FU_DAY));
	fu_buf_printf(out, "A rate of fewer than %d people is grey, and marked "
	    "with ~. Whiskers are 95 %% intervals.", FU_MEASURE_FEW);
	if (p->where != NULL) {
		fu_buf_puts(out, " Only people for whom <code>");
		fu_buf_html(out, p->names ? p->where : "a condition");
		fu_buf_puts(out, "</code> holds.");
	}
	fu_buf_puts(out, "</p>\n");
}

void
fu_report_page(const struct fu_page *p, struct fu_buf *out)
{
	struct fu_arena	 arena;

	fu_arena_init(&arena);
	fu_html_begin(out, "Follow-up: the figures");
	put_range(p, out);
	fu_buf_puts(out, "<ul class=\"key\">\n");
	key_figure(p, FU_M_REACTIVATION, "Reactivation", out);
	key_figure(p, FU_M_REPLY, "Replies", out);
	key_figure(p, FU_M_POSITIVE, "of them positive", out);
	key_figure(p, FU_M_MEETING, "Meetings booked", out);
	key_figure(p, FU_M_RESPONSE, "First response", out);
	key_figure(p, FU_M_VELOCITY, "Pipeline a day", out);
	fu_buf_puts(out, "</ul>\n");
	put_sections(p, &arena, out);
	fu_html_end(out);
	fu_arena_free(&arena);
}
