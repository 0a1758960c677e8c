/*
 * fu-stats: prints what is measured.  --compliance is the duties of the law,
 * each with how it stands; --held is what does not leave, and why.  Reads the
 * database and fu.yaml, changes nothing.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "config/nearest.h"
#include "flow/compliance.h"
#include "flow/held.h"
#include "flow/measures.h"
#include "record/grid.h"
#include "report/figures.h"

static const char help[] =
"usage: fu-stats [-qt] [--json] [--by LIST] [--since WHEN] [--until WHEN]\n"
"                [--where CONDITION] [--window SPAN] [STAT ...]\n"
"       fu-stats --compliance [-qt] [--json] [--since SPAN] [--within SPAN]\n"
"       fu-stats --held [-qt] [--json]\n"
"\n"
"Print what is measured, or the STATs named; or each duty of the law with how\n"
"it stands; or what is held although its time has come.\n"
"\n"
"      --by LIST     told apart by these: --by channel,cadence\n"
"      --since WHEN  a date, a time, or a span before now (90d)\n"
"      --until WHEN  the same; what began before then\n"
"      --where COND  of those people only, a condition as of fu-list\n"
"      --window SPAN how long an answer may take to count (30d)\n"
"      --within SPAN duties: also what is due in so long (30d)\n"
"  -t, --table       text for people; so it is on a terminal, too\n"
"      --json        records, on a terminal too\n"
"      --at TIME, -d, --db FILE, -c, --config FILE, -q, -h, --help,\n"
"  -V, --version     as everywhere\n"
"\n"
"--compliance ends with 1 when something is overdue, missing or broken.\n";

enum { OPT_JSON = 256, OPT_COMPLIANCE, OPT_HELD, OPT_SINCE, OPT_WITHIN,
    OPT_BY, OPT_UNTIL, OPT_WHERE, OPT_WINDOW };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "json", no_argument, NULL, OPT_JSON },
	{ "compliance", no_argument, NULL, OPT_COMPLIANCE },
	{ "held", no_argument, NULL, OPT_HELD },
	{ "since", required_argument, NULL, OPT_SINCE },
	{ "within", required_argument, NULL, OPT_WITHIN },
	{ "by", required_argument, NULL, OPT_BY },
	{ "until", required_argument, NULL, OPT_UNTIL },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "window", required_argument, NULL, OPT_WINDOW },
	{ NULL, 0, NULL, 0 }
};

struct printer {
	struct fu_session	*session;
	size_t			 n, bad, soon;
	struct fu_buf		 out;
	void			(*write)(struct printer *,
				    const struct fu_finding *);
};

static void
put_text(struct fu_jw *jw, const char *name, const char *text)
{
	if (text != NULL)
		fu_jw_str(jw, name, text);
}

static void
put_time(struct fu_jw *jw, const char *name, int64_t us)
{
	if (us != FU_NEVER)
		fu_jw_time(jw, name, us);
}

static double
rate(int64_t n, int64_t of)
{
	return (of == 0 ? 0 : (double)n / (double)of);
}

static void
write_record(struct printer *p, const struct fu_finding *f)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, &p->out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "compliance");
	fu_jw_str(&jw, "item", fu_duty_names[f->duty]);
	fu_jw_bool(&jw, "ok", f->ok);
	put_text(&jw, "reason", f->reason);
	put_text(&jw, "rule", f->rule);
	if (f->ledger != 0)
		fu_jw_int(&jw, "ledger", f->ledger);
	if (f->prospect != 0)
		fu_jw_int(&jw, "prospect", f->prospect);
	put_text(&jw, "email", f->email);
	put_text(&jw, "channel", f->channel);
	put_text(&jw, "assessment", f->assessment);
	put_text(&jw, "processor", f->processor);
	put_text(&jw, "domain", f->domain);
	put_time(&jw, "received", f->received_us);
	put_time(&jw, "since", f->since_us);
	put_text(&jw, "due", f->due);
	put_time(&jw, "done", f->done_us);
	if (f->level != NULL) {
		fu_jw_int(&jw, "sent", f->sent);
		fu_jw_int(&jw, "hard_bounces", f->hard_bounces);
		fu_jw_real(&jw, "hard_bounce_rate", rate(f->hard_bounces,
		    f->sent));
		fu_jw_int(&jw, "complaints", f->complaints);
		fu_jw_real(&jw, "complaint_rate", rate(f->complaints,
		    f->sent));
		fu_jw_str(&jw, "level", f->level);
	}
	if (f->via != NULL) {
		fu_jw_str(&jw, "via", f->via);
		fu_jw_int(&jw, "count", f->count);
		put_text(&jw, "detail", f->detail);
	}
	if (f->head != NULL) {
		fu_jw_int(&jw, "entries", f->entries);
		fu_jw_str(&jw, "head", f->head);
	}
	if (f->class != NULL) {
		fu_jw_str(&jw, "class", f->class);
		fu_jw_int(&jw, "people", f->people);
	}
	fu_jw_str(&jw, "text", f->text);
	fu_jw_object_end(&jw);
	fu_buf_putc(&p->out, '\n');
}

/* "LOOK  notice      2026-12-05  ann@x.example ...  [GD-05]" */
static void
write_line(struct printer *p, const struct fu_finding *f)
{
	size_t	 from;

	fu_buf_printf(&p->out, "%-4s  %-10s  %-10s  ", f->soon ? "soon" :
	    f->ok ? "ok" : "LOOK", fu_duty_names[f->duty],
	    f->due != NULL ? f->due : "");
	from = p->out.len;
	fu_buf_puts(&p->out, f->text);
	fu_printable(p->out.ptr + from);
	fu_buf_printf(&p->out, "  [%s]\n", f->rule);
}

static int
emit(void *ctx, const struct fu_finding *f, struct fu_err *err)
{
	struct printer	*p = ctx;

	p->write(p, f);
	p->n++;
	p->bad += !f->ok;
	p->soon += f->soon;
	if (p->out.len < 64 * 1024)
		return (0);
	return (fu_sink_write(&p->session->sink, &p->out, err));
}

static void
close_with(const struct printer *p)
{
	char	 soon[64] = "";

	if (p->soon > 0)
		snprintf(soon, sizeof(soon), "; %zu %s due soon", p->soon,
		    p->soon == 1 ? "is" : "are");
	if (p->bad == 0)
		fu_note(p->session->opt, "none of %zu needs a look%s", p->n,
		    soon);
	else
		fu_note(p->session->opt, "%zu of %zu need%s a look%s", p->bad,
		    p->n, p->bad == 1 ? "s" : "", soon);
}

static void
write_held(struct fu_buf *out, const struct fu_touch_held *h)
{
	struct fu_jw	 jw;

	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "stat");
	fu_jw_str(&jw, "stat", "held");
	fu_jw_object(&jw, "by");
	fu_jw_str(&jw, "reason", h->reason);
	fu_jw_str(&jw, "cadence", h->cadence);
	fu_jw_str(&jw, "step", h->step);
	fu_jw_str(&jw, "channel", h->channel);
	put_text(&jw, "industry", h->industry);
	fu_jw_object_end(&jw);
	fu_jw_int(&jw, "n", h->n);
	fu_jw_time(&jw, "since", h->since_us);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
}

static void
write_held_table(const struct fu_session *session, struct fu_buf *out,
    const struct fu_touch_held *held, size_t n)
{
	static const struct fu_grid_column	 columns[] = { { "held", 0 },
		{ "reason", 0 }, { "cadence", 20 }, { "step", 28 },
		{ "channel", 0 }, { "industry", 28 }, { "since", 0 } };
	struct fu_grid	 grid;
	char		 text[FU_TIME_LEN];

	fu_grid_init(&grid, columns, sizeof(columns) / sizeof(*columns));
	for (size_t i = 0; i < n; i++) {
		fu_grid_int(&grid, held[i].n);
		fu_grid_text(&grid, held[i].reason);
		fu_grid_text(&grid, held[i].cadence);
		fu_grid_text(&grid, held[i].step);
		fu_grid_text(&grid, held[i].channel);
		fu_grid_text(&grid, held[i].industry);
		fu_time_print_offset(held[i].since_us, fu_zone_offset(
		    session->config.company.zone, held[i].since_us), text);
		text[10] = '\0';
		fu_grid_text(&grid, text);
		fu_grid_row(&grid, out);
	}
	fu_grid_end(&grid, out);
	fu_grid_free(&grid);
}

/* --held, from its session on. */
static int
run_held(const struct fu_opt *opt, bool table)
{
	struct fu_session	 session;
	struct fu_touch_held	*held;
	struct fu_buf		 out;
	struct fu_err		 err;
	size_t			 n = 0;
	int64_t			 all = 0;
	int			 rc;

	fu_buf_init(&out);
	rc = fu_session_open(&session, opt, FU_S_CONFIG | FU_S_READ, &err);
	if (rc == 0)
		rc = fu_held_run(&session, &session.arena, &held, &n, &err);
	if (rc == 0 && table)
		write_held_table(&session, &out, held, n);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		all += held[i].n;
		if (!table)
			write_held(&out, &held[i]);
	}
	if (rc == 0)
		rc = fu_sink_write(&session.sink, &out, &err);
	if (rc == 0 && !session.sink.lost)
		fu_note(opt, "%lld %s held%s", (long long)all, all == 1 ?
		    "touch is" : "touches are", all == 0 ? "" :
		    ": fu-due -x names each, fu-why PERSON says why");
	fu_buf_free(&out);
	return (fu_session_close(&session, rc, &err));
}

/* Options as given; what they mean depends on the mode. */
struct asked {
	const char	*since, *until, *within, *by, *where, *window;
	bool		 json, compliance, held, table;
};

static int
run_compliance(const struct fu_opt *opt, const struct asked *a)
{
	struct fu_session	 session;
	struct fu_err		 err;
	struct printer		 p = { .session = &session,
		.write = a->table ? write_line : write_record };
	struct fu_compliance	 asked = { .since_us = 365 * FU_DAY,
		.within_us = 30 * FU_DAY, .emit = emit, .ctx = &p };
	int			 rc;

	if (a->since != NULL && fu_duration_parse(fu_str_of(a->since),
	    &asked.since_us, &err) == -1)
		return (fu_opt_usage(opt, "--since %s", err.msg));
	if (a->within != NULL && fu_duration_parse(fu_str_of(a->within),
	    &asked.within_us, &err) == -1)
		return (fu_opt_usage(opt, "--within %s", err.msg));
	rc = fu_session_open(&session, opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_READ, &err);
	if (rc == 0)
		rc = fu_compliance_run(&session, &asked, &err);
	if (rc == 0)
		rc = fu_sink_write(&session.sink, &p.out, &err);
	if (rc == 0 && !session.sink.lost)
		close_with(&p);
	if (rc == 0 && p.bad > 0)
		rc = FU_NOTFOUND;
	session.sink.written = p.n;
	fu_buf_free(&p.out);
	return (fu_session_close(&session, rc, &err));
}

/* Only what was named; all where nothing was. */
static size_t
choose(struct fu_figure *figure, size_t n, char **name, int nname)
{
	size_t	 kept = 0;

	for (size_t i = 0; i < n; i++) {
		int	 k = 0;

		while (k < nname && fu_measure_find(name[k]) !=
		    (int)figure[i].measure)
			k++;
		if (nname == 0 || k < nname)
			figure[kept++] = figure[i];
	}
	return (kept);
}

static int
print_measures(struct fu_session *session, const struct fu_measuring *m,
    bool table, char **name, int nname, struct fu_err *err)
{
	struct fu_figure	*figure = NULL;
	struct fu_buf		 out;
	size_t			 n = 0;
	int			 rc;

	fu_buf_init(&out);
	rc = fu_measures_run(session, m, &session->arena, &figure, &n, err);
	if (rc == 0)
		n = choose(figure, n, name, nname);
	if (rc == 0 && table)
		fu_figures_table(figure, n, isatty(STDOUT_FILENO) == 1 &&
		    fu_env("NO_COLOR") == NULL, &out);
	for (size_t i = 0; rc == 0 && !table && i < n; i++)
		fu_figure_record(&figure[i], &out);
	if (rc == 0)
		rc = fu_sink_write(&session->sink, &out, err);
	session->sink.written = n;
	if (rc == 0 && n == 0)
		fu_note(session->opt, "there is nothing to measure yet");
	fu_buf_free(&out);
	return (rc);
}

static int
unknown(const struct fu_opt *opt, const char *name)
{
	struct fu_nearest	 nearest;

	fu_nearest_start(&nearest, name);
	for (int i = 0; i < FU_M_ENROLLED; i++)
		fu_nearest_try(&nearest, fu_measure_defs[i].name);
	return (fu_opt_usage(opt, nearest.word == NULL ? "nothing is measured "
	    "as \"%s\": fu-stats(1) has the list" : "nothing is measured as "
	    "\"%s\"; did you mean \"%s\"?", name, nearest.word));
}

static int
run_measures(const struct fu_opt *opt, const struct asked *a, char **name,
    int nname)
{
	struct fu_measuring	 m = { .since_us = FU_NEVER,
		.until_us = INT64_MAX, .window_us = FU_MEASURE_WINDOW_US,
		.where = a->where };
	struct fu_session	 session;
	struct fu_err		 err;
	int64_t			 now = fu_clock_now(&opt->clock);
	int			 rc;

	for (int i = 0; i < nname; i++)
		if (fu_measure_find(name[i]) == -1)
			return (unknown(opt, name[i]));
	if (a->since != NULL && fu_measures_time(a->since, now, &m.since_us,
	    &err) == -1)
		return (fu_opt_usage(opt, "--since %s", err.msg));
	if (a->until != NULL && fu_measures_time(a->until, now, &m.until_us,
	    &err) == -1)
		return (fu_opt_usage(opt, "--until %s", err.msg));
	if (a->window != NULL && fu_duration_parse(fu_str_of(a->window),
	    &m.window_us, &err) == -1)
		return (fu_opt_usage(opt, "--window %s", err.msg));
	if (a->by != NULL && fu_measures_by(a->by, &m, &err) == -1)
		return (fu_opt_usage(opt, "%s", err.msg));
	rc = fu_session_open(&session, opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_READ, &err);
	if (rc == 0)
		rc = print_measures(&session, &m, a->table, name, nname,
		    &err);
	return (fu_session_close(&session, rc, &err));
}

/* What an option is for depends on what is asked: the rest is a mistake. */
static const char *
misplaced(const struct asked *a)
{
	bool	 measures = !a->compliance && !a->held;

	if (!measures && (a->by != NULL || a->where != NULL ||
	    a->until != NULL || a->window != NULL))
		return ("--by, --where, --until and --window are of measures");
	if (a->held && (a->since != NULL || a->within != NULL))
		return ("--held tells of now");
	if (measures && a->within != NULL)
		return ("--within is of --compliance");
	return (NULL);
}

int
main(int argc, char **argv)
{
	struct fu_opt	 opt;
	struct fu_err	 err;
	struct asked	 a = { 0 };
	int		 c, rc;

	if (fu_opt_init(&opt, "fu-stats", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts, NULL)) !=
	    -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		a.json = a.json || c == OPT_JSON;
		a.compliance = a.compliance || c == OPT_COMPLIANCE;
		a.held = a.held || c == OPT_HELD;
		a.since = c == OPT_SINCE ? optarg : a.since;
		a.until = c == OPT_UNTIL ? optarg : a.until;
		a.within = c == OPT_WITHIN ? optarg : a.within;
		a.by = c == OPT_BY ? optarg : a.by;
		a.where = c == OPT_WHERE ? optarg : a.where;
		a.window = c == OPT_WINDOW ? optarg : a.window;
	}
	if (a.compliance && a.held)
		return (fu_opt_usage(&opt, "one of --compliance and --held"));
	if (misplaced(&a) != NULL)
		return (fu_opt_usage(&opt, "%s", misplaced(&a)));
	if (optind < argc && (a.compliance || a.held))
		return (fu_opt_usage(&opt, "%s takes no operand: \"%s\"",
		    a.held ? "--held" : "--compliance", argv[optind]));
	if (a.json && opt.table)
		return (fu_opt_usage(&opt, "one of --json and -t"));
	a.table = opt.table || (!a.json && isatty(STDOUT_FILENO) == 1);
	if (a.held)
		return (run_held(&opt, a.table));
	if (a.compliance)
		return (run_compliance(&opt, &a));
	return (run_measures(&opt, &a, argv + optind, argc - optind));
}
