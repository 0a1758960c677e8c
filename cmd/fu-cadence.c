/*
 * fu-cadence: enrols, moves and stops the people named on its input, and adds
 * "enrollment" to each record.
 */
#include <stdio.h>
#include <string.h>

#include "flow/cadence.h"
#include "flow/people.h"

static const char help[] =
"usage: fu-cadence [-nqv] [--cadence NAME | --stop] [-d DB] [-c FILE]\n"
"                  [--at TIME] [PERSON ...]\n"
"\n"
"Read records with \"prospect\", look at each person once a batch, and enrol,\n"
"move or stop them by the conditions of the cadences' files.\n"
"\n"
"  --cadence NAME  enrol them in that one, whatever its entry says\n"
"  --stop          end what they are in, and bar every other\n"
"  -n, --dry-run   decide and print, change nothing\n"
"  -r, --rejects FILE  write rejected records there\n"
"  --at TIME       believe that it is TIME\n"
"  -d, --db FILE   the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q, -v          say less, say more\n"
"  -h, --help      this text; -V, --version: which fu this is\n"
"\n"
"PERSON operands (an id, an email, a phone) stand in for the input.\n"
"fu-cadence(1) has examples, fu-cadence(5) describes the files.\n";

enum { OPT_CADENCE = 256, OPT_STOP };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "cadence", required_argument, NULL, OPT_CADENCE },
	{ "stop", no_argument, NULL, OPT_STOP },
	{ NULL, 0, NULL, 0 }
};

struct run {
	struct fu_session	*session;
	struct fu_cadencer	*cadencer;
	const struct fu_cadence	*cadence;	/* --cadence */
	bool			 stop;
	uint64_t		 taken, holdout, barred, unscored, stopped, looked;
};

static int
look(void *ctx, int64_t id, struct fu_item *item, struct fu_arena *arena,
    void **result, struct fu_err *err)
{
	struct run		*run = ctx;
	struct fu_enrol_result	*r = fu_alloc(arena, sizeof(*r));
	int			 rc;

	(void)item;
	*result = r;
	if (run->stop)
		rc = fu_cadence_stop(run->cadencer, id, arena, r, err);
	else if (run->cadence != NULL)
		rc = fu_cadence_force(run->cadencer, id, run->cadence, arena,
		    r, err);
	else
		rc = fu_cadence_look(run->cadencer, id, arena, r, err);
	if (rc == 1 && (r->action == FU_EN_ENROLLED ||
	    r->action == FU_EN_MOVED)) {
		if (strcmp(r->reason, "holdout") == 0)
			run->holdout++;
		else
			run->taken++;
	}
	run->looked += rc == 1;
	run->stopped += rc == 1 && r->action == FU_EN_STOPPED;
	if (rc != 1 || run->stop || r->action != FU_EN_NONE ||
	    r->reason == NULL)
		return (rc);
	if (strcmp(r->reason, "not_scored") == 0)
		run->unscored++;
	else if (strcmp(r->reason, "no_entry") != 0)
		run->barred++;
	return (rc);
}

static void
put(void *ctx, struct fu_item *item, void *result, struct fu_arena *arena)
{
	const struct fu_enrol_result	*r = result;
	struct fu_buf			 buf;
	struct fu_jw			 jw;

	(void)ctx;
	fu_buf_init(&buf);
	fu_jw_init(&jw, &buf);
	fu_jw_object(&jw, NULL);
	fu_jw_str(&jw, "cadence", r->cadence);
	fu_jw_str(&jw, "action", fu_enrol_action_name(r->action));
	fu_jw_str(&jw, "reason", r->reason);
	fu_jw_str(&jw, "step", r->step);
	fu_jw_time(&jw, "due", r->due_us);
	fu_jw_object_end(&jw);
	fu_rec_set_raw(&item->rec, "enrollment",
	    fu_str_of(fu_dup_buf(arena, &buf)));
	fu_buf_free(&buf);
}

static void
say_end(const struct fu_opt *opt, const struct run *run)
{
	struct fu_untaken	*u;
	struct fu_arena		 arena;
	uint64_t		 untaken = fu_cadencer_untaken(run->cadencer);
	int64_t			 first = fu_cadencer_first_due(run->cadencer);
	char			 text[FU_TIME_LEN];
	size_t			 n;

	fu_arena_init(&arena);
	if (run->stop && run->looked > 0)
		fu_note(opt, "%llu stopped, %llu who were in none: no cadence "
		    "takes them until a rep does",
		    (unsigned long long)run->stopped,
		    (unsigned long long)(run->looked - run->stopped));
	if (run->taken > 0)
		fu_note(opt, "%llu enrolled or moved",
		    (unsigned long long)run->taken);
	if (run->holdout > 0)
		fu_note(opt, "%llu held out, to compare with: nothing leaves "
		    "for them", (unsigned long long)run->holdout);
	if (run->unscored > 0)
		fu_note(opt, "%llu not looked at, as fu-score has not seen "
		    "them or what is new of them: fu-score first, then "
		    "fu-cadence", (unsigned long long)run->unscored);
	if (run->barred > 0)
		fu_note(opt, "%llu whom no cadence may take: opted out, won, "
		    "lost or stopped by a rep (the records say which)",
		    (unsigned long long)run->barred);
	if (untaken > 0) {
		fu_note(opt, "%llu that no cadence took; what failed most:",
		    (unsigned long long)untaken);
		u = fu_cadencer_terms(run->cadencer, &arena, &n);
		for (size_t i = 0; i < n; i++)
			if (u[i].term != NULL)
				fu_note(opt, "  %-12s %llu of %llu: %s",
				    u[i].cadence,
				    (unsigned long long)u[i].failed,
				    (unsigned long long)u[i].looked,
				    u[i].term);
		fu_note(opt, "to enrol anyway: fu-list 'CONDITION' | "
		    "fu-cadence --cadence NAME");
	}
	if (first != FU_NEVER)
		fu_note(opt, "the first of them leaves on %.10s",
		    fu_time_print(first, text));
	fu_arena_free(&arena);
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
	const char		*name = NULL;
	int			 c, rc;

	if (fu_opt_init(&opt, "fu-cadence", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (c == OPT_CADENCE)
			name = optarg;
		if (c == OPT_STOP)
			run.stop = true;
	}
	if (name != NULL && run.stop)
		return (fu_opt_usage(&opt, "--cadence or --stop, not both"));

	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | FU_S_WRITE, &err);
	if (rc == 0 && name != NULL &&
	    (run.cadence = fu_cadence_find(&session.config, name)) == NULL)
		rc = fu_err_set(&err, FU_EUSAGE, "no cadence \"%s\" in %s",
		    name, session.config.cadences_dir);
	if (rc == 0 && (run.cadencer = fu_cadencer_open(&session,
	    &err)) == NULL)
		rc = -1;
	if (rc == 0)
		rc = fu_people_run(&people, argv + optind, argc - optind,
		    &err);
	if (rc >= 0)
		say_end(&opt, &run);
	fu_cadencer_close(run.cadencer);
	return (fu_session_close(&session, rc, &err));
}
