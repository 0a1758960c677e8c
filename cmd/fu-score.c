/*
 * fu-score: scores the people named on its input (or with -a everybody, with
 * --changed those of whom something is new) and adds "score", "band",
 * "factors" and "previous_score".
 */
#include <string.h>

#include "flow/people.h"
#include "flow/score.h"
#include "record/grid.h"

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
"  -h, --help      this text; -V, --version: which fu this is\n"
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
	struct fu_grid		 grid;
	struct fu_buf		 out;
};

static const struct fu_grid_column columns[] = {
	{ "prospect", 0 }, { "score", 0 }, { "band", 0 }, { "email", 36 },
	{ "factors", 0 }
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

/* "17  82  hot  ann@x.example  vp +15, pricing_visits +20, ..." */
static void
write_table(struct run *run, const struct fu_scored *scored)
{
	struct fu_buf	 factors;

	fu_buf_init(&factors);
	for (size_t i = 0; i < scored->score.nfactor; i++)
		fu_buf_printf(&factors, "%s%s %+d", i == 0 ? "" : ", ",
		    scored->score.factor[i].name,
		    scored->score.factor[i].points);
	fu_grid_int(&run->grid, scored->prospect);
	fu_grid_int(&run->grid, scored->score.score);
	fu_grid_text(&run->grid, scored->score.band);
	fu_grid_text(&run->grid, scored->email);
	fu_grid_text(&run->grid, fu_buf_view(&factors).ptr);
	fu_grid_row(&run->grid, &run->out);
	fu_buf_free(&factors);
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
look(void *ctx, int64_t id, struct fu_item *item, struct fu_arena *arena,
    void **result, struct fu_err *err)
{
	struct fu_scored	*scored = fu_alloc(arena, sizeof(*scored));

	(void)item;
	*result = scored;
	return (fu_score_look(((struct run *)ctx)->scoring, id, arena, scored,
	    err));
}

/* For people the operands' table stands in for the records. */
static void
put(void *ctx, struct fu_item *item, void *result, struct fu_arena *arena)
{
	struct run	*run = ctx;

	if (run->session->opt->table) {
		item->keep = false;
		write_table(run, result);
	} else
		put_score(&item->rec, result, arena);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct run		 run = { .session = &session };
	struct fu_people	 people = { .session = &session, .ctx = &run,
		.look = look, .put = put };
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

	fu_grid_init(&run.grid, columns, sizeof(columns) / sizeof(*columns));
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | (opt.dry ? FU_S_READ : FU_S_WRITE), &err);
	if (rc == 0 && (run.scoring = fu_scoring_open(&session, &err)) == NULL)
		rc = -1;
	if (rc == 0 && all)
		rc = fu_score_all(run.scoring, emit, &run, &err);
	else if (rc == 0 && changed)
		rc = fu_score_changed(run.scoring, emit, &run, &err);
	else if (rc == 0)
		rc = fu_people_run(&people, argv + optind, argc - optind,
		    &err);
	fu_grid_end(&run.grid, &run.out);
	fu_grid_free(&run.grid);
	if (rc >= 0 && fu_sink_write(&session.sink, &run.out, &err) == -1)
		rc = -1;
	fu_scoring_close(run.scoring);
	fu_buf_free(&run.out);
	return (fu_session_close(&session, rc, &err));
}
