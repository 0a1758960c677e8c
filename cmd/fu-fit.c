/*
 * fu-fit: learns a scorecard from what became of people and writes it as YAML;
 * with --evaluate it measures one.  Reads the database, changes nothing.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/save.h"
#include "flow/fit.h"
#include "record/grid.h"
#include "record/json.h"

static const char help[] =
"usage: fu-fit [-nqv] [--outcome CONDITION] [--facts LIST] [--without LIST]\n"
"              [--since TIME] [--until TIME] [-o FILE] [-c FILE] [-d DB]\n"
"       fu-fit --evaluate CARD [-qtv] [--outcome CONDITION] ...\n"
"\n"
"Learn who wins from who has won: a scoring.yaml to read and edit, measured on\n"
"a fifth of the people, whom nothing was learned from.  50 of either outcome\n"
"are needed.\n"
"\n"
"  --outcome CONDITION  what is to be told; else deals won, of won or lost\n"
"  --facts LIST     learn from these alone: facts, custom columns, kinds of\n"
"                   events; * stands for any text\n"
"  --without LIST   not from these: what is filled in afterwards\n"
"  --since TIME, --until TIME  people first enrolled in that span\n"
"  -o, --output FILE  write there, aside and renamed\n"
"  --evaluate CARD  measure that scorecard; -t, --table: text for people\n"
"  --at TIME        believe that it is TIME\n"
"  -c, --config FILE, -d, --db FILE, -n, --dry-run, -q, -v\n"
"  -h, --help       this text; -V, --version: which fu this is\n"
"\n"
"fu-fit(1) says how; fu-scoring(5) describes the scorecard.\n";

enum { OPT_OUTCOME = 256, OPT_FACTS, OPT_WITHOUT, OPT_EVALUATE, OPT_SINCE,
	OPT_UNTIL };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "outcome", required_argument, NULL, OPT_OUTCOME },
	{ "facts", required_argument, NULL, OPT_FACTS },
	{ "without", required_argument, NULL, OPT_WITHOUT },
	{ "evaluate", required_argument, NULL, OPT_EVALUATE },
	{ "since", required_argument, NULL, OPT_SINCE },
	{ "until", required_argument, NULL, OPT_UNTIL },
	{ "output", required_argument, NULL, 'o' },
	{ NULL, 0, NULL, 0 }
};

#define RANGE	10	/* of scores, in the calibration */

/* The people whose score is from ${from} on, in one range. */
static void
range_of(const struct fu_fit_tally *t, int from, int *to, int64_t *n,
    int64_t *won)
{
	*to = from + RANGE == FU_FIT_SCORES - 1 ? FU_FIT_SCORES - 1 :
	    from + RANGE - 1;
	*n = *won = 0;
	for (int s = from; s <= *to; s++) {
		*n += t->won[s] + t->not[s];
		*won += t->won[s];
	}
}

static double
rounded(double x)
{
	return (round(x * 10000) / 10000);
}

static void
put_real(struct fu_jw *jw, const char *name, double x)
{
	if (isnan(x))
		fu_jw_null(jw, name);
	else
		fu_jw_real(jw, name, rounded(x));
}

static void
write_record(struct fu_buf *out, const char *card,
    const struct fu_fit_tally *t, const struct fu_fit_counts *counts)
{
	struct fu_fit_measure	 m;
	struct fu_jw		 jw;
	int64_t			 n, won;
	int			 to;

	fu_fit_measure(t, &m);
	fu_jw_init(&jw, out);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "type", "fit");
	fu_jw_str(&jw, "card", card);
	fu_jw_int(&jw, "n", m.n);
	fu_jw_int(&jw, "positives", m.won);
	fu_jw_int(&jw, "open", counts->open);
	fu_jw_int(&jw, "objected", counts->objected);
	put_real(&jw, "auc", m.auc);
	put_real(&jw, "auc_low", m.auc_low);
	put_real(&jw, "auc_high", m.auc_high);
	put_real(&jw, "brier", m.brier);
	fu_jw_array(&jw, "calibration");
	for (int from = 0; from < FU_FIT_SCORES - 1; from += RANGE) {
		range_of(t, from, &to, &n, &won);
		if (n == 0)
			continue;
		fu_jw_object(&jw, NULL);
		fu_jw_int(&jw, "from", from);
		fu_jw_int(&jw, "to", to);
		fu_jw_int(&jw, "n", n);
		fu_jw_int(&jw, "positives", won);
		put_real(&jw, "rate", (double)won / (double)n);
		fu_jw_object_end(&jw);
	}
	fu_jw_array_end(&jw);
	fu_jw_object_end(&jw);
	fu_buf_putc(out, '\n');
}

static void
write_table(struct fu_buf *out, const struct fu_opt *opt,
    const struct fu_fit_tally *t)
{
	static const struct fu_grid_column	 columns[] = {
		{ "score", 0 }, { "people", 0 }, { "won", 0 }, { "rate", 0 } };
	struct fu_fit_measure	 m;
	struct fu_grid		 grid;
	char			 text[32];
	int64_t			 n, won;
	int			 to;

	fu_grid_init(&grid, columns, sizeof(columns) / sizeof(*columns));
	for (int from = 0; from < FU_FIT_SCORES - 1; from += RANGE) {
		range_of(t, from, &to, &n, &won);
		if (n == 0)
			continue;
		snprintf(text, sizeof(text), "%d-%d", from, to);
		fu_grid_text(&grid, text);
		fu_grid_int(&grid, n);
		fu_grid_int(&grid, won);
		snprintf(text, sizeof(text), "%.0f%%",
		    100 * (double)won / (double)n);
		fu_grid_number(&grid, text);
		fu_grid_row(&grid, out);
	}
	fu_grid_end(&grid, out);
	fu_grid_free(&grid);
	fu_fit_measure(t, &m);
	if (!isnan(m.auc))
		fu_note(opt, "%lld people, of whom %lld won: AUC %.3f (%.3f to "
		    "%.3f), Brier %.3f", (long long)m.n, (long long)m.won,
		    m.auc, m.auc_low, m.auc_high, m.brier);
}

/* --evaluate, from an open session on. */
static int
evaluate(struct fu_session *s, const struct fu_fit_ask *ask, const char *card,
    struct fu_buf *out, struct fu_err *err)
{
	struct fu_fit_tally	 tally;
	struct fu_fit_counts	 counts;
	struct fu_faults	 faults;
	int			 rc;

	fu_faults_init(&faults);
	rc = fu_config_scorecard(&s->config, card, &faults, err);
	fu_session_faults(s->opt, &faults);
	fu_faults_free(&faults);
	if (rc == 0)
		rc = fu_fit_evaluate(s, ask, &s->config.scorecard, &tally,
		    &counts, err);
	if (rc == -1)
		return (-1);
	if (s->opt->table)
		write_table(out, s->opt, &tally);
	else
		write_record(out, card, &tally, &counts);
	if (counts.won + counts.not_won == 0)
		return (fu_err_set(err, FU_NOTFOUND, "there is no outcome of "
		    "anybody yet"));
	return (0);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct fu_fit_ask	 ask = { .since_us = FU_NEVER,
		.until_us = FU_NEVER };
	struct fu_buf		 out;
	const char		*card = NULL, *output = NULL;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-fit", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "o:", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		ask.outcome = c == OPT_OUTCOME ? optarg : ask.outcome;
		ask.facts = c == OPT_FACTS ? optarg : ask.facts;
		ask.without = c == OPT_WITHOUT ? optarg : ask.without;
		card = c == OPT_EVALUATE ? optarg : card;
		output = c == 'o' ? optarg : output;
		if ((c == OPT_SINCE || c == OPT_UNTIL) && fu_time_parse(
		    fu_str_of(optarg), c == OPT_SINCE ? &ask.since_us :
		    &ask.until_us, &err) == -1)
			return (fu_opt_usage(&opt, "%s: %s", c == OPT_SINCE ?
			    "--since" : "--until", err.msg));
	}
	if (optind < argc)
		return (fu_opt_usage(&opt, "no operands: \"%s\"",
		    argv[optind]));
	if (card != NULL && (output != NULL || ask.facts != NULL ||
	    ask.without != NULL))
		return (fu_opt_usage(&opt, "--evaluate learns nothing: no -o, "
		    "--facts or --without"));
	if (card == NULL && opt.table)
		return (fu_opt_usage(&opt, "-t is for --evaluate"));
	if (output != NULL && *output == '\0')
		return (fu_opt_usage(&opt, "-o: empty file name"));

	fu_buf_init(&out);
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_READ, &err);
	if (rc == 0)
		rc = card != NULL ? evaluate(&session, &ask, card, &out,
		    &err) : fu_fit_run(&session, &ask, &out, &err);
	if (rc == 0 && output != NULL && !opt.dry)
		rc = fu_save(output, fu_buf_view(&out), &err);
	else if (rc == 0)
		rc = fu_sink_write(&session.sink, &out, &err);
	fu_buf_free(&out);
	return (fu_session_close(&session, rc, &err));
}
