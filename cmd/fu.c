/*
 * fu: the front.  `fu ingest ...` runs fu-ingest, `fu help` lists what there
 * is and shows manual pages.  Knows no database and no configuration.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "base/opt.h"
#include "flow/names.h"

static const char help[] =
"usage: fu PROGRAM [OPTION ...] [OPERAND ...]\n"
"       fu help [PROGRAM | PAGE]\n"
"       fu [-c FILE] --names KIND\n"
"       fu --version\n"
"\n"
"`fu score -a` runs `fu-score -a`.  `fu help` lists the programs, `fu help\n"
"score` shows fu-score(1), `fu help fu.yaml` fu.yaml(5), `fu help tour` the\n"
"way from nothing to a working crontab.\n"
"\n"
"  --names KIND       names, for completion: cadences, channels, events,\n"
"                     facts, fields, messages, programs, senders\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -h, --help         this text; -V, --version: which fu this is\n";

enum { OPT_NAMES = 256 };

static const struct {
	const char	*name, *does;
} programs[] = {
	{ "init", "make a directory ready to run; check, back up, rehearse" },
	{ "ingest", "CSV, TSV or NDJSON people and events into the database" },
	{ "score", "score people 0 to 100, with the factors" },
	{ "cadence", "enrol people in cadences, move them, stop them" },
	{ "due", "claim what may leave now; --plan looks ahead" },
	{ "send", "compose and deliver" },
	{ "handoff", "hand people over to a rep, and a rep's own verbs" },
	{ "reply", "inbound mail to events: answers, bounces, absences" },
	{ "hook", "webhooks of SMS, WhatsApp, booking and CRM to events" },
	{ "log", "one event, as a person at a terminal tells it" },
	{ "list", "people by a condition over facts, as records or CSV" },
	{ "index", "documents into the knowledge base" },
	{ "search", "passages of the knowledge base for a question" },
	{ "chat", "one turn of a conversation in, one reply out" },
	{ "web", "a site's chat, links, webhooks, a rep's page, by HTTP" },
	{ "lint", "what is wrong with a configuration, or unwise in it" },
	{ "why", "everything that was decided about one person" },
	{ "privacy", "access, erasure, retention, the ledger's proof" },
	{ "fit", "a scorecard learned from who was won, to read and edit" },
	{ "stats", "what is measured; --compliance: the duties of the law" },
	{ "report", "the same as a page with charts" },
};

static int
list(const struct fu_opt *opt)
{
	int	 bad = 0;

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		bad |= printf("fu-%-8s  %s\n", programs[i].name,
		    programs[i].does) < 0;
	bad |= puts("\nfu help PROGRAM shows its manual page; fu help tour is "
	    "the place to start.") == EOF;
	if (bad || fflush(stdout) == EOF) {
		fu_say(opt, "standard output: cannot write");
		return (FU_EIO);
	}
	return (0);
}

/* --names, of programs without the "fu-" in front. */
static int
names(const struct fu_opt *opt, const char *kind)
{
	struct fu_buf	 out;
	struct fu_err	 err;
	int		 rc = 0;

	fu_buf_init(&out);
	if (strcmp(kind, "programs") == 0)
		for (size_t i = 0; i < sizeof(programs) / sizeof(*programs);
		    i++)
			fu_buf_printf(&out, "%s\n", programs[i].name);
	else
		rc = fu_names(opt, kind, &out, &err);
	if (rc == -1)
		rc = fu_opt_usage(opt, "--names: %s", err.msg);
	else if (fwrite(out.ptr, 1, out.len, stdout) < out.len ||
	    fflush(stdout) == EOF) {
		fu_say(opt, "standard output: cannot write");
		rc = FU_EIO;
	}
	fu_buf_free(&out);
	return (rc);
}

/* Could that be the name of a program or page, and of no other file? */
static bool
plain(const char *name)
{
	return (name[0] >= 'a' && name[0] <= 'z' && name[strspn(name,
	    "abcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0');
}

/* The page as a file: of the tree, or installed beside the program. */
static const char *
page_file(struct fu_arena *arena, const char *dir, const char *name,
    int section)
{
	const char	*path[3];

	for (; section <= 7; section++) {
		path[0] = fu_printf(arena, "%s/../../man/%s.%d", dir, name,
		    section);
		path[1] = fu_printf(arena, "%s/../share/man/man%d/%s.%d", dir,
		    section, name, section);
		path[2] = fu_printf(arena, "%s/../man/man%d/%s.%d", FU_DATADIR,
		    section, name, section);
		for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++)
			if (access(path[i], R_OK) == 0)
				return (path[i]);
	}
	return (NULL);
}

/* Show a page; returns only when that cannot be done. */
static int
show(const struct fu_opt *opt, const char *topic)
{
	struct fu_arena	 arena;
	struct fu_err	 err;
	const char	*dir, *file = NULL;
	int		 section = 1, rc;

	/* The tour has the front's name, in section 7. */
	if (strcmp(topic, "tour") == 0) {
		topic = "fu";
		section = 7;
	}
	fu_arena_init(&arena);
	if ((dir = fu_env_programs(&arena, &err)) == NULL) {
		fu_say(opt, "%s", err.msg);
		rc = (int)err.class;
	} else if (!plain(topic) ||
	    ((file = page_file(&arena, dir, fu_printf(&arena, "fu-%s",
	    topic), section)) == NULL &&
	    (file = page_file(&arena, dir, topic, section)) == NULL))
		rc = fu_opt_usage(opt, "no manual page of that name");
	else {
		execlp("man", "man", "-l", file, (char *)NULL);
		execlp("mandoc", "mandoc", file, (char *)NULL);
		fu_say(opt, "neither man nor mandoc is here to show %s", file);
		rc = FU_EUNAVAILABLE;
	}
	fu_arena_free(&arena);
	return (rc);
}

/* Become that program; returns only when there is none. */
static int
become(const struct fu_opt *opt, char **argv)
{
	struct fu_arena	 arena;
	struct fu_err	 err;
	const char	*dir;
	char		*name = argv[0];
	int		 rc;

	if (!plain(name))
		return (fu_opt_usage(opt, "no program fu-%s", name));
	fu_arena_init(&arena);
	argv[0] = fu_printf(&arena, "fu-%s", name);
	if ((dir = fu_env_programs(&arena, &err)) != NULL)
		execv(fu_printf(&arena, "%s/%s", dir, argv[0]), argv);
	if (dir == NULL || errno == ENOENT)
		execvp(argv[0], argv);
	if (errno == ENOENT)
		rc = fu_opt_usage(opt, "no program %s; fu help lists them",
		    argv[0]);
	else {
		fu_err_sys(&err, FU_EUNAVAILABLE, "%s", argv[0]);
		fu_say(opt, "%s", err.msg);
		rc = FU_EUNAVAILABLE;
	}
	fu_arena_free(&arena);
	return (rc);
}

int
main(int argc, char **argv)
{
	static const struct option	 longopts[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ "config", required_argument, NULL, 'c' },
		{ "names", required_argument, NULL, OPT_NAMES },
		{ NULL, 0, NULL, 0 }
	};
	struct fu_opt	 opt;
	struct fu_err	 err;
	const char	*kind = NULL;
	int		 c, rc;

	/* A bad FU_NOW is for the program to tell that looks at the clock. */
	fu_opt_init(&opt, "fu", &err);
	while ((c = getopt_long(argc, argv, "+c:hV", longopts, NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if (c == OPT_NAMES) {
			kind = optarg;
			continue;
		}
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1) {
			fu_say(&opt, "%s", err.msg);
			return ((int)err.class);
		}
	}
	if (kind != NULL)
		return (names(&opt, kind));
	argc -= optind;
	argv += optind;
	if (argc == 0)
		return (fu_opt_usage(&opt, "which program?"));
	if (strcmp(argv[0], "help") != 0)
		return (become(&opt, argv));
	if (argc > 2)
		return (fu_opt_usage(&opt, "%s: too many operands", argv[2]));
	return (argc == 1 ? list(&opt) : show(&opt, argv[1]));
}
