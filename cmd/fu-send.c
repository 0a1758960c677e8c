/*
 * fu-send: delivers what fu-due and fu-handoff have claimed, and adds what
 * became of it to each record.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/send.h"

static const char help[] =
"usage: fu-send [-nqv] [-j N] [-d DB] [-c FILE] [-r FILE] [--at TIME]\n"
"       fu-send -n --preview [--html FILE]\n"
"       fu-send --uncertain\n"
"       fu-send --resolve ID=sent|failed ...\n"
"       fu-send --test ADDRESS PERSON MESSAGE\n"
"\n"
"Compose and deliver the claimed touches, hand-offs and service messages on\n"
"standard input; pass every record on, with a result.\n"
"\n"
"  -j, --jobs N    connections at once (1..32; fu.yaml's `connections:`)\n"
"  --uncertain     list what may or may not have left\n"
"  --resolve ID=sent|failed  settle one of those: somebody looked\n"
"  --test ADDRESS  mail MESSAGE there as PERSON would have it; it counts nowhere\n"
"  -n, --dry-run   decide, compose and print; with -v the text, too\n"
"  --preview       with -n: the messages themselves, to read\n"
"  --html FILE     the same as a page, as a mail reader shows them\n"
"  -r, --rejects FILE  write what is no record there\n"
"  --at TIME       believe that it is TIME (rehearsals)\n"
"  -d, --db FILE   the database (FU_DB, ./fu.db)\n"
"  -c, --config FILE  fu.yaml (FU_CONFIG, ./fu.yaml)\n"
"  -q, -v          say less, say more\n"
"  -h, --help      this text; -V, --version: which fu this is\n"
"\n"
"fu-send(1) has examples; fu-due(1) claims what may leave.\n";

/* Connections do not wait for each other; claims of a batch do. */
#define BATCH_MAX	100
#define RESOLVE_MAX	64

enum { OPT_UNCERTAIN = 256, OPT_RESOLVE, OPT_TEST, OPT_PREVIEW, OPT_HTML };

static const struct option longopts[] = {
	FU_OPT_LONG,
	{ "jobs", required_argument, NULL, 'j' },
	{ "uncertain", no_argument, NULL, OPT_UNCERTAIN },
	{ "resolve", required_argument, NULL, OPT_RESOLVE },
	{ "test", required_argument, NULL, OPT_TEST },
	{ "preview", no_argument, NULL, OPT_PREVIEW },
	{ "html", required_argument, NULL, OPT_HTML },
	{ NULL, 0, NULL, 0 }
};

struct resolve {
	int64_t	 id;
	bool	 sent;
};

/* "55=sent" */
static bool
parse_resolve(const char *text, struct resolve *r)
{
	char	*end;

	r->id = strtoll(text, &end, 10);
	if (end == text || *end != '=' || r->id <= 0)
		return (false);
	r->sent = strcmp(end + 1, "sent") == 0;
	return (r->sent || strcmp(end + 1, "failed") == 0);
}

static int
run_filter(struct fu_session *s, int connections, bool preview,
    const char *html, struct fu_err *err)
{
	struct fu_filter	 filter = { .work = fu_send_batch,
		.batch_max = BATCH_MAX };
	struct fu_send		*send;
	int			 rc;

	if ((send = fu_send_open(s, connections, err)) == NULL)
		return (-1);
	filter.ctx = send;
	if (preview)
		fu_send_preview(send, html);
	rc = fu_filter_run(&filter, STDIN_FILENO, "stdin", &s->sink, err);
	return (fu_send_close(send, rc, err));
}

static int
run_resolve(struct fu_session *s, const struct resolve *r, size_t n,
    struct fu_err *err)
{
	struct fu_cadencer	*cr;
	struct fu_buf		 out;
	int			 rc = 0;

	if ((cr = fu_cadencer_open(s, err)) == NULL)
		return (-1);
	fu_buf_init(&out);
	for (size_t i = 0; rc == 0 && i < n; i++) {
		rc = fu_send_resolve(s, cr, r[i].id, r[i].sent, &out, err);
		if (rc == 0)
			rc = fu_sink_write(&s->sink, &out, err);
	}
	fu_buf_free(&out);
	fu_cadencer_close(cr);
	return (rc);
}

static int
run_uncertain(struct fu_session *s, struct fu_err *err)
{
	struct fu_buf	 out;
	uint64_t	 n;
	int		 rc;

	fu_buf_init(&out);
	rc = fu_send_uncertain(s, &out, &n, err);
	if (rc == 0)
		rc = fu_sink_write(&s->sink, &out, err);
	fu_buf_free(&out);
	return (rc);
}

static int
run_test(struct fu_session *s, const char *to, char **operand,
    struct fu_err *err)
{
	struct fu_buf	 out;
	struct fu_err	 fault;
	int		 rc;

	fu_buf_init(&out);
	rc = fu_send_test(s, to, operand[0], operand[1], &out, err);
	if (out.len > 0 && fu_sink_write(&s->sink, &out, &fault) == -1) {
		*err = fault;
		rc = -1;
	}
	fu_buf_free(&out);
	return (rc);
}

int
main(int argc, char **argv)
{
	struct fu_opt		 opt;
	struct fu_err		 err;
	struct fu_session	 session;
	struct resolve		 resolve[RESOLVE_MAX];
	size_t			 nresolve = 0;
	bool			 uncertain = false, preview = false;
	const char		*test = NULL, *html = NULL;
	char			*end;
	int			 c, rc, connections = 0;

	if (fu_opt_init(&opt, "fu-send", &err) == -1)
		return (fu_opt_usage(&opt, "%s", err.msg));
	while ((c = getopt_long(argc, argv, FU_OPT_SHORT "j:", longopts,
	    NULL)) != -1) {
		if (c == '?')
			return (fu_opt_usage(&opt, NULL));
		if ((rc = fu_opt_take(&opt, c, optarg, help, &err)) == 2)
			return (0);
		if (rc == -1)
			return (fu_opt_usage(&opt, "%s", err.msg));
		if (c == 'j') {
			connections = (int)strtol(optarg, &end, 10);
			if (*end != '\0' || connections < 1 ||
			    connections > 32)
				return (fu_opt_usage(&opt,
				    "-j %s: a number from 1 to 32", optarg));
		}
		if (c == OPT_UNCERTAIN)
			uncertain = true;
		if (c == OPT_TEST)
			test = optarg;
		preview = preview || c == OPT_PREVIEW || c == OPT_HTML;
		if (c == OPT_HTML)
			html = optarg;
		if (c != OPT_RESOLVE)
			continue;
		if (nresolve == RESOLVE_MAX ||
		    !parse_resolve(optarg, &resolve[nresolve++]))
			return (fu_opt_usage(&opt, "--resolve %s: write "
			    "ID=sent or ID=failed, up to %d times", optarg,
			    RESOLVE_MAX));
	}
	if (test != NULL && (uncertain || nresolve > 0))
		return (fu_opt_usage(&opt, "--test stands alone"));
	if (preview && !opt.dry)
		return (fu_opt_usage(&opt, "--preview and --html go with -n"));
	if (test != NULL && argc - optind != 2)
		return (fu_opt_usage(&opt, "--test ADDRESS takes a PERSON and "
		    "a MESSAGE"));
	if (test == NULL && optind < argc)
		return (fu_opt_usage(&opt, "what is \"%s\"?", argv[optind]));

	/* Listing only reads. */
	if (uncertain && nresolve == 0)
		opt.dry = true;
	rc = fu_session_open(&session, &opt, FU_S_CONFIG | FU_S_RULES |
	    FU_S_KEYS | (test != NULL ? FU_S_READ : FU_S_WRITE), &err);
	if (rc == 0 && test != NULL)
		return (fu_session_close(&session, run_test(&session, test,
		    argv + optind, &err), &err));
	if (rc == 0 && nresolve > 0)
		rc = run_resolve(&session, resolve, nresolve, &err);
	if (rc == 0 && uncertain)
		rc = run_uncertain(&session, &err);
	if (rc == 0 && nresolve == 0 && !uncertain)
		rc = run_filter(&session, connections, preview, html, &err);
	return (fu_session_close(&session, rc, &err));
}
