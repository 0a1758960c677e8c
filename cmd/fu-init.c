/*
 * fu-init: makes a directory ready to run, checks it, and copies or adopts
 * its database.  Never overwrites anything.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "flow/index.h"
#include "flow/init.h"
#include "flow/lint.h"
#include "flow/witness.h"

static const char help[] =
"usage: fu-init [-qv] [-d DB] [-c FILE] [DIRECTORY]\n"
"       fu-init --check [-qv] [-c FILE]\n"
"       fu-init --backup FILE | --rehearse FILE [-q] [-d DB]\n"
"       fu-init --adopt [-nqv] [-d DB] [-c FILE]\n"
"\n"
"Make fu.yaml, all that it names, fu.key and fu.db in DIRECTORY (here), keep\n"
"what is there already, and print the lines for crontab(5).\n"
"\n"
"  --check            read the whole configuration, say all that is wrong\n"
"  --backup FILE      copy the database, while others write\n"
"  --rehearse FILE    a copy for trying things: it writes under --at, and\n"
"                     nothing but the outbox hears from it\n"
"  --adopt            this copy of a database is the living one: fu-send\n"
"                     may send from it\n"
"  -d, --db FILE      the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -n, --dry-run      with --adopt: change nothing\n"
"  -q, -v             say less, say more\n"
"  -h, --help         this text; -V, --version: which fu this is\n"
"\n"
"fu(7) is the way from nothing to a working crontab.\n";

enum { OPT_CHECK = 256, OPT_BACKUP, OPT_REHEARSE, OPT_ADOPT };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "check", no_argument, NULL, OPT_CHECK },
	{ "backup", required_argument, NULL, OPT_BACKUP },
	{ "rehearse", required_argument, NULL, OPT_REHEARSE },
	{ "adopt", no_argument, NULL, OPT_ADOPT },
	{ NULL, 0, NULL, 0 }
};

struct tally {
	const struct fu_opt	*opt;
	const char		*dir, *db;
	bool			 new_db;
	unsigned		 made, kept;
};

static void
said(void *ctx, const char *path, bool made)
{
	struct tally	*t = ctx;
	size_t		 len = strlen(t->dir);

	if (made && strcmp(path, t->db) == 0)
		t->new_db = true;
	if (strncmp(path, t->dir, len) == 0 && path[len] == '/')
		path += len + 1;
	t->made += made;
	t->kept += !made;
	if (made)
		fu_debug(t->opt, "made %s", path);
	else
		fu_debug(t->opt, "kept %s: it was there", path);
}

static int
print(const struct fu_buf *buf, struct fu_err *err)
{
	if (fwrite(buf->ptr, 1, buf->len, stdout) != buf->len ||
	    fflush(stdout) == EOF)
		return (fu_err_sys(err, FU_EIO, "standard output"));
	return (0);
}

/* The first fault is enough here; --check tells them all. */
static int
check_place(const struct fu_opt *opt, struct fu_err *err)
{
	struct fu_faults	 faults;
	struct fu_arena		 arena;
	int			 rc;

	fu_faults_init(&faults);
	fu_arena_init(&arena);
	rc = fu_init_check(opt, &faults, err);
	for (size_t i = 0; rc == -1 && i < faults.n; i++)
		if (!faults.fault[i].warning) {
			fu_say(opt, "%s", fu_fault_print(&arena,
			    &faults.fault[i]));
			fu_err_prefix(err, "no crontab yet, mend fu.yaml and "
			    "what it names (fu-init --check tells all): ");
			break;
		}
	fu_arena_free(&arena);
	fu_faults_free(&faults);
	return (rc);
}

/* The sample knowledge base, so that there is something to say at once. */
static void
take_knowledge(const struct fu_opt *opt)
{
	struct fu_session	 session;
	struct fu_index_tally	 tally;
	struct fu_err		 err;
	int			 rc;

	rc = fu_session_open(&session, opt, FU_S_CONFIG | FU_S_WRITE |
	    FU_S_NOBODY, &err);
	if (rc == 0 && (rc = fu_index_run(&session, NULL, 0, NULL, &tally,
	    &err)) == 0)
		fu_note(opt, "%lld documents to find something to say in "
		    "(fu-index(1))", (long long)tally.size.documents);
	(void)fu_session_close(&session, rc, &err);
}

static int
make(const struct fu_opt *opt, const char *dir, struct fu_err *err)
{
	struct fu_arena	 arena;
	struct fu_place	 place;
	struct fu_buf	 out;
	struct fu_opt	 there = *opt;
	struct tally	 tally = { .opt = opt };
	int		 rc = -1;

	fu_arena_init(&arena);
	fu_buf_init(&out);
	if (fu_place_find(opt, dir, &arena, &place, err) == 0) {
		tally.dir = place.dir;
		tally.db = place.db;
		rc = fu_init_make(&place, &opt->clock, said, &tally, err);
	}
	if (rc == 0) {
		fu_note(opt, "%s: %u made, %u kept; fu.yaml says what is "
		    "sample and where to put your own", place.dir, tally.made,
		    tally.kept);
		/* What was kept may be what nothing can run with. */
		there.config = place.config;
		there.db = place.db;
		rc = check_place(&there, err);
	}
	if (rc == 0) {
		if (tally.new_db)
			take_knowledge(&there);
		fu_note(opt, "for crontab -e:");
		fu_init_crontab(&place, &out);
		rc = print(&out, err);
	}
	fu_buf_free(&out);
	fu_arena_free(&arena);
	return (rc);
}

/* "GD-02": not of the house's own taste, as "spacing" is. */
static bool
is_law(const char *rule)
{
	return (rule != NULL && rule[0] >= 'A' && rule[0] <= 'Z' &&
	    strncmp(rule, "P1.", 3) != 0);
}

/* What can be read, and will not do: a message that never leaves.  Errors,
 * and what the law has to say; fu-lint has the other warnings. */
static int
check_more(const struct fu_opt *opt, bool *clean, struct fu_err *err)
{
	struct fu_lint	 lint;
	int		 rc;

	if ((rc = fu_lint_run(&lint, opt, err)) == 0)
		rc = fu_faults_err(&lint.faults, err);
	for (size_t i = 0; i < lint.faults.n; i++) {
		const struct fu_fault	*f = &lint.faults.fault[i];

		if (f->warning && !is_law(f->rule))
			continue;
		*clean = false;
		fu_say(opt, "%s", fu_fault_print(&lint.arena, f));
	}
	fu_lint_free(&lint);
	return (rc);
}

/* One that was named is to be there; else there need be none yet. */
static int
check_db(const struct fu_opt *opt, struct fu_err *err)
{
	if (strcmp(opt->db, "./fu.db") == 0 || access(opt->db, F_OK) == 0)
		return (0);
	return (fu_err_sys(err, FU_ENOINPUT, "no database %s", opt->db));
}

static int
check(const struct fu_opt *opt, struct fu_err *err)
{
	struct fu_faults	 faults;
	bool			 clean = true;
	int			 rc;

	fu_faults_init(&faults);
	if ((rc = fu_init_check(opt, &faults, err)) == 0)
		rc = check_more(opt, &clean, err);
	if (rc == 0)
		rc = check_db(opt, err);
	if (rc == 0)
		fu_note(opt, clean ? "the configuration is in order" :
		    "everything runs with this configuration");
	fu_session_faults(opt, &faults);
	fu_faults_free(&faults);
	return (rc);
}

static int
adopt(const struct fu_opt *opt)
{
	struct fu_session	 session;
	struct fu_cadencer	*cadencer = NULL;
	struct fu_adopted	 adopted;
	struct fu_err		 err;
	int			 rc;

	rc = fu_session_open(&session, opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | FU_S_WRITE, &err);
	if (rc == 0 && (cadencer = fu_cadencer_open(&session, &err)) == NULL)
		rc = -1;
	if (rc == 0)
		rc = fu_witness_adopt(&session, cadencer, &adopted, &err);
	if (rc == 0)
		fu_note(opt, opt->dry ? "%s: would be the living one; %llu "
		    "suppressions would be replayed, %llu touches would be "
		    "uncertain (they may have been sent, and would count as "
		    "sent)" : "%s: is the living one; %llu suppressions "
		    "replayed, %llu touches uncertain (they may have been "
		    "sent, and count as sent)", opt->db,
		    (unsigned long long)adopted.suppressions,
		    (unsigned long long)adopted.uncertain);
	if (rc == 0 && adopted.erased > 0)
		fu_note(opt, "%llu %s who had been erased %s erased again",
		    (unsigned long long)adopted.erased,
		    adopted.erased == 1 ? "person" : "people",
		    opt->dry ? "would be" : adopted.erased == 1 ? "is" :
		    "are");
	fu_cadencer_close(cadencer);
	return (fu_session_close(&session, rc, &err));
}

/* What was asked for; the exit status. */
static int
run(const struct fu_opt *opt, int job, const char *file, const char *dir)
{
	struct fu_err	 err;
	int		 rc = 0;

	switch (job) {
	case 0:
		rc = make(opt, dir, &err);
		break;
	case OPT_CHECK:
		rc = check(opt, &err);
		break;
	case OPT_BACKUP:
		if ((rc = fu_init_backup(opt, file, &err)) == 0)
			fu_note(opt, "%s: a copy of %s", file, opt->db);
		break;
	case OPT_REHEARSE:
		if ((rc = fu_init_rehearse(opt, file, &err)) == 0)
			fu_note(opt, "%s: a rehearsal of %s; whatever is sent "
			    "from it lies in a Maildir beside it, of the same "
			    "name and .outbox", file, opt->db);
		break;
	case OPT_ADOPT:
		return (adopt(opt));
	}
	if (rc == -1)
		fu_say(opt, "%s", err.msg);
	return (rc == -1 ? (int)err.class : 0);
}

int
main(int argc, char **argv)
{
	struct fu_opt	 opt;
	struct fu_err	 err;
	const char	*file = NULL;
	int		 c, job = 0, rc;

	if (fu_opt_init(&opt, "fu-init", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT, longopts, NULL)) !=
	    -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (rc == 0 && job != 0)
			return (fu_opt_usage(&opt, "one of --check, --backup, "
			    "--rehearse and --adopt"));
		if (rc == 0) {
			job = c;
			file = optarg;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > (job == 0))
		return (fu_opt_usage(&opt, "%s: too many operands",
		    argv[job == 0]));
	if (opt.dry && job != OPT_ADOPT && job != OPT_CHECK)
		return (fu_opt_usage(&opt, "-n goes with --adopt; what is "
		    "there is never overwritten"));
	return (run(&opt, job, file, argc > 0 ? argv[0] : NULL));
}
