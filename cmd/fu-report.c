/*
 * fu-report: what fu-stats measures, as one page of HTML that needs nothing but
 * itself.  Reads the database and fu.yaml, changes nothing.
 */
#include "base/save.h"
#include "flow/measures.h"
#include "report/html.h"
#include "report/page.h"

static const char help[] =
"usage: fu-report [-q] [-o FILE] [--names] [--since WHEN] [--until WHEN]\n"
"                 [--where CONDITION] [--window SPAN]\n"
"\n"
"Print the measures of fu-stats as a page: charts, each with its table and what\n"
"its figures mean.  No script, nothing fetched; nobody's name is in it.\n"
"\n"
"  -o, --output FILE  write it there, aside first, and nothing on standard\n"
"                     output\n"
"      --names        senders, and questions in the words they were asked in\n"
"      --since WHEN   a date, a time, or a span before now (90d)\n"
"      --until WHEN   the same; what began before then\n"
"      --where COND   of those people only, a condition as of fu-list\n"
"      --window SPAN  how long an answer may take to count (30d)\n"
"      --at TIME, -d, --db FILE, -c, --config FILE, -q, -h, --help,\n"
"  -V, --version      as everywhere\n"
"\n"
"fu-stats(1) defines each measure.\n";

enum { OPT_NAMES = 256, OPT_SINCE, OPT_UNTIL, OPT_WHERE, OPT_WINDOW };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "output", required_argument, NULL, 'o' },
	{ "names", no_argument, NULL, OPT_NAMES },
	{ "since", required_argument, NULL, OPT_SINCE },
	{ "until", required_argument, NULL, OPT_UNTIL },
	{ "where", required_argument, NULL, OPT_WHERE },
	{ "window", required_argument, NULL, OPT_WINDOW },
	{ NULL, 0, NULL, 0 }
};

/* One of ours; -1 with the fault in ${err}. */
static int
take(struct fu_measuring *m, int c, const char *text, int64_t now,
    struct fu_err *err)
{
	if (c == OPT_SINCE)
		return (fu_measures_time(text, now, &m->since_us, err));
	if (c == OPT_UNTIL)
		return (fu_measures_time(text, now, &m->until_us, err));
	if (c == OPT_WINDOW)
		return (fu_duration_parse(fu_str_of(text), &m->window_us,
		    err));
	if (c == OPT_WHERE)
		m->where = text;
	return (0);
}

static int
report(struct fu_session *session, const struct fu_measuring *m, bool names,
    const char *path, struct fu_err *err)
{
	struct fu_page		 page = { .now_us = fu_session_now(session),
		.since_us = m->since_us, .until_us = m->until_us,
		.window_us = m->window_us, .where = m->where, .names = names,
		.zone = session->config.company.zone };
	struct fu_figure	*figure = NULL;
	struct fu_buf		 out;
	int			 rc;

	fu_buf_init(&out);
	rc = fu_measures_run(session, m, &session->arena, &figure, &page.n,
	    err);
	page.figure = figure;
	if (rc == 0)
		fu_report_page(&page, &out);
	if (rc == 0)
		rc = path != NULL ? fu_save(path, fu_buf_view(&out), err) :
		    fu_sink_write(&session->sink, &out, err);
	fu_buf_free(&out);
	return (rc);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct fu_measuring	 m = { .since_us = FU_NEVER,
		.until_us = INT64_MAX, .window_us = FU_MEASURE_WINDOW_US };
	const char		*path = NULL;
	bool			 names = false;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-report", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "o:", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1 || take(&m, c, optarg, fu_clock_now(&opt.clock),
		    &err) == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		path = c == 'o' ? optarg : path;
		names = names || c == OPT_NAMES;
	}
	if (optind < argc)
		return (fu_opt_usage(&opt, "it takes no operand: \"%s\"",
		    argv[optind]));
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_READ, &err);
	if (rc == 0)
		rc = report(&session, &m, names, path, &err);
	return (fu_session_close(&session, rc, &err));
}
