/*
 * fu-due: claims what may leave now and prints it, a record a touch.
 * A source: it reads nothing but the store.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/due.h"
#include "record/grid.h"
#include "report/calendar.h"

static const char help[] =
"usage: fu-due [-nqtvx] [-d DB] [-c FILE] [--at TIME]\n"
"       fu-due --plan SPAN [-t | --html] [PERSON]\n"
"\n"
"Claim the touches, hand-offs and service messages that may leave now and\n"
"print them as records for fu-send.\n"
"\n"
"  -x, --explain   print also what may not leave now, and why\n"
"  --plan SPAN     print what would happen in that time (45d), claiming\n"
"                  nothing; PERSON is an id, an email or a phone\n"
"  --html          the plan as a page: a calendar of counts, naming nobody\n"
"  -t, --table     a table for people, claiming nothing\n"
"  -n, --dry-run   decide and print, change nothing\n"
"  --at TIME       believe that it is TIME\n"
"  -d, --db FILE   the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q, -v          say less, say more\n"
"  -h, --help      this text; -V, --version: which fu this is\n"
"\n"
"fu-due(1) has examples; fu-send(1) delivers.\n";

enum { OPT_PLAN = 256, OPT_HTML };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "explain", no_argument, NULL, 'x' },
	{ "plan", required_argument, NULL, OPT_PLAN },
	{ "html", no_argument, NULL, OPT_HTML },
	{ NULL, 0, NULL, 0 }
};

struct printer {
	struct fu_session	*session;
	struct fu_buf		 out;
	struct fu_grid		 grid;
	uint64_t		 n;
	bool			 plan;
	struct fu_calendar	*calendar;	/* --html, else NULL */
};

static const struct fu_grid_column columns[] = {
	{ "their own time", 0 }, { "day", 0 }, { "channel", 0 },
	{ "cadence", 20 }, { "step", 28 }, { "who", 36 }, { "held", 0 }
};

static void
local_time(const struct fu_zone *zone, int64_t us, char text[FU_TIME_LEN])
{
	fu_time_print_offset(us, fu_zone_offset(zone, us), text);
}

static void
write_held(struct fu_jw *jw, const struct fu_due_row *row)
{
	const struct fu_verdict	*v = &row->verdict;

	fu_jw_object(jw, "held");
	fu_jw_str(jw, "class", fu_verdict_class_name(v->class));
	fu_jw_str(jw, "reason", fu_reasons[v->reason].name);
	fu_jw_time(jw, "until", v->class == FU_DEFER ? v->until_us : FU_NEVER);
	fu_jw_str(jw, "rule", v->rule);
	if (v->detail != NULL)
		fu_jw_str(jw, "detail", v->detail);
	if (row->ruleset != NULL)
		fu_jw_str(jw, "ruleset", row->ruleset);
	fu_jw_object_end(jw);
}

static void
write_record(struct printer *p, const struct fu_due_row *row)
{
	const struct fu_touch	*t = &row->touch.t;
	char			 text[FU_TIME_LEN];
	struct fu_jw		 jw;

	fu_jw_init(&jw, &p->out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "touch");
	if (t->id != 0)
		fu_jw_int(&jw, "touch", t->id);
	fu_jw_int(&jw, "prospect", t->prospect);
	if (row->email != NULL)
		fu_jw_str(&jw, "email", row->email);
	if (row->phone != NULL && t->channel != FU_CH_EMAIL)
		fu_jw_str(&jw, "phone", row->phone);
	fu_jw_str(&jw, "cadence", t->cadence);
	fu_jw_str(&jw, "step", t->step);
	if (t->day >= 0)
		fu_jw_int(&jw, "day", t->day);
	fu_jw_str(&jw, "channel", fu_channel_name(t->channel));
	fu_jw_str(&jw, "message", t->message);
	if (row->on != NULL) {
		fu_jw_str(&jw, "on", row->on);
		fu_jw_int(&jw, "from_day", row->from_day);
	}
	fu_jw_time(&jw, "due", t->due_us);
	local_time(row->zone, t->due_us, text);
	fu_jw_str(&jw, "due_local", text);
	if (row->held)
		write_held(&jw, row);
	else if (t->claim != NULL) {
		fu_jw_str(&jw, "claim", t->claim);
		fu_jw_time(&jw, "lease_until", t->lease_us);
	}
	fu_jw_object_end(&jw);
	fu_buf_putc(&p->out, '\n');
}

/* "Wed 2026-03-04 09:12  day  2  email     hot-recap   ann@x.example" */
static void
write_table(struct printer *p, const struct fu_due_row *row)
{
	static const char *const weekday[] = {
		"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
	};
	const struct fu_touch	*t = &row->touch.t;
	char			 text[FU_TIME_LEN], time[80], day[32];

	local_time(row->zone, t->due_us, text);
	text[10] = ' ';
	if (row->on != NULL)
		snprintf(day, sizeof(day), "from %d", row->from_day);
	else if (t->day >= 0)
		snprintf(day, sizeof(day), "day %d", t->day);
	else
		snprintf(day, sizeof(day), "-");
	snprintf(time, sizeof(time), "%s %.16s%s",
	    weekday[fu_days_weekday(fu_zone_day(row->zone, t->due_us))], text,
	    row->zone_known || t->channel == FU_CH_TASK ? "" :
	    row->zone == p->session->config.company.zone ? " (ours)" :
	    fu_printf(&p->session->arena, " (%s)", fu_zone_name(row->zone)));
	fu_grid_text(&p->grid, time);
	fu_grid_text(&p->grid, day);
	fu_grid_text(&p->grid, fu_channel_name(t->channel));
	fu_grid_text(&p->grid, t->cadence);
	fu_grid_text(&p->grid, t->step);
	fu_grid_text(&p->grid, row->email != NULL ? row->email : row->phone);
	fu_grid_text(&p->grid, row->held ?
	    fu_reasons[row->verdict.reason].name : NULL);
	fu_grid_row(&p->grid, &p->out);
}

static void
add_to_calendar(struct printer *p, const struct fu_due_row *row)
{
	const struct fu_touch		*t = &row->touch.t;
	struct fu_calendar_touch	 c = { .cadence = t->cadence,
		.step = t->step, .channel = fu_channel_name(t->channel),
		.on = row->on, .day = row->on != NULL ? 0 :
		fu_zone_day(row->zone, t->due_us), .held = row->held ?
		fu_reasons[row->verdict.reason].name : NULL };

	fu_calendar_add(p->calendar, &c);
}

static int
print_row(void *ctx, const struct fu_due_row *row, struct fu_err *err)
{
	struct printer	*p = ctx;

	/* A table is of touches; a hand-off is no line of one. */
	if (row->raw.len > 0 && (p->session->opt->table ||
	    p->calendar != NULL))
		return (0);
	if (p->calendar != NULL)
		add_to_calendar(p, row);
	else if (row->raw.len > 0)
		fu_buf_str(&p->out, row->raw);
	else if (p->session->opt->table)
		write_table(p, row);
	else
		write_record(p, row);
	p->n++;
	/* With -n there is a transaction open, in which nobody is waited for. */
	if (p->out.len < 64 * 1024 || (p->session->opt->dry && !p->plan))
		return (0);
	return (fu_sink_write(&p->session->sink, &p->out, err));
}

static void
say_held(const struct fu_opt *opt, const struct fu_due_run *run)
{
	const struct fu_held_count	*h;
	const char			*rule;
	char				 text[FU_TIME_LEN];

	for (size_t i = 0; i < FU_REASON_N; i++) {
		h = &run->held[i];
		if (h->n == 0)
			continue;
		rule = h->rule != NULL ? h->rule : "-x names the rules";
		if (h->until_us != FU_NEVER)
			fu_note(opt, "%llu held: %s (%s), the first until %s",
			    (unsigned long long)h->n,
			    fu_reasons[h->reason].name, rule,
			    fu_time_print(h->until_us, text));
		else
			fu_note(opt, "%llu held: %s (%s): %s",
			    (unsigned long long)h->n,
			    fu_reasons[h->reason].name, rule,
			    fu_reasons[h->reason].way_out);
	}
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct printer		 printer = { .session = &session };
	struct fu_due_run	 run = { .session = &session,
		.emit = print_row, .ctx = &printer };
	int64_t			 span = -1, person = 0;
	bool			 html = false;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-due", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "x", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (c == 'x')
			run.explain = true;
		html = html || c == OPT_HTML;
		if (c == OPT_PLAN && fu_duration_parse(fu_str_of(optarg),
		    &span, &err) == -1)
			return (fu_opt_usage(&opt, "--plan %s", err.msg));
	}
	if (argc - optind > (span == -1 ? 0 : 1))
		return (fu_opt_usage(&opt, span == -1 ? "\"%s\": for one "
		    "person it is --plan SPAN, which claims nothing; why one "
		    "is held says fu-why" : "\"%s\": one person at a time",
		    argv[argc - 1]));

	if (html && (span == -1 || opt.table))
		return (fu_opt_usage(&opt, opt.table ? "one of --html and -t" :
		    "--html shows a plan: --plan 45d --html"));
	printer.plan = span != -1;
	/* Who looks at a table does not send what is in it. */
	opt.dry = opt.dry || opt.table;
	fu_grid_init(&printer.grid, columns,
	    sizeof(columns) / sizeof(*columns));
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | (printer.plan ? FU_S_READ : FU_S_WRITE), &err);
	if (rc == 0 && html)
		printer.calendar = fu_calendar_new(fu_zone_day(
		    session.config.company.zone, fu_session_now(&session)),
		    (int32_t)((span + FU_DAY - 1) / FU_DAY) + 1);
	if (rc == 0 && optind < argc)
		rc = fu_session_find(&session, argv[optind], &person, &err);
	if (rc == 0 && (run.cadencer = fu_cadencer_open(&session,
	    &err)) == NULL)
		rc = -1;
	if (rc == 0)
		rc = printer.plan ? fu_due_plan(&run, span, person, &err) :
		    fu_due_claim(&run, &err);
	fu_grid_end(&printer.grid, &printer.out);
	fu_grid_free(&printer.grid);
	if (rc == 0 && html)
		fu_calendar_page(printer.calendar, &printer.out);
	fu_calendar_free(printer.calendar);
	if (rc == 0)
		rc = fu_sink_write(&session.sink, &printer.out, &err);
	if (rc == 0 && run.undecided > 0)
		fu_note(&opt, "%zu stopped: they wrote what may be a stop, and "
		    "nobody decided within 24 hours (TC-03)", run.undecided);
	if (rc == 0 && !run.explain && !printer.plan)
		say_held(&opt, &run);
	if (rc == 0 && printer.plan && printer.n == 0)
		fu_note(&opt, "nothing is planned in that time: %s", person != 0 ?
		    "they are in no cadence, or it has come to its end" :
		    "nobody is in a cadence that has anything left to do");
	fu_cadencer_close(run.cadencer);
	fu_buf_free(&printer.out);
	return (fu_session_close(&session, rc, &err));
}
