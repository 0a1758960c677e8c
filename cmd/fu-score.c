/*
 * fu-score: scores the people named on its input (or with -a everybody, with
 * --changed those of whom something is new) and adds "score", "band",
 * "factors" and "previous_score".
 */
#include <string.h>
#include <unistd.h>

#include "flow/score.h"

static const char help[] =
"usage: fu-score [-anqv] [--changed] [-d DB] [-c FILE] [--at TIME] [PERSON ...]\n"
"\n"
"Read records with \"prospect\", score each person once a batch, and add score,\n"
"band and the factors that add up to it.\n"
"\n"
"  -a, --all       a source: everybody, in order of id\n"
"  --changed       a source: those of whom something is new to any job\n"
"  -n, --dry-run   score and print, change nothing\n"
"  -r, --rejects FILE  write rejected records there\n"
"  --at TIME       believe that it is TIME\n"
"  -d, --db FILE   the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -t, --table     a table for people (with -a, --changed or PERSON)\n"
"  -q, -v          say less, say more\n"
"\n"
"fu-score(1) has examples, fu-scoring(5) describes the scorecard.\n";

enum { OPT_CHANGED = 256 };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "all", no_argument, NULL, 'a' },
	{ "changed", no_argument, NULL, OPT_CHANGED },
	{ NULL, 0, NULL, 0 }
};

struct run {
	struct fu_session	*session;
	struct fu_scoring	*scoring;
	struct fu_buf		 out;
};

static void
put_score(struct fu_rec *rec, const struct fu_scored *scored,
    struct fu_arena *arena)
{
	struct fu_buf	 buf;

	fu_rec_set_int(rec, "score", scored->score.score);
	fu_rec_set_str(rec, "band", scored->score.band);
	fu_buf_init(&buf);
	fu_factors_json(&scored->score, &buf);
	fu_rec_set_raw(rec, "factors", fu_str_of(fu_dup_buf(arena, &buf)));
	fu_buf_free(&buf);
	if (scored->previous >= 0)
		fu_rec_set_int(rec, "previous_score", scored->previous);
}

/* "  82  hot      ann@x.example  vp 15, pricing_visits 20, ..." */
static void
write_table(struct run *run, const struct fu_scored *scored)
{
	fu_buf_printf(&run->out, "%4d  %-8s %-34s", scored->score.score,
	    scored->score.band, scored->email == NULL ? "-" : scored->email);
	for (size_t i = 0; i < scored->score.nfactor; i++)
		fu_buf_printf(&run->out, "%s %s %+d", i == 0 ? "" : ",",
		    scored->score.factor[i].name,
		    scored->score.factor[i].points);
	fu_buf_putc(&run->out, '\n');
}

static int
emit(void *ctx, const struct fu_scored *scored, struct fu_err *err)
{
	struct run	*run = ctx;
	struct fu_arena	 arena;
	struct fu_rec	 rec;

	if (run->session->opt->table)
		write_table(run, scored);
	else {
		fu_arena_init(&arena);
		fu_rec_new(&rec, &arena);
		fu_rec_set_str(&rec, "type", "prospect");
		fu_rec_set_int(&rec, "prospect", scored->prospect);
		if (scored->email != NULL)
			fu_rec_set_str(&rec, "email", scored->email);
		put_score(&rec, scored, &arena);
		fu_rec_write(&rec, &run->out);
		fu_arena_free(&arena);
	}
	run->session->sink.read++;
	if (run->out.len < 64 * 1024)
		return (0);
	return (fu_sink_write(&run->session->sink, &run->out, err));
}

static int
begin(void *ctx, struct fu_err *err)
{
	return (fu_session_begin(((struct run *)ctx)->session, err));
}

static int
commit(void *ctx, struct fu_err *err)
{
	return (fu_session_commit(((struct run *)ctx)->session, err));
}

static void
rollback(void *ctx)
{
	fu_session_rollback(((struct run *)ctx)->session);
}

static int
work(void *ctx, struct fu_batch *batch, struct fu_err *err)
{
	struct run		*run = ctx;
	struct fu_scored	*scored;
	int64_t			*seen, id;
	size_t			 nseen = 0, k;
	int			 rc;

	/* Each distinct person once a batch. */
	scored = fu_alloc_array(&batch->arena, batch->n + 1, sizeof(*scored));
	seen = fu_alloc_array(&batch->arena, batch->n + 1, sizeof(*seen));
	for (size_t i = 0; i < batch->n; i++) {
		struct fu_item	*item = &batch->item[i];

		if (item->rejected ||
		    !fu_rec_int(&item->rec, "prospect", &id) || id <= 0)
			continue;
		for (k = nseen; k > 0 && seen[k - 1] != id; k--)
			continue;
		if (k == 0) {
			rc = fu_score_look(run->scoring, id, &batch->arena,
			    &scored[nseen], err);
			if (rc == -1)
				return (-1);
			if (rc == 0) {
				fu_item_reject(batch, item, "no_prospect",
				    "no prospect %lld in the database",
				    (long long)id);
				continue;
			}
			k = ++nseen;
			seen[k - 1] = id;
		}
		put_score(&item->rec, &scored[k - 1], &batch->arena);
	}
	return (0);
}

/* PERSON operands: score and print each. */
static int
operands(struct run *run, char **argv, int n, struct fu_err *err)
{
	struct fu_session	*s = run->session;
	struct fu_scored	 scored;
	struct fu_arena		 arena;
	int64_t			 id;
	int			 rc = 0;

	fu_arena_init(&arena);
	for (int i = 0; i < n && rc == 0; i++) {
		if (fu_session_find(s, argv[i], &id, err) == -1) {
			if (err->class != FU_NOTFOUND) {
				rc = -1;
				break;
			}
			fu_reject(&s->sink, "operand", (uint64_t)i + 1,
			    "no_prospect", fu_str_of(argv[i]), "%s", err->msg);
			continue;
		}
		if ((rc = fu_session_begin(s, err)) == -1)
			break;
		rc = fu_score_look(run->scoring, id, &arena, &scored, err);
		if (rc == -1)
			fu_session_rollback(s);
		else if ((rc = fu_session_commit(s, err)) == 0)
			rc = emit(run, &scored, err);
	}
	fu_arena_free(&arena);
	return (rc);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct run		 run = { .session = &session };
	struct fu_filter	 filter = { .ctx = &run, .begin = begin,
		.work = work, .commit = commit, .rollback = rollback };
	bool			 all = false, changed = false;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-score", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "a", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		all = all || c == 'a';
		changed = changed || c == OPT_CHANGED;
	}
	if (all + changed + (optind < argc) > 1)
		return (fu_opt_usage(&opt,
		    "one of -a, --changed and PERSON operands"));

	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | FU_S_WRITE, &err);
	if (rc == 0 && (run.scoring = fu_scoring_open(&session, &err)) == NULL)
		rc = -1;
	if (rc == 0 && optind < argc)
		rc = operands(&run, argv + optind, argc - optind, &err);
	else if (rc == 0 && all)
		rc = fu_score_all(run.scoring, emit, &run, &err);
	else if (rc == 0 && changed)
		rc = fu_score_changed(run.scoring, emit, &run, &err);
	else if (rc == 0)
		rc = fu_filter_run(&filter, STDIN_FILENO, "stdin",
		    &session.sink, &err);
	if (rc == 0)
		rc = fu_sink_write(&session.sink, &run.out, &err);
	fu_scoring_close(run.scoring);
	fu_buf_free(&run.out);
	return (fu_session_close(&session, rc, &err));
}
