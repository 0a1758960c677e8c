/*
 * fu-stats: prints measures.  --compliance is the duties of the law, each with
 * how it stands; --held is what does not leave, and why.  Reads the database and
 * fu.yaml, changes nothing.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flow/compliance.h"
#include "flow/held.h"
#include "record/grid.h"

static const char help[] =
"usage: fu-stats --compliance [-qt] [--json] [--since SPAN] [--within SPAN]\n"
"                [-d DB] [-c FILE] [--at TIME]\n"
"       fu-stats --held [-qt] [--json] [-d DB] [--at TIME]\n"
"\n"
"Print every duty with how it stands: opt-outs with when they came, were due\n"
"and were done; people to be told where we have their data from; consents and\n"
"assessments that end; processors; what comes back of what is sent; hand-offs\n"
"that did not arrive; the ledger; who is kept too long.  Or --held: how many\n"
"touches are held although their time has come, by reason, step, industry.\n"
"\n"
"  -t, --table       text for people; so it is on a terminal, too\n"
"      --json        records, on a terminal too\n"
"      --since SPAN  opt-outs received so long ago at most (365d)\n"
"      --within SPAN also what is due in so long (30d)\n"
"      --at TIME     believe that it is TIME\n"
"  -d, --db FILE     the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q                say less\n"
"  -h, --help; -V, --version\n"
"\n"
"--compliance ends with 1 when something is overdue, missing or broken.\n";

enum { OPT_JSON = 256, OPT_COMPLIANCE, OPT_HELD, OPT_SINCE, OPT_WITHIN };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "json", no_argument, NULL, OPT_JSON },
	{ "compliance", no_argument, NULL, OPT_COMPLIANCE },
	{ "held", no_argument, NULL, OPT_HELD },
	{ "since", required_argument, NULL, OPT_SINCE },
	{ "within", required_argument, NULL, OPT_WITHIN },
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

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct printer		 p = { .session = &session };
	struct fu_compliance	 asked = { .since_us = 365 * FU_DAY,
		.within_us = 30 * FU_DAY, .emit = emit, .ctx = &p };
	bool			 json = false, compliance = false, held = false;
	bool			 table;
	int			 c, rc;

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
		json = json || c == OPT_JSON;
		compliance = compliance || c == OPT_COMPLIANCE;
		held = held || c == OPT_HELD;
		if (c == OPT_SINCE && fu_duration_parse(fu_str_of(optarg),
		    &asked.since_us, &err) == -1)
			return (fu_opt_usage(&opt, "--since %s", err.msg));
		if (c == OPT_WITHIN && fu_duration_parse(fu_str_of(optarg),
		    &asked.within_us, &err) == -1)
			return (fu_opt_usage(&opt, "--within %s", err.msg));
	}
	if (compliance == held)
		return (fu_opt_usage(&opt, "one of --compliance and --held"));
	if (optind < argc)
		return (fu_opt_usage(&opt, "%s takes no operand: \"%s\"", held ?
		    "--held" : "--compliance", argv[optind]));
	if (json && opt.table)
		return (fu_opt_usage(&opt, "one of --json and -t"));
	table = opt.table || (!json && isatty(STDOUT_FILENO) == 1);
	if (held)
		return (run_held(&opt, table));
	p.write = table ? write_line : write_record;

	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
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
