/*
 * fu-handoff: looks at the people named on its input, fires the triggers that
 * are met and emits hand-offs; and a rep's verbs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "flow/handoff.h"
#include "flow/people.h"
#include "record/grid.h"

static const char help[] =
"usage: fu-handoff [-nqv] [--pass] [-d DB] [-c FILE] [--at TIME] [PERSON ...]\n"
"       fu-handoff --accept WHO | --decline WHO | --release WHO |\n"
"                  --pause PERSON | --done TOUCH [--by NAME]\n"
"       fu-handoff --open [--owner NAME] [-t]\n"
"\n"
"Read records with \"prospect\", look at each person once a batch, and emit\n"
"the hand-offs of those who should be with a person now, for fu-send.\n"
"\n"
"  --pass          pass the input through as well\n"
"  --accept WHO    you have it: automation waits until you release it\n"
"  --decline WHO   leave it to the cadence\n"
"  --release WHO   automation goes on\n"
"                  WHO: the number of a hand-off; or a person, by email,\n"
"                  phone, visitor, or prospect:N\n"
"  --pause PERSON  you have them, without a hand-off\n"
"  --done TOUCH    that task is done\n"
"  --by NAME       who you are (USER)\n"
"  --open          list open hand-offs; --owner NAME: of one; -t, --table\n"
"  -n, --dry-run   decide and print, change nothing\n"
"  -r, --rejects FILE  write rejected records there\n"
"  --at TIME       believe that it is TIME\n"
"  -d, --db FILE   the database; -c, --config FILE: fu.yaml\n"
"  -q, -v          say less, say more; -h, --help, -V, --version\n";

enum {
	OPT_PASS = 256, OPT_OPEN, OPT_OWNER, OPT_BY, OPT_ACCEPT, OPT_DECLINE,
	OPT_DONE, OPT_RELEASE, OPT_PAUSE
};

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "pass", no_argument, NULL, OPT_PASS },
	{ "open", no_argument, NULL, OPT_OPEN },
	{ "owner", required_argument, NULL, OPT_OWNER },
	{ "by", required_argument, NULL, OPT_BY },
	{ "accept", required_argument, NULL, OPT_ACCEPT },
	{ "decline", required_argument, NULL, OPT_DECLINE },
	{ "done", required_argument, NULL, OPT_DONE },
	{ "release", required_argument, NULL, OPT_RELEASE },
	{ "pause", required_argument, NULL, OPT_PAUSE },
	{ NULL, 0, NULL, 0 }
};

struct run {
	struct fu_session	*session;
	struct fu_handoffer	*handoffer;
	bool			 pass, open;
	const char		*owner, *by, *target;
	int			 verb;		/* an option, or 0 */
	struct fu_grid		 grid;
	struct fu_buf		 out;
};

/* Hand-offs go out before the record that names the person, if that does. */
static int
look(void *ctx, int64_t id, struct fu_item *item, struct fu_arena *arena,
    void **result, struct fu_err *err)
{
	(void)result;
	return (fu_handoff_look(((struct run *)ctx)->handoffer, id, arena,
	    &item->before, err));
}

static void
ready(void *ctx, int64_t id, struct fu_arena *arena)
{
	fu_handoff_ready(((struct run *)ctx)->handoffer, id, arena);
}

/* A number is a hand-off's or a touch's; anything else is a person. */
static bool
number(const char *text, int64_t *id)
{
	char	*end;

	*id = strtoll(text, &end, 10);
	return (*text != '\0' && *end == '\0' && *id > 0);
}

/* A person, by what names one everywhere, or by "prospect:17". */
static int
find_person(struct run *run, int64_t *prospect, struct fu_err *err)
{
	static const char *const prefix[] = { "prospect:", "person:" };
	const char	*who = run->target;
	int64_t		 id;

	for (size_t i = 0; i < sizeof(prefix) / sizeof(*prefix); i++)
		if (strncmp(who, prefix[i], strlen(prefix[i])) == 0 &&
		    number(who + strlen(prefix[i]), &id)) {
			who += strlen(prefix[i]);
			break;
		}
	return (fu_session_find(run->session, who, prospect, err));
}

static int
do_verb(struct run *run, enum fu_rep_verb verb, int64_t prospect, int64_t id,
    struct fu_err *err)
{
	int	 rc;

	if (fu_session_begin(run->session, err) == -1)
		return (-1);
	rc = fu_handoff_verb(run->session, verb, prospect, id, run->by,
	    fu_session_now(run->session), err);
	if (rc == 1 && fu_session_commit(run->session, err) == -1)
		rc = -1;
	if (rc != 1)
		fu_session_rollback(run->session);
	return (rc);
}

static int
verb(struct run *run, struct fu_err *err)
{
	static const struct {
		int			 option;
		enum fu_rep_verb	 verb;
		const char		*said;
	} verbs[] = {
		{ OPT_ACCEPT, FU_REP_ACCEPT, "accepted" },
		{ OPT_DECLINE, FU_REP_DECLINE, "declined" },
		{ OPT_DONE, FU_REP_DONE, "done" },
		{ OPT_RELEASE, FU_REP_RELEASE, "released" },
		{ OPT_PAUSE, FU_REP_PAUSE, "paused" },
	};
	const struct fu_session	*s = run->session;
	const char *would, *who;
	int64_t	 id, prospect = 0;
	size_t	 i = 0;
	int	 rc;
	bool	 is_number = number(run->target, &id);

	while (verbs[i].option != run->verb)
		i++;
	if (!is_number && verbs[i].verb == FU_REP_DONE)
		return (fu_err_set(err, FU_EUSAGE,
		    "--done takes the number of a touch, not \"%s\"",
		    run->target));
	/* A bare number never is a person where it may be a hand-off. */
	if (is_number && verbs[i].verb != FU_REP_PAUSE)
		rc = do_verb(run, verbs[i].verb, 0, id, err);
	else if ((rc = find_person(run, &prospect, err)) == 0)
		rc = do_verb(run, verbs[i].verb, prospect, 0, err);
	would = s->opt->dry ? "would be " : "";
	who = fu_sender_find(&s->config, run->by) != NULL ? "" :
	    ", who is none of fu.yaml's senders (--by says who)";
	if (rc == 1 && prospect != 0)
		fu_note(s->opt, "prospect %lld: %s%s by %s%s",
		    (long long)prospect, would, verbs[i].said, run->by, who);
	else if (rc == 1)
		fu_note(s->opt, "%s %s: %s%s by %s%s",
		    verbs[i].verb == FU_REP_DONE ? "task" : "hand-off",
		    run->target, would, verbs[i].said, run->by, who);
	return (rc == 1 ? 0 : -1);
}

static const struct fu_grid_column columns[] = {
	{ "hand-off", 0 }, { "state", 0 }, { "person", 24 }, { "email", 32 },
	{ "trigger", 0 },
	{ "owner", 24 }, { "answer by", 0 }
};

static int
list_one(void *ctx, const struct fu_handoff_row *r, struct fu_err *err)
{
	struct run		*run = ctx;

	if (!run->session->opt->table)
		fu_buf_str(&run->out, r->record);
	else {
		fu_grid_int(&run->grid, r->handoff);
		fu_grid_text(&run->grid, r->state);
		fu_grid_text(&run->grid, r->name);
		fu_grid_text(&run->grid, r->email);
		fu_grid_text(&run->grid, r->trigger);
		fu_grid_text(&run->grid, r->accepted_by != NULL ?
		    r->accepted_by : r->owner);
		fu_grid_text(&run->grid, r->respond_by);
		fu_grid_row(&run->grid, &run->out);
	}
	return (fu_sink_write(&run->session->sink, &run->out, err));
}

/* One verb, and what goes with it; -1 after a line on standard error. */
static int
check(const struct fu_opt *opt, const struct run *run, int operand)
{
	if (run->verb == -1)
		return (fu_opt_usage(opt, "one verb at a time"));
	if (run->verb != 0 && (run->open || run->pass || operand > 0))
		return (fu_opt_usage(opt,
		    "a verb stands alone, but for --by"));
	if (run->open && (run->pass || operand > 0))
		return (fu_opt_usage(opt, "--open takes --owner and -t"));
	if (opt->table && !run->open)
		return (fu_opt_usage(opt, "-t goes with --open"));
	if (run->owner != NULL && !run->open)
		return (fu_opt_usage(opt, "--owner goes with --open"));
	return (0);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct run		 run = { .session = &session };
	struct fu_people	 people = { .session = &session, .ctx = &run,
		.look = look, .ready = ready };
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-handoff", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	run.by = fu_env("USER");
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (c == OPT_PASS)
			run.pass = true;
		else if (c == OPT_OPEN)
			run.open = true;
		else if (c == OPT_OWNER)
			run.owner = optarg;
		else if (c == OPT_BY)
			run.by = optarg;
		else if (c >= OPT_ACCEPT && c <= OPT_PAUSE) {
			run.verb = run.verb == 0 ? c : -1;
			run.target = optarg;
		}
	}
	if ((rc = check(&opt, &run, argc - optind)) != 0)
		return (rc);
	people.drop = !run.pass;
	if (fu_blank(run.by))
		run.by = "rep";

	fu_buf_init(&run.out);
	fu_grid_init(&run.grid, columns, sizeof(columns) / sizeof(*columns));
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | (run.open ? FU_S_READ : FU_S_WRITE), &err);
	if (rc == 0 && run.open)
		rc = fu_handoff_list(&session, run.owner, list_one, &run,
		    &err);
	else if (rc == 0 && run.verb != 0)
		rc = verb(&run, &err);
	else if (rc == 0 && (run.handoffer = fu_handoffer_open(&session,
	    &err)) == NULL)
		rc = -1;
	else if (rc == 0)
		rc = fu_people_run(&people, argv + optind, argc - optind,
		    &err);
	fu_grid_end(&run.grid, &run.out);
	if (rc == 0)
		rc = fu_sink_write(&session.sink, &run.out, &err);
	fu_grid_free(&run.grid);
	fu_handoffer_close(run.handoffer);
	fu_buf_free(&run.out);
	return (fu_session_close(&session, rc, &err));
}
